package io.tanggap.core.report;

import static java.util.Objects.requireNonNull;

import io.tanggap.core.measure.Cell;
import io.tanggap.core.measure.Contributions;
import io.tanggap.core.measure.Day;
import io.tanggap.core.measure.Responsiveness;
import io.tanggap.core.measure.Role;
import io.tanggap.core.measure.Rule;
import io.tanggap.core.measure.Snapshot;
import io.tanggap.core.reference.Hierarchy;
import io.tanggap.core.statistics.Beta;
import io.tanggap.core.statistics.Change;
import io.tanggap.core.statistics.Funnel;
import io.tanggap.core.statistics.Proportion;
import io.tanggap.core.statistics.RankSensitivity;
import io.tanggap.core.statistics.Ranking;
import io.tanggap.core.statistics.Reason;
import io.tanggap.core.statistics.Shrinkage;
import io.tanggap.core.statistics.Shrinkage.Ratings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The figures of a city for a period of whole days, at one as-of and by what was known at one time: a function of the
 * histories, the packs and the terms, and of nothing else. What figures mean is in
 * {@link io.tanggap.core.measure.Measure}. Made by {@link Compilation}.
 */
public final class ReportCard {
    private final Terms terms;
    private final Basis basis;
    private final Hierarchy hierarchy;
    private final Map<Answer, Sums> sums;
    private final Map<Pair, Snapshot> pairs;
    private final Map<String, Snapshot> channels;
    private final Day opening;
    private final Day closing;
    private final Map<Answer, Responsiveness> figures = new HashMap<>();

    /** An agency, and another one to which it handed cases in the period. */
    public record Pair(String giver, String receiver) implements Comparable<Pair> {
        private static final Comparator<Pair> ORDER =
                Comparator.comparing(Pair::giver).thenComparing(Pair::receiver);

        @Override
        public int compareTo(Pair other) {
            return ORDER.compare(this, other);
        }
    }

    ReportCard(
            Terms terms,
            Basis basis,
            Hierarchy hierarchy,
            Map<Answer, Sums> sums,
            Map<Pair, Snapshot> pairs,
            Map<String, Snapshot> channels,
            Day opening,
            Day closing) {
        this.terms = terms;
        this.basis = basis;
        this.hierarchy = hierarchy;
        this.sums = sums;
        this.pairs = pairs;
        this.channels = channels;
        this.opening = opening;
        this.closing = closing;
    }

    public Terms terms() {
        return terms;
    }

    public Basis basis() {
        return basis;
    }

    /** Everybody who answers for anything, in order. */
    public Set<Answer> answers() {
        return Collections.unmodifiableSet(sums.keySet());
    }

    /** The figures of the period; null for who answers for nothing. */
    public @Nullable Responsiveness figures(Answer answer) {
        Sums own = sums.get(answer);
        return own == null
                ? null
                : figures.computeIfAbsent(
                        answer, any -> own.figures(opening, closing).perResidents(residents(answer)));
    }

    /** The days of the period on which anything happened, ascending; none for who answers for nothing. */
    public List<DayOfCard> days(Answer answer) {
        Sums own = sums.get(answer);
        return own == null ? List.of() : own.days();
    }

    /**
     * How many people live in a territory, at the end of the period, or at the as-of if that is earlier. Null if that is not known,
     * and where the card is of one channel or category group alone.
     */
    public @Nullable Long residents(Answer answer) {
        boolean cut = terms.channel() != null || terms.categoryGroup() != null;
        return cut || answer.role() != Role.TERRITORY ? null : hierarchy.residents(answer.unit());
    }

    /** Hand-overs from unit to unit (H10). */
    public SortedMap<Pair, Responsiveness> pairs() {
        SortedMap<Pair, Responsiveness> edges = new TreeMap<>();
        pairs.forEach((pair, counted) -> edges.put(pair, Responsiveness.ofPair(counted)));
        return edges;
    }

    /**
     * How complete and how late the data of each channel is (D1, D2), and under {@link Cell#ALL_CHANNELS} those of all that the
     * card is of. None where the card is of one category group: what a channel sends is not told by category.
     */
    public SortedMap<String, Responsiveness> channels() {
        SortedMap<String, Responsiveness> figuresOf = new TreeMap<>();
        channels.forEach((channel, counted) -> figuresOf.put(channel, Responsiveness.ofChannel(counted)));
        return figuresOf;
    }

    /** Whether any source has said how many events it has of a day of the period. */
    public boolean isDeclared() {
        Snapshot all = channels.get(Cell.ALL_CHANNELS);
        return all != null && Responsiveness.ofChannel(all).count("declared_days") > 0;
    }

    /** What a unit was called at the end of the period, or at the as-of if that is earlier; its id if no pack lists it. */
    public String name(String unit) {
        return hierarchy.nameOf(unit);
    }

    /** The level of a unit then. */
    public String level(String unit) {
        return hierarchy.level(unit);
    }

    /** How many units of each level answer for something under a rule. */
    public SortedMap<String, Integer> levels(Rule rule) {
        SortedMap<String, Integer> levels = new TreeMap<>();
        for (Answer answer : sums.keySet()) {
            if (answer.equals(Answer.under(rule, answer.unit()))) {
                levels.merge(level(answer.unit()), 1, Integer::sum);
            }
        }
        return levels;
    }

    private SortedMap<String, Sums> units(String level, Rule rule) {
        SortedMap<String, Sums> units = new TreeMap<>();
        sums.forEach((answer, own) -> {
            if (answer.equals(Answer.under(rule, answer.unit()))
                    && level(answer.unit()).equals(level)) {
                units.put(answer.unit(), own);
            }
        });
        return units;
    }

