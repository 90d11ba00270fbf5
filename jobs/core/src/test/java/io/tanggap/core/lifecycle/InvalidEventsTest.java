package io.tanggap.core.lifecycle;

import static io.tanggap.core.Clocks.clock;
import static io.tanggap.core.Clocks.says;
import static io.tanggap.core.Story.jakarta;
import static io.tanggap.core.Story.told;
import static org.assertj.core.api.Assertions.assertThat;

import io.tanggap.core.PackDraft;
import io.tanggap.core.References;
import io.tanggap.core.Story;
import io.tanggap.core.complaint.CaseEvent;
import io.tanggap.core.complaint.Outcome;
import io.tanggap.core.complaint.Payload;
import io.tanggap.core.lifecycle.CaseFold.Folded;
import io.tanggap.core.lifecycle.Visit.Entry;
import io.tanggap.core.measure.Cell;
import io.tanggap.core.measure.Contributions;
import io.tanggap.core.measure.Count;
import io.tanggap.core.measure.Role;
import io.tanggap.core.measure.Rule;
import io.tanggap.core.reference.Policy.Target;
import io.tanggap.core.reference.Reference;
import io.tanggap.core.reference.ReferencePack.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The rules on events that cannot be, one each: they are kept, the view is tagged, and what they mean is said. */
class InvalidEventsTest {
    private static final Reference EIGHT_HOURS =
            new PackDraft("p").policy(Target.RESOLUTION, "8h", null).reference();

    @Test
    @DisplayName("I1 An event before its submission makes a case, and the submission the rest of it")
    void anEventWithoutSubmissionMakesTheCase() {
        Story orphan = told("2024-07-01 10:00 A works");
        CaseView shell = orphan.seenAt("2024-07-01 12:00", EIGHT_HOURS);

        assertThat(shell.submittedAt()).isEqualTo(jakarta("2024-07-01 10:00"));
        assertThat(shell.holder()).isEqualTo("A");
        assertThat(shell.category()).isNull();
        assertThat(shell.anomalies()).containsExactly(Anomaly.NO_SUBMISSION);

        CaseView whole = orphan.further("2024-07-01 09:00 citizen submits B").seenAt("2024-07-01 12:00", EIGHT_HOURS);
        assertThat(whole.submittedAt()).isEqualTo(jakarta("2024-07-01 09:00"));
        assertThat(whole.holder()).isEqualTo("B");
        assertThat(whole.category()).isEqualTo("roads");
        assertThat(whole.anomalies()).isEmpty();
    }

    @Test
    @DisplayName("I2 What is dated before the submission is placed at it, tagged, and in no statistic of time")
    void anEventDatedBeforeTheSubmissionIsPlacedAtIt() {
        CaseView view = told("2024-07-01 08:00 A claims", "09:00 citizen submits A", "10:00 A closes FIXED")
                .seenAt("2024-07-02 12:00", EIGHT_HOURS);

        assertThat(view.events()).isEqualTo(3);
        assertThat(view.cycle().claimedAt()).isEqualTo(jakarta("2024-07-01 09:00"));
        assertThat(view.cycle().timed()).isFalse();
        assertThat(view.anomalies()).containsExactly(Anomaly.BEFORE_SUBMISSION);
        assertThat(told("2024-07-01 08:00 A notes", "09:00 citizen submits A", "10:00 A closes FIXED")
                        .seenAt("2024-07-02 12:00", EIGHT_HOURS)
                        .cycle()
                        .timed())
                .as("a note that is dated wrongly says nothing of when it ended")
                .isTrue();
    }

