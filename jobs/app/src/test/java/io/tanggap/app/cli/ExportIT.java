package io.tanggap.app.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tanggap.core.complaint.Actor;
import io.tanggap.core.complaint.CaseEvent;
import io.tanggap.core.complaint.Payload;
import io.tanggap.core.complaint.PersonalData;
import io.tanggap.core.complaint.TimeNote;
import io.tanggap.core.complaint.Visibility;
import io.tanggap.core.reference.Category;
import io.tanggap.core.reference.ReferencePack;
import io.tanggap.flink.avro.PersonalDataCodec;
import io.tanggap.flink.io.EventPublisher;
import io.tanggap.flink.io.Topics;
import io.tanggap.reference.PackDirectory;
import io.tanggap.simulation.SeededCity;
import io.tanggap.testkit.EmbeddedServers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Releases of a seeded month, attacked: by whoever knows of a complaint, by whoever looks for persons, by whoever has two. */
@ExtendWith(EmbeddedServers.class)
class ExportIT {
    private static final long SEED = 11;
    private static final int CASES = 1_500;
    private static final SeededCity CITY = SeededCity.jakarta();
    private static final ReferencePack PACK =
            requireNonNull(PackDirectory.builtIn("jakarta").pack());
    private static final Instant AS_OF = SeededCity.DEFAULT_MONTH
            .plusMonths(1)
            .atDay(1)
            .atStartOfDay(CITY.referencePack().zone())
            .toInstant();

    /** What must be in no file. */
    private static final List<String> PERSONAL = List.of(
            "3174014107900003",
            "0812-3456-7890",
            "siti.aminah@example.org",
            "Siti Aminah",
            "Budi Santoso",
            "@sitiaminah");

    @RegisterExtension
    final Said said = new Said();

    @TempDir
    private Path directory;

    private String bootstrap = "";
    private final Set<String> numbers = new HashSet<>();

