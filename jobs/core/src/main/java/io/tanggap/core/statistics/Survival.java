package io.tanggap.core.statistics;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How the cases of a cohort end over their age, when some are still open: cumulative incidence of the wanted ends with
 * other ends competing (Aalen and Johansen 1978), and survival of any end (Kaplan and Meier 1958). Without competing ends
 * the incidence is one minus the Kaplan–Meier estimate.
 *
 * <p>Ages are ordered bins, the last of which is an overflow without order and without upper edge. Within a bin, ends come
 * before censorings. All counts are additive: the curve of the sum of two groups' counts is the curve of their union.
 *
 * <p>Late entries (left truncation): a case that came under observation at some age is at risk from the bin <em>after</em>
 * that in which it entered; one that ended in the bin of its entry was never at risk and must be in none of the counts.
 * Of young ages there may be hardly anybody then, and one early end among two cases would halve the curve for ever: it
 * therefore starts, at one, with the first bin in which at least {@value #LEAST_AT_RISK} are at risk, and everything it
 * says holds for cases that were open at the start of that bin.
 *
 * <p>Immutable to its callers. Variances are computed when first asked for, so one instance must not be used by several
 * threads at once.
 */
public final class Survival {
    /** The least number of cases at risk at which a conditional curve starts, and to which a restricted mean goes. */
    public static final int LEAST_AT_RISK = 10;

    private static final double TOLERANCE = 1e-12;

    private final int overflow;
    private final int conditionalFrom;
    private final long cases;

    // Up to the last bin with anything in it; from there on the curves are flat and nobody is at risk.
    private final long[] atRisk;
    private final double[] wantedHazard;
    private final double[] hazard;
    private final double[] incidence;
    private final double[] competing;
    private final double[] survival;

    private double @Nullable [] incidenceVariance;
    private double @Nullable [] survivalVariance;

    /** What a quantile can be. */
    public enum State {
        /** A value: the upper edge of a bin. */
        VALUE,
        /** Reached in the last bin, among ages that are not ordered. */
        BEYOND_LAST_BIN,
        /** Not reached within the follow-up, or nobody at risk. */
        NOT_REACHED
    }

    /**
     * A quantile of the incidence, or a limit of one.
     *
     * @param bin the bin whose upper edge it is with {@link State#VALUE}, else −1
     */
    public record Quantile(State state, int bin) {
        public Quantile {
            if (state == State.VALUE ? bin < 0 : bin != -1) {
                throw new IllegalArgumentException("quantile " + state + " with bin " + bin
                        + ": a value needs a bin, and nothing else has one (-1)");
            }
        }
    }

    /** The interval of 95 % of a quantile. Either limit may lie beyond the last bin or not be reached. */
    public record QuantileInterval(Quantile lower, Quantile upper) {}

    /** Where within its bin an end is taken to lie. */
    public enum Placement {
        /** At the upper edge: the area under the step function, exact where every edge is an observed time. */
        AT_UPPER_EDGE,
        /** Evenly over the bin: the trapezoid rule, right on average where times within bins are not known. */
        EVENLY
    }

    /**
     * The mean time to the wanted end up to a horizon.
     *
     * @param mean in the unit of the edges, in [0, horizon]
     * @param standardError in the same unit
     */
    public record RestrictedMean(double mean, double standardError) {}

    /**
     * Everybody is observed from age zero.
     *
     * @param wanted ends of the wanted kind, by bin, the overflow bin last; at least one bin
     * @param competing ends of any other kind, by the same bins
     * @param censored cases last seen open at an age, by the same bins
     * @throws IllegalArgumentException for a negative count or bins that do not match
     */
    public static Survival of(long[] wanted, long[] competing, long[] censored) {
        return new Survival(wanted, competing, censored, null);
    }

    /**
     * Some came under observation late.
     *
     * @param entries late entrants by the bin of their age at entry; all others are at risk from the first bin on. Those who
     *     end or are censored in the bin of their entry must be left out of all counts.
     * @throws IllegalArgumentException also where more leave a bin than are at risk in it
     */
    public static Survival withLateEntries(long[] wanted, long[] competing, long[] censored, long[] entries) {
        return new Survival(wanted, competing, censored, entries);
    }

    private Survival(long[] wanted, long[] competing, long[] censored, long @Nullable [] entries) {
        int bins = wanted.length;
        if (bins == 0
                || competing.length != bins
                || censored.length != bins
                || (entries != null && entries.length != bins)) {
            throw new IllegalArgumentException(
                    "bins: " + bins + " of wanted ends, " + competing.length + " of competing ends, "
                            + censored.length + " of censored cases"
                            + (entries == null ? "" : ", " + entries.length + " of entries")
                            + "; all must have the same number of bins, at least one");
        }
        overflow = bins - 1;
        int last = 0;
        long all = 0;
        long still = 0;
        for (int bin = 0; bin < bins; bin++) {
            long entering = entries == null ? 0 : entries[bin];
            if (wanted[bin] < 0 || competing[bin] < 0 || censored[bin] < 0 || entering < 0) {
                throw new IllegalArgumentException(
                        "bin " + bin + ": " + wanted[bin] + " wanted ends, " + competing[bin] + " competing ends, "
                                + censored[bin] + " censored, " + entering + " entries; none may be negative");
            }
            long left = wanted[bin] + competing[bin] + censored[bin];
            all += left;
            still += left - entering;
            if (left > 0) {
                last = bin + 1;
            }
        }
        atRisk = new long[last];
        wantedHazard = new double[last];
        hazard = new double[last];
        incidence = new double[last];
        this.competing = new double[last];
        survival = new double[last];
        int from = entries == null ? 0 : bins;
        double open = 1;
        double reached = 0;
        double lost = 0;
        for (int bin = 0; bin < last; bin++) {
            long ended = wanted[bin] + competing[bin];
            long left = ended + censored[bin];
            if (left > still) {
                throw new IllegalArgumentException("bin " + bin + ": " + left + " leave it and " + still
                        + " are at risk; leave out of all counts who leaves in the bin of its entry");
            }
            atRisk[bin] = still;
            if (from > bin && still >= LEAST_AT_RISK) {
                from = bin;
            }
            if (from > bin) {
                all -= left;
            } else if (ended > 0) {
                wantedHazard[bin] = (double) wanted[bin] / still;
                hazard[bin] = (double) ended / still;
                reached += open * wanted[bin] / still;
                lost += open * competing[bin] / still;
                open *= 1 - hazard[bin];
                // Of a sum that rounds to just below one the log-log scale would make an interval out of nothing.
                if (open == 0 && wanted[bin] > 0) {
                    reached = 1 - lost;
                } else if (open == 0) {
                    lost = 1 - reached;
                }
            }
            incidence[bin] = reached;
            this.competing[bin] = lost;
            survival[bin] = open;
            still -= left;
            still += entries == null ? 0 : entries[bin];
        }
        conditionalFrom = from;
        cases = all;
    }

    /** The number of cases that the curve rests on: all, or those that left in the bin of its start or later. */
    public long cases() {
        return cases;
    }

    /**
     * The first bin of the curve: all that is said holds for cases still open at the start of that bin. 0 where nobody
     * entered late; the number of bins where late entries leave too few at risk everywhere, and there is no curve.
     */
    public int conditionalFromBin() {
        return conditionalFrom;
    }

    /** The number of cases under observation and open at the start of a bin. */
    public long atRisk(int bin) {
        Objects.checkIndex(bin, overflow + 1);
        return bin < atRisk.length ? atRisk[bin] : 0;
    }

    /** The share that has ended as wanted by the upper edge of a bin; with the two others it sums to 1. */
    public double incidence(int bin) {
        return at(incidence, bin, 0);
    }

    /** The share that has ended otherwise by the upper edge of a bin. */
    public double competingIncidence(int bin) {
        return at(competing, bin, 0);
    }

    /** The share that is still open at the upper edge of a bin. */
    public double survival(int bin) {
        return at(survival, bin, 1);
    }

    /**
     * The standard error of the incidence, by the delta method on the hazards of each bin, which are multinomial (Gaynor and
     * others 1993; Marubini and Valsecchi 1995). Without competing ends it is Greenwood's.
     */
    public double incidenceError(int bin) {
        return Math.sqrt(at(incidenceVariance(), bin, 0));
    }

    /** The standard error of the survival (Greenwood 1926); 0 where nobody is open any more. */
    public double survivalError(int bin) {
        return Math.sqrt(at(survivalVariance(), bin, 0));
    }

    /**
     * The pointwise interval of 95 % of the incidence, on the scale log(−log(1 − incidence)), so that it stays in (0, 1) and is
     * that of the survival where nothing competes.
     *
     * @return null where the incidence is 0 or 1, of which the scale knows nothing
     */
    public @Nullable Interval incidenceInterval(int bin) {
        return interval(incidence(bin), at(incidenceVariance(), bin, 0));
    }

    /** The pointwise log–log interval of 95 % of the survival; null where the survival is 0 or 1. */
    public @Nullable Interval survivalInterval(int bin) {
        Interval ended = interval(1 - survival(bin), at(survivalVariance(), bin, 0));
        return ended == null ? null : new Interval(1 - ended.upper(), 1 - ended.lower());
    }

    /** The upper edge of the first bin in which the incidence reaches {@code p} in (0, 1), with a tolerance of 1e-12. */
    public Quantile quantile(double p) {
        checkShare(p);
        for (int bin = 0; bin < incidence.length; bin++) {
            if (incidence[bin] >= p - TOLERANCE) {
                return reachedIn(bin);
            }
        }
        return new Quantile(State.NOT_REACHED, -1);
    }

    /**
     * The interval of 95 % of a quantile: all ages at which the pointwise interval of the incidence holds {@code p} (the test of
     * Brookmeyer and Crowley 1982, on the log–log scale). It runs from the first bin in which the upper limit of the
     * incidence reaches {@code p} to the first in which the lower limit does; that is not reached wherever the follow-up
     * or the number of cases does not suffice. An incidence of 1 has no interval: where it is reached, the interval of the
     * quantile begins at the latest, and does not end.
     */
    public QuantileInterval quantileInterval(double p) {
        checkShare(p);
        double[] variance = incidenceVariance();
        double wanted = StrictMath.log(-StrictMath.log1p(-p));
        Quantile lower = null;
        for (int bin = 0; bin < incidence.length; bin++) {
            double share = incidence[bin];
            // Logarithms are dear, and the lower limit of the incidence is not reached before the incidence itself.
            if (wantedHazard[bin] == 0 || (lower != null && share < p)) {
                continue;
            }
            if (share >= 1) {
                lower = lower == null ? reachedIn(bin) : lower;
                break;
            }
            double cumulativeHazard = -StrictMath.log1p(-share);
            double centre = StrictMath.log(cumulativeHazard);
            double half = half(share, cumulativeHazard, variance[bin]);
            if (lower == null && centre + half >= wanted) {
                lower = reachedIn(bin);
            }
            if (centre - half >= wanted) {
                return new QuantileInterval(Objects.requireNonNull(lower), reachedIn(bin));
            }
        }
        Quantile never = new Quantile(State.NOT_REACHED, -1);
        return new QuantileInterval(lower == null ? never : lower, never);
    }

    /**
     * The mean time to the wanted end up to a horizon, the whole horizon for whoever has not ended so by then: the area under
     * one minus the incidence, which is that under the Kaplan–Meier curve where nothing competes. Its error is by the delta
     * method, that of Klein and Moeschberger (2003, section 4.5) where nothing competes.
     *
     * @param upperEdges of the bins but for the overflow bin, ascending and more than 0
     * @param horizon one of the edges
     * @return null where fewer than {@value #LEAST_AT_RISK} are at risk in the bin that ends with the horizon, or where the
     *     curve does not start at age zero
     */
    public @Nullable RestrictedMean restrictedMean(int[] upperEdges, int horizon, Placement placement) {
        if (upperEdges.length != overflow) {
            throw new IllegalArgumentException(upperEdges.length + " upper edges of " + (overflow + 1)
                    + " bins: every bin but the last must have one");
        }
        int end = Arrays.binarySearch(upperEdges, horizon);
        if (end < 0) {
            throw new IllegalArgumentException(
                    "horizon " + horizon + " is the upper edge of no bin; a mean goes up to one of the edges");
        }
        if (conditionalFrom > 0 || atRisk(end) < LEAST_AT_RISK) {
            return null;
        }
        double[] lastingTimes = new double[end + 1];
        for (int bin = 0; bin <= end; bin++) {
            double width = upperEdges[bin] - (bin == 0 ? 0 : upperEdges[bin - 1]);
            lastingTimes[bin] = horizon - upperEdges[bin] + (placement == Placement.EVENLY ? width / 2 : 0);
        }
        // Backwards, because what a hazard moves is all that comes after it.
        double lost = 0;
        double variance = 0;
        for (int bin = end; bin >= 0; bin--) {
            if (hazard[bin] > 0) {
                double open = bin == 0 ? 1 : survival[bin - 1];
                double won = open * lastingTimes[bin];
                double later = hazard[bin] < 1 ? lost / (1 - hazard[bin]) : 0;
                variance += (won * won * wantedHazard[bin] * (1 - wantedHazard[bin])
                                + later * later * hazard[bin] * (1 - hazard[bin])
                                - 2 * won * later * wantedHazard[bin] * (1 - hazard[bin]))
                        / atRisk[bin];
                lost += won * wantedHazard[bin];
            }
        }
        return new RestrictedMean(horizon - lost, Math.sqrt(Math.max(0, variance)));
    }

    private double at(double[] curve, int bin, double before) {
        Objects.checkIndex(bin, overflow + 1);
        return curve.length == 0 ? before : curve[Math.min(bin, curve.length - 1)];
    }

    private Quantile reachedIn(int bin) {
        return bin == overflow ? new Quantile(State.BEYOND_LAST_BIN, -1) : new Quantile(State.VALUE, bin);
    }

    private static void checkShare(double p) {
        if (!(p > 0 && p < 1)) {
            throw new IllegalArgumentException("quantile of the share " + p + ": the share must be in (0, 1)");
        }
    }

    private double[] incidenceVariance() {
        double[] variance = incidenceVariance;
        return variance == null ? variances()[0] : variance;
    }

    private double[] survivalVariance() {
        double[] variance = survivalVariance;
        return variance == null ? variances()[1] : variance;
    }

    /**
     * The textbook sums divide by who stays open and cancel in the tail; the covariance of (incidence, survival), carried from
     * bin to bin, is the same without either.
     */
    private double[][] variances() {
        double[] ofIncidence = new double[incidence.length];
        double[] ofSurvival = new double[incidence.length];
        double incidenceTerm = 0;
        double survivalTerm = 0;
        double covariance = 0;
        for (int bin = 0; bin < incidence.length; bin++) {
            double any = hazard[bin];
            if (any > 0) {
                double one = wantedHazard[bin];
                double open = bin == 0 ? 1 : survival[bin - 1];
                double fresh = open * open / atRisk[bin];
                incidenceTerm += 2 * one * covariance + one * one * survivalTerm + fresh * one * (1 - one);
                covariance = (1 - any) * (covariance + one * survivalTerm - fresh * one);
                survivalTerm = (1 - any) * (1 - any) * survivalTerm + fresh * any * (1 - any);
            }
            ofIncidence[bin] = Math.max(0, incidenceTerm);
            ofSurvival[bin] = survivalTerm;
        }
        incidenceVariance = ofIncidence;
        survivalVariance = ofSurvival;
        return new double[][] {ofIncidence, ofSurvival};
    }

    private static @Nullable Interval interval(double share, double variance) {
        if (share <= 0 || share >= 1) {
            return null;
        }
        double cumulativeHazard = -StrictMath.log1p(-share);
        double centre = StrictMath.log(cumulativeHazard);
        double half = half(share, cumulativeHazard, variance);
        return new Interval(shareOf(centre - half), shareOf(centre + half));
    }

    private static double shareOf(double logLog) {
        return -StrictMath.expm1(-StrictMath.exp(logLog));
    }

    private static double half(double share, double cumulativeHazard, double variance) {
        return Interval.Z_95 * Math.sqrt(variance) / ((1 - share) * cumulativeHazard);
    }
}
