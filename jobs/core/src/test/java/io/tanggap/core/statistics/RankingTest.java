package io.tanggap.core.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tanggap.core.Seed;
import io.tanggap.core.statistics.Ranking.Place;
import io.tanggap.core.statistics.Ranking.Standing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RankingTest {
    private static final Map<String, Proportion> FOUR = Map.of(
            "a", new Proportion(40, 50),
            "b", new Proportion(30, 50),
            "c", new Proportion(20, 40),
            "d", new Proportion(90, 100));

    private static Place place(Ranking ranking, String unit) {
        Standing standing = ranking.standings().get(unit);
        assertThat(standing.withheld()).isNull();
        return standing.place();
    }

    /** Means and intervals by scipy; rank intervals by 200,000 draws of numpy, where no border is near. */
    @ParameterizedTest
    @CsvSource({
        "a, .7892698975, .67437457, .88463771, 2, 1, 2",
        "b, .6107301025, .48094935, .73301718, 3, 3, 4",
        "c, .5261244609, .38300034, .66709557, 4, 3, 4",
        "d, .8886615858, .82255888, .94092819, 1, 1, 2"
    })
    void fourUnitsAreRankedAsByAnotherImplementation(
            String unit, double mean, double lower, double upper, int rank, int best, int worst) {
        Place place = place(Ranking.of(FOUR, 1), unit);

        assertThat(place.mean()).isCloseTo(mean, within(1e-9));
        assertThat(place.credible().lower()).isCloseTo(lower, within(1e-7));
        assertThat(place.credible().upper()).isCloseTo(upper, within(1e-7));
        assertThat(List.of(place.rank(), place.best(), place.worst())).containsExactly(rank, best, worst);
    }

    @Test
    void aUnitWithLittleToDoIsNeitherFirstNorLast() {
        Ranking ranking = Ranking.of(
                Map.of(
                        "little", new Proportion(30, 30),
                        "much", new Proportion(990, 1000),
                        "poor", new Proportion(600, 1000),
                        "middle", new Proportion(800, 1000)),
                1);

        assertThat(place(ranking, "much").rank()).isEqualTo(1);
        assertThat(place(ranking, "little").rank()).isEqualTo(2);
    }

    @Test
    void fewerThanThirtyGetNoRankAndMoveNobodyElse() {
        Map<String, Proportion> more = new TreeMap<>(FOUR);
        more.put("few", new Proportion(29, 29));
        more.put("none", new Proportion(0, 0));
        Ranking ranking = Ranking.of(more, 7);

        for (String unit : List.of("few", "none")) {
            assertThat(ranking.standings().get(unit)).isEqualTo(new Standing(null, Reason.N_BELOW_30));
        }
        Ranking without = Ranking.of(FOUR, 7);
        FOUR.keySet().forEach(unit -> assertThat(place(ranking, unit)).isEqualTo(place(without, unit)));
    }

    @Test
    void equalSharesOfEqualVolumeShareTheBetterRank() {
        Map<String, Proportion> peers = new TreeMap<>(FOUR);
        peers.put("a2", new Proportion(40, 50));
        Ranking ranking = Ranking.of(peers, 1);

        assertThat(place(ranking, "d").rank()).isEqualTo(1);
        assertThat(place(ranking, "a").rank()).isEqualTo(2);
        assertThat(place(ranking, "a2").rank()).isEqualTo(2);
        assertThat(place(ranking, "b").rank()).isEqualTo(4);
    }

    @Test
    void whatDoesNotDifferIsNotTornApart() {
        Map<String, Proportion> same = new TreeMap<>();
        for (int i = 0; i < 50; i++) {
            same.put("unit" + i, new Proportion(35, 50));
        }
        Ranking ranking = Ranking.of(same, 5);

        assertThat(ranking.prior()).isEqualTo(new Beta(50 * 35 + .5, 50 * 15 + .5));
        ranking.standings().forEach((unit, standing) -> {
            assertThat(standing.place().rank()).isEqualTo(1);
            assertThat(standing.place().best()).isEqualTo(1);
            assertThat(standing.place().worst()).isBetween(47, 50);
        });
    }

    @Test
    void oneUnitIsTheFirstOfOne() {
        Place place = place(Ranking.of(Map.of("only", new Proportion(40, 50)), 1), "only");

        assertThat(place.mean()).isEqualTo(40.5 / 51);
        assertThat(List.of(place.rank(), place.best(), place.worst())).containsExactly(1, 1, 1);
        assertThat(Ranking.of(Map.of(), 1).standings()).isEmpty();
    }

    @Test
    void nothingIsEverNoNumberAndIntervalsHoldWhatTheyAreOf() {
        Random random = Seed.random(this);
        for (int trial = 0; trial < 12; trial++) {
            Map<String, Proportion> peers = new TreeMap<>();
            int units = random.nextInt(12);
            double share = trial % 3 == 0 ? 0 : trial % 3 == 1 ? 1 : random.nextDouble();
            for (int i = 0; i < units; i++) {
                int trials = random.nextInt(300);
                int successes = (int) Math.round(share * trials);
                peers.put("unit" + i, new Proportion(i == 0 && trial > 5 ? trials - successes : successes, trials));
            }
            Ranking ranking = Ranking.of(peers, random.nextLong());
            assertThat(ranking.standings()).hasSize(units);
            ranking.standings().values().forEach(standing -> {
                Place place = standing.place();
                if (place != null) {
                    assertThat(place.mean()).isBetween(0., 1.);
                    assertThat(place.credible().contains(place.mean())).isTrue();
                    assertThat(place.rank()).isBetween(place.best(), place.worst());
                    assertThat(place.worst()).isLessThanOrEqualTo(units);
                }
            });
        }
    }

    @Test
    void theOrderInWhichUnitsAreGivenDoesNotMatter() {
        Random random = Seed.random(this);
        List<String> names = new ArrayList<>();
        Map<String, Proportion> peers = new LinkedHashMap<>();
        for (int i = 0; i < 20; i++) {
            names.add("unit" + i);
            peers.put("unit" + i, new Proportion(random.nextInt(100), 100 + random.nextInt(300)));
        }
        Collections.shuffle(names, random);
        Map<String, Proportion> shuffled = new LinkedHashMap<>();
        names.forEach(name -> shuffled.put(name, peers.get(name)));

        assertThat(Ranking.of(shuffled, 3)).isEqualTo(Ranking.of(peers, 3));
    }

    @Test
    void renamingUnitsRenamesTheirRanks() {
        Ranking ranking = Ranking.of(FOUR, 3);
        Ranking renamed =
                Ranking.of(Map.of("a", FOUR.get("c"), "b", FOUR.get("d"), "c", FOUR.get("a"), "d", FOUR.get("b")), 3);

        Map.of("a", "c", "b", "d", "c", "a", "d", "b").forEach((now, before) -> {
            assertThat(place(renamed, now).mean())
                    .isEqualTo(place(ranking, before).mean());
            assertThat(place(renamed, now).rank())
                    .isEqualTo(place(ranking, before).rank());
            assertThat(place(renamed, now).best())
                    .isEqualTo(place(ranking, before).best());
            assertThat(place(renamed, now).worst())
                    .isEqualTo(place(ranking, before).worst());
        });
    }

    /** FNV-1a of "kota/2-of-3", "2026-Q1", "2026-04-01T00:00:00Z" and "1", each with a zero byte after it. */
    @Test
    void theSeedOfAPublicationIsTheSameEverywhere() {
        Instant asOf = Instant.parse("2026-04-01T00:00:00Z");
        long seed = Ranking.seed("kota/2-of-3", "2026-Q1", asOf, "1");

        assertThat(Long.toUnsignedString(seed, 16)).isEqualTo("3216010c39aa12c4");
        assertThat(Ranking.seed("kota/2-of-3", "2026-Q11", asOf, "")).isNotEqualTo(seed);
        assertThat(Ranking.seed("kota/3-of-3", "2026-Q1", asOf, "1")).isNotEqualTo(seed);
        assertThat(Ranking.seed("kota/2-of-3", "2026-Q1", asOf.plusSeconds(1), "1"))
                .isNotEqualTo(seed);
        assertThat(Ranking.seed("kota/2-of-3", "2026-Q1", asOf, "2")).isNotEqualTo(seed);
    }

    /** The digits of a run: any difference on another machine would show as one. */
    @Test
    void theSameSeedGivesTheSameBits() {
        SplitMix64 random = new SplitMix64(20260401);
        long bits = 0;
        for (int i = 0; i < 10_000; i++) {
            bits = bits * 31 + Double.doubleToLongBits(random.nextLogGamma(.25 + i % 40));
        }
        assertThat(Long.toHexString(bits)).isEqualTo("434056fd40f03b90");
        assertThat(Ranking.of(FOUR, 9)).isEqualTo(Ranking.of(FOUR, 9));
    }

    @Test
    void bandsAreThirdsByVolume() {
        Map<String, Proportion> level = new TreeMap<>();
        for (int i = 0; i < 18; i++) {
            level.put("unit" + i, new Proportion(0, 30 + i));
        }
        level.put("few", new Proportion(3, 4));
        List<Map<String, Proportion>> bands = Ranking.bands(level);

        assertThat(bands).hasSize(3);
        assertThat(bands.get(0)).containsOnlyKeys("few", "unit0", "unit1", "unit2", "unit3", "unit4", "unit5");
        assertThat(bands.get(1)).containsOnlyKeys("unit6", "unit7", "unit8", "unit9", "unit10", "unit11");
        assertThat(bands.get(2)).containsOnlyKeys("unit12", "unit13", "unit14", "unit15", "unit16", "unit17");
    }

    @Test
    void equalVolumesAreNotParted() {
        Map<String, Proportion> level = new TreeMap<>();
        for (int i = 0; i < 18; i++) {
            level.put("unit" + i, new Proportion(0, i < 8 ? 50 : 60 + i));
        }
        List<Map<String, Proportion>> bands = Ranking.bands(level);

        assertThat(bands).hasSize(1);
        level.put("more1", new Proportion(0, 90));
        level.put("more2", new Proportion(0, 91));
        level.put("more3", new Proportion(0, 92));
        assertThat(Ranking.bands(level)).extracting(Map::size).containsExactly(8, 6, 7);
    }

    @Test
    void aBandOfFewerThanFiveUnitsIsNone() {
        Map<String, Proportion> level = new TreeMap<>();
        for (int i = 0; i < 14; i++) {
            level.put("unit" + i, new Proportion(0, 30 + i));
        }
        assertThat(Ranking.bands(level)).containsExactly(level);
        level.put("unit14", new Proportion(0, 99));
        assertThat(Ranking.bands(level)).extracting(Map::size).containsExactly(5, 5, 5);
        assertThat(Ranking.bands(Map.of())).containsExactly(Map.of());
        assertThat(Ranking.bands(Map.of("few", new Proportion(0, 3))))
                .containsExactly(Map.of("few", new Proportion(0, 3)));
    }

    @Test
    void sensitivityIsTheGreatestDifferenceBetweenRules() {
        RankSensitivity sensitivity = RankSensitivity.of(
                List.of(Map.of("a", 1, "b", 2, "c", 3), Map.of("a", 4, "b", 2), Map.of("a", 2, "d", 9)));

        assertThat(sensitivity.differences()).isEqualTo(Map.of("a", 3, "b", 0));
        assertThat(sensitivity.most()).isEqualTo(3);
        assertThat(RankSensitivity.of(List.of(Map.of("a", 1), Map.of("b", 1))).most())
                .isNull();
        assertThat(RankSensitivity.of(List.of()).differences()).isEmpty();
    }

    @Test
    void aStandingIsAPlaceOrAReason() {
        assertThatThrownBy(() -> new Standing(null, null)).hasMessageContaining("either a place or the reason");
        assertThatThrownBy(() -> new Place(.5, new Interval(0, 1), 3, 4, 5)).hasMessageContaining("rank 3 in [4, 5]");
    }
}
