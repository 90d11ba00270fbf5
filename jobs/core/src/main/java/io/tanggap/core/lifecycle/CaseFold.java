package io.tanggap.core.lifecycle;

import static java.util.Objects.requireNonNull;

import io.tanggap.core.complaint.Actor;
import io.tanggap.core.complaint.CaseEvent;
import io.tanggap.core.complaint.Outcome;
import io.tanggap.core.complaint.Payload;
import io.tanggap.core.complaint.Payload.Assigned;
import io.tanggap.core.complaint.Payload.Categorised;
import io.tanggap.core.complaint.Payload.ChannelLinked;
import io.tanggap.core.complaint.Payload.Closed;
import io.tanggap.core.complaint.Payload.Delegated;
import io.tanggap.core.complaint.Payload.Disputed;
import io.tanggap.core.complaint.Payload.EscalatedUp;
import io.tanggap.core.complaint.Payload.HandoverAccepted;
import io.tanggap.core.complaint.Payload.HandoverDeclined;
import io.tanggap.core.complaint.Payload.HandoverOffered;
import io.tanggap.core.complaint.Payload.HolderReorganised;
import io.tanggap.core.complaint.Payload.InternalNote;
import io.tanggap.core.complaint.Payload.JurisdictionResolved;
import io.tanggap.core.complaint.Payload.LocationCorrected;
import io.tanggap.core.complaint.Payload.MergedInto;
import io.tanggap.core.complaint.Payload.ProgressUpdated;
import io.tanggap.core.complaint.Payload.PublicReply;
import io.tanggap.core.complaint.Payload.Rated;
import io.tanggap.core.complaint.Payload.Recalled;
import io.tanggap.core.complaint.Payload.Redacted;
import io.tanggap.core.complaint.Payload.Rejected;
import io.tanggap.core.complaint.Payload.Reopened;
import io.tanggap.core.complaint.Payload.ResolutionClaimed;
import io.tanggap.core.complaint.Payload.ResolutionRejected;
import io.tanggap.core.complaint.Payload.ResolutionValidated;
import io.tanggap.core.complaint.Payload.SnapshotObserved;
import io.tanggap.core.complaint.Payload.SplitInto;
import io.tanggap.core.complaint.Payload.Status;
import io.tanggap.core.complaint.Payload.Submitted;
import io.tanggap.core.complaint.Payload.Unmerged;
import io.tanggap.core.complaint.Payload.VerdictContested;
import io.tanggap.core.complaint.Payload.VerdictDecided;
import io.tanggap.core.complaint.Payload.VerificationDeferred;
import io.tanggap.core.complaint.Payload.Verified;
import io.tanggap.core.complaint.Payload.WaitEnded;
import io.tanggap.core.complaint.Payload.WaitStarted;
import io.tanggap.core.complaint.Placing;
import io.tanggap.core.complaint.TimeNote;
import io.tanggap.core.complaint.Visibility;
import io.tanggap.core.lifecycle.Reasons.Judged;
import io.tanggap.core.lifecycle.Reasons.Standing;
import io.tanggap.core.lifecycle.Reasons.Told;
import io.tanggap.core.reference.Channel;
import io.tanggap.core.reference.PauseRule;
import io.tanggap.core.reference.Policy;
import io.tanggap.core.reference.Reference;
import io.tanggap.core.reference.ReferencePack;
import io.tanggap.core.sla.Clock;
import io.tanggap.core.sla.Span;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The fold: (history, reference, as-of) → view. It goes through the events before the as-of once, in order, and keeps
 *
 * <pre>
 *   progress  SUBMITTED → TRIAGED → OPEN → IN_PROGRESS ⇄ WAITING → RESOLUTION_CLAIMED → CLOSED → (reopened) OPEN …
 *   custody   HELD(h) → OFFERED(h → g) → HELD(g)
 *   claims    NONE → PENDING → PASSED | FAILED
 * </pre>
 *
 * When all is told the fourth region, the clocks, is judged: what was due when, and who answers for it. Snapshots of a state
 * are turned into the changes between them here, after sorting, so that their arrival order cannot matter.
 */
public final class CaseFold {
    /** Unit id prefix of a channel's intake desk, which holds a case until it is first assigned. */
    public static final String INTAKE_DESK = "intake.";

    /** Unit id prefix of those who validate the claims of a channel. */
    public static final String VALIDATORS = "validation.";

    /** The reason of a wait of the intake desk for the reporter. */
    static final String CITIZEN_INFO = "CITIZEN_INFO";

    private static final Duration NEXT = Duration.ofMillis(1);

    private final Reference reference;
    private final Instant asOf;
    private final Set<Anomaly> anomalies = EnumSet.noneOf(Anomaly.class);
    private final Custody custody;
    private final Trail trail;

