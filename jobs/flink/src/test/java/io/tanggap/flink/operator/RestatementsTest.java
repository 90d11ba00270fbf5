package io.tanggap.flink.operator;

import static io.tanggap.flink.operator.City.DAY;
import static io.tanggap.flink.operator.City.HOUR;
import static io.tanggap.flink.operator.City.at;
import static io.tanggap.flink.operator.City.day;
import static io.tanggap.flink.operator.City.event;
import static io.tanggap.flink.operator.City.millis;
import static io.tanggap.flink.operator.City.submitted;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tanggap.core.complaint.CaseEvent;
import io.tanggap.core.complaint.Outcome;
import io.tanggap.core.complaint.Payload;
import io.tanggap.core.complaint.Payload.Closed;
import io.tanggap.core.complaint.Payload.HandoverAccepted;
import io.tanggap.core.complaint.Payload.HandoverOffered;
import io.tanggap.core.complaint.Payload.LocationCorrected;
import io.tanggap.core.complaint.Payload.ProgressUpdated;
import io.tanggap.core.complaint.Payload.PublicReply;
import io.tanggap.core.complaint.Payload.Reopened;
import io.tanggap.core.complaint.Payload.ResolutionClaimed;
import io.tanggap.core.complaint.Payload.ResolutionRejected;
import io.tanggap.core.complaint.Payload.Submitted;
import io.tanggap.core.measure.Window;
import io.tanggap.core.reference.CaseRules;
import io.tanggap.core.reference.ReferencePack;
import io.tanggap.core.reference.ReferencePack.ResolutionTarget;
import io.tanggap.flink.state.PathChange;
import io.tanggap.testkit.Seeds;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Whatever changes a published figure says so: through all operators, from events and packs to restatements. Day 0 is a
 * Monday, 4 March 2024; it begins at 15:00 in the city.
 */
class RestatementsTest {
    private static final String WEEK = "|WEEK|" + Window.WEEK.startOf(day(0));
    private static final String KELURAHAN = "TERRITORY|CROP|kelurahan|*|*";

    private final TestClock clock = new TestClock();

    private static ReferencePack pack(String id, Instant knownFrom, String parent, Duration within, Duration lateness) {
        ReferencePack pack = City.pack(id, knownFrom, parent);
        return new ReferencePack(
                id,
                knownFrom,
                pack.city(),
                pack.zone(),
                pack.staleAfter(),
                pack.units(),
                List.of(new ResolutionTarget("of the " + id, null, null, within, null, null)),
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
                new CaseRules(lateness, Duration.ofDays(14), null));
    }

    private static ReferencePack pack(String id, Instant knownFrom, Duration within) {
        return pack(id, knownFrom, "north", within, Duration.ZERO);
    }

    /** Lets every hour up to a minute pass, so that midnights are met soon after they are over. */
    private static void pass(Pipeline pipeline, long from, long to) throws Exception {
        for (long minute = from; minute < to; minute += HOUR) {
            pipeline.watermark(millis(minute));
        }
        pipeline.watermark(millis(to));
    }

