package io.tanggap.core.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tanggap.core.References;
import io.tanggap.core.reference.WorkCalendar.Holiday;
import io.tanggap.core.reference.WorkCalendar.Hours;
import io.tanggap.core.reference.WorkCalendar.Span;
import io.tanggap.core.reference.WorkingTime.Stretch;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The oracles for calendars and zones; a link is the report of somebody for whom a product got it wrong. */
class WorkingTimeTest {
    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
    private static final LocalDate KNOWN = LocalDate.of(2026, 1, 1);
    private static final DayOfWeek[] WEEKDAYS = {
        DayOfWeek.MONDAY, DayOfWeek.TUESDAY, DayOfWeek.WEDNESDAY, DayOfWeek.THURSDAY, DayOfWeek.FRIDAY
    };

    // A week: Friday 13 March 2026, Monday 16, Tuesday 17.
    private static final String FRI = "2026-03-13T";
    private static final String SAT = "2026-03-14T";
    private static final String SUN = "2026-03-15T";
    private static final String MON = "2026-03-16T";
    private static final String TUE = "2026-03-17T";
    private static final String WED = "2026-03-18T";

    private static final WorkingTime NINE_TO_FIVE = jakarta(weekdays("09:00", "17:00"));

    @Test
    @DisplayName("1. https://github.com/chatwoot/chatwoot/pull/13392")
    void workGoesOnAfterTheWeekend() {
        assertThat(NINE_TO_FIVE.deadline(at(FRI + "16:30"), hours(1))).isEqualTo(at(MON + "09:30"));
    }

    @Test
    @DisplayName("2. https://github.com/glpi-project/glpi/pull/22678")
    void aWarningIsInWorkingTimeTooAndNotAtMidnight() {
        WorkingTime time = jakarta(weekdays("08:00", "18:00"));

        Instant deadline = time.deadline(at(MON + "17:00"), hours(4));

        assertThat(deadline).isEqualTo(at(TUE + "11:00"));
        assertThat(time.before(deadline, hours(1))).isEqualTo(at(TUE + "10:00"));
    }

    @Test
    @DisplayName("3. https://github.com/glpi-project/glpi/issues/15429")
    void aWarningThatFallsIntoAHolidayIsOnTheWorkingDayBefore() {
        WorkingTime time = jakarta(weekdays("09:00", "17:00"), off(MON, null));

        assertThat(time.before(at(TUE + "09:30"), hours(1))).isEqualTo(at(FRI + "16:30"));
        assertThat(time.before(at(TUE + "09:30"), Duration.ofMinutes(30))).isEqualTo(at(TUE + "09:00"));
        assertThat(time.before(at(MON + "12:00"), Duration.ofMillis(1)))
                .isEqualTo(at(FRI + "17:00").minusMillis(1));
    }

    @Test
    @DisplayName("4. https://github.com/frappe/helpdesk/issues/2075")
    void whatComesOnADayOffCountsFromTheFirstWorkingMinute() {
        assertThat(NINE_TO_FIVE.elapsed(at(SAT + "11:00"), at(MON + "09:20"))).isEqualTo(Duration.ofMinutes(20));
        assertThat(NINE_TO_FIVE.elapsed(at(SAT + "11:00"), at(SUN + "11:00"))).isZero();
        assertThat(NINE_TO_FIVE.deadline(at(SAT + "11:00"), hours(1))).isEqualTo(at(MON + "10:00"));
    }

    @Test
    @DisplayName("5. https://github.com/glpi-project/glpi/issues/687")
    void whatComesAfterHoursIsNotWithoutAge() {
        assertThat(NINE_TO_FIVE.elapsed(at(MON + "19:00"), at(TUE + "20:00"))).isEqualTo(hours(8));
        assertThat(NINE_TO_FIVE.elapsed(at(MON + "07:00"), at(MON + "10:00"))).isEqualTo(hours(1));
    }

