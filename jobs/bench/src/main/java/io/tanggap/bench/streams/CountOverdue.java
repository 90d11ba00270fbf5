package io.tanggap.bench.streams;

import static java.util.Objects.requireNonNull;

import io.tanggap.core.complaint.CaseEvent;
import io.tanggap.core.reference.Reference;
import io.tanggap.flink.avro.CaseEventCodec;
import io.tanggap.flink.avro.Incoming;
import io.tanggap.flink.avro.Reading.Read;
import io.tanggap.flink.io.Topics;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.LongSerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/**
 * Keyed by case: keeps the clock of each and its deadline, and counts the open cases whose deadline is past. Time is that of the
 * heartbeats of the partition, so a deadline is found by one that is later. The topic is keyed by case already, so nothing is
 * sent from one task to another.
 *
 * <pre>
 * case-events ▸ clock of the case ⇄ store of cases
 *                    ├──────────── ⇄ store of deadlines, in their order ◂ stream time
 *                    └▸ number of overdue cases of the partition, when it has changed ▸ topic
 * </pre>
 */
final class CountOverdue implements Processor<String, Incoming, String, Long> {
    private static final String SOURCE = "read-case-events";
    private static final String COUNT = "count-overdue";
    private static final String CASES = "cases";
    private static final String DEADLINES = "deadlines";
    private static final String OVERDUE = "overdue";

    private static final byte[] NOTHING = {};

    private final Reference reference;
    private final Map<Integer, Long> ends;
    private final Progress progress;

    private @Nullable Partition partition;

    private CountOverdue(Reference reference, Map<Integer, Long> ends, Progress progress) {
        this.reference = reference;
        this.ends = ends;
        this.progress = progress;
    }

    /**
     * The topology.
     *
     * @param ends where each partition ends: there a task asks for a commit, so that nobody has to wait for the next one
     * @param output topic of the counts, by partition
     */
    static Topology topology(Reference reference, Map<Integer, Long> ends, Progress progress, String output) {
        ThreadLocal<CaseEventCodec> codecs = ThreadLocal.withInitial(CaseEventCodec::new);
        return new Topology()
                .addSource(
                        AutoOffsetReset.earliest(),
                        SOURCE,
                        CountOverdue::time,
                        new StringDeserializer(),
                        (topic, bytes) -> decode(codecs.get(), bytes),
                        Topics.CASE_EVENTS)
                .addProcessor(COUNT, () -> new CountOverdue(reference, ends, progress), SOURCE)
                .addStateStore(
                        Stores.keyValueStoreBuilder(
                                        Stores.persistentKeyValueStore(CASES), Serdes.String(), Serdes.ByteArray())
                                .withCachingEnabled(),
                        COUNT)
                .addStateStore(
                        Stores.keyValueStoreBuilder(
                                        Stores.persistentKeyValueStore(DEADLINES), Serdes.Bytes(), Serdes.ByteArray())
                                .withCachingEnabled(),
                        COUNT)
                .addStateStore(
                        Stores.keyValueStoreBuilder(
                                        Stores.persistentKeyValueStore(OVERDUE), Serdes.String(), Serdes.Long())
                                .withCachingEnabled(),
                        COUNT)
                .addSink("write-counts", output, new StringSerializer(), new LongSerializer(), COUNT);
    }

    private static Incoming decode(CaseEventCodec codec, byte[] bytes) {
        if (codec.decode(bytes) instanceof Read<Incoming> read) {
            return read.value();
        }
        throw new IllegalStateException("a record of " + Topics.CASE_EVENTS + " that the benchmark has not written");
    }

    private static long time(ConsumerRecord<Object, Object> record, long partitionTime) {
        Incoming incoming = (Incoming) record.value();
        return incoming.heartbeat() == null
                ? Math.max(0, partitionTime)
                : incoming.heartbeat().toEpochMilli();
    }

    @Override
    public void init(ProcessorContext<String, Long> context) {
        Partition begun = new Partition(context);
        context.schedule(Duration.ofSeconds(1), PunctuationType.STREAM_TIME, begun::pass);
        partition = begun;
    }

    @Override
    public void process(Record<String, Incoming> record) {
        progress.read();
        requireNonNull(partition).take(record.value().event());
    }

    /** The cases of one partition. */
    private final class Partition {
        private final ProcessorContext<String, Long> context;
        private final KeyValueStore<String, byte[]> cases;
        private final KeyValueStore<Bytes, byte[]> deadlines;
        private final KeyValueStore<String, Long> counts;
        private long told;
        /** Up to when the deadlines have been looked through; what is set for earlier is overdue at once. */
        private long passedMillis;

        Partition(ProcessorContext<String, Long> context) {
            this.context = context;
            this.cases = context.getStateStore(CASES);
            this.deadlines = context.getStateStore(DEADLINES);
            this.counts = context.getStateStore(OVERDUE);
            this.told = count();
        }

        void take(@Nullable CaseEvent event) {
            if (event != null && CaseClock.isMovedBy(event)) {
                move(event);
            }
            context.recordMetadata().ifPresent(at -> {
                if (at.offset() + 1 == ends.getOrDefault(at.partition(), 0L)) {
                    context.commit();
                }
            });
        }

        private void move(CaseEvent event) {
            String caseId = event.caseId();
            byte[] stored = cases.get(caseId);
            CaseClock clock = stored == null ? new CaseClock(event.channel()) : CaseClock.read(stored);
            if (!clock.take(event)) {
                return;
            }
            long deadline = clock.deadlineMillis(reference);
            boolean overdue = deadline < passedMillis;
            if (clock.isOverdue() != overdue) {
                count(overdue ? 1 : -1);
            }
            if (clock.dueMillis() != CaseClock.NEVER) {
                deadlines.delete(key(clock.dueMillis(), caseId));
            }
            if (overdue) {
                clock.becomeOverdue();
            } else {
                clock.waitUntil(deadline);
                if (deadline != CaseClock.NEVER) {
                    deadlines.put(key(deadline, caseId), NOTHING);
                }
            }
            cases.put(caseId, clock.write());
        }

        /** Time goes on. Where it has been nothing is left, so only what lies between is looked through. */
        void pass(long nowMillis) {
            List<Bytes> passed = new ArrayList<>();
            try (KeyValueIterator<Bytes, byte[]> due = deadlines.range(key(passedMillis, ""), key(nowMillis, ""))) {
                due.forEachRemaining(entry -> passed.add(entry.key));
            }
            for (Bytes key : passed) {
                deadlines.delete(key);
                String caseId = caseId(key);
                CaseClock clock = CaseClock.read(cases.get(caseId));
                clock.becomeOverdue();
                count(1);
                cases.put(caseId, clock.write());
            }
            passedMillis = nowMillis;
            if (count() != told) {
                told = count();
                context.forward(new Record<>(Integer.toString(context.taskId().partition()), told, nowMillis));
            }
        }

        private long count() {
            Long count = counts.get(OVERDUE);
            return count == null ? 0 : count;
        }

        private void count(int more) {
            counts.put(OVERDUE, count() + more);
        }
    }

    /** Deadlines sort as bytes; one at the very instant sorts after the instant alone, and is not past. */
    private static Bytes key(long deadlineMillis, String caseId) {
        byte[] id = caseId.getBytes(StandardCharsets.UTF_8);
        return Bytes.wrap(ByteBuffer.allocate(Long.BYTES + id.length)
                .putLong(deadlineMillis)
                .put(id)
                .array());
    }

    private static String caseId(Bytes key) {
        return new String(key.get(), Long.BYTES, key.get().length - Long.BYTES, StandardCharsets.UTF_8);
    }
}
