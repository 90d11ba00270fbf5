package io.tanggap.core.problem;

import static io.tanggap.core.Story.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tanggap.core.Story;
import io.tanggap.core.complaint.Outcome;
import io.tanggap.core.complaint.Payload.MergedInto;
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
        assertThat(report.firstClosedAt()).isNull();
        assertThat(report.closedAt()).isNull();
        assertThat(report.outcome()).isNull();
    }

    @Test
    void aCaseHasItsFirstEndAndItsLast() {
        Story story = Story.submitted(0, "A", null).claimed(20, "A").closed(30, Outcome.FIXED);
        Report once = Report.of(story.seenAt(DAY));
        assertThat(once.firstStoppedAt()).isEqualTo(at(20));
        assertThat(once.firstClosedAt()).isEqualTo(at(30));
        assertThat(once.closedAt()).isEqualTo(at(30));

        story.reopened(40);
        Report again = Report.of(story.seenAt(DAY));
        assertThat(again.firstClosedAt()).isEqualTo(at(30));
        assertThat(again.closedAt()).isNull();
        assertThat(again.outcome()).isNull();

        story.closed(50, Outcome.UNABLE);
        Report twice = Report.of(story.seenAt(DAY));
        assertThat(twice.firstClosedAt()).isEqualTo(at(30));
        assertThat(twice.firstOutcome()).isEqualTo(Outcome.FIXED);
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
        assertThat(report.firstStoppedAt()).isNull();
        assertThat(report.firstClosedAt()).isNull();
        assertThat(report.firstOutcome()).isNull();
        assertThat(report.outcome()).isEqualTo(Outcome.DUPLICATE);
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
        assertThatThrownBy(
                        () -> new Report("a", "c", null, null, at(0), "b", null, null, null, null, null, null, at(1)))
                .hasMessageContaining("merged at some time");
    }
}
