package io.tanggap.app.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tanggap.app.fixture.JobRun;
import io.tanggap.app.job.NotificationJob;
import io.tanggap.app.run.CounterReporter;
import io.tanggap.app.run.KafkaEndpoints;
import io.tanggap.app.run.SystemEmissionClock;
import io.tanggap.core.alert.Alert;
import io.tanggap.core.alert.Alert.State;
import io.tanggap.core.notice.Answer;
import io.tanggap.core.notice.Notice;
import io.tanggap.core.notice.Notice.Change;
import io.tanggap.core.notice.Silence;
import io.tanggap.core.reference.AlertKind;
import io.tanggap.core.reference.Policy.Target;
import io.tanggap.core.reference.Recipient;
import io.tanggap.core.reference.Recipient.Means;
import io.tanggap.core.reference.ReferencePack;
import io.tanggap.core.reference.Route;
import io.tanggap.core.reference.Route.Party;
import io.tanggap.core.reference.Validity;
import io.tanggap.delivery.Carrier;
import io.tanggap.elasticsearch.Indices.Generation;
import io.tanggap.flink.alert.AlertCodec;
import io.tanggap.flink.io.EventPublisher;
import io.tanggap.flink.io.Topics;
import io.tanggap.flink.metrics.MetricNames;
import io.tanggap.flink.operator.DeliverNotices.Carriers;
import io.tanggap.testkit.EmbeddedServers;
import io.tanggap.testkit.RoutingPack;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Notification goes on from the {@linkplain GoldenState state of the last release}, twice, as after a roll-back: what waited there is told, and what
 * was told is told to nobody.
 */
@ExtendWith(EmbeddedServers.class)
class NotificationUpgradeIT {
    private static final List<String> TOPICS =
            List.of(Topics.REFERENCE, Topics.ALERT_SILENCES, Topics.FEED_ALERTS, JobRun.ALERTS);

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private static final Duration SOON = Duration.ofSeconds(100);
    private static final ZoneId ZONE = ZoneId.of("Asia/Jakarta");

    private static final String AT_ONCE = "waste";
    private static final String IN_DIGEST = "light";
    private static final String AFTER_A_DAY = "road";

    /** What came to a recipient, and whether it takes anything. */
    private static final List<Carried> CARRIED = new CopyOnWriteArrayList<>();

    private static volatile boolean isAway;

    private record Carried(Notice notice, int attempt, Answer answer) {}

    /** One recipient is away for a while; all others take everything. */
    private record Hands() implements Carriers {
        @Override
        public Carrier open() {
            return new Carrier() {
                @Override
                public Answer carry(Notice notice, Recipient recipient, int attempt) {
                    Answer answer = isAway && recipient.id().equals("away")
                            ? Answer.retry("not there")
                            : Answer.delivered("taken");
                    CARRIED.add(new Carried(notice, attempt, answer));
                    return answer;
                }

                @Override
                public void close() {}
            };
        }
    }

    @TempDir
    private Path directory;

    private GoldenState golden;
    private JobRun run;

    @BeforeEach
    void unpack() throws Exception {
        golden = GoldenState.of("notification", directory);
    }

