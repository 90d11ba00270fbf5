package io.tanggap.core.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tanggap.core.Seed;
import io.tanggap.core.complaint.Outcome;
import io.tanggap.core.measure.Count.Index;
import io.tanggap.core.statistics.Survival;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TallyTest {
    private static final Day DAY = Day.of(LocalDate.parse("2024-03-04").toEpochDay(), ZoneOffset.UTC);

    private final Random random = Seed.random(this);

    private Tally random() {
        return random(true);
    }

    private Tally random(boolean mixed) {
        Tally.Builder tally = new Tally.Builder();
        for (int i = random.nextInt(12); i > 0; i--) {
            Count count = Count.values()[random.nextInt(Count.values().length)];
            tally.add(count, count.index() != Index.NONE ? random.nextInt(24) : 0, random.nextInt(5) - (mixed ? 2 : 0));
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
                boolean flow = count.name().endsWith("_ENTERED")
                        || count.name().endsWith("_LEFT")
                        || Set.of(Count.BACKLOG, Count.SILENCE, Count.TIME_RUNNING, Count.TIME_SECONDS)
                                .contains(count);
                assertThat(flows.sum(count)).as("%s", count).isEqualTo(flow ? tally.sum(count) : 0);
            }
        }
        assertThat(new Tally.Builder().add(Count.RECEIVED, 1).build().flows()).isSameAs(Tally.ZERO);
    }

    @Test
    void whatIsSettledIsWhatTimeAloneDoesNotChange() {
        Tally tally = new Tally.Builder()
                .add(Count.RECEIVED, 1)
                .add(Count.COHORT_MET, 2)
                .add(Count.DUE_MET, 3)
                .add(Count.DUE_CONTESTED, 4)
                .add(Count.OPEN_LEFT, 5)
                .add(Count.CLOSED, 2, 6)
                .add(Count.FIRST_END, 7, 7)
                .build();
        assertThat(tally.settled())
                .isEqualTo(new Tally.Builder()
                        .add(Count.DUE_MET, 3)
                        .add(Count.OPEN_LEFT, 5)
                        .add(Count.CLOSED, 2, 6)
                        .build());
        Tally stopped = new Tally.Builder()
                .add(Count.DUE_MISSED_OPEN, -1)
                .add(Count.DUE_MISSED_LATE, 1)
                .build();
        assertThat(stopped.settled()).as("it was missed before").isEqualTo(Tally.ZERO);
    }

    @Test
    void whatACellSaysAtAnAsOfIsLinear() {
        for (int i = 0; i < 500; i++) {
            Tally a = random(false);
            Tally b = random(false);
            Instant asOf = DAY.start().plus(Duration.ofHours(random.nextInt(5000) - 10));
            Snapshot whole = a.plus(b).at(DAY, asOf);
            Snapshot parts = a.at(DAY, asOf).add(b.at(DAY, asOf));
            assertThat(parts.counts()).isEqualTo(whole.counts());
            assertThat(parts.open()).isEqualTo(whole.open());
            same(parts.timeToClose(), whole.timeToClose());
            same(parts.timeToResolution(), whole.timeToResolution());
            same(parts.closedOnly(), whole.closedOnly());
        }
    }

    private static void same(Survival one, Survival other) {
        assertThat(one.cases()).isEqualTo(other.cases());
        for (int bin = 0; bin < AgeBins.COUNT; bin++) {
            assertThat(one.incidence(bin)).isEqualTo(other.incidence(bin));
        }
    }

    @Test
    void aCaseSubmittedAtOrAfterTheAsOfIsNotYetAtRisk() {
        Tally tally = new Tally.Builder().add(Count.OPEN_SLOT, 5, 1).build();

        assertThat(tally.at(DAY, DAY.start().plus(Duration.ofHours(5))).open()).isZero();
        assertThat(tally.at(DAY, DAY.start().minus(Duration.ofHours(100))).open())
                .isZero();
        assertThat(tally.at(DAY, DAY.start().plus(Duration.ofHours(6))).open()).isEqualTo(1);
    }

    @Test
    void addingToASnapshotDoesNotTouchTheOther() {
        Tally tally = new Tally.Builder().add(Count.OPEN_SLOT, 5, 1).build();
        Snapshot other = tally.at(DAY, DAY.start().plus(Duration.ofHours(6)));
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
                .isEqualTo(
                        "RECEIVED=1 COHORT_MET=2 COHORT_MISSED_LATE=3 COHORT_MISSED_OPEN=4 COHORT_RUNNING=5 "
                                + "COHORT_NOT_APPLICABLE=6 COHORT_PAUSED=7 COHORT_UNDECIDABLE=8 DUE_MET=10 DUE_MISSED_LATE=11 "
                                + "DUE_MISSED_OPEN=12 DUE_UNDECIDABLE=13 DUE_INHERITED=14 DUE_CONTESTED=15 DUE_OVERTURNED=16 OPEN_ENTERED=20 "
                                + "OPEN_LEFT=21 OVERDUE_ENTERED=22 OVERDUE_LEFT=23 NO_TARGET_ENTERED=24 NO_TARGET_LEFT=25 "
                                + "STALE_ENTERED=26 STALE_LEFT=27 HANDOVERS_OUT=30 HANDOVERS_IN=31 REOPENED=32 REPEATED=33 "
                                + "EVENTS_RECEIVED=34 LATENESS=35 EVENTS_DECLARED=36 EVENTS_OF_DECLARED_DAYS=37 DAYS_DECLARED=38 "
                                + "DAYS_UNDECLARED=39 CLOSED=40 "
                                + "CLOSED_AGE=41 RATED=42 HOPS=43 HOPPED=44 CAME_BACK=45 CAME_AROUND=46 RESOLVED=47 "
                                + "RESOLVED_FIRST_LINE=48 OPEN_SLOT=50 FIRST_END=51 FIRST_STOP=52 PROBLEMS=53 PROBLEM_REPORTS=54 "
                                + "DURABLE_OPEN_SLOT=55 DURABLE_END=56 LATE_ENTRY=57 DURABLE_LATE_ENTRY=58 "
                                + "LATE_ENTRY_RESOLVED=59 TARGET_MET=60 TARGET_MISSED=61 TARGET_UNDECIDABLE=62 "
                                + "TARGET_HANDED_ON=63 SHARE_MET=64 SHARE_MISSED=65 SHARED_MISSES=66 FINAL_STOP=70 RETURNED=71 "
                                + "CLAIMED=72 CLAIM_JUDGED=73 CLAIM_REJECTED=74 CLAIM_INSTANT=75 CLAIM_WITH_EVIDENCE=76 "
                                + "CLAIM_BEFORE_LAST=77 CLAIM_AT_LAST=78 OFFERED=80 OFFERED_IN_TIME_OR_LATE=81 OFFERED_LATE=82 "
                                + "ANSWERED=83 DECLINED=84 LIMBO_END=85 LIMBO_OPEN=86 STAY_END=90 STAY_OPEN=91 PAIR_HOPS=92 "
                                + "PAIR_RETURNS=93 PAIR_STAY=94 EVIDENCE=95 EVIDENCE_REUSED=96 BACKLOG=100 SILENCE=101 TIME_RUNNING=102 TIME_SECONDS=103 ");
    }
}
