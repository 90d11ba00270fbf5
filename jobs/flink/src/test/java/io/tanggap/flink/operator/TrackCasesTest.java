package io.tanggap.flink.operator;

import static io.tanggap.flink.operator.City.DAY;
import static io.tanggap.flink.operator.City.HOUR;
import static io.tanggap.flink.operator.City.at;
import static io.tanggap.flink.operator.City.day;
import static io.tanggap.flink.operator.City.event;
import static io.tanggap.flink.operator.City.midnight;
import static io.tanggap.flink.operator.City.millis;
import static io.tanggap.flink.operator.City.pack;
import static io.tanggap.flink.operator.City.submitted;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import io.tanggap.core.alert.Alert;
import io.tanggap.core.alert.Alert.State;
import io.tanggap.core.complaint.CaseEvent;
import io.tanggap.core.complaint.DeadLetter;
import io.tanggap.core.complaint.Outcome;
import io.tanggap.core.complaint.Payload;
import io.tanggap.core.complaint.Payload.Assigned;
import io.tanggap.core.complaint.Payload.Closed;
import io.tanggap.core.complaint.Payload.Corrected;
import io.tanggap.core.complaint.Payload.MergedInto;
import io.tanggap.core.complaint.Payload.ProgressUpdated;
import io.tanggap.core.complaint.Payload.Redacted;
import io.tanggap.core.complaint.Payload.Reopened;
import io.tanggap.core.complaint.Payload.ResolutionClaimed;
import io.tanggap.core.evidence.Exhibit;
import io.tanggap.core.evidence.Exhibit.HandedIn;
import io.tanggap.core.lifecycle.CaseFold;
import io.tanggap.core.lifecycle.CaseHistory;
import io.tanggap.core.measure.Contributions;
import io.tanggap.core.measure.Count;
import io.tanggap.core.measure.Tally;
import io.tanggap.core.problem.Report;
import io.tanggap.core.reference.CaseRules;
import io.tanggap.core.reference.Reference;
import io.tanggap.core.reference.ReferencePack;
import io.tanggap.flink.avro.CaseEventCodec;
import io.tanggap.flink.document.Document;
import io.tanggap.flink.document.Document.Kind;
import io.tanggap.flink.operator.Harness.Cases;
import io.tanggap.flink.state.CaseMemo;
import io.tanggap.flink.state.Cause;
import io.tanggap.flink.state.CellChange;
import io.tanggap.flink.state.EvidenceNews;
import io.tanggap.flink.state.SliceChange;
import io.tanggap.flink.types.OperatorTypes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class TrackCasesTest {
    private final TestClock clock = new TestClock();

    private Cases live() throws Exception {
        Cases cases = new Cases(Timing.live(), clock);
        cases.publish(pack());
        return cases;
    }

    private static JsonNode theCase(List<Document> documents) {
        List<Document> found = documents.stream()
                .filter(document -> document.kind() == Kind.CASE)
                .toList();
        assertThat(found).as("documents of the case").hasSize(1);
        return Json.of(found.get(0));
    }

    private static void add(Map<String, Tally> sums, List<CellChange> changes) {
        changes.forEach(change -> sums.merge(change.cell(), change.change(), Tally::plus));
    }

    private static Map<String, Tally> sum(List<CellChange> changes) {
        Map<String, Tally> sums = new HashMap<>();
        add(sums, changes);
        sums.values().removeIf(Tally::isZero);
        return sums;
    }

    /** The sum over all cells: says whether anything of the kind was contributed in any role. */
    private static long total(List<CellChange> changes, Count count) {
        return changes.stream().mapToLong(change -> change.change().sum(count)).sum();
    }

    private static Map<String, Tally> contributions(Instant asOf, CaseEvent... events) {
        Map<String, Tally> contributions = new HashMap<>();
        Contributions.of(CaseFold.fold(CaseHistory.of(List.of(events)), Reference.of(List.of(pack())), asOf)
                        .view())
                .forEach((cell, tally) -> contributions.put(cell.id(), tally));
        return contributions;
    }

    // Replay

    @Test
    void aReplayFoldsACaseOnceAtItsAsOf() throws Exception {
        try (Cases cases = new Cases(Timing.replay(at(DAY)), clock)) {
            CaseEvent submitted = event(0, submitted(3 * HOUR));
            CaseEvent worked = event(HOUR, new ProgressUpdated());
            CaseEvent closed = event(2 * HOUR, new Closed(Outcome.FIXED));
            cases.send(closed);
            cases.publish(pack());
            cases.send(submitted);
            cases.send(worked);
            cases.send(worked);

            assertThat(cases.eventTimers()).isEqualTo(1);
            cases.watermark(millis(DAY) - 1);
            assertThat(cases.take()).isEmpty();
            assertThat(cases.takeDocuments()).isEmpty();

            cases.watermark(Harness.END);
            List<Document> documents = cases.takeDocuments();
            assertThat(documents).extracting(Document::kind).containsExactlyInAnyOrder(Kind.CASE, Kind.VISIT);
            assertThat(theCase(documents).path("verdict").asText()).isEqualTo("MET");
            assertThat(theCase(documents).path("as_of").asText()).isEqualTo(at(DAY).toString());
            assertThat(theCase(documents).path("events").asInt()).isEqualTo(3);
            assertThat(sum(cases.take())).isEqualTo(contributions(at(DAY), submitted, worked, closed));
            assertThat(cases.eventTimers()).isZero();
            assertThat(cases.stateEntries()).as("nothing is kept").isZero();
        }
    }

    @Test
    void aReplayKeepsWhatIsAfterItsAsOfAndDoesNotSeeIt() throws Exception {
        try (Cases cases = new Cases(Timing.replay(at(HOUR)), clock)) {
            cases.publish(pack());
            cases.send(event(0, submitted(null)));
            cases.send(event(HOUR, new Closed(Outcome.FIXED)));
            cases.send(event("of tomorrow", DAY, submitted(null)));
            cases.watermark(Harness.END);

            JsonNode seen = theCase(cases.takeDocuments());
            assertThat(seen.path("open").asBoolean()).isTrue();
            assertThat(seen.path("unseen_events").asInt()).isEqualTo(1);
            assertThat(seen.path("next_change_at").asText())
                    .isEqualTo(at(HOUR).plusMillis(1).toString());
            assertThat(cases.eventTimers()).isZero();
        }
    }

    @Test
    @Timeout(20)
    void aReplayWithoutAnyPackEndsWithoutADocument() throws Exception {
        try (Cases cases = new Cases(Timing.replay(at(DAY)), clock)) {
            cases.send(event(0, submitted(null)));
            cases.watermark(Harness.END);

            assertThat(cases.takeDocuments()).isEmpty();
            assertThat(cases.eventTimers()).isZero();
        }
    }

    // Live

    @Test
    void anEventBeforeTheAsOfIsFoldedAtOnce() throws Exception {
        try (Cases cases = live()) {
            cases.watermark(millis(HOUR));
            cases.send(event(0, submitted(null)));

            assertThat(theCase(cases.takeDocuments()).path("as_of").asText()).isEqualTo(at(HOUR).toString());
            assertThat(cases.take()).isNotEmpty();
            assertThat(cases.eventTimers()).isEqualTo(1);
        }
    }

    @Test
    void anEventAtTheAsOfOrLaterWaits() throws Exception {
        try (Cases cases = live()) {
            cases.watermark(millis(0));
            cases.send(event(0, submitted(null)));
            cases.send(event(HOUR, new ProgressUpdated()));
            assertThat(cases.takeDocuments()).isEmpty();
            assertThat(cases.eventTimers()).isEqualTo(1);

            cases.watermark(millis(0) + 1);
            JsonNode first = theCase(cases.takeDocuments());
            assertThat(first.path("progress").asText()).isEqualTo("OPEN");
            assertThat(first.path("unseen_events").asInt()).isEqualTo(1);

            cases.watermark(millis(HOUR));
            assertThat(cases.takeDocuments()).isEmpty();
            cases.watermark(millis(HOUR) + 1);
            assertThat(theCase(cases.takeDocuments()).path("progress").asText()).isEqualTo("IN_PROGRESS");
            assertThat(cases.eventTimers()).isEqualTo(1);
        }
    }

    /** Intake's clock tells the time, and the producers' clocks are seven minutes ahead of it, right, and ten behind. */
    @Test
    void producersWhoseClocksAreApartBreachNobodyForGoodAndWhatTheyStampedIsWhatCounts() throws Exception {
        CaseEvent submitted = event(7, submitted(3 * HOUR));
        CaseEvent worked = event(2 * HOUR, new ProgressUpdated());
        CaseEvent closed = event(3 * HOUR - 5, new Closed(Outcome.FIXED));
        Map<String, Tally> sums = new HashMap<>();
        try (Cases cases = live()) {
            cases.watermark(millis(0));
            cases.send(submitted);
            assertThat(cases.takeDocuments())
                    .as("nobody has it before its time")
                    .isEmpty();

            cases.watermark(millis(2 * HOUR));
            cases.send(worked);
            assertThat(theCase(cases.takeDocuments()).path("unseen_events").asInt())
                    .isZero();
            add(sums, cases.take());

            cases.watermark(millis(3 * HOUR) + 1);
            assertThat(theCase(cases.takeDocuments()).path("verdict").asText()).isEqualTo("MISSED_OPEN");
            assertThat(overdue(cases.takeAlerts())).containsExactly(State.OPEN);
            add(sums, cases.take());

            cases.watermark(millis(3 * HOUR + 5));
            cases.send(closed);
            assertThat(theCase(cases.takeDocuments()).path("verdict").asText()).isEqualTo("MET");
            assertThat(overdue(cases.takeAlerts())).containsExactly(State.RETRACTED);
            add(sums, cases.take());
        }
        sums.values().removeIf(Tally::isZero);
        assertThat(sums).isEqualTo(contributions(at(3 * HOUR + 5), closed, worked, submitted));
    }

    private static List<State> overdue(List<Alert> alerts) {
        return alerts.stream()
                .filter(alert -> alert.id().equals("qlue:1/RESOLUTION.1.1.100"))
                .map(Alert::state)
                .toList();
    }

    @Test
    void aCopyOfAnEventChangesNothing() throws Exception {
        try (Cases cases = live()) {
            cases.watermark(millis(HOUR));
            cases.send(event(0, submitted(null)));
            cases.takeDocuments();
            cases.take();
            cases.takeSliceChanges();

            clock.add(1_000_000);
            cases.send(event(0, submitted(null)));
            assertThat(cases.takeDocuments()).isEmpty();
            assertThat(cases.take()).isEmpty();
            assertThat(cases.takeSliceChanges()).isEmpty();
            assertThat(cases.eventTimers()).isEqualTo(1);
        }
    }

    @Test
    void aDeadlinePassesWithoutAnyEvent() throws Exception {
        try (Cases cases = live()) {
            cases.send(event(0, submitted(3 * HOUR)));
            cases.watermark(millis(3 * HOUR));
            assertThat(theCase(cases.takeDocuments()).path("overdue").asBoolean())
                    .isFalse();
            assertThat(total(cases.take(), Count.OVERDUE_ENTERED)).isZero();

            cases.watermark(millis(3 * HOUR) + 1);
            assertThat(theCase(cases.takeDocuments()).path("overdue").asBoolean())
                    .isTrue();
            assertThat(total(cases.take(), Count.OVERDUE_ENTERED))
                    .as("in both roles")
                    .isEqualTo(2);
        }
    }

    @Test
    void theEndOfTheInputBreachesNothing() throws Exception {
        try (Cases cases = live()) {
            cases.send(event(0, submitted(3 * HOUR)));
            cases.watermark(millis(HOUR));
            assertThat(theCase(cases.takeDocuments()).path("verdict").asText()).isEqualTo("RUNNING");
            cases.take();

            cases.watermark(Harness.END);
            assertThat(cases.takeDocuments()).isEmpty();
            assertThat(cases.take()).isEmpty();
            assertThat(cases.eventTimers()).isZero();
        }
    }

    @Test
    void aCaseWaitsForTheFirstPack() throws Exception {
        try (Cases cases = new Cases(Timing.live(), clock)) {
            cases.watermark(millis(HOUR));
            cases.send(event(0, submitted(null)));
            assertThat(cases.takeDocuments()).isEmpty();

            cases.publish(pack());
            cases.watermark(millis(HOUR) + 1_000);
            assertThat(cases.takeDocuments()).isNotEmpty();
            assertThat(cases.eventTimers()).isEqualTo(1);
        }
    }

    @Test
    void aSweepMovesWhatANewPackMovesAndTheSumsStayExact() throws Exception {
        try (Cases cases = live()) {
            cases.watermark(millis(HOUR));
            cases.send(event(0, submitted(null)));
            Map<String, Tally> slices = new HashMap<>();
            cases.takeSliceChanges().forEach(change -> add(slices, change));
            assertThat(slices.get("TERRITORY|CROP|north|*|*").get(Count.RECEIVED))
                    .isEqualTo(1);
            Tally city = slices.get("TERRITORY|CROP|city|*|*");
            Tally moved = slices.get("TERRITORY|CROP|north|*|*");
            List<CellChange> cells = cases.take();
            assertThat(cells).isNotEmpty();

            cases.publish(pack("second", at(-3 * DAY), "south"));
            assertThat(cases.takeSliceChanges()).as("before the sweep").isEmpty();
            cases.wallClock(Duration.ofMinutes(30).toMillis());

            cases.takeSliceChanges().forEach(change -> add(slices, change));
            assertThat(slices.get("TERRITORY|CROP|north|*|*").isZero()).isTrue();
            assertThat(slices.get("TERRITORY|CROP|south|*|*")).isEqualTo(moved);
            assertThat(slices.get("TERRITORY|CROP|city|*|*")).isEqualTo(city);
            assertThat(cases.take()).as("leaf cells know no parents").isEmpty();
        }
    }

    @Test
    void aUnitThatMovesWithinAPackTakesOnlyLaterSubmissionsWithIt() throws Exception {
        try (Cases cases = new Cases(Timing.live(), clock)) {
            cases.publish(City.packWithMove(day(1)));
            cases.watermark(millis(3 * DAY));
            cases.send(event("before", 0, submitted(null)));
            cases.send(event("after", DAY, submitted(null)));
            Map<String, Tally> slices = new HashMap<>();
            cases.takeSliceChanges().forEach(change -> add(slices, change));
            assertThat(received(slices, "north")).isEqualTo(1);
            assertThat(received(slices, "south")).isEqualTo(1);

            // It turns out to have been submitted before the move.
            cases.send(event("after", 1, submitted(null)));
            cases.takeSliceChanges().forEach(change -> add(slices, change));
            assertThat(received(slices, "north")).isEqualTo(2);
            assertThat(slices.get("TERRITORY|CROP|south|*|*").isZero()).isTrue();
            assertThat(received(slices, "city")).isEqualTo(2);
        }
    }

    @Test
    void anOpenCaseHasTheNamesOfTodayAndAClosedOneThoseOfItsTime() throws Exception {
        try (Cases cases = new Cases(Timing.live(), clock)) {
            cases.publish(City.packWithRename("first", Instant.EPOCH, "Unit B", day(1)));
            cases.watermark(millis(HOUR));
            cases.send(event("open", 0, submitted(null)));
            cases.send(event("closed", 0, submitted(null)));
            cases.send(event("closed", 30, new Closed(Outcome.FIXED)));
            assertThat(names(cases.takeDocuments()))
                    .containsEntry("qlue:open holder", "Unit A")
                    .containsEntry("qlue:open charged", "Unit A")
                    .containsEntry("qlue:open territory", "Kelurahan")
                    .containsEntry("qlue:open#1 holder", "Unit A")
                    .containsEntry("qlue:closed holder", "Unit A");

            cases.watermark(midnight(1).toEpochMilli());
            assertThat(names(cases.takeDocuments()))
                    .containsEntry("qlue:open holder", "Unit B")
                    .containsEntry("qlue:open#1 holder", "Unit B")
                    .doesNotContainEntry("qlue:closed holder", "Unit B")
                    .doesNotContainEntry("qlue:closed#1 holder", "Unit B");

            cases.publish(City.packWithRename("second", at(-3 * DAY), "Unit C", day(0)));
            cases.wallClock(Duration.ofMinutes(30).toMillis());
            assertThat(names(cases.takeDocuments()))
                    .containsEntry("qlue:open holder", "Unit C")
                    .containsEntry("qlue:closed holder", "Unit C");
        }
    }

    /** The names that documents have beside ids, by document and field. */
    private static Map<String, String> names(List<Document> documents) {
        Map<String, String> names = new TreeMap<>();
        for (Document document : documents) {
            Json.of(document).properties().forEach(field -> {
                if (field.getKey().endsWith("_name")) {
                    names.put(
                            document.id() + " " + field.getKey().replace("_name", ""),
                            field.getValue().asText());
                }
            });
        }
        return names;
    }

    private static long received(Map<String, Tally> slices, String unit) {
        return slices.get("TERRITORY|CROP|" + unit + "|*|*").get(Count.RECEIVED);
    }

    private static void add(Map<String, Tally> slices, SliceChange change) {
        slices.merge(change.slice(), change.change(), Tally::plus);
    }

    @Test
    void aCaseIsFoldedWhenSomethingIsDueAndNotWhenTimeGoesOn() throws Exception {
        try (Cases cases = live()) {
            cases.watermark(millis(HOUR));
            cases.send(event(0, submitted(null)));
            cases.send(event(30, new Closed(Outcome.FIXED)));
            cases.watermark(midnight(1).toEpochMilli());
            int folds = clock.versions();
            assertThat(folds).as("at each event and at midnight").isEqualTo(3);

            for (int hour = 48; hour < 30 * 24; hour++) {
                cases.watermark(millis(hour * HOUR));
                cases.wallClock(Duration.ofHours(hour).toMillis());
            }
            assertThat(clock.versions()).isEqualTo(folds);
            assertThat(cases.wallClockTimers()).as("it goes on sweeping").isEqualTo(1);
        }
    }

    @Test
    void whatOneHeartbeatShowsOfACaseSharesAFold() throws Exception {
        try (Cases cases = live()) {
            cases.watermark(millis(HOUR));
            cases.send(event(0, submitted(null)));
            int folds = clock.versions();
            int timers = cases.eventTimers();
            cases.send(event(HOUR + 2, new ProgressUpdated()));
            cases.send(event(HOUR + 1, new Assigned("A")));
            cases.send(event(HOUR + 3, new Closed(Outcome.FIXED)));
            cases.takeDocuments();

            cases.watermark(millis(HOUR + 4));
            assertThat(clock.versions()).isEqualTo(folds + 1);
            assertThat(theCase(cases.takeDocuments()).path("open").asBoolean()).isFalse();
            assertThat(cases.eventTimers()).as("until midnight").isEqualTo(timers);
        }
    }

    @Test
    void aJobThatCatchesUpFoldsACaseOnceForAllThatHappens() throws Exception {
        try (Cases cases = live()) {
            cases.wallClock(millis(100 * DAY));
            CaseEvent submitted = event(0, submitted(3 * HOUR));
            CaseEvent worked = event(DAY, new ProgressUpdated());
            cases.watermark(millis(HOUR));
            cases.send(submitted);
            for (int day = 1; day < 20; day++) {
                cases.watermark(millis(day * DAY));
            }
            cases.send(worked);
            assertThat(cases.takeDocuments()).isEmpty();

            cases.wallClock(millis(100 * DAY) + 10_000);
            assertThat(theCase(cases.takeDocuments()).path("overdue").asBoolean())
                    .isTrue();
            assertThat(sum(cases.take())).isEqualTo(contributions(at(19 * DAY), submitted, worked));
            assertThat(clock.versions()).isEqualTo(1);
        }
    }

    @Test
    @Timeout(20)
    void aCaseThatWaitsForTheFirstPackWhileTheJobCatchesUpIsNotForgotten() throws Exception {
        try (Cases cases = new Cases(Timing.live(), clock)) {
            long now = millis(100 * DAY);
            cases.wallClock(now);
            cases.watermark(millis(HOUR));
            cases.send(event(0, submitted(null)));
            cases.wallClock(now + 10_000);
            cases.watermark(millis(2 * HOUR));
            cases.publish(pack());
            cases.wallClock(now + 20_000);
            assertThat(theCase(cases.takeDocuments()).path("as_of").asText())
                    .isEqualTo(at(2 * HOUR).toString());
        }
        try (Cases cases = new Cases(Timing.live(), clock)) {
            cases.wallClock(millis(100 * DAY));
            cases.watermark(millis(HOUR));
            cases.send(event(0, submitted(null)));
            cases.watermark(Harness.END);
            assertThat(cases.takeDocuments()).as("there is nothing to judge by").isEmpty();
        }
    }

    @Test
    void whatWaitsWhileTheJobCatchesUpIsFoldedAtTheEndOfTheInput() throws Exception {
        OperatorSubtaskState state;
        try (Cases cases = live()) {
            cases.wallClock(millis(100 * DAY));
            cases.watermark(millis(HOUR));
            cases.send(event(0, submitted(3 * HOUR)));
            state = cases.snapshot();
            cases.watermark(millis(2 * HOUR));
            cases.send(event("another", 0, submitted(null)));
            cases.watermark(millis(4 * HOUR));
            cases.send(event("a third", 5 * HOUR, submitted(null)));
            cases.watermark(Harness.END);
            JsonNode seen = cases.takeDocuments().stream()
                    .filter(document -> document.id().equals("qlue:1"))
                    .map(Json::of)
                    .findFirst()
                    .orElseThrow();
            assertThat(seen.path("overdue").asBoolean())
                    .as("at the last watermark")
                    .isTrue();
        }
        try (Cases cases = new Cases(Timing.live(), clock, state)) {
            cases.watermark(Harness.END);
            JsonNode seen = theCase(cases.takeDocuments());
            assertThat(seen.path("as_of").asText()).isEqualTo(at(HOUR).toString());
            assertThat(seen.path("overdue").asBoolean()).isFalse();
            assertThat(cases.eventTimers()).isZero();
        }
    }

    @Test
    void aPackOfLaterDaysMovesNoCaseThatWasSubmittedBefore() throws Exception {
        try (Cases cases = live()) {
            cases.watermark(millis(HOUR));
            cases.send(event(0, submitted(null)));
            cases.takeSliceChanges();

            cases.publish(pack("second", midnight(1), "south"));
            cases.watermark(midnight(1).plusSeconds(1).toEpochMilli());
            cases.wallClock(Duration.ofMinutes(30).toMillis());
            Map<String, Tally> slices = new HashMap<>();
            cases.takeSliceChanges().forEach(change -> add(slices, change));
            assertThat(slices.values())
                    .as("but that its stay goes on at midnight")
                    .allMatch(change -> change.settled().isZero() && change.get(Count.RECEIVED) == 0);

            cases.send(event(10 * HOUR, new Closed(Outcome.FIXED)));
            cases.watermark(millis(11 * HOUR));
            cases.takeSliceChanges().forEach(change -> add(slices, change));
            assertThat(slices.get("TERRITORY|CROP|north|*|*").get(Count.OPEN_LEFT))
                    .as("closed on a day of the second pack, it leaves the unit that it has entered")
                    .isEqualTo(1);
            assertThat(slices).doesNotContainKey("TERRITORY|CROP|south|*|*");
        }
    }

    @Test
    void aVisitThatALateEventUndoesIsRetractedAndComesBackWhenItIsRevived() throws Exception {
        try (Cases cases = live()) {
            cases.watermark(millis(DAY));
            cases.send(event(0, submitted(null)));
            cases.send(event(2 * HOUR, new Assigned("B")));
            assertThat(cases.takeDocuments()).extracting(Document::id).contains("qlue:1#1", "qlue:1#2");

            cases.send(event(HOUR, new Closed(Outcome.FIXED)));
            Document second = visit(cases.takeDocuments(), 2);
            assertThat(Json.of(second).path("retracted").asBoolean()).isTrue();
            assertThat(Json.of(second).has("holder")).isFalse();

            cases.send(event(HOUR, new Closed(Outcome.FIXED)));
            assertThat(cases.takeDocuments()).as("retracted once").isEmpty();

            cases.send(event(HOUR + 1, new Reopened()));
            Document revived = visit(cases.takeDocuments(), 2);
            assertThat(Json.of(revived).has("retracted")).isFalse();
            assertThat(revived.version()).isGreaterThan(second.version());
        }
    }

    private static Document visit(List<Document> documents, int number) {
        return documents.stream()
                .filter(document -> document.id().equals("qlue:1#" + number))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no document of visit " + number));
    }

    @Test
    void aCaseClosedForLongIsArchivedAndAnEventForItIsADeadLetter() throws Exception {
        try (Cases cases = live()) {
            cases.send(event(0, submitted(null)));
            cases.send(event(HOUR, new Closed(Outcome.FIXED)));
            for (int day = 1; day <= 104; day++) {
                cases.watermark(millis(HOUR + day * DAY) - 1);
            }
            assertThat(cases.stateEntries()).as("history and memo").isEqualTo(2);
            Map<String, Tally> contributed = sum(cases.take());
            cases.takeDocuments();

            cases.watermark(millis(HOUR + 105 * DAY));
            cases.publish(pack("second", at(-3 * DAY), "south"));
            cases.wallClock(Duration.ofMinutes(30).toMillis());
            assertThat(cases.stateEntries()).as("the tombstone").isEqualTo(1);
            assertThat(cases.eventTimers()).isZero();
            assertThat(cases.wallClockTimers()).as("it sweeps no more").isZero();
            assertThat(cases.take()).as("what it contributed stays").isEmpty();
            assertThat(contributed).isNotEmpty();

            CaseEvent late = event(2 * HOUR, new ProgressUpdated());
            cases.send(late);
            List<DeadLetter> letters = cases.takeDeadLetters();
            assertThat(letters).hasSize(1);
            assertThat(letters.get(0).reason()).isEqualTo("late.archived");
            assertThat(letters.get(0).bytes()).isEqualTo(new CaseEventCodec().encode(late));
            assertThat(cases.takeDocuments()).isEmpty();
            assertThat(cases.eventTimers()).isZero();
            assertThat(cases.stateEntries()).isEqualTo(1);
        }
    }

    @Test
    void anOldHistoryThatIsOnlyNowFedIsNotArchivedWhileItComes() throws Exception {
        try (Cases cases = live()) {
            cases.watermark(millis(1_000 * DAY));
            cases.send(fed(1_000 * DAY, HOUR, new Closed(Outcome.FIXED)));
            cases.send(fed(1_000 * DAY, 0, submitted(null)));
            cases.send(fed(1_000 * DAY, 0, submitted(null)));
            cases.send(fed(1_000 * DAY, 2 * HOUR, new Reopened()));
            assertThat(cases.takeDeadLetters()).isEmpty();
            assertThat(Json.of(last(cases.takeDocuments())).path("reopenings").asInt())
                    .isEqualTo(1);

            cases.send(fed(1_000 * DAY, 3 * HOUR, new Closed(Outcome.FIXED)));
            cases.watermark(millis(1_200 * DAY));
            assertThat(cases.stateEntries()).as("the tombstone").isEqualTo(1);
        }
    }

    private static CaseEvent fed(long ingestedMinute, long minute, Payload payload) {
        CaseEvent event = event(minute, payload);
        return CaseEvent.of(
                event.channel(),
                event.sourceCaseId(),
                event.occurredAt(),
                City.at(ingestedMinute),
                event.sourceSequence(),
                event.actor(),
                event.orgUnit(),
                event.visibility(),
                event.inferred(),
                event.timeNote(),
                payload);
    }

    /** The case as it was written last. */
    private static Document last(List<Document> documents) {
        return documents.stream()
                .filter(document -> document.kind() == Document.Kind.CASE)
                .reduce((before, after) -> after)
                .orElseThrow();
    }

    @Test
    void aCopyOfAnEventOfAnArchivedCaseVanishes() throws Exception {
        OperatorSubtaskState state;
        try (Cases cases = live()) {
            cases.send(event(0, submitted(null)));
            cases.send(event(HOUR, new Closed(Outcome.FIXED)));
            cases.watermark(millis(200 * DAY));
            state = cases.snapshot();
            sendCopiesToTheArchive(cases);
        }
        try (Cases cases = new Cases(Timing.live(), clock, state)) {
            sendCopiesToTheArchive(cases);
        }
    }

    private static void sendCopiesToTheArchive(Cases cases) throws Exception {
        cases.takeDocuments();
        cases.takeReports();
        cases.send(event(0, submitted(null)));
        cases.send(fed(200 * DAY, HOUR, new Closed(Outcome.FIXED)));
        cases.send(event(2 * HOUR, new Redacted()));
        assertThat(cases.takeDeadLetters()).isEmpty();
        assertThat(cases.takeDocuments()).isEmpty();
        assertThat(cases.takeReports()).isEmpty();
        cases.send(event(HOUR, new Closed(Outcome.ANSWERED)));
        assertThat(cases.takeDeadLetters()).as("news").hasSize(1);
        assertThat(cases.stateEntries()).isEqualTo(1);
    }

    @Test
    void theReopenWindowIsThatOfThePackKnownWhenTheCaseEnded() throws Exception {
        try (Cases cases = new Cases(Timing.live(), clock)) {
            cases.publish(packWithReopenWindow("first", Instant.EPOCH, 60));
            cases.publish(packWithReopenWindow("second", at(10 * DAY), 14));
            cases.send(event("before", 0, submitted(null)));
            cases.send(event("before", HOUR, new Closed(Outcome.FIXED)));
            cases.send(event("after", 0, submitted(null)));
            cases.send(event("after", 10 * DAY, new Closed(Outcome.FIXED)));
            cases.watermark(millis(10 * DAY + 104 * DAY) - 1);
            assertThat(cases.stateEntries()).isEqualTo(4);
            cases.watermark(millis(10 * DAY + 104 * DAY));
            assertThat(cases.stateEntries()).as("the history of one").isEqualTo(3);
            cases.watermark(millis(HOUR + 150 * DAY) - 1);
            assertThat(cases.stateEntries()).isEqualTo(3);
            cases.watermark(millis(HOUR + 150 * DAY));
            assertThat(cases.stateEntries()).as("two tombstones").isEqualTo(2);
        }
    }

    private static ReferencePack packWithReopenWindow(String id, Instant knownFrom, long days) {
        ReferencePack pack = pack();
        return new ReferencePack(
                id,
                knownFrom,
                pack.city(),
                pack.zone(),
                pack.staleAfter(),
                pack.units(),
                pack.targets(),
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
                new CaseRules(Duration.ZERO, Duration.ofDays(days), null));
    }

    // Problems

    @Test
    void aCaseSaysWhatItKnowsOfItsProblemWhenThatHasChanged() throws Exception {
        try (Cases cases = live()) {
            cases.watermark(millis(DAY));
            cases.send(event(0, submitted(null)));
            List<Report> reports = cases.takeReports();
            assertThat(reports).hasSize(1);
            assertThat(reports.get(0).submittedAt()).isEqualTo(at(0));
            assertThat(reports.get(0).isMerged()).isFalse();

            cases.send(event(HOUR, new ProgressUpdated()));
            assertThat(cases.takeReports()).as("nothing new of the problem").isEmpty();
            cases.send(event(2 * HOUR, new Closed(Outcome.FIXED)));
            assertThat(cases.takeReports().get(0).closedAt()).isEqualTo(at(2 * HOUR));
            assertThat(cases.takeMerges()).as("nobody merged it").isEmpty();
        }
    }

    @Test
    void aMergeIsToldAndThatItWasUndone() throws Exception {
        OperatorSubtaskState state;
        try (Cases cases = live()) {
            cases.watermark(millis(DAY));
            cases.send(event(0, submitted(null)));
            cases.send(event(HOUR, new MergedInto("qlue:2")));
            List<Report> merges = cases.takeMerges();
            assertThat(merges).extracting(Report::mergedInto).containsExactly("qlue:2");
            assertThat(cases.takeReports()).hasSize(2).endsWith(merges.get(0));
            state = cases.snapshot();
        }
        try (Cases cases = new Cases(Timing.live(), clock, state)) {
            cases.send(event(2 * HOUR, new Reopened()));
            assertThat(cases.takeMerges()).extracting(Report::isMerged).containsExactly(false);
            cases.send(event(3 * HOUR, new Closed(Outcome.FIXED)));
            assertThat(cases.takeReports()).isNotEmpty();
            assertThat(cases.takeMerges()).as("it is merged no more").isEmpty();
        }
    }

    @Test
    void aCaseOfAReleaseWithoutProblemsSaysWhatItKnowsAtItsNextSweep() throws Exception {
        try (Cases cases = live()) {
            cases.watermark(millis(DAY));
            cases.send(event(0, submitted(null)));
            List<Report> reports = cases.takeReports();
            ValueState<CaseMemo> memo =
                    cases.state("qlue:1", new ValueStateDescriptor<>("memo", OperatorTypes.CASE_MEMO));
            memo.update(asOfLayout1(memo.value()));
            cases.takeDocuments();
            cases.wallClock(Duration.ofMinutes(30).toMillis());
            assertThat(cases.takeReports()).isEqualTo(reports);
            assertThat(cases.takeDocuments()).as("nothing else is new").isEmpty();
            cases.wallClock(Duration.ofMinutes(60).toMillis());
            assertThat(cases.takeReports()).isEmpty();
        }
    }

    @Test
    void aCaseThatAReleaseCountedOtherwiseIsCountedAnewAtItsNextSweepAndSaysWhy() throws Exception {
        try (Cases cases = live()) {
            cases.watermark(millis(DAY));
            cases.send(event(0, submitted(null)));
            cases.take();
            cases.takePathChanges();
            ValueState<CaseMemo> state =
                    cases.state("qlue:1", new ValueStateDescriptor<>("memo", OperatorTypes.CASE_MEMO));
            CaseMemo memo = state.value();
            Map<String, Tally> twice = new HashMap<>();
            memo.contributed().forEach((cell, tally) -> twice.put(cell, tally.plus(tally)));
            state.update(new CaseMemo(
                    memo.asOfMillis(),
                    memo.wakeAtMillis(),
                    memo.foldAtMillis(),
                    memo.version(),
                    memo.packs(),
                    twice,
                    memo.contributionsVersion() - 1,
                    memo.content(),
                    memo.visits(),
                    memo.report(),
                    memo.merged(),
                    false,
                    List.of(),
                    List.of(),
                    Map.of(),
                    Map.of()));
            cases.wallClock(Duration.ofMinutes(30).toMillis());
            assertThat(cases.take())
                    .as("what was stored is subtracted")
                    .hasSameSizeAs(memo.contributed().keySet())
                    .allSatisfy(change -> assertThat(change.change())
                            .isEqualTo(memo.contributed().get(change.cell()).negate()));
            assertThat(cases.takePathChanges()).isNotEmpty().allSatisfy(change -> assertThat(change.cause())
                    .isEqualTo(new Cause("qlue:1", List.of(), 0, List.of(), Contributions.VERSION)));
            cases.wallClock(Duration.ofMinutes(60).toMillis());
            assertThat(cases.take()).isEmpty();
        }
    }

    @Test
    void evidenceIsToldWhenItChangesAndTakenBackWithItsClaim() throws Exception {
        try (Cases cases = live()) {
            cases.watermark(millis(DAY));
            CaseEvent claimed = event(HOUR, new ResolutionClaimed(List.of("photo", "sketch")));
            cases.send(event(0, submitted(null)));
            cases.send(claimed);
            cases.send(claimed);
            List<EvidenceNews> told = cases.takeEvidence();
            assertThat(told).extracting(EvidenceNews::digest).containsExactly("photo", "sketch");
            Exhibit exhibit = requireNonNull(told.get(0).exhibit());
            assertThat(exhibit.claims()).containsExactly(new HandedIn(at(HOUR), "A"));
            assertThat(requireNonNull(told.get(0).cause()).events())
                    .as("it came late")
                    .containsExactly(claimed.eventId());

            cases.send(event(2 * HOUR, new ProgressUpdated()));
            assertThat(cases.takeEvidence()).as("nothing new").isEmpty();

            CaseEvent correction = event(3 * HOUR, new Corrected(claimed.eventId()));
            cases.send(correction);
            assertThat(cases.takeEvidence())
                    .extracting(EvidenceNews::digest, EvidenceNews::exhibit)
                    .containsExactlyInAnyOrder(tuple("photo", null), tuple("sketch", null));
            cases.send(event(4 * HOUR, new ProgressUpdated()));
            assertThat(cases.takeEvidence()).as("taken back once").isEmpty();
        }
    }

    @Test
    void evidenceIsToldAgainWhenUnitsMove() throws Exception {
        try (Cases cases = live()) {
            cases.watermark(millis(DAY));
            cases.send(event(0, submitted(null)));
            cases.send(event(HOUR, new ResolutionClaimed(List.of("photo"))));
            List<EvidenceNews> told = cases.takeEvidence();
            cases.publish(City.pack("second", at(2 * DAY), "south"));
            cases.wallClock(Duration.ofMinutes(30).toMillis());
            assertThat(cases.takeEvidence())
                    .extracting(EvidenceNews::exhibit)
                    .containsExactly(told.get(0).exhibit());
        }
    }

    @Test
    void aCauseNamesFiveEventsAndCountsAllOfThem() throws Exception {
        try (Cases cases = live()) {
            long now = millis(60 * DAY);
            cases.wallClock(now);
            cases.watermark(millis(10 * DAY));
            List<String> ids = new ArrayList<>();
            for (int hour = 0; hour < 8; hour++) {
                CaseEvent event = event(hour * HOUR, hour == 0 ? submitted(null) : new ProgressUpdated());
                ids.add(event.eventId());
                cases.send(event);
                cases.send(event);
            }
            cases.wallClock(now + 10_000);
            assertThat(cases.takePathChanges()).isNotEmpty().allSatisfy(change -> assertThat(change.cause())
                    .isEqualTo(new Cause("qlue:1", ids.subList(0, 5), 8, List.of(), 0)));
        }
    }

    private static CaseMemo asOfLayout1(CaseMemo memo) {
        return new CaseMemo(
                memo.asOfMillis(),
                memo.wakeAtMillis(),
                memo.foldAtMillis(),
                memo.version(),
                memo.packs(),
                memo.contributed(),
                memo.contributionsVersion(),
                memo.content(),
                memo.visits(),
                0,
                false,
                false,
                List.of(),
                List.of(),
                Map.of(),
                Map.of());
    }

    @Test
    void anAlertIsRaisedOnceFollowedAndRememberedInASavepoint() throws Exception {
        OperatorSubtaskState state;
        try (Cases cases = live()) {
            cases.send(event(0, submitted(null)));
            cases.watermark(millis(3 * DAY));
            assertThat(cases.takeAlerts())
                    .extracting(Alert::id, Alert::revision, Alert::state)
                    .containsExactly(tuple("qlue:1/STALE.1", 1, State.OPEN));
            assertThat(cases.takeDocuments().stream()
                            .filter(document -> document.kind() == Kind.ALERT)
                            .map(Document::id))
                    .containsExactly("qlue:1/STALE.1");
            cases.watermark(millis(4 * DAY));
            assertThat(cases.takeAlerts()).isEmpty();
            state = cases.snapshot();
        }
        try (Cases cases = new Cases(Timing.live(), clock, state)) {
            cases.publish(pack());
            cases.watermark(millis(5 * DAY));
            assertThat(cases.takeAlerts()).as("told before the savepoint").isEmpty();
            cases.send(event(5 * DAY, new ProgressUpdated()));
            cases.watermark(millis(5 * DAY) + HOUR);
            assertThat(cases.takeAlerts())
                    .extracting(Alert::id, Alert::revision, Alert::state)
                    .containsExactly(tuple("qlue:1/STALE.1", 2, State.CLEARED));
        }
    }

    @Test
    void aReopenedCaseIsNotArchived() throws Exception {
        try (Cases cases = live()) {
            cases.send(event(0, submitted(null)));
            cases.send(event(HOUR, new Closed(Outcome.FIXED)));
            cases.watermark(millis(100 * DAY));
            cases.send(event(50 * DAY, new Reopened()));
            cases.watermark(millis(200 * DAY));

            assertThat(cases.stateEntries()).isEqualTo(2);
            cases.send(event(60 * DAY, new Closed(Outcome.FIXED)));
            assertThat(cases.takeDeadLetters()).isEmpty();
        }
    }

    @Test
    void aStayThatEndedIsCountedAtTheNextMidnight() throws Exception {
        try (Cases cases = live()) {
            cases.send(event(0, submitted(null)));
            cases.send(event(HOUR, new Closed(Outcome.FIXED)));
            cases.watermark(midnight(1).toEpochMilli() - 1);
            List<CellChange> before = cases.take();
            assertThat(total(before, Count.STAY_OPEN) + total(before, Count.STAY_END))
                    .isZero();

            cases.watermark(midnight(1).toEpochMilli());
            List<CellChange> after = cases.take();
            assertThat(total(after, Count.STAY_OPEN)).isZero();
            assertThat(total(after, Count.STAY_END)).isEqualTo(1);
        }
    }

    // Restore

    @Test
    void timeDoesNotRunBackwardsAfterARestore() throws Exception {
        OperatorSubtaskState state;
        long version;
        Map<String, Tally> sums = new HashMap<>();
        CaseEvent submitted = event(0, submitted(3 * HOUR));
        try (Cases cases = live()) {
            cases.send(submitted);
            cases.watermark(millis(4 * HOUR));
            version = cases.takeDocuments().get(0).version();
            add(sums, cases.take());
            state = cases.snapshot();
        }
        clock.add(-3_600_000_000L);
        try (Cases cases = new Cases(Timing.live(), clock, state)) {
            assertThat(cases.eventTimers()).isEqualTo(1);
            cases.watermark(millis(HOUR));
            assertThat(cases.takeDocuments()).isEmpty();

            CaseEvent worked = event(2 * HOUR, new ProgressUpdated());
            cases.send(worked);
            List<Document> documents = cases.takeDocuments();
            JsonNode seen = theCase(documents);
            assertThat(seen.path("as_of").asText()).isEqualTo(at(4 * HOUR).toString());
            assertThat(seen.path("overdue").asBoolean()).isTrue();
            assertThat(documents).allMatch(document -> document.version() > version);
            add(sums, cases.take());
            sums.values().removeIf(Tally::isZero);
            assertThat(sums).isEqualTo(contributions(at(4 * HOUR), submitted, worked));
        }
    }

    @Test
    void aRestoredReplayFoldsWhatWasReadBeforeAndAfter() throws Exception {
        OperatorSubtaskState state;
        CaseEvent submitted = event(0, submitted(null));
        CaseEvent closed = event(HOUR, new Closed(Outcome.FIXED));
        try (Cases cases = new Cases(Timing.replay(at(DAY)), clock)) {
            cases.publish(pack());
            cases.send(submitted);
            state = cases.snapshot();
        }
        try (Cases cases = new Cases(Timing.replay(at(DAY)), clock, state)) {
            cases.send(submitted);
            cases.send(closed);
            cases.watermark(Harness.END);
            assertThat(sum(cases.take())).isEqualTo(contributions(at(DAY), submitted, closed));
            assertThat(cases.eventTimers()).isZero();
        }
    }

    @Test
    void versionsRiseThoughTheClockWentBack() throws Exception {
        try (Cases cases = live()) {
            cases.watermark(millis(DAY));
            long last = 0;
            for (int minute = 0; minute < 10; minute++) {
                cases.send(event(minute, minute == 0 ? submitted(null) : new Assigned(minute % 2 == 0 ? "A" : "B")));
                for (Document document : cases.takeDocuments()) {
                    if (document.kind() == Kind.CASE) {
                        assertThat(document.version()).isGreaterThan(last);
                        last = document.version();
                    }
                }
                clock.add(-1_000_000);
            }
            clock.add(60_000_000);
            cases.send(event(11, new Closed(Outcome.FIXED)));
            assertThat(cases.takeDocuments().get(0).version())
                    .as("the clock, as soon as it is ahead")
                    .isEqualTo(clock.micros() + 1);
        }
    }

    @Test
    void theDayOfACellIsTheCitys() throws Exception {
        try (Cases cases = new Cases(Timing.replay(at(2 * DAY)), clock)) {
            cases.publish(pack());
            // 00:30 of the next day in the city, 17:30 of the same day in UTC.
            cases.send(event(9 * HOUR + 30, submitted(null)));
            cases.watermark(Harness.END);
            assertThat(cases.take())
                    .filteredOn(change -> change.change().get(Count.RECEIVED) > 0)
                    .allMatch(change -> change.cell().endsWith("|" + day(1)));
        }
    }
}
