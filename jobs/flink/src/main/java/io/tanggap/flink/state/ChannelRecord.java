package io.tanggap.flink.state;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A record of a channel's topic as it lies there.
 *
 * @param sentAtMillis its Kafka timestamp: when Tanggap first saw what it tells
 * @param bytes its value; empty for a deletion mark
 */
@SuppressWarnings("ArrayRecordComponent") // equals and hashCode below compare the content
public record ChannelRecord(String topic, int partition, long offset, long sentAtMillis, byte[] bytes) {
    public ChannelRecord {
        requireNonNull(topic, "topic");
        requireNonNull(bytes, "bytes");
    }

    /** Where it lies, as dead letters name it. */
    public String origin() {
        return topic + "-" + partition + "@" + offset;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ChannelRecord that
                && topic.equals(that.topic)
                && partition == that.partition
                && offset == that.offset
                && sentAtMillis == that.sentAtMillis
                && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Objects.hash(topic, partition, offset, sentAtMillis, Arrays.hashCode(bytes));
    }
}
