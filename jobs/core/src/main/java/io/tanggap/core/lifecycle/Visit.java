package io.tanggap.core.lifecycle;

import io.tanggap.core.sla.Span;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One stay of a case with one holder.
 *
 * @param number 1 for the first visit of the case
 * @param holder the unit in whose hands it was; until a case is first held, the intake desk of its channel
 * @param offeredAt when it was offered to the holder; null where it came without an offer
 * @param enteredAt when custody began
 * @param entry how it began
 * @param depth how often it was delegated since the agency received it; 0 for the unit that received it
 * @param leftAt when custody ended; null while it lasts
 * @param ended how; null while it lasts
 * @param workedAt when the holder first did something about the case; null while it has not
 * @param counted how long it lasted, until it ended or until the last local midnight, in the time by which the cycle's
 *     resolution is judged: working hours where a policy says so, waits included; zero if it began after that midnight
 */
public record Visit(
        int number,
        String holder,
        @Nullable Instant offeredAt,
        Instant enteredAt,
        Entry entry,
        int depth,
        @Nullable Instant leftAt,
        @Nullable End ended,
        @Nullable Instant workedAt,
        Duration counted) {

    /** How a visit began. */
    public enum Entry {
        /** The case was submitted into these hands, or to the intake desk. */
        SUBMITTED,
        /** Somebody put it there, without an offer or against one. */
        ASSIGNED,
        /** The holder said that it takes it. */
        ACCEPTED,
        /** The holder was offered the case and worked on it, or a state shows it there. */
        TAKEN,
        DELEGATED,
        /** The holder took over what a unit did that is no more. */
        REORGANISED,
        REOPENED
    }

    /** How a visit ended. */
    public enum End {
        /** From the intake desk to its first holder. */
        ASSIGNED,
        HANDED_ON,
        /** To a unit of the same agency: no hand-over. */
        DELEGATED,
        /** To the unit that took over what the holder did. */
        REORGANISED,
        CLOSED
    }

    /** While the holder had it. */
    public Span held() {
        return new Span(enteredAt, leftAt);
    }
}
