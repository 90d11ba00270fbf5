package io.tanggap.core.report;

import io.tanggap.core.measure.Rule;
import io.tanggap.core.statistics.RankSensitivity;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the rule does to the ranks of a level (R3). Compared are the units that have enough verdicts under every rule under
 * which any unit of the level has, by their plain shares: what differs is then the rule, and neither who else is ranked nor
 * how much the few are drawn to the many. CROP is left out where no unit that answers otherwise has land too.
 *
 * @param rules that rank anybody, in the order of their declaration
 * @param ranks by unit, then by rule
 * @param differences between the best and the worst of them
 */
public record Sensitivity(List<Rule> rules, Map<String, Map<Rule, Integer>> ranks, RankSensitivity differences) {
    public Sensitivity {
        rules = List.copyOf(rules);
        ranks = Collections.unmodifiableSortedMap(new TreeMap<>(ranks));
    }
}
