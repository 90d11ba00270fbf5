package io.tanggap.core.explain;

import static io.tanggap.core.explain.Office.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.tanggap.core.Story;
import io.tanggap.core.complaint.Actor;
import io.tanggap.core.complaint.Outcome;
import io.tanggap.core.complaint.Payload;
import io.tanggap.core.complaint.Payload.Closed;
import io.tanggap.core.complaint.Payload.ResolutionClaimed;
import io.tanggap.core.complaint.Payload.Submitted;
import io.tanggap.core.complaint.Payload.WaitEnded;
import io.tanggap.core.complaint.Payload.WaitStarted;
import io.tanggap.core.complaint.Visibility;
import io.tanggap.core.explain.Reckoning.Kind;
import io.tanggap.core.explain.Reckoning.Row;
import io.tanggap.core.reference.Policy.Target;
import io.tanggap.core.reference.Reference;
import io.tanggap.core.reference.ReferencePack;
import io.tanggap.core.reference.Validity;
import io.tanggap.core.reference.WorkCalendar.Holiday;
import io.tanggap.core.reference.WorkCalendar.Hours;
import io.tanggap.core.reference.WorkCalendar.Span;
import io.tanggap.core.sla.Verdict;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The account of one clock; 2024-03-04 is a Monday. */
class ReckoningTest {
    private static Story submitted(String at) {
        return new Story("1")
                .and(at(at), Actor.CITIZEN, null, Visibility.PUBLIC, new Submitted("roads", "kelurahan", "A", null));
    }

    private static Story and(Story story, String at, Payload payload) {
        return story.and(at(at), Actor.OFFICER, "A", Visibility.PUBLIC, payload);
    }

    private static Reckoning resolution(Story story, String asOf, ReferencePack... packs) {
        return Explanation.of(story.history(), Reference.of(List.of(packs)), at(asOf)).orElseThrow().clocks().stream()
                .filter(clock -> clock.clock().target() == Target.RESOLUTION)
                .findFirst()
                .orElseThrow();
    }

    /** Kind, local begin, what the row adds and the sum. */
    private static List<String> told(Reckoning reckoning) {
        return reckoning.rows().stream()
                .map(row -> row.kind() + " "
                        + row.from().atZone(ZoneId.of("Asia/Jakarta")).toLocalDateTime() + " +" + hours(row.added())
                        + " =" + hours(row.sum()))
                .toList();
    }

    private static String hours(Duration duration) {
        return duration.toHours() + ":" + String.format(java.util.Locale.ROOT, "%02d", duration.toMinutesPart());
    }

    @Test
    void workingDaysWithAHolidayAndAPauseAreCountedOutDayByDay() {
        ReferencePack pack = Office.pack("p")
                .free("2024-03-11", "Nyepi", "2023-09-12")
                .days(Target.RESOLUTION, 3)
                .pause("CITIZEN_INFO", Duration.ofDays(5))
                .build();
        Story story = submitted("2024-03-07T10:30");
        and(story, "2024-03-08T09:00", new WaitStarted("CITIZEN_INFO"));
        and(story, "2024-03-12T11:00", new WaitEnded());
        and(story, "2024-03-13T15:00", new ResolutionClaimed());
        Reckoning reckoning = resolution(story, "2024-03-20T00:00", pack);

        assertThat(told(reckoning))
                .containsExactly(
                        "COUNTED 2024-03-07T10:30 +4:30 =4:30",
                        "COUNTED 2024-03-08T00:00 +1:00 =5:30",
                        "PAUSED 2024-03-08T09:00 +0:00 =5:30",
                        "COUNTED 2024-03-12T11:00 +4:00 =9:30",
                        "COUNTED 2024-03-13T00:00 +6:00 =15:30",
                        "STOPPED 2024-03-13T15:00 +0:00 =15:30",
                        "COUNTED 2024-03-13T15:00 +1:00 =16:30",
                        "COUNTED 2024-03-14T00:00 +7:00 =23:30",
                        "COUNTED 2024-03-15T00:00 +2:00 =25:30",
                        "DEADLINE 2024-03-15T10:00 +0:00 =25:30");
        assertThat(reckoning.lastDay())
                .as("day 3, the holiday not counted: Friday, Tuesday, Wednesday")
                .isEqualTo(at("2024-03-13T16:00"));
        assertThat(reckoning.clock().budget()).isEqualTo(Duration.ofMinutes(25 * 60 + 30));
        assertThat(reckoning.clock().verdict()).isEqualTo(Verdict.MET);
        assertThat(Pencil.sumUntil(Kind.STOPPED, reckoning.rows()))
                .isEqualTo(reckoning.clock().used());
        assertThat(Pencil.sumUntil(Kind.DEADLINE, reckoning.rows()))
                .isEqualTo(reckoning.clock().budget());
        assertThat(reckoning.waits()).singleElement().satisfies(wait -> {
            assertThat(wait.rule()).isEqualTo(pack.pauses().get(0));
            assertThat(wait.pauses()).hasSize(1);
        });
        Row pause = reckoning.rows().get(2);
        assertThat(pause.uncounted()).as("6 h of Friday and 3 of Tuesday").isEqualTo(Duration.ofHours(9));
        assertThat(pause.holidays().stream().map(Holiday::name)).containsExactly("Nyepi");
    }

