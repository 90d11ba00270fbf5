package io.tanggap.core.statistics;

/**
 * Random numbers that are the same on every virtual machine: SplitMix64 (Steele, Lea and Flood 2014), written out because no
 * specification promises that a generator of the library stays as it is.
 */
final class SplitMix64 {
    private static final double UNIT = 0x1p-52;

    private long state;
    private double spare = Double.NaN;

    SplitMix64(long seed) {
        state = seed;
    }

    long nextLong() {
        state += 0x9E3779B97F4A7C15L;
        long mixed = (state ^ (state >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }

    /** Uniform in (0, 1), neither end included: its logarithm is always finite. */
    double nextOpen() {
        return ((nextLong() >>> 12) + .5) * UNIT;
    }

    /** Standard normal, by the polar method (Marsaglia and Bray 1964). */
    double nextNormal() {
        if (!Double.isNaN(spare)) {
            double kept = spare;
            spare = Double.NaN;
            return kept;
        }
        double x;
        double y;
        double square;
        do {
            x = 2 * nextOpen() - 1;
            y = 2 * nextOpen() - 1;
            square = x * x + y * y;
        } while (square >= 1 || square == 0);
        double scale = Math.sqrt(-2 * StrictMath.log(square) / square);
        spare = y * scale;
        return x * scale;
    }

    /**
     * The logarithm of a gamma variate of scale 1 (Marsaglia and Tsang 2000). The logarithm, because of a small shape the
     * variate itself is mostly too small for a double, and all such would tie at zero.
     *
     * @param shape more than 0
     */
    double nextLogGamma(double shape) {
        double boost = shape < 1 ? StrictMath.log(nextOpen()) / shape : 0;
        double d = (shape < 1 ? shape + 1 : shape) - 1 / 3.0;
        double c = 1 / Math.sqrt(9 * d);
        while (true) {
            double normal = nextNormal();
            double root = 1 + c * normal;
            if (root <= 0) {
                continue;
            }
            double cube = root * root * root;
            double squared = normal * normal;
            double uniform = nextOpen();
            if (uniform < 1 - .0331 * squared * squared
                    || StrictMath.log(uniform) < squared / 2 + d * (1 - cube + StrictMath.log(cube))) {
                return StrictMath.log(d * cube) + boost;
            }
        }
    }
}
