package io.tanggap.core.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.tanggap.core.RandomHistories;
import io.tanggap.core.References;
import io.tanggap.core.Seed;
import io.tanggap.core.Story;
import io.tanggap.core.complaint.CaseEvent;
import io.tanggap.core.lifecycle.CaseFold.Folded;
import io.tanggap.core.reference.Reference;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class CaseFoldPropertyTest {
    private final Random random = Seed.random(this);
    private final RandomHistories histories = new RandomHistories(random);

    @Test
    void everyOrderOfArrivalOfUpToSevenEventsGivesTheSameView() {
        for (int size = 1; size <= 7; size++) {
            for (int i = 0; i < 8 - size; i++) {
                Reference reference = histories.reference(true);
                List<CaseEvent> events = histories.any("case-" + i, size);
                Instant asOf = someTime();
                Folded told = CaseFold.fold(CaseHistory.of(events), reference, asOf);
                long orders = permutations(new ArrayList<>(events), 0, arrived -> assertThat(
                                CaseFold.fold(CaseHistory.of(arrived), reference, asOf))
                        .isEqualTo(told));
                assertThat(orders).isEqualTo(LongStream.rangeClosed(1, size).reduce(1, (a, b) -> a * b));
            }
        }
    }

    /** Calls somebody for every order of what is at a place and after it; returns how many there are. */
    private static long permutations(List<CaseEvent> events, int place, Consumer<List<CaseEvent>> each) {
        if (place == events.size()) {
            each.accept(events);
            return 1;
        }
        long orders = 0;
        for (int i = place; i < events.size(); i++) {
            Collections.swap(events, place, i);
            orders += permutations(events, place + 1, each);
            Collections.swap(events, place, i);
        }
        return orders;
    }

    @Test
    void anyOrderOfArrivalWithDuplicatesGivesTheSameView() {
        Reference reference = histories.reference(true);
        for (int i = 0; i < 3000; i++) {
            if (i % 10 == 0) {
                reference = histories.reference(true);
            }
            List<CaseEvent> events = histories.any("case-" + i);
            Instant asOf = someTime();

            Folded told = CaseFold.fold(CaseHistory.of(events), reference, asOf);
            for (int j = 0; j < 4; j++) {
                CaseHistory arrived = CaseHistory.of(histories.rearranged(events));
                assertThat(CaseFold.fold(arrived, reference, asOf))
                        .as("case-%d at %s", i, asOf)
                        .isEqualTo(told);
            }
        }
    }

    private Instant someTime() {
        return Story.START.plus(Duration.ofHours(random.nextInt(24 * 60)));
    }

    @Test
    void visitsCoverTheOpenTimeWithoutGapOrOverlap() {
        for (int i = 0; i < 3000; i++) {
            CaseView view = CaseFold.fold(
                            CaseHistory.of(histories.any("case-" + i)),
                            References.WITHOUT_POLICY,
                            Story.START.plus(Duration.ofDays(200)))
                    .view();
            if (view == null) {
                continue;
            }
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
            assertThat(view.holder()).as("%s", view).isNotEqualTo(view.offeredTo());
            if (view.isOpen()) {
                assertThat(view.charged())
                        .as("where nobody has a task of its own, who has it or was offered it: case-%d %s", i, view)
                        .isEqualTo(view.offeredTo() == null ? view.holder() : view.offeredTo());
            }
        }
    }
}
