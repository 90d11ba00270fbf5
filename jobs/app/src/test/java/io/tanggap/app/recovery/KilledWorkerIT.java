package io.tanggap.app.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tanggap.app.fixture.Documents;
import io.tanggap.app.fixture.JobRun;
import io.tanggap.app.run.KafkaEndpoints;
import io.tanggap.core.alert.Alert;
import io.tanggap.elasticsearch.Indices;
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
class KilledWorkerIT {
    private static final int CASES = 3_000;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration CHECKPOINTS = Duration.ofMillis(500);

    @TempDir
    Path directory;

    @Test
    void workersKilledWhileReadingAndWhileWritingChangeNoDocument(EmbeddedServers servers) throws Exception {
        try (JobRun run = JobRun.start(servers, directory.resolve("undisturbed"));
                StandaloneCluster cluster = StandaloneCluster.start(directory)) {
            Process first = cluster.startWorker();
            SeededMonth.of(CASES).feed(run);
            run.replay(SeededMonth.AS_OF);
            Documents undisturbed = run.documents();
            assertThat(undisturbed.of(Indices.Kind.CASES)).hasSize(CASES);
            run.forgetDocuments();

            HeldEndpoints endpoints = new HeldEndpoints(
                    new KafkaEndpoints(
                            run.bootstrap(), run.elasticsearch(), false, Indices.Generation.CURRENT, JobRun.ALERTS),
                    Files.createDirectories(directory.resolve("held")));
            cluster.awaitSlots();
            FlinkRest rest = cluster.rest();
            RunningJob job = RunningJob.start(
                    cluster.environment("rocksdb", CHECKPOINTS), endpoints, Timing.replay(SeededMonth.AS_OF));

            await("a checkpoint while reading")
                    .atMost(PATIENCE)
                    .until(() -> job.status() == JobStatus.RUNNING && rest.completedCheckpoints(job.id()) >= 2);
            StandaloneCluster.kill(first);
            Process second = cluster.startWorker();
            await("another worker, and a checkpoint after it took over")
                    .atMost(PATIENCE)
                    .until(() -> rest.restorations(job.id()) == 1 && rest.completedCheckpoints(job.id()) >= 3);
            assertThat(indexed(run)).as("documents before everything was read").isZero();
            endpoints.releaseReading();

            await("documents, but not all of them").atMost(PATIENCE).until(() -> indexed(run) > 0);
            assertThat(job.status()).isEqualTo(JobStatus.RUNNING);
            assertThat(indexed(run)).isLessThan(CASES);
            StandaloneCluster.kill(second);
            cluster.startWorker();
            endpoints.releaseWriting();

            job.awaitFinished();
            assertThat(rest.restorations(job.id())).isEqualTo(2);
            run.documents().assertSameAs(undisturbed);
            assertThat(run.alerts(JobRun.ALERTS))
                    .as("every alert, exactly once")
                    .extracting(Alert::id)
                    .containsExactlyInAnyOrderElementsOf(
                            undisturbed.of(Indices.Kind.ALERTS).keySet());
        }
    }

    private static long indexed(JobRun run) {
        run.queries().refresh("tanggap-*");
        return run.queries().count("tanggap-*");
    }
}
