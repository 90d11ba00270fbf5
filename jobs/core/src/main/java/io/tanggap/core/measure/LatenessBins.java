package io.tanggap.core.measure;

import java.time.Duration;

/**
 * The axis of lateness: right-closed bins whose upper edges are powers of two, 1 s, 2 s, 4 s and so on to 2<sup>25</sup> s,
 * which is 388 days, and one overflow bin. What came at once, or before its time by a clock that is ahead, is in the first.
 */
public final class LatenessBins {
    private static final int LARGEST_POWER = 25;

    /** The bin of what came later than that. */
    public static final int OVERFLOW = LARGEST_POWER + 1;

    /** The number of bins, the overflow bin included. */
    public static final int COUNT = OVERFLOW + 1;

    private LatenessBins() {}

    /** The bin of a lateness. */
    public static int of(Duration lateness) {
        long seconds =
                lateness.isNegative() ? 0 : lateness.plusNanos(999_999_999).toSeconds();
        return seconds <= 1 ? 0 : Math.min(OVERFLOW, Long.SIZE - Long.numberOfLeadingZeros(seconds - 1));
    }

    /** The upper edge of a bin in seconds; the overflow bin has none. */
    public static long upperSeconds(int bin) {
        if (bin < 0 || bin >= OVERFLOW) {
            throw new IllegalArgumentException("bin " + bin + " has no upper edge");
        }
        return 1L << bin;
    }
}
