package io.tanggap.flink.io;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.DescribeClusterResult;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;

/**
 * What a Kafka says about itself and about the topics of Tanggap, for whoever looks after it; it changes nothing. Every method throws
 * {@link KafkaException} if the broker does not answer. For one thread.
 */
public final class Brokers implements AutoCloseable {
    private static final String TRANSACTION_TIMEOUT = "transaction.max.timeout.ms";

    private final String bootstrap;
    private final Admin admin;

    /**
     * The cluster.
     *
     * @param id names it for good, see {@link Topics#clusterId}
     * @param brokers how many of them there are now
     */
    public record Cluster(String id, int brokers) {}

    /**
     * A topic that is there.
     *
     * @param underReplicated how many of the partitions have fewer copies in step than they should
     * @param leaderless how many of them nobody serves
     * @param copies how many each partition should have; of several, the fewest
     */
    public record Topic(int partitions, int underReplicated, int leaderless, int copies) {}

    /** A setting of a topic that is not as {@link Topics#create} makes it. */
    public record Setting(String topic, String name, String found, String wanted) {}

    /**
     * How far a consumer group is behind.
     *
     * @param records that it has not read, marks of transactions too; without a word from it, all that there are
     * @param told whether it has told about any partition how far it has read
     */
    public record Lag(long records, boolean told) {}

    private Brokers(String bootstrap, Admin admin) {
        this.bootstrap = bootstrap;
        this.admin = admin;
    }

    /** Those of a Kafka. */
    public static Brokers at(String bootstrap) {
        try {
            return new Brokers(bootstrap, Topics.admin(bootstrap));
        } catch (org.apache.kafka.common.KafkaException e) {
            // What it is made with cannot be used; the cause says what of it.
            throw KafkaException.of("cannot be asked", bootstrap, e.getCause() == null ? e : e.getCause());
        }
    }

    /** The cluster itself. */
    public Cluster cluster() {
        DescribeClusterResult cluster = admin.describeCluster();
        String attempt = "cannot find out which Kafka this is";
        return new Cluster(
                ask(attempt, cluster.clusterId()), ask(attempt, cluster.nodes()).size());
    }

