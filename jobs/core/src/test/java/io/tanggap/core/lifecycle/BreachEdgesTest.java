package io.tanggap.core.lifecycle;

import static io.tanggap.core.Clocks.clock;
import static io.tanggap.core.Clocks.says;
import static io.tanggap.core.Story.jakarta;
import static io.tanggap.core.Story.told;
import static org.assertj.core.api.Assertions.assertThat;

import io.tanggap.core.Clocks;
import io.tanggap.core.PackDraft;
import io.tanggap.core.Story;
import io.tanggap.core.complaint.CaseEvent;
import io.tanggap.core.reference.Policy.Target;
import io.tanggap.core.reference.Reference;
import io.tanggap.core.sla.Clock;
import io.tanggap.core.sla.Span;
import io.tanggap.core.sla.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;

/**
 * Edge cases 62 to 69: breaches, and what alerts rest on. Who is told what and how often is tested with the alerts; here
 * is what decides it: that a view names every breach once, in the same words at every fold. 2024-07-01 is a Monday.
 */
@DisplayNameGeneration(Edge.Names.class)
class BreachEdgesTest {

    private static PackDraft resolve(String within) {
        return new PackDraft("p").policy(Target.RESOLUTION, within, null);
    }

    @Edge(
            number = 62,
            source =
                    "https://github.com/fivetran/dbt_zendesk/issues/116, https://github.com/fivetran/dbt_zendesk/issues/142")
    void aBreachIsDatedByTheFirstCrossing() {
        Reference reference = resolve("8h").policy(Target.UPDATE, "2h", null).reference();
        CaseView view = told(
                        "2024-07-01 09:00 citizen submits A",
                        "09:30 A replies",
                        "12:30 A works",
                        "18:00 officer assigns B",
                        "20:00 B works",
                        "2024-07-02 09:00 B closes FIXED")
                .seenAt("2024-07-03 00:00", reference);

        assertThat(says(view, Target.RESOLUTION)).isEqualTo("MISSED_LATE due 2024-07-01 17:00");
        assertThat(view.cycle().overdue())
                .isEqualTo(new Span(jakarta("2024-07-01 17:00"), jakarta("2024-07-02 09:00")));
        assertThat(view.cycle().charged()).isEqualTo("A");
        assertThat(says(view, Target.UPDATE))
                .as("three hours of silence were too long already, not only the longer silences after them")
                .isEqualTo("MISSED_LATE due 2024-07-01 11:30");
        assertThat(clock(view, Target.UPDATE).charged()).isEqualTo("A");
    }

    @Edge(number = 63, source = "https://github.com/fivetran/dbt_zendesk/pull/136")
    void aMillisecondDecides() {
        Reference reference = resolve("90m").reference();
        Clock met = clock(
                told("2024-07-01 09:00:30.123 citizen submits A", "10:30:30.123 A claims")
                        .seenAt("2024-07-02 00:00", reference),
                Target.RESOLUTION);
        Clock missed = clock(
                told("2024-07-01 09:00:30.123 citizen submits A", "10:30:30.124 A claims")
                        .seenAt("2024-07-02 00:00", reference),
                Target.RESOLUTION);

        assertThat(says(met)).isEqualTo("MET due 2024-07-01 10:30:30.123");
        assertThat(says(missed)).isEqualTo("MISSED_LATE due 2024-07-01 10:30:30.123");
        assertThat(missed.used()).isEqualTo(Duration.ofMinutes(90).plusMillis(1));
    }

    @Edge(
            number = 64,
            source = "https://github.com/zammad/zammad/issues/4353, https://github.com/osTicket/osTicket-1.7/pull/767")
    void withoutPolicyNothingEscalatesAndNothingIsMet() {
        Reference removed = PackDraft.reference(
                resolve("10h"),
                new PackDraft("none").policy(Target.TRIAGE, "1h", null).knownFrom("2024-07-01 18:30"));
        Story story = told("2024-07-01 09:00 citizen submits A");

        Clock before = clock(story.seenAt("2024-07-01 18:15", removed), Target.RESOLUTION);
        assertThat(before.threshold()).isEqualTo(90);
        Clock after = clock(story.seenAt("2024-07-01 18:30", removed), Target.RESOLUTION);
        assertThat(says(after)).isEqualTo("NOT_APPLICABLE");
        assertThat(after.threshold()).isZero();
        assertThat(says(
                        told("2024-07-01 08:00 citizen submits A").seenAt("2024-07-01 18:30", removed),
                        Target.RESOLUTION))
                .as("what was missed while there was a policy")
                .isEqualTo("MISSED_OPEN due 2024-07-01 18:00");
        assertThat(says(
                        told("2024-07-01 09:00 citizen submits A", "09:01 A closes FIXED")
                                .seenAt(
                                        "2024-07-02 00:00",
                                        new PackDraft("never")
                                                .policy(Target.TRIAGE, "1h", null)
                                                .reference()),
                        Target.RESOLUTION))
                .isEqualTo("NOT_APPLICABLE");
    }

    @Edge(number = 65, source = "https://github.com/osTicket/osTicket/issues/5160")
    void aLaterDueDateEndsBeingOverdueAtOnce() {
        Reference reference = resolve("8h").reference();
        Story story = told("2024-07-01 09:00 citizen submits A due=2024-07-01T12:00");

        assertThat(story.seenAt("2024-07-01 13:00", reference).isOverdue()).isTrue();
        CaseView moved = story.further("2024-07-01 13:00 source shows OPEN due=2024-07-01T18:00")
                .seenAt("2024-07-01 13:00:00.001", reference);
        assertThat(moved.isOverdue()).isFalse();
        assertThat(moved.cycle().overdue()).isNull();
        assertThat(says(moved, Target.RESOLUTION)).isEqualTo("RUNNING due 2024-07-01 18:00");
        assertThat(clock(moved, Target.RESOLUTION).threshold())
                .as("4 of now 9 hours are used")
                .isZero();
    }

