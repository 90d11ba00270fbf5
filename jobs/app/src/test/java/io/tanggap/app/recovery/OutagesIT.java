package io.tanggap.app.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tanggap.app.fixture.Documents;
import io.tanggap.app.fixture.JobRun;
import io.tanggap.app.health.Finding.Level;
import io.tanggap.app.health.FlinkHealth;
import io.tanggap.app.run.CounterReporter;
import io.tanggap.app.run.Engine.Accounts;
import io.tanggap.app.run.KafkaEndpoints;
import io.tanggap.core.alert.Alert;
import io.tanggap.elasticsearch.Indices;
import io.tanggap.elasticsearch.SinkMetrics;
import io.tanggap.flink.io.Topics;
import io.tanggap.flink.operator.Timing;
import io.tanggap.testkit.EmbeddedServers;
import io.tanggap.testkit.Wire;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.apache.flink.api.common.JobStatus;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A replay of which a server, the wire to it or the storage of checkpoints is away for a while, and one that nothing disturbs. */
@ExtendWith(EmbeddedServers.class)
class OutagesIT {
    private static final int CASES = 2_000;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration AWAY = Duration.ofSeconds(4);

    @TempDir
    private static Path shared;

    private static JobRun run;
    private static FlinkRest rest;
    private static Documents undisturbed;

    @TempDir
    private Path directory;

    private HeldEndpoints endpoints;
    private String alerts;

    @BeforeAll
    static void runUndisturbed(EmbeddedServers servers) throws Exception {
        run = JobRun.start(servers, shared.resolve("undisturbed"));
        rest = new FlinkRest(run.flink().address());
        SeededMonth.of(CASES).feed(run);
        run.replay(SeededMonth.AS_OF);
        undisturbed = run.documents();
        assertThat(undisturbed.of(Indices.Kind.CASES)).hasSize(CASES);
    }

    @AfterAll
    static void close() {
        run.close();
    }

    @BeforeEach
    void forget() throws IOException {
        run.forgetDocuments();
        alerts = Topics.createAlerts(run.bootstrap(), false, Instant.now(), JobRun.PARTITIONS);
    }

    private RunningJob start(String elasticsearch) throws Exception {
        endpoints = new HeldEndpoints(
                new KafkaEndpoints(run.bootstrap(), elasticsearch, false, Indices.Generation.CURRENT, alerts),
                Files.createDirectories(directory.resolve("held")));
        return RunningJob.start(
                run.flink()
                        .environment(
                                JobRun.PARALLELISM, "hashmap", directory.resolve("checkpoints"), Duration.ofSeconds(1)),
                endpoints,
                Timing.replay(SeededMonth.AS_OF));
    }

    private void assertUndisturbed() throws Exception {
        run.documents().assertSameAs(undisturbed);
        assertThat(run.alerts(alerts))
                .as("every alert, exactly once")
                .extracting(Alert::id)
                .containsExactlyInAnyOrderElementsOf(
                        undisturbed.of(Indices.Kind.ALERTS).keySet());
    }

    private static void assertNeverFailed(RunningJob job) throws Exception {
        assertThat(rest.restorations(job.id())).as("the job did not fail").isZero();
        run.assertBalanced(new Accounts(CounterReporter.sums(), 0));
    }

    private static void awaitFirstDocuments() {
        await("the first documents").atMost(PATIENCE).until(() -> counter(SinkMetrics.DOCUMENTS_INDEXED) > 0);
    }

    private static void awaitWaiting(RunningJob job) {
        await("a job that goes on waiting")
                .during(AWAY)
                .atMost(PATIENCE)
                .until(() -> job.status() == JobStatus.RUNNING);
    }

    private static long counter(String name) {
        return CounterReporter.sums().getOrDefault(name, 0L);
    }

    @Test
    void anIndexThatIsAwayIsWaitedForAndNothingIsLost(EmbeddedServers servers) throws Exception {
        RunningJob job = start(run.elasticsearch());
        endpoints.releaseReading();
        try {
            awaitFirstDocuments();
            servers.elasticsearch().kill();
            long before = counter(SinkMetrics.DOCUMENTS_RETRIED);
            endpoints.releaseWriting();
            await("attempts that fail").atMost(PATIENCE).until(() -> counter(SinkMetrics.DOCUMENTS_RETRIED) > before);
            awaitWaiting(job);
        } finally {
            servers.elasticsearch().restart();
        }
        job.awaitFinished();
        assertNeverFailed(job);
        assertUndisturbed();
    }

    @Test
    void answersThatComeSlowlyOrBreakOffAreWaitedForOrAskedForAgain() throws Exception {
        try (Wire wire = Wire.to(run.elasticsearch())) {
            wire.slow(true);
            RunningJob job = start(wire.url());
            endpoints.releaseReading();
            awaitFirstDocuments();
            wire.breakOff(3);
            wire.slow(false);
            endpoints.releaseWriting();
            job.awaitFinished();
            assertThat(counter(SinkMetrics.DOCUMENTS_STALE))
                    .as("what was stored before an answer broke off")
                    .isPositive();
            assertNeverFailed(job);
        }
        assertUndisturbed();
    }

    @Test
    void aBrokerThatRestartsWhileEventsAreReadAndAlertsWrittenLosesAndDoublesNothing(EmbeddedServers servers)
            throws Exception {
        RunningJob job = start(run.elasticsearch());
        rest.awaitCheckpoint(job.id());
        restartBroker(servers, job);
        rest.awaitCheckpoint(job.id());
        endpoints.releaseReading();
        // What is raised is in a transaction that is open; no checkpoint passes before all documents are handed on.
        awaitFirstDocuments();
        assertThat(run.size(alerts)).isPositive();
        restartBroker(servers, job);
        endpoints.releaseWriting();
        job.awaitFinished();
        assertNeverFailed(job);
        assertUndisturbed();
    }

    private static void restartBroker(EmbeddedServers servers, RunningJob job) throws Exception {
        servers.kafka().close();
        try {
            awaitWaiting(job);
        } finally {
            servers.kafka().restart();
        }
    }

    @Test
    void checkpointsThatAreRefusedForAWhileStopNothingAndAreTold() throws Exception {
        RunningJob job = start(run.elasticsearch());
        rest.awaitCheckpoint(job.id());
        // Permissions refuse nothing to a superuser; a file in the place of the directory does.
        Path storage = directory.resolve("checkpoints").resolve(job.id().toString());
        Path aside = Files.move(storage, directory.resolve("aside"));
        Files.createFile(storage);
        int failed = rest.failedCheckpoints(job.id());
        await("checkpoints that fail").atMost(PATIENCE).until(() -> rest.failedCheckpoints(job.id()) >= failed + 2);
        assertThat(job.status()).isEqualTo(JobStatus.RUNNING);
        assertThat(FlinkHealth.of(
                        run.flink().address().getAuthority(), Clock.offset(Clock.systemUTC(), Duration.ofMinutes(2))))
                .filteredOn(finding -> finding.subject().equals("job responsiveness checkpoints"))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.level()).isEqualTo(Level.WARN);
                    assertThat(finding.seen()).contains("failures");
                    assertThat(finding.remedy()).contains("storage of checkpoints");
                });

        Files.delete(storage);
        Files.move(aside, storage);
        rest.awaitCheckpoint(job.id());
        endpoints.releaseReading();
        endpoints.releaseWriting();
        job.awaitFinished();
        assertNeverFailed(job);
        assertUndisturbed();
    }
}
