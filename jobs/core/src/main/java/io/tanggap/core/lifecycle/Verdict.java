package io.tanggap.core.lifecycle;

/**
 * What can be said at the as-of about a resolution target. Verdicts compare instants, never durations: a stop at the
 * deadline is met, and a target is missed only when the as-of is past the deadline.
 */
public enum Verdict {
    /** Stopped at or before the deadline. */
    MET,
    /** Stopped after the deadline. */
    MISSED_LATE,
    /** The deadline is past and the clock still runs. */
    MISSED_OPEN,
    /** The clock runs and the deadline is not past. */
    RUNNING,
    /** No deadline came with the case and no policy covers it: in no share, never a success. */
    NOT_APPLICABLE;

    /** Whether the deadline was not kept. */
    public boolean isMissed() {
        return this == MISSED_LATE || this == MISSED_OPEN;
    }
}
