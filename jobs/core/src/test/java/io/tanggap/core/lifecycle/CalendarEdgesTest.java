package io.tanggap.core.lifecycle;

import static io.tanggap.core.Clocks.clock;
import static io.tanggap.core.Clocks.says;
import static io.tanggap.core.Story.jakarta;
import static io.tanggap.core.Story.told;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tanggap.core.Clocks;
import io.tanggap.core.PackDraft;
import io.tanggap.core.Story;
import io.tanggap.core.reference.Policy.Target;
import io.tanggap.core.reference.Reference;
import io.tanggap.core.reference.Validity;
import io.tanggap.core.sla.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.TimeZone;
import org.junit.jupiter.api.DisplayNameGeneration;

/** Edge cases 1 to 20: calendars and zones. 2024-07-01 is a Monday. */
@DisplayNameGeneration(Edge.Names.class)
class CalendarEdgesTest {
    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

    private static PackDraft nineToFive() {
        return new PackDraft("p").hours("office", "Mon-Fri 09:00-17:00");
    }

    @Edge(number = 1, source = "https://github.com/chatwoot/chatwoot/pull/13392")
    void anHourFromFridayHalfPastFourIsDueOnMondayAtHalfPastNine() {
        Reference reference =
                nineToFive().policy(Target.RESOLUTION, "1h", "office").reference();
        Story open = told("2024-07-05 16:30 citizen submits A");

        assertThat(says(open.seenAt("2024-07-06 12:00", reference), Target.RESOLUTION))
                .isEqualTo("RUNNING due 2024-07-08 09:30");
        assertThat(says(
                        told("2024-07-05 16:30 citizen submits A", "2024-07-08 09:30 A claims")
                                .seenAt("2024-07-09 00:00", reference),
                        Target.RESOLUTION))
                .isEqualTo("MET due 2024-07-08 09:30");
        assertThat(says(
                        told("2024-07-05 16:30 citizen submits A", "2024-07-08 09:30:00.001 A claims")
                                .seenAt("2024-07-09 00:00", reference),
                        Target.RESOLUTION))
                .isEqualTo("MISSED_LATE due 2024-07-08 09:30");
    }

    @Edge(number = 2, source = "https://github.com/glpi-project/glpi/pull/22678")
    void anHourBeforeTuesdayElevenIsTuesdayTenAndNotMidnight() {
        Reference reference = new PackDraft("p")
                .hours("office", "Mon-Fri 08:00-18:00")
                .policy(Target.RESOLUTION, "4h", "office")
                .reference();
        Story story = told("2024-07-01 17:00 citizen submits A");

        assertThat(says(story.seenAt("2024-07-01 18:00", reference), Target.RESOLUTION))
                .isEqualTo("RUNNING due 2024-07-02 11:00");
        assertThat(threshold(story, "2024-07-02 10:00", reference))
                .as("an hour is left from then on, and not before")
                .isEqualTo(50);
        assertThat(threshold(story, "2024-07-02 10:00:00.001", reference)).isEqualTo(75);
        assertThat(reference
                        .workingTime("office", Instant.EPOCH)
                        .before(jakarta("2024-07-02 11:00"), Duration.ofHours(1)))
                .isEqualTo(jakarta("2024-07-02 10:00"));
    }

    @Edge(number = 3, source = "https://github.com/glpi-project/glpi/issues/15429")
    void aLevelThatWouldFallIntoAHolidayIsReachedInTheLastHoursWorkedBeforeIt() {
        Reference reference = nineToFive()
                .holiday("office", "2024-07-05")
                .policy(Target.RESOLUTION, "2h", "office")
                .reference();
        Story story = told("2024-07-04 16:00 citizen submits A");

        assertThat(says(story.seenAt("2024-07-04 16:30", reference), Target.RESOLUTION))
                .isEqualTo("RUNNING due 2024-07-08 10:00");
        assertThat(threshold(story, "2024-07-04 17:00", reference)).isZero();
        assertThat(threshold(story, "2024-07-04 17:00:00.001", reference)).isEqualTo(50);
        assertThat(threshold(story, "2024-07-08 09:30", reference))
                .as("no further level is passed while nobody works")
                .isEqualTo(50);
        assertThat(reference
                        .workingTime("office", Instant.EPOCH)
                        .before(jakarta("2024-07-08 10:00"), Duration.ofMinutes(90)))
                .isEqualTo(jakarta("2024-07-04 16:30"));
    }

