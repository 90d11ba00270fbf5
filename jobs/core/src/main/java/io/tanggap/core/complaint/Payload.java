package io.tanggap.core.complaint;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an event says happened. Unit names (holders, territories) are ids of the reference; a unit that the reference does
 * not list is kept under its own name, below the city. {@link #encode} is the canonical form that event ids are hashed
 * from: adding a component means adding it there, after its name, only when it is not null, so that old ids stay and two
 * optional components are never taken for each other. Instants are cut to milliseconds.
 */
public sealed interface Payload {

    /** Stable name of the event, as in the Avro contract and in documents. */
    String type();

    /** Adds every component, in declaration order, to the canonical form. */
    void encode(CanonicalForm form);

    /**
     * A citizen's complaint was received: the start of both clocks.
     *
     * @param category the kind of problem, in the taxonomy of the reference; null where the source names none
     * @param territory the territorial unit of the problem; null where there is no place
     * @param holder the unit that holds the case from the start; null where it still has to be assigned
     * @param resolutionDeadline a deadline that comes with the case; it wins over every policy; null leaves it to policy
     * @param observedFrom an import holds the case only because it was still open then, for others of its time that had ended
     *     are not in it; null: observed from its submission
     */
    record Submitted(
            @Nullable String category,
            @Nullable String territory,
            @Nullable String holder,
            @Nullable Instant resolutionDeadline,
            @Nullable Instant observedFrom)
            implements Payload {
        public Submitted {
            resolutionDeadline = wholeMillis(resolutionDeadline);
            observedFrom = wholeMillis(observedFrom);
        }

        /** A complaint that is observed from its submission. */
        public Submitted(
                @Nullable String category,
                @Nullable String territory,
                @Nullable String holder,
                @Nullable Instant resolutionDeadline) {
            this(category, territory, holder, resolutionDeadline, null);
        }

        @Override
        public String type() {
            return "Submitted";
        }

        @Override
        public void encode(CanonicalForm form) {
            form.text(category).text(territory).text(holder).instant(resolutionDeadline);
            // Only where there is one: the ids of events without one stay what they were.
            if (observedFrom != null) {
                form.text("observed from").instant(observedFrom);
            }
        }
    }

    /** A dispatcher put the case into the hands of {@code holder}. The first assignment is not a hand-over. */
    record Assigned(String holder) implements Payload {
        public Assigned {
            requireNonNull(holder, "holder");
        }

        @Override
        public String type() {
            return "Assigned";
        }

        @Override
        public void encode(CanonicalForm form) {
            form.text(holder);
        }
    }

    /** The holder offered the case to {@code to}; custody stays with the giver until it is accepted. */
    record HandoverOffered(String to) implements Payload {
        public HandoverOffered {
            requireNonNull(to, "to");
        }

        @Override
        public String type() {
            return "HandoverOffered";
        }

        @Override
        public void encode(CanonicalForm form) {
            form.text(to);
        }
    }

    /** {@code by} took the case over. Without an offer custody moves all the same, and the view is tagged. */
    record HandoverAccepted(String by) implements Payload {
        public HandoverAccepted {
            requireNonNull(by, "by");
        }

        @Override
        public String type() {
            return "HandoverAccepted";
        }

        @Override
        public void encode(CanonicalForm form) {
            form.text(by);
        }
    }

    /** {@code by} refused the case; custody stays with the giver. */
    record HandoverDeclined(String by) implements Payload {
        public HandoverDeclined {
            requireNonNull(by, "by");
        }

        @Override
        public String type() {
            return "HandoverDeclined";
        }

        @Override
        public void encode(CanonicalForm form) {
            form.text(by);
        }
    }

    /** The city wrote to the reporter. The first public one of an officer or validator is the first response. */
    record PublicReply() implements Payload {
        @Override
        public String type() {
            return "PublicReply";
        }

        @Override
        public void encode(CanonicalForm form) {}
    }

    /** Work on the problem began or went on. */
    record ProgressUpdated() implements Payload {
        @Override
        public String type() {
            return "ProgressUpdated";
        }

        @Override
        public void encode(CanonicalForm form) {}
    }

    /**
     * The holder says that the problem is dealt with: stops the resolution clock provisionally.
     *
     * @param evidence digests of what was handed in as proof, such as photographs, in the order of the source; empty where
     *     there is none, or the source does not say
     */
    record ResolutionClaimed(List<String> evidence) implements Payload {
        public ResolutionClaimed {
            evidence = List.copyOf(evidence);
        }

        /** A claim without evidence. */
        public ResolutionClaimed() {
            this(List.of());
        }

        @Override
        public String type() {
            return "ResolutionClaimed";
        }

        @Override
        public void encode(CanonicalForm form) {
            if (!evidence.isEmpty()) {
                form.text("evidence");
                evidence.forEach(form::text);
            }
        }
    }

    /** A validator did not agree with the claim: the clock runs as if it had never stopped. */
    record ResolutionRejected() implements Payload {
        @Override
        public String type() {
            return "ResolutionRejected";
        }

        @Override
        public void encode(CanonicalForm form) {}
    }

    /** The case ended. A stop that was claimed before becomes final at the claim. */
    record Closed(Outcome outcome) implements Payload {
        public Closed {
            requireNonNull(outcome, "outcome");
        }

        @Override
        public String type() {
            return "Closed";
        }

        @Override
        public void encode(CanonicalForm form) {
            form.text(outcome.name());
        }
    }

    /**
     * A closed case was taken up again: a new cycle with its own target.
     *
     * @param reason a word of the channel, for example {@code RATING}; null where the source does not say
     */
    record Reopened(@Nullable String reason) implements Payload {
        /** Taken up again for a reason that the source does not say. */
        public Reopened() {
            this(null);
        }

        @Override
        public String type() {
            return "Reopened";
        }

        @Override
        public void encode(CanonicalForm form) {
            if (reason != null) {
                form.text("reason").text(reason);
            }
        }
    }

    /** The intake desk found the complaint in order. */
    record Verified() implements Payload {
        @Override
        public String type() {
            return "Verified";
        }

        @Override
        public void encode(CanonicalForm form) {}
    }

    /** The intake desk waits for the reporter before it passes the complaint on. */
    record VerificationDeferred() implements Payload {
        @Override
        public String type() {
            return "VerificationDeferred";
        }

        @Override
        public void encode(CanonicalForm form) {}
    }

    /** The complaint was refused, archived or removed at the source: the case ends as {@link Outcome#INVALID} and is kept. */
    record Rejected() implements Payload {
        @Override
        public String type() {
            return "Rejected";
        }

        @Override
        public void encode(CanonicalForm form) {}
    }

    /** The kind of problem was named or corrected; {@code category} is of the taxonomy of the reference. */
    record Categorised(String category) implements Payload {
        public Categorised {
            requireNonNull(category, "category");
        }

        @Override
        public String type() {
            return "Categorised";
        }

        @Override
        public void encode(CanonicalForm form) {
            form.text(category);
        }
    }

    /**
     * A complaint that came without its unit was placed in {@code territory}.
     *
     * @param placing how the unit was found; null where the source does not say
     */
    record JurisdictionResolved(String territory, @Nullable Placing placing) implements Payload {
        public JurisdictionResolved {
            requireNonNull(territory, "territory");
        }

        @Override
        public String type() {
            return "JurisdictionResolved";
        }

        @Override
        public void encode(CanonicalForm form) {
            form.text(territory);
            if (placing != null) {
                form.text("placing").text(placing.name());
            }
        }
    }

    /** The place was wrong; the problem is in {@code territory}, and always was. */
    record LocationCorrected(String territory) implements Payload {
        public LocationCorrected {
            requireNonNull(territory, "territory");
        }

        @Override
        public String type() {
            return "LocationCorrected";
        }

        @Override
        public void encode(CanonicalForm form) {
            form.text(territory);
        }
    }

    /** The holder passed the case on to {@code to}, a unit of its own agency: no hand-over, for the agency keeps it. */
    record Delegated(String to) implements Payload {
        public Delegated {
            requireNonNull(to, "to");
        }

        @Override
        public String type() {
            return "Delegated";
        }

        @Override
        public void encode(CanonicalForm form) {
            form.text(to);
        }
    }

    /** The holder took its offer back. */
    record Recalled() implements Payload {
        @Override
        public String type() {
            return "Recalled";
        }

        @Override
        public void encode(CanonicalForm form) {}
    }

    /** The city wrote something that the reporter does not see: activity, never a response. */
    record InternalNote() implements Payload {
        @Override
        public String type() {
            return "InternalNote";
        }

        @Override
        public void encode(CanonicalForm form) {}
    }

    /**
     * Work cannot go on until something happens that is not in the holder's hands; {@code reason} is a word of the policy, for
     * example {@code CITIZEN_INFO}.
     */
    record WaitStarted(String reason) implements Payload {
        public WaitStarted {
            requireNonNull(reason, "reason");
        }

        @Override
        public String type() {
            return "WaitStarted";
        }

        @Override
        public void encode(CanonicalForm form) {
            form.text(reason);
        }
    }

    /** Work can go on. */
    record WaitEnded() implements Payload {
        @Override
        public String type() {
            return "WaitEnded";
        }

        @Override
        public void encode(CanonicalForm form) {}
    }

    /** A validator agreed with the claim: the case ends as {@link Outcome#FIXED}, its clock stopped at the claim. */
    record ResolutionValidated() implements Payload {
        @Override
        public String type() {
            return "ResolutionValidated";
        }

        @Override
        public void encode(CanonicalForm form) {}
    }

    /**
     * The reporter rated how the case was handled. Whether a bad rating opens the case again is for the channel to say.
     *
     * @param stars from 1, worst, to 5, best
     */
    record Rated(int stars) implements Payload {
        public Rated {
            if (stars < 1 || stars > 5) {
                throw new IllegalArgumentException("a rating is 1 to 5 stars, not " + stars);
            }
        }

        @Override
        public String type() {
            return "Rated";
        }

        @Override
        public void encode(CanonicalForm form) {
            form.number((long) stars);
        }
    }

    /** The same complaint is known as {@code caseId} too, mostly in another channel. */
    record ChannelLinked(String caseId) implements Payload {
        public ChannelLinked {
            requireNonNull(caseId, "caseId");
        }

        @Override
        public String type() {
            return "ChannelLinked";
        }

        @Override
        public void encode(CanonicalForm form) {
            form.text(caseId);
        }
    }

    /** The case was found to be a duplicate and goes on in {@code caseId}: it ends as {@link Outcome#DUPLICATE}. */
    record MergedInto(String caseId) implements Payload {
        public MergedInto {
            requireNonNull(caseId, "caseId");
        }

        @Override
        public String type() {
            return "MergedInto";
        }

        @Override
        public void encode(CanonicalForm form) {
            form.text(caseId);
        }
    }

    /** The merge was a mistake: the case goes on in the cycle that it had, as if it had never been closed by it. */
    record Unmerged() implements Payload {
        @Override
        public String type() {
            return "Unmerged";
        }

        @Override
        public void encode(CanonicalForm form) {}
    }

    /** A part of what was reported goes on as a case of its own, {@code caseId}; the rest goes on here. */
    record SplitInto(String caseId) implements Payload {
        public SplitInto {
            requireNonNull(caseId, "caseId");
        }

        @Override
        public String type() {
            return "SplitInto";
        }

        @Override
        public void encode(CanonicalForm form) {
            form.text(caseId);
        }
    }

    /** A superior, {@code to}, was told of the case: neither custody nor charge moves. */
    record EscalatedUp(String to) implements Payload {
        public EscalatedUp {
            requireNonNull(to, "to");
        }

        @Override
        public String type() {
            return "EscalatedUp";
        }

        @Override
        public void encode(CanonicalForm form) {
            form.text(to);
        }
    }

    /**
     * The reporter does not agree with how the case was closed.
     *
     * @param upheld whether the city agrees with the reporter, which takes the case up again; null while nobody decided
     */
    record Disputed(@Nullable Boolean upheld) implements Payload {
        @Override
        public String type() {
            return "Disputed";
        }

        @Override
        public void encode(CanonicalForm form) {
            if (upheld != null) {
                form.text("upheld").text(upheld.toString());
            }
        }
    }

    /**
     * The event with this id was a mistake and never happened; what is right comes as an event of its own.
     *
     * @param eventId of an event of the same case; one that nobody knows is noted
     */
    record Corrected(String eventId) implements Payload {
        public Corrected {
            requireNonNull(eventId, "eventId");
        }

        @Override
        public String type() {
            return "Corrected";
        }

        @Override
        public void encode(CanonicalForm form) {
            form.text(eventId);
        }
    }

    /**
     * From the instant of the event on, {@code to} does what {@code from} did: what it holds, is offered or answers for goes
     * over. No hand-over, for nobody gave anything away.
     */
    record HolderReorganised(String from, String to) implements Payload {
        public HolderReorganised {
            requireNonNull(from, "from");
            requireNonNull(to, "to");
        }

        @Override
        public String type() {
            return "HolderReorganised";
        }

        @Override
        public void encode(CanonicalForm form) {
            form.text(from).text(to);
        }
    }

    /**
     * A party contests the verdict on a target.
     *
     * @param target name of the target, for example {@code RESOLUTION}
     * @param cycle number of the cycle, from 1
     */
    record VerdictContested(String target, int cycle) implements Payload {
        public VerdictContested {
            requireNonNull(target, "target");
            requireCycle(cycle);
        }

        @Override
        public String type() {
            return "VerdictContested";
        }

        @Override
        public void encode(CanonicalForm form) {
            form.text(target).number((long) cycle);
        }
    }

    /**
     * It was decided on a contested verdict.
     *
     * @param target as in {@link VerdictContested}
     * @param upheld whether the verdict stands; else whoever was charged is not to blame
     * @param citation the number of the decision, where it can be looked up
     */
    record VerdictDecided(String target, int cycle, boolean upheld, String citation) implements Payload {
        public VerdictDecided {
            requireNonNull(target, "target");
            requireNonNull(citation, "citation");
            requireCycle(cycle);
        }

        @Override
        public String type() {
            return "VerdictDecided";
        }

        @Override
        public void encode(CanonicalForm form) {
            form.text(target)
                    .number((long) cycle)
                    .text(Boolean.toString(upheld))
                    .text(citation);
        }
    }

    private static void requireCycle(int cycle) {
        if (cycle < 1) {
            throw new IllegalArgumentException("cycles are counted from 1, not " + cycle);
        }
    }

    /** What was personal in the case was erased on request: no figure changes, and it is no activity. */
    record Redacted() implements Payload {
        @Override
        public String type() {
            return "Redacted";
        }

        @Override
        public void encode(CanonicalForm form) {}
    }

    /**
     * A source that sends states instead of changes said what the case looks like. The fold derives the changes from one
     * snapshot to the next, so arrival order cannot matter. A null component says nothing about that part of the state.
     */
    record SnapshotObserved(
            @Nullable Status status,
            @Nullable Outcome outcome,
            @Nullable String holder,
            @Nullable String category,
            @Nullable String territory,
            @Nullable Instant resolutionDeadline)
            implements Payload {
        public SnapshotObserved {
            resolutionDeadline = wholeMillis(resolutionDeadline);
        }

        @Override
        public String type() {
            return "SnapshotObserved";
        }

        @Override
        public void encode(CanonicalForm form) {
            form.text(status == null ? null : status.name())
                    .text(outcome == null ? null : outcome.name())
                    .text(holder)
                    .text(category)
                    .text(territory)
                    .instant(resolutionDeadline);
        }
    }

    private static @Nullable Instant wholeMillis(@Nullable Instant instant) {
        return instant == null ? null : instant.truncatedTo(ChronoUnit.MILLIS);
    }

    /** The progress that a snapshot can show. */
    enum Status {
        OPEN,
        IN_PROGRESS,
        WAITING,
        RESOLUTION_CLAIMED,
        CLOSED
    }
}
