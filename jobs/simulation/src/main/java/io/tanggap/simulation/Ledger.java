package io.tanggap.simulation;

import io.tanggap.core.complaint.Outcome;
import io.tanggap.core.reference.Allowance;
import io.tanggap.core.reference.PauseRule;
import io.tanggap.core.reference.Policy.Target;
import io.tanggap.core.reference.Reference;
import io.tanggap.core.reference.WorkingTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the truth about one case while its story is told. It hears every act in the order in which they happen, so it needs
 * none of the care that a reader of late and repeated messages needs. A month has one pack, so nothing is learned on the way.
 */
final class Ledger {
    private static final String DESK = "intake.";
    private static final String CITIZEN_INFO = "CITIZEN_INFO";
    private static final Duration TICK = Duration.ofMillis(1);

    private final Reference reference;
    private final String caseId;
    private final String channel;
    private final String place;
    private final Instant submittedAt;
    private final List<String> path = new ArrayList<>();
    private final List<Step> steps = new ArrayList<>();
    private final List<Run> runs = new ArrayList<>();
    private final List<Wait> waits = new ArrayList<>();
    private final List<Duty> duties = new ArrayList<>();
    private final Set<String> linked = new TreeSet<>();

    private @Nullable String category;
    private @Nullable String territory;
    private @Nullable String offeredTo;
    private Instant offeredAt = Instant.EPOCH;
    private @Nullable Instant firstResponseAt;
    private @Nullable Integer rating;
    private @Nullable String mergedInto;
    private int handovers;
    private boolean knowable = true;

    /** Something that may move the charge. */
    private record Step(Move move, String from, String to, Instant at) {}

    private enum Move {
        OFFER,
        DECLINE,
        LAPSE,
        RECALL,
        FIRST_HOLDER,
        ACCEPTANCE,
        TAKING,
        DELEGATION,
        WORK,
        CLOSING,
        REOPENING
    }

    private record Charge(Instant from, String unit, int step) {}

    private static final class Wait {
        private final String reason;
        private final Instant from;
        private @Nullable Instant to;

        Wait(String reason, Instant from) {
            this.reason = reason;
            this.from = from;
        }
    }

    /** A unit that did not ask for the case has to decide what to do with it. */
    private static final class Duty {
        private final Target target;
        private final int run;
        private final String unit;
        private final Instant from;
        private @Nullable Instant doneAt;

        Duty(Target target, int run, String unit, Instant from) {
            this.target = target;
            this.run = run;
            this.unit = unit;
            this.from = from;
        }
    }

    private static final class Run {
        private final Instant startedAt;
        private final @Nullable Instant ownDeadline;
        private @Nullable Instant claimedAt;
        private @Nullable Instant closedAt;
        private @Nullable Outcome outcome;
        private int stepsAtStop = Integer.MAX_VALUE;

        Run(Instant startedAt, @Nullable Instant ownDeadline) {
            this.startedAt = startedAt;
            this.ownDeadline = ownDeadline;
        }

        @Nullable
        Instant stop() {
            return claimedAt != null ? claimedAt : closedAt;
        }
    }

    /**
     * @param place where the problem is
     * @param territory what the submission says about it
     * @param holder into whose hands it was submitted; null is the intake desk
     */
    Ledger(
            Reference reference,
            String channel,
            String caseId,
            long submittedAt,
            String place,
            @Nullable String category,
            @Nullable String territory,
            @Nullable String holder,
            @Nullable Instant deadline) {
        this.reference = reference;
        this.channel = channel;
        this.caseId = caseId;
        this.submittedAt = Instant.ofEpochMilli(submittedAt);
        this.place = place;
        this.category = category;
        this.territory = territory;
        path.add(holder == null ? desk(channel) : holder);
        runs.add(new Run(this.submittedAt, deadline));
        duties.add(new Duty(holder == null ? Target.TRIAGE : Target.HANDOVER, 1, holder(), this.submittedAt));
    }

    /** Who has a case of a channel before anybody is assigned. */
    static String desk(String channel) {
        return DESK + channel;
    }

    String holder() {
        return path.get(path.size() - 1);
    }

