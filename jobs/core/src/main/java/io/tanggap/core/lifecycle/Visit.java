package io.tanggap.core.lifecycle;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One stay of a case with one holder.
 *
 * @param number 1 for the first visit of the case
 * @param holder the unit in whose hands it was; until a case is first held, the intake desk of its channel
 * @param offeredAt when it was offered to the holder; null where it was assigned without an offer
 * @param enteredAt when custody began
 * @param leftAt when custody ended; null while it lasts
 * @param ended how; null while it lasts
 */
public record Visit(
        int number,
        String holder,
        @Nullable Instant offeredAt,
        Instant enteredAt,
        @Nullable Instant leftAt,
        @Nullable End ended) {

    /** How a visit ended. */
    public enum End {
        /** From the intake desk to its first holder. */
        ASSIGNED,
        HANDED_ON,
        /** To a unit of the same agency: no hand-over. */
        DELEGATED,
        CLOSED
    }

    /** While the holder had it. */
    public Span held() {
        return new Span(enteredAt, leftAt);
    }
}
