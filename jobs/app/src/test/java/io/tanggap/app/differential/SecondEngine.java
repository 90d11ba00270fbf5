package io.tanggap.app.differential;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import io.tanggap.app.fixture.JobRun;
import io.tanggap.core.complaint.CaseEvent;
import io.tanggap.core.complaint.ChannelDeclaration;
import io.tanggap.core.reference.ReferencePack;
import io.tanggap.flink.io.CaseEventLog;
import io.tanggap.flink.io.ChannelDeclarations;
import io.tanggap.flink.io.PublishedPacks;
import io.tanggap.testkit.ElasticsearchQueries;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/**
 * DuckDB in memory. It is handed the events, the packs and the as-of of a run, computes every figure by the scripts beside
 * this class in the test resources, and is then handed the documents that the job wrote. What it computes with, it derives
 * itself: events and packs come over as they are, field by field, and no class of the product works for it.
 *
 * <p>A figure is added by a query: in the folder {@code figures} one that says what each case adds to a day's cells, in the
 * folders {@code cells} and {@code rows} one that says what a cell or a row shows. Its first lines, {@code -- Figures:}, name the fields of documents that
 * it answers for. A field that none answers for has to have a reason in {@code excused.csv}.
 */
final class SecondEngine implements AutoCloseable {
    private static final int SHOWN = 20;
    private static final String FIGURES = "-- Figures:";
    /** The counterpart where no pairs are counted. */
    private static final String NOBODY = "NOBODY";
    /** What pairs are not cut by. */
    private static final String ALL = "ALL";

