package io.tanggap.core.statistics;

import java.util.Collection;

/**
 * What is believed of a share: a beta distribution, as strong as {@code alpha + beta} trials.
 *
 * @param alpha more than 0, finite
 * @param beta more than 0, finite
 */
public record Beta(double alpha, double beta) {
    /** What is believed of a share of which nothing is known (Jeffreys 1946). */
    public static final Beta JEFFREYS = new Beta(.5, .5);

    private static final double TAIL = .025;
    private static final double HALF_LOG_TWO_PI = .9189385332046728;

    public Beta {
        if (!(alpha > 0 && beta > 0 && alpha + beta < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "beta distribution (" + alpha + ", " + beta + "): both parameters must be more than 0 and finite");
        }
    }

    /**
     * What the shares of peers say of one more share, by the method of moments of the beta-binomial distribution (Kleinman 1973)
     * with equal weights: every peer counts alike, so that no large one is its own yardstick.
     *
     * <p>Its strength is at least that of {@link #JEFFREYS} and at most that of all trials of the peers. That limit is met
     * where the shares differ by no more than chance, or are all 0 or all 1: then the belief is what the peers' trials say
     * together, {@code Beta(Σ successes + ½, Σ failures + ½)}. A single peer is compared with nobody, and it is {@link
     * #JEFFREYS}.
     *
     * @param peers each with at least one trial; in an order that does not depend on the machine, for the last digit of a sum
     *     does depend on it
     */
    public static Beta priorOf(Collection<Proportion> peers) {
        if (peers.size() < 2) {
            return JEFFREYS;
        }
        int units = peers.size();
        long successes = 0;
        long trials = 0;
        double shares = 0;
        double inverses = 0;
        for (Proportion peer : peers) {
            successes += peer.successes();
            trials += peer.trials();
            shares += share(peer);
            inverses += 1.0 / peer.trials();
        }
        Beta pooled = new Beta(successes + .5, trials - successes + .5);
        double mean = shares / units;
        double chance = mean * (1 - mean);
        // Of one trial each, nothing tells the differences between peers from chance.
        if (successes == 0 || successes == trials || trials == units) {
            return pooled;
        }
        double squares = 0;
        for (Proportion peer : peers) {
            double apart = share(peer) - mean;
            squares += apart * apart;
        }
        double freedom = 1 - 1.0 / units;
        double correlation = (squares - chance * inverses * freedom) / (chance * (units - inverses) * freedom);
        if (correlation * (trials + 2) <= 1) {
            return pooled;
        }
        double strength = Math.max(1, 1 / correlation - 1);
        return new Beta(mean * strength, (1 - mean) * strength);
    }

    private static double share(Proportion peer) {
        if (peer.trials() == 0) {
            throw new IllegalArgumentException("a peer without trials has no share: leave it out");
        }
        return (double) peer.successes() / peer.trials();
    }

    /** What is believed after so many trials more. */
    public Beta after(Proportion seen) {
        return new Beta(alpha + seen.successes(), beta + (seen.trials() - seen.successes()));
    }

    /** The mean, in [0, 1]. */
    public double mean() {
        return alpha / (alpha + beta);
    }

    /** The central credible interval of 95 %. It holds the mean unless the distribution is extremely skewed. */
    public Interval interval() {
        return new Interval(quantile(TAIL), quantile(1 - TAIL));
    }

    /** The share below which a part {@code p} in (0, 1) of the distribution lies, to about nine digits after the point. */
    double quantile(double p) {
        double below = 0;
        double above = 1;
        for (double middle = .5; below < middle && middle < above; middle = below + (above - below) / 2) {
            if (cumulative(middle) < p) {
                below = middle;
            } else {
                above = middle;
            }
            // Towards zero doubles go on for a thousand halvings, and no share needs more digits than this.
            if (above - below < 1e-15) {
                break;
            }
        }
        return below + (above - below) / 2;
    }

    /** The part of the distribution below a share in (0, 1). */
    double cumulative(double share) {
        double front = StrictMath.exp(logGamma(alpha + beta)
                - logGamma(alpha)
                - logGamma(beta)
                + alpha * StrictMath.log(share)
                + beta * StrictMath.log1p(-share));
        // On its own side of the mean the fraction converges fast.
        return share < (alpha + 1) / (alpha + beta + 2)
                ? front * fraction(alpha, beta, share) / alpha
                : 1 - front * fraction(beta, alpha, 1 - share) / beta;
    }

    /** The continued fraction of the incomplete beta function (DLMF 8.17.22), by the modified method of Lentz. */
    private static double fraction(double a, double b, double x) {
        double tiny = 1e-300;
        double c = 1;
        double d = 1 / away(1 - (a + b) * x / (a + 1), tiny);
        double value = d;
        for (int m = 1; ; m++) {
            double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
            d = 1 / away(1 + even * d, tiny);
            c = away(1 + even / c, tiny);
            value *= d * c;
            double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
            d = 1 / away(1 + odd * d, tiny);
            c = away(1 + odd / c, tiny);
            double step = d * c;
            value *= step;
            if (Math.abs(step - 1) < 1e-15) {
                return value;
            }
        }
    }

    private static double away(double value, double tiny) {
        return Math.abs(value) < tiny ? tiny : value;
    }

    /** Stirling's series (DLMF 5.11.1) from 10 on, where five terms are exact to a double; below by recurrence. */
    static double logGamma(double x) {
        double product = 1;
        double shifted = x;
        while (shifted < 10) {
            product *= shifted;
            shifted++;
        }
        double inverse = 1 / shifted;
        double square = inverse * inverse;
        double series = inverse
                * (1 / 12.0 - square * (1 / 360.0 - square * (1 / 1260.0 - square * (1 / 1680.0 - square / 1188.0))));
        return (shifted - .5) * StrictMath.log(shifted) - shifted + HALF_LOG_TWO_PI + series - StrictMath.log(product);
    }
}
