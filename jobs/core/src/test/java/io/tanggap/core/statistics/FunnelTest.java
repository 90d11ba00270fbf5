package io.tanggap.core.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tanggap.core.Seed;
import io.tanggap.core.statistics.Funnel.Position;
import io.tanggap.core.statistics.Funnel.Result;
import io.tanggap.core.statistics.Funnel.Side;
import io.tanggap.core.statistics.Funnel.Stratum;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class FunnelTest {
    private static final Offset<Double> EXACT = within(1e-9);

    private static Stratum stratum(String finest, String coarser, long breaches, long cases) {
        return new Stratum(List.of(finest, coarser, "all"), new Proportion(breaches, cases));
    }

    private static Position position(Funnel funnel, String unit) {
        return funnel.results().get(unit).position();
    }

    /**
     * Of three units with 10, 20 and 30 breaches of 100, each is expected to have what the other two have on average; the squared
     * residuals are 225/18.75, 0 and 225/12.75.
     */
    @Test
    void aUnitIsComparedWithTheOthersAndNeverWithItself() {
        Funnel funnel = Funnel.of(Map.of(
                "a", List.of(stratum("x", "x", 10, 100)),
                "b", List.of(stratum("x", "x", 20, 100)),
                "c", List.of(stratum("x", "x", 30, 100))));

        assertThat(funnel.overdispersion()).isCloseTo((12 + 225 / 12.75) / 3, EXACT);
        Position first = position(funnel, "a");
        assertThat(first.expected()).isCloseTo(25, EXACT);
        assertThat(first.ratio()).isCloseTo(.4, EXACT);
        double error = Math.sqrt(funnel.overdispersion() * 18.75);
        assertThat(first.limits95().lower()).isZero();
        assertThat(first.limits95().upper()).isCloseTo(25 + 1.959963984540054 * error, EXACT);
        assertThat(first.limits998().upper()).isCloseTo(25 + 3.090232306167813 * error, EXACT);
        assertThat(first.side95()).isEqualTo(Side.WITHIN);
        assertThat(position(funnel, "b").expected()).isCloseTo(20, EXACT);
        assertThat(position(funnel, "c").expected()).isCloseTo(15, EXACT);
    }

    /** In "x1" the others have 29 cases, so that of "x" counts, to which "x2" belongs; "y" has nobody, so that all count. */
    @Test
    void aStratumWithFewPeersTakesTheShareOfTheNextCoarser() {
        Funnel funnel = Funnel.of(Map.of(
                "a", List.of(stratum("x1", "x", 5, 10), stratum("y1", "y", 1, 4), stratum("x2", "x", 0, 10)),
                "b", List.of(stratum("x1", "x", 29, 29), stratum("x2", "x", 1, 71), stratum("z", "z", 70, 100))));

        assertThat(position(funnel, "a").expected()).isCloseTo(10 * .3 + 4 * .5 + 10 / 71.0, EXACT);
    }

    @Test
    void theMixOfCasesExcuses() {
        Map<String, List<Stratum>> units = new TreeMap<>();
        for (int i = 0; i < 10; i++) {
            units.put("peer" + i, List.of(stratum("easy", "e", 5 + i % 2, 100), stratum("hard", "h", 50 - i % 3, 100)));
        }
        units.put("hard", List.of(stratum("hard", "h", 98, 200)));
        units.put("slack", List.of(stratum("easy", "e", 98, 200)));
        units.put("keen", List.of(stratum("hard", "h", 20, 200)));
        Funnel funnel = Funnel.of(units);

        assertThat(position(funnel, "hard").side95()).isEqualTo(Side.WITHIN);
        assertThat(position(funnel, "slack").side998()).isEqualTo(Side.ABOVE);
        assertThat(position(funnel, "keen").side998()).isEqualTo(Side.BELOW);
        assertThat(position(funnel, "keen").side95()).isEqualTo(Side.BELOW);
    }

    @Test
    void oneOutlierDoesNotWidenTheFunnelForAll() {
        Map<String, List<Stratum>> units = new TreeMap<>();
        for (int i = 0; i < 20; i++) {
            units.put("peer" + i, List.of(stratum("x", "x", 95 + i % 11, 1000)));
        }
        units.put("outlier", List.of(stratum("x", "x", 400, 1000)));
        Funnel funnel = Funnel.of(units);

        assertThat(position(funnel, "outlier").side998()).isEqualTo(Side.ABOVE);
        assertThat(funnel.overdispersion()).isBetween(1., 4.);
    }

    @Test
    void unitsThatDifferLessThanChanceAreNotBelievedToDoSo() {
        Map<String, List<Stratum>> units = new TreeMap<>();
        for (int i = 0; i < 20; i++) {
            units.put("peer" + i, List.of(stratum("x", "x", 100, 1000)));
        }
        assertThat(Funnel.of(units).overdispersion()).isEqualTo(1);
    }

    @Test
    void whereNothingCanBeSaidTheReasonIs() {
        List<Stratum> some = List.of(stratum("x", "x", 3, 40));
        List<Stratum> none = List.of(stratum("x", "x", 0, 40));

        assertThat(Funnel.of(Map.of("only", some)).results().get("only"))
                .isEqualTo(new Result(new Proportion(3, 40), null, Reason.PEERS_BELOW_30));
        Funnel spotless = Funnel.of(Map.of("a", some, "b", none, "idle", List.of()));
        assertThat(spotless.results().get("a").withheld()).isEqualTo(Reason.NOTHING_EXPECTED);
        assertThat(position(spotless, "b").expected()).isCloseTo(3, EXACT);
        assertThat(position(spotless, "b").ratio()).isZero();
        assertThat(spotless.results().get("idle").withheld()).isEqualTo(Reason.NOTHING_EXPECTED);
        Funnel hopeless = Funnel.of(Map.of("a", some, "b", List.of(stratum("x", "x", 40, 40))));
        assertThat(hopeless.results().get("a").withheld()).isEqualTo(Reason.EVERYTHING_EXPECTED);
        assertThat(Funnel.of(Map.of())).isEqualTo(new Funnel(1, Map.of()));
    }

    @Test
    void nothingIsEverNoNumberAndNoOrderMatters() {
        Random random = Seed.random(this);
        for (int trial = 0; trial < 100; trial++) {
            Map<String, List<Stratum>> units = new LinkedHashMap<>();
            for (int i = random.nextInt(12); i > 0; i--) {
                List<Stratum> strata = new ArrayList<>();
                for (int s = random.nextInt(6); s > 0; s--) {
                    int cases = random.nextInt(60);
                    String coarser = "c" + random.nextInt(2);
                    strata.add(stratum(
                            coarser + random.nextInt(3),
                            coarser,
                            trial % 4 == 0 ? 0 : trial % 4 == 1 ? cases : random.nextInt(cases + 1),
                            cases));
                }
                units.put("unit" + i, strata);
            }
            Funnel funnel = Funnel.of(units);
            assertThat(funnel.overdispersion()).isFinite().isGreaterThanOrEqualTo(1);
            funnel.results().values().forEach(result -> {
                Position position = result.position();
                if (position != null) {
                    assertThat(position.expected()).isPositive().isFinite();
                    assertThat(position.ratio()).isFinite();
                    assertThat(position.limits95().contains(position.expected()))
                            .isTrue();
                    assertThat(position.limits998().lower())
                            .isBetween(0., position.limits95().lower());
                    assertThat(position.limits998().upper())
                            .isBetween(position.limits95().upper(), (double)
                                    result.counts().trials());
                }
            });
            assertThat(Funnel.of(shuffled(units, random))).isEqualTo(funnel);
        }
    }

    private static Map<String, List<Stratum>> shuffled(Map<String, List<Stratum>> units, Random random) {
        List<String> names = new ArrayList<>(units.keySet());
        Collections.shuffle(names, random);
        Map<String, List<Stratum>> shuffled = new LinkedHashMap<>();
        names.forEach(name -> {
            List<Stratum> strata = new ArrayList<>(units.get(name));
            Collections.shuffle(strata, random);
            shuffled.put(name, strata);
        });
        return shuffled;
    }

    @Test
    void strataWithoutACommonChainAreRefused() {
        Stratum shorter = new Stratum(List.of("all"), new Proportion(0, 1));

        assertThatThrownBy(() -> Funnel.of(Map.of("a", List.of(stratum("x", "x", 0, 1), shorter))))
                .hasMessageContaining("unit a, stratum")
                .hasMessageContaining("the same chain of keys");
        assertThatThrownBy(() -> new Stratum(List.of(), new Proportion(0, 1))).hasMessageContaining("without a key");
        assertThatThrownBy(() -> new Result(new Proportion(0, 1), null, null))
                .hasMessageContaining("either a position");
    }
}
