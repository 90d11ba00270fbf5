package io.tanggap.app.data;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * Kaplan and Meier's estimate over ages in bins, computed the plain way: whole hours to 3 days, whole days to 180 days,
 * whole weeks to 104 weeks, and what is beyond.
 */
final class BinnedAges {
    private static final long BEYOND = Long.MAX_VALUE;

    private final TreeMap<Long, long[]> bins = new TreeMap<>();
    private long cases;

    void ended(Duration age) {
        add(age, 0);
    }

    void censored(Duration age) {
        add(age, 1);
    }

    private void add(Duration age, int what) {
        bins.computeIfAbsent(edge(age), any -> new long[2])[what]++;
        cases++;
    }

    private static long edge(Duration age) {
        long hours = Math.max(1, roundedUp(age.toMillis(), Duration.ofHours(1).toMillis()));
        if (hours <= 72) {
            return hours;
        }
        long days = roundedUp(hours, 24);
        if (days <= 180) {
            return days * 24;
        }
        long weeks = roundedUp(hours, 168);
        return weeks <= 104 ? weeks * 168 : BEYOND;
    }

    private static long roundedUp(long amount, long unit) {
        return (amount + unit - 1) / unit;
    }

    /** The quantile as rows write it: hours, or why there are none. */
    String quantile(double p) {
        double survival = 1;
        long atRisk = cases;
        for (Map.Entry<Long, long[]> bin : bins.entrySet()) {
            long ended = bin.getValue()[0];
            survival *= 1 - (double) ended / atRisk;
            atRisk -= ended + bin.getValue()[1];
            if (survival <= 1 - p + 1e-12) {
                return bin.getKey() == BEYOND ? "BEYOND_LAST_BIN" : bin.getKey().toString();
            }
        }
        return "NOT_REACHED";
    }
}
