package io.tanggap.flink.io;

import io.tanggap.core.complaint.DeadLetter;
import io.tanggap.flink.avro.DeadLetterCodec;
import io.tanggap.flink.avro.Reading;
import io.tanggap.flink.avro.Reading.Read;
import io.tanggap.flink.avro.Reading.Unreadable;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The topic dead-letters for a person who looks into it: every letter that it held when the log was opened and that was
 * not erased, the newest last. Holds a few records at a time, however many there are, and the keys of what was erased. For one
 * thread.
 */
public final class DeadLetterLog implements AutoCloseable {
    private final TopicContent content;
    private final DeadLetterCodec codec = new DeadLetterCodec();
    /** Of what was erased, how far: Kafka takes the records away some time after the mark. */
    private final Map<String, Long> erasedUpTo = new HashMap<>();

    private long size;

    private DeadLetterLog(TopicContent content) {
        this.content = content;
        content.forEach(record -> {
            if (record.value() == null) {
                erasedUpTo.put(key(record), record.offset());
            } else {
                size++;
            }
        });
        if (!erasedUpTo.isEmpty()) {
            content.forEach(record -> size -= record.value() != null && !isThere(record) ? 1 : 0);
        }
    }

    private static String key(ConsumerRecord<byte[], byte[]> record) {
        return record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
    }

    private boolean isThere(ConsumerRecord<byte[], byte[]> record) {
        return record.value() != null && record.offset() > erasedUpTo.getOrDefault(key(record), -1L);
    }

    /**
     * The letters of a broker; none if it has no such topic.
     *
     * @throws KafkaException if the broker does not answer
     */
    public static DeadLetterLog open(String bootstrap) {
        return new DeadLetterLog(TopicContent.open(bootstrap, Topics.DEAD_LETTERS));
    }

    /**
     * The letters that were written last; what was erased since is among them until Kafka takes it away.
     *
     * @param count how many at most, of each partition
     * @throws KafkaException if the broker does not answer
     */
    public static List<StoredLetter> last(String bootstrap, int count) {
        DeadLetterCodec codec = new DeadLetterCodec();
        List<StoredLetter> last = new ArrayList<>();
        try (TopicContent content = TopicContent.open(bootstrap, Topics.DEAD_LETTERS)) {
            for (int partition : content.partitions()) {
                content.forEachOfLast(partition, count, record -> {
                    if (record.value() != null) {
                        last.add(letter(codec, record));
                    }
                });
            }
        }
        return last;
    }

    /** How many letters there are. */
    public long size() {
        return size;
    }

    /**
     * Hands over every letter in the order in which they were written.
     *
     * @throws KafkaException if the broker stops answering
     */
    public void forEach(Consumer<StoredLetter> each) {
        content.forEach(record -> {
            if (isThere(record)) {
                each.accept(letter(codec, record));
            }
        });
    }

    /**
     * The letter with the id of these; empty if there is none.
     *
     * @throws KafkaException if the broker stops answering
     */
    public Optional<StoredLetter> find(int partition, long offset) {
        return content.at(partition, offset).filter(this::isThere).map(record -> letter(codec, record));
    }

    private static StoredLetter letter(DeadLetterCodec codec, ConsumerRecord<byte[], byte[]> record) {
        Reading<DeadLetter> reading = codec.decode(record.value());
        if (reading instanceof Read<DeadLetter> read) {
            return new StoredLetter(record.partition(), record.offset(), read.value(), true);
        }
        Instant written = Instant.ofEpochMilli(Math.max(0, record.timestamp()));
        DeadLetter aboutItself = Kafka.rejected(
                (Unreadable<DeadLetter>) reading,
                Kafka.origin(record),
                record.value(),
                Clock.fixed(written, ZoneOffset.UTC));
        return new StoredLetter(record.partition(), record.offset(), aboutItself, false);
    }

    @Override
    public void close() {
        content.close();
    }
}
