package io.tanggap.flink.operator;

import static io.tanggap.flink.operator.City.day;
import static io.tanggap.flink.operator.City.midnight;
import static io.tanggap.flink.operator.City.pack;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tanggap.core.complaint.Outcome;
import io.tanggap.core.measure.AgeBins;
import io.tanggap.core.measure.Count;
import io.tanggap.core.measure.Role;
import io.tanggap.core.measure.Rule;
import io.tanggap.core.measure.Slice;
import io.tanggap.core.measure.Tally;
import io.tanggap.core.measure.Window;
import io.tanggap.flink.document.Document;
import io.tanggap.flink.operator.Harness.Rows;
import io.tanggap.flink.state.SliceChange;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Day 0 is a Monday, 4 March 2024; so days 0 to 6 are one week, and day 28 is the first of April. */
class RollUpTest {
    private static final String SLICE = new Slice(Role.TERRITORY, Rule.CROP, "kelurahan", null, null).id();
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final TestClock clock = new TestClock();

    private Rows live(Instant watermark) throws Exception {
        Rows rows = new Rows(Timing.live(), clock);
        rows.publish(pack());
        rows.watermark(watermark.toEpochMilli());
        return rows;
    }

    private static SliceChange change(long days, Tally.Builder change) {
        return new SliceChange(SLICE, day(days), change.build());
    }

    /** A case was submitted at noon. */
    private static SliceChange opened(long days) {
        return change(
                days,
                new Tally.Builder()
                        .add(Count.RECEIVED, 1)
                        .add(Count.OPEN_ENTERED, 1)
                        .add(Count.OPEN_SLOT, 12, 1));
    }

    /** A case was submitted at noon and closed an hour later, and a midnight has passed since. */
    private static SliceChange openedAndClosed(long days) {
        return change(
                days,
                new Tally.Builder()
                        .add(Count.RECEIVED, 1)
                        .add(Count.OPEN_ENTERED, 1)
                        .add(Count.OPEN_LEFT, 1)
                        .add(Count.CLOSED, Outcome.FIXED.code(), 1)
                        .add(Count.CLOSED_AGE, 0, 1)
                        .add(Count.FIRST_END, Outcome.FIXED.code() * AgeBins.COUNT, 1)
                        .add(Count.FIRST_STOP, Outcome.FIXED.code() * AgeBins.COUNT, 1));
    }

    /** Something of which no stock is made. */
    private static SliceChange reopened(long days) {
        return change(days, new Tally.Builder().add(Count.REOPENED, 1));
    }

    private static String id(Window window, long days) {
        return SLICE + "|" + window + "|" + window.startOf(day(days));
    }

    /** Of every window from that of one day to that of another. */
    private static Set<String> ids(Window window, long from, long to) {
        Set<String> ids = new TreeSet<>();
        for (long days = from; days <= to; days++) {
            ids.add(id(window, days));
        }
        return ids;
    }

    /** Of the weeks and months from one day to another, and of some days. */
    private static Set<String> ids(long from, long to, long... days) {
        Set<String> ids = new TreeSet<>(ids(Window.WEEK, from, to));
        ids.addAll(ids(Window.MONTH, from, to));
        for (long day : days) {
            ids.add(id(Window.DAY, day));
        }
        return ids;
    }

    private static Map<String, JsonNode> take(Rows rows) {
        Map<String, JsonNode> byId = new TreeMap<>();
        for (Document document : rows.take()) {
            assertThat(byId.put(document.id(), Json.of(document)))
                    .as("%s is written once a flush", document.id())
                    .isNull();
        }
        return byId;
    }

    private static void assertRetracted(Map<String, JsonNode> written, String... ids) {
        for (String id : ids) {
            assertThat(written).containsKey(id);
            assertThat(written.get(id).path("retracted").asBoolean()).as(id).isTrue();
        }
    }

    private static long count(JsonNode row, String name) {
        return row.path("counts").path(name).asLong();
    }

    /** Lets a local midnight pass, and then the time for which changes are collected. */
    private static void age(Rows rows, long days) throws Exception {
        rows.watermark(midnight(days).plus(Duration.ofMinutes(10)).toEpochMilli());
        assertThat(rows.take()).as("before the flush").isEmpty();
        rows.wallClock(days * 1_000_000);
    }

    // Which rows

