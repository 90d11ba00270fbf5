package io.tanggap.flink.state;

import static java.util.Objects.requireNonNull;

import io.tanggap.core.alert.Alert;
import java.time.Instant;

/**
 * An alert as a topic tells it.
 *
 * @param knownBefore when the run began that wrote it, without state: what was so before that it found by working off the past;
 *     {@link Instant#EPOCH} where everything is news
 */
public record Heard(Alert alert, Instant knownBefore) {
    public Heard {
        requireNonNull(alert, "alert");
        requireNonNull(knownBefore, "knownBefore");
    }
}
