package io.tanggap.core.lifecycle;

import io.tanggap.core.complaint.Actor;
import io.tanggap.core.complaint.CaseEvent;
import io.tanggap.core.complaint.Outcome;
import io.tanggap.core.complaint.Payload;
import io.tanggap.core.complaint.Payload.Assigned;
import io.tanggap.core.complaint.Payload.Categorised;
import io.tanggap.core.complaint.Payload.ChannelLinked;
import io.tanggap.core.complaint.Payload.Closed;
import io.tanggap.core.complaint.Payload.Delegated;
import io.tanggap.core.complaint.Payload.HandoverAccepted;
import io.tanggap.core.complaint.Payload.HandoverDeclined;
import io.tanggap.core.complaint.Payload.HandoverOffered;
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
import io.tanggap.core.complaint.Payload.Status;
import io.tanggap.core.complaint.Payload.Submitted;
import io.tanggap.core.complaint.Payload.VerificationDeferred;
import io.tanggap.core.complaint.Payload.Verified;
import io.tanggap.core.complaint.Payload.WaitEnded;
import io.tanggap.core.complaint.Payload.WaitStarted;
import io.tanggap.core.complaint.Placing;
import io.tanggap.core.complaint.TimeNote;
import io.tanggap.core.complaint.Visibility;
import io.tanggap.core.lifecycle.Visit.End;
import io.tanggap.core.reference.Reference;
import io.tanggap.core.reference.ReferencePack;
import io.tanggap.core.reference.ReferencePack.ResolutionTarget;
import io.tanggap.core.sla.Span;
import io.tanggap.core.sla.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The fold: (history, reference, as-of) → view. It goes through the events before the as-of once, in order, and keeps
 *
 * <pre>
 *   progress  SUBMITTED → TRIAGED → OPEN → IN_PROGRESS ⇄ WAITING → RESOLUTION_CLAIMED → CLOSED → (reopened) OPEN …
 *   custody   HELD(h) → OFFERED(h → g) → HELD(g)
 *   charge    who answers for a breach under the CRM rule: the receiver from the offer, the giver again if it is declined
 * </pre>
 *
 * Snapshots of a state are turned into the changes between them here, after sorting, so that their arrival order cannot
 * matter. Without a competence table every receiver is taken to be competent.
 */
public final class CaseFold {
    /** Unit id prefix of a channel's intake desk, which holds a case until it is first assigned. */
    public static final String INTAKE_DESK = "intake.";

    private static final Duration NEXT = Duration.ofMillis(1);

    private final Reference reference;
    private final Instant asOf;

    private @Nullable String category;
    private @Nullable String territory;
    private @Nullable Placing placing;
    private @Nullable Instant statedDeadline;
    private Instant submittedAt = Instant.EPOCH;
    private Progress progress = Progress.SUBMITTED;
    private String channel = "";

    private final List<OpenCycle> cycles = new ArrayList<>();
    private final List<Visit> visits = new ArrayList<>();
    private final List<Handover> handovers = new ArrayList<>();
    private final List<Charge> charges = new ArrayList<>();
    private final List<Span> stale = new ArrayList<>();
    private final Set<Anomaly> anomalies = EnumSet.noneOf(Anomaly.class);

    private String holder = "";
    private @Nullable String offeredTo;
    private @Nullable Instant offeredAt;
    /** Whether the offer that stands has moved the charge: then its charge is the last one. */
    private boolean offerCharged;

    private @Nullable Instant firstResponseAt;
    private @Nullable Integer rating;
    private @Nullable String mergedInto;
    private final Set<String> linkedCases = new TreeSet<>();
    private Instant lastActivityAt = Instant.EPOCH;
    private @Nullable SnapshotObserved lastSnapshot;
    /** A record that is a whole state repeats its place, which somebody may have corrected since. */
    private @Nullable JurisdictionResolved lastResolved;

    /** When the source was last seen to say something of the state; the submission before it was. */
    private Instant lastSnapshotAt = Instant.EPOCH;
    /** After when the event that is applied happened; null where its time was told. */
    private @Nullable Instant observedAfter;

    private static final class OpenCycle {
        private final Instant startedAt;
        private final String firstHolder;
        private @Nullable String lastHolder;
        private @Nullable Instant statedDeadline;
        private @Nullable Instant claimedAt;
        private @Nullable Instant closedAt;
        private @Nullable Instant stoppedAfter;
        private @Nullable Outcome outcome;
        /** Whether an event said how it ended, and not a state. */
        private boolean outcomeStated;
        /** How many charges there were at the stop: what follows at the same instant does not move the credit. */
        private int chargesAtStop = Integer.MAX_VALUE;

