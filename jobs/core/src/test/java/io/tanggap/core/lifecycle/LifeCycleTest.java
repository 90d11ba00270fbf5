package io.tanggap.core.lifecycle;

import static io.tanggap.core.Clocks.says;
import static io.tanggap.core.Story.jakarta;
import static io.tanggap.core.Story.told;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tanggap.core.Clocks;
import io.tanggap.core.PackDraft;
import io.tanggap.core.References;
import io.tanggap.core.Story;
import io.tanggap.core.complaint.Actor;
import io.tanggap.core.complaint.Outcome;
import io.tanggap.core.complaint.Payload;
import io.tanggap.core.complaint.Visibility;
import io.tanggap.core.measure.Count;
import io.tanggap.core.measure.Role;
import io.tanggap.core.measure.Told;
import io.tanggap.core.reference.Policy.Target;
import io.tanggap.core.reference.Reference;
import io.tanggap.core.sla.Clock;
import io.tanggap.core.sla.Verdict;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The life cycle of a case: every transition, and the events that change what was told before. 2024-07-01 is a Monday. */
class LifeCycleTest {
    private static final String HELD = "2024-07-01 09:00 citizen submits A";
    private static final String AT_DESK = "2024-07-01 09:00 citizen submits";
    private static final String LATER = "2024-07-02 00:00";
    private static final Reference REFERENCE = new PackDraft("p")
            .hours("office", "Mon-Fri 09:00-17:00")
            .policy(Target.RESOLUTION, "8h", "office")
            .pause("CITIZEN_INFO", "30d")
            .channel(Story.CHANNEL, 2)
            .offersLapseAfter("4h")
            .reference();

    private static Arguments row(String expected, String... lines) {
        return Arguments.of(String.join("; ", lines), lines, expected);
    }

