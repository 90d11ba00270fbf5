package io.tanggap.flink.operator;

import io.tanggap.core.measure.Cell;
import io.tanggap.core.measure.Slice;
import io.tanggap.core.reference.Reference;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The ids of the slices that a cell is summed in, by the hierarchy known at an instant that its case chooses. Remembers answers, since
 * most cells repeat, and gives the same list for the same path.
 */
final class SliceIds {
    private static final int MOST = 50_000;

    private final Map<Key, List<List<String>>> known = new HashMap<>();

    private record Key(Cell undated, String pack) {}

    List<List<String>> of(Cell cell, Reference reference, Instant knownAt) {
        Cell undated = new Cell(cell.role(), cell.rule(), cell.unit(), cell.channel(), cell.category(), 0);
        if (known.size() >= MOST) {
            known.clear();
        }
        return known.computeIfAbsent(
                new Key(undated, reference.knownAt(knownAt).id()), key -> Slice.paths(cell, reference, knownAt).stream()
                        .map(path -> List.copyOf(path.stream().map(Slice::id).toList()))
                        .toList());
    }
}
