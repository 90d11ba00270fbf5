package io.tanggap.core.complaint;

import static org.assertj.core.api.Assertions.assertThat;

import io.tanggap.core.complaint.DeadLetter.Stage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class DeadLetterTest {

    @Test
    void theSameBytesRejectedForTheSameReasonHaveOneIdWhereverTheyWereRead() {
        DeadLetter here = letter("malformed.row", "a.csv:1", "x");

        assertThat(letter("malformed.row", "b.csv:9", "x").id()).isEqualTo(here.id());
        assertThat(letter("malformed.row", "a.csv:1", "y").id()).isNotEqualTo(here.id());
        assertThat(letter("invalid.row", "a.csv:1", "x").id()).isNotEqualTo(here.id());
    }

    @Test
    void equalityComparesTheBytes() {
        assertThat(letter("malformed.row", "a.csv:1", "x"))
                .isEqualTo(letter("malformed.row", "a.csv:1", "x"))
                .hasSameHashCodeAs(letter("malformed.row", "a.csv:1", "x"))
                .isNotEqualTo(letter("malformed.row", "a.csv:1", "y"));
    }

    private static DeadLetter letter(String reason, String origin, String bytes) {
        return new DeadLetter(
                Stage.REPLAY, reason, "why", origin, bytes.getBytes(StandardCharsets.UTF_8), Instant.EPOCH);
    }
}
