package io.tanggap.core.sla;

import io.tanggap.core.reference.Allowance;
import io.tanggap.core.reference.PauseRule;
import io.tanggap.core.reference.Reference;
import io.tanggap.core.reference.WorkingTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Judges the clocks of one case as of one instant.
 *
 * <p>A judgement is made by what was known when it was made: while a clock runs, every new pack and every holiday that is
 * decreed makes its deadline anew, from its start and with all its pauses; once it has stopped, or its deadline has
 * passed, what is learned later does not judge it again. So what a reprocess finds is what was found at the time.
 *
 * <p>A deadline is found by counting the budget over the working time in which the clock did not stand still; it is never
 * "start plus budget plus pauses".
 */
public final class Judge {
    /** The reason of a pause in which it was not the clock's turn: somebody else held the case. */
    public static final String ELSEWHERE = "ELSEWHERE";

    private static final Duration NEXT = Duration.ofMillis(1);

    private final Reference reference;
    private final @Nullable String category;
    private final String channel;
    private final List<Wait> waits;
    private final Instant asOf;
    private @Nullable Instant nextChange;

    /**
     * A judge of a case.
     *
     * @param waits in order, none overlapping another
     * @param asOf exclusive: what happened then or later is not known
     */
    public Judge(Reference reference, @Nullable String category, String channel, List<Wait> waits, Instant asOf) {
        this.reference = reference;
        this.category = category;
        this.channel = channel;
        this.waits = List.copyOf(waits);
        this.asOf = asOf;
    }

    /**
     * The earliest as-of at which a verdict given so far, or anything else of its clock, would be another one with no new
     * event; null if never.
     */
    public @Nullable Instant nextChange() {
        return nextChange;
    }

    /** The verdict on a clock; one without policy is {@link Verdict#NOT_APPLICABLE}. */
    public Judgement judge(Run run) {
        Instant known = run.startedAt();
        while (true) {
            Judgement judgement = new Hearing(run, known).judge();
            Instant until = reference.nextKnowledge(judgement.calendar(), known);
            boolean judged = until != null && judgement.isFinalBefore(until);
            if (until == null || until.isAfter(asOf) || judged) {
                changesAt(judgement.changesAt());
                if (until != null && !judged) {
                    changesAt(until);
                }
                return judgement;
            }
            known = until;
        }
    }

    private void changesAt(@Nullable Instant at) {
        if (at != null && at.isAfter(asOf) && (nextChange == null || at.isBefore(nextChange))) {
            nextChange = at;
        }
    }

    /** One clock, by what was known at one instant. */
    private final class Hearing {
        private final Run run;
        private final Instant known;
        private final String pack;
        private @Nullable Instant capAt;

        Hearing(Run run, Instant known) {
            this.run = run;
            this.known = known;
            this.pack = reference.knownAt(known).id();
        }

        Judgement judge() {
            Instant stated = run.stated();
            if (stated != null) {
                Duration budget =
                        stated.isAfter(run.startedAt()) ? Duration.between(run.startedAt(), stated) : Duration.ZERO;
                return judge(
                        new Allowance(Clock.STATED, budget, false, null),
                        WorkingTime.ALWAYS,
                        budget,
                        List.of(),
                        stated);
            }
            Optional<Allowance> found =
                    reference.allowance(run.target(), category, channel, run.unit(), run.startedAt(), known);
            if (found.isEmpty()) {
                return notApplicable(null, WorkingTime.ALWAYS);
            }
            Allowance allowance = found.get();
            WorkingTime time = reference.workingTime(allowance.calendar(), known);
            Duration budget = allowance.within();
            if (allowance.inDays()) {
                Instant last = time.deadlineInDays(
                        run.startedAt(), (int) allowance.within().toDays());
                if (last == null) {
                    return notApplicable(allowance, time);
                }
                budget = time.elapsed(run.startedAt(), last);
            }
            List<Pause> pauses = pauses();
            Pace pace = new Pace(run.startedAt(), time, pauses);
            Instant deadline = pace.after(budget);
            if (deadline == null && !pace.standsStillBefore(budget)) {
                return notApplicable(allowance, time);
            }
            return judge(allowance, time, budget, pauses, deadline);
        }

        private Judgement notApplicable(@Nullable Allowance allowance, WorkingTime time) {
            Instant stop = run.stoppedAt();
            return new Judgement(
                    run,
                    known,
                    pack,
                    allowance,
                    new Pace(run.startedAt(), time, List.of()),
                    null,
                    null,
                    Verdict.NOT_APPLICABLE,
                    List.of(),
                    false,
                    stop == null ? asOf : stop,
                    null);
        }

