package io.tanggap.core.reference;

import static java.util.Objects.requireNonNull;

import io.tanggap.core.reference.Policy.Target;
import org.jspecify.annotations.Nullable;

/**
 * One rung of the ladder: who is told of which alerts, and how soon. All lines that match an alert hold, each for its
 * party; where two lead to the same unit, the sooner one does.
 *
 * @param id names the line in every message that it caused
 * @param kind of the alerts
 * @param target of the clock; null: of every one. Of a kind that is of no clock always null
 * @param threshold in percent of the budget; null: every one. Of a kind that is of no clock always null
 * @param afterWorkingDays 0: when the alert is raised; else when it has stood for so many working days of the recipient's
 *     calendar
 * @param category of the case; null: every one
 * @param channel of the case, or the one that is silent; null: every one
 * @param party who is told
 * @param name of {@link Party#ABOVE} the level, of {@link Party#UNIT} the unit's id; else null
 * @param instant told at once, at any hour but the recipient's quiet ones; else in its next digest
 * @param validity the days on which an alert may be raised
 */
public record Route(
        String id,
        AlertKind kind,
        @Nullable Target target,
        @Nullable Integer threshold,
        int afterWorkingDays,
        @Nullable String category,
        @Nullable String channel,
        Party party,
        @Nullable String name,
        boolean instant,
        Validity validity) {

    /** Who is told, seen from the case. */
    public enum Party {
        /** Who has the case. */
        HOLDER,
        /** Who would be charged with a breach. */
        CHARGED,
        /** To whom the case is offered; nobody while it is offered to none. */
        OFFERED_TO,
        /** The unit on whose land the case is; nobody while it has no place. */
        TERRITORY,
        /** The nearest unit of a level that is the holder or above it; nobody if there is none. */
        ABOVE,
        /** One unit, whatever the case. */
        UNIT;

        /** Whether a name goes with it. */
        public boolean isNamed() {
            return this == ABOVE || this == UNIT;
        }
    }

    public Route {
        requireNonNull(id, "id");
        requireNonNull(kind, "kind");
        requireNonNull(party, "party");
        requireNonNull(validity, "validity");
        if (afterWorkingDays < 0) {
            throw new IllegalArgumentException(
                    "route " + id + ": afterWorkingDays must not be negative, is " + afterWorkingDays);
        }
        if (!kind.isOfClock() && (target != null || threshold != null)) {
            throw new IllegalArgumentException(
                    "route " + id + ": " + kind + " is of no clock, so it has no target and no" + " threshold");
        }
        if (party.isNamed() != (name != null)) {
            throw new IllegalArgumentException(
                    "route " + id + ": " + party + (party.isNamed() ? " needs a name" : " has no name"));
        }
        if (kind == AlertKind.FEED_SILENT && (party != Party.UNIT || category != null)) {
            throw new IllegalArgumentException("route " + id
                    + ": a silent feed is of no case, so it has no category, and a UNIT alone can be told");
        }
    }
}
