package io.tanggap.bench;

import static java.util.Objects.requireNonNull;

import io.tanggap.app.run.Directories;
import io.tanggap.app.run.Engine;
import io.tanggap.app.run.Engine.Mode;
import io.tanggap.app.run.Engine.Progress;
import io.tanggap.app.run.Execution;
import io.tanggap.app.run.FlinkSession;
import io.tanggap.app.run.Heartbeats;
import io.tanggap.app.run.PostCarriers;
import io.tanggap.app.run.Servers;
import io.tanggap.bench.DocumentWatch.Found;
import io.tanggap.bench.WebhookReceiver.Arrival;
import io.tanggap.core.reference.AlertKind;
import io.tanggap.core.reference.Policy.Target;
import io.tanggap.core.reference.Recipient;
import io.tanggap.core.reference.Recipient.Means;
import io.tanggap.core.reference.ReferencePack;
import io.tanggap.core.reference.ReferencePack.Unit;
import io.tanggap.core.reference.Route;
import io.tanggap.core.reference.Route.Party;
import io.tanggap.core.reference.Validity;
import io.tanggap.delivery.Settings;
import io.tanggap.flink.io.EventPublisher;
import io.tanggap.flink.io.Topics;
import io.tanggap.simulation.SeededCity;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code jobs/bench/run latency}: how soon a document is found and a webhook arrives, live, under a steady load. */
@Command(
        name = "latency",
        description = {
            "Measures, live and under a steady load of case events, how long it takes from a record in Kafka to a document that"
                    + " a search finds, and from a deadline that passes to the webhook that says so.",
            "Both jobs run as tanggap run --mode live and tanggap notify run them; all servers are on this machine. Every"
                    + " deadline must be told exactly once, or the exit code is 1."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class LatencyBench implements Callable<Integer> {
    private static final Duration DOCUMENT_AIM = Duration.ofSeconds(2);
    private static final Duration WEBHOOK_AIM = Duration.ofSeconds(5);

    /** After the measured time, so that its last events are handled under load too. */
    private static final Duration GOING_ON = Duration.ofSeconds(10);
    /** For what has not come when the load ends. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    /** For what may come a second time. */
    private static final Duration COPIES = Duration.ofSeconds(5);

    private static final Duration CLOSING = Duration.ofSeconds(30);
    private static final long POLL_MILLIS = 200;
    private static final int LEAST_RATE = 100;
    /** More than a desk is told in any run: what is measured is the way of one message. */
    private static final int PER_HOUR = 100_000;

    private static final int KEY_BYTES = 32;
    private static final String DESKS = "kelurahan";

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Case events per second, at least " + LEAST_RATE + "; " + SteadyLoad.DEADLINES_PER_SECOND
                    + " of them have a deadline (default: ${DEFAULT-VALUE}).")
    private int rate;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "60",
            description = "How long to measure (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(
            names = "--warm-up",
            paramLabel = "N",
            defaultValue = "240",
            description = "Seconds of the same load before, which do not count: a job runs for months, and shares the"
                    + " processors with the compiler in its first minutes (default: ${DEFAULT-VALUE}).")
    private int warmUp;

    @Option(
            names = "--backend",
            paramLabel = "B",
            defaultValue = "rocksdb",
            description =
                    "State backend of both jobs, hashmap or rocksdb (default: ${DEFAULT-VALUE}, that of a cluster).")
    private String backend = "";

    @Option(
            names = "--parallelism",
            paramLabel = "N",
            description = "Parallel instances of each job (default: the number of processors, at most "
                    + Workload.PARTITIONS + ").")
    private int parallelism = Math.min(Workload.PARTITIONS, Runtime.getRuntime().availableProcessors());

    @Spec
    private @Nullable CommandSpec spec;

    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "latency");
        thread.setDaemon(true);
        return thread;
    });

    @Override
    public Integer call() throws Exception {
        CommandLine line = requireNonNull(spec, "picocli sets it").commandLine();
        if (rate < LEAST_RATE || seconds < 1 || warmUp < 0 || parallelism < 1) {
            throw new CommandLine.ParameterException(
                    line,
                    "--rate must be " + LEAST_RATE + " or more, --seconds and --parallelism 1 or more, --warm-up 0 or"
                            + " more.");
        }
        PrintWriter out = line.getOut();
        Path directory = Files.createTempDirectory("tanggap-bench-");
        System.setProperty("tanggap.log", directory.resolve("tanggap.log").toString());
        try {
            say(out, "Starting Kafka and Elasticsearch ...");
            try (Servers servers = Servers.start(directory.resolve("servers"), 0, 0);
                    WebhookReceiver receiver = WebhookReceiver.start(threads)) {
                return measure(servers, receiver, directory, out, line.getErr());
            }
        } finally {
            Directories.delete(directory);
        }
    }

    @SuppressWarnings("try") // heartbeats beat by themselves
    private int measure(
            Servers servers, WebhookReceiver receiver, Path directory, PrintWriter out, PrintWriter complaints)
            throws Exception {
        SeededCity city = SeededCity.jakarta();
        List<String> desks = desks(city.referencePack());
        LiveMonth month = new LiveMonth(
                city, rate * GOING_ON.plusSeconds(warmUp + seconds).toSeconds());
        Engine engine = new Engine(servers.kafka(), servers.elasticsearch());
        engine.prepareIndices();
        Topics.create(servers.kafka(), Workload.PARTITIONS);
        DocumentWatch documents = new DocumentWatch(servers.elasticsearch());
        // Each job with a session of its own, as each has a process of its own.
        try (EventPublisher publisher = new EventPublisher(servers.kafka());
                Heartbeats heartbeats = Heartbeats.start(servers.kafka());
                FlinkSession figures = FlinkSession.start(0, parallelism, directory);
                FlinkSession notices = FlinkSession.start(0, parallelism, directory)) {
            publisher.publish(telling(city.referencePack(), desks, receiver.url()));
            publisher.flush();
            Execution execution = new Execution(parallelism, backend, directory);
            try {
                List<Future<?>> running = List.of(
                        started(progress ->
                                engine.run(figures, new Engine.Settings(Mode.LIVE, null, execution), -1, progress)),
                        started(progress -> engine.notify(
                                notices,
                                new Engine.NoticeSettings(
                                        new PostCarriers(new Settings(
                                                null, secrets(directory, desks).toString(), null, null, true)),
                                        false,
                                        execution),
                                progress)),
                        threads.submit(documents));
                SteadyLoad load = new SteadyLoad(publisher, rate, month, desks, documents);
                say(out, "Warming up for " + warmUp + " s ...");
                load.run(Duration.ofSeconds(warmUp));
                say(out, "Measuring for " + seconds + " s ...");
                Instant from = Instant.now();
                double achieved = load.run(Duration.ofSeconds(seconds));
                Instant to = Instant.now();
                load.run(GOING_ON);
                publisher.flush();
                Map<String, Instant> deadlines = load.deadlines();
                awaitAll(
                        running,
                        () -> documents.missing() == 0
                                && receiver.arrivals().keySet().containsAll(deadlines.keySet()));
                Thread.sleep(COPIES.toMillis());
                return print(
                        new Measured(from, to, achieved, deadlines),
                        documents,
                        receiver,
                        desks.size(),
                        out,
                        complaints);
            } finally {
                // An interrupted engine cancels its job, which needs the session that is closed next.
                threads.shutdownNow();
                threads.awaitTermination(CLOSING.toSeconds(), TimeUnit.SECONDS);
            }
        }
    }

    private interface Work {
        void run(Progress progress) throws Exception;
    }

    /** Work that goes on until interrupted; returns when it has begun to tell how far it is. */
    private Future<?> started(Work work) throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        Future<?> running = threads.submit(() -> {
            work.run((what, share, detail) -> begun.countDown());
            return null;
        });
        while (!begun.await(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
            requireRunning(running);
        }
        return running;
    }

    private static void requireRunning(Future<?> running) throws Exception {
        if (running.isDone()) {
            running.get();
            throw new IOException("a job that goes on until interrupted has ended");
        }
    }

    /** What never comes is counted later. */
    private static void awaitAll(List<Future<?>> running, BooleanSupplier done) throws Exception {
        long start = System.nanoTime();
        while (!done.getAsBoolean() && System.nanoTime() - start < PATIENCE.toNanos()) {
            for (Future<?> one : running) {
                requireRunning(one);
            }
            Thread.sleep(POLL_MILLIS);
        }
    }

    private static List<String> desks(ReferencePack pack) {
        return pack.units().stream()
                .filter(unit -> unit.level().equals(DESKS))
                .map(Unit::id)
                .sorted()
                .toList();
    }

    /** The pack with a webhook for every desk, which is told at once of what it holds beyond its deadline. */
    private static ReferencePack telling(ReferencePack pack, List<String> desks, String url) {
        Route route = new Route(
                "missed",
                AlertKind.OVERDUE,
                Target.RESOLUTION,
                100,
                0,
                null,
                null,
                Party.HOLDER,
                null,
                true,
                Validity.ALWAYS);
        List<Recipient> recipients = desks.stream()
                .map(desk -> new Recipient(
                        desk,
                        desk,
                        Means.WEBHOOK,
                        url,
                        "en",
                        Recipient.CUSTOMARY_DIGEST,
                        null,
                        null,
                        null,
                        PER_HOUR,
                        Validity.ALWAYS))
                .toList();
        return new ReferencePack(
                pack.id(),
                pack.knownFrom(),
                pack.city(),
                pack.zone(),
                pack.staleAfter(),
                pack.units(),
                pack.targets(),
                pack.categoryGroups(),
                pack.policies(),
                pack.calendars(),
                pack.categories(),
                pack.labels(),
                pack.competences(),
                pack.territories(),
                pack.channels(),
                pack.attribution(),
                pack.nearestWithinMetres(),
                pack.pauses(),
                pack.rules(),
                List.of(route),
                recipients);
    }

    private static Path secrets(Path directory, List<String> desks) throws IOException {
        String key = "whsec_" + Base64.getEncoder().encodeToString(new byte[KEY_BYTES]);
        Path file = Files.createFile(
                directory.resolve("secrets"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return Files.write(
                file, desks.stream().map(desk -> "webhook." + desk + "=" + key).toList());
    }

    /**
     * What the load was.
     *
     * @param from when the measured time began
     * @param to when it ended
     * @param achieved events per second in it
     * @param deadlines all of them, also those before and after it, by the alert that tells of them
     */
    private record Measured(Instant from, Instant to, double achieved, Map<String, Instant> deadlines) {
        boolean contains(Instant at) {
            return !at.isBefore(from) && at.isBefore(to);
        }
    }

    private record Told(Instant deadline, Arrival first) {}

    /** Prints the figures, and returns the exit code. */
    private int print(
            Measured measured,
            DocumentWatch documents,
            WebhookReceiver receiver,
            int desks,
            PrintWriter out,
            PrintWriter complaints) {
        Map<String, List<Arrival>> arrivals = receiver.arrivals();
        Map<String, Instant> deadlines = measured.deadlines();
        List<String> never = deadlines.keySet().stream()
                .filter(alert -> !arrivals.containsKey(alert))
                .toList();
        long copies = deadlines.keySet().stream()
                .mapToLong(alert ->
                        Math.max(0, arrivals.getOrDefault(alert, List.of()).size() - 1))
                .sum();
        List<String> others = arrivals.keySet().stream()
                .filter(alert -> !deadlines.containsKey(alert))
                .toList();
        Machine.print(out);
        out.printf(
                Locale.ROOT,
                "Load        %,.1f case events/s of %,d asked for, over %d s after %d s of warm-up; parallelism %d, state %s%n",
                measured.achieved(),
                rate,
                seconds,
                warmUp,
                parallelism,
                backend);
        out.printf(
                Locale.ROOT,
                "Deadlines   %,d passed, %,d told in %,d messages to %d desks, %,d told again, %,d never; warm-up and end included%n%n",
                deadlines.size(),
                deadlines.size() - never.size(),
                receiver.messages(),
                desks,
                copies,
                never.size());
        List<Found> found = documents.found().stream()
                .filter(one -> measured.contains(one.handed()))
                .toList();
        List<Told> told = new ArrayList<>();
        deadlines.forEach((alert, deadline) -> {
            List<Arrival> times = arrivals.get(alert);
            if (times != null && measured.contains(deadline)) {
                told.add(new Told(deadline, times.get(0)));
            }
        });
        if (!found.isEmpty() && !told.isEmpty()) {
            Latencies.printHead(out);
            latencies(found, one -> Duration.between(one.handed(), one.found()))
                    .print(out, "record in Kafka -> document found", DOCUMENT_AIM);
            latencies(found, one -> Duration.between(one.handed(), one.judged()))
                    .print(out, "  until it is judged");
            latencies(found, one -> Duration.between(one.judged(), one.found()))
                    .print(out, "  from there until a search finds it");
            latencies(told, one -> Duration.between(one.deadline(), one.first().at()))
                    .print(out, "deadline passes -> webhook arrives", WEBHOOK_AIM);
            latencies(told, one -> Duration.between(one.deadline(), one.first().madeAt()))
                    .print(out, "  until the message is made");
            latencies(
                            told,
                            one -> Duration.between(
                                    one.first().madeAt(), one.first().at()))
                    .print(out, "  from there until it arrives");
        }
        out.flush();
        return complain(never, copies, others, documents.missing(), complaints);
    }

    private static <T> Latencies latencies(Collection<T> samples, Function<T, Duration> took) {
        return new Latencies(samples.stream().map(took).toList());
    }

    private static int complain(
            List<String> never, long copies, List<String> others, int missing, PrintWriter complaints) {
        if (!never.isEmpty()) {
            complaints.println("jobs/bench/run latency: " + never.size() + " deadlines were told to nobody within "
                    + PATIENCE.toSeconds() + " s after the load, the first of them " + never.get(0)
                    + ": a job does not keep up or has failed; run it again with a lower --rate.");
        }
        if (copies > 0) {
            complaints.println("jobs/bench/run latency: " + copies
                    + " alerts were told a second time, which happens after a failure alone: run it again.");
        }
        if (!others.isEmpty()) {
            complaints.println("jobs/bench/run latency: " + others.size()
                    + " alerts were told that no deadline is behind, the first of" + " them " + others.get(0)
                    + ": find out which case raised it.");
        }
        if (missing > 0) {
            complaints.println(
                    "jobs/bench/run latency: " + missing + " cases have no document that a search finds within "
                            + PATIENCE.toSeconds() + " s after the load: run it again with a lower --rate.");
        }
        complaints.flush();
        return never.isEmpty() && copies == 0 && others.isEmpty() && missing == 0 ? 0 : 1;
    }

    private static void say(PrintWriter out, String line) {
        out.println(line);
        out.flush();
    }
}
