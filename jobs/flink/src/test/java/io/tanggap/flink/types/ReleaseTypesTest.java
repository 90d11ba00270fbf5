package io.tanggap.flink.types;

import static org.assertj.core.api.Assertions.assertThat;

import io.tanggap.core.complaint.Actor;
import io.tanggap.core.complaint.Outcome;
import io.tanggap.core.complaint.Visibility;
import io.tanggap.core.release.DailyEvent;
import io.tanggap.core.release.Quasi;
import io.tanggap.core.release.ReleasedUnit;
import io.tanggap.flink.avro.Examples;
import io.tanggap.flink.state.Leaf;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReleaseTypesTest {
    private static final String NAME = "0123456789abcdef0123456789abcdef";

    @Test
    void leaves() throws Exception {
        SerializerContract.check(
                ReleaseTypes.LEAF,
                List.of(
                        Leaf.event(NAME, Examples.events().get(0)),
                        Leaf.rung(NAME, 7),
                        Leaf.words(NAME, "lubang é", 0),
                        Leaf.words(NAME, null, 1_000_000)));
    }

    @Test
    void quasiIdentifiers() throws Exception {
        SerializerContract.check(
                ReleaseTypes.QUASI,
                List.of(
                        new Quasi(
                                NAME,
                                LocalDate.of(2017, 11, 5),
                                List.of("pusat", "menteng"),
                                "roads",
                                "é",
                                "qlue",
                                true,
                                "dbm"),
                        new Quasi(NAME, LocalDate.EPOCH, List.of(), "unlisted", "other", "unlisted", false, null)));
    }

    @Test
    void dailyEvents() throws Exception {
        SerializerContract.check(
                ReleaseTypes.DAILY_EVENT,
                List.of(
                        new DailyEvent(
                                NAME,
                                NAME,
                                LocalDate.of(2017, 11, 5),
                                "Closed",
                                Examples.NOON,
                                "complete",
                                new ReleasedUnit("menteng", "kecamatan"),
                                Actor.OFFICER,
                                Visibility.INTERNAL,
                                true,
                                new ReleasedUnit(null, "unlisted"),
                                "é",
                                Outcome.FIXED,
                                5,
                                "qlue",
                                "roads",
                                "menteng"),
                        new DailyEvent(
                                NAME,
                                NAME,
                                LocalDate.of(1969, 12, 31),
                                "PublicReply",
                                Examples.NOON,
                                "complete",
                                null,
                                Actor.CITIZEN,
                                Visibility.PUBLIC,
                                false,
                                null,
                                null,
                                null,
                                null,
                                "unlisted",
                                null,
                                null)));
    }

    @Test
    void everyTypeOfTheCatalogueIsCheckedAbove() {
        assertThat(ReleaseTypes.ALL)
                .containsExactlyInAnyOrder(ReleaseTypes.LEAF, ReleaseTypes.QUASI, ReleaseTypes.DAILY_EVENT);
    }
}
