package io.tanggap.flink.io;

import io.tanggap.core.complaint.CaseEvent;
import io.tanggap.intake.channel.Channels;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * The topics of Tanggap and what they must be like. Case-events and reference are logs: nothing in them expires or is compacted
 * away. So is channel-declarations, of which copies are compacted away. The others may hold what is personal, and expire: see the
 * retention of each.
 */
public final class Topics {
    /** Events of cases, keyed by case, and heartbeats in every partition. */
    public static final String CASE_EVENTS = "case-events";
    /**
     * Records that could not be used, keyed by {@code DeadLetter.id()}. They may hold personal data, and expire after
     * {@link #DEAD_LETTERS_KEPT}; a record without a value erases one before.
     */
    public static final String DEAD_LETTERS = "dead-letters";
    /** What is personal in cases, keyed by case; a record without a value erases. Expires after {@link #PERSONAL_KEPT}. */
    public static final String CASE_PERSONAL = "case-personal";
    /** Requests to erase what is personal in a case. Kept, for what is sent again must be erased again. */
    public static final String ERASURES = Channels.ERASURES;
    /** How long records of channels are kept as they were sent. Chosen: long enough to mend an adapter and read them again. */
    public static final Duration CHANNELS_KEPT = Duration.ofDays(14);
    /** How long dead letters are kept. Chosen: long enough to mend what refused them, and to send them back. */
    public static final Duration DEAD_LETTERS_KEPT = Duration.ofDays(30);
    /** How long what is personal in a case is kept apart. Chosen: a case and its reopenings are over by then. */
    public static final Duration PERSONAL_KEPT = Duration.ofDays(365);
    /**
     * What sources say they have of each day of their channels, keyed by all that a declaration says: compaction takes away
     * copies alone, so that coverage can be computed anew as it was known at any time. Kept for good; nothing in it is
     * personal.
     */
    public static final String CHANNEL_DECLARATIONS = "channel-declarations";
    /** Packs of the reference in slices, in one partition so that they have one order. */
    public static final String REFERENCE = "reference";

    /** Alerts of silent feeds, keyed by channel. Expires after {@link #ALERTS_KEPT}. */
    public static final String FEED_ALERTS = "alerts-feeds";
    /** Silences of alerts, keyed by id; the last of an id holds. Kept for good, as a log of who silenced what, and why. */
    public static final String ALERT_SILENCES = "alert-silences";
    /** How long alerts are kept. Chosen: a quarter is over by then, and what stands is in the index. */
    public static final Duration ALERTS_KEPT = Duration.ofDays(90);

    /** The topics that hold alerts of live runs. */
    public static final Pattern LIVE_ALERTS = Pattern.compile("alerts-\\d{8}T\\d{6}Z");

    private static final DateTimeFormatter ALERTS_START =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final String LIVE_ALERTS_PREFIX = "alerts-";
    private static final String REPLAY_ALERTS_PREFIX = "alerts-replay-";

    /** The largest record of case-events and reference. */
    static final int RECORD_BYTES = 1 << 20;

    /** Chosen: ten seconds in all. */
    private static final int KNOWN_TRIES = 100;

    private static final Duration KNOWN_PAUSE = Duration.ofMillis(100);

    private static final String CHANNEL_PREFIX = "complaints.";

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

    private static final Set<String> KEPT =
            Set.of(CASE_EVENTS, REFERENCE, ERASURES, CHANNEL_DECLARATIONS, ALERT_SILENCES);
    private static final Set<String> ERASABLE = Set.of(DEAD_LETTERS, CASE_PERSONAL);

    private Topics() {}

    /** The topic to which a channel sends. */
    public static String ofChannel(String channel) {
        return channel.equals(Channels.ERASURES) ? ERASURES : CHANNEL_PREFIX + channel;
    }

    /** The channel that sends to a topic of {@link #channels}. */
    public static String channelOf(String topic) {
        return topic.startsWith(CHANNEL_PREFIX) ? topic.substring(CHANNEL_PREFIX.length()) : topic;
    }

