package io.tanggap.intake;

import io.tanggap.core.complaint.Actor;
import io.tanggap.core.complaint.Visibility;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One event that a record makes.
 *
 * @param at columns of the time at which it happened; several are its parts
 * @param when makes the event only if all hold
 * @param sequence the source's order among events of the same instant
 * @param unit the unit that acted; null where the source does not say
 * @param deadline columns of the time by which the case is due, as {@code at}; empty if the source does not say
 * @param fields the rest of the content that the mapping fills
 */
record EventRule(
        EventType type,
        List<Integer> at,
        List<Condition> when,
        ValueRule sequence,
        Actor actor,
        Visibility visibility,
        boolean inferred,
        @Nullable ValueRule unit,
        List<Integer> deadline,
        Map<Field, ValueRule> fields) {

    /** A piece of content that an event may carry. */
    enum Field {
        CATEGORY,
        TERRITORY,
        HOLDER,
        DEADLINE,
        TO,
        BY,
        OUTCOME,
        STATUS,
        REASON,
        STARS,
        CASE_ID,
        LATITUDE,
        LONGITUDE;

        String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** An event that a mapping can make: its name, who acts and who sees it unless the mapping says, its content. */
    enum EventType {
        SUBMITTED(
                "Submitted",
                Actor.CITIZEN,
                Visibility.PUBLIC,
                null,
                Field.CATEGORY,
                Field.TERRITORY,
                Field.HOLDER,
                Field.DEADLINE),
        VERIFIED("Verified", Actor.OFFICER, Visibility.PUBLIC, null),
        VERIFICATION_DEFERRED("VerificationDeferred", Actor.OFFICER, Visibility.PUBLIC, null),
        REJECTED("Rejected", Actor.OFFICER, Visibility.PUBLIC, null),
        CATEGORISED("Categorised", Actor.OFFICER, Visibility.INTERNAL, Field.CATEGORY),
        JURISDICTION_RESOLVED(
                "JurisdictionResolved",
                Actor.SYSTEM,
                Visibility.INTERNAL,
                null,
                Field.TERRITORY,
                Field.LATITUDE,
                Field.LONGITUDE),
        LOCATION_CORRECTED("LocationCorrected", Actor.OFFICER, Visibility.INTERNAL, Field.TERRITORY),
        ASSIGNED("Assigned", Actor.OFFICER, Visibility.INTERNAL, Field.HOLDER),
        DELEGATED("Delegated", Actor.OFFICER, Visibility.INTERNAL, Field.TO),
        HANDOVER_OFFERED("HandoverOffered", Actor.OFFICER, Visibility.INTERNAL, Field.TO),
        HANDOVER_ACCEPTED("HandoverAccepted", Actor.OFFICER, Visibility.INTERNAL, Field.BY),
        HANDOVER_DECLINED("HandoverDeclined", Actor.OFFICER, Visibility.INTERNAL, Field.BY),
        RECALLED("Recalled", Actor.OFFICER, Visibility.INTERNAL, null),
        PUBLIC_REPLY("PublicReply", Actor.OFFICER, Visibility.PUBLIC, null),
        INTERNAL_NOTE("InternalNote", Actor.OFFICER, Visibility.INTERNAL, null),
        PROGRESS_UPDATED("ProgressUpdated", Actor.OFFICER, Visibility.PUBLIC, null),
        WAIT_STARTED("WaitStarted", Actor.OFFICER, Visibility.PUBLIC, Field.REASON),
        WAIT_ENDED("WaitEnded", Actor.OFFICER, Visibility.PUBLIC, null),
        RESOLUTION_CLAIMED("ResolutionClaimed", Actor.OFFICER, Visibility.PUBLIC, null),
        RESOLUTION_REJECTED("ResolutionRejected", Actor.VALIDATOR, Visibility.PUBLIC, null),
        RESOLUTION_VALIDATED("ResolutionValidated", Actor.VALIDATOR, Visibility.PUBLIC, null),
        RATED("Rated", Actor.CITIZEN, Visibility.PUBLIC, Field.STARS),
        CLOSED("Closed", Actor.OFFICER, Visibility.PUBLIC, Field.OUTCOME),
        REOPENED("Reopened", Actor.CITIZEN, Visibility.PUBLIC, null),
        CHANNEL_LINKED("ChannelLinked", Actor.SYSTEM, Visibility.INTERNAL, Field.CASE_ID),
        MERGED_INTO("MergedInto", Actor.OFFICER, Visibility.PUBLIC, Field.CASE_ID),
        SNAPSHOT_OBSERVED(
                "SnapshotObserved",
                Actor.SYSTEM,
                Visibility.INTERNAL,
                null,
                Field.STATUS,
                Field.OUTCOME,
                Field.HOLDER,
                Field.CATEGORY,
                Field.TERRITORY,
                Field.DEADLINE);

        private final String eventName;
        private final Actor actor;
        private final Visibility visibility;
        private final @Nullable Field required;

        @SuppressWarnings("ImmutableEnumChecker") // the set cannot be modified
        private final Set<Field> fields;

        EventType(String eventName, Actor actor, Visibility visibility, @Nullable Field required, Field... others) {
            this.eventName = eventName;
            this.actor = actor;
            this.visibility = visibility;
            this.required = required;
            Set<Field> all = EnumSet.noneOf(Field.class);
            all.addAll(Arrays.asList(others));
            if (required != null) {
                all.add(required);
            }
            this.fields = Collections.unmodifiableSet(all);
        }

        String eventName() {
            return eventName;
        }

        Actor actor() {
            return actor;
        }

        Visibility visibility() {
            return visibility;
        }

        /** The piece of content without which the event means nothing; null if there is none. */
        @Nullable
        Field required() {
            return required;
        }

        Set<Field> fields() {
            return fields;
        }
    }
}
