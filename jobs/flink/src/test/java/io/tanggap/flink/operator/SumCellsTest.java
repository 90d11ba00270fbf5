package io.tanggap.flink.operator;

import static io.tanggap.flink.operator.City.DAY;
import static io.tanggap.flink.operator.City.at;
import static io.tanggap.flink.operator.City.day;
import static org.assertj.core.api.Assertions.assertThat;

import io.tanggap.core.measure.Cell;
import io.tanggap.core.measure.Count;
import io.tanggap.core.measure.Role;
import io.tanggap.core.measure.Rule;
import io.tanggap.core.measure.Tally;
import io.tanggap.flink.document.Document;
import io.tanggap.flink.operator.Harness.Cells;
import io.tanggap.flink.state.CellChange;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;

class SumCellsTest {
    private static final String CELL = new Cell(Role.TERRITORY, Rule.CROP, "kelurahan", "qlue", "roads", day(0)).id();

    private final TestClock clock = new TestClock();

    private static CellChange change(long received) {
        return new CellChange(
                CELL, new Tally.Builder().add(Count.RECEIVED, received).build());
    }

    private static long received(Document document) {
        return Json.of(document).path("counts").path("received").asLong();
    }

    @Test
    void aReplayWritesACellOnce() throws Exception {
        try (Cells cells = new Cells(Timing.replay(at(DAY)), clock)) {
            cells.send(change(1));
            cells.send(change(2));
            cells.wallClock(10_000);
            assertThat(cells.take()).isEmpty();
            assertThat(cells.eventTimers()).isEqualTo(1);
            assertThat(cells.wallClockTimers()).isZero();

            cells.watermark(Harness.END);
            List<Document> documents = cells.take();
            assertThat(documents).hasSize(1);
            assertThat(documents.get(0).id()).isEqualTo(CELL);
            assertThat(received(documents.get(0))).isEqualTo(3);
            assertThat(cells.eventTimers()).isZero();
            assertThat(cells.stateEntries()).as("nothing is kept").isZero();
        }
    }

    @Test
    void liveChangesAreCollectedForAQuarterOfASecond() throws Exception {
        try (Cells cells = new Cells(Timing.live(), clock)) {
            cells.wallClock(1_000);
            cells.send(change(1));
            cells.wallClock(1_200);
            cells.send(change(1));
            cells.wallClock(1_249);
            assertThat(cells.take()).isEmpty();

            cells.wallClock(1_250);
            List<Document> first = cells.take();
            assertThat(first).hasSize(1);
            assertThat(received(first.get(0))).isEqualTo(2);
            assertThat(cells.eventTimers() + cells.wallClockTimers()).isZero();

            clock.add(-1_000_000);
            cells.send(change(1));
            cells.wallClock(2_500);
            List<Document> second = cells.take();
            assertThat(received(second.get(0))).isEqualTo(3);
            assertThat(second.get(0).version()).isGreaterThan(first.get(0).version());
        }
    }

    @Test
    void theEndOfTheInputLeavesNothingUnwritten() throws Exception {
        try (Cells cells = new Cells(Timing.live(), clock)) {
            cells.send(change(1));
            cells.watermark(Harness.END);
            assertThat(cells.take()).hasSize(1);
            assertThat(cells.eventTimers() + cells.wallClockTimers()).isZero();
        }
    }

    @Test
    void aCellThatCameToNothingSaysSo() throws Exception {
        try (Cells cells = new Cells(Timing.replay(at(DAY)), clock)) {
            cells.send(change(1));
            cells.send(change(-1));
            cells.watermark(Harness.END);
            assertThat(Json.of(cells.take().get(0)).path("retracted").asBoolean())
                    .isTrue();
        }
    }

    @Test
    void aRestoredCellGoesOnFromItsSumAndItsVersion() throws Exception {
        OperatorSubtaskState state;
        long version;
        try (Cells cells = new Cells(Timing.live(), clock)) {
            cells.send(change(1));
            cells.wallClock(1_000);
            version = cells.take().get(0).version();
            cells.send(change(1));
            state = cells.snapshot();
        }
        clock.add(-1_000_000);
        try (Cells cells = new Cells(Timing.live(), clock, state)) {
            cells.wallClock(10_000);
            List<Document> documents = cells.take();
            assertThat(received(documents.get(0))).isEqualTo(2);
            assertThat(documents.get(0).version()).isGreaterThan(version);
            assertThat(cells.eventTimers() + cells.wallClockTimers()).isZero();
        }
    }
}