    static Stream<Arguments> transitions() {
        return Stream.of(
                row("SUBMITTED intake.qlue", AT_DESK),
                row("OPEN A", HELD),
                row("TRIAGED intake.qlue", AT_DESK, "10:00 officer verifies"),
                row("TRIAGED intake.qlue", AT_DESK, "10:00 system places kelurahan"),
                row("OPEN A", AT_DESK, "10:00 officer assigns A"),
                row("WAITING intake.qlue", AT_DESK, "10:00 officer defers"),
                row("TRIAGED intake.qlue", AT_DESK, "10:00 officer defers", "11:00 officer verifies"),
                row("CLOSED intake.qlue", AT_DESK, "10:00 officer refuses"),
                row("CLOSED A", HELD, "10:00 A refuses"),
                row("OPEN A offered to B", HELD, "21:00 A offers B"),
                row("IN_PROGRESS A offered to B", HELD, "20:00 A works", "21:00 A offers B"),
                row("IN_PROGRESS A offered to B", HELD, "20:00 A waits CITIZEN_INFO", "21:00 A offers B"),
                row("OPEN B, 1 hop", HELD, "10:00 A offers B", "11:00 B accepts"),
                row("IN_PROGRESS B, 1 hop", HELD, "10:00 A offers B", "11:00 B works"),
                row("WAITING B, 1 hop", HELD, "10:00 A offers B", "11:00 B waits CITIZEN_INFO"),
                row("RESOLUTION_CLAIMED B, 1 hop", HELD, "10:00 A offers B", "11:00 B claims"),
                row("OPEN B offered to C, 1 hop", HELD, "20:00 A offers B", "21:00 B offers C"),
                row("OPEN B1, 1 hop, depth 1", HELD, "10:00 A offers B", "11:00 B delegates B1"),
                row("OPEN A", HELD, "10:00 A offers B", "11:00 B declines"),
                row("OPEN A", HELD, "10:00 A offers B", "11:00 A recalls"),
                row("OPEN A", HELD, "10:00 A offers B"),
                row("OPEN A1, depth 1", HELD, "10:00 A delegates A1"),
                row("OPEN A2, depth 2", HELD, "10:00 A delegates A1", "11:00 A1 delegates A2"),
                row("OPEN B, 1 hop", HELD, "10:00 A delegates A1", "11:00 officer assigns B"),
                row("IN_PROGRESS A", HELD, "10:00 A works"),
                row("OPEN A", HELD, "10:00 A notes"),
                row("OPEN A", HELD, "10:00 A replies"),
                row("WAITING A", HELD, "10:00 A waits CITIZEN_INFO"),
                row("WAITING A", HELD, "10:00 A works", "11:00 A waits CITIZEN_INFO"),
                row("IN_PROGRESS A", HELD, "10:00 A waits CITIZEN_INFO", "11:00 A resumes"),
                row("IN_PROGRESS A", HELD, "10:00 A waits CITIZEN_INFO", "11:00 citizen replies"),
                row("IN_PROGRESS A", HELD, "10:00 A waits CITIZEN_INFO", "11:00 A works"),
                row("OPEN B, 1 hop", HELD, "10:00 A waits CITIZEN_INFO", "11:00 officer assigns B"),
                row("RESOLUTION_CLAIMED A", HELD, "10:00 A claims"),
                row("RESOLUTION_CLAIMED A", HELD, "10:00 A waits CITIZEN_INFO", "11:00 A claims"),
                row("IN_PROGRESS A", HELD, "10:00 A claims", "11:00 validator rejects"),
                row("CLOSED A", HELD, "10:00 A claims", "11:00 validator validates"),
                row("CLOSED A", HELD, "10:00 A claims", "11:00 A closes FIXED"),
                row("CLOSED A", HELD, "10:00 A waits CITIZEN_INFO", "11:00 A closes NO_REPLY_TIMEOUT"),
                row("OPEN A, cycle 2", HELD, "10:00 A closes FIXED", "11:00 citizen reopens"),
                row("OPEN A, cycle 2", HELD, "10:00 A closes FIXED", "11:00 citizen disputes upheld"),
                row("CLOSED A", HELD, "10:00 A closes FIXED", "11:00 citizen disputes"),
                row("CLOSED A", HELD, "10:00 A closes FIXED", "11:00 citizen disputes overruled"),
                row("OPEN A, cycle 2", HELD, "10:00 A closes FIXED", "11:00 citizen rates 2"),
                row("CLOSED A", HELD, "10:00 A closes FIXED", "11:00 citizen rates 3"),
                row("OPEN A", HELD, "10:00 citizen rates 1"),
                row(
                        "OPEN B, 1 hop, cycle 2",
                        HELD,
                        "10:00 officer assigns B",
                        "11:00 B closes FIXED",
                        "12:00 citizen reopens"),
                row("CLOSED A", HELD, "10:00 officer merges qlue:7"),
                row("OPEN A", HELD, "10:00 officer merges qlue:7", "11:00 officer unmerges"),
                row("RESOLUTION_CLAIMED A", HELD, "10:00 A claims", "11:00 A merges qlue:7", "12:00 A unmerges"),
                row("TRIAGED intake.qlue", AT_DESK, "10:00 officer merges qlue:7", "11:00 officer unmerges"),
                row("OPEN A", HELD, "10:00 officer splits qlue:8"),
                row("OPEN A", HELD, "10:00 A escalates mayor"),
                row("OPEN new", HELD, "10:00 officer reorganises A new"),
                row("OPEN A", HELD, "10:00 officer reorganises B new"),
                row("OPEN A offered to new", HELD, "21:00 A offers B", "22:00 officer reorganises B new"));
    }

    @ParameterizedTest(name = "{0}: {2}")
    @MethodSource
    void transitions(String name, String[] lines, String expected) {
        CaseView view = told(lines).seenAt(LATER, REFERENCE);

        assertThat(state(view)).isEqualTo(expected);
        assertThat(view.anomalies()).isEmpty();
    }

    private static String state(CaseView view) {
        int depth = view.visits().get(view.visits().size() - 1).depth();
        return view.progress() + " " + view.holder()
                + (view.offeredTo() == null ? "" : " offered to " + view.offeredTo())
                + (view.handovers().isEmpty() ? "" : ", " + view.handovers().size() + " hop")
                + (depth == 0 ? "" : ", depth " + depth)
                + (view.cycles().size() == 1 ? "" : ", cycle " + view.cycles().size());
    }

