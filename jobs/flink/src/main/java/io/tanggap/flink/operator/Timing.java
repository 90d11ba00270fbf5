package io.tanggap.flink.operator;

import io.tanggap.flink.state.CaseMemo;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import org.apache.flink.streaming.api.TimerService;
import org.jspecify.annotations.Nullable;

/**
 * When things are judged and written.
 *
 * @param replayAsOf the constant as-of of a replay; null is live mode, in which the as-of follows the heartbeats
 * @param flushEvery live: how long differences are collected before a cell or a slice is written, wall clock; a cell and
 *     its slices are flushed one after the other, and what is written waits for a checkpoint, so a change shows after twice
 *     this time and the interval between checkpoints
 * @param sweepEvery live: a case that nothing else wakes looks for new reference packs this often, and at most twice as
 *     seldom (jittered by key)
 * @param archiveAfter live: a case closed for longer than this gives up its history; longer than the reopen window
 */
public record Timing(@Nullable Instant replayAsOf, Duration flushEvery, Duration sweepEvery, Duration archiveAfter)
        implements Serializable {

    private static final Duration FLUSH = Duration.ofMillis(250);
    private static final Duration SWEEP = Duration.ofMinutes(15);
    // A reopen window of 14 days and 90 days more.
    private static final Duration ARCHIVE = Duration.ofDays(104);

    /** Every case is judged once, at a constant as-of. */
    public static Timing replay(Instant asOf) {
        return new Timing(asOf, FLUSH, SWEEP, ARCHIVE);
    }

    /** Cases are judged as the heartbeats go on. */
    public static Timing live() {
        return new Timing(null, FLUSH, SWEEP, ARCHIVE);
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

    /** The event time at which everything collected must be out: the as-of of a replay, the end of the input when live. */
    long lastFlushMillis() {
        return replayAsOf == null ? Long.MAX_VALUE : replayAsOf.toEpochMilli();
    }

    /** The time to a case's next sweep: between one and two intervals, by key, so that sweeps do not come in waves. */
    long sweepMillis(String key) {
        long every = sweepEvery.toMillis();
        return every + Math.floorMod(key.hashCode(), every);
    }

    /**
     * Sets the timers of a flush: in live mode the wall clock, and beside it the end of the input, since a wall-clock timer
     * is dropped there; in a replay the as-of, once everything has been summed.
     *
     * @return the wall-clock time to remember
     */
    long scheduleFlush(TimerService timers) {
        timers.registerEventTimeTimer(lastFlushMillis());
        if (!isLive()) {
            return 0;
        }
        long flushAt = timers.currentProcessingTime() + flushEvery.toMillis();
        timers.registerProcessingTimeTimer(flushAt);
        return flushAt;
    }

    /** Takes back what {@link #scheduleFlush} set. */
    void unscheduleFlush(long flushAtMillis, TimerService timers) {
        timers.deleteEventTimeTimer(lastFlushMillis());
        if (isLive() && flushAtMillis != CaseMemo.NEVER) {
            timers.deleteProcessingTimeTimer(flushAtMillis);
        }
    }
}