    private static JsonNode figure(JsonNode restatement, String name) {
        for (JsonNode figure : restatement.path("restated")) {
            if (figure.path("figure").asText().equals(name)) {
                return figure;
            }
        }
        throw new AssertionError(name + " is not restated: " + restatement);
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    @Test
    void progressIsNeverARestatement() throws Exception {
        try (Pipeline pipeline = new Pipeline(Timing.live(), clock, pack("first", Instant.EPOCH, Duration.ofDays(3)))) {
            pipeline.send(event("kept", 0, submitted(null)));
            pipeline.send(event("missed", 0, submitted(null)));
            pass(pipeline, 0, 9 * DAY);
            pipeline.send(event("missed", 9 * DAY, new Closed(Outcome.FIXED)));
            pipeline.send(event("kept", 9 * DAY, new HandoverOffered("B")));
            pipeline.send(event("kept", 9 * DAY + HOUR, new HandoverAccepted("B")));
            pass(pipeline, 9 * DAY, 20 * DAY);
            pipeline.send(event("missed", 20 * DAY, new Reopened()));
            pass(pipeline, 20 * DAY, 30 * DAY);
            assertThat(pipeline.calendarRows()).containsKey(KELURAHAN + WEEK);
            assertThat(pipeline.restatements()).isEmpty();
        }
    }

    @Test
    void aLateClosingRestatesTheWeekAndIsNamed() throws Exception {
        try (Pipeline pipeline = new Pipeline(Timing.live(), clock, pack("first", Instant.EPOCH, Duration.ofDays(3)))) {
            pipeline.send(event("1", 0, submitted(null)));
            pass(pipeline, 0, 9 * DAY);
            CaseEvent closed = event("1", 2 * DAY, new Closed(Outcome.FIXED));
            pipeline.send(closed);
            pass(pipeline, 9 * DAY, 10 * DAY);

            JsonNode week = pipeline.restatements().get(KELURAHAN + WEEK + "|1");
            assertThat(figure(week, "counts.closed").toString())
                    .isEqualTo("{\"figure\":\"counts.closed\",\"from\":0,\"to\":1,\"change\":1}");
            assertThat(figure(week, "counts.due_met").path("change").asLong()).isEqualTo(1);
            assertThat(figure(week, "counts.due_missed").path("change").asLong())
                    .isEqualTo(-1);
            assertThat(figure(week, "shares.on_time").path("from").asDouble()).isZero();
            assertThat(figure(week, "shares.on_time").path("to").asDouble()).isEqualTo(1);
            assertThat(texts(week.path("causes").path("cases"))).containsExactly("qlue:1");
            assertThat(texts(week.path("causes").path("events"))).containsExactly(closed.eventId());
            assertThat(texts(week.path("causes").path("packs"))).isEmpty();
            assertThat(week.path("as_of").asText()).isEqualTo(at(9 * DAY).toString());
            assertThat(pipeline.restatements())
                    .as("of every unit above, of whoever held it, and of parts")
                    .containsKeys(
                            "TERRITORY|CROP|city|*|*" + WEEK + "|1",
                            "HOLDER|CRM|A|*|*" + WEEK + "|1",
                            "TERRITORY|CROP|kelurahan|*|*|DAY|" + day(2) + "|1")
                    .as("whose windows go on")
                    .allSatisfy((id, restatement) ->
                            assertThat(restatement.path("window").asText()).isIn("DAY", "WEEK"));
        }
    }

    @Test
    void aCopyAndALateEventThatSaysNothingNewRestateNothing() throws Exception {
        try (Pipeline pipeline = new Pipeline(Timing.live(), clock, pack("first", Instant.EPOCH, Duration.ofDays(3)))) {
            pipeline.send(event("1", 0, submitted(null)));
            pipeline.send(event("1", HOUR, new Closed(Outcome.FIXED)));
            pass(pipeline, 0, 9 * DAY);
            pipeline.send(event("1", 0, submitted(null)));
            pipeline.send(event("1", HOUR, new Closed(Outcome.FIXED)));
            pass(pipeline, 9 * DAY, 10 * DAY);
            assertThat(pipeline.restatements()).isEmpty();
            pipeline.send(event("1", 2 * HOUR, new PublicReply()));
            pass(pipeline, 10 * DAY, 11 * DAY);
            assertThat(pipeline.restatements().keySet())
                    .as("but how many events its channel sent")
                    .isNotEmpty()
                    .allMatch(id -> id.startsWith("CHANNEL|"));
        }
    }

    @Test
    void aPackThatComesAfterItsTimeNamesItself() throws Exception {
        try (Pipeline pipeline = new Pipeline(Timing.live(), clock, pack("first", Instant.EPOCH, Duration.ofDays(3)))) {
            pipeline.send(event("1", 0, submitted(null)));
            pipeline.send(event("1", 2 * DAY, new Closed(Outcome.FIXED)));
            pass(pipeline, 0, 9 * DAY);
            pipeline.publish(pack("second", at(-DAY), Duration.ofDays(1)));
            pipeline.sweep(millis(9 * DAY));
            pass(pipeline, 9 * DAY, 10 * DAY);

            JsonNode week = pipeline.restatements().get(KELURAHAN + WEEK + "|1");
            assertThat(figure(week, "counts.due_met").path("to").asLong()).isZero();
            assertThat(figure(week, "counts.due_missed").path("to").asLong()).isEqualTo(1);
            assertThat(texts(week.path("causes").path("packs"))).containsExactly("second");
            assertThat(texts(week.path("causes").path("events"))).isEmpty();
            assertThat(texts(week.path("causes").path("cases"))).containsExactly("qlue:1");
        }
    }

    @Test
    void whatIsTakenBackInTimeIsARestatementToo() throws Exception {
        try (Pipeline pipeline = new Pipeline(Timing.live(), clock, pack("first", Instant.EPOCH, Duration.ofDays(3)))) {
            pipeline.send(event("1", 0, submitted(null)));
            pipeline.send(event("1", HOUR, new Closed(Outcome.FIXED)));
            pass(pipeline, 0, 9 * DAY);
            CaseEvent corrected = event("1", 9 * DAY + 1, new LocationCorrected("elsewhere"));
            pipeline.send(corrected);
            pass(pipeline, 9 * DAY, 10 * DAY);

            JsonNode lost = pipeline.restatements().get(KELURAHAN + WEEK + "|1");
            assertThat(figure(lost, "counts.closed").path("change").asLong()).isEqualTo(-1);
            assertThat(figure(lost, "counts.received").path("change").asLong()).isEqualTo(-1);
            assertThat(texts(lost.path("causes").path("events"))).containsExactly(corrected.eventId());
            JsonNode won = pipeline.restatements().get("TERRITORY|CROP|elsewhere|*|*" + WEEK + "|1");
            assertThat(figure(won, "counts.closed").path("change").asLong()).isEqualTo(1);
            assertThat(pipeline.restatements())
                    .as("which has the case as before")
                    .doesNotContainKey("TERRITORY|CROP|city|*|*" + WEEK + "|1");
        }
    }

    @Test
    void whileTheJobCatchesUpWhatIsLateIsToldFromWhatIsInTime() throws Exception {
        try (Harness.Cases cases = new Harness.Cases(Timing.live(), clock)) {
            cases.publish(pack("first", Instant.EPOCH, Duration.ofDays(3)));
            long now = millis(60 * DAY);
            cases.wallClock(now);
            cases.send(event("1", 0, submitted(null)));
            cases.watermark(millis(DAY));
            cases.wallClock(now + 10_000);
            cases.takePathChanges();

            CaseEvent late = event("1", HOUR, new HandoverOffered("B"));
            cases.send(late);
            cases.send(event("1", 2 * DAY, new Closed(Outcome.FIXED)));
            cases.watermark(millis(5 * DAY));
            assertThat(cases.takePathChanges()).as("they share a fold").isEmpty();
            cases.wallClock(now + 20_000);
            List<PathChange> changes = cases.takePathChanges();
            assertThat(changes)
                    .filteredOn(change -> change.cause() != null)
                    .isNotEmpty()
                    .allSatisfy(change -> assertThat(change.cause().events()).containsExactly(late.eventId()));
            assertThat(changes)
                    .filteredOn(change -> change.cause() == null)
                    .filteredOn(change -> change.path().slice().equals(KELURAHAN))
                    .extracting(change -> change.day())
                    .contains(day(2));
        }
    }

    // Random histories

    private static final int CASES = 12;
    private static final long LAST = 45 * DAY;
    private static final List<String> UNITS = List.of("A", "B", "desk");
    private static final List<String> PLACES = List.of("kelurahan", "north", "elsewhere");

    /** Counts whose day is that of what happened, or of what was due. */
    private static final List<String> OF_EVENTS = List.of(
            "closed",
            "due_met",
            "due_missed",
            "due_inherited",
            "due_undecidable",
            "open_entered",
            "open_left",
            "handovers_out",
            "handovers_in",
            "reopened");

    private static final List<String> STOCKS = List.of("open", "overdue", "without_target", "stale");

    private static List<CaseEvent> histories(Random random) {
        List<CaseEvent> events = new ArrayList<>();
        for (int number = 0; number < CASES; number++) {
            String id = String.valueOf(number);
            long minute = random.nextInt((int) (30 * DAY));
            events.add(event(
                    id,
                    minute,
                    new Submitted("roads", PLACES.get(random.nextInt(2)), random.nextBoolean() ? "A" : null, null)));
            int more = random.nextInt(9);
            for (int i = 0; i < more; i++) {
                minute += random.nextInt((int) (4 * DAY));
                if (minute < LAST) {
                    events.add(event(id, minute, something(random)));
                }
            }
        }
        return events;
    }

    private static Payload something(Random random) {
        String unit = UNITS.get(random.nextInt(UNITS.size()));
        return switch (random.nextInt(10)) {
            case 0, 1 -> new Closed(random.nextInt(4) == 0 ? Outcome.INVALID : Outcome.FIXED);
            case 2 -> new Reopened();
            case 3 -> new HandoverOffered(unit);
            case 4 -> new HandoverAccepted(unit);
            case 5 -> new ResolutionClaimed(List.of());
            case 6 -> new ResolutionRejected();
            case 7 -> new LocationCorrected(PLACES.get(random.nextInt(PLACES.size())));
            case 8 -> new PublicReply();
            default -> new ProgressUpdated();
        };
    }

    private record Arrival(CaseEvent event, long minute) {}

    private static List<Arrival> arrivals(List<CaseEvent> events, Random random) {
        List<Arrival> arrivals = new ArrayList<>();
        for (CaseEvent event : events) {
            long minute = Duration.between(City.START, event.occurredAt()).toMinutes();
            long late = random.nextInt(3) > 0 ? 0 : random.nextInt((int) (12 * DAY));
            arrivals.add(new Arrival(event, Math.min(LAST - HOUR, Math.max(0, minute + late - HOUR))));
            if (random.nextInt(6) == 0) {
                arrivals.add(new Arrival(event, random.nextInt((int) LAST)));
            }
        }
        arrivals.sort(Comparator.comparingLong(Arrival::minute));
        return arrivals;
    }

    /** Published on a day, known from another one. */
    private record Publication(ReferencePack pack, long minute) {}

    private static List<Publication> publications(Random random, Duration lateness) {
        List<Publication> publications = new ArrayList<>();
        long known = 0;
        for (int number = 1; number <= 3; number++) {
            known += (5 + random.nextInt(8)) * DAY;
            long minute = known + (random.nextInt(8) - 2) * DAY;
            publications.add(new Publication(
                    pack(
                            "pack " + number,
                            at(known),
                            random.nextBoolean() ? "north" : "south",
                            Duration.ofHours(12 + random.nextInt(120)),
                            lateness),
                    minute));
        }
        publications.sort(Comparator.comparingLong(Publication::minute));
        return publications;
    }

    @Test
    void firstPublishedFiguresAndWhatRestatementsChangeAreTheLastFigures() throws Exception {
        long seed = Seeds.seed();
        for (int run = 0; run < 12; run++) {
            check(new Random(seed + run));
        }
    }

    private void check(Random random) throws Exception {
        Duration lateness = Duration.ofHours(random.nextInt(3) * 20L);
        ReferencePack first = pack("first", Instant.EPOCH, "north", Duration.ofDays(3), lateness);
        List<CaseEvent> events = histories(random);
        List<Publication> publications = publications(random, lateness);
        Map<String, JsonNode> published = new HashMap<>();
        Map<String, JsonNode> rows;
        Map<String, Long> changes = new HashMap<>();
        int restatements;
        try (Pipeline pipeline = new Pipeline(Timing.live(), clock, first)) {
            run(pipeline, arrivals(events, random), publications, lateness, published);
            rows = pipeline.calendarRows();
            restatements = pipeline.restatements().size();
            for (JsonNode restatement : pipeline.restatements().values()) {
                String row = restatement.path("row").asText();
                assertThat(restatement.path("restated").isEmpty()).isFalse();
                assertThat(restatement.path("causes").path("cases").isEmpty())
                        .as("somebody can say why: %s", restatement)
                        .isFalse();
                restatement
                        .path("restated")
                        .forEach(figure -> changes.merge(
                                row + " " + figure.path("figure").asText(),
                                figure.path("change").asLong(),
                                Long::sum));
            }
            assertSameAsInOrder(pipeline, events, publications, first);
        }
        assertThat(published).isNotEmpty();
        assertThat(restatements).isPositive();
        TreeSet<String> ids = new TreeSet<>(published.keySet());
        ids.addAll(rows.keySet());
        for (String id : ids) {
            if (isFinal(id, lateness)) {
                for (String count : counts(id)) {
                    assertThat(count(published.get(id), count) + changes.getOrDefault(id + " counts." + count, 0L))
                            .as("%s of %s", count, id)
                            .isEqualTo(count(rows.get(id), count));
                }
            }
        }
    }

    /** Of days without events only the latest are shown, whatever their stocks. */
    private static List<String> counts(String row) {
        List<String> counts = new ArrayList<>(OF_EVENTS);
        if (!row.contains("|DAY|") && row.contains("|*|*|")) {
            counts.addAll(STOCKS);
        }
        return counts;
    }

    private static long count(JsonNode row, String count) {
        return row == null ? 0 : row.path("counts").path(count).asLong();
    }

    private static Instant finalAt(String row, Duration lateness) {
        String[] parts = row.split("\\|");
        Window window = Window.valueOf(parts[parts.length - 2]);
        return LocalDate.ofEpochDay(window.endOf(Long.parseLong(parts[parts.length - 1])))
                .atStartOfDay(City.ZONE)
                .toInstant()
                .plus(lateness);
    }

    private static boolean isFinal(String row, Duration lateness) {
        return !finalAt(row, lateness).isAfter(at(LAST));
    }

    private static void run(
            Pipeline pipeline,
            List<Arrival> arrivals,
            List<Publication> publications,
            Duration lateness,
            Map<String, JsonNode> published)
            throws Exception {
        int sent = 0;
        int told = 0;
        Instant before = Instant.EPOCH;
        for (long minute = 0; before.isBefore(at(LAST)); minute = Math.min(LAST, minute + 7 * HOUR)) {
            for (; told < publications.size() && publications.get(told).minute() < minute; told++) {
                pipeline.publish(publications.get(told).pack());
                pipeline.sweep(before.toEpochMilli());
            }
            for (; sent < arrivals.size() && arrivals.get(sent).minute() < minute; sent++) {
                pipeline.send(arrivals.get(sent).event());
            }
            pipeline.watermark(millis(minute));
            publish(pipeline, before, at(minute), lateness, published);
            before = at(minute);
        }
    }

    /** Takes the rows as they stand whose windows have become final since an instant. */
    private static void publish(
            Pipeline pipeline, Instant since, Instant now, Duration lateness, Map<String, JsonNode> published) {
        pipeline.calendarRows().forEach((id, row) -> {
            Instant at = finalAt(id, lateness);
            if (at.isAfter(since) && !at.isAfter(now)) {
                published.put(id, row);
            }
        });
    }

    /** With every event and every pack in time, the rows come to the same. */
    private void assertSameAsInOrder(
            Pipeline pipeline, List<CaseEvent> events, List<Publication> publications, ReferencePack first)
            throws Exception {
        List<ReferencePack> packs = new ArrayList<>(List.of(first));
        publications.stream().map(Publication::pack).forEach(packs::add);
        try (Pipeline inOrder = new Pipeline(Timing.replay(at(LAST)), clock, packs.toArray(ReferencePack[]::new))) {
            for (CaseEvent event : events) {
                inOrder.send(event);
            }
            inOrder.watermark(Harness.END);
            assertThat(inOrder.restatements()).as("a replay restates nothing").isEmpty();
            Map<String, String> rows = contents(pipeline);
            contents(inOrder)
                    .forEach((id, row) -> assertThat(rows.get(id)).as(id).isEqualTo(row));
        }
    }

    /** Rows that nothing has changed since name the pack that was known when they were written. */
    private static Map<String, String> contents(Pipeline pipeline) {
        Map<String, String> contents = new TreeMap<>(pipeline.contents());
        contents.keySet().removeIf(id -> !id.startsWith("RESPONSIVENESS"));
        contents.replaceAll((id, content) -> content.replaceAll("\"reference_pack\":\"[\\w ]+\",", ""));
        return contents;
    }
}
