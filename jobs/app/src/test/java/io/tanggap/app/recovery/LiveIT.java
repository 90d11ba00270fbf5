package io.tanggap.app.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.tanggap.app.fixture.Documents;
import io.tanggap.app.fixture.JobRun;
import io.tanggap.app.run.CounterReporter;
import io.tanggap.app.run.Engine.Accounts;
import io.tanggap.app.run.KafkaEndpoints;
import io.tanggap.core.alert.Alert;
import io.tanggap.core.alert.Alert.State;
import io.tanggap.core.complaint.Actor;
import io.tanggap.core.complaint.CaseEvent;
import io.tanggap.core.complaint.Outcome;
import io.tanggap.core.complaint.Payload;
import io.tanggap.core.complaint.TimeNote;
import io.tanggap.core.complaint.Visibility;
import io.tanggap.core.measure.Cell;
import io.tanggap.core.reference.ReferencePack;
import io.tanggap.elasticsearch.Indices;
import io.tanggap.flink.io.EventPublisher;
import io.tanggap.flink.metrics.MetricNames;
import io.tanggap.flink.operator.Timing;
import io.tanggap.testkit.EmbeddedServers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The live job between real servers. The test writes the heartbeats, so time goes as far as it says and no further. */
@ExtendWith(EmbeddedServers.class)
class LiveIT {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final ZoneId ZONE = ZoneId.of("Asia/Jakarta");
    /** Ahead of the clock: behind it the job would catch up, and not hurry to show what it finds on the way. */
    private static final Instant START =
            LocalDate.now(ZONE).plusDays(2).atTime(9, 0).atZone(ZONE).toInstant();

    private static final Instant DEADLINE = START.plus(Duration.ofHours(6));
    private static final ReferencePack PACK = new ReferencePack(
            "live-1", Instant.EPOCH, "city", ZONE, Duration.ofDays(2), List.of(), List.of(), Map.of());

    @TempDir
    Path directory;

    private final AtomicLong beats = new AtomicLong();
    private JobRun run;
    private EventPublisher publisher;
    private RunningJob job;

    @BeforeEach
    void start(EmbeddedServers servers) throws Exception {
        run = JobRun.start(servers, directory.resolve("flink"));
        publisher = new EventPublisher(run.bootstrap());
        publisher.publish(PACK);
        publisher.flush();
        job = RunningJob.start(environment(), endpoints(), Timing.live());
        awaitPack();
    }

    /** A case that comes before the first pack is judged a second of the heartbeats later, so these go on until then. */
    private void awaitPack() {
        Instant dayBefore = START.minus(Duration.ofDays(1));
        publish(event("0", dayBefore, submitted(null)));
        await("a first case").atMost(PATIENCE).until(() -> {
            heartbeat(dayBefore.plusSeconds(beats.addAndGet(2)));
            return !caseOf("0").isMissingNode();
        });
    }

    @AfterEach
    void stop() throws Exception {
        job.cancelIfRunning();
        publisher.close();
        run.close();
    }

    private StreamExecutionEnvironment environment() {
        return run.flink()
                .environment(JobRun.PARALLELISM, "hashmap", directory.resolve("checkpoints"), Duration.ofSeconds(1));
    }

    private KafkaEndpoints endpoints() {
        return new KafkaEndpoints(
                run.bootstrap(), run.elasticsearch(), true, Indices.Generation.CURRENT, JobRun.ALERTS);
    }

    private static CaseEvent event(String number, Instant at, Payload payload) {
        return CaseEvent.of(
                "qlue", number, at, at, null, Actor.OFFICER, null, Visibility.PUBLIC, false, TimeNote.EXACT, payload);
    }

    private static Payload submitted(@Nullable Instant deadline) {
        return new Payload.Submitted("waste", "galur", "kelurahan-galur", deadline);
    }

    private void publish(CaseEvent event) {
        publisher.publish(event);
        publisher.flush();
    }

    private void heartbeat(Instant at) {
        publisher.heartbeat(at);
        publisher.flush();
    }

    private JsonNode caseOf(String number) {
        run.queries().refresh("tanggap-*");
        JsonNode source = run.queries().sources("tanggap-cases").get("qlue:" + number);
        return source == null ? MissingNode.getInstance() : source;
    }