    /** Every topic that intake reads: one for each channel, and the requests to erase. */
    public static List<String> channels() {
        return Stream.concat(Channels.IDS.stream(), Stream.of(Channels.ERASURES))
                .map(Topics::ofChannel)
                .toList();
    }

    /** The Kafka timestamp of an event: when it occurred. */
    static long timestamp(CaseEvent event) {
        return Math.max(EARLIEST_EVENT, event.occurredAt().toEpochMilli());
    }

    /** The Kafka timestamp of a slice of the reference: from when its pack was known. */
    static long timestamp(Instant knownFrom) {
        return Math.max(0, knownFrom.toEpochMilli());
    }

    /**
     * Makes the topic for the alerts of a run that begins without state. It is of that run alone: what a run finds out anew of
     * the past is no news. Its name tells when the run began.
     *
     * @param partitions as of case-events
     * @throws KafkaException if the broker does not answer
     */
    public static String createAlerts(String bootstrap, boolean live, Instant start, int partitions) {
        String topic = (live ? LIVE_ALERTS_PREFIX : REPLAY_ALERTS_PREFIX) + ALERTS_START.format(start);
        try (Admin admin = admin(bootstrap)) {
            NewTopic created = new NewTopic(topic, Optional.of(partitions), Optional.empty())
                    .configs(withLargest(kept(ALERTS_KEPT), RECORD_BYTES));
            for (KafkaFuture<Void> creation :
                    admin.createTopics(List.of(created)).values().values()) {
                created(creation);
            }
            awaitKnown(admin, Set.of(topic));
            awaitLeaders(admin, List.of(topic));
            return topic;
        } catch (ExecutionException e) {
            throw KafkaException.of("cannot create topic " + topic, bootstrap, e.getCause());
        }
    }

    /**
     * The topic of the live run that began last; empty if there is none.
     *
     * @throws KafkaException if the broker does not answer
     */
    public static Optional<String> latestAlerts(String bootstrap) {
        try (Admin admin = admin(bootstrap)) {
            return await(admin.listTopics().names()).stream()
                    .filter(LIVE_ALERTS.asMatchPredicate())
                    .max(Comparator.naturalOrder());
        } catch (ExecutionException e) {
            throw KafkaException.of("cannot list the topics", bootstrap, e.getCause());
        }
    }

    /** When the run began whose alerts a topic of {@link #LIVE_ALERTS} holds; in whole seconds. */
    public static Instant startOf(String topic) {
        return ALERTS_START.parse(topic.substring(LIVE_ALERTS_PREFIX.length()), Instant::from);
    }

    /** The names of all topics of Tanggap that are there always: alerts of cases have one for each run. */
    public static Set<String> all() {
        return configs().keySet();
    }

