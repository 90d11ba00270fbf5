package io.tanggap.core.notice;

import static io.tanggap.core.Story.jakarta;
import static io.tanggap.core.Story.local;
import static org.assertj.core.api.Assertions.assertThat;

import io.tanggap.core.PackDraft;
import io.tanggap.core.alert.Alert;
import io.tanggap.core.alert.Alert.State;
import io.tanggap.core.notice.Ladder.Rung;
import io.tanggap.core.reference.AlertKind;
import io.tanggap.core.reference.Policy.Target;
import io.tanggap.core.reference.Reference;
import io.tanggap.core.reference.ReferencePack.Kind;
import io.tanggap.core.reference.Validity;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

class LadderTest {
    /** A Monday. */
    private static final Instant MONDAY = jakarta("2024-07-01 10:00");

    private static PackDraft pack() {
        return new PackDraft("pack")
                .hours("office", "Mon-Fri 07:30-16:00")
                .unit("kota", Kind.TERRITORY, "kota", null)
                .unit("kecamatan", Kind.TERRITORY, "kecamatan", "kota")
                .unit("kelurahan", Kind.TERRITORY, "kelurahan", "kecamatan")
                .recipient("lurah", "kelurahan", "office")
                .recipient("camat", "kecamatan", "office")
                .recipient("mayor", "kota", "office")
                .recipient("bureau", "bureau", "office");
    }

    private static AlertDraft overdue() {
        return AlertDraft.resolution("1", 100, MONDAY).heldBy("kelurahan", "kecamatan", "kota", "city");
    }

    private static List<String> told(PackDraft pack, AlertDraft alert) {
        return told(pack.reference(), alert.alert(), MONDAY);
    }

    private static List<String> told(Reference reference, Alert alert, Instant now) {
        return Ladder.of(alert, reference, now).stream().map(LadderTest::says).toList();
    }

    private static String says(Rung rung) {
        String who = rung.recipient() == null
                ? "nobody of " + rung.unit()
                : rung.recipient().id();
        return who + " by " + rung.route().id() + " at " + local(rung.dueAt());
    }

    @Test
    void everyLineThatMatchesHoldsForItsParty() {
        PackDraft pack = pack().route("90", AlertKind.THRESHOLD, 90, "holder", false)
                .route("100", AlertKind.OVERDUE, 100, "holder", true)
                .route("100-camat", AlertKind.OVERDUE, 100, "above:kecamatan", true)
                .route("+1", AlertKind.OVERDUE, 1, "above:kota")
                .route("+3", AlertKind.OVERDUE, 3, "unit:bureau");

        assertThat(told(pack, overdue()))
                .containsExactly(
                        "lurah by 100 at 2024-07-01 10:00",
                        "camat by 100-camat at 2024-07-01 10:00",
                        "mayor by +1 at 2024-07-02 16:00",
                        "bureau by +3 at 2024-07-04 16:00");
        assertThat(told(pack, AlertDraft.resolution("1", 90, MONDAY).heldBy("kelurahan", "kecamatan", "kota", "city")))
                .containsExactly("lurah by 90 at 2024-07-01 10:00");
    }

    @Test
    void anAlertThatDoesNotStandHasNoRung() {
        PackDraft pack = pack().route("100", AlertKind.OVERDUE, null, "holder", true);

        assertThat(told(pack, overdue().state(State.SUPERSEDED))).hasSize(1);
        assertThat(told(pack, overdue().state(State.CLEARED))).isEmpty();
        assertThat(told(pack, overdue().state(State.RETRACTED))).isEmpty();
    }

    @Test
    void partiesAreReadOffTheCase() {
        PackDraft pack = pack().recipient("charged", "A", null)
                .recipient("asked", "B", null)
                .route("charged", AlertKind.LIMBO, null, "charged", false)
                .route("offered", AlertKind.LIMBO, null, "offered_to", false)
                .route("land", AlertKind.LIMBO, null, "territory", false)
                .route("dinas", AlertKind.LIMBO, null, "above:dinas", false);
        AlertDraft limbo = AlertDraft.of("1", Target.ACCEPTANCE, 100, MONDAY)
                .heldBy("kelurahan", "kecamatan", "kota", "city")
                .charged("A");

        assertThat(told(pack, limbo))
                .as("offered to none, without a place, and below no dinas")
                .containsExactly("charged by charged at 2024-07-01 10:00");
        assertThat(told(pack, limbo.offeredTo("B").territory("kelurahan")))
                .containsExactly(
                        "charged by charged at 2024-07-01 10:00",
                        "asked by offered at 2024-07-01 10:00",
                        "lurah by land at 2024-07-01 10:00");
    }

    @Test
    void aLineMatchesWhatItNames() {
        PackDraft pack = pack().route(
                        "all",
                        AlertKind.OVERDUE,
                        Target.RESOLUTION,
                        150,
                        0,
                        "flooding",
                        "jaki",
                        "holder",
                        true,
                        Validity.ALWAYS);
        AlertDraft alert = AlertDraft.resolution("1", 150, MONDAY)
                .heldBy("kelurahan")
                .category("flooding")
                .channel("jaki");

        assertThat(told(pack, alert)).hasSize(1);
        assertThat(told(pack, alert.category("roads"))).isEmpty();
        assertThat(told(pack, alert.category("flooding").channel("qlue"))).isEmpty();
        assertThat(told(
                        pack,
                        AlertDraft.resolution("1", 100, MONDAY)
                                .heldBy("kelurahan")
                                .category("flooding")
                                .channel("jaki")))
                .isEmpty();
        assertThat(told(
                        pack,
                        AlertDraft.of("1", Target.FIRST_RESPONSE, 150, MONDAY)
                                .heldBy("kelurahan")
                                .category("flooding")
                                .channel("jaki")))
                .isEmpty();
        assertThat(told(pack, AlertDraft.stale("1", MONDAY).heldBy("kelurahan")))
                .isEmpty();
    }

