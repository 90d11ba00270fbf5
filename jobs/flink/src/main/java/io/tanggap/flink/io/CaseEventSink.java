package io.tanggap.flink.io;

import io.tanggap.flink.metrics.MetricNames;
import io.tanggap.flink.state.ToldRecord;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.api.connector.sink2.SupportsWriterState;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.kafka.common.TopicPartition;

/**
 * Writes the events that channels tell to case-events, at least once: one that is written twice has the same id and counts
 * once. And tells every partition how far the channels have been told, within a quarter of a second of events and once a
 * second without: a heartbeat of an instant is written when everything that the channels' topics held at that instant has been
 * written before it. So a job that was down for an hour moves nobody's clock until it has told what waited for it. While
 * Kafka does not answer, no heartbeat is written.
 *
 * <p>To be used with parallelism one: a heartbeat vouches for all that comes before it in a partition, whoever wrote it.
 */
public final class CaseEventSink implements Sink<ToldRecord>, SupportsWriterState<ToldRecord, CaseEventSink.Told> {
    private static final long serialVersionUID = 1;
    private static final long BEAT_MILLIS = 250;
    /** Heartbeats are kept for good, as the events are, so they are few where nothing happens. */
    private static final Duration IDLE_BEAT = Duration.ofSeconds(1);

    private final String bootstrap;
    private final boolean beating;
    private final Clock clock;

    /**
     * How far each partition of the channels has been told.
     *
     * @param next the offset after the last record told
     */
    record Told(Map<TopicPartition, Long> next) {
        Told {
            next = Map.copyOf(next);
        }
    }

    /**
     * A sink for a broker.
     *
     * @param beating whether heartbeats are written: a run that ends would say of the time after it that nothing happened
     * @param clock tells heartbeats; serializable, as {@link Clock#systemUTC} is
     */
    public CaseEventSink(String bootstrap, boolean beating, Clock clock) {
        this.bootstrap = bootstrap;
        this.beating = beating;
        this.clock = clock;
    }

    @Override
    public SinkWriter<ToldRecord> createWriter(WriterInitContext context) throws IOException {
        return restoreWriter(context, List.of());
    }

    @Override
    public StatefulSinkWriter<ToldRecord, Told> restoreWriter(WriterInitContext context, Collection<Told> recovered) {
        Map<TopicPartition, Long> told = new HashMap<>();
        recovered.forEach(part -> part.next().forEach((partition, next) -> told.merge(partition, next, Math::max)));
        return new Writer(bootstrap, beating, clock, told, context.getProcessingTimeService(), context.metricGroup());
    }

    @Override
    public SimpleVersionedSerializer<Told> getWriterStateSerializer() {
        return new ToldSerializer();
    }

    /** One of them writes everything. */
    static final class Writer implements StatefulSinkWriter<ToldRecord, Told> {
        private final EventPublisher publisher;
        private final ChannelEnds ends;
        private final Map<TopicPartition, Long> told;
        private final ProcessingTimeService time;
        private Instant lastBeat = Instant.EPOCH;
        /** Whether events were written since the last heartbeat. */
        private boolean unvouched;

        private final Counter records;
        private final Counter events;

        Writer(
                String bootstrap,
                boolean beating,
                Clock clock,
                Map<TopicPartition, Long> told,
                ProcessingTimeService time,
                MetricGroup group) {
            this.publisher = new EventPublisher(bootstrap);
            this.ends = new ChannelEnds(bootstrap, clock);
            this.told = told;
            this.time = time;
            MetricGroup metrics = group.addGroup(MetricNames.GROUP);
            this.records = metrics.counter(MetricNames.CHANNEL_RECORDS_TOLD);
            this.events = metrics.counter(MetricNames.EVENTS_PUBLISHED);
            if (beating) {
                beatAfter(time.getCurrentProcessingTime());
            }
        }

        @SuppressWarnings("FutureReturnValueIgnored") // an exception of a timer fails the job
        private void beatAfter(long now) {
            time.registerTimer(now + BEAT_MILLIS, this::beat);
        }

        private void beat(long now) {
            ends.toldUpTo(told).ifPresent(upTo -> {
                if (unvouched || !upTo.isBefore(lastBeat.plus(IDLE_BEAT))) {
                    publisher.heartbeat(upTo);
                    lastBeat = upTo;
                    unvouched = false;
                }
            });
            beatAfter(now);
        }

        @Override
        public void write(ToldRecord record, Context context) {
            record.events().forEach(publisher::publish);
            unvouched |= !record.events().isEmpty();
            told.merge(new TopicPartition(record.topic(), record.partition()), record.offset() + 1, Math::max);
            events.inc(record.events().size());
            records.inc();
        }

        @Override
        public void flush(boolean endOfInput) {
            publisher.flush();
        }

        @Override
        public List<Told> snapshotState(long checkpointId) {
            return List.of(new Told(told));
        }

        @Override
        public void close() {
            try (publisher) {
                ends.close();
            }
        }
    }

    /** The number of partitions, then topic, partition and offset of each. */
    static final class ToldSerializer implements SimpleVersionedSerializer<Told> {
        @Override
        public int getVersion() {
            return 1;
        }

        @Override
        public byte[] serialize(Told told) throws IOException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            DataOutputStream out = new DataOutputStream(bytes);
            out.writeInt(told.next().size());
            for (Map.Entry<TopicPartition, Long> entry : told.next().entrySet()) {
                out.writeUTF(entry.getKey().topic());
                out.writeInt(entry.getKey().partition());
                out.writeLong(entry.getValue());
            }
            return bytes.toByteArray();
        }

        @Override
        public Told deserialize(int version, byte[] serialized) throws IOException {
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(serialized));
            Map<TopicPartition, Long> next = new HashMap<>();
            int partitions = in.readInt();
            for (int i = 0; i < partitions; i++) {
                next.put(new TopicPartition(in.readUTF(), in.readInt()), in.readLong());
            }
            return new Told(next);
        }
    }
}
