package io.tanggap.app.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tanggap.testkit.EmbeddedServers;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command as a user meets it: a process of its own, its output, its exit code, and what it leaves behind. */
class CommandIT {
    private static final Duration DEMO = Duration.ofMinutes(5);
    private static final Duration UNREACHABLE = Duration.ofSeconds(45);
    private static final Duration SHORT = Duration.ofMinutes(1);
    private static final String CASES = """
            id,opened,closed,kind
            1,2024-03-01T08:00:00Z,2024-03-02T08:00:00Z,lamp
            2,2024-03-01T09:00:00Z,,hole
            """;
    private static final String MAPPING = """
            records: {format: csv}
            zone: Asia/Jakarta
            times: [iso]
            channel: {constant: web}
            case: id
            events:
              - {type: Submitted, at: opened, category: kind}
              - type: Closed
                at: closed
                when: {column: closed, present: true}
                outcome: {constant: UNKNOWN}
            reference: {city: jakarta, stale_after: 14d}
            """;

    private final List<Process> started = new ArrayList<>();

    @TempDir
    Path directory;

    private Path temporary;
    private Path out;
    private Path err;

    @BeforeEach
    void prepare() throws IOException {
        temporary = Files.createDirectory(directory.resolve("tmp"));
        out = directory.resolve("out.txt");
        err = directory.resolve("err.txt");
    }

    @AfterEach
    void endWhatIsStillRunning() {
        for (Process process : started) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private Process tanggap(String... arguments) throws IOException {
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "--add-opens=java.base/java.util=ALL-UNNAMED",
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "-Dorg.apache.avro.SERIALIZABLE_PACKAGES=io.tanggap.schema",
                "-Dtanggap.elasticsearch.home=" + System.getProperty("tanggap.elasticsearch.home"),
                "-Djava.io.tmpdir=" + temporary,
                "-cp",
                Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                        .filter(entry -> !entry.endsWith("test-classes"))
                        .collect(Collectors.joining(File.pathSeparator)),
                "io.tanggap.app.cli.Tanggap"));
        line.addAll(List.of(arguments));
        Process process = new ProcessBuilder(line)
                .directory(directory.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        started.add(process);
        return process;
    }

