package io.tanggap.core.sla;

import io.tanggap.core.reference.WorkingTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a clock counts: the working time from its start, without its pauses.
 *
 * @param pauses in order, none overlapping another, none before the start
 */
public record Pace(Instant startedAt, WorkingTime time, List<Pause> pauses) {
    public Pace {
        pauses = List.copyOf(pauses);
    }

    /** The earliest instant at which it has counted so much; null if it stands still before, or no hours are left. */
    public @Nullable Instant after(Duration counted) {
        Duration left = counted;
        Instant from = startedAt;
        for (Pause pause : pauses) {
            Duration run = time.elapsed(from, pause.from());
            if (run.compareTo(left) >= 0) {
                return time.deadline(from, left);
            }
            if (pause.to() == null) {
                return null;
            }
            left = left.minus(run);
            from = pause.to();
        }
        return time.deadline(from, left);
    }

    /** Whether it stands still, at the as-of, before it has counted so much. */
    boolean standsStillBefore(Duration counted) {
        int last = pauses.size() - 1;
        return last >= 0
                && pauses.get(last).to() == null
                && counted(pauses.get(last).from()).compareTo(counted) < 0;
    }

    /** What it has counted by an instant. */
    public Duration counted(Instant until) {
        return counted(startedAt, until);
    }

    /** What it counted in a stretch. */
    public Duration counted(Instant since, Instant until) {
        Duration counted = Duration.ZERO;
        Instant from = since.isBefore(startedAt) ? startedAt : since;
        for (Pause pause : pauses) {
            if (!pause.from().isBefore(until)) {
                break;
            }
            if (from.isBefore(pause.from())) {
                counted = counted.plus(time.elapsed(from, pause.from()));
            }
            if (pause.to() == null) {
                return counted;
            }
            from = from.isBefore(pause.to()) ? pause.to() : from;
        }
        return from.isBefore(until) ? counted.plus(time.elapsed(from, until)) : counted;
    }
}
