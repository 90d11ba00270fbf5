package io.tanggap.core.reference;

import static java.util.Objects.requireNonNull;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When a part of the administration works. {@link WorkingTime} counts by it.
 *
 * @param hours the hours of an ordinary week; a weekday without any is free
 * @param holidays days that are not ordinary
 */
public record WorkCalendar(String id, List<Hours> hours, List<Holiday> holidays) {
    public WorkCalendar {
        requireNonNull(id, "id");
        hours = List.copyOf(hours);
        holidays = List.copyOf(holidays);
    }

    /**
     * A span of wall clock time on a day: [fromMinute, toMinute).
     *
     * @param fromMinute minutes since midnight, from 0
     * @param toMinute minutes since midnight, to 1440, which is the midnight that ends the day
     */
    public record Span(int fromMinute, int toMinute) {
        /** The minutes of a day of wall clock time. */
        public static final int DAY = 24 * 60;

        public Span {
            if (fromMinute < 0 || toMinute > DAY || fromMinute >= toMinute) {
                throw new IllegalArgumentException(
                        "hours begin before they end, within a day, not at minute " + fromMinute + " to " + toMinute);
            }
        }

        /** Whether there is a minute in both. */
        public boolean overlaps(Span other) {
            return fromMinute < other.toMinute && other.fromMinute < toMinute;
        }
    }

    /** Working hours on a weekday; a weekday may have several. */
    public record Hours(DayOfWeek weekday, Span span, Validity validity) {
        public Hours {
            requireNonNull(weekday, "weekday");
            requireNonNull(span, "span");
            requireNonNull(validity, "validity");
        }
    }

    /**
     * A day that is not ordinary.
     *
     * @param name for people; null if it has none
     * @param instead the working hours of the day instead of those of its weekday; null: the whole day is free. Several
     *     holidays of one day may each have some.
     * @param knownFrom the day on which it was decreed, in the city's zone; null: always known
     */
    public record Holiday(
            LocalDate date,
            @Nullable String name,
            @Nullable Span instead,
            @Nullable LocalDate knownFrom) {
        public Holiday {
            requireNonNull(date, "date");
        }
    }
}
