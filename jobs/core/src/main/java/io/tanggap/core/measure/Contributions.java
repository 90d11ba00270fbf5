package io.tanggap.core.measure;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import io.tanggap.core.complaint.Outcome;
import io.tanggap.core.lifecycle.CaseView;
import io.tanggap.core.lifecycle.Cycle;
import io.tanggap.core.lifecycle.Handover;
import io.tanggap.core.lifecycle.Visit;
import io.tanggap.core.sla.Span;
import io.tanggap.core.sla.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a case contributes to which cells. In role territory everything goes to the place of the problem (rule CROP). In
 * role holder (rule CRM) a target is credited or charged to the party that answers for it, while stocks and flows follow
 * custody, so that for every holder entered − left = held.
 */
public final class Contributions {
    /**
     * The version of this mapping from views to cells. It is stored with what was contributed; a case whose stored version
     * differs is subtracted as stored and added anew.
     */
    public static final int VERSION = 2;

    private final CaseView view;
    private final String category;
    private final Map<Cell, Tally.Builder> cells = new HashMap<>();

    private Contributions(CaseView view) {
        this.view = view;
        this.category = requireNonNullElse(view.category(), Cell.UNCATEGORISED);
    }

    /** The contributions of a view; no cell maps to {@link Tally#ZERO}. */
    public static Map<Cell, Tally> of(CaseView view) {
        Contributions contributions = new Contributions(view);
        contributions.territory();
        contributions.holders();
        Map<Cell, Tally> tallies = new HashMap<>();
        contributions.cells.forEach((cell, builder) -> {
            Tally tally = builder.build();
            if (!tally.isZero()) {
                tallies.put(cell, tally);
            }
        });
        return tallies;
    }

    /** What to add to the cells so that they hold {@code after} where they held {@code before}. */
    public static Map<Cell, Tally> difference(Map<Cell, Tally> before, Map<Cell, Tally> after) {
        Map<Cell, Tally> difference = new HashMap<>(after);
        before.forEach((cell, tally) -> difference.merge(cell, tally.negate(), Tally::plus));
        difference.values().removeIf(Tally::isZero);
        return difference;
    }

    private void territory() {
        String place = requireNonNullElse(view.territory(), Cell.UNLOCATED);
        Party territory = new Party(Role.TERRITORY, Rule.CROP, place);
        cohort(territory);
        for (Cycle cycle : view.cycles()) {
            due(territory, cycle);
            enterAndLeave(territory, cycle.open(), Count.OPEN_ENTERED, Count.OPEN_LEFT);
            flow(territory, cycle.overdue(), Count.OVERDUE_ENTERED, Count.OVERDUE_LEFT);
            flow(territory, withoutTarget(cycle), Count.NO_TARGET_ENTERED, Count.NO_TARGET_LEFT);
            closing(territory, cycle);
        }
        for (Span silence : view.stale()) {
            flow(territory, silence, Count.STALE_ENTERED, Count.STALE_LEFT);
        }
        for (Handover handover : view.handovers()) {
            add(territory, handover.at(), Count.HANDOVERS_OUT);
        }
        for (Cycle reopened : reopenings()) {
            add(territory, reopened.startedAt(), Count.REOPENED);
        }
    }

    private void holders() {
        cohort(holder(view.firstCycle().charged()));
        for (Visit visit : view.visits()) {
            Party holder = holder(visit.holder());
            enterAndLeave(holder, visit.held(), Count.OPEN_ENTERED, Count.OPEN_LEFT);
            for (Cycle cycle : view.cycles()) {
                flow(holder, during(visit, cycle.overdue()), Count.OVERDUE_ENTERED, Count.OVERDUE_LEFT);
                flow(holder, during(visit, withoutTarget(cycle)), Count.NO_TARGET_ENTERED, Count.NO_TARGET_LEFT);
            }
            for (Span silence : view.stale()) {
                flow(holder, during(visit, silence), Count.STALE_ENTERED, Count.STALE_LEFT);
            }
        }
        for (Cycle cycle : view.cycles()) {
            due(holder(cycle.charged()), cycle);
            closing(holder(cycle.lastHolder()), cycle);
        }
        for (Handover handover : view.handovers()) {
            add(holder(handover.from()), handover.at(), Count.HANDOVERS_OUT);
            add(holder(handover.to()), handover.at(), Count.HANDOVERS_IN);
        }
        for (Cycle reopened : reopenings()) {
            add(holder(reopened.firstHolder()), reopened.startedAt(), Count.REOPENED);
        }
    }

    /** Those within the window in which that counts. */
    private List<Cycle> reopenings() {
        return view.reopenings().stream().filter(cycle -> !cycle.late()).toList();
    }

    private record Party(Role role, Rule rule, String unit) {}

    private static Party holder(String unit) {
        return new Party(Role.HOLDER, Rule.CRM, unit);
    }

