package io.tanggap.core.statistics;

import org.jspecify.annotations.Nullable;

/**
 * Whether a share has moved between two windows, and which way.
 *
 * @param direction uncertain unless both windows have enough trials and the interval leaves zero out
 * @param difference the interval of 95 % of the later share minus the earlier one, in [−1, 1]; null where a window has no
 *     trials
 * @param reason why the direction is uncertain; null where it is certain
 */
public record Change(
        Direction direction,
        @Nullable Interval difference,
        @Nullable Reason reason) {
    /** Which way. */
    public enum Direction {
        /** The share has risen. */
        UP,
        /** The share has fallen. */
        DOWN,
        /** Nobody can tell. */
        UNCERTAIN
    }

    public Change {
        if ((direction == Direction.UNCERTAIN) == (reason == null)) {
            throw new IllegalArgumentException("change " + direction + " with reason " + reason
                    + ": a reason belongs to an uncertain direction, and only there");
        }
    }

    /**
     * The change from one window to another. The interval is the hybrid of the two score intervals (Newcombe 1998, Statistics
     * in Medicine 17:873, method 10). The windows must have no trial in common.
     */
    public static Change between(Proportion before, Proportion after) {
        Interval difference = difference(before, after);
        if (difference == null || !before.suffices() || !after.suffices()) {
            return new Change(Direction.UNCERTAIN, difference, Reason.N_BELOW_30);
        }
        if (difference.contains(0)) {
            return new Change(Direction.UNCERTAIN, difference, Reason.COVERS_ZERO);
        }
        return new Change(difference.lower() > 0 ? Direction.UP : Direction.DOWN, difference, null);
    }

    private static @Nullable Interval difference(Proportion before, Proportion after) {
        Double earlier = before.share();
        Double later = after.share();
        Interval ofEarlier = before.wilson();
        Interval ofLater = after.wilson();
        if (earlier == null || later == null || ofEarlier == null || ofLater == null) {
            return null;
        }
        double difference = later - earlier;
        return new Interval(
                difference - length(later - ofLater.lower(), ofEarlier.upper() - earlier),
                difference + length(ofLater.upper() - later, earlier - ofEarlier.lower()));
    }

    private static double length(double a, double b) {
        return Math.sqrt(a * a + b * b);
    }
}
