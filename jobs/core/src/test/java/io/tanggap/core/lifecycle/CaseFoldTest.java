package io.tanggap.core.lifecycle;

import static io.tanggap.core.Story.at;
import static io.tanggap.core.Story.submitted;
import static org.assertj.core.api.Assertions.assertThat;

import io.tanggap.core.References;
import io.tanggap.core.Story;
import io.tanggap.core.complaint.Actor;
import io.tanggap.core.complaint.Outcome;
import io.tanggap.core.complaint.Payload;
import io.tanggap.core.complaint.Payload.Categorised;
import io.tanggap.core.complaint.Payload.ChannelLinked;
import io.tanggap.core.complaint.Payload.Closed;
import io.tanggap.core.complaint.Payload.Delegated;
import io.tanggap.core.complaint.Payload.InternalNote;
import io.tanggap.core.complaint.Payload.JurisdictionResolved;
import io.tanggap.core.complaint.Payload.LocationCorrected;
import io.tanggap.core.complaint.Payload.MergedInto;
import io.tanggap.core.complaint.Payload.Rated;
import io.tanggap.core.complaint.Payload.Recalled;
import io.tanggap.core.complaint.Payload.Redacted;
import io.tanggap.core.complaint.Payload.Rejected;
import io.tanggap.core.complaint.Payload.Reopened;
import io.tanggap.core.complaint.Payload.ResolutionValidated;
import io.tanggap.core.complaint.Payload.SnapshotObserved;
import io.tanggap.core.complaint.Payload.Status;
import io.tanggap.core.complaint.Payload.Submitted;
import io.tanggap.core.complaint.Payload.VerificationDeferred;
import io.tanggap.core.complaint.Payload.Verified;
import io.tanggap.core.complaint.Payload.WaitEnded;
import io.tanggap.core.complaint.Payload.WaitStarted;
import io.tanggap.core.complaint.Placing;
import io.tanggap.core.complaint.Visibility;
import io.tanggap.core.lifecycle.CaseFold.Folded;
import io.tanggap.core.lifecycle.Visit.End;
import io.tanggap.core.lifecycle.Visit.Entry;
import io.tanggap.core.reference.Category;
import io.tanggap.core.reference.Competence;
import io.tanggap.core.reference.Reference;
import io.tanggap.core.reference.ReferencePack;
import io.tanggap.core.reference.ReferencePack.ResolutionTarget;
import io.tanggap.core.reference.Validity;
import io.tanggap.core.sla.Span;
import io.tanggap.core.sla.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** One test per rule; minutes after the start stand for time. */
class CaseFoldTest {
    private static final long LATE = 100_000;

    /** A stay, but for what its holder did and how long it took. */
    private static Visit stay(
            int number,
            String holder,
            @Nullable Instant offeredAt,
            Instant enteredAt,
            Entry entry,
            @Nullable Instant leftAt,
            @Nullable End ended) {
        return new Visit(number, holder, offeredAt, enteredAt, entry, 0, leftAt, ended, null, Duration.ZERO);
    }

    @Test
    void aSubmittedCaseIsHeldByTheIntakeDeskOfItsChannel() {
        CaseView view = submitted(0, null, null).seenAt(1);

        assertThat(view.progress()).isEqualTo(Progress.SUBMITTED);
        assertThat(view.holder()).isEqualTo("intake.qlue");
        assertThat(view.charged()).isEqualTo("intake.qlue");
        assertThat(view.submittedAt()).isEqualTo(at(0));
        assertThat(view.isOpen()).isTrue();
        assertThat(view.anomalies()).isEmpty();
        assertThat(view.cycle().verdict()).isEqualTo(Verdict.NOT_APPLICABLE);
    }

    @Test
    void aSubmissionMayNameItsHolder() {
        CaseView view = submitted(0, "A", null).seenAt(1);

        assertThat(view.progress()).isEqualTo(Progress.OPEN);
        assertThat(view.holder()).isEqualTo("A");
        assertThat(view.visits())
                .usingRecursiveFieldByFieldElementComparatorIgnoringFields("workedAt", "counted")
                .containsExactly(stay(1, "A", null, at(0), Entry.SUBMITTED, null, null));
    }

    @Test
    void nothingIsSeenBeforeTheFirstEventAndItIsNamedAsTheNextChange() {
        Folded folded = submitted(5, "A", null).folded(at(5), References.WITHOUT_POLICY);

        assertThat(folded.view()).isNull();
        assertThat(folded.nextChangeAt()).isEqualTo(at(5).plusMillis(1));
        assertThat(submitted(5, "A", null)
                        .folded(at(5).plusMillis(1), References.WITHOUT_POLICY)
                        .view())
                .isNotNull();
    }

    @Test
    void anEmptyHistoryNeverShowsAnything() {
        assertThat(new Story("1").folded(at(0), References.WITHOUT_POLICY)).isEqualTo(new Folded(null, null, null));
    }

    @Test
    void eventsAtOrAfterTheAsOfAreKeptAndNotYetSeen() {
        CaseView view = submitted(0, "A", null).closed(10, Outcome.FIXED).seenAt(10);

        assertThat(view.isOpen()).isTrue();
        assertThat(view.events()).isEqualTo(1);
        assertThat(view.unseenEvents()).isEqualTo(1);
    }

    @Test
    void withoutSubmissionTheFirstEventStandsIn() {
        CaseView view = new Story("1").worked(3, "A").seenAt(4);

        assertThat(view.submittedAt()).isEqualTo(at(3));
        assertThat(view.progress()).isEqualTo(Progress.IN_PROGRESS);
        assertThat(view.anomalies()).containsExactly(Anomaly.NO_SUBMISSION);
    }

    @Test
    void anEventBeforeTheSubmissionIsPlacedAtTheSubmission() {
        CaseView view = new Story("1")
                .assigned(2, "B")
                .and(5, null, new Submitted("roads", null, "A", null))
                .seenAt(6);

        assertThat(view.submittedAt()).isEqualTo(at(5));
        assertThat(view.holder()).isEqualTo("B");
        assertThat(view.handovers()).containsExactly(new Handover(1, at(5), "A", "B"));
        assertThat(view.lastActivityAt()).isEqualTo(at(5));
        assertThat(view.anomalies()).containsExactly(Anomaly.BEFORE_SUBMISSION);
    }

    @Test
    void aClosingAtTheInstantOfTheSubmissionIsNotBeforeIt() {
        CaseView view = submitted(0, "A", 10L).closed(0, Outcome.FIXED).seenAt(1);

        assertThat(view.isOpen()).isFalse();
        assertThat(view.anomalies()).isEmpty();
        assertThat(view.cycle().verdict()).isEqualTo(Verdict.MET);
    }

    @Test
    void theIntakeDeskVerifiesPlacesAndPassesOn() {
        Story story = submitted(0, null, null)
                .and(1, null, new VerificationDeferred())
                .and(2, null, new Verified())
                .and(3, null, new JurisdictionResolved("kelurahan", Placing.NEAREST))
                .and(4, null, new Categorised("parks"));

        assertThat(story.seenAt(2).progress()).isEqualTo(Progress.WAITING);
        assertThat(story.seenAt(5).territory()).isEqualTo("kelurahan");
        assertThat(story.seenAt(5).placing()).isEqualTo(Placing.NEAREST);
        assertThat(story.seenAt(5).category()).isEqualTo("parks");
        assertThat(story.assigned(5, "A").seenAt(6).progress()).isEqualTo(Progress.OPEN);
        assertThat(submitted(0, null, null)
                        .and(1, null, new Verified())
                        .seenAt(2)
                        .progress())
                .isEqualTo(Progress.TRIAGED);
    }