    @Test
    void holidaysOfTheTimeAreNamedWithWhatTheyTook() {
        ReferencePack pack = Office.pack("p")
                .free("2024-03-06", "Nyepi", "2023-09-12")
                .holiday(new Holiday(
                        LocalDate.parse("2024-03-07"),
                        "Ramadan",
                        new Span(8 * 60, 11 * 60),
                        LocalDate.parse("2024-01-01")))
                .free("2024-03-09", "on a Saturday", "2024-01-01")
                .holiday(new Holiday(
                        LocalDate.parse("2024-03-11"),
                        "half",
                        new Span(8 * 60, 10 * 60),
                        LocalDate.parse("2024-01-01")))
                .free("2024-03-11", "all after all", "2024-02-01")
                .free("2024-03-12", "decreed too late", "2024-03-30")
                .hours(Target.RESOLUTION, 30)
                .build();
        Story story = submitted("2024-03-05T09:00");
        and(story, "2024-03-12T09:00", new Closed(Outcome.FIXED));
        Reckoning reckoning = resolution(story, "2024-04-10T00:00", pack);

        assertThat(told(reckoning))
                .containsExactly(
                        "COUNTED 2024-03-05T09:00 +6:00 =6:00",
                        "HOLIDAY 2024-03-06T00:00 +0:00 =6:00",
                        "HOLIDAY 2024-03-07T00:00 +3:00 =9:00",
                        "COUNTED 2024-03-08T00:00 +7:00 =16:00",
                        "HOLIDAY 2024-03-09T00:00 +0:00 =16:00",
                        "FREE 2024-03-10T00:00 +0:00 =16:00",
                        "HOLIDAY 2024-03-11T00:00 +0:00 =16:00",
                        "COUNTED 2024-03-12T00:00 +1:00 =17:00",
                        "STOPPED 2024-03-12T09:00 +0:00 =17:00",
                        "COUNTED 2024-03-12T09:00 +6:00 =23:00",
                        "COUNTED 2024-03-13T00:00 +7:00 =30:00",
                        "DEADLINE 2024-03-13T16:00 +0:00 =30:00");
        List<Row> holidays = reckoning.rows().stream()
                .filter(row -> row.kind() == Kind.HOLIDAY)
                .toList();
        assertThat(holidays.stream().map(Row::uncounted))
                .containsExactly(Duration.ofHours(7), Duration.ofHours(4), Duration.ZERO, Duration.ofHours(7));
        assertThat(holidays.get(3).holidays().stream().map(Holiday::name)).containsExactly("all after all");
        assertThat(holidays.get(3).replaced().stream().map(Holiday::name)).containsExactly("half");
        assertThat(reckoning.undecreed().stream().map(Holiday::name)).containsExactly("decreed too late");
    }

    @Test
    void aLongRunOfOrdinaryDaysIsOneRowAndNothingThatMattersIsInIt() {
        ReferencePack pack = Office.pack("p")
                .free("2024-03-11", "Nyepi", "2023-09-12")
                .days(Target.RESOLUTION, 14)
                .build();
        Reckoning reckoning = resolution(submitted("2024-03-04T17:00"), "2024-03-20T10:00", pack);

        assertThat(told(reckoning))
                .as("submitted after hours on Monday, so Tuesday is day 0")
                .containsExactly(
                        "FREE 2024-03-04T17:00 +0:00 =0:00",
                        "COUNTED 2024-03-05T00:00 +7:00 =7:00",
                        "COUNTED 2024-03-06T00:00 +7:00 =14:00",
                        "COUNTED 2024-03-07T00:00 +7:00 =21:00",
                        "COUNTED 2024-03-08T00:00 +7:00 =28:00",
                        "FREE 2024-03-09T00:00 +0:00 =28:00",
                        "HOLIDAY 2024-03-11T00:00 +0:00 =28:00",
                        "COUNTED 2024-03-12T00:00 +42:00 =70:00",
                        "COUNTED 2024-03-20T00:00 +2:00 =72:00",
                        "AS_OF 2024-03-20T10:00 +0:00 =72:00",
                        "COUNTED 2024-03-20T10:00 +5:00 =77:00",
                        "COUNTED 2024-03-21T00:00 +7:00 =84:00",
                        "COUNTED 2024-03-22T00:00 +7:00 =91:00",
                        "FREE 2024-03-23T00:00 +0:00 =91:00",
                        "COUNTED 2024-03-25T00:00 +7:00 =98:00",
                        "COUNTED 2024-03-26T00:00 +7:00 =105:00",
                        "DEADLINE 2024-03-26T16:00 +0:00 =105:00");
        Row run = reckoning.rows().get(7);
        assertThat(run.counted()).hasSize(12);
        assertThat(run.to()).isEqualTo(at("2024-03-20T00:00"));
        assertThat(Pencil.sumUntil(Kind.DEADLINE, reckoning.rows()))
                .isEqualTo(reckoning.clock().budget());
    }