    private int exitCode(Process process, Duration limit) throws Exception {
        assertThat(process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS))
                .as("ended within %s; so far: %s %s", limit, text(out), text(err))
                .isTrue();
        return process.exitValue();
    }

    /** The only child of a demo: Elasticsearch. */
    private static ProcessHandle awaitElasticsearch(Process demo) {
        return await().atMost(DEMO)
                .until(() -> demo.descendants().findFirst(), child -> child.isPresent() || !demo.isAlive())
                .orElseThrow();
    }

    private void awaitOutput(Process process, String wanted) {
        await().atMost(DEMO).until(() -> text(out).contains(wanted) || !process.isAlive());
        assertThat(text(out)).as("standard error: %s", text(err)).contains(wanted);
    }

    private static void awaitEnd(ProcessHandle process) {
        await().atMost(SHORT).until(() -> !process.isAlive());
    }

    private static String text(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private List<String> leftovers() throws IOException {
        try (Stream<Path> files = Files.list(temporary)) {
            return files.map(file -> String.valueOf(file.getFileName())).toList();
        }
    }

    private Path file(String name, String content) throws IOException {
        return Files.writeString(directory.resolve(name), content);
    }

    @Test
    void aDemoShowsFiguresAndLeavesNothingBehind() throws Exception {
        Process demo = tanggap("demo", "--exit", "--cases", "2000");
        ProcessHandle elasticsearch = awaitElasticsearch(demo);

        assertThat(exitCode(demo, DEMO)).as("%s", text(err)).isZero();
        assertThat(text(out))
                .contains(
                        "2,000 cases",
                        "At the as-of: ",
                        "  worst  ",
                        "  best   ",
                        "The longest overdue:",
                        "records read = ",
                        "Published  MONTH, 2017-11-01 until before 2017-12-01: ",
                        "Published  ROLLING_30, 2017-11-01 until before 2017-12-01: ")
                .containsPattern("Distinct problems: 1,\\d{3} \\(of 2,000 reports\\)")
                .containsPattern("Overdue cases: [1-9]")
                .doesNotContain("Exception");
        awaitEnd(elasticsearch);
        assertThat(leftovers()).isEmpty();
    }

    @Test
    void aDemoStaysUntilItIsStoppedAndThenLeavesNothingBehind() throws Exception {
        Process demo = tanggap("demo", "--cases", "200");
        ProcessHandle elasticsearch = awaitElasticsearch(demo);
        awaitOutput(demo, "Still running, until Ctrl-C");

        // SIGTERM takes the way of Ctrl-C.
        demo.destroy();
        exitCode(demo, SHORT);
        assertThat(text(out)).contains("Stopping.");
        assertThat(elasticsearch.isAlive()).isFalse();
        assertThat(leftovers()).isEmpty();
    }

    @Test
    void elasticsearchEndsByItselfWhenTheDemoIsKilled() throws Exception {
        Process demo = tanggap("demo", "--cases", "200");
        ProcessHandle elasticsearch = awaitElasticsearch(demo);
        awaitOutput(demo, "Elastic     http");

        demo.destroyForcibly();
        assertThat(exitCode(demo, SHORT)).isNotZero();
        awaitEnd(elasticsearch);
    }

    @Test
    void aDemoOfOnesOwnFileSaysWhatBecameOfEveryRecord() throws Exception {
        Path cases = file("cases.csv", CASES + "3,yesterday,,hole\n");
        Path mapping = file("city.yaml", MAPPING.replace("category: kind", "territory: {constant: jakarta-east}"));
        Process demo = tanggap(
                "demo", "--exit", "--input", cases.toString(), "--format", mapping.toString(), "--as-of", "2024-03-05");

        assertThat(exitCode(demo, DEMO)).as("%s", text(err)).isZero();
        assertThat(text(out))
                .contains("3 events from 3 records of 1 file", "1 dead letters", "1 invalid.time, first:")
                .contains("  cases.csv line 4, column opened: is not a time")
                .contains("2 cases: ")
                .contains("Distinct problems: 2 (of 2 reports)")
                .contains("no unit has 30 targets due, so these are the units with most cases")
                .containsPattern("  jakarta-east +2 ")
                .contains("reference.targets")
                .contains("As of       2024-03-05 00:00:00 Asia/Jakarta");
        assertThat(leftovers()).isEmpty();
    }

    @Test
    void aWrongMappingIsRefusedInOneLineThatNamesFileLineAndTheNearestName() throws Exception {
        Path cases = file("cases.csv", CASES);
        Path mapping = file("city.yaml", MAPPING.replace("type: Closed", "type: Closd"));
        Process replay = tanggap(
                "replay",
                cases.toString(),
                "--format",
                mapping.toString(),
                "--bootstrap-servers",
                "127.0.0.1:" + freePort());

        assertThat(exitCode(replay, SHORT)).isEqualTo(2);
        assertThat(text(err).lines())
                .singleElement()
                .asString()
                .startsWith("tanggap: ")
                .contains("city.yaml:8:", "'Closd'", "Closed");
        assertThat(text(out)).isEmpty();
    }

    @Test
    void aColumnThatTheFileDoesNotHaveIsRefusedWithTheNearestOne() throws Exception {
        Path cases = file("cases.csv", CASES.replace("kind", "kynd"));
        Path mapping = file("city.yaml", MAPPING);
        Process demo = tanggap("demo", "--input", cases.toString(), "--format", mapping.toString());

        assertThat(exitCode(demo, SHORT)).isEqualTo(2);
        assertThat(text(err).lines())
                .singleElement()
                .asString()
                .startsWith("tanggap: ")
                .contains("city.yaml:7:", "'kind'", "'kynd'");
        assertThat(text(out)).isEmpty();
        assertThat(leftovers()).isEmpty();
    }

    @Test
    void aMissingFileOrFormatIsRefusedInOneLine() throws Exception {
        Path mapping = file("city.yaml", MAPPING);
        Process noFile = tanggap("demo", "--input", "nowhere.csv", "--format", mapping.toString());
        assertThat(exitCode(noFile, SHORT)).isEqualTo(2);
        assertThat(text(err).lines()).singleElement().asString().contains("nowhere.csv");

        Path cases = file("cases.csv", CASES);
        Process noFormat = tanggap("demo", "--input", cases.toString(), "--format", "bostn-311");
        assertThat(exitCode(noFormat, SHORT)).isEqualTo(2);
        assertThat(text(err).lines()).singleElement().asString().contains("boston-311");
    }

    @Test
    void aReplayWithoutKafkaFailsSoonInOneLine() throws Exception {
        Path cases = file("cases.csv", CASES);
        Path mapping = file("city.yaml", MAPPING);
        String address = "127.0.0.1:" + freePort();
        Process replay =
                tanggap("replay", cases.toString(), "--format", mapping.toString(), "--bootstrap-servers", address);

        assertThat(exitCode(replay, UNREACHABLE)).isEqualTo(1);
        assertThat(text(err).lines())
                .singleElement()
                .asString()
                .startsWith("tanggap: ")
                .contains(address);
    }

    @Test
    void runWithoutElasticsearchSaysSoInOneLine() throws Exception {
        String url = "http://127.0.0.1:" + freePort();
        Process run = tanggap(
                "run", "--mode", "replay", "--bootstrap-servers", "127.0.0.1:" + freePort(), "--elasticsearch", url);

        assertThat(exitCode(run, UNREACHABLE)).isEqualTo(1);
        assertThat(text(err).lines())
                .singleElement()
                .asString()
                .startsWith("tanggap: no Elasticsearch answers at " + url)
                .endsWith("start it, or correct the address");
    }

    @Test
    void aPortThatIsInUseIsToldInOneLine() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            Process demo = tanggap("demo", "--exit", "--kafka-port", Integer.toString(taken.getLocalPort()));

            assertThat(exitCode(demo, SHORT)).isEqualTo(1);
            assertThat(text(err).lines())
                    .singleElement()
                    .asString()
                    .startsWith("tanggap: port " + taken.getLocalPort())
                    .contains("is in use");
        }
    }

    private int replay(EmbeddedServers servers, Path cases, String mapping) throws Exception {
        Process replay = tanggap(
                "replay",
                cases.toString(),
                "--format",
                file("city.yaml", mapping).toString(),
                "--bootstrap-servers",
                servers.kafka().bootstrapServers());
        return exitCode(replay, SHORT);
    }

    private Process run(EmbeddedServers servers, String... more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "run",
                "--bootstrap-servers",
                servers.kafka().bootstrapServers(),
                "--elasticsearch",
                servers.elasticsearch().url(),
                "--mode"));
        arguments.addAll(List.of(more));
        return tanggap(arguments.toArray(String[]::new));
    }

    /** What a broker without anything, with one city, and with that city's changed mapping says. */
    @Test
    @ExtendWith(EmbeddedServers.class)
    void oneKafkaHoldsOneCityAndTheJobJudgesInItsZone(EmbeddedServers servers) throws Exception {
        withoutTopics(servers);
        assertThat(exitCode(run(servers, "replay"), SHORT)).isEqualTo(1);
        assertThat(text(err).lines())
                .singleElement()
                .asString()
                .contains("has no reference", "feed some with tanggap replay");

        Path none = file("none.csv", "id,opened,closed,kind\n1,yesterday,,lamp\n");
        assertThat(replay(servers, none, MAPPING)).isEqualTo(1);
        assertThat(text(err)).contains("No event was made");
        assertThat(text(out)).contains("1 invalid.time, first:", "none.csv line 2, column opened: ");

        Path cases = file("cases.csv", CASES + "3,2099-01-01T00:00:00Z,,hole\n");
        assertThat(replay(servers, cases, MAPPING)).isZero();
        assertThat(text(out)).doesNotContain("replaces");

        for (String other : List.of("city: bandung", "city: jakarta, zone: Asia/Makassar")) {
            assertThat(replay(servers, cases, MAPPING.replace("city: jakarta", other)))
                    .isEqualTo(2);
            assertThat(text(err).lines())
                    .singleElement()
                    .asString()
                    .contains("was fed for city jakarta in zone Asia/Jakarta", "fresh Kafka");
        }

        assertThat(replay(servers, cases, MAPPING.replace("stale_after: 14d", "stale_after: 15d")))
                .isZero();
        assertThat(text(out)).containsPattern("replaces city-[0-9a-f]{8} for all cases");
        assertThat(replay(servers, cases, MAPPING)).isZero();
        assertThat(text(out)).contains("stays in force for all cases");

        assertThat(exitCode(run(servers, "replay"), DEMO)).as("%s", text(err)).isZero();
        assertThat(text(out))
                .contains("The latest event is dated 2099-01-01 07:00:00 Asia/Jakarta, after now: judged as of now");

        assertThat(exitCode(run(servers, "replay", "--as-of", "2024-03-05"), DEMO))
                .as("%s", text(err))
                .isZero();
        assertThat(text(out)).contains("As of       2024-03-05 00:00:00 Asia/Jakarta");

        Process live = run(servers, "live");
        await().atMost(SHORT).until(() -> text(err).contains("no heartbeat yet") || !live.isAlive());
        assertThat(text(err)).contains("no heartbeat yet", "--heartbeats");
        live.destroy();
        exitCode(live, SHORT);
    }

    private static void withoutTopics(EmbeddedServers servers) throws Exception {
        try (Admin admin =
                Admin.create(Map.of("bootstrap.servers", servers.kafka().bootstrapServers()))) {
            admin.deleteTopics(admin.listTopics().names().get()).all().get();
            await().until(() -> admin.listTopics().names().get().isEmpty());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "demo, --cases",
        "replay, --bootstrap-servers",
        "run, --mode",
        "reference, publish",
        "dead-letters, replay"
    })
    void everySubcommandHasHelp(String command, String option) throws Exception {
        Process help = tanggap(command, "--help");

        assertThat(exitCode(help, SHORT)).isZero();
        assertThat(text(out)).contains("Usage: tanggap " + command, option);
        assertThat(text(err)).isEmpty();
    }

    @Test
    void theCommandAloneSaysWhatThereIs() throws Exception {
        assertThat(exitCode(tanggap("--help"), SHORT)).isZero();
        assertThat(text(out)).contains("demo", "replay", "run", "dead-letters", "Exit codes:");

        assertThat(exitCode(tanggap(), SHORT)).isEqualTo(2);
        assertThat(text(err)).contains("Say which command; tanggap --help lists them.");

        assertThat(exitCode(tanggap("dmeo"), SHORT)).isEqualTo(2);
        assertThat(text(err)).contains("dmeo");
    }

    /** A port at which nobody listens. */
    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
