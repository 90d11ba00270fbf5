package io.tanggap.core.lifecycle;

import static io.tanggap.core.Clocks.clock;
import static io.tanggap.core.Clocks.pauses;
import static io.tanggap.core.Clocks.says;
import static io.tanggap.core.Story.jakarta;
import static io.tanggap.core.Story.told;
import static org.assertj.core.api.Assertions.assertThat;

import io.tanggap.core.PackDraft;
import io.tanggap.core.Story;
import io.tanggap.core.reference.Policy.Target;
import io.tanggap.core.reference.Reference;
import io.tanggap.core.sla.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;

/** Edge cases 21 to 34: pauses. 2024-07-01 is a Monday; work is done from 9 to 17, Monday to Friday. */
@DisplayNameGeneration(Edge.Names.class)
class PauseEdgesTest {

    /** A resolution takes so many working hours at most, and waits for the reporter or for a vendor stop its clock. */
    private static PackDraft within(String time) {
        return new PackDraft("p")
                .hours("office", "Mon-Fri 09:00-17:00")
                .policy(Target.RESOLUTION, time, "office")
                .pause("CITIZEN_INFO", "1000d")
                .pause("VENDOR", "1000d")
                .pause("UNSTATED", "1000d");
    }

    @Edge(
            number = 21,
            source = "https://github.com/glpi-project/glpi/issues/10594, https://github.com/frappe/erpnext/pull/49414")
    void aWaitOverAWeekendTakesOnlyTheWorkingHoursThatItCovers() {
        Reference eight = within("8h").reference();
        Story overnight =
                told("2024-07-01 09:00 citizen submits A", "17:00 A waits VENDOR", "2024-07-02 09:00 A resumes");
        Story weekend =
                told("2024-07-05 09:00 citizen submits A", "16:00 A waits VENDOR", "2024-07-08 10:00 A resumes");

        assertThat(says(overnight.seenAt("2024-07-02 10:00", eight), Target.RESOLUTION))
                .as("nothing was left of the eight hours when the wait began")
                .isEqualTo("MISSED_OPEN due 2024-07-01 17:00");
        assertThat(says(weekend.seenAt("2024-07-08 10:30", eight), Target.RESOLUTION))
                .as("an hour of Friday and one of Monday later than without it")
                .isEqualTo("RUNNING due 2024-07-08 11:00");
    }

    @Edge(number = 22, source = "https://github.com/glpi-project/glpi/issues/9082")
    void aWaitThatEndsInTheEveningLetsTheClockGoOnInTheMorning() {
        Story story = told("2024-07-01 15:00 citizen submits A", "16:00 A waits VENDOR", "20:00 A resumes");

        assertThat(says(story.seenAt("2024-07-01 21:00", within("4h").reference()), Target.RESOLUTION))
                .as("one hour of four was used")
                .isEqualTo("RUNNING due 2024-07-02 12:00");
    }

    @Edge(number = 23, source = "https://github.com/frappe/helpdesk/pull/3776")
    void aWaitThatTheSolutionEndsCountsWhole() {
        CaseView view = told(
                        "2024-02-01 09:00 citizen submits A",
                        "2024-02-02 09:00 A waits CITIZEN_INFO",
                        "2024-08-01 10:00 A claims")
                .seenAt("2024-09-01 00:00", within("16h").reference());
        Clock clock = clock(view, Target.RESOLUTION);

        assertThat(pauses(clock)).containsExactly("CITIZEN_INFO 2024-02-02 09:00 to 2024-08-01 10:00");
        assertThat(clock.used()).as("the first of February").isEqualTo(Duration.ofHours(8));
        assertThat(says(clock)).isEqualTo("MET due 2024-08-02 10:00");
    }

