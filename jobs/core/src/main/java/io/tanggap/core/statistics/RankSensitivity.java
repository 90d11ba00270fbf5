package io.tanggap.core.statistics;

import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How far a unit's rank depends on the rule by which cases are charged (R3): the difference between its best and its worst
 * rank under the rules.
 *
 * @param differences at least 0, by each unit that is ranked under two rules or more
 * @param most the greatest of them; null where no unit is ranked under two rules
 */
public record RankSensitivity(
        Map<String, Integer> differences, @Nullable Integer most) {
    public RankSensitivity {
        differences = Collections.unmodifiableSortedMap(new TreeMap<>(differences));
    }

    /**
     * The sensitivity over several rules.
     *
     * @param rankings for each rule, the ranks of the units that are ranked under it
     */
    public static RankSensitivity of(Collection<Map<String, Integer>> rankings) {
        Map<String, int[]> extremes = new TreeMap<>();
        for (Map<String, Integer> ranking : rankings) {
            ranking.forEach((unit, rank) -> {
                int[] seen = extremes.computeIfAbsent(unit, any -> new int[] {rank, rank, 0});
                seen[0] = Math.min(seen[0], rank);
                seen[1] = Math.max(seen[1], rank);
                seen[2]++;
            });
        }
        Map<String, Integer> differences = new TreeMap<>();
        extremes.forEach((unit, seen) -> {
            if (seen[2] > 1) {
                differences.put(unit, seen[1] - seen[0]);
            }
        });
        return new RankSensitivity(differences, differences.isEmpty() ? null : Collections.max(differences.values()));
    }
}
