package io.tanggap.core.lifecycle;

import io.tanggap.core.complaint.Outcome;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One run of a case from its submission or reopening to its closing, with a target of its own.
 *
 * @param number 1 for the first
 * @param startedAt the submission, or the reopening
 * @param deadline when the resolution is due; null where no target applies
 * @param target {@code case} when the deadline came with the case, else the id of the policy row; null without deadline
 * @param claimedAt the claim that stands; null where there is none
 * @param closedAt null while open
 * @param stoppedAfter the stop was only observed, by a poll: it happened after this instant and not after
 *     {@link #stoppedAt}, by which it is judged; null where its time was told, and while the clock runs
 * @param outcome null while open
 * @param verdict at the view's as-of
 * @param charged the unit that is credited or charged under the CRM rule: at the stop if met, at the first instant after
 *     the deadline if missed, at the as-of while running, and for a cycle without target whoever was charged at its end
 * @param firstHolder who held the case when the cycle began
 * @param lastHolder who held it when the cycle ended, or holds it while it is open
 */
public record Cycle(
        int number,
        Instant startedAt,
        @Nullable Instant deadline,
        @Nullable String target,
        @Nullable Instant claimedAt,
        @Nullable Instant closedAt,
        @Nullable Instant stoppedAfter,
        @Nullable Outcome outcome,
        Verdict verdict,
        String charged,
        String firstHolder,
        String lastHolder) {

    /** When the resolution clock stopped: at the standing claim, else at the closing; null while it runs. */
    public @Nullable Instant stoppedAt() {
        return claimedAt != null ? claimedAt : closedAt;
    }

    /** While the cycle was open. */
    public Span open() {
        return new Span(startedAt, closedAt);
    }

    /** From the deadline, or the start of a cycle born overdue, to the stop; null unless the target was missed. */
    public @Nullable Span overdue() {
        if (deadline == null || !verdict.isMissed()) {
            return null;
        }
        return new Span(deadline.isAfter(startedAt) ? deadline : startedAt, stoppedAt());
    }
}
