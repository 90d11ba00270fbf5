package io.tanggap.app.recovery;

import io.tanggap.flink.io.Topics;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * What topics held at some time, byte for byte and partition by partition: written to empty topics of another broker, an offset of a savepoint
 * means the same record there.
 */
final class TopicLog {
    private static final int NO_KEY = -1;

    private final List<ProducerRecord<byte[], byte[]>> records;

    private TopicLog(List<ProducerRecord<byte[], byte[]>> records) {
        this.records = records;
    }

    /** Logs one after the other. */
    static TopicLog of(TopicLog... logs) {
        return new TopicLog(Stream.of(logs).flatMap(log -> log.records.stream()).toList());
    }

    /** What topics of a broker have after another log, which they have too. */
    static TopicLog after(TopicLog before, String bootstrap, List<String> topics) {
        Map<TopicPartition, Long> known = new HashMap<>();
        before.records.forEach(
                record -> known.merge(new TopicPartition(record.topic(), record.partition()), 1L, Long::sum));
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrap), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = topics.stream()
                    .flatMap(topic -> IntStream.range(0, Topics.partitions(bootstrap, topic))
                            .mapToObj(number -> new TopicPartition(topic, number)))
                    .toList();
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            consumer.assign(partitions);
            partitions.forEach(partition -> consumer.seek(partition, known.getOrDefault(partition, 0L)));
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                consumer.poll(Duration.ofMillis(200))
                        .forEach(record -> records.add(new ProducerRecord<>(
                                record.topic(), record.partition(), record.timestamp(), record.key(), record.value())));
            }
        }
        return new TopicLog(records);
    }

    static TopicLog load(Path file) throws IOException {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
            for (int left = in.readInt(); left > 0; left--) {
                records.add(
                        new ProducerRecord<>(in.readUTF(), in.readInt(), in.readLong(), readBytes(in), readBytes(in)));
            }
        }
        return new TopicLog(records);
    }

    private static byte[] readBytes(DataInputStream in) throws IOException {
        int length = in.readInt();
        return length == NO_KEY ? null : in.readNBytes(length);
    }

    void save(Path file) throws IOException {
        try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(file))) {
            out.writeInt(records.size());
            for (ProducerRecord<byte[], byte[]> record : records) {
                out.writeUTF(record.topic());
                out.writeInt(record.partition());
                out.writeLong(record.timestamp());
                writeBytes(out, record.key());
                writeBytes(out, record.value());
            }
        }
    }

    private static void writeBytes(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes == null ? NO_KEY : bytes.length);
        if (bytes != null) {
            out.write(bytes);
        }
    }

    /** What of it one topic held. */
    TopicLog ofTopic(String topic) {
        return new TopicLog(
                records.stream().filter(record -> record.topic().equals(topic)).toList());
    }

    /** Writes everything to a broker, in its order. */
    void publish(String bootstrap) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrap), new ByteArraySerializer(), new ByteArraySerializer())) {
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            records.forEach(record -> sent.add(producer.send(record)));
            for (Future<RecordMetadata> each : sent) {
                each.get();
            }
        }
    }

    /** How many records of a topic there are. */
    long size(String topic) {
        return size(topic::equals);
    }

    /** How many records there are of topics of some kind. */
    long size(Predicate<String> topics) {
        return records.stream().filter(record -> topics.test(record.topic())).count();
    }
}