    /**
     * Creates the topics that are missing. Of those that exist, logs are made to keep everything, and what can be erased is
     * compacted; nothing else of an existing topic is changed, neither how long it keeps its records, for a shorter time would
     * take some away at once, nor the number of its partitions.
     *
     * @param partitions of case-events and case-personal, for good: the keys of a case must not move; the others have one
     * @throws KafkaException if the broker does not answer, or reference exists with more than one partition
     */
    public static void create(String bootstrap, int partitions) {
        Map<String, Map<String, String>> configs = configs();
        try (Admin admin = admin(bootstrap)) {
            // Only what is missing or differs is asked for: after an installer, nobody else needs the right to make it.
            Set<String> there = await(admin.listTopics().names());
            List<NewTopic> missing = new ArrayList<>();
            configs.forEach((name, config) -> {
                if (!there.contains(name)) {
                    boolean byCase = name.equals(CASE_EVENTS) || name.equals(CASE_PERSONAL);
                    missing.add(
                            new NewTopic(name, Optional.of(byCase ? partitions : 1), Optional.empty()).configs(config));
                }
            });
            for (KafkaFuture<Void> creation :
                    admin.createTopics(missing).values().values()) {
                created(creation);
            }
            awaitKnown(admin, configs.keySet());
            awaitLeaders(admin, missing.stream().map(NewTopic::name).toList());
            Map<ConfigResource, Collection<AlterConfigOp>> alterations = new HashMap<>();
            for (Brokers.Setting difference : Brokers.differences(await(Brokers.settings(admin, configs.keySet())))) {
                alterations
                        .computeIfAbsent(
                                new ConfigResource(ConfigResource.Type.TOPIC, difference.topic()),
                                topic -> new ArrayList<>())
                        .add(new AlterConfigOp(
                                new ConfigEntry(difference.name(), difference.wanted()), AlterConfigOp.OpType.SET));
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

    /** The controller answers before every broker has heard of a new topic, and who asks one of those is told of none. */
    private static void awaitKnown(Admin admin, Set<String> topics) throws ExecutionException {
        for (int tries = 1; ; tries++) {
            try {
                await(admin.describeTopics(topics).allTopicNames());
                return;
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException) || tries == KNOWN_TRIES) {
                    throw e;
                }
                LockSupport.parkNanos(KNOWN_PAUSE.toNanos());
            }
        }
    }

    /**
     * A leader is named before it leads, and refuses records until it does. If it refuses the first that a writer has on their
     * way and takes the next, it never takes the first again, and the writer gives them up after a minute (KAFKA-15591).
     */
    private static void awaitLeaders(Admin admin, Collection<String> topics) throws ExecutionException {
        Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
        partitions(admin, topics).forEach(partition -> ends.put(partition, OffsetSpec.latest()));
        await(admin.listOffsets(ends).all());
    }

    /** Whether a setting of a topic that exists is for us to make: how long others keep their records is not. */
    private static boolean isOurs(String topic, String setting) {
        return KEPT.contains(topic)
                || (ERASABLE.contains(topic)
                        && (setting.equals(TopicConfig.CLEANUP_POLICY_CONFIG)
                                || setting.equals(TopicConfig.MAX_MESSAGE_BYTES_CONFIG)));
    }

    /** What is set of a topic that exists, by {@link #create}. */
    static Map<String, String> held(String topic) {
        Map<String, String> held = new HashMap<>();
        configs().getOrDefault(topic, LOG).forEach((key, value) -> {
            if (isOurs(topic, key)) {
                held.put(key, value);
            }
        });
        return held;
    }

    private static Map<String, Map<String, String>> configs() {
        Map<String, Map<String, String>> configs = new HashMap<>();
        configs.put(CASE_EVENTS, withLargest(LOG, RECORD_BYTES));
        configs.put(REFERENCE, withLargest(LOG, RECORD_BYTES));
        configs.put(ERASURES, withLargest(LOG, RECORD_BYTES));
        configs.put(CHANNEL_DECLARATIONS, withLargest(withoutCopies(), RECORD_BYTES));
        configs.put(DEAD_LETTERS, withLargest(erasable(DEAD_LETTERS_KEPT), DEAD_LETTER_BYTES));
        configs.put(CASE_PERSONAL, withLargest(erasable(PERSONAL_KEPT), RECORD_BYTES));
        configs.put(ALERT_SILENCES, withLargest(LOG, RECORD_BYTES));
        configs.put(FEED_ALERTS, withLargest(kept(ALERTS_KEPT), RECORD_BYTES));
        Channels.IDS.forEach(
                channel -> configs.put(ofChannel(channel), withLargest(kept(CHANNELS_KEPT), RECORD_BYTES)));
        return configs;
    }

    private static Map<String, String> withoutCopies() {
        Map<String, String> config = new HashMap<>(LOG);
        config.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT);
        return config;
    }

