package io.tanggap.core.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tanggap.core.References;
import io.tanggap.core.reference.ReferencePack.ResolutionTarget;
import io.tanggap.core.reference.ReferencePack.Unit;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReferenceTest {
    private static final Instant JANUARY = Instant.parse("2024-01-01T00:00:00Z");
    private static final Instant JUNE = Instant.parse("2024-06-01T00:00:00Z");

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

    private static @Nullable String name(
            Reference reference, @Nullable String category, String channel, Instant start) {
        return reference
                .target(category, channel, start)
                .map(ResolutionTarget::id)
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