    @Edge(number = 24, source = "https://github.com/Nine-Minds/alga-psa/pull/3091")
    void aCaseMayBeBornWaitingOrClosed() {
        Reference reference = within("8h").reference();
        Story waiting = told("2024-07-01 10:00 source shows WAITING A");
        Story closed = told("2024-07-01 10:00 source shows CLOSED A outcome=FIXED");

        assertThat(says(waiting.seenAt("2024-07-01 10:00:00.001", reference), Target.RESOLUTION))
                .isEqualTo("PAUSED");
        assertThat(says(waiting.seenAt("2024-07-20 00:00", reference), Target.RESOLUTION))
                .isEqualTo("PAUSED");
        assertThat(says(
                        waiting.further("2024-07-20 00:00 source shows OPEN A").seenAt("2024-07-20 01:00", reference),
                        Target.RESOLUTION))
                .as("all eight hours of Monday the 22nd")
                .isEqualTo("RUNNING due 2024-07-22 17:00");
        Clock born = clock(closed.seenAt("2024-07-20 00:00", reference), Target.RESOLUTION);
        assertThat(says(born)).isEqualTo("MET due 2024-07-02 10:00");
        assertThat(born.used()).isZero();
    }

    @Edge(
            number = 25,
            source =
                    "https://github.com/frappe/helpdesk/issues/1554, https://github.com/glpi-project/glpi/issues/24481")
    void aClockIsShownPausedIfAndOnlyIfItDoesNotCount() {
        Reference reference = within("8h").reference();
        Story forbidden = told("2024-07-01 09:00 citizen submits A", "10:00 A waits LUNCH");
        Story allowed = told("2024-07-01 09:00 citizen submits A", "10:00 A waits VENDOR");

        Clock runs = clock(forbidden.seenAt("2024-07-01 14:00", reference), Target.RESOLUTION);
        assertThat(says(runs)).isEqualTo("RUNNING due 2024-07-01 17:00");
        assertThat(runs.pausedFor()).isNull();
        assertThat(runs.threshold()).isEqualTo(50);
        assertThat(says(forbidden.seenAt("2024-07-01 17:00:00.001", reference), Target.RESOLUTION))
                .isEqualTo("MISSED_OPEN due 2024-07-01 17:00");
        assertThat(forbidden.seenAt("2024-07-01 14:00", reference).anomalies())
                .containsExactly(Anomaly.WAIT_NOT_ALLOWED);

        Clock stands = clock(allowed.seenAt("2025-07-01 00:00", reference), Target.RESOLUTION);
        assertThat(says(stands)).as("a year later").isEqualTo("PAUSED");
        assertThat(stands.pausedFor()).isEqualTo("VENDOR");
        assertThat(stands.threshold()).isZero();
        assertThat(allowed.seenAt("2025-07-01 00:00", reference).isOverdue()).isFalse();
    }

    @Edge(number = 26, source = "https://github.com/jeffersongoncalves/laravel-help-desk/issues/52")
    void fromOneWaitToAnotherNothingCountsTwice() {
        CaseView view = told(
                        "2024-07-01 09:00 citizen submits A",
                        "10:00 A waits CITIZEN_INFO",
                        "11:00 A waits VENDOR",
                        "11:30 A waits VENDOR",
                        "12:00 A resumes",
                        "17:00 A claims")
                .seenAt("2024-07-02 00:00", within("8h").reference());
        Clock clock = clock(view, Target.RESOLUTION);

        assertThat(pauses(clock))
                .containsExactly(
                        "CITIZEN_INFO 2024-07-01 10:00 to 2024-07-01 11:00",
                        "VENDOR 2024-07-01 11:00 to 2024-07-01 12:00");
        assertThat(clock.used()).isEqualTo(Duration.ofHours(6));
        assertThat(says(clock)).isEqualTo("MET due 2024-07-02 11:00");
        assertThat(view.anomalies()).isEmpty();
    }

    @Edge(
            number = 27,
            source =
                    "https://github.com/glpi-project/glpi/issues/6902, https://github.com/glpi-project/glpi/issues/15605")
    void aNewPolicyStartsWhereTheCaseDidAndKeepsItsPauses() {
        Reference reference = PackDraft.reference(within("8h"), within("12h").knownFrom("2024-07-01 15:00"));
        Story story = told("2024-07-01 09:00 citizen submits A", "10:00 A waits VENDOR", "12:00 A resumes");

        assertThat(says(story.seenAt("2024-07-01 14:00", reference), Target.RESOLUTION))
                .isEqualTo("RUNNING due 2024-07-02 11:00");
        Clock after = clock(story.seenAt("2024-07-01 16:00", reference), Target.RESOLUTION);
        assertThat(says(after)).isEqualTo("RUNNING due 2024-07-02 15:00");
        assertThat(after.startedAt()).isEqualTo(jakarta("2024-07-01 09:00"));
        assertThat(pauses(after)).containsExactly("VENDOR 2024-07-01 10:00 to 2024-07-01 12:00");
    }

