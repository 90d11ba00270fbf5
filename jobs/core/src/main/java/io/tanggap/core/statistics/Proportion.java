package io.tanggap.core.statistics;

import org.jspecify.annotations.Nullable;

/**
 * So many of so many. Not for sums of parts of cases, such as shared blame: those are no trials, and an interval of them
 * would be too narrow.
 *
 * @param successes at least 0, at most {@code trials}
 * @param trials at least 0
 */
public record Proportion(long successes, long trials) {
    /** The least number of trials at which a share is ranked or compared (metric catalogue: "suppress ranks for n < 30"). */
    public static final int LEAST_TRIALS = 30;

    public Proportion {
        if (successes < 0 || trials < successes) {
            throw new IllegalArgumentException(
                    successes + " of " + trials + ": the successes must be between 0 and the number of trials");
        }
    }

    /** In [0, 1]; null of no trials. */
    public @Nullable Double share() {
        return trials == 0 ? null : (double) successes / trials;
    }

    /** Whether there are enough trials to rank the share or to compare it. */
    public boolean suffices() {
        return trials >= LEAST_TRIALS;
    }

    /** The interval of 95 %, see {@link #wilson(double)}. */
    public @Nullable Interval wilson() {
        return wilson(Interval.Z_95);
    }

    /**
     * The score interval of the share (Wilson 1927), without correction for continuity: the shares from which the observed one
     * is at most {@code z} standard errors away. It contains the share, stays in [0, 1] and has a width also where all or
     * none succeeded.
     *
     * @param z the normal quantile of the confidence, more than 0
     * @return null of no trials
     */
    public @Nullable Interval wilson(double z) {
        if (trials == 0) {
            return null;
        }
        double share = (double) successes / trials;
        double penalty = z * z / trials;
        double centre = share + penalty / 2;
        double half = Math.sqrt(penalty * (share * (1 - share) + penalty / 4));
        // At the ends a limit is the share itself; rounding would put it beside.
        double lower = successes == 0 ? 0 : (centre - half) / (1 + penalty);
        double upper = successes == trials ? 1 : (centre + half) / (1 + penalty);
        return new Interval(lower, upper);
    }
}