    // Corrections

    @Test
    void whatWasAMistakeNeverHappened() {
        Story closedByMistake = told(HELD, "10:00 A closes FIXED", "11:00 officer corrects 1");
        CaseView view = closedByMistake.seenAt(LATER, REFERENCE);

        assertThat(view.cycles()).hasSize(1);
        assertThat(view.isOpen()).isTrue();
        assertThat(says(view, Target.RESOLUTION)).isEqualTo("MISSED_OPEN due 2024-07-01 17:00");
        assertThat(view.events()).as("they are kept").isEqualTo(3);
        assertThat(view.anomalies()).isEmpty();
        assertThat(closedByMistake.seenAt("2024-07-01 11:00", REFERENCE).isOpen())
                .as("before anybody said so")
                .isFalse();
    }

    @Test
    void aCorrectionThatWasAMistakeLetsItStandAgain() {
        CaseView view = told(HELD, "10:00 A closes FIXED", "11:00 officer corrects 1", "12:00 officer corrects 2")
                .seenAt(LATER, REFERENCE);

        assertThat(view.isOpen()).isFalse();
        assertThat(view.cycle().closedAt()).isEqualTo(jakarta("2024-07-01 10:00"));
        assertThat(view.anomalies()).isEmpty();
    }

    @Test
    void aCorrectionOfNothingIsTagged() {
        Story story = told(HELD, "10:00 A works");
        CaseView view = story.further("2024-07-01 11:00 officer corrects 1", "12:00 officer corrects 1")
                .seenAt(LATER, REFERENCE);

        assertThat(view.progress()).isEqualTo(Progress.OPEN);
        assertThat(view.anomalies()).as("the same mistake twice is one").isEmpty();
        Story other = told("2024-07-01 09:00 citizen submits B", "10:00 B works");
        CaseView tagged = other.and(
                        jakarta("2024-07-01 11:00"),
                        Actor.OFFICER,
                        null,
                        Visibility.INTERNAL,
                        new Payload.Corrected("no such event"))
                .seenAt(LATER, REFERENCE);
        assertThat(tagged.progress()).isEqualTo(Progress.IN_PROGRESS);
        assertThat(tagged.anomalies()).containsExactly(Anomaly.CORRECTED_NOTHING);
    }

    @Test
    void aSubmissionThatWasAMistakeStandsWhileAnythingElseDoes() {
        CaseView view = told(HELD, "10:00 B works", "11:00 officer corrects 0").seenAt(LATER, REFERENCE);

        assertThat(view.submittedAt()).as("nobody's complaint begins later").isEqualTo(jakarta("2024-07-01 09:00"));
        assertThat(view.holder()).isEqualTo("A");
        assertThat(view.anomalies()).containsExactly(Anomaly.SUBMISSION_KEPT);
    }

    @Test
    void aCaseOfWhichEverythingWasAMistakeIsInvalidAndKept() {
        CaseView view = told(HELD, "10:00 A works", "11:00 officer corrects 0", "12:00 officer corrects 1")
                .seenAt(LATER, REFERENCE);

        assertThat(view.cycle().outcome()).isEqualTo(Outcome.INVALID);
        assertThat(view.cycle().closedAt()).isEqualTo(jakarta("2024-07-01 12:00"));
        assertThat(view.anomalies()).containsExactly(Anomaly.CORRECTED_AWAY);
    }

    @Test
    void aHandoverThatWasAMistakeChargesNobody() {
        CaseView view = told(HELD, "10:00 officer assigns B", "18:00 officer corrects 1")
                .seenAt(LATER, REFERENCE);

        assertThat(view.cycle().charged()).isEqualTo("A");
        assertThat(view.handovers()).isEmpty();
    }

    // Merging

