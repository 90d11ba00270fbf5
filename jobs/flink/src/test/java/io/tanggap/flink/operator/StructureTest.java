package io.tanggap.flink.operator;

import static io.tanggap.flink.operator.City.DAY;
import static io.tanggap.flink.operator.City.day;
import static io.tanggap.flink.operator.City.event;
import static io.tanggap.flink.operator.City.midnight;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tanggap.core.complaint.CaseEvent;
import io.tanggap.core.complaint.Outcome;
import io.tanggap.core.complaint.Payload.Closed;
import io.tanggap.core.complaint.Payload.LocationCorrected;
import io.tanggap.core.complaint.Payload.Submitted;
import io.tanggap.core.reference.ReferencePack;
import io.tanggap.core.reference.ReferencePack.Kind;
import io.tanggap.core.reference.ReferencePack.Unit;
import io.tanggap.core.reference.Validity;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Units that merge, split, close and are renamed on day 5 while they hold open cases. Day 0 is a Monday, 4 March 2024; all
 * of it is in one month.
 */
class StructureTest {
    private static final LocalDate CHANGE = LocalDate.ofEpochDay(day(5));
    private static final LocalDate SECOND_CHANGE = LocalDate.ofEpochDay(day(8));
    private static final Instant AS_OF = midnight(10);
    private static final int CASES = 18;
    private static final int OPEN = 12;
    private static final List<String> KOTA = List.of("north", "south");

    private static final ReferencePack PACK = new ReferencePack(
            "changing",
            Instant.EPOCH,
            "city",
            City.ZONE,
            Duration.ofDays(2),
            List.of(
                    unit("north", "kota", null, null, null, null),
                    unit("south", "kota", null, null, null, null),
                    unit("stays", "kelurahan", "north", null, null, null),
                    unit("merged-a", "kelurahan", "north", null, CHANGE, "merged"),
                    unit("merged-b", "kelurahan", "south", null, CHANGE, "merged"),
                    unit("merged", "kelurahan", "south", CHANGE, null, null),
                    unit("split", "kelurahan", "north", null, CHANGE, "split-seat"),
                    unit("split-seat", "kelurahan", "north", CHANGE, null, null),
                    unit("split-rest", "kelurahan", "south", CHANGE, null, null),
                    unit("closed", "kelurahan", "north", null, CHANGE, null),
                    unit("renamed", "kelurahan", "south", null, CHANGE, "renamed-once"),
                    unit("renamed-once", "kelurahan", "south", CHANGE, SECOND_CHANGE, "renamed-twice"),
                    unit("renamed-twice", "kelurahan", "south", SECOND_CHANGE, null, null)),
            List.of(),
            Map.of());

    private final TestClock clock = new TestClock();

    private static Unit unit(
            String id,
            String level,
            @Nullable String parent,
            @Nullable LocalDate from,
            @Nullable LocalDate to,
            @Nullable String successor) {
        return new Unit(
                id,
                Kind.TERRITORY,
                "Name of " + id,
                null,
                level,
                parent,
                new Validity(from, to),
                null,
                null,
                null,
                successor);
    }

    /** Two cases of every unit of the first day, one of which is closed after the change; one of every unit of the last. */
    private static List<CaseEvent> events() {
        List<CaseEvent> events = new ArrayList<>();
        for (String unit : List.of("stays", "merged-a", "merged-b", "split", "closed", "renamed")) {
            events.add(event("open in " + unit, DAY, new Submitted(null, unit, "desk", null)));
            events.add(event("closed in " + unit, DAY, new Submitted(null, unit, "desk", null)));
            events.add(event("closed in " + unit, 7 * DAY, new Closed(Outcome.FIXED)));
        }
        for (String unit : List.of("stays", "merged", "split-seat", "split-rest")) {
            events.add(event("new in " + unit, 6 * DAY, new Submitted(null, unit, "desk", null)));
        }
        events.add(event("new in renamed-once", 6 * DAY, new Submitted(null, "renamed-once", "desk", null)));
        events.add(event("new in renamed-twice", 9 * DAY, new Submitted(null, "renamed-twice", "desk", null)));
        return events;
    }

