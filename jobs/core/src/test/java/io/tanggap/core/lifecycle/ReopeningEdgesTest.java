package io.tanggap.core.lifecycle;

import static io.tanggap.core.Clocks.clock;
import static io.tanggap.core.Clocks.says;
import static io.tanggap.core.Story.jakarta;
import static io.tanggap.core.Story.told;
import static org.assertj.core.api.Assertions.assertThat;

import io.tanggap.core.Clocks;
import io.tanggap.core.PackDraft;
import io.tanggap.core.Story;
import io.tanggap.core.complaint.Outcome;
import io.tanggap.core.measure.Count;
import io.tanggap.core.measure.Role;
import io.tanggap.core.measure.Told;
import io.tanggap.core.reference.Policy.Target;
import io.tanggap.core.reference.Reference;
import io.tanggap.core.sla.Clock;
import io.tanggap.core.sla.Span;
import io.tanggap.core.sla.Verdict;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;

/** Edge cases 35 to 45: closing, reopening, merging. 2024-07-01 is a Monday. */
@DisplayNameGeneration(Edge.Names.class)
class ReopeningEdgesTest {

    private static PackDraft office() {
        return new PackDraft("p").hours("office", "Mon-Fri 09:00-17:00");
    }

    private static long counted(CaseView view, Count count) {
        return Told.sum(List.of(view), Role.TERRITORY, cell -> true).sum(count);
    }

    @Edge(number = 35, source = "https://github.com/glpi-project/glpi/pull/9267")
    void closedTimeCountsForNoClockWhetherItWasClaimedOrClosed() {
        Reference reference = office().policy(Target.RESOLUTION, "8h", "office")
                .policy(Target.DWELL, "8h", "office")
                .reference();
        Story closed = told("2024-07-01 09:00 citizen submits A", "10:00 A closes FIXED");
        Story claimed = told("2024-07-01 09:00 citizen submits A", "10:00 A claims", "10:00 validator validates");
        List<CaseView> views = List.of(
                closed.further("2024-07-04 10:00 citizen reopens", "12:00 A claims")
                        .seenAt("2024-07-05 00:00", reference),
                claimed.further("2024-07-04 10:00 citizen reopens", "12:00 A claims")
                        .seenAt("2024-07-05 00:00", reference));

        for (CaseView view : views) {
            assertThat(Clocks.of(view, Target.RESOLUTION))
                    .extracting(Clocks::says)
                    .containsExactly("MET due 2024-07-01 17:00", "MET due 2024-07-05 10:00");
            assertThat(Clocks.of(view, Target.DWELL))
                    .extracting(Clocks::says)
                    .containsExactly("MET due 2024-07-01 17:00", "MET due 2024-07-05 10:00");
            assertThat(Clocks.all(view).stream().filter(clock -> clock.cycle() == 2))
                    .extracting(Clock::used)
                    .containsOnly(Duration.ofHours(2));
            assertThat(view.citizen())
                    .as("to the reporter all of it counts")
                    .isEqualTo(new Span(jakarta("2024-07-01 09:00"), null));
        }
        assertThat(views.get(0).cycle().resolution())
                .isEqualTo(views.get(1).cycle().resolution());
    }

    @Edge(number = 36, source = "https://github.com/glpi-project/glpi/issues/23359")
    void closedTimeIsNeitherAWaitNorAStayNorAStock() {
        Reference reference =
                office().everyTarget("8h", "office").pause("UNSTATED", "1000d").reference();
        Story story = told("2024-07-01 09:00 citizen submits A", "10:00 A replies", "10:00 A closes FIXED");
        CaseView closed = story.seenAt("2024-07-02 12:00", reference);
        CaseView reopened = story.further("2024-07-04 10:00 citizen reopens", "12:00 A claims")
                .seenAt("2024-07-05 00:00", reference);

        assertThat(Clocks.all(closed)).noneMatch(clock -> clock.verdict().isOpen());
        assertThat(counted(closed, Count.OPEN_ENTERED)).isEqualTo(counted(closed, Count.OPEN_LEFT));
        assertThat(Clocks.all(reopened)).allMatch(clock -> clock.pauses().isEmpty());
        assertThat(reopened.visits())
                .extracting(Visit::held)
                .containsExactly(
                        new Span(jakarta("2024-07-01 09:00"), jakarta("2024-07-01 10:00")),
                        new Span(jakarta("2024-07-04 10:00"), null));
    }

    @Edge(number = 37, source = "https://github.com/zammad/zammad/issues/188")
    void everyCycleHasAVerdictOfItsOwn() {
        CaseView view = told(
                        "2024-07-01 09:00 citizen submits A",
                        "10:00 A closes FIXED",
                        "2024-07-02 09:00 citizen reopens",
                        "2024-07-03 10:00 A closes FIXED",
                        "2024-07-04 09:00 citizen reopens",
                        "12:00 A closes ANSWERED",
                        "2024-07-05 09:00 citizen reopens")
                .seenAt(
                        "2024-07-05 10:00",
                        office().policy(Target.RESOLUTION, "8h", "office").reference());

        assertThat(Clocks.of(view, Target.RESOLUTION))
                .extracting(Clocks::says)
                .containsExactly(
                        "MET due 2024-07-01 17:00",
                        "MISSED_LATE due 2024-07-02 17:00",
                        "MET due 2024-07-04 17:00",
                        "RUNNING due 2024-07-05 17:00");
    }

