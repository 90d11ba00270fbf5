package io.tanggap.flink.operator;

import io.tanggap.core.measure.Cell;
import io.tanggap.core.measure.Slice;
import io.tanggap.core.reference.Hierarchy;
import io.tanggap.flink.state.SlicePath;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The slices that a cell is summed in, by the hierarchy that its case chooses. Remembers answers, since most cells repeat;
 * and paths share their upper parts, so that those can be told by identity.
 */
final class SlicePaths {
    private static final int MOST = 50_000;

    private final Map<CellKey, List<SlicePath>> ofCells = new HashMap<>();
    private final Map<SliceKey, SlicePath> ofSlices = new HashMap<>();

    private record CellKey(Cell undated, String hierarchy) {}

    private record SliceKey(String slice, String hierarchy) {}

    List<SlicePath> of(Cell cell, Hierarchy hierarchy) {
        Cell undated =
                new Cell(cell.role(), cell.rule(), cell.unit(), cell.channel(), cell.category(), 0, cell.counterpart());
        if (ofCells.size() >= MOST) {
            ofCells.clear();
            ofSlices.clear();
        }
        return ofCells.computeIfAbsent(
                new CellKey(undated, hierarchy.name()), key -> Slice.paths(cell, hierarchy).stream()
                        .map(slices -> link(slices, hierarchy.name()))
                        .toList());
    }

    private SlicePath link(List<Slice> slices, String hierarchy) {
        SlicePath path = null;
        for (int i = slices.size() - 1; i >= 0; i--) {
            SlicePath above = path;
            path = ofSlices.computeIfAbsent(
                    new SliceKey(slices.get(i).id(), hierarchy), key -> new SlicePath(key.slice(), above));
        }
        if (path == null) {
            throw new IllegalStateException("a cell is part of its own unit at least");
        }
        return path;
    }
}
