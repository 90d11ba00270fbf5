package io.tanggap.core.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class HistogramTest {
    @Test
    void aQuantileIsTheFirstBinInWhichTheShareIsReached() {
        long[] counts = {0, 2, 3, 0, 5};

        assertThat(Histogram.quantile(counts, .2)).hasValue(1);
        assertThat(Histogram.quantile(counts, .21)).hasValue(2);
        assertThat(Histogram.quantile(counts, .5)).hasValue(2);
        assertThat(Histogram.quantile(counts, .51)).hasValue(4);
        assertThat(Histogram.quantile(counts, 1)).hasValue(4);
        assertThat(Histogram.quantile(counts, 1e-9)).hasValue(1);
    }

    /** In doubles .1 · 30 is more than 3, and .7 · 10 more than 7. */
    @Test
    void aShareThatIsReachedExactlyIsReached() {
        assertThat(Histogram.quantile(new long[] {3, 27}, .1)).hasValue(0);
        for (int tenths = 1; tenths <= 10; tenths++) {
            assertThat(Histogram.quantile(new long[] {1, 1, 1, 1, 1, 1, 1, 1, 1, 1}, tenths / 10.0))
                    .hasValue(tenths - 1);
        }
    }

    @Test
    void noCasesHaveNoQuantile() {
        assertThat(Histogram.quantile(new long[3], .5)).isEmpty();
        assertThat(Histogram.quantile(new long[0], .5)).isEmpty();
    }

    @Test
    void whatCannotBeIsRefused() {
        assertThatThrownBy(() -> Histogram.quantile(new long[] {1, -2}, .5))
                .hasMessage("bin 1 holds -2 cases: it must be at least 0");
        assertThatThrownBy(() -> Histogram.quantile(new long[1], 0)).hasMessageContaining("must be in (0, 1]");
        assertThatThrownBy(() -> Histogram.quantile(new long[1], Double.NaN)).hasMessageContaining("NaN");
    }
}