    private final String channel;
    private final Instant submittedAt;
    private @Nullable String category;
    private @Nullable String territory;
    private @Nullable Placing placing;
    private @Nullable Instant statedDeadline;
    private @Nullable Instant observedFrom;
    private Progress progress = Progress.SUBMITTED;

    private final List<Span> stale = new ArrayList<>();
    private @Nullable Integer rating;
    private @Nullable String mergedInto;
    private boolean closedByMerge;
    private final Set<String> linkedCases = new TreeSet<>();
    private final List<Contest> contests = new ArrayList<>();
    private int escalations;
    private final Standing begun;
    private Instant lastActivityAt;
    private final SortedSet<Long> activeDays = new TreeSet<>();
    private @Nullable SnapshotObserved lastSnapshot;
    /** What states have said so far, part by part. */
    private @Nullable SnapshotObserved said;
    /** A record that is a whole state repeats its place, which somebody may have corrected since. */
    private @Nullable JurisdictionResolved lastResolved;

    /** When the source was last seen to say something of the state; the submission before it was. */
    private Instant lastSnapshotAt;

    /**
     * What a fold found.
     *
     * @param view null while no event of the case is before the as-of; once there is one there always is
     * @param nextChangeAt until this as-of (exclusive) neither the view, nor the name of a unit in it while it is open, nor what
     *     it contributes differs with no new event and no new pack in the log, ages apart; null if never
     * @param agesAt the next midnight, if something of the view is told as of midnights and will be another then; else null
     */
    public record Folded(
            @Nullable CaseView view,
            @Nullable Instant nextChangeAt,
            @Nullable Instant agesAt) {
        /** The earlier of the two; null if neither. */
        public @Nullable Instant wakeAt() {
            return earliest(nextChangeAt, agesAt);
        }
    }

    /** Folds a history as seen at {@code asOf} (exclusive). */
    public static Folded fold(CaseHistory history, Reference reference, Instant asOf) {
        return fold(history, reference, asOf, null);
    }

    /** The view of {@link #fold} with all that it rests on; empty while no event of the case is before the as-of. */
    public static Optional<Reasons> reasons(CaseHistory history, Reference reference, Instant asOf) {
        Recording recording = new Recording();
        fold(history, reference, asOf, recording);
        return Optional.ofNullable(recording.reasons);
    }

    /** The events that a view at {@code asOf} rests on, in order: without what was corrected, and without requests to erase. */
    public static List<CaseEvent> told(CaseHistory history, Instant asOf) {
        List<CaseEvent> seen = history.events().stream()
                .filter(event -> event.occurredAt().isBefore(asOf))
                .toList();
        return withoutErasures(Corrections.of(seen).standing());
    }

    /** What is noted of a fold that somebody wants to check. */
    private static final class Recording {
        private final List<Told> told = new ArrayList<>();
        private @Nullable Reasons reasons;
    }

    private static Folded fold(CaseHistory history, Reference reference, Instant asOf, @Nullable Recording recording) {
        List<CaseEvent> events = history.events();
        int seen = 0;
        while (seen < events.size() && events.get(seen).occurredAt().isBefore(asOf)) {
            seen++;
        }
        Instant nextEvent = seen < events.size() ? events.get(seen).occurredAt().plus(NEXT) : null;
        Corrections corrections = Corrections.of(events.subList(0, seen));
        List<CaseEvent> told = withoutErasures(corrections.standing());
        Instant withdrawnAt = told.isEmpty() ? corrections.lastAt() : null;
        if (withdrawnAt != null) {
            told = withoutErasures(corrections.mistakes());
        }
        if (told.isEmpty()) {
            return new Folded(null, nextEvent, null);
        }
        CaseFold fold = new CaseFold(told, withdrawnAt, reference, asOf, recording);
        if (corrections.ofNothing()) {
            fold.anomalies.add(Anomaly.CORRECTED_NOTHING);
        }
        if (corrections.submissionKept()) {
            fold.anomalies.add(Anomaly.SUBMISSION_KEPT);
        }
        Verdicts verdicts = fold.judge();
        CaseView view = fold.view(told.get(0), verdicts, arrivals(events.subList(0, seen)), seen, events.size() - seen);
        if (recording != null) {
            recording.reasons = fold.reasons(view, verdicts, recording.told);
        }
        return new Folded(
                view,
                earliest(nextEvent, fold.nextChange(view, verdicts)),
                agesAtMidnight(view) ? midnight(asOf, view.zone(), 1) : null);
    }

    /** That something was erased says nothing of a complaint, and makes none. */
    private static List<CaseEvent> withoutErasures(List<CaseEvent> events) {
        return events.stream()
                .filter(event -> !(event.payload() instanceof Redacted))
                .toList();
    }

