package io.tanggap.app.recovery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.apache.kafka.common.acl.AclOperation.READ;
import static org.apache.kafka.common.acl.AclOperation.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.tanggap.app.cli.Tanggap;
import io.tanggap.elasticsearch.Indices;
import io.tanggap.elasticsearch.Indices.Kind;
import io.tanggap.flink.io.Topics;
import io.tanggap.testkit.EmbeddedServers;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URL;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Users of Kafka who may do what SECURITY.md gives them, and nothing else: each does its work, in a process of its own. At Elasticsearch
 * jobs have the key of a writer.
 */
@ExtendWith(EmbeddedServers.class)
class RightsIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String MONTH = "2017-11";
    /** So few raise alerts, and are judged soon. */
    private static final String CASES = "8";

    private static final String STARTER_AND_JOB = "starter-and-responsiveness";

    private static final byte[] RUBBISH = "?".getBytes(UTF_8);

    @TempDir
    private Path directory;

    private SecuredServers secured;
    private Launcher launcher;
    private Admin admin;

    @Test
    void everybodyDoesTheirWorkWithWhatIsDocumentedAndNothingElse(EmbeddedServers servers) throws Exception {
        DocumentedAcls acls = DocumentedAcls.read();
        servers.queries().removeIndices();
        HttpServer flink = flinkThatTakesEveryJob();
        Set<String> users = new TreeSet<>(acls.users());
        users.add(STARTER_AND_JOB);
        try (SecuredServers started = SecuredServers.start(
                        directory.resolve("secured"), servers.elasticsearch().url(), users);
                Launcher launching = new Launcher(Files.createDirectories(directory.resolve("commands")));
                Admin superUser = Admin.create(started.client(SecuredServers.SUPER_USER))) {
            secured = started;
            launcher = launching;
            admin = superUser;
            admin.createAcls(acls.bindings()).all().get();
            admin.createAcls(acls.together(Set.of("starter", "responsiveness"), STARTER_AND_JOB))
                    .all()
                    .get();

            launcher.succeed(tanggap("installer", "install", "--elasticsearch", secured.elasticsearch()));
            launcher.succeed(tanggap("installer", "reference", "publish", "jakarta"));
            launcher.succeed(tanggap("feeder", "simulate", "--cases", CASES, "--month", MONTH, "--truth", "truth"));
            String alerts = Topics.LIVE_ALERTS
                    .matcher(String.join(" ", admin.listTopics().names().get()))
                    .results()
                    .findFirst()
                    .orElseThrow()
                    .group();
            write("qlue", "complaints.qlue");
            write(SecuredServers.SUPER_USER, Topics.CASE_EVENTS);
            write(SecuredServers.SUPER_USER, alerts);

            Path key = Files.write(directory.resolve("key"), new byte[32]);
            List<Process> jobs = List.of(
                    job(
                            "intake",
                            "intake",
                            "--elasticsearch",
                            secured.elasticsearch(),
                            "--pseudonym-key",
                            key.toString()),
                    job("responsiveness", "run", "--mode", "live", "--elasticsearch", secured.elasticsearch()),
                    job("notification", "notify", "--elasticsearch", secured.elasticsearch(), "--files", "messages"),
                    job("daily", "export-daily", "--out", "feed", "--key", key.toString()));

            String generation = Indices.current(servers.elasticsearch().url()).suffix();
            awaitWork(jobs, servers, alerts, generation);
            // What they said stays, and commands have the machine for themselves.
            jobs.forEach(StandaloneCluster::kill);

            String caseId = servers.queries()
                    .sources(Kind.CASES.alias())
                    .keySet()
                    .iterator()
                    .next();
            String alert = servers.queries()
                    .sources(Kind.ALERTS.alias())
                    .keySet()
                    .iterator()
                    .next();
            // Before anybody starts a job, whose new indices would be those that are looked at.
            Process doctor = tanggap("doctor", "doctor", "--elasticsearch", secured.elasticsearch());
            succeed(
                    tanggap("analyst", "explain", caseId),
                    tanggap("analyst", "whatif", "--reference", "jakarta"),
                    tanggap("analyst", "report", "--period", MONTH),
                    tanggap("analyst", ("export --k 2 --sensitive-k 2 --out release --period " + MONTH).split(" ")),
                    tanggap(
                            "analyst",
                            "alerts",
                            "route",
                            alert,
                            "--dry-run",
                            "--elasticsearch",
                            secured.elasticsearch()),
                    tanggap("letters", "dead-letters", "replay"),
                    tanggap("clerk", "declare", "--channel", "qlue", "--day", MONTH + "-01", "--events", "1"),
                    tanggap("clerk", "alerts", "silence", "--channel", "qlue", "--for", "1d", "--reason", "road works"),
                    tanggap("feeder", "replay", request(), "--format", "open311-json", "--reference", "jakarta"),
                    tanggap("eraser", "erase", caseId));
            assertTheBoardExplains(caseId);
            // It may find something else that is not well with this machine.
            assertThat(launcher.awaitEnd(doctor))
                    .contains("intake lag", "responsiveness lag", "notification lag")
                    .doesNotContainIgnoringCase("authorized", "not told to this user");
            String address = "127.0.0.1:" + flink.getAddress().getPort();
            succeed(started("intake", address), started("run --mode live", address), started("notify", address));
            reprocess(generation, servers);
            // As a reprocess of theirs looks how far it has come.
            try (Admin starter = Admin.create(secured.client("starter"))) {
                assertTold(starter, "responsiveness" + generation);
            }
            assertRefusals(acls.users(), caseId);
        } finally {
            flink.stop(0);
            servers.queries().removeIndices();
        }
    }

    private void awaitWork(List<Process> jobs, EmbeddedServers servers, String alerts, String generation) {
        await("all that each job reads and writes")
                .atMost(PATIENCE)
                .failFast("a job has ended", () -> {
                    for (Process job : jobs) {
                        launcher.assertRuns(job);
                    }
                })
                .untilAsserted(() -> {
                    servers.queries().refresh("tanggap-*");
                    assertThat(servers.queries().count(Kind.CASES.alias())).isPositive();
                    assertThat(servers.queries().sources(Kind.DEAD_LETTERS.alias()).values().stream()
                                    .map(letter -> letter.at("/provenance/origin")
                                            .asText()
                                            .replaceFirst("-\\d+@.*", "")))
                            .contains("complaints.qlue", Topics.CASE_EVENTS, alerts);
                    assertThat(servers.queries().count(Kind.ALERTS.alias())).isPositive();
                    assertThat(records(Topics.CASE_PERSONAL)).isPositive();
                    assertThat(records(alerts))
                            .as("more than what could not be read")
                            .isGreaterThan(1);
                    for (String group : List.of(
                            "intake",
                            "reference",
                            "responsiveness",
                            "responsiveness" + generation,
                            "notification",
                            "export-daily")) {
                        assertTold(admin, group);
                    }
                });
    }

    /** Somebody's request, in a file. */
    private String request() throws IOException {
        return Files.writeString(
                        directory.resolve("requests.json"),
                        "[{\"service_request_id\": 1, \"service_name\": \"Pothole\", \"status\": \"open\","
                                + " \"requested_datetime\": \"2017-11-05T10:00:00+07:00\"}]")
                .toString();
    }

    private void assertTheBoardExplains(String caseId) throws IOException {
        int port = StandaloneCluster.freePorts(1).get(0);
        Process board =
                tanggap("board", "board", "--elasticsearch", secured.elasticsearch(), "--port", Integer.toString(port));
        URL page = new URL("http://127.0.0.1:" + port + "/case?id=" + URLEncoder.encode(caseId, UTF_8));
        await("a page that is made of events")
                .atMost(PATIENCE)
                .failFast("it has ended", () -> launcher.assertRuns(board))
                .ignoreException(ConnectException.class)
                .untilAsserted(() -> {
                    try (InputStream in = page.openStream()) {
                        assertThat(new String(in.readAllBytes(), UTF_8)).contains(" seen, of partition ");
                    }
                });
        StandaloneCluster.kill(board);
    }

    /** By command and job in one process, whose user has the rights of both. */
    private void reprocess(String generation, EmbeddedServers servers) throws IOException {
        Process reprocess =
                tanggap(STARTER_AND_JOB, "reprocess", "--parallelism", "1", "--elasticsearch", secured.elasticsearch());
        await("readers see what was computed anew")
                .atMost(PATIENCE)
                .failFast("it has ended", () -> launcher.assertRuns(reprocess))
                .untilAsserted(() -> assertThat(
                                Indices.current(servers.elasticsearch().url()).suffix())
                        .isGreaterThan(generation));
        StandaloneCluster.kill(reprocess);
    }

    private static void assertTold(Admin client, String group) {
        assertThat(client.listConsumerGroupOffsets("tanggap-" + group)
                        .partitionsToOffsetAndMetadata()
                        .toCompletionStage())
                .as("how far group tanggap-%s says that it is", group)
                .succeedsWithin(PATIENCE)
                .matches(told -> !told.isEmpty(), "is told");
    }

    private void assertRefusals(Set<String> users, String caseId) throws Exception {
        assertThatThrownBy(() -> write("qlue", "complaints.jaki"))
                .hasCauseInstanceOf(TopicAuthorizationException.class);
        assertThat(launcher.awaitEnd(tanggap("clerk", "erase", caseId))).containsIgnoringCase("not authorized");

        Map<String, Map<String, Set<AclOperation>>> rights = rights(users);
        assertThat(whoMay(rights, READ, "complaints.qlue")).containsExactly("intake");
        assertThat(whoMay(rights, READ, Topics.CASE_PERSONAL)).isEmpty();
        assertThat(whoMay(rights, READ, Topics.DEAD_LETTERS))
                .containsExactly("doctor", "eraser", "letters", "responsiveness");
        assertThat(whoMay(rights, WRITE, "complaints.qlue")).containsExactly("feeder", "letters", "qlue");
        assertThat(whoMay(rights, WRITE, "complaints.jaki")).containsExactly("feeder", "letters");
        assertThat(whoMay(rights, WRITE, Topics.CASE_EVENTS)).containsExactly("feeder", "intake", "letters");
        assertThat(whoMay(rights, WRITE, Topics.CASE_PERSONAL)).containsExactly("intake");
        assertThat(whoMay(rights, WRITE, Topics.REFERENCE)).containsExactly("feeder", "installer", "letters");
    }

    /** What the broker says that each user may do with topics that it lets the user see. */
    private Map<String, Map<String, Set<AclOperation>>> rights(Set<String> users) throws Exception {
        Set<String> topics = admin.listTopics().names().get();
        Map<String, Map<String, Set<AclOperation>>> rights = new TreeMap<>();
        for (String user : users) {
            Map<String, Set<AclOperation>> allowed = new HashMap<>();
            try (Admin client = Admin.create(secured.client(user))) {
                for (Map.Entry<String, KafkaFuture<TopicDescription>> topic : client.describeTopics(
                                topics, new DescribeTopicsOptions().includeAuthorizedOperations(true))
                        .topicNameValues()
                        .entrySet()) {
                    try {
                        allowed.put(topic.getKey(), topic.getValue().get().authorizedOperations());
                    } catch (ExecutionException e) {
                        assertThat(e).hasCauseInstanceOf(TopicAuthorizationException.class);
                    }
                }
            }
            rights.put(user, allowed);
        }
        return rights;
    }

    private static List<String> whoMay(
            Map<String, Map<String, Set<AclOperation>>> rights, AclOperation operation, String topic) {
        return rights.entrySet().stream()
                .filter(user -> user.getValue().getOrDefault(topic, Set.of()).contains(operation))
                .map(Map.Entry::getKey)
                .toList();
    }

    private void write(String user, String topic) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(secured.client(user), new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic, RUBBISH)).get();
        }
    }

    /** How many records a topic holds, marks of transactions too. */
    private long records(String topic) throws Exception {
        Map<TopicPartition, OffsetSpec> partitions = new HashMap<>();
        admin.describeTopics(List.of(topic))
                .allTopicNames()
                .get()
                .get(topic)
                .partitions()
                .forEach(partition ->
                        partitions.put(new TopicPartition(topic, partition.partition()), OffsetSpec.latest()));
        return admin.listOffsets(partitions).all().get().values().stream()
                .mapToLong(ListOffsetsResultInfo::offset)
                .sum();
    }

    /** A command, by somebody who may make what is missing at Elasticsearch. */
    private Process tanggap(String user, String... arguments) throws IOException {
        return launch(user, true, Tanggap.class, arguments);
    }

    /** A job, as Flink calls it, in one process with its workers. */
    private Process job(String user, String... arguments) throws IOException {
        return launch(
                user,
                false,
                JobHere.class,
                Stream.concat(Stream.of(arguments), Stream.of("--parallelism", "1"))
                        .toArray(String[]::new));
    }

    /** A command that starts a job on a cluster. */
    private Process started(String command, String cluster) throws IOException {
        return tanggap(
                "starter",
                (command + " --flink " + cluster + " --elasticsearch " + secured.elasticsearch()).split(" "));
    }

    private Process launch(String user, boolean installer, Class<?> main, String... arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--bootstrap-servers", secured.kafka()));
        return launcher.launch(
                secured.environment(user, installer), StandaloneCluster.Surroundings.testClassPath(), main, all);
    }

    private void succeed(Process... processes) throws Exception {
        for (Process process : processes) {
            launcher.succeed(process);
        }
    }

    /** A cluster that says of every job that it runs, so that a command does all that it does, and no job is there. */
    private static HttpServer flinkThatTakesEveryJob() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                exchange.getRequestBody().readAllBytes();
                byte[] answer = "{\"jobUrl\":\"/jobs/0\",\"status\":\"RUNNING\"}".getBytes(UTF_8);
                exchange.getResponseHeaders().set("Content-Type", "application/json");
                exchange.sendResponseHeaders(exchange.getRequestMethod().equals("POST") ? 202 : 200, answer.length);
                exchange.getResponseBody().write(answer);
            }
        });
        server.start();
        return server;
    }
}
