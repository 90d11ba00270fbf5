package io.tanggap.core.measure;

import io.tanggap.core.complaint.Outcome;
import io.tanggap.core.measure.Count.End;
import io.tanggap.core.statistics.Survival;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * What one cell, or a sum of cells, says at one as-of: the counts, which know none, the ages of what is still open, and the
 * part of days that are long enough past for a figure with a horizon. Snapshots add like the tallies that they come from.
 */
public final class Snapshot {
    /** After so many days a figure of the form "within h days" looks at a cohort. */
    public static final List<Integer> HORIZONS = List.of(7, 14, 30);

    // Shared by whatever did not occur, for most did not; never written to.
    private static final long[] NONE = new long[AgeBins.COUNT];
    private static final long DURABLE_HOURS = Stops.DURABLE.toHours();

    private final TallySum sum = new TallySum();
    /** What has been summed so far; null since something was added. */
    private @Nullable Tally counts;

    private long[] censored = NONE;
    private long[] durablyCensored = NONE;
    // By horizon.
    private final long[] mature = new long[HORIZONS.size()];
    private final long[] resolvedWithin = new long[HORIZONS.size()];
    private final TallySum matureStops = new TallySum();

    /** Adds what {@link Tally#at} says of one more cell. */
    public Snapshot add(Tally tally, Day day, Instant asOf) {
        sum.add(day.end().isAfter(asOf) ? tally.ofTheDayUntilNow() : tally);
        counts = null;
        long hours = Duration.between(day.start(), asOf).toHours();
        censored = age(tally, Count.OPEN_SLOT, hours, censored);
        durablyCensored = age(tally, Count.DURABLE_OPEN_SLOT, hours - DURABLE_HOURS, durablyCensored);
        for (int i = 0; i < mature.length; i++) {
            Duration horizon = Duration.ofDays(HORIZONS.get(i));
            if (!day.end().plus(horizon).isAfter(asOf)) {
                int last = AgeBins.ofMillis(horizon.toMillis());
                // Those of their time that had ended are not known, so who was still open later says nothing of the
                // share.
                mature[i] += tally.sum(Count.FIRST_END) + tally.sum(Count.OPEN_SLOT) - tally.sum(Count.LATE_ENTRY);
                resolvedWithin[i] += resolvedUpTo(tally, last);
            }
        }
        if (!day.end().plus(Stops.DURABLE).isAfter(asOf)) {
            matureStops.add(tally, Count.FINAL_STOP).add(tally, Count.RETURNED);
        }
        return this;
    }

    private static long[] age(Tally tally, Count slots, long hours, long[] ages) {
        long[][] sum = {ages};
        tally.forEach(slots, (slot, cases) -> {
            if (hours > slot) {
                sum[0] = own(sum[0]);
                sum[0][AgeBins.ofWholeHours(hours - slot)] += cases;
            }
        });
        return sum[0];
    }

    private static long resolvedUpTo(Tally tally, int last) {
        long[] sum = {0};
        tally.forEach(Count.FIRST_STOP, (index, cases) -> {
            if (index % AgeBins.COUNT <= last && isResolved(index / AgeBins.COUNT)) {
                sum[0] += cases;
            }
        });
        tally.forEach(Count.LATE_ENTRY_RESOLVED, (bin, cases) -> {
            if (bin <= last) {
                sum[0] -= cases;
            }
        });
        return sum[0];
    }

    private static boolean isResolved(int outcomeCode) {
        return Outcome.ofCode(outcomeCode).isResolved();
    }

    /** Adds another snapshot of the same as-of to this one. */
    public Snapshot add(Snapshot other) {
        sum.add(other.counts());
        counts = null;
        censored = addTo(censored, other.censored);
        durablyCensored = addTo(durablyCensored, other.durablyCensored);
        for (int i = 0; i < mature.length; i++) {
            mature[i] += other.mature[i];
            resolvedWithin[i] += other.resolvedWithin[i];
        }
        matureStops.add(other.matureStops.toTally());
        return this;
    }

    private static long[] own(long[] cases) {
        return cases == NONE ? new long[AgeBins.COUNT] : cases;
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
        return sum.isZero();
    }

    /** The counts, which know no as-of. */
    public Tally counts() {
        if (counts == null) {
            counts = sum.toTally();
        }
        return counts;
    }

    /** Problems of the cohort that are still open at the as-of. */
    public long open() {
        long open = 0;
        for (long cases : censored) {
            open += cases;
        }
        return open;
    }

    /** Whether curves of the cohort go on ageing: something of it is open, or is not known yet to have lasted. */
    public boolean ages() {
        return censored != NONE || counts().has(Count.OPEN_SLOT) || counts().has(Count.DURABLE_OPEN_SLOT);
    }

    /** Problems of days that ended at least a horizon ago, of those with an age. */
    public long mature(int horizon) {
        return mature[horizon];
    }

