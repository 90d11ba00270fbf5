package io.tanggap.release;

import java.util.Collection;
import java.util.List;

/**
 * The files of data in a release: a table is {@code <table>.<ending>} or, in parts, {@code <table>/<table>-<part>.<ending>}; logs
 * are in parts.
 *
 * @param paths in order, with slashes
 */
record Contents(List<String> paths) {
    Contents {
        paths = List.copyOf(paths);
    }

    static Contents of(Collection<String> paths) {
        return new Contents(paths.stream().sorted().toList());
    }

    /** The files of a table in one format. */
    List<String> files(Table<?> table, String ending) {
        return files(table.name(), ending);
    }

    /** The logs in one format. */
    List<String> logs(String ending) {
        return files("log", ending);
    }

    /** Whether a table is there in one format. */
    boolean has(String table, String ending) {
        return !files(table, ending).isEmpty();
    }

    private List<String> files(String name, String ending) {
        return paths.stream()
                .filter(path -> path.endsWith("." + ending))
                .filter(path -> path.equals(name + "." + ending) || path.startsWith(name + "/" + name + "-"))
                .toList();
    }

    /** Whether a table is there in any format. */
    boolean has(Table<?> table) {
        return has(table.name(), "csv") || has(table.name(), "parquet");
    }
}