    private static List<Arrival> arrivals(List<CaseEvent> seen) {
        return withoutErasures(seen).stream()
                .filter(event -> !event.inferred())
                .map(event -> new Arrival(
                        event.occurredAt(),
                        event.timeNote() == TimeNote.EXACT
                                ? Duration.between(event.occurredAt(), event.ingestedAt())
                                : null))
                .toList();
    }

    /** A case of which everything was a mistake was shown to people: it ends as what should never have been taken in. */
    private void withdraw(Instant withdrawnAt) {
        anomalies.add(Anomaly.CORRECTED_AWAY);
        Instant at = latest(withdrawnAt, lastActivityAt);
        lapseBefore(at);
        endSilence(at, true);
        if (isClosed()) {
            trail.outcomeCorrected(Outcome.INVALID);
        } else {
            close(Outcome.INVALID, at, true);
        }
    }

    private CaseFold(
            List<CaseEvent> told,
            @Nullable Instant withdrawnAt,
            Reference reference,
            Instant asOf,
            @Nullable Recording recording) {
        this.reference = reference;
        this.asOf = asOf;
        CaseEvent first = told.get(0);
        CaseEvent submission = told.stream()
                .filter(event -> event.payload() instanceof Submitted)
                .findFirst()
                .orElse(null);
        channel = first.channel();
        submittedAt = submission == null ? first.occurredAt() : submission.occurredAt();
        lastActivityAt = submittedAt;
        activeDays.add(dayOf(submittedAt));
        lastSnapshotAt = submittedAt;
        String desk = INTAKE_DESK + channel;
        String holder = desk;
        if (submission == null) {
            anomalies.add(Anomaly.NO_SUBMISSION);
        } else {
            Submitted submitted = (Submitted) submission.payload();
            category = submitted.category();
            territory = submitted.territory();
            statedDeadline = submitted.resolutionDeadline();
            observedFrom = submitted.observedFrom();
            if (submitted.holder() != null) {
                holder = submitted.holder();
                progress = Progress.OPEN;
            }
        }
        custody = new Custody(reference, desk, holder, submittedAt, anomalies);
        trail = new Trail(
                submittedAt, holder, statedDeadline, submission != null && submission.actor() == Actor.OFFICER);
        begun = standing();
        for (CaseEvent event : told) {
            if (recording == null) {
                tell(event, submission);
            } else {
                Set<Anomaly> before = EnumSet.copyOf(anomalies);
                anomalies.clear();
                boolean again = isSeenAgain(event);
                tell(event, submission);
                recording.told.add(new Told(event, standing(), again, anomalies));
                anomalies.addAll(before);
            }
        }
        if (withdrawnAt != null) {
            withdraw(withdrawnAt);
        }
        lapseBefore(asOf);
        endSilence(asOf, false);
    }

    private void tell(CaseEvent event, @Nullable CaseEvent submission) {
        if (event.timeNote() == TimeNote.REPEATED_HOUR || event.timeNote() == TimeNote.GAP) {
            anomalies.add(Anomaly.AMBIGUOUS_TIME);
        }
        if (!event.equals(submission)) {
            apply(event);
        }
    }

    private Standing standing() {
        return new Standing(
                progress,
                trail.cycles().size(),
                custody.holder(),
                custody.offeredTo(),
                category,
                territory,
                statedDeadline,
                trail.cycle().claimedAt());
    }

