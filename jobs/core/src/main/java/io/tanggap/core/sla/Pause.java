package io.tanggap.core.sla;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A stretch for which a clock stood still.
 *
 * @param reason the word of the reference that allowed it
 * @param from when it began, and not before the clock started
 * @param to when the clock went on, or stopped; null while it stands still
 */
public record Pause(String reason, Instant from, @Nullable Instant to) {
    public Pause {
        requireNonNull(reason, "reason");
        requireNonNull(from, "from");
    }
}
