package io.tanggap.core.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SplitMix64Test {
    /** The numbers that Rosetta Code gives for this seed. */
    @Test
    void theNumbersAreAsPublished() {
        SplitMix64 random = new SplitMix64(1234567);

        for (String number : new String[] {
            "6457827717110365317",
            "3203168211198807973",
            "9817491932198370423",
            "4593380528125082431",
            "16408922859458223821"
        }) {
            assertThat(Long.toUnsignedString(random.nextLong())).isEqualTo(number);
        }
    }

    @Test
    void normalsHaveMeanZeroAndVarianceOne() {
        SplitMix64 random = new SplitMix64(42);
        double sum = 0;
        double squares = 0;
        double fourths = 0;
        int draws = 200_000;
        for (int i = 0; i < draws; i++) {
            double normal = random.nextNormal();
            sum += normal;
            squares += normal * normal;
            fourths += normal * normal * normal * normal;
        }
        assertThat(sum / draws).isCloseTo(0, within(.01));
        assertThat(squares / draws).isCloseTo(1, within(.02));
        assertThat(fourths / draws).isCloseTo(3, within(.12));
    }

    @ParameterizedTest
    @ValueSource(doubles = {.01, .3, 1, 2.5, 40, 5000})
    void gammasHaveMeanAndVarianceOfTheirShape(double shape) {
        SplitMix64 random = new SplitMix64(42);
        double sum = 0;
        double squares = 0;
        boolean finite = true;
        int draws = 200_000;
        for (int i = 0; i < draws; i++) {
            double log = random.nextLogGamma(shape);
            finite &= Double.isFinite(log);
            sum += Math.exp(log);
            squares += Math.exp(2 * log);
        }
        assertThat(finite).isTrue();
        double mean = sum / draws;
        assertThat(mean).isCloseTo(shape, within(6 * Math.sqrt(shape / draws)));
        assertThat(squares / draws - mean * mean)
                .isCloseTo(shape, within(shape * Math.sqrt(36 * (2 + 6 / shape) / draws)));
    }
}
