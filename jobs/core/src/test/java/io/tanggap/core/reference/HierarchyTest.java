package io.tanggap.core.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tanggap.core.References;
import io.tanggap.core.reference.ReferencePack.Kind;
import io.tanggap.core.reference.ReferencePack.Unit;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HierarchyTest {
    private static final LocalDate MARCH = LocalDate.of(2024, 3, 1);
    private static final LocalDate JUNE = LocalDate.of(2024, 6, 1);
    private static final LocalDate JULY = LocalDate.of(2024, 7, 1);
    private static final Instant NOW = Instant.parse("2024-12-01T00:00:00Z");

    private final Reference reference = References.of(pack(
            unit("north", null, null, MARCH, "united"),
            unit("south", null, null, MARCH, "united"),
            unit("united", null, MARCH, null, null),
            unit("mill", "north", null, JUNE.minusDays(100), null),
            unit("old", "north", null, MARCH, "middle"),
            unit("middle", "united", MARCH, JUNE, "new"),
            unit("new", "united", JUNE, null, null),
            unit("back", "north", null, MARCH, "middle"),
            unit("back", "united", JULY, null, null),
            unit("dissolved", "south", null, MARCH, "city")));

    private static ReferencePack pack(Unit... units) {
        return new ReferencePack(
                "p",
                Instant.EPOCH,
                "city",
                References.JAKARTA,
                Duration.ofDays(1),
                List.of(units),
                List.of(),
                Map.of());
    }

    private static Unit unit(
            String id,
            @Nullable String parent,
            @Nullable LocalDate from,
            @Nullable LocalDate to,
            @Nullable String successor) {
        return new Unit(
                id,
                Kind.TERRITORY,
                "Name of " + id,
                null,
                "kelurahan",
                parent,
                new Validity(from, to),
                null,
                null,
                null,
                successor);
    }

    private List<String> onStructure(LocalDate day, String unit) {
        return reference.structure(day, NOW).path(unit);
    }

    private List<String> onDay(LocalDate day, String unit) {
        return reference.path(unit, day.atStartOfDay(References.JAKARTA).toInstant());
    }

    @Test
    void aUnitThatIsNoMoreIsItsSuccessorAlsoOverSeveralChanges() {
        assertThat(onStructure(MARCH.minusDays(1), "old")).containsExactly("old", "north", "city");
        assertThat(onStructure(MARCH, "old")).containsExactly("middle", "united", "city");
        assertThat(onStructure(JUNE, "old")).containsExactly("new", "united", "city");
        assertThat(onStructure(JUNE, "dissolved")).containsExactly("city");
    }

    @Test
    void aUnitWithoutSuccessorIsBelowWhoeverSucceededItsLastParent() {
        assertThat(onStructure(JUNE, "mill")).containsExactly("mill", "united", "city");
        assertThat(reference.structure(JUNE, NOW).nameOf("mill")).isEqualTo("Name of mill");
        assertThat(reference.structure(JUNE, NOW).level("mill")).isEqualTo("kelurahan");
    }

    @Test
    void aUnitToComeIsBelowItsFirstParent() {
        assertThat(onStructure(MARCH.minusDays(1), "new")).containsExactly("new", "united", "city");
        assertThat(onDay(MARCH.minusDays(1), "new")).containsExactly("new", "united", "city");
        assertThat(reference.structure(MARCH, NOW).nameOf("new")).isEqualTo("Name of new");
    }

    @Test
    void aUnitThatComesBackIsItselfAgain() {
        assertThat(onStructure(MARCH.minusDays(1), "back")).containsExactly("back", "north", "city");
        assertThat(onStructure(MARCH, "back")).containsExactly("middle", "united", "city");
        assertThat(onStructure(JUNE, "back")).containsExactly("new", "united", "city");
        assertThat(onStructure(JULY, "back")).containsExactly("back", "united", "city");
    }

    @Test
    void withoutAStructureNobodyIsReplacedAndAClosedUnitStaysBelowItsLastParent() {
        assertThat(onDay(JUNE, "old")).containsExactly("old", "north", "city");
        assertThat(onDay(JUNE, "dissolved")).containsExactly("dissolved", "south", "city");
        assertThat(onDay(JUNE, "nobody's")).containsExactly("nobody's", "city");
    }

    @Test
    void theStructureIsThatOfThePackKnownAtTheAsOf() {
        Instant published = Instant.parse("2024-02-01T00:00:00Z");
        ReferencePack later = new ReferencePack(
                "q",
                published,
                "city",
                References.JAKARTA,
                Duration.ofDays(1),
                List.of(unit("old", null, null, null, null)),
                List.of(),
                Map.of("roads", "streets"));
        Reference log = Reference.of(List.of(reference.knownAt(NOW), later));

        assertThat(log.structure(JUNE, published.minusMillis(1)).path("old")).containsExactly("new", "united", "city");
        assertThat(log.structure(JUNE, published).path("old")).containsExactly("old", "city");
        assertThat(log.structure(JUNE, published).groupOf("roads")).isEqualTo("streets");
        assertThat(log.structure(JUNE, published).groupOf("else")).isEqualTo(ReferencePack.OTHER);
        assertThat(log.structure(JUNE, published).name())
                .isNotEqualTo(log.structure(MARCH, published).name())
                .isNotEqualTo(log.structure(JUNE, published.minusMillis(1)).name())
                .isNotEqualTo(log.hierarchy(NOW).name());
    }

    @Test
    void linesThatNobodyCheckedGoRoundOnce() {
        Reference round = References.of(pack(unit("a", "b", null, MARCH, null), unit("b", "a", MARCH, null, null)));

        assertThat(round.path("a", NOW)).containsExactly("a", "b", "city");
        assertThat(round.structure(JUNE, NOW).path("b")).containsExactly("b", "a", "city");
    }

    @Test
    void aSuccessorThatIsNotThereIsRefused() {
        for (Unit lost : List.of(
                unit("a", null, null, JUNE, "nobody"),
                unit("a", null, null, JUNE, "a"),
                unit("a", null, null, JUNE, "b"),
                unit("a", null, null, null, "c"))) {
            assertThatThrownBy(() -> References.of(
                            pack(lost, unit("b", null, null, JUNE, null), unit("c", null, null, null, null))))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("reference pack p: unit a is succeeded by");
        }
    }
}