    @Edge(number = 28, source = "https://github.com/frappe/helpdesk/pull/3639")
    void aPolicyThatIsGoneForAWhileFindsThePauseAsItReallyWas() {
        Reference reference = PackDraft.reference(
                within("8h"),
                new PackDraft("none").policy(Target.TRIAGE, "1h", null).knownFrom("2024-07-01 11:00"),
                within("8h").knownFrom("2024-07-01 14:00"));
        Story story = told("2024-07-01 09:00 citizen submits A", "10:00 A waits VENDOR", "12:00 A resumes");

        assertThat(says(story.seenAt("2024-07-01 10:30", reference), Target.RESOLUTION))
                .isEqualTo("PAUSED");
        assertThat(says(story.seenAt("2024-07-01 13:00", reference), Target.RESOLUTION))
                .isEqualTo("NOT_APPLICABLE");
        Clock back = clock(story.seenAt("2024-07-01 15:00", reference), Target.RESOLUTION);
        assertThat(says(back)).isEqualTo("RUNNING due 2024-07-02 11:00");
        assertThat(pauses(back)).containsExactly("VENDOR 2024-07-01 10:00 to 2024-07-01 12:00");
    }

    @Edge(number = 29, source = "https://github.com/glpi-project/glpi/issues/17186")
    void aDateThatCameWithTheCaseIsMovedByNoPause() {
        Story story = told(
                "2024-07-01 09:00 citizen submits A due=2024-07-02T10:30",
                "10:00 A waits VENDOR",
                "2024-07-05 10:00 A resumes");

        assertThat(says(story.seenAt("2024-07-02 10:30", within("8h").reference()), Target.RESOLUTION))
                .as("while it waits")
                .isEqualTo("RUNNING due 2024-07-02 10:30");
        Clock missed = clock(story.seenAt("2024-07-05 11:00", within("8h").reference()), Target.RESOLUTION);
        assertThat(says(missed)).isEqualTo("MISSED_OPEN due 2024-07-02 10:30");
        assertThat(missed.policy()).isEqualTo(Clock.STATED);
        assertThat(missed.pauses()).isEmpty();
    }

    @Edge(number = 30, source = "https://doc.otrs.com/doc/manual/fao/8.0/en/content/escalation-suspend/admin.html")
    void onlyAWaitBeforeTheFirstResponseStretchesIt() {
        Reference reference = within("16h")
                .policy(Target.FIRST_RESPONSE, "2h", "office")
                .pause("CITIZEN_INFO", Target.FIRST_RESPONSE, "1000d")
                .reference();
        CaseView view = told(
                        "2024-07-01 09:00 citizen submits A",
                        "10:00 A waits CITIZEN_INFO",
                        "11:00 A resumes",
                        "11:30 A replies",
                        "13:00 A waits CITIZEN_INFO",
                        "15:00 A resumes",
                        "15:30 A waits VENDOR",
                        "15:45 A resumes")
                .seenAt("2024-07-01 16:00", reference);

        assertThat(says(view, Target.FIRST_RESPONSE)).isEqualTo("MET due 2024-07-01 12:00");
        assertThat(pauses(clock(view, Target.FIRST_RESPONSE)))
                .containsExactly("CITIZEN_INFO 2024-07-01 10:00 to 2024-07-01 11:00");
        assertThat(says(view, Target.RESOLUTION))
                .as("all three waits: 3:15 of 16 hours")
                .isEqualTo("RUNNING due 2024-07-03 12:15");
        assertThat(says(
                        told("2024-07-01 09:00 citizen submits A", "10:00 A waits VENDOR")
                                .seenAt("2024-07-01 11:00:00.001", reference),
                        Target.FIRST_RESPONSE))
                .as("nobody has to wait for a vendor before answering")
                .isEqualTo("MISSED_OPEN due 2024-07-01 11:00");
    }

