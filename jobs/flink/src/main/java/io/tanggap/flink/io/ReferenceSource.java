package io.tanggap.flink.io;

import io.tanggap.core.complaint.DeadLetter;
import io.tanggap.core.reference.ReferencePack;
import io.tanggap.flink.avro.RawRecord;
import io.tanggap.flink.types.DomainTypes;
import java.time.Clock;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The topic reference as a job reads it, from its beginning, one pack after the other in the order of their last slices.
 * A pack whose slices are not all there has no effect; a pack that comes twice comes out once; slices that do not make a
 * pack, or make another pack under a known id, become dead letters.
 */
public final class ReferenceSource {
    /** Records of the topic that make no pack. */
    public static final OutputTag<DeadLetter> DEAD_LETTERS =
            new OutputTag<>("unusable-reference", DomainTypes.DEAD_LETTER);

    private final Source<RawRecord, ?, ?> source;
    private final WatermarkStrategy<RawRecord> watermarks;
    private final Clock clock;

    private ReferenceSource(Source<RawRecord, ?, ?> source, WatermarkStrategy<RawRecord> watermarks, Clock clock) {
        this.source = source;
        this.watermarks = watermarks;
        this.clock = clock;
    }

    /**
     * What the topic holds when the job starts.
     *
     * @param clock stamps dead letters; serializable, as {@link Clock#systemUTC} is
     */
    public static ReferenceSource replay(String bootstrap, Clock clock) {
        return new ReferenceSource(
                Kafka.bounded(bootstrap, Topics.REFERENCE, new Raw()), WatermarkStrategy.noWatermarks(), clock);
    }

    /**
     * The topic without end. Its watermark is infinite at once: time is told by case-events alone, and an operator that
     * reads both must not wait for a pack.
     *
     * @param group the consumer group under which the progress can be watched
     * @param clock stamps dead letters; serializable, as {@link Clock#systemUTC} is
     */
    public static ReferenceSource live(String bootstrap, String group, Clock clock) {
        return new ReferenceSource(
                Kafka.unbounded(bootstrap, Topics.REFERENCE, group, new Raw()),
                WatermarkStrategy.forGenerator(context -> new Timeless()),
                clock);
    }

    /**
     * Adds the source and the assembly of packs to a job, each with parallelism one: packs have one order.
     *
     * @param sourceUid uid of the reader
     * @param assemblyUid uid of the operator that keeps the slices of unfinished packs
     */
    public SingleOutputStreamOperator<ReferencePack> addTo(
            StreamExecutionEnvironment environment, String sourceUid, String assemblyUid) {
        return environment
                .fromSource(source, watermarks, Topics.REFERENCE, DomainTypes.RAW_RECORD)
                .uid(sourceUid)
                .setParallelism(1)
                .process(new AssemblePacks(clock))
                .returns(DomainTypes.REFERENCE_PACK)
                .name("assemble packs")
                .uid(assemblyUid)
                .setParallelism(1);
    }

    /** Of a topic that tells no time. */
    static final class Timeless implements WatermarkGenerator<RawRecord> {
        @Override
        public void onEvent(RawRecord record, long recordTimestamp, WatermarkOutput output) {}

        @Override
        public void onPeriodicEmit(WatermarkOutput output) {
            output.emitWatermark(new Watermark(Long.MAX_VALUE));
        }
    }

    /** Records as they lie in the topic. */
    static final class Raw implements KafkaRecordDeserializationSchema<RawRecord> {
        @Override
        public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<RawRecord> out) {
            out.collect(new RawRecord(Kafka.origin(record), record.value() == null ? new byte[0] : record.value()));
        }

        @Override
        public TypeInformation<RawRecord> getProducedType() {
            return DomainTypes.RAW_RECORD;
        }
    }
}
