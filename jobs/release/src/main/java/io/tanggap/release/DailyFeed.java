package io.tanggap.release;

import io.tanggap.core.release.DailyEvent;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The files of the daily feed: events of cases, one row for each record, in Parquet. Every file and the folder of them all say that
 * this is not for release.
 */
public final class DailyFeed {
    /** What says so to people, at the root of the feed. */
    public static final String NOTICE = "NOT-FOR-RELEASE.md";

    private static final String WHY =
            "An internal feed. Events are under pseudonyms, but nothing is told more coarsely than it is known and nothing is withheld:"
                    + " that enough cases are told alike (k) can be claimed for a bounded release alone, not for a stream whose next event"
                    + " may be the only one of its kind. Make a release with tanggap export.";

    private static final Map<String, String> NOTES = Map.of("tanggap:release", "no", "tanggap:not_for_release", WHY);

    private DailyFeed() {}

    /**
     * Begins a file.
     *
     * @param out at the beginning of the file; it is left open
     */
    public static RowWriter<DailyEvent> write(OutputStream out) throws IOException {
        return new ParquetTable<>(Tables.DAYS, out, NOTES);
    }

    /** The text of {@link #NOTICE}, with what the columns are. */
    public static String notice() {
        return String.format(
                Locale.ROOT,
                """
                # Not for release

                %s

                Whoever has the key of the pseudonyms can find a case again: keep the key apart from the feed.

                ## The files

                `day=2017-11-05/compacted-*.parquet` is what happened on that day of the city's time; a late event comes into the folder of its day.
                %s Files never change. What begins with a dot is unfinished or about to go; not every reader passes over it, so name the files by this pattern.

                | Column | Type | What |
                | --- | --- | --- |
                %s
                """,
                WHY,
                Tables.DAYS.description(),
                Tables.DAYS.fields().stream().map(DailyFeed::line).collect(Collectors.joining("\n")));
    }

    private static String line(Field<?> field) {
        return String.format(
                Locale.ROOT,
                "| `%s` | %s%s | %s |",
                field.name(),
                field.type().name().toLowerCase(Locale.ROOT),
                field.nullable() ? ", may be empty" : "",
                field.description());
    }
}
