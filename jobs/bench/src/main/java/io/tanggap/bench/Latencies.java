package io.tanggap.bench;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** How long something took, each time. */
record Latencies(List<Duration> sorted) {
    private static final String ROW = "%-44s %7s %8s %8s %8s %8s%s%n";

    Latencies {
        sorted = sorted.stream().sorted().toList();
    }

    static void printHead(PrintWriter out) {
        out.printf(Locale.ROOT, ROW, "seconds", "times", "p50", "p95", "p99", "max", "");
    }

    void print(PrintWriter out, String what) {
        print(out, what, "");
    }

    /** With whether 99 of 100 took no longer than they should. */
    void print(PrintWriter out, String what, Duration aim) {
        print(
                out,
                what,
                String.format(
                        Locale.ROOT,
                        "   aim: p99 at most %.1f: %s",
                        seconds(aim),
                        percentile(99).compareTo(aim) <= 0 ? "met" : "MISSED"));
    }

    private void print(PrintWriter out, String what, String judgement) {
        out.printf(
                Locale.ROOT,
                ROW,
                what,
                String.format(Locale.ROOT, "%,d", sorted.size()),
                text(percentile(50)),
                text(percentile(95)),
                text(percentile(99)),
                text(percentile(100)),
                judgement);
    }

    /** The least that so many of 100 do not exceed. */
    private Duration percentile(int percent) {
        return sorted.get((sorted.size() * percent + 99) / 100 - 1);
    }

    private static String text(Duration duration) {
        return String.format(Locale.ROOT, "%.2f", seconds(duration));
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
