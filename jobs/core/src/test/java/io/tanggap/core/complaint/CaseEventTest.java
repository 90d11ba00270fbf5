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
                        "3d8e79a801ab3343aa73476620a02e70",
                        "9d460b57c078e99f50281374ed24f41a",
                        "0d34eba026fc264baa677516f6d7d2b6",
                        "97408469463f9c48fc9419973dcff580",
                        "ae96a599ac5a0c71770f94d382cc596e",
                        "52e17df57a9e9d5b161c5e43da81caf5",
                        "cecdf5cddd088700418b4f1b98bec3e8",
                        "f82758e5d1b536aa7f42ef41072dd8d5",
                        "5bdc35354b5b6eed37a85190112a2423",
                        "31c72340525e99a7db4633d976ac8710",
                        "530fc69bd80e89fc9e0a2181bd83d8d9",
                        "7f8e79b30401670de819089da947da45",
                        "3e2a4a117aaa166b6ed8f9a807407413");
    }

    @Test
    void theIdDependsOnCaseTypeInstantSequenceAndPayload() {
        String id = CaseEvent.idOf("qlue:1", AT, 1L, new Assigned("A"));

        assertThat(List.of(
                        CaseEvent.idOf("qlue:2", AT, 1L, new Assigned("A")),
                        CaseEvent.idOf("qlue:1", AT.plusMillis(1), 1L, new Assigned("A")),
                        CaseEvent.idOf("qlue:1", AT, 2L, new Assigned("A")),
                        CaseEvent.idOf("qlue:1", AT, null, new Assigned("A")),
                        CaseEvent.idOf("qlue:1", AT, 1L, new Assigned("B")),
                        CaseEvent.idOf("qlue:1", AT, 1L, new HandoverOffered("A"))))
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
                .map(payload -> CaseEvent.idOf("qlue:1", AT, sequence, payload))
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
