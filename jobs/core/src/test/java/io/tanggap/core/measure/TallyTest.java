package io.tanggap.core.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tanggap.core.Seed;
import io.tanggap.core.complaint.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TallyTest {
    private static final Instant DAY = Instant.parse("2024-03-04T00:00:00Z");

    private final Random random = Seed.random(this);

    private Tally random() {
        return random(true);
    }

    private Tally random(boolean mixed) {
        Tally.Builder tally = new Tally.Builder();
        for (int i = random.nextInt(12); i > 0; i--) {
            Count count = Count.values()[random.nextInt(Count.values().length)];
            tally.add(count, count.isIndexed() ? random.nextInt(24) : 0, random.nextInt(5) - (mixed ? 2 : 0));
        }
        return tally.build();
    }

    @Test
    void talliesFormAnAbelianGroup() {
        for (int i = 0; i < 2000; i++) {
            Tally a = random();
            Tally b = random();
            Tally c = random();
            assertThat(a.plus(b)).isEqualTo(b.plus(a));
            assertThat(a.plus(b).plus(c)).isEqualTo(a.plus(b.plus(c)));
            assertThat(a.plus(Tally.ZERO)).isEqualTo(a);
            assertThat(Tally.ZERO.plus(a)).isEqualTo(a);
            assertThat(a.plus(a.negate())).isEqualTo(Tally.ZERO);
            assertThat(a.negate().negate()).isEqualTo(a);
            assertThat(a.plus(b).hashCode()).isEqualTo(b.plus(a).hashCode());
            assertThat(a.plus(b).plus(b.negate())).isEqualTo(a);
        }
    }

    @Test
    void sumsArePlaceByPlace() {
        for (int i = 0; i < 500; i++) {
            Tally a = random();
            Tally b = random();
            Tally sum = a.plus(b);
            for (Count count : Count.values()) {
                assertThat(sum.sum(count)).isEqualTo(a.sum(count) + b.sum(count));
                TreeMap<Integer, Long> places = new TreeMap<>();
                a.forEach(count, (index, value) -> places.merge(index, value, Long::sum));
                b.forEach(count, (index, value) -> places.merge(index, value, Long::sum));
                places.forEach(
                        (index, value) -> assertThat(sum.get(count, index)).isEqualTo(value));
            }
        }
    }

    @Test
    void aSumInPlaceIsTheSumOfItsTallies() {
        for (int i = 0; i < 200; i++) {
            TallySum inPlace = new TallySum();
            Tally sum = Tally.ZERO;
            for (int n = random.nextInt(40); n > 0; n--) {
                Tally tally = random();
                inPlace.add(tally);
                sum = sum.plus(tally);
            }
            assertThat(inPlace.toTally()).isEqualTo(sum);
            assertThat(inPlace.isZero()).isEqualTo(sum.isZero());
            assertThat(inPlace.add(sum.negate()).toTally()).isEqualTo(Tally.ZERO);
            assertThat(inPlace.isZero()).isTrue();
            assertThat(new TallySum().addFlows(sum).toTally()).isEqualTo(sum.flows());
        }
    }

    @Test
    void theStoredFormIsReadBack() {
        for (int i = 0; i < 500; i++) {
            Tally tally = random();
            int[] keys = new int[tally.size()];
            long[] values = new long[tally.size()];
            for (int part = 0; part < keys.length; part++) {
                keys[part] = tally.keyAt(part);
                values[part] = tally.valueAt(part);
                assertThat(values[part]).isNotZero();
            }
            assertThat(Tally.ofParts(keys, values)).isEqualTo(tally);
        }
        assertThat(Tally.ofParts(new int[0], new long[0])).isSameAs(Tally.ZERO);
    }

    @Test
    void aStoredFormThatNoTallyHasIsRefused() {
        assertThatThrownBy(() -> Tally.ofParts(new int[] {1}, new long[0]))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Tally.ofParts(new int[] {1}, new long[] {0}))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Tally.ofParts(new int[] {2, 1}, new long[] {1, 1}))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Tally.ofParts(new int[] {1, 1}, new long[] {1, 1}))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theBuilderAddsUpAndDropsZeros() {
        Tally tally = new Tally.Builder()
                .add(Count.RECEIVED, 1)
                .add(Count.RECEIVED, 2)
                .add(Count.REOPENED, 1)
                .add(Count.REOPENED, -1)
                .add(Count.OPEN_SLOT, 23, 4)
                .build();

        assertThat(tally.get(Count.RECEIVED)).isEqualTo(3);
        assertThat(tally.get(Count.OPEN_SLOT, 23)).isEqualTo(4);
        assertThat(tally.get(Count.OPEN_SLOT, 22)).isZero();
        assertThat(tally.size()).isEqualTo(2);
        assertThat(new Tally.Builder().add(Count.RECEIVED, 0).build()).isSameAs(Tally.ZERO);
        assertThatThrownBy(() -> new Tally.Builder().add(Count.OPEN_SLOT, -1, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Tally.Builder().add(Count.OPEN_SLOT, 1 << 16, 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theFlowsAreWhatStocksAreMadeOf() {
        for (int i = 0; i < 500; i++) {
            Tally tally = random();
            Tally flows = tally.flows();
            for (Count count : Count.values()) {
                boolean flow = count.name().endsWith("_ENTERED") || count.name().endsWith("_LEFT");
                assertThat(flows.get(count)).as("%s", count).isEqualTo(flow ? tally.get(count) : 0);
            }
        }
        assertThat(new Tally.Builder().add(Count.RECEIVED, 1).build().flows()).isSameAs(Tally.ZERO);
    }

    @Test
    void whatACellSaysAtAnAsOfIsLinear() {
        for (int i = 0; i < 500; i++) {
            Tally a = random(false);
            Tally b = random(false);
            Instant asOf = DAY.plus(Duration.ofHours(random.nextInt(5000) - 10));
            Snapshot whole = a.plus(b).at(DAY, asOf);
            Snapshot parts = a.at(DAY, asOf).add(b.at(DAY, asOf));
            assertThat(parts.counts()).isEqualTo(whole.counts());
            assertThat(parts.open()).isEqualTo(whole.open());
            same(parts.timeToClose(), whole.timeToClose());
            same(parts.timeToResolution(), whole.timeToResolution());
            same(parts.closedOnly(), whole.closedOnly());
        }
    }

    private static void same(Curve one, Curve other) {
        assertThat(one.atRisk()).isEqualTo(other.atRisk());
        for (int bin = 0; bin < AgeBins.COUNT; bin++) {
            assertThat(one.incidence(bin)).isEqualTo(other.incidence(bin));
        }
    }

    @Test
    void aCaseSubmittedAtOrAfterTheAsOfIsNotYetAtRisk() {
        Tally tally = new Tally.Builder().add(Count.OPEN_SLOT, 5, 1).build();

        assertThat(tally.at(DAY, DAY.plus(Duration.ofHours(5))).open()).isZero();
        assertThat(tally.at(DAY, DAY.minus(Duration.ofHours(100))).open()).isZero();
        assertThat(tally.at(DAY, DAY.plus(Duration.ofHours(6))).open()).isEqualTo(1);
    }

    @Test
    void addingToASnapshotDoesNotTouchTheOther() {
        Tally tally = new Tally.Builder().add(Count.OPEN_SLOT, 5, 1).build();
        Snapshot other = tally.at(DAY, DAY.plus(Duration.ofHours(6)));
        new Snapshot().add(other).add(other);

        assertThat(other.open()).isEqualTo(1);
    }

    @Test
    void storedCodesAreDistinctAndHaveRoomForEveryIndex() {
        Set<Integer> codes = new HashSet<>();
        for (Count count : Count.values()) {
            assertThat(codes.add(count.code())).as("%s", count).isTrue();
        }
        assertThat(Outcome.values().length * AgeBins.COUNT).isLessThan(1 << 16);
        Set<Integer> outcomes = new HashSet<>();
        for (Outcome outcome : Outcome.values()) {
            assertThat(outcome.code()).isBetween(0, Outcome.values().length - 1);
            assertThat(outcomes.add(outcome.code())).isTrue();
        }
    }

    /** The codes lie in savepoints and documents; a new count takes a new code. */
    @Test
    void storedCodesNeverChange() {
        StringBuilder codes = new StringBuilder();
        for (Count count : Count.values()) {
            codes.append(count).append('=').append(count.code()).append(' ');
        }
        assertThat(codes.toString())
                .startsWith("RECEIVED=1 COHORT_MET=2 COHORT_MISSED_LATE=3 COHORT_MISSED_OPEN=4 COHORT_RUNNING=5 "
                        + "COHORT_NOT_APPLICABLE=6 COHORT_PAUSED=7 COHORT_UNDECIDABLE=8 DUE_MET=10 DUE_MISSED_LATE=11 "
                        + "DUE_MISSED_OPEN=12 DUE_UNDECIDABLE=13 DUE_INHERITED=14 DUE_CONTESTED=15 DUE_OVERTURNED=16 OPEN_ENTERED=20 "
                        + "OPEN_LEFT=21 OVERDUE_ENTERED=22 OVERDUE_LEFT=23 NO_TARGET_ENTERED=24 NO_TARGET_LEFT=25 "
                        + "STALE_ENTERED=26 STALE_LEFT=27 HANDOVERS_OUT=30 HANDOVERS_IN=31 REOPENED=32 CLOSED=40 "
                        + "CLOSED_AGE=41 OPEN_SLOT=50 FIRST_END=51 FIRST_STOP=52");
    }
}
