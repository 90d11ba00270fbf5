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
    /** Work, claim or reply on a closed case: noted, the case stays closed. */
    WORK_AFTER_CLOSE,
    /** Custody moved on a closed case: counted as a hand-over, no visit begins. */
    CUSTODY_AFTER_CLOSE,
    /** Accepted by a unit to which it had not been offered: custody moves all the same. */
    ACCEPTED_WITHOUT_OFFER,
    /** Declined by a unit to which it had not been offered: no effect. */
    DECLINED_WITHOUT_OFFER,
    /** Offered or assigned to the unit that holds it: no effect. */
    HANDOVER_TO_SELF,
    /** A claim was rejected that nobody had made: no effect. */
    REJECTED_WITHOUT_CLAIM,
    /** An offer was taken back that nobody had made: no effect. */
    RECALLED_WITHOUT_OFFER,
    /** A claim was validated that nobody had made: it is taken to have been made at that instant. */
    VALIDATED_WITHOUT_CLAIM,
    /** A wait ended while the case was not waiting: no effect. */
    NOT_WAITING,
    /** A deadline before the submission. */
    BORN_OVERDUE,
    /** A category that the reference known at the submission does not list: it is kept under its own name. */
    UNLISTED_CATEGORY,
    /** A local time that exists twice or not at all had to be resolved. */
    AMBIGUOUS_TIME
}
