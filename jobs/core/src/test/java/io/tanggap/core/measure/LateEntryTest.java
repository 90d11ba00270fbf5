package io.tanggap.core.measure;

import static org.assertj.core.api.Assertions.assertThat;

import io.tanggap.core.References;
import io.tanggap.core.Story;
import io.tanggap.core.complaint.Actor;
import io.tanggap.core.complaint.Outcome;
import io.tanggap.core.complaint.Payload.Submitted;
import io.tanggap.core.complaint.Visibility;
import io.tanggap.core.lifecycle.Anomaly;
import io.tanggap.core.lifecycle.CaseView;
import io.tanggap.core.problem.Problem;
import io.tanggap.core.statistics.Survival;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Cases that an import holds only because they were still open then. */
class LateEntryTest {
    private static final long HOUR = 60;
    private static final long DAY = 24 * HOUR;
    private static final int FIXED = Outcome.FIXED.code() * AgeBins.COUNT;
    private static final Instant LATE = Story.START.plus(Duration.ofDays(60));

    private static Story submitted(@Nullable Long observedFrom) {
        return new Story("1")
                .and(
                        Story.at(0),
                        Actor.CITIZEN,
                        null,
                        Visibility.PUBLIC,
                        new Submitted(
                                "roads", "kelurahan", "A", null, observedFrom == null ? null : Story.at(observedFrom)));
    }

    private static CaseView seen(Story story, Instant asOf) {
        return story.seenAt(asOf, References.WITHOUT_POLICY);
    }

    private static Tally tally(Story story, Instant asOf) {
        return Told.sum(List.of(seen(story, asOf)), Role.TERRITORY, cell -> true);
    }

    @Test
    void aViewSaysFromWhenItsCaseIsObserved() {
        assertThat(seen(submitted(10 * HOUR), LATE).observedFrom()).isEqualTo(Story.at(10 * HOUR));
        assertThat(seen(submitted(null), LATE).observedFrom()).isNull();
        assertThat(seen(submitted(0L), LATE).observedFrom())
                .as("from the submission on")
                .isNull();
        assertThat(seen(submitted(-5L), LATE).observedFrom()).isNull();
    }

    @Test
    void whatHadEndedBeforeItWasObservedIsNoSurvivor() {
        CaseView ended = seen(submitted(10 * HOUR).closed(9 * HOUR, Outcome.FIXED), LATE);
        assertThat(ended.observedFrom()).isNull();
        assertThat(ended.anomalies()).contains(Anomaly.ENDED_BEFORE_OBSERVED);

        CaseView then = seen(submitted(10 * HOUR).closed(10 * HOUR, Outcome.FIXED), LATE);
        assertThat(then.observedFrom()).as("open until then").isEqualTo(Story.at(10 * HOUR));
        assertThat(then.anomalies()).doesNotContain(Anomaly.ENDED_BEFORE_OBSERVED);

        CaseView reopened =
                seen(submitted(10 * HOUR).closed(8 * HOUR, Outcome.FIXED).reopened(9 * HOUR), LATE);
        assertThat(reopened.observedFrom()).as("open again").isEqualTo(Story.at(10 * HOUR));
        CaseView reopenedLater =
                seen(submitted(10 * HOUR).closed(8 * HOUR, Outcome.FIXED).reopened(11 * HOUR), LATE);
        assertThat(reopenedLater.anomalies()).contains(Anomaly.ENDED_BEFORE_OBSERVED);
    }

    @Test
    void aSurvivorIsAtRiskInTheBinsAfterThatOfItsEntry() {
        Tally next = tally(submitted(10 * HOUR).closed(10 * HOUR + 1, Outcome.FIXED), LATE);
        assertThat(next.get(Count.LATE_ENTRY, 9)).isEqualTo(1);
        assertThat(next.get(Count.FIRST_END, FIXED + 10)).isEqualTo(1);
        assertThat(next.get(Count.LATE_ENTRY_RESOLVED, 10)).isEqualTo(1);
        assertThat(next.get(Count.DURABLE_LATE_ENTRY, 9)).isEqualTo(1);

        Tally same = tally(submitted(10 * HOUR - 1).closed(10 * HOUR, Outcome.FIXED), LATE);
        assertThat(same.get(Count.PROBLEMS)).isEqualTo(1);
        for (Count none : List.of(
                Count.LATE_ENTRY,
                Count.FIRST_END,
                Count.FIRST_STOP,
                Count.OPEN_SLOT,
                Count.LATE_ENTRY_RESOLVED,
                Count.DURABLE_END,
                Count.DURABLE_LATE_ENTRY)) {
            assertThat(same.sum(none)).as("%s in the bin of the entry", none).isZero();
        }

        Tally other = tally(submitted(10 * HOUR).closed(20 * HOUR, Outcome.INVALID), LATE);
        assertThat(other.sum(Count.LATE_ENTRY)).isEqualTo(1);
        assertThat(other.sum(Count.LATE_ENTRY_RESOLVED)).isZero();
    }

