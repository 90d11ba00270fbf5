package io.tanggap.core.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tanggap.core.References;
import io.tanggap.core.reference.ReferencePack.Kind;
import io.tanggap.core.reference.ReferencePack.ResolutionTarget;
import io.tanggap.core.reference.ReferencePack.Unit;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReferenceTest {
    private static final Instant JANUARY = Instant.parse("2024-01-01T00:00:00Z");
    private static final Instant JUNE = Instant.parse("2024-06-01T00:00:00Z");
    private static final LocalDate DAY = LocalDate.of(2024, 3, 1);

    private final Reference reference = References.of(pack("june", JUNE, "south"), pack("january", JANUARY, "north"));

    @Test
    void theLogIsInTheOrderInWhichPacksBecameKnown() {
        assertThat(reference.knownAt(JANUARY).id()).isEqualTo("january");
        assertThat(reference.knownAt(JUNE.minusMillis(1)).id()).isEqualTo("january");
        assertThat(reference.knownAt(JUNE).id()).isEqualTo("june");
    }

    @Test
    void ofPacksKnownFromTheSameInstantTheOnePublishedLastHoldsWithItsZone() {
        ReferencePack mended = new ReferencePack(
                "a", JUNE, "city", ZoneId.of("America/New_York"), Duration.ofDays(1), List.of(), List.of(), Map.of());
        Reference log = References.of(pack("b", JUNE, "x"), mended);

        assertThat(log.knownAt(JUNE)).isEqualTo(mended);
        assertThat(log.zone()).isEqualTo(ZoneId.of("America/New_York"));
        assertThat(References.of(mended, pack("b", JUNE, "x")).knownAt(JUNE).id())
                .isEqualTo("b");
    }

    @Test
    void beforeTheFirstPackTheFirstAnswers() {
        assertThat(reference.knownAt(Instant.EPOCH).id()).isEqualTo("january");
    }

    @Test
    void theNextPackIsTheFirstThatBecomesKnownAfterwards() {
        assertThat(reference.nextKnownAfter(Instant.EPOCH)).isEqualTo(JANUARY);
        assertThat(reference.nextKnownAfter(JANUARY)).isEqualTo(JUNE);
        assertThat(reference.nextKnownAfter(JUNE)).isNull();
    }

    @Test
    void aUnitIsBelowWhatThePackKnownThenSays() {
        assertThat(reference.path("desk", JANUARY)).containsExactly("desk", "north", "city");
        assertThat(reference.path("desk", JUNE)).containsExactly("desk", "south", "city");
        assertThat(reference.path("city", JUNE)).containsExactly("city");
    }

    @Test
    void aUnitThatNoPackListsIsBelowTheCity() {
        assertThat(reference.path("elsewhere", JUNE)).containsExactly("elsewhere", "city");
        assertThat(reference.level("elsewhere", JUNE)).isEqualTo("unlisted");
        assertThat(reference.name("elsewhere", JUNE)).isEqualTo("elsewhere");
        assertThat(reference.level("city", JUNE)).isEqualTo("city");
        assertThat(reference.level("desk", JUNE)).isEqualTo("desk");
        assertThat(reference.name("desk", JUNE)).isEqualTo("Desk");
    }

    @Test
    void aParentThatThePackDoesNotListIsPartOfThePath() {
        Reference gap = References.of(pack("p", JANUARY, List.of(unit("desk", "unlisted-parent"))));

        assertThat(gap.path("desk", JUNE)).containsExactly("desk", "unlisted-parent", "city");
    }

    @Test
    void aUnitThatIsItsOwnAncestorIsRefused() {
        assertThatThrownBy(() -> References.of(pack("p", JANUARY, List.of(unit("a", "b"), unit("b", "a")))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ancestor");
        assertThatThrownBy(() -> References.of(pack("p", JANUARY, List.of(unit("a", "a")))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> References.of(pack("p", JANUARY, List.of(unit("a", null), unit("a", null)))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("twice");
    }

    @Test
    void aReferenceHasAtLeastOnePack() {
        assertThatThrownBy(References::of).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void moreThanTwelveGroupsAreRefused() {
        Map<String, String> groups = new HashMap<>();
        for (int i = 0; i < 12; i++) {
            groups.put("category " + i, "group " + i);
        }
        assertThat(grouped(groups).categoryGroups()).hasSize(12);
        groups.put("one more", "group 12");
        assertThatThrownBy(() -> grouped(groups))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("13");
    }

    @Test
    void aPackOrTargetWithoutSensibleTimesIsRefused() {
        assertThatThrownBy(() -> new ReferencePack(
                        "p", JANUARY, "city", References.JAKARTA, Duration.ZERO, List.of(), List.of(), Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("staleAfter");
        assertThatThrownBy(() -> References.within("t", Duration.ofMillis(-1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aUnitIsMeantByItsIdOrByANameThatNoOtherHasOnTheDay() {
        LocalDate day = LocalDate.ofInstant(JUNE, References.JAKARTA);
        Reference units = References.of(pack(
                "p",
                JANUARY,
                List.of(
                        line("a", "Menteng", null, null, day),
                        line("b", "Menteng ", null, day, null),
                        line("c", "Gambir", null, null, null),
                        line("d", "Gambir", null, day, null),
                        line("Senen", "Old Senen", null, null, null),
                        line("e", "Senen", null, null, null))));

        assertThat(units.unitNamed(" MENTENG", JANUARY)).hasValue("a");
        assertThat(units.unitNamed("menteng", JUNE)).hasValue("b");
        assertThat(units.unitNamed("a", JUNE)).as("no more there").isEmpty();
        assertThat(units.unitNamed("Gambir", JANUARY)).hasValue("c");
        assertThat(units.unitNamed("Gambir", JUNE)).as("two of them").isEmpty();
        assertThat(units.unitNamed("Senen", JUNE)).as("an id before a name").hasValue("Senen");
        assertThat(units.unitNamed("Tanah Abang", JUNE)).isEmpty();
    }

    @Test
    void theFirstTargetThatMatchesWins() {
        Reference targets = References.of(References.pack(
                "p",
                JANUARY,
                References.JAKARTA,
                target("roads by qlue", "roads", "qlue", null, null),
                target("roads until june", "roads", null, null, JUNE),
                target("lapor", null, "lapor", null, null),
                target("since june", null, null, JUNE, null)));

        assertThat(name(targets, "roads", "qlue", JANUARY)).isEqualTo("roads by qlue");
        assertThat(name(targets, "roads", "lapor", JANUARY)).isEqualTo("roads until june");
        assertThat(name(targets, "roads", "lapor", JUNE)).isEqualTo("lapor");
        assertThat(name(targets, null, "qlue", JUNE)).isEqualTo("since june");
        assertThat(name(targets, null, "qlue", JUNE.minusMillis(1))).isNull();
    }

    @Test
    void aUnitIsAsItsLineOfTheDaySays() {
        Reference moved = References.of(pack(
                "p",
                JANUARY,
                List.of(
                        line("menteng", "Menteng", "pusat", null, DAY),
                        line("menteng", "Menteng Baru", "utara", DAY, null),
                        line("pusat", "Pusat", null, null, null),
                        line("utara", "Utara", null, DAY, null))));
        Instant midnight = DAY.atStartOfDay(References.JAKARTA).toInstant();

        assertThat(moved.path("menteng", midnight.minusMillis(1))).containsExactly("menteng", "pusat", "city");
        assertThat(moved.path("menteng", midnight)).containsExactly("menteng", "utara", "city");
        assertThat(moved.name("menteng", midnight.minusMillis(1))).isEqualTo("Menteng");
        assertThat(moved.name("menteng", midnight)).isEqualTo("Menteng Baru");
        assertThat(moved.level("utara", midnight.minusMillis(1)))
                .as("before its first day it is what it will be")
                .isEqualTo("kota");
        assertThat(moved.level("utara", midnight)).isEqualTo("kota");
        assertThat(moved.unit("utara", midnight.minusMillis(1))).isEmpty();
        assertThat(moved.hierarchy(midnight.minusMillis(1)).name()).isEqualTo("p");
        assertThat(moved.hierarchy(midnight).name())
                .isEqualTo("p@" + DAY)
                .isEqualTo(moved.hierarchy(midnight.plusSeconds(1)).name());
        assertThat(reference.hierarchy(JUNE).name()).isEqualTo("june");
    }

    @Test
    void aUnitThatIsItsOwnAncestorOnSomeDaysIsRefused() {
        assertThatThrownBy(() -> References.of(pack(
                        "p",
                        JANUARY,
                        List.of(
                                line("a", "A", "b", null, null),
                                line("b", "B", null, null, DAY),
                                line("b", "B", "a", DAY, null)))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ancestor in a part of the time");
        assertThatThrownBy(() -> References.of(pack(
                        "p",
                        JANUARY,
                        List.of(line("a", "A", null, null, DAY.plusDays(1)), line("a", "A", null, DAY, null)))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("unit a twice on a day");
    }

    @Test
    void theNearestTerritoryWithALineForTheDaySaysWhoseTaskItIs() {
        Validity before = new Validity(null, DAY);
        Reference tasks = References.of(directoryPack(
                List.of(
                        new Competence("flood", "desk", "desk-pumps", before),
                        new Competence(null, "desk", "desk-all", new Validity(DAY.plusDays(1), null)),
                        new Competence(null, "north", "north-all", Validity.ALWAYS),
                        new Competence("flood", "north", "north-flood", Validity.ALWAYS),
                        new Competence("flood", "north", "never", Validity.ALWAYS),
                        new Competence("flood", null, "city-flood", Validity.ALWAYS)),
                List.of()));
        Instant day = DAY.atStartOfDay(References.JAKARTA).toInstant();

        assertThat(tasks.competent("flood", "desk", day.minusMillis(1))).contains("desk-pumps");
        assertThat(tasks.competent("flood", "desk", day)).contains("north-flood");
        assertThat(tasks.competent("roads", "desk", day)).contains("north-all");
        assertThat(tasks.competent(null, "desk", day)).contains("north-all");
        assertThat(tasks.competent("flood", "desk", day.plus(Duration.ofDays(1))))
                .contains("desk-all");
        assertThat(tasks.competent("flood", "elsewhere", day)).contains("city-flood");
        assertThat(tasks.competent("flood", null, day)).contains("city-flood");
        assertThat(tasks.competent("roads", "elsewhere", day)).isEmpty();
        assertThat(reference.competent("flood", "desk", day)).isEmpty();
    }

    @Test
    void aLabelOfTheChannelWinsAndCaseAndBlanksDoNotCount() {
        Reference labels = References.of(directoryPack(
                List.of(),
                List.of(
                        new Label(null, "Jalan Rusak", "roads"),
                        new Label("qlue", "jalan  rusak", "potholes"),
                        new Label("qlue", "banjir", "flood"))));

        assertThat(labels.category("qlue", " JALAN\u00a0rusak ", JUNE)).contains("potholes");
        assertThat(labels.category("lapor", "Jalan Rusak", JUNE)).contains("roads");
        assertThat(labels.category("lapor", "banjir", JUNE)).isEmpty();
        assertThat(labels.category("qlue", "jalanrusak", JUNE)).isEmpty();
    }

    @Test
    void validitiesAreOfDaysFromTheFirstToBeforeTheLast() {
        Validity week = new Validity(DAY, DAY.plusDays(7));

        assertThat(week.contains(DAY)).isTrue();
        assertThat(week.contains(DAY.plusDays(7))).isFalse();
        assertThat(week.overlaps(new Validity(DAY.plusDays(7), null))).isFalse();
        assertThat(week.overlaps(new Validity(null, DAY.plusDays(1)))).isTrue();
        assertThat(Validity.ALWAYS.contains(week)).isTrue();
        assertThat(week.contains(Validity.ALWAYS)).isFalse();
        assertThat(week.contains(new Validity(DAY, DAY.plusDays(6)))).isTrue();
        assertThatThrownBy(() -> new Validity(DAY, DAY)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whoIsToldIsSaidByThePackKnownThen() {
        Route late = new Route(
                "late",
                AlertKind.OVERDUE,
                null,
                null,
                0,
                null,
                null,
                Route.Party.HOLDER,
                null,
                false,
                new Validity(DAY, null));
        Reference log = References.of(telling("p", JANUARY, List.of(late), List.of()), pack("june", JUNE, "south"));

        assertThat(log.routes(JANUARY)).as("also those of later days").containsExactly(late);
        assertThat(log.routes(JUNE)).as("a pack without routes tells nobody").isEmpty();
    }

    @Test
    void messagesGoWhereThePackKnownThenSendsThemOnTheDayInTheZoneOfTheCity() {
        Recipient before = recipient("folder", "desk", new Validity(null, DAY));
        Recipient after = recipient("folder", "north", new Validity(DAY, null));
        Recipient mail = recipient("mail", "desk", Validity.ALWAYS);
        Reference log = References.of(
                telling("p", JANUARY, List.of(), List.of(before, mail, after)), pack("june", JUNE, "south"));
        Instant midnight = DAY.atStartOfDay(References.JAKARTA).toInstant();

        assertThat(log.recipients("desk", midnight.minusMillis(1))).containsExactly(before, mail);
        assertThat(log.recipients("desk", midnight)).containsExactly(mail);
        assertThat(log.recipients("north", midnight)).containsExactly(after);
        assertThat(log.recipient("folder", midnight.minusMillis(1))).contains(before);
        assertThat(log.recipient("folder", midnight)).contains(after);
        assertThat(log.recipient("fax", midnight)).isEmpty();
        assertThat(log.recipients("desk", JUNE)).isEmpty();
        assertThat(log.recipient("mail", JUNE)).isEmpty();
    }

    @Test
    void aPolicyShadowsTheLaterOnesThatItLeavesNothingToMatch() {
        Policy office = policy("office", Policy.Target.RESOLUTION, null, "office", Validity.ALWAYS);
        Policy triage = policy("triage", Policy.Target.TRIAGE, null, null, Validity.ALWAYS);
        Policy rest = policy("rest", Policy.Target.RESOLUTION, null, null, new Validity(DAY, null));

        assertThat(rest.shadows(office)).isFalse();
        assertThat(office.shadows(rest)).isTrue();
        assertThat(triage.shadows(rest)).isFalse();
    }

    @Test
    void aUnitThatIsNoMoreKeepsItsLastNameAndLevel() {
        Reference abolished = References.of(pack("p", JANUARY, List.of(line("menteng", "Menteng", null, null, DAY))));
        Instant midnight = DAY.atStartOfDay(References.JAKARTA).toInstant();

        assertThat(abolished.unit("menteng", midnight)).isEmpty();
        assertThat(abolished.name("menteng", midnight)).isEqualTo("Menteng");
        assertThat(abolished.level("menteng", midnight)).isEqualTo("kota");
    }

    @Test
    void residentsAreThoseOfTheLineElseTheSumOfTheTerritoriesBelowIfAllHaveANumber() {
        Reference counted = References.of(pack(
                "p",
                JANUARY,
                List.of(
                        inhabited("pusat", null, 100L, null, null),
                        inhabited("menteng", "pusat", 70L, null, null),
                        inhabited("utara", null, null, null, null),
                        inhabited("koja", "utara", 20L, null, DAY),
                        inhabited("koja", "utara", 25L, DAY, null),
                        inhabited("cilincing", "utara", 5L, null, null),
                        inhabited("pademangan", "utara", null, DAY.plusDays(1), null),
                        new Unit(
                                "dinas",
                                Kind.AGENCY,
                                "Dinas",
                                null,
                                "dinas",
                                "utara",
                                Validity.ALWAYS,
                                null,
                                null,
                                null))));
        Instant midnight = DAY.atStartOfDay(References.JAKARTA).toInstant();
        Hierarchy before = counted.hierarchy(midnight.minusMillis(1));
        Hierarchy on = counted.hierarchy(midnight);
        Hierarchy after = counted.hierarchy(midnight.plus(Duration.ofDays(1)));

        assertThat(on.residents("pusat")).as("its own number goes before").isEqualTo(100);
        assertThat(before.residents("utara")).isEqualTo(25);
        assertThat(on.residents("utara")).isEqualTo(30);
        assertThat(on.residents("city")).isEqualTo(130);
        assertThat(after.residents("utara")).as("of one below nobody knows").isNull();
        assertThat(after.residents("city")).isNull();
        assertThat(on.residents("dinas")).isNull();
        assertThat(on.residents("elsewhere")).isNull();
    }

    @Test
    void aMapShowsTheLowestTerritoriesWhosePlaceIsKnown() {
        GeoPoint here = new GeoPoint(-6.2, 106.8);
        GeoPoint there = new GeoPoint(-6.3, 106.9);
        Reference mapped = References.of(pack(
                "p",
                JANUARY,
                List.of(
                        placed("pusat", Kind.TERRITORY, null, here, null),
                        placed("menteng", Kind.TERRITORY, "pusat", null, null),
                        placed("gondangdia", Kind.TERRITORY, "menteng", there, DAY),
                        placed("utara", Kind.TERRITORY, null, here, null),
                        placed("koja", Kind.TERRITORY, "utara", null, null),
                        placed("dinas", Kind.AGENCY, "utara", there, null))));
        Instant midnight = DAY.atStartOfDay(References.JAKARTA).toInstant();
        Hierarchy before = mapped.hierarchy(midnight.minusMillis(1));
        Hierarchy on = mapped.hierarchy(midnight);

        assertThat(before.location("gondangdia")).isEqualTo(there);
        assertThat(before.location("menteng")).as("nobody says where").isNull();
        assertThat(before.location("pusat")).as("one far below has a place").isNull();
        assertThat(on.location("pusat")).as("none below has a place any more").isEqualTo(here);
        assertThat(on.location("utara")).as("agencies are on no map").isEqualTo(here);
        assertThat(on.location("elsewhere")).isNull();
    }

    private static Unit placed(
            String id, Kind kind, @Nullable String parent, @Nullable GeoPoint place, @Nullable LocalDate to) {
        return new Unit(id, kind, id, null, "kota", parent, new Validity(null, to), null, place, null);
    }

    private static Unit inhabited(
            String id,
            @Nullable String parent,
            @Nullable Long population,
            @Nullable LocalDate from,
            @Nullable LocalDate to) {
        return new Unit(id, Kind.TERRITORY, id, null, "kota", parent, new Validity(from, to), population, null, null);
    }

    private static ReferencePack withPolicies(Policy... policies) {
        return new ReferencePack(
                "p",
                JANUARY,
                "city",
                References.JAKARTA,
                Duration.ofDays(1),
                List.of(),
                List.of(),
                Map.of(),
                List.of(policies),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                null,
                null);
    }

    private static ReferencePack telling(String id, Instant knownFrom, List<Route> routes, List<Recipient> recipients) {
        return new ReferencePack(
                id,
                knownFrom,
                "city",
                References.JAKARTA,
                Duration.ofDays(1),
                List.of(unit("desk", "north"), unit("north", null)),
                List.of(),
                Map.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                null,
                null,
                List.of(),
                CaseRules.DEFAULT,
                routes,
                recipients);
    }

    private static Recipient recipient(String id, String unit, Validity validity) {
        return new Recipient(
                id,
                unit,
                Recipient.Means.FILE,
                "-",
                "id",
                Recipient.CUSTOMARY_DIGEST,
                null,
                null,
                null,
                Recipient.CUSTOMARY_PER_HOUR,
                validity);
    }

    private static Policy policy(
            String id, Policy.Target target, @Nullable String level, @Nullable String calendar, Validity validity) {
        return new Policy(id, target, null, null, level, Duration.ofDays(1), false, calendar, validity);
    }

    private static Unit line(
            String id, String name, @Nullable String parent, @Nullable LocalDate from, @Nullable LocalDate to) {
        return new Unit(id, Kind.TERRITORY, name, null, "kota", parent, new Validity(from, to), null, null, null);
    }

    private static ReferencePack directoryPack(List<Competence> competences, List<Label> labels) {
        return new ReferencePack(
                "p",
                JANUARY,
                "city",
                References.JAKARTA,
                Duration.ofDays(1),
                List.of(unit("desk", "north"), unit("north", null)),
                List.of(),
                Map.of(),
                List.of(),
                List.of(),
                List.of(),
                labels,
                competences,
                List.of(),
                List.of(),
                null,
                null);
    }

    private static @Nullable String name(
            Reference reference, @Nullable String category, String channel, Instant start) {
        return reference
                .allowance(Policy.Target.RESOLUTION, category, channel, null, start, start)
                .map(Allowance::policy)
                .orElse(null);
    }

    private static ResolutionTarget target(
            String id,
            @Nullable String category,
            @Nullable String channel,
            @Nullable Instant from,
            @Nullable Instant to) {
        return new ResolutionTarget(id, category, channel, Duration.ofHours(1), from, to);
    }

    private static ReferencePack grouped(Map<String, String> groups) {
        return new ReferencePack(
                "p", JANUARY, "city", References.JAKARTA, Duration.ofDays(1), List.of(), List.of(), groups);
    }

    private static ReferencePack pack(String id, Instant knownFrom, String parent) {
        return pack(
                id,
                knownFrom,
                List.of(new Unit("desk", "Desk", "desk", parent), unit("north", null), unit("south", "city")));
    }

    private static ReferencePack pack(String id, Instant knownFrom, List<Unit> units) {
        return new ReferencePack(
                id, knownFrom, "city", References.JAKARTA, Duration.ofDays(1), units, List.of(), Map.of());
    }

    private static Unit unit(String id, @Nullable String parent) {
        return new Unit(id, id, "kota", parent);
    }
}
