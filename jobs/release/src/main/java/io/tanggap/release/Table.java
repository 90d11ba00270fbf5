package io.tanggap.release;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table of a release: the one definition behind its files, their schema and the dictionary.
 *
 * @param name of its folder and files
 * @param description what a row is
 * @param fields in the order of the columns
 * @param key the columns that no two rows share; empty if there are none such
 * @param parent the table whose key the first column refers to; null if it refers to none
 */
public record Table<R>(
        String name,
        String description,
        List<Field<R>> fields,
        List<String> key,
        @Nullable String parent) {
    public Table {
        requireNonNull(name, "name");
        requireNonNull(description, "description");
        fields = List.copyOf(fields);
        key = List.copyOf(key);
    }
}
