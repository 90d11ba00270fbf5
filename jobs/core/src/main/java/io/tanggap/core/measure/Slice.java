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
 * @param counterpart to whom the unit hands on; null for everything but pairs
 */
public record Slice(
        Role role,
        Rule rule,
        String unit,
        @Nullable String channel,
        @Nullable String categoryGroup,
        @Nullable String counterpart) {
    private static final List<Window> OF_UNITS = List.of(Window.values());
    private static final List<Window> OF_PARTS =
            List.of(Window.MONTH, Window.QUARTER, Window.ROLLING_30, Window.ROLLING_90);

    public Slice {
        requireNonNull(role, "role");
        requireNonNull(rule, "rule");
        requireNonNull(unit, "unit");
        if (channel != null && categoryGroup != null) {
            throw new IllegalArgumentException("a slice is cut by channel or by category group, not by both");
        }
    }

    /** A slice of one unit. */
    public Slice(Role role, Rule rule, String unit, @Nullable String channel, @Nullable String categoryGroup) {
        this(role, rule, unit, channel, categoryGroup, null);
    }

    /** The slice of a channel, or of {@link Cell#ALL_CHANNELS}. */
    public static Slice ofChannel(String channel) {
        return new Slice(Role.CHANNEL, Rule.ORIGIN, channel, null, null);
    }

    /**
     * The slices that a cell belongs to under a hierarchy: for every way to cut, the slice of the cell's unit and those of all
     * units above it. A pair is by itself: what goes from a unit to another does not go from one above to it. What is counted under
     * rules SHARE and ORIGIN is not cut. A channel has no units above it, but all channels together.
     */
    public static List<List<Slice>> paths(Cell cell, Hierarchy hierarchy) {
        if (cell.counterpart() != null) {
            return List.of(List.of(new Slice(cell.role(), cell.rule(), cell.unit(), null, null, cell.counterpart())));
        }
        if (cell.role() == Role.CHANNEL) {
            return List.of(List.of(ofChannel(cell.unit()), ofChannel(Cell.ALL_CHANNELS)));
        }
        String group = hierarchy.groupOf(cell.category());
        List<String> path = hierarchy.path(cell.unit());
        if (isBeside(cell.rule())) {
            return List.of(path(cell, path, null, null));
        }
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
        return counterpart == null
                ? RowId.join(role.name(), rule.name(), unit, channel, categoryGroup)
                : RowId.join(role.name(), rule.name(), unit, channel, categoryGroup, counterpart);
    }

    /** The slice of a text form. */
    public static Slice ofId(String id) {
        List<@Nullable String> parts = RowId.split(id);
        if (parts.size() < 5 || parts.size() > 6) {
            throw new IllegalArgumentException("not the id of a slice: " + id);
        }
        return new Slice(
                Role.valueOf(requireNonNull(parts.get(0))),
                Rule.valueOf(requireNonNull(parts.get(1))),
                requireNonNull(parts.get(2)),
                parts.get(3),
                parts.get(4),
                parts.size() == 6 ? parts.get(5) : null);
    }

    /** Whether this is a part of a unit: one channel, one category group, or what it hands on to one other. */
    public boolean isCut() {
        return channel != null || categoryGroup != null || counterpart != null;
    }

    /**
     * The windows that rows of this slice are kept for. Where something is cut, and for units under rules SHARE and ORIGIN, months and
     * longer ones alone: in shorter ones most rows would hold a case or two, and be most of all rows.
     */
    public List<Window> windows() {
        return isCut() || (role != Role.CHANNEL && isBeside(rule)) ? OF_PARTS : OF_UNITS;
    }

    /**
     * Whether its row of a window holds the whole curve of times to close. Of parts and of shorter windows it would be a step or two,
     * which quantiles say in less space.
     */
    public boolean hasCurve(Window window) {
        return !isCut() && OF_PARTS.contains(window);
    }

    /** Rules by which nobody is charged unless the city says so: their rows show what difference the rule makes. */
    private static boolean isBeside(Rule rule) {
        return rule == Rule.SHARE || rule == Rule.ORIGIN;
    }
}
