package io.tanggap.core.measure;

import java.util.Arrays;

/** A sum of tallies that is added to in place: for sums of many, where a new {@link Tally} each time would cost its size. */
public final class TallySum {
    private static final int EMPTY = -1;
    private static final int SMALLEST = 8;

    // Open addressing; the length is a power of two and at most two thirds are taken. Keys are never negative.
    private int[] keys = filled(SMALLEST);
    private long[] values = new long[SMALLEST];
    private int taken;

    /** Adds a tally. */
    public TallySum add(Tally tally) {
        for (int part = 0; part < tally.size(); part++) {
            add(tally.keyAt(part), tally.valueAt(part));
        }
        return this;
    }

    /** Adds one count of a tally. */
    TallySum add(Tally tally, Count count) {
        for (int part = tally.from(count); part < tally.size() && Tally.isOf(tally.keyAt(part), count); part++) {
            add(tally.keyAt(part), tally.valueAt(part));
        }
        return this;
    }

    /** Adds the {@link Tally#flows()} of a tally. */
    public TallySum addFlows(Tally tally) {
        for (int part = tally.from(Count.OPEN_ENTERED); part < tally.size(); part++) {
            if (Tally.isFlow(tally.keyAt(part))) {
                add(tally.keyAt(part), tally.valueAt(part));
            }
        }
        return this;
    }

    private void add(int key, long value) {
        int at = place(keys, key);
        if (keys[at] == EMPTY) {
            if (3 * (taken + 1) > 2 * keys.length) {
                grow();
                at = place(keys, key);
            }
            keys[at] = key;
            taken++;
        }
        values[at] += value;
    }

    private static int place(int[] keys, int key) {
        // The high bits of the product: the low ones of a plain count are all zero, as those of its key are.
        int at = (key * 0x9E3779B9) >>> Integer.numberOfLeadingZeros(keys.length - 1);
        while (keys[at] != EMPTY && keys[at] != key) {
            at = (at + 1) & (keys.length - 1);
        }
        return at;
    }

    private void grow() {
        int[] larger = filled(2 * keys.length);
        long[] moved = new long[larger.length];
        for (int i = 0; i < keys.length; i++) {
            if (keys[i] != EMPTY) {
                int at = place(larger, keys[i]);
                larger[at] = keys[i];
                moved[at] = values[i];
            }
        }
        keys = larger;
        values = moved;
    }

    private static int[] filled(int length) {
        int[] keys = new int[length];
        Arrays.fill(keys, EMPTY);
        return keys;
    }

    /** Whether the sum so far is {@link Tally#ZERO}. */
    public boolean isZero() {
        for (long value : values) {
            if (value != 0) {
                return false;
            }
        }
        return true;
    }

    /** The sum so far. */
    public Tally toTally() {
        int[] sorted = new int[taken];
        int n = 0;
        for (int i = 0; i < keys.length; i++) {
            if (keys[i] != EMPTY && values[i] != 0) {
                sorted[n++] = keys[i];
            }
        }
        sorted = Arrays.copyOf(sorted, n);
        Arrays.sort(sorted);
        long[] sums = new long[n];
        for (int i = 0; i < n; i++) {
            sums[i] = values[place(keys, sorted[i])];
        }
        return Tally.ofParts(sorted, sums);
    }
}
