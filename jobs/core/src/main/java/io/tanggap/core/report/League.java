package io.tanggap.core.report;

import io.tanggap.core.measure.Rule;
import io.tanggap.core.statistics.Beta;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The units of one level among each other, under one rule.
 *
 * @param bands in which they are ranked, the one with the fewest verdicts first
 * @param overdispersion how much more their misses differ than chance allows, at least 1; null under rule SHARE
 * @param peersRating to which ratings are drawn, in [1, 5]; null where fewer than two units have ratings, and under rules SHARE
 *     and ORIGIN
 * @param standings by unit
 */
public record League(
        String level,
        Rule rule,
        List<Band> bands,
        @Nullable Double overdispersion,
        @Nullable Double peersRating,
        Map<String, Standing> standings) {
    /**
     * Units that have about as many verdicts.
     *
     * @param number from 1
     * @param ranked how many of them have a rank
     * @param seed of the draws for the intervals of ranks; null under rule SHARE
     * @param prior what the ranked units say of one more, as it was when the ranks were made; null under rule SHARE
     */
    public record Band(
            int number,
            int ranked,
            @Nullable Long seed,
            @Nullable Beta prior) {}

    public League {
        bands = List.copyOf(bands);
        standings = Collections.unmodifiableSortedMap(new TreeMap<>(standings));
    }
}