    private void apply(CaseEvent event) {
        Instant at = event.occurredAt();
        boolean early = at.isBefore(submittedAt);
        if (early) {
            anomalies.add(Anomaly.BEFORE_SUBMISSION);
            at = submittedAt;
        }
        lapseBefore(at);
        if (isSeenAgain(event)) {
            lastSnapshotAt = at;
            return;
        }
        Instant observedAfter = event.timeNote() == TimeNote.OBSERVED
                ? latest(lastSnapshotAt, trail.cycle().startedAt())
                : null;
        trail.telling(observedAfter, early);
        custody.telling(observedAfter);
        endSilence(at, true);
        if (event.actor() == Actor.OFFICER || event.actor() == Actor.VALIDATOR) {
            trail.acted(at);
        }
        reopenByWork(event, at);
        Payload payload = event.payload();
        if (payload instanceof Submitted) {
            anomalies.add(Anomaly.SECOND_SUBMISSION);
        } else if (payload instanceof Assigned assigned) {
            if (custody.holder().equals(event.orgUnit())) {
                custody.work(at);
            }
            moveTo(assigned.holder(), at);
        } else if (payload instanceof HandoverOffered offered) {
            takeByWork(event, at);
            offer(offered.to(), event.orgUnit(), at);
        } else if (payload instanceof HandoverAccepted accepted) {
            accept(event, accepted.by(), at);
        } else if (payload instanceof HandoverDeclined declined) {
            custody.decline(declined.by(), at);
        } else if (payload instanceof Recalled) {
            custody.recall(event.orgUnit(), at);
        } else if (payload instanceof Delegated delegated) {
            takeByWork(event, at);
            delegate(delegated.to(), at);
        } else if (payload instanceof EscalatedUp) {
            escalations++;
        } else if (payload instanceof HolderReorganised reorganised) {
            custody.reorganise(reorganised.from(), reorganised.to(), at);
        } else if (payload instanceof Verified) {
            triage(at);
        } else if (payload instanceof JurisdictionResolved resolved) {
            if (!resolved.equals(lastResolved)) {
                territory = resolved.territory();
                placing = resolved.placing();
                place(event, at);
            }
            lastResolved = resolved;
        } else if (payload instanceof LocationCorrected corrected) {
            territory = corrected.territory();
            placing = null;
        } else if (payload instanceof Categorised categorised) {
            category = categorised.category();
        } else if (payload instanceof VerificationDeferred) {
            takeByWork(event, at);
            startWait(event, CITIZEN_INFO, at);
        } else if (payload instanceof WaitStarted wait) {
            takeByWork(event, at);
            startWait(event, wait.reason(), at);
        } else if (payload instanceof WaitEnded) {
            takeByWork(event, at);
            endWait(at);
        } else if (payload instanceof PublicReply) {
            takeByWork(event, at);
            reply(event, at);
        } else if (payload instanceof ProgressUpdated) {
            takeByWork(event, at);
            takeFromDesk(event, at);
            work(event, at);
        } else if (payload instanceof ResolutionClaimed claimed) {
            takeByWork(event, at);
            takeFromDesk(event, at);
            if (!isClosed()) {
                worked(event, at);
            }
            claim(claimed.evidence(), at);
        } else if (payload instanceof ResolutionRejected) {
            rejectClaim(at);
        } else if (payload instanceof ResolutionValidated) {
            validate(at);
        } else if (payload instanceof Rejected) {
            takeByWork(event, at);
            end(event, Outcome.INVALID, at);
        } else if (payload instanceof MergedInto merged) {
            takeByWork(event, at);
            merge(merged.caseId(), event.caseId(), at);
        } else if (payload instanceof Unmerged) {
            unmerge(at);
        } else if (payload instanceof Closed closed) {
            takeByWork(event, at);
            end(event, closed.outcome(), at);
        } else if (payload instanceof Reopened) {
            reopen(at);
        } else if (payload instanceof Disputed disputed) {
            if (Boolean.TRUE.equals(disputed.upheld())) {
                reopen(at);
            }
        } else if (payload instanceof Rated rated) {
            rate(rated.stars(), at);
        } else if (payload instanceof ChannelLinked linked) {
            linkedCases.add(linked.caseId());
        } else if (payload instanceof SplitInto split) {
            linkedCases.add(split.caseId());
        } else if (payload instanceof VerdictContested contested) {
            contests.add(new Contest(contested.target(), contested.cycle(), event.orgUnit(), at, null, null, null));
        } else if (payload instanceof VerdictDecided decided) {
            decide(decided, at);
        } else if (payload instanceof SnapshotObserved snapshot) {
            observe(event, snapshot, at);
            lastSnapshot = snapshot;
            said = said == null ? snapshot : merged(said, snapshot);
            lastSnapshotAt = at;
        } else if (!(payload instanceof InternalNote)) {
            throw new IllegalStateException("no rule for event type " + event.type());
        }
    }

    /** A poll that finds what the one before found is no activity: nobody did anything. */
    private boolean isSeenAgain(CaseEvent event) {
        return event.timeNote() == TimeNote.OBSERVED && event.payload().equals(lastSnapshot);
    }

    private void endSilence(Instant at, boolean byEvent) {
        if (!isClosed()) {
            Instant staleFrom =
                    lastActivityAt.plus(reference.knownAt(lastActivityAt).staleAfter());
            if (staleFrom.isBefore(at)) {
                stale.add(new Span(staleFrom, byEvent ? at : null));
            }
        }
        if (byEvent) {
            lastActivityAt = at;
            activeDays.add(dayOf(at));
        }
    }

    private long dayOf(Instant at) {
        return LocalDate.ofInstant(at, reference.zone()).toEpochDay();
    }

    private @Nullable Instant lapseAt() {
        Instant offeredAt = custody.offeredAt();
        if (offeredAt == null || isClosed()) {
            return null;
        }
        Duration after = reference.knownAt(offeredAt).rules().offerLapsesAfter();
        // What was offered while the case was closed waits for an answer from when it is taken up again.
        return after == null
                ? null
                : latest(offeredAt, trail.cycle().startedAt()).plus(after);
    }

