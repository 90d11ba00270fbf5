package io.tanggap.app.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.JobID;

/** What a Flink cluster says about itself. */
final class FlinkRest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI address;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    FlinkRest(URI address) {
        this.address = address;
    }

    /** Slots that wait for work; none while the cluster does not answer. */
    int freeSlots() throws InterruptedException {
        try {
            return get("/overview").path("slots-available").asInt();
        } catch (IOException e) {
            return 0;
        }
    }

    /** Whether all tasks of the job of a name run, but for those that have read everything; not while the cluster does not answer. */
    boolean isRunning(String name) throws InterruptedException {
        try {
            for (JsonNode job : get("/jobs/overview").path("jobs")) {
                if (job.path("name").asText().equals(name)
                        && job.path("state").asText().equals("RUNNING")) {
                    JsonNode tasks = job.path("tasks");
                    int running = tasks.path("running").asInt();
                    return running > 0
                            && running + tasks.path("finished").asInt()
                                    == tasks.path("total").asInt();
                }
            }
            return false;
        } catch (IOException e) {
            return false;
        }
    }

    /** What its web pages show of its own settings and of every job's. */
    String everything() throws IOException, InterruptedException {
        StringBuilder all = new StringBuilder(get("/jobmanager/config").toString());
        for (JsonNode job : get("/jobs/overview").path("jobs")) {
            String path = "/jobs/" + job.path("jid").asText();
            all.append(get(path)).append(get(path + "/config")).append(get(path + "/plan"));
        }
        return all.toString();
    }

    /** From one checkpoint to the next, in seconds, of each job of a name that runs. */
    List<Long> checkpointIntervals(String name) throws IOException, InterruptedException {
        List<Long> intervals = new ArrayList<>();
        for (JsonNode job : get("/jobs/overview").path("jobs")) {
            if (job.path("name").asText().equals(name)
                    && job.path("state").asText().equals("RUNNING")) {
                JsonNode config = get("/jobs/" + job.path("jid").asText() + "/checkpoints/config");
                intervals.add(config.path("interval").asLong() / 1_000);
            }
        }
        return intervals;
    }

    /** Checkpoints that a job has completed so far. */
    int completedCheckpoints(JobID job) throws IOException, InterruptedException {
        return checkpoints(job, "completed");
    }

    /** Checkpoints of a job that came to nothing so far. */
    int failedCheckpoints(JobID job) throws IOException, InterruptedException {
        return checkpoints(job, "failed");
    }

    /** How often a job was restored from a checkpoint or a savepoint. */
    int restorations(JobID job) throws IOException, InterruptedException {
        return checkpoints(job, "restored");
    }

    private int checkpoints(JobID job, String count) throws IOException, InterruptedException {
        return get("/jobs/" + job + "/checkpoints").path("counts").path(count).asInt();
    }

    /** Returns when a job has completed one more checkpoint: all of its tasks run. */
    void awaitCheckpoint(JobID job) throws IOException, InterruptedException {
        int before = completedCheckpoints(job);
        await("a checkpoint").atMost(PATIENCE).until(() -> completedCheckpoints(job) > before);
    }

    /** Returns when all tasks of a job run, and have had the time of a checkpoint to read what was there when they began. */
    void awaitStarted(JobID job) throws IOException, InterruptedException {
        awaitCheckpoint(job);
        awaitCheckpoint(job);
    }

    /** Has a job take a checkpoint, and returns when it is complete; a savepoint would not be told to the operators. */
    void checkpoint(JobID job) throws IOException, InterruptedException {
        String path = "/jobs/" + job + "/checkpoints";
        String request =
                post(path, "{\"checkpointType\":\"FULL\"}").path("request-id").asText();
        // Whoever never asks how it ended keeps the cluster from closing for five minutes.
        await("a checkpoint")
                .until(() -> get(path + "/" + request).at("/status/id").asText().equals("COMPLETED"));
    }

    /** Stops a job at a savepoint, as for an upgrade, and returns where that lies. */
    String stopWithSavepoint(JobID job) throws IOException, InterruptedException {
        String request = post("/jobs/" + job + "/stop", "{\"drain\":false}")
                .path("request-id")
                .asText();
        String path = "/jobs/" + job + "/savepoints/" + request;
        await("a savepoint")
                .atMost(PATIENCE)
                .until(() -> get(path).at("/status/id").asText().equals("COMPLETED"));
        JsonNode operation = get(path).path("operation");
        assertThat(operation.has("location")).as("%s", operation).isTrue();
        return operation.path("location").asText();
    }

    private JsonNode post(String path, String body) throws IOException, InterruptedException {
        var answer = client.send(
                HttpRequest.newBuilder(address.resolve(path))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofByteArray());
        return JSON.readTree(answer.body());
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        var answer = client.send(HttpRequest.newBuilder(address.resolve(path)).build(), BodyHandlers.ofByteArray());
        return JSON.readTree(answer.body());
    }
}
