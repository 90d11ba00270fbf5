package io.tanggap.elasticsearch;

import java.util.SplittableRandom;

/**
 * How long to wait after a failure: twice as long after each further one, from 100 ms to 5 s, less a random half at most,
 * so that many writers do not come back together. Chosen: 5 s is about what a restarted node needs, and bounds the delay
 * after its return.
 */
final class BackOff {
    private static final long FIRST_MILLIS = 100;
    private static final long LAST_MILLIS = 5_000;
    private static final int DOUBLINGS = 6;

    private final SplittableRandom random;
    private int failures;

    BackOff(long seed) {
        random = new SplittableRandom(seed);
    }

    /** After one more failure in a row. */
    long nextMillis() {
        long full = Math.min(LAST_MILLIS, FIRST_MILLIS << Math.min(failures, DOUBLINGS));
        failures++;
        return full - random.nextLong(full / 2 + 1);
    }

    /** Whether the last request succeeded, or none was sent. */
    boolean isCalm() {
        return failures == 0;
    }

    void reset() {
        failures = 0;
    }
}
