package io.tanggap.flink.state;

import static java.util.Objects.requireNonNull;

/**
 * A sign of life of a channel, or the word of the reference that there should be some.
 *
 * @param lastRecordAtMillis Kafka timestamp of the latest record; {@link #NONE} while there is none
 * @param silentAfterMillis how long the channel may send nothing, wall clock; {@link #NONE} if silence is no sign
 */
public record FeedSign(String channel, long lastRecordAtMillis, long silentAfterMillis) {
    public static final long NONE = -1;

    public FeedSign {
        requireNonNull(channel, "channel");
    }
}
