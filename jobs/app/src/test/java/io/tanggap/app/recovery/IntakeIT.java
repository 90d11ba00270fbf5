package io.tanggap.app.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.tanggap.app.fixture.JobRun;
import io.tanggap.app.job.IntakeJob;
import io.tanggap.app.run.KafkaEndpoints;
import io.tanggap.app.run.SystemEmissionClock;
import io.tanggap.core.complaint.DeadLetter;
import io.tanggap.core.complaint.PersonalData;
import io.tanggap.core.reference.ReferencePack;
import io.tanggap.elasticsearch.Indices;
import io.tanggap.flink.io.EventPublisher;
import io.tanggap.flink.io.Topics;
import io.tanggap.flink.operator.KeyFile;
import io.tanggap.flink.operator.Timing;
import io.tanggap.reference.PackDirectory;
import io.tanggap.testkit.EmbeddedServers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What channels send, through live intake and the live job, to documents; time moves by intake's heartbeats alone. */
@ExtendWith(EmbeddedServers.class)
class IntakeIT {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String KELURAHAN = "31.71.01.1001";

    @TempDir
    Path directory;

    private final ReferencePack pack =
            Objects.requireNonNull(PackDirectory.builtIn("jakarta").pack());
    private JobRun run;
    private KafkaProducer<byte[], byte[]> channels;
    private @Nullable RunningJob intake;
    private @Nullable RunningJob responsiveness;

    @BeforeEach
    void start(EmbeddedServers servers) throws Exception {
        run = JobRun.start(servers, directory.resolve("flink"));
        channels = new KafkaProducer<>(
                Map.of("bootstrap.servers", run.bootstrap()), new ByteArraySerializer(), new ByteArraySerializer());
    }

    @AfterEach
    void stop() throws Exception {
        for (RunningJob job : new RunningJob[] {intake, responsiveness}) {
            if (job != null) {
                job.cancelIfRunning();
            }
        }
        channels.close();
        run.close();
    }

    private void publishPack() {
        try (EventPublisher publisher = new EventPublisher(run.bootstrap())) {
            publisher.publish(pack);
        }
    }

    private void says(String channel, String json) throws Exception {
        channels.send(new ProducerRecord<>(Topics.ofChannel(channel), json.getBytes(StandardCharsets.UTF_8)))
                .get();
    }

    private StreamExecutionEnvironment environment(String name) {
        return run.flink().environment(1, "hashmap", directory.resolve(name), Duration.ofMillis(300));
    }

    private StreamExecutionEnvironment intakeEnvironment() throws Exception {
        StreamExecutionEnvironment environment = environment("intake");
        Path key = directory.resolve("key");
        Files.write(key, new byte[32]);
        IntakeJob.define(environment, endpoints(), new KeyFile(key.toString()), 1, new SystemEmissionClock());
        return environment;
    }

    private void startJobs() throws Exception {
        intake = RunningJob.of(intakeEnvironment());
        responsiveness = RunningJob.start(environment("responsiveness"), endpoints(), Timing.live());
    }

    private KafkaEndpoints endpoints() {
        return new KafkaEndpoints(
                run.bootstrap(), run.elasticsearch(), true, Indices.Generation.CURRENT, JobRun.ALERTS);
    }

    private JsonNode document(String index, String id) {
        run.queries().refresh("tanggap-*");
        JsonNode source = run.queries().sources(index).get(id);
        return source == null ? MissingNode.getInstance() : source;
    }

    private void awaitCase(String id, String field, String wanted) {
        await("case " + id + ": " + field + " = " + wanted)
                .atMost(PATIENCE)
                .until(() -> document("tanggap-cases", id).path(field).asText().equals(wanted));
    }

    private static String ago(Duration time) {
        return Instant.now().minus(time).toString();
    }

    /** The latest of case-personal by case, without what is erased. */
    private Map<String, PersonalData> personal() throws Exception {
        Map<String, PersonalData> latest = new HashMap<>();
        run.personal().forEach(data -> latest.put(data.caseId(), data));
        return latest;
    }

