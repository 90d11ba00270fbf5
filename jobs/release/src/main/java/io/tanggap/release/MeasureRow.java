package io.tanggap.release;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * One figure of a unit in a period.
 *
 * @param unit id of the unit
 * @param level of the unit
 * @param role in which the unit is counted
 * @param rule by which
 * @param from the first day
 * @param to the first day after
 * @param measure name of the figure
 * @param value null if there is none
 * @param state why there is none, such as {@code NOT_REACHED}; null if there is one, or it is withheld
 * @param cases how many the row rests on; null if that is withheld
 * @param withheld whether it rests on too few cases to be told
 */
public record MeasureRow(
        String unit,
        String level,
        String role,
        String rule,
        LocalDate from,
        LocalDate to,
        String measure,
        @Nullable BigDecimal value,
        @Nullable String state,
        @Nullable Long cases,
        boolean withheld) {
    public MeasureRow {
        requireNonNull(unit, "unit");
        requireNonNull(measure, "measure");
        if (withheld && (value != null || cases != null)) {
            throw new IllegalArgumentException(
                    "a figure that is withheld has no value and no number of cases: " + measure + " of " + unit);
        }
    }

    /** The same, withheld. */
    MeasureRow withholding() {
        return new MeasureRow(unit, level, role, rule, from, to, measure, null, null, null, true);
    }
}