    @Test
    @DisplayName("6. https://github.com/chatwoot/chatwoot/issues/14009, https://github.com/frappe/helpdesk/issues/2212")
    void nobodyWorksAtLunch() {
        List<Hours> office = office();
        WorkingTime time = jakarta(office);
        WorkingTime withHoliday = jakarta(office, off(MON, null));

        assertThat(time.deadline(at(FRI + "11:00"), hours(6))).isEqualTo(at(MON + "09:30"));
        assertThat(withHoliday.deadline(at(FRI + "11:00"), hours(6))).isEqualTo(at(TUE + "09:30"));
        assertThat(time.stretches(at(FRI + "11:00"), at(MON + "09:30")))
                .containsExactly(
                        stretch(FRI + "11:00", FRI + "11:30"),
                        stretch(FRI + "13:00", FRI + "16:30"),
                        stretch(MON + "07:30", MON + "09:30"));
        assertThat(time.isWorking(at(FRI + "12:15"))).isFalse();
        assertThat(time.elapsed(at(FRI + "11:45"), at(FRI + "12:45"))).isZero();
    }

    @Test
    @DisplayName("7. https://github.com/osTicket/osTicket/issues/6739")
    void someWeekdaysMayHaveNoHours() {
        WorkingTime time = jakarta(List.of(line(DayOfWeek.WEDNESDAY, "09:00", "12:00")));

        assertThat(time.deadline(at(FRI + "10:00"), hours(4)))
                .isEqualTo(at(WED + "12:00").plus(Duration.ofDays(7)).minus(hours(2)));
        assertThat(time.deadlineInDays(at(FRI + "10:00"), 1))
                .isEqualTo(at(WED + "12:00").plus(Duration.ofDays(7)));
    }