    @Test
    void complaintsOfSeveralChannelsBecomeJudgedCasesWithNobodyElsesHeartbeats() throws Exception {
        says("qlue", """
                {"report_id": "Q-1", "timestamp": "%s", "label": "Jalan Rusak", "kelurahan": "%s",
                 "reporter": {"id": "u-1"}, "description": "Hubungi 0812 3456 7890"}""".formatted(ago(Duration.ofHours(30)), KELURAHAN));
        says("qlue", "{\"report_id\": \"Q-2\"");
        startJobs();
        // Before the first pack nothing is admitted, and nothing is lost.
        publishPack();
        awaitCase("qlue:Q-1", "category", "damaged-road");
        JsonNode placed = document("tanggap-cases", "qlue:Q-1");
        assertThat(placed.path("territory").asText()).isEqualTo(KELURAHAN);
        assertThat(placed.path("placing").asText()).isEqualTo("DECLARED");
        assertThat(placed.path("holder").asText()).isEqualTo(KELURAHAN);
        assertThat(placed.path("verdict").asText()).isEqualTo("RUNNING");

        says("crm", """
                {"action_id": 1, "case": {"channel": "qlue", "id": "Q-1"}, "action": "koordinasi", "at": "%s",
                 "unit": "%s", "to": "dbm"}""".formatted(ago(Duration.ofHours(2)), KELURAHAN));
        awaitCase("qlue:Q-1", "charged", "dbm");
        assertThat(document("tanggap-cases", "qlue:Q-1").path("holder").asText())
                .isEqualTo(KELURAHAN);

        await("the feed").atMost(PATIENCE).until(() -> document("tanggap-feeds", "qlue")
                .has("last_record_at"));
        List<DeadLetter> letters = run.deadLetters();
        assertThat(letters).extracting(DeadLetter::reason).containsExactly("malformed.json");
        await("the letter").atMost(PATIENCE).until(() -> document(
                        "tanggap-dead-letters", letters.get(0).id())
                .path("stage")
                .asText()
                .equals("INTAKE"));
        PersonalData personal = personal().get("qlue:Q-1");
        assertThat(personal.text()).isEqualTo("Hubungi [PHONE]");
        assertThat(personal.reporter()).hasSize(32);
    }

    @Test
    void aStoppedIntakeGoesOnWhereItWasAndErasesForGood() throws Exception {
        publishPack();
        String report = """
                {"report_id": "Q-1", "timestamp": "%s", "kelurahan": "%s", "reporter": {"id": "u-1"}}""".formatted(ago(Duration.ofHours(30)), KELURAHAN);
        says("qlue", report);
        startJobs();
        awaitCase("qlue:Q-1", "territory", KELURAHAN);
        assertThat(personal()).containsKey("qlue:Q-1");

        String savepoint = intake.stopWithSavepoint(directory.resolve("savepoints"));
        says("lapor", """
                {"tracking_id": "7", "kejadian": "laporan", "waktu": "%s", "lokasi": {"kode": "%s"}}""".formatted(ago(Duration.ofHours(1)), KELURAHAN));
        says(Topics.ERASURES, """
                {"case": {"channel": "qlue", "id": "Q-1"}, "requested_at": "%s"}""".formatted(ago(Duration.ofMinutes(1))));
        intake = RunningJob.restored(savepoint, intakeEnvironment());
        awaitCase("lapor:7", "territory", KELURAHAN);
        await("nothing personal").atMost(PATIENCE).until(() -> personal().get("qlue:Q-1") == null);

        says("qlue", report);
        says("lapor", """
                {"tracking_id": "7", "kejadian": "verifikasi", "waktu": "%s"}""".formatted(ago(Duration.ofSeconds(30))));
        awaitCase("lapor:7", "events", "3");
        assertThat(personal().get("qlue:Q-1")).isNull();
        assertThat(document("tanggap-cases", "qlue:Q-1").path("events").asInt())
                .as("sent again it counts once")
                .isEqualTo(4);
    }
}
