package io.tanggap.core.release;

import static java.util.Objects.requireNonNull;

import io.tanggap.core.complaint.Actor;
import io.tanggap.core.complaint.Outcome;
import io.tanggap.core.complaint.Visibility;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event of a case in a release.
 *
 * @param sequence its place in the case, from 1; the order of the fold, also among events of one instant
 * @param activity what happened: the type of the event, of a state that a source sent with the state
 * @param at when, exactly
 * @param transition the state of the activity's life cycle that XES knows
 * @param unit the unit that acted; where the source does not say, who had the case; null for a citizen
 * @param inferred whether an adapter derived the event instead of reading it
 * @param to the unit to which it went, or that was told; null where there is none
 * @param reason of a wait
 * @param outcome of a closing
 * @param stars of a rating
 */
public record ReleasedEvent(
        int sequence,
        String activity,
        Instant at,
        String transition,
        @Nullable ReleasedUnit unit,
        Actor actor,
        Visibility visibility,
        boolean inferred,
        @Nullable ReleasedUnit to,
        @Nullable String reason,
        @Nullable Outcome outcome,
        @Nullable Integer stars) {
    public ReleasedEvent {
        requireNonNull(activity, "activity");
        requireNonNull(at, "at");
        requireNonNull(transition, "transition");
        requireNonNull(actor, "actor");
        requireNonNull(visibility, "visibility");
    }
}
