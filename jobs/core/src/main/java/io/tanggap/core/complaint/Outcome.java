package io.tanggap.core.complaint;

/**
 * How a case ended. Only {@link #FIXED} and {@link #ANSWERED} count as resolved; the others are competing ends: they stop
 * the clock, and they are never a success of resolution. {@link #UNKNOWN} is a source that says "closed" and no more.
 */
public enum Outcome {
    FIXED(0, true),
    ANSWERED(1, true),
    JUSTIFIED_NO_ACTION(2, false),
    OUT_OF_CITY_JURISDICTION(3, false),
    DUPLICATE(4, false),
    INVALID(5, false),
    WITHDRAWN(6, false),
    NO_REPLY_TIMEOUT(7, false),
    UNABLE(8, false),
    UNKNOWN(9, false);

    private static final Outcome[] BY_CODE = values();

    private final int code;
    private final boolean resolved;

    Outcome(int code, boolean resolved) {
        this.code = code;
        this.resolved = resolved;
    }

    /** The stored index of the outcome in tallies: from 0 without a gap, never changed and never reused. */
    public int code() {
        return code;
    }

    /** The outcome of a stored index. */
    public static Outcome ofCode(int code) {
        return BY_CODE[code];
    }

    /** Whether the citizen's problem was dealt with. */
    public boolean isResolved() {
        return resolved;
    }
}
