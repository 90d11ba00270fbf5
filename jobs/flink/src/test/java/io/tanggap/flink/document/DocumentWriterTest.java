package io.tanggap.flink.document;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tanggap.core.complaint.CaseEvent;
import io.tanggap.core.complaint.DeadLetter;
import io.tanggap.core.complaint.Outcome;
import io.tanggap.core.complaint.Placing;
import io.tanggap.core.lifecycle.Anomaly;
import io.tanggap.core.lifecycle.Arrival;
import io.tanggap.core.lifecycle.CaseView;
import io.tanggap.core.lifecycle.Claim;
import io.tanggap.core.lifecycle.Contest;
import io.tanggap.core.lifecycle.Cycle;
import io.tanggap.core.lifecycle.Handover;
import io.tanggap.core.lifecycle.Offer;
import io.tanggap.core.lifecycle.Offer.Decision;
import io.tanggap.core.lifecycle.Progress;
import io.tanggap.core.lifecycle.Return;
import io.tanggap.core.lifecycle.Visit;
import io.tanggap.core.lifecycle.Visit.End;
import io.tanggap.core.lifecycle.Visit.Entry;
import io.tanggap.core.measure.AgeBins;
import io.tanggap.core.measure.Cell;
import io.tanggap.core.measure.Count;
import io.tanggap.core.measure.Count.Index;
import io.tanggap.core.measure.Day;
import io.tanggap.core.measure.Measure;
import io.tanggap.core.measure.Measure.In;
import io.tanggap.core.measure.Responsiveness;
import io.tanggap.core.measure.Restated;
import io.tanggap.core.measure.Role;
import io.tanggap.core.measure.Rule;
import io.tanggap.core.measure.Slice;
import io.tanggap.core.measure.Snapshot;
import io.tanggap.core.measure.Stock;
import io.tanggap.core.measure.Tally;
import io.tanggap.core.measure.Window;
import io.tanggap.core.problem.Problem;
import io.tanggap.core.problem.Report;
import io.tanggap.core.problem.Stop;
import io.tanggap.core.reference.Attribution;
import io.tanggap.core.reference.GeoPoint;
import io.tanggap.core.reference.Policy.Target;
import io.tanggap.core.reference.Reference;
import io.tanggap.core.reference.ReferencePack;
import io.tanggap.core.reference.ReferencePack.Unit;
import io.tanggap.core.reference.Validity;
import io.tanggap.core.report.Answer;
import io.tanggap.core.sla.Accountability;
import io.tanggap.core.sla.Clock;
import io.tanggap.core.sla.Pause;
import io.tanggap.core.sla.Share;
import io.tanggap.core.sla.Span;
import io.tanggap.core.sla.Verdict;
import io.tanggap.core.sla.Wait;
import io.tanggap.flink.avro.Examples;
import io.tanggap.flink.document.Document.Kind;
import io.tanggap.flink.document.DocumentWriter.Delivery;
import io.tanggap.flink.document.DocumentWriter.Rendered;
import io.tanggap.flink.state.Cause;
import io.tanggap.flink.state.Causes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DocumentWriterTest {
    private static final Path CELL_NAMES = Path.of("src/test/resources/golden/documents/cells.txt");
    private static final ZoneId ZONE = ZoneId.of("Asia/Jakarta");
    private static final Instant NOON = Instant.parse("2017-11-05T12:00:00.123Z");
    private static final Instant MIDNIGHT = Instant.parse("2017-11-04T17:00:00Z");
    private static final long DAY = 17_475;
    private static final Reference REFERENCE = Reference.of(List.of(new ReferencePack(
            "jakarta-2017-11",
            Instant.EPOCH,
            "jakarta",
            ZONE,
            Duration.ofDays(14),
            List.of(new Unit(
                    "menteng",
                    null,
                    "Menteng",
                    null,
                    "kecamatan",
                    null,
                    Validity.ALWAYS,
                    70_000L,
                    new GeoPoint(-6.2, 106.83),
                    null)),
            List.of(),
            Map.of())));

    /** What suggests text that a person wrote, or says who a person is. */
    private static final Pattern PERSONAL = Pattern.compile(
            "description|text|body|comment|note|title|subject|content|first_?name|last_?name|full_?name|(^|_)name$|phone"
                    + "|e?mail|address|reporter|citizen|contact|user|author|photo|media|message");

    private final EmissionClock clock = () -> 1_500_000_000_000_000L;
    private final DocumentWriter documents = new DocumentWriter(clock);

    private static Clock clock(Target target, int cycle, Verdict verdict, long seconds) {
        return new Clock(
                target,
                cycle,
                1,
                "pothole",
                "jakarta-2017-11",
                "office",
                NOON,
                NOON.plusSeconds(seconds),
                verdict.isOpen() ? null : NOON.plusSeconds(9),
                verdict.isOpen() ? null : NOON,
                verdict,
                List.of(new Pause("CITIZEN_INFO", NOON, verdict == Verdict.PAUSED ? null : NOON.plusSeconds(1))),
                Duration.ofSeconds(90),
                verdict.isOpen() ? null : Duration.ofSeconds(5),
                List.of(NOON, NOON.plusSeconds(1), NOON.plusSeconds(2)),
                true,
                "a");
    }

    private static Cycle cycle(int number, Outcome outcome, Clock resolution) {
        return new Cycle(
                number,
                NOON,
                number > 1,
                NOON.plusSeconds(9),
                NOON.plusSeconds(20),
                outcome,
                true,
                resolution,
                new Accountability(
                        "a", true, "menteng", "desk", List.of(new Share("a", 750_000), new Share("b", 250_000))),
                "a",
                "b",
                NOON,
                4);
    }

    /** Also what no one case can be at once. */
    private static CaseView full() {
        return new CaseView(
                CaseEvent.caseIdOf("qlue", "JKT-1"),
                "qlue",
                "JKT-1",
                "jalan rusak",
                "menteng",
                Placing.NEAREST,
                "dinas-bina-marga",
                NOON,
                NOON.plusSeconds(1),
                Progress.CLOSED,
                List.of(
                        cycle(1, Outcome.FIXED, clock(Target.RESOLUTION, 1, Verdict.MISSED_LATE, 3)),
                        cycle(2, Outcome.UNABLE, clock(Target.RESOLUTION, 2, Verdict.MET, 30))),
                List.of(new Visit(
                        1,
                        "a",
                        NOON,
                        NOON.plusSeconds(7),
                        Entry.ACCEPTED,
                        1,
                        NOON.plusSeconds(9),
                        End.CLOSED,
                        NOON.plusSeconds(8),
                        Duration.ofSeconds(2))),
                List.of(new Handover(1, NOON, "a", "b")),
                List.of(new Return(1, NOON, "a", "b", true)),
                List.of(new Offer(1, "a", "b", NOON, true, NOON, Decision.ACCEPTED, Duration.ZERO, true)),
                List.of(new Claim(1, NOON, "a", NOON, NOON, true, true, List.of("0a"))),
                List.of(new Wait("CITIZEN_INFO", NOON, NOON)),
                List.of(new Span(NOON, NOON)),
                true,
                "b",
                "c",
                "b",
                Attribution.SHARE,
                List.of(
                        clock(Target.FIRST_RESPONSE, 1, Verdict.MISSED_OPEN, 3),
                        clock(Target.UPDATE, 1, Verdict.RUNNING, 50),
                        clock(Target.DWELL, 2, Verdict.RUNNING, 40),
                        clock(Target.VALIDATION, 2, Verdict.PAUSED, 10)),
                List.of(new Contest("RESOLUTION", 1, "a", NOON, NOON, true, "SK-1")),
                2,
                NOON,
                2,
                Set.of("twitter:1", "lapor:2"),
                "qlue:3",
                NOON,
                List.of(DAY),
                List.of(new Arrival(NOON, Duration.ZERO)),
                List.of(new Span(NOON, null)),
                EnumSet.allOf(Anomaly.class),
                12,
                3,
                NOON.plusSeconds(60),
                MIDNIGHT,
                ZONE,
                "jakarta-2017-11");
    }

    private static CaseView minimal() {
        return minimal(new Clock(
                Target.RESOLUTION,
                1,
                1,
                null,
                "jakarta-2017-11",
                null,
                NOON,
                null,
                null,
                null,
                Verdict.NOT_APPLICABLE,
                List.of(),
                null,
                null,
                List.of(),
                false,
                "desk"));
    }

    /** An open case of which little is known, with a resolution clock. */
    private static CaseView minimal(Clock resolution) {
        Cycle only = new Cycle(
                1,
                NOON,
                false,
                null,
                null,
                null,
                true,
                resolution,
                new Accountability(
                        "desk", false, Accountability.UNLOCATED, "desk", List.of(new Share("desk", Share.WHOLE))),
                "desk",
                "desk",
                null,
                null);
        return new CaseView(
                "qlue:2",
                "qlue",
                "2",
                null,
                null,
                null,
                null,
                NOON,
                null,
                Progress.SUBMITTED,
                List.of(only),
                List.of(new Visit(1, "desk", null, NOON, Entry.SUBMITTED, 0, null, null, null, Duration.ZERO)),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                null,
                "desk",
                null,
                "desk",
                Attribution.CRM,
                List.of(),
                List.of(),
                0,
                null,
                null,
                Set.of(),
                null,
                NOON,
                List.of(DAY),
                List.of(),
                List.of(),
                Set.of(),
                1,
                0,
                NOON.plusSeconds(60),
                MIDNIGHT,
                ZONE,
                "jakarta-2017-11");
    }

    private static Problem problem() {
        Report root = new Report(
                "qlue:1",
                "qlue",
                "jalan rusak",
                "menteng",
                NOON,
                null,
                null,
                null,
                List.of(new Stop(NOON.plusSeconds(50), NOON.plusSeconds(60), Outcome.FIXED, "a", true, null)),
                NOON.plusSeconds(60),
                Outcome.FIXED,
                "a",
                NOON.plusSeconds(90));
        return requireNonNull(Problem.of("qlue:1", root, List.of(merged("jaki:2", "qlue:1", 10))));
    }

    private static Problem unseenProblem(int reports) {
        List<Report> merged = new ArrayList<>();
        for (int i = 0; i < reports; i++) {
            merged.add(merged("jaki:" + (1_000_000 + i), "crm:9", i));
        }
        return requireNonNull(Problem.of("crm:9", null, merged));
    }

    private static Report merged(String caseId, String into, long seconds) {
        return new Report(
                caseId,
                "jaki",
                null,
                null,
                NOON.plusSeconds(seconds),
                null,
                into,
                NOON.plusSeconds(seconds + 1),
                List.of(),
                NOON.plusSeconds(seconds + 1),
                Outcome.DUPLICATE,
                "a",
                NOON.plusSeconds(90));
    }

    private static Cell cell(String unit) {
        return new Cell(Role.TERRITORY, Rule.CROP, unit, "qlue", "jalan rusak", DAY);
    }

    /** Something in every place that a count has, and of a histogram in some. */
    private static Tally everything() {
        Tally.Builder tally = new Tally.Builder();
        for (Count count : Count.values()) {
            switch (count.index()) {
                case OUTCOME_AND_BIN, END_AND_BIN -> tally.add(count, 30, 5).add(count, 4 * AgeBins.COUNT + 30, 5);
                case BIN -> tally.add(count, 3, 2).add(count, AgeBins.OVERFLOW, 2);
                case HOUR -> tally.add(count, 12, 4);
                case EPOCH_DAY -> tally.add(count, Math.toIntExact(DAY - 9), 7);
                default -> {
                    for (int place = 0; place < 10; place++) {
                        if (isPlace(count, place)) {
                            tally.add(count, place, 7);
                        }
                    }
                }
            }
        }
        return tally.build();
    }

    private static boolean isPlace(Count count, int place) {
        try {
            return !count.label(place).isEmpty()
                    && (place > 0 || count.index() != Index.STARS)
                    && (place < 6 || count.index() != Index.STARS)
                    && (place == 0 || count.index() != Index.NONE);
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException none) {
            return false;
        }
    }

    private static Responsiveness figures(Tally tally) {
        Instant dayStart = MIDNIGHT.minus(Duration.ofDays(3));
        Day day = new Day(DAY - 3, dayStart, dayStart.plus(Duration.ofDays(1)));
        Day last = new Day(DAY, MIDNIGHT, MIDNIGHT.plus(Duration.ofDays(1)));
        return Responsiveness.of(
                tally.at(day, MIDNIGHT.plus(Duration.ofDays(40))),
                new Stock(Tally.ZERO, day),
                new Stock(tally, last),
                tally);
    }

    private static Slice pair() {
        return new Slice(Role.HOLDER, Rule.CRM, "a", null, null, "b");
    }

    private static Responsiveness nothing() {
        Stock none = new Stock(Tally.ZERO, new Day(DAY, MIDNIGHT, MIDNIGHT));
        return Responsiveness.of(new Snapshot(), none, none, Tally.ZERO);
    }

    private static Slice slice(String unit) {
        return new Slice(Role.TERRITORY, Rule.CROP, unit, null, null);
    }

    private static DeadLetter letter() {
        return new DeadLetter(
                DeadLetter.Stage.REPLAY,
                "malformed.csv",
                "The row has 3 columns, not 29: mend the row and replay it.",
                "311-2011.csv:12",
                "a,b,c".getBytes(StandardCharsets.UTF_8),
                NOON);
    }

    /** Everything of a kind that can be rendered: with all there can be, and with the least. */
    private static List<Rendered> rendered(Kind kind, DocumentWriter writer) {
        return switch (kind) {
            case CASE ->
                List.of(
                        writer.ofCase(full(), NOON, REFERENCE, 1),
                        writer.ofCase(minimal(), null, REFERENCE, 2),
                        writer.ofCase(minimal(clock(Target.RESOLUTION, 1, Verdict.PAUSED, 30)), null, REFERENCE, 3));
            case VISIT ->
                List.of(
                        writer.ofVisit(full(), full().visits().get(0), REFERENCE, 1),
                        writer.ofVisit(
                                full(),
                                new Visit(
                                        2,
                                        "b",
                                        null,
                                        MIDNIGHT.minusSeconds(99),
                                        Entry.ASSIGNED,
                                        0,
                                        MIDNIGHT.minusSeconds(9),
                                        End.CLOSED,
                                        MIDNIGHT.minusSeconds(50),
                                        Duration.ofSeconds(60)),
                                REFERENCE,
                                1),
                        writer.ofVisit(minimal(), minimal().visits().get(0), REFERENCE, 2),
                        writer.retractedVisit("qlue:2", 1, NOON, 3));
            case ALERT ->
                Examples.alerts().stream()
                        .filter(alert -> alert.matter() != null)
                        .map(alert -> new Rendered(writer.ofAlert(alert, REFERENCE, 1), 0))
                        .toList();
            case DELIVERY ->
                Examples.parcels().stream()
                        .map(parcel -> new Rendered(writer.ofDelivery(parcel, Delivery.WAITING, 1), 0))
                        .toList();
            case CELL ->
                List.of(
                        writer.ofCell(cell("menteng"), everything(), 1),
                        writer.ofCell(
                                new Cell(Role.HOLDER, Rule.CRM, "a", "qlue", "jalan rusak", DAY, "b"), Tally.ZERO, 2));
            case RESPONSIVENESS ->
                List.of(
                        row(writer, slice("menteng"), figures(everything())),
                        row(writer, new Slice(Role.HOLDER, Rule.CRM, "unknown", "qlue", null), nothing()),
                        row(writer, new Slice(Role.HOLDER, Rule.CRM, "jakarta", null, "roads"), nothing()),
                        row(
                                writer,
                                Slice.ofChannel("qlue"),
                                Responsiveness.ofChannel(everything()
                                        .at(new Day(DAY, MIDNIGHT, MIDNIGHT.plus(Duration.ofDays(1))), NOON))),
                        writer.ofRow(
                                slice("menteng"),
                                Window.MONTH,
                                DAY,
                                figures(everything()),
                                REFERENCE,
                                LocalDate.of(2017, 1, 1),
                                NOON,
                                MIDNIGHT,
                                1));
            case PAIR ->
                List.of(
                        row(
                                writer,
                                pair(),
                                Responsiveness.ofPair(everything()
                                        .at(new Day(DAY, MIDNIGHT, MIDNIGHT.plus(Duration.ofDays(1))), MIDNIGHT))),
                        writer.ofRow(
                                pair(),
                                Window.MONTH,
                                DAY,
                                Responsiveness.ofPair(new Snapshot()),
                                REFERENCE,
                                LocalDate.of(2017, 1, 1),
                                NOON,
                                MIDNIGHT,
                                1),
                        writer.retractedRow(pair(), Window.MONTH, DAY, NOON, 2));
            case RESTATEMENT ->
                List.of(
                        writer.ofRestatement(
                                pair(),
                                Window.MONTH,
                                Window.MONTH.startOf(DAY),
                                new Restatement(1, NOON, List.of(new Restated("counts.hops", 1L, 2L)), Causes.NONE),
                                REFERENCE,
                                NOON,
                                1),
                        writer.ofRestatement(
                                slice("menteng"),
                                Window.WEEK,
                                Window.WEEK.startOf(DAY),
                                new Restatement(
                                        2,
                                        NOON,
                                        List.of(
                                                new Restated("counts.closed", 3L, 4L),
                                                new Restated("counts.closed_fixed", null, 1L),
                                                new Restated("shares.on_time", .5, .25),
                                                new Restated("times.close_p50_hours", 22, null)),
                                        new Causes(
                                                List.of(
                                                        new Cause(
                                                                "qlue:1",
                                                                List.of("0a", "0b"),
                                                                7,
                                                                List.of("jakarta-2017-12"),
                                                                3),
                                                        Cause.declared(Examples.declarations()
                                                                .get(0))),
                                                5)),
                                REFERENCE,
                                NOON,
                                1),
                        writer.ofRestatement(
                                new Slice(Role.HOLDER, Rule.CRM, "unknown", "qlue", null),
                                Window.MONTH,
                                Window.MONTH.startOf(DAY),
                                new Restatement(1, NOON, List.of(new Restated("counts.open", 1L, null)), Causes.NONE),
                                REFERENCE,
                                NOON,
                                1));
            case STANDING -> {
                List<Document> standings = new ArrayList<>(writer.ofStandings(Standings.published(Window.MONTH)));
                standings.addAll(writer.ofStandings(Standings.published(null)));
                standings.add(writer.retractedStanding(
                        Standings.published(Window.MONTH), Answer.under(Rule.CRM, "gone"), "kecamatan"));
                yield standings.stream().map(one -> new Rendered(one, 0)).toList();
            }
            case PROBLEM ->
                List.of(
                        writer.ofProblem(problem(), 1),
                        writer.ofProblem(unseenProblem(1), 2),
                        writer.retractedProblem("qlue:3", 3));
            case DEAD_LETTER -> List.of(writer.ofDeadLetter(letter(), 1));
            case FEED ->
                List.of(writer.ofFeed(new FeedStatus("qlue", NOON, Duration.ofHours(6), NOON), NOON.plusSeconds(1), 1));
        };
    }

    private static Rendered row(DocumentWriter writer, Slice slice, Responsiveness figures) {
        return writer.ofRow(slice, Window.DAY, DAY, figures, REFERENCE, null, NOON, MIDNIGHT, 1);
    }

    private static ObjectNode parsed(Rendered rendered) {
        return (ObjectNode) Templates.parse(rendered.document());
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void everyFieldIsInTheTemplateOfItsKind(Kind kind) {
        for (Rendered rendered : rendered(kind, documents)) {
            assertThat(rendered.document().kind()).isEqualTo(kind);
            assertThat(Templates.unmapped(kind, parsed(rendered)))
                    .as("%s, which %s refuses", rendered.document().id(), kind)
                    .isEmpty();
        }
    }

    @Test
    void whatIsDueAndWhatWasMissedStandsInFieldsThatCanBeSearched() {
        ObjectNode seen = parsed(documents.ofCase(full(), null, REFERENCE, 1));
        assertThat(texts(seen, "missed_targets")).containsExactly("RESOLUTION", "FIRST_RESPONSE");
        assertThat(texts(seen, "overdue_targets")).containsExactly("FIRST_RESPONSE");
        assertThat(seen.path("next_due_target").asText())
                .as("of those that run the earliest")
                .isEqualTo("DWELL");
        assertThat(seen.path("next_due_at").asText())
                .isEqualTo(NOON.plusSeconds(40).toString());
        assertThat(seen.path("citizen_seconds").asLong()).isEqualTo(20);
        assertThat(seen.path("accountable_seconds").asLong())
                .as("without its pauses")
                .isEqualTo(5);
        assertThat(seen.path("contested").asBoolean()).isTrue();
        List<String> clocks = new ArrayList<>();
        seen.path("clocks")
                .forEach(clock -> clocks.add(
                        clock.path("cycle").asInt() + " " + clock.path("target").asText()));
        assertThat(clocks)
                .containsExactly(
                        "1 RESOLUTION", "1 FIRST_RESPONSE", "1 UPDATE", "2 RESOLUTION", "2 VALIDATION", "2 DWELL");

        ObjectNode open = parsed(documents.ofCase(minimal(), null, REFERENCE, 1));
        assertThat(open.has("citizen_seconds")).isFalse();
        assertThat(open.has("accountable_seconds")).isFalse();
        assertThat(open.has("missed_targets")).isFalse();
        assertThat(open.has("next_due_at")).isFalse();
        assertThat(open.path("contested").asBoolean()).isFalse();
    }

    @Test
    void aCaseThatIsKnownOnlyBecauseItWasOpenSaysSinceWhen() {
        assertThat(parsed(documents.ofCase(full(), NOON, REFERENCE, 1))
                        .path("observed_from")
                        .asText())
                .isEqualTo(NOON.plusSeconds(1).toString());
        assertThat(parsed(documents.ofCase(minimal(), NOON, REFERENCE, 1)).has("observed_from"))
                .isFalse();
    }

    @Test
    void aCaseThatWaitsSaysForWhat() {
        ObjectNode waiting =
                parsed(documents.ofCase(minimal(clock(Target.RESOLUTION, 1, Verdict.PAUSED, 30)), null, REFERENCE, 1));
        assertThat(waiting.path("paused_for").asText()).isEqualTo("CITIZEN_INFO");
        assertThat(waiting.path("threshold").asInt()).isEqualTo(90);
        assertThat(waiting.path("provisional").asBoolean()).isTrue();
        assertThat(waiting.has("next_due_at"))
                .as("nothing is due while it stands still")
                .isFalse();
    }

    @Test
    void everyRuleNamesWhoIsCharged() {
        ObjectNode seen = parsed(documents.ofCase(full(), null, REFERENCE, 1));
        assertThat(seen.path("territory_name").asText()).isEqualTo("Menteng");
        assertThat(seen.path("holder_name").asText())
                .as("the id of a unit that no pack lists")
                .isEqualTo("b");
        assertThat(seen.path("charged").asText()).isEqualTo("a");
        assertThat(seen.path("charged_crop").asText()).isEqualTo("menteng");
        assertThat(seen.path("charged_origin").asText()).isEqualTo("desk");
        assertThat(seen.path("inherited").asBoolean()).isTrue();
        assertThat(seen.path("shares").toString())
                .isEqualTo("[{\"unit\":\"a\",\"parts_per_million\":750000},"
                        + "{\"unit\":\"b\",\"parts_per_million\":250000}]");
        assertThat(seen.path("attribution").asText()).isEqualTo("SHARE");
        assertThat(texts(seen, "charged_in_force")).containsExactly("a", "b");
    }

    private static List<String> texts(JsonNode document, String field) {
        List<String> texts = new ArrayList<>();
        document.path(field).forEach(text -> texts.add(text.asText()));
        return texts;
    }

    @Test
    void aProblemSaysHowLongItWasOneAndHowLongThoseWaitedWhoReportedIt() {
        ObjectNode problem = parsed(documents.ofProblem(problem(), 1));
        assertThat(problem.path("reports").asInt()).isEqualTo(2);
        assertThat(problem.path("citizen_seconds").asLong()).isEqualTo(60);
        assertThat(problem.path("report_seconds").asLong()).isEqualTo(60 + 50);
        assertThat(texts(problem, "cases")).containsExactly("qlue:1", "jaki:2");
        ObjectNode open = parsed(documents.ofProblem(unseenProblem(1), 1));
        assertThat(open.path("open").asBoolean()).isTrue();
        assertThat(open.has("ended_at")).isFalse();
        assertThat(open.has("report_seconds")).isFalse();
    }

    @Test
    void aProblemThatIsReportedByEverybodyCountsAllAndNamesTheFirst() {
        ObjectNode flood = parsed(documents.ofProblem(unseenProblem(3_000), 1));
        assertThat(flood.path("reports").asInt()).isEqualTo(3_000);
        assertThat(flood.path("cases")).hasSize(1_000);
        assertThat(flood.path("waits")).hasSize(1_000);
        assertThat(flood.toString().length()).isLessThan(150_000);
    }

    @Test
    void aFieldThatNoTemplateKnowsIsFound() {
        ObjectNode source = parsed(documents.ofCase(full(), null, REFERENCE, 1));
        ((ObjectNode) source.path("shares").get(1)).put("unit", 7).put("colour", "red");
        assertThat(Templates.unmapped(Kind.CASE, source)).as("in an array").hasSize(2);
        source.remove("shares");
        source.put("colour", "red");
        source.put("cycle", "two");
        assertThat(Templates.unmapped(Kind.CASE, source)).hasSize(2);

        ObjectNode row = parsed(rendered(Kind.RESPONSIVENESS, documents).get(0));
        row.putObject("shares").put("on_time", "high");
        assertThat(Templates.unmapped(Kind.RESPONSIVENESS, row)).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void everyFieldOfATemplateIsWritten(Kind kind) {
        Set<String> written = new TreeSet<>(Set.of("retracted"));
        rendered(kind, documents)
                .forEach(rendered -> parsed(rendered).fieldNames().forEachRemaining(written::add));
        Set<String> mapped = new HashSet<>();
        Templates.mappings(kind).path("properties").fieldNames().forEachRemaining(mapped::add);
        assertThat(written).as("the richest documents hold every field").containsExactlyInAnyOrderElementsOf(mapped);
    }

    @Test
    void namesOfCountsAreAContract() throws IOException {
        ObjectNode cell = parsed(documents.ofCell(cell("menteng"), everything(), 1));
        Set<String> names = new TreeSet<>();
        names(cell.path("counts")).forEach(name -> names.add("counts." + name));
        names(cell.path("histograms")).forEach(name -> names.add("histograms." + name));
        if (Boolean.getBoolean("golden.update")) {
            Files.write(CELL_NAMES, names);
        }
        assertThat(Files.readAllLines(CELL_NAMES))
                .as("what dashboards and exports ask for by name; a new count is added with -Dgolden.update=true")
                .containsExactlyElementsOf(names);
    }

    @Test
    void theTemplateOfCellsHasEveryCount() {
        ObjectNode cell = parsed(documents.ofCell(cell("menteng"), everything(), 1));
        assertThat(names(mapped(Kind.CELL, "counts"))).isEqualTo(names(cell.path("counts")));
    }

    @Test
    void rowsHaveWhatTheCatalogueNamesAndNothingElse() {
        Map<Kind, In> kinds = Map.of(Kind.RESPONSIVENESS, In.ROWS, Kind.PAIR, In.PAIRS);
        kinds.forEach((kind, in) -> {
            Set<String> named = new TreeSet<>();
            for (Measure measure : Measure.values()) {
                if (measure.in() == in) {
                    named.addAll(measure.fields());
                }
            }
            Set<String> mapped = new TreeSet<>();
            for (String group : List.of("counts", "shares", "times", "ratios", "seconds")) {
                names(mapped(kind, group)).forEach(name -> mapped.add(group + "." + withoutLimit(name)));
            }
            assertThat(mapped).isEqualTo(named);
            assertThat(names(mapped(kind, "times_state")))
                    .allMatch(time -> named.contains("times." + time) || named.contains("shares." + time));
        });
    }

    private static JsonNode mapped(Kind kind, String group) {
        return Templates.mappings(kind).path("properties").path(group).path("properties");
    }

    private static String withoutLimit(String name) {
        return name.replaceFirst("_(low|high)$", "");
    }

    private static Set<String> names(JsonNode object) {
        Set<String> names = new TreeSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void onlyTheProvenanceDiffersBetweenRuns(Kind kind) {
        List<Rendered> now = rendered(kind, documents);
        List<Rendered> later = rendered(kind, new DocumentWriter(() -> 1_700_000_000_000_000L));
        for (int i = 0; i < now.size(); i++) {
            String one = text(now.get(i));
            String other = text(later.get(i));
            assertThat(one).isNotEqualTo(other);
            assertThat(withoutProvenance(one)).isEqualTo(withoutProvenance(other));
            assertThat(later.get(i).content()).isEqualTo(now.get(i).content());
            assertThat(later.get(i).document().id())
                    .isEqualTo(now.get(i).document().id());
        }
    }

    private static String text(Rendered rendered) {
        return new String(rendered.document().source(), StandardCharsets.UTF_8);
    }

    /** It comes last. */
    private static String withoutProvenance(String source) {
        return source.substring(0, source.indexOf(",\"provenance\":{"));
    }

    @Test
    void theSameDeadLetterReadElsewhereDiffersInItsProvenanceAlone() {
        DeadLetter here = letter();
        DeadLetter there = new DeadLetter(
                here.stage(), here.reason(), "Told otherwise.", "case-events-3@99", here.bytes(), NOON.plusSeconds(1));
        Rendered one = documents.ofDeadLetter(here, 1);
        Rendered other = documents.ofDeadLetter(there, 1);
        assertThat(other.document().id()).isEqualTo(one.document().id());
        assertThat(withoutProvenance(text(other))).isEqualTo(withoutProvenance(text(one)));
    }

    @Test
    void theBytesOfADeadLetterAreNotShown() {
        DeadLetter letter = new DeadLetter(
                DeadLetter.Stage.DECODE, "malformed.avro", "m", "o", "SECRET".getBytes(StandardCharsets.UTF_8), NOON);
        assertThat(text(documents.ofDeadLetter(letter, 1)))
                .doesNotContain("SECRET")
                .contains("\"bytes_size\":6");
    }

    @Test
    void theAsOfAloneNeedsNoNewVersion() {
        CaseView view = full();
        Rendered rendered = documents.ofCase(view, NOON, REFERENCE, 1);
        assertThat(documents.ofCase(view, NOON.plusSeconds(1), REFERENCE, 2).content())
                .isEqualTo(rendered.content());
        assertThat(documents.ofCase(minimal(), NOON, REFERENCE, 2).content()).isNotEqualTo(rendered.content());
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void noFieldCanHoldWhatAPersonWrote(Kind kind) {
        Set<String> fields = new TreeSet<>();
        rendered(kind, documents).forEach(rendered -> collectNames("", parsed(rendered), fields));
        // A unit's name is the city's, a dead letter's message holds no text of the record, and a clock is a number.
        Set<String> allowed = Set.of(
                "unit_name",
                "counterpart_name",
                "territory_name",
                "holder_name",
                "offered_to_name",
                "charged_name",
                "provenance.message",
                "citizen_seconds");
        assertThat(fields).filteredOn(field -> !allowed.contains(field)).noneMatch(field -> {
            String name = field.substring(field.lastIndexOf('.') + 1);
            return PERSONAL.matcher(name).find();
        });
    }

    private static void collectNames(String prefix, JsonNode object, Set<String> names) {
        object.properties().forEach(field -> {
            names.add(prefix + field.getKey());
            for (JsonNode value : field.getValue().isArray() ? field.getValue() : List.of(field.getValue())) {
                collectNames(prefix + field.getKey() + ".", value, names);
            }
        });
    }

    @Test
    void noIdIsLongerThanElasticsearchTakes() {
        for (String longest :
                List.of("x".repeat(200), "é".repeat(200), "网".repeat(200), "𝄞".repeat(100), "|".repeat(200))) {
            Cell cell = new Cell(Role.TERRITORY, Rule.CROP, longest, longest, longest, DAY);
            Cell other = new Cell(Role.TERRITORY, Rule.CROP, longest, longest, longest, DAY + 1);
            List<Document> all = List.of(
                    documents.ofCell(cell, Tally.ZERO, 1).document(),
                    documents.ofCell(other, Tally.ZERO, 1).document(),
                    row(documents, slice(longest + longest), figures(everything()))
                            .document(),
                    documents
                            .retractedVisit("qlue:" + longest + longest, 1, NOON, 1)
                            .document(),
                    documents
                            .retractedVisit("qlue:" + longest + longest, 2, NOON, 1)
                            .document(),
                    documents.retractedProblem("qlue:" + longest + longest, 1).document());
            assertThat(all)
                    .allMatch(document -> document.id().getBytes(StandardCharsets.UTF_8).length <= 512)
                    .extracting(Document::id)
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void anIdThatFitsStaysReadable() {
        assertThat(documents.ofCell(cell("menteng"), everything(), 1).document().id())
                .isEqualTo("TERRITORY|CROP|menteng|qlue|jalan rusak|17475");
        String fits = "x".repeat(400);
        assertThat(documents.ofCell(cell(fits), everything(), 1).document().id())
                .contains(fits);
    }

    /** A name within a group that nothing writes would be a promise that nobody keeps. */
    @Test
    void everyFigureOfAStandingIsMappedAndEveryMappedOneIsWritten() {
        Set<String> written = new TreeSet<>();
        rendered(Kind.STANDING, documents).forEach(rendered -> collectNames("", parsed(rendered), written));
        Set<String> mapped = new TreeSet<>();
        Templates.mappings(Kind.STANDING).path("properties").properties().forEach(field -> field.getValue()
                .path("properties")
                .fieldNames()
                .forEachRemaining(name -> mapped.add(field.getKey() + "." + name)));
        assertThat(written).containsAll(mapped);
        Set<String> named = new TreeSet<>();
        for (Measure measure : Measure.values()) {
            named.addAll(measure.fields());
        }
        assertThat(mapped)
                .filteredOn(field -> !field.startsWith("band.") && !field.startsWith("rank_under."))
                .filteredOn(field ->
                        !Set.of("funnel.overdispersion", "rating.peers").contains(field))
                .allMatch(field -> named.contains(field.replaceFirst("_(low|high)$", "")));
    }

    @Test
    void aWholeTerritoryHasResidentsAndWhatItReceivedForThemAndAPlaceOnTheMap() {
        JsonNode row = parsed(row(documents, slice("menteng"), figures(everything())));
        assertThat(row.path("location").toString()).as("longitude first").isEqualTo("[106.83,-6.2]");
        assertThat(row.path("residents").asLong()).isEqualTo(70_000);
        assertThat(row.path("ratios").path("received_per_1000_residents").asDouble())
                .isEqualTo(row.path("counts").path("received").asLong() / 70.0);
        assertThat(parsed(row(documents, slice("jakarta"), nothing()))
                        .path("residents")
                        .asLong())
                .as("the sum of those below")
                .isEqualTo(70_000);
        for (Slice other : List.of(
                slice("unlisted"),
                new Slice(Role.TERRITORY, Rule.CROP, "menteng", "qlue", null),
                new Slice(Role.HOLDER, Rule.CRM, "menteng", null, null))) {
            JsonNode without = parsed(row(documents, other, figures(everything())));
            assertThat(without.has("residents")).isFalse();
            assertThat(without.has("location")).isFalse();
            assertThat(without.path("ratios").has("received_per_1000_residents"))
                    .isFalse();
        }
    }

    @Test
    void aStandingHasOneIdInEveryPublicationOfItsPeriodAndGivesWayToALaterAsOfAlone() {
        List<Document> month = documents.ofStandings(Standings.published(Window.MONTH));
        List<Document> rolling = documents.ofStandings(Standings.published(Window.ROLLING_30));
        List<Document> custom = documents.ofStandings(Standings.published(null));
        assertThat(month)
                .extracting(Document::id)
                .doesNotHaveDuplicates()
                .contains("HOLDER|CRM|menteng|*|*|MONTH|17471|kecamatan");
        assertThat(rolling).extracting(Document::id).contains("HOLDER|CRM|menteng|*|*|ROLLING_30|kecamatan");
        assertThat(custom).extracting(Document::id).contains("HOLDER|CRM|menteng|*|*|CUSTOM|17471|17501|kecamatan");
        assertThat(month).extracting(Document::version).containsOnly(Standings.AS_OF.toEpochMilli());
        assertThat(documents
                        .retractedStanding(
                                Standings.published(Window.MONTH), Answer.under(Rule.CRM, "menteng"), "kecamatan")
                        .id())
                .isEqualTo("HOLDER|CRM|menteng|*|*|MONTH|17471|kecamatan");
    }

    @Test
    void aUnitStandsUnderEveryRuleAtItsLevelWithTheRanksUnderTheOthers() {
        Document one = documents.ofStandings(Standings.published(Window.MONTH)).stream()
                .filter(document -> document.id().equals("HOLDER|CRM|menteng|*|*|MONTH|17471|kecamatan"))
                .findFirst()
                .orElseThrow();
        JsonNode source = Templates.parse(one);
        assertThat(source.path("n").asLong()).isEqualTo(40);
        assertThat(source.path("rank").path("met_ppm").asLong()).isEqualTo(32_000_000);
        assertThat(source.path("rank").path("share").asDouble()).isEqualTo(.8);
        assertThat(source.path("rank").path("place").asInt()).isEqualTo(1);
        assertThat(source.path("band").path("ranked").asInt()).isEqualTo(2);
        assertThat(names(source.path("rank_under"))).containsExactly("crm", "crop", "origin", "share");
        assertThat(source.path("sensitivity").path("places").asInt()).isEqualTo(1);
        assertThat(source.path("shares").path("coverage").asDouble()).isEqualTo(.5);
        assertThat(source.path("window_end").asText()).isEqualTo("2017-12-01");
        assertThat(source.path("unit_name").asText()).isEqualTo("Menteng");
    }

    @Test
    void versionsAreNeverBelowTheClockAndAlwaysRise() {
        EmissionClock stopped = () -> 100;
        assertThat(stopped.nextVersion(0)).isEqualTo(101);
        assertThat(stopped.nextVersion(101)).isEqualTo(102);
        assertThat(stopped.nextVersion(500)).isEqualTo(501);
    }
}