    /** That an event far ahead is reported on arrival is a matter of the intake; here is when it counts. */
    @Test
    @DisplayName("I3 An event of the future is kept until it is due")
    void anEventOfTheFutureIsSeenWhenItIsDue() {
        Story story = told("2024-07-01 09:00 citizen submits A", "2024-07-03 09:00 A closes FIXED");
        Folded early = story.folded(jakarta("2024-07-02 00:00"), References.WITHOUT_POLICY);

        assertThat(early.view().isOpen()).isTrue();
        assertThat(early.view().unseenEvents()).isEqualTo(1);
        assertThat(story.seenAt("2024-07-03 09:00", References.WITHOUT_POLICY).isOpen())
                .isTrue();
        assertThat(story.folded(jakarta("2024-07-03 08:00"), References.WITHOUT_POLICY)
                        .nextChangeAt())
                .isEqualTo(jakarta("2024-07-03 09:00:00.001"));
        CaseView due = story.seenAt("2024-07-03 09:00:00.001", References.WITHOUT_POLICY);
        assertThat(due.isOpen()).isFalse();
        assertThat(due.unseenEvents()).isZero();
    }

    @Test
    @DisplayName("I4 Closed twice is closed once")
    void aSecondClosingIsNone() {
        CaseView view = told("2024-07-01 09:00 citizen submits A", "10:00 A closes FIXED", "11:00 B closes INVALID")
                .seenAt("2024-07-02 00:00", EIGHT_HOURS);

        assertThat(view.cycle().outcome()).isEqualTo(Outcome.FIXED);
        assertThat(view.cycle().closedAt()).isEqualTo(jakarta("2024-07-01 10:00"));
        assertThat(view.anomalies()).containsExactly(Anomaly.CLOSED_TWICE);
    }

    @Test
    @DisplayName("I5 Work on a closed case is a reopening if an officer changes its state, else a note")
    void workOnAClosedCaseReopensIt() {
        for (String work : List.of("A works", "A claims", "A waits VENDOR", "A delegates A1")) {
            CaseView view = told("2024-07-01 09:00 citizen submits A", "10:00 A closes FIXED", "12:00 " + work)
                    .seenAt("2024-07-02 00:00", EIGHT_HOURS);
            assertThat(view.cycles()).as(work).hasSize(2);
            assertThat(view.cycle().startedAt()).as(work).isEqualTo(jakarta("2024-07-01 12:00"));
            assertThat(view.anomalies()).as(work).containsExactly(Anomaly.REOPENED_BY_WORK);
        }
        for (String note : List.of("A replies", "system works", "citizen replies", "system waits VENDOR")) {
            CaseView view = told("2024-07-01 09:00 citizen submits A", "10:00 A closes FIXED", "12:00 " + note)
                    .seenAt("2024-07-02 00:00", EIGHT_HOURS);
            assertThat(view.isOpen()).as(note).isFalse();
            assertThat(view.cycles()).as(note).hasSize(1);
            assertThat(view.anomalies()).as(note).containsExactly(Anomaly.WORK_AFTER_CLOSE);
            assertThat(view.lastActivityAt()).as(note).isEqualTo(jakarta("2024-07-01 12:00"));
        }
    }

    @Test
    @DisplayName("I6 A hand-over by somebody who does not hold the case stands, and is tagged")
    void anOfferBySomebodyElseStands() {
        CaseView view = told("2024-07-01 09:00 citizen submits A", "10:00 C offers B", "11:00 B accepts")
                .seenAt("2024-07-02 00:00", EIGHT_HOURS);

        assertThat(view.holder()).isEqualTo("B");
        assertThat(view.handovers()).containsExactly(new Handover(1, jakarta("2024-07-01 11:00"), "A", "B"));
        assertThat(view.anomalies()).containsExactly(Anomaly.CUSTODY_JUMP);
    }

    @Test
    @DisplayName("I7 A hand-over to oneself is none, and is tagged")
    void aHandoverToTheHolderIsNone() {
        CaseView before = told("2024-07-01 09:00 citizen submits A").seenAt("2024-07-02 00:00", EIGHT_HOURS);
        for (String handover : List.of("A offers A", "officer assigns A", "A delegates A")) {
            CaseView view = told("2024-07-01 09:00 citizen submits A", "10:00 " + handover)
                    .seenAt("2024-07-02 00:00", EIGHT_HOURS);
            assertThat(view.anomalies()).as(handover).containsExactly(Anomaly.HANDOVER_TO_SELF);
            assertThat(view.visits()).as(handover).isEqualTo(before.visits());
            assertThat(view.offers()).as(handover).isEmpty();
            assertThat(view.handovers()).as(handover).isEmpty();
            assertThat(view.cycles()).as(handover).isEqualTo(before.cycles());
        }
    }

