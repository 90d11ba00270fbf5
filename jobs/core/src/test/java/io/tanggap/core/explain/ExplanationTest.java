package io.tanggap.core.explain;

import static io.tanggap.core.Story.at;
import static io.tanggap.core.Story.submitted;
import static org.assertj.core.api.Assertions.assertThat;

import io.tanggap.core.Story;
import io.tanggap.core.complaint.CaseEvent;
import io.tanggap.core.complaint.Outcome;
import io.tanggap.core.complaint.Payload.Corrected;
import io.tanggap.core.complaint.Payload.Redacted;
import io.tanggap.core.complaint.Payload.Status;
import io.tanggap.core.explain.Explanation.Entry;
import io.tanggap.core.lifecycle.Anomaly;
import io.tanggap.core.lifecycle.CaseHistory;
import io.tanggap.core.lifecycle.Reasons.Answer;
import io.tanggap.core.reference.Policy.Target;
import io.tanggap.core.reference.Reference;
import io.tanggap.core.sla.Charges.Kind;
import io.tanggap.core.sla.Share;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExplanationTest {
    private static final Reference TWO_HOURS = Reference.of(List.of(Office.pack("p")
            .policy(Target.RESOLUTION, Duration.ofHours(2), false, null)
            .policy(Target.HANDOVER, Duration.ofHours(1), false, null)
            .task("roads", null, "B")
            .build()));

    private static final Reference NOBODY_HURRIES = Reference.of(List.of(Office.pack("p")
            .policy(Target.RESOLUTION, Duration.ofHours(2), false, null)
            .task("roads", null, "B")
            .build()));

    private static Explanation explained(Story story, long minute) {
        return explained(story, minute, TWO_HOURS);
    }

    private static Explanation explained(Story story, long minute, Reference reference) {
        return Explanation.of(story.history(), reference, at(minute)).orElseThrow();
    }

    private static List<String> charges(Explanation explanation) {
        return explanation.charges().stream()
                .map(charge -> charge.step().kind() + " " + charge.step().unit() + (charge.moved() ? " -> " : " = ")
                        + charge.step().charged())
                .toList();
    }

    @Test
    void nothingIsExplainedBeforeTheFirstEvent() {
        assertThat(Explanation.of(submitted(5, "A", null).history(), TWO_HOURS, at(5)))
                .isEmpty();
    }

    @Test
    void everyEventIsListedWithWhatBecameOfIt() {
        Story story = submitted(0, "A", null).worked(1, "A").worked(2, "B").worked(3, "C");
        List<CaseEvent> events = story.events();
        story.and(4, null, new Corrected(events.get(1).eventId()));
        story.and(5, null, new Corrected(events.get(2).eventId()));
        story.and(6, null, new Corrected(story.events().get(5).eventId()));
        story.and(7, null, new Corrected("nothing"));
        story.and(8, null, new Redacted());
        story.polled(9, Status.IN_PROGRESS).polled(10, Status.IN_PROGRESS);
        story.closed(11, Outcome.FIXED).closed(12, Outcome.FIXED).reopened(20);

        Explanation explanation = explained(story, 20);
        assertThat(explanation.history().stream()
                        .map(entry -> entry.number() + " " + entry.fate() + " " + entry.other()))
                .containsExactly(
                        "1 COUNTS null",
                        "2 CORRECTED 5",
                        "3 COUNTS null",
                        "4 COUNTS null",
                        "5 CORRECTION 2",
                        "6 CORRECTED 7",
                        "7 CORRECTION 6",
                        "8 CORRECTION null",
                        "9 ERASURE null",
                        "10 COUNTS null",
                        "11 SEEN_AGAIN null",
                        "12 COUNTS null",
                        "13 COUNTS null",
                        "14 NOT_YET_SEEN null");
        Entry closedAgain = explanation.history().get(12);
        assertThat(closedAgain.told()).isNotNull();
        assertThat(closedAgain.told().anomalies()).containsExactly(Anomaly.CLOSED_TWICE);
        assertThat(explanation.history().get(11).told().anomalies()).isEmpty();
    }

    @Test
    void anOddityIsToldWithEveryEventThatHasIt() {
        Explanation explanation = explained(
                submitted(0, "A", null)
                        .closed(1, Outcome.FIXED)
                        .closed(2, Outcome.FIXED)
                        .closed(3, Outcome.FIXED),
                10);
        assertThat(explanation.history().stream()
                        .filter(entry -> entry.told().anomalies().contains(Anomaly.CLOSED_TWICE))
                        .map(Entry::number))
                .containsExactly(3, 4);
        assertThat(explanation.reasons().view().anomalies()).containsExactly(Anomaly.CLOSED_TWICE);
    }

    @Test
    void aCopyOfAnEventIsCounted() {
        List<CaseEvent> events = new ArrayList<>(submitted(0, "A", null).events());
        events.addAll(events);
        assertThat(Explanation.of(CaseHistory.of(events), TWO_HOURS, at(1))
                        .orElseThrow()
                        .copies())
                .isEqualTo(1);
    }

    @Test
    void aCompetentReceiverIsChargedFromTheOfferAndInheritsWhatCameLate() {
        Explanation explanation =
                explained(submitted(0, "A", null).offered(95, "A", "B").accepted(110, "B"), 500, NOBODY_HURRIES);

        assertThat(charges(explanation)).containsExactly("FIRST A = A", "OFFERED B -> B", "ACCEPTED B = B");
        Answer answer = explanation.reasons().answers().get(0);
        assertThat(answer.party()).isEqualTo("B");
        assertThat(answer.receipt().at()).isEqualTo(at(95));
        assertThat(answer.receipt().giver()).isEqualTo("A");
        assertThat(answer.usedAtReceipt()).isEqualTo(Duration.ofMinutes(95));
        assertThat(answer.at()).isEqualTo(at(120).plusMillis(1));
        assertThat(explanation.reasons().view().firstCycle().accountable().inherited())
                .isTrue();
        assertThat(answer.consumed()).isEqualTo(Map.of("A", 110 * 60_000L, "B", 10 * 60_000L));
        assertThat(explanation.reasons().view().firstCycle().accountable().share())
                .containsExactly(new Share("A", 916_667), new Share("B", 83_333));
        assertThat(explanation.offers().get(0).ruling().line())
                .isEqualTo(TWO_HOURS.knownAt(at(0)).competences().get(0));
        assertThat(explanation.offers().get(0).ruling().pack()).isEqualTo("p");
    }

    @Test
    void whatWasHandedOnAfterTheGiversOwnDeadlineIsTheGivers() {
        Explanation explanation =
                explained(submitted(0, "A", null).offered(95, "A", "B").accepted(110, "B"), 500);

        Answer answer = explanation.reasons().answers().get(0);
        assertThat(answer.party()).as("who answered at the instant").isEqualTo("B");
        assertThat(explanation.reasons().view().firstCycle().charged())
                .as("the giver had an hour to decide")
                .isEqualTo("A");
    }

    @Test
    void refusalsRecallsAndOffersToTheWrongUnitAreToldStepByStep() {
        Explanation explanation = explained(
                submitted(0, null, null)
                        .assigned(1, "A")
                        .offered(2, "A", "C")
                        .declined(3, "C")
                        .offered(4, "A", "B")
                        .declined(5, "B")
                        .worked(6, "A")
                        .closed(7, Outcome.FIXED),
                20);

        assertThat(charges(explanation))
                .containsExactly(
                        "FIRST intake.qlue = intake.qlue",
                        "ASSIGNED A -> A",
                        "OFFERED C = A",
                        "DECLINED C = A",
                        "GIVER_WORKED A = A",
                        "OFFERED B -> B",
                        "DECLINED B = B",
                        "GIVER_WORKED A -> A",
                        "CLOSED  = A");
        assertThat(explanation.charges().stream()
                        .filter(charge -> charge.step().kind() == Kind.OFFERED)
                        .map(Explanation.Charge::competent))
                .containsExactly(false, true);
    }

    @Test
    void whatIsNotTimedIsListedAndEveryClockHasItsLine() {
        Explanation explanation = explained(submitted(0, "A", null).worked(30, "A"), 60);
        assertThat(explanation.clocks().stream()
                        .map(clock ->
                                clock.clock().target() + " " + clock.policy().id()))
                .containsExactly("RESOLUTION resolution-PT2H", "HANDOVER handover-PT1H");
        assertThat(explanation.untimed())
                .contains(Target.FIRST_RESPONSE, Target.TRIAGE)
                .doesNotContain(Target.RESOLUTION, Target.HANDOVER);
        assertThat(explanation.task().line().unit()).isEqualTo("B");
    }
}
