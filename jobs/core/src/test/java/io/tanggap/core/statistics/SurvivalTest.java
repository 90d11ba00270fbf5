package io.tanggap.core.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tanggap.core.statistics.Survival.Placement;
import io.tanggap.core.statistics.Survival.Quantile;
import io.tanggap.core.statistics.Survival.QuantileInterval;
import io.tanggap.core.statistics.Survival.State;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SurvivalTest {
    private static final Offset<Double> EXACT = within(1e-12);
    private static final Offset<Double> PRINTED = within(6e-5);
    private static final Quantile NOT_REACHED = new Quantile(State.NOT_REACHED, -1);

    /** The cohort of ten: (1,1)(2,1)(2,1)(3,0)(4,1)(5,0)(6,1)(8,0)(9,1)(12,0). */
    private static Cohort ten() {
        return new Cohort(12).wanted(1, 2, 2, 4, 6, 9).censored(3, 5, 8, 12);
    }

    private static Cohort tenWithACompetingEnd() {
        return new Cohort(12).wanted(1, 2, 2, 6, 9).competing(4).censored(3, 5, 8, 12);
    }

    /** Remission of leukaemia in weeks under 6-MP (Freireich and others 1963; Cox and Oakes 1984, table 1.1). */
    private static Cohort sixMercaptopurine() {
        return new Cohort(35)
                .wanted(6, 6, 6, 7, 10, 13, 16, 22, 23)
                .censored(6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35);
    }

    /** Acute myelogenous leukaemia, maintained group (Miller 1997; data set {@code aml} of R's survival). */
    private static Cohort maintained() {
        return new Cohort(161).wanted(9, 13, 18, 23, 31, 34, 48).censored(13, 28, 45, 161);
    }

    private static Cohort notMaintained() {
        return new Cohort(45).wanted(5, 5, 8, 8, 12, 23, 27, 30, 33, 43, 45).censored(16);
    }

    /** Bone marrow transplants, acute lymphoblastic leukaemia, disease-free days (Klein and Moeschberger 2003, section 1.3). */
    private static Cohort marrow() {
        return new Cohort(2081)
                .wanted(418, 383, 276, 104, 609, 172, 487, 662, 194, 230, 526, 122, 129, 74, 122, 86, 466, 192, 109)
                .wanted(55, 1, 107, 110, 332)
                .censored(2081, 1602, 1496, 1462, 1433, 1377, 1330, 996, 226, 1199, 1111, 530, 1182, 1167);
    }

    private static int bin(int time) {
        return time - 1;
    }

    private static Quantile at(int time) {
        return new Quantile(State.VALUE, bin(time));
    }

    @ParameterizedTest
    @CsvSource({"1, .9", "2, .7", "3, .7", "4, .5833", "5, .5833", "6, .4375", "9, .2188", "12, .2188"})
    void theSurvivalOfTheTenIsTheOracles(int time, double survival) {
        assertThat(ten().curve().survival(bin(time))).isCloseTo(survival, PRINTED);
        assertThat(ten().curve().incidence(bin(time))).isCloseTo(1 - survival, PRINTED);
    }

    @Test
    void theErrorAndTheIntervalsOfTheTenAreTheOracles() {
        Survival curve = ten().curve();

        assertThat(curve.survivalError(bin(6))).isCloseTo(.1747, PRINTED);
        assertThat(curve.incidenceError(bin(6))).isCloseTo(.1747, PRINTED);
        Interval survival = curve.survivalInterval(bin(6));
        assertThat(survival.lower()).isCloseTo(.1187, PRINTED);
        assertThat(survival.upper()).isCloseTo(.7256, PRINTED);
        Interval incidence = curve.incidenceInterval(bin(6));
        assertThat(incidence.lower()).isCloseTo(1 - .7256, PRINTED);
        assertThat(incidence.upper()).isCloseTo(1 - .1187, PRINTED);
    }

    @Test
    void theQuantilesOfTheTenAreTheOracles() {
        Survival curve = ten().curve();

        assertThat(curve.quantile(.5)).isEqualTo(at(6));
        assertThat(curve.quantileInterval(.5)).isEqualTo(new QuantileInterval(at(1), NOT_REACHED));
        assertThat(curve.quantile(.8)).isEqualTo(NOT_REACHED);
        assertThat(curve.cases()).isEqualTo(10);
        assertThat(curve.conditionalFromBin()).isZero();
    }

    @Test
    void theRestrictedMeanOfExactTimesIsTheOracles() {
        Cohort hundred = ten().times(10);
        var mean = hundred.curve().restrictedMean(hundred.edges(), 10, Placement.AT_UPPER_EDGE);

        assertThat(mean.mean()).isCloseTo(5.9979, PRINTED);
    }

    /** (1 + .9)/2 + (.9 + .7)/2 + .7 + (.7 + .5833)/2 + .5833 + (.5833 + .4375)/2 + 2·.4375 + (.4375 + .21875)/2 + .21875. */
    @Test
    void theRestrictedMeanOfBinsIsTheTrapezoidsArea() {
        Cohort hundred = ten().times(10);
        var mean = hundred.curve().restrictedMean(hundred.edges(), 10, Placement.EVENLY);

        double byHand = .95 + .8 + .7 + (.7 + 7 / 12.0) / 2 + 7 / 12.0 + (7 / 12.0 + .4375) / 2 + .875;
        assertThat(mean.mean()).isCloseTo(byHand + (.4375 + .21875) / 2 + .21875, EXACT);
    }

    @Test
    void aRestrictedMeanNeedsTenAtRiskAtItsHorizon() {
        Cohort cohort = ten();
        Cohort hundred = cohort.times(10);

        assertThat(cohort.curve().restrictedMean(cohort.edges(), 1, Placement.EVENLY))
                .isNotNull();
        assertThat(cohort.curve().atRisk(bin(2))).isEqualTo(9);
        assertThat(cohort.curve().restrictedMean(cohort.edges(), 2, Placement.EVENLY))
                .isNull();
        assertThat(hundred.curve().atRisk(bin(12))).isEqualTo(10);
        assertThat(hundred.curve().restrictedMean(hundred.edges(), 12, Placement.EVENLY))
                .isNotNull();
    }

    @ParameterizedTest
    @CsvSource({"1, .1", "2, .3", "4, .3", "6, .4458", "9, .6646", "12, .6646"})
    void theIncidenceWithACompetingEndIsTheOracles(int time, double incidence) {
        assertThat(tenWithACompetingEnd().curve().incidence(bin(time))).isCloseTo(incidence, PRINTED);
    }

    @Test
    void censoringWhatCompetesWouldRewardIt() {
        Survival naive =
                new Cohort(12).wanted(1, 2, 2, 6, 9).censored(3, 4, 5, 8, 12).curve();

        assertThat(naive.incidence(bin(6))).isCloseTo(.475, EXACT);
        assertThat(tenWithACompetingEnd().curve().survival(bin(6))).isCloseTo(.4375, EXACT);
    }

    @Test
    void splittingFiveAndFiveAndAddingGivesTheSame() {
        Cohort first = new Cohort(12).wanted(1, 2, 2).competing(4).censored(3);
        Cohort second = new Cohort(12).wanted(6, 9).censored(5, 8, 12);
        Survival sum = first.plus(second).curve();
        Survival whole = tenWithACompetingEnd().curve();

        for (int bin = 0; bin <= 12; bin++) {
            assertThat(sum.incidence(bin)).isEqualTo(whole.incidence(bin));
            assertThat(sum.survival(bin)).isEqualTo(whole.survival(bin));
            assertThat(sum.incidenceError(bin)).isEqualTo(whole.incidenceError(bin));
            assertThat(sum.atRisk(bin)).isEqualTo(whole.atRisk(bin));
        }
    }

    /** Cox and Oakes 1984; Kalbfleisch and Prentice 2002: estimate and standard error by Greenwood. */
    @ParameterizedTest
    @CsvSource({
        "6, 21, .857, .0764",
        "7, 17, .807, .0869",
        "10, 15, .753, .0963",
        "13, 12, .690, .1068",
        "16, 11, .627, .1141",
        "22, 7, .538, .1282",
        "23, 6, .448, .1346"
    })
    void theSurvivalUnderSixMercaptopurineIsAsPublished(int week, long atRisk, double survival, double error) {
        Survival curve = sixMercaptopurine().curve();

        assertThat(curve.atRisk(bin(week))).isEqualTo(atRisk);
        assertThat(curve.survival(bin(week))).isCloseTo(survival, within(6e-4));
        assertThat(curve.survivalError(bin(week))).isCloseTo(error, PRINTED);
        assertThat(curve.incidenceError(bin(week))).isCloseTo(error, PRINTED);
    }

    /** The log–log interval is the one that SAS prints by default: 23 weeks, 95 % from 13, upper limit missing. */
    @Test
    void theMedianUnderSixMercaptopurineIsAsPublished() {
        Survival curve = sixMercaptopurine().curve();

        assertThat(curve.quantile(.5)).isEqualTo(at(23));
        assertThat(curve.quantileInterval(.5)).isEqualTo(new QuantileInterval(at(13), NOT_REACHED));
    }

    /** SAS/STAT User's Guide, The LIFETEST Procedure: limits of the 25 % quantile by CONFTYPE=LOGLOG. */
    @Test
    void theQuartileAfterMarrowTransplantsIsAsPublished() {
        Survival curve = marrow().curve();

        assertThat(curve.quantileInterval(.25)).isEqualTo(new QuantileInterval(at(86), at(230)));
        assertThat(curve.quantile(.5)).isEqualTo(at(418));
        assertThat(curve.survival(bin(86))).isCloseTo(.8947, PRINTED);
        assertThat(curve.survivalError(bin(86))).isCloseTo(.0498, PRINTED);
    }

    /** R, survival: {@code print(survfit(Surv(time, status) ~ x, data = aml), print.rmean = TRUE)}; copies divide the error. */
    @Test
    void restrictedMeansOfLeukaemiaAreAsPublished() {
        Cohort ofTen = maintained().times(10);
        var mean = ofTen.curve().restrictedMean(ofTen.edges(), 161, Placement.AT_UPPER_EDGE);
        assertThat(mean.mean()).isCloseTo(52.6, within(.05));
        assertThat(mean.standardError() * Math.sqrt(10)).isCloseTo(19.83, within(.005));

        Cohort other = notMaintained().times(10);
        var less = other.curve().restrictedMean(other.edges(), 45, Placement.AT_UPPER_EDGE);
        assertThat(less.mean()).isCloseTo(22.7, within(.05));
        assertThat(less.standardError() * Math.sqrt(10)).isCloseTo(4.18, within(.005));
    }

    @ParameterizedTest
    @CsvSource({
        "9, .909, .0867",
        "13, .818, .1163",
        "18, .716, .1397",
        "23, .614, .1526",
        "31, .491, .1642",
        "34, .368, .1627"
    })
    void theSurvivalOfLeukaemiaIsAsPublished(int week, double survival, double error) {
        assertThat(maintained().curve().survival(bin(week))).isCloseTo(survival, within(6e-4));
        assertThat(maintained().curve().survivalError(bin(week))).isCloseTo(error, PRINTED);
        assertThat(maintained().curve().quantile(.5)).isEqualTo(at(31));
        assertThat(notMaintained().curve().quantile(.5)).isEqualTo(at(23));
    }

    /** The test of statsmodels' cumulative incidence, whose standard errors agree with those of Stata. */
    @Test
    void theErrorsOfCompetingIncidencesAreAsPublished() {
        int[] open = {8, 9, 9, 9, 1, 2, 2, 4, 4};
        Survival first = new Cohort(9)
                .wanted(1, 1, 2)
                .competing(4, 4, 4, 6, 6, 7)
                .censored(open)
                .curve();
        Survival second = new Cohort(9)
                .wanted(4, 4, 4)
                .competing(1, 1, 2, 6, 6, 7)
                .censored(open)
                .curve();
        Survival third = new Cohort(9)
                .wanted(6, 6, 7)
                .competing(1, 1, 2, 4, 4, 4)
                .censored(open)
                .curve();

        assertThat(first.incidence(bin(1))).isCloseTo(.11111111, within(1e-8));
        assertThat(first.incidenceError(bin(1))).isCloseTo(.07407407, within(1e-8));
        assertThat(first.incidence(bin(9))).isCloseTo(.17037037, within(1e-8));
        assertThat(first.incidenceError(bin(9))).isCloseTo(.08976251, within(1e-8));
        assertThat(second.incidence(bin(4))).isCloseTo(.20740741, within(1e-8));
        assertThat(second.incidenceError(bin(9))).isCloseTo(.10610391, within(1e-8));
        assertThat(third.incidence(bin(6))).isCloseTo(.17777778, within(1e-8));
        assertThat(third.incidenceError(bin(6))).isCloseTo(.11196147, within(1e-8));
        assertThat(third.incidence(bin(7))).isCloseTo(.26666667, within(1e-8));
        assertThat(third.incidenceError(bin(7))).isCloseTo(.12787781, within(1e-8));
        assertThat(first.competingIncidence(bin(7))).isCloseTo(.20740741 + .26666667, within(2e-8));
    }

    @Test
    void withinABinEndsComeBeforeCensorings() {
        assertThat(new Cohort(3).wanted(3).censored(3).curve().survival(bin(3))).isEqualTo(.5);
    }

    @Test
    void aQuantileInTheLastBinIsBeyondItAndNotUnreached() {
        Survival curve = Survival.of(new long[] {1, 0, 9}, new long[3], new long[3]);

        assertThat(curve.quantile(.1)).isEqualTo(new Quantile(State.VALUE, 0));
        assertThat(curve.quantile(.5)).isEqualTo(new Quantile(State.BEYOND_LAST_BIN, -1));
        assertThat(curve.quantileInterval(.5))
                .isEqualTo(new QuantileInterval(new Quantile(State.VALUE, 0), NOT_REACHED));
        Survival censored = Survival.of(new long[] {1, 0, 90}, new long[3], new long[] {0, 0, 9});
        assertThat(censored.quantileInterval(.5))
                .isEqualTo(new QuantileInterval(
                        new Quantile(State.BEYOND_LAST_BIN, -1), new Quantile(State.BEYOND_LAST_BIN, -1)));
    }

    @Test
    void nobodyGivesACurveThatSaysNothing() {
        Survival curve = Survival.of(new long[5], new long[5], new long[5]);

        assertThat(curve.cases()).isZero();
        assertThat(curve.incidence(4)).isZero();
        assertThat(curve.competingIncidence(4)).isZero();
        assertThat(curve.survival(4)).isEqualTo(1);
        assertThat(curve.incidenceError(4)).isZero();
        assertThat(curve.incidenceInterval(4)).isNull();
        assertThat(curve.quantile(.5)).isEqualTo(NOT_REACHED);
        assertThat(curve.quantileInterval(.5)).isEqualTo(new QuantileInterval(NOT_REACHED, NOT_REACHED));
        assertThat(curve.restrictedMean(new int[] {1, 2, 3, 4}, 4, Placement.EVENLY))
                .isNull();
    }

    @Test
    void whereEverybodyHasEndedTheIntervalOfTheMedianEndsWhereItIsKnown() {
        Survival atOnce = Survival.of(new long[] {7, 0}, new long[2], new long[2]);

        assertThat(atOnce.incidence(0)).isEqualTo(1);
        assertThat(atOnce.survivalError(0)).isZero();
        assertThat(atOnce.incidenceInterval(0)).isNull();
        assertThat(atOnce.survivalInterval(0)).isNull();
        assertThat(atOnce.quantileInterval(.5))
                .isEqualTo(new QuantileInterval(new Quantile(State.VALUE, 0), NOT_REACHED));
    }

    @Test
    void lateEntrantsAreAtRiskFromTheBinAfterTheirEntry() {
        long[] wanted = {2, 3, 4, 0};
        long[] entries = {0, 5, 0, 0};
        Survival curve = Survival.withLateEntries(wanted, new long[4], new long[] {0, 0, 16, 0}, entries);

        assertThat(curve.atRisk(0)).isEqualTo(20);
        assertThat(curve.atRisk(1)).isEqualTo(18);
        assertThat(curve.atRisk(2)).isEqualTo(20);
        assertThat(curve.conditionalFromBin()).isZero();
        assertThat(curve.cases()).isEqualTo(25);
        assertThat(curve.survival(2)).isCloseTo(.9 * 15 / 18 * 16 / 20, EXACT);
    }

    @Test
    void aCurveOfSurvivorsStartsWhereTenAreAtRisk() {
        long[] wanted = {1, 1, 6, 3, 0};
        long[] entries = {0, 10, 0, 0, 0};
        Survival curve = Survival.withLateEntries(wanted, new long[5], new long[] {0, 0, 0, 4, 0}, entries);

        assertThat(curve.atRisk(0)).isEqualTo(5);
        assertThat(curve.atRisk(1)).isEqualTo(4);
        assertThat(curve.atRisk(2)).isEqualTo(13);
        assertThat(curve.conditionalFromBin()).isEqualTo(2);
        assertThat(curve.cases()).isEqualTo(13);
        assertThat(curve.incidence(1)).isZero();
        assertThat(curve.survival(2)).isCloseTo(7 / 13.0, EXACT);
        assertThat(curve.quantile(.4)).isEqualTo(new Quantile(State.VALUE, 2));
        assertThat(curve.restrictedMean(new int[] {1, 2, 3, 4}, 3, Placement.EVENLY))
                .isNull();
    }

    @Test
    void whereTooFewSurvivorsEverAreAtRiskThereIsNoCurve() {
        Survival curve = Survival.withLateEntries(new long[] {0, 4, 0}, new long[3], new long[3], new long[] {4, 0, 0});

        assertThat(curve.conditionalFromBin()).isEqualTo(3);
        assertThat(curve.cases()).isZero();
        assertThat(curve.atRisk(1)).isEqualTo(4);
        assertThat(curve.quantile(.5)).isEqualTo(NOT_REACHED);
        assertThat(curve.incidence(2)).isZero();
    }

    @Test
    void withoutLateEntrantsFewCasesStillHaveACurve() {
        assertThat(Survival.of(new long[] {1, 0}, new long[2], new long[] {1, 0})
                        .incidence(0))
                .isEqualTo(.5);
    }

    @Test
    void countsThatCannotBeAreRefused() {
        assertThatThrownBy(() -> Survival.of(new long[] {1, -1}, new long[2], new long[2]))
                .hasMessageContaining("bin 1: -1 wanted ends");
        assertThatThrownBy(() -> Survival.of(new long[2], new long[3], new long[2]))
                .hasMessageContaining("the same number of bins");
        assertThatThrownBy(() ->
                        Survival.withLateEntries(new long[] {0, 1, 0}, new long[3], new long[3], new long[] {0, 1, 0}))
                .hasMessageContaining("bin 1: 1 leave it and 0 are at risk");
        Cohort cohort = ten().times(10);
        assertThatThrownBy(() -> cohort.curve().restrictedMean(new int[] {1, 2}, 2, Placement.EVENLY))
                .hasMessageContaining("every bin but the last");
        assertThatThrownBy(() -> cohort.curve().restrictedMean(cohort.edges(), 99, Placement.EVENLY))
                .hasMessageContaining("horizon 99");
        assertThatThrownBy(() -> cohort.curve().quantile(1)).hasMessageContaining("must be in (0, 1)");
        assertThatThrownBy(() -> cohort.curve().incidence(13)).isInstanceOf(IndexOutOfBoundsException.class);
    }
}