    /** Kept for a time, which the broker counts from when it got the record: what it tells may be older. */
    private static Map<String, String> kept(Duration time) {
        Map<String, String> config = new HashMap<>(LOG);
        config.put(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime");
        config.put(TopicConfig.RETENTION_MS_CONFIG, Long.toString(time.toMillis()));
        // Whole segments expire: a quiet channel must not fill one for a year.
        config.put(
                TopicConfig.SEGMENT_MS_CONFIG, Long.toString(Duration.ofDays(1).toMillis()));
        return config;
    }

    /** Kept for a time, and the latest record of a key alone, so that one without a value takes the others with it. */
    private static Map<String, String> erasable(Duration time) {
        Map<String, String> config = new HashMap<>(kept(time));
        config.put(
                TopicConfig.CLEANUP_POLICY_CONFIG,
                TopicConfig.CLEANUP_POLICY_COMPACT + "," + TopicConfig.CLEANUP_POLICY_DELETE);
        // So that an erased record is gone from disk some hours after the request, once the topic is written to again.
        config.put(
                TopicConfig.MAX_COMPACTION_LAG_MS_CONFIG,
                Long.toString(Duration.ofHours(6).toMillis()));
        config.put(
                TopicConfig.SEGMENT_MS_CONFIG, Long.toString(Duration.ofHours(6).toMillis()));
        return config;
    }

    private static Map<String, String> withLargest(Map<String, String> topic, int bytes) {
        Map<String, String> config = new HashMap<>(topic);
        // Room for the key and the frame of a batch.
        config.put(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(bytes + (64 << 10)));
        return config;
    }

    private static void created(KafkaFuture<Void> creation) throws ExecutionException {
        try {
            await(creation);
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
        }
    }

    /**
     * The number of partitions of a topic.
     *
     * @throws KafkaException if there is no such topic, or the broker does not answer
     */
    public static int partitions(String bootstrap, String topic) {
        try (Admin admin = admin(bootstrap)) {
            return partitions(admin, List.of(topic)).size();
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
            for (TopicPartition partition : partitions(admin, List.of(CASE_EVENTS))) {
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
     * Where each partition of a topic ends: the offset that the next record will have.
     *
     * @throws KafkaException if there is no such topic, or the broker does not answer
     */
    public static Map<Integer, Long> ends(String bootstrap, String topic) {
        try (Admin admin = admin(bootstrap)) {
            Map<TopicPartition, OffsetSpec> partitions = new HashMap<>();
            partitions(admin, List.of(topic)).forEach(partition -> partitions.put(partition, OffsetSpec.latest()));
            Map<Integer, Long> ends = new HashMap<>();
            await(admin.listOffsets(partitions, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                            .all())
                    .forEach((partition, end) -> ends.put(partition.partition(), end.offset()));
            return ends;
        } catch (ExecutionException e) {
            throw KafkaException.of("cannot find the end of topic " + topic, bootstrap, e.getCause());
        }
    }

    /**
     * How far a consumer group has told that it has read each partition of a topic: a job tells it with every checkpoint.
     * Partitions of which it has told nothing are missing.
     *
     * @throws KafkaException if the broker does not answer
     */
    public static Map<Integer, Long> committed(String bootstrap, String group, String topic) {
        try (Admin admin = admin(bootstrap)) {
            Map<Integer, Long> committed = new HashMap<>();
            committed(admin, bootstrap, group).forEach((partition, offset) -> {
                if (partition.topic().equals(topic)) {
                    committed.put(partition.partition(), offset);
                }
            });
            return committed;
        }
    }

    /** The same, of every topic. */
    static Map<TopicPartition, Long> committed(Admin admin, String bootstrap, String group) {
        try {
            Map<TopicPartition, Long> committed = new HashMap<>();
            await(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata())
                    .forEach((partition, offset) -> {
                        if (offset != null) {
                            committed.put(partition, offset.offset());
                        }
                    });
            return committed;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof GroupIdNotFoundException) {
                return Map.of();
            }
            throw KafkaException.of("cannot find out how far group " + group + " has read", bootstrap, e.getCause());
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

    private static List<TopicPartition> partitions(Admin admin, Collection<String> topics) throws ExecutionException {
        return await(admin.describeTopics(topics).allTopicNames()).values().stream()
                .flatMap(description -> description.partitions().stream()
                        .map(partition -> new TopicPartition(description.name(), partition.partition())))
                .toList();
    }

    static Admin admin(String bootstrap) {
        return Admin.create(KafkaAccess.settings(
                bootstrap, Map.of("request.timeout.ms", "5000", "default.api.timeout.ms", "10000")));
    }

    static <T> T await(KafkaFuture<T> future) throws ExecutionException {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ExecutionException(e);
        }
    }
}
