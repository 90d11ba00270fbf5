package io.tanggap.flink.operator;

import static io.tanggap.flink.operator.City.day;
import static io.tanggap.flink.operator.City.midnight;
import static io.tanggap.flink.operator.City.pack;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.tanggap.core.complaint.Outcome;
import io.tanggap.core.measure.AgeBins;
import io.tanggap.core.measure.Count;
import io.tanggap.core.measure.Role;
import io.tanggap.core.measure.Rule;
import io.tanggap.core.measure.Slice;
import io.tanggap.core.measure.Tally;
import io.tanggap.core.measure.Window;
import io.tanggap.core.reference.CaseRules;
import io.tanggap.core.reference.ReferencePack;
import io.tanggap.flink.document.Document;
import io.tanggap.flink.document.Document.Kind;
import io.tanggap.flink.operator.Harness.Rows;
import io.tanggap.flink.state.Cause;
import io.tanggap.flink.state.Causes;
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
    /** Of the last take. */
    private final Map<String, JsonNode> rolling = new TreeMap<>();
    /** Of the last take. */
    private final Map<String, JsonNode> restatements = new TreeMap<>();

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

    /** Of the weeks, months and quarters from one day to another, and of some days. */
    private static Set<String> ids(long from, long to, long... days) {
        Set<String> ids = new TreeSet<>(ids(Window.WEEK, from, to));
        ids.addAll(ids(Window.MONTH, from, to));
        ids.addAll(ids(Window.QUARTER, from, to));
        for (long day : days) {
            ids.add(id(Window.DAY, day));
        }
        return ids;
    }

    /** Rows of calendar windows; those of rolling ones and restatements are put aside. */
    private Map<String, JsonNode> take(Rows rows) {
        Map<String, JsonNode> calendar = new TreeMap<>();
        rolling.clear();
        restatements.clear();
        for (Document document : rows.take()) {
            Map<String, JsonNode> byId = document.kind() == Kind.RESTATEMENT
                    ? restatements
                    : document.id().contains("ROLLING") ? rolling : calendar;
            assertThat(byId.put(document.id(), Json.of(document)))
                    .as("%s is written once a flush", document.id())
                    .isNull();
        }
        return calendar;
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
    void aSliceCutByChannelOrGroupHasRowsOfLongWindowsAlone() throws Exception {
        for (Slice slice : List.of(
                new Slice(Role.TERRITORY, Rule.CROP, "kelurahan", "qlue", null),
                new Slice(Role.TERRITORY, Rule.CROP, "kelurahan", null, "streets"))) {
            try (Rows rows = new Rows(Timing.replay(midnight(40)), clock)) {
                rows.publish(pack());
                rows.send(new SliceChange(slice.id(), day(0), opened(0).change()));
                rows.watermark(Harness.END);
                assertThat(rows.take())
                        .as("and of those alone in which anything happened")
                        .extracting(document -> Json.of(document).path("window").asText())
                        .containsExactlyInAnyOrder("MONTH", "QUARTER", "ROLLING_90");
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
            assertThat(take(rows).keySet()).isEqualTo(ids(8, 8, 8));
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
            assertThat(take(rows).values()).hasSize(4).allMatch(row -> count(row, "received") == 2);
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
            assertThat(take(rows)).hasSize(4);
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
            assertThat(take(rows)).hasSize(4);
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
            assertThat(take(rows).values()).hasSize(4).allMatch(row -> row.path("as_of")
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
                    .as("those of the open case, those that go on, the day that has begun, and the one no longer shown")
                    .containsExactlyInAnyOrder(
                            id(Window.DAY, 0),
                            id(Window.WEEK, 0),
                            id(Window.MONTH, 0),
                            id(Window.QUARTER, 0),
                            id(Window.DAY, 40),
                            id(Window.WEEK, 40),
                            id(Window.MONTH, 40),
                            id(Window.QUARTER, 40),
                            id(Window.DAY, 41),
                            id(Window.DAY, 39));
            assertRetracted(written, id(Window.DAY, 39));
            written.remove(id(Window.DAY, 39));
            assertThat(written.values()).allMatch(row -> row.path("curves_as_of")
                    .asText()
                    .equals(midnight(41).toString()));
            assertThat(rows.eventTimers()).as("for the next midnight").isEqualTo(1);

            age(rows, 42);
            assertThat(take(rows))
                    .hasSize(11)
                    .containsKeys(id(Window.DAY, 42), id(Window.WEEK, 42), id(Window.DAY, 40));
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
    void nothingAgesWhereNothingIsOpenAndNothingHappenedLately() throws Exception {
        try (Rows rows = live(midnight(91))) {
            rows.send(openedAndClosed(0));
            rows.wallClock(1_000);
            take(rows);
            assertThat(rows.eventTimers() + rows.wallClockTimers()).isZero();
        }
    }

    @Test
    void ageingEndsAfterTheLastCaseIsClosed() throws Exception {
        try (Rows rows = live(midnight(91))) {
            rows.send(opened(0));
            rows.wallClock(1_000);
            take(rows);
            Tally closed = openedAndClosed(0).change();
            rows.send(new SliceChange(
                    SLICE, day(0), closed.plus(opened(0).change().negate())));
            rows.wallClock(2_000);
            take(rows);
            age(rows, 92);
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
                            id(Window.QUARTER, 0),
                            id(Window.DAY, 80),
                            id(Window.WEEK, 80),
                            id(Window.MONTH, 80),
                            id(Window.QUARTER, 80),
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

    // Rolling windows

    private JsonNode rolling(Window window) {
        return rolling.getOrDefault(SLICE + "|" + window, MissingNode.getInstance());
    }

    @Test
    void rollingWindowsAreOneRowEachOfTheDaysBeforeTheLastMidnight() throws Exception {
        try (Rows rows = live(midnight(40).plus(MINUTE))) {
            rows.send(openedAndClosed(0));
            rows.send(openedAndClosed(9));
            rows.send(openedAndClosed(10));
            rows.send(openedAndClosed(39));
            rows.send(openedAndClosed(40));
            rows.wallClock(1_000);
            take(rows);
            assertThat(rolling).hasSize(3);
            assertThat(count(rolling(Window.ROLLING_7), "received")).isEqualTo(1);
            assertThat(count(rolling(Window.ROLLING_30), "received")).isEqualTo(2);
            assertThat(count(rolling(Window.ROLLING_90), "received"))
                    .as("without today")
                    .isEqualTo(4);
            assertThat(rolling(Window.ROLLING_30).path("window_start").asText())
                    .isEqualTo(LocalDate.ofEpochDay(day(10)).toString());
            assertThat(rolling(Window.ROLLING_30).path("window_end").asText())
                    .isEqualTo(LocalDate.ofEpochDay(day(40)).toString());

            age(rows, 41);
            assertThat(take(rows)).as("nothing else is another one").isEmpty();
            assertThat(rolling).hasSize(3);
            assertThat(count(rolling(Window.ROLLING_7), "received")).isEqualTo(2);
            assertThat(count(rolling(Window.ROLLING_30), "received")).isEqualTo(2);
            assertThat(count(rolling(Window.ROLLING_90), "received")).isEqualTo(5);
        }
    }

    @Test
    void whatHappensTodayTouchesNoRollingWindow() throws Exception {
        try (Rows rows = live(midnight(40))) {
            rows.send(opened(39));
            rows.wallClock(1_000);
            take(rows);
            rows.send(openedAndClosed(40));
            rows.wallClock(2_000);
            take(rows);
            assertThat(rolling).isEmpty();

            rows.send(reopened(20));
            rows.wallClock(3_000);
            take(rows);
            assertThat(rolling.keySet())
                    .as("those that it lies in")
                    .containsExactlyInAnyOrder(SLICE + "|ROLLING_30", SLICE + "|ROLLING_90");
            assertThat(count(rolling(Window.ROLLING_30), "reopened")).isEqualTo(1);

            rows.send(change(1, new Tally.Builder().add(Count.OPEN_ENTERED, 1)));
            rows.wallClock(4_000);
            take(rows);
            assertThat(rolling.values())
                    .as("a stock is in all of them")
                    .hasSize(3)
                    .allMatch(row -> count(row, "open") == 2);
        }
    }

    @Test
    void aFlushAfterMidnightNeedNotWaitForTheAgeing() throws Exception {
        try (Rows rows = live(midnight(40))) {
            rows.send(openedAndClosed(39));
            rows.wallClock(1_000);
            take(rows);
            rows.watermark(midnight(41).toEpochMilli());
            rows.send(openedAndClosed(41));
            rows.wallClock(2_000);
            take(rows);
            assertThat(rolling.values()).hasSize(3).allMatch(row -> row.path("window_end")
                    .asText()
                    .equals(LocalDate.ofEpochDay(day(41)).toString()));
        }
    }

    @Test
    void aRollingWindowOfWhichNothingIsLeftIsRetractedOnce() throws Exception {
        try (Rows rows = live(midnight(2))) {
            rows.send(openedAndClosed(0));
            rows.wallClock(1_000);
            take(rows);
            assertThat(rolling).hasSize(3);

            age(rows, 7);
            take(rows);
            assertThat(rolling.values()).hasSize(3).allMatch(row -> count(row, "received") == 1);
            age(rows, 8);
            take(rows);
            assertThat(rolling).hasSize(3);
            assertRetracted(rolling, SLICE + "|ROLLING_7");
            age(rows, 9);
            take(rows);
            assertThat(rolling.keySet()).containsExactlyInAnyOrder(SLICE + "|ROLLING_30", SLICE + "|ROLLING_90");
            age(rows, 91);
            take(rows);
            assertRetracted(rolling, SLICE + "|ROLLING_30", SLICE + "|ROLLING_90");
            assertThat(rows.eventTimers() + rows.wallClockTimers())
                    .as("nothing ages any more")
                    .isZero();
        }
    }

    // Restatements

    private static final Cause LATE = new Cause("qlue:1", List.of("0a"), 1, List.of(), 0);

    private static SliceChange known(SliceChange change, Cause cause) {
        return new SliceChange(change.slice(), change.day(), change.change(), Causes.of(cause));
    }

    private static SliceChange closed(long days) {
        return change(days, new Tally.Builder().add(Count.OPEN_LEFT, 1).add(Count.CLOSED, Outcome.FIXED.code(), 1));
    }

    private static String restatement(Window window, long days, int revision) {
        return id(window, days) + "|" + revision;
    }

    private static Map<String, String> figures(JsonNode restatement) {
        Map<String, String> figures = new TreeMap<>();
        restatement
                .path("restated")
                .forEach(figure -> figures.put(
                        figure.path("figure").asText(),
                        figure.path("from").asText("-") + " to "
                                + figure.path("to").asText("-") + ", "
                                + figure.path("change").asText("-")));
        return figures;
    }

    @Test
    void whatIsKnownBetterRestatesEveryPublishedRowThatItChangesAndNoOther() throws Exception {
        try (Rows rows = live(midnight(7).plus(MINUTE))) {
            rows.send(opened(2));
            rows.send(opened(3));
            rows.wallClock(1_000);
            take(rows);
            assertThat(restatements).isEmpty();

            rows.send(known(closed(3), LATE));
            rows.wallClock(2_000);
            Map<String, JsonNode> written = take(rows);
            assertThat(written.keySet()).contains(id(Window.MONTH, 7), id(Window.WEEK, 7), id(Window.DAY, 7));
            assertThat(restatements.keySet())
                    .as("not of the days and windows that go on, nor of days that had no row")
                    .containsExactlyInAnyOrder(
                            restatement(Window.DAY, 3, 1),
                            restatement(Window.DAY, 6, 1),
                            restatement(Window.WEEK, 0, 1));
            JsonNode week = restatements.get(restatement(Window.WEEK, 0, 1));
            assertThat(figures(week))
                    .isEqualTo(new TreeMap<>(Map.of(
                            "counts.closed",
                            "0 to 1, 1",
                            "counts.closed_fixed",
                            "- to 1, 1",
                            "counts.open",
                            "2 to 1, -1",
                            "counts.open_at_midnight",
                            "2 to 1, -1",
                            "counts.open_left",
                            "0 to 1, 1")));
            assertThat(week.path("row").asText()).isEqualTo(id(Window.WEEK, 0));
            assertThat(week.path("revision").asLong()).isEqualTo(1);
            assertThat(week.path("unit_name").asText()).isEqualTo("Kelurahan");
            assertThat(week.path("published_at").asText()).isEqualTo(midnight(7).toString());
            assertThat(week.path("as_of").asText())
                    .isEqualTo(midnight(7).plus(MINUTE).toString());
            assertThat(week.path("causes").path("cases").get(0).asText()).isEqualTo("qlue:1");
            assertThat(week.path("causes").path("events").get(0).asText()).isEqualTo("0a");
            assertThat(week.path("causes").path("event_count").asLong()).isEqualTo(1);
            assertThat(figures(restatements.get(restatement(Window.DAY, 6, 1))))
                    .as("a later stock")
                    .containsOnlyKeys("counts.open", "counts.open_at_midnight");

            rows.send(known(closed(2), LATE));
            rows.wallClock(3_000);
            take(rows);
            assertThat(restatements.keySet())
                    .as("the second one of rows that were restated")
                    .contains(restatement(Window.DAY, 2, 1), restatement(Window.DAY, 3, 2))
                    .contains(restatement(Window.WEEK, 0, 2));
        }
    }

    @Test
    void nothingIsRestatedBeforeTheWindowIsFinal() throws Exception {
        try (Rows rows = new Rows(Timing.live(), clock)) {
            ReferencePack pack = pack();
            rows.publish(new ReferencePack(
                    pack.id(),
                    pack.knownFrom(),
                    pack.city(),
                    pack.zone(),
                    pack.staleAfter(),
                    pack.units(),
                    List.of(),
                    pack.categoryGroups(),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    null,
                    null,
                    List.of(),
                    new CaseRules(Duration.ofHours(6), Duration.ofDays(14), null)));
            rows.watermark(midnight(1).plus(Duration.ofHours(6)).toEpochMilli() - 1);
            rows.send(openedAndClosed(0));
            rows.wallClock(1_000);
            take(rows);
            rows.send(known(openedAndClosed(0), LATE));
            rows.wallClock(2_000);
            take(rows);
            assertThat(restatements).isEmpty();

            rows.watermark(midnight(1).plus(Duration.ofHours(6)).toEpochMilli());
            rows.send(known(openedAndClosed(0), LATE));
            rows.wallClock(3_000);
            take(rows);
            JsonNode day = restatements.get(restatement(Window.DAY, 0, 1));
            assertThat(restatements).hasSize(1);
            assertThat(figures(day)).containsEntry("counts.received", "2 to 3, 1");
            assertThat(day.path("published_at").asText())
                    .isEqualTo(midnight(1).plus(Duration.ofHours(6)).toString());
        }
    }

    @Test
    void whatGoesOnAgeingIsNoRestatement() throws Exception {
        try (Rows rows = live(midnight(14))) {
            rows.send(change(
                    0,
                    new Tally.Builder()
                            .add(Count.RECEIVED, 1)
                            .add(Count.COHORT_MISSED_OPEN, 1)
                            .add(Count.DUE_MISSED_OPEN, 1)
                            .add(Count.OPEN_ENTERED, 1)
                            .add(Count.OPEN_SLOT, 12, 1)));
            rows.wallClock(1_000);
            take(rows);
            rows.send(closed(14));
            rows.send(change(
                    0,
                    new Tally.Builder()
                            .add(Count.COHORT_MISSED_OPEN, -1)
                            .add(Count.COHORT_MISSED_LATE, 1)
                            .add(Count.DUE_MISSED_OPEN, -1)
                            .add(Count.DUE_MISSED_LATE, 1)));
            rows.wallClock(2_000);
            Map<String, JsonNode> written = take(rows);
            assertThat(count(written.get(id(Window.WEEK, 0)), "cohort_missed_late"))
                    .isEqualTo(1);
            age(rows, 15);
            take(rows);
            assertThat(restatements).isEmpty();
        }
    }

    @Test
    void whatHasAgedIsNotPartOfARestatement() throws Exception {
        try (Rows rows = live(midnight(14))) {
            rows.send(change(0, new Tally.Builder().add(Count.RECEIVED, 5).add(Count.COHORT_RUNNING, 5)));
            rows.wallClock(1_000);
            take(rows);
            rows.send(
                    change(0, new Tally.Builder().add(Count.COHORT_RUNNING, -2).add(Count.COHORT_MET, 2)));
            rows.send(known(change(0, new Tally.Builder().add(Count.RECEIVED, 1).add(Count.COHORT_MET, 1)), LATE));
            rows.wallClock(2_000);
            take(rows);
            assertThat(figures(restatements.get(restatement(Window.DAY, 0, 1))))
                    .isEqualTo(new TreeMap<>(Map.of("counts.received", "5 to 6, 1", "counts.cohort_met", "2 to 3, 1")));
        }
    }

    @Test
    void aPublishedRowThatIsTakenAwayOrThatAppearsIsRestated() throws Exception {
        try (Rows rows = live(midnight(14))) {
            rows.send(openedAndClosed(1));
            rows.wallClock(1_000);
            take(rows);
            rows.send(known(
                    new SliceChange(SLICE, day(1), openedAndClosed(1).change().negate()), LATE));
            rows.send(known(openedAndClosed(8), LATE));
            rows.wallClock(2_000);
            assertRetracted(take(rows), id(Window.DAY, 1), id(Window.WEEK, 1));
            assertThat(figures(restatements.get(restatement(Window.WEEK, 1, 1))))
                    .containsEntry("counts.received", "1 to -, -1")
                    .containsEntry("times.close_p50_hours", "1 to -, -");
            assertThat(figures(restatements.get(restatement(Window.WEEK, 8, 1))))
                    .containsEntry("counts.received", "- to 1, 1")
                    .containsEntry("times.close_p50_hours", "- to 1, -");
        }
    }

    @Test
    void aReplayRestatesNothing() throws Exception {
        try (Rows rows = new Rows(Timing.replay(midnight(14)), clock)) {
            rows.publish(pack());
            rows.send(openedAndClosed(0));
            rows.watermark(Harness.END);
            assertThat(take(rows)).isNotEmpty();
            assertThat(restatements).isEmpty();
        }
    }

    @Test
    void whatAJobThatCatchesUpHasNotFoldedYetIsNotPublished() throws Exception {
        try (Rows rows = live(midnight(8))) {
            long now = midnight(40).toEpochMilli();
            rows.wallClock(now);
            rows.send(opened(0));
            rows.wallClock(now + 10_000);
            take(rows);
            // Folded together, late on the wall clock alone.
            rows.send(openedAndClosed(1));
            rows.watermark(midnight(16).toEpochMilli());
            rows.wallClock(now + 20_000);
            take(rows);
            assertThat(restatements).isEmpty();

            rows.send(known(closed(1), LATE));
            rows.wallClock(now + 30_000);
            take(rows);
            assertThat(restatements.keySet())
                    .as("as of the flush before the last, the second week had not ended")
                    .contains(restatement(Window.WEEK, 1, 1))
                    .doesNotContain(restatement(Window.WEEK, 8, 1));
        }
    }

    @Test
    void numbersOfRestatementsGoOnAfterARestore() throws Exception {
        OperatorSubtaskState state;
        try (Rows rows = live(midnight(8))) {
            rows.send(openedAndClosed(0));
            rows.wallClock(1_000);
            take(rows);
            rows.send(known(reopened(0), LATE));
            rows.wallClock(2_000);
            take(rows);
            assertThat(restatements).containsKey(restatement(Window.WEEK, 0, 1));
            rows.send(known(reopened(0), LATE));
            state = rows.snapshot();
        }
        try (Rows rows = new Rows(Timing.live(), clock, state)) {
            rows.watermark(midnight(8).toEpochMilli());
            rows.wallClock(10_000);
            take(rows);
            JsonNode week = restatements.get(restatement(Window.WEEK, 0, 2));
            assertThat(figures(week)).isEqualTo(Map.of("counts.reopened", "1 to 2, 1"));
            assertThat(week.path("causes").path("events").get(0).asText()).isEqualTo("0a");
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
            assertThat(documents)
                    .hasSizeGreaterThan(ids(0, 40, 0, 39, 40).size())
                    .allSatisfy(document -> {
                        assertThat(document.version()).isGreaterThan(version);
                        assertThat(Json.of(document).path("as_of").asText())
                                .isEqualTo(midnight(40).toString());
                    });
            documents = documents.stream()
                    .filter(document -> document.kind() == Kind.RESPONSIVENESS)
                    .filter(document -> !document.id().contains("ROLLING"))
                    .toList();
            assertThat(documents).hasSameSizeAs(ids(0, 40, 0, 39, 40)).allSatisfy(document -> {
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
