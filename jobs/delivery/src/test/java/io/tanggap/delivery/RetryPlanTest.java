package io.tanggap.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.tanggap.core.notice.Answer;
import io.tanggap.core.notice.Answer.Outcome;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryPlanTest {
    private static final Answer BUSY = Answer.retry("busy");

    @ParameterizedTest
    @CsvSource({"1,PT1M", "2,PT3M", "3,PT9M", "4,PT27M", "5,PT81M", "6,PT243M", "7,PT6H", "8,PT6H", "9,PT6H"})
    void waitsBecomeLonger(int attempt, Duration about) {
        Duration wait = RetryPlan.after(Sample.ID, attempt, BUSY).orElseThrow();
        assertThat(wait.toMillis() / (double) about.toMillis()).isBetween(0.8, 1.2);
    }

    @Test
    void theTenthAttemptIsTheLastAndAboutADayAfterTheFirst() {
        Duration whole = Duration.ZERO;
        for (int attempt = 1; attempt < RetryPlan.MOST_ATTEMPTS; attempt++) {
            whole = whole.plus(RetryPlan.after(Sample.ID, attempt, BUSY).orElseThrow());
        }
        assertThat(whole).isBetween(Duration.ofHours(19), Duration.ofHours(29));
        assertThat(RetryPlan.after(Sample.ID, RetryPlan.MOST_ATTEMPTS, BUSY)).isEmpty();
    }

    @Test
    void whatIsDeliveredOrRefusedIsOver() {
        assertThat(RetryPlan.after(Sample.ID, 1, Answer.delivered("ok"))).isEmpty();
        assertThat(RetryPlan.after(Sample.ID, 1, Answer.refused("gone"))).isEmpty();
    }

    @Test
    void theSameMessageWaitsTheSameAndOthersDoNotComeTogether() {
        Set<Duration> waits = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            String notice = Sample.ID.substring(3) + (100 + i);
            assertThat(RetryPlan.after(notice, 5, BUSY)).isEqualTo(RetryPlan.after(notice, 5, BUSY));
            waits.add(RetryPlan.after(notice, 5, BUSY).orElseThrow());
        }
        assertThat(waits).hasSizeGreaterThan(95);
    }

    @Test
    void itIsNeverSoonerThanTheOtherSideAsks() {
        for (int i = 0; i < 100; i++) {
            assertThat(after(i, Duration.ofMinutes(10))).isBetween(Duration.ofMinutes(10), Duration.ofMinutes(12));
        }
    }

    @Test
    void whoAsksForLessThanThePlanGetsThePlan() {
        assertThat(after(0, Duration.ofSeconds(1))).isGreaterThan(Duration.ofSeconds(47));
    }

    @Test
    void whoAsksForADayGetsSixHours() {
        assertThat(after(0, Duration.ofDays(1000))).isBetween(Duration.ofHours(6), Duration.ofMinutes(432));
    }

    private static Duration after(int i, Duration asked) {
        return RetryPlan.after(Sample.ID + i, 1, new Answer(Outcome.RETRY, "busy", asked))
                .orElseThrow();
    }
}
