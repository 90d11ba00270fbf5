package io.tanggap.flink.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tanggap.core.complaint.CaseEvent;
import io.tanggap.flink.avro.CaseEventCodec;
import io.tanggap.flink.avro.Examples;
import io.tanggap.flink.avro.Incoming;
import io.tanggap.flink.avro.Reading.Read;
import io.tanggap.flink.io.CaseEventSink.Told;
import io.tanggap.flink.state.ToldRecord;
import io.tanggap.testkit.EmbeddedServers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a heartbeat vouches for, between a real broker and a writer whose timers the test fires. */
@ExtendWith(EmbeddedServers.class)
@Timeout(120)
class CaseEventSinkIT {
    private static final int PARTITIONS = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String QLUE = Topics.ofChannel("qlue");

    private final CaseEventCodec codec = new CaseEventCodec();
    private final MovableClock clock = new MovableClock(Examples.NOON);
    private final List<ProcessingTimeService.ProcessingTimeCallback> timers = new ArrayList<>();
    private Broker broker;
    private StatefulSinkWriter<ToldRecord, Told> writer;
    private long millis;

    @BeforeEach
    void open(EmbeddedServers servers) throws Exception {
        broker = Broker.withEmptyTopics(servers.kafka(), PARTITIONS);
        writer = restored(List.of());
    }

    @AfterEach
    void close() throws Exception {
        writer.close();
        broker.close();
    }

    private StatefulSinkWriter<ToldRecord, Told> restored(List<Told> state) {
        timers.clear();
        Map<TopicPartition, Long> told = new HashMap<>();
        state.forEach(part -> told.putAll(part.next()));
        return new CaseEventSink.Writer(
                broker.bootstrap, true, clock, told, new Timers(), new UnregisteredMetricsGroup());
    }

    /** Timers that fire when the test says so. */
    private final class Timers implements ProcessingTimeService {
        @Override
        public long getCurrentProcessingTime() {
            return millis;
        }

        @Override
        public ScheduledFuture<?> registerTimer(long timestamp, ProcessingTimeCallback target) {
            timers.add(target);
            return null; // nobody asks for it
        }
    }

    private static final class MovableClock extends Clock {
        private final AtomicReference<Instant> now;

        MovableClock(Instant now) {
            this.now = new AtomicReference<>(now);
        }

        @Override
        public Instant instant() {
            return now.get();
        }

        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }

    private void beat() throws Exception {
        millis += 250;
        List<ProcessingTimeService.ProcessingTimeCallback> due = List.copyOf(timers);
        timers.clear();
        for (ProcessingTimeService.ProcessingTimeCallback timer : due) {
            timer.onProcessingTime(millis);
        }
        writer.flush(false);
    }

    private void channelSends(String text) throws Exception {
        broker.send(QLUE, 0, text.getBytes(StandardCharsets.UTF_8));
    }

    private void told(long offset, List<CaseEvent> events) throws Exception {
        writer.write(new ToldRecord(QLUE, 0, offset, events), new SinkWriter.Context() {
            @Override
            public long currentWatermark() {
                return Long.MIN_VALUE;
            }

            @Override
            public Long timestamp() {
                return null;
            }
        });
    }

    /** What case-events holds, by partition. */
    private List<List<Incoming>> caseEvents() {
        List<List<Incoming>> partitions = new ArrayList<>();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            partitions.add(new ArrayList<>());
        }
        try (TopicContent content = TopicContent.open(broker.bootstrap, Topics.CASE_EVENTS)) {
            content.forEach(record ->
                    partitions.get(record.partition()).add(((Read<Incoming>) codec.decode(record.value())).value()));
        }
        return partitions;
    }

    private List<Instant> latestHeartbeats() {
        return caseEvents().stream()
                .map(partition -> partition.stream()
                        .filter(incoming -> incoming.heartbeat() != null)
                        .reduce((first, second) -> second)
                        .map(Incoming::heartbeat)
                        .orElse(Instant.MIN))
                .toList();
    }

    private void awaitHeartbeat(Instant at) {
        await("a heartbeat of " + at + " in every partition").atMost(PATIENCE).until(() -> {
            beat();
            return latestHeartbeats().stream().allMatch(at::equals);
        });
    }

    @Test
    void aHeartbeatWaitsForWhatTheChannelsHeldAndFollowsIt() throws Exception {
        awaitHeartbeat(Examples.NOON);
        channelSends("one");
        channelSends("two");
        clock.now.set(Examples.NOON.plusSeconds(2));
        for (int i = 0; i < 20; i++) {
            beat();
        }
        told(0, Examples.events());
        for (int i = 0; i < 20; i++) {
            beat();
        }
        assertThat(latestHeartbeats())
                .as("one record of two is told")
                .allMatch(beat -> beat.isBefore(Examples.NOON.plusSeconds(2)));
        told(1, List.of());
        awaitHeartbeat(Examples.NOON.plusSeconds(2));

        List<Incoming> all = new ArrayList<>();
        for (List<Incoming> partition : caseEvents()) {
            assertThat(partition.get(partition.size() - 1).heartbeat()).isEqualTo(Examples.NOON.plusSeconds(2));
            all.addAll(partition);
        }
        assertThat(all)
                .extracting(Incoming::event)
                .filteredOn(event -> event != null)
                .hasSameElementsAs(Examples.events());
    }

    @Test
    void aRestoredWriterKnowsHowFarTheChannelsAreTold() throws Exception {
        channelSends("one");
        told(0, List.of());
        List<Told> state = writer.snapshotState(1);
        CaseEventSink.ToldSerializer serializer = new CaseEventSink.ToldSerializer();
        Told stored = serializer.deserialize(serializer.getVersion(), serializer.serialize(state.get(0)));
        assertThat(stored).isEqualTo(state.get(0));
        writer.close();
        clock.now.set(Examples.NOON.plusSeconds(3));

        writer = restored(List.of(stored));
        awaitHeartbeat(Examples.NOON.plusSeconds(3));
    }

    @Test
    void theMarkOfATransactionIsNotWaitedFor() throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrap, "transactional.id", "channel"),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>(QLUE, 0, null, new byte[] {1})).get();
            producer.commitTransaction();
        }
        told(0, List.of());
        beat();
        // As long as it takes until the writer looks for itself.
        await("a heartbeat").atMost(PATIENCE).until(() -> {
            clock.now.set(clock.instant().plusSeconds(2));
            beat();
            return latestHeartbeats().stream().allMatch(beat -> beat.isAfter(Examples.NOON.plusSeconds(5)));
        });
    }
}
