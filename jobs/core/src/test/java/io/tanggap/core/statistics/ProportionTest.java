package io.tanggap.core.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tanggap.core.Seed;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProportionTest {
    @ParameterizedTest
    @CsvSource({
        "126, 128, .9448, .9957",
        "99, 115, .7859, .9125",
        "428, 1442, .2738, .3209",
        "1, 1, .2065, 1",
        "0, 1, 0, .7935",
        "9, 10, .5958, .9821",
        "900, 1000, .8798, .9171"
    })
    void wilsonsIntervalIsTheOracles(long successes, long trials, double lower, double upper) {
        Interval interval = new Proportion(successes, trials).wilson();

        assertThat(interval.lower()).isCloseTo(lower, within(1e-4));
        assertThat(interval.upper()).isCloseTo(upper, within(1e-4));
    }

    /** Newcombe 1998, Statistics in Medicine 17:857, table I, method 3. */
    @ParameterizedTest
    @CsvSource({"81, 263, .2553, .3662", "15, 148, .0624, .1605", "0, 20, 0, .1611", "1, 29, .0061, .1718"})
    void wilsonsIntervalIsAsPublished(long successes, long trials, double lower, double upper) {
        Interval interval = new Proportion(successes, trials).wilson();

        assertThat(interval.lower()).isCloseTo(lower, within(5.1e-5));
        assertThat(interval.upper()).isCloseTo(upper, within(5.1e-5));
    }

    /** A limit is the share from which the observed one is z of that share's own standard errors away. */
    @Test
    void theLimitsSolveTheScoreEquationAtAnyConfidence() {
        Random random = Seed.random(this);
        for (int trial = 0; trial < 1_000; trial++) {
            long trials = 2 + random.nextInt(5_000);
            long successes = 1 + random.nextInt((int) trials - 1);
            double z = trial % 2 == 0 ? Interval.Z_95 : Interval.Z_998;
            double share = (double) successes / trials;
            Interval interval = new Proportion(successes, trials).wilson(z);
            assertThat(interval.contains(share)).isTrue();
            for (double limit : new double[] {interval.lower(), interval.upper()}) {
                assertThat(limit).isBetween(0., 1.);
                assertThat(Math.abs(share - limit))
                        .isCloseTo(z * Math.sqrt(limit * (1 - limit) / trials), within(1e-12));
            }
        }
    }

    @Test
    void theEndsAreExactAndTheIntervalHasAWidthThere() {
        for (long trials = 1; trials < 2_000; trials++) {
            assertThat(new Proportion(0, trials).wilson().lower()).isZero();
            assertThat(new Proportion(0, trials).wilson().upper()).isBetween(1e-3, .8);
            assertThat(new Proportion(trials, trials).wilson().upper()).isEqualTo(1);
        }
    }

    @Test
    void noTrialsHaveNoShareAndNoInterval() {
        assertThat(new Proportion(0, 0).share()).isNull();
        assertThat(new Proportion(0, 0).wilson()).isNull();
        assertThat(new Proportion(29, 29).suffices()).isFalse();
        assertThat(new Proportion(0, 30).suffices()).isTrue();
    }

    @Test
    void moreSuccessesThanTrialsAreRefused() {
        assertThatThrownBy(() -> new Proportion(3, 2)).hasMessageStartingWith("3 of 2: the successes");
        assertThatThrownBy(() -> new Proportion(-1, 2)).hasMessageStartingWith("-1 of 2");
        assertThatThrownBy(() -> new Interval(1, 0)).hasMessageContaining("lower limit");
        assertThatThrownBy(() -> new Interval(0, Double.NaN)).hasMessageContaining("must be numbers");
    }
}