    @Test
    void aReplayWritesEachWindowOnce() throws Exception {
        try (Rows rows = new Rows(Timing.replay(midnight(18)), clock)) {
            rows.send(opened(0));
            rows.send(openedAndClosed(0));
            rows.send(openedAndClosed(8));
            rows.publish(pack());
            assertThat(rows.eventTimers()).isEqualTo(1);
            rows.wallClock(10_000);
            assertThat(rows.take()).isEmpty();

            rows.watermark(Harness.END);
            Map<String, JsonNode> written = take(rows);
            assertThat(written.keySet()).isEqualTo(ids(0, 18, 0, 8, 17, 18));
            assertThat(written.values()).as("also where nothing happened").allMatch(row -> count(row, "open") == 1);
            assertThat(count(written.get(id(Window.WEEK, 18)), "received")).isZero();
            assertThat(count(written.get(id(Window.MONTH, 0)), "received")).isEqualTo(3);
            assertThat(count(written.get(id(Window.MONTH, 0)), "open")).isEqualTo(1);
            assertThat(count(written.get(id(Window.WEEK, 8)), "received")).isEqualTo(1);
            assertThat(count(written.get(id(Window.WEEK, 8)), "open"))
                    .as("the one of the week before")
                    .isEqualTo(1);
            assertThat(rows.eventTimers() + rows.wallClockTimers()).isZero();
        }
    }

    @Test
    void aSliceCutByChannelOrGroupHasNoRowsOfDays() throws Exception {
        for (Slice slice : List.of(
                new Slice(Role.TERRITORY, Rule.CROP, "kelurahan", "qlue", null),
                new Slice(Role.TERRITORY, Rule.CROP, "kelurahan", null, "streets"))) {
            try (Rows rows = new Rows(Timing.replay(midnight(40)), clock)) {
                rows.publish(pack());
                rows.send(new SliceChange(slice.id(), day(0), opened(0).change()));
                rows.watermark(Harness.END);
                assertThat(rows.take())
                        .extracting(document -> Json.of(document).path("window").asText())
                        .containsExactlyInAnyOrder("WEEK", "MONTH");
            }
        }
    }

    @Test
    void aFlowOfAnOldDayRewritesTheStocksOfEveryLaterWindow() throws Exception {
        try (Rows rows = live(midnight(40))) {
            rows.send(openedAndClosed(0));
            rows.send(openedAndClosed(8));
            rows.send(openedAndClosed(30));
            rows.wallClock(1_000);
            take(rows);

            rows.send(opened(8));
            rows.wallClock(2_000);
            Map<String, JsonNode> written = take(rows);
            assertThat(written.keySet()).isEqualTo(ids(8, 40, 8, 30, 39, 40));
            assertThat(written.values()).allMatch(row -> count(row, "open") == 1);
        }
    }

    @Test
    void whatIsNoFlowRewritesItsOwnWindowsAlone() throws Exception {
        try (Rows rows = live(midnight(40))) {
            rows.send(openedAndClosed(0));
            rows.send(openedAndClosed(8));
            rows.send(openedAndClosed(30));
            rows.wallClock(1_000);
            take(rows);

            rows.send(reopened(8));
            rows.wallClock(2_000);
            assertThat(take(rows).keySet())
                    .containsExactlyInAnyOrder(id(Window.DAY, 8), id(Window.WEEK, 8), id(Window.MONTH, 8));
        }
    }

    @Test
    void aDayThatCameToNothingIsWrittenOnceMore() throws Exception {
        try (Rows rows = live(midnight(40))) {
            rows.send(opened(0));
            rows.wallClock(1_000);
            take(rows);
            rows.send(new SliceChange(SLICE, day(0), opened(0).change().negate()));
            rows.wallClock(2_000);
            assertThat(take(rows))
                    .hasSameSizeAs(ids(0, 40, 0, 39, 40))
                    .allSatisfy((id, row) ->
                            assertThat(row.path("retracted").asBoolean()).as(id).isTrue());
        }
    }

    @Test
    void aUnitThatDoesNothingStaysInSightUntilItsLastCaseIsClosed() throws Exception {
        try (Rows rows = live(midnight(3))) {
            rows.send(opened(0));
            rows.wallClock(1_000);
            assertThat(take(rows).keySet()).isEqualTo(ids(0, 3, 0, 2, 3));

            age(rows, 7);
            Map<String, JsonNode> written = take(rows);
            for (String shown : List.of(id(Window.DAY, 6), id(Window.DAY, 7), id(Window.WEEK, 7))) {
                assertThat(count(written.get(shown), "open")).as(shown).isEqualTo(1);
            }
            assertThat(written).doesNotContainKey(id(Window.DAY, 5));
            assertRetracted(written, id(Window.DAY, 2), id(Window.DAY, 3));

            rows.send(change(5, new Tally.Builder().add(Count.OPEN_LEFT, 1)));
            rows.wallClock(8_000_000);
            written = take(rows);
            assertThat(count(written.get(id(Window.DAY, 5)), "open")).isZero();
            assertRetracted(written, id(Window.DAY, 6), id(Window.DAY, 7), id(Window.WEEK, 7));
            assertThat(written).doesNotContainKey(id(Window.DAY, 4));
        }
    }

    // Flushes

