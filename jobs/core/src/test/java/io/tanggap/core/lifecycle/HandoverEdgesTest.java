package io.tanggap.core.lifecycle;

import static io.tanggap.core.Clocks.clock;
import static io.tanggap.core.Clocks.pauses;
import static io.tanggap.core.Clocks.says;
import static io.tanggap.core.Story.jakarta;
import static io.tanggap.core.Story.told;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tanggap.core.Clocks;
import io.tanggap.core.PackDraft;
import io.tanggap.core.Story;
import io.tanggap.core.reference.Policy.Target;
import io.tanggap.core.reference.Reference;
import io.tanggap.core.reference.ReferencePack.Kind;
import io.tanggap.core.sla.Clock;
import io.tanggap.core.sla.Share;
import io.tanggap.core.sla.Span;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;

/** Edge cases 54 to 61: hand-overs. 2024-07-01 is a Monday; work is done from 9 to 17, Monday to Friday. */
@DisplayNameGeneration(Edge.Names.class)
class HandoverEdgesTest {

    private static PackDraft dwell(String within) {
        return new PackDraft("p").hours("office", "Mon-Fri 09:00-17:00").policy(Target.DWELL, within, "office");
    }

    @Edge(number = 54, source = "https://github.com/glpi-project/glpi/issues/1911")
    void whoGetsACaseWithHardlyAnyTimeLeftInheritsItsMiss() {
        CaseView view = told("2024-07-01 09:00 citizen submits A", "10:30 A offers B", "10:30 B accepts")
                .seenAt(
                        "2024-07-01 12:00",
                        new PackDraft("p").policy(Target.RESOLUTION, "2h", null).reference());

        assertThat(says(view, Target.RESOLUTION)).isEqualTo("MISSED_OPEN due 2024-07-01 11:00");
        assertThat(view.cycle().charged()).isEqualTo("B");
        assertThat(view.cycle().accountable().inherited()).isTrue();
        assertThat(view.cycle().accountable().share())
                .containsExactly(new Share("A", 750_000), new Share("B", 250_000));
    }

    @Edge(number = 55, source = "https://github.com/glpi-project/glpi/issues/14423")
    void whoeverInTheHouseHasTheCaseItsClockGoesOn() {
        CaseView view = told(
                        "2024-07-01 09:00 citizen submits dinas",
                        "12:00 dinas delegates sudin",
                        "13:00 sudin delegates seksi",
                        "14:00 officer assigns seksi")
                .seenAt("2024-07-01 15:00", dwell("8h").reference());
        Clock clock = clock(view, Target.DWELL);

        assertThat(says(clock)).isEqualTo("RUNNING due 2024-07-01 17:00");
        assertThat(clock.startedAt()).isEqualTo(jakarta("2024-07-01 09:00"));
        assertThat(clock.charged()).isEqualTo("dinas");
        assertThat(view.handovers()).isEmpty();
        assertThat(view.visits()).extracting(Visit::depth).containsExactly(0, 1, 2);
    }

    @Edge(number = 56, source = "https://github.com/glpi-project/glpi/issues/14026")
    void aCaseThatIsCreatedInSomebodysHandsIsTimedFromThen() {
        Reference reference = dwell("8h").reference();
        Clock created =
                clock(told("2024-07-01 09:00 citizen submits A").seenAt("2024-07-01 10:00", reference), Target.DWELL);
        Clock assigned = clock(
                told("2024-07-01 09:00 citizen submits", "11:00 officer assigns A")
                        .seenAt("2024-07-01 12:00", reference),
                Target.DWELL);

        assertThat(says(created)).isEqualTo("RUNNING due 2024-07-01 17:00");
        assertThat(says(assigned)).isEqualTo("RUNNING due 2024-07-02 11:00");
        assertThat(List.of(created, assigned)).extracting(Clock::charged).containsOnly("A");
    }

