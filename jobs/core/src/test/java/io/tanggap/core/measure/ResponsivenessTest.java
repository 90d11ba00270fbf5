package io.tanggap.core.measure;

import static org.assertj.core.api.Assertions.assertThat;

import io.tanggap.core.Story;
import io.tanggap.core.complaint.Outcome;
import io.tanggap.core.lifecycle.CaseView;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResponsivenessTest {
    private static final ZoneId JAKARTA = ZoneId.of("Asia/Jakarta");
    private static final Day DAY = Day.of(LocalDate.parse("2024-03-04").toEpochDay(), JAKARTA);
    private static final Day NEXT = Day.of(DAY.number() + 1, JAKARTA);

    @Test
    void openOverdueCasesAreMissedAndCasesWithoutTargetCountNowhere() {
        List<CaseView> views = List.of(
                Story.submitted(0, "A", 60L).closed(30, Outcome.FIXED).seenAt(600),
                Story.submitted(0, "A", 60L).closed(90, Outcome.INVALID).seenAt(600),
                Story.submitted(0, "A", 60L).seenAt(600),
                Story.submitted(0, "A", 9000L).closed(40, Outcome.FIXED).seenAt(600),
                Story.submitted(0, "A", 9000L).seenAt(600),
                Story.submitted(0, "A", null)
                        .closed(50, Outcome.FIXED)
                        .reopened(70)
                        .seenAt(600));
        Tally sum = Told.sum(views, Role.TERRITORY, cell -> true);

        Responsiveness figures = Responsiveness.of(
                sum.at(DAY, DAY.end()), new Stock(Tally.ZERO, DAY), new Stock(sum.flows(), NEXT), sum.flows());

        assertThat(figures.count("received")).isEqualTo(6);
        assertThat(figures.count("cohort_met")).isEqualTo(2);
        assertThat(figures.count("cohort_missed_late")).isEqualTo(1);
        assertThat(figures.count("cohort_missed_open")).isEqualTo(1);
        assertThat(figures.count("cohort_running")).isEqualTo(1);
        assertThat(figures.count("cohort_not_applicable")).isEqualTo(1);
        assertThat(figures.count("due_met")).as("what is kept early is not due").isEqualTo(1);
        assertThat(figures.count("due_missed")).isEqualTo(2);
        assertThat(figures.share("on_time")).isEqualTo(1 / 3.0);
        assertThat(figures.count("open")).isEqualTo(3);
        assertThat(figures.count("overdue")).isEqualTo(1);
        assertThat(figures.count("without_target")).isEqualTo(1);
        assertThat(figures.count("reopened")).isEqualTo(1);
        assertThat(figures.count("closed_fixed")).isEqualTo(3);
        assertThat(figures.count("closed_invalid")).isEqualTo(1);
        assertThat(figures.count("closed")).isEqualTo(4);
        assertThat(figures.count("at_risk")).isEqualTo(6);
    }

    @Test
    void nothingDueHasNoShare() {
        Stock nothing = new Stock(Tally.ZERO, DAY);
        assertThat(Responsiveness.of(new Snapshot(), nothing, nothing, Tally.ZERO)
                        .share("on_time"))
                .isNull();
    }
}