    @Test
    void otherHoursOfTheWeekAreTold() {
        List<Hours> hours = new ArrayList<>();
        Validity until = new Validity(null, LocalDate.parse("2024-03-11"));
        Validity from = new Validity(LocalDate.parse("2024-03-11"), null);
        for (DayOfWeek day : DayOfWeek.values()) {
            hours.add(new Hours(day, new Span(8 * 60, 16 * 60), until));
            hours.add(new Hours(day, new Span(8 * 60, 14 * 60), from));
        }
        ReferencePack pack =
                Office.pack("p").hours(hours).hours(Target.RESOLUTION, 28).build();

        assertThat(told(resolution(submitted("2024-03-09T08:00"), "2024-03-09T09:00", pack)))
                .containsExactly(
                        "COUNTED 2024-03-09T08:00 +1:00 =1:00",
                        "AS_OF 2024-03-09T09:00 +0:00 =1:00",
                        "COUNTED 2024-03-09T09:00 +7:00 =8:00",
                        "COUNTED 2024-03-10T00:00 +8:00 =16:00",
                        "OTHER_HOURS 2024-03-11T00:00 +0:00 =16:00",
                        "COUNTED 2024-03-11T00:00 +6:00 =22:00",
                        "COUNTED 2024-03-12T00:00 +6:00 =28:00",
                        "DEADLINE 2024-03-12T14:00 +0:00 =28:00");
    }

    @Test
    void aCapThatIsUsedUpEndsThePauseAndAReasonThatNoLineAllowsStopsNothing() {
        ReferencePack pack = Office.pack("p")
                .policy(Target.RESOLUTION, Duration.ofDays(7), false, null)
                .pause("CITIZEN_INFO", Duration.ofDays(1))
                .build();
        Story story = submitted("2024-03-04T08:00");
        and(story, "2024-03-05T08:00", new WaitStarted("CITIZEN_INFO"));
        and(story, "2024-03-07T08:00", new WaitStarted("MATERIAL"));
        and(story, "2024-03-08T08:00", new WaitEnded());
        Reckoning reckoning = resolution(story, "2024-03-09T08:00", pack);

        assertThat(told(reckoning))
                .containsExactly(
                        "COUNTED 2024-03-04T08:00 +24:00 =24:00",
                        "PAUSED 2024-03-05T08:00 +0:00 =24:00",
                        "COUNTED 2024-03-06T08:00 +72:00 =96:00",
                        "AS_OF 2024-03-09T08:00 +0:00 =96:00",
                        "COUNTED 2024-03-09T08:00 +72:00 =168:00",
                        "DEADLINE 2024-03-12T08:00 +0:00 =168:00");
        assertThat(reckoning.waits()).hasSize(2);
        assertThat(reckoning.waits().get(0).pauses().get(0).to()).isEqualTo(at("2024-03-06T08:00"));
        assertThat(reckoning.waits().get(1).rule()).isNull();
        assertThat(reckoning.waits().get(1).pauses()).isEmpty();
    }

    @Test
    void aClockThatStandsStillHasNoDeadlineAndItsAccountEndsThere() {
        ReferencePack pack = Office.pack("p")
                .hours(Target.RESOLUTION, 20)
                .pause("CITIZEN_INFO", Duration.ofDays(30))
                .build();
        Story story = submitted("2024-03-04T08:00");
        and(story, "2024-03-05T09:00", new WaitStarted("CITIZEN_INFO"));
        Reckoning reckoning = resolution(story, "2024-03-06T09:00", pack);

        assertThat(reckoning.clock().verdict()).isEqualTo(Verdict.PAUSED);
        assertThat(told(reckoning))
                .containsExactly(
                        "COUNTED 2024-03-04T08:00 +7:00 =7:00",
                        "COUNTED 2024-03-05T00:00 +1:00 =8:00",
                        "PAUSED 2024-03-05T09:00 +0:00 =8:00");
        assertThat(reckoning.rows().get(2).to()).isNull();
        assertThat(reckoning.rows().get(2).uncounted()).isEqualTo(Duration.ofHours(7));
    }

