package io.tanggap.bench.streams;

import io.tanggap.core.reference.Reference;
import io.tanggap.flink.io.Topics;
import io.tanggap.simulation.SeededCity;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.LongDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.jspecify.annotations.Nullable;

/**
 * The program of the child: every line of its input, the time between commits in milliseconds, makes one run over all that
 * case-events holds, and is answered by a line with the milliseconds that it took, the records read and the cases overdue at
 * the end. It ends with its input, also in the middle of a run: so when its parent is gone.
 */
final class StreamsRuns {
    /** As much as Flink's session gives RocksDB for each of its slots. */
    private static final long CACHE_BYTES_PER_THREAD = 256L << 20;

    private static final Duration LONGEST = Duration.ofMinutes(30);
    private static final Duration CLOSING = Duration.ofSeconds(30);
    private static final long POLL_MILLIS = 5;

    private final String kafka;
    private final Path directory;
    private final int threads;
    private final Reference reference =
            Reference.of(List.of(SeededCity.jakarta().referencePack()));

    private StreamsRuns(String kafka, Path directory, int threads) {
        this.kafka = kafka;
        this.directory = directory;
        this.threads = threads;
    }

    /** @param arguments where Kafka is, a directory for the stores, the number of threads */
    public static void main(String[] arguments) throws Exception {
        StreamsRuns runs = new StreamsRuns(arguments[0], Path.of(arguments[1]), Integer.parseInt(arguments[2]));
        BlockingQueue<Duration> wanted = new LinkedBlockingQueue<>();
        Thread commands = new Thread(() -> read(wanted), "commands");
        // Else a run that fails would not end the process.
        commands.setDaemon(true);
        commands.start();
        for (int number = 1; ; number++) {
            System.out.println(runs.run("overdue-" + number, wanted.take()));
        }
    }

    private static void read(Queue<Duration> wanted) {
        try (BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = commands.readLine(); line != null; line = commands.readLine()) {
                wanted.add(Duration.ofMillis(Long.parseLong(line)));
            }
        } catch (IOException e) {
            // The parent is gone.
        }
        System.exit(0);
    }

    private String run(String id, Duration commitEvery) throws Exception {
        Map<Integer, Long> ends = Topics.ends(kafka, Topics.CASE_EVENTS);
        long total = ends.values().stream().mapToLong(Long::longValue).sum();
        String output = id + "-counts";
        Progress progress = new Progress();
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        long millis;
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka))) {
            admin.createTopics(List.of(new NewTopic(output, 1, (short) 1)))
                    .all()
                    .get();
            try (KafkaStreams streams = new KafkaStreams(
                    CountOverdue.topology(reference, ends, progress, output), settings(id, commitEvery))) {
                streams.setUncaughtExceptionHandler(thrown -> {
                    failure.compareAndSet(null, thrown);
                    return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
                });
                // What the last run left behind must not be collected in this one's time.
                System.gc();
                streams.start();
                await(failure, () -> progress.records() >= total);
                await(failure, () -> committed(admin, id).equals(ends));
                millis = progress.millis();
                if (!isSpread(streams, ends.size())) {
                    throw new IllegalStateException("one thread had more partitions than another: run it again");
                }
                streams.close(CLOSING);
                streams.cleanUp();
            }
            long overdue = overdue(output);
            admin.deleteTopics(admin.listTopics().names().get().stream()
                            .filter(topic -> topic.startsWith(id + "-"))
                            .toList())
                    .all()
                    .get();
            return millis + " " + progress.records() + " " + overdue;
        }
    }

    private Properties settings(String id, Duration commitEvery) {
        Properties settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, id);
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, kafka);
        settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, commitEvery.toMillis());
        settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, threads);
        settings.put(StreamsConfig.STATE_DIR_CONFIG, directory.toString());
        settings.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, CACHE_BYTES_PER_THREAD * threads);
        // By default ten seconds, which is no longer than the time between commits of a replay.
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG), (int)
                commitEvery.plusMinutes(1).toMillis());
        return settings;
    }

    private boolean isSpread(KafkaStreams streams, int partitions) {
        IntSummaryStatistics tasks = streams.metadataForLocalThreads().stream()
                .mapToInt(thread -> thread.activeTasks().size())
                .summaryStatistics();
        return streams.state() == KafkaStreams.State.RUNNING
                && tasks.getSum() == partitions
                && tasks.getMax() - tasks.getMin() <= 1;
    }

    private static Map<Integer, Long> committed(Admin admin, String id) throws Exception {
        Map<Integer, Long> committed = new HashMap<>();
        admin.listConsumerGroupOffsets(id)
                .partitionsToOffsetAndMetadata()
                .get()
                .forEach((partition, offset) -> committed.put(partition.partition(), offset.offset()));
        return committed;
    }

    private long overdue(String output) {
        Map<String, Long> counts = new HashMap<>();
        try (KafkaConsumer<String, Long> consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        kafka,
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "read_committed"),
                new StringDeserializer(),
                new LongDeserializer())) {
            TopicPartition partition = new TopicPartition(output, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofSeconds(1)).forEach(record -> counts.put(record.key(), record.value()));
            }
        }
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    private static void await(AtomicReference<@Nullable Throwable> failure, Callable<Boolean> condition)
            throws Exception {
        long start = System.nanoTime();
        while (!condition.call()) {
            Throwable failed = failure.get();
            if (failed != null) {
                throw new IllegalStateException("the topology has failed: " + failed.getMessage(), failed);
            }
            if (System.nanoTime() - start > LONGEST.toNanos()) {
                throw new IllegalStateException("the topology has not come to the end after " + LONGEST.toMinutes()
                        + " minutes: run the benchmark with fewer --cases");
            }
            Thread.sleep(POLL_MILLIS);
        }
    }
}
