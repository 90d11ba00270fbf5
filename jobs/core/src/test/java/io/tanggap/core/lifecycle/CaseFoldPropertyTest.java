package io.tanggap.core.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.tanggap.core.RandomHistories;
import io.tanggap.core.Seed;
import io.tanggap.core.Story;
import io.tanggap.core.complaint.CaseEvent;
import io.tanggap.core.lifecycle.CaseFold.Folded;
import io.tanggap.core.reference.Reference;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CaseFoldPropertyTest {
    private final Random random = Seed.random(this);
    private final RandomHistories histories = new RandomHistories(random);

    @Test
    void anyOrderOfArrivalWithDuplicatesGivesTheSameView() {
        for (int i = 0; i < 3000; i++) {
            Reference reference = histories.reference(true);
            List<CaseEvent> events = histories.any("case-" + i);
            Instant asOf = Story.START.plus(Duration.ofHours(random.nextInt(24 * 60)));

            Folded told = CaseFold.fold(CaseHistory.of(events), reference, asOf);
            for (int j = 0; j < 4; j++) {
                CaseHistory arrived = CaseHistory.of(histories.rearranged(events));
                assertThat(CaseFold.fold(arrived, reference, asOf))
                        .as("case-%d at %s", i, asOf)
                        .isEqualTo(told);
            }
        }
    }

    @Test
    void visitsCoverTheOpenTimeWithoutGapOrOverlap() {
        for (int i = 0; i < 3000; i++) {
            CaseView view = CaseFold.fold(
                            CaseHistory.of(histories.any("case-" + i)),
                            histories.reference(false),
                            Story.START.plus(Duration.ofDays(200)))
                    .view();
            assertThat(view).isNotNull();
            List<Visit> visits = view.visits();
            int visit = 0;
            for (Cycle cycle : view.cycles()) {
                Instant at = cycle.startedAt();
                do {
                    assertThat(visits.get(visit).enteredAt()).as("%s", view).isEqualTo(at);
                    at = visits.get(visit).leftAt();
                } while (visits.get(visit++).ended() != Visit.End.CLOSED && at != null);
                assertThat(at).as("%s", view).isEqualTo(cycle.closedAt());
            }
            assertThat(visits).hasSize(visit);
            if (view.isOpen()) {
                String answers = view.offeredTo() == null ? view.holder() : view.offeredTo();
                assertThat(view.charged()).as("%s", view).isEqualTo(answers);
            }
        }
    }
}