    private void lapseBefore(Instant at) {
        Instant lapseAt = lapseAt();
        if (lapseAt != null && lapseAt.isBefore(at)) {
            custody.lapse(lapseAt);
        }
    }

    private boolean isClosed() {
        return progress == Progress.CLOSED;
    }

    private boolean isWaiting() {
        return progress == Progress.WAITING;
    }

    /**
     * An officer who goes on working on a closed case has taken it up again, whether or not anybody wrote so. In the instant
     * of the closing it is what led to it, and a duplicate is worked on where it went.
     */
    private void reopenByWork(CaseEvent event, Instant at) {
        Payload payload = event.payload();
        boolean changesState = payload instanceof ProgressUpdated
                || payload instanceof ResolutionClaimed
                || payload instanceof WaitStarted
                || payload instanceof Delegated;
        if (isClosed() && changesState && event.actor() == Actor.OFFICER) {
            if (mergedInto == null && requireNonNull(trail.cycle().closedAt()).isBefore(at)) {
                anomalies.add(Anomaly.REOPENED_BY_WORK);
                reopen(at);
            }
        }
    }

    private void work(CaseEvent event, Instant at) {
        if (isClosed()) {
            anomalies.add(Anomaly.WORK_AFTER_CLOSE);
            return;
        }
        worked(event, at);
        if (event.visibility() == Visibility.PUBLIC) {
            trail.told(at);
        }
        if (progress != Progress.RESOLUTION_CLAIMED) {
            trail.waitEnded(at);
            progress = Progress.IN_PROGRESS;
        }
    }

    /** Work of others than the holder decides nothing for it; where the source does not say who, it is the holder's. */
    private void worked(CaseEvent event, Instant at) {
        if (event.orgUnit() == null || event.orgUnit().equals(custody.holder())) {
            custody.work(at);
        }
    }

    private void triage(Instant at) {
        trail.triaged(at);
        if (progress == Progress.SUBMITTED || (isWaiting() && custody.isAtDesk())) {
            trail.waitEnded(at);
            progress = Progress.TRIAGED;
        }
    }

    /** Where a machine puts a case nobody has looked at it yet. */
    private void place(CaseEvent event, Instant at) {
        if (event.actor() != Actor.SYSTEM) {
            triage(at);
        } else if (progress == Progress.SUBMITTED) {
            progress = Progress.TRIAGED;
        }
    }

    private void startWait(CaseEvent event, String reason, Instant at) {
        if (isClosed()) {
            anomalies.add(Anomaly.WORK_AFTER_CLOSE);
        } else if (progress != Progress.RESOLUTION_CLAIMED) {
            worked(event, at);
            progress = Progress.WAITING;
            trail.waitStarted(reason, at);
            ReferencePack known = reference.knownAt(at);
            if (!known.pauses().isEmpty()
                    && known.pauses().stream().noneMatch(line -> line.reason().equals(reason))) {
                anomalies.add(Anomaly.WAIT_NOT_ALLOWED);
            }
        }
    }

    private void endWait(Instant at) {
        if (isWaiting()) {
            trail.waitEnded(at);
            progress = custody.isAtDesk() ? Progress.TRIAGED : Progress.IN_PROGRESS;
        } else {
            anomalies.add(Anomaly.NOT_WAITING);
        }
    }

    private void offer(String to, @Nullable String by, Instant at) {
        if (custody.offer(to, by, at) && isWaiting()) {
            endWait(at);
        }
    }

    /** That a unit takes a case only it can say, or somebody of its house. */
    private void accept(CaseEvent event, String by, Instant at) {
        String unit = event.orgUnit();
        boolean itself = unit == null || unit.equals(by) || reference.isSameAgency(unit, by, at);
        if (!itself) {
            anomalies.add(Anomaly.ACCEPTED_BY_ANOTHER);
            moveTo(by, at);
            return;
        }
        boolean moves = !by.equals(custody.holder());
        custody.accept(by, at);
        moved(moves, at);
    }

    private void moveTo(String to, Instant at) {
        boolean moves = !to.equals(custody.holder());
        custody.assign(to, at);
        moved(moves, at);
    }

    /** Whom somebody waited for does not excuse the next holder. */
    private void moved(boolean moves, Instant at) {
        if (!moves || isClosed()) {
            return;
        }
        trail.triaged(at);
        if (progress == Progress.SUBMITTED || progress == Progress.TRIAGED || isWaiting()) {
            trail.waitEnded(at);
            progress = Progress.OPEN;
        }
    }

    private void delegate(String to, Instant at) {
        boolean fromDesk = custody.isAtDesk();
        boolean moves = !to.equals(custody.holder());
        boolean within = custody.delegate(to, at);
        if (!within || fromDesk || progress == Progress.SUBMITTED || progress == Progress.TRIAGED) {
            moved(moves, at);
        }
    }

