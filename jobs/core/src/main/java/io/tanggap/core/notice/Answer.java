package io.tanggap.core.notice;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What became of one attempt to deliver a message.
 *
 * @param text for people: the server's status and words, or what went wrong and what to do
 * @param retryAfter how long the other side asks to wait; null if it does not
 */
public record Answer(Outcome outcome, String text, @Nullable Duration retryAfter) {

    /** How an attempt ended. */
    public enum Outcome {
        /** The other side has it. */
        DELIVERED,
        /** It may work later. */
        RETRY,
        /** It will not work however often it is tried. */
        REFUSED
    }

    public Answer {
        requireNonNull(outcome, "outcome");
        requireNonNull(text, "text");
    }

    public static Answer delivered(String text) {
        return new Answer(Outcome.DELIVERED, text, null);
    }

    public static Answer retry(String text) {
        return new Answer(Outcome.RETRY, text, null);
    }

    public static Answer refused(String text) {
        return new Answer(Outcome.REFUSED, text, null);
    }
}
