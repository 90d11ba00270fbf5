package io.tanggap.core.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tanggap.core.Seed;
import io.tanggap.core.statistics.Shrinkage.Mean;
import io.tanggap.core.statistics.Shrinkage.Ratings;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ShrinkageTest {
    private static final Offset<Double> EXACT = within(1e-12);

    /**
     * Ratings 1, 3 against 4, 4, 5, 5: within .75 = 3/4, between (8.3333 − .75)/(6 − 20/6) = 2.84375, so k = .26374.
     */
    @Test
    void theWeightsAreThoseOfTheAnalysisOfVariance() {
        Shrinkage shrinkage = Shrinkage.of(Map.of("a", new Ratings(1, 0, 1, 0, 0), "b", new Ratings(0, 0, 0, 2, 2)));

        double k = .75 / 2.84375;
        double ofA = 2 / (2 + k);
        double ofB = 4 / (4 + k);
        double peers = (ofA * 2 + ofB * 4.5) / (ofA + ofB);
        assertThat(shrinkage.peers()).isCloseTo(peers, EXACT);
        Mean a = shrinkage.means().get("a");
        assertThat(a.weight()).isCloseTo(ofA, EXACT);
        assertThat(a.shrunk()).isCloseTo(ofA * 2 + (1 - ofA) * peers, EXACT);
        assertThat(shrinkage.means().get("b").weight()).isCloseTo(ofB, EXACT);
    }

    @Test
    void fewRatingsArePulledFurtherThanMany() {
        Shrinkage shrinkage = Shrinkage.of(Map.of(
                "few", new Ratings(0, 0, 0, 0, 2),
                "many", new Ratings(2, 3, 10, 45, 240),
                "low", new Ratings(100, 80, 60, 30, 30)));

        Mean few = shrinkage.means().get("few");
        Mean many = shrinkage.means().get("many");
        assertThat(few.ratings().mean()).isEqualTo(5);
        assertThat(few.shrunk()).isLessThan(4.9);
        assertThat(many.shrunk()).isCloseTo(many.ratings().mean(), within(.02));
        assertThat(few.weight()).isLessThan(many.weight());
    }

    @Test
    void unitsThatDifferByNoMoreThanChanceHaveTheMeanOfAllRatings() {
        Shrinkage shrinkage = Shrinkage.of(Map.of("a", new Ratings(1, 1, 1, 1, 1), "b", new Ratings(5, 5, 5, 5, 5)));

        assertThat(shrinkage.peers()).isEqualTo(3);
        assertThat(shrinkage.means().get("a").weight()).isZero();
        assertThat(shrinkage.means().get("a").shrunk()).isEqualTo(3);
    }

    @Test
    void oneRatingEachTellsNothingOfAUnit() {
        Shrinkage shrinkage = Shrinkage.of(Map.of("a", new Ratings(1, 0, 0, 0, 0), "b", new Ratings(0, 0, 0, 0, 1)));

        assertThat(shrinkage.means().get("a").shrunk()).isEqualTo(3);
        assertThat(shrinkage.means().get("a").weight()).isZero();
    }

    @Test
    void unitsThatAreAlwaysRatedAlikeKeepTheirMeans() {
        Shrinkage shrinkage = Shrinkage.of(Map.of("a", new Ratings(0, 4, 0, 0, 0), "b", new Ratings(0, 0, 0, 0, 3)));

        assertThat(shrinkage.means().get("a").shrunk()).isEqualTo(2);
        assertThat(shrinkage.means().get("b").shrunk()).isEqualTo(5);
        assertThat(shrinkage.peers()).isEqualTo(3.5);
    }

    @Test
    void withoutRatingsOrWithoutPeersThereIsNoShrunkMean() {
        Ratings some = new Ratings(1, 2, 3, 4, 0);
        Shrinkage shrinkage = Shrinkage.of(Map.of("a", some, "unrated", new Ratings(0, 0, 0, 0, 0)));

        assertThat(shrinkage.peers()).isNull();
        assertThat(shrinkage.means().get("a")).isEqualTo(new Mean(some, null, null));
        assertThat(some.mean()).isEqualTo(3);
        assertThat(some.low()).isEqualTo(new Proportion(3, 10));
        assertThat(shrinkage.means().get("unrated").ratings().mean()).isNull();
        assertThat(shrinkage.means().get("unrated").ratings().low().share()).isNull();
        assertThat(Shrinkage.of(Map.of()).means()).isEmpty();
        assertThatThrownBy(() -> new Ratings(0, 0, -1, 0, 0)).hasMessageContaining("none may be negative");
    }

    @Test
    void aShrunkMeanIsBetweenTheUnitsAndThePeers() {
        Random random = Seed.random(this);
        for (int trial = 0; trial < 500; trial++) {
            Map<String, Ratings> units = new TreeMap<>();
            for (int i = 2 + random.nextInt(10); i > 0; i--) {
                units.put(
                        "unit" + i,
                        new Ratings(
                                random.nextInt(2),
                                random.nextInt(3),
                                random.nextInt(4),
                                random.nextInt(8),
                                random.nextInt(20)));
            }
            Shrinkage shrinkage = Shrinkage.of(units);
            shrinkage.means().values().forEach(mean -> {
                if (mean.shrunk() != null) {
                    double own = mean.ratings().mean();
                    double peers = shrinkage.peers();
                    assertThat(mean.weight()).isBetween(0., 1.);
                    assertThat(peers).isBetween(1., 5.);
                    assertThat(mean.shrunk()).isBetween(Math.min(own, peers) - 1e-12, Math.max(own, peers) + 1e-12);
                }
            });
        }
    }
}
