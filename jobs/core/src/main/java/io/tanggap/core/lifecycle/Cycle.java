package io.tanggap.core.lifecycle;

import io.tanggap.core.complaint.Outcome;
import io.tanggap.core.sla.Accountability;
import io.tanggap.core.sla.Clock;
import io.tanggap.core.sla.Span;
import io.tanggap.core.sla.Verdict;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One run of a case from its submission or reopening to its closing, with a target of its own.
 *
 * @param number 1 for the first
 * @param startedAt the submission, or the reopening
 * @param late reopened after the window in which that counts as a reopening
 * @param claimedAt the claim that stands; null where there is none
 * @param closedAt null while open
 * @param outcome null while open
 * @param timed whether the stop can be used for statistics of time: not where an event was dated before the submission
 * @param resolution the clock of the target; without deadline where no target applies
 * @param accountable who answers for the verdict: at the stop if met, at the first instant after the deadline if missed, at
 *     the as-of while running, and without target at the end of the cycle
 * @param firstHolder who held the case when the cycle began
 * @param lastHolder who held it when the cycle ended, or holds it while it is open
 * @param heldSince since when the last holder had it at the closing; null while open, and where the closing is the first
 *     that is known of its having it
 * @param rating the reporter's latest rating between this closing and the next, 1 to 5 stars; null while there is none
 */
public record Cycle(
        int number,
        Instant startedAt,
        boolean late,
        @Nullable Instant claimedAt,
        @Nullable Instant closedAt,
        @Nullable Outcome outcome,
        boolean timed,
        Clock resolution,
        Accountability accountable,
        String firstHolder,
        String lastHolder,
        @Nullable Instant heldSince,
        @Nullable Integer rating) {

    /** When the resolution clock stopped: at the standing claim, else at the closing; null while it runs. */
    public @Nullable Instant stoppedAt() {
        return claimedAt != null ? claimedAt : closedAt;
    }

    /** When the resolution is due, see {@link Clock#deadline()}. */
    public @Nullable Instant deadline() {
        return resolution.deadline();
    }

    /** The verdict on the resolution. */
    public Verdict verdict() {
        return resolution.verdict();
    }

    /** The unit that is credited or charged under the CRM rule. */
    public String charged() {
        return accountable.crm();
    }

    /** While the cycle was open. */
    public Span open() {
        return new Span(startedAt, closedAt);
    }

    /**
     * From the deadline, or the start of a cycle born overdue, to the stop, as far as polls tell; null unless the deadline
     * passed before.
     */
    public @Nullable Span overdue() {
        Instant deadline = deadline();
        if (deadline == null || !(verdict().isMissed() || verdict() == Verdict.UNDECIDABLE)) {
            return null;
        }
        return new Span(deadline.isAfter(startedAt) ? deadline : startedAt, stoppedAt());
    }
}
