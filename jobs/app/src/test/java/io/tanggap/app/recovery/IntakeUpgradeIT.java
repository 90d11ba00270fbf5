package io.tanggap.app.recovery;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tanggap.app.fixture.JobRun;
import io.tanggap.app.job.IntakeJob;
import io.tanggap.app.run.CounterReporter;
import io.tanggap.app.run.KafkaEndpoints;
import io.tanggap.app.run.SystemEmissionClock;
import io.tanggap.core.alert.Alert;
import io.tanggap.core.alert.Alert.State;
import io.tanggap.core.complaint.CaseEvent;
import io.tanggap.core.complaint.DeadLetter;
import io.tanggap.core.complaint.PersonalData;
import io.tanggap.core.reference.Channel;
import io.tanggap.core.reference.ReferencePack;
import io.tanggap.elasticsearch.Indices;
import io.tanggap.flink.io.EventPublisher;
import io.tanggap.flink.io.Topics;
import io.tanggap.flink.metrics.MetricNames;
import io.tanggap.flink.operator.KeyFile;
import io.tanggap.intake.channel.Channels;
import io.tanggap.reference.PackDirectory;
import io.tanggap.simulation.CityLife;
import io.tanggap.simulation.Message;
import io.tanggap.testkit.EmbeddedServers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Intake goes on from the {@linkplain GoldenState state of the last release}, twice, as after a roll-back: each time it tells what an intake that
 * nothing disturbs tells, and nothing that was told before.
 */
@ExtendWith(EmbeddedServers.class)
class IntakeUpgradeIT {
    private static final List<String> TOPICS = Stream.concat(Stream.of(Topics.REFERENCE), Topics.channels().stream())
            .toList();

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Channel HASTY = new Channel("qlue", Duration.ofSeconds(1), Set.of());

    /** Whose words are erased before the savepoint, and sent again after it. */
    private static final String ERASED = "qlue:Q-1";

    @TempDir
    private Path directory;

    private GoldenState golden;
    private JobRun run;

    @BeforeEach
    void unpack() throws Exception {
        golden = GoldenState.of("intake", directory);
    }

    @Test
    void intakeGoesOnFromTheStateOfTheLastReleaseAndTellsNothingASecondTime(EmbeddedServers servers) throws Exception {
        try (JobRun started = JobRun.start(servers, directory.resolve("flink"))) {
            run = started;
            if (GoldenState.UPDATE) {
                keepState();
                run.forgetTopics();
            }
            Instant begun = Instant.now();
            TopicLog told = publish("told");
            run.intake();
            List<String> before = told();
            TopicLog waiting = publish("waiting");
            TopicLog sentSince = publish("sent-since");
            run.intake();
            List<String> undisturbed = without(before, told());
            List<String> news = without(before, undisturbed);
            assertThat(news).anyMatch(line -> line.startsWith("event "));
            assertThat(news).anyMatch(line -> line.startsWith("personal "));
            assertThat(news).anyMatch(line -> line.startsWith("refused "));
            assertThat(before.size()).isPositive();

            Instant vouched = Instant.MIN;
            for (String backend : List.of("rocksdb", "hashmap")) {
                List<String> all = told();
                RunningJob intake = RunningJob.restoredOnce(golden.savepoint(), intake(backend, 2));
                long records =
                        waiting.size(IntakeUpgradeIT::isOfChannel) + sentSince.size(IntakeUpgradeIT::isOfChannel);
                intake.awaiting("what waited and what was sent since")
                        .until(() -> counter(MetricNames.CHANNEL_RECORDS_TOLD) == records);
                Instant last = vouched;
                intake.awaiting("a heartbeat, which comes when all that the channels ever sent is told")
                        .until(() -> run.toldUpTo().isAfter(last));
                stop(intake);
                vouched = run.toldUpTo();
                assertThat(without(all, told())).containsExactlyInAnyOrderElementsOf(news);
            }
            assertThat(run.personal()).noneMatch(data -> data.caseId().equals(ERASED));
            assertThat(run.alerts(Topics.FEED_ALERTS))
                    .as("the end of a silence that the last release told")
                    .filteredOn(alert -> silentSince(alert).isBefore(begun))
                    .isNotEmpty()
                    .allSatisfy(alert -> assertThat(alert.state()).isEqualTo(State.CLEARED));
        }
    }

    /** Everything that has been written so far; of what cannot be erased any more. */
    private List<String> told() throws Exception {
        List<String> told = new ArrayList<>();
        for (CaseEvent event : run.caseEvents()) {
            told.add("event " + event.eventId() + " of " + event.caseId());
        }
        for (PersonalData data : run.personal()) {
            if (!data.caseId().equals(ERASED)) {
                told.add("personal " + data);
            }
        }
        for (DeadLetter letter : run.deadLetters()) {
            told.add("refused " + letter.origin() + " " + letter.reason());
        }
        return told;
    }

