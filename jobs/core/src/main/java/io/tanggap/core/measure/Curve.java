package io.tanggap.core.measure;

import java.util.List;

/**
 * The cumulative incidence of an end over the age bins, with every other end competing and open cases censored at their
 * age (Aalen and Johansen 1978). When no end competes it is one minus the Kaplan–Meier estimate. Within a bin, ends come
 * before censorings.
 *
 * <p>An end that competes is not a censoring: counting "invalid" as censored would reward rejecting.
 */
public final class Curve {
    private static final double TOLERANCE = 1e-12;

    // Up to the last bin with anything in it; from there on the curve is flat.
    private final double[] incidence;
    private final long atRisk;

    private Curve(double[] incidence, long atRisk) {
        this.incidence = incidence;
        this.atRisk = atRisk;
    }

    /** What a quantile can be. */
    public enum State {
        /** A value: the upper edge of a bin. */
        VALUE,
        /** Reached among ages beyond the last bin's edge, which are not ordered. */
        BEYOND_LAST_BIN,
        /** Not reached within the follow-up, or nobody at risk. */
        NOT_REACHED
    }

    /**
     * A quantile of a curve.
     *
     * @param hours the upper edge of the first bin in which the curve reaches the share; meaningful only with {@link
     *     State#VALUE}
     */
    public record Quantile(State state, int hours) {}

    /**
     * The incidence of the wanted ends.
     *
     * @param wanted first ends by bin, of each outcome that is wanted
     * @param competing the same, of each other outcome
     * @param censored by bin
     */
    static Curve of(List<long[]> wanted, List<long[]> competing, long[] censored) {
        int bins = Math.max(bins(censored), Math.max(bins(wanted), bins(competing)));
        long[] ended = sum(wanted, bins);
        long[] left = sum(competing, bins);
        long atRisk = 0;
        for (int bin = 0; bin < bins; bin++) {
            left[bin] += ended[bin];
            atRisk += left[bin] + censored[bin];
        }
        double[] incidence = new double[bins];
        double survival = 1;
        double reached = 0;
        long still = atRisk;
        for (int bin = 0; bin < bins; bin++) {
            if (left[bin] > 0) {
                reached += survival * ended[bin] / still;
                survival *= 1 - (double) left[bin] / still;
            }
            incidence[bin] = reached;
            still -= left[bin] + censored[bin];
        }
        return new Curve(incidence, atRisk);
    }

    private static long[] sum(List<long[]> ends, int bins) {
        long[] sum = new long[bins];
        for (long[] cases : ends) {
            for (int bin = 0; bin < sum.length; bin++) {
                sum[bin] += cases[bin];
            }
        }
        return sum;
    }

    private static int bins(List<long[]> ends) {
        int bins = 0;
        for (long[] cases : ends) {
            bins = Math.max(bins, bins(cases));
        }
        return bins;
    }

    private static int bins(long[] cases) {
        int bins = cases.length;
        while (bins > 0 && cases[bins - 1] == 0) {
            bins--;
        }
        return bins;
    }

    /** The number of cases that the curve rests on. */
    public long atRisk() {
        return atRisk;
    }

    /** The share that has ended so by the upper edge of a bin. */
    public double incidence(int bin) {
        return incidence.length == 0 ? 0 : incidence[Math.min(bin, incidence.length - 1)];
    }

    /** The first age by which a share {@code p} in (0, 1) has ended so. */
    public Quantile quantile(double p) {
        for (int bin = 0; bin < incidence.length; bin++) {
            if (incidence[bin] >= p - TOLERANCE) {
                return bin == AgeBins.OVERFLOW
                        ? new Quantile(State.BEYOND_LAST_BIN, 0)
                        : new Quantile(State.VALUE, AgeBins.upperHours(bin));
            }
        }
        return new Quantile(State.NOT_REACHED, 0);
    }
}
