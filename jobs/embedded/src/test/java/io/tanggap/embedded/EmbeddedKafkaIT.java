package io.tanggap.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedKafkaIT {
    private static final TopicPartition TOPIC = new TopicPartition("complaints", 0);

    @TempDir
    Path directory;

    @Test
    void keepsRecordsOfAnyTimeAndItsIdentityAcrossARestart() throws Exception {
        String clusterId;
        try (EmbeddedKafka kafka = EmbeddedKafka.start(directory, 0)) {
            clusterId = kafka.clusterId();
            kafka.createTopic(TOPIC.topic(), 1, Map.of("segment.ms", "1000"));
            kafka.createTopic(TOPIC.topic(), 1, Map.of());
            try (var producer = new KafkaProducer<>(
                    Map.of("bootstrap.servers", kafka.bootstrapServers()),
                    new StringSerializer(),
                    new StringSerializer())) {
                producer.send(record("of 2011", 1_300_000_000_000L)).get();
                producer.send(record("of 2099", 4_080_000_000_000L)).get();
            }
        }
        try (EmbeddedKafka kafka = EmbeddedKafka.start(directory, 0)) {
            String address = kafka.bootstrapServers();
            kafka.restart();
            assertThat(kafka.bootstrapServers()).isEqualTo(address);
            assertThat(kafka.clusterId()).isEqualTo(clusterId);
            try (var consumer = new KafkaConsumer<>(
                    Map.of("bootstrap.servers", kafka.bootstrapServers()),
                    new StringDeserializer(),
                    new StringDeserializer())) {
                consumer.assign(List.of(TOPIC));
                consumer.seekToBeginning(List.of(TOPIC));
                List<String> values = new ArrayList<>();
                for (int poll = 0; values.size() < 2 && poll < 100; poll++) {
                    consumer.poll(Duration.ofMillis(200)).forEach(record -> values.add(record.value()));
                }
                assertThat(values).containsExactly("of 2011", "of 2099");
            }
        }
    }

    @Test
    void saysWhatToDoWhenThePortOrTheNumberOfPartitionsDoesNotFit() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(directory, 0)) {
            kafka.createTopic(TOPIC.topic(), 2, Map.of());
            assertThatThrownBy(() -> kafka.createTopic(TOPIC.topic(), 3, Map.of()))
                    .hasMessage(
                            "the topic complaints has 2 partitions, not 3: use another data directory, or ask for 2");
            int port = Integer.parseInt(kafka.bootstrapServers().substring("127.0.0.1:".length()));
            assertThatThrownBy(() -> EmbeddedKafka.start(directory.resolve("other"), port))
                    .hasMessageStartingWith("port " + port + " of 127.0.0.1 is in use");
        }
    }

    private static ProducerRecord<String, String> record(String value, long timestamp) {
        return new ProducerRecord<>(TOPIC.topic(), 0, timestamp, null, value);
    }
}