    @Test
    void liveChangesAreCollectedForAQuarterOfASecond() throws Exception {
        try (Rows rows = live(midnight(40))) {
            rows.wallClock(1_000);
            rows.send(openedAndClosed(0));
            rows.wallClock(1_249);
            rows.send(openedAndClosed(0));
            assertThat(rows.take()).isEmpty();
            rows.wallClock(1_250);
            assertThat(take(rows).values()).hasSize(3).allMatch(row -> count(row, "received") == 2);
            assertThat(rows.wallClockTimers()).isZero();
        }
    }

    @Test
    void whileTheJobCatchesUpChangesAreCollectedForLonger() throws Exception {
        try (Rows rows = live(midnight(40))) {
            long now = midnight(41).toEpochMilli();
            rows.wallClock(now);
            rows.send(openedAndClosed(0));
            rows.wallClock(now + 9_999);
            assertThat(rows.take()).isEmpty();
            rows.wallClock(now + 10_000);
            assertThat(take(rows)).hasSize(3);
        }
    }

    @Test
    void theEndOfTheInputFlushesButAgesNothing() throws Exception {
        try (Rows rows = live(midnight(1))) {
            rows.send(opened(0));
            rows.watermark(Harness.END);
            assertThat(take(rows).values()).hasSameSizeAs(ids(0, 1, 0, 1)).allMatch(row -> row.path("as_of")
                    .asText()
                    .equals(midnight(1).toString()));
            assertThat(rows.eventTimers() + rows.wallClockTimers()).isZero();
        }
    }

    @Test
    void rowsWaitForTheFirstPack() throws Exception {
        try (Rows rows = new Rows(Timing.live(), clock)) {
            rows.watermark(midnight(1).toEpochMilli());
            rows.send(openedAndClosed(0));
            rows.wallClock(1_000);
            assertThat(rows.take()).isEmpty();
            rows.publish(pack());
            rows.wallClock(2_000);
            assertThat(take(rows)).hasSize(3);
            assertThat(rows.wallClockTimers()).isZero();
        }
    }

    @Test
    void rowsWaitForTheFirstWatermark() throws Exception {
        try (Rows rows = new Rows(Timing.live(), clock)) {
            rows.publish(pack());
            rows.send(openedAndClosed(0));
            rows.wallClock(1_000);
            assertThat(rows.take()).as("at no as-of").isEmpty();
            rows.watermark(midnight(1).toEpochMilli());
            rows.wallClock(2_000);
            assertThat(take(rows).values()).hasSize(3).allMatch(row -> row.path("as_of")
                    .asText()
                    .equals(midnight(1).toString()));
        }
    }

    @Test
    @Timeout(20)
    void aReplayWithoutAnyPackEndsWithoutARow() throws Exception {
        try (Rows rows = new Rows(Timing.replay(midnight(1)), clock)) {
            rows.send(openedAndClosed(0));
            rows.watermark(Harness.END);
            assertThat(rows.take()).isEmpty();
            assertThat(rows.eventTimers()).isZero();
        }
    }

    // Ageing

    @Test
    void windowsWithOpenCasesAreWrittenAnewAfterEachMidnight() throws Exception {
        try (Rows rows = live(midnight(40).plus(MINUTE))) {
            rows.send(opened(0));
            rows.send(openedAndClosed(8));
            rows.wallClock(1_000);
            take(rows);
            assertThat(rows.eventTimers()).isEqualTo(1);

            rows.watermark(midnight(41).toEpochMilli() - 1);
            assertThat(rows.take()).isEmpty();
            age(rows, 41);
            Map<String, JsonNode> written = take(rows);
            assertThat(written.keySet())
                    .as("those of the open case, the day that has begun, and the one that is no longer shown")
                    .containsExactlyInAnyOrder(
                            id(Window.DAY, 0),
                            id(Window.WEEK, 0),
                            id(Window.MONTH, 0),
                            id(Window.DAY, 41),
                            id(Window.DAY, 39));
            assertRetracted(written, id(Window.DAY, 39));
            written.remove(id(Window.DAY, 39));
            assertThat(written.values()).allMatch(row -> row.path("curves_as_of")
                    .asText()
                    .equals(midnight(41).toString()));
            assertThat(rows.eventTimers()).as("for the next midnight").isEqualTo(1);

            age(rows, 42);
            assertThat(take(rows)).hasSize(6).containsKeys(id(Window.DAY, 42), id(Window.WEEK, 42), id(Window.DAY, 40));
        }
    }

    @Test
    void midnightsThatPassAtOnceAreWrittenOnce() throws Exception {
        try (Rows rows = live(midnight(40))) {
            rows.send(opened(0));
            rows.wallClock(1_000);
            take(rows);
            for (int days = 41; days < 60; days++) {
                rows.watermark(midnight(days).plus(Duration.ofMinutes(10)).toEpochMilli());
            }
            age(rows, 60);
            assertThat(take(rows).get(id(Window.DAY, 0)).path("curves_as_of").asText())
                    .isEqualTo(midnight(60).toString());
            assertThat(rows.eventTimers()).as("for the next midnight").isEqualTo(1);
        }
    }