    @Test
    void notificationGoesOnFromTheStateOfTheLastReleaseAndTellsWhatWaitedThere(EmbeddedServers servers)
            throws Exception {
        try (JobRun started = JobRun.start(servers, directory.resolve("flink"))) {
            run = started;
            if (GoldenState.UPDATE) {
                keepState();
                run.forgetTopics();
                run.forgetDocuments();
            }
            TopicLog.load(golden.file("heard")).publish(run.bootstrap());
            TopicLog.load(golden.file("raised-since")).publish(run.bootstrap());

            List<Set<String>> ids = new ArrayList<>();
            for (String backend : List.of("rocksdb", "hashmap")) {
                CARRIED.clear();
                RunningJob job = RunningJob.restoredOnce(golden.savepoint(), notification(backend));
                job.awaiting("what waited, and what was raised since").untilAsserted(() -> assertThat(told())
                        .containsExactlyInAnyOrder(
                                "away RAISED qlue:2",
                                "digest RAISED qlue:3",
                                "busy RAISED qlue:5",
                                "busy RAISED qlue:6",
                                "silenced RAISED qlue:7",
                                "later RAISED qlue:8",
                                "desk RETRACTED qlue:1",
                                "desk RAISED qlue:9"));
                assertThat(CARRIED)
                        .filteredOn(carried -> carried.notice().recipient().equals("away"))
                        .extracting(Carried::attempt)
                        .containsExactly(2);
                ids.add(CARRIED.stream().map(carried -> carried.notice().id()).collect(Collectors.toSet()));
                job.awaiting("the log of deliveries")
                        .untilAsserted(() ->
                                assertThat(deliveries()).containsAll(ids.get(0)).containsAll(ids.get(ids.size() - 1)));
                job.cancel();
            }
            assertThat(ids.get(1)).as("the same messages again").isEqualTo(ids.get(0));
        }
    }

    /** What was taken, but for what stands beside the news of a digest. */
    private static List<String> told() {
        return CARRIED.stream()
                .filter(carried -> carried.answer().outcome() == Answer.Outcome.DELIVERED)
                .flatMap(carried -> carried.notice().items().stream()
                        .filter(item -> item.change() != Change.STANDING)
                        .map(item -> carried.notice().recipient() + " " + item.change() + " "
                                + item.alert().id().replaceFirst("/.*", "")))
                .toList();
    }

    private Set<String> deliveries() {
        run.queries().refresh("tanggap-deliveries");
        return run.queries().sources("tanggap-deliveries").values().stream()
                .filter(delivery -> delivery.path("outcome").asText().equals("DELIVERED"))
                .map(delivery -> delivery.path("notice_id").asText())
                .collect(Collectors.toSet());
    }

    private StreamExecutionEnvironment notification(String backend) {
        CounterReporter.reset();
        StreamExecutionEnvironment environment = run.flink()
                .environment(JobRun.PARALLELISM, backend, directory.resolve("checkpoints"), Duration.ofMillis(500));
        NotificationJob.define(
                environment,
                new KafkaEndpoints(run.bootstrap(), run.elasticsearch(), true, Generation.CURRENT, JobRun.ALERTS),
                Instant.now(),
                new Hands(),
                new SystemEmissionClock());
        return environment;
    }

    private static long counter(String name) {
        return CounterReporter.sums().getOrDefault(name, 0L);
    }

