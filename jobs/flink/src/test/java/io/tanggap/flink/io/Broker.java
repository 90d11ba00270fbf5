package io.tanggap.flink.io;

import static org.awaitility.Awaitility.await;

import io.tanggap.embedded.EmbeddedKafka;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The broker of a test, with empty topics and a producer for what the publisher would not write. */
final class Broker implements AutoCloseable {
    final String bootstrap;
    private final KafkaProducer<byte[], byte[]> producer;

    private Broker(String bootstrap) {
        this.bootstrap = bootstrap;
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrap), new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** The topics anew, with this many partitions of case-events. */
    static Broker withEmptyTopics(EmbeddedKafka kafka, int partitions) throws Exception {
        withoutTopics(kafka);
        Topics.create(kafka.bootstrapServers(), partitions);
        return new Broker(kafka.bootstrapServers());
    }

    static void withoutTopics(EmbeddedKafka kafka) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            Set<String> own = Topics.all();
            Set<String> topics = admin.listTopics().names().get();
            admin.deleteTopics(own.stream().filter(topics::contains).toList())
                    .all()
                    .get();
            await().until(() -> admin.listTopics().names().get().stream().noneMatch(own::contains));
        }
    }

    private static ProducerRecord<byte[], byte[]> record(String topic, int partition, byte[] value) {
        // A compacted topic takes none without a key.
        boolean compacted = topic.equals(Topics.DEAD_LETTERS) || topic.equals(Topics.CHANNEL_DECLARATIONS);
        return new ProducerRecord<>(topic, partition, 0L, compacted ? value : null, value);
    }

    /** Sends without waiting; {@link #send} after it waits for both. */
    void queue(String topic, int partition, byte[] value) {
        producer.send(record(topic, partition, value));
    }

    void send(String topic, int partition, byte[] value) throws Exception {
        producer.send(record(topic, partition, value)).get();
    }

    @Override
    public void close() {
        producer.close();
    }
}
