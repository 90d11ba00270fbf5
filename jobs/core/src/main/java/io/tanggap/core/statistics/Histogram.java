package io.tanggap.core.statistics;

import java.util.OptionalInt;

/** Quantiles of counts in ordered bins, whatever the bins are: powers of two, ages, ranks. */
public final class Histogram {
    private static final double TOLERANCE = 1e-12;

    private Histogram() {}

    /**
     * The smallest bin up to which a share {@code p} of the cases lies. A share that is reached exactly is reached (tolerance
     * 1e-12 of the share), so the median of an even number is the lower middle one.
     *
     * @param counts by bin in ascending order, each at least 0
     * @param p in (0, 1]
     * @return empty of no cases
     */
    public static OptionalInt quantile(long[] counts, double p) {
        if (!(p > 0 && p <= 1)) {
            throw new IllegalArgumentException("quantile of the share " + p + ": the share must be in (0, 1]");
        }
        long cases = 0;
        for (int bin = 0; bin < counts.length; bin++) {
            if (counts[bin] < 0) {
                throw new IllegalArgumentException(
                        "bin " + bin + " holds " + counts[bin] + " cases: it must be at least 0");
            }
            cases += counts[bin];
        }
        if (cases == 0) {
            return OptionalInt.empty();
        }
        long reached = 0;
        int bin = -1;
        do {
            reached += counts[++bin];
        } while ((double) reached / cases < p - TOLERANCE);
        return OptionalInt.of(bin);
    }
}