    /** The units of a level among each other, under a rule. Takes a second for some hundred units. */
    public League league(String level, Rule rule) {
        SortedMap<String, Sums> units = units(level, rule);
        Map<String, Proportion> counts = new TreeMap<>();
        units.forEach((unit, own) -> counts.put(unit, own.due.whole()));
        Funnel funnel = rule == Rule.SHARE ? null : funnel(units);
        Shrinkage ratings = rule == Rule.CRM || rule == Rule.CROP ? ratings(units.keySet(), rule) : null;
        List<League.Band> bands = new ArrayList<>();
        Map<String, Standing> standings = new TreeMap<>();
        for (Map<String, Proportion> band : Ranking.bands(counts)) {
            int number = bands.size() + 1;
            int ranked =
                    (int) band.values().stream().filter(Proportion::suffices).count();
            Long seed = rule == Rule.SHARE ? null : seed(level, rule, number);
            Ranking ranking = seed == null ? null : Ranking.of(band, seed);
            Beta prior = ranking == null ? null : ranking.prior();
            bands.add(new League.Band(number, ranked, seed, prior));
            Map<String, Integer> plain = ranks(band.keySet(), units);
            for (String unit : band.keySet()) {
                Sums own = requireNonNull(units.get(unit));
                Ranking.Place place = ranking == null
                        ? null
                        : requireNonNull(ranking.standings().get(unit)).place();
                Integer rank = place == null ? null : Integer.valueOf(place.rank());
                if (ranking == null) {
                    rank = plain.get(unit);
                }
                Proportion before = rule == Rule.SHARE ? null : own.dueBefore.whole();
                standings.put(
                        unit,
                        new Standing(
                                own.due.met(),
                                own.due.missed(),
                                rule == Rule.SHARE ? null : own.due.whole(),
                                number,
                                rank,
                                place,
                                rank == null ? Reason.N_BELOW_30 : null,
                                funnel == null ? null : funnel.results().get(unit),
                                before,
                                before == null ? null : Change.between(before, own.due.whole()),
                                ratings == null ? null : ratings.means().get(unit)));
            }
        }
        return new League(
                level,
                rule,
                bands,
                funnel == null ? null : funnel.overdispersion(),
                ratings == null ? null : ratings.peers(),
                standings);
    }

    private static Funnel funnel(SortedMap<String, Sums> units) {
        Map<String, List<Funnel.Stratum>> strata = new TreeMap<>();
        units.forEach((unit, own) -> strata.put(unit, own.strata()));
        return Funnel.of(strata);
    }

    private Shrinkage ratings(Set<String> units, Rule rule) {
        Map<String, Ratings> ratings = new TreeMap<>();
        for (String unit : units) {
            Responsiveness own = requireNonNull(figures(Answer.under(rule, unit)));
            ratings.put(
                    unit,
                    new Ratings(
                            own.count("rated_1"),
                            own.count("rated_2"),
                            own.count("rated_3"),
                            own.count("rated_4"),
                            own.count("rated_5")));
        }
        return Shrinkage.of(ratings);
    }

    private long seed(String level, Rule rule, int band) {
        String cut = terms.channel() != null ? terms.channel() : terms.categoryGroup();
        return Ranking.seed(
                level + " " + rule + " " + band + (cut == null ? "" : " " + cut),
                terms.from() + "/" + terms.to(),
                terms.asOf(),
                Contributions.VERSION + " " + String.join(" ", basis.packs()));
    }

    /** By plain shares, of those of enough verdicts: equal shares share the best of their ranks. */
    private static Map<String, Integer> ranks(Set<String> among, Map<String, Sums> units) {
        Map<String, Double> shares = new TreeMap<>();
        for (String unit : among) {
            Sums own = requireNonNull(units.get(unit));
            if (own.due.whole().suffices()) {
                shares.put(unit, (double) own.due.met() / own.due.all());
            }
        }
        double[] sorted = shares.values().stream()
                .mapToDouble(Double::doubleValue)
                .sorted()
                .toArray();
        Map<String, Integer> ranks = new TreeMap<>();
        shares.forEach((unit, share) -> ranks.put(
                unit,
                1 + (int) Arrays.stream(sorted).filter(other -> other > share).count()));
        return ranks;
    }

    /** What the rule does to the ranks of a level. */
    public Sensitivity sensitivity(String level) {
        Map<Rule, SortedMap<String, Sums>> byRule = new EnumMap<>(Rule.class);
        SortedSet<String> common = new TreeSet<>();
        for (Rule rule : List.of(Rule.CRM, Rule.SHARE, Rule.ORIGIN, Rule.CROP)) {
            SortedMap<String, Sums> units = units(level, rule);
            units.values().removeIf(own -> !own.due.whole().suffices());
            boolean comparable = rule != Rule.CROP || !Collections.disjoint(common, units.keySet());
            if (!units.isEmpty() && comparable) {
                if (byRule.isEmpty()) {
                    common.addAll(units.keySet());
                } else {
                    common.retainAll(units.keySet());
                }
                byRule.put(rule, units);
            }
        }
        Map<String, Map<Rule, Integer>> byUnit = new TreeMap<>();
        List<Map<String, Integer>> rankings = new ArrayList<>();
        byRule.forEach((rule, units) -> {
            Map<String, Integer> ranks = ranks(common, units);
            rankings.add(ranks);
            ranks.forEach((unit, rank) -> byUnit.computeIfAbsent(unit, any -> new EnumMap<>(Rule.class))
                    .put(rule, rank));
        });
        return new Sensitivity(List.copyOf(byRule.keySet()), byUnit, RankSensitivity.of(rankings));
    }
}
