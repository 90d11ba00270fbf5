package io.tanggap.core.measure;

import static java.util.Objects.requireNonNull;

import io.tanggap.core.reference.Hierarchy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What rows of figures that cannot be added are kept for: a unit (and every unit above it) × all channels or one × all
 * categories or one group, never both at once, so that their number stays bounded.
 *
 * @param channel null is all channels
 * @param categoryGroup null is all categories
 */
public record Slice(
        Role role,
        Rule rule,
        String unit,
        @Nullable String channel,
        @Nullable String categoryGroup) {
    public Slice {
        requireNonNull(role, "role");
        requireNonNull(rule, "rule");
        requireNonNull(unit, "unit");
        if (channel != null && categoryGroup != null) {
            throw new IllegalArgumentException("a slice is cut by channel or by category group, not by both");
        }
    }

    /**
     * The slices that a cell belongs to under a hierarchy: for every way to cut, the slice of the cell's unit and those of all
     * units above it.
     */
    public static List<List<Slice>> paths(Cell cell, Hierarchy hierarchy) {
        String group = hierarchy.groupOf(cell.category());
        List<String> path = hierarchy.path(cell.unit());
        return List.of(
                path(cell, path, null, null), path(cell, path, cell.channel(), null), path(cell, path, null, group));
    }

    private static List<Slice> path(
            Cell cell, List<String> units, @Nullable String channel, @Nullable String categoryGroup) {
        return units.stream()
                .map(unit -> new Slice(cell.role(), cell.rule(), unit, channel, categoryGroup))
                .toList();
    }

    /** The stable text form, which document ids begin with. */
    public String id() {
        return RowId.join(role.name(), rule.name(), unit, channel, categoryGroup);
    }

    /** The slice of a text form. */
    public static Slice ofId(String id) {
        List<@Nullable String> parts = RowId.split(id, 5);
        return new Slice(
                Role.valueOf(requireNonNull(parts.get(0))),
                Rule.valueOf(requireNonNull(parts.get(1))),
                requireNonNull(parts.get(2)),
                parts.get(3),
                parts.get(4));
    }

    /** Whether this is a part of a unit: one channel, or one category group. */
    public boolean isCut() {
        return channel != null || categoryGroup != null;
    }

    /** The windows that rows of this slice are kept for: days only where nothing is cut, or most rows would hold one case. */
    public List<Window> windows() {
        return isCut() ? List.of(Window.WEEK, Window.MONTH) : List.of(Window.DAY, Window.WEEK, Window.MONTH);
    }
}
