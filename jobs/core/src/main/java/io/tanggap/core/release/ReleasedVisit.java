package io.tanggap.core.release;

import static java.util.Objects.requireNonNull;

import io.tanggap.core.lifecycle.Visit.End;
import io.tanggap.core.lifecycle.Visit.Entry;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A stay of a case with a holder in a release.
 *
 * @param number from 1
 * @param offeredAt when the case was offered to the holder; null where it came without an offer
 * @param leftAt null while it lasts
 * @param ended null while it lasts
 * @param workedAt when the holder first did something about the case; null while it has not
 * @param counted how long it lasted until it ended, or until the last local midnight, in the time by which the resolution is judged
 */
public record ReleasedVisit(
        int number,
        ReleasedUnit unit,
        @Nullable Instant offeredAt,
        Instant enteredAt,
        Entry entry,
        @Nullable Instant leftAt,
        @Nullable End ended,
        @Nullable Instant workedAt,
        Duration counted) {
    public ReleasedVisit {
        requireNonNull(unit, "unit");
        requireNonNull(enteredAt, "enteredAt");
        requireNonNull(entry, "entry");
        requireNonNull(counted, "counted");
    }
}
