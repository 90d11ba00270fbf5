package io.tanggap.core.release;

import io.tanggap.core.complaint.Outcome;
import io.tanggap.core.complaint.Payload;
import io.tanggap.core.lifecycle.CaseFold;
import org.jspecify.annotations.Nullable;

/** How single events are told, in releases and in the daily feed alike. */
final class Telling {
    private Telling() {}

    /** What happened: the type of the event, of a state that a source sent with the state. */
    static String activity(Payload payload) {
        return payload instanceof Payload.SnapshotObserved state && state.status() != null
                ? payload.type() + " " + state.status()
                : payload.type();
    }

    /** The unit to which a case went, or that was told, by the name that the event has for it; null where there is none. */
    static @Nullable String receiver(Payload payload) {
        if (payload instanceof Payload.Assigned assigned) {
            return assigned.holder();
        } else if (payload instanceof Payload.HandoverOffered offered) {
            return offered.to();
        } else if (payload instanceof Payload.HandoverAccepted accepted) {
            return accepted.by();
        } else if (payload instanceof Payload.HandoverDeclined declined) {
            return declined.by();
        } else if (payload instanceof Payload.Delegated delegated) {
            return delegated.to();
        } else if (payload instanceof Payload.EscalatedUp escalated) {
            return escalated.to();
        } else if (payload instanceof Payload.HolderReorganised reorganised) {
            return reorganised.to();
        } else if (payload instanceof Payload.Submitted submitted) {
            return submitted.holder();
        } else if (payload instanceof Payload.SnapshotObserved state) {
            return state.holder();
        }
        return null;
    }

    /** The standard life cycle of XES, as far as it knows what happened; everything else is an act without length. */
    static String transition(Payload payload) {
        if (payload instanceof Payload.Assigned) {
            return "assign";
        } else if (payload instanceof Payload.HandoverAccepted || payload instanceof Payload.Delegated) {
            return "reassign";
        } else if (payload instanceof Payload.WaitStarted) {
            return "suspend";
        } else if (payload instanceof Payload.WaitEnded) {
            return "resume";
        }
        return "complete";
    }

    /** A desk that no reference lists; null of every other unit. That of a channel would say which channel it is. */
    static @Nullable ReleasedUnit desk(String unit) {
        if (unit.startsWith(CaseFold.INTAKE_DESK)) {
            return new ReleasedUnit(null, "intake");
        }
        return unit.startsWith(CaseFold.VALIDATORS) ? new ReleasedUnit(null, "validation") : null;
    }

    /** The reason of a wait as it is released; null of everything else. */
    static @Nullable String reason(Payload payload, Published words) {
        return payload instanceof Payload.WaitStarted wait ? words.reason(wait.reason()) : null;
    }

    /** How a closing ended the case; null of everything else. */
    static @Nullable Outcome outcome(Payload payload) {
        return payload instanceof Payload.Closed closed ? closed.outcome() : null;
    }

    /** The stars of a rating, 1 to 5; null of everything else. */
    static @Nullable Integer stars(Payload payload) {
        return payload instanceof Payload.Rated rated ? rated.stars() : null;
    }

    /** The category that an event itself names, by the name that it has for it; null where it names none. */
    static @Nullable String category(Payload payload) {
        if (payload instanceof Payload.Submitted submitted) {
            return submitted.category();
        } else if (payload instanceof Payload.Categorised categorised) {
            return categorised.category();
        } else if (payload instanceof Payload.SnapshotObserved state) {
            return state.category();
        }
        return null;
    }

    /** The place of the problem that an event itself names, by the name that it has for it; null where it names none. */
    static @Nullable String place(Payload payload) {
        if (payload instanceof Payload.Submitted submitted) {
            return submitted.territory();
        } else if (payload instanceof Payload.JurisdictionResolved resolved) {
            return resolved.territory();
        } else if (payload instanceof Payload.LocationCorrected corrected) {
            return corrected.territory();
        } else if (payload instanceof Payload.SnapshotObserved state) {
            return state.territory();
        }
        return null;
    }
}