    @Edge(
            number = 66,
            source =
                    "https://github.com/glpi-project/glpi/issues/1996, https://github.com/adcontextprotocol/adcp/issues/5628,"
                            + " https://github.com/heidsoft/itsm/issues/83,"
                            + " https://github.com/riteshbonthalakoti/HELPDESK.AI/pull/626")
    void howeverOftenACaseIsFoldedItHasTheSameOneBreach() {
        Reference reference = resolve("8h").everyTarget("4h", null).reference();
        Story story = told(
                "2024-07-01 09:00 citizen submits",
                "10:00 officer assigns A",
                "11:00 A offers B",
                "12:00 B declines",
                "13:00 A offers C");
        List<CaseEvent> twice = new ArrayList<>(story.events());
        twice.addAll(story.events());
        CaseView first = story.seenAt("2024-07-03 00:00", reference);
        CaseView again = CaseFold.fold(CaseHistory.of(twice), reference, jakarta("2024-07-03 00:00"))
                .view();
        CaseView later = story.seenAt("2024-07-09 00:00", reference);

        assertThat(again).isEqualTo(first);
        assertThat(missed(first))
                .containsExactlyInAnyOrder(
                        "FIRST_RESPONSE 1.1 2024-07-01 13:00",
                        "ACCEPTANCE 1.2 2024-07-01 17:00",
                        "DWELL 1.2 2024-07-01 17:00",
                        "RESOLUTION 1.1 2024-07-01 17:00");
        assertThat(missed(later)).isEqualTo(missed(first));
    }

    /** What a breach is known by, and its date. */
    private static List<String> missed(CaseView view) {
        return Clocks.all(view).stream()
                .filter(clock -> clock.verdict().isMissed())
                .map(clock -> clock.target() + " " + clock.cycle() + "." + clock.number() + " "
                        + Story.local(clock.deadline()))
                .toList();
    }

    @Edge(number = 67, source = "ServiceNow com.snc.sla.workflow.run_for_breached")
    void aPolicyThatComesTooLateForACaseMissesItInOneStepDatedWhenItWasDue() {
        Reference reference = PackDraft.reference(
                new PackDraft("none").policy(Target.TRIAGE, "1h", null),
                resolve("2h").knownFrom("2024-07-02 09:00"));
        Story story = told("2024-07-01 09:00 citizen submits A");

        assertThat(says(story.seenAt("2024-07-02 08:59:59.999", reference), Target.RESOLUTION))
                .isEqualTo("NOT_APPLICABLE");
        Clock attached = clock(story.seenAt("2024-07-02 09:00", reference), Target.RESOLUTION);
        assertThat(says(attached)).isEqualTo("MISSED_OPEN due 2024-07-01 11:00");
        assertThat(attached.threshold())
                .as("one clock with the last threshold, not one for each on the way")
                .isEqualTo(200);
        assertThat(attached.deadline())
                .as("that nobody could have kept it can be seen")
                .isBefore(reference.knownAt(jakarta("2024-07-02 09:00")).knownFrom());
    }

    @Edge(number = 68, source = "https://github.com/glpi-project/glpi/issues/15870")
    void whatMachinesDoAboutALateCaseTakesItIntoNobodysHands() {
        Reference reference = new PackDraft("p").everyTarget("4h", null).reference();
        String submission = "2024-07-01 09:00 citizen submits A";
        CaseView untouched = told(submission).seenAt("2024-07-01 14:00", reference);
        CaseView escalated = told(
                        submission,
                        "11:00 system escalates mayor",
                        "11:00 system replies",
                        "11:00 system notes",
                        "12:00 system escalates mayor")
                .seenAt("2024-07-01 14:00", reference);

        assertThat(escalated.clocks()).isEqualTo(untouched.clocks());
        assertThat(escalated.cycles()).isEqualTo(untouched.cycles());
        assertThat(escalated.clocks()).isNotEmpty().allMatch(clock -> clock.verdict() == Verdict.MISSED_OPEN);
        assertThat(escalated.escalations()).isEqualTo(2);
    }

    @Edge(
            number = 69,
            source = "https://github.com/prometheus/alertmanager/issues/2896,"
                    + " https://github.com/prometheus/alertmanager/issues/226")
    void whoeverAsksAgainIsToldThatItIsStillOverdue() {
        Reference reference = resolve("8h").reference();
        Story story = told("2024-07-01 09:00 citizen submits A");
        int reached = 0;
        for (String asOf : List.of(
                "2024-07-01 13:00:00.001",
                "2024-07-01 15:00:00.001",
                "2024-07-01 16:12:00.001",
                "2024-07-01 17:00:00.001",
                "2024-07-01 21:00:00.001",
                "2024-07-02 01:00:00.001",
                "2025-01-01 00:00")) {
            Clock clock = clock(story.seenAt(asOf, reference), Target.RESOLUTION);
            assertThat(clock.threshold()).as("at %s", asOf).isGreaterThanOrEqualTo(reached);
            reached = clock.threshold();
            assertThat(says(clock)).isEqualTo((reached < 100 ? "RUNNING" : "MISSED_OPEN") + " due 2024-07-01 17:00");
        }
        assertThat(reached).isEqualTo(200);
        assertThat(says(
                        story.further("2025-01-02 00:00 A claims").seenAt("2025-01-03 00:00", reference),
                        Target.RESOLUTION))
                .as("and that it ended")
                .isEqualTo("MISSED_LATE due 2024-07-01 17:00");
    }
}