    private static @Nullable Span during(Visit visit, @Nullable Span span) {
        return span == null ? null : span.intersect(visit.held());
    }

    private static @Nullable Span withoutTarget(Cycle cycle) {
        return cycle.verdict() == Verdict.NOT_APPLICABLE ? cycle.open() : null;
    }

    private Tally.Builder cell(Party party, long day) {
        return cells.computeIfAbsent(
                new Cell(party.role(), party.rule(), party.unit(), view.channel(), category, day),
                cell -> new Tally.Builder());
    }

    private void add(Party party, Instant at, Count count) {
        cell(party, view.dayOf(at)).add(count, 1);
    }

    private void cohort(Party party) {
        long day = view.dayOf(view.submittedAt());
        Tally.Builder cell = cell(party, day);
        Cycle first = view.firstCycle();
        cell.add(Count.RECEIVED, 1);
        cell.add(
                switch (first.verdict()) {
                    case MET -> Count.COHORT_MET;
                    case MISSED_LATE -> Count.COHORT_MISSED_LATE;
                    case MISSED_OPEN -> Count.COHORT_MISSED_OPEN;
                    case RUNNING -> Count.COHORT_RUNNING;
                    case PAUSED -> Count.COHORT_PAUSED;
                    case UNDECIDABLE -> Count.COHORT_UNDECIDABLE;
                    case HANDED_ON, CANCELLED -> throw impossible(first);
                    case NOT_APPLICABLE -> Count.COHORT_NOT_APPLICABLE;
                },
                1);
        Instant closedAt = first.closedAt();
        Outcome outcome = first.outcome();
        if (!first.timed()) {
            // An end that is dated before the submission has no age, and was open at none.
            return;
        }
        if (closedAt != null && outcome != null && closedAt.isBefore(view.curvesAsOf())) {
            cell.add(Count.FIRST_END, outcome.code() * AgeBins.COUNT + ageBin(closedAt), 1);
            cell.add(Count.FIRST_STOP, outcome.code() * AgeBins.COUNT + ageBin(requireNonNull(first.stoppedAt())), 1);
        } else {
            Instant dayStart =
                    LocalDate.ofEpochDay(day).atStartOfDay(view.zone()).toInstant();
            int slot = (int) Duration.between(dayStart, view.submittedAt()).toHours();
            cell.add(Count.OPEN_SLOT, slot, 1);
        }
    }

    private void due(Party party, Cycle cycle) {
        Instant deadline = cycle.deadline();
        if (deadline == null || !deadline.isBefore(view.asOf())) {
            return;
        }
        Count count =
                switch (cycle.verdict()) {
                    case MET -> Count.DUE_MET;
                    case MISSED_LATE, MISSED_OPEN -> missed(party, cycle);
                    case UNDECIDABLE -> Count.DUE_UNDECIDABLE;
                    case RUNNING, PAUSED, HANDED_ON, CANCELLED, NOT_APPLICABLE -> throw impossible(cycle);
                };
        add(party, deadline, count);
        if (view.isContested(cycle)) {
            add(party, deadline, Count.DUE_CONTESTED);
        }
        if (view.isOverturned(cycle)) {
            add(party, deadline, Count.DUE_OVERTURNED);
        }
    }

    /** Whoever was handed a case with hardly any time left has its miss booked apart; the place of the problem has not. */
    private static Count missed(Party party, Cycle cycle) {
        if (party.role() == Role.HOLDER && cycle.accountable().inherited()) {
            return Count.DUE_INHERITED;
        }
        return cycle.verdict() == Verdict.MISSED_OPEN ? Count.DUE_MISSED_OPEN : Count.DUE_MISSED_LATE;
    }

    private IllegalStateException impossible(Cycle cycle) {
        return new IllegalStateException(view.caseId() + ": a resolution past its deadline is " + cycle.verdict());
    }

    private void closing(Party party, Cycle cycle) {
        Instant closedAt = cycle.closedAt();
        Outcome outcome = cycle.outcome();
        if (closedAt == null || outcome == null) {
            return;
        }
        Tally.Builder cell = cell(party, view.dayOf(closedAt));
        cell.add(Count.CLOSED, outcome.code(), 1);
        if (cycle.timed()) {
            cell.add(Count.CLOSED_AGE, ageBin(closedAt), 1);
        }
    }

    private int ageBin(Instant at) {
        return AgeBins.ofMillis(Duration.between(view.submittedAt(), at).toMillis());
    }

    /** A part of a stock: a stretch of no length never was in it. */
    private void flow(Party party, @Nullable Span span, Count entered, Count left) {
        if (span != null && (span.to() == null || span.from().isBefore(span.to()))) {
            enterAndLeave(party, span, entered, left);
        }
    }

    private void enterAndLeave(Party party, Span span, Count entered, Count left) {
        add(party, span.from(), entered);
        if (span.to() != null) {
            add(party, span.to(), left);
        }
    }
}
