package io.tanggap.core.statistics;

/** Observed cases in bins of width one: an end or a censoring at time t is in bin t − 1, and an empty overflow bin is last. */
final class Cohort {
    private final long[] wanted;
    private final long[] competing;
    private final long[] censored;

    Cohort(int lastTime) {
        wanted = new long[lastTime + 1];
        competing = new long[lastTime + 1];
        censored = new long[lastTime + 1];
    }

    Cohort wanted(int... times) {
        return count(wanted, times);
    }

    Cohort competing(int... times) {
        return count(competing, times);
    }

    Cohort censored(int... times) {
        return count(censored, times);
    }

    private Cohort count(long[] bins, int... times) {
        for (int time : times) {
            bins[time - 1]++;
        }
        return this;
    }

    Cohort plus(Cohort other) {
        Cohort sum = new Cohort(wanted.length - 1);
        for (int bin = 0; bin < wanted.length; bin++) {
            sum.wanted[bin] = wanted[bin] + other.wanted[bin];
            sum.competing[bin] = competing[bin] + other.competing[bin];
            sum.censored[bin] = censored[bin] + other.censored[bin];
        }
        return sum;
    }

    Cohort times(int copies) {
        Cohort product = new Cohort(wanted.length - 1);
        for (int copy = 0; copy < copies; copy++) {
            product = product.plus(this);
        }
        return product;
    }

    Survival curve() {
        return Survival.of(wanted, competing, censored);
    }

    int[] edges() {
        int[] edges = new int[wanted.length - 1];
        for (int bin = 0; bin < edges.length; bin++) {
            edges[bin] = bin + 1;
        }
        return edges;
    }
}