    @BeforeEach
    void live(EmbeddedServers servers) throws Exception {
        bootstrap = servers.kafka().bootstrapServers();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            admin.deleteTopics(admin.listTopics().names().get()).all().get();
            await().until(() -> admin.listTopics().names().get().isEmpty());
        }
        Topics.create(bootstrap, 2);
        List<CaseEvent> events = new ArrayList<>();
        CITY.generate(SEED, CASES, SeededCity.DEFAULT_MONTH, event -> events.add(inTheWordsOfThePack(event)));
        try (EventPublisher publisher = new EventPublisher(bootstrap)) {
            publisher.publish(PACK);
            events.forEach(publisher::publish);
            // Sources put persons where no person belongs.
            CaseEvent some = events.get(0);
            publisher.publish(like(some, "Siti Aminah", new Payload.HandoverOffered("Budi Santoso, 0812-3456-7890")));
            publisher.publish(like(some, null, new Payload.Categorised("siti.aminah@example.org @sitiaminah")));
            publisher.publish(like(some, null, new Payload.WaitStarted("menunggu 3174014107900003")));
            publisher.publish(like(some, null, new Payload.Reopened("Siti Aminah menelepon")));
            publisher.publish(like(some, null, new Payload.VerdictDecided("RESOLUTION", 1, true, "Budi Santoso")));
            publisher.heartbeat(AS_OF);
            publisher.flush();
        }
        events.stream().map(CaseEvent::sourceCaseId).forEach(numbers::add);
        write(
                events.get(0).caseId(),
                new PersonalData(
                        events.get(0).caseId(),
                        "f".repeat(32),
                        "Saya Bu Siti Aminah, NIK 3174014107900003,"
                                + " hubungi 0812-3456-7890 atau siti.aminah@example.org, Twitter @sitiaminah",
                        Map.of()));
        String erased = events.get(events.size() - 1).caseId();
        write(erased, new PersonalData(erased, null, "kata-kata yang dihapus", Map.of()));
        write(erased, null);
    }

    /** The seeded city has its own categories, of which none is sensitive. */
    private static CaseEvent inTheWordsOfThePack(CaseEvent event) {
        if (!(event.payload() instanceof Payload.Submitted told)) {
            return event;
        }
        List<Category> categories = PACK.categories();
        String category = categories
                .get(Math.floorMod(String.valueOf(told.category()).hashCode(), categories.size()))
                .id();
        return CaseEvent.of(
                event.channel(),
                event.sourceCaseId(),
                event.occurredAt(),
                event.ingestedAt(),
                event.sourceSequence(),
                event.actor(),
                event.orgUnit(),
                event.visibility(),
                event.inferred(),
                event.timeNote(),
                new Payload.Submitted(category, told.territory(), told.holder(), told.resolutionDeadline()));
    }

    private static CaseEvent like(CaseEvent some, @Nullable String unit, Payload payload) {
        Instant at = some.occurredAt().plusSeconds(30);
        return CaseEvent.of(
                some.channel(),
                some.sourceCaseId(),
                at,
                at,
                null,
                Actor.OFFICER,
                unit,
                Visibility.PUBLIC,
                false,
                TimeNote.EXACT,
                payload);
    }

    private void write(String caseId, @Nullable PersonalData data) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrap), new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(
                            Topics.CASE_PERSONAL,
                            caseId.getBytes(UTF_8),
                            data == null ? null : new PersonalDataCodec().encode(data)))
                    .get();
        }
    }

    private int export(String out, String... arguments) {
        List<String> line = new ArrayList<>(List.of(
                "export",
                "--bootstrap-servers",
                bootstrap,
                "--out",
                directory.resolve(out).toString()));
        line.addAll(List.of(arguments));
        said.reset();
        return Tanggap.execute(Terminal.system(), line.toArray(String[]::new));
    }

    private static SortedMap<String, String> files(Path release) throws IOException {
        SortedMap<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(release)) {
            all.filter(Files::isRegularFile).forEach(file -> {
                try {
                    files.put(release.relativize(file).toString(), Files.readString(file, ISO_8859_1));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
        return files;
    }

    /** The only value of a query over the files of a release. */
    private long number(String out, String query) throws SQLException {
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duck.createStatement();
                ResultSet result = statement.executeQuery(
                        query.replace("DIR", directory.resolve(out).toString()))) {
            result.next();
            return result.getLong(1);
        }
    }

    private Set<String> names(String out) throws SQLException {
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duck.createStatement();
                ResultSet result = statement.executeQuery(
                        "SELECT \"case:concept:name\" FROM '" + directory.resolve(out) + "/cases/*.parquet'")) {
            Set<String> names = new HashSet<>();
            while (result.next()) {
                names.add(result.getString(1));
            }
            return names;
        }
    }

    @Test
    void nobodyIsFoundInARelease() throws Exception {
        for (String keep : List.of("times", "places")) {
            assertThat(export(keep, "--keep", keep)).as("%s", said).isZero();
            attack(keep);
        }
        assertThat(export("texts", "--texts", "--format", "csv,parquet"))
                .as("%s", said)
                .isZero();
        attack("texts");
        assertThat(number("texts", "SELECT count(*) FROM 'DIR/texts/*.parquet'"))
                .as("what was erased is not released")
                .isLessThanOrEqualTo(1);
        assertThat(Files.readString(directory.resolve("texts").resolve("PRIVACY.md")))
                .contains("where a text is released, k does not hold");
    }

    private void attack(String out) throws Exception {
        String known = "\"case:submitted\", \"case:submitted_precision\", \"case:place\", \"case:category\","
                + " \"case:category_group\", \"case:channel\"";
        assertThat(number(
                        out,
                        "SELECT min(n) FROM (SELECT count(*) AS n FROM 'DIR/cases/*.parquet' GROUP BY " + known + ")"))
                .as("nobody is told by what may be known")
                .isGreaterThanOrEqualTo(5);
        assertThat(number(
                        out,
                        "SELECT coalesce(min(n), 11) FROM (SELECT count(*) AS n FROM 'DIR/cases/*.parquet' c JOIN 'DIR/categories.parquet' k"
                                + " ON c.\"case:category\" = k.id WHERE k.sensitive GROUP BY " + known + ")"))
                .as("nor by a sensitive category")
                .isGreaterThanOrEqualTo(11);
        assertThat(number(
                        out,
                        "SELECT count(*) FROM 'DIR/cases/*.parquet' c JOIN (SELECT \"case:concept:name\" AS id,"
                                + " min(\"time:timestamp\") AS first FROM 'DIR/events/*.parquet' GROUP BY 1) e"
                                + " ON c.\"case:concept:name\" = e.id WHERE c.\"case:submitted_precision\" <> 'day'"))
                .as("no event tells a day that the case does not")
                .isZero();
        assertThat(number(
                        out,
                        "SELECT count(*) FROM 'DIR/events/*.parquet' e JOIN 'DIR/units.parquet' u ON e.\"org:group\" = u.id"
                                + " WHERE u.kind = 'territory' AND length(u.id) > length(e.\"case:place\")"))
                .as("no unit that acted tells more of the place")
                .isZero();
        assertThat(number(out, "SELECT count(*) FROM 'DIR/cases/*.parquet'"))
                .isPositive()
                .isLessThanOrEqualTo(CASES);
        SortedMap<String, String> files = files(directory.resolve(out));
        assertThat(files).containsKeys("PRIVACY.md", "DICTIONARY.md", "README.md", "datapackage.json", "SHA256SUMS");
        files.forEach((name, content) -> assertThat(content)
                .as(name)
                .doesNotContain(PERSONAL)
                .doesNotContain("3174014107900003".substring(0, 12), "f".repeat(32)));
        files.entrySet().stream()
                .filter(file -> file.getKey().endsWith(".csv") || file.getKey().startsWith("log"))
                .forEach(file -> assertThat(numbers)
                        .as("%s: numbers of sources", file.getKey())
                        .noneMatch(number -> file.getValue().contains(number)));
    }

    @Test
    void aKeyMakesReleasesThatJoinAndTheSameBytesAndWithoutOneNoneDo() throws Exception {
        Path key = Files.write(directory.resolve("key"), "k".repeat(32).getBytes(UTF_8));
        assertThat(export("one", "--key", key.toString())).as("%s", said).isZero();
        assertThat(export("two", "--key", key.toString(), "--parallelism", "1"))
                .as("%s", said)
                .isZero();
        assertThat(files(directory.resolve("two"))).isEqualTo(files(directory.resolve("one")));
        assertThat(export("other", "--format", "parquet")).as("%s", said).isZero();
        assertThat(Collections.disjoint(names("one"), names("other")))
                .as("another key, other pseudonyms")
                .isTrue();
        assertThat(Files.readString(directory.resolve("other").resolve("PRIVACY.md")))
                .contains("was not kept");
        try (Stream<Path> left = Files.list(directory)) {
            assertThat(left.map(path -> path.getFileName().toString()))
                    .as("nothing is left of the work")
                    .containsExactlyInAnyOrder("key", "one", "two", "other");
        }
    }

    @Test
    void aReleaseCanBeOfAPeriodATerritoryAndCategories() throws Exception {
        assertThat(export(
                        "part",
                        "--from",
                        "2017-11-01",
                        "--to",
                        "2017-11-16",
                        "--territory",
                        "31.74",
                        "--format",
                        "parquet"))
                .as("%s", said)
                .isZero();
        assertThat(number(
                        "part",
                        "SELECT count(*) FROM 'DIR/cases/*.parquet' WHERE \"case:submitted\" >= DATE '2017-11-16' OR"
                                + " (\"case:place\" <> '31' AND NOT starts_with(\"case:place\", '31.74'))"))
                .isZero();
        String group =
                PACK.categoryGroups().values().stream().sorted().findFirst().orElseThrow();
        assertThat(export("group", "--period", "2017-11", "--category", group, "--format", "parquet"))
                .as("%s", said)
                .isZero();
        assertThat(number(
                        "group",
                        "SELECT count(*) FROM 'DIR/cases/*.parquet' WHERE \"case:category_group\" <> '" + group + "'"))
                .isZero();
        assertThat(directory.resolve("group").resolve("measures.parquet"))
                .as("figures are of all categories")
                .doesNotExist();
    }

    @Test
    void whatCannotBeReleasedIsSaid() throws Exception {
        Files.createDirectories(directory.resolve("there"));
        assertThat(export("there")).isEqualTo(Tanggap.WRONG_USE);
        assertThat(said.err()).contains("is there already, and a release is never changed");
        assertThat(export("a", "--territory", "31.7x")).isEqualTo(Tanggap.WRONG_USE);
        assertThat(said.err()).contains("--territory 31.7x: the reference lists no such unit");
        assertThat(export("a", "--category", "raods")).isEqualTo(Tanggap.WRONG_USE);
        assertThat(said.err()).contains("--category raods");
        assertThat(export("a", "--k", "1")).isEqualTo(Tanggap.WRONG_USE);
        assertThat(said.err()).contains("k is at least 2");
        assertThat(export("a", "--from", "2017-11-02")).isEqualTo(Tanggap.WRONG_USE);
        assertThat(export("a", "--period", "2010-01")).isEqualTo(Tanggap.FAILED);
        assertThat(said.err()).contains("Nothing can be released");
        assertThat(export("a", "--key", directory.resolve("none").toString())).isEqualTo(Tanggap.WRONG_USE);
        assertThat(said.err()).contains("head -c 32 /dev/urandom");
        try (Stream<Path> left = Files.list(directory)) {
            assertThat(left.map(path -> path.getFileName().toString()))
                    .as("a release is there whole, or not at all")
                    .containsExactly("there");
        }
    }
}
