package io.tanggap.core.measure;

import io.tanggap.core.complaint.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/**
 * What one cell, or a sum of cells, says at one as-of: the counts, and over the age bins the first ends by outcome, the
 * ages of cases still open, and the ages of the closings. Snapshots add like the tallies that they come from.
 */
public final class Snapshot {
    private static final long[] NONE = new long[AgeBins.COUNT];

    private Tally counts = Tally.ZERO;
    private final long[] censored = new long[AgeBins.COUNT];
    // By outcome code; an outcome that did not occur shares the empty array, for most do not.
    private final long[][] ends = new long[Outcome.values().length][];
    private final long[] closedAges = new long[AgeBins.COUNT];

    /** A snapshot of nothing. */
    public Snapshot() {
        Arrays.fill(ends, NONE);
    }

    /** Adds what {@link Tally#at} says of one more cell. */
    public Snapshot add(Tally tally, Instant dayStart, Instant asOf) {
        counts = counts.plus(tally);
        long hours = Duration.between(dayStart, asOf).toHours();
        tally.forEach(Count.OPEN_SLOT, (slot, cases) -> {
            if (hours > slot) {
                censored[AgeBins.ofWholeHours(hours - slot)] += cases;
            }
        });
        tally.forEach(Count.FIRST_END, (index, cases) -> ends(index / AgeBins.COUNT)[index % AgeBins.COUNT] += cases);
        tally.forEach(Count.CLOSED_AGE, (bin, cases) -> closedAges[bin] += cases);
        return this;
    }

    /** Adds another snapshot of the same as-of to this one. */
    public Snapshot add(Snapshot other) {
        counts = counts.plus(other.counts);
        addTo(censored, other.censored);
        for (int outcome = 0; outcome < ends.length; outcome++) {
            if (other.ends[outcome] != NONE) {
                addTo(ends(outcome), other.ends[outcome]);
            }
        }
        addTo(closedAges, other.closedAges);
        return this;
    }

    private long[] ends(int outcome) {
        if (ends[outcome] == NONE) {
            ends[outcome] = new long[AgeBins.COUNT];
        }
        return ends[outcome];
    }

    private static void addTo(long[] sum, long[] more) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += more[i];
        }
    }

    /** The counts, which know no as-of. */
    public Tally counts() {
        return counts;
    }

    /** Cases of the cohort that are still open at the as-of. */
    public long open() {
        long open = 0;
        for (long cases : censored) {
            open += cases;
        }
        return open;
    }

    /** Time from submission to the first closing, whatever the outcome: one minus Kaplan–Meier. */
    public Curve timeToClose() {
        return Curve.of(ends(outcome -> true), List.of(), censored);
    }

    /** Time from submission to a first closing as fixed or answered, other outcomes competing: Aalen–Johansen. */
    public Curve timeToResolution() {
        return Curve.of(ends(Outcome::isResolved), ends(outcome -> !outcome.isResolved()), censored);
    }

    /** Ages at the closings alone: what dashboards usually show, for contrast only. */
    public Curve closedOnly() {
        return Curve.of(List.of(closedAges), List.of(), NONE);
    }

    private List<long[]> ends(Predicate<Outcome> wanted) {
        List<long[]> occurred = new ArrayList<>();
        for (Outcome outcome : Outcome.values()) {
            if (ends[outcome.code()] != NONE && wanted.test(outcome)) {
                occurred.add(ends[outcome.code()]);
            }
        }
        return occurred;
    }
}
