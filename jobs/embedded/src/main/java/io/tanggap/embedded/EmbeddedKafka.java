package io.tanggap.embedded;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import kafka.server.BrokerServer;
import kafka.server.ControllerServer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.server.Server$;
import kafka.server.SharedServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.raft.QuorumConfig;
import org.apache.kafka.server.common.Feature;
import org.apache.kafka.server.common.MetadataVersion;
import org.apache.kafka.server.fault.FaultHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One Kafka broker that is its own controller, in this process, on 127.0.0.1. Topics, offsets and the cluster's identity
 * stay in the data directory and are there again after a restart over the same directory.
 *
 * <p>Nothing is deleted by age, and any record timestamp is taken: replayed history is older, and a simulated month may be
 * younger, than a broker with the usual settings tolerates. Topics come into being by {@link #createTopic} alone.
 *
 * <p>Close the broker before deleting its directory: Kafka halts the whole JVM when its log directory vanishes.
 */
public final class EmbeddedKafka implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedKafka.class);
    private static final String CLIENTS = "PLAINTEXT";
    private static final String CONTROLLER = "CONTROLLER";
    private static final int NODE_ID = 1;
    /** Chosen: a transaction must outlive the longest outage of a job that is to finish it. */
    private static final long TRANSACTION_MAX_TIMEOUT_MS = TimeUnit.HOURS.toMillis(24);

    private static final long TOPIC_READY_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final Path dataDirectory;
    private final Map<String, String> otherwise;
    private volatile Server server;

    private EmbeddedKafka(Path dataDirectory, Map<String, String> otherwise, Server server) {
        this.dataDirectory = dataDirectory;
        this.otherwise = otherwise;
        this.server = server;
    }

    /** From one start to the next end. */
    private record Server(
            BoundPort clients, BoundPort controllerPort, BrokerServer broker, ControllerServer controller) {
        void stop() {
            broker.shutdown();
            controller.shutdown();
            broker.awaitShutdown();
            controller.awaitShutdown();
            clients.close();
            controllerPort.close();
        }
    }

    /**
     * Starts the broker and returns when it serves clients.
     *
     * @param dataDirectory made when absent; must not be in use by another broker
     * @param port the port for clients, or 0 for any free one
     * @throws IOException when the port is taken, the directory cannot be used, or the broker does not start
     */
    public static EmbeddedKafka start(Path dataDirectory, int port) throws IOException {
        return start(dataDirectory, port, Map.of());
    }

    /**
     * The same, with settings by Kafka's names in place of those that it would have: for a broker that asks its clients who they are.
     */
    public static EmbeddedKafka start(Path dataDirectory, int port, Map<String, String> otherwise) throws IOException {
        return new EmbeddedKafka(dataDirectory, otherwise, serve(dataDirectory, port, otherwise));
    }

    private static Server serve(Path dataDirectory, int port, Map<String, String> otherwise) throws IOException {
        Files.createDirectories(dataDirectory);
        BoundPort clients = BoundPort.bind(port);
        try {
            BoundPort controllerPort = BoundPort.bind(0);
            try {
                return serve(dataDirectory, clients, controllerPort, otherwise);
            } catch (IOException | RuntimeException e) {
                controllerPort.close();
                throw e;
            }
        } catch (IOException | RuntimeException e) {
            clients.close();
            throw e;
        }
    }

    private static Server serve(
            Path dataDirectory, BoundPort clients, BoundPort controllerPort, Map<String, String> otherwise)
            throws IOException {
        Properties settings = settings(dataDirectory, clients.number(), controllerPort.number());
        settings.putAll(otherwise);
        KafkaConfig config = KafkaConfig.fromProps(settings, false);
        format(dataDirectory);
        var directories = KafkaRaftServer.initializeLogDirs(config, LOG, "");
        String clusterId = directories._1().clusterId().orElseThrow();
        SharedServer shared = new SharedServer(
                config,
                directories._1(),
                Time.SYSTEM,
                Server$.MODULE$.initializeMetrics(config, Time.SYSTEM, clusterId),
                CompletableFuture.completedFuture(
                        QuorumConfig.parseVoterConnections(config.quorumConfig().voters())),
                List.of(),
                (name, fatal, action) -> recordFault(name, action),
                // The sockets are bound already, so that no other program can take the ports in between.
                (listener, address, backlog, receiveBuffer) ->
                        listener.equals(CONTROLLER) ? controllerPort.channel() : clients.channel());
        ControllerServer controller = new ControllerServer(shared, KafkaRaftServer.configSchema(), directories._2());
        BrokerServer broker = new BrokerServer(shared);
        Server server = new Server(clients, controllerPort, broker, controller);
        try {
            controller.startup();
            broker.startup();
        } catch (RuntimeException e) {
            server.stop();
            throw new IOException("Kafka did not start over " + dataDirectory + ": " + e.getMessage(), e);
        }
        return server;
    }

    /** Kafka's own handler ends the JVM on a fatal fault; a server inside a program must not end the program. */
    private static FaultHandler recordFault(String name, Runnable action) {
        return (message, cause) -> {
            LOG.error("fault in the embedded Kafka's {}: {}", name, message, cause);
            action.run();
            return new IllegalStateException(name + ": " + message, cause);
        };
    }

    private static Properties settings(Path dataDirectory, int port, int controllerPort) {
        Properties settings = new Properties();
        settings.putAll(Map.ofEntries(
                Map.entry("process.roles", "broker,controller"),
                Map.entry("node.id", Integer.toString(NODE_ID)),
                Map.entry("controller.quorum.voters", NODE_ID + "@127.0.0.1:" + controllerPort),
                Map.entry(
                        "listeners",
                        CLIENTS + "://127.0.0.1:" + port + "," + CONTROLLER + "://127.0.0.1:" + controllerPort),
                Map.entry("advertised.listeners", CLIENTS + "://127.0.0.1:" + port),
                Map.entry("listener.security.protocol.map", CLIENTS + ":PLAINTEXT," + CONTROLLER + ":PLAINTEXT"),
                Map.entry("controller.listener.names", CONTROLLER),
                Map.entry("inter.broker.listener.name", CLIENTS),
                Map.entry("log.dirs", dataDirectory.toString()),
                Map.entry("auto.create.topics.enable", "false"),
                Map.entry("offsets.topic.replication.factor", "1"),
                Map.entry("offsets.topic.num.partitions", "1"),
                Map.entry("transaction.state.log.replication.factor", "1"),
                Map.entry("transaction.state.log.min.isr", "1"),
                Map.entry("transaction.state.log.num.partitions", "2"),
                Map.entry("transaction.max.timeout.ms", Long.toString(TRANSACTION_MAX_TIMEOUT_MS)),
                Map.entry("share.coordinator.state.topic.replication.factor", "1"),
                Map.entry("share.coordinator.state.topic.min.isr", "1"),
                Map.entry("group.initial.rebalance.delay.ms", "0"),
                Map.entry("log.retention.ms", "-1"),
                Map.entry("log.message.timestamp.before.max.ms", Long.toString(Long.MAX_VALUE)),
                Map.entry("log.message.timestamp.after.max.ms", Long.toString(Long.MAX_VALUE)),
                // Preallocates nothing, and keeps the number of files of a long replay low.
                Map.entry("log.segment.bytes", Integer.toString(256 << 20))));
        return settings;
    }

    private static void format(Path dataDirectory) throws IOException {
        if (Files.exists(dataDirectory.resolve("meta.properties"))) {
            return;
        }
        try {
            new Formatter()
                    .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                    .setNodeId(NODE_ID)
                    .setClusterId(Uuid.randomUuid().toString())
                    .addDirectory(dataDirectory.toString())
                    .setMetadataLogDirectory(dataDirectory.toString())
                    .setControllerListenerName(CONTROLLER)
                    .setSupportedFeatures(Feature.PRODUCTION_FEATURES)
                    .setReleaseVersion(MetadataVersion.latestProduction())
                    .run();
        } catch (Exception e) {
            throw new IOException(
                    "cannot prepare " + dataDirectory + " for Kafka: " + e.getMessage()
                            + "; give it a directory of its own",
                    e);
        }
    }

    /** Host and port, as clients take them in {@code bootstrap.servers}. */
    public String bootstrapServers() {
        return "127.0.0.1:" + server.clients().number();
    }

    /** The identity that the data directory was given at its first start. */
    public String clusterId() {
        return server.broker().clusterId();
    }

    /**
     * Makes sure that the topic exists and can be written to. A topic that exists with as many partitions is left as it is,
     * its configuration included.
     *
     * @param config topic settings by Kafka's names; may be empty
     * @throws IOException when the topic exists with another number of partitions, or Kafka refuses it
     */
    public void createTopic(String name, int partitions, Map<String, String> config) throws IOException {
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers()))) {
            try {
                admin.createTopics(
                                List.of(new NewTopic(name, Optional.of(partitions), Optional.empty()).configs(config)))
                        .all()
                        .get();
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw new IOException("Kafka refused the topic " + name + ": " + e.getMessage(), e);
                }
            }
            TopicDescription topic = awaitTopic(admin, name);
            awaitLeaders(admin, topic);
            int existing = topic.partitions().size();
            if (existing != partitions) {
                throw new IOException("the topic " + name + " has " + existing + " partitions, not " + partitions
                        + ": use another data directory, or ask for " + existing);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while creating the topic " + name);
        }
    }

    /** The controller answers before the broker has heard of the topic. */
    private static TopicDescription awaitTopic(Admin admin, String name) throws IOException, InterruptedException {
        long start = System.nanoTime();
        while (true) {
            try {
                TopicDescription topic = admin.describeTopics(List.of(name))
                        .allTopicNames()
                        .get()
                        .get(name);
                if (topic != null && topic.partitions().stream().allMatch(partition -> partition.leader() != null)) {
                    return topic;
                }
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw new IOException("cannot describe the topic " + name, e);
                }
            }
            if (System.nanoTime() - start > TOPIC_READY_NANOS) {
                throw new IOException("the topic " + name + " has no leader after 30 s");
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    /** A leader is named before it leads; what a writer loses who does not wait is told by KAFKA-15591. */
    private static void awaitLeaders(Admin admin, TopicDescription topic) throws IOException, InterruptedException {
        Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
        topic.partitions()
                .forEach(partition ->
                        ends.put(new TopicPartition(topic.name(), partition.partition()), OffsetSpec.latest()));
        try {
            admin.listOffsets(ends).all().get();
        } catch (ExecutionException e) {
            throw new IOException("the topic " + topic.name() + " takes no records: " + e.getMessage(), e);
        }
    }

    /**
     * Starts the broker again on the same port and data, after ending it in order if it still runs.
     *
     * @throws IOException as {@link #start}, and when the port was taken meanwhile
     */
    public void restart() throws IOException {
        close();
        server = serve(dataDirectory, server.clients().number(), otherwise);
    }

    /** Ends the broker in order; data stays. Closing twice does nothing. */
    @Override
    public void close() {
        server.stop();
    }
}
