package io.tanggap.app.cli;

import io.tanggap.core.complaint.Placing;
import io.tanggap.core.complaint.TimeNote;
import io.tanggap.core.lifecycle.Anomaly;
import io.tanggap.core.lifecycle.Offer;
import io.tanggap.core.lifecycle.Visit;
import io.tanggap.core.reference.Policy.Target;
import io.tanggap.core.reference.Validity;

/** What the core has a constant for, in words. */
final class CaseWords {
    private CaseWords() {}

    static String words(Placing placing) {
        return switch (placing) {
            case DECLARED -> "the name that the channel gave";
            case POLYGON -> "coordinates, in its polygon";
            case NEAREST -> "coordinates, as the nearest";
        };
    }

    static String words(TimeNote note) {
        return switch (note) {
            case EXACT -> "";
            case REPEATED_HOUR -> "in an hour that the clocks repeat";
            case GAP -> "in an hour that the clocks skip, moved forward";
            case OBSERVED -> "seen by a poll: it happened after the one before, and not later than this";
        };
    }

    static String words(Anomaly anomaly) {
        return switch (anomaly) {
            case NO_SUBMISSION -> "no event says when it was submitted; the first one stands in";
            case SECOND_SUBMISSION -> "submitted again with other content; the first in order holds";
            case BEFORE_SUBMISSION -> "dated before the submission; it is placed at the submission";
            case CLOSED_TWICE -> "closed while closed: no effect";
            case REOPENED_WHILE_OPEN -> "reopened while open: no new cycle, but a claim that stood is withdrawn";
            case WORK_AFTER_CLOSE -> "on a closed case: noted, it stays closed";
            case REOPENED_BY_WORK -> "an officer worked on a closed case: that reopens it";
            case REOPENED_LATE -> "reopened after the window in which that counts: a new cycle all the same";
            case CUSTODY_AFTER_CLOSE -> "custody moved on a closed case: a hand-over, and no visit begins";
            case ACCEPTED_WITHOUT_OFFER -> "nobody had offered it to this unit; custody moves all the same";
            case ACCEPTED_BY_ANOTHER -> "accepted in the name of another unit: custody moves, the charge does not";
            case DECLINED_WITHOUT_OFFER -> "nobody had offered it to this unit: no effect";
            case DELEGATED_AWAY -> "delegated to a unit neither above nor below the holder: a hand-over";
            case HANDOVER_TO_SELF -> "to the unit that holds it: no effect";
            case CUSTODY_JUMP -> "offered by a unit that does not hold it; the offer stands";
            case REJECTED_WITHOUT_CLAIM -> "nobody had claimed it done: no effect";
            case RECALLED_WITHOUT_OFFER -> "there was no offer, or it was not this unit's to take back: no effect";
            case VALIDATED_WITHOUT_CLAIM -> "nobody had claimed it done: taken as claimed at this instant";
            case NOT_WAITING -> "it was not waiting: no effect";
            case WAIT_NOT_ALLOWED -> "the reference does not list the reason: no clock stands still for it";
            case MERGED_INTO_SELF -> "into itself: no effect";
            case NOT_MERGED -> "it was not merged: no effect";
            case CORRECTED_NOTHING -> "corrects an event that the case does not have: no effect";
            case SUBMISSION_KEPT -> "the only submission was corrected, and counts all the same: other events stand";
            case CORRECTED_AWAY -> "everything that was told was corrected: closed as invalid, and kept";
            case BORN_OVERDUE -> "the deadline lies before the start";
            case UNLISTED_CATEGORY -> "the reference known at the submission does not list the category";
            case ENDED_BEFORE_OBSERVED ->
                "it was closed when an import is said to have found it open: observed from its submission";
            case AMBIGUOUS_TIME -> "a local time that exists twice or not at all had to be resolved";
        };
    }

    static String words(Visit.Entry entry) {
        return switch (entry) {
            case SUBMITTED -> "submitted to it";
            case ASSIGNED -> "put there by somebody";
            case ACCEPTED -> "it said that it takes it";
            case TAKEN -> "taken without a word";
            case DELEGATED -> "delegated within the agency";
            case REORGANISED -> "took over what another unit did";
            case REOPENED -> "reopened with it";
        };
    }

    static String words(Visit.End end) {
        return switch (end) {
            case ASSIGNED -> "then given to the first holder";
            case HANDED_ON -> "then handed on";
            case DELEGATED -> "then delegated, which is no hand-over";
            case REORGANISED -> "then its work went to another unit";
            case CLOSED -> "until it was closed";
        };
    }

    static String words(Offer.Decision decision) {
        return switch (decision) {
            case ACCEPTED -> "accepted";
            case TAKEN -> "taken without a word";
            case DECLINED -> "declined";
            case RECALLED -> "taken back";
            case REPLACED -> "replaced";
            case LAPSED -> "lapsed";
            case CLOSED -> "closed before anybody decided";
        };
    }

    static String words(Target target) {
        return switch (target) {
            case RESOLUTION -> "from the submission or reopening to the claim that it is done, else the closing";
            case FIRST_RESPONSE -> "from the submission to the city's first public reply";
            case TRIAGE -> "from the submission at an intake desk until it was placed, verified, assigned or ended";
            case HANDOVER -> "from receiving the case until the holder did something about it";
            case ACCEPTANCE -> "from the offer until the receiver decided";
            case VALIDATION -> "from the claim until a validator judged it";
            case REDO -> "from the rejected claim to the next";
            case UPDATE -> "from one sign of progress to the next; the first that came too late decides";
            case DWELL -> "how long one holder had the case, until the claim or until it handed it on";
        };
    }

    static String validity(Validity validity, String prefix) {
        if (validity.from() == null && validity.to() == null) {
            return "";
        }
        return prefix
                + (validity.from() == null ? "" : " from " + validity.from())
                + (validity.to() == null ? "" : " until before " + validity.to());
    }
}
