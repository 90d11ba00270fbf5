package io.tanggap.core.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.tanggap.core.References;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SliceTest {
    private static final Cell CELL = new Cell(Role.TERRITORY, Rule.CROP, "kelurahan", "qlue", "roads", 19_000);

    @Test
    void aCellBelongsToItsUnitAndEveryUnitAboveCutOnceAtMost() {
        assertThat(Slice.paths(CELL, References.WITHOUT_POLICY.hierarchy(Instant.EPOCH)))
                .containsExactlyInAnyOrder(
                        List.of(slice("kelurahan", null, null), slice("north", null, null), slice("city", null, null)),
                        List.of(
                                slice("kelurahan", "qlue", null),
                                slice("north", "qlue", null),
                                slice("city", "qlue", null)),
                        List.of(
                                slice("kelurahan", null, "streets"),
                                slice("north", null, "streets"),
                                slice("city", null, "streets")));
        assertThatThrownBy(() -> slice("city", "qlue", "streets")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aCategoryThatNoGroupListsIsInOther() {
        Cell cell = new Cell(Role.HOLDER, Rule.CRM, "nobody", "qlue", "parks", 19_000);

        assertThat(Slice.paths(cell, References.WITHOUT_POLICY.hierarchy(Instant.EPOCH)))
                .flatExtracting(path -> path)
                .extracting(Slice::unit, Slice::categoryGroup)
                .contains(tuple("nobody", "other"))
                .contains(tuple("city", "other"));
    }

    @Test
    void idsAreReadBackWhateverTheNamesHold() {
        for (String name : List.of("a", "", "*", "a|b", "100%", "%7C", "%257C", "Jl. Ōtemachi 5*")) {
            Cell cell = new Cell(Role.HOLDER, Rule.CRM, name, name, name, -3);
            assertThat(Cell.ofId(cell.id())).isEqualTo(cell);
            assertThat(Slice.ofId(slice(name, null, name).id())).isEqualTo(slice(name, null, name));
            assertThat(Slice.ofId(slice(name, name, null).id())).isEqualTo(slice(name, name, null));
        }
        assertThatThrownBy(() -> Cell.ofId("HOLDER|CRM|a")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void windowsAreWholeLocalDaysWeeksFromMondayAndMonths() {
        long leapDay = LocalDate.parse("2024-02-29").toEpochDay();

        assertThat(Window.DAY.startOf(leapDay)).isEqualTo(leapDay);
        assertThat(Window.DAY.endOf(leapDay)).isEqualTo(leapDay + 1);
        assertThat(LocalDate.ofEpochDay(Window.WEEK.startOf(leapDay))).isEqualTo("2024-02-26");
        assertThat(LocalDate.ofEpochDay(Window.WEEK.endOf(Window.WEEK.startOf(leapDay))))
                .isEqualTo("2024-03-04");
        assertThat(LocalDate.ofEpochDay(Window.MONTH.startOf(leapDay))).isEqualTo("2024-02-01");
        assertThat(LocalDate.ofEpochDay(Window.MONTH.endOf(Window.MONTH.startOf(leapDay))))
                .isEqualTo("2024-03-01");
    }

    @Test
    void quartersBeginInJanuaryAprilJulyAndOctober() {
        assertThat(window(Window.QUARTER, "2024-02-29")).isEqualTo("2024-01-01 to 2024-04-01");
        assertThat(window(Window.QUARTER, "2024-03-31")).isEqualTo("2024-01-01 to 2024-04-01");
        assertThat(window(Window.QUARTER, "2024-04-01")).isEqualTo("2024-04-01 to 2024-07-01");
        assertThat(window(Window.QUARTER, "2024-12-31")).isEqualTo("2024-10-01 to 2025-01-01");
    }

    private static String window(Window window, String day) {
        long start = window.startOf(LocalDate.parse(day).toEpochDay());
        return LocalDate.ofEpochDay(start) + " to " + LocalDate.ofEpochDay(window.endOf(start));
    }

    @Test
    void rollingWindowsAreTheDaysBeforeAMidnight() {
        long today = LocalDate.parse("2024-03-01").toEpochDay();
        for (Window window : Window.values()) {
            if (window.isRolling()) {
                assertThat(window.endOf(window.startBefore(today))).isEqualTo(today);
                assertThatThrownBy(() -> window.startOf(today)).hasMessageContaining("startBefore");
            } else {
                assertThatThrownBy(() -> window.startBefore(today)).hasMessageContaining("startOf");
            }
        }
        assertThat(today - Window.ROLLING_7.startBefore(today)).isEqualTo(7);
        assertThat(LocalDate.ofEpochDay(Window.ROLLING_30.startBefore(today))).isEqualTo("2024-01-31");
        assertThat(LocalDate.ofEpochDay(Window.ROLLING_90.startBefore(today))).isEqualTo("2023-12-02");
    }

    @Test
    void whereSomethingIsCutThereAreLongWindowsAlone() {
        assertThat(slice("city", null, null).windows()).containsExactly(Window.values());
        assertThat(slice("city", "qlue", null).windows())
                .containsExactly(Window.MONTH, Window.QUARTER, Window.ROLLING_30, Window.ROLLING_90);
        assertThat(slice("city", null, "streets").windows())
                .isEqualTo(slice("city", "qlue", null).windows());
    }

    @Test
    void aChannelIsPartOfAllChannelsAndOfNoUnit() {
        Cell cell = Cell.ofChannel("qlue", 19_000);

        assertThat(Slice.paths(cell, References.WITHOUT_POLICY.hierarchy(Instant.EPOCH)))
                .containsExactly(List.of(Slice.ofChannel("qlue"), Slice.ofChannel(Cell.ALL_CHANNELS)));
        assertThat(Cell.ofId(cell.id())).isEqualTo(cell);
        assertThat(Slice.ofChannel("qlue").isCut()).isFalse();
        assertThat(Slice.ofChannel("qlue").windows()).containsExactly(Window.values());
        assertThat(new Slice(Role.HOLDER, Rule.ORIGIN, "dinas", null, null).windows())
                .as("of a unit under the same rule, long windows alone")
                .doesNotContain(Window.DAY);
    }

    private static Slice slice(String unit, @Nullable String channel, @Nullable String group) {
        return new Slice(Role.TERRITORY, Rule.CROP, unit, channel, group);
    }
}
