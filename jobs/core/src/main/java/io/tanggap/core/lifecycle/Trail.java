package io.tanggap.core.lifecycle;

import static java.util.Objects.requireNonNull;

import io.tanggap.core.complaint.Outcome;
import io.tanggap.core.sla.Span;
import io.tanggap.core.sla.Wait;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What happened to a case on its way through the fold that clocks are judged by, custody apart. */
final class Trail {
    /** A cycle as far as it has come. */
    static final class Turn {
        private final Instant startedAt;
        private final String firstHolder;
        private final boolean late;
        private final List<Instant> told = new ArrayList<>();
        private final List<Claimed> claims = new ArrayList<>();
        private @Nullable String lastHolder;
        private @Nullable Instant statedDeadline;
        private @Nullable Instant claimedAt;
        private @Nullable Instant closedAt;
        private @Nullable Instant stoppedAfter;
        private @Nullable Outcome outcome;
        private @Nullable Instant heldSince;
        private @Nullable Integer rating;
        /** Whether an event said how it ended, and not a state. */
        private boolean outcomeStated;

        private boolean timed = true;
        private int storyAtStop = Integer.MAX_VALUE;

        private Turn(Instant startedAt, String firstHolder, boolean late) {
            this.startedAt = startedAt;
            this.firstHolder = firstHolder;
            this.late = late;
        }

        Instant startedAt() {
            return startedAt;
        }

        String firstHolder() {
            return firstHolder;
        }

        boolean late() {
            return late;
        }

        @Nullable
        String lastHolder() {
            return lastHolder;
        }

        @Nullable
        Instant statedDeadline() {
            return statedDeadline;
        }

        @Nullable
        Instant claimedAt() {
            return claimedAt;
        }

        @Nullable
        Instant closedAt() {
            return closedAt;
        }

        @Nullable
        Instant stoppedAt() {
            return claimedAt != null ? claimedAt : closedAt;
        }

        @Nullable
        Instant stoppedAfter() {
            return stoppedAfter;
        }

        @Nullable
        Outcome outcome() {
            return outcome;
        }

        /** Since when whoever had the case at the closing had it; null while open, and where that is not known. */
        @Nullable
        Instant heldSince() {
            return heldSince;
        }

        @Nullable
        Integer rating() {
            return rating;
        }

        boolean timed() {
            return timed;
        }

        /** How much of the story of charges was told at the stop: what follows at the same instant moves no credit. */
        int storyAtStop() {
            return storyAtStop;
        }

        /** When the reporter could see that something goes on, in order. */
        List<Instant> told() {
            return Collections.unmodifiableList(told);
        }

        List<Claimed> claims() {
            return Collections.unmodifiableList(claims);
        }
    }

    /** A claim, and what became of it. */
    static final class Claimed {
        private final Instant claimedAt;
        private final String by;
        private final @Nullable Instant heldSince;
        private final List<String> evidence;
        private @Nullable Instant judgedAt;
        private boolean withdrawn;
        private @Nullable String rejectedHolder;

        private Claimed(Instant claimedAt, String by, @Nullable Instant heldSince, List<String> evidence) {
            this.claimedAt = claimedAt;
            this.by = by;
            this.heldSince = heldSince;
            this.evidence = evidence;
        }

        Claim of(int cycle) {
            return new Claim(cycle, claimedAt, by, heldSince, judgedAt, rejectedHolder != null, withdrawn, evidence);
        }

        Instant claimedAt() {
            return claimedAt;
        }

        /** When a validator agreed or not; null while none did. */
        @Nullable
        Instant judgedAt() {
            return judgedAt;
        }

        boolean withdrawn() {
            return withdrawn;
        }

        /** Who had the case when the claim was rejected; null if it was not. */
        @Nullable
        String rejectedHolder() {
            return rejectedHolder;
        }
    }

    private final boolean keyedByOfficer;
    private final List<Turn> cycles = new ArrayList<>();
    private final List<Wait> waits = new ArrayList<>();
    private final List<Span> overruns = new ArrayList<>();
    private @Nullable Instant firstResponseAt;
    private @Nullable Instant triagedAt;
    private @Nullable Instant triagedAfter;
    private @Nullable Instant observedAfter;
    private boolean early;

    /** @param keyedByOfficer whether an officer wrote the submission: what was written with it is no reply */
    Trail(Instant submittedAt, String holder, @Nullable Instant statedDeadline, boolean keyedByOfficer) {
        this.keyedByOfficer = keyedByOfficer;
        cycles.add(new Turn(submittedAt, holder, false));
        cycle().statedDeadline = statedDeadline;
    }

    /**
     * What is told next.
     *
     * @param observedAfter see {@link Custody#telling}
     * @param early whether it is dated before the submission
     */
    void telling(@Nullable Instant observedAfter, boolean early) {
        this.observedAfter = observedAfter;
        this.early = early;
    }

    Turn cycle() {
        return cycles.get(cycles.size() - 1);
    }

    List<Turn> cycles() {
        return Collections.unmodifiableList(cycles);
    }

    List<Wait> waits() {
        return Collections.unmodifiableList(waits);
    }

    /** From the reporter's answer to a wait until somebody of the city did something. */
    List<Span> overruns() {
        return Collections.unmodifiableList(overruns);
    }

    @Nullable
    Instant firstResponseAt() {
        return firstResponseAt;
    }

