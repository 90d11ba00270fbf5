package io.tanggap.core.measure;

import io.tanggap.core.complaint.Outcome;
import java.time.Instant;
import java.util.Arrays;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * A sparse vector of whole numbers, indexed by {@link Count} (and, for histograms, an index within it). Tallies form an
 * abelian group under {@link #plus}, {@link #negate} and {@link #ZERO}, and know no as-of: cases that are still open are
 * kept by the local hour of their submission, and {@link #at} turns those into ages.
 */
public final class Tally {
    /** The neutral element. */
    public static final Tally ZERO = new Tally(new int[0], new long[0]);

    private static final int INDEX_BITS = 16;
    private static final int INDEX_MASK = (1 << INDEX_BITS) - 1;

    private final int[] keys;
    private final long[] values;

    private Tally(int[] keys, long[] values) {
        this.keys = keys;
        this.values = values;
    }

    /** Collects the parts of one tally. */
    public static final class Builder {
        private final TreeMap<Integer, Long> parts = new TreeMap<>();

        /** Adds {@code amount} to a count. */
        public Builder add(Count count, long amount) {
            return add(count, 0, amount);
        }

        /** Adds {@code amount} to one place of a histogram. */
        public Builder add(Count count, int index, long amount) {
            if (index < 0 || index > INDEX_MASK) {
                throw new IllegalArgumentException(count + " has no index " + index);
            }
            parts.merge(count.code() << INDEX_BITS | index, amount, Long::sum);
            return this;
        }

        /** The tally of all that was added. */
        public Tally build() {
            parts.values().removeIf(value -> value == 0);
            int[] keys = new int[parts.size()];
            long[] values = new long[keys.length];
            int i = 0;
            for (var part : parts.entrySet()) {
                keys[i] = part.getKey();
                values[i++] = part.getValue();
            }
            return keys.length == 0 ? ZERO : new Tally(keys, values);
        }
    }

    /** A tally from its stored form: codes ascending and distinct, values not zero. */
    public static Tally ofParts(int[] keys, long[] values) {
        if (keys.length != values.length) {
            throw new IllegalArgumentException(keys.length + " keys and " + values.length + " values");
        }
        for (int i = 0; i < keys.length; i++) {
            if (values[i] == 0 || (i > 0 && keys[i] <= keys[i - 1])) {
                throw new IllegalArgumentException("keys must ascend and values not be zero, at part " + i);
            }
        }
        return keys.length == 0 ? ZERO : new Tally(keys, values);
    }

    /** The number of parts of the stored form. */
    public int size() {
        return keys.length;
    }

    /** The stored code of a part. */
    public int keyAt(int part) {
        return keys[part];
    }

    /** The value of a part; never zero. */
    public long valueAt(int part) {
        return values[part];
    }

    /** Whether this is {@link #ZERO}. */
    public boolean isZero() {
        return keys.length == 0;
    }

    /** A plain count. */
    public long get(Count count) {
        return get(count, 0);
    }

    /** One place of a histogram. */
    public long get(Count count, int index) {
        int at = Arrays.binarySearch(keys, count.code() << INDEX_BITS | index);
        return at < 0 ? 0 : values[at];
    }

    /** The sum over a histogram. */
    public long sum(Count count) {
        long sum = 0;
        for (int i = from(count); i < keys.length && keys[i] >>> INDEX_BITS == count.code(); i++) {
            sum += values[i];
        }
        return sum;
    }

    /** Whether any place of a count is not zero. */
    public boolean has(Count count) {
        int at = from(count);
        return at < keys.length && isOf(keys[at], count);
    }

    /** The first part of a count or of any after it. */
    int from(Count count) {
        int at = Arrays.binarySearch(keys, count.code() << INDEX_BITS);
        return at < 0 ? -at - 1 : at;
    }

    /** Every non-zero place of a histogram, in order of the index. */
    public void forEach(Count count, PlaceVisitor visitor) {
        for (int i = from(count); i < keys.length && keys[i] >>> INDEX_BITS == count.code(); i++) {
            visitor.visit(keys[i] & INDEX_MASK, values[i]);
        }
    }

    /** Takes one place of a histogram. */
    public interface PlaceVisitor {
        void visit(int index, long value);
    }

    /** The sum of two tallies. */
    public Tally plus(Tally other) {
        if (isZero()) {
            return other;
        }
        if (other.isZero()) {
            return this;
        }
        int[] sumKeys = new int[keys.length + other.keys.length];
        long[] sumValues = new long[sumKeys.length];
        int i = 0;
        int j = 0;
        int n = 0;
        while (i < keys.length || j < other.keys.length) {
            int key;
            long value = 0;
            if (j == other.keys.length || (i < keys.length && keys[i] <= other.keys[j])) {
                key = keys[i];
                value = values[i++];
                if (j < other.keys.length && other.keys[j] == key) {
                    value += other.values[j++];
                }
            } else {
                key = other.keys[j];
                value = other.values[j++];
            }
            if (value != 0) {
                sumKeys[n] = key;
                sumValues[n++] = value;
            }
        }
        return n == 0 ? ZERO : new Tally(Arrays.copyOf(sumKeys, n), Arrays.copyOf(sumValues, n));
    }

    /** The inverse: {@code t.plus(t.negate())} is {@link #ZERO}. */
    public Tally negate() {
        long[] negated = new long[values.length];
        for (int i = 0; i < values.length; i++) {
            negated[i] = -values[i];
        }
        return new Tally(keys, negated);
    }

    /**
     * What this cell says at an as-of: open cases become ages. Linear: {@code (a + b).at(d, t) = a.at(d, t) + b.at(d, t)}.
     * A case submitted at or after the as-of is not yet at risk. At a whole number of hours from the day's start, as every
     * midnight is, the ages are exact at bin resolution.
     *
     * @param day the cell's
     * @param asOf the instant that ages are measured at
     */
    public Snapshot at(Day day, Instant asOf) {
        return new Snapshot().add(this, day, asOf);
    }

    /** The part that stocks at later midnights are made of: what entered and left. */
    public Tally flows() {
        return filter(Tally::isFlow);
    }

    private Tally filter(IntPredicate kept) {
        int[] keptKeys = new int[keys.length];
        long[] keptValues = new long[keys.length];
        int n = 0;
        for (int i = 0; i < keys.length; i++) {
            if (kept.test(keys[i])) {
                keptKeys[n] = keys[i];
                keptValues[n++] = values[i];
            }
        }
        return n == 0 ? ZERO : new Tally(Arrays.copyOf(keptKeys, n), Arrays.copyOf(keptValues, n));
    }

    /** Without what is said of a whole day, as long as the day goes on. */
    Tally ofTheDayUntilNow() {
        return Arrays.stream(keys).anyMatch(key -> Count.isOfWholeDay(key >>> INDEX_BITS))
                ? filter(key -> !Count.isOfWholeDay(key >>> INDEX_BITS))
                : this;
    }

    static boolean isOf(int key, Count count) {
        return key >>> INDEX_BITS == count.code();
    }

    static boolean isFlow(int key) {
        return Count.isFlow(key >>> INDEX_BITS);
    }

    /**
     * The part that time alone never changes once its day is over: what happened on a day and what was due on it. What is left
     * of a tally goes on ageing: how the cases of a day have fared until now, and who answers for those that are open. A missed
     * target is one thing here, stopped since or not.
     */
    public Tally settled() {
        Builder settled = new Builder();
        for (int part = 0; part < keys.length; part++) {
            int code = keys[part] >>> INDEX_BITS;
            if (code == Count.DUE_MISSED_OPEN.code()) {
                settled.add(Count.DUE_MISSED_LATE, values[part]);
            } else if (Count.isSettled(code)) {
                settled.parts.merge(keys[part], values[part], Long::sum);
            }
        }
        return settled.build();
    }

    /** Closings of a day by an outcome. */
    public long closed(Outcome outcome) {
        return get(Count.CLOSED, outcome.code());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Tally that && Arrays.equals(keys, that.keys) && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(keys) + Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("Tally{");
        for (int i = 0; i < keys.length; i++) {
            text.append(i == 0 ? "" : ", ")
                    .append(keys[i] >>> INDEX_BITS)
                    .append('[')
                    .append(keys[i] & INDEX_MASK)
                    .append("]=")
                    .append(values[i]);
        }
        return text.append('}').toString();
    }
}
