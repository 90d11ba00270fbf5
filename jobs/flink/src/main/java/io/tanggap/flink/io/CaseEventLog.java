package io.tanggap.flink.io;

import io.tanggap.core.complaint.CaseEvent;
import io.tanggap.flink.avro.CaseEventCodec;
import io.tanggap.flink.avro.Incoming;
import io.tanggap.flink.avro.Reading.Read;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.apache.kafka.common.utils.Utils;

/**
 * The topic case-events for a person who looks into it: the events that it held when the log was opened, partition by
 * partition. All events of a case are in one. What cannot be read is passed over here: the job tells it. Holds a few records
 * at a time. For one thread.
 */
public final class CaseEventLog implements AutoCloseable {
    private static final long PROGRESS_EVERY = 1_000;

    private final TopicContent content;
    private final CaseEventCodec codec = new CaseEventCodec();

    private CaseEventLog(TopicContent content) {
        this.content = content;
    }

    /**
     * The events of a broker; none if it has no such topic.
     *
     * @throws KafkaException if the broker does not answer
     */
    public static CaseEventLog open(String bootstrap) {
        return new CaseEventLog(TopicContent.open(bootstrap, Topics.CASE_EVENTS));
    }

    /** The partitions, in their order. */
    public List<Integer> partitions() {
        return List.copyOf(content.partitions());
    }

    /** The partition of a case: where the publishers of Tanggap write its events, by Kafka's own hash of the key. */
    public int partitionOf(String caseId) {
        byte[] key = caseId.getBytes(StandardCharsets.UTF_8);
        return Utils.toPositive(Utils.murmur2(key))
                % Math.max(1, content.partitions().size());
    }

    /** How many records a partition has at most, heartbeats among them. */
    public long size(int partition) {
        return content.size(partition);
    }

    /**
     * Hands over every event of a partition, in the order in which they were written.
     *
     * @param progress takes the number of records read, now and then
     * @throws KafkaException if the broker stops answering
     */
    public void forEach(int partition, Consumer<CaseEvent> each, LongConsumer progress) {
        long[] read = {0};
        content.forEachOfLast(partition, Long.MAX_VALUE, record -> {
            if (codec.decode(record.value()) instanceof Read<Incoming> incoming) {
                CaseEvent event = incoming.value().event();
                if (event != null) {
                    each.accept(event);
                }
            }
            if (++read[0] % PROGRESS_EVERY == 0) {
                progress.accept(read[0]);
            }
        });
    }

    @Override
    public void close() {
        content.close();
    }
}
