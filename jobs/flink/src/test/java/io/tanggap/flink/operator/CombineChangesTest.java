package io.tanggap.flink.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.tanggap.core.measure.Count;
import io.tanggap.core.measure.Tally;
import io.tanggap.flink.operator.Harness.Combined;
import io.tanggap.flink.state.Cause;
import io.tanggap.flink.state.Causes;
import io.tanggap.flink.state.PathChange;
import io.tanggap.flink.state.SliceChange;
import io.tanggap.flink.state.SlicePath;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CombineChangesTest {
    private static final SlicePath CITY = new SlicePath("city", null);
    private static final SlicePath A = new SlicePath("a", CITY);
    private static final SlicePath B = new SlicePath("b", CITY);

    private static PathChange added(SlicePath path, long day, long received) {
        return new PathChange(path, day, change("", day, received).change());
    }

    private static SliceChange change(String slice, long day, long received) {
        return new SliceChange(
                slice, day, new Tally.Builder().add(Count.RECEIVED, received).build());
    }

    @Test
    void differencesAreSummedUpThePathUntilTheWatermark() throws Exception {
        try (Combined combined = new Combined()) {
            combined.send(added(A, 1, 1));
            combined.send(added(A, 1, 2));
            combined.send(added(A, 2, 4));
            combined.send(added(B, 1, 8));
            assertThat(combined.take()).isEmpty();

            combined.watermark(0);
            assertThat(combined.take())
                    .containsExactlyInAnyOrder(
                            change("a", 1, 3),
                            change("a", 2, 4),
                            change("b", 1, 8),
                            change("city", 1, 11),
                            change("city", 2, 4));
            combined.watermark(1);
            assertThat(combined.take()).isEmpty();
        }
    }

    @Test
    void twoPathsOfOneSliceAddToItEach() throws Exception {
        try (Combined combined = new Combined()) {
            combined.send(added(A, 1, 1));
            combined.send(added(new SlicePath("a", new SlicePath("kingdom", null)), 1, 2));
            combined.watermark(0);
            assertThat(combined.take())
                    .containsExactlyInAnyOrder(
                            change("a", 1, 1), change("city", 1, 1), change("a", 1, 2), change("kingdom", 1, 2));
        }
    }

    @Test
    void nothingIsHeldBackOverACheckpoint() throws Exception {
        try (Combined combined = new Combined()) {
            combined.send(added(CITY, 1, 1));
            combined.beforeBarrier();
            assertThat(combined.take()).containsExactly(change("city", 1, 1));
        }
    }

    @Test
    void nothingIsHeldBackAtTheEnd() throws Exception {
        try (Combined combined = new Combined()) {
            combined.send(added(CITY, 1, 1));
            combined.finish();
            assertThat(combined.take()).containsExactly(change("city", 1, 1));
        }
    }

    @Test
    void whatCancelsOutIsNotSent() throws Exception {
        try (Combined combined = new Combined()) {
            combined.send(added(A, 1, 1));
            combined.send(added(B, 1, -1));
            combined.watermark(0);
            assertThat(combined.take())
                    .as("of the unit above them, nothing")
                    .containsExactlyInAnyOrder(change("a", 1, 1), change("b", 1, -1));
        }
    }

    @Test
    void memoryIsBounded() throws Exception {
        int bound = 100_000;
        try (Combined combined = new Combined()) {
            for (int day = 1; day < bound; day++) {
                combined.send(added(CITY, day, 1));
            }
            assertThat(combined.take()).isEmpty();
            combined.send(added(CITY, bound, 1));
            assertThat(combined.take()).hasSize(bound);
        }
    }

    private static PathChange known(SlicePath path, long day, long received, Cause cause) {
        return new PathChange(path, day, change("", day, received).change(), cause);
    }

    private static SliceChange known(String slice, long day, long received, Causes causes) {
        return new SliceChange(slice, day, change("", day, received).change(), causes);
    }

    private static Cause cause(String caseId) {
        return new Cause(caseId, List.of(), 0, List.of("second"), 0);
    }

    @Test
    void whatIsKnownBetterIsSummedApartAndItsCausesAreUnited() throws Exception {
        try (Combined combined = new Combined()) {
            combined.send(known(A, 1, 1, cause("qlue:2")));
            combined.send(added(A, 1, 2));
            combined.send(known(A, 1, 4, cause("qlue:1")));
            combined.send(known(B, 1, 8, cause("qlue:2")));
            combined.send(known(B, 2, 16, cause("qlue:3")));
            combined.watermark(0);
            Causes two = new Causes(List.of(cause("qlue:1"), cause("qlue:2")), 0);
            assertThat(combined.take())
                    .containsExactlyInAnyOrder(
                            change("a", 1, 2),
                            change("city", 1, 2),
                            known("a", 1, 5, two),
                            known("b", 1, 8, Causes.of(cause("qlue:2"))),
                            known("b", 2, 16, Causes.of(cause("qlue:3"))),
                            known("city", 1, 13, two),
                            known("city", 2, 16, Causes.of(cause("qlue:3"))));
        }
    }

    @Test
    void whereCorrectionsCancelOutNothingHasACause() throws Exception {
        try (Combined combined = new Combined()) {
            combined.send(known(A, 1, -1, cause("qlue:1")));
            combined.send(known(B, 1, 1, cause("qlue:1")));
            combined.watermark(0);
            assertThat(combined.take()).extracting(SliceChange::slice).containsExactlyInAnyOrder("a", "b");
        }
    }

    @Test
    void twentyCausesAreNamedTheSameOnesInAnyOrderAndTheOthersAreCounted() throws Exception {
        List<Integer> order = new ArrayList<>(IntStream.range(10, 35).boxed().toList());
        Causes causes = null;
        for (int seed = 0; seed < 3; seed++) {
            Collections.shuffle(order, new Random(seed));
            try (Combined combined = new Combined()) {
                for (int i : order) {
                    combined.send(known(CITY, 1, 1, cause("qlue:" + i)));
                }
                combined.watermark(0);
                Causes united = combined.take().get(0).causes();
                assertThat(causes == null ? united : causes).isEqualTo(united);
                causes = united;
            }
        }
        assertThat(causes.named()).hasSize(20).contains(cause("qlue:10"), cause("qlue:29"));
        assertThat(causes.others()).isEqualTo(5);
    }
}
