package io.tanggap.flink.io;

import io.tanggap.core.complaint.DeadLetter;
import io.tanggap.core.complaint.DeadLetter.Stage;
import io.tanggap.flink.avro.Reading.Unreadable;
import java.time.Clock;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceBuilder;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** What the sources have in common. */
final class Kafka {
    private Kafka() {}

    /** What a topic holds now, from its beginning. */
    static <T> Source<T, ?, ?> bounded(
            String bootstrap, String topic, KafkaRecordDeserializationSchema<T> deserializer) {
        return bounded(bootstrap, List.of(topic), deserializer);
    }

    /** What topics hold now, from their beginning. */
    static <T> Source<T, ?, ?> bounded(
            String bootstrap, List<String> topics, KafkaRecordDeserializationSchema<T> deserializer) {
        return new EndingSource<>(source(bootstrap, topics, deserializer)
                .setBounded(OffsetsInitializer.latest())
                // A job that ends has no progress to tell.
                .setProperty("commit.offsets.on.checkpoint", "false")
                .build());
    }

    /** A topic from its beginning, without end. */
    static <T> Source<T, ?, ?> unbounded(
            String bootstrap, String topic, String group, KafkaRecordDeserializationSchema<T> deserializer) {
        return source(bootstrap, List.of(topic), deserializer).setGroupId(group).build();
    }

    /** Topics of others from their beginning, without end, with the partitions that they are given later. */
    static <T> Source<T, ?, ?> unbounded(
            String bootstrap, List<String> topics, String group, KafkaRecordDeserializationSchema<T> deserializer) {
        return source(bootstrap, topics, deserializer)
                .setGroupId(group)
                .setProperty("partition.discovery.interval.ms", "60000")
                .build();
    }

    /** Topics of ours that come into being one after the other, from their beginning, without end. */
    static <T> Source<T, ?, ?> unbounded(
            String bootstrap, Pattern topics, String group, KafkaRecordDeserializationSchema<T> deserializer) {
        return source(bootstrap, deserializer)
                .setTopicPattern(topics)
                .setGroupId(group)
                // Chosen: a run that begins is heard of before its first figures are there.
                .setProperty("partition.discovery.interval.ms", "5000")
                .build();
    }

    private static <T> KafkaSourceBuilder<T> source(
            String bootstrap, List<String> topics, KafkaRecordDeserializationSchema<T> deserializer) {
        return source(bootstrap, deserializer).setTopics(topics);
    }

    private static <T> KafkaSourceBuilder<T> source(
            String bootstrap, KafkaRecordDeserializationSchema<T> deserializer) {
        return KafkaSource.<T>builder()
                .setProperties(KafkaAccess.settings(bootstrap))
                .setStartingOffsets(OffsetsInitializer.earliest())
                .setDeserializer(deserializer)
                .setProperty("isolation.level", "read_committed")
                // The number of partitions of our own topics is fixed when they are created.
                .setProperty("partition.discovery.interval.ms", "-1");
    }

    /** Where a record lies, as dead letters name it. */
    static String origin(ConsumerRecord<?, ?> record) {
        return record.topic() + "-" + record.partition() + "@" + record.offset();
    }

    /** The topic of a record by its {@link #origin}. */
    static String topicOf(String origin) {
        return origin.substring(0, origin.lastIndexOf('-', origin.lastIndexOf('@')));
    }

    /** The dead letter of a record that could not be used. */
    static DeadLetter rejected(Unreadable<?> unreadable, String origin, byte @Nullable [] bytes, Clock clock) {
        return new DeadLetter(
                Stage.DECODE,
                unreadable.reason(),
                unreadable.message(),
                origin,
                bytes == null ? new byte[0] : bytes,
                clock.instant());
    }
}
