package io.tanggap.flink.io;

import org.jspecify.annotations.Nullable;

/** Where the record of a dead letter goes when it is replayed. */
public sealed interface WayBack {

    /**
     * Back to the topic that it was read from.
     *
     * @param topic case-events, reference, or the topic of a channel
     * @param partition where it was read, for a record that does not say whose it is; null lets the key decide, as for an
     *     event that is published
     * @param key the case or the pack; null where the record does not say it
     * @param timestampMillis the Kafka timestamp that a publisher gives it, in milliseconds since 1970, UTC
     */
    record ToTopic(
            String topic,
            @Nullable Integer partition,
            @Nullable String key,
            long timestampMillis) implements WayBack {}

    /** Nowhere by itself: somebody else has to make the record again. */
    record None(Obstacle obstacle) implements WayBack {}

    /** Why a record cannot be sent back to a topic. */
    enum Obstacle {
        /** A row of a file never was in a topic. */
        ROW_OF_FILE,
        /** A document that Elasticsearch refused is made by the job from events that are still in their topic. */
        DOCUMENT,
        /** A message that nobody took says what was so when it was made. */
        MESSAGE,
        /** A heartbeat tells a time that has passed; whoever writes them writes new ones. */
        HEARTBEAT,
        /** A record without a value, the deletion mark of Kafka, has nothing to read. */
        NO_VALUE,
        /** A record of the topic dead-letters that is no dead letter tells nothing of where it belongs. */
        NO_LETTER,
        /** The stage or the topic is none that this version knows. */
        UNKNOWN_ORIGIN
    }
}
