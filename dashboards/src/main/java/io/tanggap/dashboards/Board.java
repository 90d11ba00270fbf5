package io.tanggap.dashboards;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A dashboard as its source says it, in English.
 *
 * @param id of the saved object
 * @param unit whose cases alone it shows; null shows those of all
 * @param days how far back it looks from its as-of when it is opened
 * @param controls the filters above the panels
 */
record Board(
        String id,
        String title,
        @Nullable String unit,
        String about,
        int days,
        List<Control> controls,
        List<Panel> panels) {
    /** A filter by the values of a field. */
    record Control(String title, Rows rows, String field) {}

    /**
     * An index as Kibana sees it.
     *
     * @param time the field by which the time picker selects; null where it does not apply
     * @param fields of the index, with their types
     */
    record View(
            String id, String index, String name, @Nullable String time, SortedMap<String, String> fields) {}

    /** Documents of a view: those of a condition in Lucene's syntax, never retracted ones. */
    record Rows(String name, View view, String where) {
        /** The whole condition. */
        String condition() {
            return where.isEmpty() ? "NOT retracted:true" : "(" + where + ") AND NOT retracted:true";
        }
    }

    /** Where a panel is: columns of 48, rows of about 20 pixels. */
    record Place(int x, int y, int width, int height) {}

    /** A panel. The note is the sentence that says what it shows; it stands under the title when the mouse is over it. */
    record Panel(String title, String note, Place place, Content content) {}

    /** What a panel shows. */
    sealed interface Content {}

    /** Words, in Markdown. */
    record Words(String markdown) implements Content {}

    /** Links to the other dashboards of the same language, and to this one in the other. They keep filters and time. */
    record Links() implements Content {}

    /** One number, and another one under it. */
    record Metric(Rows rows, Column value, @Nullable Column under) implements Content {}

    /** Lines or bars. */
    record Chart(
            Shape shape, Rows rows, Bucket along, @Nullable Bucket split, List<Column> values) implements Content {}

    /**
     * A row for each value of a field, or for each combination of several.
     *
     * @param sorted by which of the columns
     * @param grouped whether rows stay together by all divisions but the last, within which they are sorted
     */
    record Table(Rows rows, List<Bucket> by, List<Column> columns, int sorted, boolean descending, boolean grouped)
            implements Content {}

    /**
     * What Lens cannot draw.
     *
     * @param grammar of the spec
     * @param body of the search, without its query
     * @param property where the answer holds the rows
     * @param spec without the search; in Vega the data set {@code rows} has what was found, and others may be made of it
     */
    record Vega(Grammar grammar, Rows rows, Map<String, Object> body, String property, Map<String, Object> spec)
            implements Content {
        private static final Pattern READ = Pattern.compile("\\b_source\\.([\\w.]+)");

        /** The fields of documents, or groups of fields, that the drawing reads. */
        SortedSet<String> fields() {
            SortedSet<String> fields = new TreeSet<>();
            READ.matcher(spec.toString()).results().forEach(read -> fields.add(read.group(1)));
            return fields;
        }
    }

    /** What a drawing is written in. */
    enum Grammar {
        /** Marks that are placed by scales; few words. */
        VEGA_LITE,
        /** What also computes where marks lie, such as a network. */
        VEGA
    }

    /** How a chart looks. */
    enum Shape {
        LINE,
        AREA,
        BAR_STACKED,
        BAR,
        BAR_HORIZONTAL;

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A figure of a panel. */
    record Column(String label, Formula formula, Format format) {}

    /**
     * A division of the documents: by the values of a field, or by time where an interval is given.
     *
     * @param interval in Kibana's syntax, such as 1d
     * @param size how many values at most
     */
    record Bucket(String label, String field, @Nullable String interval, int size) {}

    /** How a number is written. */
    enum Format {
        /** Without decimals. */
        COUNT,
        NUMBER,
        /** Of a number between 0 and 1. */
        PERCENT,
        HOURS,
        /** Of a number of seconds. */
        DURATION,
        /** Of a date: in the zone of the reader. */
        TIME
    }

    /** The same, of the cases of one unit, whose rows it must have been read with. */
    Board of(Desk desk) {
        return new Board(desk.board(), title, desk.unit(), about, days, controls, panels);
    }

    /** The documents that a content is made of; null of words and links. */
    static @Nullable Rows rows(Content content) {
        if (content instanceof Metric metric) {
            return metric.rows();
        }
        if (content instanceof Chart chart) {
            return chart.rows();
        }
        if (content instanceof Table table) {
            return table.rows();
        }
        return content instanceof Vega vega ? vega.rows() : null;
    }

    /** How a content divides its documents, from the outermost. */
    static List<Bucket> buckets(Content content) {
        if (content instanceof Chart chart) {
            return chart.split() == null ? List.of(chart.along()) : List.of(chart.along(), chart.split());
        }
        return content instanceof Table table ? table.by() : List.of();
    }

    /** The figures of a content; none of words, links and drawings. */
    static List<Column> columns(Content content) {
        if (content instanceof Metric metric) {
            return metric.under() == null ? List.of(metric.value()) : List.of(metric.value(), metric.under());
        }
        if (content instanceof Chart chart) {
            return chart.values();
        }
        return content instanceof Table table ? table.columns() : List.of();
    }
}