    @Edge(number = 4, source = "https://github.com/frappe/helpdesk/issues/2075")
    void aCaseOfASaturdayCountsFromTheFirstWorkingMinute() {
        Reference reference =
                nineToFive().policy(Target.RESOLUTION, "1h", "office").reference();
        CaseView view = told("2024-07-06 10:00 citizen submits A", "2024-07-08 09:20 A claims")
                .seenAt("2024-07-08 09:30", reference);

        assertThat(says(view, Target.RESOLUTION)).isEqualTo("MET due 2024-07-08 10:00");
        assertThat(clock(view, Target.RESOLUTION).used()).isEqualTo(Duration.ofMinutes(20));
        assertThat(clock(view, Target.RESOLUTION).startedAt())
                .as("when it was submitted is not changed")
                .isEqualTo(jakarta("2024-07-06 10:00"));
    }

    @Edge(number = 5, source = "https://github.com/glpi-project/glpi/issues/687")
    void aCaseFromOutsideWorkingHoursHasUsedWhatWasWorkedSince() {
        Reference reference =
                nineToFive().policy(Target.RESOLUTION, "8h", "office").reference();

        assertThat(used("2024-07-01 20:00", "2024-07-02 10:00", reference)).isEqualTo(Duration.ofHours(1));
        assertThat(used("2024-07-02 07:00", "2024-07-02 12:00", reference)).isEqualTo(Duration.ofHours(3));
        assertThat(used("2024-07-01 20:00", "2024-07-02 20:00", reference)).isEqualTo(Duration.ofHours(8));
        assertThat(used("2024-07-01 20:00", "2024-07-02 08:00", reference))
                .as("nobody has worked yet")
                .isZero();
    }

    @Edge(
            number = 6,
            source =
                    "https://github.com/chatwoot/chatwoot/issues/14009, https://github.com/frappe/helpdesk/issues/2212")
    void aBreakAtNoonIsNotWorked() {
        PackDraft jakarta = new PackDraft("p")
                .hours("dki", "Mon-Thu 07:30-12:00 13:00-16:00", "Fri 07:30-11:30 13:00-16:30")
                .policy(Target.RESOLUTION, "6h", "dki");
        Story story = told("2026-03-13 11:00 citizen submits A");

        assertThat(says(story.seenAt("2026-03-13 12:00", jakarta.reference()), Target.RESOLUTION))
                .isEqualTo("RUNNING due 2026-03-16 09:30");
        assertThat(says(
                        story.seenAt(
                                "2026-03-13 12:00",
                                jakarta.holiday("dki", "2026-03-16").reference()),
                        Target.RESOLUTION))
                .isEqualTo("RUNNING due 2026-03-17 09:30");
    }

    @Edge(number = 7, source = "https://github.com/osTicket/osTicket/issues/6739")
    void weekdaysWithoutHoursAreFree() {
        Reference reference = new PackDraft("p")
                .hours("market", "Tue 09:00-12:00", "Thu 09:00-12:00")
                .policy(Target.RESOLUTION, "4h", "market")
                .reference();

        assertThat(says(
                        told("2024-07-03 10:00 citizen submits A").seenAt("2024-07-04 10:00", reference),
                        Target.RESOLUTION))
                .as("three hours of Thursday and one of Tuesday")
                .isEqualTo("RUNNING due 2024-07-09 10:00");
    }

