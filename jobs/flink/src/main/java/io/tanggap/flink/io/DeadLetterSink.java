package io.tanggap.flink.io;

import io.tanggap.core.complaint.DeadLetter;
import io.tanggap.flink.avro.DeadLetterCodec;
import java.nio.charset.StandardCharsets;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Writes dead letters to their topic, at least once: a restart may write one again, under the same key. The topic must
 * exist. A letter that cannot be written fails the job, since nothing else would keep the record.
 */
public final class DeadLetterSink {
    private DeadLetterSink() {}

    /** The sink for a broker. */
    public static KafkaSink<DeadLetter> of(String bootstrap) {
        return KafkaSink.<DeadLetter>builder()
                .setKafkaProducerConfig(KafkaAccess.settings(bootstrap))
                .setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE)
                .setRecordSerializer(new Encoding())
                .setProperty("max.request.size", Integer.toString(Topics.DEAD_LETTER_BYTES))
                .build();
    }

    /** A dead letter as a record of its topic. */
    static ProducerRecord<byte[], byte[]> record(DeadLetter letter, DeadLetterCodec codec) {
        return new ProducerRecord<>(
                Topics.DEAD_LETTERS,
                null,
                Math.max(0, letter.firstSeenAt().toEpochMilli()),
                key(letter),
                codec.encode(letter));
    }

    /** The key of a letter and its copies. */
    static byte[] key(DeadLetter letter) {
        return letter.id().getBytes(StandardCharsets.UTF_8);
    }

    private static final class Encoding implements KafkaRecordSerializationSchema<DeadLetter> {
        private transient @Nullable DeadLetterCodec codec;

        @Override
        public ProducerRecord<byte[], byte[]> serialize(
                DeadLetter letter, KafkaSinkContext context, @Nullable Long timestamp) {
            if (codec == null) {
                codec = new DeadLetterCodec();
            }
            return record(letter, codec);
        }
    }
}