    /** A receiver that works on the case has taken it, whether or not it said so. */
    private void takeByWork(CaseEvent event, Instant at) {
        String unit = event.orgUnit();
        if (unit != null && custody.isReceiver(unit, at) && !unit.equals(custody.holder())) {
            custody.takeOffered(unit, at);
            moved(true, at);
        }
    }

    /** A unit that works on a case of the desk has it, whether or not anybody wrote that it was assigned. */
    private void takeFromDesk(CaseEvent event, Instant at) {
        String unit = event.orgUnit();
        if (custody.isAtDesk()
                && !isClosed()
                && custody.offeredTo() == null
                && unit != null
                && event.actor() == Actor.OFFICER) {
            moveTo(unit, at);
        }
    }

    private void reply(CaseEvent event, Instant at) {
        boolean byCity = event.actor() == Actor.OFFICER || event.actor() == Actor.VALIDATOR;
        if (byCity && event.visibility() == Visibility.PUBLIC) {
            trail.replied(at);
        }
        if (isClosed()) {
            anomalies.add(Anomaly.WORK_AFTER_CLOSE);
        } else if (byCity) {
            worked(event, at);
        } else if (isWaiting() && event.actor() == Actor.CITIZEN) {
            // Whatever was waited for, the reporter has spoken.
            trail.waitAnswered(at);
            endWait(at);
        }
    }

    private void claim(List<String> evidence, Instant at) {
        if (isClosed()) {
            anomalies.add(Anomaly.WORK_AFTER_CLOSE);
            return;
        }
        trail.waitEnded(at);
        trail.told(at);
        if (trail.cycle().claimedAt() == null) {
            trail.claimed(
                    at,
                    custody.holder(),
                    custody.heldSince(),
                    evidence,
                    custody.charges().size());
            progress = Progress.RESOLUTION_CLAIMED;
        }
    }

    private void rejectClaim(Instant at) {
        if (isClosed() || trail.cycle().claimedAt() == null) {
            anomalies.add(Anomaly.REJECTED_WITHOUT_CLAIM);
        } else {
            trail.claimRejected(at, custody.holder());
            progress = Progress.IN_PROGRESS;
        }
    }

    private void validate(Instant at) {
        if (!isClosed() && trail.cycle().claimedAt() == null) {
            anomalies.add(Anomaly.VALIDATED_WITHOUT_CLAIM);
            claim(List.of(), at);
        }
        trail.claimJudged(at);
        close(Outcome.FIXED, at, true);
    }

    private void merge(String into, String self, Instant at) {
        if (into.equals(self)) {
            anomalies.add(Anomaly.MERGED_INTO_SELF);
            return;
        }
        closedByMerge = closedByMerge || !isClosed();
        close(Outcome.DUPLICATE, at, true);
        mergedInto = into;
    }

    /** The case was never dealt with: it goes on as if the merge had not closed it. */
    private void unmerge(Instant at) {
        if (mergedInto == null) {
            anomalies.add(Anomaly.NOT_MERGED);
            return;
        }
        mergedInto = null;
        if (!closedByMerge) {
            return;
        }
        closedByMerge = false;
        trail.closeUndone();
        custody.closeUndone(at);
        progress = trail.cycle().claimedAt() != null
                ? Progress.RESOLUTION_CLAIMED
                : custody.isAtDesk() ? Progress.TRIAGED : Progress.OPEN;
    }

    /** Whoever ends a case that it holds has worked on it. */
    private void end(CaseEvent event, Outcome outcome, Instant at) {
        if (!isClosed()) {
            worked(event, at);
        }
        close(outcome, at, true);
    }

    private void close(Outcome outcome, Instant at, boolean stated) {
        if (isClosed()) {
            anomalies.add(Anomaly.CLOSED_TWICE);
            return;
        }
        trail.waitEnded(at);
        trail.closed(
                outcome,
                at,
                stated,
                custody.holder(),
                custody.heldSince(),
                custody.charges().size());
        custody.close(at);
        progress = Progress.CLOSED;
    }

    private void reopen(Instant at) {
        if (!isClosed()) {
            anomalies.add(Anomaly.REOPENED_WHILE_OPEN);
            if (trail.cycle().claimedAt() != null) {
                rejectClaim(at);
            }
            return;
        }
        boolean late = isBeyondReopening(at);
        if (late) {
            anomalies.add(Anomaly.REOPENED_LATE);
        }
        mergedInto = null;
        closedByMerge = false;
        custody.reopen(at);
        trail.reopened(at, custody.holder(), late);
        progress = Progress.OPEN;
    }

