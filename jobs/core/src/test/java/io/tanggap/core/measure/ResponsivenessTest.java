package io.tanggap.core.measure;

import static org.assertj.core.api.Assertions.assertThat;

import io.tanggap.core.Story;
import io.tanggap.core.complaint.Outcome;
import io.tanggap.core.lifecycle.CaseView;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResponsivenessTest {
    private static final Instant DAY = Instant.parse("2024-03-03T17:00:00Z");

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
        Tally sum = Tally.ZERO;
        for (CaseView view : views) {
            for (var part : Contributions.of(view).entrySet()) {
                sum = part.getKey().role() == Role.TERRITORY ? sum.plus(part.getValue()) : sum;
            }
        }

        Responsiveness figures = Responsiveness.of(sum.at(DAY, Instant.parse("2024-03-04T17:00:00Z")), sum.flows());

        assertThat(figures.received()).isEqualTo(6);
        assertThat(figures.met()).isEqualTo(2);
        assertThat(figures.missedLate()).isEqualTo(1);
        assertThat(figures.missedOpen()).isEqualTo(1);
        assertThat(figures.running()).isEqualTo(1);
        assertThat(figures.notApplicable()).isEqualTo(1);
        assertThat(figures.dueMet()).as("what is kept early is not due").isEqualTo(1);
        assertThat(figures.dueMissed()).isEqualTo(2);
        assertThat(figures.onTimeShare()).isEqualTo(1 / 3.0);
        assertThat(figures.open()).isEqualTo(3);
        assertThat(figures.overdue()).isEqualTo(1);
        assertThat(figures.withoutTarget()).isEqualTo(1);
        assertThat(figures.reopened()).isEqualTo(1);
        assertThat(figures.closed()).containsExactly(Map.entry(Outcome.FIXED, 3L), Map.entry(Outcome.INVALID, 1L));
        assertThat(figures.atRisk()).isEqualTo(6);
    }

    @Test
    void nothingDueHasNoShare() {
        assertThat(Responsiveness.of(new Snapshot(), Tally.ZERO).onTimeShare()).isNull();
    }
}
