package io.tanggap.bench;

import io.tanggap.app.job.Endpoints;
import io.tanggap.app.job.ResponsivenessJob;
import io.tanggap.app.run.Directories;
import io.tanggap.app.run.FlinkSession;
import io.tanggap.app.run.KafkaEndpoints;
import io.tanggap.app.run.SystemEmissionClock;
import io.tanggap.bench.StreamsProcess.Counted;
import io.tanggap.bench.TimedJobs.Run;
import io.tanggap.elasticsearch.Indices;
import io.tanggap.elasticsearch.SinkMetrics;
import io.tanggap.embedded.ElasticsearchProcess;
import io.tanggap.embedded.EmbeddedKafka;
import io.tanggap.flink.io.Topics;
import io.tanggap.flink.metrics.MetricNames;
import io.tanggap.flink.operator.Timing;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code jobs/bench/run}: measures the job beside its floors, in one run on one machine. */
@Command(
        name = "jobs/bench/run",
        description = {
            "Measures how fast the responsiveness job is, beside what no job of its kind can beat, and beside a Kafka Streams"
                    + " topology that only counts overdue cases.",
            "Events are in Kafka before any clock starts. Measurements take turns, so that a busy moment of the machine"
                    + " does not fall on one of them alone; the first turn warms up and does not count."
        },
        subcommands = {LocateBench.class, DeadlinesBench.class, ExportBench.class, LatencyBench.class, GrowthBench.class
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class Bench implements Callable<Integer> {
    // As in production.
    private static final Duration REPLAY_CHECKPOINTS = Duration.ofSeconds(10);
    private static final Duration LIVE_CHECKPOINTS = Duration.ofSeconds(1);

    /**
     * The threads of Kafka Streams get their partitions together. Else the first one begins with all of them, and hands half of
     * them on in the middle of its work.
     */
    private static final Map<String, String> TOGETHER = Map.of("group.initial.rebalance.delay.ms", "1000");

    @Option(
            names = "--cases",
            paramLabel = "N",
            defaultValue = "40000",
            description = "Cases of the invented month, seven to eight events each (default: ${DEFAULT-VALUE}).")
    private int cases;

    @Option(
            names = "--runs",
            paramLabel = "N",
            defaultValue = "3",
            description = "Warm runs of each measurement (default: ${DEFAULT-VALUE}).")
    private int runs;

    @Option(
            names = "--backend",
            paramLabel = "B",
            split = ",",
            defaultValue = "hashmap,rocksdb",
            description = "State backends (default: ${DEFAULT-VALUE}).")
    private List<String> backends = List.of();

    @Option(
            names = "--only",
            paramLabel = "NAME",
            split = ",",
            description = "Some measurements alone: ${COMPLETION-CANDIDATES} (default: all).")
    private List<Measurement> only = List.of();

    @Option(
            names = "--parallelism",
            paramLabel = "N",
            description = "Parallel instances of the jobs (default: the number of processors, at most "
                    + Workload.PARTITIONS + ").")
    private int parallelism = Math.min(Workload.PARTITIONS, Runtime.getRuntime().availableProcessors());

    @Spec
    private @Nullable CommandSpec spec;

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Bench())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        if (cases < 1 || runs < 1 || parallelism < 1) {
            throw new CommandLine.ParameterException(
                    spec().commandLine(), "--cases, --runs and --parallelism must be 1 or more.");
        }
        Set<Measurement> wanted = only.isEmpty() ? EnumSet.allOf(Measurement.class) : EnumSet.copyOf(only);
        PrintWriter out = spec().commandLine().getOut();
        Path directory = Files.createTempDirectory("tanggap-bench-");
        System.setProperty("tanggap.log", directory.resolve("tanggap.log").toString());
        try (EmbeddedKafka kafka = EmbeddedKafka.start(directory.resolve("kafka"), 0, TOGETHER);
                FlinkSession flink = FlinkSession.start(0, parallelism, directory)) {
            say(out, "Feeding " + cases + " cases into Kafka ...");
            Workload workload = Workload.publish(kafka.bootstrapServers(), cases);
            Figures figures = new Figures(workload, parallelism, backends);
            new Turns(kafka.bootstrapServers(), flink, directory, workload, figures, out).take(wanted);
            figures.print(out);
        } finally {
            Directories.delete(directory);
        }
        return 0;
    }

    private CommandSpec spec() {
        if (spec == null) {
            throw new IllegalStateException("picocli sets it");
        }
        return spec;
    }

    private static void say(PrintWriter out, String line) {
        out.println(line);
        out.flush();
    }

    /** The runs, in turns. */
    private final class Turns {
        private final String kafka;
        private final FlinkSession flink;
        private final TimedJobs jobs;
        private final Path directory;
        private final Workload workload;
        private final Figures figures;
        private final PrintWriter out;

        Turns(String kafka, FlinkSession flink, Path directory, Workload workload, Figures figures, PrintWriter out) {
            this.kafka = kafka;
            this.flink = flink;
            this.jobs = new TimedJobs(flink);
            this.directory = directory;
            this.workload = workload;
            this.figures = figures;
            this.out = out;
        }

        void take(Set<Measurement> wanted) throws Exception {
            Set<Measurement> indexing = EnumSet.copyOf(Measurement.WITH_ELASTICSEARCH);
            indexing.retainAll(wanted);
            Set<Measurement> plain = EnumSet.copyOf(wanted);
            plain.removeAll(indexing);
            // The warm-up of the replay also finds out the final documents.
            replay(backends.get(0), true);
            figures.documents(Discard.keptByKind());
            if (!plain.isEmpty()) {
                takePlain(plain);
            }
            if (indexing.isEmpty()) {
                return;
            }
            say(out, "Starting Elasticsearch ...");
            Path home = Path.of(System.getProperty("tanggap.elasticsearch.home", ""));
            try (ElasticsearchProcess elasticsearch =
                    ElasticsearchProcess.start(home, directory.resolve("elasticsearch"), 0)) {
                RawBulk bulk = new RawBulk(elasticsearch.url(), parallelism);
                for (int turn = 0; turn <= runs; turn++) {
                    announce(turn, indexing);
                    if (indexing.contains(Measurement.BULK)) {
                        bulk.prepareIndices();
                        System.gc();
                        long millis = bulk.index(Discard.kept());
                        if (turn > 0) {
                            figures.add(Measurement.BULK, Figures.NO_BACKEND, millis);
                        }
                    }
                    for (String backend : indexing.contains(Measurement.INDEXED) ? backends : List.<String>of()) {
                        bulk.prepareIndices();
                        record(turn, Measurement.INDEXED, backend, indexed(backend, elasticsearch.url()));
                    }
                }
            }
        }

        private void takePlain(Set<Measurement> plain) throws Exception {
            Set<Measurement> streams = EnumSet.copyOf(Measurement.WITHOUT_FLINK);
            streams.retainAll(plain);
            Set<Measurement> onFlink = EnumSet.copyOf(plain);
            onFlink.removeAll(streams);
            Path libraries = Path.of(System.getProperty("tanggap.streams.home", ""));
            // It waits, and costs nothing, until it is asked for a run.
            try (StreamsProcess process =
                    StreamsProcess.start(libraries, kafka, parallelism, directory.resolve("streams"))) {
                long overdue = streams.isEmpty() ? 0 : workload.overdue();
                for (int turn = 0; turn <= runs; turn++) {
                    announce(turn, plain);
                    for (String backend : backends) {
                        for (Measurement measurement : onFlink) {
                            record(turn, measurement, backend, onFlink(measurement, backend));
                        }
                    }
                    for (Measurement measurement : streams) {
                        record(turn, measurement, process.run(commits(measurement)), overdue);
                    }
                }
                if (!streams.isEmpty()) {
                    figures.overdue(overdue);
                }
            }
        }

        private Duration commits(Measurement measurement) {
            return measurement == Measurement.STREAMS_LIVE ? LIVE_CHECKPOINTS : REPLAY_CHECKPOINTS;
        }

        private void record(int turn, Measurement measurement, Counted counted, long overdue) {
            requireAllRead(measurement, counted.records());
            if (counted.overdue() != overdue) {
                throw new IllegalStateException(measurement + " counted " + counted.overdue()
                        + " overdue cases, and the fold " + overdue + ": it does not do what it is compared for");
            }
            if (turn > 0) {
                figures.add(measurement, Figures.STREAMS_BACKEND, counted.millis());
            }
        }

        private void requireAllRead(Measurement measurement, long records) {
            if (records != workload.records()) {
                throw new IllegalStateException(measurement + " read " + records + " records of " + workload.records()
                        + ": the figures would be wrong");
            }
        }

        private void announce(int turn, Set<Measurement> measurements) {
            say(out, (turn == 0 ? "Warming up: " : "Run " + turn + " of " + runs + ": ") + measurements);
        }

        private void record(int turn, Measurement measurement, String backend, Run run) {
            requireAllRead(measurement, run.counter(MetricNames.RECORDS_READ));
            if (turn > 0) {
                figures.add(measurement, backend, run.millis());
                figures.written(measurement, backend, written(measurement, run), run.counter(MetricNames.FOLDS));
            }
        }

        private long written(Measurement measurement, Run run) {
            return measurement == Measurement.INDEXED ? run.counter(SinkMetrics.DOCUMENTS_INDEXED) : Discard.written();
        }

        private Run onFlink(Measurement measurement, String backend) throws Exception {
            return switch (measurement) {
                case BARE -> bare(backend);
                case REPLAY -> replay(backend, false);
                case LIVE -> live(backend);
                case STREAMS, STREAMS_LIVE, INDEXED, BULK ->
                    throw new IllegalArgumentException(measurement + " is not of Flink alone");
            };
        }

        private Run bare(String backend) throws Exception {
            Discard.reset(false);
            StreamExecutionEnvironment environment = environment(backend, REPLAY_CHECKPOINTS);
            PassThrough.define(environment, DiscardingEndpoints.replay(kafka), workload.asOf());
            return jobs.run("bare", environment);
        }

        private Run replay(String backend, boolean keepDocuments) throws Exception {
            Discard.reset(keepDocuments);
            return full(backend, REPLAY_CHECKPOINTS, DiscardingEndpoints.replay(kafka), Timing.replay(workload.asOf()));
        }

        private Run live(String backend) throws Exception {
            Discard.reset(false);
            return full(backend, LIVE_CHECKPOINTS, DiscardingEndpoints.liveToEnd(kafka), Timing.live());
        }

        private Run indexed(String backend, String elasticsearch) throws Exception {
            return full(
                    backend,
                    REPLAY_CHECKPOINTS,
                    new KafkaEndpoints(
                            kafka,
                            elasticsearch,
                            false,
                            Indices.Generation.CURRENT,
                            Topics.createAlerts(kafka, false, Instant.now(), Workload.PARTITIONS)),
                    Timing.replay(workload.asOf()));
        }

        private Run full(String backend, Duration checkpoints, Endpoints endpoints, Timing timing) throws Exception {
            StreamExecutionEnvironment environment = environment(backend, checkpoints);
            ResponsivenessJob.define(environment, endpoints, timing, new SystemEmissionClock());
            return jobs.run("responsiveness", environment);
        }

        private StreamExecutionEnvironment environment(String backend, Duration checkpoints) {
            // What the last run left behind must not be collected in this one's time.
            System.gc();
            return flink.environment(parallelism, backend, directory.resolve("checkpoints"), checkpoints);
        }
    }
}