        OpenCycle(Instant startedAt, String firstHolder) {
            this.startedAt = startedAt;
            this.firstHolder = firstHolder;
        }
    }

    private record Charge(Instant from, String unit) {}

    /**
     * What a fold found.
     *
     * @param view null while no event of the case is before the as-of
     * @param nextChangeAt until this as-of (exclusive) neither the view nor what it contributes differs with no new event
     *     and no new pack in the log; null if never
     */
    public record Folded(@Nullable CaseView view, @Nullable Instant nextChangeAt) {}

    private CaseFold(Reference reference, Instant asOf) {
        this.reference = reference;
        this.asOf = asOf;
    }

    /** Folds a history as seen at {@code asOf} (exclusive). */
    public static Folded fold(CaseHistory history, Reference reference, Instant asOf) {
        List<CaseEvent> events = history.events();
        int seen = 0;
        while (seen < events.size() && events.get(seen).occurredAt().isBefore(asOf)) {
            seen++;
        }
        Instant nextEvent = seen < events.size() ? events.get(seen).occurredAt().plus(NEXT) : null;
        // That something was erased says nothing of a complaint, and makes none.
        List<CaseEvent> told = events.subList(0, seen).stream()
                .filter(event -> !(event.payload() instanceof Redacted))
                .toList();
        if (told.isEmpty()) {
            return new Folded(null, nextEvent);
        }
        CaseFold fold = new CaseFold(reference, asOf);
        fold.begin(told);
        CaseView view = fold.view(told.get(0), seen, events.size() - seen);
        return new Folded(view, earliest(nextEvent, fold.nextChange(view)));
    }

    private void begin(List<CaseEvent> seen) {
        CaseEvent first = seen.get(0);
        CaseEvent submission = null;
        for (CaseEvent event : seen) {
            if (event.payload() instanceof Submitted) {
                submission = event;
                break;
            }
        }
        channel = first.channel();
        submittedAt = submission == null ? first.occurredAt() : submission.occurredAt();
        lastActivityAt = submittedAt;
        lastSnapshotAt = submittedAt;
        holder = INTAKE_DESK + channel;
        if (submission == null) {
            anomalies.add(Anomaly.NO_SUBMISSION);
        } else {
            Submitted submitted = (Submitted) submission.payload();
            category = submitted.category();
            territory = submitted.territory();
            statedDeadline = submitted.resolutionDeadline();
            if (submitted.holder() != null) {
                holder = submitted.holder();
                progress = Progress.OPEN;
            }
        }
        cycles.add(new OpenCycle(submittedAt, holder));
        cycle().statedDeadline = statedDeadline;
        visits.add(new Visit(1, holder, null, submittedAt, Visit.Entry.SUBMITTED, 0, null, null));
        charges.add(new Charge(submittedAt, holder));
        for (CaseEvent event : seen) {
            if (event.timeNote() == TimeNote.REPEATED_HOUR || event.timeNote() == TimeNote.GAP) {
                anomalies.add(Anomaly.AMBIGUOUS_TIME);
            }
            if (!event.equals(submission)) {
                apply(event);
            }
        }
        endSilence(asOf, false);
    }