    @Test
    void aPlaceThatWasCorrectedAlwaysWasTheRightOne() {
        CaseView view = submitted(0, "A", null)
                .and(1, null, new JurisdictionResolved("kelurahan", Placing.NEAREST))
                .and(2, null, new LocationCorrected("north"))
                .seenAt(3);

        assertThat(view.territory()).isEqualTo("north");
        assertThat(view.placing()).as("of the place that was wrong").isNull();
        assertThat(view.progress()).isEqualTo(Progress.OPEN);
        assertThat(view.anomalies()).isEmpty();
    }

    @Test
    void aDelegationMovesCustodyAndTheChargeAndIsNoHandover() {
        CaseView view = submitted(0, "dinas", null)
                .and(5, "dinas", new Delegated("sudin"))
                .seenAt(6);

        assertThat(view.holder()).isEqualTo("sudin");
        assertThat(view.charged()).isEqualTo("sudin");
        assertThat(view.handovers()).isEmpty();
        assertThat(view.visits().get(0).ended()).isEqualTo(End.DELEGATED);
        assertThat(view.visits()).hasSize(2);
    }

    @Test
    void anOfferThatIsTakenBackNeverMovedTheCharge() {
        CaseView view = submitted(0, "A", 10L)
                .offered(5, "A", "B")
                .and(8, "A", new Recalled())
                .seenAt(20);

        assertThat(view.offeredTo()).isNull();
        assertThat(view.cycle().charged()).isEqualTo("A");
        assertThat(view.anomalies()).isEmpty();
        assertThat(submitted(0, "A", null).and(1, "A", new Recalled()).seenAt(2).anomalies())
                .containsExactly(Anomaly.RECALLED_WITHOUT_OFFER);
    }

    @Test
    void aWaitLastsUntilItIsEnded() {
        Story story = submitted(0, "A", null)
                .and(1, "A", new WaitStarted("CITIZEN_INFO"))
                .and(5, "A", new WaitEnded());

        assertThat(story.seenAt(5).progress()).isEqualTo(Progress.WAITING);
        assertThat(story.seenAt(6).progress()).isEqualTo(Progress.IN_PROGRESS);
        assertThat(story.and(7, "A", new WaitEnded()).seenAt(8).anomalies()).containsExactly(Anomaly.NOT_WAITING);
        assertThat(submitted(0, "A", null)
                        .claimed(1, "A")
                        .and(2, "A", new WaitStarted("VENDOR"))
                        .seenAt(3)
                        .progress())
                .as("a claim stands")
                .isEqualTo(Progress.RESOLUTION_CLAIMED);
    }

    @Test
    void aReceiverThatDelegatesHasTakenTheCaseAndIsCharged() {
        CaseView view = submitted(0, "A", 6L)
                .offered(5, "A", "B")
                .and(8, "B", new Delegated("B1"))
                .seenAt(20);

        assertThat(view.cycle().charged()).isEqualTo("B");
        assertThat(view.handovers()).containsExactly(new Handover(1, at(8), "A", "B"));
        assertThat(view.holder()).isEqualTo("B1");
    }

    @Test
    void aReceiverThatRejectsOrMergesHasTakenTheCase() {
        for (Payload end : List.of(new Rejected(), new MergedInto("qlue:7"))) {
            CaseView view = submitted(0, "A", null)
                    .offered(1, "A", "B")
                    .and(2, "B", end)
                    .seenAt(3);
            assertThat(view.cycle().lastHolder()).isEqualTo("B");
        }
    }

    @Test
    void aCaseThatIsTakenUpAgainIsNoDuplicate() {
        CaseView view = submitted(0, "A", null)
                .and(1, "A", new MergedInto("qlue:7"))
                .reopened(2)
                .seenAt(3);

        assertThat(view.mergedInto()).isNull();
    }

    @Test
    void aWaitOfTheDeskEndsAtTheDesk() {
        Story story = submitted(0, null, null)
                .and(1, null, new VerificationDeferred())
                .and(2, null, new WaitEnded());

        assertThat(story.seenAt(3).progress()).isEqualTo(Progress.TRIAGED);
        assertThat(story.assigned(4, "A").seenAt(5).progress()).isEqualTo(Progress.OPEN);
    }

    @Test
    void aReceiverThatWaitsHasTakenTheCase() {
        CaseView view = submitted(0, "A", null)
                .offered(1, "A", "B")
                .and(2, "B", new WaitStarted("VENDOR"))
                .seenAt(3);

        assertThat(view.holder()).isEqualTo("B");
    }

    @Test
    void aValidationEndsTheCaseAndTheClockStoppedAtTheClaim() {
        CaseView view = submitted(0, "A", 10L)
                .claimed(9, "A")
                .and(50, null, new ResolutionValidated())
                .seenAt(60);

        assertThat(view.isOpen()).isFalse();
        assertThat(view.cycle().outcome()).isEqualTo(Outcome.FIXED);
        assertThat(view.cycle().closedAt()).isEqualTo(at(50));
        assertThat(view.cycle().verdict()).isEqualTo(Verdict.MET);
        assertThat(view.anomalies()).isEmpty();
    }

    @Test
    void aValidationWithoutAClaimIsTheClaimToo() {
        CaseView view =
                submitted(0, "A", 10L).and(20, null, new ResolutionValidated()).seenAt(60);

        assertThat(view.cycle().claimedAt()).isEqualTo(at(20));
        assertThat(view.cycle().verdict()).isEqualTo(Verdict.MISSED_LATE);
        assertThat(view.anomalies()).containsExactly(Anomaly.VALIDATED_WITHOUT_CLAIM);
        assertThat(submitted(0, "A", null)
                        .closed(1, Outcome.FIXED)
                        .and(2, null, new ResolutionValidated())
                        .seenAt(3)
                        .anomalies())
                .containsExactly(Anomaly.CLOSED_TWICE);
    }

    @Test
    void aRejectionAndAMergeAreEndsThatCompete() {
        CaseView rejected = submitted(0, "A", null).and(1, null, new Rejected()).seenAt(2);
        CaseView merged =
                submitted(0, "A", null).and(1, null, new MergedInto("qlue:7")).seenAt(2);

        assertThat(rejected.cycle().outcome()).isEqualTo(Outcome.INVALID);
        assertThat(merged.cycle().outcome()).isEqualTo(Outcome.DUPLICATE);
        assertThat(merged.mergedInto()).isEqualTo("qlue:7");
    }

