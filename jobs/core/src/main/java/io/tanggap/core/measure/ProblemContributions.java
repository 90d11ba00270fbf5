package io.tanggap.core.measure;

import io.tanggap.core.complaint.Outcome;
import io.tanggap.core.measure.Cells.Party;
import io.tanggap.core.measure.Count.Time;
import io.tanggap.core.problem.Problem;
import io.tanggap.core.problem.Stop;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a problem contributes: how long it took, from its earliest report on, and whether what was done lasted. */
final class ProblemContributions {
    private final Problem problem;
    private final ZoneId zone;
    private final Instant midnight;
    private final Instant submittedAt;
    private final Cells cells;

    private ProblemContributions(Problem problem, ZoneId zone, Instant midnight) {
        this.problem = problem;
        this.zone = zone;
        this.midnight = midnight;
        submittedAt = problem.citizen().from();
        cells = new Cells(problem.channel(), problem.category(), zone);
    }

    static Map<Cell, Tally> of(Problem problem, ZoneId zone, Instant midnight) {
        if (problem.outcome() == Outcome.DUPLICATE) {
            return Map.of();
        }
        ProblemContributions contributions = new ProblemContributions(problem, zone, midnight);
        Party place = Party.place(problem.territory());
        contributions.cohort(place);
        contributions.cohort(Party.holder(problem.charged()));
        contributions.stops(place);
        contributions.repeats(place);
        return contributions.cells.tallies();
    }

    private void cohort(Party party) {
        Tally.Builder cell = cells.on(party, submittedAt);
        cell.add(Count.PROBLEMS, 1).add(Count.PROBLEM_REPORTS, problem.reports());
        Stop first = problem.firstStop();
        if (first != null && !first.timed()) {
            // An end that is dated before the submission has no age, and was open at none.
            return;
        }
        if (first != null && first.closedAt().isBefore(midnight)) {
            cell.add(Count.FIRST_END, place(first.outcome(), first.closedAt()), 1);
            cell.add(Count.FIRST_STOP, place(first.outcome(), first.stoppedAt()), 1);
        } else {
            cell.add(Count.OPEN_SLOT, slot(), 1);
        }
        Stop durable = durable();
        if (durable == null) {
            cell.add(Count.DURABLE_OPEN_SLOT, slot(), 1);
        } else {
            cell.add(Count.DURABLE_END, place(durable.outcome(), durable.closedAt()), 1);
        }
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
        long age = Duration.between(submittedAt, at).toMillis();
        return outcome.code() * AgeBins.COUNT + AgeBins.ofMillis(age);
    }

    private void stops(Party place) {
        for (Stop stop : problem.stops()) {
            for (Party party : List.of(place, Party.holder(stop.by()))) {
                Tally.Builder cell = cells.on(party, stop.stoppedAt());
                cell.add(Count.FINAL_STOP, stop.outcome().code(), 1);
                if (Stops.returned(problem, stop, stop.stoppedAt())) {
                    cell.add(Count.RETURNED, stop.outcome().code(), 1);
                }
            }
        }
    }

    private void repeats(Party place) {
        problem.open().forEach(open -> cells.time(place, Time.PROBLEM, open));
        for (Problem.Wait wait : problem.waits().subList(1, problem.waits().size())) {
            Instant reportedAt = wait.span().from();
            if (problem.endedAt() == null || reportedAt.isBefore(problem.endedAt())) {
                cells.add(place, reportedAt, Count.REPEATED);
            }
        }
    }

    static @Nullable Instant changesAt(Problem problem, ZoneId zone, Instant midnight) {
        Instant next = null;
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
