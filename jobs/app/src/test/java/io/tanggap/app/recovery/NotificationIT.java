package io.tanggap.app.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.tanggap.app.fixture.JobRun;
import io.tanggap.app.job.NotificationJob;
import io.tanggap.app.run.CounterReporter;
import io.tanggap.app.run.KafkaEndpoints;
import io.tanggap.app.run.PostCarriers;
import io.tanggap.app.run.SystemEmissionClock;
import io.tanggap.core.alert.Alert;
import io.tanggap.core.alert.Alert.State;
import io.tanggap.core.reference.AlertKind;
import io.tanggap.core.reference.Policy.Target;
import io.tanggap.core.reference.Recipient;
import io.tanggap.core.reference.Recipient.Means;
import io.tanggap.core.reference.ReferencePack;
import io.tanggap.core.reference.Route;
import io.tanggap.core.reference.Route.Party;
import io.tanggap.core.reference.Validity;
import io.tanggap.delivery.Settings;
import io.tanggap.elasticsearch.Indices.Generation;
import io.tanggap.flink.alert.AlertCodec;
import io.tanggap.flink.io.Topics;
import io.tanggap.flink.metrics.MetricNames;
import io.tanggap.testkit.EmbeddedServers;
import io.tanggap.testkit.RoutingPack;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Notification between a real broker, a real Elasticsearch and a receiver of webhooks that fails, hangs and comes back. */
@ExtendWith(EmbeddedServers.class)
class NotificationIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final byte[] KEY = "a key of webhooks, of 32 bytes..".getBytes(StandardCharsets.US_ASCII);
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path directory;

    private final List<Got> got = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private volatile CountDownLatch hold = new CountDownLatch(0);
    private JobRun run;
    private HttpServer receiver;
    private KafkaProducer<String, byte[]> alerts;
    private RunningJob job;

    private record Got(String id, String timestamp, String signature, byte[] body) {
        boolean isSigned() throws GeneralSecurityException {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(KEY, "HmacSHA256"));
            mac.update((id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8));
            return signature.equals("v1," + Base64.getEncoder().encodeToString(mac.doFinal(body)));
        }

        List<String> alerts() throws IOException {
            return Stream.of(JSON.readTree(body).findValuesAsText("alert_id"))
                    .flatMap(List::stream)
                    .toList();
        }
    }

    @BeforeEach
    void start(EmbeddedServers servers) throws Exception {
        run = JobRun.start(servers, directory.resolve("flink"));
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.setExecutor(threads);
        receiver.createContext("/", exchange -> {
            try (exchange) {
                got.add(new Got(
                        exchange.getRequestHeaders().getFirst("webhook-id"),
                        exchange.getRequestHeaders().getFirst("webhook-timestamp"),
                        exchange.getRequestHeaders().getFirst("webhook-signature"),
                        exchange.getRequestBody().readAllBytes()));
                hold.await();
                exchange.sendResponseHeaders(204, -1);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        receiver.start();
        alerts = new KafkaProducer<>(
                Map.of("bootstrap.servers", run.bootstrap()), new StringSerializer(), new ByteArraySerializer());
        run.publish(pack());
        job = RunningJob.of(environment());
    }

    @AfterEach
    void stop() throws Exception {
        hold.countDown();
        job.cancelIfRunning();
        alerts.close();
        receiver.stop(0);
        threads.shutdownNow();
        run.close();
    }

    private ReferencePack pack() {
        Recipient webhook = new Recipient(
                "desk",
                "galur",
                Means.WEBHOOK,
                "http://127.0.0.1:" + receiver.getAddress().getPort() + "/alerts",
                "en",
                LocalTime.NOON,
                null,
                null,
                null,
                100,
                Validity.ALWAYS);
        Recipient folder = new Recipient(
                "camat", "johar", Means.FILE, "camat", "id", LocalTime.NOON, null, null, null, 1, Validity.ALWAYS);
        return RoutingPack.of(
                "jakarta",
                ZoneId.of("Asia/Jakarta"),
                List.of(route("missed-holder", Party.HOLDER, null), route("missed-camat", Party.UNIT, "johar")),
                List.of(webhook, folder));
    }

    private static Route route(String id, Party party, String name) {
        return new Route(
                id, AlertKind.OVERDUE, Target.RESOLUTION, 100, 0, null, null, party, name, true, Validity.ALWAYS);
    }

    private StreamExecutionEnvironment environment() throws IOException {
        Path secrets = directory.resolve("secrets");
        if (!Files.exists(secrets)) {
            Files.writeString(
                    secrets, "webhook.desk=whsec_" + Base64.getEncoder().encodeToString(KEY) + "\n");
            Files.setPosixFilePermissions(secrets, PosixFilePermissions.fromString("rw-------"));
        }
        CounterReporter.reset();
        StreamExecutionEnvironment environment = run.flink()
                .environment(JobRun.PARALLELISM, "hashmap", directory.resolve("checkpoints"), Duration.ofMillis(500));
        NotificationJob.define(
                environment,
                new KafkaEndpoints(run.bootstrap(), run.elasticsearch(), true, Generation.CURRENT, JobRun.ALERTS),
                Instant.now(),
                new PostCarriers(new Settings(
                        null, secrets.toString(), directory.resolve("out").toString(), null, true)),
                new SystemEmissionClock());
        return environment;
    }

    private static Alert overdue(String number, int revision, State state, Instant asOf) {
        return new OverdueAlert("qlue", number, "waste", "galur", Instant.parse("2017-11-05T02:00:00Z"))
                .at(revision, state, asOf);
    }

    private void raise(Alert alert, String topic) {
        alerts.send(new ProducerRecord<>(topic, alert.channel(), AlertCodec.encode(alert, topic)));
        alerts.flush();
    }

    private List<Path> files() throws IOException {
        Path folder = directory.resolve("out/camat");
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".txt")).toList();
        }
    }

    private Map<String, JsonNode> deliveries() {
        run.queries().refresh("tanggap-*");
        return run.queries().sources("tanggap-deliveries");
    }

    private static long heard() {
        return CounterReporter.sums().getOrDefault(MetricNames.ALERTS_HEARD, 0L);
    }

    @Test
    void whoCanActIsToldOnceThoughTheJobDiesAndEverythingIsComputedAnew() throws Exception {
        Instant now = Instant.now();
        hold = new CountDownLatch(1);
        raise(overdue("1", 1, State.OPEN, now), JobRun.ALERTS);
        await("the receiver that hangs").atMost(PATIENCE).until(() -> !got.isEmpty());
        await("the file").atMost(PATIENCE).until(() -> files().size() == 1);
        job.cancel();
        hold.countDown();
        hold = new CountDownLatch(0);
        String savepoint = FileTree.lastCheckpoint(directory.resolve("checkpoints"))
                .toUri()
                .toString();

        StreamExecutionEnvironment again = environment();
        job = RunningJob.restored(savepoint, again);
        await("the same message again").atMost(PATIENCE).until(() -> got.size() == 2);
        assertThat(got).extracting(Got::id).containsOnly(got.get(0).id());
        assertThat(got.get(1).body()).isEqualTo(got.get(0).body());
        assertThat(got).allMatch(sent -> {
            try {
                return sent.isSigned() && sent.alerts().equals(List.of("qlue:1/RESOLUTION.1.1.100"));
            } catch (GeneralSecurityException | IOException e) {
                throw new AssertionError(e);
            }
        });
        await("the log of deliveries").atMost(PATIENCE).untilAsserted(() -> assertThat(
                        deliveries().values())
                .hasSize(2)
                .allSatisfy(delivery ->
                        assertThat(delivery.path("outcome").asText()).isEqualTo("DELIVERED")));

        Instant restarted = now.plusSeconds(60).truncatedTo(ChronoUnit.SECONDS);
        String reprocess = Topics.createAlerts(run.bootstrap(), true, restarted, 1);
        long before = heard();
        raise(overdue("1", 1, State.OPEN, restarted.minusSeconds(1)), reprocess);
        raise(overdue("2", 1, State.OPEN, restarted.minusSeconds(1)), reprocess);
        raise(overdue("3", 1, State.OPEN, restarted.plusSeconds(1)), reprocess);
        await("the reprocess is heard").atMost(PATIENCE).until(() -> heard() == before + 3);
        await("what happens after it began").atMost(PATIENCE).until(() -> got.size() == 3);
        assertThat(got.get(2).alerts())
                .as("neither what was told before, nor what it found in the past")
                .containsExactly("qlue:3/RESOLUTION.1.1.100");
        assertThat(JSON.readTree(got.get(2).body())
                        .path("data")
                        .path("counts")
                        .path("RAISED")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void whatIsNoAlertIsADeadLetterAndHoldsNobodyUp() throws Exception {
        alerts.send(new ProducerRecord<>(JobRun.ALERTS, "qlue:9", "{}".getBytes(StandardCharsets.UTF_8)));
        raise(overdue("1", 1, State.OPEN, Instant.now()), JobRun.ALERTS);
        await("the message").atMost(PATIENCE).until(() -> got.size() == 1);
        await("the dead letter").atMost(PATIENCE).untilAsserted(() -> assertThat(run.deadLetters())
                .singleElement()
                .satisfies(letter -> {
                    assertThat(letter.reason()).isEqualTo("malformed.alert");
                    assertThat(letter.message()).contains("specversion");
                }));
    }
}
