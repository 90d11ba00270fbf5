package io.tanggap.flink.io;

import static org.assertj.core.api.Assertions.assertThat;

import io.tanggap.core.complaint.CaseEvent;
import io.tanggap.core.complaint.ChannelDeclaration;
import io.tanggap.core.complaint.DeadLetter;
import io.tanggap.core.reference.ReferencePack;
import io.tanggap.core.reference.ReferencePack.Unit;
import io.tanggap.flink.avro.CaseEventCodec;
import io.tanggap.flink.avro.Examples;
import io.tanggap.flink.avro.Incoming;
import io.tanggap.testkit.EmbeddedServers;
import io.tanggap.testkit.Seeds;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.runtime.client.JobStatusMessage;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.InjectMiniCluster;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

@SuppressWarnings("try") // an interrupted test has failed
@ExtendWith(EmbeddedServers.class)
// In a thread of its own: whoever waits for a result of an endless job cannot be interrupted.
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SourcesIT {
    private static final int PARTITIONS = 3;
    private static final Clock CLOCK = Clock.fixed(Examples.NOON, ZoneOffset.UTC);
    private static final Instant TEN = Instant.parse("2017-11-06T10:00:00Z");

    @RegisterExtension
    static final MiniClusterExtension FLINK = new MiniClusterExtension(new MiniClusterResourceConfiguration.Builder()
            .setNumberTaskManagers(1)
            .setNumberSlotsPerTaskManager(4)
            .build());

    private final CaseEventCodec codec = new CaseEventCodec();
    private Broker broker;
    private StreamExecutionEnvironment environment;

    @BeforeEach
    void open(EmbeddedServers servers) throws Exception {
        broker = Broker.withEmptyTopics(servers.kafka(), PARTITIONS);
        Configuration strict = new Configuration();
        strict.set(PipelineOptions.GENERIC_TYPES, false);
        environment = StreamExecutionEnvironment.getExecutionEnvironment(strict);
        environment.setParallelism(4);
    }

    @AfterEach
    void close(@InjectMiniCluster MiniCluster cluster) throws Exception {
        broker.close();
        // What a test that timed out left running would keep the slots from the next.
        for (JobStatusMessage job : cluster.listJobs().get()) {
            if (!job.getJobState().isTerminalState()) {
                cluster.cancelJob(job.getJobId()).get();
            }
        }
    }

    private void publish(List<CaseEvent> events) {
        try (EventPublisher publisher = new EventPublisher(broker.bootstrap)) {
            events.forEach(publisher::publish);
        }
    }

    private void heartbeat(int partition, Instant at) throws Exception {
        broker.send(Topics.CASE_EVENTS, partition, codec.encodeHeartbeat(at, partition));
    }

    private static <T> List<T> all(DataStream<T> stream) throws Exception {
        try (CloseableIterator<T> results = stream.executeAndCollect()) {
            List<T> list = new ArrayList<>();
            results.forEachRemaining(list::add);
            return list;
        }
    }

    private static <T> SingleOutputStreamOperator<Long> observe(DataStream<T> stream) {
        return stream.transform("observe", Types.LONG, new Observe<T>())
                .uid("observe")
                .setParallelism(1);
    }

    @Test
    void aReplayReadsEveryEventAndNamesWhatItCannotRead() throws Exception {
        List<CaseEvent> events = Examples.events(2_000, Seeds.seed());
        publish(events);
        heartbeat(1, TEN);
        byte[] garbage = "not an event".getBytes(StandardCharsets.UTF_8);
        broker.send(Topics.CASE_EVENTS, 2, garbage);
        broker.send(Topics.CASE_EVENTS, 2, null);

        List<Incoming> read = all(CaseEventSource.replay(broker.bootstrap, CLOCK)
                .addTo(environment)
                .uid("source"));

        assertThat(read.stream().map(Incoming::event).filter(Objects::nonNull))
                .containsExactlyInAnyOrderElementsOf(events);
        assertThat(read.stream().map(Incoming::heartbeat).filter(Objects::nonNull))
                .containsExactly(TEN);
        List<DeadLetter> letters =
                read.stream().map(Incoming::deadLetter).filter(Objects::nonNull).toList();
        assertThat(letters).hasSize(2).allSatisfy(letter -> {
            assertThat(letter.reason()).isEqualTo("malformed.avro");
            assertThat(letter.stage()).isEqualTo(DeadLetter.Stage.DECODE);
            assertThat(letter.origin()).matches("case-events-2@\\d+");
            assertThat(letter.firstSeenAt()).isEqualTo(Examples.NOON);
        });
        assertThat(letters.get(0).bytes()).isEqualTo(garbage);
        assertThat(letters.get(1).bytes()).isEmpty();
    }

    @Test
    void aReplayHasNoWatermarkBeforeItsEnd() throws Exception {
        publish(Examples.events(100, 1));
        heartbeat(0, TEN);
        List<Long> seen = all(observe(CaseEventSource.replay(broker.bootstrap, CLOCK)
                .addTo(environment)
                .uid("source")));
        assertThat(seen).hasSize(102);
        assertThat(seen.subList(0, 101)).containsOnly(Observe.RECORD);
        assertThat(seen.get(101)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void anEmptyTopicIsAReplayOfNothing() throws Exception {
        assertThat(all(CaseEventSource.replay(broker.bootstrap, CLOCK)
                        .addTo(environment)
                        .uid("source")))
                .isEmpty();
    }

    @Test
    void theLeastHeartbeatOverPartitionsMovesTimeAndNoBacklogIsOvertaken() throws Exception {
        List<CaseEvent> events = Examples.events(30_000, 3);
        publish(events);
        // A partition with a long backlog of its own, whose heartbeat is the last to be read.
        byte[] event = codec.encode(events.get(0));
        for (int i = 0; i < 20_000; i++) {
            broker.queue(Topics.CASE_EVENTS, 2, event);
        }
        heartbeat(0, TEN.plusSeconds(7200));
        heartbeat(1, TEN.plusSeconds(3600));
        heartbeat(2, TEN);

        CaseEventSource source = CaseEventSource.live(broker.bootstrap, "test", Duration.ofSeconds(1), CLOCK);
        try (CloseableIterator<Long> seen =
                observe(source.addTo(environment).uid("source")).executeAndCollect()) {
            int records = 0;
            long watermark = seen.next();
            for (; watermark == Observe.RECORD; watermark = seen.next()) {
                records++;
            }
            assertThat(Instant.ofEpochMilli(watermark)).isEqualTo(TEN.minusSeconds(1));
            assertThat(records).isEqualTo(50_000 + PARTITIONS);

            // One record dated far ahead does not move the clock; the next heartbeat of the last partition does.
            publish(List.of(TopicsIT.at("9", "2099-12-31T23:59:59Z")));
            heartbeat(2, TEN.plusSeconds(5400));
            assertThat(nextWatermark(seen)).isEqualTo(TEN.plusSeconds(3599));

            // Time does not run backwards.
            heartbeat(1, TEN);
            heartbeat(1, TEN.plusSeconds(9000));
            assertThat(nextWatermark(seen)).isEqualTo(TEN.plusSeconds(5399));
        }
    }

    private static Instant nextWatermark(CloseableIterator<Long> seen) {
        long next = seen.next();
        while (next == Observe.RECORD) {
            next = seen.next();
        }
        return Instant.ofEpochMilli(next);
    }

    @Test
    void theReferenceTellsInfiniteTimeAtOnceAndItsPacksLater() throws Exception {
        ReferenceSource source = ReferenceSource.live(broker.bootstrap, "test", CLOCK);
        try (CloseableIterator<Long> seen =
                observe(source.addTo(environment, "source", "assembly")).executeAndCollect()) {
            assertThat(seen.next()).isEqualTo(Long.MAX_VALUE);
            try (EventPublisher publisher = new EventPublisher(broker.bootstrap)) {
                publisher.publish(Examples.packs().get(0));
            }
            assertThat(seen.next()).isEqualTo(Observe.RECORD);
        }
    }

    @Test
    void aReplayReadsThePacksInTheirOrderAndOnce() throws Exception {
        List<Unit> many = IntStream.range(0, 35_000)
                .mapToObj(i -> new Unit("unit-" + i, "Kelurahan nomor " + i, "kelurahan", null))
                .toList();
        ReferencePack small = Examples.packs().get(0);
        ReferencePack large = new ReferencePack(
                "large", TEN, small.city(), small.zone(), small.staleAfter(), many, List.of(), Map.of());
        try (EventPublisher publisher = new EventPublisher(broker.bootstrap)) {
            publisher.publish(large);
            publisher.publish(small);
            publisher.publish(large);
        }
        ReferenceSource source = ReferenceSource.replay(broker.bootstrap, CLOCK);
        assertThat(all(source.addTo(environment, "source", "assembly"))).containsExactly(large, small);
    }

    @Test
    void deadLettersGoToTheirTopicAndComeBack() throws Exception {
        List<DeadLetter> letters = Examples.deadLetters();
        environment
                .fromData(io.tanggap.flink.types.DomainTypes.DEAD_LETTER, letters.get(0), letters.get(1))
                .uid("letters")
                .sinkTo(DeadLetterSink.of(broker.bootstrap))
                .uid("sink");
        environment.execute();
        try (EventPublisher publisher = new EventPublisher(broker.bootstrap)) {
            publisher.publish(letters.get(0));
        }
        broker.send(Topics.DEAD_LETTERS, 0, new byte[] {1, 2});

        StreamExecutionEnvironment reading = StreamExecutionEnvironment.getExecutionEnvironment();
        List<DeadLetter> read = all(
                DeadLetterSource.replay(broker.bootstrap, CLOCK).addTo(reading).uid("source"));

        assertThat(read).hasSize(4);
        assertThat(new HashSet<>(read.subList(0, 3))).isEqualTo(new HashSet<>(letters));
        assertThat(read.get(3).reason()).isEqualTo("malformed.avro");
        assertThat(read.get(3).origin()).isEqualTo("dead-letters-0@3");
        assertThat(read.get(3).bytes()).containsExactly(1, 2);
    }

    @Test
    void declarationsAreReadAndWhatIsNoneBecomesADeadLetter() throws Exception {
        try (EventPublisher publisher = new EventPublisher(broker.bootstrap)) {
            Examples.declarations().forEach(publisher::publish);
        }
        broker.send(Topics.CHANNEL_DECLARATIONS, 0, new byte[] {1, 2});
        List<ChannelDeclaration> found = new ArrayList<>();
        ChannelDeclarations.forEach(broker.bootstrap, found::add);
        assertThat(found).isEqualTo(Examples.declarations());

        SingleOutputStreamOperator<ChannelDeclaration> replay =
                ChannelDeclarationSource.replay(broker.bootstrap, CLOCK).addTo(environment, "source", "decoding");
        assertThat(all(replay)).isEqualTo(Examples.declarations());
        StreamExecutionEnvironment reading = StreamExecutionEnvironment.getExecutionEnvironment();
        List<DeadLetter> letters = all(ChannelDeclarationSource.replay(broker.bootstrap, CLOCK)
                .addTo(reading, "source", "decoding")
                .getSideOutput(ChannelDeclarationSource.DEAD_LETTERS));
        assertThat(letters).singleElement().satisfies(letter -> {
            assertThat(letter.origin()).isEqualTo("channel-declarations-0@3");
            assertThat(letter.bytes()).containsExactly(1, 2);
        });
    }

    @Test
    void declarationsTellInfiniteTimeAtOnce() throws Exception {
        ChannelDeclarationSource source = ChannelDeclarationSource.live(broker.bootstrap, "test", CLOCK);
        try (CloseableIterator<Long> seen =
                observe(source.addTo(environment, "source", "decoding")).executeAndCollect()) {
            assertThat(seen.next()).isEqualTo(Long.MAX_VALUE);
        }
    }
}
