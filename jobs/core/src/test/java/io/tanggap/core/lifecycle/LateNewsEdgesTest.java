package io.tanggap.core.lifecycle;

import static io.tanggap.core.Clocks.clock;
import static io.tanggap.core.Clocks.says;
import static io.tanggap.core.Story.jakarta;
import static io.tanggap.core.Story.told;
import static org.assertj.core.api.Assertions.assertThat;

import io.tanggap.core.PackDraft;
import io.tanggap.core.Story;
import io.tanggap.core.lifecycle.Visit.End;
import io.tanggap.core.lifecycle.Visit.Entry;
import io.tanggap.core.measure.Cell;
import io.tanggap.core.measure.Contributions;
import io.tanggap.core.measure.Count;
import io.tanggap.core.measure.Role;
import io.tanggap.core.reference.Policy.Target;
import io.tanggap.core.reference.Reference;
import io.tanggap.core.reference.ReferencePack.Kind;
import io.tanggap.core.reference.Validity;
import io.tanggap.core.sla.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;

/** Edge cases 77 to 80: what is only known when cases are under way. 2024-07-01 is a Monday. */
@DisplayNameGeneration(Edge.Names.class)
class LateNewsEdgesTest {

    @Edge(number = 77, source = "no issue found: cuti bersama is decreed by ministers, also for next week")
    void aHolidayThatIsDecreedLateMovesWhatIsOpenAndNothingThatIsJudged() {
        Reference reference = new PackDraft("p")
                .hours("office", "Mon-Fri 09:00-17:00")
                .holiday("office", "2024-07-09", null, "2024-07-08")
                .holiday("office", "2024-07-03", null, "2024-07-08")
                .policy(Target.RESOLUTION, "16h", "office")
                .reference();
        Story open = told("2024-07-05 13:00 citizen submits A");

        assertThat(says(open.seenAt("2024-07-05 15:00", reference), Target.RESOLUTION))
                .isEqualTo("RUNNING due 2024-07-09 13:00");
        assertThat(open.folded(jakarta("2024-07-05 15:00"), reference).nextChangeAt())
                .as("the day of the decree, before anything is due")
                .isEqualTo(jakarta("2024-07-08 00:00"));
        assertThat(says(open.seenAt("2024-07-08 00:00", reference), Target.RESOLUTION))
                .isEqualTo("RUNNING due 2024-07-10 13:00");
        assertThat(says(
                        told("2024-07-05 13:00 citizen submits A", "16:00 A claims")
                                .seenAt("2024-07-20 00:00", reference),
                        Target.RESOLUTION))
                .as("stopped before anybody knew")
                .isEqualTo("MET due 2024-07-09 13:00");
        assertThat(says(
                        told("2024-07-05 13:00 citizen submits A", "2024-07-10 13:00 A claims")
                                .seenAt("2024-07-20 00:00", reference),
                        Target.RESOLUTION))
                .as("stopped when it was known")
                .isEqualTo("MET due 2024-07-10 13:00");
        assertThat(says(
                        told("2024-07-01 13:00 citizen submits A").seenAt("2024-07-20 00:00", reference),
                        Target.RESOLUTION))
                .as("missed before it was decreed that nobody had had to work")
                .isEqualTo("MISSED_OPEN due 2024-07-03 13:00");
    }

    @Edge(number = 78, source = "no issue found: a month of shorter hours, by the moon")
    void theHoursOfRamadanHoldOnItsDays() {
        Reference reference = new PackDraft("p")
                .hours("dki", new Validity(null, LocalDate.parse("2025-03-01")), "Mon-Fri 07:30-16:00")
                .hours(
                        "dki",
                        new Validity(LocalDate.parse("2025-03-01"), LocalDate.parse("2025-04-01")),
                        "Mon-Fri 08:00-15:00")
                .hours("dki", new Validity(LocalDate.parse("2025-04-01"), null), "Mon-Fri 07:30-16:00")
                .policy(Target.RESOLUTION, "2h", "dki")
                .policy(Target.DWELL, "1wd", "dki")
                .reference();

        CaseView into = told("2025-02-28 15:30 citizen submits A").seenAt("2025-02-28 15:31", reference);
        assertThat(says(into, Target.RESOLUTION))
                .as("half an hour of February, and an hour and a half of Ramadan from 8 on")
                .isEqualTo("RUNNING due 2025-03-03 09:30");
        assertThat(says(into, Target.DWELL)).isEqualTo("RUNNING due 2025-03-03 15:00");
        CaseView outOf = told("2025-03-31 14:30 citizen submits A").seenAt("2025-03-31 14:31", reference);
        assertThat(says(outOf, Target.RESOLUTION)).isEqualTo("RUNNING due 2025-04-01 09:00");
        assertThat(says(outOf, Target.DWELL)).isEqualTo("RUNNING due 2025-04-01 16:00");
    }