    private void apply(CaseEvent event) {
        Instant at = event.occurredAt();
        if (at.isBefore(submittedAt)) {
            anomalies.add(Anomaly.BEFORE_SUBMISSION);
            at = submittedAt;
        }
        if (isSeenAgain(event)) {
            lastSnapshotAt = at;
            return;
        }
        observedAfter = event.timeNote() == TimeNote.OBSERVED ? latest(lastSnapshotAt, cycle().startedAt) : null;
        endSilence(at, true);
        Payload payload = event.payload();
        if (payload instanceof Submitted) {
            anomalies.add(Anomaly.SECOND_SUBMISSION);
        } else if (payload instanceof Assigned assigned) {
            moveCustody(assigned.holder(), at, false);
        } else if (payload instanceof HandoverOffered offered) {
            acceptByWork(event, at);
            offer(offered.to(), at);
        } else if (payload instanceof HandoverAccepted accepted) {
            accept(accepted.by(), at);
        } else if (payload instanceof HandoverDeclined declined) {
            decline(declined.by());
        } else if (payload instanceof Recalled) {
            recall();
        } else if (payload instanceof Delegated delegated) {
            acceptByWork(event, at);
            moveCustody(delegated.to(), at, true);
        } else if (payload instanceof Verified) {
            triage();
        } else if (payload instanceof JurisdictionResolved resolved) {
            if (!resolved.equals(lastResolved)) {
                territory = resolved.territory();
                placing = resolved.placing();
            }
            lastResolved = resolved;
            triage();
        } else if (payload instanceof LocationCorrected corrected) {
            territory = corrected.territory();
            placing = null;
        } else if (payload instanceof Categorised categorised) {
            category = categorised.category();
        } else if (payload instanceof VerificationDeferred || payload instanceof WaitStarted) {
            acceptByWork(event, at);
            startWait();
        } else if (payload instanceof WaitEnded) {
            acceptByWork(event, at);
            endWait();
        } else if (payload instanceof PublicReply) {
            acceptByWork(event, at);
            reply(event, at);
        } else if (payload instanceof ProgressUpdated) {
            acceptByWork(event, at);
            takeFromDesk(event, at);
            work();
        } else if (payload instanceof ResolutionClaimed) {
            acceptByWork(event, at);
            takeFromDesk(event, at);
            claim(at);
        } else if (payload instanceof ResolutionRejected) {
            rejectClaim();
        } else if (payload instanceof ResolutionValidated) {
            validate(at);
        } else if (payload instanceof Rejected) {
            acceptByWork(event, at);
            close(Outcome.INVALID, at, true);
        } else if (payload instanceof MergedInto merged) {
            acceptByWork(event, at);
            mergedInto = merged.caseId();
            close(Outcome.DUPLICATE, at, true);
        } else if (payload instanceof Closed closed) {
            acceptByWork(event, at);
            close(closed.outcome(), at, true);
        } else if (payload instanceof Reopened) {
            reopen(at);
        } else if (payload instanceof Rated rated) {
            rating = rated.stars();
        } else if (payload instanceof ChannelLinked linked) {
            linkedCases.add(linked.caseId());
        } else if (payload instanceof SnapshotObserved snapshot) {
            observe(snapshot, event.timeNote() == TimeNote.OBSERVED, at);
            lastSnapshot = snapshot;
            lastSnapshotAt = at;
        }
    }

    /** A poll that finds what the one before found is no activity: nobody did anything. */
    private boolean isSeenAgain(CaseEvent event) {
        return event.timeNote() == TimeNote.OBSERVED && event.payload().equals(lastSnapshot);
    }

    private void endSilence(Instant at, boolean byEvent) {
        if (progress != Progress.CLOSED) {
            Instant staleFrom =
                    lastActivityAt.plus(reference.knownAt(lastActivityAt).staleAfter());
            if (staleFrom.isBefore(at)) {
                stale.add(new Span(staleFrom, byEvent ? at : null));
            }
        }
        if (byEvent) {
            lastActivityAt = at;
        }
    }

    private OpenCycle cycle() {
        return cycles.get(cycles.size() - 1);
    }

    private boolean isClosed() {
        return progress == Progress.CLOSED;
    }

    private void work() {
        if (isClosed()) {
            anomalies.add(Anomaly.WORK_AFTER_CLOSE);
        } else if (progress != Progress.RESOLUTION_CLAIMED) {
            progress = Progress.IN_PROGRESS;
        }
    }

    private boolean isAtDesk() {
        return holder.equals(INTAKE_DESK + channel);
    }

    private void triage() {
        if (progress == Progress.SUBMITTED || (progress == Progress.WAITING && isAtDesk())) {
            progress = Progress.TRIAGED;
        }
    }

    private void startWait() {
        if (isClosed()) {
            anomalies.add(Anomaly.WORK_AFTER_CLOSE);
        } else if (progress != Progress.RESOLUTION_CLAIMED) {
            progress = Progress.WAITING;
        }
    }

    private void endWait() {
        if (progress == Progress.WAITING) {
            progress = isAtDesk() ? Progress.TRIAGED : Progress.IN_PROGRESS;
        } else {
            anomalies.add(Anomaly.NOT_WAITING);
        }
    }

