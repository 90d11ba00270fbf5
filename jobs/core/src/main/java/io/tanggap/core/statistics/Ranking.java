package io.tanggap.core.statistics;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The order of peers by a share of which more is better, and how certain it is (R1).
 *
 * <p>Each share is drawn towards those of the peers, the more so the fewer trials it has: a unit is neither first nor last
 * because it had little to do. Ranked is the mean that is then believed; the interval of the rank says which ranks the
 * counts allow, and neighbours whose intervals overlap must not be told apart.
 *
 * @param prior what the ranked peers say of a share of one more
 * @param standings by unit, in the order of the names
 */
public record Ranking(Beta prior, Map<String, Standing> standings) {
    /** Joint draws from the beliefs, for the intervals of the ranks. */
    public static final int DRAWS = 10_000;

    private static final int BANDS = 3;
    private static final int LEAST_UNITS = 5;
    private static final double TAIL = .025;
    private static final long FNV_OFFSET = 0xCBF29CE484222325L;
    private static final long FNV_PRIME = 0x100000001B3L;

    /**
     * Where a unit stands.
     *
     * @param place null where it is not ranked
     * @param withheld why; null where it is ranked
     */
    public record Standing(@Nullable Place place, @Nullable Reason withheld) {
        public Standing {
            if ((place == null) == (withheld == null)) {
                throw new IllegalArgumentException(
                        "standing " + place + ", " + withheld + ": either a place or the reason why there is none");
            }
        }
    }

    /**
     * A rank and what it rests on.
     *
     * @param mean the share that is believed, in [0, 1]
     * @param credible the central interval of 95 % of that belief
     * @param rank 1 is the best, by the mean; equal means share the best of their ranks and the next one comes after all of
     *     them (1, 2, 2, 4)
     * @param best the best rank that the counts allow: 97.5 % of {@value #DRAWS} joint draws from the beliefs give none better;
     *     never worse than {@code rank}
     * @param worst the same of the worst rank; never better than {@code rank}
     */
    public record Place(double mean, Interval credible, int rank, int best, int worst) {
        public Place {
            if (best < 1 || rank < best || worst < rank) {
                throw new IllegalArgumentException("rank " + rank + " in [" + best + ", " + worst
                        + "]: ranks start with 1 and the interval must hold the rank");
            }
        }
    }

    public Ranking {
        standings = Collections.unmodifiableSortedMap(new TreeMap<>(standings));
    }

    /**
     * Ranks the units of one band. Those with fewer than {@value Proportion#LEAST_TRIALS} trials get no rank and do not count
     * as peers. The same units, shares and seed give the same result, bit by bit, on every machine and in any order.
     */
    public static Ranking of(Map<String, Proportion> band, long seed) {
        SortedMap<String, Proportion> peers = eligible(band);
        Beta prior = Beta.priorOf(peers.values());
        List<String> names = new ArrayList<>(peers.keySet());
        Beta[] beliefs = peers.values().stream().map(prior::after).toArray(Beta[]::new);
        double[] means = Arrays.stream(beliefs).mapToDouble(Beta::mean).toArray();
        double[] sorted = means.clone();
        Arrays.sort(sorted);
        long[][] ranks = drawn(names, beliefs, seed);
        Map<String, Standing> standings = new TreeMap<>();
        for (String unit : band.keySet()) {
            standings.put(unit, new Standing(null, Reason.N_BELOW_30));
        }
        for (int i = 0; i < beliefs.length; i++) {
            int rank = 1 + above(sorted, means[i]);
            int best = 1 + Histogram.quantile(ranks[i], TAIL).orElseThrow();
            int worst = 1 + Histogram.quantile(ranks[i], 1 - TAIL).orElseThrow();
            standings.put(
                    names.get(i),
                    new Standing(
                            new Place(
                                    means[i], beliefs[i].interval(), rank, Math.min(best, rank), Math.max(worst, rank)),
                            null));
        }
        return new Ranking(prior, standings);
    }

