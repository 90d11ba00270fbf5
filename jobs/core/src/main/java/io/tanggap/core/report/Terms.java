package io.tanggap.core.report;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What a report card is asked.
 *
 * @param from the first day of the period, a local day of the city
 * @param to the first day after it
 * @param asOf exclusive: an event counts if it occurred before
 * @param knownAt an event counts if it was ingested by then, and a pack judges if it was known by then; null is all that is
 *     known now
 * @param channel cases of this channel alone; null is all
 * @param categoryGroup cases of categories of this group alone; null is all
 */
public record Terms(
        LocalDate from,
        LocalDate to,
        Instant asOf,
        @Nullable Instant knownAt,
        @Nullable String channel,
        @Nullable String categoryGroup) {
    public Terms {
        requireNonNull(asOf, "asOf");
        if (!from.isBefore(to)) {
            throw new IllegalArgumentException(
                    "a period from " + from + " until before " + to + " has no day: the end is the first day after it");
        }
        if (channel != null && categoryGroup != null) {
            throw new IllegalArgumentException("a report card is of one channel or of one category group, not of both");
        }
    }

    /** How many days the period has. */
    public long days() {
        return to.toEpochDay() - from.toEpochDay();
    }

    boolean isInPeriod(long day) {
        return from.toEpochDay() <= day && day < to.toEpochDay();
    }

    /** Whether a day is in the period of as many days that ends where this one begins. */
    boolean isInPeriodBefore(long day) {
        return from.toEpochDay() - days() <= day && day < from.toEpochDay();
    }
}
