package io.tanggap.core.measure;

import static java.util.Objects.requireNonNull;

import io.tanggap.core.sla.Accountability;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The leaf that contributions are summed in: one unit in one role under one rule, one channel, one category, one local
 * day. What a figure's day is (submission, deadline, closing, event) is fixed by the {@link Count}.
 *
 * @param unit {@link #UNLOCATED} for a case without a place
 * @param category {@link #UNCATEGORISED} for a case without one
 * @param day the city's local day, as an epoch day
 * @param counterpart to whom, where pairs are counted; null elsewhere
 */
public record Cell(
        Role role,
        Rule rule,
        String unit,
        String channel,
        String category,
        long day,
        @Nullable String counterpart) {
    /** The territory of a case without a place: counted in a row of its own, never lost. */
    public static final String UNLOCATED = Accountability.UNLOCATED;

    /** The category of a case that no event categorised. */
    public static final String UNCATEGORISED = "UNCATEGORISED";

    /** The unit of role channel that stands for all channels; ids of channels are in lower case. */
    public static final String ALL_CHANNELS = "ALL_CHANNELS";

    /** A cell of one unit. */
    public Cell(Role role, Rule rule, String unit, String channel, String category, long day) {
        this(role, rule, unit, channel, category, day, null);
    }

    public Cell {
        requireNonNull(role, "role");
        requireNonNull(rule, "rule");
        requireNonNull(unit, "unit");
        requireNonNull(channel, "channel");
        requireNonNull(category, "category");
    }

    /** The cell of a channel's own day, whatever its cases are about. */
    public static Cell ofChannel(String channel, long day) {
        return new Cell(Role.CHANNEL, Rule.ORIGIN, channel, channel, UNCATEGORISED, day);
    }

    /** The stable text form, which is also the id of the cell's document. */
    public String id() {
        String today = Long.toString(day);
        return counterpart == null
                ? RowId.join(role.name(), rule.name(), unit, channel, category, today)
                : RowId.join(role.name(), rule.name(), unit, channel, category, today, counterpart);
    }

    /** The cell of a text form. */
    public static Cell ofId(String id) {
        List<@Nullable String> parts = RowId.split(id);
        if (parts.size() < 6 || parts.size() > 7) {
            throw new IllegalArgumentException("not the id of a cell: " + id);
        }
        return new Cell(
                Role.valueOf(requireNonNull(parts.get(0))),
                Rule.valueOf(requireNonNull(parts.get(1))),
                requireNonNull(parts.get(2)),
                requireNonNull(parts.get(3)),
                requireNonNull(parts.get(4)),
                Long.parseLong(requireNonNull(parts.get(5))),
                parts.size() == 7 ? parts.get(6) : null);
    }
}
