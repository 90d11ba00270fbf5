package io.tanggap.app.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tanggap.app.fixture.Documents;
import io.tanggap.app.fixture.JobRun;
import io.tanggap.app.run.CounterReporter;
import io.tanggap.app.run.FlinkSession;
import io.tanggap.app.run.KafkaEndpoints;
import io.tanggap.elasticsearch.Indices;
import io.tanggap.flink.io.Topics;
import io.tanggap.flink.metrics.MetricNames;
import io.tanggap.flink.operator.Timing;
import io.tanggap.testkit.ElasticsearchQueries;
import io.tanggap.testkit.EmbeddedServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(EmbeddedServers.class)
class SavepointIT {
    private static final int CASES = 2_000;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Timing TIMING = Timing.replay(SeededMonth.AS_OF);

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"hashmap", "rocksdb"})
    void aJobStoppedInMidRunGoesOnWithMoreInstancesAndWithFewerAgain(String backend, EmbeddedServers servers)
            throws Exception {
        try (JobRun run = JobRun.start(servers, directory.resolve("undisturbed"));
                FlinkSession larger = FlinkSession.start(0, 4, directory)) {
            Documents undisturbed = undisturbed(run);
            run.forgetDocuments();

            RunningJob job = RunningJob.start(environment(run.flink(), 2, backend), held(run), TIMING);
            awaitMidRun(run, run.flink());
            String savepoint = job.stopWithSavepoint(directory.resolve("savepoints"));
            assertThat(run.documents().count())
                    .as("documents of a replay that has not read everything")
                    .isZero();

            job = RunningJob.restore(savepoint, environment(larger, 4, backend), held(run), TIMING);
            awaitMidRun(run, larger);
            savepoint = job.stopWithSavepoint(directory.resolve("savepoints"));
            assertThat(run.documents().count()).isZero();

            HeldEndpoints released = held(run);
            released.releaseReading();
            released.releaseWriting();
            RunningJob restored = RunningJob.restore(savepoint, environment(run.flink(), 2, backend), released, TIMING);
            restored.awaitFinished();
            run.documents().assertSameAs(undisturbed);
        }
    }

    @Test
    void aRollBackToAnOlderSavepointWritesEveryDocumentAnewAndNothingOlderWins(EmbeddedServers servers)
            throws Exception {
        try (JobRun run = JobRun.start(servers, directory.resolve("undisturbed"))) {
            Documents undisturbed = undisturbed(run);
            run.forgetDocuments();

            HeldEndpoints endpoints = held(run);
            RunningJob job = RunningJob.start(environment(run.flink(), 2, "rocksdb"), endpoints, TIMING);
            awaitMidRun(run, run.flink());
            String savepoint = job.savepoint(directory.resolve("savepoints"));
            endpoints.releaseReading();
            endpoints.releaseWriting();
            job.awaitFinished();
            run.documents().assertSameAs(undisturbed);
            Map<String, Long> before = versions(run.queries());

            RunningJob.restore(savepoint, environment(run.flink(), 2, "rocksdb"), endpoints, TIMING)
                    .awaitFinished();
            run.documents().assertSameAs(undisturbed);
            Map<String, Long> after = versions(run.queries());
            assertThat(after.keySet()).isEqualTo(before.keySet());
            assertThat(after).allSatisfy((id, version) -> assertThat(version).isGreaterThan(before.get(id)));
        }
    }

    private static Documents undisturbed(JobRun run) throws Exception {
        SeededMonth.of(CASES).feed(run);
        run.replay(SeededMonth.AS_OF);
        Documents documents = run.documents();
        assertThat(documents.of(Indices.Kind.CASES)).hasSize(CASES);
        return documents;
    }

    private HeldEndpoints held(JobRun run) throws IOException {
        return new HeldEndpoints(
                new KafkaEndpoints(
                        run.bootstrap(), run.elasticsearch(), false, Indices.Generation.CURRENT, JobRun.ALERTS),
                Files.createTempDirectory(directory, "held"));
    }

    private StreamExecutionEnvironment environment(FlinkSession flink, int parallelism, String backend) {
        return flink.environment(parallelism, backend, directory.resolve("checkpoints"), Duration.ofMinutes(10));
    }

    /** Until a part of the events is read, and every task runs: a savepoint is refused before. */
    private static void awaitMidRun(JobRun run, FlinkSession flink) throws Exception {
        long events = run.size(Topics.CASE_EVENTS);
        FlinkRest rest = new FlinkRest(flink.address());
        await("a part of the events")
                .atMost(PATIENCE)
                .until(() -> tracked() > events / 20 && rest.isRunning("responsiveness"));
        assertThat(tracked()).isLessThan(events / 2);
    }

    private static long tracked() {
        return CounterReporter.sums().getOrDefault(MetricNames.EVENTS_TRACKED, 0L);
    }

    /** The external version of every document, by index and id. */
    private static Map<String, Long> versions(ElasticsearchQueries queries) {
        Map<String, Long> versions = new HashMap<>();
        String pointInTime =
                queries.post("/tanggap-*/_pit?keep_alive=1m", "").get("id").asText();
        ObjectNode request = JsonNodeFactory.instance.objectNode();
        request.put("size", 5_000).put("version", true).put("_source", false);
        request.putObject("pit").put("id", pointInTime);
        request.putArray("sort").addObject().put("_shard_doc", "asc");
        while (true) {
            JsonNode hits =
                    queries.post("/_search", request.toString()).get("hits").get("hits");
            if (hits.isEmpty()) {
                return versions;
            }
            hits.forEach(hit -> versions.put(
                    hit.get("_index").asText() + "/" + hit.get("_id").asText(),
                    hit.get("_version").asLong()));
            request.set("search_after", hits.get(hits.size() - 1).get("sort"));
        }
    }
}