    @Test
    void anOpenSurvivorCountsFromTheFirstMidnightAfterTheBinOfItsEntry() {
        Story story = submitted(5 * DAY);
        Problem problem = Objects.requireNonNull(Told.problem(seen(story, LATE)));
        Instant midnight = seen(story, Story.at(5 * DAY)).curvesAsOf();
        Instant entersAt = Objects.requireNonNull(Contributions.changesAt(problem, References.JAKARTA, midnight));
        assertThat(entersAt).isAfter(Story.at(5 * DAY)).isBefore(Story.at(6 * DAY));
        assertThat(tally(story, entersAt.minusMillis(1)).has(Count.OPEN_SLOT)).isFalse();
        assertThat(tally(story, entersAt.minusMillis(1)).has(Count.LATE_ENTRY)).isFalse();
        assertThat(tally(story, entersAt).sum(Count.OPEN_SLOT)).isEqualTo(1);
        assertThat(tally(story, entersAt).sum(Count.LATE_ENTRY)).isEqualTo(1);
        assertThat(tally(story, entersAt).has(Count.DURABLE_OPEN_SLOT)).isFalse();

        Instant durablyAt = Objects.requireNonNull(Contributions.changesAt(problem, References.JAKARTA, entersAt));
        assertThat(durablyAt).isEqualTo(entersAt.plus(Stops.DURABLE));
        assertThat(tally(story, durablyAt.minusMillis(1)).has(Count.DURABLE_OPEN_SLOT))
                .isFalse();
        assertThat(tally(story, durablyAt).sum(Count.DURABLE_LATE_ENTRY)).isEqualTo(1);
        assertThat(Contributions.changesAt(problem, References.JAKARTA, durablyAt))
                .isNull();
    }

    /** 20 survivors of age 48 h, 12 of which are closed at 60 h; 5 cases that were always observed and closed at 1 h. */
    @Test
    void aCurveSpeaksOfThoseThatWereStillOpenAndSharesLeaveThemOut() {
        List<CaseView> views = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            Story story = submitted(48 * HOUR);
            views.add(seen(i < 12 ? story.closed(60 * HOUR, Outcome.FIXED) : story, LATE));
        }
        for (int i = 0; i < 5; i++) {
            views.add(seen(submitted(null).closed(HOUR, Outcome.FIXED), LATE));
        }
        Snapshot snapshot = Told.snapshot(
                views, Role.TERRITORY, References.JAKARTA, views.get(0).curvesAsOf());
        Survival close = snapshot.timeToClose();
        assertThat(close.atRisk(0)).isEqualTo(5);
        assertThat(close.atRisk(47)).isZero();
        assertThat(close.atRisk(48)).isEqualTo(20);
        assertThat(close.conditionalFromBin()).isEqualTo(48);
        assertThat(close.survival(59)).isEqualTo(8 / 20.0);
        assertThat(snapshot.timeToResolution().incidence(59)).isEqualTo(12 / 20.0);

        Stock nothing = new Stock(Tally.ZERO, Day.of(0, References.JAKARTA));
        Responsiveness figures = Responsiveness.of(snapshot, nothing, nothing, Tally.ZERO);
        assertThat(figures.count("late_entries")).isEqualTo(20);
        assertThat(figures.figures())
                .containsEntry("times.close_conditional_from_hours", 48L)
                .containsEntry("times.resolution_conditional_from_hours", 48L)
                .containsEntry("times.durable_resolution_conditional_from_hours", 48L)
                .containsEntry("times.close_p50_hours", 60L)
                .doesNotContainKey("times.resolution_mean_30_days_hours");
        assertThat(figures.count("mature_7_days")).as("without survivors").isEqualTo(5);
        assertThat(figures.share("resolved_7_days")).isEqualTo(1.0);
        assertThat(figures.share("maturity_7_days")).isEqualTo(1.0);
    }

    @Test
    void whereTooFewAreAtRiskThereIsNoCurve() {
        Snapshot snapshot = Told.snapshot(
                List.of(seen(submitted(48 * HOUR).closed(60 * HOUR, Outcome.FIXED), LATE)),
                Role.TERRITORY,
                References.JAKARTA,
                LATE);
        Stock nothing = new Stock(Tally.ZERO, Day.of(0, References.JAKARTA));
        Responsiveness figures = Responsiveness.of(snapshot, nothing, nothing, Tally.ZERO);
        assertThat(figures.states())
                .containsEntry("close_conditional_from_hours", "FOLLOW_UP")
                .containsEntry("close_p50_hours", "FOLLOW_UP");
        assertThat(figures.figures()).doesNotContainKeys("times.close_p50_hours", "shares.resolved_7_days");
    }

    /** Where only some of what changed together has arrived, the curve is wrong for a moment, and nothing fails. */
    @Test
    void moreEntriesThanEndsFailNothing() {
        Tally.Builder tally = new Tally.Builder().add(Count.LATE_ENTRY, 20, 5).add(Count.FIRST_END, FIXED + 30, 2);
        Day day = Day.of(20_000, References.JAKARTA);
        Survival close =
                tally.build().at(day, day.end().plus(Duration.ofDays(30))).timeToClose();
        assertThat(close.atRisk(30)).isEqualTo(2);
    }
}
