package io.tanggap.flink.io;

import io.tanggap.core.complaint.CaseEvent;
import io.tanggap.core.complaint.ChannelDeclaration;
import io.tanggap.core.complaint.DeadLetter;
import io.tanggap.core.notice.Silence;
import io.tanggap.core.reference.ReferencePack;
import io.tanggap.flink.alert.SilenceCodec;
import io.tanggap.flink.avro.CaseEventCodec;
import io.tanggap.flink.avro.ChannelDeclarationCodec;
import io.tanggap.flink.avro.DeadLetterCodec;
import io.tanggap.flink.avro.ReferenceCodec;
import io.tanggap.flink.avro.ReferencePart;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes events, heartbeats, dead letters, declarations, silences and packs to their topics, which must exist. What was published is in Kafka
 * after {@link #flush}. For one thread.
 *
 * <p>A record that Kafka does not take is told by a {@link KafkaException} of the next call, whichever that is; from then
 * on every call fails.
 */
public final class EventPublisher implements AutoCloseable {
    // Chosen: a broker that is starting, or whose disk is slow, keeps a record waiting for longer than people expect.
    private static final Duration DELIVERY = Duration.ofSeconds(60);

    private final String bootstrap;
    private final KafkaProducer<byte[], byte[]> producer;
    private final AtomicReference<@Nullable KafkaException> failure = new AtomicReference<>();
    private final CaseEventCodec events = new CaseEventCodec();
    private final DeadLetterCodec deadLetters = new DeadLetterCodec();
    private final ReferenceCodec packs = new ReferenceCodec();
    private final ChannelDeclarationCodec declarations = new ChannelDeclarationCodec();
    private int partitions;

    /** A publisher for a broker; connects at the first record. */
    public EventPublisher(String bootstrap) {
        this.bootstrap = bootstrap;
        this.producer = new KafkaProducer<>(
                KafkaAccess.settings(
                        bootstrap,
                        Map.of(
                                "acks",
                                "all",
                                // Chosen for throughput: a publisher of files has the next batch long before the delay
                                // is over.
                                "linger.ms",
                                "20",
                                "batch.size",
                                Integer.toString(256 << 10),
                                "compression.type",
                                "lz4",
                                "buffer.memory",
                                Long.toString(64L << 20),
                                "max.request.size",
                                Integer.toString(Topics.DEAD_LETTER_BYTES),
                                "max.block.ms",
                                "30000",
                                "request.timeout.ms",
                                "15000",
                                "delivery.timeout.ms",
                                Long.toString(DELIVERY.toMillis()))),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** Writes an event to the partition of its case. The record's timestamp is when the event occurred. */
    public void publish(CaseEvent event) {
        send(new ProducerRecord<>(
                Topics.CASE_EVENTS,
                null,
                Topics.timestamp(event),
                event.caseId().getBytes(StandardCharsets.UTF_8),
                events.encode(event)));
    }

    /** Writes a dead letter. */
    public void publish(DeadLetter letter) {
        send(DeadLetterSink.record(letter, deadLetters));
    }

    /** Erases a dead letter: the mark takes all of its copies with it. */
    public void erase(DeadLetter letter) {
        send(new ProducerRecord<>(Topics.DEAD_LETTERS, DeadLetterSink.key(letter), null));
    }

    /**
     * Writes a record to the topic of a channel, as the channel would send it.
     *
     * @param channel id of the channel, or {@code erasures}
     */
    public void publish(String channel, String key, byte[] value) {
        send(new ProducerRecord<>(Topics.ofChannel(channel), key.getBytes(StandardCharsets.UTF_8), value));
    }

    /** Writes what a source says of a day of its channel. */
    public void publish(ChannelDeclaration declaration) {
        send(new ProducerRecord<>(
                Topics.CHANNEL_DECLARATIONS,
                key(declaration).getBytes(StandardCharsets.UTF_8),
                declarations.encode(declaration)));
    }

    /** The key of a declaration and its copies: all that it says. */
    static String key(ChannelDeclaration declaration) {
        return String.join(
                "|",
                declaration.channel(),
                declaration.day().toString(),
                declaration.declaredAt().toString(),
                Long.toString(declaration.events()));
    }

    /** Writes a silence of alerts, or a later state of one: the last of an id holds. */
    public void publish(Silence silence) {
        send(new ProducerRecord<>(
                Topics.ALERT_SILENCES, silence.id().getBytes(StandardCharsets.UTF_8), SilenceCodec.encode(silence)));
    }

    /** Writes a pack, in as many slices as it needs. */
    public void publish(ReferencePack pack) {
        // Half of what a record may hold leaves room for everything around the slice.
        for (ReferencePart part : packs.slices(pack, Topics.RECORD_BYTES / 2)) {
            send(new ProducerRecord<>(
                    Topics.REFERENCE,
                    0,
                    Topics.timestamp(pack.knownFrom()),
                    pack.id().getBytes(StandardCharsets.UTF_8),
                    packs.encode(part)));
        }
    }

    /**
     * Tells every partition of case-events that what occurred up to an instant has been published. It follows everything
     * that was published before. The record's timestamp is zero: a heartbeat is no occurrence, see
     * {@link Topics#latestOccurrence}.
     */
    public void heartbeat(Instant at) {
        for (int partition = 0; partition < partitions(); partition++) {
            send(new ProducerRecord<>(
                    Topics.CASE_EVENTS,
                    partition,
                    Topics.HEARTBEAT_TIMESTAMP,
                    null,
                    events.encodeHeartbeat(at, partition)));
        }
    }

    /**
     * Writes the record of a dead letter back to the topic that it was read from, byte for byte.
     *
     * @param bytes the record's value, as it is in the letter
     */
    public void publish(WayBack.ToTopic way, byte[] bytes) {
        String key = way.key();
        Integer partition = way.partition();
        if (partition != null && way.topic().equals(Topics.CASE_EVENTS)) {
            // The topic may have been made anew with fewer.
            partition = partition % partitions();
        }
        send(new ProducerRecord<>(
                way.topic(),
                partition,
                way.timestampMillis(),
                key == null ? null : key.getBytes(StandardCharsets.UTF_8),
                bytes));
    }

    private int partitions() {
        if (partitions == 0) {
            partitions = Topics.partitions(bootstrap, Topics.CASE_EVENTS);
        }
        return partitions;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the callback keeps the failure
    private void send(ProducerRecord<byte[], byte[]> record) {
        failIfFailed();
        try {
            producer.send(record, (metadata, error) -> {
                if (error != null) {
                    failure.compareAndSet(null, failed(record.topic(), error));
                }
            });
        } catch (org.apache.kafka.common.KafkaException | IllegalStateException e) {
            throw failed(record.topic(), e);
        }
    }

    private KafkaException failed(String topic, Exception cause) {
        return KafkaException.of("cannot write to topic " + topic, bootstrap, cause);
    }

    private void failIfFailed() {
        KafkaException failed = failure.get();
        if (failed != null) {
            // Each time one of its own: what closes after a failure adds to it what closing says, and nothing may be
            // added to
            // itself.
            throw KafkaException.again(failed);
        }
    }

    /** Returns when everything that was published is in Kafka. */
    public void flush() {
        producer.flush();
        failIfFailed();
    }

    /**
     * Flushes and lets go of the broker; what cannot be written within a minute is told by an exception. After a failure
     * nothing more is written: what follows a lost record, such as a heartbeat, vouches for it.
     */
    @Override
    public void close() {
        producer.close(failure.get() == null ? DELIVERY : Duration.ZERO);
        failIfFailed();
    }
}
