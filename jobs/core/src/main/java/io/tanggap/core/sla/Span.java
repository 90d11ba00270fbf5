package io.tanggap.core.sla;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A half-open stretch of time, [from, to). A null end means that it has not ended by the view's as-of. */
public record Span(Instant from, @Nullable Instant to) {

    /** The part that both have; null where they share no instant. */
    public @Nullable Span intersect(Span other) {
        Instant start = from.isAfter(other.from) ? from : other.from;
        Instant end = to == null ? other.to : other.to == null || to.isBefore(other.to) ? to : other.to;
        return end == null || start.isBefore(end) ? new Span(start, end) : null;
    }

    public boolean contains(Instant at) {
        return !at.isBefore(from) && (to == null || at.isBefore(to));
    }
}
