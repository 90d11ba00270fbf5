package io.tanggap.release;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Reads files back by an engine that shares no line with what wrote them, in a zone that is not UTC. */
final class DuckDb implements AutoCloseable {
    private final Connection connection;

    DuckDb() throws SQLException {
        connection = DriverManager.getConnection("jdbc:duckdb:");
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET TimeZone = 'Asia/Jakarta'");
        }
    }

    /** Takes relative paths from a directory. */
    DuckDb in(Path directory) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET file_search_path = '" + directory + "'");
        }
        return this;
    }

    static String parquet(Path file) {
        return "read_parquet('" + file + "')";
    }

    /** With the types that the table promises. */
    static String csv(Table<?> table, Path file) {
        return table.fields().stream()
                .map(field -> "'" + field.name() + "': '" + type(field) + "'")
                .collect(Collectors.joining(
                        ", ", "read_csv('" + file + "', header = true, strict_mode = true, columns = {", "})"));
    }

    static String type(Field<?> field) {
        return switch (field.type()) {
            case STRING -> "VARCHAR";
            case INTEGER -> "BIGINT";
            case NUMBER -> "DOUBLE";
            case BOOLEAN -> "BOOLEAN";
            case DATE -> "DATE";
            case INSTANT -> "TIMESTAMP WITH TIME ZONE";
        };
    }

    /** Names and types of the columns of a file. */
    List<String> columns(String source) throws SQLException {
        return strings("SELECT column_name || ' ' || column_type FROM (DESCRIBE SELECT * FROM " + source + ")");
    }

    List<String> strings(String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            List<String> strings = new ArrayList<>();
            while (rows.next()) {
                strings.add(rows.getString(1));
            }
            return strings;
        }
    }

    /** All rows in the order of the file. */
    List<List<Object>> rows(Table<?> table, String source) throws SQLException {
        String columns = table.fields().stream().map(DuckDb::column).collect(Collectors.joining(", "));
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT " + columns + " FROM " + source)) {
            List<List<Object>> found = new ArrayList<>();
            while (rows.next()) {
                List<Object> row = new ArrayList<>();
                for (int at = 1; at <= table.fields().size(); at++) {
                    row.add(rows.getObject(at));
                }
                found.add(row);
            }
            return found;
        }
    }

    private static String column(Field<?> field) {
        String name = '"' + field.name() + '"';
        return switch (field.type()) {
            case INSTANT -> "epoch_us(" + name + ")";
            case DATE -> name + "::VARCHAR";
            default -> name;
        };
    }

    /** A row as {@link #rows} has it. */
    static <R> List<Object> expected(Table<R> table, R row) {
        List<Object> expected = new ArrayList<>();
        for (Field<R> field : table.fields()) {
            Object value = field.of(row);
            if (value instanceof Instant instant) {
                expected.add(instant.toEpochMilli() * 1000);
            } else if (value instanceof LocalDate day) {
                expected.add(day.toString());
            } else if (value instanceof BigDecimal number) {
                expected.add(number.doubleValue());
            } else {
                expected.add(value);
            }
        }
        return expected;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
