package io.tanggap.core.complaint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tanggap.core.complaint.Payload.Assigned;
import io.tanggap.core.complaint.Payload.Closed;
import io.tanggap.core.complaint.Payload.HandoverAccepted;
import io.tanggap.core.complaint.Payload.HandoverDeclined;
import io.tanggap.core.complaint.Payload.HandoverOffered;
import io.tanggap.core.complaint.Payload.ProgressUpdated;
import io.tanggap.core.complaint.Payload.PublicReply;
import io.tanggap.core.complaint.Payload.Reopened;
import io.tanggap.core.complaint.Payload.ResolutionClaimed;
import io.tanggap.core.complaint.Payload.ResolutionRejected;
import io.tanggap.core.complaint.Payload.SnapshotObserved;
import io.tanggap.core.complaint.Payload.Status;
import io.tanggap.core.complaint.Payload.Submitted;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CaseEventTest {
    private static final Instant AT = Instant.parse("2024-03-04T08:00:00.123Z");

    /** Pinned: ids lie in topics and state for ever, and a change of one would let every event count twice. */
    @Test
    void idsNeverChange() {
        assertThat(ids(null))
                .containsExactly(
                        "c07b8252d5c0b99d8ea1c64ccd8f1492",
                        "1444e32d728b7b2af582271e7ba15503",
                        "736ed042601ec54524c049b04b68a9ff",
                        "db83cbe3b0a620d517b87e6f209af4ae",
                        "2b91f4a269346c9617ebb55d7437c435",
                        "76b3499c4f1b74154dc18a7fc92ea72e",
                        "a29c79d774cca68c0797b1e4df2d1108",
                        "71c10bff2684efde0281b13e54cee7c9",
                        "5a3aca0aff3e784bd5cd8ad8d5a7bf0f",
                        "7e84ac423269f43d31153f65bf8e9936",
                        "4a38b25584571b9aee472cc44977ba1e",
                        "d774c58716fec22d9c5cbba7b9747f28",
                        "b7dbe578ac7dde2125101d74f446ba63");
    }

    @Test
    void theIdDependsOnCaseTypeInstantSequenceActorUnitVisibilityAndPayload() {
        Payload payload = new Assigned("A");
        String id = CaseEvent.idOf("qlue:1", AT, 1L, Actor.OFFICER, "B", Visibility.PUBLIC, payload);

        assertThat(List.of(
                        CaseEvent.idOf("qlue:2", AT, 1L, Actor.OFFICER, "B", Visibility.PUBLIC, payload),
                        CaseEvent.idOf("qlue:1", AT.plusMillis(1), 1L, Actor.OFFICER, "B", Visibility.PUBLIC, payload),
                        CaseEvent.idOf("qlue:1", AT, 2L, Actor.OFFICER, "B", Visibility.PUBLIC, payload),
                        CaseEvent.idOf("qlue:1", AT, null, Actor.OFFICER, "B", Visibility.PUBLIC, payload),
                        CaseEvent.idOf("qlue:1", AT, 1L, Actor.SYSTEM, "B", Visibility.PUBLIC, payload),
                        CaseEvent.idOf("qlue:1", AT, 1L, Actor.OFFICER, "A", Visibility.PUBLIC, payload),
                        CaseEvent.idOf("qlue:1", AT, 1L, Actor.OFFICER, null, Visibility.PUBLIC, payload),
                        CaseEvent.idOf("qlue:1", AT, 1L, Actor.OFFICER, "B", Visibility.INTERNAL, payload),
                        CaseEvent.idOf("qlue:1", AT, 1L, Actor.OFFICER, "B", Visibility.PUBLIC, new Assigned("B")),
                        CaseEvent.idOf(
                                "qlue:1", AT, 1L, Actor.OFFICER, "B", Visibility.PUBLIC, new HandoverOffered("A"))))
                .doesNotContain(id)
                .doesNotHaveDuplicates();
        assertThat(ids(3L)).doesNotHaveDuplicates().doesNotContainAnyElementsOf(ids(null));
    }

    @Test
    void theIdIsTheSameWhereverAndWheneverTheEventWasRead() {
        CaseEvent first = event(AT, AT.plusSeconds(1));
        CaseEvent again = event(AT, AT.plusSeconds(99));

        assertThat(first.eventId()).isEqualTo(again.eventId());
        assertThat(first.caseId()).isEqualTo("qlue:a:1");
        assertThat(first.type()).isEqualTo("PublicReply");
    }

    @Test
    void instantsAreCutToMilliseconds() {
        CaseEvent event = event(AT.plusNanos(999_999), AT.plusNanos(999_999));

        assertThat(event.occurredAt()).isEqualTo(AT);
        assertThat(event.ingestedAt()).isEqualTo(AT);
        assertThat(event.eventId()).isEqualTo(event(AT, AT).eventId());
        assertThat(new Submitted(null, null, null, AT.plusNanos(1))).isEqualTo(new Submitted(null, null, null, AT));
        assertThat(new SnapshotObserved(null, null, null, null, null, AT.plusNanos(1)))
                .isEqualTo(new SnapshotObserved(null, null, null, null, null, AT));
    }

    @Test
    void aChannelIdHoldsNoColon() {
        assertThatThrownBy(() -> CaseEvent.caseIdOf("a:b", "1")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> CaseEvent.caseIdOf("", "1")).isInstanceOf(IllegalArgumentException.class);
    }

    private static List<String> ids(@Nullable Long sequence) {
        return List.<Payload>of(
                        new Submitted("roads", "kelurahan", null, AT),
                        new Submitted(null, null, null, null),
                        new Assigned("A"),
                        new HandoverOffered("A"),
                        new HandoverAccepted("A"),
                        new HandoverDeclined("A"),
                        new PublicReply(),
                        new ProgressUpdated(),
                        new ResolutionClaimed(),
                        new ResolutionRejected(),
                        new Closed(Outcome.FIXED),
                        new Reopened(),
                        new SnapshotObserved(Status.CLOSED, Outcome.UNKNOWN, "A", null, null, AT))
                .stream()
                .map(payload -> CaseEvent.idOf("qlue:1", AT, sequence, Actor.OFFICER, null, Visibility.PUBLIC, payload))
                .toList();
    }

    private static CaseEvent event(Instant occurredAt, Instant ingestedAt) {
        return CaseEvent.of(
                "qlue",
                "a:1",
                occurredAt,
                ingestedAt,
                null,
                Actor.OFFICER,
                null,
                Visibility.PUBLIC,
                false,
                TimeNote.EXACT,
                new PublicReply());
    }
}
