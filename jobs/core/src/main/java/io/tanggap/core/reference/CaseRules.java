package io.tanggap.core.reference;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a city has decided about cases in general. All durations are calendar time.
 *
 * @param allowedLateness a missed target is provisional for so long after its deadline, because a late message may still
 *     prove that it was kept
 * @param reopenWithin for so long after its closing a case that is taken up again counts as reopened; later, as a late
 *     reopening; at least 14 days, the horizon of durable resolution
 * @param offerLapsesAfter an offer that nobody answered ends then, and the giver has the case as before; null: never
 */
public record CaseRules(
        Duration allowedLateness,
        Duration reopenWithin,
        @Nullable Duration offerLapsesAfter) {
    /** The shortest window in which a reopening can count. */
    public static final Duration SHORTEST_REOPEN_WINDOW = Duration.ofDays(14);

    /** Of a pack that says nothing. */
    public static final CaseRules DEFAULT = new CaseRules(Duration.ZERO, SHORTEST_REOPEN_WINDOW, null);

    public CaseRules {
        if (allowedLateness.isNegative()) {
            throw new IllegalArgumentException("allowedLateness must not be negative, is " + allowedLateness);
        }
        if (reopenWithin.compareTo(SHORTEST_REOPEN_WINDOW) < 0) {
            throw new IllegalArgumentException("reopenWithin must be 14 days or longer, is " + reopenWithin);
        }
        if (offerLapsesAfter != null && (offerLapsesAfter.isNegative() || offerLapsesAfter.isZero())) {
            throw new IllegalArgumentException("offerLapsesAfter must be longer than zero, is " + offerLapsesAfter);
        }
    }
}