    private boolean isBeyondReopening(Instant at) {
        Instant closedAt = requireNonNull(trail.cycle().closedAt());
        return closedAt.plus(reference.knownAt(closedAt).rules().reopenWithin()).isBefore(at);
    }

    private void rate(int stars, Instant at) {
        rating = stars;
        trail.rated(stars);
        boolean reopens = reference
                .channel(channel, at)
                .map(Channel::reopensAtStars)
                .filter(most -> stars <= most)
                .isPresent();
        if (reopens && isClosed() && !isBeyondReopening(at)) {
            reopen(at);
        }
    }

    /** A decision answers the latest contest of its verdict that nobody has decided; one that nobody contested stands alone. */
    private void decide(VerdictDecided decided, Instant at) {
        int open = contests.size() - 1;
        while (open >= 0 && !isAnsweredBy(contests.get(open), decided)) {
            open--;
        }
        Contest contest = open < 0 ? null : contests.get(open);
        Contest answered = new Contest(
                decided.target(),
                decided.cycle(),
                contest == null ? null : contest.by(),
                contest == null ? null : contest.contestedAt(),
                at,
                decided.upheld(),
                decided.citation());
        if (contest == null) {
            contests.add(answered);
        } else {
            contests.set(open, answered);
        }
    }

    private static boolean isAnsweredBy(Contest contest, VerdictDecided decided) {
        return contest.decidedAt() == null
                && contest.target().equals(decided.target())
                && contest.cycle() == decided.cycle();
    }

    /** A state repeats what others may have corrected since: only what it did not say before is news. */
    private boolean isChange(@Nullable String told, Function<SnapshotObserved, @Nullable String> part) {
        return told != null && (said == null || !told.equals(part.apply(said)));
    }

    /** A state that leaves a part out says nothing of it: what was last said of it stands. */
    private static SnapshotObserved merged(SnapshotObserved before, SnapshotObserved now) {
        return new SnapshotObserved(
                now.status() == null ? before.status() : now.status(),
                now.status() == null ? before.outcome() : now.outcome(),
                now.holder() == null ? before.holder() : now.holder(),
                now.category() == null ? before.category() : now.category(),
                now.territory() == null ? before.territory() : now.territory(),
                now.resolutionDeadline() == null ? before.resolutionDeadline() : now.resolutionDeadline());
    }

    /** Of a state that a poll saw, only what differs from the poll before: the rest nobody has changed since. */
    private void observe(CaseEvent event, SnapshotObserved snapshot, Instant at) {
        SnapshotObserved before = event.timeNote() == TimeNote.OBSERVED ? said : null;
        if (isChange(snapshot.category(), SnapshotObserved::category)) {
            category = snapshot.category();
        }
        if (isChange(snapshot.territory(), SnapshotObserved::territory)
                && !Objects.equals(snapshot.territory(), territory)) {
            territory = snapshot.territory();
            placing = null;
        }
        Status status = before != null && snapshot.status() == before.status() ? null : snapshot.status();
        if (status != null && status != Status.CLOSED && isClosed()) {
            reopen(at);
        }
        observeDeadline(snapshot.resolutionDeadline());
        boolean sameHolder = before != null && Objects.equals(snapshot.holder(), before.holder());
        if (snapshot.holder() != null && !sameHolder && !snapshot.holder().equals(custody.holder())) {
            moveTo(snapshot.holder(), at);
        }
        if (status == null) {
            return;
        }
        switch (status) {
            case OPEN, IN_PROGRESS -> {
                trail.claimWithdrawn();
                trail.waitEnded(at);
                if (status == Status.IN_PROGRESS) {
                    custody.work(at);
                }
                progress = Progress.valueOf(status.name());
            }
            case WAITING -> {
                trail.claimWithdrawn();
                progress = isWaiting() ? progress : Progress.IN_PROGRESS;
                if (!isWaiting()) {
                    startWait(event, PauseRule.UNSTATED, at);
                }
            }
            case RESOLUTION_CLAIMED -> {
                if (!isClosed()) {
                    custody.work(at);
                }
                claim(List.of(), at);
            }
            case CLOSED -> {
                if (!isClosed()) {
                    custody.work(at);
                    close(snapshot.outcome() == null ? Outcome.UNKNOWN : snapshot.outcome(), at, false);
                } else if (snapshot.outcome() != null && snapshot.outcome() != Outcome.UNKNOWN) {
                    // How it ended is often filled in after the closing; when it ended stays, and what was said.
                    trail.outcomeLearned(snapshot.outcome());
                }
            }
        }
    }

    /**
     * A state repeats the deadline of an earlier cycle until somebody sets another one: only a new deadline is one of this
     * cycle, and a cycle that is closed stays judged by the deadline that it was closed under.
     */
    private void observeDeadline(@Nullable Instant deadline) {
        if (deadline != null && !deadline.equals(statedDeadline) && !isClosed()) {
            statedDeadline = deadline;
            trail.deadlineStated(deadline);
        }
    }