    @Edge(number = 79, source = "no issue found: agencies are merged and kelurahan are split while cases are open")
    void whoTakesOverForAHolderTakesItsCasesAndWithoutThatTheyStayInSight() {
        Reference reference = new PackDraft("p")
                .hours("office", "Mon-Fri 09:00-17:00")
                .unit("lama", Kind.AGENCY, "dinas", null, null, "2024-07-03", "baru")
                .unit("baru", Kind.AGENCY, "dinas", null, "2024-07-03", null, null)
                .unit("kota", Kind.TERRITORY, "kota", null)
                .unit("kelurahan", Kind.TERRITORY, "kelurahan", "kota", null, "2024-07-03", "utara")
                .unit("utara", Kind.TERRITORY, "kelurahan", "kota", "2024-07-03", null, null)
                .unit("selatan", Kind.TERRITORY, "kelurahan", "kota", "2024-07-03", null, null)
                .policy(Target.RESOLUTION, "24h", "office")
                .policy(Target.DWELL, "24h", "office")
                .reference();
        Story story = told("2024-07-01 09:00 citizen submits lama");
        CaseView left = story.seenAt("2024-07-04 00:00", reference);
        CaseView taken = told("2024-07-01 09:00 citizen submits lama", "2024-07-03 00:00 officer reorganises lama baru")
                .seenAt("2024-07-04 00:00", reference);

        assertThat(taken.holder()).isEqualTo("baru");
        assertThat(taken.handovers()).as("nobody gave anything away").isEmpty();
        assertThat(taken.visits())
                .usingRecursiveFieldByFieldElementComparatorIgnoringFields("workedAt", "counted")
                .containsExactly(
                        new Visit(
                                1,
                                "lama",
                                null,
                                jakarta("2024-07-01 09:00"),
                                Entry.SUBMITTED,
                                0,
                                jakarta("2024-07-03 00:00"),
                                End.REORGANISED,
                                null,
                                Duration.ZERO),
                        new Visit(
                                2,
                                "baru",
                                null,
                                jakarta("2024-07-03 00:00"),
                                Entry.REORGANISED,
                                0,
                                null,
                                null,
                                null,
                                Duration.ZERO));
        Clock dwell = clock(taken, Target.DWELL);
        assertThat(says(dwell))
                .as("the time goes on, and was not handed on")
                .isEqualTo("MISSED_OPEN due 2024-07-03 17:00");
        assertThat(dwell.charged()).isEqualTo("baru");
        assertThat(taken.cycle().charged()).isEqualTo("baru");
        assertThat(held(taken, "lama")).isZero();
        assertThat(held(taken, "baru")).isEqualTo(1);

        assertThat(left.holder()).isEqualTo("lama");
        assertThat(left.cycle().charged()).isEqualTo("lama");
        assertThat(held(left, "lama")).isEqualTo(1);
        assertThat(left.territory()).isEqualTo("kelurahan");
        assertThat(reference.path("kelurahan", left.asOf()))
                .as("below what it was last below")
                .containsExactly("kelurahan", "kota", "city");
        assertThat(reference
                        .structure(LocalDate.parse("2024-07-04"), left.asOf())
                        .path("kelurahan"))
                .as("in the structure of today: the part that kept the seat")
                .containsExactly("utara", "kota", "city");
        CaseView moved =
                story.further("2024-07-03 10:00 officer locates selatan").seenAt("2024-07-04 00:00", reference);
        assertThat(moved.cycle().accountable().crop()).isEqualTo("selatan");
    }

    /** How many cases a holder has, by what entered and left. */
    private static long held(CaseView view, String unit) {
        return Contributions.of(view).entrySet().stream()
                .filter(part -> isOf(part.getKey(), unit))
                .map(Map.Entry::getValue)
                .mapToLong(tally -> tally.get(Count.OPEN_ENTERED) - tally.get(Count.OPEN_LEFT))
                .sum();
    }

    private static boolean isOf(Cell cell, String unit) {
        return cell.role() == Role.HOLDER && cell.unit().equals(unit);
    }

    @Edge(number = 80, source = "no issue found: FixMyStreet ignores what is older than the last update")
    void aLateMessageThatProvesAReplyInTimeTakesTheBreachBack() {
        Reference reference = new PackDraft("p")
                .hours("office", "Mon-Fri 09:00-17:00")
                .policy(Target.FIRST_RESPONSE, "8h", "office")
                .lateness("6h")
                .reference();
        Story silent = told("2024-07-01 09:00 citizen submits A");
        Story replied = told("2024-07-01 09:00 citizen submits A", "16:30 A replies");

        Clock missed = clock(silent.seenAt("2024-07-01 18:00", reference), Target.FIRST_RESPONSE);
        assertThat(says(missed)).isEqualTo("MISSED_OPEN due 2024-07-01 17:00");
        assertThat(missed.provisional()).as("somebody may yet tell").isTrue();
        assertThat(silent.folded(jakarta("2024-07-01 18:00"), reference).nextChangeAt())
                .isEqualTo(jakarta("2024-07-01 23:00:00.001"));
        assertThat(clock(silent.seenAt("2024-07-01 23:00", reference), Target.FIRST_RESPONSE)
                        .provisional())
                .isTrue();
        assertThat(clock(silent.seenAt("2024-07-01 23:00:00.001", reference), Target.FIRST_RESPONSE)
                        .provisional())
                .isFalse();

        for (String asOf : List.of("2024-07-01 18:00", "2024-07-20 00:00")) {
            Clock met = clock(replied.seenAt(asOf, reference), Target.FIRST_RESPONSE);
            assertThat(says(met)).as("told by %s", asOf).isEqualTo("MET due 2024-07-01 17:00");
            assertThat(met.provisional()).isFalse();
        }
    }
}
