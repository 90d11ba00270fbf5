package io.tanggap.app.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tanggap.app.fixture.Documents;
import io.tanggap.app.fixture.JobRun;
import io.tanggap.app.fixture.LivedMonth;
import io.tanggap.app.job.IntakeJob;
import io.tanggap.app.run.Directories;
import io.tanggap.app.run.KafkaEndpoints;
import io.tanggap.app.run.SystemEmissionClock;
import io.tanggap.core.complaint.CaseEvent;
import io.tanggap.core.complaint.ChannelDeclaration;
import io.tanggap.core.complaint.PersonalData;
import io.tanggap.elasticsearch.Indices;
import io.tanggap.embedded.EmbeddedKafka;
import io.tanggap.flink.io.EventPublisher;
import io.tanggap.flink.operator.KeyFile;
import io.tanggap.flink.operator.Timing;
import io.tanggap.intake.channel.Channels;
import io.tanggap.testkit.EmbeddedServers;
import io.tanggap.testkit.Seeds;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Topics come back from a copy of a broker's files, and everything else from the topics, by the steps of the runbook. */
@ExtendWith(EmbeddedServers.class)
class RestoreIT {
    private static final int CASES = 200;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    private Path directory;

    private final LivedMonth month = LivedMonth.of(Seeds.seed(), CASES);
    private JobRun run;
    private Documents documents;
    private Map<String, Integer> told;
    private List<PersonalData> personal;

    @Test
    void topicsComeBackFromTheFilesOfABrokerThatWasStoppedOrWrittenToAndEverythingFromThem(EmbeddedServers servers)
            throws Exception {
        Path files = directory.resolve("lost");
        Path stopped = directory.resolve("stopped");
        Path writtenTo = directory.resolve("written-to");
        try (EmbeddedKafka lost = EmbeddedKafka.start(files, 0);
                JobRun before = JobRun.over(lost, servers, directory.resolve("flink"))) {
            run = before;
            feed();
            RunningJob intake = RunningJob.of(intake());
            awaitTold();
            new FlinkRest(run.flink().address()).awaitCheckpoint(intake.id());
            String savepoint = intake.stopWithSavepoint(directory.resolve("savepoints"));
            run.replay(month.asOf());
            documents = run.documents();
            told = told();
            personal = run.personal();
            assertThat(documents.of(Indices.Kind.CASES)).hasSizeGreaterThan(CASES * 9 / 10);

            intake = RunningJob.restored(savepoint, intake());
            RunningJob live = live();
            awaitTold();
            FileTree.copy(files, writtenTo);
            live.cancel();
            intake.cancel();
        }
        FileTree.copy(files, stopped);
        Directories.delete(files);

        restore(stopped, servers, () -> {});
        restore(writtenTo, servers, this::tellAgain);
    }

    /** A broker over a copy of the files, and everything else from its topics. */
    private void restore(Path files, EmbeddedServers servers, Steps before) throws Exception {
        long begun = System.nanoTime();
        try (EmbeddedKafka restored = EmbeddedKafka.start(files, 0);
                JobRun after = JobRun.over(restored, servers, directory.resolve("flink"))) {
            System.out.println(files.getFileName() + ": the broker is back after " + since(begun));
            run = after;
            assertThat(told()).isEqualTo(told);
            assertThat(run.personal()).containsExactlyInAnyOrderElementsOf(personal);
            before.take();
            run.replay(month.asOf());
            System.out.println(files.getFileName() + ": documents are back after " + since(begun));
            run.documents().assertSameAs(documents);
        }
    }

    private interface Steps {
        void take() throws Exception;
    }

    /** Intake and the live job, without state. */
    private void tellAgain() throws Exception {
        RunningJob intake = RunningJob.of(intake());
        RunningJob live = live();
        awaitTold();
        Map<String, Integer> twice = new TreeMap<>();
        told.forEach((event, times) -> twice.put(event, 2 * times));
        assertThat(told()).as("the same ids again").isEqualTo(twice);
        await("the cases of the live job").atMost(PATIENCE).untilAsserted(() -> assertThat(
                        run.documents().of(Indices.Kind.CASES).keySet())
                .isEqualTo(documents.of(Indices.Kind.CASES).keySet()));
        live.cancel();
        intake.cancel();
        run.forgetDocuments();
        assertThat(run.personal().stream().map(PersonalData::caseId))
                .as("what was erased stays so, though it is told again")
                .doesNotContain(erased());
    }

    private static Duration since(long begun) {
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    /** Whatever topics there are. */
    private void feed() {
        run.publish(month.pack());
        run.declare(List.of(new ChannelDeclaration("qlue", LocalDate.of(2017, 11, 7), 100, month.asOf())));
        run.send(month.messages());
        String[] erased = erased().split(":", 2);
        try (EventPublisher publisher = new EventPublisher(run.bootstrap())) {
            publisher.publish(Channels.ERASURES, erased(), """
                    {"case": {"channel": "%s", "id": "%s"}, "requested_at": "2017-11-30T00:00:00Z"}""".formatted(erased[0], erased[1])
                    .getBytes(StandardCharsets.UTF_8));
        }
    }

    private String erased() {
        return month.truths().get(0).caseId();
    }

    /** How often each event is told. */
    private Map<String, Integer> told() throws Exception {
        Map<String, Integer> told = new TreeMap<>();
        for (CaseEvent event : run.caseEvents()) {
            told.merge(event.eventId(), 1, Integer::sum);
        }
        return told;
    }

    private void awaitTold() {
        Instant now = Instant.now();
        await("a heartbeat of now")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(500))
                .until(() -> run.toldUpTo().isAfter(now));
    }

    private StreamExecutionEnvironment intake() {
        StreamExecutionEnvironment environment = environment();
        IntakeJob.define(environment, endpoints(), KeyFile.NONE, 1, new SystemEmissionClock());
        return environment;
    }

    private RunningJob live() throws Exception {
        return RunningJob.start(environment(), endpoints(), Timing.live());
    }

    private StreamExecutionEnvironment environment() {
        return run.flink().environment(1, "hashmap", directory.resolve("checkpoints"), Duration.ofSeconds(1));
    }

    private KafkaEndpoints endpoints() {
        return new KafkaEndpoints(
                run.bootstrap(), run.elasticsearch(), true, Indices.Generation.CURRENT, JobRun.ALERTS);
    }
}
