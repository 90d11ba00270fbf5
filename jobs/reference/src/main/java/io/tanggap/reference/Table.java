package io.tanggap.reference;

import static java.util.Objects.requireNonNull;

import io.tanggap.core.reference.Validity;
import io.tanggap.core.wording.Nearest;
import io.tanggap.reference.Csv.Field;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A CSV file of a pack, its columns by name. What a field cannot mean is told, and read as something harmless. */
final class Table {
    /** A column of the format. */
    record Column(String name, boolean required) {}

    private static final Pattern DAY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
    /** Chosen: nothing that a city decrees lasts longer, and no sum of it overflows. */
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private final String file;
    private final Problems problems;
    private final List<Row> rows = new ArrayList<>();
    private int headerLine;

    private Table(String file, Problems problems) {
        this.file = file;
        this.problems = problems;
    }

    /**
     * The rows of a file; none if there is no such file.
     *
     * @param columns of the format, {@code *} behind the name of those that must be there
     */
    static List<Row> read(String file, @Nullable String text, Problems problems, String... columns) {
        if (text == null) {
            return List.of();
        }
        Map<String, Column> known = new LinkedHashMap<>();
        for (String column : columns) {
            String name = column.replace("*", "");
            known.put(name, new Column(name, column.endsWith("*")));
        }
        Table table = new Table(file, problems);
        List<List<Field>> records = Csv.read(file, text, problems);
        if (records.isEmpty()) {
            problems.error(
                    new Place(file, 1, 0),
                    "the file has no header line; write one: " + String.join(",", known.keySet()));
            return List.of();
        }
        List<@Nullable String> header = table.header(records.get(0), known);
        for (List<Field> record : records.subList(1, records.size())) {
            table.add(record, header);
        }
        return table.rows;
    }

    private List<@Nullable String> header(List<Field> fields, Map<String, Column> known) {
        headerLine = fields.get(0).line();
        List<@Nullable String> header = new ArrayList<>();
        for (Field field : fields) {
            String name = field.text().strip().toLowerCase(Locale.ROOT);
            boolean unknown = !known.containsKey(name);
            if (unknown || header.contains(name)) {
                String wrong = fields.size() == 1 && name.matches(".*[;\t].*")
                        ? "the columns of the header are not separated by commas; save the file with commas"
                        : unknown
                                ? "unknown column " + Problems.quoted(field.text()) + "; "
                                        + Nearest.hint(name, known.keySet())
                                : "column '" + name + "' is there twice; remove one";
                problems.error(place(field), wrong);
                header.add(null);
            } else {
                header.add(name);
            }
        }
        for (Column column : known.values()) {
            if (column.required() && !header.contains(column.name())) {
                missing(column.name());
            }
        }
        return header;
    }

    private void missing(String column) {
        problems.error(new Place(file, headerLine, 0), "the column '" + column + "' is missing; add it");
    }

    private void add(List<Field> record, List<@Nullable String> header) {
        if (record.size() != header.size()) {
            problems.error(
                    new Place(file, record.get(0).line(), 0),
                    "the line has " + record.size() + " fields, but the header has " + header.size()
                            + "; add or remove commas, and put a field that has a comma into quotes");
            return;
        }
        Map<String, Field> fields = new HashMap<>();
        for (int i = 0; i < header.size(); i++) {
            String name = header.get(i);
            if (name != null) {
                fields.put(name, record.get(i));
            }
        }
        rows.add(new Row(record.get(0).line(), fields));
    }

    private Place place(Field field) {
        return new Place(file, field.line(), field.column());
    }

    /** A line of the file. */
    final class Row {
        private final int line;
        private final Map<String, Field> fields;
        private boolean broken;

        Row(int line, Map<String, Field> fields) {
            this.line = line;
            this.fields = fields;
        }

        /** Whether a field could not be read, so that what the line seems to say is not to be compared with others. */
        boolean isBroken() {
            return broken;
        }

        /** Where a field stands; the line where the file has no such column. */
        Place place(String column) {
            Field field = fields.get(column);
            return field == null ? new Place(file, line, 0) : Table.this.place(field);
        }

        /** How another line of the file is named in a sentence about this one. */
        int line() {
            return line;
        }

        /** Tells that the line does not agree with others. */
        void error(String column, String sentence) {
            problems.error(place(column), sentence);
        }

        /** Tells that a field cannot be read. */
        void unreadable(String column, String sentence) {
            broken = true;
            error(column, sentence);
        }

        /** Whether the file has a column. */
        boolean has(String column) {
            return fields.containsKey(column);
        }

        /** Tells, once for all lines, that of two columns that need each other the file has one. */
        void both(String column, String other) {
            if (has(column) != has(other)) {
                missing(has(column) ? other : column);
            }
        }

        /** The text of a field; null if it is empty. */
        @Nullable
        String get(String column) {
            Field field = fields.get(column);
            String text = field == null ? "" : field.text().strip();
            return text.isEmpty() ? null : text;
        }

