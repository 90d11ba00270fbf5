package io.tanggap.core.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.tanggap.core.Story;
import io.tanggap.core.complaint.Actor;
import io.tanggap.core.complaint.CaseEvent;
import io.tanggap.core.complaint.Payload.PublicReply;
import io.tanggap.core.complaint.TimeNote;
import io.tanggap.core.complaint.Visibility;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CaseHistoryTest {

    @Test
    void ofCopiesTheOneIngestedFirstIsKept() {
        CaseEvent early = reply(0, Story.at(5), null, "A");
        CaseEvent late = reply(0, Story.at(9), null, "A");

        for (List<CaseEvent> arrivals : List.of(List.of(early, late, late), List.of(late, early, late))) {
            CaseHistory history = CaseHistory.of(arrivals);
            assertThat(history.events()).containsExactly(early);
            assertThat(history.duplicates()).isEqualTo(2);
        }
    }

    @Test
    void actsOfTwoUnitsInOneInstantAreTwoEvents() {
        CaseEvent ofA = reply(0, Story.at(5), null, "A");
        CaseEvent ofB = reply(0, Story.at(5), null, "B");

        assertThat(CaseHistory.of(List.of(ofA, ofB, ofA)).events()).containsExactlyInAnyOrder(ofA, ofB);
        assertThat(CaseHistory.of(List.of(ofB, ofA)).events())
                .isEqualTo(CaseHistory.of(List.of(ofA, ofB)).events());
    }

    @Test
    void eventsAreOrderedByOccurrenceThenSequenceWithNoneFirst() {
        CaseEvent none = reply(1, Story.at(1), null, "A");
        CaseEvent first = reply(1, Story.at(1), 1L, "A");
        CaseEvent second = reply(1, Story.at(1), 2L, "A");
        CaseEvent before = reply(0, Story.at(1), 9L, "A");

        assertThat(CaseHistory.of(List.of(second, none, first, before)).events())
                .containsExactly(before, none, first, second);
    }

    private static CaseEvent reply(long minute, Instant ingestedAt, @Nullable Long sequence, @Nullable String unit) {
        return CaseEvent.of(
                "qlue",
                "1",
                Story.at(minute),
                ingestedAt,
                sequence,
                Actor.OFFICER,
                unit,
                Visibility.PUBLIC,
                false,
                TimeNote.EXACT,
                new PublicReply());
    }
}