    /** Waits until a case says what is wanted, and returns how long that took after it was published. */
    private Duration awaitCase(String number, String field, String wanted) {
        long from = System.nanoTime();
        await("case " + number + ": " + field + " = " + wanted)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> caseOf(number).path(field).asText().equals(wanted));
        return Duration.ofNanos(System.nanoTime() - from);
    }

    /** A count of the city's day, of the places of problems. */
    private long ofTheDay(String count) {
        return ofTheDay("TERRITORY|CROP|city", count);
    }

    private long ofTheDay(String unit, String count) {
        run.queries().refresh("tanggap-*");
        String day = unit + "|*|*|DAY|" + LocalDate.ofInstant(START, ZONE).toEpochDay();
        JsonNode row = run.queries().sources("tanggap-responsiveness").get(day);
        return row == null ? -1 : row.path("counts").path(count).asLong();
    }

    private void awaitOfTheDay(String count, long wanted) {
        await(count + " = " + wanted).atMost(PATIENCE).until(() -> ofTheDay(count) == wanted);
    }

    @Test
    void heartbeatsAloneMoveTimeAndLateEventsCorrectWhatTheyChange() throws Exception {
        publish(event("1", START, submitted(DEADLINE)));
        // Not one record can breach a city: neither a case of the far future nor an event of it on this one.
        Instant far = Instant.parse("2099-01-01T00:00:00Z");
        publish(event("2", far, submitted(far)));
        publish(event("1", far, new Payload.Closed(Outcome.FIXED)));
        heartbeat(START.plusSeconds(60));
        System.out.println("shown after " + awaitCase("1", "verdict", "RUNNING"));
        assertThat(caseOf("1").path("unseen_events").asInt()).isEqualTo(1);
        assertThat(caseOf("2").isMissingNode()).isTrue();

        heartbeat(DEADLINE);
        publish(event("1", START.plusSeconds(120), new Payload.PublicReply()));
        System.out.println("shown after "
                + awaitCase("1", "first_response_at", START.plusSeconds(120).toString()));
        assertThat(caseOf("1").path("verdict").asText()).isEqualTo("RUNNING");

        // Past the deadline by the grace and more: the case's own timer, for nothing else comes.
        heartbeat(DEADLINE.plusSeconds(2));
        System.out.println("shown after " + awaitCase("1", "verdict", "MISSED_OPEN"));
        assertThat(caseOf("1").path("charged").asText()).isEqualTo("kelurahan-galur");
        awaitOfTheDay("due_missed", 1);

        publish(event("1", START.plus(Duration.ofHours(5)), new Payload.Closed(Outcome.ANSWERED)));
        System.out.println("shown after " + awaitCase("1", "verdict", "MET"));
        awaitOfTheDay("due_met", 1);
        assertThat(ofTheDay("due_missed")).isZero();
        assertThat(ofTheDay("received")).isEqualTo(1);
        await("the breach as an alert, and that it never was one")
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(run.alerts(JobRun.ALERTS))
                        .filteredOn(alert -> alert.id().equals("qlue:1/RESOLUTION.1.1.100"))
                        .extracting(Alert::revision, Alert::state)
                        .containsExactly(tuple(1, State.OPEN), tuple(2, State.RETRACTED)));
    }

    @Test
    void mergedReportsAreOneProblemUntilTheMergeIsUndone() throws Exception {
        publish(event("1", START, submitted(null)));
        publish(event("2", START.plusSeconds(60), submitted(null)));
        heartbeat(START.plusSeconds(300));
        awaitProblem("1", "reports", "1");
        awaitProblem("2", "reports", "1");

        publish(event("1", START.plusSeconds(120), new Payload.MergedInto("qlue:2")));
        awaitProblem("2", "reports", "2");
        assertThat(problem("2").path("started_at").asText()).isEqualTo(START.toString());
        awaitProblem("1", "retracted", "true");

        publish(event("1", START.plusSeconds(180), new Payload.Reopened()));
        awaitProblem("1", "reports", "1");
        awaitProblem("2", "reports", "1");
    }

    private JsonNode problem(String number) {
        run.queries().refresh("tanggap-*");
        JsonNode source = run.queries().sources("tanggap-problems").get("qlue:" + number);
        return source == null ? MissingNode.getInstance() : source;
    }

    private void awaitProblem(String number, String field, String wanted) {
        await("problem " + number + ": " + field + " = " + wanted)
                .atMost(PATIENCE)
                .until(() -> problem(number).path(field).asText().equals(wanted));
    }

    @Test
    void nothingIsWrittenThatAFailureCouldTakeBack() throws Exception {
        job.cancel();
        StreamExecutionEnvironment seldom = run.flink()
                .environment(JobRun.PARALLELISM, "hashmap", directory.resolve("checkpoints"), Duration.ofMinutes(10));
        run.forgetDocuments();
        job = RunningJob.start(seldom, endpoints(), Timing.live());
        publish(event("1", START, submitted(DEADLINE)));
        heartbeat(START.plusSeconds(60));
        await("a fold").atMost(PATIENCE).until(() -> {
            heartbeat(START.plusSeconds(beats.addAndGet(2)));
            return CounterReporter.sums().getOrDefault(MetricNames.FOLDS, 0L) >= 2;
        });
        assertThat(caseOf("1").isMissingNode()).isTrue();

        new FlinkRest(run.flink().address()).checkpoint(job.id());
        awaitCase("1", "verdict", "RUNNING");
    }

    @Test
    void nothingRunsBackwardsAfterARestoreAndTheEndOfTheInputBreachesNothing() throws Exception {
        publish(event("1", START, submitted(DEADLINE)));
        publish(event("2", START, submitted(DEADLINE.plus(Duration.ofDays(3)))));
        heartbeat(DEADLINE.plusSeconds(2));
        awaitCase("1", "verdict", "MISSED_OPEN");
        awaitCase("2", "verdict", "RUNNING");
        awaitOfTheDay("due_missed", 1);
        Instant judged = Instant.parse(caseOf("1").path("as_of").asText());

        String savepoint = job.stopWithSavepoint(directory.resolve("savepoints"));
        // Without a heartbeat the restored job has no watermark: its cases know how late it is.
        job = RunningJob.restore(savepoint, environment(), endpoints(), Timing.live());
        publish(event("1", START.plusSeconds(60), new Payload.ProgressUpdated()));
        awaitCase("1", "progress", "IN_PROGRESS");
        assertThat(caseOf("1").path("verdict").asText()).isEqualTo("MISSED_OPEN");
        assertThat(Instant.parse(caseOf("1").path("as_of").asText())).isEqualTo(judged);
        // The rows of the channel count the event, and come after the case.
        await("three events of the channel").atMost(PATIENCE).until(() -> List.of("qlue", Cell.ALL_CHANNELS).stream()
                .allMatch(unit -> ofTheDay("CHANNEL|ORIGIN|" + unit, "events_received") == 3));

        Documents before = run.documents();
        job.drain(directory.resolve("drained"));
        run.documents().assertSameAs(before);
        assertThat(caseOf("2").path("verdict").asText()).isEqualTo("RUNNING");
        assertThat(new Accounts(CounterReporter.sums(), 0).balance()).isTrue();
    }
}