    private Verdicts judge() {
        return Verdicts.of(
                reference,
                channel,
                category,
                territory,
                submittedAt,
                custody,
                trail,
                midnight(asOf, reference.zone(), 0),
                asOf);
    }

    private CaseView view(CaseEvent any, Verdicts verdicts, List<Arrival> arrivals, int seen, int unseen) {
        ZoneId zone = reference.zone();
        if (category != null && !reference.hasCategory(category, submittedAt)) {
            anomalies.add(Anomaly.UNLISTED_CATEGORY);
        }
        for (Cycle cycle : verdicts.cycles()) {
            if (cycle.deadline() != null && cycle.deadline().isBefore(cycle.startedAt())) {
                anomalies.add(Anomaly.BORN_OVERDUE);
            }
        }
        if (observedFrom != null && !wasOpen(verdicts.cycles(), observedFrom)) {
            anomalies.add(Anomaly.ENDED_BEFORE_OBSERVED);
            observedFrom = null;
        }
        ReferencePack pack = reference.knownAt(asOf);
        return new CaseView(
                any.caseId(),
                channel,
                any.sourceCaseId(),
                category,
                territory,
                placing,
                verdicts.competent(),
                submittedAt,
                observedFrom == null || !observedFrom.isAfter(submittedAt) ? null : observedFrom,
                progress,
                verdicts.cycles(),
                verdicts.visits(),
                custody.handovers(),
                verdicts.returns(),
                verdicts.offers(),
                verdicts.claims(),
                trail.waits(),
                trail.overruns(),
                verdicts.originCompetent(),
                custody.holder(),
                custody.offeredTo(),
                verdicts.charged().now(),
                pack.attributionInForce(),
                verdicts.clocks(),
                contests,
                escalations,
                trail.firstResponseAt(),
                rating,
                linkedCases,
                mergedInto,
                lastActivityAt,
                List.copyOf(activeDays),
                arrivals,
                stale,
                anomalies,
                seen,
                unseen,
                asOf,
                midnight(asOf, zone, 0),
                zone,
                pack.id());
    }

    private static boolean wasOpen(List<Cycle> cycles, Instant at) {
        boolean open = true;
        for (Cycle cycle : cycles) {
            if (cycle.number() == 1 || !cycle.startedAt().isAfter(at)) {
                open = cycle.closedAt() == null || !cycle.closedAt().isBefore(at);
            }
        }
        return open;
    }

    private Reasons reasons(CaseView view, Verdicts verdicts, List<Told> told) {
        List<Judged> judged = verdicts.judged().stream()
                .sorted(Comparator.comparing(Judged::clock, Clock.ORDER))
                .toList();
        return new Reasons(
                view,
                begun,
                told,
                trail.waits(),
                judged,
                custody.charges().steps(reference, category, territory, asOf),
                judged.stream()
                        .map(Judged::judgement)
                        .filter(judgement -> judgement.run().target() == Policy.Target.RESOLUTION)
                        .map(verdicts::answer)
                        .toList());
    }

    private @Nullable Instant nextChange(CaseView view, Verdicts verdicts) {
        // Documents of open cases have the names that units have at the as-of.
        Instant known = view.isOpen() ? reference.nextHierarchy(asOf) : reference.nextKnownAfter(asOf);
        Instant next = earliest(known, verdicts.nextChange());
        Instant lapseAt = lapseAt();
        if (lapseAt != null) {
            next = earliest(next, lapseAt.plus(NEXT));
        }
        if (view.isOpen() && !view.isStale()) {
            next = earliest(
                    next,
                    lastActivityAt
                            .plus(reference.knownAt(lastActivityAt).staleAfter())
                            .plus(NEXT));
        }
        return next;
    }

    /** Curves are stated as of the last midnight: what goes on, or ended since, counts otherwise at the next. */
    private static boolean agesAtMidnight(CaseView view) {
        Predicate<@Nullable Instant> sinceMidnight = at -> at == null || !at.isBefore(view.curvesAsOf());
        return view.visits().stream().map(Visit::leftAt).anyMatch(sinceMidnight)
                || view.offers().stream().map(Offer::decidedAt).anyMatch(sinceMidnight);
    }

    private static Instant midnight(Instant instant, ZoneId zone, int daysLater) {
        return LocalDate.ofInstant(instant, zone)
                .plusDays(daysLater)
                .atStartOfDay(zone)
                .toInstant();
    }

    private static Instant latest(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }

    private static @Nullable Instant earliest(@Nullable Instant a, @Nullable Instant b) {
        return a == null ? b : b == null || a.isBefore(b) ? a : b;
    }
}
