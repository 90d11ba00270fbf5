package io.tanggap.core.report;

import io.tanggap.core.sla.Share;
import io.tanggap.core.statistics.Change;
import io.tanggap.core.statistics.Funnel.Position;
import io.tanggap.core.statistics.Funnel.Result;
import io.tanggap.core.statistics.Interval;
import io.tanggap.core.statistics.Proportion;
import io.tanggap.core.statistics.Ranking.Place;
import io.tanggap.core.statistics.Reason;
import io.tanggap.core.statistics.Shrinkage.Mean;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Where a unit stands among its peers.
 *
 * @param metPartsPerMillion first resolutions kept, of those whose deadline is past and in the period, in parts per million so
 *     that shared ones add up
 * @param missedPartsPerMillion the same, missed
 * @param counts the same in whole verdicts; null under rule SHARE, whose parts are no trials
 * @param band the number of its band, from 1: the first has the fewest verdicts
 * @param rank within the band; null where it is not ranked
 * @param place the rank with what it rests on; null where it is not ranked, and under rule SHARE
 * @param withheld why it is not ranked; null where it is
 * @param funnel misses against what peers would have had; null under rule SHARE
 * @param before {@code counts} of the period before, of as many days; null under rule SHARE
 * @param change from then to now; null under rule SHARE
 * @param rating among its peers'; null under rules SHARE and ORIGIN
 */
public record Standing(
        long metPartsPerMillion,
        long missedPartsPerMillion,
        @Nullable Proportion counts,
        int band,
        @Nullable Integer rank,
        @Nullable Place place,
        @Nullable Reason withheld,
        @Nullable Result funnel,
        @Nullable Proportion before,
        @Nullable Change change,
        @Nullable Mean rating) {
    public Standing {
        if ((rank == null) == (withheld == null)) {
            throw new IllegalArgumentException(
                    "standing " + rank + ", " + withheld + ": either a rank or the reason why there is none");
        }
    }

    /** Kept of kept and missed, in [0, 1]; null of none. */
    public @Nullable Double share() {
        long all = metPartsPerMillion + missedPartsPerMillion;
        return all == 0 ? null : (double) metPartsPerMillion / all;
    }

    /** Verdicts that it answers for, also in parts. */
    public double verdicts() {
        return (double) (metPartsPerMillion + missedPartsPerMillion) / Share.WHOLE;
    }

    /** Numbers by their names in the catalogue. */
    public SortedMap<String, Number> figures() {
        SortedMap<String, Number> figures = new TreeMap<>();
        figures.put("rank.met_ppm", metPartsPerMillion);
        figures.put("rank.missed_ppm", missedPartsPerMillion);
        put(figures, "rank.share", share());
        put(figures, "rank.share", counts == null ? null : counts.wilson());
        put(figures, "rank.place", rank);
        if (place != null) {
            figures.put("rank.place_best", place.best());
            figures.put("rank.place_worst", place.worst());
            figures.put("rank.mean", place.mean());
            put(figures, "rank.mean", place.credible());
        }
        if (funnel != null) {
            figures.put("funnel.cases", funnel.counts().trials());
            figures.put("funnel.observed", funnel.counts().successes());
            Position position = funnel.position();
            if (position != null) {
                figures.put("funnel.expected", position.expected());
                figures.put("funnel.ratio", position.ratio());
                put(figures, "funnel.limits_95", position.limits95());
                put(figures, "funnel.limits_99_8", position.limits998());
            }
        }
        put(figures, "movers.before", before == null ? null : before.share());
        put(figures, "movers.difference", change == null ? null : change.difference());
        if (rating != null) {
            put(figures, "rating.shrunk", rating.shrunk());
            put(figures, "rating.weight", rating.weight());
        }
        return figures;
    }

    private static void put(SortedMap<String, Number> figures, String name, @Nullable Number number) {
        if (number != null) {
            figures.put(name, number);
        }
    }

    private static void put(SortedMap<String, Number> figures, String name, @Nullable Interval interval) {
        if (interval != null) {
            figures.put(name + "_low", interval.lower());
            figures.put(name + "_high", interval.upper());
        }
    }

    /** What is said in words, by its name in the catalogue. */
    public SortedMap<String, String> states() {
        SortedMap<String, String> states = new TreeMap<>();
        put(states, "rank.withheld", withheld);
        if (funnel != null) {
            put(states, "funnel.withheld", funnel.withheld());
            Position position = funnel.position();
            if (position != null) {
                put(states, "funnel.side_95", position.side95());
                put(states, "funnel.side_99_8", position.side998());
            }
        }
        if (change != null) {
            put(states, "movers.direction", change.direction());
            put(states, "movers.withheld", change.reason());
        }
        return states;
    }

    private static void put(SortedMap<String, String> states, String name, @Nullable Enum<?> state) {
        if (state != null) {
            states.put(name, state.name());
        }
    }
}
