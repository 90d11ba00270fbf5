package io.tanggap.app.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tanggap.app.fixture.Documents;
import io.tanggap.app.fixture.JobRun;
import io.tanggap.app.run.CounterReporter;
import io.tanggap.app.run.Engine.Accounts;
import io.tanggap.app.run.KafkaEndpoints;
import io.tanggap.elasticsearch.Indices;
import io.tanggap.elasticsearch.SinkMetrics;
import io.tanggap.flink.operator.Timing;
import io.tanggap.testkit.EmbeddedServers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.flink.api.common.JobStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(EmbeddedServers.class)
class ElasticsearchAwayIT {
    private static final int CASES = 6_000;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration AWAY = Duration.ofSeconds(4);

    @TempDir
    Path directory;

    @Test
    void aReplayWaitsForAnIndexThatIsAwayAndLosesNothing(EmbeddedServers servers) throws Exception {
        try (JobRun run = JobRun.start(servers, directory.resolve("undisturbed"))) {
            SeededMonth.of(CASES).feed(run);
            run.replay(SeededMonth.AS_OF);
            Documents undisturbed = run.documents();
            assertThat(undisturbed.of(Indices.Kind.CASES)).hasSize(CASES);
            run.forgetDocuments();

            HeldEndpoints endpoints = new HeldEndpoints(
                    new KafkaEndpoints(
                            run.bootstrap(), run.elasticsearch(), false, Indices.Generation.CURRENT, JobRun.ALERTS),
                    Files.createDirectories(directory.resolve("held")));
            endpoints.releaseReading();
            RunningJob job = RunningJob.start(
                    run.flink()
                            .environment(
                                    JobRun.PARALLELISM,
                                    "hashmap",
                                    directory.resolve("checkpoints"),
                                    Duration.ofSeconds(1)),
                    endpoints,
                    Timing.replay(SeededMonth.AS_OF));
            try {
                await("the first documents").atMost(PATIENCE).until(() -> counter(SinkMetrics.DOCUMENTS_INDEXED) > 0);
                servers.elasticsearch().kill();
                long before = counter(SinkMetrics.DOCUMENTS_RETRIED);
                endpoints.releaseWriting();
                await("attempts that fail")
                        .atMost(PATIENCE)
                        .until(() -> counter(SinkMetrics.DOCUMENTS_RETRIED) > before);
                await("a job that goes on waiting")
                        .during(AWAY)
                        .atMost(PATIENCE)
                        .until(() -> job.status() == JobStatus.RUNNING);
            } finally {
                servers.elasticsearch().restart();
            }
            job.awaitFinished();
            assertThat(new FlinkRest(run.flink().address()).restorations(job.id()))
                    .as("the job did not fail")
                    .isZero();
            run.assertBalanced(new Accounts(CounterReporter.sums(), 0));
            run.documents().assertSameAs(undisturbed);
        }
    }

    private static long counter(String name) {
        return CounterReporter.sums().getOrDefault(name, 0L);
    }
}