    private Map<String, JsonNode> territories(@Nullable LocalDate structure, List<CaseEvent> events) throws Exception {
        try (Pipeline pipeline = new Pipeline(Timing.replay(AS_OF, structure), clock, PACK)) {
            for (CaseEvent event : events) {
                pipeline.send(event);
            }
            pipeline.watermark(Harness.END);
            return territories(pipeline);
        }
    }

    /** The rows of the month where nothing is cut, by unit. */
    private static Map<String, JsonNode> territories(Pipeline pipeline) throws Exception {
        Map<String, JsonNode> rows = new TreeMap<>();
        for (Map.Entry<String, String> content : pipeline.contents().entrySet()) {
            JsonNode row = new ObjectMapper().readTree(content.getValue());
            if (content.getKey().startsWith("RESPONSIVENESS TERRITORY|")
                    && row.path("window").asText().equals("MONTH")
                    && row.path("channel").asText().equals("ALL")
                    && row.path("category_group").asText().equals("ALL")) {
                rows.put(row.path("unit").asText(), row);
            }
        }
        return rows;
    }

    private static Map<String, String> figures(Map<String, JsonNode> rows) {
        Map<String, String> figures = new TreeMap<>();
        rows.forEach((unit, row) ->
                figures.put(unit, count(row, "received") + " received, " + count(row, "open") + " open"));
        return figures;
    }

    private static long count(JsonNode row, String name) {
        return row.path("counts").path(name).asLong();
    }

    private static long sum(Map<String, JsonNode> rows, String count, Predicate<String> units) {
        return rows.entrySet().stream()
                .filter(row -> units.test(row.getKey()))
                .mapToLong(row -> count(row.getValue(), count))
                .sum();
    }

    /** Nothing is lost, and nothing is counted twice: at each level the units have all cases between them. */
    private static void assertEveryCaseIsVisible(Map<String, JsonNode> rows) {
        assertThat(count(rows.get("city"), "received")).isEqualTo(CASES);
        assertThat(count(rows.get("city"), "open")).isEqualTo(OPEN);
        for (Predicate<String> level :
                List.<Predicate<String>>of(KOTA::contains, unit -> !KOTA.contains(unit) && !unit.equals("city"))) {
            assertThat(sum(rows, "received", level)).isEqualTo(CASES);
            assertThat(sum(rows, "open", level)).isEqualTo(OPEN);
        }
    }

    @Test
    void bySubmissionDayEachUnitKeepsWhatItReceivedAndHasNotClosed() throws Exception {
        Map<String, JsonNode> rows = territories(null, events());

        assertEveryCaseIsVisible(rows);
        assertThat(figures(rows))
                .containsEntry("merged-a", "2 received, 1 open")
                .containsEntry("merged-b", "2 received, 1 open")
                .containsEntry("merged", "1 received, 1 open")
                .containsEntry("split", "2 received, 1 open")
                .containsEntry("closed", "2 received, 1 open")
                .containsEntry("renamed", "2 received, 1 open")
                .containsEntry("renamed-twice", "1 received, 1 open")
                .containsEntry("north", "10 received, 6 open")
                .containsEntry("south", "8 received, 6 open");
        assertThat(rows.get("closed").path("unit_name").asText()).isEqualTo("Name of closed");
        assertThat(rows.get("closed").path("level").asText()).isEqualTo("kelurahan");
        assertThat(rows.values()).noneMatch(row -> row.has("structure"));
    }

    @Test
    void onTheNewStructureSuccessorsHaveWhatTheirPredecessorsLeft() throws Exception {
        Map<String, JsonNode> rows = territories(LocalDate.ofEpochDay(day(10)), events());

        assertEveryCaseIsVisible(rows);
        assertThat(figures(rows))
                .isEqualTo(new TreeMap<>(Map.of(
                        "city", "18 received, 12 open",
                        "north", "8 received, 5 open",
                        "south", "10 received, 7 open",
                        "stays", "3 received, 2 open",
                        "merged", "5 received, 3 open",
                        "split-seat", "3 received, 2 open",
                        "split-rest", "1 received, 1 open",
                        "closed", "2 received, 1 open",
                        "renamed-twice", "4 received, 3 open")));
        assertThat(rows.get("closed").path("unit_name").asText()).isEqualTo("Name of closed");
        assertThat(rows.values()).allMatch(row -> row.path("structure").asText().equals("2024-03-14"));
    }