        /** The text of a field that must have some; if it has none, empty. */
        String needed(String column) {
            String text = get(column);
            if (text == null) {
                // A missing column is told once, at the header.
                if (has(column)) {
                    unreadable(column, "the field '" + column + "' is empty; every line needs it");
                }
                broken = true;
                return "";
            }
            return text;
        }

        /** One of the constants of an enum in lower case; the first if there is another text or none. */
        <E extends Enum<E>> E choice(String column, Class<E> type) {
            List<E> constants = List.of(requireNonNull(type.getEnumConstants()));
            String text = needed(column);
            List<String> names = constants.stream()
                    .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                    .toList();
            int found = names.indexOf(text.toLowerCase(Locale.ROOT));
            if (found < 0 && !text.isEmpty()) {
                unreadable(column, Problems.quoted(text) + " is no " + column + "; " + Nearest.hint(text, names));
            }
            return constants.get(Math.max(0, found));
        }

        @Nullable
        LocalDate day(String column) {
            String text = get(column);
            if (text == null) {
                return null;
            }
            try {
                if (DAY.matcher(text).matches()) {
                    return LocalDate.parse(text);
                }
            } catch (DateTimeException e) {
                // Told below, as every other text that is no day.
            }
            unreadable(column, Problems.quoted(text) + " is no day; write it as 2017-11-05");
            return null;
        }

        Validity validity() {
            LocalDate from = day("valid_from");
            LocalDate to = day("valid_to");
            if (from != null && to != null && !from.isBefore(to)) {
                unreadable(
                        "valid_to",
                        "valid_to " + to + " is not after valid_from " + from
                                + "; it is the first day on which the line no longer holds: correct one of them");
                return Validity.ALWAYS;
            }
            return from == null && to == null ? Validity.ALWAYS : new Validity(from, to);
        }

        boolean flag(String column) {
            String text = get(column);
            if (text != null && !text.equalsIgnoreCase("true") && !text.equalsIgnoreCase("false")) {
                unreadable(column, Problems.quoted(text) + " is neither true nor false; write one of them");
            }
            return "true".equalsIgnoreCase(text);
        }

        @Nullable
        Long count(String column) {
            String text = get(column);
            if (text == null) {
                return null;
            }
            if (!text.matches("[1-9]\\d{0,14}")) {
                unreadable(
                        column,
                        Problems.quoted(text)
                                + " is no number of people; write a whole number from 1 on, in digits alone, as 914000");
                return null;
            }
            return Long.valueOf(text);
        }

        /** A whole number that people count in their heads, from a least one on. */
        @Nullable
        Integer whole(String column, int least) {
            String text = get(column);
            if (text == null) {
                return null;
            }
            if (!text.matches("\\d{1,4}") || Integer.parseInt(text) < least) {
                unreadable(
                        column,
                        Problems.quoted(text) + " is no whole number from " + least
                                + " to 9999; write one in digits alone, or empty the field");
                return null;
            }
            return Integer.valueOf(text);
        }

        /** A rating from 1 to 5. */
        @Nullable
        Integer stars(String column) {
            String text = get(column);
            if (text == null) {
                return null;
            }
            if (!text.matches("[1-5]")) {
                unreadable(column, Problems.quoted(text) + " is no rating; write a number of stars from 1 to 5");
                return null;
            }
            return Integer.valueOf(text);
        }

        /** Decimal degrees within a limit on both sides of zero. */
        @Nullable
        Double degrees(String column, int limit) {
            String text = get(column);
            if (text == null) {
                return null;
            }
            double degrees = text.matches("[+-]?\\d{1,4}(\\.\\d{1,20})?") ? Double.parseDouble(text) : Double.NaN;
            if (!(Math.abs(degrees) <= limit)) {
                unreadable(
                        column,
                        Problems.quoted(text) + " is no " + column + "; write decimal degrees from -" + limit + " to "
                                + limit + ", and check that latitude and longitude are not swapped");
                return null;
            }
            return degrees;
        }

        Duration duration(String column) {
            String text = needed(column);
            Duration duration = text.isEmpty() ? null : durationOf(text);
            if (duration == null) {
                if (!text.isEmpty()) {
                    unreadable(column, Problems.quoted(text) + NO_DURATION);
                }
                return Duration.ofDays(1);
            }
            return duration;
        }
    }

    static final String NO_DURATION =
            " is no duration longer than zero and up to 100 years; write P7D for days, PT6H for hours, P1DT12H for both";

    /** An ISO 8601 duration of milliseconds and more; null if the text is none, or none that can be meant. */
    static @Nullable Duration durationOf(String text) {
        try {
            Duration duration = Duration.parse(text);
            return duration.compareTo(LONGEST) > 0 || duration.compareTo(Duration.ofMillis(1)) < 0
                    ? null
                    : Duration.ofMillis(duration.toMillis());
        } catch (DateTimeException e) {
            return null;
        }
    }
}