    /** Of those, the ones that were resolved within the horizon. */
    public long resolvedWithin(int horizon) {
        return resolvedWithin[horizon];
    }

    /** Final stops and returns of days that ended at least {@link Stops#DURABLE} ago. */
    public Tally matureStops() {
        return matureStops.toTally();
    }

    /** Time from the earliest report to the first closing, whatever the outcome: one minus Kaplan–Meier. */
    public Survival timeToClose() {
        return curve(Count.LATE_ENTRY, ends(Count.FIRST_END, outcome -> true), NONE, counted(censored));
    }

    /**
     * Time from the earliest report to the first stop of a problem that was closed as fixed or answered, other outcomes
     * competing: Aalen–Johansen. A claim stops the clock once its closing has confirmed it; until then the case is at risk.
     */
    public Survival timeToResolution() {
        return curve(
                Count.LATE_ENTRY,
                ends(Count.FIRST_STOP, Snapshot::isResolved),
                ends(Count.FIRST_STOP, outcome -> !isResolved(outcome)),
                counted(censored));
    }

    /**
     * Time from the earliest report to the first closing as fixed or answered that lasted, as of {@link Stops#DURABLE} ago;
     * other closings that lasted compete.
     */
    public Survival timeToDurableResolution() {
        return curve(
                Count.DURABLE_LATE_ENTRY,
                ends(Count.DURABLE_END, Snapshot::isResolved),
                ends(Count.DURABLE_END, outcome -> !isResolved(outcome)),
                counted(durablyCensored));
    }

    private Survival curve(Count lateEntries, long[] wanted, long[] competing, long[] open) {
        return counts().has(lateEntries)
                ? Survival.withLateEntries(wanted, competing, open, entered(bins(lateEntries), wanted, competing, open))
                : Survival.of(wanted, competing, open);
    }

    /** As {@link #counted}: never more enter than leave in a later bin. */
    private static long[] entered(long[] entries, long[]... leaving) {
        long[] entered = new long[entries.length];
        long leaveLater = 0;
        for (int bin = entries.length - 1; bin >= 0; bin--) {
            entered[bin] = Math.min(entries[bin], leaveLater);
            leaveLater -= entered[bin];
            for (long[] left : leaving) {
                leaveLater += left[bin];
            }
        }
        return entered;
    }

    /** Problems of the cohort that are observed late, of those with an age. */
    public long lateEntries() {
        return counts().sum(Count.LATE_ENTRY);
    }

    /** How long stays last until they end in one way, every other way competing. */
    public Survival stays(End end) {
        return Survival.of(
                ends(Count.STAY_END, other -> other == end.code()),
                ends(Count.STAY_END, other -> other != end.code()),
                bins(Count.STAY_OPEN));
    }

    /** How long stays last, however they end. */
    public Survival stays() {
        return Survival.of(ends(Count.STAY_END, end -> true), NONE, bins(Count.STAY_OPEN));
    }

    /** How long offers stand until they end in one way, every other way competing. */
    public Survival limbo(End end) {
        return Survival.of(
                ends(Count.LIMBO_END, other -> other == end.code()),
                ends(Count.LIMBO_END, other -> other != end.code()),
                bins(Count.LIMBO_OPEN));
    }

    /** Ages at the closings alone: what dashboards usually show, for contrast only. */
    public Survival closedOnly() {
        return Survival.of(bins(Count.CLOSED_AGE), NONE, NONE);
    }

    /** How long the giver had the case before the hops of a pair. */
    public Survival staysBeforeHops() {
        return Survival.of(bins(Count.PAIR_STAY), NONE, NONE);
    }

    /** How late events came, by {@link LatenessBins}. */
    public long[] lateness() {
        long[] bins = new long[LatenessBins.COUNT];
        counts().forEach(Count.LATENESS, (bin, events) -> bins[bin] += events);
        return counted(bins);
    }

    private long[] bins(Count count) {
        long[] bins = new long[AgeBins.COUNT];
        counts().forEach(count, (bin, cases) -> bins[bin] += cases);
        return counted(bins);
    }

    private long[] ends(Count count, IntPredicate wanted) {
        long[] bins = new long[AgeBins.COUNT];
        counts().forEach(count, (index, cases) -> {
            if (wanted.test(index / AgeBins.COUNT)) {
                bins[index % AgeBins.COUNT] += cases;
            }
        });
        return counted(bins);
    }

    /** Where only some of what changed together has arrived, or is left out, a bin can hold less than nothing for a moment. */
    private static long[] counted(long[] bins) {
        long[] counted = bins;
        for (int bin = 0; bin < bins.length; bin++) {
            if (bins[bin] < 0) {
                counted = counted == bins ? bins.clone() : counted;
                counted[bin] = 0;
            }
        }
        return counted;
    }
}
