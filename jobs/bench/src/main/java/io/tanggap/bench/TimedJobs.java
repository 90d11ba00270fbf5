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
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Runs jobs on a session and takes their time, from the first record read to the end of the job. */
final class TimedJobs {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long FIRST_RECORD_POLL_MILLIS = 5;
    private static final Duration LONGEST = Duration.ofMinutes(30);

    private final HttpClient http = HttpClient.newHttpClient();
    private final FlinkSession flink;

    TimedJobs(FlinkSession flink) {
        this.flink = flink;
    }

    /**
     * One run.
     *
     * @param millis from the first record to the end, the last checkpoint included
     * @param counters of the job, by name
     */
    record Run(long millis, Map<String, Long> counters) {
        long counter(String name) {
            return counters.getOrDefault(name, 0L);
        }
    }

    Run run(String name, StreamExecutionEnvironment environment) throws Exception {
        CounterReporter.reset();
        JobClient job = environment.executeAsync(name);
        CompletableFuture<?> ended = job.getJobExecutionResult();
        long firstRecord = awaitFirstRecord(ended);
        ended.get(LONGEST.toSeconds(), TimeUnit.SECONDS);
        return new Run(finished(job) - firstRecord, CounterReporter.sums());
    }

    private static long awaitFirstRecord(CompletableFuture<?> ended) throws Exception {
        while (true) {
            if (CounterReporter.sums().getOrDefault(MetricNames.RECORDS_READ, 0L) > 0) {
                return System.currentTimeMillis();
            }
            try {
                ended.get(FIRST_RECORD_POLL_MILLIS, TimeUnit.MILLISECONDS);
                throw new IOException("the job ended before it read a record: is there anything in the topic?");
            } catch (TimeoutException e) {
                // Not yet.
            }
        }
    }

    /** As the session noted it: the client learns of the end up to two seconds later. */
    private long finished(JobClient job) throws IOException, InterruptedException {
        URI details = flink.address().resolve("/jobs/" + job.getJobID());
        JsonNode json = JSON.readTree(http.send(HttpRequest.newBuilder(details).build(), BodyHandlers.ofByteArray())
                .body());
        return json.path("timestamps").path("FINISHED").asLong();
    }
}
