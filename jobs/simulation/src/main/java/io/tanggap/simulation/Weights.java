package io.tanggap.simulation;

/** Relative frequencies, ready to be drawn from. */
final class Weights {
    private final double[] upTo;

    private Weights(double[] upTo) {
        this.upTo = upTo;
    }

    /** Frequencies of the indexes of {@code weights}; an index of weight zero is never drawn. */
    static Weights of(double[] weights) {
        double[] upTo = new double[weights.length];
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            sum += weights[i];
            upTo[i] = sum;
        }
        if (!(sum > 0)) {
            throw new IllegalArgumentException("at least one weight must be above zero");
        }
        return new Weights(upTo);
    }

    double total() {
        return upTo[upTo.length - 1];
    }

    /** The index that covers a share in [0, 1) of the whole. */
    int at(double share) {
        double wanted = share * total();
        int low = 0;
        int high = upTo.length - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (upTo[middle] > wanted) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /** How far into the index {@code at(share)} the share reaches, in [0, 1]. */
    double within(double share) {
        int index = at(share);
        double before = index == 0 ? 0 : upTo[index - 1];
        double width = upTo[index] - before;
        return width == 0 ? 0 : Math.min(1, Math.max(0, (share * total() - before) / width));
    }
}
