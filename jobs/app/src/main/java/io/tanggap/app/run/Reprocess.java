package io.tanggap.app.run;

import io.tanggap.elasticsearch.Indices;
import io.tanggap.elasticsearch.Indices.Generation;
import io.tanggap.flink.io.KafkaException;
import io.tanggap.flink.io.Topics;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Map;

/**
 * Looks whether a job that reads everything anew has caught up: its last checkpoint holds every record that the topic held some
 * seconds ago, and for a while its documents have become no more than a live city adds.
 */
final class Reprocess {
    static final Duration LOOK_EVERY = Duration.ofSeconds(2);

    /** Chosen: more than a record needs until a job has read it that reads as fast as records come. */
    private static final Duration BEHIND = Duration.ofSeconds(10);

    /** Chosen: a job that catches up shows what it finds every ten seconds, see {@code Timing}. */
    private static final Duration QUIET = Duration.ofSeconds(20);

    /** Chosen: more than the hour of a city adds in that time, and less than a job that still writes. */
    private static final double GROWTH = 0.001;

    private final String kafka;
    private final String elasticsearch;
    private final Generation generation;
    private final long looksBehind;
    private final long quietLooks;
    private final Deque<Map<Integer, Long>> ends = new ArrayDeque<>();
    private long documentsBefore;
    private int quiet;
    private double share;

    /** @param interval from one checkpoint of the job to the next: what it has read and what it shows is seen as seldom */
    Reprocess(String kafka, String elasticsearch, Generation generation, Duration interval) {
        this.kafka = kafka;
        this.elasticsearch = elasticsearch;
        this.generation = generation;
        looksBehind = looks(BEHIND.plus(interval));
        quietLooks = looks(QUIET.plus(interval));
    }

    /** So many that more than a time is between them. */
    private static long looks(Duration time) {
        return time.dividedBy(LOOK_EVERY) + 1;
    }

    /** Looks once more; to be called every {@link #LOOK_EVERY}. A server that does not answer is asked again: the job waits for it too. */
    boolean hasCaughtUp(Engine.Progress progress) {
        try {
            return look(progress);
        } catch (IOException | KafkaException e) {
            quiet = 0;
            progress.show("reprocess", share, "waiting: " + e.getMessage());
            return false;
        }
    }

    private boolean look(Engine.Progress progress) throws IOException {
        ends.addLast(Topics.ends(kafka, Topics.CASE_EVENTS));
        Map<Integer, Long> read = Topics.committed(kafka, KafkaEndpoints.group(generation), Topics.CASE_EVENTS);
        Map<Integer, Long> wanted = ends.size() > looksBehind ? ends.removeFirst() : ends.getFirst();
        boolean hasRead = wanted.entrySet().stream()
                .allMatch(partition -> read.getOrDefault(partition.getKey(), 0L) >= partition.getValue());
        long documents = Indices.count(elasticsearch, generation);
        if (hasRead && documents - documentsBefore <= GROWTH * documents) {
            quiet++;
        } else {
            quiet = 0;
            documentsBefore = documents;
        }
        long records = read.values().stream().mapToLong(Long::longValue).sum();
        long all = ends.getLast().values().stream().mapToLong(Long::longValue).sum();
        share = all == 0 ? 1 : Math.min(1, (double) records / all);
        progress.show(
                "reprocess",
                share,
                String.format(Locale.ROOT, "%,d of %,d records read, %,d documents", records, all, documents));
        return quiet >= quietLooks;
    }
}