    @Test
    void notesRatingsAndLinksAreKeptAndMoveNothing() {
        CaseView before = submitted(0, "A", null).seenAt(1);
        CaseView view = submitted(0, "A", null)
                .and(1, "A", new InternalNote())
                .and(2, null, new Rated(2))
                .and(3, null, new Rated(4))
                .and(4, null, new ChannelLinked("twitter:9"))
                .seenAt(5);

        assertThat(view.rating()).isEqualTo(4);
        assertThat(view.linkedCases()).containsExactly("twitter:9");
        assertThat(view.firstResponseAt()).isNull();
        assertThat(view.progress()).isEqualTo(before.progress());
        assertThat(view.holder()).isEqualTo(before.holder());
        assertThat(view.cycles())
                .usingRecursiveFieldByFieldElementComparatorIgnoringFields("rating")
                .isEqualTo(before.cycles());
    }

    @Test
    void aRatingStaysWithTheClosingThatItFollowed() {
        CaseView view = submitted(0, "A", null)
                .closed(2, Outcome.FIXED)
                .and(3, null, new Rated(1))
                .reopened(5)
                .and(6, null, new Rated(2))
                .closed(8, Outcome.FIXED)
                .and(9, null, new Rated(5))
                .seenAt(10);

        assertThat(view.cycles()).extracting(Cycle::rating).containsExactly(2, 5);
        assertThat(view.rating()).isEqualTo(5);
    }

    @Test
    void ofTwoSubmissionsTheFirstHolds() {
        CaseView view = submitted(0, "A", null)
                .and(5, null, new Submitted("parks", "elsewhere", "B", at(9)))
                .seenAt(6);

        assertThat(view.submittedAt()).isEqualTo(at(0));
        assertThat(view.category()).isEqualTo("roads");
        assertThat(view.holder()).isEqualTo("A");
        assertThat(view.cycle().deadline()).isNull();
        assertThat(view.anomalies()).containsExactly(Anomaly.SECOND_SUBMISSION);
    }

    @Test
    void theFirstAssignmentIsNotAHandover() {
        CaseView view = submitted(0, null, null).assigned(2, "A").seenAt(3);

        assertThat(view.progress()).isEqualTo(Progress.OPEN);
        assertThat(view.holder()).isEqualTo("A");
        assertThat(view.charged()).isEqualTo("A");
        assertThat(view.handovers()).isEmpty();
        assertThat(view.visits())
                .usingRecursiveFieldByFieldElementComparatorIgnoringFields("workedAt", "counted")
                .containsExactly(
                        stay(1, "intake.qlue", null, at(0), Entry.SUBMITTED, at(2), End.ASSIGNED),
                        stay(2, "A", null, at(2), Entry.ASSIGNED, null, null));
    }

    @Test
    void aFurtherAssignmentIsAHandover() {
        CaseView view = submitted(0, "A", null).assigned(2, "B").seenAt(3);

        assertThat(view.handovers()).containsExactly(new Handover(1, at(2), "A", "B"));
        assertThat(view.charged()).isEqualTo("B");
        assertThat(view.visits().get(0).ended()).isEqualTo(End.HANDED_ON);
    }

    @Test
    void assigningToTheHolderHasNoEffect() {
        CaseView view = submitted(0, "A", null).assigned(2, "A").seenAt(3);

        assertThat(view.handovers()).isEmpty();
        assertThat(view.visits()).hasSize(1);
        assertThat(view.anomalies()).containsExactly(Anomaly.HANDOVER_TO_SELF);
    }

    @Test
    void anOfferMovesTheChargeButNotTheCustody() {
        CaseView view = submitted(0, "A", null).offered(2, "A", "B").seenAt(3);

        assertThat(view.holder()).isEqualTo("A");
        assertThat(view.offeredTo()).isEqualTo("B");
        assertThat(view.charged()).isEqualTo("B");
        assertThat(view.handovers()).isEmpty();
    }

    @Test
    void anAcceptedOfferMovesCustodyAndTheVisitRemembersTheOffer() {
        CaseView view =
                submitted(0, "A", null).offered(2, "A", "B").accepted(5, "B").seenAt(6);

        assertThat(view.holder()).isEqualTo("B");
        assertThat(view.offeredTo()).isNull();
        assertThat(view.handovers()).containsExactly(new Handover(1, at(5), "A", "B"));
        assertThat(view.visits().get(1))
                .usingRecursiveComparison()
                .ignoringFields("workedAt", "counted")
                .isEqualTo(stay(2, "B", at(2), at(5), Entry.ACCEPTED, null, null));
        assertThat(view.anomalies()).isEmpty();
    }

    @Test
    void anOfferTakenUpByAssignmentOrSnapshotIsRememberedToo() {
        Story offered = submitted(0, "A", null).offered(2, "A", "B");

        assertThat(offered.assigned(5, "B").seenAt(6).visits().get(1).offeredAt())
                .isEqualTo(at(2));
        assertThat(submitted(0, "A", null)
                        .offered(2, "A", "B")
                        .observed(5, null, "B")
                        .seenAt(6)
                        .visits()
                        .get(1)
                        .offeredAt())
                .isEqualTo(at(2));
    }

    @Test
    void aReceiverIsChargedForABreachDuringTheOffer() {
        CaseView view = submitted(0, "A", 4L)
                .offered(2, "A", "B")
                .accepted(8, "B")
                .closed(9, Outcome.FIXED)
                .seenAt(10);

        assertThat(view.cycle().verdict()).isEqualTo(Verdict.MISSED_LATE);
        assertThat(view.cycle().charged()).isEqualTo("B");
    }

    @Test
    void aDeclinedOfferChargesTheGiverFromTheOfferOn() {
        CaseView view =
                submitted(0, "A", 4L).offered(2, "A", "B").declined(8, "B").seenAt(10);

        assertThat(view.offeredTo()).isNull();
        assertThat(view.charged()).isEqualTo("A");
        assertThat(view.cycle().charged()).isEqualTo("A");
        assertThat(view.anomalies()).isEmpty();
    }

    @Test
    void anOfferElsewhereRecallsTheFirst() {
        CaseView view =
                submitted(0, "A", 4L).offered(2, "A", "B").offered(6, "A", "C").seenAt(10);

        assertThat(view.offeredTo()).isEqualTo("C");
        assertThat(view.charged()).isEqualTo("C");
        assertThat(view.cycle().charged())
                .as("at the breach, as if B had never been asked")
                .isEqualTo("A");
    }

    @Test
    void theSameOfferTwiceKeepsTheFirst() {
        CaseView view = submitted(0, "A", null)
                .offered(2, "A", "B")
                .offered(4, "A", "B")
                .accepted(5, "B")
                .seenAt(10);

        assertThat(view.visits().get(1).offeredAt()).isEqualTo(at(2));
    }

    @Test
    void assigningBackToTheHolderRecallsTheOffer() {
        CaseView view =
                submitted(0, "A", 4L).offered(2, "A", "B").assigned(6, "A").seenAt(10);

        assertThat(view.offeredTo()).isNull();
        assertThat(view.charged()).isEqualTo("A");
        assertThat(view.cycle().charged()).isEqualTo("A");
        assertThat(view.anomalies()).isEmpty();
    }

    @Test
    void assigningToAThirdWithdrawsTheOffer() {
        CaseView view =
                submitted(0, "A", 4L).offered(2, "A", "B").assigned(6, "C").seenAt(10);

        assertThat(view.offeredTo()).isNull();
        assertThat(view.charged()).isEqualTo("C");
        assertThat(view.cycle().charged()).isEqualTo("A");
        assertThat(view.visits().get(1).offeredAt()).isNull();
    }

