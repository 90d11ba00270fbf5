package io.tanggap.bench;

import static java.util.Objects.requireNonNull;

import io.tanggap.app.run.Directories;
import io.tanggap.app.run.Engine;
import io.tanggap.app.run.FlinkSession;
import io.tanggap.app.run.KafkaExports;
import io.tanggap.core.reference.Reference;
import io.tanggap.core.release.Anonymity;
import io.tanggap.core.release.Ladder;
import io.tanggap.core.release.Published;
import io.tanggap.embedded.EmbeddedKafka;
import io.tanggap.flink.io.PublishedPacks;
import io.tanggap.flink.operator.KeyFile;
import io.tanggap.flink.operator.ReleaseFacts;
import io.tanggap.flink.operator.ReleasePlan;
import io.tanggap.release.Format;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code jobs/bench/run export}: how fast a release is written, and in how much memory. */
@Command(
        name = "export",
        description = {
            "Writes one release of an invented month in every format, from Kafka to files, and prints events per second and the"
                    + " most that the heap held after a collection. TANGGAP_HEAP sets the heap.",
            "Kafka runs in the same process. 1400000 cases are some ten million events; they need 40 GB of disk."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class ExportBench implements Callable<Integer> {
    private static final int KEY_BYTES = 32;
    private static final double MILLIS = 1_000;
    private static final double MEBIBYTE = 1 << 20;

    @Option(
            names = "--cases",
            paramLabel = "N",
            defaultValue = "40000",
            description = "Cases of the invented month, seven to eight events each (default: ${DEFAULT-VALUE}).")
    private int cases;

    @Option(
            names = "--parallelism",
            paramLabel = "N",
            description = "Parallel instances of the job (default: the number of processors, at most "
                    + Workload.PARTITIONS + ").")
    private int parallelism = Math.min(Workload.PARTITIONS, Runtime.getRuntime().availableProcessors());

    @Option(
            names = "--directory",
            paramLabel = "DIR",
            description = "Where Kafka, the job and the release lie meanwhile (default: the temporary directory).")
    private @Nullable Path within;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        CommandLine line = requireNonNull(spec, "picocli sets it").commandLine();
        if (cases < 1 || parallelism < 1) {
            throw new CommandLine.ParameterException(line, "--cases and --parallelism must be 1 or more.");
        }
        PrintWriter out = line.getOut();
        Path directory = within == null
                ? Files.createTempDirectory("tanggap-bench-")
                : Files.createTempDirectory(within, "tanggap-bench-");
        System.setProperty("tanggap.log", directory.resolve("tanggap.log").toString());
        try (EmbeddedKafka kafka = EmbeddedKafka.start(directory.resolve("kafka"), 0)) {
            say(out, "Feeding " + cases + " cases into Kafka ...");
            Workload workload = Workload.publish(kafka.bootstrapServers(), cases);
            ReleasePlan plan = plan(workload, kafka.bootstrapServers(), directory);
            KeyFile key = new KeyFile(
                    Files.write(directory.resolve("key"), new byte[KEY_BYTES]).toString());
            System.gc();
            ManagementFactory.getMemoryPoolMXBeans().forEach(MemoryPoolMXBean::resetPeakUsage);
            long start = System.nanoTime();
            ReleaseFacts facts;
            try (FlinkSession flink = FlinkSession.start(0, parallelism, directory)) {
                facts = Engine.export(
                        flink,
                        new KafkaExports(kafka.bootstrapServers()),
                        plan,
                        key,
                        parallelism,
                        directory,
                        (what, share, detail) -> {});
            }
            double seconds = (System.nanoTime() - start) / 1e6 / MILLIS;
            say(
                    out,
                    String.format(
                            Locale.ROOT,
                            "%,d events of %,d cases in %,.1f s: %,.0f events/s, %d at a time; %,d cases and %,d events released, %,.0f MiB of"
                                    + " files; old generation at most %,.0f MiB of a heap of %,.0f MiB",
                            workload.events(),
                            cases,
                            seconds,
                            workload.events() / seconds,
                            parallelism,
                            facts.cases(),
                            facts.events(),
                            bytes(Path.of(plan.directory())) / MEBIBYTE,
                            oldGeneration() / MEBIBYTE,
                            Runtime.getRuntime().maxMemory() / MEBIBYTE));
        } finally {
            Directories.delete(directory);
        }
        return 0;
    }

    private static ReleasePlan plan(Workload workload, String kafka, Path directory) throws IOException {
        Published words = new Published(Reference.of(PublishedPacks.in(kafka)), workload.asOf());
        return new ReleasePlan(
                workload.asOf(),
                null,
                null,
                null,
                Set.of(),
                Anonymity.DEFAULT,
                Ladder.TIMES,
                EnumSet.allOf(Format.class),
                false,
                words.deepest(),
                Files.createDirectories(directory.resolve("release")).toString());
    }

    /** What was left by collections, at most; what is young comes and goes. */
    private static long oldGeneration() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool ->
                        pool.getType() == MemoryType.HEAP && pool.getName().contains("Old"))
                .mapToLong(pool -> pool.getPeakUsage().getUsed())
                .sum();
    }

    private static long bytes(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> {
                        try {
                            return Files.size(file);
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    })
                    .sum();
        }
    }

    private static void say(PrintWriter out, String line) {
        out.println(line);
        out.flush();
    }
}
