package io.tanggap.flink.io;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks Kafka again and again where the channels' topics end, and so knows up to which instant they have been told. Does not
 * wait for an answer, but for a look of some seconds at what no reader brings; a question that fails is asked again. For one
 * thread.
 */
final class ChannelEnds implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ChannelEnds.class);

    /** Chosen: a reader that has anything to read brings something in less. */
    private static final Duration STALLED = Duration.ofSeconds(5);

    private static final Duration FIND_EVERY = Duration.ofMinutes(1);

    private static final Duration LOOK = Duration.ofSeconds(1);

    private final String bootstrap;
    private final Clock clock;
    private final Admin admin;
    private @Nullable KafkaFuture<Map<String, TopicDescription>> topics;
    private @Nullable Map<TopicPartition, OffsetSpec> partitions;
    private @Nullable KafkaFuture<Map<TopicPartition, ListOffsetsResultInfo>> ends;
    private Instant askedAt = Instant.MIN;
    private Instant lookedAt = Instant.MIN;
    private Instant foundAt = Instant.MIN;
    private Map<TopicPartition, Long> lastTold = Map.of();
    private boolean lastFailed;

    ChannelEnds(String bootstrap, Clock clock) {
        this.bootstrap = bootstrap;
        this.clock = clock;
        this.admin = Topics.admin(bootstrap);
    }

    /**
     * The instant up to which everything that the topics held has been told; empty while that is not known, or not so. Asks
     * the next question.
     *
     * @param told the offset after the last record told, by partition; is moved over offsets that hold no record
     */
    Optional<Instant> toldUpTo(Map<TopicPartition, Long> told) {
        try {
            if (partitions == null) {
                findPartitions();
                return Optional.empty();
            }
            if (ends == null) {
                ask(partitions);
                return Optional.empty();
            }
            if (!ends.isDone()) {
                return Optional.empty();
            }
            Map<TopicPartition, Long> behind = behind(ends.get(), told);
            lastFailed = false;
            if (!behind.isEmpty()) {
                // The question stays: asked anew, its answer would run ahead of a reader that is long behind.
                if (clock.instant().isAfter(lookedAt.plus(STALLED))) {
                    // Only where nothing has come since: a reader that brings records needs no help.
                    Map<TopicPartition, Long> stalled = new HashMap<>(behind);
                    stalled.keySet()
                            .removeIf(partition -> !Objects.equals(told.get(partition), lastTold.get(partition)));
                    passOverMarks(stalled.keySet(), told);
                    lastTold = Map.copyOf(told);
                    lookedAt = clock.instant();
                }
                return Optional.empty();
            }
            Instant upTo = askedAt;
            if (clock.instant().isAfter(foundAt.plus(FIND_EVERY))) {
                findAgain();
            } else {
                ask(partitions);
            }
            return Optional.of(upTo);
        } catch (ExecutionException | org.apache.kafka.common.KafkaException e) {
            if (!lastFailed) {
                LOG.warn(
                        "Kafka at {} does not say where the channels end: the as-of of live jobs stands still until it"
                                + " does.",
                        bootstrap,
                        e);
            }
            lastFailed = true;
            ends = null;
            topics = null;
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private void findPartitions() throws ExecutionException, InterruptedException {
        if (topics == null) {
            topics = admin.describeTopics(Topics.channels()).allTopicNames();
        } else if (topics.isDone()) {
            partitions = topics.get().values().stream()
                    .flatMap(topic -> topic.partitions().stream()
                            .map(partition -> new TopicPartition(topic.name(), partition.partition())))
                    .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
            foundAt = clock.instant();
        }
    }

    /** A topic may have been given a partition, of which nothing is told. */
    private void findAgain() {
        topics = null;
        partitions = null;
        ends = null;
    }

    private void ask(Map<TopicPartition, OffsetSpec> of) {
        // Before the question, so that the ends are those of this instant or later ones.
        askedAt = clock.instant();
        lookedAt = askedAt;
        ends = admin.listOffsets(of, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                .all();
    }

    private static Map<TopicPartition, Long> behind(
            Map<TopicPartition, ListOffsetsResultInfo> ends, Map<TopicPartition, Long> told) {
        Map<TopicPartition, Long> behind = new HashMap<>();
        ends.forEach((partition, end) -> {
            long next = told.getOrDefault(partition, 0L);
            if (next > end.offset()) {
                LOG.warn(
                        "{} ends at {} and was told up to {}: it was made anew. Start intake without its old state, or what it"
                                + " holds is not read.",
                        partition,
                        end.offset(),
                        next);
                told.put(partition, end.offset());
            } else if (next < end.offset()) {
                behind.put(partition, end.offset());
            }
        });
        return behind;
    }

    /**
     * Offsets can hold no record: the marks of transactions, what was aborted, what expired before it was read. No reader will
     * ever bring them.
     */
    private void passOverMarks(Set<TopicPartition> stalled, Map<TopicPartition, Long> told) {
        if (stalled.isEmpty()) {
            return;
        }
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                KafkaAccess.settings(
                        bootstrap,
                        Map.of(
                                "enable.auto.commit", "false",
                                "isolation.level", "read_committed",
                                "auto.offset.reset", "earliest",
                                "request.timeout.ms", "5000",
                                "default.api.timeout.ms", "5000",
                                "max.poll.records", "1")),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            for (TopicPartition partition : stalled) {
                consumer.assign(List.of(partition));
                consumer.seek(partition, told.getOrDefault(partition, 0L));
                var records = consumer.poll(LOOK).records(partition);
                long next = records.isEmpty()
                        ? consumer.position(partition)
                        : records.get(0).offset();
                long before = told.getOrDefault(partition, 0L);
                long first = consumer.beginningOffsets(List.of(partition)).getOrDefault(partition, 0L);
                if (before > 0 && first > before) {
                    LOG.warn(
                            "{} records of {} expired before intake read them: they are lost. Keep the topic for longer.",
                            first - before,
                            partition);
                }
                told.merge(partition, next, Math::max);
            }
        }
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(5));
    }
}