    private void moveCustody(String to, Instant at, boolean delegation) {
        if (to.equals(holder)) {
            if (offeredTo == null) {
                anomalies.add(Anomaly.HANDOVER_TO_SELF);
            }
            withdrawOffer();
            return;
        }
        Instant wasOfferedAt = to.equals(offeredTo) ? offeredAt : null;
        if (wasOfferedAt == null) {
            withdrawOffer();
        }
        forgetOffer();
        boolean fromDesk = isAtDesk();
        if (!fromDesk && !delegation) {
            handovers.add(new Handover(at, holder, to));
        }
        holder = to;
        if (isClosed()) {
            anomalies.add(Anomaly.CUSTODY_AFTER_CLOSE);
            return;
        }
        boolean waitedAtDesk = fromDesk && progress == Progress.WAITING;
        if (progress == Progress.SUBMITTED || progress == Progress.TRIAGED || waitedAtDesk) {
            progress = Progress.OPEN;
        }
        endVisit(at, fromDesk ? End.ASSIGNED : delegation ? End.DELEGATED : End.HANDED_ON);
        visits.add(new Visit(visits.size() + 1, to, wasOfferedAt, at, Visit.Entry.ASSIGNED, 0, null, null));
        if (!chargedNow().equals(to)) {
            charges.add(new Charge(at, to));
        }
    }

    private void endVisit(Instant at, End end) {
        int last = visits.size() - 1;
        Visit visit = visits.get(last);
        visits.set(
                last,
                new Visit(
                        visit.number(),
                        visit.holder(),
                        visit.offeredAt(),
                        visit.enteredAt(),
                        visit.entry(),
                        visit.depth(),
                        at,
                        end));
    }

    private String chargedNow() {
        return charges.get(charges.size() - 1).unit();
    }

    private void offer(String to, Instant at) {
        if (to.equals(holder)) {
            anomalies.add(Anomaly.HANDOVER_TO_SELF);
            return;
        }
        if (to.equals(offeredTo)) {
            return;
        }
        withdrawOffer();
        offeredTo = to;
        offeredAt = at;
        if (!isClosed() && answersFromOffer(to, at)) {
            charges.add(new Charge(at, to));
            offerCharged = true;
        }
    }

    /** Nobody can answer for what was offered to a unit that does not exist: the giver does until it is taken. */
    private boolean answersFromOffer(String to, Instant at) {
        return reference.knownAt(at).competences().isEmpty()
                || reference.unit(to, at).isPresent();
    }

    /**
     * An offer that was declined or recalled never moved the charge: the giver answers from the offer on. While an offer
     * of an open case stands that moved it, its charge is the last one, and the one before it is the holder's.
     */
    private void withdrawOffer() {
        if (offerCharged && !isClosed()) {
            charges.remove(charges.size() - 1);
        }
        forgetOffer();
    }

    private void forgetOffer() {
        offeredTo = null;
        offeredAt = null;
        offerCharged = false;
    }

    private void accept(String by, Instant at) {
        if (!by.equals(offeredTo)) {
            anomalies.add(Anomaly.ACCEPTED_WITHOUT_OFFER);
        }
        moveCustody(by, at, false);
    }

    /** A receiver that works on the case has taken it, whether or not it said so. */
    private void acceptByWork(CaseEvent event, Instant at) {
        if (offeredTo != null && offeredTo.equals(event.orgUnit())) {
            accept(offeredTo, at);
        }
    }

    /** A unit that works on a case of the desk has it, whether or not anybody wrote that it was assigned. */
    private void takeFromDesk(CaseEvent event, Instant at) {
        String unit = event.orgUnit();
        if (isAtDesk() && !isClosed() && offeredTo == null && unit != null && event.actor() == Actor.OFFICER) {
            moveCustody(unit, at, false);
        }
    }

    private void decline(String by) {
        if (by.equals(offeredTo)) {
            withdrawOffer();
        } else {
            anomalies.add(Anomaly.DECLINED_WITHOUT_OFFER);
        }
    }

    private void recall() {
        if (offeredTo == null) {
            anomalies.add(Anomaly.RECALLED_WITHOUT_OFFER);
        } else {
            withdrawOffer();
        }
    }

    private void reply(CaseEvent event, Instant at) {
        boolean byCity = event.actor() == Actor.OFFICER || event.actor() == Actor.VALIDATOR;
        if (firstResponseAt == null && byCity && event.visibility() == Visibility.PUBLIC) {
            firstResponseAt = at;
        }
        if (isClosed()) {
            anomalies.add(Anomaly.WORK_AFTER_CLOSE);
        } else if (progress == Progress.WAITING && event.actor() == Actor.CITIZEN) {
            // Whatever was waited for, the reporter has spoken.
            endWait();
        }
    }