    @Test
    void aReceiverThatWorksHasAccepted() {
        Story story = submitted(0, "A", null).offered(2, "A", "B");

        assertThat(story.worked(5, "B").seenAt(6).holder()).isEqualTo("B");
        assertThat(submitted(0, "A", null)
                        .offered(2, "A", "B")
                        .reply(5, Actor.OFFICER, "B", Visibility.PUBLIC)
                        .seenAt(6)
                        .holder())
                .isEqualTo("B");
        assertThat(submitted(0, "A", null)
                        .offered(2, "A", "B")
                        .offered(5, "B", "C")
                        .seenAt(6)
                        .holder())
                .as("who offers it on has had it")
                .isEqualTo("B");
        assertThat(submitted(0, "A", null)
                        .offered(2, "A", "B")
                        .worked(5, "A")
                        .seenAt(6)
                        .holder())
                .as("work by the giver accepts nothing")
                .isEqualTo("A");
    }

    @Test
    void anAcceptanceFromTheIntakeDeskOpensTheCase() {
        CaseView view = submitted(0, null, null)
                .offered(1, "intake.qlue", "B")
                .accepted(2, "B")
                .seenAt(3);

        assertThat(view.progress()).isEqualTo(Progress.OPEN);
        assertThat(view.handovers()).isEmpty();
    }

    @Test
    void acceptingWithoutAnOfferMovesCustodyAndIsTagged() {
        CaseView view = submitted(0, "A", null).accepted(2, "B").seenAt(3);

        assertThat(view.holder()).isEqualTo("B");
        assertThat(view.anomalies()).containsExactly(Anomaly.ACCEPTED_WITHOUT_OFFER);
    }

    @Test
    void decliningWithoutAnOfferHasNoEffect() {
        CaseView view =
                submitted(0, "A", null).offered(1, "A", "B").declined(2, "C").seenAt(3);

        assertThat(view.offeredTo()).isEqualTo("B");
        assertThat(view.anomalies()).containsExactly(Anomaly.DECLINED_WITHOUT_OFFER);
    }

    @Test
    void offeringToTheHolderHasNoEffect() {
        CaseView view = submitted(0, "A", null).offered(1, "A", "A").seenAt(3);

        assertThat(view.offeredTo()).isNull();
        assertThat(view.anomalies()).containsExactly(Anomaly.HANDOVER_TO_SELF);
    }

    @Test
    void custodyAfterCloseIsAHandoverWithoutAVisit() {
        CaseView view = submitted(0, "A", null)
                .closed(2, Outcome.FIXED)
                .assigned(3, "B")
                .reopened(5)
                .seenAt(6);

        assertThat(view.handovers()).containsExactly(new Handover(0, at(3), "A", "B"));
        assertThat(view.visits())
                .usingRecursiveFieldByFieldElementComparatorIgnoringFields("workedAt", "counted")
                .containsExactly(
                        stay(1, "A", null, at(0), Entry.SUBMITTED, at(2), End.CLOSED),
                        stay(2, "B", null, at(5), Entry.REOPENED, null, null));
        assertThat(view.charged()).isEqualTo("B");
        assertThat(view.firstCycle().lastHolder()).isEqualTo("A");
        assertThat(view.cycle().firstHolder()).isEqualTo("B");
        assertThat(view.anomalies()).containsExactly(Anomaly.CUSTODY_AFTER_CLOSE);
    }

    @Test
    void anUnknownHolderIsAHolderLikeAnyOther() {
        CaseView view = submitted(0, "A", null).assigned(2, "UNKNOWN").seenAt(3);

        assertThat(view.holder()).isEqualTo("UNKNOWN");
        assertThat(view.handovers()).hasSize(1);
    }

    @Test
    void anOfferMadeWhileClosedChargesTheReceiverOnlyFromTheReopening() {
        Story story = submitted(0, "A", 10L)
                .closed(2, Outcome.FIXED)
                .offered(3, "A", "B")
                .reopened(5);

        assertThat(story.seenAt(6).firstCycle().charged()).isEqualTo("A");
        assertThat(story.seenAt(6).charged()).isEqualTo("B");
        assertThat(story.declined(7, "B").seenAt(8).charged()).isEqualTo("A");
    }

    @Test
    void anOfferDeclinedAfterTheCaseWasClosedAndMovedLeavesTheClosedCycleAlone() {
        CaseView view = submitted(0, "A", 10L)
                .closed(0, Outcome.FIXED)
                .assigned(0, "C")
                .offered(0, "C", "A")
                .declined(0, "A")
                .seenAt(1);

        assertThat(view.firstCycle().charged()).isEqualTo("A");
    }

    @Test
    void theFirstResponseIsTheFirstPublicReplyOfTheCity() {
        CaseView view = submitted(0, "A", null)
                .reply(1, Actor.CITIZEN, null, Visibility.PUBLIC)
                .reply(2, Actor.SYSTEM, null, Visibility.PUBLIC)
                .reply(3, Actor.OFFICER, "A", Visibility.INTERNAL)
                .worked(4, "A")
                .reply(5, Actor.VALIDATOR, null, Visibility.PUBLIC)
                .reply(6, Actor.OFFICER, "A", Visibility.PUBLIC)
                .seenAt(7);

        assertThat(view.firstResponseAt()).isEqualTo(at(5));
        assertThat(submitted(0, "A", null).worked(4, "A").seenAt(7).firstResponseAt())
                .isNull();
    }

    @Test
    void aReplyAfterTheCloseMayBeTheFirstResponse() {
        CaseView view = submitted(0, "A", null)
                .closed(1, Outcome.FIXED)
                .reply(2, Actor.OFFICER, "A", Visibility.PUBLIC)
                .seenAt(3);

        assertThat(view.firstResponseAt()).isEqualTo(at(2));
        assertThat(view.isOpen()).isFalse();
        assertThat(view.anomalies()).containsExactly(Anomaly.WORK_AFTER_CLOSE);
    }

    @Test
    void aClaimStopsTheClockAndTheCloseComesLater() {
        Story story = submitted(0, "A", 5L).worked(1, "A").claimed(4, "A");

        CaseView claimed = story.seenAt(8);
        assertThat(claimed.progress()).isEqualTo(Progress.RESOLUTION_CLAIMED);
        assertThat(claimed.isOpen()).isTrue();
        assertThat(claimed.isOverdue()).isFalse();
        assertThat(claimed.cycle().verdict()).isEqualTo(Verdict.MET);

        Cycle closed = story.closed(9, Outcome.FIXED).seenAt(10).cycle();
        assertThat(closed.stoppedAt()).isEqualTo(at(4));
        assertThat(closed.closedAt()).isEqualTo(at(9));
        assertThat(closed.verdict()).isEqualTo(Verdict.MET);
    }

    @Test
    void ofTwoClaimsTheFirstStands() {
        assertThat(submitted(0, "A", null)
                        .claimed(1, "A")
                        .claimed(3, "A")
                        .seenAt(4)
                        .cycle()
                        .claimedAt())
                .isEqualTo(at(1));
    }