    private boolean isAtDesk() {
        return holder().equals(desk(channel));
    }

    private Run run() {
        return runs.get(runs.size() - 1);
    }

    boolean isClosed() {
        return run().closedAt != null;
    }

    @Nullable
    String category() {
        return category;
    }

    @Nullable
    String territory() {
        return territory;
    }

    void submissionWasLost() {
        knowable = false;
    }

    void note(Act act) {
        Instant at = Instant.ofEpochMilli(act.at());
        lapseBefore(at);
        switch (act.kind()) {
            case CATEGORISED -> category = act.required();
            case LOCATED -> {
                territory = act.required();
                sorted(at);
            }
            case RELOCATED -> territory = act.required();
            case VERIFIED -> sorted(at);
            case ASSIGNED -> {
                if (holder().equals(act.unit())) {
                    decided(at);
                    step(Move.WORK, holder(), at);
                }
                move(act.required(), Move.TAKING, at);
            }
            case OFFERED -> offer(act.required(), at);
            case ACCEPTED -> move(String.valueOf(act.unit()), Move.ACCEPTANCE, at);
            case DECLINED -> endOffer(Move.DECLINE, at);
            case RECALLED -> endOffer(Move.RECALL, at);
            case DELEGATED -> move(act.required(), Move.DELEGATION, at);
            case DEFERRED -> wait(CITIZEN_INFO, act, at);
            case WAIT -> wait(act.required(), act, at);
            case WAIT_OVER -> {
                takenByWork(act, at);
                goOn(at);
            }
            case PROGRESS -> {
                work(act, at);
                goOn(at);
            }
            case REPLY -> {
                work(act, at);
                firstResponseAt = firstResponseAt == null ? at : firstResponseAt;
            }
            case CITIZEN_REPLY -> goOn(at);
            case CLAIMED -> {
                work(act, at);
                goOn(at);
                run().claimedAt = at;
                run().stepsAtStop = steps.size();
            }
            case CLAIM_REFUSED -> {
                run().claimedAt = null;
                run().stepsAtStop = Integer.MAX_VALUE;
            }
            case CLAIM_CONFIRMED -> close(Outcome.FIXED, at);
            case CLOSED -> {
                takenByWork(act, at);
                close(act.outcome(), at);
            }
            case WITHDRAWN -> close(Outcome.WITHDRAWN, at);
            case TIMED_OUT -> close(Outcome.NO_REPLY_TIMEOUT, at);
            case REJECTED -> close(Outcome.INVALID, at);
            case MERGED -> {
                mergedInto = act.required();
                close(Outcome.DUPLICATE, at);
            }
            case REOPENED -> reopen(at);
            case RATED -> rating = act.stars();
            case LINKED -> linked.add(act.required());
            case AUTOMATIC_REPLY, NOTE -> {
                // Of no consequence for whose case it is, whose clock, or how it ends.
            }
        }
    }

    private void step(Move move, String to, Instant at) {
        steps.add(new Step(move, holder(), to, at));
    }

    private void wait(String reason, Act act, Instant at) {
        takenByWork(act, at);
        if (run().claimedAt == null) {
            decided(at);
            step(Move.WORK, holder(), at);
            goOn(at);
            waits.add(new Wait(reason, at));
        }
    }

    private void goOn(Instant at) {
        if (!waits.isEmpty() && waits.get(waits.size() - 1).to == null) {
            waits.get(waits.size() - 1).to = at;
        }
    }

    private void work(Act act, Instant at) {
        takenByWork(act, at);
        if (isAtDesk() && offeredTo == null && act.unit() != null && act.kind() != Act.Kind.REPLY) {
            move(act.unit(), Move.TAKING, at);
        }
        // Nobody is named where the holder is meant.
        if (act.unit() == null || act.unit().equals(holder())) {
            decided(at);
            step(Move.WORK, holder(), at);
        }
    }

    /** Who works on what it was offered has taken it, whether or not it says so. */
    private void takenByWork(Act act, Instant at) {
        if (offeredTo != null && offeredTo.equals(act.unit())) {
            move(offeredTo, Move.TAKING, at);
        }
    }

