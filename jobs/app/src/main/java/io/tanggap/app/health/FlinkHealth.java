package io.tanggap.app.health;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Whether a Flink cluster runs the live jobs, and whether they keep what they have done. */
public final class FlinkHealth {
    /** Chosen: live jobs begin a checkpoint every second, and every half minute at the least; a large one takes some seconds. */
    static final Duration CHECKPOINT_LATE = Duration.ofMinutes(1);
    /** Chosen: so much would be done again after a failure, and alerts and documents wait for a checkpoint. */
    static final Duration CHECKPOINT_LOST = Duration.ofMinutes(10);
    /** The pauses between restarts begin anew after a job has run for so long, see {@code docker/flink/config.yaml}. */
    static final Duration SETTLED = Duration.ofMinutes(10);

    private static final List<String> JOBS = List.of("intake", "responsiveness", "notification");
    private static final String RUNNING = "RUNNING";
    private static final Duration LONGEST = Duration.ofSeconds(10);
    private static final ObjectMapper JSON = JsonMapper.builder().build();

    private final Findings findings = new Findings();
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(LONGEST)
            .build();
    private final String address;
    private final Clock clock;

    private FlinkHealth(String address, Clock clock) {
        this.address = address;
        this.clock = clock;
    }

    /**
     * Looks at a cluster.
     *
     * @param address of its REST server, as HOST:PORT
     * @param clock of this machine
     */
    public static List<Finding> of(String address, Clock clock) {
        FlinkHealth health = new FlinkHealth(address, clock);
        if (health.findings.check("flink", health::cluster)) {
            health.findings.check("jobs", health::jobs);
        }
        return health.findings.all();
    }

    private void cluster() throws IOException {
        JsonNode overview = get("/overview");
        long workers = overview.path("taskmanagers").asLong();
        long free = overview.path("slots-available").asLong();
        String seen = "version " + overview.path("flink-version").asText() + ", "
                + Findings.count(workers, "TaskManager") + ", " + free + " of "
                + Findings.count(overview.path("slots-total").asLong(), "slot") + " free";
        if (workers == 0) {
            findings.fail("flink", seen, "start TaskManagers: no job can run");
        } else {
            findings.ok("flink", seen);
        }
    }

    private void jobs() throws IOException {
        List<JsonNode> all = new ArrayList<>();
        get("/jobs/overview").path("jobs").forEach(all::add);
        for (String name : JOBS) {
            List<JsonNode> ofName = all.stream()
                    .filter(job -> job.path("name").asText().equals(name))
                    .toList();
            List<JsonNode> alive = ofName.stream()
                    .filter(job -> job.path("state").asText().equals(RUNNING))
                    .toList();
            if (ofName.isEmpty()) {
                findings.warn(
                        "job " + name,
                        "there is none on this cluster",
                        "start it, unless it runs elsewhere or this city does not need it");
            } else if (alive.isEmpty()) {
                // Those that ended stay in the list: the latest one says how things are.
                JsonNode latest = ofName.stream()
                        .max(Comparator.comparingLong(
                                job -> job.path("start-time").asLong()))
                        .orElseThrow();
                findings.check("job " + name, () -> ended("job " + name, latest));
            }
            for (JsonNode job : alive) {
                findings.check("job " + name, () -> running("job " + name, job));
            }
        }
    }

    private void ended(String subject, JsonNode job) throws IOException {
        String id = job.path("jid").asText();
        String state = job.path("state").asText();
        if (!state.equals("FINISHED")) {
            // A savepoint that it may have is older than what it failed or was cancelled at.
            findings.fail(
                    subject,
                    state + " and not running (" + id + ")",
                    "look at its exceptions in Flink's pages; start it with --from its last checkpoint");
            return;
        }
        JsonNode savepoint = get("/jobs/" + id + "/checkpoints").path("latest").path("savepoint");
        if (savepoint.isObject()) {
            findings.fail(
                    subject,
                    "stopped with a savepoint and not running (" + id + ")",
                    "start it with --from " + savepoint.path("external_path").asText());
        } else {
            findings.warn(
                    subject,
                    "has read its input to the end (" + id + ")",
                    "nothing to do after a replay; a live one is to be started");
        }
    }

    private void running(String subject, JsonNode job) throws IOException {
        String path = "/jobs/" + job.path("jid").asText();
        long tasks = job.path("tasks").path("total").asLong();
        long up = job.path("tasks").path("running").asLong()
                + job.path("tasks").path("finished").asLong();
        if (up < tasks) {
            findings.fail(
                    subject,
                    up + " of " + Findings.count(tasks, "task") + " run",
                    "it starts, or has no slots: compare with the slots that are free");
            return;
        }
        long restarts =
                get(path + "/metrics?get=numRestarts").path(0).path("value").asLong();
        Instant since =
                Instant.ofEpochMilli(get(path).path("timestamps").path(RUNNING).asLong());
        Duration running = Duration.between(since, clock.instant());
        String seen = "running for " + Findings.span(running) + ", " + Findings.count(restarts, "restart");
        if (restarts > 0 && running.compareTo(SETTLED) < 0) {
            findings.warn(
                    subject,
                    seen + ", the last one a short while ago",
                    "look at its exceptions in Flink's pages; it goes on from its last checkpoint by itself");
        } else {
            findings.ok(subject, seen);
        }
        checkpoints(subject + " checkpoints", get(path + "/checkpoints"), running);
    }

    private void checkpoints(String subject, JsonNode checkpoints, Duration running) {
        JsonNode last = checkpoints.path("latest").path("completed");
        boolean any = last.isObject();
        Duration age = any
                ? Duration.between(
                        Instant.ofEpochMilli(last.path("latest_ack_timestamp").asLong()), clock.instant())
                : running;
        String seen = any
                ? "the last one is " + Findings.span(age) + " old and took "
                        + last.path("end_to_end_duration").asLong() + " ms, "
                        + Findings.count(
                                checkpoints.path("counts").path("failed").asLong(), "failure")
                : "none completed yet";
        findings.judge(
                subject,
                seen,
                age,
                CHECKPOINT_LATE,
                CHECKPOINT_LOST,
                "alerts and documents wait for it: see whether the storage of checkpoints and Kafka can be written, then in Flink's pages"
                        + " which task holds it up");
    }

    private JsonNode get(String path) throws IOException {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + address + path))
                    .timeout(LONGEST)
                    .build();
            HttpResponse<byte[]> answer = http.send(request, BodyHandlers.ofByteArray());
            if (answer.statusCode() >= 300) {
                throw new IOException("Flink at " + address + " answered " + answer.statusCode() + " to " + path);
            }
            return JSON.readTree(answer.body());
        } catch (ConnectException e) {
            throw new IOException(
                    "nothing answers at " + address + ": start Flink there, or name the address of its REST server", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while asking Flink", e);
        }
    }
}
