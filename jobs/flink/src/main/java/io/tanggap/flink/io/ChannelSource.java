package io.tanggap.flink.io;

import io.tanggap.flink.state.ChannelRecord;
import io.tanggap.flink.types.OperatorTypes;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.streaming.api.datastream.DataStreamSource;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The topics of all channels as intake reads them, from their beginning, each partition in its order. Without watermarks: what
 * has been told is known by {@link CaseEventSink}.
 */
public final class ChannelSource {
    private final Source<ChannelRecord, ?, ?> source;

    private ChannelSource(Source<ChannelRecord, ?, ?> source) {
        this.source = source;
    }

    /** What the topics hold when the job starts. They must exist. */
    public static ChannelSource replay(String bootstrap) {
        return new ChannelSource(Kafka.bounded(bootstrap, Topics.channels(), new Raw()));
    }

    /**
     * The topics without end.
     *
     * @param group the consumer group under which the progress can be watched; the job itself restarts from checkpoints
     */
    public static ChannelSource live(String bootstrap, String group) {
        return new ChannelSource(Kafka.unbounded(bootstrap, Topics.channels(), group, new Raw()));
    }

    /** Adds the source to a job. The caller sets its uid. */
    public DataStreamSource<ChannelRecord> addTo(StreamExecutionEnvironment environment) {
        return environment.fromSource(
                source, WatermarkStrategy.noWatermarks(), "channels", OperatorTypes.CHANNEL_RECORD);
    }

    private static final class Raw implements KafkaRecordDeserializationSchema<ChannelRecord> {
        @Override
        public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<ChannelRecord> out) {
            out.collect(new ChannelRecord(
                    record.topic(),
                    record.partition(),
                    record.offset(),
                    // A producer of an old protocol sends none.
                    Math.max(0, record.timestamp()),
                    record.value() == null ? new byte[0] : record.value()));
        }

        @Override
        public TypeInformation<ChannelRecord> getProducedType() {
            return OperatorTypes.CHANNEL_RECORD;
        }
    }
}