    private void decided(Instant at) {
        Duty duty = duties.get(duties.size() - 1);
        if (duty.target == Target.HANDOVER && duty.unit.equals(holder()) && duty.doneAt == null) {
            duty.doneAt = at;
        }
    }

    private void sorted(Instant at) {
        Duty first = duties.get(0);
        if (first.target == Target.TRIAGE && first.doneAt == null) {
            first.doneAt = at;
        }
        if (isAtDesk()) {
            goOn(at);
        }
    }

    private void move(String to, Move how, Instant at) {
        boolean fromDesk = isAtDesk();
        boolean delegated = how == Move.DELEGATION;
        boolean wasOffered = to.equals(offeredTo);
        if (delegated) {
            decided(at);
        }
        sorted(at);
        if (!delegated) {
            goOn(at);
        }
        if (offeredTo != null && !wasOffered) {
            endOffer(Move.RECALL, at);
        }
        step(fromDesk ? Move.FIRST_HOLDER : how, to, at);
        offeredTo = null;
        if (!fromDesk && !delegated) {
            handovers++;
        }
        path.add(to);
        if (how == Move.TAKING && !wasOffered) {
            duties.add(new Duty(Target.HANDOVER, runs.size(), to, at));
        }
    }

    private void offer(String to, Instant at) {
        if (offeredTo != null) {
            endOffer(Move.RECALL, at);
        }
        decided(at);
        goOn(at);
        step(Move.OFFER, to, at);
        offeredTo = to;
        offeredAt = at;
    }

    private void lapseBefore(Instant at) {
        Duration after = reference.knownAt(offeredAt).rules().offerLapsesAfter();
        if (offeredTo != null && after != null && offeredAt.plus(after).isBefore(at)) {
            endOffer(Move.LAPSE, offeredAt.plus(after));
        }
    }

    private void endOffer(Move how, Instant at) {
        step(how, String.valueOf(offeredTo), at);
        offeredTo = null;
    }

    private void close(@Nullable Outcome outcome, Instant at) {
        sorted(at);
        decided(at);
        goOn(at);
        if (run().claimedAt == null) {
            run().stepsAtStop = steps.size();
        }
        run().outcome = outcome;
        run().closedAt = at;
        step(Move.CLOSING, holder(), at);
        offeredTo = null;
    }

    private void reopen(Instant at) {
        mergedInto = null;
        runs.add(new Run(at, null));
        step(Move.REOPENING, holder(), at);
        duties.add(new Duty(Target.HANDOVER, runs.size(), holder(), at));
    }

    /** @param endMillis the instant before which everything was told, in epoch milliseconds */
    Truth truth(long endMillis, @Nullable String duplicateOf) {
        Instant end = Instant.ofEpochMilli(endMillis);
        lapseBefore(end);
        List<Charge> charges = charges();
        List<Truth.Cycle> cycles = new ArrayList<>();
        for (Run run : runs) {
            cycles.add(judged(run, cycles.size() + 1, charges, end));
        }
        return new Truth(
                caseId,
                submittedAt,
                category,
                territory,
                place,
                path,
                charges.get(charges.size() - 1).unit(),
                offeredTo,
                handovers,
                firstResponseAt,
                rating,
                duplicateOf,
                mergedInto,
                linked,
                cycles,
                knowable);
    }

