package io.tanggap.core.lifecycle;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * That an event was received from its source.
 *
 * @param occurredAt when it happened, as far as that is told
 * @param lateness from then to when Tanggap first saw it, negative by a clock that is ahead; null where the time is not told
 *     exactly: that of a poll would say that nothing is ever late, and an hour that was guessed would say what was guessed
 */
public record Arrival(Instant occurredAt, @Nullable Duration lateness) {
    public Arrival {
        requireNonNull(occurredAt, "occurredAt");
    }
}
