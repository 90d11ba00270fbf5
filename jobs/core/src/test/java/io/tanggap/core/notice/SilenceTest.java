package io.tanggap.core.notice;

import static io.tanggap.core.Story.jakarta;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tanggap.core.alert.Alert;
import io.tanggap.core.reference.AlertKind;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SilenceTest {
    private static final Instant FROM = jakarta("2024-07-01 08:00");
    private static final Instant UNTIL = jakarta("2024-07-01 12:00");
    private static final Alert OVERDUE = AlertDraft.resolution("1", 100, FROM)
            .heldBy("A1", "A", "city")
            .category("roads")
            .alert();

    private static Silence silence(
            @Nullable String unit,
            @Nullable AlertKind kind,
            @Nullable String channel,
            @Nullable String category,
            @Nullable String caseId) {
        return new Silence("s", FROM, UNTIL, "works", "desk", unit, kind, channel, category, caseId);
    }

    private static Silence ofUnit(@Nullable String unit) {
        return silence(unit, null, null, null, null);
    }

    @Test
    void itHoldsFromItsBeginningUntilItsEnd() {
        Silence silence = ofUnit("A1");

        assertThat(silence.holds(OVERDUE, FROM.minusMillis(1))).isFalse();
        assertThat(silence.holds(OVERDUE, FROM)).isTrue();
        assertThat(silence.holds(OVERDUE, UNTIL.minusMillis(1))).isTrue();
        assertThat(silence.holds(OVERDUE, UNTIL)).isFalse();
    }

    @Test
    void aUnitIsSilencedWithAllBelowIt() {
        assertThat(ofUnit("A").holds(OVERDUE, FROM)).isTrue();
        assertThat(ofUnit("city").holds(OVERDUE, FROM)).isTrue();
        assertThat(ofUnit("B").holds(OVERDUE, FROM)).isFalse();
    }

    @Test
    void itHoldsWhatHasAllThatItNames() {
        assertThat(silence(null, AlertKind.OVERDUE, null, null, null).holds(OVERDUE, FROM))
                .isTrue();
        assertThat(silence("A", AlertKind.OVERDUE, "qlue", "roads", "1").holds(OVERDUE, FROM))
                .isTrue();
        assertThat(silence("A", AlertKind.STALE, "qlue", "roads", "1").holds(OVERDUE, FROM))
                .isFalse();
        assertThat(silence("A", AlertKind.OVERDUE, "jaki", "roads", "1").holds(OVERDUE, FROM))
                .isFalse();
        assertThat(silence("A", AlertKind.OVERDUE, "qlue", "parks", "1").holds(OVERDUE, FROM))
                .isFalse();
        assertThat(silence("A", AlertKind.OVERDUE, "qlue", "roads", "2").holds(OVERDUE, FROM))
                .isFalse();
    }

    @Test
    void aSilentFeedIsOfItsChannelAndOfNoCase() {
        Alert feed = AlertDraft.feedSilent("qlue", FROM).alert();

        assertThat(silence(null, null, "qlue", null, null).holds(feed, FROM)).isTrue();
        assertThat(ofUnit("city").holds(feed, FROM)).isFalse();
        assertThat(silence(null, null, null, "roads", null).holds(feed, FROM)).isFalse();
        assertThat(silence(null, null, null, null, "1").holds(feed, FROM)).isFalse();
    }

    @Test
    void whatEndsItEarlyNeverMakesItLonger() {
        Instant noon = jakarta("2024-07-01 10:00");
        Silence ended = ofUnit("A").endedAt(noon);

        assertThat(ended.from()).isEqualTo(FROM);
        assertThat(ended.until()).isEqualTo(noon);
        assertThat(ended.reason()).isEqualTo("works");
        assertThat(ended.endedAt(UNTIL.plusSeconds(1)).until()).isEqualTo(noon);
        assertThat(ofUnit("A").endedAt(FROM.minusSeconds(60)).until()).isEqualTo(FROM.plusMillis(1));
    }

    @Test
    void itSaysWhatItLacks() {
        assertThatThrownBy(() -> ofUnit(null))
                .hasMessage("silence s: name a unit, kind, channel, category or case; nothing silences everything");
        assertThatThrownBy(() -> new Silence("s", FROM, FROM, "works", "desk", "A", null, null, null, null))
                .hasMessage("silence s: the end must be after the beginning");
        assertThatThrownBy(() -> new Silence("s", FROM, UNTIL, " ", "desk", "A", null, null, null, null))
                .hasMessage("silence s: a reason is needed");
    }
}
