package io.tanggap.flink.operator;

import io.tanggap.core.measure.Cell;
import io.tanggap.core.measure.Count;
import io.tanggap.core.measure.Tally;
import io.tanggap.core.reference.Hierarchy;
import io.tanggap.core.reference.Reference;
import io.tanggap.flink.state.Cause;
import io.tanggap.flink.state.CellChange;
import io.tanggap.flink.state.PathChange;
import io.tanggap.flink.state.SlicePath;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Tells leaf cells and slices how what a case, or a problem, contributes has changed. */
final class Spread {
    private final Timing timing;
    private final SlicePaths slicePaths = new SlicePaths();

    Spread(Timing timing) {
        this.timing = timing;
    }

    /**
     * What is added to leaf cells.
     *
     * @param tallies by cell id
     * @param cells those of the ids, as far as they need not be read from them
     * @param hierarchy under which the cells are summed in slices; null while there are none
     */
    record Contributed(
            Map<String, Tally> tallies,
            Map<String, Cell> cells,
            @Nullable Hierarchy hierarchy) {
        static final Contributed NOTHING = new Contributed(Map.of(), Map.of(), null);

        Cell cell(String id) {
            Cell cell = cells.get(id);
            return cell == null ? Cell.ofId(id) : cell;
        }

        Tally tally(String id) {
            return tallies.getOrDefault(id, Tally.ZERO);
        }
    }

    /** @param submissionDay of the case, or of the earliest report of the problem */
    Contributed of(Map<Cell, Tally> contributions, Reference reference, long submissionDay, Instant asOf) {
        Map<String, Tally> tallies = new HashMap<>();
        Map<String, Cell> cells = new HashMap<>();
        contributions.forEach((cell, tally) -> {
            String id = cell.id();
            tallies.put(id, tally);
            cells.put(id, cell);
        });
        return new Contributed(tallies, cells, hierarchy(reference, submissionDay, asOf));
    }

    /** What a case or a problem contributed under a reference. */
    Contributed stored(Map<String, Tally> tallies, Reference reference, Instant asOf) {
        return tallies.isEmpty() ? Contributed.NOTHING : stored(tallies, reference, submissionDay(tallies), asOf);
    }

    /** What was contributed under a reference by what does not count its submission itself. */
    Contributed stored(Map<String, Tally> tallies, Reference reference, long submissionDay, Instant asOf) {
        return new Contributed(tallies, Map.of(), hierarchy(reference, submissionDay, asOf));
    }

    /** The day of a submission is that of the cell in which it is counted. */
    private static long submissionDay(Map<String, Tally> contributed) {
        return contributed.entrySet().stream()
                .filter(cell -> cell.getValue().get(Count.RECEIVED) != 0
                        || cell.getValue().get(Count.PROBLEM_REPORTS) != 0)
                .mapToLong(cell -> Cell.ofId(cell.getKey()).day())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("what contributes was submitted on some day"));
    }

    /**
     * Under which hierarchy a case is summed in slices: on the structure of the run, else by the one known when the day of its
     * submission began, valid on that day. It is one for all of its days, or a case would enter the stocks of one parent unit
     * and leave those of another.
     */
    private Hierarchy hierarchy(Reference reference, long submissionDay, Instant asOf) {
        return timing.structure() == null
                ? reference.hierarchy(LocalDate.ofEpochDay(submissionDay)
                        .atStartOfDay(reference.zone())
                        .toInstant())
                : reference.structure(timing.structure(), asOf);
    }

    /**
     * Adds what differs.
     *
     * @param cause why it is known better; null for what has happened since
     */
    void change(
            Contributed before,
            Contributed after,
            @Nullable Cause cause,
            Consumer<CellChange> cells,
            Consumer<PathChange> slices) {
        Hierarchy now = after.hierarchy();
        Hierarchy stored = before.hierarchy();
        boolean sameSlices = now == null || stored == null || stored.name().equals(now.name());
        Hierarchy then = sameSlices ? null : stored;
        Hierarchy under = now == null ? stored : now;
        if (under == null) {
            return; // Nothing before and nothing after.
        }
        after.tallies()
                .forEach((id, tally) ->
                        change(after.cell(id), id, before.tally(id), tally, then, under, cause, cells, slices));
        before.tallies().forEach((id, tally) -> {
            if (!after.tallies().containsKey(id)) {
                change(before.cell(id), id, tally, Tally.ZERO, then, under, cause, cells, slices);
            }
        });
    }

    private void change(
            Cell cell,
            String id,
            Tally old,
            Tally tally,
            @Nullable Hierarchy then,
            Hierarchy now,
            @Nullable Cause cause,
            Consumer<CellChange> cells,
            Consumer<PathChange> slices) {
        Tally difference = tally.plus(old.negate());
        if (!difference.isZero()) {
            cells.accept(new CellChange(id, difference));
        }
        if (then == null) {
            spread(cell, difference, now, cause, slices);
        } else {
            // Under another hierarchy the cell may have been part of other slices: taken out there, put in here.
            spread(cell, old.negate(), then, cause, slices);
            spread(cell, tally, now, cause, slices);
        }
    }

    private void spread(Cell cell, Tally change, Hierarchy under, @Nullable Cause cause, Consumer<PathChange> slices) {
        if (change.isZero()) {
            return;
        }
        for (SlicePath path : slicePaths.of(cell, under)) {
            slices.accept(new PathChange(path, cell.day(), change, cause));
        }
    }
}
