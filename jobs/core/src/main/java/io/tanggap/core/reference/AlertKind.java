package io.tanggap.core.reference;

/** What an alert is about. The names are written in packs, topics and indices: never change one. */
public enum AlertKind {
    /** A part of a target's time is used and the clock still runs. */
    THRESHOLD,
    /** A deadline is past and its clock has not stopped; also so many percent of the time beyond it. */
    OVERDUE,
    /** An offer that nobody accepted or declined in the time given for it. */
    LIMBO,
    /** An open case of which nothing was heard for longer than the city allows. */
    STALE,
    /** A validator did not agree that the case is done. */
    VALIDATION_FAILED,
    /** A channel has sent nothing for longer than it usually does: about the channel, not about a case. */
    FEED_SILENT;

    /** Whether the clock of a case raised it, so that it has a target and a threshold. */
    public boolean isOfClock() {
        return this == THRESHOLD || this == OVERDUE || this == LIMBO;
    }
}
