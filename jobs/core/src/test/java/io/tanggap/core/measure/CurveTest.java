package io.tanggap.core.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tanggap.core.complaint.Outcome;
import io.tanggap.core.measure.Curve.Quantile;
import io.tanggap.core.measure.Curve.State;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The textbook cohort of ten: (1,1)(2,1)(2,1)(3,0)(4,1)(5,0)(6,1)(8,0)(9,1)(12,0), in hours. */
class CurveTest {
    private static final Instant DAY = Instant.parse("2024-03-04T00:00:00Z");
    private static final Instant AS_OF = DAY.plus(Duration.ofHours(24));
    private static final List<Integer> AGES = List.of(1, 2, 2, 3, 4, 5, 6, 8, 9, 12);
    private static final List<Integer> ENDED = List.of(1, 1, 1, 0, 1, 0, 1, 0, 1, 0);

    private static Tally tally(IntStream members, Outcome atFour) {
        Tally.Builder tally = new Tally.Builder();
        members.forEach(i -> {
            int age = AGES.get(i);
            if (ENDED.get(i) == 1) {
                int bin = AgeBins.ofWholeHours(age);
                Outcome outcome = age == 4 ? atFour : Outcome.FIXED;
                tally.add(Count.FIRST_END, outcome.code() * AgeBins.COUNT + bin, 1)
                        .add(Count.FIRST_STOP, outcome.code() * AgeBins.COUNT + bin, 1)
                        .add(Count.CLOSED_AGE, bin, 1);
            } else {
                tally.add(Count.OPEN_SLOT, 24 - age, 1);
            }
        });
        return tally.build();
    }

    private static Snapshot cohort(Outcome atFour) {
        return tally(IntStream.range(0, 10), atFour).at(DAY, AS_OF);
    }

    private static double survival(Curve curve, int hours) {
        return 1 - curve.incidence(AgeBins.ofWholeHours(hours));
    }

    @Test
    void survivalIsThatOfTheTextbook() {
        Curve curve = cohort(Outcome.FIXED).timeToClose();

        assertThat(survival(curve, 1)).isCloseTo(.9, within(1e-12));
        assertThat(survival(curve, 2)).isCloseTo(.7, within(1e-12));
        assertThat(survival(curve, 3)).isCloseTo(.7, within(1e-12));
        assertThat(survival(curve, 4)).isCloseTo(.58333, within(1e-4));
        assertThat(survival(curve, 6)).isCloseTo(.4375, within(1e-12));
        assertThat(survival(curve, 9)).isCloseTo(.21875, within(1e-12));
        assertThat(survival(curve, 4000)).isCloseTo(.21875, within(1e-12));
        assertThat(curve.atRisk()).isEqualTo(10);
    }

    @Test
    void theMedianCountsOpenCasesAndAQuantileMayNotBeReached() {
        Curve curve = cohort(Outcome.FIXED).timeToClose();

        assertThat(curve.quantile(.5)).isEqualTo(new Quantile(State.VALUE, 6));
        assertThat(curve.quantile(.8).state()).isEqualTo(State.NOT_REACHED);
    }

    @Test
    void aShareThatIsReachedExactlyIsReached() {
        Curve curve = cohort(Outcome.FIXED).timeToClose();

        assertThat(curve.quantile(.1)).isEqualTo(new Quantile(State.VALUE, 1));
        assertThat(curve.quantile(.3)).isEqualTo(new Quantile(State.VALUE, 2));
    }

    /**
     * The six closed ages are 1, 2, 2, 4, 6, 9. Half of them is reached at 2 h, by the rule that holds for every curve; the
     * mean of the middle two, 3 h, is the usual sample median, which is no bin's edge.
     */
    @Test
    void theClosedOnlyMedianFlatters() {
        assertThat(cohort(Outcome.FIXED).closedOnly().quantile(.5)).isEqualTo(new Quantile(State.VALUE, 2));
        assertThat(cohort(Outcome.FIXED).closedOnly().incidence(AgeBins.ofWholeHours(3)))
                .isCloseTo(.5, within(1e-12));
    }

    @Test
    void anotherOutcomeCompetesAndIsNotCensored() {
        Snapshot cohort = cohort(Outcome.INVALID);
        Curve resolution = cohort.timeToResolution();

        assertThat(1 - survival(resolution, 1)).isCloseTo(.1, within(1e-12));
        assertThat(1 - survival(resolution, 2)).isCloseTo(.3, within(1e-12));
        assertThat(1 - survival(resolution, 6)).isCloseTo(.44583, within(1e-4));
        assertThat(1 - survival(resolution, 9)).isCloseTo(.66458, within(1e-4));
        assertThat(survival(cohort.timeToClose(), 6)).isCloseTo(.4375, within(1e-12));
    }

    @Test
    void halvesAddUpToTheWhole() {
        Snapshot whole = cohort(Outcome.INVALID);
        Snapshot halves = tally(IntStream.range(0, 5), Outcome.INVALID)
                .at(DAY, AS_OF)
                .add(tally(IntStream.range(5, 10), Outcome.INVALID).at(DAY, AS_OF));
        Snapshot evenAndOdd = tally(IntStream.range(0, 10).filter(i -> i % 2 == 0), Outcome.INVALID)
                .plus(tally(IntStream.range(0, 10).filter(i -> i % 2 == 1), Outcome.INVALID))
                .at(DAY, AS_OF);

        for (Snapshot sum : List.of(halves, evenAndOdd)) {
            assertThat(sum.counts()).isEqualTo(whole.counts());
            for (int bin = 0; bin < AgeBins.COUNT; bin++) {
                assertThat(sum.timeToResolution().incidence(bin))
                        .isEqualTo(whole.timeToResolution().incidence(bin));
                assertThat(sum.timeToClose().incidence(bin))
                        .isEqualTo(whole.timeToClose().incidence(bin));
            }
        }
    }

    @Test
    void withinABinEndsComeBeforeCensorings() {
        Tally tally = new Tally.Builder()
                .add(Count.FIRST_END, AgeBins.ofWholeHours(3), 1)
                .add(Count.OPEN_SLOT, 21, 1)
                .build();

        assertThat(survival(tally.at(DAY, AS_OF).timeToClose(), 3)).isEqualTo(.5);
    }

    @Test
    void aQuantileBeyondTheLastBinIsNotTheSameAsNotReached() {
        Tally tally =
                new Tally.Builder().add(Count.FIRST_END, AgeBins.OVERFLOW, 3).build();
        Curve curve = tally.at(DAY, AS_OF).timeToClose();

        assertThat(curve.quantile(.5).state()).isEqualTo(State.BEYOND_LAST_BIN);
        assertThat(new Snapshot().timeToClose().quantile(.5).state()).isEqualTo(State.NOT_REACHED);
        assertThat(new Snapshot().timeToClose().atRisk()).isZero();
    }
}
