package io.tanggap.core.reference;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * The days on which a line of the reference holds, in the city's zone: [from, to).
 *
 * @param from the first day; null is since ever
 * @param to the first day on which it no longer holds; null is until further notice
 */
public record Validity(@Nullable LocalDate from, @Nullable LocalDate to) {
    /** Since ever, until further notice. */
    public static final Validity ALWAYS = new Validity(null, null);

    public Validity {
        if (from != null && to != null && !from.isBefore(to)) {
            throw new IllegalArgumentException(
                    "a validity begins before it ends, but this one is from " + from + " to " + to);
        }
    }

    /** Whether it holds on a day. */
    public boolean contains(LocalDate day) {
        return (from == null || !day.isBefore(from)) && (to == null || day.isBefore(to));
    }

    /** Whether it holds on every day of another one. */
    public boolean contains(Validity other) {
        return (from == null || (other.from != null && !other.from.isBefore(from)))
                && (to == null || (other.to != null && !other.to.isAfter(to)));
    }

    /** Whether there is a day on which both hold. */
    public boolean overlaps(Validity other) {
        return (from == null || other.to == null || from.isBefore(other.to))
                && (to == null || other.from == null || other.from.isBefore(to));
    }
}