    private void claim(Instant at) {
        if (isClosed()) {
            anomalies.add(Anomaly.WORK_AFTER_CLOSE);
        } else if (cycle().claimedAt == null) {
            cycle().claimedAt = at;
            cycle().stoppedAfter = observedAfter;
            cycle().chargesAtStop = charges.size();
            progress = Progress.RESOLUTION_CLAIMED;
        }
    }

    private void rejectClaim() {
        if (isClosed() || cycle().claimedAt == null) {
            anomalies.add(Anomaly.REJECTED_WITHOUT_CLAIM);
        } else {
            withdrawClaim();
            progress = Progress.IN_PROGRESS;
        }
    }

    private void validate(Instant at) {
        if (!isClosed() && cycle().claimedAt == null) {
            anomalies.add(Anomaly.VALIDATED_WITHOUT_CLAIM);
            claim(at);
        }
        close(Outcome.FIXED, at, true);
    }

    private void withdrawClaim() {
        cycle().claimedAt = null;
        cycle().stoppedAfter = null;
        cycle().chargesAtStop = Integer.MAX_VALUE;
    }

    private void close(Outcome outcome, Instant at, boolean stated) {
        if (isClosed()) {
            anomalies.add(Anomaly.CLOSED_TWICE);
            return;
        }
        if (cycle().claimedAt == null) {
            cycle().stoppedAfter = observedAfter;
            cycle().chargesAtStop = charges.size();
        }
        cycle().closedAt = at;
        cycle().outcome = outcome;
        cycle().outcomeStated = stated;
        cycle().lastHolder = holder;
        progress = Progress.CLOSED;
        forgetOffer();
        endVisit(at, End.CLOSED);
    }

    private void reopen(Instant at) {
        if (!isClosed()) {
            anomalies.add(Anomaly.REOPENED_WHILE_OPEN);
            if (cycle().claimedAt != null) {
                rejectClaim();
            }
            return;
        }
        mergedInto = null;
        cycles.add(new OpenCycle(at, holder));
        progress = Progress.OPEN;
        visits.add(new Visit(visits.size() + 1, holder, null, at, Visit.Entry.REOPENED, 0, null, null));
        if (!chargedNow().equals(holder)) {
            charges.add(new Charge(at, holder));
        }
        if (offeredTo != null && answersFromOffer(offeredTo, at)) {
            charges.add(new Charge(at, offeredTo));
            offerCharged = true;
        }
    }

    /** A state repeats what others may have corrected since: only what it did not say before is news. */
    private boolean isChange(@Nullable String said, Function<SnapshotObserved, @Nullable String> part) {
        return said != null && (lastSnapshot == null || !said.equals(part.apply(lastSnapshot)));
    }

