package io.tanggap.core.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgeBinsTest {

    @ParameterizedTest
    @CsvSource({
        "PT-1S, 1",
        "PT0S, 1",
        "PT0.001S, 1",
        "PT1H, 1",
        "PT1H0.001S, 2",
        "PT72H, 72",
        "PT72H0.001S, 96",
        "P4D, 96",
        "PT96H0.001S, 120",
        "P180D, 4320",
        "PT4320H0.001S, 4368",
        "P182D, 4368",
        "PT4368H0.001S, 4536",
        "P728D, 17472"
    })
    void binsAreRightClosed(Duration age, int upperHours) {
        assertThat(AgeBins.upperHours(AgeBins.ofMillis(age.toMillis()))).isEqualTo(upperHours);
    }

    @Test
    void beyondTheLastWeekThereIsNoOrder() {
        assertThat(AgeBins.ofMillis(Duration.ofDays(728).toMillis() + 1)).isEqualTo(AgeBins.OVERFLOW);
        assertThat(AgeBins.ofMillis(Duration.ofDays(40_000).toMillis())).isEqualTo(AgeBins.OVERFLOW);
        assertThatThrownBy(() -> AgeBins.upperHours(AgeBins.OVERFLOW)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> AgeBins.upperHours(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theUpperEdgeOfEveryBinLiesInItAndTheNextMillisecondInTheNextBin() {
        for (int bin = 0; bin < AgeBins.OVERFLOW; bin++) {
            long edge = Duration.ofHours(AgeBins.upperHours(bin)).toMillis();
            assertThat(AgeBins.ofMillis(edge)).isEqualTo(bin);
            assertThat(AgeBins.ofMillis(edge + 1)).isEqualTo(bin + 1);
            assertThat(AgeBins.ofWholeHours(AgeBins.upperHours(bin))).isEqualTo(bin);
        }
    }
}