    @Test
    @DisplayName("I8 Who accepts without having been asked has the case, and is tagged")
    void anAcceptanceWithoutOfferMovesCustody() {
        CaseView view = told("2024-07-01 09:00 citizen submits A", "10:00 A offers B", "11:00 C accepts")
                .seenAt("2024-07-02 00:00", EIGHT_HOURS);

        assertThat(view.holder()).isEqualTo("C");
        assertThat(view.offeredTo()).isNull();
        assertThat(view.offers()).extracting(Offer::decision).containsExactly(Offer.Decision.REPLACED);
        assertThat(view.visits()).extracting(Visit::entry).containsExactly(Entry.SUBMITTED, Entry.ACCEPTED);
        assertThat(view.charged()).isEqualTo("C");
        assertThat(view.anomalies()).containsExactly(Anomaly.ACCEPTED_WITHOUT_OFFER);
    }

    @Test
    @DisplayName("I9 What is validated was claimed, at that instant if nobody said so")
    void aValidationWithoutClaimIsTheClaim() {
        CaseView view = told("2024-07-01 09:00 citizen submits A", "16:00 validator validates")
                .seenAt("2024-07-02 00:00", EIGHT_HOURS);

        assertThat(view.cycle().claimedAt()).isEqualTo(jakarta("2024-07-01 16:00"));
        assertThat(view.cycle().closedAt()).isEqualTo(jakarta("2024-07-01 16:00"));
        assertThat(says(view, Target.RESOLUTION)).isEqualTo("MET due 2024-07-01 17:00");
        assertThat(view.anomalies()).containsExactly(Anomaly.VALIDATED_WITHOUT_CLAIM);
    }

    @Test
    @DisplayName("I10 A wait ends only if one began")
    void theEndOfNoWaitIsNothing() {
        CaseView view =
                told("2024-07-01 09:00 citizen submits A", "10:00 A resumes").seenAt("2024-07-02 00:00", EIGHT_HOURS);

        assertThat(view.progress()).isEqualTo(Progress.OPEN);
        assertThat(clock(view, Target.RESOLUTION).pauses()).isEmpty();
        assertThat(view.anomalies()).containsExactly(Anomaly.NOT_WAITING);
    }

    /** A ring of several cases can be seen only where all of them are; a fold has one. */
    @Test
    @DisplayName("I11 No case goes on in itself")
    void aMergeIntoItselfIsNone() {
        CaseView view = told("2024-07-01 09:00 citizen submits A", "10:00 officer merges qlue:1")
                .seenAt("2024-07-01 12:00", EIGHT_HOURS);

        assertThat(view.caseId()).isEqualTo("qlue:1");
        assertThat(view.isOpen()).isTrue();
        assertThat(view.mergedInto()).isNull();
        assertThat(view.anomalies()).containsExactly(Anomaly.MERGED_INTO_SELF);
    }

