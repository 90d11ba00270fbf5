package io.tanggap.flink.io;

import org.jspecify.annotations.Nullable;

/** Kafka did not do what it was asked to. The message names the broker and what was asked. */
public final class KafkaException extends RuntimeException {
    KafkaException(String message) {
        super(message);
    }

    private KafkaException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** What was told before, once more. */
    static KafkaException again(KafkaException told) {
        return new KafkaException(told.getMessage(), told);
    }

    static KafkaException of(String attempt, String bootstrap, @Nullable Throwable cause) {
        String why = cause == null || cause.getMessage() == null ? "no answer" : cause.getMessage();
        return new KafkaException(
                "Kafka at " + bootstrap + ": " + attempt + ": " + why
                        + " (is the broker running, and is this its address?)",
                cause);
    }
}
