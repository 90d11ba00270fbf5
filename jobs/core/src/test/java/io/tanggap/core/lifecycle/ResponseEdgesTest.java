package io.tanggap.core.lifecycle;

import static io.tanggap.core.Clocks.clock;
import static io.tanggap.core.Clocks.says;
import static io.tanggap.core.Story.jakarta;
import static io.tanggap.core.Story.told;
import static org.assertj.core.api.Assertions.assertThat;

import io.tanggap.core.Clocks;
import io.tanggap.core.PackDraft;
import io.tanggap.core.Story;
import io.tanggap.core.reference.Policy.Target;
import io.tanggap.core.reference.Reference;
import io.tanggap.core.sla.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;

/** Edge cases 46 to 53: responses. 2024-07-01 is a Monday; work is done from 9 to 17, Monday to Friday. */
@DisplayNameGeneration(Edge.Names.class)
class ResponseEdgesTest {

    private static PackDraft respond(String within) {
        return new PackDraft("p")
                .hours("office", "Mon-Fri 09:00-17:00")
                .policy(Target.FIRST_RESPONSE, within, "office");
    }

    @Edge(number = 46, source = "https://github.com/zammad/zammad/issues/3551")
    void aReplyThatAsksTheReporterSomethingIsTheFirstResponse() {
        Reference reference = respond("8h")
                .policy(Target.RESOLUTION, "8h", "office")
                .pause("CITIZEN_INFO", "30d")
                .reference();
        Story replyFirst = told("2024-07-01 09:00 citizen submits A", "10:00 A replies", "10:00 A waits CITIZEN_INFO");
        Story waitFirst = told("2024-07-01 09:00 citizen submits A", "10:00 A waits CITIZEN_INFO", "10:00 A replies");

        for (Story story : List.of(replyFirst, waitFirst)) {
            CaseView view = story.seenAt("2024-07-03 00:00", reference);
            assertThat(says(view, Target.FIRST_RESPONSE)).isEqualTo("MET due 2024-07-01 17:00");
            assertThat(clock(view, Target.FIRST_RESPONSE).stoppedAt()).isEqualTo(jakarta("2024-07-01 10:00"));
            assertThat(clock(view, Target.RESOLUTION).pausedFor()).isEqualTo("CITIZEN_INFO");
            assertThat(Clocks.pauses(clock(view, Target.RESOLUTION)))
                    .containsExactly("CITIZEN_INFO 2024-07-01 10:00 to now");
        }
    }

    @Edge(
            number = 47,
            source = "https://github.com/zammad/zammad/issues/1620, https://github.com/zammad/zammad/issues/1322")
    void onlyWhatTheReporterCanReadAndAPersonWroteIsAResponse() {
        Reference reference = respond("2h").reference();
        for (String other : List.of(
                "A notes",
                "A replies internally",
                "system replies",
                "citizen replies",
                "A works",
                "A offers B",
                "A escalates mayor")) {
            CaseView view =
                    told("2024-07-01 09:00 citizen submits A", "10:00 " + other).seenAt("2024-07-01 12:00", reference);
            assertThat(says(view, Target.FIRST_RESPONSE)).as(other).isEqualTo("MISSED_OPEN due 2024-07-01 11:00");
            assertThat(view.firstResponseAt()).as(other).isNull();
        }
        for (String response : List.of("A replies", "validator replies")) {
            assertThat(says(
                            told("2024-07-01 09:00 citizen submits A", "10:00 " + response)
                                    .seenAt("2024-07-01 12:00", reference),
                            Target.FIRST_RESPONSE))
                    .as(response)
                    .isEqualTo("MET due 2024-07-01 11:00");
        }
    }

    @Edge(number = 48, source = "https://github.com/fivetran/dbt_zendesk/pull/273")
    void whatAnOfficerWritesWithTheSubmissionThatItKeysInIsNoResponse() {
        Reference reference = respond("8h").reference();
        Story atTheCounter = told("2024-07-01 09:00 officer submits A", "09:00 A replies");

        assertThat(says(atTheCounter.seenAt("2024-07-01 10:00", reference), Target.FIRST_RESPONSE))
                .isEqualTo("RUNNING due 2024-07-01 17:00");
        Clock answered = clock(
                atTheCounter.further("2024-07-01 11:00 A replies").seenAt("2024-07-01 12:00", reference),
                Target.FIRST_RESPONSE);
        assertThat(says(answered)).isEqualTo("MET due 2024-07-01 17:00");
        assertThat(answered.used()).isEqualTo(Duration.ofHours(2));
        assertThat(told("2024-07-01 09:00 citizen submits A", "09:00 A replies")
                        .seenAt("2024-07-01 10:00", reference)
                        .firstResponseAt())
                .as("a reporter who is answered at once is answered")
                .isEqualTo(jakarta("2024-07-01 09:00"));
    }

    @Edge(number = 49, source = "https://github.com/jstanden/cerb/issues/1524")
    void ofSeveralMessagesOfTheReporterTheFirstStartsTheClock() {
        Clock clock = clock(
                told(
                                "2024-07-01 09:00 citizen submits A",
                                "10:00 citizen replies",
                                "11:00 citizen replies",
                                "12:00 A replies")
                        .seenAt("2024-07-01 13:00", respond("8h").reference()),
                Target.FIRST_RESPONSE);

        assertThat(clock.startedAt()).isEqualTo(jakarta("2024-07-01 09:00"));
        assertThat(clock.used()).isEqualTo(Duration.ofHours(3));
    }

