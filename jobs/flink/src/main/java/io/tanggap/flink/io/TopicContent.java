package io.tanggap.flink.io;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * What a topic holds, for whoever reads it without a job. Its ends are taken when it is opened: what is written later is
 * not seen, also not what the reader itself causes. A topic that does not exist is an empty one. For one thread.
 */
final class TopicContent implements AutoCloseable {
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(10);

    private final String bootstrap;
    private final String topic;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Map<Integer, Range> partitions = new TreeMap<>();

    /** Offsets of a partition, the last one exclusive. */
    private record Range(TopicPartition partition, long begin, long end) {}

    private TopicContent(String bootstrap, String topic, KafkaConsumer<byte[], byte[]> consumer) {
        this.bootstrap = bootstrap;
        this.topic = topic;
        this.consumer = consumer;
    }

    /**
     * A topic as it is now.
     *
     * @throws KafkaException if the broker does not answer
     */
    static TopicContent open(String bootstrap, String topic) {
        KafkaConsumer<byte[], byte[]> consumer = null;
        try {
            consumer = new KafkaConsumer<>(
                    KafkaAccess.settings(
                            bootstrap,
                            Map.of(
                                    "allow.auto.create.topics", "false",
                                    "enable.auto.commit", "false",
                                    "isolation.level", "read_committed",
                                    "request.timeout.ms", "5000",
                                    "default.api.timeout.ms", "10000")),
                    new ByteArrayDeserializer(),
                    new ByteArrayDeserializer());
            TopicContent content = new TopicContent(bootstrap, topic, consumer);
            content.takeEnds();
            return content;
        } catch (org.apache.kafka.common.KafkaException e) {
            if (consumer != null) {
                consumer.close();
            }
            throw KafkaException.of("cannot read topic " + topic, bootstrap, e);
        }
    }

    private void takeEnds() {
        List<TopicPartition> all = consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
        Map<TopicPartition, Long> begins = consumer.beginningOffsets(all);
        consumer.endOffsets(all)
                .forEach((partition, end) -> partitions.put(
                        partition.partition(), new Range(partition, begins.getOrDefault(partition, 0L), end)));
    }

    /** How many records there are at most; offsets without a record count too. */
    long size() {
        return partitions.values().stream()
                .mapToLong(range -> range.end - range.begin)
                .sum();
    }

    /** How many of them a partition has; 0 if there is no such partition. */
    long size(int partition) {
        Range range = partitions.get(partition);
        return range == null ? 0 : range.end - range.begin;
    }

    /**
     * Hands over every record, one partition after the other, each in its order.
     *
     * @throws KafkaException if the broker stops answering
     */
    void forEach(Consumer<ConsumerRecord<byte[], byte[]>> each) {
        for (Range range : partitions.values()) {
            read(range, range.begin, range.end, each);
        }
    }

    /** The partitions, in their order. */
    Set<Integer> partitions() {
        return partitions.keySet();
    }

    /**
     * Hands over the last records of a partition, in their order.
     *
     * @param count how many at most
     * @throws KafkaException if the broker stops answering
     */
    void forEachOfLast(int partition, long count, Consumer<ConsumerRecord<byte[], byte[]>> each) {
        Range range = partitions.get(partition);
        if (range != null) {
            read(range, Math.max(range.begin, range.end - count), range.end, each);
        }
    }

    /**
     * The record at an offset; empty if there is none.
     *
     * @throws KafkaException if the broker stops answering
     */
    Optional<ConsumerRecord<byte[], byte[]>> at(int partition, long offset) {
        Range range = partitions.get(partition);
        if (range == null || offset < range.begin || offset >= range.end) {
            return Optional.empty();
        }
        AtomicReference<@Nullable ConsumerRecord<byte[], byte[]>> found = new AtomicReference<>();
        read(range, offset, offset + 1, found::set);
        return Optional.ofNullable(found.get());
    }

    private void read(Range range, long from, long to, Consumer<ConsumerRecord<byte[], byte[]>> each) {
        try {
            consumer.assign(List.of(range.partition));
            consumer.seek(range.partition, from);
            long position = from;
            while (position < to) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(LONGEST_SILENCE)) {
                    if (record.offset() < to) {
                        each.accept(record);
                    }
                }
                long reached = consumer.position(range.partition);
                if (reached == position) {
                    throw KafkaException.of("cannot read topic " + topic + " to its end", bootstrap, null);
                }
                position = reached;
            }
        } catch (org.apache.kafka.common.KafkaException e) {
            throw KafkaException.of("cannot read topic " + topic, bootstrap, e);
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