    @Test
    @DisplayName("8. https://github.com/osTicket/osTicket/pull/4807, Zammad validate_hours")
    void aCalendarWithoutHoursIsAMistake() {
        WorkCalendar never = new WorkCalendar("never", List.of(), List.of());

        assertThatThrownBy(() -> WorkingTime.of(never, References.JAKARTA, KNOWN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "the calendar never has no working hours, so nothing in it would ever be due; give a weekday"
                                + " hours, or let what is timed by it count calendar time");
    }

    @Test
    @DisplayName("9. Zammad business_hours_to_hash")
    void hoursToMidnightLackNoMinuteAndHoursToOneMinuteBeforeLackOne() {
        WorkingTime whole = jakarta(everyDay(0, 1440));
        WorkingTime almost = jakarta(everyDay(0, 1439));

        assertThat(whole.elapsed(at(MON + "00:00"), at(WED + "00:00"))).isEqualTo(hours(48));
        assertThat(almost.elapsed(at(MON + "00:00"), at(WED + "00:00"))).isEqualTo(Duration.ofMinutes(48 * 60 - 2));
        assertThat(whole.isWorking(at(MON + "23:59:59.999"))).isTrue();
        assertThat(almost.isWorking(at(MON + "23:59"))).isFalse();
        assertThat(whole.deadline(at(MON + "22:00"), hours(2))).isEqualTo(at(TUE + "00:00"));
        assertThat(whole.deadlineInDays(at(MON + "22:00"), 1)).isEqualTo(at(WED + "00:00"));
        assertThat(whole.stretches(at(MON + "22:00"), at(TUE + "01:00")))
                .as("each on its day")
                .containsExactly(stretch(MON + "22:00", TUE + "00:00"), stretch(TUE + "00:00", TUE + "01:00"));
    }

    @Test
    @DisplayName("15. https://github.com/fivetran/dbt_zendesk/issues/25: the offset is that of the day")
    void hoursAreByTheClockOfTheirDay() {
        WorkingTime time =
                WorkingTime.of(new WorkCalendar("c", weekdays("09:00", "17:00"), List.of()), NEW_YORK, KNOWN);

        // Friday 16:00 is at -05:00, Monday 10:00 at -04:00; in autumn the other way around.
        assertThat(time.deadline(Instant.parse("2024-03-08T21:00:00Z"), hours(2)))
                .isEqualTo(Instant.parse("2024-03-11T14:00:00Z"));
        assertThat(time.deadline(Instant.parse("2024-11-01T20:00:00Z"), hours(2)))
                .isEqualTo(Instant.parse("2024-11-04T15:00:00Z"));
        assertThat(time.before(Instant.parse("2024-03-11T14:00:00Z"), hours(2)))
                .isEqualTo(Instant.parse("2024-03-08T21:00:00Z"));
    }

    @Test
    @DisplayName("15. https://github.com/mnemosyne-systems/billetsys/pull/175: clocks that go forward")
    void hoursThatASpringSkipsDoNotExist() {
        // 2024-03-10 in New York: 02:00 at -05:00 is 03:00 at -04:00, 07:00Z.
        WorkingTime night = newYork(everyDay(60, 240));
        Instant opening = Instant.parse("2024-03-10T06:00:00Z");
        Instant closing = Instant.parse("2024-03-10T08:00:00Z");

        assertThat(night.stretches(Instant.parse("2024-03-10T05:00:00Z"), Instant.parse("2024-03-11T04:00:00Z")))
                .containsExactly(new Stretch(opening, closing));
        assertThat(night.deadline(opening, hours(2))).isEqualTo(closing);
        assertThat(night.deadline(opening, hours(3))).isEqualTo(Instant.parse("2024-03-11T06:00:00Z"));

        WorkingTime skipped = newYork(everyDay(120, 180));
        assertThat(skipped.elapsed(Instant.parse("2024-03-10T05:00:00Z"), Instant.parse("2024-03-11T04:00:00Z")))
                .isZero();
        // A day without a working instant is none: the 9th is day 0, the 11th is day 1.
        assertThat(skipped.deadlineInDays(Instant.parse("2024-03-09T07:00:00Z"), 1))
                .isEqualTo(Instant.parse("2024-03-11T07:00:00Z"));
    }

    @Test
    @DisplayName("15. https://github.com/mnemosyne-systems/billetsys/pull/175: clocks that go back")
    void hoursThatAnAutumnRepeatsCountTwice() {
        // 2024-11-03 in New York: 02:00 at -04:00 is 01:00 at -05:00, 06:00Z.
        WorkingTime night = newYork(everyDay(60, 240));
        assertThat(night.stretches(Instant.parse("2024-11-03T04:00:00Z"), Instant.parse("2024-11-04T05:00:00Z")))
                .containsExactly(
                        new Stretch(Instant.parse("2024-11-03T05:00:00Z"), Instant.parse("2024-11-03T09:00:00Z")));

        WorkingTime repeated = newYork(everyDay(75, 105));
        assertThat(repeated.stretches(Instant.parse("2024-11-03T04:00:00Z"), Instant.parse("2024-11-04T05:00:00Z")))
                .containsExactly(
                        new Stretch(Instant.parse("2024-11-03T05:15:00Z"), Instant.parse("2024-11-03T05:45:00Z")),
                        new Stretch(Instant.parse("2024-11-03T06:15:00Z"), Instant.parse("2024-11-03T06:45:00Z")));
        assertThat(repeated.deadline(Instant.parse("2024-11-03T05:20:00Z"), Duration.ofMinutes(30)))
                .isEqualTo(Instant.parse("2024-11-03T06:20:00Z"));
        assertThat(repeated.deadlineInDays(Instant.parse("2024-11-02T12:00:00Z"), 1))
                .as("day 0 is the 3rd, for nobody works on the 2nd after 01:45")
                .isEqualTo(Instant.parse("2024-11-04T06:45:00Z"));
        assertThat(repeated.deadlineInDays(Instant.parse("2024-11-02T05:20:00Z"), 1))
                .as("the second pass closes the day")
                .isEqualTo(Instant.parse("2024-11-03T06:45:00Z"));
    }

    @Test
    void aDayMayGoOnAfterTheNextHasBegun() {
        // 2009-11-01 in St John's: 00:01 at -02:30 is 23:01 of the 31st at -03:30, 02:31Z.
        WorkingTime time = WorkingTime.of(
                new WorkCalendar("c", everyDay(0, 1440), List.of()), ZoneId.of("America/St_Johns"), KNOWN);

        assertThat(time.stretches(Instant.parse("2009-11-01T02:00:00Z"), Instant.parse("2009-11-01T04:00:00Z")))
                .containsExactly(
                        new Stretch(Instant.parse("2009-11-01T02:00:00Z"), Instant.parse("2009-11-01T02:30:00Z")),
                        new Stretch(Instant.parse("2009-11-01T02:30:00Z"), Instant.parse("2009-11-01T02:31:00Z")),
                        new Stretch(Instant.parse("2009-11-01T02:31:00Z"), Instant.parse("2009-11-01T03:30:00Z")),
                        new Stretch(Instant.parse("2009-11-01T03:30:00Z"), Instant.parse("2009-11-01T04:00:00Z")));
        assertThat(time.deadlineInDays(Instant.parse("2009-10-30T12:00:00Z"), 1))
                .isEqualTo(Instant.parse("2009-11-01T03:30:00Z"));
        assertThat(time.deadlineInDays(Instant.parse("2009-11-01T02:30:30Z"), 1))
                .as("from the first minute of the 1st")
                .isEqualTo(Instant.parse("2009-11-03T03:30:00Z"));
        assertThat(time.deadlineInDays(Instant.parse("2009-11-01T02:45:00Z"), 1))
                .as("from the 31st, again")
                .isEqualTo(Instant.parse("2009-11-02T03:30:00Z"));
    }

    @Test
    void aDayThatAZoneSkipsIsNoWorkingDay() {
        // Samoa went from the 29th of December 2011, 24:00 at -10:00, to the 31st, 00:00 at +14:00.
        WorkingTime time =
                WorkingTime.of(new WorkCalendar("c", everyDay(540, 1020), List.of()), ZoneId.of("Pacific/Apia"), KNOWN);

        assertThat(time.deadlineInDays(Instant.parse("2011-12-29T20:00:00Z"), 1))
                .isEqualTo(Instant.parse("2011-12-31T03:00:00Z"));
        assertThat(time.elapsed(Instant.parse("2011-12-29T19:00:00Z"), Instant.parse("2011-12-31T03:00:00Z")))
                .isEqualTo(hours(16));
    }

    @Test
    @DisplayName("18. ServiceNow r_ElapsedTimeCounting.md")
    void aWorkingDayIsNeitherEightHoursNorTwentyFour() {
        Instant start = at(MON + "14:00");

        assertThat(NINE_TO_FIVE.deadlineInDays(start, 1)).isEqualTo(at(TUE + "17:00"));
        assertThat(NINE_TO_FIVE.deadline(start, hours(8))).isEqualTo(at(TUE + "14:00"));
        assertThat(WorkingTime.ALWAYS.deadline(start, Duration.ofDays(1))).isEqualTo(at(TUE + "14:00"));
        assertThat(NINE_TO_FIVE.deadline(start, Duration.ofDays(1)))
                .as("24 working hours, three days of eight")
                .isEqualTo(at("2026-03-19T14:00"));
    }

    @Test
    @DisplayName("18. ServiceNow r_ElapsedTimeCounting.md: oracles")
    void elapsedIsWorkingTimeAlone() {
        assertThat(NINE_TO_FIVE.elapsed(at(MON + "14:00"), at(TUE + "09:00"))).isEqualTo(hours(3));
        assertThat(jakarta(weekdays("08:00", "17:00")).elapsed(at(FRI + "21:00"), at(MON + "09:30")))
                .isEqualTo(Duration.ofMinutes(90));
    }

    @Test
    @DisplayName("21. https://github.com/frappe/erpnext/pull/49414")
    void aHoldOverNightMovesNoDeadline() {
        Instant held = at(MON + "17:00");
        Instant resumed = at(TUE + "09:00");

        assertThat(NINE_TO_FIVE.elapsed(held, resumed)).isZero();
        assertThat(NINE_TO_FIVE.deadline(at(MON + "09:00"), hours(8).plus(NINE_TO_FIVE.elapsed(held, resumed))))
                .isEqualTo(at(MON + "17:00"));
    }

    @Test
    void aDeadlineIsTheClosingInstantNotTheNextOpening() {
        assertThat(NINE_TO_FIVE.deadline(at(FRI + "16:00"), hours(1))).isEqualTo(at(FRI + "17:00"));
        assertThat(NINE_TO_FIVE.deadline(at(FRI + "16:00"), hours(1).plusMillis(1)))
                .isEqualTo(at(MON + "09:00").plusMillis(1));
        assertThat(NINE_TO_FIVE.before(at(MON + "10:00"), hours(1))).isEqualTo(at(MON + "09:00"));
        assertThat(NINE_TO_FIVE.isWorking(at(FRI + "17:00"))).isFalse();
        assertThat(NINE_TO_FIVE.isWorking(at(MON + "09:00"))).isTrue();
    }

    @Test
    void noTimeIsDueAtOnceAtWhateverHour() {
        assertThat(NINE_TO_FIVE.deadline(at(SUN + "03:00"), Duration.ZERO)).isEqualTo(at(SUN + "03:00"));
        assertThat(NINE_TO_FIVE.before(at(SUN + "03:00"), Duration.ZERO)).isEqualTo(at(SUN + "03:00"));
    }

    @Test
    void dayZeroIsTheFirstOnWhichSomebodyCouldWork() {
        for (String start : List.of(FRI + "17:00", SAT + "12:00", MON + "00:00", MON + "09:00", MON + "16:59")) {
            assertThat(NINE_TO_FIVE.deadlineInDays(at(start), 1)).as(start).isEqualTo(at(TUE + "17:00"));
        }
        assertThat(NINE_TO_FIVE.deadlineInDays(at(FRI + "16:59:59.999"), 1)).isEqualTo(at(MON + "17:00"));
        assertThat(jakarta(weekdays("09:00", "17:00"), off(TUE, null)).deadlineInDays(at(MON + "09:00"), 2))
                .isEqualTo(at("2026-03-19T17:00"));
    }

    @Test
    void hoursOfAHolidayReplaceThoseOfItsWeekday() {
        // Ramadan, and a Saturday that makes up for a day.
        WorkingTime time = jakarta(
                office(),
                instead(MON, "08:00", "12:00", null),
                instead(MON, "12:30", "15:00", null),
                instead(SAT, "08:00", "10:00", null));

        assertThat(time.elapsed(at(MON + "00:00"), at(TUE + "00:00"))).isEqualTo(Duration.ofMinutes(390));
        assertThat(time.isWorking(at(MON + "07:45"))).isFalse();
        assertThat(time.isWorking(at(MON + "12:45"))).isTrue();
        assertThat(time.deadline(at(FRI + "16:00"), hours(3))).isEqualTo(at(MON + "08:30"));
        assertThat(time.deadlineInDays(at(FRI + "16:00"), 1)).isEqualTo(at(SAT + "10:00"));
        assertThat(time.deadlineInDays(at(FRI + "16:00"), 2)).isEqualTo(at(MON + "15:00"));
    }

    @Test
    void aHolidayIsNotUsedBeforeItIsKnown() {
        LocalDate decreed = LocalDate.of(2026, 3, 10);
        WorkCalendar calendar = new WorkCalendar("c", weekdays("09:00", "17:00"), List.of(off(MON, decreed)));

        assertThat(WorkingTime.of(calendar, References.JAKARTA, decreed.minusDays(1))
                        .deadline(at(FRI + "16:30"), hours(1)))
                .isEqualTo(at(MON + "09:30"));
        assertThat(WorkingTime.of(calendar, References.JAKARTA, decreed).deadline(at(FRI + "16:30"), hours(1)))
                .isEqualTo(at(TUE + "09:30"));
    }

    @Test
    void whatWasDecreedLastOfADayHolds() {
        LocalDate may = LocalDate.of(2025, 5, 1);
        LocalDate june = LocalDate.of(2025, 6, 1);
        WorkCalendar calendar = new WorkCalendar(
                "c",
                weekdays("09:00", "17:00"),
                List.of(
                        instead(MON, "14:00", "15:00", june),
                        instead(MON, "10:00", "12:00", null),
                        off(MON, may),
                        instead(MON, "09:00", "11:00", june)));

        assertThat(worked(calendar, may.minusDays(1))).isEqualTo(hours(2));
        assertThat(worked(calendar, may)).isZero();
        assertThat(worked(calendar, june)).isEqualTo(hours(3));
    }

    @Test
    void ofOneDecreeADayOffIsStrongerThanReducedHours() {
        WorkCalendar calendar = new WorkCalendar(
                "c", weekdays("09:00", "17:00"), List.of(instead(MON, "10:00", "12:00", null), off(MON, null)));

        assertThat(worked(calendar, KNOWN)).isZero();
    }

    private static Duration worked(WorkCalendar calendar, LocalDate known) {
        return WorkingTime.of(calendar, References.JAKARTA, known).elapsed(at(MON + "00:00"), at(TUE + "00:00"));
    }

    @Test
    void hoursChangeOnTheDayOfTheirValidity() {
        LocalDate monday = LocalDate.of(2026, 3, 16);
        List<Hours> lines = new ArrayList<>();
        for (DayOfWeek weekday : WEEKDAYS) {
            lines.add(new Hours(weekday, new Span(480, 960), new Validity(null, monday)));
            lines.add(new Hours(weekday, new Span(540, 1080), new Validity(monday, null)));
        }
        WorkingTime time = jakarta(lines);

        assertThat(time.stretches(at(FRI + "00:00"), at(TUE + "00:00")))
                .containsExactly(stretch(FRI + "08:00", FRI + "16:00"), stretch(MON + "09:00", MON + "18:00"));
        assertThat(time.deadline(at(FRI + "15:00"), hours(2))).isEqualTo(at(MON + "10:00"));
    }

    @Test
    void hoursThatOverlapOrTouchAreOne() {
        WorkingTime time = jakarta(List.of(
                line(DayOfWeek.MONDAY, "13:00", "15:00"),
                line(DayOfWeek.MONDAY, "09:00", "11:00"),
                line(DayOfWeek.MONDAY, "11:00", "12:00"),
                line(DayOfWeek.MONDAY, "14:00", "17:00"),
                line(DayOfWeek.MONDAY, "13:30", "14:30")));

        assertThat(time.stretches(at(MON + "00:00"), at(TUE + "00:00")))
                .containsExactly(stretch(MON + "09:00", MON + "12:00"), stretch(MON + "13:00", MON + "17:00"));
    }

    @Test
    void aCalendarThatHasEndedHasNoDeadlines() {
        Validity ended = new Validity(LocalDate.of(2026, 3, 9), LocalDate.of(2026, 3, 14));
        List<Hours> lines = Stream.of(WEEKDAYS)
                .map(weekday -> new Hours(weekday, new Span(540, 1020), ended))
                .toList();
        WorkingTime time = jakarta(lines);

        assertThat(time.deadline(at(FRI + "16:00"), hours(1))).isEqualTo(at(FRI + "17:00"));
        assertThat(time.deadline(at(FRI + "16:00"), hours(2))).isNull();
        assertThat(time.deadline(at(MON + "16:00"), hours(1))).isNull();
        assertThat(time.deadline(at(MON + "16:00"), Duration.ZERO)).isEqualTo(at(MON + "16:00"));
        assertThat(time.deadlineInDays(at("2026-03-12T16:00"), 1)).isEqualTo(at(FRI + "17:00"));
        assertThat(time.deadlineInDays(at(FRI + "16:00"), 1)).isNull();
        assertThat(time.deadlineInDays(at(MON + "16:00"), 1)).isNull();
        assertThat(time.before(at("2026-03-09T10:00"), hours(1))).isEqualTo(at("2026-03-09T09:00"));
        assertThat(time.before(at("2026-03-09T10:00"), hours(2))).isNull();
        assertThat(time.elapsed(Instant.MIN, Instant.MAX)).isEqualTo(hours(40));
        assertThat(time.stretches(Instant.MIN, Instant.MAX)).hasSize(5);
    }

    @Test
    void hoursMayHoldOnNoDayAtAll() {
        // The 1st of January 2026 was a Thursday.
        WorkingTime time =
                jakarta(List.of(new Hours(DayOfWeek.MONDAY, new Span(0, 60), new Validity(KNOWN, KNOWN.plusDays(1)))));

        assertThat(time.deadline(at(MON + "00:00"), hours(1))).isNull();
        assertThat(time.before(at(MON + "00:00"), hours(1))).isNull();
        assertThat(time.deadlineInDays(at(MON + "00:00"), 1)).isNull();
        assertThat(time.elapsed(Instant.MIN, Instant.MAX)).isZero();
        assertThat(time.isWorking(at(MON + "00:00"))).isFalse();

        LocalDate longAgo = LocalDate.of(-3000, 1, 1);
        for (Validity beyond : List.of(
                new Validity(null, longAgo),
                new Validity(LocalDate.MIN, longAgo),
                new Validity(LocalDate.MAX.minusDays(9), null),
                new Validity(LocalDate.of(10_000, 1, 1), LocalDate.MAX))) {
            WorkingTime never = jakarta(List.of(new Hours(DayOfWeek.MONDAY, new Span(0, 60), beyond)));
            assertThat(never.elapsed(Instant.MIN, Instant.MAX)).as("%s", beyond).isZero();
            assertThat(never.deadline(at(MON + "00:00"), hours(1))).isNull();
        }
    }

    @Test
    @Timeout(20)
    void nonsenseTimesAreNeitherAnErrorNorALongWay() {
        for (ZoneId zone : List.of(References.JAKARTA, NEW_YORK)) {
            WorkingTime time = WorkingTime.of(new WorkCalendar("c", office(), List.of()), zone, KNOWN);
            Instant yearOne =
                    LocalDateTime.parse("0001-01-01T07:30").atZone(zone).toInstant();
            Instant lastClosing =
                    LocalDateTime.parse("9999-12-31T16:30").atZone(zone).toInstant();

            // Both are a Monday to begin with and a Friday to end with.
            assertThat(time.deadline(Instant.MIN, hours(1))).isEqualTo(yearOne.plus(hours(1)));
            assertThat(time.deadline(yearOne, hours(6))).isEqualTo(yearOne.plus(Duration.ofMinutes(7 * 60)));
            assertThat(time.before(Instant.MAX, hours(1))).isEqualTo(lastClosing.minus(hours(1)));
            assertThat(time.deadline(lastClosing.minus(hours(1)), hours(1))).isEqualTo(lastClosing);
            assertThat(time.deadline(lastClosing.minus(hours(1)), hours(2))).isNull();
            assertThat(time.deadline(Instant.MAX, hours(1))).isNull();
            assertThat(time.before(Instant.MIN, hours(1))).isNull();
            assertThat(time.before(yearOne.plus(hours(1)), hours(2))).isNull();
            assertThat(time.deadlineInDays(Instant.MAX, 1)).isNull();
            assertThat(time.deadlineInDays(Instant.MIN, Integer.MAX_VALUE)).isNull();
            assertThat(time.deadline(at(MON + "08:00"), Duration.ofSeconds(Long.MAX_VALUE)))
                    .isNull();
            assertThat(time.before(at(MON + "08:00"), Duration.ofSeconds(Long.MAX_VALUE)))
                    .isNull();
            assertThat(time.isWorking(Instant.MIN)).isFalse();
            assertThat(time.isWorking(Instant.MAX)).isFalse();
            assertThat(time.elapsed(Instant.MAX, Instant.MIN)).isZero();
            // 37.5 hours a week, on every Monday to Friday of 9,999 years: 521,722 whole weeks and the last five days.
            Duration all = Duration.ofMinutes(2250L * 521_723);
            for (int i = 0; i < 100; i++) {
                assertThat(time.elapsed(Instant.MIN, Instant.MAX)).isEqualTo(all);
                assertThat(time.deadline(Instant.MIN, all)).isEqualTo(lastClosing);
                assertThat(time.before(Instant.MAX, all)).isEqualTo(yearOne);
            }
            assertThat(time.deadline(Instant.MIN, all.plusMillis(1))).isNull();
        }
    }

    @Test
    void calendarTimeCountsEverything() {
        WorkingTime always = WorkingTime.ALWAYS;

        assertThat(always.deadline(at(FRI + "16:30"), hours(72))).isEqualTo(at(MON + "16:30"));
        assertThat(always.before(at(MON + "16:30"), hours(72))).isEqualTo(at(FRI + "16:30"));
        assertThat(always.elapsed(at(FRI + "16:30"), at(MON + "16:30"))).isEqualTo(hours(72));
        assertThat(always.elapsed(at(MON + "16:30"), at(FRI + "16:30"))).isZero();
        assertThat(always.isWorking(at(SUN + "03:00"))).isTrue();
        assertThat(always.stretches(at(FRI + "16:30"), at(MON + "16:30")))
                .containsExactly(stretch(FRI + "16:30", MON + "16:30"));
        assertThat(always.stretches(at(FRI + "16:30"), at(FRI + "16:30"))).isEmpty();
        assertThat(always.deadline(Instant.MAX, hours(1))).isNull();
        assertThat(always.before(Instant.MIN, hours(1))).isNull();
        assertThat(always.deadline(Instant.EPOCH, Duration.ofSeconds(Long.MAX_VALUE)))
                .isNull();
        assertThatThrownBy(() -> always.deadlineInDays(at(FRI + "16:30"), 1))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessage("calendar time has no zone and so no days; count hours, or days of a calendar");
    }

    @Test
    void finerDigitsThanMillisecondsAreCutOff() {
        Instant start = at(MON + "10:00").plusNanos(999_999);

        for (WorkingTime time : List.of(NINE_TO_FIVE, WorkingTime.ALWAYS)) {
            assertThat(time.deadline(start, hours(1).plusNanos(999_999))).isEqualTo(at(MON + "11:00"));
            assertThat(time.deadline(start, Duration.ofNanos(999_999))).isEqualTo(at(MON + "10:00"));
            assertThat(time.before(start, hours(1))).isEqualTo(at(MON + "09:00"));
            assertThat(time.before(start, Duration.ZERO)).isEqualTo(at(MON + "10:00"));
            assertThat(time.elapsed(at(MON + "10:00"), start)).isZero();
            assertThat(time.stretches(at(MON + "10:00"), start)).isEmpty();
            assertThat(time.stretches(start, at(MON + "11:00"))).containsExactly(stretch(MON + "10:00", MON + "11:00"));
        }
    }

    @Test
    void whatCannotBeMeantIsRefused() {
        for (WorkingTime time : List.of(NINE_TO_FIVE, WorkingTime.ALWAYS)) {
            assertThatThrownBy(() -> time.deadline(at(MON + "10:00"), hours(-1)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("working time is not negative, but this is PT-1H");
            assertThatThrownBy(() -> time.before(at(MON + "10:00"), Duration.ofNanos(-1)))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> time.deadlineInDays(at(MON + "10:00"), 0))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("working days are 1 or more, not 0");
        }
        assertThatThrownBy(() -> stretch(MON + "10:00", MON + "10:00")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void threadsThatShareOneAgree() throws InterruptedException {
        WorkingTime shared = jakarta(office());
        List<String> wrong = new ArrayList<>();
        List<Thread> threads = IntStream.range(0, 4)
                .mapToObj(seed -> new Thread(() -> {
                    Random random = new Random(seed);
                    WorkingTime own = jakarta(office());
                    for (int i = 0; i < 500; i++) {
                        Instant start = Instant.ofEpochMilli(random.nextLong(-3_000_000_000_000L, 6_000_000_000_000L));
                        Duration working = Duration.ofMinutes(random.nextInt(1_000_000));
                        if (!Objects.equals(shared.deadline(start, working), own.deadline(start, working))) {
                            synchronized (wrong) {
                                wrong.add(start + " " + working);
                            }
                        }
                    }
                }))
                .toList();
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(wrong).isEmpty();
    }

    private static WorkingTime jakarta(List<Hours> hours, Holiday... holidays) {
        return WorkingTime.of(new WorkCalendar("c", hours, List.of(holidays)), References.JAKARTA, KNOWN);
    }

    private static WorkingTime newYork(List<Hours> hours) {
        return WorkingTime.of(new WorkCalendar("c", hours, List.of()), NEW_YORK, KNOWN);
    }

    /** Of the city administration of Jakarta. */
    private static List<Hours> office() {
        List<Hours> lines = new ArrayList<>();
        for (DayOfWeek weekday : WEEKDAYS) {
            boolean friday = weekday == DayOfWeek.FRIDAY;
            lines.add(line(weekday, "07:30", friday ? "11:30" : "12:00"));
            lines.add(line(weekday, "13:00", friday ? "16:30" : "16:00"));
        }
        return lines;
    }

    private static List<Hours> weekdays(String from, String to) {
        return Stream.of(WEEKDAYS).map(weekday -> line(weekday, from, to)).toList();
    }

    private static List<Hours> everyDay(int fromMinute, int toMinute) {
        return Stream.of(DayOfWeek.values())
                .map(weekday -> new Hours(weekday, new Span(fromMinute, toMinute), Validity.ALWAYS))
                .toList();
    }

    private static Hours line(DayOfWeek weekday, String from, String to) {
        return new Hours(weekday, span(from, to), Validity.ALWAYS);
    }

    private static Holiday off(String day, @Nullable LocalDate knownFrom) {
        return new Holiday(date(day), "off", null, knownFrom);
    }

    private static Holiday instead(String day, String from, String to, @Nullable LocalDate knownFrom) {
        return new Holiday(date(day), "reduced", span(from, to), knownFrom);
    }

    private static LocalDate date(String day) {
        return LocalDate.parse(day.substring(0, 10));
    }

    private static Span span(String from, String to) {
        return new Span(
                LocalTime.parse(from).toSecondOfDay() / 60, LocalTime.parse(to).toSecondOfDay() / 60);
    }

    private static Stretch stretch(String from, String to) {
        return new Stretch(at(from), at(to));
    }

    private static Duration hours(long hours) {
        return Duration.ofHours(hours);
    }

    /** In Jakarta. */
    private static Instant at(String local) {
        return LocalDateTime.parse(local).atZone(References.JAKARTA).toInstant();
    }
}
