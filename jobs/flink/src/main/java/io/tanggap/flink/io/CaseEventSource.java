package io.tanggap.flink.io;

import io.tanggap.flink.avro.CaseEventCodec;
import io.tanggap.flink.avro.Incoming;
import io.tanggap.flink.avro.Reading;
import io.tanggap.flink.avro.Reading.Read;
import io.tanggap.flink.avro.Reading.Unreadable;
import io.tanggap.flink.types.DomainTypes;
import java.time.Clock;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.streaming.api.datastream.DataStreamSource;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * The topic case-events as a job reads it, from its beginning. Every record becomes one {@link Incoming}; what cannot be
 * read becomes a dead letter with its topic, partition and offset.
 */
public final class CaseEventSource {
    private final Source<Incoming, ?, ?> source;
    private final WatermarkStrategy<Incoming> watermarks;
    private final int parallelism;

    private CaseEventSource(Source<Incoming, ?, ?> source, WatermarkStrategy<Incoming> watermarks, int parallelism) {
        this.source = source;
        this.watermarks = watermarks;
        this.parallelism = parallelism;
    }

    /**
     * What the topic holds when the job starts. There are no watermarks but the infinite one at the end: the as-of of a
     * replay is a constant.
     *
     * @param clock stamps dead letters; serializable, as {@link Clock#systemUTC} is
     */
    public static CaseEventSource replay(String bootstrap, Clock clock) {
        return new CaseEventSource(
                Kafka.bounded(bootstrap, Topics.CASE_EVENTS, new Decoding(clock)),
                WatermarkStrategy.noWatermarks(),
                Integer.MAX_VALUE);
    }

    /**
     * The topic without end. The watermark of a partition is its last heartbeat, less the grace; that of the stream is
     * the least over all partitions. Events never move it, so no partition's backlog is overtaken. A partition without
     * a heartbeat holds it where it is.
     *
     * @param group the consumer group under which the progress can be watched; the job itself restarts from checkpoints
     * @param grace how far the as-of stays behind the heartbeats; one second is usual
     * @param clock stamps dead letters; serializable, as {@link Clock#systemUTC} is
     * @throws KafkaException if the topic does not exist, or the broker does not answer
     */
    public static CaseEventSource live(String bootstrap, String group, Duration grace, Clock clock) {
        // A reader without a partition would never emit a watermark and hold that of the stream for ever.
        return new CaseEventSource(
                Kafka.unbounded(bootstrap, Topics.CASE_EVENTS, group, new Decoding(clock)),
                watermarks(grace),
                Topics.partitions(bootstrap, Topics.CASE_EVENTS));
    }

    /**
     * What the topic holds when the job starts, with the watermarks of {@link #live}: a live job that comes to an end, so
     * that it can be measured. Every partition must hold heartbeats.
     *
     * @param grace as in {@link #live}
     * @param clock stamps dead letters; serializable, as {@link Clock#systemUTC} is
     */
    public static CaseEventSource liveToEnd(String bootstrap, Duration grace, Clock clock) {
        return new CaseEventSource(
                Kafka.bounded(bootstrap, Topics.CASE_EVENTS, new Decoding(clock)),
                watermarks(grace),
                Topics.partitions(bootstrap, Topics.CASE_EVENTS));
    }

    static WatermarkStrategy<Incoming> watermarks(Duration grace) {
        long graceMillis = grace.toMillis();
        return WatermarkStrategy.forGenerator(context -> new Heartbeats(graceMillis));
    }

    /** Adds the source to a job, with a parallelism of at most the number of partitions. The caller sets its uid. */
    public DataStreamSource<Incoming> addTo(StreamExecutionEnvironment environment) {
        DataStreamSource<Incoming> stream =
                environment.fromSource(source, watermarks, Topics.CASE_EVENTS, DomainTypes.INCOMING);
        return parallelism < environment.getParallelism() ? stream.setParallelism(parallelism) : stream;
    }

    private static final class Heartbeats implements WatermarkGenerator<Incoming> {
        private final long graceMillis;

        Heartbeats(long graceMillis) {
            this.graceMillis = graceMillis;
        }

        @Override
        public void onEvent(Incoming incoming, long recordTimestamp, WatermarkOutput output) {
            if (incoming.heartbeat() != null) {
                output.emitWatermark(new Watermark(incoming.heartbeat().toEpochMilli() - graceMillis));
            }
        }

        @Override
        public void onPeriodicEmit(WatermarkOutput output) {}
    }

    private static final class Decoding implements KafkaRecordDeserializationSchema<Incoming> {
        private final Clock clock;
        private transient @Nullable CaseEventCodec codec;

        Decoding(Clock clock) {
            this.clock = clock;
        }

        @Override
        public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<Incoming> out) {
            if (codec == null) {
                codec = new CaseEventCodec();
            }
            Reading<Incoming> reading = codec.decode(record.value());
            if (reading instanceof Read<Incoming> read) {
                out.collect(read.value());
            } else if (reading instanceof Unreadable<Incoming> unreadable) {
                out.collect(Incoming.of(Kafka.rejected(unreadable, Kafka.origin(record), record.value(), clock)));
            }
        }

        @Override
        public TypeInformation<Incoming> getProducedType() {
            return DomainTypes.INCOMING;
        }
    }
}
