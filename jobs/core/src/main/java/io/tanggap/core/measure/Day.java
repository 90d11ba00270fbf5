package io.tanggap.core.measure;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * A local day of the city, [start, end): 23 to 25 hours.
 *
 * @param number the epoch day
 */
public record Day(long number, Instant start, Instant end) {
    /** The day of a number. */
    public static Day of(long number, ZoneId zone) {
        LocalDate date = LocalDate.ofEpochDay(number);
        return new Day(
                number,
                date.atStartOfDay(zone).toInstant(),
                date.plusDays(1).atStartOfDay(zone).toInstant());
    }
}
