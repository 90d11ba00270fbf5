package io.tanggap.core.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RestatedTest {
    @Test
    void whatDiffersIsRestatedInOrderOfTheNames() {
        assertThat(Restated.between(
                        new TreeMap<>(Map.of("counts.open", 3L, "counts.closed", 1L, "shares.on_time", .5)),
                        new TreeMap<>(Map.of("counts.open", 3L, "counts.closed", 2L, "times.close_p50_hours", 7))))
                .containsExactly(
                        new Restated("counts.closed", 1L, 2L),
                        new Restated("shares.on_time", .5, null),
                        new Restated("times.close_p50_hours", null, 7));
        assertThat(Restated.between(new TreeMap<>(Map.of("counts.open", 3L)), Collections.emptySortedMap()))
                .containsExactly(new Restated("counts.open", 3L, null));
    }

    @Test
    void countsOfNothingNeitherAppearNorDisappear() {
        assertThat(Restated.between(
                        new TreeMap<>(Map.of("counts.open", 0L)),
                        new TreeMap<>(Map.of("counts.closed", 0L, "counts.received", 1L, "shares.on_time", 0.0))))
                .containsExactly(new Restated("counts.received", null, 1L), new Restated("shares.on_time", null, 0.0));
    }

    @Test
    void changesOfCountsAddUpAlsoWhereARowAppearsOrDisappears() {
        assertThat(new Restated("counts.closed", 3L, 1L).change()).isEqualTo(-2L);
        assertThat(new Restated("counts.closed", null, 4L).change()).isEqualTo(4L);
        assertThat(new Restated("counts.closed", 4L, null).change()).isEqualTo(-4L);
        assertThat(new Restated("shares.on_time", .5, .25).change()).isEqualTo(-.25);
        assertThat(new Restated("times.close_p50_hours", 22, null).change()).isNull();
    }

    @Test
    void whatIsAsBeforeIsNotRestated() {
        assertThatThrownBy(() -> new Restated("counts.closed", 3L, 3L)).hasMessageContaining("counts.closed is 3");
    }
}
