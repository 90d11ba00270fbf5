package io.tanggap.core.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class BunchingTest {
    @Test
    void theRatioIsOfTheTwoTwentiethsWithHalfAClaimMoreInEach() {
        assertThat(Bunching.ratio(30, 10)).isEqualTo(30.5 / 10.5);
        assertThat(Bunching.ratio(20, 0)).isEqualTo(41);
        assertThat(Bunching.ratio(0, 20)).isEqualTo(.5 / 20.5);
        assertThat(Bunching.ratio(10, 10)).isEqualTo(1);
    }

    @Test
    void fewerThanTwentyClaimsHaveNoRatio() {
        assertThat(Bunching.ratio(19, 0)).isNull();
        assertThat(Bunching.ratio(0, 0)).isNull();
        assertThatThrownBy(() -> Bunching.ratio(30, -1)).hasMessageContaining("at least 0");
    }
}
