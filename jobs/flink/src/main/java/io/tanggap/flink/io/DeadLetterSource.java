package io.tanggap.flink.io;

import io.tanggap.core.complaint.DeadLetter;
import io.tanggap.flink.avro.DeadLetterCodec;
import io.tanggap.flink.avro.Reading;
import io.tanggap.flink.avro.Reading.Read;
import io.tanggap.flink.avro.Reading.Unreadable;
import io.tanggap.flink.types.DomainTypes;
import java.time.Clock;
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
 * The topic dead-letters as a job reads it, from its beginning, without watermarks. A record that is no dead letter comes
 * out as one about itself; a deletion mark is passed over.
 */
public final class DeadLetterSource {
    private final Source<DeadLetter, ?, ?> source;

    private DeadLetterSource(Source<DeadLetter, ?, ?> source) {
        this.source = source;
    }

    /**
     * What the topic holds when the job starts.
     *
     * @param clock stamps dead letters about dead letters; serializable, as {@link Clock#systemUTC} is
     */
    public static DeadLetterSource replay(String bootstrap, Clock clock) {
        return new DeadLetterSource(Kafka.bounded(bootstrap, Topics.DEAD_LETTERS, new Decoding(clock)));
    }

    /**
     * The topic without end.
     *
     * @param group the consumer group under which the progress can be watched
     * @param clock stamps dead letters about dead letters; serializable, as {@link Clock#systemUTC} is
     */
    public static DeadLetterSource live(String bootstrap, String group, Clock clock) {
        return new DeadLetterSource(Kafka.unbounded(bootstrap, Topics.DEAD_LETTERS, group, new Decoding(clock)));
    }

    /** Adds the source to a job, one reader for the one partition. The caller sets its uid. */
    public DataStreamSource<DeadLetter> addTo(StreamExecutionEnvironment environment) {
        return environment
                .fromSource(source, WatermarkStrategy.noWatermarks(), Topics.DEAD_LETTERS, DomainTypes.DEAD_LETTER)
                .setParallelism(1);
    }

    private static final class Decoding implements KafkaRecordDeserializationSchema<DeadLetter> {
        private final Clock clock;
        private transient @Nullable DeadLetterCodec codec;

        Decoding(Clock clock) {
            this.clock = clock;
        }

        @Override
        public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<DeadLetter> out) {
            if (record.value() == null) {
                return;
            }
            if (codec == null) {
                codec = new DeadLetterCodec();
            }
            Reading<DeadLetter> reading = codec.decode(record.value());
            if (reading instanceof Read<DeadLetter> read) {
                out.collect(read.value());
            } else if (reading instanceof Unreadable<DeadLetter> unreadable) {
                out.collect(Kafka.rejected(unreadable, Kafka.origin(record), record.value(), clock));
            }
        }

        @Override
        public TypeInformation<DeadLetter> getProducedType() {
            return DomainTypes.DEAD_LETTER;
        }
    }
}