    @Edge(number = 57, source = "https://github.com/glpi-project/glpi/issues/4680")
    void oneUpdateOfHolderAndTargetIsWorthTwo() {
        Reference reference = dwell("8h")
                .policy("roads", Target.RESOLUTION, "8h", "office", "roads", null)
                .policy("parks", Target.RESOLUTION, "16h", "office", "parks", null)
                .reference();
        String submission = "2024-07-01 09:00 citizen submits A";
        List<CaseView> views = List.of(
                told(submission, "11:00 source shows OPEN B category=parks due=2024-07-03T12:00")
                        .seenAt("2024-07-01 15:00", reference),
                told(
                                submission,
                                "11:00 source shows OPEN B",
                                "11:00 source shows OPEN B category=parks due=2024-07-03T12:00")
                        .seenAt("2024-07-01 15:00", reference),
                told(
                                submission,
                                "11:00 source shows OPEN A category=parks due=2024-07-03T12:00",
                                "11:00 source shows OPEN B category=parks due=2024-07-03T12:00")
                        .seenAt("2024-07-01 15:00", reference),
                told(
                                submission,
                                "11:00 source shows OPEN - category=parks due=2024-07-03T12:00",
                                "11:00 officer assigns B")
                        .seenAt("2024-07-01 15:00", reference));

        assertThat(says(views.get(0), Target.RESOLUTION)).isEqualTo("RUNNING due 2024-07-03 12:00");
        for (CaseView view : views) {
            assertThat(view.cycles()).isEqualTo(views.get(0).cycles());
            assertThat(view.clocks()).isEqualTo(views.get(0).clocks());
            assertThat(view.visits()).isEqualTo(views.get(0).visits());
            assertThat(view.handovers()).isEqualTo(views.get(0).handovers());
        }
    }

    @Edge(number = 58, source = "https://github.com/osTicket/osTicket-1.7/issues/606, Zammad")
    void whatACaseMayTakeIsForThePolicyToSayAndItsStartStays() {
        Reference reference = new PackDraft("p")
                .hours("office", "Mon-Fri 09:00-17:00")
                .unit("kelurahan", Kind.TERRITORY, "kelurahan", null)
                .unit("dinas", Kind.AGENCY, "dinas", null)
                .competence("roads", null, "kelurahan")
                .competence("trees", null, "dinas")
                .policy("case of a kelurahan", Target.RESOLUTION, "8h", "office", null, "kelurahan")
                .policy("case of a dinas", Target.RESOLUTION, "16h", "office", null, "dinas")
                .policy("stay at a kelurahan", Target.DWELL, "4h", "office", null, "kelurahan")
                .policy("stay at a dinas", Target.DWELL, "8h", "office", null, "dinas")
                .reference();
        Story moved = told("2024-07-01 09:00 citizen submits kelurahan", "11:00 officer assigns dinas");
        CaseView view = moved.seenAt("2024-07-01 11:30", reference);

        assertThat(clock(view, Target.RESOLUTION).policy())
                .as("the target of the case is that of whose task it is, whoever holds it")
                .isEqualTo("case of a kelurahan");
        assertThat(says(view, Target.RESOLUTION)).isEqualTo("RUNNING due 2024-07-01 17:00");
        assertThat(Clocks.of(view, Target.DWELL))
                .as("that of a stay is the holder's own")
                .extracting(clock -> clock.policy() + ": " + says(clock))
                .containsExactly(
                        "stay at a kelurahan: HANDED_ON due 2024-07-01 13:00",
                        "stay at a dinas: RUNNING due 2024-07-02 11:00");
        Clock corrected = clock(
                moved.further("2024-07-01 12:00 dinas categorises trees").seenAt("2024-07-01 13:00", reference),
                Target.RESOLUTION);
        assertThat(corrected.policy()).isEqualTo("case of a dinas");
        assertThat(corrected.startedAt()).isEqualTo(jakarta("2024-07-01 09:00"));
        assertThat(says(corrected)).isEqualTo("RUNNING due 2024-07-02 17:00");
    }