    @Edge(number = 31, source = "https://github.com/frappe/helpdesk/pull/2232")
    void aMissedTargetDoesNotStandStillAnyMore() {
        CaseView view = told("2024-07-01 09:00 citizen submits A", "18:00 A waits VENDOR")
                .seenAt("2024-07-03 00:00", within("8h").reference());
        Clock clock = clock(view, Target.RESOLUTION);

        assertThat(view.progress()).isEqualTo(Progress.WAITING);
        assertThat(says(clock)).isEqualTo("MISSED_OPEN due 2024-07-01 17:00");
        assertThat(clock.pausedFor()).isNull();
        assertThat(clock.pauses()).isEmpty();
        assertThat(clock.threshold()).as("all of Tuesday has passed since").isEqualTo(200);
    }

    @Edge(
            number = 32,
            source = "https://agenthive.co/marketplace/workflows/sla-pause-auditor-reconcile-waiting-on-customer-clock")
    void whoHasSpokenIsWaitedForNoLonger() {
        Story story = told(
                "2024-07-01 09:00 citizen submits A",
                "10:00 A waits CITIZEN_INFO",
                "11:00 citizen replies",
                "16:00 A resumes");
        CaseView view = story.seenAt("2024-07-01 16:30", within("8h").reference());

        assertThat(pauses(clock(view, Target.RESOLUTION)))
                .containsExactly("CITIZEN_INFO 2024-07-01 10:00 to 2024-07-01 11:00");
        assertThat(says(view, Target.RESOLUTION)).isEqualTo("RUNNING due 2024-07-02 10:00");
        assertThat(story.seenAt("2024-07-01 12:00", within("8h").reference()).progress())
                .isEqualTo(Progress.IN_PROGRESS);
        assertThat(view.anomalies()).containsExactly(Anomaly.NOT_WAITING);
    }

    @Edge(number = 33, source = "https://github.com/glpi-project/glpi/issues/14492")
    void whileItWaitsNothingIsToldUntilTheWaitMayLastNoLonger() {
        Reference reference = new PackDraft("p")
                .hours("office", "Mon-Fri 09:00-17:00")
                .policy(Target.RESOLUTION, "8h", "office")
                .pause("VENDOR", "3d")
                .reference();
        Story story = told("2024-07-05 12:00 citizen submits A", "16:00 A waits VENDOR");

        for (String waiting : List.of("2024-07-05 16:00:00.001", "2024-07-06 00:00", "2024-07-08 15:00")) {
            assertThat(clock(story.seenAt(waiting, reference), Target.RESOLUTION)
                            .threshold())
                    .as("at %s", waiting)
                    .isEqualTo(50);
            assertThat(story.folded(jakarta(waiting), reference).nextChangeAt())
                    .as("asked at %s: the cap, in calendar time", waiting)
                    .isEqualTo(jakarta("2024-07-08 16:00"));
        }
        Clock capped = clock(story.seenAt("2024-07-08 16:00", reference), Target.RESOLUTION);
        assertThat(says(capped)).isEqualTo("RUNNING due 2024-07-09 12:00");
        assertThat(pauses(capped)).containsExactly("VENDOR 2024-07-05 16:00 to 2024-07-08 16:00");
    }

    @Edge(number = 34, source = "Zammad, whose breaks are kept by hour and minute")
    void twoWaitsInOneMinuteAreTwo() {
        CaseView view = told(
                        "2024-07-01 09:00 citizen submits A",
                        "10:00:05 A waits VENDOR",
                        "10:00:15 A resumes",
                        "10:00:30.250 A waits VENDOR",
                        "10:00:50.250 A resumes")
                .seenAt("2024-07-01 11:00", within("8h").reference());

        assertThat(clock(view, Target.RESOLUTION).pauses()).hasSize(2);
        assertThat(says(view, Target.RESOLUTION)).isEqualTo("RUNNING due 2024-07-02 09:00:30");
    }
}