    @Test
    void workDoesNotWithdrawAClaim() {
        assertThat(submitted(0, "A", null)
                        .claimed(1, "A")
                        .worked(3, "A")
                        .seenAt(4)
                        .progress())
                .isEqualTo(Progress.RESOLUTION_CLAIMED);
    }

    @Test
    void aRejectedClaimLetsTheClockRunAsIfItHadNeverStopped() {
        CaseView view = submitted(0, "A", 5L).claimed(4, "A").rejected(7).seenAt(8);

        assertThat(view.progress()).isEqualTo(Progress.IN_PROGRESS);
        assertThat(view.isOverdue()).isTrue();
        assertThat(view.cycle().overdue()).isEqualTo(new Span(at(5), null));
        assertThat(view.cycle().claimedAt()).isNull();
    }

    @Test
    void rejectingWhatNobodyClaimedHasNoEffect() {
        assertThat(submitted(0, "A", null).rejected(7).seenAt(8).anomalies())
                .containsExactly(Anomaly.REJECTED_WITHOUT_CLAIM);
        assertThat(submitted(0, "A", 10L)
                        .claimed(1, "A")
                        .closed(2, Outcome.FIXED)
                        .rejected(7)
                        .seenAt(8)
                        .cycle()
                        .claimedAt())
                .as("a closed case is not rejected")
                .isEqualTo(at(1));
    }

    @Test
    void closedTwiceIsClosedOnce() {
        CaseView view = submitted(0, "A", null)
                .closed(2, Outcome.FIXED)
                .closed(4, Outcome.INVALID)
                .seenAt(5);

        assertThat(view.cycle().closedAt()).isEqualTo(at(2));
        assertThat(view.cycle().outcome()).isEqualTo(Outcome.FIXED);
        assertThat(view.cycles()).hasSize(1);
        assertThat(view.anomalies()).containsExactly(Anomaly.CLOSED_TWICE);
    }

    @Test
    void workOfAnOfficerAfterTheCloseTakesTheCaseUpAgain() {
        CaseView view = submitted(0, "A", null)
                .closed(2, Outcome.FIXED)
                .worked(3, "A")
                .claimed(4, "A")
                .seenAt(5);

        assertThat(view.progress()).isEqualTo(Progress.RESOLUTION_CLAIMED);
        assertThat(view.cycles()).extracting(Cycle::startedAt).containsExactly(at(0), at(3));
        assertThat(view.firstCycle().closedAt()).isEqualTo(at(2));
        assertThat(view.anomalies()).containsExactly(Anomaly.REOPENED_BY_WORK);
        assertThat(submitted(0, "A", null)
                        .closed(2, Outcome.FIXED)
                        .claimed(2, "A")
                        .worked(2, "A")
                        .seenAt(5)
                        .cycles())
                .as("what a source that keeps minutes writes with the closing led to it")
                .hasSize(1);
    }

    @Test
    void aReopenedCaseStartsACycleWithATargetOfItsOwn() {
        Reference policy = References.of(References.pack(
                "p", Instant.EPOCH, References.JAKARTA, References.within("week", Duration.ofMinutes(10))));
        CaseView view =
                submitted(0, "A", 5L).closed(3, Outcome.FIXED).reopened(20).seenAt(at(31), policy);

        assertThat(view.cycles()).hasSize(2);
        assertThat(view.firstCycle().verdict()).isEqualTo(Verdict.MET);
        assertThat(view.firstCycle().resolution().policy()).isEqualTo("case");
        assertThat(view.cycle().deadline()).isEqualTo(at(30));
        assertThat(view.cycle().resolution().policy()).isEqualTo("week");
        assertThat(view.cycle().verdict()).isEqualTo(Verdict.MISSED_OPEN);
        assertThat(view.progress()).isEqualTo(Progress.OPEN);
        assertThat(view.reopenings()).containsExactly(view.cycle());
    }

    @Test
    void reopeningAnOpenCaseBeginsNoCycleButWithdrawsAClaim() {
        CaseView open = submitted(0, "A", null).reopened(3).seenAt(4);
        assertThat(open.cycles()).hasSize(1);
        assertThat(open.anomalies()).containsExactly(Anomaly.REOPENED_WHILE_OPEN);

        CaseView claimed = submitted(0, "A", 5L).claimed(1, "A").reopened(3).seenAt(8);
        assertThat(claimed.cycles()).hasSize(1);
        assertThat(claimed.isOverdue()).isTrue();
    }

    @Test
    void snapshotsAreDiffedIntoHandoversReopeningsAndCloses() {
        CaseView view = new Story("1")
                .observed(0, Status.OPEN, "A")
                .observed(1, Status.IN_PROGRESS, "A")
                .observed(2, Status.IN_PROGRESS, "B")
                .observed(3, Status.WAITING, null)
                .observed(4, Status.CLOSED, "C")
                .observed(5, Status.CLOSED, "C")
                .observed(6, Status.IN_PROGRESS, "C")
                .observed(7, Status.CLOSED, "A")
                .seenAt(8);

        assertThat(view.handovers())
                .as("the first holder is not a hand-over")
                .containsExactly(
                        new Handover(1, at(2), "A", "B"),
                        new Handover(1, at(4), "B", "C"),
                        new Handover(2, at(7), "C", "A"));
        assertThat(view.reopenings()).hasSize(1);
        assertThat(view.cycles()).extracting(Cycle::closedAt).containsExactly(at(4), at(7));
        assertThat(view.cycles()).extracting(Cycle::outcome).containsOnly(Outcome.UNKNOWN);
        assertThat(view.cycles()).extracting(Cycle::lastHolder).containsExactly("C", "A");
        assertThat(view.anomalies()).containsExactly(Anomaly.NO_SUBMISSION);
    }

    @Test
    void aStopThatAPollSawLiesBetweenItAndThePollBefore() {
        Story polled =
                submitted(0, "A", 10L).polled(4, Status.OPEN).worked(6, "A").polled(8, Status.CLOSED);

        Cycle cycle = polled.seenAt(9).cycle();
        assertThat(cycle.stoppedAt()).isEqualTo(at(8));
        assertThat(cycle.resolution().stoppedAfter())
                .as("what others wrote in between says nothing of the state")
                .isEqualTo(at(4));
        assertThat(polled.polled(12, Status.IN_PROGRESS)
                        .seenAt(13)
                        .cycle()
                        .resolution()
                        .stoppedAfter())
                .isNull();
        assertThat(submitted(0, "A", null)
                        .polled(8, Status.CLOSED)
                        .seenAt(9)
                        .cycle()
                        .resolution()
                        .stoppedAfter())
                .as("no poll before it: since the submission")
                .isEqualTo(at(0));
        assertThat(submitted(0, "A", null)
                        .observed(8, Status.CLOSED, "A")
                        .seenAt(9)
                        .cycle()
                        .resolution()
                        .stoppedAfter())
                .as("the source said when")
                .isNull();
    }

