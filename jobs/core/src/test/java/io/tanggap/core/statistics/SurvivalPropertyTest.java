package io.tanggap.core.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tanggap.core.Seed;
import io.tanggap.core.statistics.Survival.Placement;
import io.tanggap.core.statistics.Survival.Quantile;
import io.tanggap.core.statistics.Survival.State;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SurvivalPropertyTest {
    private static final int TRIALS = 300;
    private final Random random = Seed.random(this);

    /** Counts by bin, and the same as cases. */
    private record Drawn(long[] wanted, long[] competing, long[] censored, long[] entries) {
        Survival curve() {
            return Survival.withLateEntries(wanted, competing, censored, entries);
        }
    }

    private Drawn drawn(boolean rivals, boolean late) {
        int bins = 2 + random.nextInt(20);
        Drawn drawn = new Drawn(new long[bins], new long[bins], new long[bins], new long[bins]);
        int cases = random.nextInt(200);
        for (int i = 0; i < cases; i++) {
            int exit = random.nextInt(bins);
            int kind = random.nextInt(rivals ? 3 : 2);
            (kind == 0 ? drawn.wanted : kind == 1 ? drawn.censored : drawn.competing)[exit]++;
            if (late && exit > 0 && random.nextInt(3) == 0) {
                drawn.entries[random.nextInt(exit)]++;
            }
        }
        return drawn;
    }

    @Test
    void sharesSumToOneAndNeverTurnBack() {
        for (int trial = 0; trial < TRIALS; trial++) {
            Drawn drawn = drawn(true, trial % 2 == 0);
            Survival curve = drawn.curve();
            for (int bin = 0; bin < drawn.wanted.length; bin++) {
                assertThat(curve.incidence(bin) + curve.competingIncidence(bin) + curve.survival(bin))
                        .isCloseTo(1, within(1e-12));
                assertThat(curve.survival(bin)).isBetween(0., 1.);
                if (bin > 0) {
                    assertThat(curve.incidence(bin)).isGreaterThanOrEqualTo(curve.incidence(bin - 1) - 1e-15);
                    assertThat(curve.survival(bin)).isLessThanOrEqualTo(curve.survival(bin - 1));
                }
            }
        }
    }

    @Test
    void intervalsHoldWhatTheyAreOf() {
        for (int trial = 0; trial < TRIALS; trial++) {
            Drawn drawn = drawn(true, trial % 2 == 0);
            Survival curve = drawn.curve();
            for (int bin = 0; bin < drawn.wanted.length; bin++) {
                assertHolds(curve.incidenceInterval(bin), curve.incidence(bin));
                assertHolds(curve.survivalInterval(bin), curve.survival(bin));
            }
            for (double p : new double[] {.1, .5, .8, .9}) {
                var limits = curve.quantileInterval(p);
                assertThat(order(limits.lower())).isLessThanOrEqualTo(order(curve.quantile(p)));
                assertThat(order(curve.quantile(p))).isLessThanOrEqualTo(order(limits.upper()));
            }
        }
    }

    private static void assertHolds(Interval interval, double value) {
        if (interval == null) {
            assertThat(value).isIn(0., 1.);
        } else {
            assertThat(interval.lower()).isBetween(0., value + 1e-12);
            assertThat(interval.upper()).isBetween(value - 1e-12, 1.);
        }
    }

    private static int order(Quantile quantile) {
        return quantile.state() == State.VALUE
                ? quantile.bin()
                : quantile.state() == State.BEYOND_LAST_BIN ? Integer.MAX_VALUE - 1 : Integer.MAX_VALUE;
    }

    @Test
    void withoutCompetingEndsTheVarianceIsGreenwoods() {
        for (int trial = 0; trial < TRIALS; trial++) {
            Drawn drawn = drawn(false, trial % 2 == 0);
            Survival curve = drawn.curve();
            double greenwood = 0;
            for (int bin = curve.conditionalFromBin(); bin < drawn.wanted.length && curve.survival(bin) > 0; bin++) {
                double n = curve.atRisk(bin);
                double d = drawn.wanted[bin];
                greenwood += d == 0 ? 0 : d / (n * (n - d));
                double error = curve.survival(bin) * Math.sqrt(greenwood);
                assertThat(curve.survivalError(bin)).isCloseTo(error, within(1e-10));
                assertThat(curve.incidenceError(bin)).isCloseTo(error, within(1e-8));
            }
        }
    }

    /** The sums as Marubini and Valsecchi print them, against the recurrence. */
    @Test
    void withCompetingEndsTheVarianceIsTheSumOfTheTextbook() {
        for (int trial = 0; trial < TRIALS; trial++) {
            Drawn drawn = drawn(true, trial % 2 == 0);
            Survival curve = drawn.curve();
            for (int t = curve.conditionalFromBin(); t < drawn.wanted.length; t++) {
                double variance = 0;
                for (int j = curve.conditionalFromBin(); j <= t; j++) {
                    double n = curve.atRisk(j);
                    double one = drawn.wanted[j];
                    double any = one + drawn.competing[j];
                    double before = j == 0 ? 1 : curve.survival(j - 1);
                    double later = curve.incidence(t) - curve.incidence(j);
                    if (any > 0) {
                        variance += any < n ? later * later * any / (n * (n - any)) : 0;
                        variance += before * before * one * (n - one) / (n * n * n);
                        variance -= 2 * later * before * one / (n * n);
                    }
                }
                assertThat(curve.incidenceError(t)).isCloseTo(Math.sqrt(Math.max(0, variance)), within(1e-7));
            }
        }
    }

    @Test
    void withoutCensoringTheIncidenceIsASimpleShare() {
        for (int trial = 0; trial < TRIALS; trial++) {
            Drawn drawn = drawn(true, false);
            Survival curve = Survival.of(drawn.wanted, drawn.competing, new long[drawn.wanted.length]);
            long ended = 0;
            for (int bin = 0; bin < drawn.wanted.length && curve.cases() > 0; bin++) {
                ended += drawn.wanted[bin];
                double share = (double) ended / curve.cases();
                assertThat(curve.incidence(bin)).isCloseTo(share, within(1e-12));
                assertThat(curve.incidenceError(bin))
                        .isCloseTo(Math.sqrt(share * (1 - share) / curve.cases()), within(1e-8));
            }
        }
    }

    /** Then every case has a time of its own, and mean and error are those of any sample. */
    @Test
    void withoutCensoringTheRestrictedMeanIsThatOfTheTimes() {
        for (int trial = 0; trial < TRIALS; trial++) {
            Placement placement = trial % 2 == 0 ? Placement.AT_UPPER_EDGE : Placement.EVENLY;
            int bins = 30;
            long[] wanted = new long[bins];
            long[] competing = new long[bins];
            int[] edges = new int[bins - 1];
            for (int bin = 0; bin < edges.length; bin++) {
                edges[bin] = (bin == 0 ? 0 : edges[bin - 1]) + 1 + random.nextInt(5);
            }
            int horizon = edges[12];
            int cases = 60 + random.nextInt(300);
            double sum = 0;
            double squares = 0;
            for (int i = 0; i < cases; i++) {
                int bin = i < 12 ? bins - 1 : random.nextInt(bins);
                boolean rival = trial % 4 < 2 && random.nextInt(3) == 0;
                (rival ? competing : wanted)[bin]++;
                double time = horizon;
                if (!rival && bin <= 12) {
                    double width = edges[bin] - (bin == 0 ? 0 : edges[bin - 1]);
                    time = edges[bin] - (placement == Placement.EVENLY ? width / 2 : 0);
                }
                sum += time;
                squares += time * time;
            }
            var mean = Survival.of(wanted, competing, new long[bins]).restrictedMean(edges, horizon, placement);

            double average = sum / cases;
            assertThat(mean.mean()).isCloseTo(average, within(1e-9));
            assertThat(mean.standardError())
                    .isCloseTo(Math.sqrt((squares / cases - average * average) / cases), within(1e-7));
        }
    }

    @Test
    void theRestrictedMeanIsTheAreaUnderOneMinusTheIncidence() {
        for (int trial = 0; trial < TRIALS; trial++) {
            Drawn drawn = drawn(true, false);
            Survival curve = drawn.curve();
            int[] edges = new int[drawn.wanted.length - 1];
            for (int bin = 0; bin < edges.length; bin++) {
                edges[bin] = (bin + 1) * (bin + 2);
            }
            double steps = 0;
            double trapezoids = 0;
            double before = 0;
            for (int bin = 0; bin < edges.length && curve.atRisk(bin) >= 10; bin++) {
                double width = edges[bin] - (bin == 0 ? 0 : edges[bin - 1]);
                steps += width * (1 - before);
                trapezoids += width * (1 - (before + curve.incidence(bin)) / 2);
                before = curve.incidence(bin);
                assertThat(curve.restrictedMean(edges, edges[bin], Placement.AT_UPPER_EDGE)
                                .mean())
                        .isCloseTo(steps, within(1e-9));
                assertThat(curve.restrictedMean(edges, edges[bin], Placement.EVENLY)
                                .mean())
                        .isCloseTo(trapezoids, within(1e-9));
            }
        }
    }
}
