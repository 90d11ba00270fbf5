package io.tanggap.bench;

import io.tanggap.flink.io.EventPublisher;
import io.tanggap.flink.io.Topics;
import io.tanggap.simulation.SeededCity;
import java.time.Duration;
import java.time.Instant;

/**
 * What every measurement reads: the seeded month of an invented Jakarta, in Kafka before any clock starts. Heartbeats stand
 * between the events, one per hour of delivery, and one after the last event; a replay passes over them.
 *
 * @param asOf of replays: the end of the month
 */
record Workload(int cases, long events, long heartbeats, Instant asOf) {
    static final int PARTITIONS = 4;

    private static final long SEED = 2017;
    private static final long HOUR_MILLIS = Duration.ofHours(1).toMillis();

    static Workload publish(String kafka, int cases) {
        SeededCity city = SeededCity.jakarta();
        Topics.create(kafka, PARTITIONS);
        long[] counts = new long[2];
        long[] nextBeat = new long[1];
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
            publisher.heartbeat(Instant.ofEpochMilli(nextBeat[0]));
            counts[1]++;
            publisher.flush();
        }
        Instant monthEnd = SeededCity.DEFAULT_MONTH
                .plusMonths(1)
                .atDay(1)
                .atStartOfDay(city.referencePack().zone())
                .toInstant();
        return new Workload(cases, counts[0], counts[1], monthEnd);
    }

    /** Everything in the topic case-events. */
    long records() {
        return events + heartbeats * PARTITIONS;
    }
}
