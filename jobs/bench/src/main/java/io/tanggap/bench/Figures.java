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

    private static final String ROW = "%-28s %-8s %9s %9s %9s %8s %11s %11s%n";

    private final Workload workload;
    private final int parallelism;
    private final List<String> backends;
    private final Map<Key, Samples> samples = new LinkedHashMap<>();
    private Map<Document.Kind, Long> documents = new TreeMap<>();

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
        out.printf(Locale.ROOT, "Documents   %,d distinct: %s%n%n", distinct(), documents);
        out.printf(ROW, "", "backend", "median s", "fastest", "slowest", "spread", "events/s", "written");
        samples.forEach((key, runs) -> printRow(out, key, runs));
        out.println();
        out.println("Aims");
        for (String backend : backends) {
            share(out, backend, Measurement.REPLAY, "at least 0.50; below 0.30 is a defect");
            share(out, backend, Measurement.LIVE, "at least 0.50; below 0.30 is a defect");
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
                String.format(Locale.ROOT, "%,d", bulk ? distinct() : runs.written));
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

    private void share(PrintWriter out, String backend, Measurement full, String aim) {
        Samples bare = measured(Measurement.BARE, backend);
        Samples runs = measured(full, backend);
        if (bare != null && runs != null) {
            out.printf(
                    Locale.ROOT,
                    "  %-8s %-28s %.2f of the bare pass-through (%s)%n",
                    backend,
                    full.title(),
                    (double) bare.median() / runs.median(),
                    aim);
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
                out.printf(
                        Locale.ROOT,
                        "  %-8s %-28s %.2f × (%s + raw bulk) (at most 1.25)%n",
                        backend,
                        Measurement.INDEXED.title(),
                        (double) indexed.median() / (before.median() + bulk.median()),
                        floor.title());
            }
        }
        out.printf(
                Locale.ROOT,
                "  %-8s %-28s %.3f written for each distinct document (below 1.05)%n",
                backend,
                Measurement.INDEXED.title(),
                (double) indexed.written / distinct());
    }
}
