package io.tanggap.core.measure;

import io.tanggap.core.complaint.Outcome;

/**
 * The dimensions of a {@link Tally}. The code is stored with every case and cell: it never changes and is never reused.
 * "Day" says to which day's cell a contribution goes.
 */
public enum Count {
    /** Cases received. Day: submission. */
    RECEIVED(1),
    /** The cohort's split: first cycle stopped at or before its deadline. Day: submission. */
    COHORT_MET(2),
    /** The cohort's split: first cycle stopped after its deadline. Day: submission. */
    COHORT_MISSED_LATE(3),
    /** The cohort's split: first cycle past its deadline and still running. Day: submission. */
    COHORT_MISSED_OPEN(4),
    /** The cohort's split: first cycle running, deadline not past. Day: submission. */
    COHORT_RUNNING(5),
    /** The cohort's split: no target. Day: submission. */
    COHORT_NOT_APPLICABLE(6),
    /** The cohort's split: first cycle standing still, for a reason that the reference allows. Day: submission. */
    COHORT_PAUSED(7),
    /** The cohort's split: the stop of the first cycle was only seen by polls around its deadline. Day: submission. */
    COHORT_UNDECIDABLE(8),

    /** Targets kept, of those whose deadline is past. Day: deadline. */
    DUE_MET(10),
    /** Targets missed and stopped since. Day: deadline. */
    DUE_MISSED_LATE(11),
    /** Targets missed and still running. Day: deadline. */
    DUE_MISSED_OPEN(12),
    /** Targets of which polls cannot tell whether they were kept: in no share. Day: deadline. */
    DUE_UNDECIDABLE(13),
    /**
     * Targets missed by a unit that received the case with at most a quarter of the time left; role holder only, and in no
     * share. Day: deadline.
     */
    DUE_INHERITED(14),
    /** Targets past their deadline whose verdict was contested; also counted above. Day: deadline. */
    DUE_CONTESTED(15),
    /** Targets past their deadline whose verdict was decided not to stand; also counted above. Day: deadline. */
    DUE_OVERTURNED(16),

    /** Cases that became open (or came into a holder's hands). Day: event. */
    OPEN_ENTERED(20),
    /** Cases that ceased to be open (or left a holder's hands). Day: event. */
    OPEN_LEFT(21),
    /** Open cases that became overdue. Day: deadline. */
    OVERDUE_ENTERED(22),
    /** Overdue cases whose clock stopped. Day: event. */
    OVERDUE_LEFT(23),
    /** Open cases without a target that entered. Day: event. */
    NO_TARGET_ENTERED(24),
    /** Open cases without a target that left. Day: event. */
    NO_TARGET_LEFT(25),
    /** Open cases that became stale. Day: last activity plus the configured time. */
    STALE_ENTERED(26),
    /** Stale cases that were touched or closed. Day: event. */
    STALE_LEFT(27),

    /** Hand-overs: custody given away (role holder), or moved (role territory). Day: event. */
    HANDOVERS_OUT(30),
    /** Hand-overs received; role holder only. Day: event. */
    HANDOVERS_IN(31),
    /** Closed cases that were opened again. Day: event. */
    REOPENED(32),

    /** Closings by outcome; the index is the {@link Outcome#code()}. Day: closing. */
    CLOSED(40),
    /** Ages at the closings of the day, by age bin; calendar time since the submission. Day: closing. */
    CLOSED_AGE(41),

    /**
     * Cases of the cohort whose first closing is not before the last midnight, by whole hours from the local day's start
     * to the submission. Day: submission.
     */
    OPEN_SLOT(50),
    /**
     * First closings of the cohort before the last midnight, by outcome and age bin; the index is the
     * {@link Outcome#code()} times {@link AgeBins#COUNT} plus the bin. Day: submission.
     */
    FIRST_END(51),
    /**
     * The same closings, each in the bin of the age at which the clock had stopped: at the claim that stood, else at the
     * closing. Indexed as {@link #FIRST_END}. Day: submission.
     */
    FIRST_STOP(52);

    private final int code;

    Count(int code) {
        this.code = code;
    }

    /** Whether the count has many places, told apart by an index. */
    public boolean isIndexed() {
        return this == CLOSED || this == CLOSED_AGE || this == OPEN_SLOT || this == FIRST_END || this == FIRST_STOP;
    }

    /** The stored code. */
    int code() {
        return code;
    }
}
