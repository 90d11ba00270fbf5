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

    /** Chosen: ten seconds, in which a job that reads as fast as records come makes some checkpoints. */
    private static final int LOOKS_BEHIND = 5;

    /** Chosen: twenty seconds; a job that catches up shows what it finds every ten, see {@code Timing}. */
    private static final int QUIET_LOOKS = 10;

    /** Chosen: more than the hour of a city adds in that time, and less than a job that still writes. */
    private static final double GROWTH = 0.001;

    private final String kafka;
    private final String elasticsearch;
    private final Generation generation;
    private final Deque<Map<Integer, Long>> ends = new ArrayDeque<>();
    private long documentsBefore;
    private int quiet;
    private double share;

    Reprocess(String kafka, String elasticsearch, Generation generation) {
        this.kafka = kafka;
        this.elasticsearch = elasticsearch;
        this.generation = generation;
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
        Map<Integer, Long> wanted = ends.size() > LOOKS_BEHIND ? ends.removeFirst() : ends.getFirst();
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
        return quiet >= QUIET_LOOKS;
    }
}
