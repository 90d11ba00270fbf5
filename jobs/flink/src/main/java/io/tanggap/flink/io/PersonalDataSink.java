package io.tanggap.flink.io;

import io.tanggap.flink.avro.PersonalDataCodec;
import io.tanggap.flink.state.PersonalNews;
import java.nio.charset.StandardCharsets;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** Writes what is personal in cases to its topic, at least once: the same under the same key is the same. */
public final class PersonalDataSink {
    private PersonalDataSink() {}

    /** The sink for a broker; the topic must exist. */
    public static KafkaSink<PersonalNews> of(String bootstrap) {
        return KafkaSink.<PersonalNews>builder()
                .setKafkaProducerConfig(KafkaAccess.settings(bootstrap))
                .setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE)
                .setRecordSerializer(new Encoding())
                .build();
    }

    private static final class Encoding implements KafkaRecordSerializationSchema<PersonalNews> {
        private transient @Nullable PersonalDataCodec codec;

        @Override
        public ProducerRecord<byte[], byte[]> serialize(
                PersonalNews news, KafkaSinkContext context, @Nullable Long timestamp) {
            if (codec == null) {
                codec = new PersonalDataCodec();
            }
            byte[] key = news.caseId().getBytes(StandardCharsets.UTF_8);
            // Without a timestamp: retention counts from when it is written.
            return new ProducerRecord<>(
                    Topics.CASE_PERSONAL, key, news.data() == null ? null : codec.encode(news.data()));
        }
    }
}
