package io.tanggap.core.lifecycle;

/** How far the work on a case has come; who holds it is another matter. */
public enum Progress {
    SUBMITTED,
    OPEN,
    IN_PROGRESS,
    WAITING,
    RESOLUTION_CLAIMED,
    CLOSED
}
