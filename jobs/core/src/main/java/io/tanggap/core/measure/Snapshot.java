package io.tanggap.core.measure;

import io.tanggap.core.complaint.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/**
 * What one cell, or a sum of cells, says at one as-of: the counts, and over the age bins the first ends and the first
 * stops by outcome, the ages of cases still open, and the ages of the closings. Snapshots add like the tallies that they come from.
 */
public final class Snapshot {
    // Shared by whatever did not occur, for most did not; never written to.
    private static final long[] NONE = new long[AgeBins.COUNT];

    private final TallySum counts = new TallySum();
    private long[] censored = NONE;
    // By outcome code.
    private final long[][] ends = new long[Outcome.values().length][];
    private final long[][] stops = new long[Outcome.values().length][];
    private long[] closedAges = NONE;

    /** A snapshot of nothing. */
    public Snapshot() {
        Arrays.fill(ends, NONE);
        Arrays.fill(stops, NONE);
    }

    /** Adds what {@link Tally#at} says of one more cell. */
    public Snapshot add(Tally tally, Instant dayStart, Instant asOf) {
        counts.add(tally);
        long hours = Duration.between(dayStart, asOf).toHours();
        tally.forEach(Count.OPEN_SLOT, (slot, cases) -> {
            if (hours > slot) {
                censored = own(censored);
                censored[AgeBins.ofWholeHours(hours - slot)] += cases;
            }
        });
        tally.forEach(
                Count.FIRST_END, (index, cases) -> own(ends, index / AgeBins.COUNT)[index % AgeBins.COUNT] += cases);
        tally.forEach(
                Count.FIRST_STOP, (index, cases) -> own(stops, index / AgeBins.COUNT)[index % AgeBins.COUNT] += cases);
        tally.forEach(Count.CLOSED_AGE, (bin, cases) -> {
            closedAges = own(closedAges);
            closedAges[bin] += cases;
        });
        return this;
    }

    /** Adds another snapshot of the same as-of to this one. */
    public Snapshot add(Snapshot other) {
        counts.add(other.counts());
        censored = addTo(censored, other.censored);
        addTo(ends, other.ends);
        addTo(stops, other.stops);
        closedAges = addTo(closedAges, other.closedAges);
        return this;
    }

    private static long[] own(long[][] byOutcome, int outcome) {
        byOutcome[outcome] = own(byOutcome[outcome]);
        return byOutcome[outcome];
    }

    private static long[] own(long[] cases) {
        return cases == NONE ? new long[AgeBins.COUNT] : cases;
    }

    private static void addTo(long[][] sum, long[][] more) {
        for (int outcome = 0; outcome < sum.length; outcome++) {
            sum[outcome] = addTo(sum[outcome], more[outcome]);
        }
    }

    private static long[] addTo(long[] sum, long[] more) {
        if (more == NONE) {
            return sum;
        }
        long[] own = own(sum);
        for (int i = 0; i < own.length; i++) {
            own[i] += more[i];
        }
        return own;
    }

    /** Whether nothing happened: {@code counts().isZero()}. */
    public boolean isZero() {
        return counts.isZero();
    }

    /** The counts, which know no as-of. */
    public Tally counts() {
        return counts.toTally();
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
        return Curve.of(of(ends, outcome -> true), List.of(), censored);
    }

    /**
     * Time from submission to the first stop of a case that was closed as fixed or answered, other outcomes competing:
     * Aalen–Johansen. A claim stops the clock once its closing has confirmed it; until then the case is at risk.
     */
    public Curve timeToResolution() {
        return Curve.of(of(stops, Outcome::isResolved), of(stops, outcome -> !outcome.isResolved()), censored);
    }

    /** Ages at the closings alone: what dashboards usually show, for contrast only. */
    public Curve closedOnly() {
        return Curve.of(List.of(closedAges), List.of(), NONE);
    }

    private static List<long[]> of(long[][] byOutcome, Predicate<Outcome> wanted) {
        List<long[]> occurred = new ArrayList<>();
        for (Outcome outcome : Outcome.values()) {
            if (byOutcome[outcome.code()] != NONE && wanted.test(outcome)) {
                occurred.add(byOutcome[outcome.code()]);
            }
        }
        return occurred;
    }
}
