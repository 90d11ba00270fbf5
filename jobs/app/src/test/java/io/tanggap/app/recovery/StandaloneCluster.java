package io.tanggap.app.recovery;

import static org.awaitility.Awaitility.await;

import io.tanggap.app.run.FlinkSession;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint;
import org.apache.flink.runtime.taskexecutor.TaskManagerRunner;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * A Flink session cluster as it is run on a server: one JobManager and any number of workers, each a process of its own,
 * from the class path of the tests, on loopback. The processes end with this one.
 */
final class StandaloneCluster implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int SLOTS = 2;

    private final Path directory;
    private final int restPort;
    private final List<Process> processes = new ArrayList<>();

    private StandaloneCluster(Path directory, int restPort) {
        this.directory = directory;
        this.restPort = restPort;
    }

    /** Starts the JobManager; it has no workers yet. */
    static StandaloneCluster start(Path directory) throws IOException {
        int rpcPort;
        int restPort;
        try (ServerSocket rpc = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ServerSocket rest = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            rpcPort = rpc.getLocalPort();
            restPort = rest.getLocalPort();
        }
        Files.createDirectories(directory.resolve("tmp"));
        Files.writeString(Files.createDirectories(directory.resolve("conf")).resolve("config.yaml"), """
                jobmanager.rpc.address: 127.0.0.1
                jobmanager.rpc.port: %d
                jobmanager.bind-host: 127.0.0.1
                jobmanager.memory.process.size: 900m
                rest.address: 127.0.0.1
                rest.bind-address: 127.0.0.1
                rest.port: %d
                rest.bind-port: "%d"
                taskmanager.host: 127.0.0.1
                taskmanager.bind-host: 127.0.0.1
                taskmanager.numberOfTaskSlots: %d
                taskmanager.cpu.cores: %d
                taskmanager.memory.framework.heap.size: 128m
                taskmanager.memory.framework.off-heap.size: 64m
                taskmanager.memory.task.heap.size: 384m
                taskmanager.memory.task.off-heap.size: 64m
                taskmanager.memory.managed.size: 128m
                taskmanager.memory.network.min: 64m
                taskmanager.memory.network.max: 64m
                taskmanager.network.sort-shuffle.min-buffers: 64
                taskmanager.memory.jvm-metaspace.size: 192m
                taskmanager.memory.jvm-overhead.min: 128m
                taskmanager.memory.jvm-overhead.max: 128m
                heartbeat.interval: 500
                heartbeat.timeout: 4000
                heartbeat.rpc-failure-threshold: 2
                io.tmp.dirs: %s
                """.formatted(
                        rpcPort, restPort, restPort, SLOTS, SLOTS, directory.resolve("tmp")));
        StandaloneCluster cluster = new StandaloneCluster(directory, restPort);
        cluster.launch("jobmanager", 600, StandaloneSessionClusterEntrypoint.class, "--executionMode", "cluster");
        return cluster;
    }

    /** Starts a worker with {@value #SLOTS} slots; it registers when it is up. */
    Process startWorker() throws IOException {
        return launch("worker-" + processes.size(), 512, TaskManagerRunner.class);
    }

    private Process launch(String name, int heapMegabytes, Class<?> main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heapMegabytes + "m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Duser.timezone=UTC",
                "-Djava.io.tmpdir=" + directory.resolve("tmp"),
                "-Dtanggap.log=" + directory.resolve(name + ".log"),
                "-Dorg.apache.avro.SERIALIZABLE_PACKAGES=io.tanggap.schema",
                "--add-opens=java.base/java.util=ALL-UNNAMED",
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                BoundToParent.class.getName(),
                main.getName(),
                "--configDir",
                directory.resolve("conf").toString()));
        command.addAll(List.of(arguments));
        File output = directory.resolve(name + ".out").toFile();
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output)
                .start();
        processes.add(process);
        return process;
    }

    /** Returns when the cluster can take the job. */
    void awaitSlots() {
        FlinkRest rest = rest();
        await("the cluster's free slots; its logs are in " + directory)
                .atMost(PATIENCE)
                .until(() -> rest.freeSlots() >= SLOTS);
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