    /** What says whose figures a document has, or when it was written, and is none. */
    private static final Set<String> NO_FIGURES = Set.of(
            "role",
            "rule",
            "unit",
            "counterpart",
            "channel",
            "category",
            "category_group",
            "window",
            "day",
            "window_start",
            "location",
            "provenance");

    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new SimpleModule()
                    .addSerializer(Instant.class, new Millis<>(Instant.class, Instant::toEpochMilli))
                    .addSerializer(Duration.class, new Millis<>(Duration.class, Duration::toMillis))
                    .addSerializer(LocalDate.class, ToStringSerializer.instance)
                    .addSerializer(ZoneId.class, ToStringSerializer.instance))
            .addMixIn(ReferencePack.class, WithoutLand.class)
            .build();

    /** Polygons and what channels call things decide what an event says, which is over before a figure begins. */
    @JsonIgnoreProperties({"territories", "labels"})
    private interface WithoutLand {}

    private static final class Millis<T> extends StdSerializer<T> {
        private final transient ToLongFunction<T> millis;

        Millis(Class<T> type, ToLongFunction<T> millis) {
            super(type);
            this.millis = millis;
        }

        @Override
        public void serialize(T value, JsonGenerator json, SerializerProvider provider) throws IOException {
            json.writeNumber(millis.applyAsLong(value));
        }
    }

    private interface Rows {
        void append(DuckDBAppender rows) throws SQLException;
    }

    private final DuckDBConnection duck;

    private SecondEngine(DuckDBConnection duck) {
        this.duck = duck;
    }

    /** An engine that knows what the job found in its topics: every event as often as it came. */
    static SecondEngine beside(JobRun job, Instant asOf) throws SQLException {
        List<CaseEvent> events = new ArrayList<>();
        try (CaseEventLog log = CaseEventLog.open(job.bootstrap())) {
            for (int partition : log.partitions()) {
                log.forEach(partition, events::add, read -> {});
            }
        }
        List<ChannelDeclaration> declarations = new ArrayList<>();
        ChannelDeclarations.forEach(job.bootstrap(), declarations::add);
        return of(PublishedPacks.in(job.bootstrap()), events, declarations, asOf);
    }

    /** An engine that knows what a run knew: the packs in the order of their publication, all else in any. */
    static SecondEngine of(
            List<ReferencePack> packs,
            Iterable<CaseEvent> events,
            Iterable<ChannelDeclaration> declarations,
            Instant asOf)
            throws SQLException {
        SecondEngine engine =
                new SecondEngine(DriverManager.getConnection("jdbc:duckdb:").unwrap(DuckDBConnection.class));
        ZoneId zone = packs.get(0).zone();
        LocalDate today = LocalDate.ofInstant(asOf, zone);
        engine.execute("SET TimeZone = '" + zone + "'");
        engine.execute("SET VARIABLE as_of = make_timestamptz(" + asOf.toEpochMilli() + " * 1000)");
        engine.execute("SET VARIABLE today = DATE '" + today + "'");
        engine.execute("SET VARIABLE midnight = getvariable('today')::TIMESTAMPTZ");
        engine.run("tables.sql");
        engine.append("published", rows -> {
            for (ReferencePack pack : packs) {
                rows.beginRow();
                rows.append(packs.indexOf(pack));
                rows.append(json(pack));
                rows.endRow();
            }
        });
        engine.append("arrivals", rows -> {
            for (CaseEvent event : events) {
                append(event, rows);
            }
        });
        engine.append("declarations", rows -> {
            for (ChannelDeclaration declaration : declarations) {
                rows.beginRow();
                rows.append(declaration.channel());
                rows.append(declaration.day());
                rows.append(declaration.events());
                rows.append(declaration.declaredAt().toEpochMilli());
                rows.endRow();
            }
        });
        engine.run("packs.sql");
        engine.run("events.sql");
        return engine;
    }

    private static void append(CaseEvent event, DuckDBAppender rows) throws SQLException {
        rows.beginRow();
        rows.append(event.eventId());
        rows.append(event.caseId());
        rows.append(event.channel());
        rows.append(event.type());
        rows.append(event.occurredAt().toEpochMilli());
        rows.append(event.ingestedAt().toEpochMilli());
        if (event.sourceSequence() == null) {
            rows.appendNull();
        } else {
            rows.append(event.sourceSequence().longValue());
        }
        rows.append(event.actor().name());
        rows.append(event.orgUnit());
        rows.append(event.visibility().name());
        rows.append(event.inferred());
        rows.append(event.timeNote().name());
        rows.append(json(event.payload()));
        rows.endRow();
    }

    private static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void append(String table, Rows content) throws SQLException {
        try (DuckDBAppender rows = duck.createAppender(DuckDBConnection.DEFAULT_SCHEMA, table)) {
            content.append(rows);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = duck.createStatement()) {
            statement.execute(sql);
        }
    }

    private static Path resource(String name) {
        URL found = requireNonNull(SecondEngine.class.getResource(name), () -> "there is no resource " + name);
        try {
            return Path.of(found.toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs a script: it turns what is there into tables that the figures are asked of. */
    void run(String script) throws SQLException {
        try {
            execute(text(resource(script)));
        } catch (SQLException e) {
            throw new SQLException(script + ": " + e.getMessage(), e);
        }
    }

    /** Computes every figure of the cells and rows from what the scripts have made of the events. */
    void compute() throws SQLException, IOException {
        for (String script : List.of("answers", "problems", "channels")) {
            run(script + ".sql");
        }
        queries("figures", "CELL", "facts");
        queries("cells", "CELL", "computed");
        for (String script : List.of("slices", "amounts", "curves", "horizons")) {
            run(script + ".sql");
        }
        queries("rows", "ROW", "computed");
    }

    private void queries(String folder, String document, String table) throws SQLException, IOException {
        List<Path> queries;
        try (Stream<Path> files = Files.list(resource(folder))) {
            queries = files.sorted().toList();
        }
        for (Path file : queries) {
            String sql = text(file);
            try {
                execute("INSERT INTO " + table + " BY NAME " + sql);
            } catch (SQLException e) {
                throw new SQLException(file.getFileName() + ": " + e.getMessage(), e);
            }
            List<String> figures = sql.lines()
                    .filter(line -> line.startsWith(FIGURES))
                    .flatMap(line -> Stream.of(line.substring(FIGURES.length()).split(",")))
                    .map(String::strip)
                    .filter(name -> !name.isEmpty())
                    .toList();
            assertThat(figures).as("what %s answers for", file.getFileName()).isNotEmpty();
            append("covered", rows -> {
                for (String figure : figures) {
                    rows.beginRow();
                    rows.append(document);
                    rows.append(figure);
                    rows.endRow();
                }
            });
        }
    }

    /** Takes over what the job wrote. */
    void read(ElasticsearchQueries elasticsearch) throws SQLException {
        for (String index : List.of("tanggap-cells", "tanggap-responsiveness", "tanggap-pairs")) {
            elasticsearch.refresh(index);
            read(each -> elasticsearch.forEach(index, (id, document) -> each.accept(document)));
        }
    }

    /** Takes over documents; one that is retracted says nothing. */
    void read(Consumer<Consumer<JsonNode>> documents) throws SQLException {
        append(
                "written",
                rows -> documents.accept(document -> {
                    if (!document.path("retracted").asBoolean()) {
                        new Written(document, rows).read();
                    }
                }));
    }

    /** A document, figure by figure. */
    private record Written(JsonNode document, DuckDBAppender rows) {

        void read() {
            add("document", JSON.getNodeFactory().numberNode(1));
            document.properties().forEach(field -> {
                boolean figure = field.getValue().isNumber() || field.getValue().isContainerNode();
                if (figure && !NO_FIGURES.contains(field.getKey())) {
                    read(field.getKey(), field.getValue());
                }
            });
        }

        private void read(String name, JsonNode value) {
            if (value.isObject()) {
                value.properties().forEach(field -> read(name + "." + field.getKey(), field.getValue()));
            } else if (value.isArray()) {
                // A histogram: pairs of a place and what is in it; or a curve: points by their age.
                value.forEach(one -> {
                    if (one.isArray()) {
                        add(name + "[" + one.get(0).asText() + "]", one.get(1));
                    } else {
                        read(name + "[" + one.get("hours").asText() + "]", one);
                    }
                });
            } else {
                add(name, value);
            }
        }

        private void add(String name, JsonNode value) {
            boolean cell = document.has("day");
            try {
                rows.beginRow();
                rows.append(document.get("role").asText());
                rows.append(document.get("rule").asText());
                rows.append(document.get("unit").asText());
                rows.append(document.path("counterpart").asText(NOBODY));
                rows.append(document.path("channel").asText(ALL));
                rows.append(document.path(cell ? "category" : "category_group").asText(ALL));
                rows.append(cell ? "CELL" : document.get("window").asText());
                rows.append(LocalDate.parse(
                        document.get(cell ? "day" : "window_start").asText()));
                rows.append(name);
                if (value.isIntegralNumber()) {
                    rows.append(value.asLong());
                } else {
                    rows.appendNull();
                }
                if (value.isFloatingPointNumber()) {
                    rows.append(value.asDouble());
                } else {
                    rows.appendNull();
                }
                rows.append(value.isNumber() ? null : value.asText());
                rows.endRow();
            } catch (SQLException e) {
                throw new IllegalStateException(document.toString(), e);
            }
        }
    }

    /** Fails unless both engines say the same of every field that a query answers for, and no other is without a reason. */
    void assertSame() throws SQLException {
        execute("INSERT INTO excused FROM read_csv('" + resource("excused.csv")
                + "', header = true, all_varchar = true)");
        run("names.sql");
        List<String> undecided = lines("undecided.sql", result -> result.getString("complaint"));
        assertThat(undecided).as("fields of documents that nobody decided on").isEmpty();
        long[] all = {0};
        List<String> differences = lines("differences.sql", result -> {
            all[0] = result.getLong("differences");
            return List.of("span", "role", "rule", "unit", "counterpart", "channel", "category", "day", "name").stream()
                            .map(column -> text(result, column))
                            .collect(Collectors.joining(" "))
                    + ": the job wrote " + result.getString("written") + ", the queries find "
                    + result.getString("computed");
        });
        assertThat(differences)
                .as(
                        "%d figures differ; the first:%n%s%n",
                        all[0], String.join("\n", differences.subList(0, Math.min(SHOWN, differences.size()))))
                .isEmpty();
    }

    private static @Nullable String text(ResultSet result, String column) {
        try {
            return result.getString(column);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private interface Line {
        String of(ResultSet result) throws SQLException;
    }

    private List<String> lines(String query, Line line) throws SQLException {
        List<String> lines = new ArrayList<>();
        try (Statement statement = duck.createStatement();
                ResultSet result = statement.executeQuery(text(resource(query)))) {
            while (result.next()) {
                lines.add(line.of(result));
            }
        }
        return lines;
    }

    /** The words that a query finds, each once. */
    Set<String> words(String query) throws SQLException {
        Set<String> words = new TreeSet<>();
        try (Statement statement = duck.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            while (result.next()) {
                words.add(result.getString(1));
            }
        }
        return words;
    }

    @Override
    public void close() throws SQLException {
        duck.close();
    }
}
