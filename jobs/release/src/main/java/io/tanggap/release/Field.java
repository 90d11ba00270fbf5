package io.tanggap.release;

import static java.util.Objects.requireNonNull;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A column of a table.
 *
 * @param name as in the header of a file
 * @param description what it means, one sentence or more
 * @param unit of a number, such as {@code s}; null if it has none
 * @param nullable whether it may be empty
 * @param value of a row, of the class that the type says
 */
public record Field<R>(
        String name,
        ColumnType type,
        String description,
        @Nullable String unit,
        boolean nullable,
        Function<R, @Nullable Object> value) {

    public Field {
        requireNonNull(name, "name");
        requireNonNull(type, "type");
        requireNonNull(description, "description");
        requireNonNull(value, "value");
    }

    /** The value of a row. A value that the column promises not to have is a bug, and told before it is in any file. */
    @Nullable
    Object of(R row) {
        Object found = value.apply(row);
        if (found == null ? !nullable : !type.holds(found) || found.equals("")) {
            throw new IllegalArgumentException("column " + name + " is " + (nullable ? "" : "a required ") + type
                    + ", and cannot be '" + found + "'");
        }
        return found;
    }
}
