package io.tanggap.core.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BetaTest {
    /** By scipy.stats.beta.ppf. */
    @ParameterizedTest
    @CsvSource({
        ".5, .5, .001541333133436012, .9984586668665639",
        "20.5, 80.5, .13079041541868477, .28627957282731764",
        "950, 50.25, .935404643859213, .96241892289588",
        "1000000, 2000000, .3328000040759549, .3338668730691445"
    })
    void intervalsAreThoseOfAnotherImplementation(double alpha, double beta, double lower, double upper) {
        Interval interval = new Beta(alpha, beta).interval();

        assertThat(interval.lower()).isCloseTo(lower, within(1e-9));
        assertThat(interval.upper()).isCloseTo(upper, within(1e-9));
    }

    @Test
    void withWholeParametersTheDistributionIsASumOfBinomials() {
        assertThat(new Beta(1, 1).cumulative(.3)).isCloseTo(.3, within(1e-13));
        assertThat(new Beta(2, 1).cumulative(.3)).isCloseTo(.09, within(1e-13));
        assertThat(new Beta(2, 3).cumulative(.4)).isCloseTo(.5248, within(1e-13));
        assertThat(new Beta(.5, .5).cumulative(.25)).isCloseTo(1 / 3.0, within(1e-13));
    }

    @Test
    void theGammaFunctionIsExactToThirteenDigits() {
        assertThat(Beta.logGamma(.5)).isCloseTo(.5723649429247001, within(1e-13));
        assertThat(Beta.logGamma(1)).isCloseTo(0, within(1e-13));
        assertThat(Beta.logGamma(10)).isCloseTo(12.801827480081469, within(1e-12));
        assertThat(Beta.logGamma(100)).isCloseTo(359.1342053695754, within(1e-10));
    }

    /** Four peers: the mean share is .7 and the correlation .14265, so the strength 1/.14265 − 1 = 6.0099. */
    @Test
    void thePriorHasTheMomentsOfThePeers() {
        Beta prior = Beta.priorOf(List.of(
                new Proportion(40, 50), new Proportion(30, 50), new Proportion(20, 40), new Proportion(90, 100)));

        assertThat(prior.mean()).isCloseTo(.7, within(1e-12));
        assertThat(prior.alpha()).isCloseTo(4.206945428773918, within(1e-9));
        assertThat(prior.beta()).isCloseTo(1.8029766123316795, within(1e-9));
    }

    @Test
    void peersThatDifferByNoMoreThanChanceSpeakTogether() {
        assertThat(Beta.priorOf(List.of(new Proportion(20, 40), new Proportion(50, 100), new Proportion(31, 60))))
                .isEqualTo(new Beta(101.5, 99.5));
        assertThat(Beta.priorOf(Collections.nCopies(5, new Proportion(1, 1)))).isEqualTo(new Beta(5.5, .5));
    }

    @Test
    void peersThatAllFailOrAllSucceedStillLeaveADoubt() {
        assertThat(Beta.priorOf(List.of(new Proportion(0, 40), new Proportion(0, 60))))
                .isEqualTo(new Beta(.5, 100.5));
        assertThat(Beta.priorOf(List.of(new Proportion(40, 40), new Proportion(60, 60))))
                .isEqualTo(new Beta(100.5, .5));
    }

    @Test
    void peersThatHaveNothingInCommonSayNoMoreThanNobody() {
        Beta prior = Beta.priorOf(List.of(new Proportion(0, 40), new Proportion(40, 40)));

        assertThat(prior.alpha()).isCloseTo(.5, within(1e-12));
        assertThat(prior.beta()).isCloseTo(.5, within(1e-12));
    }

    @Test
    void aSinglePeerOrNoneSayNothing() {
        assertThat(Beta.priorOf(List.of())).isEqualTo(Beta.JEFFREYS);
        assertThat(Beta.priorOf(List.of(new Proportion(40, 50)))).isEqualTo(Beta.JEFFREYS);
    }

    @Test
    void peersOfOneTrialEachDoNotDivideByZero() {
        assertThat(Beta.priorOf(List.of(new Proportion(1, 1), new Proportion(0, 1))))
                .isEqualTo(new Beta(1.5, 1.5));
    }

    @Test
    void impossibleBeliefsAreRefused() {
        assertThatThrownBy(() -> new Beta(0, 1)).hasMessageContaining("more than 0");
        assertThatThrownBy(() -> new Beta(1, Double.NaN)).hasMessageContaining("finite");
        assertThatThrownBy(() -> Beta.priorOf(List.of(new Proportion(0, 0), new Proportion(0, 1))))
                .hasMessageContaining("without trials");
    }
}