    @Test
    void aMergeThatIsUndoneCountsAsIfItHadNotBeen() {
        CaseView whole = told(HELD).seenAt(LATER, REFERENCE);
        CaseView undone = told(HELD, "10:00 officer merges qlue:7", "12:00 officer unmerges")
                .seenAt(LATER, REFERENCE);

        assertThat(undone.mergedInto()).isNull();
        assertThat(undone.cycles()).isEqualTo(whole.cycles());
        assertThat(undone.visits()).isEqualTo(whole.visits());
        assertThat(told(HELD, "12:00 officer unmerges").seenAt(LATER, REFERENCE).anomalies())
                .containsExactly(Anomaly.NOT_MERGED);
        assertThat(told(HELD, "10:00 A closes FIXED", "11:00 officer merges qlue:7", "12:00 officer unmerges")
                        .seenAt(LATER, REFERENCE)
                        .isOpen())
                .as("what had ended before the merge stays ended")
                .isFalse();
    }

    @Test
    void otherCasesThatThisOneIsOrBecameAreNamed() {
        CaseView view = told(HELD, "10:00 system links twitter:1", "11:00 officer splits qlue:8")
                .seenAt(LATER, References.WITHOUT_POLICY);

        assertThat(view.linkedCases()).containsExactly("qlue:8", "twitter:1");
        assertThat(view.mergedInto()).isNull();
    }

    @Test
    void anOfferFromWhileTheCaseWasMergedStandsFromWhenTheMergeIsUndone() {
        CaseView view = told(
                        HELD,
                        "10:00 officer merges qlue:7",
                        "11:00 A offers B",
                        "20:00 officer unmerges",
                        "21:00 officer closes FIXED")
                .seenAt(LATER, REFERENCE);

        assertThat(view.offers()).extracting(Offer::decision).containsExactly(Offer.Decision.LAPSED);
        assertThat(view.cycle().charged())
                .as("missed at 17:00, when B had not been asked")
                .isEqualTo("A");
    }

    // Contests

    @Test
    void aVerdictThatIsContestedStaysWhatWasComputedAndIsMarked() {
        Story story = told(HELD, "2024-07-02 09:00 A contests RESOLUTION 1");
        CaseView contested = story.seenAt("2024-07-03 00:00", REFERENCE);
        CaseView overturned = story.further("2024-07-04 09:00 officer overturns RESOLUTION 1 SK-12")
                .seenAt("2024-07-05 00:00", REFERENCE);

        assertThat(contested.contests())
                .containsExactly(new Contest("RESOLUTION", 1, "A", jakarta("2024-07-02 09:00"), null, null, null));
        assertThat(contested.isContested(contested.cycle())).isTrue();
        assertThat(contested.isOverturned(contested.cycle())).isFalse();
        assertThat(overturned.contests())
                .containsExactly(new Contest(
                        "RESOLUTION",
                        1,
                        "A",
                        jakarta("2024-07-02 09:00"),
                        jakarta("2024-07-04 09:00"),
                        false,
                        "SK-12"));
        assertThat(overturned.isOverturned(overturned.cycle())).isTrue();
        assertThat(overturned.cycle().verdict()).isEqualTo(Verdict.MISSED_OPEN);
        assertThat(overturned.cycle().charged()).isEqualTo("A");
        assertThat(counted(overturned, Count.DUE_MISSED_OPEN)).isEqualTo(1);
        assertThat(counted(overturned, Count.DUE_CONTESTED)).isEqualTo(1);
        assertThat(counted(overturned, Count.DUE_OVERTURNED)).isEqualTo(1);
    }

    private static long counted(CaseView view, Count count) {
        return Told.sum(List.of(view), Role.HOLDER, cell -> true).sum(count);
    }

