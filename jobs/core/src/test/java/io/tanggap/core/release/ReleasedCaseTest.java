package io.tanggap.core.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.tanggap.core.complaint.Actor;
import io.tanggap.core.complaint.CaseEvent;
import io.tanggap.core.complaint.Outcome;
import io.tanggap.core.complaint.Payload;
import io.tanggap.core.complaint.TimeNote;
import io.tanggap.core.complaint.Visibility;
import io.tanggap.core.lifecycle.CaseFold;
import io.tanggap.core.lifecycle.CaseHistory;
import io.tanggap.core.lifecycle.CaseView;
import io.tanggap.core.reference.CaseRules;
import io.tanggap.core.reference.Category;
import io.tanggap.core.reference.Channel;
import io.tanggap.core.reference.PauseRule;
import io.tanggap.core.reference.Reference;
import io.tanggap.core.reference.ReferencePack;
import io.tanggap.core.reference.ReferencePack.Kind;
import io.tanggap.core.reference.ReferencePack.Unit;
import io.tanggap.core.reference.Validity;
import io.tanggap.core.release.Rung.Time;
import io.tanggap.core.release.Rung.Topic;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReleasedCaseTest {
    private static final Instant SUBMITTED = Instant.parse("2017-11-20T18:30:00Z");
    private static final Instant AS_OF = Instant.parse("2017-12-01T00:00:00Z");
    private static final Reference REFERENCE = Reference.of(List.of(pack()));
    private static final Published WORDS = new Published(REFERENCE, AS_OF);
    private static final Rung FINE = new Rung(1, Time.DAY, 0, Topic.CATEGORY, true);

    private static Unit unit(String id, Kind kind, String level, @Nullable String parent) {
        return new Unit(id, kind, "Unit " + id, null, level, parent, Validity.ALWAYS, null, null, null);
    }

    private static ReferencePack pack() {
        return new ReferencePack(
                "test",
                Instant.EPOCH,
                "city",
                ZoneId.of("Asia/Jakarta"),
                Duration.ofDays(14),
                List.of(
                        unit("city", Kind.TERRITORY, "provinsi", null),
                        unit("kota", Kind.TERRITORY, "kota", "city"),
                        unit("camat", Kind.TERRITORY, "kecamatan", "kota"),
                        unit("lurah", Kind.TERRITORY, "kelurahan", "camat"),
                        unit("works", Kind.AGENCY, "dinas", null),
                        unit("works-kota", Kind.AGENCY, "sudin", "works")),
                List.of(),
                Map.of(),
                List.of(),
                List.of(),
                List.of(
                        new Category("road", "Jalan", null, "roads", false),
                        new Category("violence", "Kekerasan", null, "social", true)),
                List.of(),
                List.of(),
                List.of(),
                List.of(new Channel("qlue", null, Set.of(), null)),
                null,
                null,
                List.of(new PauseRule("CITIZEN_INFO", null, Duration.ofDays(3), Validity.ALWAYS)),
                CaseRules.DEFAULT);
    }

    private static CaseEvent event(long seconds, Actor actor, @Nullable String unit, Payload payload) {
        Instant at = SUBMITTED.plusSeconds(seconds);
        return CaseEvent.of(
                "qlue", "Q-1", at, at, null, actor, unit, Visibility.PUBLIC, false, TimeNote.EXACT, payload);
    }

    private static List<CaseEvent> story(@Nullable String category, @Nullable String place) {
        return new ArrayList<>(List.of(
                event(0, Actor.CITIZEN, null, new Payload.Submitted(category, place, "lurah", null)),
                event(60, Actor.OFFICER, "lurah", new Payload.HandoverOffered("works-kota")),
                event(60, Actor.OFFICER, "works-kota", new Payload.HandoverAccepted("works-kota")),
                event(3_600, Actor.OFFICER, "works-kota", new Payload.WaitStarted("CITIZEN_INFO")),
                event(86_400, Actor.OFFICER, null, new Payload.Closed(Outcome.FIXED))));
    }

    private static ReleasedCase released(List<CaseEvent> events, Rung rung) {
        CaseHistory history = CaseHistory.of(events);
        return ReleasedCase.of(view(events), CaseFold.told(history, AS_OF), rung, WORDS, id -> "p-" + id);
    }

    private static CaseView view(List<CaseEvent> events) {
        CaseView view = CaseFold.fold(CaseHistory.of(events), REFERENCE, AS_OF).view();
        assertThat(view).isNotNull();
        return view;
    }

    private static Rung rung(Time time, int up, Topic topic) {
        return new Rung(1, time, up, topic, false);
    }

    @Test
    void theFinestRungTellsWhatTheReferenceKnows() {
        ReleasedCase released = released(story("road", "lurah"), FINE);
        assertThat(released.name()).isEqualTo("p-qlue:Q-1");
        assertThat(released.submitted()).as("the day of the city, not of UTC").isEqualTo(LocalDate.of(2017, 11, 21));
        assertThat(released.place()).isEqualTo("lurah");
        assertThat(released.category()).isEqualTo("road");
        assertThat(released.group()).isEqualTo("roads");
        assertThat(released.channel()).isEqualTo("qlue");
        assertThat(released.closing()).isEqualTo(Duration.ofDays(1));
        assertThat(released.events()).extracting(ReleasedEvent::sequence).containsExactly(1, 2, 3, 4, 5);
        assertThat(released.events())
                .as("as they are, also where two share an instant")
                .extracting(ReleasedEvent::at)
                .containsExactly(
                        SUBMITTED,
                        SUBMITTED.plusSeconds(60),
                        SUBMITTED.plusSeconds(60),
                        SUBMITTED.plusSeconds(3_600),
                        SUBMITTED.plusSeconds(86_400));
        assertThat(released.events().get(3))
                .extracting(ReleasedEvent::activity, ReleasedEvent::transition, ReleasedEvent::reason)
                .containsExactly("WaitStarted", "suspend", "CITIZEN_INFO");
        assertThat(released.events().get(4).unit())
                .as("where the source does not say who acted, who had the case")
                .isEqualTo(new ReleasedUnit("works-kota", "sudin"));
    }

    @Test
    void unitsAreToldNoFinerThanThePlace() {
        ReleasedCase inKecamatan = released(story("road", "lurah"), rung(Time.DAY, 1, Topic.CATEGORY));
        assertThat(inKecamatan.place()).isEqualTo("camat");
        assertThat(inKecamatan.visits().get(0).unit()).isEqualTo(new ReleasedUnit("camat", "kelurahan"));
        ReleasedCase inCity = released(story("road", "lurah"), rung(Time.DAY, 3, Topic.CATEGORY));
        assertThat(inCity.place()).isEqualTo("city");
        assertThat(inCity.visits()).extracting(visit -> visit.unit().group()).containsOnly("city", "works");
    }

    @Test
    void aHolderDoesNotTellThePlaceOfACaseWithoutOne() {
        ReleasedCase released = released(story("road", null), FINE);
        assertThat(released.place()).isEqualTo("city");
        assertThat(released.visits()).extracting(visit -> visit.unit().group()).doesNotContain("lurah", "works-kota");
    }

    @Test
    void agenciesAndTargetsAreNotToldWhereTheCategoryIsNot() {
        ReleasedCase released = released(story("road", "lurah"), rung(Time.DAY, 3, Topic.NONE));
        assertThat(released.category()).isNull();
        assertThat(released.group()).isNull();
        assertThat(released.policy()).isNull();
        assertThat(released.budget()).isNull();
        assertThat(released.visits().get(1).unit()).isEqualTo(new ReleasedUnit(null, "sudin"));
        assertThat(released.events())
                .allMatch(event ->
                        event.to() == null || !"works".equals(event.to().group()));
    }

    @Test
    void aCaseWhoseDayIsNotToldHasNoTimes() {
        ReleasedCase released = released(story("road", "lurah"), rung(Time.MONTH, 0, Topic.CATEGORY));
        assertThat(released.submitted()).isEqualTo(LocalDate.of(2017, 11, 1));
        assertThat(released.events()).isEmpty();
        assertThat(released.visits()).isEmpty();
        assertThat(released.deadline()).isNull();
        assertThat(released.closing()).as("durations say nothing of the day").isEqualTo(Duration.ofDays(1));
        assertThat(released(story("road", "lurah"), rung(Time.WEEK, 0, Topic.CATEGORY))
                        .submitted())
                .isEqualTo(LocalDate.of(2017, 11, 20));
    }

    @Test
    void whatTheReferenceDoesNotListIsNotToldByItsName() {
        List<CaseEvent> events = story("Siti Aminah 0812", "lurah");
        events.add(event(120, Actor.OFFICER, "Budi Santoso", new Payload.HandoverOffered("pak Budi")));
        events.add(event(130, Actor.OFFICER, null, new Payload.WaitStarted("menunggu Bu Siti")));
        events.add(event(140, Actor.CITIZEN, null, new Payload.MergedInto("qlue:3174010101900001")));
        assertThat(released(events, FINE).toString())
                .doesNotContain("Siti", "Budi", "0812")
                .contains("unlisted");
        assertThat(ReleasedCase.quasi(view(events), WORDS, id -> id).sensitive())
                .as("what nobody knows may be anything")
                .isTrue();
    }

    @Test
    void whatWasCorrectedIsNotTold() {
        List<CaseEvent> events = story("road", "lurah");
        CaseEvent mistake = event(200, Actor.OFFICER, "lurah", new Payload.PublicReply());
        events.add(mistake);
        events.add(event(300, Actor.OFFICER, null, new Payload.Corrected(mistake.eventId())));
        events.add(event(400, Actor.SYSTEM, null, new Payload.Redacted()));
        assertThat(released(events, FINE).events())
                .extracting(ReleasedEvent::activity)
                .doesNotContain("PublicReply", "Redacted");
    }

    @Test
    void classesAreOfWhatIsTold() {
        Quasi one = ReleasedCase.quasi(view(story("road", "lurah")), WORDS, id -> "one");
        Quasi unplaced = ReleasedCase.quasi(view(story("road", null)), WORDS, id -> "two");
        for (Rung rung : Ladder.TIMES.rungs()) {
            boolean alike = one.on(rung, WORDS.deepest()).equals(unplaced.on(rung, WORDS.deepest()));
            assertThat(alike).as("%s", rung).isEqualTo(rung.up() >= 3);
        }
        assertThat(WORDS.deepest()).isEqualTo(3);
        assertThat(one.agency()).isEqualTo("works");
    }

    @Test
    void sensitiveClassesNeedMore() {
        assertThat(Anonymity.DEFAULT.suffices(5, false)).isTrue();
        assertThat(Anonymity.DEFAULT.suffices(4, false)).isFalse();
        assertThat(Anonymity.DEFAULT.suffices(10, true)).isFalse();
        assertThat(Anonymity.DEFAULT.suffices(11, true)).isTrue();
    }
}