    @Test
    void onTheOldStructureUnitsToComeAreBelowTheirFirstParents() throws Exception {
        Map<String, JsonNode> rows = territories(LocalDate.ofEpochDay(day(0)), events());

        assertEveryCaseIsVisible(rows);
        assertThat(figures(rows)).isEqualTo(figures(territories(null, events())));
        assertThat(rows.get("merged").path("level").asText()).isEqualTo("kelurahan");
        assertThat(rows.get("merged").path("unit_name").asText()).isEqualTo("Name of merged");
    }

    @Test
    void onEveryStructureTheCityIsTheSame() throws Exception {
        String city = withoutStructure(territories(null, events()).get("city"));

        for (long day = 0; day <= 10; day++) {
            Map<String, JsonNode> rows = territories(LocalDate.ofEpochDay(day(day)), events());
            assertEveryCaseIsVisible(rows);
            assertThat(withoutStructure(rows.get("city"))).isEqualTo(city);
        }
    }

    private static String withoutStructure(JsonNode row) {
        return ((ObjectNode) row).without("structure").toString();
    }

    @Test
    void aCaseThatComesToAUnitFoundedAfterItsSubmissionIsInThatUnitsParentToo() throws Exception {
        List<CaseEvent> events = new ArrayList<>(events());
        events.add(event("open in split", 6 * DAY, new LocationCorrected("split-rest")));
        Map<String, JsonNode> rows = territories(null, events);

        assertEveryCaseIsVisible(rows);
        assertThat(figures(rows))
                .containsEntry("split", "1 received, 0 open")
                .containsEntry("split-rest", "2 received, 2 open")
                .containsEntry("south", "9 received, 7 open");
    }

    @Test
    void cellsStayByTheUnitAsItWas() throws Exception {
        try (Pipeline asItWas = new Pipeline(Timing.replay(AS_OF), clock, PACK);
                Pipeline redrawn = new Pipeline(Timing.replay(AS_OF, LocalDate.ofEpochDay(day(10))), clock, PACK)) {
            for (CaseEvent event : events()) {
                asItWas.send(event);
                redrawn.send(event);
            }
            asItWas.watermark(Harness.END);
            redrawn.watermark(Harness.END);
            assertThat(withoutRows(redrawn)).isEqualTo(withoutRows(asItWas));
        }
    }

    private static Map<String, String> withoutRows(Pipeline pipeline) {
        Map<String, String> contents = pipeline.contents();
        contents.keySet().removeIf(id -> id.startsWith("RESPONSIVENESS"));
        assertThat(contents.keySet()).anyMatch(id -> id.startsWith("CELL TERRITORY|CROP|merged-a"));
        return contents;
    }

    @Test
    void liveComesToTheSameWhileTheUnitsChange() throws Exception {
        List<CaseEvent> events = new ArrayList<>(events());
        events.sort(Comparator.comparing(CaseEvent::occurredAt));
        try (Pipeline pipeline = new Pipeline(Timing.live(), clock, PACK)) {
            for (CaseEvent event : events) {
                pipeline.watermark(event.occurredAt().toEpochMilli());
                pipeline.send(event);
            }
            pipeline.watermark(AS_OF.toEpochMilli());
            // After the moment of ageing.
            pipeline.watermark(AS_OF.plus(Duration.ofMinutes(10)).toEpochMilli());
            assertEveryCaseIsVisible(territories(pipeline));
            assertThat(figures(territories(pipeline))).isEqualTo(figures(territories(null, events)));
        }
    }

    @Test
    void liveHasNoStructureOfItsOwn() {
        assertThatThrownBy(() -> new Timing(null, CHANGE, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("submission");
    }
}