    @Test
    @DisplayName("I12 A holder that the reference does not know, or not on that day, has a row of its own")
    void anUnknownHolderIsCountedUnderItsOwnName() {
        Reference reference = new PackDraft("p")
                .unit("A", Kind.AGENCY, "dinas", null)
                .unit("gone", Kind.AGENCY, "dinas", null, null, "2020-01-01", null)
                .policy(Target.RESOLUTION, "8h", null)
                .reference();
        for (String unit : List.of("nobody", "gone")) {
            CaseView view = told("2024-07-01 09:00 citizen submits A", "10:00 officer assigns " + unit)
                    .seenAt("2024-07-02 00:00", reference);
            assertThat(view.holder()).isEqualTo(unit);
            assertThat(view.cycle().charged()).isEqualTo(unit);
            Cell row = new Cell(
                    Role.HOLDER, Rule.CRM, unit, Story.CHANNEL, "roads", view.dayOf(jakarta("2024-07-01 10:00")));
            assertThat(Contributions.of(view).get(row).get(Count.OPEN_ENTERED)).isEqualTo(1);
            assertThat(Contributions.of(view).get(row).get(Count.DUE_MISSED_OPEN))
                    .isEqualTo(1);
            assertThat(reference.path(unit, view.asOf())).containsExactly(unit, "city");
        }
        assertThat(reference.level("nobody", jakarta("2024-07-01 10:00"))).isEqualTo("unlisted");
    }

    /** The codec of the events refuses what does not have the id of its content; its test is with the codec. */
    @Test
    @DisplayName("I13 An id is that of one content, and of two events under one id the same one is kept in any order")
    void anEventUnderTheIdOfAnotherIsFoundOut() {
        List<CaseEvent> events =
                told("2024-07-01 09:00 citizen submits A", "10:00 A works").events();
        CaseEvent worked = events.get(1);
        CaseEvent forged = new CaseEvent(
                worked.eventId(),
                worked.caseId(),
                worked.channel(),
                worked.sourceCaseId(),
                worked.occurredAt(),
                worked.ingestedAt().plusMillis(1),
                worked.sourceSequence(),
                worked.actor(),
                worked.orgUnit(),
                worked.visibility(),
                worked.inferred(),
                worked.timeNote(),
                new Payload.Closed(Outcome.FIXED));

        assertThat(worked.idOfContent()).isEqualTo(worked.eventId());
        assertThat(forged.idOfContent()).isNotEqualTo(forged.eventId());
        List<CaseEvent> arrivals = new ArrayList<>(List.of(events.get(0), worked, forged));
        for (int i = 0; i < 2; i++) {
            assertThat(CaseHistory.of(arrivals).events()).containsExactlyElementsOf(events);
            Collections.reverse(arrivals);
        }
    }

    @Test
    @DisplayName("I14 Of a state that a poll saw the changes are derived, each between that poll and the one before")
    void polledStatesBecomeChangesWithAnInterval() {
        CaseView view = told(
                        "2024-07-01 09:00 poll sees OPEN A",
                        "12:00 poll sees IN_PROGRESS B",
                        "16:00 poll sees IN_PROGRESS B",
                        "18:00 poll sees CLOSED B")
                .seenAt("2024-07-02 00:00", EIGHT_HOURS);

        assertThat(view.handovers()).containsExactly(new Handover(1, jakarta("2024-07-01 12:00"), "A", "B"));
        assertThat(view.cycle().closedAt()).isEqualTo(jakarta("2024-07-01 18:00"));
        assertThat(clock(view, Target.RESOLUTION).stoppedAfter()).isEqualTo(jakarta("2024-07-01 16:00"));
        assertThat(says(view, Target.RESOLUTION))
                .as("due in between: nobody can say")
                .isEqualTo("UNDECIDABLE due 2024-07-01 17:00");
        assertThat(says(
                        told("2024-07-01 09:00 poll sees OPEN A", "17:00 poll sees OPEN A", "18:00 poll sees CLOSED A")
                                .seenAt("2024-07-02 00:00", EIGHT_HOURS),
                        Target.RESOLUTION))
                .as("still open at the deadline")
                .isEqualTo("MISSED_LATE due 2024-07-01 17:00");
        assertThat(says(
                        told("2024-07-01 09:00 poll sees OPEN A", "17:00 poll sees CLOSED A")
                                .seenAt("2024-07-02 00:00", EIGHT_HOURS),
                        Target.RESOLUTION))
                .as("closed at the deadline, or before")
                .isEqualTo("MET due 2024-07-01 17:00");
    }
}
