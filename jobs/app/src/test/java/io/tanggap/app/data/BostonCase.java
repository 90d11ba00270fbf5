package io.tanggap.app.data;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A row of the file of Boston as the oracle reads it, by other means than the product.
 *
 * @param label the publisher's own verdict, which no event carries
 * @param repeatedHour whether a time of the row exists twice
 */
record BostonCase(
        String id,
        Instant opened,
        @Nullable Instant target,
        @Nullable Instant closed,
        String label,
        String department,
        String neighborhood,
        String source,
        boolean repeatedHour) {
    static final ZoneId ZONE = ZoneId.of("America/New_York");

    private static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);
    private static final int ID = 0;
    private static final int OPENED = 1;
    private static final int TARGET = 2;
    private static final int CLOSED = 3;
    private static final int LABEL = 4;
    private static final int DEPARTMENT = 12;
    private static final int NEIGHBORHOOD = 20;
    private static final int SOURCE = 28;

    static List<BostonCase> all(Path file) throws IOException {
        return CsvRows.of(file).stream()
                .map(row -> of(row.getFields().stream().map(String::strip).toList()))
                .toList();
    }

    private static BostonCase of(List<String> row) {
        Instant opened = requireNonNull(instant(row.get(OPENED), Instant.MIN));
        return new BostonCase(
                row.get(ID),
                opened,
                instant(row.get(TARGET), opened),
                instant(row.get(CLOSED), opened),
                row.get(LABEL),
                row.get(DEPARTMENT),
                row.get(NEIGHBORHOOD),
                row.get(SOURCE),
                isRepeated(row.get(OPENED)) || isRepeated(row.get(CLOSED)));
    }

    private static boolean isRepeated(String local) {
        return !local.isEmpty()
                && ZONE.getRules()
                                .getValidOffsets(LocalDateTime.parse(local, LOCAL))
                                .size()
                        == 2;
    }

    /** The earlier offset of a repeated hour, unless that puts the end before the start. */
    private static @Nullable Instant instant(String local, Instant start) {
        if (local.isEmpty()) {
            return null;
        }
        var earlier = LocalDateTime.parse(local, LOCAL).atZone(ZONE).withEarlierOffsetAtOverlap();
        return earlier.toInstant().isBefore(start)
                ? earlier.withLaterOffsetAtOverlap().toInstant()
                : earlier.toInstant();
    }

    static Instant midnight(String day) {
        return LocalDate.parse(day).atStartOfDay(ZONE).toInstant();
    }

    /** The source as the shipped mapping calls the channel. */
    String channel() {
        return source.toLowerCase(Locale.ROOT).replace(' ', '-');
    }

    /** Whether the case is closed as seen at an as-of. */
    boolean isClosed(Instant asOf) {
        return closed != null && closed.isBefore(asOf);
    }
}