    @Test
    void aCategoryThatTheReferenceDoesNotListIsKeptAndTagged() {
        ReferencePack plain = References.pack("plain", Instant.EPOCH, References.JAKARTA);
        Reference listing = References.of(new ReferencePack(
                "listing",
                Instant.EPOCH,
                plain.city(),
                plain.zone(),
                plain.staleAfter(),
                plain.units(),
                List.of(),
                Map.of(),
                List.of(),
                List.of(),
                List.of(new Category("roads", "Roads", null, null, false)),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                null,
                null));
        Story story = submitted(0, "A", null).and(1, null, new Categorised("Jalan Rusak"));

        CaseView view = CaseFold.fold(story.history(), listing, at(2)).view();
        assertThat(view.category()).isEqualTo("Jalan Rusak");
        assertThat(view.anomalies()).containsExactly(Anomaly.UNLISTED_CATEGORY);
        assertThat(story.seenAt(2).anomalies())
                .as("a reference without categories takes any text for one")
                .isEmpty();
        assertThat(CaseFold.fold(story.and(3, null, new Categorised("roads")).history(), listing, at(4))
                        .view()
                        .anomalies())
                .isEmpty();
    }

    /** Roads are the task of A today, and of B from tomorrow on. */
    private static Reference withTasks() {
        ReferencePack plain = References.pack("plain", Instant.EPOCH, References.JAKARTA);
        LocalDate tomorrow = LocalDate.ofInstant(at(0), References.JAKARTA).plusDays(1);
        return References.of(new ReferencePack(
                "tasks",
                Instant.EPOCH,
                plain.city(),
                plain.zone(),
                plain.staleAfter(),
                plain.units(),
                List.of(),
                Map.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(
                        new Competence("roads", null, "A", new Validity(null, tomorrow)),
                        new Competence("roads", null, "B", new Validity(tomorrow, null))),
                List.of(),
                List.of(),
                null,
                null));
    }

    @Test
    void theCompetentUnitIsThatOfTheDayOfTheSubmission() {
        Reference tasks = withTasks();
        Story story = submitted(0, "kelurahan", null).and(1, null, new Categorised("roads"));

        assertThat(story.seenAt(at(3 * 24 * 60), tasks).competent()).isEqualTo("A");
        assertThat(story.seenAt(2).competent()).as("no line about it").isNull();
    }

    @Test
    void aMessageOfTheReporterEndsAWait() {
        Story waiting = submitted(0, "A", null).and(1, "A", new WaitStarted("CITIZEN_INFO"));

        assertThat(waiting.reply(2, Actor.OFFICER, "A", Visibility.PUBLIC)
                        .seenAt(3)
                        .progress())
                .isEqualTo(Progress.WAITING);
        CaseView answered =
                waiting.reply(4, Actor.CITIZEN, null, Visibility.PUBLIC).seenAt(5);
        assertThat(answered.progress()).isEqualTo(Progress.IN_PROGRESS);
        assertThat(answered.anomalies()).isEmpty();
    }

    @Test
    void anErasureIsNoActivity() {
        Story story = submitted(0, "A", null);
        CaseView before = story.seenAt(9);
        CaseView after = story.and(5, null, new Redacted()).seenAt(9);

        assertThat(after.lastActivityAt()).isEqualTo(before.lastActivityAt());
        assertThat(after.cycles()).isEqualTo(before.cycles());
        assertThat(after.events()).isEqualTo(before.events() + 1);
    }

    @Test
    void anErasureAloneIsNoComplaint() {
        Story mistyped = new Story("1").and(5, null, new Redacted());

        assertThat(CaseFold.fold(mistyped.history(), References.WITHOUT_POLICY, at(9)))
                .isEqualTo(new Folded(null, null, null));
    }

    @Test
    void aPollThatFindsNothingNewIsNoActivityAndChangesNothing() {
        Story story = submitted(0, "A", null)
                .polled(10, Status.OPEN)
                .worked(20, "A")
                .polled(30, Status.OPEN)
                .polled(40, Status.OPEN);
        CaseView view = story.seenAt(50);

        assertThat(view.lastActivityAt()).isEqualTo(at(20));
        assertThat(view.progress()).isEqualTo(Progress.IN_PROGRESS);
        assertThat(story.polled(60, Status.CLOSED)
                        .seenAt(70)
                        .cycle()
                        .resolution()
                        .stoppedAfter())
                .as("it was open when the poll before looked")
                .isEqualTo(at(40));
        assertThat(submitted(0, "A", null)
                        .polled(10, Status.OPEN)
                        .and(20, "A", new Closed(Outcome.FIXED))
                        .polled(30, Status.OPEN)
                        .seenAt(40)
                        .isOpen())
                .as("the source did not open it again")
                .isFalse();
    }

    @Test
    void whatAPollRepeatsDoesNotUndoWhatOthersDid() {
        Story story = submitted(0, "A", null)
                .polled(10, Status.OPEN, "A")
                .claimed(20, "A")
                .polled(30, Status.OPEN, "B");

        assertThat(story.seenAt(40).cycle().claimedAt()).isEqualTo(at(20));
        assertThat(story.seenAt(40).holder()).as("that has changed").isEqualTo("B");
        Cycle second = submitted(0, "A", null)
                .polled(10, Status.CLOSED)
                .and(20, null, new Reopened())
                .polled(30, Status.OPEN)
                .polled(40, Status.CLOSED)
                .seenAt(50)
                .cycle();
        assertThat(second.resolution().stoppedAfter()).isEqualTo(at(30));
        assertThat(submitted(0, "A", null)
                        .polled(10, Status.OPEN)
                        .and(15, null, new Closed(Outcome.FIXED))
                        .and(20, null, new Reopened())
                        .polled(30, Status.CLOSED)
                        .seenAt(50)
                        .cycle()
                        .resolution()
                        .stoppedAfter())
                .as("never before the cycle")
                .isEqualTo(at(20));
    }

    @Test
    void aStateThatIsRepeatedDoesNotUndoACorrection() {
        CaseView view = submitted(0, "A", null)
                .and(1, null, new JurisdictionResolved("kelurahan", Placing.DECLARED))
                .and(1, null, new SnapshotObserved(null, null, null, "parks", null, null))
                .and(2, null, new LocationCorrected("north"))
                .and(2, null, new Categorised("roads"))
                .and(3, null, new JurisdictionResolved("kelurahan", Placing.DECLARED))
                .and(3, null, new SnapshotObserved(null, null, null, "parks", null, null))
                .seenAt(4);

        assertThat(view.territory()).isEqualTo("north");
        assertThat(view.category()).isEqualTo("roads");
    }

    @Test
    void aStateNeverRewritesHowTheCaseWasSaidToEnd() {
        CaseView said = submitted(0, "A", null)
                .and(1, "A", new Closed(Outcome.UNABLE))
                .and(5, null, new SnapshotObserved(Status.CLOSED, Outcome.FIXED, null, null, null, null))
                .seenAt(8);
        CaseView known = submitted(0, "A", null)
                .and(1, null, new SnapshotObserved(Status.CLOSED, Outcome.FIXED, null, null, null, null))
                .and(5, null, new SnapshotObserved(Status.CLOSED, Outcome.UNKNOWN, null, null, null, null))
                .seenAt(8);

        assertThat(said.cycle().outcome()).isEqualTo(Outcome.UNABLE);
        assertThat(known.cycle().outcome()).isEqualTo(Outcome.FIXED);
    }

