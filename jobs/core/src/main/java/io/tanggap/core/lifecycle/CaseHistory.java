package io.tanggap.core.lifecycle;

import io.tanggap.core.complaint.CaseEvent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The set of one case's events, in {@link CaseEvent#ORDER}. Of an event that came more than once the copy that was
 * ingested first is kept, so that the history is the same whichever copy arrived first.
 */
public final class CaseHistory {
    /**
     * Total over every component that an event id does not cover, so that of two copies that differ in one of them the
     * same one is kept in whatever order they came.
     */
    private static final Comparator<CaseEvent> COPIES = CaseEvent.ORDER
            .thenComparing(CaseEvent::ingestedAt)
            .thenComparing(CaseEvent::inferred)
            .thenComparing(CaseEvent::timeNote);

    private final List<CaseEvent> events;
    private final int duplicates;

    private CaseHistory(List<CaseEvent> events, int duplicates) {
        this.events = events;
        this.duplicates = duplicates;
    }

    /** The history that these events form, in whatever order and however often they came. */
    public static CaseHistory of(Iterable<CaseEvent> arrivals) {
        List<CaseEvent> events = new ArrayList<>();
        arrivals.forEach(events::add);
        events.sort(COPIES);
        List<CaseEvent> distinct = new ArrayList<>(events.size());
        String last = "";
        for (CaseEvent event : events) {
            if (!event.eventId().equals(last)) {
                distinct.add(event);
                last = event.eventId();
            }
        }
        return new CaseHistory(List.copyOf(distinct), events.size() - distinct.size());
    }

    /** The events, each once, in order. */
    public List<CaseEvent> events() {
        return events;
    }

    /** How many of the arrivals were copies of another one. */
    public int duplicates() {
        return duplicates;
    }
}