    @Edge(
            number = 38,
            source = "https://github.com/znuny/Znuny/pull/369, https://github.com/osTicket/osTicket/pull/5206")
    void aReopeningResetsNeitherTheFirstVerdictNorTheCitizensClock() {
        Reference reference = office().policy(Target.RESOLUTION, "8h", "office").reference();
        Story story = told("2024-07-01 09:00 citizen submits A", "2024-07-02 10:00 A closes FIXED");
        CaseView closed = story.seenAt("2024-07-03 00:00", reference);
        CaseView reopened = story.further("2024-07-03 09:00 citizen reopens").seenAt("2024-07-03 10:00", reference);

        assertThat(reopened.firstCycle()).isEqualTo(closed.firstCycle());
        assertThat(says(reopened.firstCycle().resolution())).isEqualTo("MISSED_LATE due 2024-07-01 17:00");
        assertThat(reopened.submittedAt()).isEqualTo(jakarta("2024-07-01 09:00"));
        assertThat(closed.citizen()).isEqualTo(new Span(jakarta("2024-07-01 09:00"), jakarta("2024-07-02 10:00")));
        assertThat(reopened.citizen()).isEqualTo(new Span(jakarta("2024-07-01 09:00"), null));
    }

    @Edge(number = 39, source = "https://github.com/osTicket/osTicket/issues/5955")
    void whatWasSolvedInTimeIsNotOverdueWhenItIsReopenedAfterItsDeadline() {
        CaseView view = told(
                        "2024-07-01 09:00 citizen submits A",
                        "10:00 A closes FIXED",
                        "2024-07-08 10:00 citizen reopens")
                .seenAt(
                        "2024-07-08 10:30",
                        office().policy(Target.RESOLUTION, "8h", "office").reference());

        assertThat(Clocks.of(view, Target.RESOLUTION))
                .extracting(Clocks::says)
                .containsExactly("MET due 2024-07-01 17:00", "RUNNING due 2024-07-09 10:00");
        assertThat(view.isOverdue()).isFalse();
        assertThat(view.cycle().resolution().threshold()).isZero();
    }

    @Edge(
            number = 40,
            source = "https://www.plain.com/docs/graphql-reference/types/TotalResolutionTimeServiceLevelAgreement")
    void aVeryOldCaseThatIsReopenedIsNotMissedAtOnce() {
        CaseView view = told(
                        "2022-07-01 09:00 citizen submits A",
                        "10:00 A closes FIXED",
                        "2024-07-01 10:00 citizen reopens")
                .seenAt(
                        "2024-07-01 12:00",
                        office().policy(Target.RESOLUTION, "8h", "office").reference());

        assertThat(says(view.cycle().resolution())).isEqualTo("RUNNING due 2024-07-02 10:00");
        assertThat(view.cycle().late()).as("and it is no reopening any more").isTrue();
        assertThat(view.citizen().from()).isEqualTo(jakarta("2022-07-01 09:00"));
    }

    @Edge(number = 41, source = "https://github.com/chatwoot/chatwoot/issues/10178")
    void nobodyIsOwedAnAnswerToAThankYou() {
        Reference reference = office().policy(Target.UPDATE, "2h", "office")
                .policy(Target.FIRST_RESPONSE, "8h", "office")
                .reference();
        Story story = told(
                "2024-07-01 09:00 citizen submits A",
                "10:00 A replies",
                "11:00 A closes ANSWERED",
                "13:00 citizen replies");
        CaseView view = story.seenAt("2024-08-01 00:00", reference);

        assertThat(says(view, Target.UPDATE)).isEqualTo("MET due 2024-07-01 12:00");
        assertThat(clock(view, Target.UPDATE).stoppedAt()).isEqualTo(jakarta("2024-07-01 11:00"));
        assertThat(view.isOpen()).isFalse();
        assertThat(view.anomalies()).containsExactly(Anomaly.WORK_AFTER_CLOSE);
        assertThat(story.folded(jakarta("2024-08-01 00:00"), reference).nextChangeAt())
                .as("nothing more will come")
                .isNull();
    }

