package io.tanggap.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tanggap.app.run.CounterReporter;
import io.tanggap.app.run.FlinkSession;
import io.tanggap.flink.metrics.MetricNames;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** A job that goes on until it is cancelled, as its counters and the session tell of it. */
final class RunningJob {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long POLL_MILLIS = 5;
    /** Longer than folds wait while a job catches up. */
    private static final Duration QUIET = Duration.ofSeconds(11);

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI address;
    private final JobClient job;
    private final CompletableFuture<?> ended;
    private final long startedNanos;

    private RunningJob(URI address, JobClient job, long startedNanos) {
        this.address = address;
        this.job = job;
        this.ended = job.getJobExecutionResult();
        this.startedNanos = startedNanos;
    }

    /**
     * A checkpoint that was completed.
     *
     * @param stateBytes all that it refers to, of earlier checkpoints too
     */
    record Checkpoint(long millis, long stateBytes, URI path) {}

    /** Durations of the checkpoints that the job has made by itself. */
    record Checkpoints(long medianMillis, long longestMillis) {}

    static RunningJob start(FlinkSession flink, String name, StreamExecutionEnvironment environment) throws Exception {
        CounterReporter.reset();
        long started = System.nanoTime();
        return new RunningJob(flink.address(), environment.executeAsync(name), started);
    }

    /** Milliseconds from the call that started the job until so many events are in their histories. */
    long awaitTracked(long events) throws Exception {
        while (counter(MetricNames.EVENTS_TRACKED) < events) {
            pause(POLL_MILLIS);
        }
        return (System.nanoTime() - startedNanos) / 1_000_000;
    }

    /** Returns when every case has been folded, and nothing that was put off is left. */
    void awaitFolded(long cases) throws Exception {
        long folds = -1;
        while (folds < cases || folds < folds()) {
            folds = folds();
            pause(QUIET.toMillis());
        }
    }

    /** How often a case has been folded. */
    long folds() {
        return counter(MetricNames.FOLDS);
    }

    private static long counter(String name) {
        return CounterReporter.sums().getOrDefault(name, 0L);
    }

    private void pause(long millis) throws Exception {
        try {
            ended.get(millis, TimeUnit.MILLISECONDS);
            throw new IOException("the job has ended by itself");
        } catch (TimeoutException e) {
            // It goes on.
        }
    }

    /** Makes a checkpoint of everything, whatever earlier ones hold. */
    Checkpoint checkpoint() throws Exception {
        String request = send(HttpRequest.newBuilder(uri("/checkpoints"))
                        .POST(BodyPublishers.ofString("{\"checkpointType\":\"FULL\"}")))
                .path("request-id")
                .asText();
        while (true) {
            JsonNode answer = get("/checkpoints/" + request);
            JsonNode operation = answer.path("operation");
            if (answer.path("status").path("id").asText().equals("COMPLETED")) {
                if (!operation.has("checkpointId")) {
                    throw new IOException("the checkpoint has failed: " + operation.path("failure-cause"));
                }
                return checkpoint(get(
                        "/checkpoints/details/" + operation.path("checkpointId").asLong()));
            }
            pause(POLL_MILLIS);
        }
    }

    private static Checkpoint checkpoint(JsonNode json) {
        return new Checkpoint(
                json.path("end_to_end_duration").asLong(),
                json.path("state_size").asLong(),
                URI.create(json.path("external_path").asText()));
    }

    Checkpoints checkpoints() throws Exception {
        JsonNode durations = get("/checkpoints").path("summary").path("end_to_end_duration");
        return new Checkpoints(
                Math.round(durations.path("p50").asDouble()),
                durations.path("max").asLong());
    }

    /** Ends the job and returns the checkpoint that it leaves. */
    URI cancel() throws Exception {
        job.cancel().get();
        try {
            ended.get();
        } catch (ExecutionException e) {
            // That is how a cancelled job ends.
        }
        return checkpoint(get("/checkpoints").path("latest").path("completed")).path();
    }

    private URI uri(String path) {
        return address.resolve("/jobs/" + job.getJobID() + path);
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri(path)));
    }

    private JsonNode send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return JSON.readTree(
                http.send(request.header("Content-Type", "application/json").build(), BodyHandlers.ofByteArray())
                        .body());
    }
}
