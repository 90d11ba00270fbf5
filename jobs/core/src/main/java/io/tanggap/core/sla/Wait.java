package io.tanggap.core.sla;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A stretch in which work could not go on, as the source tells it, whether or not a clock may stand still for it.
 *
 * @param reason the source's word; {@link io.tanggap.core.reference.PauseRule#UNSTATED} where it says none
 * @param to null while it lasts
 */
public record Wait(String reason, Instant from, @Nullable Instant to) {
    public Wait {
        requireNonNull(reason, "reason");
        requireNonNull(from, "from");
    }
}
