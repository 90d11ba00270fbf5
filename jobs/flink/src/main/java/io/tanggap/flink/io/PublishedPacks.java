package io.tanggap.flink.io;

import io.tanggap.core.reference.ReferencePack;
import io.tanggap.flink.avro.Reading.Read;
import io.tanggap.flink.avro.ReferenceCodec;
import io.tanggap.flink.avro.ReferencePart;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The packs that the topic reference holds, for whoever has to know them before a job runs. */
public final class PublishedPacks {
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(10);

    private final ReferenceCodec codec = new ReferenceCodec();
    private final Map<String, SortedMap<Integer, ReferencePart>> slices = new LinkedHashMap<>();
    private final Map<String, ReferencePack> packs = new LinkedHashMap<>();

    private PublishedPacks() {}

    /**
     * The packs whose slices are all there now, in the order of their last slices; empty if there is no such topic. What
     * makes no pack is passed over here: the job tells it, see {@link ReferenceSource#DEAD_LETTERS}.
     *
     * @throws KafkaException if the broker does not answer
     */
    public static List<ReferencePack> in(String bootstrap) {
        PublishedPacks published = new PublishedPacks();
        Map<String, Object> settings = Map.of(
                "bootstrap.servers", bootstrap,
                "allow.auto.create.topics", "false",
                "enable.auto.commit", "false",
                "isolation.level", "read_committed",
                "request.timeout.ms", "5000",
                "default.api.timeout.ms", "10000");
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            if (!consumer.partitionsFor(Topics.REFERENCE).isEmpty()) {
                published.readToEnd(consumer, bootstrap);
            }
        } catch (org.apache.kafka.common.KafkaException e) {
            throw KafkaException.of("cannot read topic " + Topics.REFERENCE, bootstrap, e);
        }
        return List.copyOf(published.packs.values());
    }

    private void readToEnd(KafkaConsumer<byte[], byte[]> consumer, String bootstrap) {
        TopicPartition log = new TopicPartition(Topics.REFERENCE, 0);
        consumer.assign(List.of(log));
        consumer.seekToBeginning(List.of(log));
        long end = consumer.endOffsets(List.of(log)).getOrDefault(log, 0L);
        long position = consumer.position(log);
        while (position < end) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(LONGEST_SILENCE)) {
                if (codec.decode(record.value()) instanceof Read<ReferencePart> read) {
                    add(read.value());
                }
            }
            long reached = consumer.position(log);
            if (reached == position) {
                throw KafkaException.of("cannot read topic " + Topics.REFERENCE + " to its end", bootstrap, null);
            }
            position = reached;
        }
    }

    private void add(ReferencePart part) {
        SortedMap<Integer, ReferencePart> known = slices.computeIfAbsent(part.sha256(), sha256 -> new TreeMap<>());
        known.put(part.part(), part);
        if (known.size() == part.parts()
                && codec.assemble(List.copyOf(known.values())) instanceof Read<ReferencePack> read) {
            packs.putIfAbsent(part.packId(), read.value());
        }
    }
}