    private static List<String> without(List<String> before, List<String> all) {
        List<String> rest = new ArrayList<>(all);
        before.forEach(rest::remove);
        return rest;
    }

    private TopicLog publish(String part) throws Exception {
        TopicLog log = TopicLog.load(golden.file(part));
        log.publish(run.bootstrap());
        return log;
    }

    private StreamExecutionEnvironment intake(String backend, int packsToAwait) {
        CounterReporter.reset();
        StreamExecutionEnvironment environment = run.flink()
                .environment(JobRun.PARALLELISM, backend, directory.resolve("checkpoints"), Duration.ofMillis(500));
        IntakeJob.define(
                environment,
                new KafkaEndpoints(
                        run.bootstrap(), run.elasticsearch(), true, Indices.Generation.CURRENT, JobRun.ALERTS),
                KeyFile.NONE,
                packsToAwait,
                new SystemEmissionClock());
        return environment;
    }

    private String stop(RunningJob intake) throws Exception {
        new FlinkRest(run.flink().address()).awaitCheckpoint(intake.id());
        return intake.stopWithSavepoint(directory.resolve("savepoints"));
    }

    private static long counter(String name) {
        return CounterReporter.sums().getOrDefault(name, 0L);
    }

    private static boolean isOfChannel(String topic) {
        return !topic.equals(Topics.REFERENCE);
    }

    private static Instant silentSince(Alert alert) {
        return Instant.ofEpochMilli(
                Long.parseLong(alert.id().substring(alert.id().lastIndexOf('/') + 1)));
    }

    /** Channels are told, one of them falls silent, a case is erased; and at the savepoint records wait for a pack. */
    private void keepState() throws Exception {
        ReferencePack city = requireNonNull(PackDirectory.builtIn("boston").pack());
        List<Message> messages = new ArrayList<>();
        CityLife.of(city).tell(42, 24, YearMonth.of(2017, 11), messages::add, truth -> {});
        int part = messages.size() / 3;

        run.publish(pack(city, "golden-1"));
        run.send(messages.subList(0, part));
        sendErased();
        send(Channels.ERASURES, """
                {"case": {"channel": "qlue", "id": "Q-1"}, "requested_at": "2017-11-20T00:00:00Z"}""");
        TopicLog told = save("told", TopicLog.of());
        RunningJob intake = RunningJob.of(intake("hashmap", 1));
        await("the silence of a channel").atMost(PATIENCE).until(() -> run.alerts(Topics.FEED_ALERTS).stream()
                .anyMatch(alert -> alert.state() == State.OPEN));
        assertThat(counter(MetricNames.CHANNEL_RECORDS_TOLD)).isEqualTo(told.size(IntakeUpgradeIT::isOfChannel));
        String savepoint = stop(intake);

        run.send(messages.subList(part, 2 * part));
        send("qlue", "{\"report_id\": \"Q-2\"");
        TopicLog waiting = save("waiting", told);
        intake = RunningJob.restored(savepoint, intake("hashmap", 2));
        await("records that wait")
                .atMost(PATIENCE)
                .until(() -> counter(MetricNames.CHANNEL_RECORDS_READ) == waiting.size(IntakeUpgradeIT::isOfChannel));
        savepoint = stop(intake);
        assertThat(counter(MetricNames.CHANNEL_RECORDS_TOLD)).isZero();

        run.publish(pack(city, "golden-2"));
        run.send(messages.subList(2 * part, messages.size()));
        sendErased();
        save("sent-since", told, waiting);
        golden.keep(savepoint);
    }

    private static ReferencePack pack(ReferencePack city, String id) {
        return new ReferencePack(
                id,
                city.knownFrom(),
                city.city(),
                city.zone(),
                city.staleAfter(),
                city.units(),
                city.targets(),
                city.categoryGroups(),
                city.policies(),
                city.calendars(),
                city.categories(),
                city.labels(),
                city.competences(),
                city.territories(),
                List.of(HASTY),
                city.attribution(),
                city.nearestWithinMetres(),
                city.pauses(),
                city.rules());
    }

    private void sendErased() {
        send("qlue", """
                {"report_id": "Q-1", "timestamp": "2017-11-19T00:00:00Z", "reporter": {"id": "u-1"}, "description": "Lubang"}""");
    }

    private void send(String channel, String json) {
        try (EventPublisher publisher = new EventPublisher(run.bootstrap())) {
            publisher.publish(channel, "Q-1", json.getBytes(StandardCharsets.UTF_8));
        }
    }

    private TopicLog save(String part, TopicLog... before) throws Exception {
        TopicLog log = TopicLog.after(TopicLog.of(before), run.bootstrap(), TOPICS);
        log.save(golden.file(part));
        return log;
    }
}