    @Test
    void aDecisionAnswersTheContestOfItsTargetAndCycleOnly() {
        CaseView view = told(
                        HELD,
                        "2024-07-02 09:00 A contests DWELL 1",
                        "10:00 A contests RESOLUTION 2",
                        "11:00 officer upholds RESOLUTION 1 SK-1",
                        "12:00 officer overturns RESOLUTION 1 SK-2")
                .seenAt("2024-07-03 00:00", REFERENCE);

        assertThat(view.contests())
                .extracting(Contest::target, Contest::cycle, Contest::citation)
                .containsExactly(
                        tuple("DWELL", 1, null),
                        tuple("RESOLUTION", 2, null),
                        tuple("RESOLUTION", 1, "SK-1"),
                        tuple("RESOLUTION", 1, "SK-2"));
        assertThat(view.isOverturned(view.cycle()))
                .as("the last decision holds")
                .isTrue();
    }

    // Waits

    @Test
    void aCapIsForAllWaitsOfAReasonTogetherAndEveryReasonHasItsOwn() {
        Reference reference = new PackDraft("p")
                .hours("office", "Mon-Fri 09:00-17:00")
                .policy(Target.RESOLUTION, "8h", "office")
                .pause("VENDOR", "2h")
                .pause("CITIZEN_INFO", "2h")
                .reference();
        CaseView view = told(
                        HELD,
                        "10:00 A waits VENDOR",
                        "11:00 A resumes",
                        "12:00 A waits VENDOR",
                        "14:00 A waits CITIZEN_INFO",
                        "15:00 A waits VENDOR",
                        "16:00 A resumes")
                .seenAt(LATER, reference);

        assertThat(Clocks.pauses(Clocks.clock(view, Target.RESOLUTION)))
                .containsExactly(
                        "VENDOR 2024-07-01 10:00 to 2024-07-01 11:00",
                        "VENDOR 2024-07-01 12:00 to 2024-07-01 13:00",
                        "CITIZEN_INFO 2024-07-01 14:00 to 2024-07-01 15:00");
        assertThat(says(view, Target.RESOLUTION)).isEqualTo("RUNNING due 2024-07-02 12:00");
    }

    // Targets of which a case has several

    @Test
    void everyClaimIsValidatedAndEveryRejectionIsDoneAnew() {
        Reference reference = new PackDraft("p")
                .policy(Target.VALIDATION, "4h", null)
                .policy(Target.REDO, "2h", null)
                .reference();
        CaseView view = told(
                        HELD,
                        "10:00 A claims",
                        "12:00 validator rejects",
                        "15:00 A claims",
                        "16:00 validator rejects",
                        "17:00 A claims",
                        "22:00 validator validates")
                .seenAt(LATER, reference);

        assertThat(Clocks.of(view, Target.VALIDATION))
                .extracting(clock -> clock.number() + " " + clock.charged() + " " + says(clock))
                .containsExactly(
                        "1 validation.qlue MET due 2024-07-01 14:00",
                        "2 validation.qlue MET due 2024-07-01 19:00",
                        "3 validation.qlue MISSED_LATE due 2024-07-01 21:00");
        assertThat(Clocks.of(view, Target.REDO))
                .extracting(clock -> clock.number() + " " + clock.charged() + " " + says(clock))
                .containsExactly("1 A MISSED_LATE due 2024-07-01 14:00", "2 A MET due 2024-07-01 18:00");
    }

    @Test
    void aCaseThatEndsOtherwiseKeepsNoTargetThatItHadNotKept() {
        Reference reference = new PackDraft("p").everyTarget("8h", null).reference();
        CaseView view = told(
                        HELD, "10:00 A offers B", "11:00 A claims", "12:00 citizen replies", "12:30 A closes WITHDRAWN")
                .seenAt("2024-07-09 00:00", reference);

        assertThat(Clocks.all(view))
                .filteredOn(clock -> clock.verdict() == Verdict.CANCELLED)
                .extracting(Clock::target)
                .containsExactly(Target.FIRST_RESPONSE, Target.ACCEPTANCE, Target.VALIDATION);
        assertThat(view.cycle().outcome()).isEqualTo(Outcome.WITHDRAWN);
        assertThat(List.of(Target.RESOLUTION, Target.HANDOVER))
                .extracting(target -> says(view, target))
                .containsExactly("MET due 2024-07-01 17:00", "MET due 2024-07-01 17:00");
    }
}
