package io.tanggap.core.complaint;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A record that could not be used, kept whole so that it can be replayed. Its bytes may hold personal data: they live in
 * the dead-letter topic alone, the index holds the rest.
 *
 * @param stage where it was rejected
 * @param reason stable snake_case code, {@code family.detail}; families are {@code malformed} (bytes do not decode),
 *     {@code invalid} (decodes, breaks an invariant), {@code late} (its case has left the state), {@code inconsistent}
 *     (illegal in this state) and {@code rejected} (Elasticsearch refused the document for good)
 * @param message one sentence for a person: what is wrong, where, what to do; no text of the record's free fields
 * @param origin where the record was read, by stage: {@code file.csv:12:closed_dt} (REPLAY), topic, partition and offset
 *     as {@code topic-0@42} (INTAKE, DECODE), the case (FOLD), index and id of the document (INDEX), recipient and id of the message
 *     (DELIVERY)
 * @param bytes the record as it was read
 * @param firstSeenAt when it was rejected
 */
@SuppressWarnings("ArrayRecordComponent") // equals and hashCode below compare the content
public record DeadLetter(Stage stage, String reason, String message, String origin, byte[] bytes, Instant firstSeenAt) {

    /** The step that gave the record up. */
    public enum Stage {
        REPLAY,
        DECODE,
        FOLD,
        INDEX,
        INTAKE,
        DELIVERY
    }

    public DeadLetter {
        requireNonNull(stage, "stage");
        requireNonNull(reason, "reason");
        requireNonNull(message, "message");
        requireNonNull(origin, "origin");
        requireNonNull(bytes, "bytes");
        requireNonNull(firstSeenAt, "firstSeenAt");
    }

    /** Equal for the same bytes rejected for the same reason at the same stage, wherever they were read. */
    public String id() {
        return new CanonicalForm()
                .text(stage.name())
                .text(reason)
                .text(CanonicalForm.digest(bytes))
                .digest();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof DeadLetter that
                && stage == that.stage
                && reason.equals(that.reason)
                && message.equals(that.message)
                && origin.equals(that.origin)
                && Arrays.equals(bytes, that.bytes)
                && firstSeenAt.equals(that.firstSeenAt);
    }

    @Override
    public int hashCode() {
        return Objects.hash(stage, reason, message, origin, Arrays.hashCode(bytes), firstSeenAt);
    }
}
