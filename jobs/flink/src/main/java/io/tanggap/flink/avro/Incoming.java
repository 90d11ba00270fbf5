package io.tanggap.flink.avro;

import io.tanggap.core.complaint.CaseEvent;
import io.tanggap.core.complaint.DeadLetter;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One record of the topic case-events: exactly one component is not null.
 *
 * @param event an event whose id was verified
 * @param heartbeat up to when the partition of the record is told
 * @param deadLetter the record could not be read
 */
public record Incoming(
        @Nullable CaseEvent event,
        @Nullable Instant heartbeat,
        @Nullable DeadLetter deadLetter) {
    public Incoming {
        int present = (event == null ? 0 : 1) + (heartbeat == null ? 0 : 1) + (deadLetter == null ? 0 : 1);
        if (present != 1) {
            throw new IllegalArgumentException("an incoming record is one thing, not " + present);
        }
    }

    /** An event. */
    public static Incoming of(CaseEvent event) {
        return new Incoming(event, null, null);
    }

    /** A heartbeat. */
    public static Incoming of(Instant heartbeat) {
        return new Incoming(null, heartbeat, null);
    }

    /** A record that could not be read. */
    public static Incoming of(DeadLetter deadLetter) {
        return new Incoming(null, null, deadLetter);
    }
}
