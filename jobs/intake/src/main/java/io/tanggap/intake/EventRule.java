package io.tanggap.intake;

import io.tanggap.core.complaint.Actor;
import io.tanggap.core.complaint.Visibility;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
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
 * @param observedFrom columns of the time from which an imported case is observed, as {@code at}; empty: from its submission
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
        List<Integer> observedFrom,
        Map<Field, ValueRule> fields) {

    /** A piece of content that an event may carry. */
    enum Field {
        CATEGORY,
        TERRITORY,
        HOLDER,
        DEADLINE,
        OBSERVED_FROM,
        TO,
        BY,
        OUTCOME,
        STATUS,
        REASON,
        STARS,
        CASE_ID,
        LATITUDE,
        LONGITUDE,
        FROM,
        UPHELD,
        EVENT_ID,
        TARGET,
        CYCLE,
        CITATION;

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
                Set.of(),
                Field.CATEGORY,
                Field.TERRITORY,
                Field.HOLDER,
                Field.DEADLINE,
                Field.OBSERVED_FROM),
        VERIFIED("Verified", Actor.OFFICER, Visibility.PUBLIC, Set.of()),
        VERIFICATION_DEFERRED("VerificationDeferred", Actor.OFFICER, Visibility.PUBLIC, Set.of()),
        REJECTED("Rejected", Actor.OFFICER, Visibility.PUBLIC, Set.of()),
        CATEGORISED("Categorised", Actor.OFFICER, Visibility.INTERNAL, Set.of(Field.CATEGORY)),
        JURISDICTION_RESOLVED(
                "JurisdictionResolved",
                Actor.SYSTEM,
                Visibility.INTERNAL,
                Set.of(),
                Field.TERRITORY,
                Field.LATITUDE,
                Field.LONGITUDE),
        LOCATION_CORRECTED("LocationCorrected", Actor.OFFICER, Visibility.INTERNAL, Set.of(Field.TERRITORY)),
        ASSIGNED("Assigned", Actor.OFFICER, Visibility.INTERNAL, Set.of(Field.HOLDER)),
        DELEGATED("Delegated", Actor.OFFICER, Visibility.INTERNAL, Set.of(Field.TO)),
        HANDOVER_OFFERED("HandoverOffered", Actor.OFFICER, Visibility.INTERNAL, Set.of(Field.TO)),
        HANDOVER_ACCEPTED("HandoverAccepted", Actor.OFFICER, Visibility.INTERNAL, Set.of(Field.BY)),
        HANDOVER_DECLINED("HandoverDeclined", Actor.OFFICER, Visibility.INTERNAL, Set.of(Field.BY)),
        RECALLED("Recalled", Actor.OFFICER, Visibility.INTERNAL, Set.of()),
        PUBLIC_REPLY("PublicReply", Actor.OFFICER, Visibility.PUBLIC, Set.of()),
        INTERNAL_NOTE("InternalNote", Actor.OFFICER, Visibility.INTERNAL, Set.of()),
        PROGRESS_UPDATED("ProgressUpdated", Actor.OFFICER, Visibility.PUBLIC, Set.of()),
        WAIT_STARTED("WaitStarted", Actor.OFFICER, Visibility.PUBLIC, Set.of(Field.REASON)),
        WAIT_ENDED("WaitEnded", Actor.OFFICER, Visibility.PUBLIC, Set.of()),
        RESOLUTION_CLAIMED("ResolutionClaimed", Actor.OFFICER, Visibility.PUBLIC, Set.of()),
        RESOLUTION_REJECTED("ResolutionRejected", Actor.VALIDATOR, Visibility.PUBLIC, Set.of()),
        RESOLUTION_VALIDATED("ResolutionValidated", Actor.VALIDATOR, Visibility.PUBLIC, Set.of()),
        RATED("Rated", Actor.CITIZEN, Visibility.PUBLIC, Set.of(Field.STARS)),
        CLOSED("Closed", Actor.OFFICER, Visibility.PUBLIC, Set.of(Field.OUTCOME)),
        REOPENED("Reopened", Actor.CITIZEN, Visibility.PUBLIC, Set.of(), Field.REASON),
        DISPUTED("Disputed", Actor.CITIZEN, Visibility.PUBLIC, Set.of(), Field.UPHELD),
        CHANNEL_LINKED("ChannelLinked", Actor.SYSTEM, Visibility.INTERNAL, Set.of(Field.CASE_ID)),
        MERGED_INTO("MergedInto", Actor.OFFICER, Visibility.PUBLIC, Set.of(Field.CASE_ID)),
        UNMERGED("Unmerged", Actor.OFFICER, Visibility.PUBLIC, Set.of()),
        SPLIT_INTO("SplitInto", Actor.OFFICER, Visibility.PUBLIC, Set.of(Field.CASE_ID)),
        ESCALATED_UP("EscalatedUp", Actor.OFFICER, Visibility.INTERNAL, Set.of(Field.TO)),
        HOLDER_REORGANISED("HolderReorganised", Actor.SYSTEM, Visibility.INTERNAL, Set.of(Field.FROM, Field.TO)),
        VERDICT_CONTESTED("VerdictContested", Actor.OFFICER, Visibility.INTERNAL, Set.of(Field.TARGET, Field.CYCLE)),
        VERDICT_DECIDED(
                "VerdictDecided",
                Actor.VALIDATOR,
                Visibility.INTERNAL,
                Set.of(Field.TARGET, Field.CYCLE, Field.UPHELD, Field.CITATION)),
        CORRECTED("Corrected", Actor.SYSTEM, Visibility.INTERNAL, Set.of(Field.EVENT_ID)),
        SNAPSHOT_OBSERVED(
                "SnapshotObserved",
                Actor.SYSTEM,
                Visibility.INTERNAL,
                Set.of(),
                Field.STATUS,
                Field.OUTCOME,
                Field.HOLDER,
                Field.CATEGORY,
                Field.TERRITORY,
                Field.DEADLINE);

        private final String eventName;
        private final Actor actor;
        private final Visibility visibility;

        @SuppressWarnings("ImmutableEnumChecker") // the set cannot be modified
        private final Set<Field> required;

        @SuppressWarnings("ImmutableEnumChecker") // the set cannot be modified
        private final Set<Field> fields;

        EventType(String eventName, Actor actor, Visibility visibility, Set<Field> required, Field... others) {
            this.eventName = eventName;
            this.actor = actor;
            this.visibility = visibility;
            this.required = ordered(required);
            Set<Field> all = new HashSet<>(required);
            all.addAll(Arrays.asList(others));
            this.fields = ordered(all);
        }

        private static Set<Field> ordered(Set<Field> fields) {
            Set<Field> ordered = EnumSet.noneOf(Field.class);
            ordered.addAll(fields);
            return Collections.unmodifiableSet(ordered);
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

        /** The pieces of content without which the event means nothing. */
        Set<Field> required() {
            return required;
        }

        Set<Field> fields() {
            return fields;
        }
    }
}