    @Edge(
            number = 42,
            source = "https://github.com/zammad/zammad/issues/2579, https://github.com/zammad/zammad/issues/4516")
    void whateverComesWithTheClosingItIsCountedOnce() {
        Reference reference = office().policy(Target.RESOLUTION, "8h", "office")
                .policy(Target.FIRST_RESPONSE, "8h", "office")
                .reference();
        List<Story> together = List.of(
                told("2024-07-01 09:00 citizen submits A", "12:00 A works", "12:00 A replies", "12:00 A closes FIXED"),
                told("2024-07-01 09:00 citizen submits A", "12:00 A closes FIXED", "12:00 A replies", "12:00 A works"),
                told("2024-07-01 09:00 citizen submits A", "12:00 A replies", "12:00 A claims", "12:00 A closes FIXED"),
                told(
                        "2024-07-01 09:00 citizen submits A",
                        "12:00 A replies",
                        "12:00 source shows CLOSED B outcome=FIXED category=parks"));

        for (Story story : together) {
            CaseView view = story.seenAt("2024-07-02 09:00", reference);
            assertThat(view.cycles()).hasSize(1);
            assertThat(view.cycle().closedAt()).isEqualTo(jakarta("2024-07-01 12:00"));
            assertThat(view.cycle().outcome()).isEqualTo(Outcome.FIXED);
            assertThat(says(view, Target.RESOLUTION)).isEqualTo("MET due 2024-07-01 17:00");
            assertThat(says(view, Target.FIRST_RESPONSE)).isEqualTo("MET due 2024-07-01 17:00");
            assertThat(counted(view, Count.CLOSED)).isEqualTo(1);
            assertThat(counted(view, Count.FIRST_END)).isEqualTo(1);
        }
    }

    @Edge(number = 43, source = "https://github.com/chatwoot/chatwoot/issues/10241")
    void silenceClosesNothing() {
        Reference reference = office().policy(Target.RESOLUTION, "8h", "office")
                .pause("CITIZEN_INFO", "1000d")
                .staleAfter(Duration.ofDays(7))
                .reference();
        CaseView view = told("2024-07-01 09:00 citizen submits A", "10:00 A waits CITIZEN_INFO")
                .seenAt("2025-07-01 00:00", reference);

        assertThat(view.isOpen()).isTrue();
        assertThat(view.isStale()).isTrue();
        assertThat(view.progress()).isEqualTo(Progress.WAITING);
        assertThat(says(view, Target.RESOLUTION)).isEqualTo("PAUSED");
    }

    @Edge(number = 44, source = "https://github.com/zammad/zammad/issues/4161")
    void whatIsTakenUpAfterTheWindowIsNoReopening() {
        Reference reference = office().policy(Target.RESOLUTION, "8h", "office")
                .reopenWithin("20d")
                .channel(Story.CHANNEL, 2)
                .reference();
        Story inTime =
                told("2024-07-01 09:00 citizen submits A", "10:00 A closes FIXED", "2024-07-21 10:00 citizen reopens");
        Story late = told(
                "2024-07-01 09:00 citizen submits A",
                "10:00 A closes FIXED",
                "2024-07-21 10:00:00.001 citizen reopens");

        CaseView reopened = inTime.seenAt("2024-07-22 12:00", reference);
        assertThat(reopened.cycle().late()).isFalse();
        assertThat(counted(reopened, Count.REOPENED)).isEqualTo(1);
        assertThat(reopened.anomalies()).isEmpty();
        CaseView afterwards = late.seenAt("2024-07-22 12:00", reference);
        assertThat(afterwards.cycle().late()).isTrue();
        assertThat(counted(afterwards, Count.REOPENED)).isZero();
        assertThat(afterwards.anomalies()).containsExactly(Anomaly.REOPENED_LATE);
        assertThat(told(
                                "2024-07-01 09:00 citizen submits A",
                                "10:00 A closes FIXED",
                                "2024-07-21 10:00 citizen rates 2")
                        .seenAt("2024-07-22 12:00", reference)
                        .isOpen())
                .as("a bad rating in the window")
                .isTrue();
        assertThat(told(
                                "2024-07-01 09:00 citizen submits A",
                                "10:00 A closes FIXED",
                                "2024-07-21 10:00:00.001 citizen rates 1")
                        .seenAt("2024-07-22 12:00", reference)
                        .isOpen())
                .as("a bad rating after it")
                .isFalse();
    }

    @Edge(
            number = 45,
            source =
                    "https://github.com/zammad/zammad/issues/904, https://github.com/cityofaustin/atd-data-tech/issues/1611,"
                            + " https://github.com/cityofaustin/atd-data-tech/issues/11002")
    void aDuplicateEscalatesNoMoreAndSaysWhereItGoesOn() {
        Reference reference = office().everyTarget("8h", "office").reference();
        Story story = told("2024-07-01 09:00 citizen submits A", "10:00 A offers B", "11:00 officer merges qlue:7");
        CaseView next = story.seenAt("2024-07-02 12:00", reference);

        assertThat(next.mergedInto()).isEqualTo("qlue:7");
        assertThat(next.cycle().outcome()).isEqualTo(Outcome.DUPLICATE);
        assertThat(next.offeredTo()).isNull();
        assertThat(Clocks.all(next)).extracting(Clock::stoppedAt).allMatch(stop -> stop != null);
        assertThat(Clocks.all(next)).extracting(Clock::verdict).noneMatch(Verdict::isMissed);
        assertThat(story.seenAt("2024-09-01 00:00", reference).clocks()).isEqualTo(next.clocks());
        assertThat(story.folded(jakarta("2024-07-03 00:00"), reference).nextChangeAt())
                .isNull();
    }
}
