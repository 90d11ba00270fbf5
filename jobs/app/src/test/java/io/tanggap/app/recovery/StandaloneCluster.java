package io.tanggap.app.recovery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import io.tanggap.app.run.FlinkSession;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.container.entrypoint.StandaloneApplicationClusterEntryPoint;
import org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint;
import org.apache.flink.runtime.taskexecutor.TaskManagerRunner;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * A Flink cluster as it is run on a server, from the configuration that the images have: JobManagers and workers, each a process of its
 * own, on loopback. It is a session, to which jobs are submitted, or an application, which is one job. The processes end with this one.
 */
final class StandaloneCluster implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int SLOTS = 2;
    /** At a time. */
    private static final int MOST_PROCESSES = 6;

    /** What a distribution of Flink has in its lib, and what starts processes here. */
    private static final String FLINKS =
            ".*/(flink-(annotations|clients|connector-datagen|container|core|core-api|datastream|datastream-api|hadoop-fs|metrics-(core|prometheus)"
                    + "|queryable-state-client-java|rpc-.*|runtime|runtime-web|shaded-.*|statebackend-rocksdb|streaming-java)|frocksdbjni|log4j-.*"
                    + "|slf4j-api|kryo|minlog|objenesis|reflectasm|commons-(cli|collections|compress|io|lang3|math3|text)|snappy-java"
                    + "|async-profiler|snakeyaml-engine)-[0-9][^/]*\\.jar|.*/test-classes";

    private static final Path IMAGE = Path.of(System.getProperty("tanggap.root"), "docker", "flink");

    /** What the images leave to Flink's own scripts, and what is smaller here than on a server. */
    private static final Map<String, String> SMALL = Map.ofEntries(
            Map.entry("jobmanager.memory.process.size", "900m"),
            Map.entry("taskmanager.cpu.cores", Integer.toString(SLOTS)),
            Map.entry("taskmanager.numberOfTaskSlots", Integer.toString(SLOTS)),
            Map.entry("taskmanager.memory.framework.heap.size", "128m"),
            Map.entry("taskmanager.memory.framework.off-heap.size", "64m"),
            Map.entry("taskmanager.memory.task.heap.size", "384m"),
            Map.entry("taskmanager.memory.task.off-heap.size", "64m"),
            Map.entry("taskmanager.memory.managed.size", "128m"),
            Map.entry("taskmanager.memory.network.min", "64m"),
            Map.entry("taskmanager.memory.network.max", "64m"),
            Map.entry("taskmanager.memory.jvm-metaspace.size", "256m"),
            Map.entry("taskmanager.memory.jvm-overhead.min", "128m"),
            Map.entry("taskmanager.memory.jvm-overhead.max", "128m"),
            Map.entry("heartbeat.interval", "500"),
            Map.entry("heartbeat.rpc-failure-threshold", "2"));

    private final Path directory;
    private final int restPort;
    private final List<Integer> metricsPorts;
    private final Surroundings surroundings;
    private final List<String> flags;
    private final Class<?> entryPoint;
    private final List<String> arguments;
    private final List<Process> processes = new ArrayList<>();
    private Process jobManager;

    /**
     * What processes of a cluster find when they start.
     *
     * @param classPath of each
     * @param environment variables of each, beside those of this process
     * @param settings of Flink, in place of those of the images; what must be small or apart on one machine stays so
     */
    record Surroundings(String classPath, Map<String, String> environment, Map<String, String> settings) {
        /** Everything that the tests have on their class path, so that jobs need no jar. */
        static final Surroundings OF_TESTS = new Surroundings(testClassPath(), Map.of(), Map.of());

        static String testClassPath() {
            return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        }

        /** What a Flink has that knows nothing of Tanggap. */
        static String flinkClassPath() {
            return Stream.of(testClassPath().split(File.pathSeparator))
                    .filter(entry -> entry.matches(FLINKS))
                    .collect(Collectors.joining(File.pathSeparator));
        }
    }

    private StandaloneCluster(
            Path directory,
            int restPort,
            List<Integer> metricsPorts,
            Surroundings surroundings,
            List<String> flags,
            Class<?> entryPoint,
            List<String> arguments) {
        this.directory = directory;
        this.restPort = restPort;
        this.metricsPorts = metricsPorts;
        this.surroundings = surroundings;
        this.flags = flags;
        this.entryPoint = entryPoint;
        this.arguments = arguments;
    }

    /** Starts the JobManager of a session; it has no workers yet. */
    static StandaloneCluster start(Path directory) throws IOException {
        return start(directory, Surroundings.OF_TESTS);
    }

    /** The same, in surroundings of its own. */
    static StandaloneCluster start(Path directory, Surroundings surroundings) throws IOException {
        return start(
                directory,
                surroundings,
                StandaloneSessionClusterEntrypoint.class,
                List.of("--executionMode", "cluster"));
    }

    /**
     * Starts the JobManager of an application, which runs a main class of the job's jar by itself.
     *
     * @param job its name, and its arguments
     */
    static StandaloneCluster startApplication(Path directory, Surroundings surroundings, String main, List<String> job)
            throws IOException {
        // The jar stands first: its option takes all that follows up to the next one.
        List<String> arguments = new ArrayList<>(List.of("--jars", "local://" + Launcher.JAR, "--job-classname", main));
        arguments.addAll(job);
        return start(directory, surroundings, StandaloneApplicationClusterEntryPoint.class, arguments);
    }

    private static StandaloneCluster start(
            Path directory, Surroundings surroundings, Class<?> entryPoint, List<String> arguments) throws IOException {
        List<Integer> ports = freePorts(2);
        int restPort = ports.get(1);
        Path temporary = Files.createDirectories(directory.resolve("tmp"));
        Map<String, Object> settings = new TreeMap<>();
        try (Reader image = Files.newBufferedReader(IMAGE.resolve("config.yaml"))) {
            Map<String, Object> ofImages = new Yaml(new SafeConstructor(new LoaderOptions())).load(image);
            settings.putAll(ofImages);
        }
        List<String> flags =
                List.of(settings.get("env.java.opts.all").toString().strip().split("\\s+"));
        settings.put(
                "execution.checkpointing.dir",
                directory.resolve("checkpoints").toUri().toString());
        settings.put(
                "execution.checkpointing.savepoint-dir",
                directory.resolve("savepoints").toUri().toString());
        settings.putAll(surroundings.settings());
        settings.putAll(SMALL);
        settings.put("jobmanager.rpc.address", "127.0.0.1");
        settings.put("jobmanager.rpc.port", ports.get(0));
        for (String name : List.of(
                "jobmanager.bind-host",
                "rest.address",
                "rest.bind-address",
                "taskmanager.host",
                "taskmanager.bind-host")) {
            settings.put(name, "127.0.0.1");
        }
        settings.put("rest.port", restPort);
        settings.put("rest.bind-port", Integer.toString(restPort));
        settings.put("io.tmp.dirs", temporary.toString());
        settings.put("user.artifacts.base-dir", directory.resolve("artifacts").toString());
        // By default a port of the images', which another process of this machine may have.
        List<Integer> metrics = freePorts(MOST_PROCESSES);
        settings.put(
                "metrics.reporter.prom.port",
                metrics.stream().map(String::valueOf).collect(Collectors.joining(",")));
        Files.writeString(
                Files.createDirectories(directory.resolve("conf")).resolve("config.yaml"), new Yaml().dump(settings));
        StandaloneCluster cluster =
                new StandaloneCluster(directory, restPort, metrics, surroundings, flags, entryPoint, arguments);
        cluster.startJobManager();
        return cluster;
    }

    /** Ports of loopback that nobody has. */
    static List<Integer> freePorts(int count) throws IOException {
        List<Integer> ports = new ArrayList<>();
        List<ServerSocket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                sockets.add(socket);
                ports.add(socket.getLocalPort());
            }
        } finally {
            for (ServerSocket socket : sockets) {
                socket.close();
            }
        }
        return ports;
    }

    /** Starts a JobManager; there is to be one at a time. */
    Process startJobManager() throws IOException {
        jobManager = launch("jobmanager", 600, entryPoint, arguments);
        return jobManager;
    }

    /** The one that was started last. */
    Process jobManager() {
        return jobManager;
    }

    /** Returns when every task of the only job of a name runs. */
    void awaitRunning(String job) {
        FlinkRest rest = rest();
        await(job + " runs; the cluster's logs are in " + directory)
                .atMost(PATIENCE)
                .until(() -> rest.isRunning(job));
    }

    /** Starts a worker with {@value #SLOTS} slots; it registers when it is up. */
    Process startWorker() throws IOException {
        return launch("worker", 512, TaskManagerRunner.class, List.of());
    }

    /** What Flink's own command reads. */
    Path configuration() {
        return directory.resolve("conf");
    }

    /** Everything that the processes have said and logged. */
    String logs() throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.filter(each -> each.toString().matches(".*\\.(out|log)"))
                    .toList()) {
                all.append(Files.readString(file));
            }
        }
        return all.toString();
    }

    /** What Prometheus would be told by the processes that are up. */
    String metrics() {
        StringBuilder told = new StringBuilder();
        for (int port : metricsPorts) {
            try (InputStream in =
                    URI.create("http://127.0.0.1:" + port + "/metrics").toURL().openStream()) {
                told.append(new String(in.readAllBytes(), UTF_8));
            } catch (ConnectException e) {
                // There are more ports than processes.
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return told.toString();
    }

    private Process launch(String kind, int heapMegabytes, Class<?> main, List<String> arguments) throws IOException {
        String name = kind + "-" + processes.size();
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heapMegabytes + "m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Duser.timezone=UTC",
                "-Djava.io.tmpdir=" + directory.resolve("tmp"),
                "-Dtanggap.log=" + directory.resolve(name + ".log"),
                "-Dlog4j.configurationFile=" + IMAGE.resolve("log4j-console.properties")));
        command.addAll(flags);
        command.addAll(List.of(
                "-cp",
                surroundings.classPath(),
                BoundToParent.class.getName(),
                main.getName(),
                "--configDir",
                directory.resolve("conf").toString()));
        command.addAll(arguments);
        File output = directory.resolve(name + ".out").toFile();
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output);
        builder.environment().putAll(surroundings.environment());
        Process process = builder.start();
        processes.add(process);
        return process;
    }

    /** Returns when the cluster can take a job of one worker. */
    void awaitSlots() {
        awaitSlots(SLOTS);
    }

    /** Returns when so many slots wait for work. */
    void awaitSlots(int slots) {
        FlinkRest rest = rest();
        await("the cluster's free slots; its logs are in " + directory)
                .atMost(PATIENCE)
                .until(() -> rest.freeSlots() >= slots);
    }

    /** Of the REST server. */
    String address() {
        return "127.0.0.1:" + restPort;
    }

    FlinkRest rest() {
        return new FlinkRest(URI.create("http://127.0.0.1:" + restPort));
    }

    /** An environment whose jobs run on this cluster, as on any other of Tanggap's. */
    StreamExecutionEnvironment environment(String backend, Duration checkpointInterval) {
        Configuration configuration =
                FlinkSession.configuration(backend, directory.resolve("checkpoints"), checkpointInterval);
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.createRemoteEnvironment("127.0.0.1", restPort, configuration);
        environment.setParallelism(SLOTS);
        return environment;
    }

    /** Ends a process as the kernel does when memory runs out, and returns when it is gone. */
    static void kill(Process process) {
        process.destroyForcibly();
        await("the end of process " + process.pid()).atMost(PATIENCE).until(() -> !process.isAlive());
    }

    @Override
    public void close() {
        for (Process process : processes) {
            kill(process);
        }
    }
}