    @Test
    void aSilentFeedIsToldToAUnit() {
        PackDraft pack = pack().route("feed", AlertKind.FEED_SILENT, null, "unit:bureau", false);

        assertThat(told(pack, AlertDraft.feedSilent("qlue", MONDAY)))
                .containsExactly("bureau by feed at 2024-07-01 10:00");
    }

    @Test
    void whoeverIsOnSeveralRungsIsOnTheSoonestAndThenOnTheInstantOne() {
        PackDraft late = pack().route("+1", AlertKind.OVERDUE, 1, "holder")
                .route("digest", AlertKind.OVERDUE, null, "holder", false);
        PackDraft both = pack().route("digest", AlertKind.OVERDUE, null, "holder", false)
                .route("instant", AlertKind.OVERDUE, null, "charged", true)
                .route("instant-too", AlertKind.OVERDUE, null, "holder", true);

        assertThat(told(late, overdue())).containsExactly("lurah by digest at 2024-07-01 10:00");
        assertThat(told(both, overdue())).containsExactly("lurah by instant at 2024-07-01 10:00");
    }

    @Test
    void eachRecipientOfAUnitIsToldAndAUnitWithoutAnyIsNamed() {
        PackDraft pack = pack().recipient("lurah-mail", "kelurahan", null)
                // It is called as a unit of which there is no recipient.
                .recipient("dinas", "kelurahan", null)
                .route("unit", AlertKind.OVERDUE, null, "unit:dinas", true)
                .route("holder", AlertKind.OVERDUE, null, "holder", false);

        assertThat(told(pack, overdue()))
                .containsExactly(
                        "lurah by holder at 2024-07-01 10:00",
                        "lurah-mail by holder at 2024-07-01 10:00",
                        "dinas by holder at 2024-07-01 10:00",
                        "nobody of dinas by unit at 2024-07-01 10:00");
    }

    @Test
    void aLineHoldsOnTheDayOfTheRaisingAndARecipientOnTheDayOfTheTelling() {
        Validity july = new Validity(LocalDate.parse("2024-07-01"), LocalDate.parse("2024-08-01"));
        Reference reference = new PackDraft("pack")
                .recipient("lurah", "kelurahan", null, "07:30", null, 10, july)
                .route("july", AlertKind.OVERDUE, null, null, 0, null, null, "holder", false, july)
                .reference();

        assertThat(told(reference, overdue().alert(), MONDAY)).containsExactly("lurah by july at 2024-07-01 10:00");
        assertThat(told(reference, overdue().alert(), jakarta("2024-08-01 00:00")))
                .containsExactly("nobody of kelurahan by july at 2024-07-01 10:00");
        assertThat(told(
                        reference,
                        AlertDraft.resolution("1", 100, jakarta("2024-06-30 23:59"))
                                .heldBy("kelurahan")
                                .alert(),
                        MONDAY))
                .isEmpty();
    }

    @Test
    void aHolidayMakesTheWaitLongerFromTheDayOfItsDecreeOn() {
        Reference reference = pack().route("+1", AlertKind.OVERDUE, 1, "above:kota")
                .holiday("office", "2024-07-02", null, "2024-07-02")
                .reference();

        assertThat(told(reference, overdue().alert(), MONDAY)).containsExactly("mayor by +1 at 2024-07-02 16:00");
        assertThat(told(reference, overdue().alert(), jakarta("2024-07-02 00:00")))
                .containsExactly("mayor by +1 at 2024-07-03 16:00");
    }

    @Test
    void withoutACalendarDaysAreThoseOfTheCitysClocks() {
        ZoneId newYork = ZoneId.of("America/New_York");
        Instant raised = LocalDateTime.parse("2024-03-09T18:00").atZone(newYork).toInstant();
        Reference reference = new PackDraft("pack")
                .zone(newYork)
                .recipient("hall", "A", null)
                .route("+1", AlertKind.OVERDUE, 1, "holder")
                .reference();

        assertThat(Ladder.of(AlertDraft.resolution("1", 100, raised).alert(), reference, raised))
                .extracting(Rung::dueAt)
                .as("23 hours later")
                .containsExactly(
                        LocalDateTime.parse("2024-03-10T18:00").atZone(newYork).toInstant());
    }

    @Test
    void theRoutesOfTheDayOfTheTellingHold() {
        Reference reference = PackDraft.reference(
                pack().route("old", AlertKind.OVERDUE, null, "holder", false),
                new PackDraft("new")
                        .recipient("lurah", "kelurahan", null)
                        .route("new", AlertKind.OVERDUE, null, "holder", true)
                        .knownFrom("2024-07-02 00:00"));

        assertThat(told(reference, overdue().alert(), MONDAY)).containsExactly("lurah by old at 2024-07-01 10:00");
        assertThat(told(reference, overdue().alert(), jakarta("2024-07-02 00:00")))
                .containsExactly("lurah by new at 2024-07-01 10:00");
    }
}
