package io.tanggap.core.sla;

import static java.util.Objects.requireNonNull;

import io.tanggap.core.reference.Policy;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One target of a case, judged: a clock that started, counted the time of its calendar without its pauses, and stopped, or
 * has not yet. Everything is as of the view.
 *
 * @param cycle the cycle that it belongs to, from 1
 * @param number counts the clocks of one target in a cycle, from 1
 * @param policy {@link #STATED} when the deadline came with the case, else the id of the policy line; null where none
 *     covers it
 * @param pack id of the reference pack that it was judged by: that known at the stop or the miss, else at the as-of
 * @param calendar id of the calendar that it counts by; null is calendar time
 * @param startedAt when it started, whether or not that is a working instant
 * @param deadline when it is, or was, due, pauses included; null where no policy covers it, while it stands still, and where
 *     the calendar has no more working hours
 * @param stoppedAt when it stopped, at whatever verdict; null while it has not
 * @param stoppedAfter the stop was only observed, by a poll: it happened after this instant and not after {@code stoppedAt};
 *     null where its time was told
 * @param pauses for what it stood still, in order; none of them lies after a miss
 * @param budget what it may count, in the time of its calendar; null without policy. Of a stated deadline the calendar time
 *     to it
 * @param used what it had counted at its stop, in the time of its calendar; null while it has not stopped, and without
 *     policy
 * @param reached when each of {@link #THRESHOLDS} that is past was reached, in their order
 * @param provisional the deadline was missed so short a time ago that a late message may still prove otherwise
 * @param charged the unit that is credited or charged with the verdict; for {@code RESOLUTION} under the CRM rule
 */
public record Clock(
        Policy.Target target,
        int cycle,
        int number,
        @Nullable String policy,
        String pack,
        @Nullable String calendar,
        Instant startedAt,
        @Nullable Instant deadline,
        @Nullable Instant stoppedAt,
        @Nullable Instant stoppedAfter,
        Verdict verdict,
        List<Pause> pauses,
        @Nullable Duration budget,
        @Nullable Duration used,
        List<Instant> reached,
        boolean provisional,
        String charged) {
    /** The policy of a deadline that came with the case. */
    public static final String STATED = "case";

    /** At which percentages of the budget something may be worth telling. */
    public static final List<Integer> THRESHOLDS = List.of(50, 75, 90, 100, 150, 200);

    /** By cycle, then in the order of the targets, then as they came. */
    public static final Comparator<Clock> ORDER =
            Comparator.comparingInt(Clock::cycle).thenComparing(Clock::target).thenComparingInt(Clock::number);

    public Clock {
        requireNonNull(target, "target");
        requireNonNull(pack, "pack");
        requireNonNull(startedAt, "startedAt");
        requireNonNull(verdict, "verdict");
        requireNonNull(charged, "charged");
        pauses = List.copyOf(pauses);
        reached = List.copyOf(reached);
    }

    /** The highest of {@link #THRESHOLDS} that is past, in percent of the budget; 0 if none is. */
    public int threshold() {
        return reached.isEmpty() ? 0 : THRESHOLDS.get(reached.size() - 1);
    }

    /** For what it stands still; null while it does not. */
    public @Nullable String pausedFor() {
        return verdict == Verdict.PAUSED ? pauses.get(pauses.size() - 1).reason() : null;
    }
}
