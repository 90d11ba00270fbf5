package io.tanggap.flink.types;

import static org.assertj.core.api.Assertions.assertThat;

import io.tanggap.core.alert.Alert;
import io.tanggap.core.notice.Box.Entry;
import io.tanggap.core.notice.Box.Hold;
import io.tanggap.core.notice.Box.Memory;
import io.tanggap.core.notice.Errand;
import io.tanggap.core.notice.Followed;
import io.tanggap.core.notice.Notice.Change;
import io.tanggap.core.notice.Silence;
import io.tanggap.core.reference.AlertKind;
import io.tanggap.flink.avro.Examples;
import io.tanggap.flink.state.Bulletin;
import io.tanggap.flink.state.Heard;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NoticeTypesTest {
    private static final Alert ALERT = Examples.alerts().get(0);
    private static final Silence NARROW = new Silence(
            "s1",
            Examples.NOON,
            Examples.NOON.plusSeconds(60),
            "banjir é",
            "camat",
            "menteng",
            AlertKind.OVERDUE,
            "qlue",
            "roads",
            "qlue:1");
    private static final Silence WIDE = new Silence(
            "s2", Examples.NOON, Examples.NOON.plusSeconds(1), "works", "x", null, null, "qlue", null, null);

    @Test
    void silences() throws Exception {
        SerializerContract.check(NoticeTypes.SILENCE, List.of(NARROW, WIDE));
    }

    @Test
    void heardAlerts() throws Exception {
        SerializerContract.check(
                NoticeTypes.HEARD,
                List.of(
                        new Heard(ALERT, Examples.NOON),
                        new Heard(Examples.alerts().get(5), Instant.EPOCH)));
    }

    @Test
    void bulletins() throws Exception {
        SerializerContract.check(
                NoticeTypes.BULLETIN,
                List.of(
                        Bulletin.of(Examples.packs().get(0)),
                        Bulletin.of(NARROW),
                        Bulletin.of(Examples.alerts().get(5))));
    }

    @Test
    void followedAlerts() throws Exception {
        SerializerContract.check(
                NoticeTypes.FOLLOWED,
                List.of(
                        new Followed(
                                ALERT, Examples.NOON, Map.of("desk", new Followed.Sent("missed-holder", true, false))),
                        new Followed(ALERT, Instant.EPOCH, Map.of())));
    }

    @Test
    void errands() throws Exception {
        SerializerContract.check(
                NoticeTypes.ERRAND,
                List.of(
                        new Errand("desk", "missed-holder", true, ALERT, false, true),
                        new Errand("desk", "missed-holder", false, ALERT, true, false)));
    }

    @Test
    void entries() throws Exception {
        SerializerContract.check(
                NoticeTypes.ENTRY,
                List.of(
                        new Entry(ALERT, "missed-holder", true, false, false, Change.RAISED, new Hold("s1", "works")),
                        new Entry(ALERT, "missed-holder", false, true, true, null, null)));
    }

    @Test
    void memories() throws Exception {
        SerializerContract.check(
                NoticeTypes.MEMORY,
                List.of(
                        Memory.at(Examples.NOON),
                        new Memory(
                                Examples.NOON,
                                List.of(Examples.NOON, Examples.NOON.plusSeconds(1)),
                                Examples.NOON,
                                50_000,
                                2,
                                List.of(new Hold("qlue", null)))));
    }

    @Test
    void parcels() throws Exception {
        SerializerContract.check(NoticeTypes.PARCEL, Examples.parcels());
    }

    @Test
    void everyTypeOfTheCatalogueIsCheckedAbove() {
        assertThat(NoticeTypes.ALL)
                .containsExactlyInAnyOrder(
                        NoticeTypes.SILENCE,
                        NoticeTypes.HEARD,
                        NoticeTypes.BULLETIN,
                        NoticeTypes.FOLLOWED,
                        NoticeTypes.ERRAND,
                        NoticeTypes.ENTRY,
                        NoticeTypes.MEMORY,
                        NoticeTypes.PARCEL);
    }
}
