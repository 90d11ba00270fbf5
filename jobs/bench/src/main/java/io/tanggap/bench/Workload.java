package io.tanggap.bench;

import io.tanggap.core.complaint.CaseEvent;
import io.tanggap.core.lifecycle.CaseFold;
import io.tanggap.core.lifecycle.CaseHistory;
import io.tanggap.core.reference.Reference;
import io.tanggap.flink.io.EventPublisher;
import io.tanggap.flink.io.Topics;
import io.tanggap.simulation.SeededCity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What every measurement reads: the seeded month of an invented Jakarta, in Kafka before any clock starts. Heartbeats stand
 * between the events, one per hour of delivery, and one after the last event; a replay passes over them.
 *
 * @param asOf of replays: the end of the month
 * @param lastHeartbeat up to when a live job comes: everything has been delivered by then
 */
record Workload(int cases, long events, long heartbeats, Instant asOf, Instant lastHeartbeat) {
    static final int PARTITIONS = 4;

    private static final long SEED = 2017;
    private static final long HOUR_MILLIS = Duration.ofHours(1).toMillis();

    static Workload publish(String kafka, int cases) {
        SeededCity city = SeededCity.jakarta();
        Topics.create(kafka, PARTITIONS);
        long[] counts = new long[2];
        long[] nextBeat = new long[1];
        Instant lastHeartbeat;
        try (EventPublisher publisher = new EventPublisher(kafka)) {
            publisher.publish(city.referencePack());
            city.generate(SEED, cases, SeededCity.DEFAULT_MONTH, event -> {
                long now = event.ingestedAt().toEpochMilli();
                if (now >= nextBeat[0]) {
                    if (nextBeat[0] > 0) {
                        publisher.heartbeat(Instant.ofEpochMilli(now));
                        counts[1]++;
                    }
                    nextBeat[0] = now - now % HOUR_MILLIS + HOUR_MILLIS;
                }
                publisher.publish(event);
                counts[0]++;
            });
            lastHeartbeat = Instant.ofEpochMilli(nextBeat[0]);
            publisher.heartbeat(lastHeartbeat);
            counts[1]++;
            publisher.flush();
        }
        Instant monthEnd = SeededCity.DEFAULT_MONTH
                .plusMonths(1)
                .atDay(1)
                .atStartOfDay(city.referencePack().zone())
                .toInstant();
        return new Workload(cases, counts[0], counts[1], monthEnd, lastHeartbeat);
    }

    /** Everything in the topic case-events. */
    long records() {
        return events + heartbeats * PARTITIONS;
    }

    /** How many cases are overdue at the last heartbeat, by the fold of the core, case by case. */
    long overdue() {
        SeededCity city = SeededCity.jakarta();
        Map<String, List<CaseEvent>> histories = new HashMap<>();
        city.generate(SEED, cases, SeededCity.DEFAULT_MONTH, event -> histories
                .computeIfAbsent(event.caseId(), id -> new ArrayList<>())
                .add(event));
        Reference reference = Reference.of(List.of(city.referencePack()));
        return histories.values().stream()
                .map(events -> CaseFold.fold(CaseHistory.of(events), reference, lastHeartbeat)
                        .view())
                .filter(view -> view != null && view.isOverdue())
                .count();
    }
}
