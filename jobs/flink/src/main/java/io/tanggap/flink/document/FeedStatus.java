package io.tanggap.flink.document;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How the feed of a channel is.
 *
 * @param lastRecordAt when the latest record was sent; null while there is none
 * @param silentAfter how long the channel may send nothing; null if silence is no sign
 * @param silentSince since when it has sent nothing for too long: the last sign of life; null while it is not silent
 */
public record FeedStatus(
        String channel,
        @Nullable Instant lastRecordAt,
        @Nullable Duration silentAfter,
        @Nullable Instant silentSince) {}
