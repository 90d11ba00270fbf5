package io.tanggap.core.complaint;

/** What had to be assumed to place an event on the time line. */
public enum TimeNote {
    /** The local time exists once in its zone, or the source gave an offset. */
    EXACT,
    /**
     * The local time exists twice (clocks went back). The earlier offset is taken, unless that puts an end before its
     * start.
     */
    REPEATED_HOUR,
    /** The local time does not exist (clocks went forward); it is shifted forward by the length of the gap. */
    GAP,
    /**
     * Nobody said when it happened: the time is that of the poll that saw it. It happened after the state of
     * the case that was seen before, and not later.
     */
    OBSERVED
}
