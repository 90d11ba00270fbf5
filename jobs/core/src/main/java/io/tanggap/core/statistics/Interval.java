package io.tanggap.core.statistics;

/**
 * The values that the counts allow at a confidence, both limits included.
 *
 * @param lower at most {@code upper}
 */
public record Interval(double lower, double upper) {
    /** The quantile of the standard normal distribution of a two-sided interval of 95 %. */
    public static final double Z_95 = 1.959963984540054;

    /** The same of 99.8 %, the outer limits of a funnel. */
    public static final double Z_998 = 3.090232306167813;

    public Interval {
        if (!(lower <= upper)) {
            throw new IllegalArgumentException("interval [" + lower + ", " + upper
                    + "]: the lower limit must not exceed" + " the upper one, and both must be numbers");
        }
    }

    /** Whether a value is in the interval; a limit is. */
    public boolean contains(double value) {
        return lower <= value && value <= upper;
    }
}
