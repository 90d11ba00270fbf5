package io.tanggap.core.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tanggap.core.Seed;
import io.tanggap.core.statistics.Change.Direction;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChangeTest {
    /** Newcombe 1998, Statistics in Medicine 17:873, table II, method 10. */
    @ParameterizedTest
    @CsvSource({
        "56, 70, 48, 80, .0524, .3339",
        "9, 10, 3, 10, .1705, .8090",
        "6, 7, 2, 7, .0582, .8062",
        "5, 56, 0, 29, -.0381, .1926",
        "0, 10, 0, 20, -.1611, .2775",
        "0, 10, 0, 10, -.2775, .2775",
        "10, 10, 0, 20, .6791, 1",
        "10, 10, 0, 10, .6075, 1"
    })
    void theIntervalOfADifferenceIsAsPublished(
            long later, long of, long earlier, long ofEarlier, double lower, double upper) {
        Interval interval = Change.between(new Proportion(earlier, ofEarlier), new Proportion(later, of))
                .difference();

        assertThat(interval.lower()).isCloseTo(lower, within(5.1e-5));
        assertThat(interval.upper()).isCloseTo(upper, within(5.1e-5));
    }

    @Test
    void aChangeHasADirectionOnlyWhereItIsCertain() {
        Proportion before = new Proportion(48, 80);

        assertThat(Change.between(before, new Proportion(56, 70)).direction()).isEqualTo(Direction.UP);
        assertThat(Change.between(new Proportion(56, 70), before).direction()).isEqualTo(Direction.DOWN);
        Change little = Change.between(before, new Proportion(50, 80));
        assertThat(little.direction()).isEqualTo(Direction.UNCERTAIN);
        assertThat(little.reason()).isEqualTo(Reason.COVERS_ZERO);
        Change same = Change.between(before, before);
        assertThat(same.reason()).isEqualTo(Reason.COVERS_ZERO);
    }

    @Test
    void ofFewerThanThirtyNothingIsCertain() {
        Change few = Change.between(new Proportion(0, 29), new Proportion(1000, 1000));
        assertThat(few.direction()).isEqualTo(Direction.UNCERTAIN);
        assertThat(few.reason()).isEqualTo(Reason.N_BELOW_30);
        assertThat(few.difference()).isNotNull();
        Change none = Change.between(new Proportion(0, 0), new Proportion(40, 50));
        assertThat(none.reason()).isEqualTo(Reason.N_BELOW_30);
        assertThat(none.difference()).isNull();
        assertThat(Change.between(new Proportion(0, 30), new Proportion(30, 30)).direction())
                .isEqualTo(Direction.UP);
    }

    @Test
    void theIntervalHoldsTheDifferenceAndTurnsWithIt() {
        Random random = Seed.random(this);
        for (int trial = 0; trial < 1_000; trial++) {
            Proportion one = drawn(random);
            Proportion other = drawn(random);
            Interval there = Change.between(one, other).difference();
            Interval back = Change.between(other, one).difference();

            assertThat(there.contains(other.share() - one.share())).isTrue();
            assertThat(there.lower()).isBetween(-1 - 1e-12, 1.).isCloseTo(-back.upper(), within(1e-12));
            assertThat(there.upper()).isBetween(-1., 1 + 1e-12).isCloseTo(-back.lower(), within(1e-12));
        }
    }

    private static Proportion drawn(Random random) {
        int trials = 1 + random.nextInt(200);
        return new Proportion(random.nextInt(trials + 1), trials);
    }

    @Test
    void aReasonBelongsToAnUncertainDirectionAlone() {
        assertThatThrownBy(() -> new Change(Direction.UP, null, Reason.COVERS_ZERO))
                .hasMessageContaining("a reason belongs to an uncertain direction");
        assertThatThrownBy(() -> new Change(Direction.UNCERTAIN, null, null)).hasMessageContaining("only there");
    }
}
