package io.tanggap.core.statistics;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Mean ratings of units, each drawn towards the mean of the peers the more so the fewer ratings it has (Q3).
 *
 * <p>The weight of a unit's own mean is n ÷ (n + k) with k = variance of ratings within units ÷ variance between units, both by
 * the moments of the one-way analysis of variance (Bühlmann and Straub 1970). Where units differ by no more than chance,
 * all have the peers' mean; so they have where no unit has two ratings, for then nothing tells one variance from the other.
 *
 * @param peers the mean to which all are drawn, in [1, 5]: that of the units by those weights, and of all ratings where all
 *     weights are 0; null of fewer than two rated units, which have no peers
 * @param means by unit, in the order of the names
 */
public record Shrinkage(@Nullable Double peers, Map<String, Mean> means) {

    /** How many ratings of each number of stars; each at least 0. */
    public record Ratings(long one, long two, long three, long four, long five) {
        public Ratings {
            if (one < 0 || two < 0 || three < 0 || four < 0 || five < 0) {
                throw new IllegalArgumentException("ratings from one to five stars: " + one + ", " + two + ", " + three
                        + ", " + four + ", " + five + "; none may be negative");
            }
        }

        /** The number of ratings. */
        public long count() {
            return one + two + three + four + five;
        }

        /** Those of one or two stars, of all. */
        public Proportion low() {
            return new Proportion(one + two, count());
        }

        /** The plain mean, in [1, 5]; null without ratings. */
        public @Nullable Double mean() {
            return count() == 0 ? null : (double) stars() / count();
        }

        private long stars() {
            return one + 2 * two + 3 * three + 4 * four + 5 * five;
        }

        private double squaresApart() {
            double mean = (double) stars() / count();
            return one * square(1 - mean)
                    + two * square(2 - mean)
                    + three * square(3 - mean)
                    + four * square(4 - mean)
                    + five * square(5 - mean);
        }
    }

    /**
     * The rating of a unit.
     *
     * @param shrunk the mean that is believed, between the unit's own and the peers'; null without ratings or without peers
     * @param weight of the unit's own mean in it, in [0, 1]; null with it
     */
    public record Mean(
            Ratings ratings,
            @Nullable Double shrunk,
            @Nullable Double weight) {}

    public Shrinkage {
        means = Collections.unmodifiableSortedMap(new TreeMap<>(means));
    }

    /** The ratings of a set of peers. Units without ratings are no peers. */
    public static Shrinkage of(Map<String, Ratings> units) {
        SortedMap<String, Ratings> rated = new TreeMap<>(units);
        rated.values().removeIf(ratings -> ratings.count() == 0);
        Map<String, Mean> means = new TreeMap<>();
        units.forEach((unit, ratings) -> means.put(unit, new Mean(ratings, null, null)));
        if (rated.size() < 2) {
            return new Shrinkage(null, means);
        }
        Variances variances = Variances.of(rated.values());
        double weights = 0;
        double weighted = 0;
        for (Ratings ratings : rated.values()) {
            double weight = variances.weight(ratings.count());
            weights += weight;
            weighted += weight * ratings.stars() / ratings.count();
        }
        double peers = weights > 0 ? weighted / weights : variances.overall;
        rated.forEach((unit, ratings) -> {
            double weight = variances.weight(ratings.count());
            double shrunk = weight * ratings.stars() / ratings.count() + (1 - weight) * peers;
            means.put(unit, new Mean(ratings, shrunk, weight));
        });
        return new Shrinkage(peers, means);
    }

    private static double square(double value) {
        return value * value;
    }

    private record Variances(double within, double between, double overall) {
        static Variances of(Iterable<Ratings> rated) {
            int units = 0;
            long count = 0;
            long stars = 0;
            double squaredCounts = 0;
            double within = 0;
            for (Ratings ratings : rated) {
                units++;
                count += ratings.count();
                stars += ratings.stars();
                squaredCounts += square((double) ratings.count());
                within += ratings.squaresApart();
            }
            double overall = (double) stars / count;
            if (count == units) {
                return new Variances(1, 0, overall);
            }
            within /= count - units;
            double between = 0;
            for (Ratings ratings : rated) {
                between += ratings.count() * square((double) ratings.stars() / ratings.count() - overall);
            }
            double excess = between - (units - 1) * within;
            return new Variances(within, Math.max(0, excess / (count - squaredCounts / count)), overall);
        }

        double weight(long count) {
            return between == 0 ? 0 : count * between / (count * between + within);
        }
    }
}