    @Test
    void workByAUnitTakesACaseFromTheIntakeDesk() {
        CaseView view = submitted(0, null, null).worked(5, "A").seenAt(9);

        assertThat(view.holder()).isEqualTo("A");
        assertThat(view.charged()).isEqualTo("A");
        assertThat(view.visits().get(0).ended()).isEqualTo(End.ASSIGNED);
        assertThat(view.handovers()).isEmpty();
        assertThat(view.progress()).isEqualTo(Progress.IN_PROGRESS);
        assertThat(submitted(0, null, null)
                        .offered(3, "desk", "B")
                        .worked(5, "A")
                        .seenAt(9)
                        .holder())
                .as("while it is offered to another it waits for that one")
                .isEqualTo(CaseFold.INTAKE_DESK + Story.CHANNEL);
    }

    @Test
    void nobodyIsChargedBehindAnOfferToAUnitThatDoesNotExist() {
        Reference tasks = withTasks();
        Story story = submitted(0, "kelurahan", 10L).offered(5, "kelurahan", "unknown");

        assertThat(story.seenAt(at(20), tasks).cycle().charged()).isEqualTo("kelurahan");
        assertThat(story.seenAt(at(20), tasks).offeredTo()).isEqualTo("unknown");
        assertThat(story.declined(6, "unknown")
                        .offered(7, "kelurahan", "A")
                        .seenAt(at(20), tasks)
                        .cycle()
                        .charged())
                .isEqualTo("A");
        assertThat(submitted(0, "kelurahan", 10L)
                        .offered(5, "kelurahan", "unknown")
                        .accepted(6, "unknown")
                        .seenAt(at(20), tasks)
                        .cycle()
                        .charged())
                .as("who took it has it")
                .isEqualTo("unknown");
        assertThat(submitted(0, "kelurahan", 10L)
                        .offered(5, "kelurahan", "unknown")
                        .seenAt(20)
                        .cycle()
                        .charged())
                .as("without a table of tasks every receiver is taken to be one")
                .isEqualTo("unknown");
    }

    @Test
    void anUnknownHolderInASnapshotCountsAsAHandover() {
        CaseView view = new Story("1")
                .observed(0, Status.OPEN, "UNKNOWN")
                .observed(1, Status.OPEN, "A")
                .observed(2, Status.OPEN, "UNKNOWN")
                .seenAt(8);

        assertThat(view.handovers())
                .containsExactly(new Handover(1, at(1), "UNKNOWN", "A"), new Handover(1, at(2), "A", "UNKNOWN"));
    }

    @Test
    void aSnapshotWithoutAComponentSaysNothingAboutIt() {
        CaseView view =
                submitted(0, "A", 50L).claimed(1, "A").observed(2, null, null).seenAt(3);

        assertThat(view.progress()).isEqualTo(Progress.RESOLUTION_CLAIMED);
        assertThat(view.holder()).isEqualTo("A");
        assertThat(view.category()).isEqualTo("roads");
        assertThat(view.cycle().deadline()).isEqualTo(at(50));
    }

    @Test
    void aSnapshotInWorkWithdrawsAClaim() {
        CaseView view = submitted(0, "A", 5L)
                .observed(1, Status.RESOLUTION_CLAIMED, null)
                .observed(7, Status.IN_PROGRESS, null)
                .seenAt(8);

        assertThat(view.isOverdue()).isTrue();
        assertThat(view.reopenings()).isEmpty();
    }

    @Test
    void aSnapshotMovesTheDeadlineOfTheCycleThatItIsIn() {
        Story story = submitted(0, "A", 5L).observed(2, Status.OPEN, null, 9L);

        assertThat(story.seenAt(8).cycle().deadline()).isEqualTo(at(9));
        assertThat(story.seenAt(8).cycle().verdict()).isEqualTo(Verdict.RUNNING);

        CaseView later = story.observed(10, Status.CLOSED, null, 9L)
                .observed(11, Status.CLOSED, null, 60L)
                .observed(20, Status.OPEN, null, 9L)
                .observed(21, Status.OPEN, null, 40L)
                .seenAt(50);
        assertThat(later.firstCycle().deadline())
                .as("a closed cycle stays judged")
                .isEqualTo(at(9));
        assertThat(later.firstCycle().verdict()).isEqualTo(Verdict.MISSED_LATE);
        assertThat(later.cycle().deadline()).isEqualTo(at(40));
        assertThat(later.cycle().verdict()).isEqualTo(Verdict.MISSED_OPEN);
    }

    @Test
    void aDeadlineThatIsOnlyRepeatedIsNotOneOfTheNewCycle() {
        CaseView view = submitted(0, "A", 5L)
                .observed(3, Status.CLOSED, null, 5L)
                .observed(20, Status.OPEN, null, 5L)
                .seenAt(50);

        assertThat(view.cycles()).extracting(Cycle::verdict).containsExactly(Verdict.MET, Verdict.NOT_APPLICABLE);
    }

    @Test
    void aSnapshotMayBringCategoryPlaceAndOutcome() {
        CaseView view = new Story("1")
                .and(0, null, new SnapshotObserved(Status.OPEN, null, null, "parks", "north", null))
                .and(1, null, new SnapshotObserved(Status.CLOSED, Outcome.ANSWERED, null, null, null, null))
                .seenAt(8);

        assertThat(view.category()).isEqualTo("parks");
        assertThat(view.territory()).isEqualTo("north");
        assertThat(view.cycle().outcome()).isEqualTo(Outcome.ANSWERED);
    }

    @Test
    void aSnapshotMayTellAfterTheClosingHowItEnded() {
        CaseView view = submitted(0, "A", null)
                .observed(1, Status.CLOSED, null)
                .and(5, null, new SnapshotObserved(Status.CLOSED, Outcome.FIXED, null, null, null, null))
                .seenAt(8);

        assertThat(view.cycle().outcome()).isEqualTo(Outcome.FIXED);
        assertThat(view.cycle().closedAt()).isEqualTo(at(1));
        assertThat(view.reopenings()).isEmpty();
    }

    @Test
    void workOfTwoUnitsInOneMinuteIsOfBothOfThem() {
        CaseView view = submitted(0, "A", null)
                .offered(1, "A", "B")
                .worked(5, "A")
                .worked(5, "B")
                .seenAt(8);

        assertThat(view.holder()).as("the receiver has taken it by its work").isEqualTo("B");
    }

    @Test
    void aStopAtTheDeadlineIsMet() {
        assertThat(verdict(submitted(0, "A", 5L).closed(5, Outcome.FIXED), at(6)))
                .isEqualTo(Verdict.MET);
        assertThat(verdict(
                        submitted(0, "A", 5L)
                                .and(
                                        at(5).plusMillis(1),
                                        Actor.OFFICER,
                                        null,
                                        Visibility.PUBLIC,
                                        new Closed(Outcome.FIXED)),
                        at(6)))
                .isEqualTo(Verdict.MISSED_LATE);
    }

