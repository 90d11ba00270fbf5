package io.tanggap.intake;

import org.jspecify.annotations.Nullable;

/** The cells of one record, by the number of the column in the mapping's list of columns. */
interface Row {
    /** The cell's text as it stands in the file; null if the record has no such cell. */
    @Nullable
    String cell(int column);

    /** Whether the cell is one value; false for a nested object or list. */
    default boolean isValue(int column) {
        return true;
    }
}
