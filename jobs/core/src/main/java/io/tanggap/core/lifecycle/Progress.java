package io.tanggap.core.lifecycle;

/** How far the work on a case has come; who holds it is another matter. */
public enum Progress {
    SUBMITTED,
    /** Found in order or placed, and not yet in anybody's hands. */
    TRIAGED,
    OPEN,
    IN_PROGRESS,
    WAITING,
    RESOLUTION_CLAIMED,
    CLOSED
}
