package io.tanggap.flink.operator;

import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import org.apache.flink.streaming.api.TimerService;
import org.jspecify.annotations.Nullable;

/**
 * When things are judged and written.
 *
 * @param replayAsOf the constant as-of of a replay; null is live mode, in which the as-of follows the heartbeats
 * @param structure replay: rows are drawn on the structure of this day in the city's zone; null: each case on that of the
 *     day of its submission
 * @param flushEvery live: how long differences are collected before a cell or a slice is written, wall clock; what is written
 *     waits for a checkpoint, so a change shows after this time and the interval between checkpoints; while the job catches up
 *     it is ten seconds, and folds wait as long
 * @param restAfter live: how long a cell or a slice that was written is left alone at least, wall clock: in a busy city every figure
 *     of a district changes with every record, and nobody reads them as fast
 * @param sweepEvery live: a case looks for new reference packs this often, wall clock
 * @param archiveAfter live: a case that has been closed for so long after its reopen window gives up its history
 */
public record Timing(
        @Nullable Instant replayAsOf,
        @Nullable LocalDate structure,
        Duration flushEvery,
        Duration restAfter,
        Duration sweepEvery,
        Duration archiveAfter)
        implements Serializable {

    private static final Duration FLUSH = Duration.ofMillis(250);
    // Event time so far behind the clock is that of a job that was down.
    private static final Duration BEHIND = Duration.ofHours(1);
    private static final Duration CATCHING_UP_FLUSH = Duration.ofSeconds(10);
    private static final Duration SWEEP = Duration.ofMinutes(15);
    private static final Duration ARCHIVE = Duration.ofDays(90);

    public Timing {
        if (replayAsOf == null && structure != null) {
            throw new IllegalArgumentException("live rows are drawn on the structure of each case's submission");
        }
    }

    /** Every case is judged once, at a constant as-of. */
    public static Timing replay(Instant asOf) {
        return replay(asOf, null);
    }

    /** Every case is judged once, at a constant as-of, and its rows are drawn on the structure of a day. */
    public static Timing replay(Instant asOf, @Nullable LocalDate structure) {
        return new Timing(asOf, structure, FLUSH, Duration.ZERO, SWEEP, ARCHIVE);
    }

    /** Cases are judged as the heartbeats go on, and every change is written. */
    public static Timing live() {
        return live(Duration.ZERO);
    }

    /** Cases are judged as the heartbeats go on, and figures that were written rest for some time. */
    public static Timing live(Duration restAfter) {
        return new Timing(null, null, FLUSH, restAfter, SWEEP, ARCHIVE);
    }

    /** Whether the as-of follows the heartbeats. */
    public boolean isLive() {
        return replayAsOf == null;
    }

    /**
     * The as-of at a watermark, for a key whose last as-of was {@code last}: never earlier than that. The greatest
     * watermark is the end of the input and says nothing about time.
     */
    long asOfMillis(long watermark, long last) {
        if (replayAsOf != null) {
            return replayAsOf.toEpochMilli();
        }
        return watermark == Long.MAX_VALUE ? last : Math.max(watermark, last);
    }

    /**
     * Whether event time is so far behind the clock that nobody waits for what happens in between: then differences are
     * collected for longer, and cases are folded with them.
     */
    boolean isCatchingUp(TimerService timers) {
        long watermark = timers.currentWatermark();
        return isLive()
                && watermark != Long.MIN_VALUE
                && watermark < timers.currentProcessingTime() - BEHIND.toMillis();
    }

    /** The event time at which everything collected must be out: the as-of of a replay, the end of the input when live. */
    long lastFlushMillis() {
        return replayAsOf == null ? Long.MAX_VALUE : replayAsOf.toEpochMilli();
    }

    /** Sets a case's next sweep, if it is not set, in a phase of its own, so that sweeps do not come in waves. */
    void scheduleSweep(String key, TimerService timers) {
        long every = sweepEvery.toMillis();
        long now = timers.currentProcessingTime();
        timers.registerProcessingTimeTimer(now + every - Math.floorMod(now - key.hashCode(), every));
    }

    /**
     * Sets the timers of a flush: in live mode the wall clock, and beside it the end of the input, since a wall-clock timer
     * is dropped there; in a replay the as-of, once everything has been summed.
     *
     * @return the wall-clock time to remember
     */
    long scheduleFlush(TimerService timers) {
        return scheduleFlush(0, timers);
    }

    /**
     * The same, of a document that rests after it was written.
     *
     * @param version of the document that was written last: its time, in microseconds of the wall clock; 0 if there is none
     */
    long scheduleFlush(long version, TimerService timers) {
        timers.registerEventTimeTimer(lastFlushMillis());
        if (!isLive()) {
            return 0;
        }
        Duration collected = isCatchingUp(timers) ? CATCHING_UP_FLUSH : flushEvery;
        long now = timers.currentProcessingTime();
        // A clock that was set back must not silence a figure for longer.
        long rested = Math.min(version / 1_000, now) + restAfter.toMillis();
        long flushAt = Math.max(now + collected.toMillis(), rested);
        timers.registerProcessingTimeTimer(flushAt);
        return flushAt;
    }

    /** Takes back what {@link #scheduleFlush} set. */
    void unscheduleFlush(long flushAtMillis, TimerService timers) {
        timers.deleteEventTimeTimer(lastFlushMillis());
        if (isLive()) {
            timers.deleteProcessingTimeTimer(flushAtMillis);
        }
    }
}
