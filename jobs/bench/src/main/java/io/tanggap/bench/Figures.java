package io.tanggap.bench;

import io.tanggap.flink.document.Document;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The warm runs, and the table that they make. */
final class Figures {
    /** For what runs without Flink. */
    static final String NO_BACKEND = "-";

    /** What Kafka Streams keeps its state in, whatever the jobs do. */
    static final String STREAMS_BACKEND = "rocksdb";

    private static final double PASS_THROUGH_AIM = 0.60;
    private static final double STREAMS_AIM = 0.70;
    private static final double STREAMS_MOONSHOT = 1.00;
    private static final double BACKFILL_AIM = 1.25;
    private static final double WRITTEN_AIM = 1.05;

    private static final String ROW = "%-28s %-8s %9s %9s %9s %8s %11s %11s%n";

    private final Workload workload;
    private final int parallelism;
    private final List<String> backends;
    private final Map<Key, Samples> samples = new LinkedHashMap<>();
    private Map<Document.Kind, Long> documents = new TreeMap<>();
    private @Nullable Long overdue;

    private record Key(Measurement measurement, String backend) {}

    /** The runs of one measurement. */
    private static final class Samples {
        private final List<Long> millis = new ArrayList<>();
        private long written;
        private long folds;

        /** The middle run; of an even number the slower one of the middle. */
        long median() {
            return sorted(millis.size() / 2);
        }

        long sorted(int rank) {
            return millis.stream().sorted().toList().get(rank);
        }
    }

    Figures(Workload workload, int parallelism, List<String> backends) {
        this.workload = workload;
        this.parallelism = parallelism;
        this.backends = backends;
    }

    /** Takes how many final documents there are of each kind. */
    void documents(Map<Document.Kind, Long> distinct) {
        documents = distinct;
    }

    /** Takes how many cases are overdue at the end, by the fold and by every run of Kafka Streams. */
    void overdue(long cases) {
        overdue = cases;
    }

    void add(Measurement measurement, String backend, long millis) {
        samples(measurement, backend).millis.add(millis);
    }

    /** Takes what a run has written and how often it has folded a case. */
    void written(Measurement measurement, String backend, long written, long folds) {
        samples(measurement, backend).written = written;
        samples(measurement, backend).folds = folds;
    }

    private Samples samples(Measurement measurement, String backend) {
        return samples.computeIfAbsent(new Key(measurement, backend), key -> new Samples());
    }

    void print(PrintWriter out) {
        Machine.print(out);
        out.printf(
                Locale.ROOT,
                "Input       %,d events of %,d cases (%.1f each), %,d heartbeats in each of %d partitions; parallelism %d%n",
                workload.events(),
                workload.cases(),
                (double) workload.events() / workload.cases(),
                workload.heartbeats(),
                Workload.PARTITIONS,
                parallelism);
        out.printf(Locale.ROOT, "Documents   %,d distinct: %s%n", distinct(), documents);
        if (overdue != null) {
            out.printf(Locale.ROOT, "Overdue     %,d cases, by the fold and by every run of Kafka Streams%n", overdue);
        }
        out.println();
        out.printf(ROW, "", "backend", "median s", "fastest", "slowest", "spread", "events/s", "written");
        samples.forEach((key, runs) -> printRow(out, key, runs));
        out.println();
        out.println("Aims");
        for (String backend : backends) {
            share(out, backend, Measurement.REPLAY);
            share(out, backend, Measurement.LIVE);
            streams(out, backend, Measurement.REPLAY, Measurement.STREAMS);
            streams(out, backend, Measurement.LIVE, Measurement.STREAMS_LIVE);
            backfill(out, backend);
        }
        out.flush();
    }

    private long distinct() {
        return documents.values().stream().mapToLong(Long::longValue).sum();
    }

    private void printRow(PrintWriter out, Key key, Samples runs) {
        long median = runs.median();
        long fastest = runs.sorted(0);
        long slowest = runs.sorted(runs.millis.size() - 1);
        boolean bulk = key.measurement() == Measurement.BULK;
        out.printf(
                Locale.ROOT,
                ROW,
                key.measurement().title(),
                key.backend(),
                seconds(median),
                seconds(fastest),
                seconds(slowest),
                String.format(Locale.ROOT, "±%.0f%%", 50.0 * (slowest - fastest) / median),
                bulk ? "" : String.format(Locale.ROOT, "%,d", workload.events() * 1000 / median),
                Measurement.WITHOUT_FLINK.contains(key.measurement())
                        ? ""
                        : String.format(Locale.ROOT, "%,d", bulk ? distinct() : runs.written));
        if (runs.folds > 0) {
            out.printf(
                    Locale.ROOT,
                    "%41s folds per case%n",
                    String.format(Locale.ROOT, "%.1f", (double) runs.folds / workload.cases()));
        }
    }

    private static String seconds(long millis) {
        return String.format(Locale.ROOT, "%.2f", millis / 1000.0);
    }

    private @Nullable Samples measured(Measurement measurement, String backend) {
        return samples.get(new Key(measurement, backend));
    }

    private void share(PrintWriter out, String backend, Measurement full) {
        Samples bare = measured(Measurement.BARE, backend);
        Samples runs = measured(full, backend);
        if (bare != null && runs != null) {
            double share = (double) bare.median() / runs.median();
            out.printf(
                    Locale.ROOT,
                    "  %-8s %-28s %.2f of the %s (aim: %.2f or better: %s; below 0.30 is a defect)%n",
                    backend,
                    full.title(),
                    share,
                    Measurement.BARE.title(),
                    PASS_THROUGH_AIM,
                    met(share >= PASS_THROUGH_AIM));
        }
    }

    private void streams(PrintWriter out, String backend, Measurement full, Measurement streams) {
        Samples counting = measured(streams, STREAMS_BACKEND);
        Samples runs = measured(full, backend);
        if (counting != null && runs != null) {
            double share = (double) counting.median() / runs.median();
            out.printf(
                    Locale.ROOT,
                    "  %-8s %-28s %.2f of %s (aim: %.2f or better: %s; above %.2f: %s)%n",
                    backend,
                    full.title(),
                    share,
                    streams.title(),
                    STREAMS_AIM,
                    met(share >= STREAMS_AIM),
                    STREAMS_MOONSHOT,
                    met(share > STREAMS_MOONSHOT));
        }
    }

    private void backfill(PrintWriter out, String backend) {
        Samples indexed = measured(Measurement.INDEXED, backend);
        Samples bulk = measured(Measurement.BULK, NO_BACKEND);
        if (indexed == null || bulk == null) {
            return;
        }
        for (Measurement floor : List.of(Measurement.BARE, Measurement.REPLAY)) {
            Samples before = measured(floor, backend);
            if (before != null) {
                double times = (double) indexed.median() / (before.median() + bulk.median());
                out.printf(
                        Locale.ROOT,
                        "  %-8s %-28s %.2f × (%s + raw bulk) (aim: %.2f or less: %s)%n",
                        backend,
                        Measurement.INDEXED.title(),
                        times,
                        floor.title(),
                        BACKFILL_AIM,
                        met(times <= BACKFILL_AIM));
            }
        }
        double written = (double) indexed.written / distinct();
        out.printf(
                Locale.ROOT,
                "  %-8s %-28s %.3f written for each distinct document (aim: below %.2f: %s)%n",
                backend,
                Measurement.INDEXED.title(),
                written,
                WRITTEN_AIM,
                met(written < WRITTEN_AIM));
    }

    private static String met(boolean met) {
        return met ? "met" : "MISSED";
    }
}
