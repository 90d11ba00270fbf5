package io.tanggap.core.lifecycle;

import io.tanggap.core.complaint.CaseEvent;
import io.tanggap.core.complaint.Payload.Corrected;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Events that were mistakes, taken out.
 *
 * @param standing the events that are left, in order, without the corrections
 * @param ofNothing whether an event was corrected that is not there
 */
record Corrections(List<CaseEvent> standing, boolean ofNothing) {

    /** A correction may be corrected in turn by a later one, and then what it took out stands again. */
    static Corrections of(List<CaseEvent> events) {
        Set<String> mistakes = new HashSet<>();
        for (int i = events.size() - 1; i >= 0; i--) {
            CaseEvent event = events.get(i);
            if (event.payload() instanceof Corrected corrected && !mistakes.contains(event.eventId())) {
                mistakes.add(corrected.eventId());
            }
        }
        if (mistakes.isEmpty() && events.stream().noneMatch(event -> event.payload() instanceof Corrected)) {
            return new Corrections(events, false);
        }
        List<CaseEvent> standing = events.stream()
                .filter(event -> !mistakes.remove(event.eventId()) && !(event.payload() instanceof Corrected))
                .toList();
        return new Corrections(standing, !mistakes.isEmpty());
    }
}