    @Edge(number = 59, source = "https://github.com/glpi-project/glpi/pull/19593, Zendesk group SLA")
    void handingOnIsNeverKeepingATarget() {
        Reference reference = dwell("8h").reference();

        assertThat(Clocks.of(
                        told("2024-07-01 09:00 citizen submits A", "12:00 A offers B", "12:00 B accepts")
                                .seenAt("2024-07-04 00:00", reference),
                        Target.DWELL))
                .extracting(Clocks::says)
                .containsExactly("HANDED_ON due 2024-07-01 17:00", "MISSED_OPEN due 2024-07-02 12:00");
        assertThat(Clocks.of(
                        told("2024-07-01 09:00 citizen submits A", "2024-07-02 10:00 A offers B", "10:00 B accepts")
                                .seenAt("2024-07-02 12:00", reference),
                        Target.DWELL))
                .as("what was missed stays missed")
                .extracting(Clocks::says)
                .containsExactly("MISSED_LATE due 2024-07-01 17:00", "RUNNING due 2024-07-03 10:00");
    }

    @Edge(number = 60, source = "https://documentation.celonis.com/en/ping-pong-cases.html")
    void whoGetsACaseBackGoesOnWithTheTimeThatWasLeft() {
        CaseView view = told(
                        "2024-07-01 09:00 citizen submits A",
                        "11:00 officer assigns B",
                        "12:00 officer assigns A",
                        "15:00 A closes FIXED")
                .seenAt("2024-07-02 00:00", dwell("8h").reference());
        List<Clock> clocks = Clocks.of(view, Target.DWELL);

        assertThat(clocks)
                .extracting(clock -> clock.charged() + ": " + says(clock))
                .containsExactly("A: MET due 2024-07-02 10:00", "B: HANDED_ON due 2024-07-02 11:00");
        assertThat(clocks).extracting(Clock::used).containsExactly(Duration.ofHours(5), Duration.ofHours(1));
        assertThat(pauses(clocks.get(0))).containsExactly("ELSEWHERE 2024-07-01 11:00 to 2024-07-01 12:00");
        assertThat(view.visits())
                .as("and every stay has its own length")
                .extracting(Visit::holder, Visit::held)
                .containsExactly(
                        tuple("A", new Span(jakarta("2024-07-01 09:00"), jakarta("2024-07-01 11:00"))),
                        tuple("B", new Span(jakarta("2024-07-01 11:00"), jakarta("2024-07-01 12:00"))),
                        tuple("A", new Span(jakarta("2024-07-01 12:00"), jakarta("2024-07-01 15:00"))));
    }

    @Edge(number = 61, source = "ServiceNow c_RepairSLAs.md")
    void whatHappenedIsJudgedByTheHolderAndTheTableOfItsTime() {
        Reference reference = new PackDraft("p")
                .competence("roads", null, "A", null, "2024-07-03")
                .competence("roads", null, "B", "2024-07-03", null)
                .policy(Target.RESOLUTION, "24h", null)
                .reference();
        CaseView view = told(
                        "2024-07-01 12:00 citizen submits A",
                        "2024-07-02 09:00 A offers B",
                        "2024-07-04 09:00 B accepts")
                .seenAt("2024-07-05 00:00", reference);

        assertThat(view.offers().get(0).competent())
                .as("today it is B's task, on the day of the offer it was not")
                .isFalse();
        assertThat(says(view, Target.RESOLUTION)).isEqualTo("MISSED_OPEN due 2024-07-02 12:00");
        assertThat(view.cycle().charged())
                .as("who has it today is not who let it lie")
                .isEqualTo("A");
        assertThat(view.charged()).isEqualTo("B");
        assertThat(view.competent()).isEqualTo("A");
    }
}
