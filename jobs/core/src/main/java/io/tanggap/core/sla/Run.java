package io.tanggap.core.sla;

import static java.util.Objects.requireNonNull;

import io.tanggap.core.reference.Policy.Target;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What happened to one clock, before anybody asks how long it was allowed to take.
 *
 * @param cycle the cycle that it belongs to, from 1
 * @param number counts the clocks of one target in a cycle, from 1
 * @param unit whose level a policy may name; null if none has the task
 * @param startedAt when it started
 * @param stated a deadline that came with the case: it wins over every policy, and nothing moves it; null if none did
 * @param stoppedAt null while it has not stopped
 * @param stoppedAfter see {@link Clock#stoppedAfter}
 * @param inTime what a stop in time is called
 * @param away stretches between the start and the stop in which it was not this clock's turn, in order
 */
public record Run(
        Target target,
        int cycle,
        int number,
        @Nullable String unit,
        Instant startedAt,
        @Nullable Instant stated,
        @Nullable Instant stoppedAt,
        @Nullable Instant stoppedAfter,
        Verdict inTime,
        List<Span> away) {
    public Run {
        requireNonNull(target, "target");
        requireNonNull(startedAt, "startedAt");
        requireNonNull(inTime, "inTime");
        away = List.copyOf(away);
    }
}