    /** Who answered from when on, by where and what the problem turned out to be. */
    private List<Charge> charges() {
        List<Charge> charges = new ArrayList<>(List.of(new Charge(submittedAt, path.get(0), -1)));
        int beforeOffer = -1;
        boolean refused = false;
        String giver = "";
        boolean answers = true;
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            String charged = charges.get(charges.size() - 1).unit();
            String next = charged;
            switch (step.move()) {
                case OFFER -> {
                    boolean goesOn = refused && step.from().equals(giver);
                    if (goesOn) {
                        charges.add(new Charge(step.at(), step.from(), i));
                        next = step.from();
                    }
                    refused = refused && !goesOn && !answersFor(step);
                    giver = refused ? giver : step.from();
                    beforeOffer = charges.size();
                    next = answersFor(step) ? step.to() : next;
                }
                case DECLINE -> {
                    boolean moved = beforeOffer >= 0 && beforeOffer < charges.size();
                    refused = moved && isCompetent(step);
                    if (moved && !refused) {
                        charges.subList(beforeOffer, charges.size()).clear();
                    }
                    beforeOffer = -1;
                    next = charges.get(charges.size() - 1).unit();
                }
                case LAPSE -> {
                    refused = beforeOffer >= 0 && beforeOffer < charges.size();
                    beforeOffer = -1;
                }
                case RECALL -> {
                    if (beforeOffer >= 0) {
                        charges.subList(beforeOffer, charges.size()).clear();
                    }
                    beforeOffer = -1;
                    next = charges.get(charges.size() - 1).unit();
                }
                case FIRST_HOLDER, ACCEPTANCE, TAKING -> {
                    answers = step.move() != Move.TAKING || answersFor(step);
                    next = answers ? step.to() : charged;
                    refused = refused && !answers;
                    beforeOffer = -1;
                }
                case DELEGATION -> next = charged.equals(step.from()) ? step.to() : charged;
                case WORK -> {
                    boolean byGiver = refused && step.to().equals(giver);
                    next = byGiver ? step.to() : charged;
                    refused = refused && !byGiver;
                }
                case CLOSING -> beforeOffer = -1;
                case REOPENING -> {
                    refused = false;
                    next = answers ? step.to() : charged;
                }
            }
            if (!next.equals(charges.get(charges.size() - 1).unit())) {
                charges.add(new Charge(step.at(), next, i));
            }
        }
        return charges;
    }

    /** Where no tasks are listed everybody answers for what it is offered. */
    private boolean answersFor(Step step) {
        return !Boolean.FALSE.equals(reference.isCompetent(step.to(), category, territory, step.at()));
    }

    private boolean isCompetent(Step step) {
        return Boolean.TRUE.equals(reference.isCompetent(step.to(), category, territory, step.at()));
    }

    /** How far a clock has come. */
    private record Pace(Instant start, WorkingTime time, List<Instant[]> pauses) {
        @Nullable
        Instant after(Duration budget) {
            Instant from = start;
            Duration left = budget;
            for (Instant[] pause : pauses) {
                Duration run = time.elapsed(from, pause[0]);
                if (run.compareTo(left) >= 0) {
                    break;
                }
                left = left.minus(run);
                from = pause[1];
            }
            return from.equals(Instant.MAX) ? null : time.deadline(from, left);
        }

        Duration until(Instant end) {
            Duration paused = Duration.ZERO;
            for (Instant[] pause : pauses) {
                if (pause[0].isBefore(end)) {
                    paused = paused.plus(time.elapsed(pause[0], pause[1].isBefore(end) ? pause[1] : end));
                }
            }
            return time.elapsed(start, end).minus(paused);
        }
    }

    private Truth.Cycle judged(Run run, int number, List<Charge> charges, Instant end) {
        Instant start = run.startedAt;
        Instant stop = run.stop();
        Optional<Allowance> allowance = reference.allowance(
                Target.RESOLUTION,
                category,
                channel,
                reference.competent(category, territory, submittedAt).orElse(""),
                start,
                start);
        Pace pace = new Pace(start, WorkingTime.ALWAYS, List.of());
        Duration budget = null;
        Instant deadline = run.ownDeadline;
        if (deadline != null) {
            budget = Duration.between(start, deadline);
        } else if (allowance.isPresent()) {
            pace = pace(Target.RESOLUTION, allowance.get(), start, stop == null ? end : stop, stop != null);
            budget = budget(allowance.get(), pace);
            deadline = pace.after(budget);
        }
        Truth.Verdict verdict = Truth.Verdict.RUNNING;
        Instant judgedAt = stop == null ? end : stop;
        if (budget == null) {
            verdict = Truth.Verdict.NONE;
        } else if (deadline == null) {
            verdict = Truth.Verdict.PAUSED;
        } else if (stop != null && !stop.isAfter(deadline)) {
            verdict = Truth.Verdict.MET;
        } else if (deadline.isBefore(end)) {
            verdict = Truth.Verdict.MISSED;
            judgedAt = deadline.plus(TICK);
        }
        String charged = chargedAt(
                judgedAt,
                stop == null ? Integer.MAX_VALUE : run.stepsAtStop,
                charges,
                start,
                verdict == Truth.Verdict.MISSED ? pace : null,
                budget,
                number);
        return new Truth.Cycle(start, deadline, run.claimedAt, run.closedAt, run.outcome, verdict, charged);
    }

    private Duration budget(Allowance allowance, Pace pace) {
        if (!allowance.inDays()) {
            return allowance.within();
        }
        Instant last = pace.time()
                .deadlineInDays(pace.start(), (int) allowance.within().toDays());
        return last == null ? Duration.ZERO : pace.time().elapsed(pace.start(), last);
    }

    /** @param stopped whether the clock stopped at the end; else a wait that lasts goes on for ever, or to its cap */
    private Pace pace(Target target, Allowance allowance, Instant start, Instant end, boolean stopped) {
        List<Instant[]> pauses = new ArrayList<>();
        Map<String, Duration> taken = new HashMap<>();
        for (Wait wait : waits) {
            Instant from = wait.from.isBefore(start) ? start : wait.from;
            Instant to = wait.to == null || wait.to.isAfter(end) ? (stopped ? end : Instant.MAX) : wait.to;
            Duration cap = reference
                    .pause(wait.reason, target, wait.from, start)
                    .map(PauseRule::cap)
                    .orElse(Duration.ZERO)
                    .minus(taken.getOrDefault(wait.reason, Duration.ZERO));
            if (!from.isBefore(to) || cap.isNegative() || cap.isZero()) {
                continue;
            }
            Instant capped = from.plus(cap);
            if (capped.isBefore(to) && (!to.equals(Instant.MAX) || !capped.isAfter(end))) {
                to = capped;
            }
            if (!to.equals(Instant.MAX)) {
                taken.merge(wait.reason, Duration.between(from, to), Duration::plus);
            }
            pauses.add(new Instant[] {from, to});
        }
        return new Pace(start, reference.workingTime(allowance.calendar(), start), pauses);
    }

    /** @param missed how the clock of the target that was missed had run; null if none was */
    private String chargedAt(
            Instant instant,
            int stepsTold,
            List<Charge> charges,
            Instant start,
            @Nullable Pace missed,
            @Nullable Duration budget,
            int number) {
        int last = 0;
        int first = 0;
        for (int i = 1; i < charges.size(); i++) {
            Charge charge = charges.get(i);
            if (charge.step() < stepsTold && !charge.from().isAfter(instant)) {
                last = i;
                first = charge.from().isAfter(start) ? first : i;
            }
        }
        String unit = charges.get(last).unit();
        // What goes on in one house nobody has given away.
        while (last > first
                && reference.isSameAgency(
                        charges.get(last - 1).unit(),
                        charges.get(last).unit(),
                        charges.get(last).from())) {
            last--;
        }
        boolean isNew = charges.subList(first, last).stream()
                .noneMatch(charge -> charge.unit().equals(unit));
        if (missed == null || budget == null || last == first || !isNew) {
            return unit;
        }
        // Who gave it away in the last quarter, and after it should have decided, pays for that.
        Instant receivedAt = charges.get(last).from();
        String giver = charges.get(last - 1).unit();
        boolean late = missed.until(receivedAt).multipliedBy(4).compareTo(budget.multipliedBy(3)) >= 0;
        return late && hadMissedItsDuty(giver, number, receivedAt) ? giver : unit;
    }

    private boolean hadMissedItsDuty(String unit, int number, Instant before) {
        return duties.stream()
                .filter(duty -> duty.unit.equals(unit) && duty.run == number)
                .anyMatch(duty -> {
                    Allowance allowance = reference
                            .allowance(duty.target, category, channel, unit, duty.from, duty.from)
                            .orElse(null);
                    if (allowance == null) {
                        return false;
                    }
                    Instant end = duty.doneAt == null ? Instant.MAX : duty.doneAt;
                    Pace pace = pace(duty.target, allowance, duty.from, end, duty.doneAt != null);
                    Instant deadline = pace.after(budget(allowance, pace));
                    return deadline != null && deadline.isBefore(before);
                });
    }
}
