package io.tanggap.core.statistics;

import org.jspecify.annotations.Nullable;

/**
 * Whether claims crowd just before the deadline: those in the last twentieth of the target's time against those in the
 * twentieth before. About 1 where the deadline moves nobody; far above where claims wait for it, or are made to meet it.
 */
public final class Bunching {
    /** The least number of claims in both twentieths together; of fewer the ratio is chance. */
    public static final int LEAST_CLAIMS = 20;

    private Bunching() {}

    /**
     * The ratio of the two numbers, each with one half added so that it exists where nobody claimed earlier and shrinks
     * towards 1 where there is little.
     *
     * @param last claims in (.95, 1] of the target's time, at least 0
     * @param before claims in (.90, .95], at least 0
     * @return more than 0; null of fewer than {@value #LEAST_CLAIMS} claims
     */
    public static @Nullable Double ratio(long last, long before) {
        if (last < 0 || before < 0) {
            throw new IllegalArgumentException(
                    last + " claims in the last twentieth and " + before + " before: a number of claims is at least 0");
        }
        return last + before < LEAST_CLAIMS ? null : (last + .5) / (before + .5);
    }
}
