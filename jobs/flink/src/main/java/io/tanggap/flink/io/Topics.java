package io.tanggap.flink.io;

import io.tanggap.core.complaint.CaseEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;

/** The topics of Tanggap and what they must be like. All three are logs: nothing in them expires or is compacted away. */
public final class Topics {
    /** Events of cases, keyed by case, and heartbeats in every partition. */
    public static final String CASE_EVENTS = "case-events";
    /** Records that could not be used, keyed by {@code DeadLetter.id()}. They may hold personal data. */
    public static final String DEAD_LETTERS = "dead-letters";
    /** Packs of the reference in slices, in one partition so that they have one order. */
    public static final String REFERENCE = "reference";

    /** The largest record of case-events and reference. */
    static final int RECORD_BYTES = 1 << 20;

    /** The largest dead letter. Chosen: one row of a file can be as long as a quote that nobody closed. */
    static final int DEAD_LETTER_BYTES = 16 << 20;

    /**
     * The Kafka timestamp of heartbeats, and of records that cannot be read. They are no occurrence, so they must not be
     * found as the greatest timestamp; events have at least {@link #EARLIEST_EVENT}.
     */
    static final long HEARTBEAT_TIMESTAMP = 0;

    /** The Kafka timestamp of events that occurred before 1970, which Kafka cannot express. */
    static final long EARLIEST_EVENT = 1;

    private static final Map<String, String> LOG = Map.of(
            TopicConfig.RETENTION_MS_CONFIG,
            "-1",
            TopicConfig.RETENTION_BYTES_CONFIG,
            "-1",
            TopicConfig.CLEANUP_POLICY_CONFIG,
            TopicConfig.CLEANUP_POLICY_DELETE,
            TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG,
            "CreateTime",
            // Events of the past and simulated futures keep the time when they occurred.
            TopicConfig.MESSAGE_TIMESTAMP_BEFORE_MAX_MS_CONFIG,
            Long.toString(Long.MAX_VALUE),
            TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG,
            Long.toString(Long.MAX_VALUE));

    private Topics() {}

    /** The Kafka timestamp of an event: when it occurred. */
    static long timestamp(CaseEvent event) {
        return Math.max(EARLIEST_EVENT, event.occurredAt().toEpochMilli());
    }

    /** The Kafka timestamp of a slice of the reference: from when its pack was known. */
    static long timestamp(Instant knownFrom) {
        return Math.max(0, knownFrom.toEpochMilli());
    }

    /**
     * Creates the topics that are missing and sets the required configuration of those that exist. The number of
     * partitions of an existing topic stays.
     *
     * @param partitions of case-events, for good: the keys of a case must not move; dead-letters and reference have one
     * @throws KafkaException if the broker does not answer, or reference exists with more than one partition
     */
    public static void create(String bootstrap, int partitions) {
        Map<String, Map<String, String>> configs = Map.of(
                CASE_EVENTS, withLargest(RECORD_BYTES),
                REFERENCE, withLargest(RECORD_BYTES),
                DEAD_LETTERS, withLargest(DEAD_LETTER_BYTES));
        try (Admin admin = admin(bootstrap)) {
            List<NewTopic> topics = new ArrayList<>();
            configs.forEach((name, config) -> topics.add(
                    new NewTopic(name, Optional.of(name.equals(CASE_EVENTS) ? partitions : 1), Optional.empty())
                            .configs(config)));
            Map<ConfigResource, Collection<AlterConfigOp>> alterations = new HashMap<>();
            for (Map.Entry<String, KafkaFuture<Void>> creation :
                    admin.createTopics(topics).values().entrySet()) {
                if (existed(creation.getValue())) {
                    List<AlterConfigOp> settings = new ArrayList<>();
                    configs.getOrDefault(creation.getKey(), LOG)
                            .forEach((key, value) -> settings.add(
                                    new AlterConfigOp(new ConfigEntry(key, value), AlterConfigOp.OpType.SET)));
                    alterations.put(new ConfigResource(ConfigResource.Type.TOPIC, creation.getKey()), settings);
                }
            }
            await(admin.incrementalAlterConfigs(alterations).all());
        } catch (ExecutionException e) {
            throw KafkaException.of("cannot create the topics", bootstrap, e.getCause());
        }
        int packs = partitions(bootstrap, REFERENCE);
        if (packs != 1) {
            throw new KafkaException("topic " + REFERENCE + " on " + bootstrap + " has " + packs
                    + " partitions, but packs need one order: delete the topic, and publish the packs again");
        }
    }

    private static Map<String, String> withLargest(int bytes) {
        Map<String, String> config = new HashMap<>(LOG);
        // Room for the key and the frame of a batch.
        config.put(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(bytes + (64 << 10)));
        return config;
    }

    private static boolean existed(KafkaFuture<Void> creation) throws ExecutionException {
        try {
            await(creation);
            return false;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TopicExistsException) {
                return true;
            }
            throw e;
        }
    }

    /**
     * The number of partitions of a topic.
     *
     * @throws KafkaException if there is no such topic, or the broker does not answer
     */
    public static int partitions(String bootstrap, String topic) {
        try (Admin admin = admin(bootstrap)) {
            return partitions(admin, topic).size();
        } catch (ExecutionException e) {
            throw KafkaException.of("cannot describe topic " + topic, bootstrap, e.getCause());
        }
    }

    /**
     * When the latest event of case-events occurred, at millisecond precision; empty if there is none. Heartbeats do not
     * count. An event before 1970 counts as the first millisecond of 1970.
     *
     * @throws KafkaException if there is no such topic, or the broker does not answer
     */
    public static Optional<Instant> latestOccurrence(String bootstrap) {
        try (Admin admin = admin(bootstrap)) {
            Map<TopicPartition, OffsetSpec> partitions = new HashMap<>();
            for (TopicPartition partition : partitions(admin, CASE_EVENTS)) {
                partitions.put(partition, OffsetSpec.maxTimestamp());
            }
            return await(admin.listOffsets(partitions).all()).values().stream()
                    .map(ListOffsetsResultInfo::timestamp)
                    .filter(timestamp -> timestamp >= EARLIEST_EVENT)
                    .max(Long::compare)
                    .map(Instant::ofEpochMilli);
        } catch (ExecutionException e) {
            throw KafkaException.of("cannot find the latest event of topic " + CASE_EVENTS, bootstrap, e.getCause());
        }
    }

    /**
     * What names a Kafka for good, whatever its address; letters, digits, {@code -} and {@code _}.
     *
     * @throws KafkaException if the broker does not answer
     */
    public static String clusterId(String bootstrap) {
        try (Admin admin = admin(bootstrap)) {
            return await(admin.describeCluster().clusterId());
        } catch (ExecutionException e) {
            throw KafkaException.of("cannot find out which Kafka this is", bootstrap, e.getCause());
        }
    }

    private static List<TopicPartition> partitions(Admin admin, String topic) throws ExecutionException {
        return await(admin.describeTopics(List.of(topic)).allTopicNames()).values().stream()
                .flatMap(description -> description.partitions().stream())
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
    }

    private static Admin admin(String bootstrap) {
        Properties properties = new Properties();
        properties.put("bootstrap.servers", bootstrap);
        properties.put("request.timeout.ms", "5000");
        properties.put("default.api.timeout.ms", "10000");
        return Admin.create(properties);
    }

    private static <T> T await(KafkaFuture<T> future) throws ExecutionException {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ExecutionException(e);
        }
    }
}
