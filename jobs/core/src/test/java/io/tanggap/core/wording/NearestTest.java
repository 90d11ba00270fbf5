package io.tanggap.core.wording;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestTest {
    @Test
    void theDistanceOfNamesCountsEditsAndSwaps() {
        assertThat(Nearest.distance("kitten", "sitting")).isEqualTo(3);
        assertThat(Nearest.distance("evnets", "events")).isEqualTo(1);
        assertThat(Nearest.distance("", "abc")).isEqualTo(3);
    }

    @Test
    void halfAFileIsComparedByItsBeginning() {
        assertThat(Nearest.of("x".repeat(10_000_000), List.of("abc", "x".repeat(70))))
                .contains("x".repeat(70));
    }
}