    @Test
    void nothingAgesWhereNothingIsOpen() throws Exception {
        try (Rows rows = live(midnight(40))) {
            rows.send(openedAndClosed(0));
            rows.wallClock(1_000);
            take(rows);
            assertThat(rows.eventTimers() + rows.wallClockTimers()).isZero();
        }
    }

    @Test
    void ageingEndsAfterTheLastCaseIsClosed() throws Exception {
        try (Rows rows = live(midnight(40))) {
            rows.send(opened(0));
            rows.wallClock(1_000);
            take(rows);
            Tally closed = openedAndClosed(0).change();
            rows.send(new SliceChange(
                    SLICE, day(0), closed.plus(opened(0).change().negate())));
            rows.wallClock(2_000);
            take(rows);
            age(rows, 41);
            assertThat(rows.take()).isEmpty();
            assertThat(rows.eventTimers() + rows.wallClockTimers()).isZero();
        }
    }

    @Test
    void aFlushBetweenMidnightAndTheAgeingDoesNotCallItOff() throws Exception {
        try (Rows rows = live(midnight(40))) {
            rows.send(opened(0));
            rows.wallClock(1_000);
            take(rows);
            rows.watermark(midnight(41).toEpochMilli());
            rows.send(openedAndClosed(39));
            rows.wallClock(2_000);
            take(rows);

            age(rows, 41);
            assertThat(take(rows).keySet()).contains(id(Window.DAY, 0), id(Window.WEEK, 0), id(Window.MONTH, 0));
        }
    }

    @Test
    void aChangeWhereNothingIsOpenDoesNotStopTheAgeingElsewhere() throws Exception {
        try (Rows rows = live(midnight(80))) {
            rows.send(opened(0));
            rows.wallClock(1_000);
            take(rows);
            rows.send(openedAndClosed(35));
            rows.wallClock(2_000);
            take(rows);

            age(rows, 81);
            assertThat(take(rows).keySet())
                    .containsExactlyInAnyOrder(
                            id(Window.DAY, 0),
                            id(Window.WEEK, 0),
                            id(Window.MONTH, 0),
                            id(Window.DAY, 81),
                            id(Window.DAY, 79));
        }
    }

    @Test
    void anAgeingWritesTheStocksThatAreDueToo() throws Exception {
        try (Rows rows = live(midnight(80))) {
            rows.send(opened(0));
            rows.send(openedAndClosed(35));
            rows.wallClock(1_000);
            take(rows);

            rows.send(opened(0));
            age(rows, 81);
            Map<String, JsonNode> written = take(rows);
            assertThat(count(written.get(id(Window.DAY, 35)), "open")).isEqualTo(2);
            assertThat(rows.wallClockTimers()).isZero();
        }
    }

    // Restore

    @Test
    void timeDoesNotRunBackwardsAfterARestore() throws Exception {
        OperatorSubtaskState state;
        long version;
        try (Rows rows = live(midnight(40))) {
            rows.send(opened(0));
            rows.wallClock(1_000);
            version = rows.take().get(0).version();
            rows.send(opened(0));
            state = rows.snapshot();
        }
        clock.add(-3_600_000_000L);
        try (Rows rows = new Rows(Timing.live(), clock, state)) {
            rows.watermark(midnight(20).toEpochMilli());
            rows.wallClock(10_000);
            List<Document> documents = rows.take();
            assertThat(documents).hasSameSizeAs(ids(0, 40, 0, 39, 40)).allSatisfy(document -> {
                assertThat(document.version()).isGreaterThan(version);
                assertThat(Json.of(document).path("as_of").asText())
                        .isEqualTo(midnight(40).toString());
                assertThat(count(Json.of(document), "open")).isEqualTo(2);
            });
            assertThat(rows.eventTimers()).as("the ageing").isEqualTo(1);
            assertThat(rows.wallClockTimers()).isZero();
        }
    }

    @Test
    void namesAreThoseOfTheReference() throws Exception {
        try (Rows rows = new Rows(Timing.replay(midnight(1)), clock)) {
            rows.publish(pack());
            rows.send(opened(0));
            rows.watermark(Harness.END);
            JsonNode row = take(rows).get(id(Window.DAY, 0));
            assertThat(row.path("unit_name").asText()).isEqualTo("Kelurahan");
            assertThat(row.path("level").asText()).isEqualTo("kelurahan");
            assertThat(row.path("window_start").asText())
                    .isEqualTo(LocalDate.ofEpochDay(day(0)).toString());
        }
    }
}
