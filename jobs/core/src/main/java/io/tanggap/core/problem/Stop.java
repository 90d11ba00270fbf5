package io.tanggap.core.problem;

import static java.util.Objects.requireNonNull;

import io.tanggap.core.complaint.Outcome;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A cycle of a case ended.
 *
 * @param stoppedAt when the clock had stopped: at the claim that stood, else at the closing
 * @param outcome {@link Outcome#DUPLICATE} only for a case that goes on in none that is named
 * @param by the claimant; without a claim who held the case at the closing
 * @param timed whether it can be used for statistics of time
 * @param reopenedAt when the next cycle began; null while there is none
 */
public record Stop(
        Instant stoppedAt,
        Instant closedAt,
        Outcome outcome,
        String by,
        boolean timed,
        @Nullable Instant reopenedAt) {
    public Stop {
        requireNonNull(stoppedAt, "stoppedAt");
        requireNonNull(closedAt, "closedAt");
        requireNonNull(outcome, "outcome");
        requireNonNull(by, "by");
    }
}
