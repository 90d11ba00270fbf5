package io.tanggap.bench;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs of one thread over the same work. A first one pays for the compiler and does not count. */
final class WarmRuns {
    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec spec;

    private int runs = 1;

    @Option(
            names = "--runs",
            paramLabel = "N",
            defaultValue = "5",
            description = "Warm runs of what is measured (default: ${DEFAULT-VALUE}).")
    void runs(int number) {
        if (spec != null && number < 1) {
            throw new ParameterException(spec.commandLine(), "--runs must be 1 or more.");
        }
        runs = number;
    }

    /** How often in a second something was done, run by run, the slowest first. */
    record Rates(List<Double> perSecond) {
        /** Prints a line with the median, and whether that is as much as it should be. */
        void print(PrintWriter out, String title, String what, int aimPerSecond) {
            double median = perSecond.get((perSecond.size() - 1) / 2);
            out.printf(
                    Locale.ROOT,
                    "%-11s %,.0f %s per second and core (slowest %,.0f, fastest %,.0f, %d runs); aim: %,d: %s%n",
                    title,
                    median,
                    what,
                    perSecond.get(0),
                    perSecond.get(perSecond.size() - 1),
                    perSecond.size(),
                    aimPerSecond,
                    median >= aimPerSecond ? "met" : "MISSED");
            out.flush();
        }
    }

    /** @param times how often one run does what is measured */
    Rates measure(int times, Runnable run) {
        run.run();
        return new Rates(DoubleStream.generate(() -> {
                    long start = System.nanoTime();
                    run.run();
                    return times / ((System.nanoTime() - start) / 1e9);
                })
                .limit(runs)
                .sorted()
                .boxed()
                .toList());
    }
}
