package io.tanggap.flink.io;

import io.tanggap.core.alert.Alert;
import io.tanggap.flink.alert.AlertCodec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.sink.TransactionNamingStrategy;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * Writes alerts to a topic exactly once: who reads what is committed sees each once, whatever happened to the job, with the
 * checkpoint after it was raised. Keyed by case, or by the channel that is silent. The topic must exist.
 */
public final class AlertSink {
    /**
     * How long a transaction may stay open. Chosen: the most that a broker allows unless it is told otherwise; a job that is
     * away for longer when it has written and not committed loses what it had written, and writes it again from the state
     * before.
     */
    public static final Duration TRANSACTION_TIMEOUT = Duration.ofMinutes(15);

    private AlertSink() {}

    /** The sink for a topic of a broker. */
    public static KafkaSink<Alert> of(String bootstrap, String topic) {
        return KafkaSink.<Alert>builder()
                .setKafkaProducerConfig(KafkaAccess.settings(bootstrap))
                .setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
                .setTransactionalIdPrefix("tanggap-" + topic)
                // The other strategy leaves an id behind on the broker for every checkpoint, one a second.
                .setTransactionNamingStrategy(TransactionNamingStrategy.POOLING)
                .setProperty(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, Long.toString(TRANSACTION_TIMEOUT.toMillis()))
                .setRecordSerializer(KafkaRecordSerializationSchema.<Alert>builder()
                        .setTopic(topic)
                        .setKeySerializationSchema(AlertSink::key)
                        .setValueSerializationSchema(new Event(topic))
                        .setHeaderProvider(AlertSink::headers)
                        .build())
                .build();
    }

    /** A class, for Flink looks at its type. */
    private record Event(String topic) implements SerializationSchema<Alert> {
        @Override
        public byte[] serialize(Alert alert) {
            return AlertCodec.encode(alert, topic);
        }
    }

    private static byte[] key(Alert alert) {
        String key = alert.matter() == null ? alert.channel() : alert.matter().caseId();
        return key.getBytes(StandardCharsets.UTF_8);
    }

    private static Headers headers(Alert alert) {
        return new RecordHeaders().add("content-type", AlertCodec.CONTENT_TYPE.getBytes(StandardCharsets.UTF_8));
    }
}
