package io.tanggap.app.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.tanggap.app.fixture.Documents;
import io.tanggap.app.fixture.JobRun;
import io.tanggap.app.run.CounterReporter;
import io.tanggap.app.run.KafkaEndpoints;
import io.tanggap.core.alert.Alert;
import io.tanggap.core.complaint.CaseEvent;
import io.tanggap.elasticsearch.Indices;
import io.tanggap.elasticsearch.SinkMetrics;
import io.tanggap.flink.io.EventPublisher;
import io.tanggap.flink.io.Topics;
import io.tanggap.flink.operator.Timing;
import io.tanggap.simulation.SeededCity;
import io.tanggap.testkit.EmbeddedServers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The live job goes on from the {@linkplain GoldenState state of the last release}, and from an older savepoint of its own.
 */
@ExtendWith(EmbeddedServers.class)
class UpgradeIT {
    private static final List<String> TOPICS = List.of(Topics.REFERENCE, Topics.CASE_EVENTS);

    /** Ahead of the clock for as long as the file is kept: behind it the job would catch up, and what it folds when would depend on the clock. */
    private static final YearMonth MONTH = YearMonth.of(2099, 11);

    private static final Instant HALF = Instant.parse("2099-11-20T17:30:00Z");
    private static final Instant END = Instant.parse("2099-12-04T20:30:00Z");
    private static final long SEED = 42;
    private static final int CASES = 24;

    /** One flush takes all that a heartbeat changes, unless the machine is very slow. */
    private static final Timing TIMING =
            new Timing(null, null, Duration.ofSeconds(4), Duration.ZERO, Duration.ofMinutes(15), Duration.ofDays(90));

    @TempDir
    private Path directory;

    private JobRun run;

    @Test
    void aJobGoesOnFromTheStateOfTheLastReleaseAndFromAnOlderOneOfItsOwn(EmbeddedServers servers) throws Exception {
        GoldenState golden = GoldenState.of("responsiveness", directory);
        try (JobRun started = JobRun.start(servers, directory.resolve("flink"))) {
            run = started;
            publishPack(golden.file("first-half"));
            RunningJob job = RunningJob.start(environment("hashmap"), endpoints(), TIMING);
            // A case that comes before the pack is judged by the next heartbeat, which is that of the second half.
            new FlinkRest(run.flink().address()).awaitStarted(job.id());
            TopicLog firstHalf = publish(
                    golden.file("first-half"),
                    TopicLog.of(),
                    event -> event.occurredAt().isBefore(HALF),
                    HALF);
            run.awaitQuiet(TIMING, firstHalf.size(Topics.CASE_EVENTS));
            Documents half = run.documents();
            List<Alert> alertsOfHalf = run.alerts(JobRun.ALERTS);
            String savepoint = job.savepoint(directory.resolve("savepoints"));
            TopicLog secondHalf = publish(
                    golden.file("second-half"),
                    firstHalf,
                    event -> !event.occurredAt().isBefore(HALF),
                    END);
            finish(job, firstHalf, secondHalf);
            Documents undisturbed = run.documents();
            List<Alert> alerts = run.alerts(JobRun.ALERTS);
            List<Alert> alertsOfSecondHalf = new ArrayList<>(alerts);
            alertsOfHalf.forEach(alertsOfSecondHalf::remove);
            assertThat(alertsOfHalf).isNotEmpty();
            assertThat(alertsOfSecondHalf).isNotEmpty();
            if (GoldenState.UPDATE) {
                golden.keep(savepoint);
            }

            run.forgetDocuments();
            job = RunningJob.restore(golden.savepoint(), environment("rocksdb"), endpoints(), TIMING);
            finish(job, secondHalf);
            half.overlaidWith(run.documents()).shown().assertSameAs(undisturbed.shown());
            alerts.addAll(alertsOfSecondHalf);
            assertThat(run.alerts(JobRun.ALERTS)).containsExactlyInAnyOrderElementsOf(alerts);

            // What was written since is written again with higher versions, and what was raised since is raised again.
            Documents rolledForward = run.documents();
            job = RunningJob.restore(savepoint, environment("hashmap"), endpoints(), TIMING);
            finish(job, secondHalf);
            assertThat(counter(SinkMetrics.DOCUMENTS_INDEXED)).isPositive();
            assertThat(counter(SinkMetrics.DOCUMENTS_STALE)).isZero();
            run.documents().shown().assertSameAs(rolledForward.shown());
            alerts.addAll(alertsOfSecondHalf);
            assertThat(run.alerts(JobRun.ALERTS)).containsExactlyInAnyOrderElementsOf(alerts);
        }
    }

    private void publishPack(Path firstHalf) throws Exception {
        if (GoldenState.UPDATE) {
            run.publish(city().referencePack());
        } else {
            TopicLog.load(firstHalf).ofTopic(Topics.REFERENCE).publish(run.bootstrap());
        }
    }

    private static SeededCity city() {
        return SeededCity.ofSize(3, 2);
    }

    /** What the last release has read, or what the next one is to read; then a heartbeat. */
    private TopicLog publish(Path file, TopicLog before, Predicate<CaseEvent> part, Instant upTo) throws Exception {
        if (!GoldenState.UPDATE) {
            TopicLog log = TopicLog.load(file);
            log.ofTopic(Topics.CASE_EVENTS).publish(run.bootstrap());
            return log;
        }
        List<CaseEvent> events = new ArrayList<>();
        city().generate(SEED, CASES, MONTH, events::add);
        try (EventPublisher publisher = new EventPublisher(run.bootstrap())) {
            events.stream().filter(part).forEach(publisher::publish);
            publisher.heartbeat(upTo);
        }
        TopicLog log = TopicLog.after(before, run.bootstrap(), TOPICS);
        log.save(file);
        return log;
    }

    private StreamExecutionEnvironment environment(String backend) {
        return run.flink()
                .environment(JobRun.PARALLELISM, backend, directory.resolve("checkpoints"), Duration.ofMillis(500));
    }

    private KafkaEndpoints endpoints() {
        return new KafkaEndpoints(
                run.bootstrap(), run.elasticsearch(), true, Indices.Generation.CURRENT, JobRun.ALERTS);
    }

    private void finish(RunningJob job, TopicLog... read) throws Exception {
        long records =
                Stream.of(read).mapToLong(log -> log.size(Topics.CASE_EVENTS)).sum();
        run.awaitQuiet(TIMING, records);
        job.cancel();
    }

    private static long counter(String name) {
        return CounterReporter.sums().getOrDefault(name, 0L);
    }
}
