package io.tanggap.core.statistics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Breaches of each unit against what its peers would have had with the same mix of cases (R2), with the limits of a funnel
 * plot (Spiegelhalter 2005).
 *
 * <p>Expected are Σ n·p over the unit's strata, with the peers' share p: that of all other units, never its own, which would
 * excuse it. A stratum in which the peers have fewer than {@value Proportion#LEAST_TRIALS} cases takes the share of the
 * next coarser one. The variance is φ·Σ n·p·(1 − p); that p is itself estimated is not in it. φ says how much more the units
 * differ than chance allows: the mean of their squared standardised residuals, with the tenth at either end set to the
 * nearest residual inside, and never less than 1.
 *
 * @param overdispersion φ of these units, at least 1
 * @param results by unit, in the order of the names
 */
public record Funnel(double overdispersion, Map<String, Result> results) {
    private static final double WINSORISED = .1;

    /**
     * Cases of a unit that are alike.
     *
     * @param keys from the finest to the coarsest, equally many in all strata: what is alike in all that counts first (category,
     *     channel, part of the week), then ever less; the last should be one key for all
     * @param counts breaches of cases
     */
    public record Stratum(List<String> keys, Proportion counts) {
        public Stratum {
            keys = List.copyOf(keys);
            if (keys.isEmpty()) {
                throw new IllegalArgumentException(
                        "stratum of " + counts + " without a key: name at least the one for all");
            }
        }
    }

    /** On which side of the limits a unit is. More breaches than the upper limit are above; a limit itself is within. */
    public enum Side {
        /** Fewer than the lower limit: better than chance allows. */
        BELOW,
        /** What chance allows. */
        WITHIN,
        /** More than the upper limit: worse than chance allows. */
        ABOVE
    }

    /**
     * A unit in the funnel.
     *
     * @param counts its breaches of its cases
     * @param position null where it cannot be compared
     * @param withheld why; null where it can
     */
    public record Result(
            Proportion counts,
            @Nullable Position position,
            @Nullable Reason withheld) {
        public Result {
            if ((position == null) == (withheld == null)) {
                throw new IllegalArgumentException(
                        "result " + position + ", " + withheld + ": either a position or the reason why there is none");
            }
        }
    }

    /**
     * What a unit has against what its peers would have had.
     *
     * @param expected breaches, more than 0, not rounded
     * @param ratio observed ÷ expected, at least 0
     * @param limits95 of the number of breaches, in [0, cases]
     * @param limits998 the same, 99.8 %
     */
    public record Position(
            double expected, double ratio, Interval limits95, Side side95, Interval limits998, Side side998) {}

    public Funnel {
        results = Collections.unmodifiableSortedMap(new TreeMap<>(results));
    }

    /** The funnel of a set of peers. The same strata may be given in several parts; neither their order nor that of the units matters. */
    public static Funnel of(Map<String, List<Stratum>> units) {
        SortedMap<String, List<Stratum>> sorted = new TreeMap<>();
        units.forEach((unit, strata) -> sorted.put(unit, merged(strata)));
        Sums all = new Sums(levels(sorted));
        sorted.values().forEach(strata -> strata.forEach(all::add));
        Map<String, Result> results = new TreeMap<>();
        Map<String, Expectation> expectations = new TreeMap<>();
        sorted.forEach((unit, strata) -> {
            Sums own = new Sums(all.byLevel.size());
            strata.forEach(own::add);
            Expectation expectation = Expectation.of(strata, all, own);
            if (expectation.withheld == null) {
                expectations.put(unit, expectation);
            } else {
                results.put(unit, new Result(expectation.counts, null, expectation.withheld));
            }
        });
        double overdispersion = overdispersion(expectations.values().stream()
                .mapToDouble(Expectation::residual)
                .sorted()
                .toArray());
        expectations.forEach((unit, expectation) ->
                results.put(unit, new Result(expectation.counts, expectation.position(overdispersion), null)));
        return new Funnel(overdispersion, results);
    }

    private static int levels(Map<String, List<Stratum>> units) {
        int levels = 0;
        for (Map.Entry<String, List<Stratum>> unit : units.entrySet()) {
            for (Stratum stratum : unit.getValue()) {
                if (levels != 0 && stratum.keys().size() != levels) {
                    throw new IllegalArgumentException("unit " + unit.getKey() + ", stratum " + stratum.keys() + ": "
                            + stratum.keys().size() + " keys where others have " + levels
                            + "; all strata need the same chain of keys");
                }
                levels = stratum.keys().size();
            }
        }
        return levels;
    }

    /** One stratum per chain of keys, in the order of the keys: the last digit of a sum of doubles depends on the order. */
    private static List<Stratum> merged(List<Stratum> strata) {
        Map<List<String>, Proportion> sums =
                new TreeMap<>(Comparator.comparing((List<String> keys) -> String.join("\0", keys)));
        for (Stratum stratum : strata) {
            sums.merge(
                    stratum.keys(),
                    stratum.counts(),
                    (a, b) -> new Proportion(a.successes() + b.successes(), a.trials() + b.trials()));
        }
        List<Stratum> merged = new ArrayList<>();
        sums.forEach((keys, counts) -> merged.add(new Stratum(keys, counts)));
        return merged;
    }

    private static double overdispersion(double[] residuals) {
        int units = residuals.length;
        if (units == 0) {
            return 1;
        }
        int cut = (int) (WINSORISED * units);
        Arrays.fill(residuals, 0, cut, residuals[cut]);
        Arrays.fill(residuals, units - cut, units, residuals[units - 1 - cut]);
        double squares = 0;
        for (double residual : residuals) {
            squares += residual * residual;
        }
        return Math.max(1, squares / units);
    }

    /** Cases and breaches by key, for each level of the chain. */
    private static final class Sums {
        private final List<Map<String, long[]>> byLevel = new ArrayList<>();

        Sums(int levels) {
            for (int level = 0; level < levels; level++) {
                byLevel.add(new HashMap<>());
            }
        }

        void add(Stratum stratum) {
            for (int level = 0; level < byLevel.size(); level++) {
                long[] sum = byLevel.get(level).computeIfAbsent(stratum.keys().get(level), any -> new long[2]);
                sum[0] += stratum.counts().successes();
                sum[1] += stratum.counts().trials();
            }
        }

        Proportion without(Sums own, int level, String key) {
            long[] sum = byLevel.get(level).getOrDefault(key, new long[2]);
            long[] less = own.byLevel.get(level).getOrDefault(key, new long[2]);
            return new Proportion(sum[0] - less[0], sum[1] - less[1]);
        }
    }

    private record Expectation(
            Proportion counts,
            double expected,
            double variance,
            @Nullable Reason withheld) {
        static Expectation of(List<Stratum> strata, Sums all, Sums own) {
            long breaches = 0;
            long cases = 0;
            double expected = 0;
            double variance = 0;
            boolean alone = false;
            for (Stratum stratum : strata) {
                long n = stratum.counts().trials();
                breaches += stratum.counts().successes();
                cases += n;
                Double share = n == 0 ? Double.valueOf(0) : peersShare(stratum, all, own);
                if (share == null) {
                    alone = true;
                } else {
                    expected += n * share;
                    variance += n * share * (1 - share);
                }
            }
            Reason withheld = alone
                    ? Reason.PEERS_BELOW_30
                    : expected <= 0 ? Reason.NOTHING_EXPECTED : variance <= 0 ? Reason.EVERYTHING_EXPECTED : null;
            return new Expectation(new Proportion(breaches, cases), expected, variance, withheld);
        }

        private static @Nullable Double peersShare(Stratum stratum, Sums all, Sums own) {
            for (int level = 0; level < stratum.keys().size(); level++) {
                Proportion peers = all.without(own, level, stratum.keys().get(level));
                if (peers.suffices()) {
                    return peers.share();
                }
            }
            return null;
        }

        double residual() {
            return (counts.successes() - expected) / Math.sqrt(variance);
        }

        Position position(double overdispersion) {
            double error = Math.sqrt(overdispersion * variance);
            Interval limits95 = limits(Interval.Z_95 * error);
            Interval limits998 = limits(Interval.Z_998 * error);
            return new Position(
                    expected, counts.successes() / expected, limits95, side(limits95), limits998, side(limits998));
        }

        private Interval limits(double half) {
            return new Interval(Math.max(0, expected - half), Math.min((double) counts.trials(), expected + half));
        }

        private Side side(Interval limits) {
            double observed = counts.successes();
            if (limits.contains(observed)) {
                return Side.WITHIN;
            }
            return observed < limits.lower() ? Side.BELOW : Side.ABOVE;
        }
    }
}
