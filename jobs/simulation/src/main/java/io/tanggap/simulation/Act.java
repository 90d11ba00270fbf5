package io.tanggap.simulation;

import io.tanggap.core.complaint.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * Something that somebody does with a case after its submission.
 *
 * @param at in epoch milliseconds, a whole second, later than every act of the case before it
 * @param number counts the acts of the case from 1
 * @param unit who does it; null is the citizen, or somebody whom the channel does not name
 * @param object what it is done with: a unit, a category, a case or a reason, by kind
 */
record Act(
        Kind kind,
        long at,
        int number,
        @Nullable String unit,
        @Nullable String object,
        @Nullable Outcome outcome,
        int stars) {

    /** What is done, with what {@code object} is where there is one. */
    enum Kind {
        AUTOMATIC_REPLY,
        REPLY,
        CITIZEN_REPLY,
        NOTE,
        VERIFIED,
        DEFERRED,
        /** Object: the category. */
        CATEGORISED,
        /** Object: the unit in which it is. */
        LOCATED,
        /** Object: the unit in which it is. */
        RELOCATED,
        /** Object: the new holder. */
        ASSIGNED,
        /** Object: the receiver. */
        OFFERED,
        ACCEPTED,
        DECLINED,
        RECALLED,
        /** Object: the new holder. */
        DELEGATED,
        PROGRESS,
        /** Object: the reason. */
        WAIT,
        WAIT_OVER,
        CLAIMED,
        CLAIM_REFUSED,
        CLAIM_CONFIRMED,
        /** By an officer or validator. */
        CLOSED,
        WITHDRAWN,
        /** Closed by the machine because the reporter was asked and never answered. */
        TIMED_OUT,
        REJECTED,
        RATED,
        REOPENED,
        /** Object: the id of the case in which it goes on. */
        MERGED,
        /** Object: the id of the other case. */
        LINKED
    }

    Act {
        if (unit == null
                && switch (kind) {
                    case ACCEPTED, DECLINED, CLAIMED -> true;
                    default -> false;
                }) {
            throw new IllegalArgumentException("nobody does " + kind);
        }
    }

    String required() {
        if (object == null) {
            throw new IllegalStateException(kind + " has no object");
        }
        return object;
    }
}
