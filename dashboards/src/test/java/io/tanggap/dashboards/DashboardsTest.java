package io.tanggap.dashboards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tanggap.dashboards.Board.Bucket;
import io.tanggap.dashboards.Board.Column;
import io.tanggap.dashboards.Board.Content;
import io.tanggap.dashboards.Board.Control;
import io.tanggap.dashboards.Board.Panel;
import io.tanggap.dashboards.Board.Place;
import io.tanggap.dashboards.Board.Rows;
import io.tanggap.dashboards.Board.Vega;
import io.tanggap.dashboards.Formula.Aggregation;
import io.tanggap.dashboards.Formula.Function;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the sources ask for exists, and what they become holds together. */
class DashboardsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Dashboards DASHBOARDS = new Dashboards();
    private static final Set<String> NUMBERS = Set.of("long", "integer", "double");
    private static final Set<String> VALUES = Set.of("keyword", "boolean", "long", "integer");
    private static final Pattern CONDITION = Pattern.compile("_exists_:([\\w.]+)|([\\w.]+):");

    static Stream<Board> boards() {
        return DASHBOARDS.boards().stream();
    }

    @ParameterizedTest
    @MethodSource("boards")
    void everyFieldIsInTheTemplateWithATypeThatFits(Board board) {
        board.controls().forEach(control -> hasType(board, "control", control.rows(), control.field(), VALUES));
        for (Panel panel : board.panels()) {
            Content content = panel.content();
            Rows rows = Board.rows(content);
            if (rows == null) {
                continue;
            }
            conditionHolds(board, panel.title(), rows, rows.condition());
            for (Bucket bucket : Board.buckets(content)) {
                hasType(
                        board,
                        panel.title(),
                        rows,
                        bucket.field(),
                        bucket.interval() == null ? VALUES : Set.of("date"));
            }
            for (Column column : Board.columns(content)) {
                for (Aggregation part : column.formula().aggregations()) {
                    if (part.field() != null) {
                        hasType(board, panel.title(), rows, part.field(), wanted(part.function(), column));
                    }
                    if (part.where() != null) {
                        conditionHolds(board, panel.title(), rows, part.where());
                    }
                }
            }
            if (content instanceof Vega vega) {
                for (String field : vega.fields()) {
                    assertThat(rows.view().fields().keySet())
                            .as("%s, %s", board.id(), panel.title())
                            .anyMatch(name -> name.equals(field) || name.startsWith(field + "."));
                }
            }
        }
    }

    private static Set<String> wanted(Function function, Column column) {
        if (column.format() == Board.Format.TIME) {
            return Set.of("date");
        }
        return function == Function.CARDINALITY ? VALUES : NUMBERS;
    }

    private static void conditionHolds(Board board, String panel, Rows rows, String condition) {
        Matcher asked = CONDITION.matcher(condition);
        Set<String> fields = new TreeSet<>();
        while (asked.find()) {
            fields.add(asked.group(1) == null ? asked.group(2) : asked.group(1));
        }
        for (String field : fields) {
            assertThat(rows.view().fields().get(field))
                    .as("type of %s, for %s, %s: %s", field, board.id(), panel, condition)
                    .isNotNull()
                    .isNotEqualTo(DataViews.KEPT);
        }
    }

    private static void hasType(Board board, String panel, Rows rows, String field, Set<String> types) {
        assertThat(types)
                .as("type of %s in %s, for %s, %s", field, rows.view().index(), board.id(), panel)
                .contains(String.valueOf(rows.view().fields().get(field)));
    }

    /** A filter by a field that an index has not finds nothing there: the panel would be empty and not say why. */
    @ParameterizedTest
    @MethodSource("boards")
    void everyControlFiltersEveryPanel(Board board) {
        for (Control control : board.controls()) {
            for (Panel panel : board.panels()) {
                Rows rows = Board.rows(panel.content());
                if (rows != null) {
                    assertThat(rows.view().fields())
                            .as("%s, %s", board.id(), panel.title())
                            .containsKey(control.field());
                }
            }
        }
    }

    /** Sums across roles or rules mean nothing, and rows of different windows are never one figure. */
    @ParameterizedTest
    @MethodSource("boards")
    void everyPanelFixesARoleARuleAndAGrain(Board board) {
        for (Panel panel : board.panels()) {
            Rows rows = Board.rows(panel.content());
            if (rows == null) {
                continue;
            }
            String condition = rows.condition();
            assertThat(condition).endsWith("NOT retracted:true");
            switch (rows.view().index()) {
                case "tanggap-cells" -> assertThat(condition).contains("role:");
                case "tanggap-responsiveness" -> {
                    assertThat(condition).contains("role:").contains("window:");
                    assertThat(condition)
                            .as("all or one channel, all or one group")
                            .matches(".*(role:CHANNEL|channel:ALL.*category_group:ALL).*");
                }
                case "tanggap-standings" ->
                    assertThat(condition).contains("rule:").contains("window:");
                case "tanggap-pairs" -> assertThat(condition).contains("window:");
                default -> {}
            }
        }
    }

    @ParameterizedTest
    @MethodSource("boards")
    void panelsDoNotLieOnEachOther(Board board) {
        Set<List<Integer>> taken = new HashSet<>();
        for (Panel panel : board.panels()) {
            Place place = panel.place();
            for (int x = place.x(); x < place.x() + place.width(); x++) {
                for (int y = place.y(); y < place.y() + place.height(); y++) {
                    assertThat(taken.add(List.of(x, y)))
                            .as("%s: %s lies on another panel at %d, %d", board.id(), panel.title(), x, y)
                            .isTrue();
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void everyTextIsSaidInEveryLanguage(Language language) {
        Texts texts = Dashboards.texts(language);
        SavedObjects compiler = new SavedObjects(DASHBOARDS.boards());
        DASHBOARDS.boards().forEach(board -> compiler.dashboard(board, texts, null));
        assertThat(texts.missing())
                .as("add them to texts.%s.yaml", language.code())
                .isEmpty();
        assertThat(texts.unused()).as("no dashboard says it: remove it").isEmpty();
    }

    /** Cut off by name, a unit's receiver of most hand-overs would be missing from a list of those with most. */
    @Test
    void everyDivisionOfATableThatIsNotGroupedIsCutOffByTheSortedFigure() {
        Board handovers = DASHBOARDS.boards().stream()
                .filter(board -> board.id().equals("tanggap-handovers"))
                .findFirst()
                .orElseThrow();
        Board.Table pairs = handovers.panels().stream()
                .filter(panel -> panel.title().equals("Pairs"))
                .map(panel -> (Board.Table) panel.content())
                .findFirst()
                .orElseThrow();
        JsonNode columns = Lens.table(pairs, Dashboards.texts(Language.ENGLISH))
                .at("/state/datasourceStates/formBased/layers")
                .findPath("columns");
        for (String division : List.of("by0", "by1")) {
            assertThat(columns.path(division).at("/params/orderBy/columnId").asText())
                    .isEqualTo("column0");
            assertThat(columns.path(division).at("/params/orderDirection").asText())
                    .isEqualTo("desc");
        }
    }

    /** Nobody may take the cases at the top for all there are, or ids of which the end is cut off for the same. */
    @Test
    void tablesOfTheDeskSayHowManyRowsTheyHaveAtMostAndShowWholeIds() {
        Board desk = DASHBOARDS.boards().stream()
                .filter(board -> board.id().equals("tanggap-desk"))
                .findFirst()
                .orElseThrow();
        List<Panel> tables = desk.panels().stream()
                .filter(panel -> panel.content() instanceof Board.Table)
                .toList();
        assertThat(tables).hasSize(4);
        for (Panel panel : tables) {
            Board.Table table = (Board.Table) panel.content();
            assertThat(panel.note()).contains(table.by().get(0).size() + " at most");
            assertThat(Lens.table(table, Dashboards.texts(Language.ENGLISH))
                            .at("/state/visualization/rowHeight")
                            .asText())
                    .isEqualTo("auto");
        }
    }

    @Test
    void idsAreUniqueAndReferencesResolve() throws Exception {
        List<ObjectNode> objects = DASHBOARDS.savedObjects(null);
        Set<String> ids = new HashSet<>();
        objects.forEach(object -> assertThat(ids.add(
                        object.path("type").asText() + " " + object.path("id").asText()))
                .as("%s is there once", object.path("id"))
                .isTrue());
        assertThat(objects).hasSizeGreaterThan(20);
        for (ObjectNode object : objects) {
            List<String> names = new ArrayList<>();
            for (JsonNode reference : object.path("references")) {
                assertThat(ids)
                        .contains(reference.path("type").asText() + " "
                                + reference.path("id").asText());
                names.add(reference.path("name").asText());
            }
            assertThat(names).doesNotHaveDuplicates();
            if (object.path("type").asText().equals("dashboard")) {
                assertThat(names).containsAll(neededBy(object));
            }
        }
    }

    /** The names under which the panels of a dashboard look for what they refer to. */
    private static List<String> neededBy(ObjectNode dashboard) throws Exception {
        List<String> needed = new ArrayList<>();
        for (JsonNode panel :
                JSON.readTree(dashboard.path("attributes").path("panelsJSON").asText())) {
            String id = panel.path("panelIndex").asText();
            JsonNode attributes = panel.path("embeddableConfig").path("attributes");
            attributes
                    .path("references")
                    .forEach(one -> needed.add(id + ":" + one.path("name").asText()));
            attributes
                    .path("links")
                    .forEach(one ->
                            needed.add(id + ":" + one.path("destinationRefName").asText()));
        }
        return needed;
    }

    @Test
    void aDeskReadsItsAliasesAloneAndNeedsNoOtherObject() throws Exception {
        Desk desk = new Desk("31.74.01.1001");
        List<ObjectNode> objects = DASHBOARDS.savedObjects(desk, null);
        assertThat(objects)
                .extracting(object -> object.path("id").asText())
                .containsExactly(
                        "tanggap-cases-of-31.74.01.1001",
                        "tanggap-alerts-of-31.74.01.1001",
                        "tanggap-of-31.74.01.1001-desk",
                        "tanggap-of-31.74.01.1001-desk-id");
        assertThat(objects.get(0).at("/attributes/title").asText()).isEqualTo(desk.cases());
        assertThat(objects.get(1).at("/attributes/title").asText()).isEqualTo(desk.alerts());
        for (String index : List.of("tanggap-cases", "tanggap-alerts")) {
            assertThat(DataViews.fields(index)).as("what its filter asks for").containsKey("units");
        }
        for (ObjectNode object : objects) {
            assertThat(object.path("references")).allSatisfy(reference -> assertThat(objects)
                    .extracting(one -> one.path("id").asText())
                    .contains(reference.path("id").asText()));
        }
        assertThat(objects.get(2).at("/attributes/title").asText()).isEqualTo("Tanggap · Overdue desk · 31.74.01.1001");
        assertThat(objects.get(3).at("/attributes/title").asText())
                .startsWith("Tanggap · Meja")
                .endsWith(" · 31.74.01.1001");
    }

    @Test
    void everyUnitHasNamesOfItsOwnThatServersTakeOrIsRefused() {
        assertThat(new Desk("BWSC").cases()).isEqualTo("tanggap-cases-of-_42_57_53_43");
        assertThat(new Desk("boston:a b").cases()).isEqualTo("tanggap-cases-of-boston_3aa_20b");
        assertThat(new Desk("a_3a").cases()).isNotEqualTo(new Desk("a:").cases());
        assertThat(new Desk("x-id").board()).isNotEqualTo(new Desk("x").board() + "-id");
        assertThat(new Desk("a\"b").filter()).isEqualTo("{\"term\":{\"units\":\"a\\\"b\"}}");
        for (String unit : List.of("", " a", "a ", "é", "a\nb", "x".repeat(65))) {
            assertThatThrownBy(() -> new Desk(unit))
                    .as(unit)
                    .hasMessageContaining("no desk can be made for the unit \"" + unit + "\"");
        }
    }

    @Test
    void everyRuleAsksForFieldsThatItsIndexHas() {
        assertThat(DASHBOARDS.rules()).isNotEmpty().allSatisfy(rule -> {
            Map<String, String> fields = rule.rows().view().fields();
            assertThat(fields).containsEntry(rule.time(), "date");
            if (rule.by() != null) {
                assertThat(fields).containsEntry(rule.by(), "keyword");
            }
        });
    }

    @Test
    void theTwoLanguagesDifferInTheirWordsAlone() {
        Map<Boolean, List<ObjectNode>> dashboards = DASHBOARDS.savedObjects(null).stream()
                .filter(object -> object.path("type").asText().equals("dashboard"))
                .collect(java.util.stream.Collectors.partitioningBy(
                        object -> object.path("id").asText().endsWith("-id")));
        assertThat(dashboards.get(true)).hasSameSizeAs(dashboards.get(false));
        assertThat(dashboards.get(true).get(0).toString())
                .contains("Selesai tepat waktu")
                .doesNotContain("Resolved on time");
        assertThat(dashboards.get(false).get(0).toString()).contains("Resolved on time");
    }

    @Test
    void dashboardsOfThePastOpenAtTheirTime() {
        JsonNode now = dashboard(null).path("attributes");
        assertThat(now.path("timeFrom").asText()).isEqualTo("now-90d/d");
        assertThat(now.path("timeTo").asText()).isEqualTo("now");
        JsonNode past = dashboard(Instant.parse("2017-12-01T00:00:00Z")).path("attributes");
        assertThat(past.path("timeFrom").asText()).isEqualTo("2017-09-02T00:00:00Z");
        assertThat(past.path("timeTo").asText()).isEqualTo("2017-12-01T00:00:00Z");
    }

    private static ObjectNode dashboard(Instant asOf) {
        return DASHBOARDS.savedObjects(asOf).stream()
                .filter(object -> object.path("id").asText().equals("tanggap-leadership"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void figuresAreWrittenWithTheirUnitsAndSayWhatTheyMean() throws Exception {
        ObjectNode view = DASHBOARDS.savedObjects(null).stream()
                .filter(object -> object.path("id").asText().equals("tanggap-figures"))
                .findFirst()
                .orElseThrow();
        JsonNode attributes = view.path("attributes");
        JsonNode formats = JSON.readTree(attributes.path("fieldFormatMap").asText());
        assertThat(formats.path("shares.on_time").path("id").asText()).isEqualTo("percent");
        assertThat(formats.path("times.lateness_p50_seconds").path("id").asText())
                .isEqualTo("duration");
        JsonNode words = JSON.readTree(attributes.path("fieldAttrs").asText());
        assertThat(words.path("shares.on_time_low").path("customDescription").asText())
                .startsWith("T3, ");
    }

    @Test
    void casesAndAlertsLeadToTheirExplanation() {
        String formats = new Dashboards("https://board.example.org/")
                .savedObjects(null).stream()
                        .filter(object -> object.path("id").asText().equals("tanggap-alerts"))
                        .findFirst()
                        .orElseThrow()
                        .at("/attributes/fieldFormatMap")
                        .asText();
        assertThat(formats)
                .contains("https://board.example.org/case?id={{value}}")
                .contains("https://board.example.org/case?alert={{value}}");
    }
}
