package io.tanggap.core.sla;

/**
 * What can be said of a target at the as-of. Verdicts compare instants, never durations: a stop at the deadline is met,
 * and a target is missed only when the as-of is past the deadline.
 */
public enum Verdict {
    /** Stopped at or before the deadline. */
    MET,
    /** Stopped after the deadline. */
    MISSED_LATE,
    /** The deadline is past and the clock has not stopped. */
    MISSED_OPEN,
    /** The clock runs and the deadline is not past. */
    RUNNING,
    /** The clock stands still, for a reason that the reference allows. */
    PAUSED,
    /**
     * The stop was only observed, by a poll, and the deadline lies between that poll and the one before; or the stop is dated
     * before the submission. In no share, shown with the bounds that it leaves.
     */
    UNDECIDABLE,
    /** The holder passed the case on before the deadline of its own target: in no share, never a success. */
    HANDED_ON,
    /** What the target was for ended before its deadline in another way: in no share, never a success. */
    CANCELLED,
    /** No deadline came with the case and no policy covers it: in no share, never a success. */
    NOT_APPLICABLE;

    /** Whether the deadline was not kept. */
    public boolean isMissed() {
        return this == MISSED_LATE || this == MISSED_OPEN;
    }

    /** Whether the clock is still to stop: it runs, stands still, or has passed its deadline. */
    public boolean isOpen() {
        return this == RUNNING || this == PAUSED || this == MISSED_OPEN;
    }
}
