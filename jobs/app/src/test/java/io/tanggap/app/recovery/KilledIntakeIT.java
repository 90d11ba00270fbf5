package io.tanggap.app.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tanggap.app.fixture.Documents;
import io.tanggap.app.fixture.JobRun;
import io.tanggap.app.fixture.LivedMonth;
import io.tanggap.app.job.IntakeJob;
import io.tanggap.app.run.KafkaEndpoints;
import io.tanggap.app.run.SystemEmissionClock;
import io.tanggap.elasticsearch.Indices;
import io.tanggap.flink.io.Topics;
import io.tanggap.flink.operator.KeyFile;
import io.tanggap.simulation.Message;
import io.tanggap.testkit.EmbeddedServers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(EmbeddedServers.class)
class KilledIntakeIT {
    private static final int CASES = 4_000;
    private static final int PORTIONS = 8;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    Path directory;

    @Test
    void workersKilledAndABrokerRestartedWhileChannelsSendLoseNothingAndHeartbeatsVouchForAll(EmbeddedServers servers)
            throws Exception {
        LivedMonth month = LivedMonth.of(42, CASES);
        try (JobRun run = JobRun.start(servers, directory.resolve("undisturbed"));
                StandaloneCluster cluster = StandaloneCluster.start(directory)) {
            Process worker = cluster.startWorker();
            run.publish(month.pack());
            run.send(month.messages());
            run.intake();
            run.replay(month.asOf());
            Documents undisturbed = run.documents();
            assertThat(undisturbed.of(Indices.Kind.CASES)).hasSizeGreaterThan(CASES * 9 / 10);
            run.forgetTopics();
            run.forgetDocuments();
            run.publish(month.pack());

            cluster.awaitSlots();
            FlinkRest rest = cluster.rest();
            StreamExecutionEnvironment environment = cluster.environment("rocksdb", Duration.ofMillis(500));
            IntakeJob.define(
                    environment,
                    new KafkaEndpoints(
                            run.bootstrap(), run.elasticsearch(), true, Indices.Generation.CURRENT, JobRun.ALERTS),
                    KeyFile.NONE,
                    1,
                    new SystemEmissionClock());
            RunningJob intake = RunningJob.of(environment);
            await("a checkpoint")
                    .atMost(PATIENCE)
                    .until(() -> intake.status() == JobStatus.RUNNING && rest.completedCheckpoints(intake.id()) >= 1);

            List<Message> messages = month.messages();
            for (int portion = 0; portion < PORTIONS; portion++) {
                long before = run.size(Topics.CASE_EVENTS);
                run.send(messages.subList(
                        messages.size() * portion / PORTIONS, messages.size() * (portion + 1) / PORTIONS));
                if (portion == 2 || portion == 5) {
                    await("a part of the portion").atMost(PATIENCE).until(() -> run.size(Topics.CASE_EVENTS) > before);
                    StandaloneCluster.kill(worker);
                    worker = cluster.startWorker();
                } else if (portion == 4) {
                    await("a part of the portion").atMost(PATIENCE).until(() -> run.size(Topics.CASE_EVENTS) > before);
                    servers.kafka().restart();
                }
            }
            Instant sent = Instant.now();
            await("a heartbeat of later than the last record")
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> run.toldUpTo().isAfter(sent));
            assertThat(rest.restorations(intake.id())).isEqualTo(2);

            intake.cancel();

            // A heartbeat vouches for everything before it: what is in the topic now is all there is.
            run.replay(month.asOf());
            run.documents().assertSameAs(undisturbed);
        }
    }
}
