package io.tanggap.bench;

import io.tanggap.core.alert.Alert;
import io.tanggap.core.complaint.Actor;
import io.tanggap.core.complaint.CaseEvent;
import io.tanggap.core.complaint.Payload.Submitted;
import io.tanggap.core.complaint.TimeNote;
import io.tanggap.core.complaint.Visibility;
import io.tanggap.flink.io.EventPublisher;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Hands case events to Kafka at a steady rate. Some of them submit a case with a deadline soon after, which nobody works on: the
 * desks take turns.
 */
final class SteadyLoad {
    static final int DEADLINES_PER_SECOND = 5;

    /** From a submission to its deadline. Chosen: long enough that the case is indexed and known by then. */
    private static final Duration BUDGET = Duration.ofSeconds(15);

    private static final String CHANNEL = "crm";
    private static final long TICK_MILLIS = 5;

    private final EventPublisher publisher;
    private final int rate;
    private final LiveMonth month;
    private final List<String> desks;
    private final DocumentWatch documents;
    /** By the alert that tells that it is past. */
    private final Map<String, Instant> deadlines = new LinkedHashMap<>();

    private long handed;

    /**
     * @param rate events per second, {@link #DEADLINES_PER_SECOND} of which have a deadline
     * @param desks ids of the units that hold the cases with a deadline
     * @param documents is told of every case that is submitted
     */
    SteadyLoad(EventPublisher publisher, int rate, LiveMonth month, List<String> desks, DocumentWatch documents) {
        this.publisher = publisher;
        this.rate = rate;
        this.month = month;
        this.desks = desks;
        this.documents = documents;
    }

    /**
     * Goes on for a time; what it is behind, it makes up for.
     *
     * @return how many events a second were handed over
     */
    double run(Duration time) throws InterruptedException {
        long start = System.nanoTime();
        long total = rate * time.toSeconds();
        long sent = 0;
        while (sent < total) {
            long due = Math.min(total, (System.nanoTime() - start) * rate / 1_000_000_000);
            for (; sent < due; sent++) {
                hand();
            }
            Thread.sleep(TICK_MILLIS);
        }
        return total / ((System.nanoTime() - start) / 1e9);
    }

    private void hand() {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        CaseEvent event = handed % (rate / DEADLINES_PER_SECOND) == 0 ? withDeadline(now) : month.next(now);
        handed++;
        if (event.payload() instanceof Submitted) {
            documents.expect(event.caseId(), now);
        }
        publisher.publish(event);
    }

    private CaseEvent withDeadline(Instant now) {
        int number = deadlines.size();
        String desk = desks.get(number % desks.size());
        Instant deadline = now.plus(BUDGET);
        CaseEvent event = CaseEvent.of(
                CHANNEL,
                "deadline-" + number,
                now,
                now,
                null,
                Actor.CITIZEN,
                null,
                Visibility.PUBLIC,
                false,
                TimeNote.EXACT,
                new Submitted(null, desk, desk, deadline));
        deadlines.put(event.caseId() + "/RESOLUTION.1.1.100", deadline);
        return event;
    }

    /** Every deadline so far, by the id of the {@link Alert} that tells that it is past. */
    Map<String, Instant> deadlines() {
        return deadlines;
    }
}
