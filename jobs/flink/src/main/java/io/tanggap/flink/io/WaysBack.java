package io.tanggap.flink.io;

import io.tanggap.core.complaint.CaseEvent;
import io.tanggap.core.complaint.ChannelDeclaration;
import io.tanggap.core.complaint.DeadLetter;
import io.tanggap.flink.avro.CaseEventCodec;
import io.tanggap.flink.avro.ChannelDeclarationCodec;
import io.tanggap.flink.avro.Incoming;
import io.tanggap.flink.avro.Reading;
import io.tanggap.flink.avro.Reading.Read;
import io.tanggap.flink.avro.ReferenceCodec;
import io.tanggap.flink.avro.ReferencePart;
import io.tanggap.flink.io.WayBack.None;
import io.tanggap.flink.io.WayBack.Obstacle;
import io.tanggap.flink.io.WayBack.ToTopic;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds the way back of dead letters. What can be read by now takes the place that its publisher would give it. What still
 * cannot be read goes to the partition that it came from, which is that of its case, and is rejected again. For one
 * thread.
 */
public final class WaysBack {
    /** As {@link Kafka#origin} writes it. */
    private static final Pattern ORIGIN = Pattern.compile("(.+)-(\\d{1,9})@\\d+");

    private final CaseEventCodec events = new CaseEventCodec();
    private final ReferenceCodec packs = new ReferenceCodec();
    private final ChannelDeclarationCodec declarations = new ChannelDeclarationCodec();

    /** The way back of a letter. */
    public WayBack of(StoredLetter stored) {
        DeadLetter letter = stored.letter();
        if (!stored.isLetter()) {
            return new None(Obstacle.NO_LETTER);
        }
        return switch (letter.stage()) {
            case REPLAY -> new None(Obstacle.ROW_OF_FILE);
            case INDEX -> new None(Obstacle.DOCUMENT);
            case DELIVERY -> new None(Obstacle.MESSAGE);
            // The origin is the case.
            case FOLD -> toCaseEvents(letter.bytes(), null, letter.origin());
            case INTAKE -> toChannel(letter);
            case DECODE -> toOrigin(letter);
        };
    }

    /** Whatever partition: intake puts a history in order by its times. */
    private static WayBack toChannel(DeadLetter letter) {
        Matcher origin = ORIGIN.matcher(letter.origin());
        if (!origin.matches() || !Topics.channels().contains(origin.group(1))) {
            return new None(Obstacle.UNKNOWN_ORIGIN);
        }
        return letter.bytes().length == 0
                ? new None(Obstacle.NO_VALUE)
                : new ToTopic(origin.group(1), null, null, letter.firstSeenAt().toEpochMilli());
    }

    private WayBack toOrigin(DeadLetter letter) {
        Matcher origin = ORIGIN.matcher(letter.origin());
        if (!origin.matches()) {
            return new None(Obstacle.UNKNOWN_ORIGIN);
        }
        if (letter.bytes().length == 0) {
            return new None(Obstacle.NO_VALUE);
        }
        return switch (origin.group(1)) {
            case Topics.CASE_EVENTS -> toCaseEvents(letter.bytes(), Integer.valueOf(origin.group(2)), null);
            case Topics.REFERENCE -> toReference(letter.bytes());
            case Topics.CHANNEL_DECLARATIONS -> toDeclarations(letter);
            default -> new None(Obstacle.UNKNOWN_ORIGIN);
        };
    }

    private WayBack toCaseEvents(byte[] bytes, @Nullable Integer partition, @Nullable String key) {
        Reading<Incoming> reading = events.decode(bytes);
        if (reading instanceof Read<Incoming> read) {
            CaseEvent event = read.value().event();
            return event == null
                    ? new None(Obstacle.HEARTBEAT)
                    : new ToTopic(Topics.CASE_EVENTS, null, event.caseId(), Topics.timestamp(event));
        }
        // Nobody knows when it occurred, so it must not be found as the latest event.
        return new ToTopic(Topics.CASE_EVENTS, partition, key, Topics.HEARTBEAT_TIMESTAMP);
    }

    private WayBack toDeclarations(DeadLetter letter) {
        long at = Math.max(0, letter.firstSeenAt().toEpochMilli());
        // A compacted topic takes no record without a key; what cannot be read takes the place of no declaration.
        return declarations.decode(letter.bytes()) instanceof Read<ChannelDeclaration> read
                ? new ToTopic(Topics.CHANNEL_DECLARATIONS, null, EventPublisher.key(read.value()), at)
                : new ToTopic(Topics.CHANNEL_DECLARATIONS, null, letter.origin(), at);
    }

    private WayBack toReference(byte[] bytes) {
        return packs.decode(bytes) instanceof Read<ReferencePart> read
                ? new ToTopic(
                        Topics.REFERENCE,
                        0,
                        read.value().packId(),
                        Topics.timestamp(read.value().knownFrom()))
                : new ToTopic(Topics.REFERENCE, 0, null, 0);
    }
}