    @Edge(number = 50, source = "https://github.com/zammad/zammad/issues/5177")
    void updatesAreOwedOnlyAfterTheFirstResponse() {
        Reference reference =
                respond("8h").policy(Target.UPDATE, "1h", "office").reference();
        Story silent = told("2024-07-01 09:00 citizen submits A");
        CaseView unanswered = silent.seenAt("2024-07-01 16:00", reference);
        CaseView answered = silent.further("2024-07-01 16:30 A replies").seenAt("2024-07-01 16:45", reference);

        assertThat(Clocks.of(unanswered, Target.UPDATE)).isEmpty();
        assertThat(says(unanswered, Target.FIRST_RESPONSE)).isEqualTo("RUNNING due 2024-07-01 17:00");
        assertThat(says(answered, Target.UPDATE)).isEqualTo("RUNNING due 2024-07-02 09:30");
    }

    @Edge(number = 51, source = "https://github.com/zammad/zammad/issues/2082")
    void everySignOfProgressSetsTheNextDueTime() {
        Reference reference =
                respond("8h").policy(Target.UPDATE, "2h", "office").reference();
        Story story = told("2024-07-01 09:00 citizen submits A", "10:00 A replies", "11:30 A works", "12:15 A notes");

        assertThat(says(story.seenAt("2024-07-01 11:00", reference), Target.UPDATE))
                .isEqualTo("RUNNING due 2024-07-01 12:00");
        assertThat(says(story.seenAt("2024-07-01 13:00", reference), Target.UPDATE))
                .as("a note tells the reporter nothing")
                .isEqualTo("RUNNING due 2024-07-01 13:30");
        assertThat(clock(story.seenAt("2024-07-01 13:00", reference), Target.UPDATE)
                        .startedAt())
                .isEqualTo(jakarta("2024-07-01 11:30"));
    }

    @Edge(
            number = 52,
            source =
                    "https://github.com/fivetran/dbt_zendesk/pull/136, https://github.com/fivetran/dbt_zendesk/issues/131")
    void aFirstResponseAtAnyHourOrNoneAtAllHasItsClock() {
        Reference reference = respond("8h").reference();
        Clock onSaturday = clock(
                told("2024-07-05 18:00 citizen submits A", "2024-07-06 10:00 A replies")
                        .seenAt("2024-07-06 11:00", reference),
                Target.FIRST_RESPONSE);
        Clock tooLate = clock(
                told("2024-07-05 09:00 citizen submits A", "2024-07-06 10:00 A replies")
                        .seenAt("2024-07-06 11:00", reference),
                Target.FIRST_RESPONSE);
        Story never = told("2024-07-05 18:00 citizen submits A");

        assertThat(says(onSaturday)).isEqualTo("MET due 2024-07-08 17:00");
        assertThat(onSaturday.used()).isZero();
        assertThat(tooLate.used())
                .as("on Saturday no more is used than on Friday at 17:00")
                .isEqualTo(tooLate.budget());
        assertThat(says(tooLate))
                .as("but instants are compared, not working time")
                .isEqualTo("MISSED_LATE due 2024-07-05 17:00");
        assertThat(says(never.seenAt("2024-07-06 00:00", reference), Target.FIRST_RESPONSE))
                .isEqualTo("RUNNING due 2024-07-08 17:00");
        assertThat(says(never.seenAt("2025-07-06 00:00", reference), Target.FIRST_RESPONSE))
                .isEqualTo("MISSED_OPEN due 2024-07-08 17:00");
    }

    @Edge(
            number = 53,
            source =
                    "https://github.com/fivetran/dbt_zendesk/issues/179, https://github.com/fivetran/dbt_zendesk/pull/52")
    void ofTwoPoliciesTheFirstThatCoversTheCaseIsTheOneThatIsReported() {
        Reference reference = PackDraft.reference(
                new PackDraft("first")
                        .policy("roads", Target.RESOLUTION, "2h", null, "roads", null)
                        .policy("any", Target.RESOLUTION, "8h", null, null, null),
                new PackDraft("second")
                        .policy("later", Target.RESOLUTION, "4h", null, null, null)
                        .knownFrom("2024-07-01 14:00"));
        Story story = told("2024-07-01 11:30 citizen submits A");
        Clock before = clock(story.seenAt("2024-07-01 12:00", reference), Target.RESOLUTION);
        Story parks = story.further("2024-07-01 12:30 officer categorises parks");
        Clock during = clock(parks.seenAt("2024-07-01 13:00", reference), Target.RESOLUTION);
        Clock after = clock(parks.seenAt("2024-07-01 15:00", reference), Target.RESOLUTION);

        assertThat(List.of(before, during, after))
                .as("one clock, never one for each")
                .extracting(clock -> clock.policy() + " of " + clock.pack() + ": " + says(clock))
                .containsExactly(
                        "roads of first: RUNNING due 2024-07-01 13:30",
                        "any of first: RUNNING due 2024-07-01 19:30",
                        "later of second: RUNNING due 2024-07-01 15:30");
    }
}
