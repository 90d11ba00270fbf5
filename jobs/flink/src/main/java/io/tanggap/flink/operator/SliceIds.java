package io.tanggap.flink.operator;

import io.tanggap.core.measure.Cell;
import io.tanggap.core.measure.Slice;
import io.tanggap.core.reference.Reference;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The slices that a cell is summed in, by the hierarchy known at the start of the cell's day: a pack that becomes known
 * later never moves a day that has begun, so a cell keeps its slices. Remembers answers, since most cells repeat.
 */
final class SliceIds {
    private static final int MOST = 50_000;

    private final Map<Key, List<String>> known = new HashMap<>();

    private record Key(Cell undated, String pack) {}

    List<String> of(Cell cell, Reference reference) {
        Instant dayStart =
                LocalDate.ofEpochDay(cell.day()).atStartOfDay(reference.zone()).toInstant();
        Cell undated = new Cell(cell.role(), cell.rule(), cell.unit(), cell.channel(), cell.category(), 0);
        if (known.size() >= MOST) {
            known.clear();
        }
        return known.computeIfAbsent(
                new Key(undated, reference.knownAt(dayStart).id()), key -> Slice.of(cell, reference, dayStart).stream()
                        .map(Slice::id)
                        .toList());
    }
}