        private Judgement judge(
                Allowance allowance,
                WorkingTime time,
                Duration budget,
                List<Pause> allPauses,
                @Nullable Instant deadline) {
            Instant stop = run.stoppedAt();
            Instant stoppedAfter = run.stoppedAfter();
            Verdict verdict;
            Instant at;
            if (deadline == null) {
                verdict = Verdict.PAUSED;
                at = asOf;
            } else if (stop != null && !stop.isAfter(deadline)) {
                verdict = run.inTime();
                at = stop;
            } else if (stop != null && stoppedAfter != null && stoppedAfter.isBefore(deadline)) {
                verdict = Verdict.UNDECIDABLE;
                at = stop;
            } else if (deadline.isBefore(asOf)) {
                verdict = stop == null ? Verdict.MISSED_OPEN : Verdict.MISSED_LATE;
                Instant missed = deadline.plus(NEXT);
                // Nobody missed a target before anybody knew it.
                at = missed.isBefore(known) ? known : missed;
            } else {
                verdict = Verdict.RUNNING;
                at = asOf;
            }
            // What was missed stands still no more: a later wait excuses nothing.
            List<Pause> pauses = !verdict.isMissed() || deadline == null
                    ? allPauses
                    : allPauses.stream()
                            .filter(pause -> pause.from().isBefore(deadline))
                            .toList();
            Pace pace = new Pace(run.startedAt(), time, pauses);
            Instant provisionalUntil = !verdict.isMissed() || deadline == null
                    ? null
                    : deadline.plus(reference.knownAt(known).rules().allowedLateness());
            boolean provisional = provisionalUntil != null && !provisionalUntil.isBefore(asOf);
            Instant changesAt = null;
            if (deadline != null && !deadline.isBefore(asOf)) {
                // Also of a target that is met: its credit enters the share of its deadline's day when the deadline is
                // past.
                changesAt = deadline.plus(NEXT);
            } else if (provisionalUntil != null && provisional) {
                changesAt = provisionalUntil.plus(NEXT);
            }
            if (verdict == Verdict.PAUSED) {
                changesAt = earliest(changesAt, capAt);
            }
            List<Instant> past = new ArrayList<>();
            for (int percent : Clock.THRESHOLDS) {
                Instant reached = reached(percent, budget, pace, deadline);
                if (reached == null) {
                    break;
                }
                if (!reached.isBefore(stop == null ? asOf : stop)) {
                    changesAt = stop == null ? earliest(changesAt, reached.plus(NEXT)) : changesAt;
                    break;
                }
                past.add(reached);
            }
            return new Judgement(
                    run, known, pack, allowance, pace, budget, deadline, verdict, past, provisional, at, changesAt);
        }

        private @Nullable Instant reached(int percent, Duration budget, Pace pace, @Nullable Instant deadline) {
            if (percent == 100) {
                return deadline;
            }
            Duration part =
                    Duration.ofMillis(-Math.floorDiv(-Math.multiplyExact(budget.toMillis(), percent % 100), 100));
            if (percent < 100) {
                return pace.after(part);
            }
            Duration beyond = percent == 200 ? budget : part;
            return deadline == null ? null : pace.time().deadline(deadline, beyond);
        }

        /** The waits that the reference allows, each up to what is left of its cap, and the stretches away. */
        private List<Pause> pauses() {
            List<Pause> pauses = new ArrayList<>();
            Map<String, Duration> taken = new HashMap<>();
            for (Wait wait : waits) {
                Span span = new Span(wait.from(), wait.to()).intersect(new Span(run.startedAt(), run.stoppedAt()));
                if (span != null && (span.to() == null || span.from().isBefore(span.to()))) {
                    reference
                            .pause(wait.reason(), run.target(), wait.from(), known)
                            .ifPresent(rule -> pause(rule, span, taken, pauses));
                }
            }
            run.away().forEach(away -> pauses.add(new Pause(ELSEWHERE, away.from(), away.to())));
            pauses.sort(Comparator.comparing(Pause::from));
            return disjoint(pauses);
        }

        private void pause(PauseRule rule, Span span, Map<String, Duration> taken, List<Pause> pauses) {
            Duration left = rule.cap().minus(taken.getOrDefault(rule.reason(), Duration.ZERO));
            if (left.isZero() || left.isNegative()) {
                return;
            }
            Instant cap = span.from().plus(left);
            Instant to = span.to();
            if (to == null ? !cap.isAfter(asOf) : cap.isBefore(to)) {
                to = cap;
            } else if (to == null) {
                capAt = cap;
            }
            if (to != null) {
                taken.merge(rule.reason(), Duration.between(span.from(), to), Duration::plus);
            }
            pauses.add(new Pause(rule.reason(), span.from(), to));
        }

        private static List<Pause> disjoint(List<Pause> sorted) {
            List<Pause> disjoint = new ArrayList<>(sorted.size());
            Instant free = Instant.MIN;
            for (Pause pause : sorted) {
                Instant from = pause.from().isBefore(free) ? free : pause.from();
                if (pause.to() == null) {
                    disjoint.add(new Pause(pause.reason(), from, null));
                    break;
                }
                if (from.isBefore(pause.to())) {
                    disjoint.add(new Pause(pause.reason(), from, pause.to()));
                    free = pause.to();
                }
            }
            return disjoint;
        }
    }

    private static @Nullable Instant earliest(@Nullable Instant a, @Nullable Instant b) {
        return a == null ? b : b == null || a.isBefore(b) ? a : b;
    }
}