    /** Of a state that a poll saw, only what differs from the poll before: the rest nobody has changed since. */
    private void observe(SnapshotObserved snapshot, boolean polled, Instant at) {
        SnapshotObserved before = polled ? lastSnapshot : null;
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
        if (snapshot.holder() != null && !sameHolder && !snapshot.holder().equals(holder)) {
            moveCustody(snapshot.holder(), at, false);
        }
        if (status == null) {
            return;
        }
        switch (status) {
            case OPEN, IN_PROGRESS, WAITING -> {
                withdrawClaim();
                progress = Progress.valueOf(status.name());
            }
            case RESOLUTION_CLAIMED -> claim(at);
            case CLOSED -> {
                if (!isClosed()) {
                    close(snapshot.outcome() == null ? Outcome.UNKNOWN : snapshot.outcome(), at, false);
                } else if (snapshot.outcome() != null
                        && snapshot.outcome() != Outcome.UNKNOWN
                        && !cycle().outcomeStated) {
                    // How it ended is often filled in after the closing; when it ended stays, and so does what was
                    // said.
                    cycle().outcome = snapshot.outcome();
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
            cycle().statedDeadline = deadline;
        }
    }

    private CaseView view(CaseEvent any, int seen, int unseen) {
        ReferencePack pack = reference.knownAt(asOf);
        ZoneId zone = reference.zone();
        if (category != null && !reference.hasCategory(category, submittedAt)) {
            anomalies.add(Anomaly.UNLISTED_CATEGORY);
        }
        List<Cycle> judged = new ArrayList<>(cycles.size());
        for (OpenCycle cycle : cycles) {
            judged.add(judge(cycle, judged.size() + 1));
        }
        return new CaseView(
                any.caseId(),
                channel,
                any.sourceCaseId(),
                category,
                territory,
                placing,
                reference.competent(category, territory, submittedAt).orElse(null),
                submittedAt,
                progress,
                judged,
                visits,
                handovers,
                List.of(),
                holder,
                offeredTo,
                chargedNow(),
                io.tanggap.core.reference.Attribution.CRM,
                List.of(),
                List.of(),
                0,
                firstResponseAt,
                rating,
                linkedCases,
                mergedInto,
                lastActivityAt,
                stale,
                anomalies,
                seen,
                unseen,
                asOf,
                midnight(asOf, zone, 0),
                zone,
                pack.id());
    }

    private Cycle judge(OpenCycle cycle, int number) {
        Instant deadline = cycle.statedDeadline;
        String target = deadline == null ? null : "case";
        if (deadline == null) {
            Optional<ResolutionTarget> policy = reference.target(category, channel, cycle.startedAt);
            if (policy.isPresent()) {
                deadline = cycle.startedAt.plus(policy.get().within());
                target = policy.get().id();
            }
        }
        Instant stop = cycle.claimedAt != null ? cycle.claimedAt : cycle.closedAt;
        Verdict verdict;
        Instant verdictAt;
        if (deadline == null) {
            verdict = Verdict.NOT_APPLICABLE;
            verdictAt = stop == null ? asOf : stop;
        } else if (stop != null && !stop.isAfter(deadline)) {
            verdict = Verdict.MET;
            verdictAt = stop;
        } else if (deadline.isBefore(asOf)) {
            verdict = stop == null ? Verdict.MISSED_OPEN : Verdict.MISSED_LATE;
            verdictAt = deadline.isBefore(cycle.startedAt) ? cycle.startedAt : deadline.plus(NEXT);
        } else {
            verdict = Verdict.RUNNING;
            verdictAt = asOf;
        }
        if (deadline != null && deadline.isBefore(cycle.startedAt)) {
            anomalies.add(Anomaly.BORN_OVERDUE);
        }
        String crm = chargedAt(verdictAt, cycle.chargesAtStop);
        return new Cycle(
                number,
                cycle.startedAt,
                false,
                cycle.claimedAt,
                cycle.closedAt,
                cycle.outcome,
                true,
                new io.tanggap.core.sla.Clock(
                        io.tanggap.core.reference.Policy.Target.RESOLUTION,
                        number,
                        1,
                        target,
                        reference.knownAt(asOf).id(),
                        null,
                        cycle.startedAt,
                        deadline,
                        stop,
                        cycle.stoppedAfter,
                        verdict,
                        List.of(),
                        null,
                        null,
                        0,
                        false,
                        crm),
                new io.tanggap.core.sla.Accountability(
                        crm, false, crm, crm, List.of(new io.tanggap.core.sla.Share(crm, 1_000_000))),
                cycle.firstHolder,
                cycle.lastHolder == null ? holder : cycle.lastHolder);
    }

    private String chargedAt(Instant instant, int chargesAtStop) {
        String unit = charges.get(0).unit();
        for (int i = 1; i < Math.min(charges.size(), chargesAtStop); i++) {
            if (charges.get(i).from().isAfter(instant)) {
                break;
            }
            unit = charges.get(i).unit();
        }
        return unit;
    }

    private @Nullable Instant nextChange(CaseView view) {
        Instant next = reference.nextKnownAfter(asOf);
        for (Cycle cycle : view.cycles()) {
            // Also when the target is met: its credit enters the share of its deadline day when the deadline is past.
            if (cycle.deadline() != null && !cycle.deadline().isBefore(asOf)) {
                next = earliest(next, cycle.deadline().plus(NEXT));
            }
        }
        if (view.isOpen() && !view.isStale()) {
            next = earliest(
                    next,
                    lastActivityAt
                            .plus(reference.knownAt(lastActivityAt).staleAfter())
                            .plus(NEXT));
        }
        Instant firstClosedAt = view.firstCycle().closedAt();
        if (firstClosedAt != null && !firstClosedAt.isBefore(view.curvesAsOf())) {
            next = earliest(next, midnight(asOf, view.zone(), 1));
        }
        return next;
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