    /** At the savepoint messages wait for every reason that there is, none of which holds two minutes later. */
    private void keepState() throws Exception {
        // Boxes are looked at when a minute begins: none does until the savepoint.
        await("the beginning of a minute")
                .atMost(PATIENCE)
                .until(() -> LocalTime.now(ZONE).getSecond() < 5);
        Instant now = Instant.now();
        run.publish(pack(LocalTime.now(ZONE).truncatedTo(ChronoUnit.MINUTES).plusMinutes(2)));
        try (EventPublisher publisher = new EventPublisher(run.bootstrap())) {
            publisher.publish(
                    new Silence("silence", now, now.plus(SOON), "a drill", "desk", null, null, null, null, "qlue:7"));
        }
        raise(Topics.FEED_ALERTS, silentFeed("jaki", now));
        isAway = true;
        RunningJob job = RunningJob.of(notification("hashmap"));
        await("the feed that is silent").atMost(PATIENCE).until(() -> counter(MetricNames.ALERTS_HEARD) == 1);

        // What was so before the job began is no news.
        Instant raisedAt = Instant.now();
        Instant past = now.minus(Duration.ofDays(2));
        OverdueAlert first = new OverdueAlert("qlue", "1", AT_ONCE, "desk", past);
        raise(
                JobRun.ALERTS,
                first.at(1, State.OPEN, raisedAt),
                new OverdueAlert("qlue", "2", AT_ONCE, "away", past).at(1, State.OPEN, raisedAt),
                new OverdueAlert("qlue", "3", IN_DIGEST, "digest", past).at(1, State.OPEN, raisedAt),
                new OverdueAlert("qlue", "4", AT_ONCE, "busy", past).at(1, State.OPEN, raisedAt));
        await("the first messages").atMost(PATIENCE).untilAsserted(() -> assertThat(told())
                .containsExactlyInAnyOrder("desk RAISED qlue:1", "busy RAISED qlue:4"));
        raise(
                JobRun.ALERTS,
                new OverdueAlert("qlue", "5", AT_ONCE, "busy", past).at(1, State.OPEN, raisedAt),
                new OverdueAlert("qlue", "6", AT_ONCE, "busy", past).at(1, State.OPEN, raisedAt),
                new OverdueAlert("qlue", "7", AT_ONCE, "silenced", past).at(1, State.OPEN, raisedAt),
                new OverdueAlert(
                                "qlue",
                                "8",
                                AFTER_A_DAY,
                                "later",
                                now.minus(Duration.ofDays(1)).plus(SOON))
                        .at(1, State.OPEN, raisedAt));
        await("all alerts").atMost(PATIENCE).until(() -> counter(MetricNames.ALERTS_HEARD) == 9);
        await("the recipient that is away").atMost(PATIENCE).until(() -> counter(MetricNames.DELIVERIES_RETRIED) == 1);
        TopicLog heard = TopicLog.after(TopicLog.of(), run.bootstrap(), TOPICS);
        heard.save(golden.file("heard"));
        String savepoint = job.stopWithSavepoint(directory.resolve("savepoints"));
        assertThat(told()).as("told before the savepoint").hasSize(2);
        isAway = false;

        Instant later = raisedAt.plusSeconds(30);
        raise(
                JobRun.ALERTS,
                first.at(1, State.OPEN, raisedAt),
                new OverdueAlert("jaki", "1", AT_ONCE, "desk", past).at(1, State.OPEN, later),
                first.at(2, State.RETRACTED, later),
                new OverdueAlert("qlue", "9", AT_ONCE, "desk", past).at(1, State.OPEN, later));
        TopicLog.after(heard, run.bootstrap(), TOPICS).save(golden.file("raised-since"));
        golden.keep(savepoint);
        await("that everything is due").atMost(PATIENCE).until(() -> Instant.now()
                .isAfter(now.plus(Duration.ofMinutes(2))));
    }

    private void raise(String topic, Alert... alerts) {
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", run.bootstrap()), new StringSerializer(), new ByteArraySerializer())) {
            for (Alert alert : alerts) {
                producer.send(new ProducerRecord<>(topic, alert.channel(), AlertCodec.encode(alert, topic)));
            }
        }
    }

    private static Alert silentFeed(String channel, Instant since) {
        return new Alert(
                "feed/" + channel + "/" + since.toEpochMilli(),
                1,
                AlertKind.FEED_SILENT,
                State.OPEN,
                since,
                null,
                channel,
                null,
                null,
                false,
                List.of(),
                since,
                null);
    }

    private static ReferencePack pack(LocalTime digestAt) {
        return RoutingPack.of(
                "jakarta",
                ZONE,
                List.of(route(AT_ONCE, 0, true), route(IN_DIGEST, 0, false), route(AFTER_A_DAY, 1, true)),
                Stream.of("desk", "away", "digest", "busy", "silenced", "later")
                        .map(unit -> recipient(unit, digestAt, unit.equals("busy") ? 1 : 100))
                        .toList());
    }

    private static Route route(String category, int afterWorkingDays, boolean instant) {
        return new Route(
                category,
                AlertKind.OVERDUE,
                Target.RESOLUTION,
                100,
                afterWorkingDays,
                category,
                null,
                Party.HOLDER,
                null,
                instant,
                Validity.ALWAYS);
    }

    private static Recipient recipient(String unit, LocalTime digestAt, int perHour) {
        return new Recipient(unit, unit, Means.FILE, unit, "en", digestAt, null, null, null, perHour, Validity.ALWAYS);
    }
}