    @Test
    void aClockThatWasMissedIsCountedToItsStopAndAnOpenOneToItsDeadline() {
        ReferencePack pack = Office.pack("p").hours(Target.RESOLUTION, 7).build();
        Story story = submitted("2024-03-04T08:00");
        assertThat(told(resolution(story, "2024-03-08T00:00", pack)))
                .containsExactly("COUNTED 2024-03-04T08:00 +7:00 =7:00", "DEADLINE 2024-03-04T16:00 +0:00 =7:00");

        and(story, "2024-03-05T10:00", new ResolutionClaimed());
        Reckoning late = resolution(story, "2024-03-08T00:00", pack);
        assertThat(told(late))
                .containsExactly(
                        "COUNTED 2024-03-04T08:00 +7:00 =7:00",
                        "DEADLINE 2024-03-04T16:00 +0:00 =7:00",
                        "COUNTED 2024-03-05T00:00 +2:00 =9:00",
                        "STOPPED 2024-03-05T10:00 +0:00 =9:00");
        assertThat(Pencil.sumUntil(Kind.STOPPED, late.rows()))
                .isEqualTo(late.clock().used());
    }

    @Test
    void theLinesThatDecidedAreThoseOfThePackThatJudged() {
        Office week = Office.pack("week").policy(Target.RESOLUTION, Duration.ofDays(7), false, null);
        Office three = Office.pack("three", "2024-03-06T00:00").days(Target.RESOLUTION, 3);
        Office later = Office.pack("later", "2024-03-20T00:00").days(Target.RESOLUTION, 1);
        Story story = submitted("2024-03-05T09:00");
        and(story, "2024-03-07T09:00", new ResolutionClaimed());
        Reckoning reckoning = resolution(story, "2024-04-01T00:00", week.build(), three.build(), later.build());

        assertThat(reckoning.clock().pack()).isEqualTo("three");
        assertThat(reckoning.policy()).isEqualTo(three.build().policies().get(0));
        assertThat(reckoning.judgement().known()).isEqualTo(at("2024-03-06T00:00"));
        assertThat(reckoning.clock().deadline()).isEqualTo(at("2024-03-08T16:00"));
        assertThat(resolution(submitted("2024-03-05T09:00"), "2024-03-05T10:00", week.build(), three.build())
                        .policy())
                .isEqualTo(week.build().policies().get(0));
    }

    @Test
    void aStatedDeadlineAndACaseWithoutPolicyHaveNoLine() {
        Story stated = new Story("1")
                .and(
                        at("2024-03-04T08:00"),
                        Actor.CITIZEN,
                        null,
                        Visibility.PUBLIC,
                        new Submitted("roads", "kelurahan", "A", at("2024-03-05T08:00")));
        Reckoning reckoning = resolution(
                stated,
                "2024-03-04T20:00",
                Office.pack("p").days(Target.RESOLUTION, 3).build());
        assertThat(reckoning.policy()).isNull();
        assertThat(told(reckoning)).hasSize(4).last().isEqualTo("DEADLINE 2024-03-05T08:00 +0:00 =24:00");

        Reckoning none = resolution(
                submitted("2024-03-04T08:00"),
                "2024-03-04T20:00",
                Office.pack("p").days(Target.REDO, 3).build());
        assertThat(none.clock().verdict()).isEqualTo(Verdict.NOT_APPLICABLE);
        assertThat(none.rows()).isEmpty();
    }

    @Test
    void aDayOnWhichTheClocksChangeStandsAlone() {
        ZoneId newYork = ZoneId.of("America/New_York");
        List<Hours> always = new ArrayList<>();
        for (DayOfWeek day : DayOfWeek.values()) {
            always.add(new Hours(day, new Span(0, Span.DAY), Validity.ALWAYS));
        }
        ReferencePack pack = Office.pack("p")
                .zone(newYork)
                .hours(always)
                .hours(Target.RESOLUTION, 14 * 24)
                .build();
        Instant start = LocalDate.parse("2024-03-02").atStartOfDay(newYork).toInstant();
        Story story = new Story("1")
                .and(start, Actor.CITIZEN, null, Visibility.PUBLIC, new Submitted("roads", "kelurahan", "A", null));
        Reckoning reckoning = Explanation.of(
                        story.history(), Reference.of(List.of(pack)), start.plus(Duration.ofDays(30)))
                .orElseThrow()
                .clocks()
                .get(0);

        assertThat(reckoning.rows().stream()
                        .map(row -> row.kind() + " " + row.added().toHours()))
                .containsExactly(
                        "COUNTED 192",
                        "COUNTED 23",
                        "COUNTED 24",
                        "COUNTED 24",
                        "COUNTED 24",
                        "COUNTED 24",
                        "COUNTED 24",
                        "COUNTED 1",
                        "DEADLINE 0");
    }
}
