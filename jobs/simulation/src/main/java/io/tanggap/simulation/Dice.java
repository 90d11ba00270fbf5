package io.tanggap.simulation;

/**
 * SplitMix64: a stream of numbers that is the same on every Java platform. The platform's own generators document their
 * quality and not their numbers, and {@link Math} may differ in the last digit; only {@link StrictMath} is used here.
 */
final class Dice {
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;
    private static final double UNIT = 0x1.0p-53;
    private static final double SIXTEEN_BITS = 0x1.0p-16;
    /** Scales a sum of four uniforms, of variance a third, to variance one. */
    private static final double ROOT_OF_THREE = 1.7320508075688772;

    private long state;

    Dice(long seed) {
        state = seed;
    }

    /** Dice whose numbers are unrelated to those of any other (seed, stream). */
    static Dice of(long seed, long stream) {
        return new Dice(mix(mix(seed) + GOLDEN_GAMMA * (stream + 1)));
    }

    private static long mix(long value) {
        long mixed = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }

    private long next() {
        state += GOLDEN_GAMMA;
        return mix(state);
    }

    /** In [0, 1). */
    double unit() {
        return (next() >>> 11) * UNIT;
    }

    boolean chance(double probability) {
        return unit() < probability;
    }

    /** In [from, to). */
    double between(double from, double to) {
        return from + (to - from) * unit();
    }

    /** In [0, bound). */
    int below(int bound) {
        return (int) (unit() * bound);
    }

    /** Log-normal in shape, its tails cut where the normal one is at 3.46 standard deviations. */
    double logNormal(double median, double sigma) {
        long bits = next();
        double sum = ((bits & 0xFFFF) + (bits >>> 16 & 0xFFFF) + (bits >>> 32 & 0xFFFF) + (bits >>> 48)) * SIXTEEN_BITS;
        return median * StrictMath.exp(sigma * (sum - 2) * ROOT_OF_THREE);
    }

    /** An index of {@code weights}, as often as its weight says. */
    int pick(Weights weights) {
        return weights.at(unit());
    }
}