    @Test
    void aTargetIsMissedOnlyWhenTheAsOfIsPastTheDeadline() {
        assertThat(verdict(submitted(0, "A", 5L), at(5))).isEqualTo(Verdict.RUNNING);
        assertThat(verdict(submitted(0, "A", 5L), at(5).plusMillis(1))).isEqualTo(Verdict.MISSED_OPEN);
        assertThat(submitted(0, "A", 5L)
                        .folded(at(5), References.WITHOUT_POLICY)
                        .nextChangeAt())
                .isEqualTo(at(5).plusMillis(1));
    }

    @Test
    void aCaseMayBeBornOverdue() {
        CaseView view = submitted(10, "A", 4L).offered(12, "A", "B").seenAt(20);

        assertThat(view.cycle().verdict()).isEqualTo(Verdict.MISSED_OPEN);
        assertThat(view.cycle().overdue()).isEqualTo(new Span(at(10), null));
        assertThat(view.cycle().charged()).isEqualTo("A");
        assertThat(view.anomalies()).containsExactly(Anomaly.BORN_OVERDUE);
    }

    @Test
    void theCreditGoesToWhoeverIsChargedAtTheStopWhateverFollowsInTheSameMinute() {
        CaseView view = submitted(0, "A", 9L)
                .claimed(5, "A")
                .assigned(5, "validators")
                .closed(5, Outcome.FIXED)
                .seenAt(20);

        assertThat(view.cycle().verdict()).isEqualTo(Verdict.MET);
        assertThat(view.cycle().charged()).isEqualTo("A");
        assertThat(view.cycle().lastHolder()).isEqualTo("validators");
    }

    @Test
    void afterARejectedClaimTheCreditFollowsTheNewStop() {
        CaseView view = submitted(0, "A", 9L)
                .claimed(2, "A")
                .rejected(3)
                .assigned(4, "B")
                .closed(5, Outcome.FIXED)
                .seenAt(20);

        assertThat(view.cycle().charged()).isEqualTo("B");
    }

    @Test
    void theBreachIsChargedAtTheFirstInstantAfterTheDeadline() {
        assertThat(submitted(0, "A", 5L).assigned(5, "B").seenAt(20).cycle().charged())
                .isEqualTo("B");
        assertThat(submitted(0, "A", 5L).assigned(6, "B").seenAt(20).cycle().charged())
                .isEqualTo("A");
    }

    @Test
    void theDeadlineOfTheCaseWinsOverThePolicy() {
        Reference policy = References.of(References.pack(
                "p", Instant.EPOCH, References.JAKARTA, References.within("hour", Duration.ofHours(1))));

        assertThat(submitted(0, "A", 5L)
                        .seenAt(at(1), policy)
                        .cycle()
                        .resolution()
                        .policy())
                .isEqualTo("case");
        Cycle byPolicy = submitted(0, "A", null).seenAt(at(1), policy).cycle();
        assertThat(byPolicy.resolution().policy()).isEqualTo("hour");
        assertThat(byPolicy.deadline()).isEqualTo(at(60));
    }

    @Test
    void aPolicyCoversTheCyclesThatStartInItsValidity() {
        Reference policy = References.of(References.pack(
                "p",
                Instant.EPOCH,
                References.JAKARTA,
                new ResolutionTarget("valid", null, null, Duration.ofHours(1), at(10), at(20))));

        assertThat(submitted(9, "A", null).seenAt(at(100), policy).cycle().verdict())
                .isEqualTo(Verdict.NOT_APPLICABLE);
        assertThat(submitted(10, "A", null)
                        .seenAt(at(100), policy)
                        .cycle()
                        .resolution()
                        .policy())
                .isEqualTo("valid");
        assertThat(submitted(20, "A", null)
                        .seenAt(at(100), policy)
                        .cycle()
                        .resolution()
                        .policy())
                .isNull();
    }

    @Test
    void aPolicyThatBecomesKnownLaterDoesNotJudgeWhatStartedBefore() {
        Reference policies = References.of(
                References.pack("first", Instant.EPOCH, References.JAKARTA),
                References.pack("second", at(10), References.JAKARTA, References.within("hour", Duration.ofHours(1))));

        Story story = submitted(5, "A", null).closed(8, Outcome.FIXED).reopened(30);
        CaseView view = story.seenAt(at(40), policies);
        assertThat(view.cycles())
                .extracting(cycle -> cycle.resolution().policy())
                .containsExactly(null, "hour");
        assertThat(view.referencePack()).isEqualTo("second");
        assertThat(story.seenAt(at(10).minusMillis(1), policies).referencePack())
                .isEqualTo("first");
    }

    @Test
    void aPackThatBecomesKnownLaterIsTheNextChange() {
        Reference policies = References.of(
                References.pack("first", Instant.EPOCH, References.JAKARTA),
                References.pack("second", at(10), References.JAKARTA));

        assertThat(submitted(5, "A", null).folded(at(7), policies).nextChangeAt())
                .isEqualTo(at(10));
    }

    @Test
    void aCaseIsStaleOnlyAfterTheConfiguredTime() {
        long twoDays = References.STALE_AFTER.toMinutes();
        Story story = submitted(0, "A", null).worked(10, "A");
        Instant edge = at(10 + twoDays);

        assertThat(story.seenAt(edge, References.WITHOUT_POLICY).isStale()).isFalse();
        assertThat(story.folded(edge, References.WITHOUT_POLICY).nextChangeAt()).isEqualTo(edge.plusMillis(1));
        CaseView stale = story.seenAt(edge.plusMillis(1), References.WITHOUT_POLICY);
        assertThat(stale.isStale()).isTrue();
        assertThat(stale.stale()).containsExactly(new Span(edge, null));
        assertThat(story.folded(edge.plusMillis(1), References.WITHOUT_POLICY).nextChangeAt())
                .isNull();
    }

    @Test
    void anyEventEndsTheSilence() {
        CaseView view = submitted(0, "A", null)
                .worked(2880, "A")
                .worked(6000, "A")
                .closed(9000, Outcome.FIXED)
                .seenAt(LATE);

        assertThat(view.stale())
                .as("silence of exactly the configured time is none; a closed case is not silent")
                .containsExactly(new Span(at(5760), at(6000)), new Span(at(8880), at(9000)));
        assertThat(view.isStale()).isFalse();
    }

    @Test
    void aReopenedCaseIsSilentOnlyFromTheReopeningOn() {
        CaseView view = submitted(0, "A", null)
                .closed(10, Outcome.FIXED)
                .reopened(20_000)
                .seenAt(LATE);

        assertThat(view.stale()).containsExactly(new Span(at(22_880), null));
    }

    @Test
    void anomaliesComeInOneOrder() {
        CaseView view = submitted(10, "A", 4L)
                .closed(11, Outcome.FIXED)
                .closed(12, Outcome.FIXED)
                .worked(11, "A")
                .assigned(14, "B")
                .seenAt(20);

        assertThat(view.anomalies())
                .containsExactly(
                        Anomaly.CLOSED_TWICE,
                        Anomaly.WORK_AFTER_CLOSE,
                        Anomaly.CUSTODY_AFTER_CLOSE,
                        Anomaly.BORN_OVERDUE);
    }

    private static Verdict verdict(Story story, Instant asOf) {
        return story.seenAt(asOf, References.WITHOUT_POLICY).cycle().verdict();
    }
}
