package io.tanggap.core.problem;

import static io.tanggap.core.Story.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tanggap.core.Story;
import io.tanggap.core.complaint.Outcome;
import io.tanggap.core.complaint.Payload.MergedInto;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportTest {
    private static final long DAY = 24 * 60;

    @Test
    void anOpenCaseHasNoEnd() {
        Report report = Report.of(Story.submitted(0, "A", null).worked(10, "A").seenAt(DAY));
        assertThat(report.caseId()).isEqualTo("qlue:1");
        assertThat(report.channel()).isEqualTo("qlue");
        assertThat(report.category()).isEqualTo("roads");
        assertThat(report.territory()).isEqualTo("kelurahan");
        assertThat(report.submittedAt()).isEqualTo(at(0));
        assertThat(report.asOf()).isEqualTo(at(DAY));
        assertThat(report.isMerged()).isFalse();
        assertThat(report.stops()).isEmpty();
        assertThat(report.closedAt()).isNull();
        assertThat(report.outcome()).isNull();
    }

    @Test
    void aCaseHasItsFirstEndAndItsLast() {
        Story story = Story.submitted(0, "A", null).claimed(20, "A").closed(30, Outcome.FIXED);
        Report once = Report.of(story.seenAt(DAY));
        assertThat(once.stops()).containsExactly(new Stop(at(20), at(30), Outcome.FIXED, "A", true, null));
        assertThat(once.closedAt()).isEqualTo(at(30));

        story.reopened(40);
        Report again = Report.of(story.seenAt(DAY));
        assertThat(again.stops()).containsExactly(new Stop(at(20), at(30), Outcome.FIXED, "A", true, at(40)));
        assertThat(again.closedAt()).isNull();
        assertThat(again.outcome()).isNull();

        story.closed(50, Outcome.UNABLE);
        Report twice = Report.of(story.seenAt(DAY));
        assertThat(twice.stops())
                .containsExactly(
                        new Stop(at(20), at(30), Outcome.FIXED, "A", true, at(40)),
                        new Stop(at(50), at(50), Outcome.UNABLE, "A", true, null));
        assertThat(twice.closedAt()).isEqualTo(at(50));
        assertThat(twice.outcome()).isEqualTo(Outcome.UNABLE);
    }

    @Test
    void aDuplicateHasEndedNothing() {
        Report report = Report.of(Story.submitted(0, "A", null)
                .and(30, "A", new MergedInto("qlue:2"))
                .seenAt(DAY));
        assertThat(report.mergedInto()).isEqualTo("qlue:2");
        assertThat(report.mergedAt()).isEqualTo(at(30));
        assertThat(report.stops()).isEmpty();
        assertThat(report.outcome()).isEqualTo(Outcome.DUPLICATE);
    }

    @Test
    void aDuplicateOfNothingThatIsNamedHasEnded() {
        Story story = Story.submitted(0, "A", null).closed(30, Outcome.DUPLICATE);
        assertThat(Report.of(story.seenAt(DAY)).stops())
                .containsExactly(new Stop(at(30), at(30), Outcome.DUPLICATE, "A", true, null));
        assertThat(Report.of(story.reopened(40).seenAt(DAY)).stops()).isEmpty();
    }

    @Test
    void theAsOfIsNoNews() {
        Story story = Story.submitted(0, "A", null).worked(10, "A");
        Report report = Report.of(story.seenAt(DAY));
        assertThat(Report.of(story.seenAt(DAY + 1)).digest()).isEqualTo(report.digest());
        assertThat(Report.of(story.closed(DAY, Outcome.FIXED).seenAt(2 * DAY)).digest())
                .isNotEqualTo(report.digest());
    }

    @Test
    void aMergeHasATime() {
        assertThatThrownBy(() ->
                        new Report("a", "c", null, null, at(0), null, "b", null, List.of(), null, null, "A", at(1)))
                .hasMessageContaining("merged at some time");
    }
}
