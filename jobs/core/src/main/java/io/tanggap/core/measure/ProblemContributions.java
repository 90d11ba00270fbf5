package io.tanggap.core.measure;

import io.tanggap.core.complaint.Outcome;
import io.tanggap.core.measure.Cells.Party;
import io.tanggap.core.measure.Count.Time;
import io.tanggap.core.problem.Problem;
import io.tanggap.core.problem.Report;
import io.tanggap.core.problem.Stop;
import io.tanggap.core.sla.Span;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a problem contributes: how long it took, from its earliest report on, and whether what was done lasted. */
final class ProblemContributions {
    private static final int FROM_THE_START = -1;

    private final Problem problem;
    private final ZoneId zone;
    private final Instant midnight;
    private final Instant submittedAt;
    private final int entryBin;
    private final Cells cells;

    private ProblemContributions(Problem problem, ZoneId zone, Instant midnight) {
        this.problem = problem;
        this.zone = zone;
        this.midnight = midnight;
        submittedAt = problem.citizen().from();
        entryBin = problem.observedFrom() == null ? FROM_THE_START : bin(submittedAt, problem.observedFrom());
        cells = new Cells(problem.channel(), problem.category(), zone);
    }

    static Map<Cell, Tally> of(Problem problem, ZoneId zone, Instant midnight) {
        ProblemContributions contributions = new ProblemContributions(problem, zone, midnight);
        Party place = Party.place(problem.territory());
        contributions.cohort(place);
        contributions.cohort(Party.holder(problem.charged()));
        contributions.repeats(place);
        contributions.stops(contributions.cells, place, problem.stops());
        Map<Cell, Tally> tallies = new HashMap<>(contributions.cells.tallies());
        for (Report other : problem.others()) {
            Cells own = new Cells(other.channel(), other.category(), zone);
            contributions.stops(own, Party.place(other.territory()), other.stops());
            own.tallies().forEach((cell, tally) -> tallies.merge(cell, tally, Tally::plus));
        }
        return tallies;
    }

    private void cohort(Party party) {
        Tally.Builder cell = cells.on(party, submittedAt);
        if (problem.outcome() != Outcome.DUPLICATE) {
            cell.add(Count.PROBLEMS, 1);
        }
        cell.add(Count.PROBLEM_REPORTS, problem.reports());
        Stop first = problem.firstStop();
        if (first != null && !first.timed()) {
            // An end that is dated before the submission has no age, and was open at none.
            return;
        }
        Stop ended = first != null && first.closedAt().isBefore(midnight) ? first : null;
        if (isObservedAt(ended == null ? midnight : ended.stoppedAt())) {
            if (ended == null) {
                cell.add(Count.OPEN_SLOT, slot(), 1);
            } else {
                cell.add(Count.FIRST_END, place(ended.outcome(), ended.closedAt()), 1);
                cell.add(Count.FIRST_STOP, place(ended.outcome(), ended.stoppedAt()), 1);
            }
            if (entryBin != FROM_THE_START) {
                cell.add(Count.LATE_ENTRY, entryBin, 1);
                if (ended != null && ended.outcome().isResolved()) {
                    cell.add(Count.LATE_ENTRY_RESOLVED, bin(ended.stoppedAt()), 1);
                }
            }
        }
        Stop durable = durable();
        if (isObservedAt(durable == null ? midnight.minus(Stops.DURABLE) : durable.closedAt())) {
            if (durable == null) {
                cell.add(Count.DURABLE_OPEN_SLOT, slot(), 1);
            } else {
                cell.add(Count.DURABLE_END, place(durable.outcome(), durable.closedAt()), 1);
            }
            if (entryBin != FROM_THE_START) {
                cell.add(Count.DURABLE_LATE_ENTRY, entryBin, 1);
            }
        }
    }

    /** Who enters late is at risk in the bins after that of the entry: nobody knows who else ended in that one. */
    private boolean isObservedAt(Instant at) {
        return entryBin == FROM_THE_START || bin(at) > entryBin;
    }

    /** The first closing that lasted, of those of which that can be known by now. */
    private @Nullable Stop durable() {
        for (Stop stop : problem.stops()) {
            if (stop.closedAt().plus(Stops.DURABLE).isAfter(midnight)) {
                return null;
            }
            if (!Stops.returned(problem, stop, stop.closedAt())) {
                return stop;
            }
        }
        return null;
    }

    private int slot() {
        Instant dayStart =
                LocalDate.ofInstant(submittedAt, zone).atStartOfDay(zone).toInstant();
        return (int) Duration.between(dayStart, submittedAt).toHours();
    }

    private int place(Outcome outcome, Instant at) {
        return outcome.code() * AgeBins.COUNT + bin(at);
    }

    private int bin(Instant at) {
        return bin(submittedAt, at);
    }

    private static int bin(Instant submittedAt, Instant at) {
        return AgeBins.ofMillis(Duration.between(submittedAt, at).toMillis());
    }

    private void stops(Cells own, Party place, List<Stop> stops) {
        for (Stop stop : stops) {
            if (stop.outcome() == Outcome.DUPLICATE) {
                continue;
            }
            boolean returned = Stops.returned(problem, stop, stop.stoppedAt());
            for (Party party : List.of(place, Party.holder(stop.by()))) {
                Tally.Builder cell = own.on(party, stop.stoppedAt());
                cell.add(Count.FINAL_STOP, stop.outcome().code(), 1);
                if (returned) {
                    cell.add(Count.RETURNED, stop.outcome().code(), 1);
                }
            }
        }
    }

    private void repeats(Party place) {
        List<Span> open = problem.open();
        open.forEach(span -> cells.time(place, Time.PROBLEM, span));
        for (Problem.Wait wait : problem.waits().subList(1, problem.waits().size())) {
            Instant reportedAt = wait.span().from();
            if (open.stream().anyMatch(span -> span.contains(reportedAt))) {
                cells.add(place, reportedAt, Count.REPEATED);
            }
        }
    }

    static @Nullable Instant changesAt(Problem problem, ZoneId zone, Instant midnight) {
        Instant next = null;
        Instant observedFrom = problem.observedFrom();
        if (observedFrom != null) {
            Instant submittedAt = problem.citizen().from();
            int entryBin = bin(submittedAt, observedFrom);
            if (entryBin < AgeBins.OVERFLOW) {
                Instant atRiskFrom = submittedAt
                        .plus(Duration.ofHours(AgeBins.upperHours(entryBin)))
                        .plusMillis(1);
                next = earliest(next, midnightFrom(atRiskFrom, zone), midnight);
                next = earliest(next, midnightFrom(atRiskFrom.plus(Stops.DURABLE), zone), midnight);
            }
        }
        for (Stop stop : problem.stops()) {
            Instant closedAt = stop.closedAt();
            next = earliest(next, midnightFrom(closedAt.plusMillis(1), zone), midnight);
            next = earliest(next, midnightFrom(closedAt.plus(Stops.DURABLE), zone), midnight);
        }
        return next;
    }

    private static @Nullable Instant earliest(@Nullable Instant next, Instant at, Instant after) {
        return at.isAfter(after) && (next == null || at.isBefore(next)) ? at : next;
    }

    private static Instant midnightFrom(Instant at, ZoneId zone) {
        Instant start = LocalDate.ofInstant(at, zone).atStartOfDay(zone).toInstant();
        return start.equals(at)
                ? start
                : LocalDate.ofInstant(at, zone).plusDays(1).atStartOfDay(zone).toInstant();
    }
}
