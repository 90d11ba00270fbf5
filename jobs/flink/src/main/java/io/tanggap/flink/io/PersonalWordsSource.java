package io.tanggap.flink.io;

import io.tanggap.core.complaint.PersonalData;
import io.tanggap.flink.avro.PersonalDataCodec;
import io.tanggap.flink.avro.Reading;
import io.tanggap.flink.avro.Reading.Read;
import java.nio.charset.StandardCharsets;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.streaming.api.datastream.DataStreamSource;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the topic case-personal holds now: of each record the case, its words and the offset. All records of a case are in one
 * partition, and the latest holds. Words are null where they were erased, where there are none, and in a record that cannot
 * be read, for what cannot be read may be an erasure.
 */
public final class PersonalWordsSource {
    private static final Logger LOG = LoggerFactory.getLogger(PersonalWordsSource.class);

    private PersonalWordsSource() {}

    /** Adds the source to a job. The caller sets its uid. */
    public static DataStreamSource<Tuple3<String, String, Long>> addTo(
            StreamExecutionEnvironment environment, String bootstrap) {
        Decoding decoding = new Decoding();
        return environment.fromSource(
                Kafka.bounded(bootstrap, Topics.CASE_PERSONAL, decoding),
                WatermarkStrategy.noWatermarks(),
                Topics.CASE_PERSONAL,
                decoding.getProducedType());
    }

    private static final class Decoding implements KafkaRecordDeserializationSchema<Tuple3<String, String, Long>> {
        private transient @Nullable PersonalDataCodec codec;

        @Override
        public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<Tuple3<String, String, Long>> out) {
            if (codec == null) {
                codec = new PersonalDataCodec();
            }
            if (record.key() == null) {
                LOG.warn("{} names no case and is passed over", Kafka.origin(record));
                return;
            }
            String words = null;
            if (record.value() != null) {
                Reading<PersonalData> reading = codec.decode(record.value());
                if (reading instanceof Read<PersonalData> read) {
                    words = read.value().text();
                } else {
                    LOG.warn("{} cannot be read: its case is released without words", Kafka.origin(record));
                }
            }
            out.collect(Tuple3.of(new String(record.key(), StandardCharsets.UTF_8), words, record.offset()));
        }

        @Override
        public TypeInformation<Tuple3<String, String, Long>> getProducedType() {
            return Types.TUPLE(Types.STRING, Types.STRING, Types.LONG);
        }
    }
}
