package io.tanggap.bench;

import io.tanggap.core.complaint.CaseEvent;
import io.tanggap.core.complaint.Payload;
import io.tanggap.core.complaint.Payload.Submitted;
import io.tanggap.simulation.SeededCity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/**
 * The seeded month of an invented Jakarta, told now and much faster: its events in the order in which they occurred, each of
 * them occurring when it is asked for. Copies are left out, and so are deadlines that come with a case, which would be past.
 */
final class LiveMonth {
    private static final long SEED = 2017;
    /** A case has seven to eight on average; one less, so that the month is long enough. */
    private static final int EVENTS_OF_A_CASE = 6;

    private final Iterator<CaseEvent> events;

    /** @param length how many events there are at least */
    LiveMonth(SeededCity city, long length) {
        List<CaseEvent> month = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        int cases = Math.toIntExact(length / EVENTS_OF_A_CASE + 1);
        city.generate(SEED, cases, SeededCity.DEFAULT_MONTH, event -> {
            if (ids.add(event.eventId())) {
                month.add(event);
            }
        });
        month.sort(CaseEvent.ORDER);
        events = month.iterator();
    }

    /** The next event, which occurs now and is seen at once. */
    CaseEvent next(Instant now) {
        CaseEvent event = events.next();
        return CaseEvent.of(
                event.channel(),
                event.sourceCaseId(),
                now,
                now,
                event.sourceSequence(),
                event.actor(),
                event.orgUnit(),
                event.visibility(),
                event.inferred(),
                event.timeNote(),
                withoutDeadline(event.payload()));
    }

    private static Payload withoutDeadline(Payload payload) {
        return payload instanceof Submitted submitted
                ? new Submitted(submitted.category(), submitted.territory(), submitted.holder(), null)
                : payload;
    }
}
