package io.tanggap.bench;

import io.tanggap.app.job.ResponsivenessJob;
import io.tanggap.app.run.Directories;
import io.tanggap.app.run.FlinkSession;
import io.tanggap.app.run.SystemEmissionClock;
import io.tanggap.bench.RunningJob.Checkpoint;
import io.tanggap.bench.RunningJob.Checkpoints;
import io.tanggap.embedded.EmbeddedKafka;
import io.tanggap.flink.io.EventPublisher;
import io.tanggap.flink.io.Topics;
import io.tanggap.flink.operator.Timing;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.RecoveryClaimMode;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code jobs/bench/run growth}: what the live job costs the more cases are open. */
@Command(
        name = "growth",
        description = {
            "Measures the live job over RocksDB with more and more open cases: events a second that fall on any of them, bytes of"
                    + " state for each, checkpoints, and how soon the job is there again from one.",
            "Documents are discarded. A step for which there is no room is left out, and none is begun that would end after "
                    + GrowthBench.LONGEST_MINUTES + " minutes."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class GrowthBench implements Callable<Integer> {
    static final int LONGEST_MINUTES = 20;

    private static final long MOST_BYTES = 40L << 30;
    /** Chosen, above what was seen: Kafka, the state, its checkpoints and what is written anew meanwhile. */
    private static final long BYTES_PER_CASE = 2L << 10;

    private static final double LEAST_SHARE = 2.0 / 3;
    private static final String BACKEND = "rocksdb";
    /** Nobody waits for what happens while cases are opened. */
    private static final Duration OPENING_CHECKPOINTS = Duration.ofSeconds(10);

    private static final int WARM_UP_OPEN = 10_000;
    private static final int WARM_UP_EVENTS = 50_000;

    @Option(
            names = "--open",
            paramLabel = "N",
            split = ",",
            defaultValue = "100000,1000000,5000000",
            description = "Numbers of open cases, ascending (default: ${DEFAULT-VALUE}).")
    private List<Integer> open = List.of();

    @Option(
            names = "--events",
            paramLabel = "N",
            defaultValue = "200000",
            description = "Measured events of each step, after " + WARM_UP_EVENTS
                    + " that warm up (default: ${DEFAULT-VALUE}).")
    private int events;

    @Option(
            names = "--checkpoint-interval",
            paramLabel = "SECONDS",
            defaultValue = "1",
            description =
                    "From one checkpoint to the next while events are measured, as of a live job (default: ${DEFAULT-VALUE}).")
    private int checkpointInterval;

    @Option(
            names = "--parallelism",
            paramLabel = "N",
            description = "Parallel instances of the job (default: the number of processors, at most "
                    + Workload.PARTITIONS + ").")
    private int parallelism = Math.min(Workload.PARTITIONS, Runtime.getRuntime().availableProcessors());

    @Spec
    private @Nullable CommandSpec spec;

    /**
     * A step.
     *
     * @param perSecond events that fall on any of the cases
     * @param foldsPerEvent of those; near one, for nothing is put off
     * @param openedPerSecond cases, while the job catches up
     * @param opening the part of the time that grows with the number of cases
     */
    private record Step(
            int open,
            double perSecond,
            double foldsPerEvent,
            Checkpoint full,
            Checkpoints incremental,
            long startMillis,
            long recoveryMillis,
            double openedPerSecond,
            Duration opening,
            Duration took) {
        /** How long a step with more cases would take by this one's pace. */
        Duration expected(int number) {
            return took.plus(opening.multipliedBy(number).dividedBy(open)).minus(opening);
        }
    }

    @Override
    public Integer call() throws Exception {
        if (spec == null) {
            throw new IllegalStateException("picocli sets it");
        }
        if (events < 1
                || parallelism < 1
                || checkpointInterval < 1
                || open.stream().anyMatch(number -> number < 1)) {
            throw new ParameterException(
                    spec.commandLine(), "--open, --events, --checkpoint-interval and --parallelism must be 1 or more.");
        }
        PrintWriter out = spec.commandLine().getOut();
        Path directory = Files.createTempDirectory("tanggap-bench-");
        System.setProperty("tanggap.log", directory.resolve("tanggap.log").toString());
        List<Step> steps = new ArrayList<>();
        try {
            long start = System.nanoTime();
            say(out, "Warming up ...");
            step(directory, WARM_UP_OPEN);
            for (int number : open.stream().sorted().toList()) {
                Step last = steps.isEmpty() ? null : steps.get(steps.size() - 1);
                Duration left = Duration.ofMinutes(LONGEST_MINUTES).minusNanos(System.nanoTime() - start);
                if (last != null && last.expected(number).compareTo(left) > 0) {
                    say(out, tooLong(last, number, left));
                    break;
                }
                long needed = number * BYTES_PER_CASE;
                long usable = Math.min(MOST_BYTES, Files.getFileStore(directory).getUsableSpace());
                if (needed > usable) {
                    say(out, tooLarge(number, needed, usable, directory));
                    continue;
                }
                say(out, String.format(Locale.ROOT, "%,d open cases ...", number));
                steps.add(step(directory, number));
            }
        } finally {
            Directories.delete(directory);
        }
        print(out, steps);
        return 0;
    }

    private static String tooLong(Step last, int number, Duration left) {
        return String.format(
                Locale.ROOT,
                "Stopped: by the pace of %,d open cases, %,d would take %d minutes, and of %d minutes %d are left. Give --open %d"
                        + " alone, or a faster machine.",
                last.open,
                number,
                last.expected(number).toMinutes(),
                LONGEST_MINUTES,
                left.toMinutes(),
                number);
    }

    private static String tooLarge(int number, long needed, long usable, Path directory) {
        return String.format(
                Locale.ROOT,
                "Left out: %,d open cases need about %,d MiB in %s, where %,d MiB may be used (never more than %,d). Make room, or"
                        + " name another directory: JAVA_TOOL_OPTIONS=-Djava.io.tmpdir=DIR.",
                number,
                needed >> 20,
                directory.getParent(),
                usable >> 20,
                MOST_BYTES >> 20);
    }

    private Step step(Path base, int number) throws Exception {
        long begun = System.nanoTime();
        Path directory = Files.createDirectories(base.resolve("open-" + number));
        try (EmbeddedKafka kafka = EmbeddedKafka.start(directory.resolve("kafka"), 0);
                FlinkSession flink = FlinkSession.start(0, parallelism, directory);
                EventPublisher publisher = new EventPublisher(kafka.bootstrapServers())) {
            OpenCases cases = new OpenCases(number, Instant.now());
            Topics.create(kafka.bootstrapServers(), Workload.PARTITIONS);
            publisher.publish(cases.pack());
            cases.open(publisher);

            RunningJob opening = start(flink, kafka, directory, OPENING_CHECKPOINTS, null);
            long started = opening.awaitTracked(1);
            long opened = opening.awaitTracked((long) number * OpenCases.EVENTS);
            Duration grown = Duration.ofNanos(System.nanoTime() - begun);
            opening.awaitFolded(number);
            Checkpoint full = opening.checkpoint();
            URI left = opening.cancel();

            cases.touch(publisher, WARM_UP_EVENTS + events);
            RunningJob steady = start(flink, kafka, directory, Duration.ofSeconds(checkpointInterval), left);
            long recovered = steady.awaitTracked(1);
            long warm = steady.awaitTracked(WARM_UP_EVENTS);
            long foldsBefore = steady.folds();
            long done = steady.awaitTracked((long) WARM_UP_EVENTS + events);
            long folds = steady.folds() - foldsBefore;
            Checkpoints incremental = steady.checkpoints();
            steady.cancel();
            return new Step(
                    number,
                    events * 1e3 / (done - warm),
                    (double) folds / events,
                    full,
                    incremental,
                    started,
                    recovered,
                    number * 1e3 / (opened - started),
                    grown,
                    Duration.ofNanos(System.nanoTime() - begun));
        } finally {
            Directories.delete(directory);
        }
    }

    private RunningJob start(
            FlinkSession flink, EmbeddedKafka kafka, Path directory, Duration checkpoints, @Nullable URI from)
            throws Exception {
        StreamExecutionEnvironment environment =
                flink.environment(parallelism, BACKEND, directory.resolve("checkpoints"), checkpoints);
        if (from != null) {
            FlinkSession.resume(environment, from);
            // As after a failure, where the checkpoint is the job's own: the next one adds to it.
            Configuration own = new Configuration();
            own.set(StateRecoveryOptions.RESTORE_MODE, RecoveryClaimMode.CLAIM);
            environment.configure(own);
        }
        ResponsivenessJob.define(
                environment,
                DiscardingEndpoints.live(kafka.bootstrapServers()),
                Timing.live(),
                new SystemEmissionClock());
        return RunningJob.start(flink, "responsiveness", environment);
    }

    private void print(PrintWriter out, List<Step> steps) {
        Machine.print(out);
        out.printf(
                Locale.ROOT,
                "Load        %,d events on any of the open cases, after %,d; parallelism %d, state %s, checkpoints every %d s%n%n",
                events,
                WARM_UP_EVENTS,
                parallelism,
                BACKEND,
                checkpointInterval);
        out.printf(
                "%12s %10s %10s %8s %12s %8s %8s %8s %8s %8s %10s%n",
                "open cases",
                "events/s",
                "of first",
                "folds",
                "bytes each",
                "full s",
                "incr. s",
                "longest",
                "start s",
                "again s",
                "opened/s");
        for (Step step : steps) {
            out.printf(
                    Locale.ROOT,
                    "%,12d %,10d %10s %8s %,12d %8s %8s %8s %8s %8s %10s%n",
                    step.open,
                    Math.round(step.perSecond),
                    String.format(Locale.ROOT, "%.2f", share(steps, step)),
                    String.format(Locale.ROOT, "%.2f", step.foldsPerEvent),
                    step.full.stateBytes() / step.open,
                    seconds(step.full.millis()),
                    seconds(step.incremental.medianMillis()),
                    seconds(step.incremental.longestMillis()),
                    seconds(step.startMillis),
                    seconds(step.recoveryMillis),
                    String.format(Locale.ROOT, "%,.0f", step.openedPerSecond));
        }
        if (steps.size() > 1) {
            Step largest = steps.get(steps.size() - 1);
            double share = share(steps, largest);
            out.printf(
                    Locale.ROOT,
                    "%nWith %,d open cases %.2f of the events a second of %,d (aim: %.2f or better: %s)%n",
                    largest.open,
                    share,
                    steps.get(0).open,
                    LEAST_SHARE,
                    share >= LEAST_SHARE ? "met" : "MISSED");
        }
        out.flush();
    }

    private static double share(List<Step> steps, Step step) {
        return step.perSecond / steps.get(0).perSecond;
    }

    private static String seconds(long millis) {
        return String.format(Locale.ROOT, "%.2f", millis / 1e3);
    }

    private static void say(PrintWriter out, String line) {
        out.println(line);
        out.flush();
    }
}