    @Nullable
    Instant triagedAt() {
        return triagedAt;
    }

    @Nullable
    Instant triagedAfter() {
        return triagedAfter;
    }

    void deadlineStated(Instant deadline) {
        cycle().statedDeadline = deadline;
    }

    void triaged(Instant at) {
        if (triagedAt == null) {
            triagedAt = at;
            triagedAfter = observedAfter;
        }
    }

    void replied(Instant at) {
        boolean withSubmission = keyedByOfficer && at.equals(cycles.get(0).startedAt);
        if (firstResponseAt == null && !withSubmission) {
            firstResponseAt = at;
        }
        told(at);
    }

    void told(Instant at) {
        cycle().told.add(at);
    }

    void waitStarted(String reason, Instant at) {
        Wait open = openWait();
        if (open == null || !open.reason().equals(reason)) {
            waitEnded(at);
            waits.add(new Wait(reason, at, null));
        }
    }

    void waitEnded(Instant at) {
        Wait open = openWait();
        if (open != null) {
            waits.set(waits.size() - 1, new Wait(open.reason(), open.from(), at));
        }
    }

    /** The reporter spoke while it was said that work waits. */
    void waitAnswered(Instant at) {
        if (openWait() != null) {
            waitEnded(at);
            if (!isOverrun()) {
                overruns.add(new Span(at, null));
            }
        }
    }

    /** The reporter says how well it was done: in the cycle that was closed last, or none yet. */
    void rated(int stars) {
        int last = cycles.size() - 1;
        cycles.get(cycle().closedAt == null && last > 0 ? last - 1 : last).rating = stars;
    }

    /** Somebody of the city did something, or the case ended. */
    void acted(Instant at) {
        if (isOverrun()) {
            int last = overruns.size() - 1;
            overruns.set(last, new Span(overruns.get(last).from(), at));
        }
    }

    /** Whether the reporter has answered, and nobody of the city has done anything since. */
    private boolean isOverrun() {
        return !overruns.isEmpty() && overruns.get(overruns.size() - 1).to() == null;
    }

    private @Nullable Wait openWait() {
        Wait last = waits.isEmpty() ? null : waits.get(waits.size() - 1);
        return last == null || last.to() != null ? null : last;
    }

    /**
     * @param by who has the case
     * @param heldSince since when; null where that is not known
     */
    void claimed(Instant at, String by, @Nullable Instant heldSince, List<String> evidence, int story) {
        Turn cycle = cycle();
        cycle.claims.add(new Claimed(at, by, heldSince, evidence));
        cycle.claimedAt = at;
        stopped(story);
    }

    private void stopped(int story) {
        // What the same poll found to be open again was not done before.
        boolean begun = observedAfter == null || !observedAfter.isBefore(cycle().startedAt);
        cycle().stoppedAfter = begun ? observedAfter : cycle().startedAt;
        cycle().storyAtStop = story;
        cycle().timed = !early;
    }

    void claimRejected(Instant at, String holder) {
        Claimed claim = claim();
        claimWithdrawn();
        if (claim != null) {
            claim.judgedAt = at;
            claim.rejectedHolder = holder;
        }
    }

    void claimJudged(Instant at) {
        Claimed claim = claim();
        if (claim != null && claim.judgedAt == null) {
            claim.judgedAt = at;
        }
    }

    void claimWithdrawn() {
        Claimed claim = claim();
        if (claim != null) {
            claim.withdrawn = true;
        }
        cycle().claimedAt = null;
        cycle().stoppedAfter = null;
        cycle().storyAtStop = Integer.MAX_VALUE;
        cycle().timed = true;
    }

    /** The claim that stands. */
    private @Nullable Claimed claim() {
        List<Claimed> claims = cycle().claims;
        return cycle().claimedAt == null || claims.isEmpty() ? null : claims.get(claims.size() - 1);
    }

    /** @param heldSince see {@link #claimed} */
    void closed(Outcome outcome, Instant at, boolean stated, String holder, @Nullable Instant heldSince, int story) {
        Turn cycle = cycle();
        if (cycle.claimedAt == null) {
            stopped(story);
        }
        cycle.timed = cycle.timed && !early;
        cycle.closedAt = at;
        cycle.outcome = outcome;
        cycle.outcomeStated = stated;
        cycle.lastHolder = holder;
        cycle.heldSince = heldSince;
        acted(at);
        triaged(at);
    }

    void closeUndone() {
        Turn cycle = cycle();
        cycle.closedAt = null;
        cycle.outcome = null;
        cycle.outcomeStated = false;
        cycle.lastHolder = null;
        cycle.heldSince = null;
        if (cycle.claimedAt == null) {
            cycle.stoppedAfter = null;
            cycle.storyAtStop = Integer.MAX_VALUE;
            cycle.timed = true;
        }
    }

    /** A state says how it ended; what an event said stands. */
    void outcomeLearned(Outcome outcome) {
        if (!cycle().outcomeStated) {
            cycle().outcome = requireNonNull(outcome);
        }
    }

    /** However it had ended, it should never have been taken in. */
    void outcomeCorrected(Outcome outcome) {
        cycle().outcome = outcome;
        cycle().outcomeStated = true;
    }

    void reopened(Instant at, String holder, boolean late) {
        cycles.add(new Turn(at, holder, late));
    }
}
