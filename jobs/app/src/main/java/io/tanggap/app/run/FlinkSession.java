package io.tanggap.app.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.configuration.NettyShuffleEnvironmentOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.state.rocksdb.RocksDBConfigurableOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;

/** A Flink session, in this process with its web pages on loopback, or on a cluster; it outlives the jobs that run on it. */
public final class FlinkSession implements AutoCloseable {
    private static final String LOOPBACK = "127.0.0.1";

    private static final Duration LONGEST_OUTAGE = Duration.ofDays(1);

    /** Three edges of the job go from every instance to every other; half as much again is left for Flink to balance. */
    private static final long NETWORK_BUFFERS_PER_PAIR = 5;

    /** Two mebibytes. */
    private static final int SORT_BUFFERS = 64;

    private final @Nullable MiniCluster cluster;
    private final @Nullable URI address;
    private final @Nullable Path work;
    private final @Nullable Path jar;

    private FlinkSession(
            @Nullable MiniCluster cluster, @Nullable URI address, @Nullable Path work, @Nullable Path jar) {
        this.cluster = cluster;
        this.address = address;
        this.work = work;
        this.jar = jar;
    }

    /**
     * Starts a session.
     *
     * @param port of the web pages; 0 takes a free one
     * @param slots how many parallel instances of a job can run
     * @param directory in which Flink keeps its working files while it runs: state on disk, spilled records
     */
    public static FlinkSession start(int port, int slots, Path directory) throws Exception {
        Path work = Files.createTempDirectory(directory, "flink-");
        Configuration configuration = new Configuration();
        configuration.set(CoreOptions.TMP_DIRS, work.toString());
        configuration.set(WebOptions.TMP_DIR, work.toString());
        configuration.set(RestOptions.ADDRESS, LOOPBACK);
        configuration.set(RestOptions.BIND_ADDRESS, LOOPBACK);
        configuration.set(RestOptions.PORT, port);
        configuration.set(RestOptions.BIND_PORT, Integer.toString(port));
        configuration.set(WebOptions.SUBMIT_ENABLE, false);
        configuration.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(256L * slots));
        MemorySize network =
                MemorySize.ofMebiBytes(Math.max(128, (NETWORK_BUFFERS_PER_PAIR * slots + 40L) * slots / 32));
        configuration.set(TaskManagerOptions.NETWORK_MEMORY_MIN, network);
        configuration.set(TaskManagerOptions.NETWORK_MEMORY_MAX, network);
        // By default 16 MiB for each output of each instance of a job in batch mode, which has dozens.
        configuration.set(NettyShuffleEnvironmentOptions.NETWORK_SORT_SHUFFLE_MIN_BUFFERS, SORT_BUFFERS);
        // The server of the job's files listens where this says; without it, on every address of the machine.
        configuration.set(JobManagerOptions.BIND_HOST, LOOPBACK);
        configuration.set(TaskManagerOptions.HOST, LOOPBACK);
        configuration.set(TaskManagerOptions.BIND_HOST, LOOPBACK);
        configuration.setString(MetricOptions.REPORTERS_LIST.key(), CounterReporter.NAME);
        configuration.setString(
                "metrics.reporter." + CounterReporter.NAME + ".factory.class", CounterReporter.Factory.class.getName());
        MiniCluster cluster = new MiniCluster(new MiniClusterConfiguration.Builder()
                .setConfiguration(configuration)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(slots)
                .build());
        cluster.start();
        return new FlinkSession(cluster, cluster.getRestAddress().get(), work, null);
    }

    /**
     * The session of a cluster that runs elsewhere, and goes on when this ends.
     *
     * @param address of its REST server, as HOST:PORT
     * @param jar of the jobs, which is sent there; null where its processes have Tanggap on their class path
     * @throws IllegalArgumentException if that is no address
     */
    public static FlinkSession at(String address, @Nullable Path jar) {
        URI uri = URI.create("http://" + address);
        if (uri.getHost() == null || uri.getPort() < 0) {
            throw new IllegalArgumentException(address + " is no HOST:PORT");
        }
        return new FlinkSession(null, uri, null, jar);
    }

    /** The cluster that has called this program: by {@code flink run}, or in application mode. It gives jobs the state that they begin with. */
    public static FlinkSession given() {
        return new FlinkSession(null, null, null, null);
    }

    /** Whether jobs run in other processes, and go on when this ends. */
    public boolean isElsewhere() {
        return cluster == null;
    }

    /** Whether it is Flink that says which state a job begins with. */
    public boolean givesState() {
        return address == null;
    }

    /** Lets a job of an environment fail for good after so many attempts; without it, it is restarted for ever. */
    static void limitAttempts(StreamExecutionEnvironment environment, int attempts) {
        Configuration limited = new Configuration();
        limited.set(RestartStrategyOptions.RESTART_STRATEGY, "exponential-delay");
        limited.set(RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_ATTEMPTS, attempts);
        environment.configure(limited);
    }

    /**
     * The address of the web pages.
     *
     * @throws IllegalStateException of a {@link #given} one, which does not tell it
     */
    public URI address() {
        if (address == null) {
            throw new IllegalStateException("Flink does not tell its address to what it calls");
        }
        return address;
    }

    /**
     * An environment whose jobs run on this session.
     *
     * @param parallelism 0: that of the cluster's configuration
     * @param backend {@code hashmap} or {@code rocksdb}; in this process alone, for a cluster has its own
     * @param checkpoints where checkpoints are written; in this process alone, for a cluster has its own
     */
    public StreamExecutionEnvironment environment(
            int parallelism, String backend, Path checkpoints, Duration interval) {
        Configuration configuration =
                isElsewhere() ? configuration(interval) : configuration(backend, checkpoints, interval);
        StreamExecutionEnvironment environment;
        if (address == null) {
            environment = StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        } else {
            String[] jars = jar == null ? new String[0] : new String[] {jar.toString()};
            environment = StreamExecutionEnvironment.createRemoteEnvironment(
                    address.getHost(), address.getPort(), configuration, jars);
        }
        if (parallelism > 0) {
            environment.setParallelism(parallelism);
        }
        return environment;
    }

    /** What every job of Tanggap runs with in this process. */
    public static Configuration configuration(String backend, Path checkpoints, Duration interval) {
        Configuration configuration = configuration(interval);
        configuration.set(StateBackendOptions.STATE_BACKEND, backend);
        // A checkpoint a second leaves many small files, in each of which a key would be looked for.
        configuration.set(RocksDBConfigurableOptions.USE_BLOOM_FILTER, true);
        // In levels, what those files hold is written again more often than it was written.
        configuration.setString(RocksDBConfigurableOptions.COMPACTION_STYLE.key(), "UNIVERSAL");
        configuration.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
        configuration.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY, checkpoints.toUri().toString());
        return configuration;
    }

    /** What every job of Tanggap runs with anywhere. */
    private static Configuration configuration(Duration interval) {
        Configuration configuration = new Configuration();
        configuration.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
        configuration.set(PipelineOptions.GENERIC_TYPES, false);
        configuration.set(PipelineOptions.OBJECT_REUSE, true);
        configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, interval);
        // Where a checkpoint takes longer than the interval, the job still gets to work in between.
        configuration.set(CheckpointingOptions.MIN_PAUSE_BETWEEN_CHECKPOINTS, interval.dividedBy(2));
        configuration.set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true);
        // Flink reads what is not compressed with a call of the system for each byte: a hundred thousand documents
        // that wait in a checkpoint would take minutes.
        configuration.set(ExecutionOptions.SNAPSHOT_COMPRESSION, true);
        // A replay writes all documents of an instance in one go, which no barrier can interrupt, and an index may be
        // away for hours: a checkpoint that has to wait is no reason to begin again.
        configuration.set(CheckpointingOptions.CHECKPOINTING_TIMEOUT, LONGEST_OUTAGE);
        configuration.set(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER, Integer.MAX_VALUE);
        configuration.set(
                CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
                ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "exponential-delay");
        return configuration;
    }

    /** Lets the job of an environment begin with the state of a checkpoint or savepoint. */
    public static void resume(StreamExecutionEnvironment environment, URI checkpoint) {
        Configuration resumed = new Configuration();
        resumed.set(StateRecoveryOptions.SAVEPOINT_PATH, checkpoint.toString());
        environment.configure(resumed);
    }

    /** The checkpoint that was completed last among those that jobs have left in a directory; empty if it is not there. */
    static Optional<Path> lastCheckpoint(Path checkpoints) throws IOException {
        if (!Files.isDirectory(checkpoints)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.find(checkpoints, 3, (file, attributes) -> file.endsWith("_metadata"))) {
            return files.max(Comparator.comparingLong(file -> file.toFile().lastModified()))
                    .map(Path::getParent);
        }
    }

    @Override
    public void close() {
        if (cluster == null || work == null) {
            return;
        }
        cluster.closeAsync().join();
        try {
            Directories.delete(work);
        } catch (IOException e) {
            throw new UncheckedIOException("Flink's working files in " + work + " cannot be removed; remove them", e);
        }
    }
}