    @Edge(number = 8, source = "https://github.com/osTicket/osTicket/pull/4807, Zammad validate_hours")
    void aCalendarWithoutHoursIsAnErrorOfTheReferenceAndNoDateFarAway() {
        Reference none = new PackDraft("p")
                .hours("empty")
                .policy(Target.RESOLUTION, "1h", "empty")
                .reference();
        Reference ended = new PackDraft("p")
                .hours("ended", new Validity(null, LocalDate.parse("2024-07-01")), "Mon-Fri 09:00-17:00")
                .policy(Target.RESOLUTION, "1h", "ended")
                .reference();
        Story story = told("2024-07-01 10:00 citizen submits A");

        assertThatThrownBy(() -> none.workingTime("empty", jakarta("2024-07-01 10:00")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the calendar empty has no working hours");
        assertThat(says(story.seenAt("2024-07-01 11:00", none), Target.RESOLUTION))
                .as("a pack that nobody checked stops no job")
                .isEqualTo("NOT_APPLICABLE");
        assertThat(says(story.seenAt("2024-07-01 11:00", ended), Target.RESOLUTION))
                .as("hours that are over make nothing due either")
                .isEqualTo("NOT_APPLICABLE");
    }

    @Edge(number = 9, source = "Zammad business_hours_to_hash")
    void hoursMayEndAtMidnightWithoutLosingItsLastMinute() {
        Reference reference = new PackDraft("p")
                .hours("always", "Mon-Sun 00:00-24:00")
                .hours("late", "Mon-Sun 08:00-24:00")
                .policy(Target.RESOLUTION, "24h", "always")
                .policy(Target.FIRST_RESPONSE, "1h", "late")
                .reference();
        CaseView view = told("2024-07-01 23:30 citizen submits A").seenAt("2024-07-01 23:31", reference);

        assertThat(says(view, Target.RESOLUTION)).isEqualTo("RUNNING due 2024-07-02 23:30");
        assertThat(says(view, Target.FIRST_RESPONSE)).isEqualTo("RUNNING due 2024-07-02 08:30");
    }

    @Edge(number = 10, source = "https://github.com/fivetran/dbt_zendesk/issues/92")
    void aHolidayIsFreeForEveryTarget() {
        Reference reference = nineToFive()
                .holiday("office", "2024-07-02")
                .everyTarget("8h", "office")
                .reference();
        List<Clock> clocks = new ArrayList<>(Clocks.all(told(
                        "2024-07-01 13:00 citizen submits A",
                        "13:00 A replies",
                        "13:00 A claims",
                        "13:00 validator rejects",
                        "13:00 A offers B")
                .seenAt("2024-07-01 14:00", reference)));
        clocks.addAll(Clocks.of(
                told("2024-07-01 13:00 citizen submits").seenAt("2024-07-01 14:00", reference), Target.TRIAGE));

        assertThat(clocks).extracting(Clock::target).contains(Target.values());
        assertThat(clocks)
                .extracting(clock -> Story.local(clock.deadline()))
                .as("four hours of Monday and four of Wednesday")
                .containsOnly("2024-07-03 13:00");
    }

    @Edge(number = 11, source = "https://github.com/zammad/zammad/issues/390")
    void anObservanceOnWhichWorkIsDoneIsAWorkingDay() {
        Reference reference = nineToFive()
                .holiday("office", "2024-07-02", "09:00-17:00", null)
                .policy(Target.RESOLUTION, "8h", "office")
                .reference();

        assertThat(says(
                        told("2024-07-01 13:00 citizen submits A").seenAt("2024-07-01 14:00", reference),
                        Target.RESOLUTION))
                .isEqualTo("RUNNING due 2024-07-02 13:00");
    }

    @Edge(number = 12, source = "Zammad Calendar#sync")
    void aHolidayThatTheCityTookBackDoesNotComeBackWithTheFeed() {
        PackDraft takenBack = nineToFive()
                .holiday("office", "2024-07-02", "09:00-17:00", "2024-06-03")
                .policy(Target.RESOLUTION, "8h", "office");
        Story story = told("2024-07-01 13:00 citizen submits A");
        String before = says(story.seenAt("2024-07-01 14:00", takenBack.reference()), Target.RESOLUTION);
        String synced = says(
                story.seenAt(
                        "2024-07-01 14:00",
                        takenBack.holiday("office", "2024-07-02").reference()),
                Target.RESOLUTION);

        assertThat(synced)
                .as("of two lines for a day the one that was decreed last holds, wherever it stands")
                .isEqualTo(before)
                .isEqualTo("RUNNING due 2024-07-02 13:00");
    }

    @Edge(
            number = 13,
            source = "https://github.com/frappe/helpdesk/pull/2449, https://github.com/zammad/zammad/issues/534")
    void aNewListOfHolidaysMovesWhatIsOpenAndIsTheNextChange() {
        Reference reference = PackDraft.reference(
                nineToFive().policy(Target.RESOLUTION, "8h", "office"),
                nineToFive()
                        .holiday("office", "2024-07-02")
                        .policy(Target.RESOLUTION, "8h", "office")
                        .knownFrom("2024-07-01 14:30"));
        Story story = told("2024-07-01 13:00 citizen submits A");

        assertThat(says(story.seenAt("2024-07-01 14:00", reference), Target.RESOLUTION))
                .isEqualTo("RUNNING due 2024-07-02 13:00");
        assertThat(story.folded(jakarta("2024-07-01 14:00"), reference).nextChangeAt())
                .as("nobody has to touch the case")
                .isEqualTo(jakarta("2024-07-01 14:30"));
        assertThat(says(story.seenAt("2024-07-01 14:30", reference), Target.RESOLUTION))
                .isEqualTo("RUNNING due 2024-07-03 13:00");
    }

    @Edge(
            number = 14,
            source =
                    "https://support.atlassian.com/jira/kb/resolve-wrong-or-missing-slas-in-jira-service-management-cloud")
    void aTargetThatIsChangedAfterTheStopJudgesNothingAnew() {
        Reference reference = PackDraft.reference(
                new PackDraft("old").policy(Target.RESOLUTION, "8h", null),
                new PackDraft("new").policy(Target.RESOLUTION, "1h", null).knownFrom("2024-07-02 00:00"));
        Clock closed = clock(
                told("2024-07-01 09:00 citizen submits A", "12:00 A closes FIXED")
                        .seenAt("2024-08-01 00:00", reference),
                Target.RESOLUTION);
        Clock open = clock(
                told("2024-07-01 23:30 citizen submits A").seenAt("2024-07-02 00:10", reference), Target.RESOLUTION);

        assertThat(says(closed)).isEqualTo("MET due 2024-07-01 17:00");
        assertThat(closed.pack()).isEqualTo("old");
        assertThat(says(open)).isEqualTo("RUNNING due 2024-07-02 00:30");
        assertThat(open.pack()).isEqualTo("new");
    }

    @Edge(
            number = 15,
            source =
                    "https://github.com/fivetran/dbt_zendesk/issues/25, https://github.com/mnemosyne-systems/billetsys/pull/175")
    void hoursAreThoseOfTheWallClockOfTheirDay() {
        PackDraft newYork = new PackDraft("p")
                .zone(NEW_YORK)
                .hours("office", "Mon-Fri 09:00-17:00")
                .hours("always", "Mon-Sun 00:00-24:00");
        Reference office = newYork.policy(Target.RESOLUTION, "2h", "office")
                .policy(Target.DWELL, "25h", "always")
                .reference();

        CaseView friday = told(NEW_YORK, "2011-11-04 16:00 citizen submits A")
                .seenAt(Instant.parse("2011-11-04T20:30:00Z"), office);
        assertThat(clock(friday, Target.RESOLUTION).deadline())
                .as("Monday 10:00 in winter, an hour later on the time line than a Friday's 10:00")
                .isEqualTo("2011-11-07T15:00:00Z");
        CaseView fall = told(NEW_YORK, "2011-11-06 00:00 citizen submits A")
                .seenAt(Instant.parse("2011-11-06T05:00:00Z"), office);
        assertThat(clock(fall, Target.DWELL).deadline())
                .as("that Sunday has 25 hours")
                .isEqualTo("2011-11-07T05:00:00Z");
        CaseView spring = told(NEW_YORK, "2011-03-12 23:00 citizen submits A")
                .seenAt(Instant.parse("2011-03-13T05:00:00Z"), office);
        assertThat(clock(spring, Target.DWELL).deadline())
                .as("an hour of Saturday, 23 of Sunday, one of Monday")
                .isEqualTo("2011-03-14T05:00:00Z");
        Story july = told(NEW_YORK, "2011-07-01 16:30 citizen submits A", "2011-07-05 09:15 A claims");
        assertThat(clock(july.seenAt(Instant.parse("2011-12-24T00:00:00Z"), office), Target.RESOLUTION)
                        .used())
                .as("looked at in winter, half an hour of Friday, Monday, and a quarter of Tuesday")
                .isEqualTo(Duration.ofMinutes(30 + 8 * 60 + 15));
    }

    @Edge(
            number = 16,
            source = "https://github.com/frappe/helpdesk/pull/3776, https://github.com/frappe/erpnext/pull/38745")
    void noZoneButTheCitysMatters() {
        Reference reference = nineToFive().everyTarget("1h", "office").reference();
        Story story = told("2024-07-01 09:00 citizen submits A");
        CaseView here = story.seenAt("2024-07-01 09:05", reference);
        TimeZone usual = TimeZone.getDefault();
        try {
            for (String zone : List.of("America/Los_Angeles", "Pacific/Kiritimati", "UTC")) {
                TimeZone.setDefault(TimeZone.getTimeZone(zone));
                Reference elsewhere = nineToFive().everyTarget("1h", "office").reference();
                assertThat(story.seenAt(jakarta("2024-07-01 09:05"), elsewhere))
                        .as("on a server in %s", zone)
                        .isEqualTo(here);
            }
        } finally {
            TimeZone.setDefault(usual);
        }
        assertThat(says(here, Target.RESOLUTION)).isEqualTo("RUNNING due 2024-07-01 10:00");
        assertThat(clock(here, Target.RESOLUTION).threshold()).isZero();
    }

    @Edge(number = 17, source = "ServiceNow c_TimeZonesInSLAs.md")
    void aCalendarHasNoZoneOfItsOwnAndTheFirstPacksHolds() {
        Reference reference = PackDraft.reference(
                nineToFive().policy(Target.RESOLUTION, "1h", "office"),
                nineToFive()
                        .policy(Target.RESOLUTION, "1h", "office")
                        .zone(ZoneId.of("UTC"))
                        .knownFrom(jakarta("2024-06-01 00:00")));

        assertThat(reference.zone()).isEqualTo(ZoneId.of("Asia/Jakarta"));
        assertThat(says(
                        told("2024-07-01 08:00 citizen submits A").seenAt("2024-07-01 08:30", reference),
                        Target.RESOLUTION))
                .isEqualTo("RUNNING due 2024-07-01 10:00");
        assertThatThrownBy(() -> new PackDraft("p").zone(null).pack())
                .as("a city without a zone has no days")
                .isInstanceOf(NullPointerException.class)
                .hasMessage("zone");
    }

    @Edge(number = 18, source = "ServiceNow r_ElapsedTimeCounting.md")
    void aDayMayBeAWorkingDayOrEightHoursOrTwentyFour() {
        Reference reference = nineToFive()
                .policy(Target.RESOLUTION, "1wd", "office")
                .policy(Target.FIRST_RESPONSE, "8h", "office")
                .policy(Target.DWELL, "1d", null)
                .reference();
        CaseView friday = told("2024-07-05 14:00 citizen submits A").seenAt("2024-07-05 15:00", reference);

        assertThat(says(friday, Target.RESOLUTION)).isEqualTo("RUNNING due 2024-07-08 17:00");
        assertThat(says(friday, Target.FIRST_RESPONSE)).isEqualTo("RUNNING due 2024-07-08 14:00");
        assertThat(says(friday, Target.DWELL)).isEqualTo("RUNNING due 2024-07-06 14:00");
        assertThat(used("2024-07-01 14:00", "2024-07-02 09:00", reference)).isEqualTo(Duration.ofHours(3));
        Reference fromEight = new PackDraft("p")
                .hours("office", "Mon-Fri 08:00-17:00")
                .policy(Target.RESOLUTION, "8h", "office")
                .reference();
        assertThat(used("2024-07-05 21:00", "2024-07-08 09:30", fromEight)).isEqualTo(Duration.ofMinutes(90));
    }

    @Edge(number = 19, source = "https://github.com/zammad/zammad/issues/4432")
    void nothingIsToldAtMidnightOrOverAWeekend() {
        Reference reference =
                nineToFive().policy(Target.RESOLUTION, "8h", "office").reference();
        Story story = told("2024-07-05 13:00 citizen submits A");

        for (String quiet : List.of("2024-07-05 17:00:00.001", "2024-07-06 00:00", "2024-07-07 12:00")) {
            assertThat(threshold(story, quiet, reference)).isEqualTo(50);
            assertThat(story.folded(jakarta(quiet), reference).nextChangeAt())
                    .as("asked at %s: 75 percent, in working hours", quiet)
                    .isEqualTo(jakarta("2024-07-08 11:00:00.001"));
        }
    }

    @Edge(number = 20, source = "https://github.com/glpi-project/glpi/issues/10594")
    void targetsInDaysAndInHoursAreStretchedByTheSameWait() {
        Reference reference = nineToFive()
                .policy(Target.RESOLUTION, "1wd", "office")
                .policy(Target.DWELL, "12h", "office")
                .pause("VENDOR", "30d")
                .reference();
        Story waited = told("2024-07-01 13:00 citizen submits A", "14:00 A waits VENDOR", "2024-07-02 10:00 A resumes");
        CaseView before = waited.seenAt("2024-07-01 13:30", reference);
        CaseView after = waited.seenAt("2024-07-02 12:00", reference);

        assertThat(says(before, Target.RESOLUTION))
                .isEqualTo(says(before, Target.DWELL))
                .isEqualTo("RUNNING due 2024-07-02 17:00");
        assertThat(says(after, Target.RESOLUTION))
                .isEqualTo(says(after, Target.DWELL))
                .isEqualTo("RUNNING due 2024-07-03 13:00");
        assertThat(clock(after, Target.RESOLUTION).pauses())
                .isEqualTo(clock(after, Target.DWELL).pauses());
    }

    private static int threshold(Story story, String asOf, Reference reference) {
        return clock(story.seenAt(asOf, reference), Target.RESOLUTION).threshold();
    }

    private static Duration used(String submitted, String claimed, Reference reference) {
        CaseView view =
                told(submitted + " citizen submits A", claimed + " A claims").seenAt("2030-01-01 00:00", reference);
        return clock(view, Target.RESOLUTION).used();
    }
}