    private static SortedMap<String, Proportion> eligible(Map<String, Proportion> units) {
        SortedMap<String, Proportion> eligible = new TreeMap<>(units);
        eligible.values().removeIf(share -> !share.suffices());
        return eligible;
    }

    /** How many of ascending values are greater than one of them. */
    private static int above(double[] sorted, double value) {
        int at = Arrays.binarySearch(sorted, value);
        while (at + 1 < sorted.length && sorted[at + 1] == value) {
            at++;
        }
        return sorted.length - 1 - at;
    }

    /** How often each unit had each rank. Every unit draws from a stream of its own, seeded by the seed hashed on over its name. */
    private static long[][] drawn(List<String> names, Beta[] beliefs, long seed) {
        int units = beliefs.length;
        SplitMix64[] streams = new SplitMix64[units];
        for (int i = 0; i < units; i++) {
            streams[i] = new SplitMix64(hash(seed, names.get(i)));
        }
        long[][] ranks = new long[units][units];
        double[] logits = new double[units];
        double[] sorted = new double[units];
        for (int draw = 0; draw < DRAWS; draw++) {
            for (int i = 0; i < units; i++) {
                logits[i] = streams[i].nextLogGamma(beliefs[i].alpha()) - streams[i].nextLogGamma(beliefs[i].beta());
            }
            System.arraycopy(logits, 0, sorted, 0, units);
            Arrays.sort(sorted);
            for (int i = 0; i < units; i++) {
                ranks[i][above(sorted, logits[i])]++;
            }
        }
        return ranks;
    }

    /**
     * The seed of a published ranking: another one for every band, window, as-of and version, so that the chance in the
     * intervals is not always the same, and always the same for one publication. FNV-1a of 64 bits over the UTF-8 bytes of
     * the band, the window, the ISO form of the as-of and the version, each followed by a zero byte.
     */
    public static long seed(String band, String window, Instant asOf, String version) {
        return hash(hash(hash(hash(FNV_OFFSET, band), window), asOf.toString()), version);
    }

    private static long hash(long before, String text) {
        long hash = before;
        for (byte one : text.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (one & 0xFF)) * FNV_PRIME;
        }
        return hash * FNV_PRIME;
    }

    /**
     * Divides the units of one level into three bands by volume, the least first, so that units are ranked among those that
     * have about as much to do. A unit goes where the number of eligible ones with fewer trials lies in thirds of all
     * eligible ones: equal volumes stay together. Where one of the bands would have fewer than {@value #LEAST_UNITS}
     * eligible units, all stay in one band. Units with fewer than {@value Proportion#LEAST_TRIALS} trials move no border and
     * are listed in the first band.
     */
    public static List<Map<String, Proportion>> bands(Map<String, Proportion> level) {
        SortedMap<String, Proportion> units = new TreeMap<>(level);
        long[] volumes = eligible(units).values().stream()
                .mapToLong(Proportion::trials)
                .sorted()
                .toArray();
        List<Map<String, Proportion>> bands = new ArrayList<>();
        int[] sizes = new int[BANDS];
        for (int band = 0; band < BANDS; band++) {
            bands.add(new TreeMap<>());
        }
        units.forEach((unit, share) -> {
            int band = 0;
            if (share.suffices()) {
                band = BANDS * smaller(volumes, share.trials()) / volumes.length;
                sizes[band]++;
            }
            bands.get(band).put(unit, share);
        });
        if (Arrays.stream(sizes).anyMatch(size -> size < LEAST_UNITS)) {
            return List.of(Collections.unmodifiableSortedMap(units));
        }
        bands.replaceAll(Collections::unmodifiableMap);
        return List.copyOf(bands);
    }

    private static int smaller(long[] sorted, long volume) {
        int at = Arrays.binarySearch(sorted, volume);
        while (at > 0 && sorted[at - 1] == volume) {
            at--;
        }
        return at;
    }
}
