package io.tanggap.flink.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.tanggap.core.measure.Count;
import io.tanggap.core.measure.Tally;
import io.tanggap.flink.operator.Harness.Combined;
import io.tanggap.flink.state.SliceChange;
import org.junit.jupiter.api.Test;

class CombineChangesTest {
    private static SliceChange change(String slice, long day, long received) {
        return new SliceChange(
                slice, day, new Tally.Builder().add(Count.RECEIVED, received).build());
    }

    @Test
    void differencesOfOneDayOfOneSliceAreSummedUntilTheWatermark() throws Exception {
        try (Combined combined = new Combined()) {
            combined.send(change("a", 1, 1));
            combined.send(change("a", 1, 2));
            combined.send(change("a", 2, 4));
            combined.send(change("b", 1, 8));
            assertThat(combined.take()).isEmpty();

            combined.watermark(0);
            assertThat(combined.take())
                    .containsExactlyInAnyOrder(change("a", 1, 3), change("a", 2, 4), change("b", 1, 8));
            combined.watermark(1);
            assertThat(combined.take()).isEmpty();
        }
    }

    @Test
    void nothingIsHeldBackOverACheckpoint() throws Exception {
        try (Combined combined = new Combined()) {
            combined.send(change("a", 1, 1));
            combined.beforeBarrier();
            assertThat(combined.take()).containsExactly(change("a", 1, 1));
        }
    }

    @Test
    void nothingIsHeldBackAtTheEnd() throws Exception {
        try (Combined combined = new Combined()) {
            combined.send(change("a", 1, 1));
            combined.finish();
            assertThat(combined.take()).containsExactly(change("a", 1, 1));
        }
    }

    @Test
    void whatCancelsOutIsNotSent() throws Exception {
        try (Combined combined = new Combined()) {
            combined.send(change("a", 1, 1));
            combined.send(change("a", 1, -1));
            combined.watermark(0);
            assertThat(combined.take()).isEmpty();
        }
    }

    @Test
    void memoryIsBounded() throws Exception {
        int bound = 100_000;
        try (Combined combined = new Combined()) {
            for (int day = 1; day < bound; day++) {
                combined.send(change("a", day, 1));
            }
            assertThat(combined.take()).isEmpty();
            combined.send(change("a", bound, 1));
            assertThat(combined.take()).hasSize(bound);
        }
    }
}
