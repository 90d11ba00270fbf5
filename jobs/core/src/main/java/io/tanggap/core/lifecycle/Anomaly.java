package io.tanggap.core.lifecycle;

/** What was odd about a history. The event is kept and the view is tagged; nothing is dropped. */
public enum Anomaly {
    /** No event says when the case was submitted: the first event stands in. */
    NO_SUBMISSION,
    /** A second submission with other content; the first in order holds. */
    SECOND_SUBMISSION,
    /** An event happened before the submission; it is placed at the submission. */
    BEFORE_SUBMISSION,
    /** Closed while closed: no effect. */
    CLOSED_TWICE,
    /** Reopened while open: no new cycle, but a claim that stood is withdrawn. */
    REOPENED_WHILE_OPEN,
    /** A reply on a closed case, or work in the instant of the closing or of no officer: noted, the case stays closed. */
    WORK_AFTER_CLOSE,
    /** An officer worked on a closed case that nobody had reopened: it is reopened then. */
    REOPENED_BY_WORK,
    /** Reopened after the window in which that counts as a reopening: a new cycle all the same. */
    REOPENED_LATE,
    /** Custody moved on a closed case: counted as a hand-over, no visit begins. */
    CUSTODY_AFTER_CLOSE,
    /** Accepted by a unit to which it had not been offered: custody moves all the same. */
    ACCEPTED_WITHOUT_OFFER,
    /** Accepted in the name of another unit: custody moves, the charge does not. */
    ACCEPTED_BY_ANOTHER,
    /** Declined by a unit to which it had not been offered: no effect. */
    DECLINED_WITHOUT_OFFER,
    /** Offered or assigned to the unit that holds it: no effect. */
    HANDOVER_TO_SELF,
    /** Offered by a unit that does not hold it: the offer stands. */
    CUSTODY_JUMP,
    /** Delegated to a unit that is neither above nor below the holder: that is a hand-over. */
    DELEGATED_AWAY,
    /** A claim was rejected that nobody had made: no effect. */
    REJECTED_WITHOUT_CLAIM,
    /** An offer was taken back that nobody had made, or by a unit that has no part in it: no effect. */
    RECALLED_WITHOUT_OFFER,
    /** A claim was validated that nobody had made: it is taken to have been made at that instant. */
    VALIDATED_WITHOUT_CLAIM,
    /** A wait ended while the case was not waiting: no effect. */
    NOT_WAITING,
    /** A wait for a reason that the reference does not list: no clock stands still for it. */
    WAIT_NOT_ALLOWED,
    /** Merged into itself: no effect. */
    MERGED_INTO_SELF,
    /** A merge was undone that nobody had made: no effect. */
    NOT_MERGED,
    /** The only submission was corrected, while other events stand: it stands too, for a complaint does not begin later. */
    SUBMISSION_KEPT,
    /** An event was corrected that the case does not have: no effect. */
    CORRECTED_NOTHING,
    /** Everything that was told was corrected: the case is closed as invalid, and kept. */
    CORRECTED_AWAY,
    /** A deadline before the submission. */
    BORN_OVERDUE,
    /** A category that the reference known at the submission does not list: it is kept under its own name. */
    UNLISTED_CATEGORY,
    /** Told to be known only because it was open at a time at which it was closed: it is observed from its submission. */
    ENDED_BEFORE_OBSERVED,
    /** A local time that exists twice or not at all had to be resolved. */
    AMBIGUOUS_TIME
}
