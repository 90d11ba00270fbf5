package io.tanggap.core.measure;

import io.tanggap.core.complaint.Outcome;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The figures of a window, each a function of one summed snapshot and of the sum of all flows before the window's end.
 *
 * @param received cases submitted in the window
 * @param met of those received: first target kept
 * @param missedLate of those received: first target missed, stopped since
 * @param missedOpen of those received: first target missed, still running
 * @param running of those received: first target running, deadline not past
 * @param paused of those received: first target standing still, for a reason that the reference allows
 * @param undecidable of those received: polls cannot tell whether the first target was kept
 * @param notApplicable of those received: no target; {@code met + missedLate + missedOpen + running + paused + undecidable +
 *     notApplicable = received}
 * @param dueMet targets whose deadline is in the window and past: kept
 * @param dueMissed the same: missed, open ones included
 * @param dueInherited the same: missed by a unit that received the case with at most a quarter of the time left; in no share
 * @param dueUndecidable the same: polls cannot tell; in no share
 * @param dueContested of all of these: the verdict was contested
 * @param dueOverturned of all of these: it was decided that the verdict does not stand; the counts are as computed
 * @param onTimeShare {@code dueMet / (dueMet + dueMissed)}, in [0, 1]; open overdue cases count as missed; inherited
 *     and undecidable ones and those without a target count nowhere; null where nothing was due
 * @param closed closings in the window, by outcome
 * @param openEntered cases that became open (role holder: came in)
 * @param openLeft cases that ceased to be open (role holder: left)
 * @param open cases open at the window's closing midnight
 * @param overdue of those open: past their deadline
 * @param withoutTarget of those open: no target
 * @param stale of those open: silent for longer than the configured time
 * @param handoversOut hand-overs given (role territory: all hand-overs of the territory's cases)
 * @param handoversIn hand-overs received; role holder only
 * @param reopened reopenings in the window
 * @param closeMedian time from submission to first closing, of those received: one minus Kaplan–Meier reaches 50 %
 * @param closeP80 the same, 80 %
 * @param closeP90 the same, 90 %
 * @param resolutionMedian time from submission to the first stop (the claim, else the closing) of a case closed as fixed
 *     or answered, of those received: Aalen–Johansen incidence reaches 50 %, other outcomes competing
 * @param resolutionP80 the same, 80 %
 * @param resolutionP90 the same, 90 %
 * @param closedOnlyMedian median age of the closings of the window: ignores every open case and so flatters; published
 *     beside the medians above, never alone
 * @param atRisk the number of cases that the curves rest on
 * @param censored of those: still open at the as-of of the curves
 */
public record Responsiveness(
        long received,
        long met,
        long missedLate,
        long missedOpen,
        long running,
        long paused,
        long undecidable,
        long notApplicable,
        long dueMet,
        long dueMissed,
        long dueInherited,
        long dueUndecidable,
        long dueContested,
        long dueOverturned,
        @Nullable Double onTimeShare,
        Map<Outcome, Long> closed,
        long openEntered,
        long openLeft,
        long open,
        long overdue,
        long withoutTarget,
        long stale,
        long handoversOut,
        long handoversIn,
        long reopened,
        Curve.Quantile closeMedian,
        Curve.Quantile closeP80,
        Curve.Quantile closeP90,
        Curve.Quantile resolutionMedian,
        Curve.Quantile resolutionP80,
        Curve.Quantile resolutionP90,
        Curve.Quantile closedOnlyMedian,
        long atRisk,
        long censored) {

    public Responsiveness {
        closed = Collections.unmodifiableMap(new TreeMap<>(closed));
    }

    /**
     * The figures of a window.
     *
     * @param window the sum of the snapshots of the window's cells
     * @param before the sum of the tallies of all days before the window's end, for the stocks at that midnight
     */
    public static Responsiveness of(Snapshot window, Tally before) {
        Tally counts = window.counts();
        long dueMet = counts.get(Count.DUE_MET);
        long dueMissed = counts.get(Count.DUE_MISSED_LATE) + counts.get(Count.DUE_MISSED_OPEN);
        Map<Outcome, Long> closed = new EnumMap<>(Outcome.class);
        for (Outcome outcome : Outcome.values()) {
            if (counts.closed(outcome) != 0) {
                closed.put(outcome, counts.closed(outcome));
            }
        }
        Curve close = window.timeToClose();
        Curve resolution = window.timeToResolution();
        return new Responsiveness(
                counts.get(Count.RECEIVED),
                counts.get(Count.COHORT_MET),
                counts.get(Count.COHORT_MISSED_LATE),
                counts.get(Count.COHORT_MISSED_OPEN),
                counts.get(Count.COHORT_RUNNING),
                counts.get(Count.COHORT_PAUSED),
                counts.get(Count.COHORT_UNDECIDABLE),
                counts.get(Count.COHORT_NOT_APPLICABLE),
                dueMet,
                dueMissed,
                counts.get(Count.DUE_INHERITED),
                counts.get(Count.DUE_UNDECIDABLE),
                counts.get(Count.DUE_CONTESTED),
                counts.get(Count.DUE_OVERTURNED),
                dueMet + dueMissed == 0 ? null : (double) dueMet / (dueMet + dueMissed),
                closed,
                counts.get(Count.OPEN_ENTERED),
                counts.get(Count.OPEN_LEFT),
                before.get(Count.OPEN_ENTERED) - before.get(Count.OPEN_LEFT),
                before.get(Count.OVERDUE_ENTERED) - before.get(Count.OVERDUE_LEFT),
                before.get(Count.NO_TARGET_ENTERED) - before.get(Count.NO_TARGET_LEFT),
                before.get(Count.STALE_ENTERED) - before.get(Count.STALE_LEFT),
                counts.get(Count.HANDOVERS_OUT),
                counts.get(Count.HANDOVERS_IN),
                counts.get(Count.REOPENED),
                close.quantile(.5),
                close.quantile(.8),
                close.quantile(.9),
                resolution.quantile(.5),
                resolution.quantile(.8),
                resolution.quantile(.9),
                window.closedOnly().quantile(.5),
                close.atRisk(),
                window.open());
    }
}