    /** How long every broker lets a transaction stay open; empty where this user may not know. */
    public Optional<Duration> longestTransaction() {
        try {
            List<ConfigResource> brokers = Topics.await(admin.describeCluster().nodes()).stream()
                    .map(node -> new ConfigResource(ConfigResource.Type.BROKER, node.idString()))
                    .toList();
            return Topics.await(admin.describeConfigs(brokers).all()).values().stream()
                    .map(settings -> settings.get(TRANSACTION_TIMEOUT))
                    .map(setting -> Duration.ofMillis(Long.parseLong(setting.value())))
                    .min(Comparator.naturalOrder());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AuthorizationException) {
                return Optional.empty();
            }
            throw KafkaException.of("cannot describe the brokers", bootstrap, e.getCause());
        }
    }

    /** The topics of {@link Topics#all} that are there, by name. */
    public Map<String, Topic> topics() {
        String attempt = "cannot describe the topics";
        List<String> there = ask(attempt, admin.listTopics().names()).stream()
                .filter(Topics.all()::contains)
                .toList();
        Map<String, Topic> topics = new TreeMap<>();
        ask(attempt, admin.describeTopics(there).allTopicNames())
                .forEach((name, description) -> topics.put(name, topic(description)));
        return topics;
    }

    private static Topic topic(TopicDescription description) {
        List<TopicPartitionInfo> partitions = description.partitions();
        return new Topic(
                partitions.size(),
                (int) partitions.stream()
                        .filter(partition ->
                                partition.isr().size() < partition.replicas().size())
                        .count(),
                (int) partitions.stream()
                        .filter(partition -> partition.leader() == null)
                        .count(),
                partitions.stream()
                        .mapToInt(partition -> partition.replicas().size())
                        .min()
                        .orElse(0));
    }

    /** The settings of topics that {@link Topics#create} would set, in the order of their topics. */
    public List<Setting> differences(Collection<String> topics) {
        return differences(ask("cannot read the settings of the topics", settings(admin, topics)));
    }

    static KafkaFuture<Map<ConfigResource, Config>> settings(Admin admin, Collection<String> topics) {
        return admin.describeConfigs(topics.stream()
                        .map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic))
                        .toList())
                .all();
    }

    static List<Setting> differences(Map<ConfigResource, Config> found) {
        List<Setting> differences = new ArrayList<>();
        found.forEach((topic, config) -> Topics.held(topic.name()).forEach((name, wanted) -> {
            ConfigEntry entry = config.get(name);
            if (entry != null && !wanted.equals(entry.value())) {
                differences.add(new Setting(topic.name(), name, String.valueOf(entry.value()), wanted));
            }
        }));
        differences.sort(Comparator.comparing(Setting::topic).thenComparing(Setting::name));
        return differences;
    }

    /** How far a group is behind in topics that are there; a job tells it with every checkpoint. */
    public Lag lag(String group, Collection<String> topics) {
        Map<TopicPartition, Long> committed = Topics.committed(admin, bootstrap, group);
        Map<TopicPartition, Long> begins = offsets(topics, OffsetSpec.earliest());
        long behind = 0;
        boolean told = false;
        for (Map.Entry<TopicPartition, Long> end :
                offsets(topics, OffsetSpec.latest()).entrySet()) {
            told |= committed.containsKey(end.getKey());
            // A reader of a partition that holds nothing has nothing to tell.
            long read = committed.getOrDefault(end.getKey(), begins.getOrDefault(end.getKey(), 0L));
            behind += Math.max(0, end.getValue() - read);
        }
        return new Lag(behind, told);
    }

    /** How many records topics got since a time, by the timestamps of their records: those of the broker, if it gives them. */
    public long countSince(Collection<String> topics, Instant time) {
        Map<TopicPartition, Long> ends = offsets(topics, OffsetSpec.latest());
        return offsets(topics, OffsetSpec.forTimestamp(time.toEpochMilli())).entrySet().stream()
                // Where nothing is as late, Kafka knows no offset.
                .filter(first -> first.getValue() >= 0)
                .mapToLong(first -> ends.getOrDefault(first.getKey(), first.getValue()) - first.getValue())
                .sum();
    }

    /** The greatest timestamp in topics; empty where they hold nothing. */
    public Optional<Instant> latestTimestamp(Collection<String> topics) {
        return list(topics, OffsetSpec.maxTimestamp()).values().stream()
                .map(ListOffsetsResultInfo::timestamp)
                .filter(timestamp -> timestamp >= 0)
                .max(Comparator.naturalOrder())
                .map(Instant::ofEpochMilli);
    }

    private Map<TopicPartition, Long> offsets(Collection<String> topics, OffsetSpec spec) {
        return list(topics, spec).entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, offset -> offset.getValue().offset()));
    }

    private Map<TopicPartition, ListOffsetsResultInfo> list(Collection<String> topics, OffsetSpec spec) {
        String attempt = "cannot find out what " + String.join(", ", topics) + " hold";
        Map<TopicPartition, OffsetSpec> partitions = new HashMap<>();
        ask(attempt, admin.describeTopics(topics).allTopicNames()).forEach((name, description) -> description
                .partitions()
                .forEach(partition -> partitions.put(new TopicPartition(name, partition.partition()), spec)));
        return ask(
                attempt,
                admin.listOffsets(partitions, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                        .all());
    }

    private <T> T ask(String attempt, KafkaFuture<T> future) {
        try {
            return Topics.await(future);
        } catch (ExecutionException e) {
            throw KafkaException.of(attempt, bootstrap, e.getCause());
        }
    }

    @Override
    public void close() {
        admin.close();
    }
}
