package io.tanggap.core.measure;

import java.time.Duration;
import java.util.stream.IntStream;

/**
 * The age axis of curves and histograms: right-closed bins (lo, hi], whole hours to 3 days, whole days to 180 days, whole
 * weeks from week 26 to week 104, and one overflow bin whose content has no order. Age zero is in the first bin.
 */
public final class AgeBins {
    private static final long HOUR = Duration.ofHours(1).toMillis();
    private static final int HOURLY = 72;
    private static final int LAST_DAY = 180;
    private static final int FIRST_WEEK = 26;
    private static final int LAST_WEEK = 104;
    private static final int DAILY = LAST_DAY - HOURLY / 24;

    /** The number of bins, the overflow bin included. */
    public static final int COUNT = HOURLY + DAILY + (LAST_WEEK - FIRST_WEEK + 1) + 1;

    /** The bin of ages beyond the last week. */
    public static final int OVERFLOW = COUNT - 1;

    private static final int[] UPPER_EDGES =
            IntStream.range(0, OVERFLOW).map(AgeBins::upperHours).toArray();

    private AgeBins() {}

    /** The bin of an age in milliseconds; a negative age counts as zero. */
    public static int ofMillis(long ageMillis) {
        return ofWholeHours(ageMillis <= 0 ? 1 : (ageMillis + HOUR - 1) / HOUR);
    }

    /** The bin that an age in (hours − 1, hours] lies in; at least 1. */
    static int ofWholeHours(long hours) {
        if (hours <= HOURLY) {
            return (int) hours - 1;
        }
        long days = (hours + 23) / 24;
        if (days <= LAST_DAY) {
            return HOURLY + (int) days - HOURLY / 24 - 1;
        }
        long weeks = (hours + 167) / 168;
        return weeks <= LAST_WEEK ? HOURLY + DAILY + (int) weeks - FIRST_WEEK : OVERFLOW;
    }

    /** The upper edges of all bins but the overflow bin, in hours. */
    static int[] upperEdges() {
        return UPPER_EDGES.clone();
    }

    /** The upper edge of a bin in hours; the overflow bin has none. */
    public static int upperHours(int bin) {
        if (bin < 0 || bin >= OVERFLOW) {
            throw new IllegalArgumentException("bin " + bin + " has no upper edge");
        }
        if (bin < HOURLY) {
            return bin + 1;
        }
        return bin < HOURLY + DAILY ? (bin - HOURLY + HOURLY / 24 + 1) * 24 : (bin - HOURLY - DAILY + FIRST_WEEK) * 168;
    }
}
