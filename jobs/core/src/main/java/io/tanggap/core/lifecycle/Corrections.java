package io.tanggap.core.lifecycle;

import io.tanggap.core.complaint.CaseEvent;
import io.tanggap.core.complaint.Payload.Corrected;
import io.tanggap.core.complaint.Payload.Submitted;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Events that were mistakes, told apart from the others.
 *
 * @param standing the events that are left, in order, without the corrections
 * @param mistakes the events that were taken out, in order, without the corrections
 * @param lastAt when the last correction was made; null if there is none
 * @param submissionKept whether the only submission was corrected while other events stand: it stands too, for nobody's
 *     complaint begins later because of that
 * @param ofNothing whether an event was corrected that is not there
 */
record Corrections(
        List<CaseEvent> standing,
        List<CaseEvent> mistakes,
        @Nullable Instant lastAt,
        boolean submissionKept,
        boolean ofNothing) {

    /** A correction may be corrected in turn by a later one, and then what it took out stands again. */
    static Corrections of(List<CaseEvent> events) {
        Set<String> corrected = new HashSet<>();
        Instant lastAt = null;
        for (int i = events.size() - 1; i >= 0; i--) {
            CaseEvent event = events.get(i);
            if (event.payload() instanceof Corrected correction) {
                lastAt = lastAt == null ? event.occurredAt() : lastAt;
                if (!corrected.contains(event.eventId())) {
                    corrected.add(correction.eventId());
                }
            }
        }
        if (lastAt == null) {
            return new Corrections(events, List.of(), null, false, false);
        }
        List<CaseEvent> standing = new ArrayList<>();
        List<CaseEvent> mistakes = new ArrayList<>();
        for (CaseEvent event : events) {
            boolean mistake = corrected.remove(event.eventId());
            if (!(event.payload() instanceof Corrected)) {
                (mistake ? mistakes : standing).add(event);
            }
        }
        boolean submissionKept = false;
        if (!standing.isEmpty() && standing.stream().noneMatch(Corrections::isSubmission)) {
            CaseEvent submission = mistakes.stream()
                    .filter(Corrections::isSubmission)
                    .findFirst()
                    .orElse(null);
            if (submission != null) {
                standing.add(submission);
                standing.sort(CaseEvent.ORDER);
                submissionKept = true;
            }
        }
        return new Corrections(standing, mistakes, lastAt, submissionKept, !corrected.isEmpty());
    }

    private static boolean isSubmission(CaseEvent event) {
        return event.payload() instanceof Submitted;
    }
}
