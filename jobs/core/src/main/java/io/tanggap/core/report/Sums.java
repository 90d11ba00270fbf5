package io.tanggap.core.report;

import io.tanggap.core.measure.Count;
import io.tanggap.core.measure.Day;
import io.tanggap.core.measure.Responsiveness;
import io.tanggap.core.measure.Snapshot;
import io.tanggap.core.measure.Stock;
import io.tanggap.core.measure.Tally;
import io.tanggap.core.measure.TallySum;
import io.tanggap.core.sla.Share;
import io.tanggap.core.statistics.Funnel.Stratum;
import io.tanggap.core.statistics.Proportion;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What is summed for one unit that answers. */
final class Sums {
    /** Kept and missed, in parts per million of a verdict, so that shares add up exactly. */
    static final class Verdicts {
        private long met;
        private long missed;

        void add(boolean kept, int partsPerMillion) {
            if (kept) {
                met += partsPerMillion;
            } else {
                missed += partsPerMillion;
            }
        }

        long met() {
            return met;
        }

        long missed() {
            return missed;
        }

        long all() {
            return met + missed;
        }

        /** In whole verdicts: exact where nothing is shared. */
        Proportion whole() {
            return new Proportion(met / Share.WHOLE, all() / Share.WHOLE);
        }
    }

    final Verdicts due = new Verdicts();
    final Verdicts dueBefore = new Verdicts();

    private final Snapshot period = new Snapshot();
    private final TallySum flowsBefore = new TallySum();
    private final TallySum flowsToMidnight = new TallySum();
    private final TallySum flowsToEnd = new TallySum();
    private final SortedMap<Long, DayOfCard> days = new TreeMap<>();
    private final Map<List<String>, Verdicts> strata = new HashMap<>();

    /** @param closing the last midnight that is in the period, or ends it */
    void add(Tally tally, Day day, Terms terms, long closing, Instant midnight) {
        if (terms.isInPeriod(day.number())) {
            period.add(tally, day, midnight);
            days.merge(day.number(), DayOfCard.of(tally, day.number()), DayOfCard::plus);
        }
        if (day.number() < terms.from().toEpochDay()) {
            flowsBefore.addFlows(tally);
        } else if (day.number() < closing) {
            flowsToMidnight.addFlows(tally);
        } else if (day.number() < terms.to().toEpochDay()) {
            flowsToEnd.addFlows(tally);
        }
    }

    /** @param alike what is alike, from the finest to the coarsest */
    void addToCohort(List<String> alike, boolean kept) {
        strata.computeIfAbsent(alike, any -> new Verdicts()).add(kept, Share.WHOLE);
    }

    /** Misses of cases with a verdict, by what is alike. */
    List<Stratum> strata() {
        List<Stratum> counted = new ArrayList<>();
        strata.forEach((alike, verdicts) -> {
            Proportion kept = verdicts.whole();
            counted.add(new Stratum(alike, new Proportion(kept.trials() - kept.successes(), kept.trials())));
        });
        return counted;
    }

    /** The days of the period on which anything happened, with the stocks at their ends. */
    List<DayOfCard> days() {
        Tally before = flowsBefore.toTally();
        long open = before.get(Count.OPEN_ENTERED) - before.get(Count.OPEN_LEFT);
        long overdue = before.get(Count.OVERDUE_ENTERED) - before.get(Count.OVERDUE_LEFT);
        List<DayOfCard> told = new ArrayList<>();
        for (DayOfCard day : days.values()) {
            open += day.open();
            overdue += day.overdue();
            told.add(day.withStocks(open, overdue));
        }
        return told;
    }

    Responsiveness figures(Day opening, Day closing) {
        Tally before = flowsBefore.toTally();
        Tally atMidnight = before.plus(flowsToMidnight.toTally());
        return Responsiveness.of(
                period,
                new Stock(before, opening),
                new Stock(atMidnight, closing),
                atMidnight.plus(flowsToEnd.toTally()));
    }
}
