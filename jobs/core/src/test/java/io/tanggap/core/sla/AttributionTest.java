package io.tanggap.core.sla;

import static io.tanggap.core.Clocks.clock;
import static io.tanggap.core.Clocks.says;
import static io.tanggap.core.Story.jakarta;
import static io.tanggap.core.Story.told;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.tanggap.core.Clocks;
import io.tanggap.core.PackDraft;
import io.tanggap.core.Story;
import io.tanggap.core.lifecycle.CaseView;
import io.tanggap.core.lifecycle.Offer;
import io.tanggap.core.measure.Contributions;
import io.tanggap.core.measure.Count;
import io.tanggap.core.measure.Role;
import io.tanggap.core.measure.Rule;
import io.tanggap.core.reference.Attribution;
import io.tanggap.core.reference.Policy.Target;
import io.tanggap.core.reference.Reference;
import io.tanggap.core.reference.ReferencePack.Kind;
import io.tanggap.core.reference.WorkingTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Every sentence on attribution as a test. Roads are the task of the dinas and of nobody else; a case is submitted on
 * 2024-07-01, a Monday, at 09:00 into the hands of the lurah, and has ten hours of calendar time: it is due at 19:00.
 */
class AttributionTest {
    private static final String LURAH = "2024-07-01 09:00 citizen submits lurah";
    private static final String DESK = "2024-07-01 09:00 citizen submits";
    private static final String LATER = "2024-07-05 00:00";

    /** Roads are the dinas's task until 2024-07-02, and the lurah's own from then on. */
    private static PackDraft untilTheSecond() {
        return new PackDraft("p")
                .competence("roads", null, "dinas", null, "2024-07-02")
                .competence("roads", null, "lurah", "2024-07-02", null);
    }

    private static PackDraft tasks() {
        return new PackDraft("p").competence("roads", null, "dinas").competence("trees", null, "taman");
    }

    private static Reference tenHours() {
        return tasks().policy(Target.RESOLUTION, "10h", null).reference();
    }

    private static String charged(Reference reference, String... lines) {
        return told(lines).seenAt(LATER, reference).cycle().charged();
    }

    // CRM

    @Test
    void aCompetentReceiverIsChargedFromTheOffer() {
        CaseView view = told(LURAH, "12:00 lurah offers dinas").seenAt(LATER, tenHours());

        assertThat(view.cycle().charged()).isEqualTo("dinas");
        assertThat(view.holder()).as("whether or not it picks the case up").isEqualTo("lurah");
        assertThat(charged(tenHours(), LURAH, "19:00 lurah offers dinas"))
                .as("at the deadline: before the first instant after it")
                .isEqualTo("dinas");
        assertThat(charged(tenHours(), LURAH, "19:00:00.002 lurah offers dinas"))
                .as("after the miss")
                .isEqualTo("lurah");
    }

    @Test
    void creditGoesWhereTheChargeWouldHaveGone() {
        assertThat(charged(tenHours(), LURAH, "12:00 lurah offers dinas", "13:00 dinas accepts", "14:00 dinas claims"))
                .isEqualTo("dinas");
        assertThat(charged(tenHours(), LURAH, "12:00 lurah offers dinas", "14:00 officer closes FIXED"))
                .isEqualTo("dinas");
        assertThat(charged(tenHours(), LURAH, "11:00 lurah claims", "12:00 lurah offers dinas"))
                .as("who had earned it before")
                .isEqualTo("lurah");
    }

    @Test
    void aReceiverThatIsNotCompetentIsChargedOnlyAfterItsOwnAcceptance() {
        for (String receiver : List.of("kecamatan", "nobody-knows")) {
            assertThat(charged(tenHours(), LURAH, "12:00 lurah offers " + receiver))
                    .isEqualTo("lurah");
            assertThat(charged(tenHours(), LURAH, "12:00 lurah offers " + receiver, "18:00 " + receiver + " accepts"))
                    .isEqualTo(receiver);
            assertThat(charged(tenHours(), LURAH, "12:00 lurah offers " + receiver, "20:00 " + receiver + " accepts"))
                    .as("from the acceptance, not from the offer on")
                    .isEqualTo("lurah");
        }
    }

    @Test
    void anAcceptanceThatIsOnlyInferredMovesCustodyAndNeverTheCharge() {
        for (String taking : List.of(
                "13:00 kecamatan works",
                "13:00 kecamatan replies",
                "13:00 officer assigns kecamatan",
                "13:00 source shows OPEN kecamatan")) {
            CaseView view = told(LURAH, "12:00 lurah offers kecamatan", taking).seenAt(LATER, tenHours());
            assertThat(view.holder()).as(taking).isEqualTo("kecamatan");
            assertThat(view.cycle().charged()).as(taking).isEqualTo("lurah");
            assertThat(view.offers()).as(taking).extracting(Offer::decision).containsExactly(Offer.Decision.TAKEN);
        }
        assertThat(charged(tenHours(), LURAH, "12:00 lurah offers dinas", "13:00 dinas works"))
                .as("a competent one is charged since the offer anyway")
                .isEqualTo("dinas");
    }

    @Test
    void aTimeoutReturnsCustodyAndLeavesTheChargeWithTheCompetentReceiver() {
        Reference reference = tasks().policy(Target.RESOLUTION, "10h", null)
                .offersLapseAfter("2h")
                .reference();
        Story story = told(LURAH, "12:00 lurah offers dinas");

        assertThat(story.seenAt("2024-07-01 14:00", reference).offeredTo()).isEqualTo("dinas");
        assertThat(story.folded(jakarta("2024-07-01 13:00"), reference).nextChangeAt())
                .as("half of the ten hours is used then, and the offer ends then")
                .isEqualTo(jakarta("2024-07-01 14:00:00.001"));
        CaseView lapsed = story.seenAt("2024-07-01 14:00:00.001", reference);
        assertThat(lapsed.offeredTo()).isNull();
        assertThat(lapsed.holder()).isEqualTo("lurah");
        assertThat(lapsed.offers())
                .extracting(Offer::decision, Offer::decidedAt)
                .containsExactly(tuple(Offer.Decision.LAPSED, jakarta("2024-07-01 14:00")));
        assertThat(story.seenAt(LATER, reference).cycle().charged()).isEqualTo("dinas");
        assertThat(charged(reference, LURAH, "12:00 lurah offers kecamatan"))
                .as("who was never charged is not charged by falling silent")
                .isEqualTo("lurah");
    }

    @Test
    void aDeclineWithoutReasonReturnsCustodyAndLeavesTheChargeWithTheCompetentReceiver() {
        CaseView view =
                told(LURAH, "12:00 lurah offers dinas", "13:00 dinas declines").seenAt(LATER, tenHours());

        assertThat(view.offeredTo()).isNull();
        assertThat(view.holder()).isEqualTo("lurah");
        assertThat(view.cycle().charged()).isEqualTo("dinas");
        assertThat(charged(tenHours(), LURAH, "12:00 lurah offers kecamatan", "13:00 kecamatan declines"))
                .as("of a unit that is not competent it is no refusal")
                .isEqualTo("lurah");
    }

    @Test
    void whoRefusedIsChargedUntilTheGiverWorksTheCase() {
        String[] refused = {LURAH, "12:00 lurah offers dinas", "13:00 dinas declines"};
        for (String work :
                List.of("lurah works", "lurah replies", "lurah waits VENDOR", "lurah claims", "lurah closes FIXED")) {
            assertThat(charged(tenHours(), and(refused, "15:00 " + work)))
                    .as(work)
                    .isEqualTo("lurah");
        }
        assertThat(charged(tenHours(), and(refused, "14:00 lurah delegates seksi", "15:00 seksi works")))
                .as("or somebody of its house")
                .isEqualTo("seksi");
        for (String other : List.of(
                "lurah notes", "citizen replies", "kecamatan works", "lurah escalates walikota", "system replies")) {
            assertThat(charged(tenHours(), and(refused, "15:00 " + other)))
                    .as(other)
                    .isEqualTo("dinas");
        }
        assertThat(charged(tenHours(), and(refused, "19:30 lurah works")))
                .as("work after the miss")
                .isEqualTo("dinas");
    }

    @Test
    void whoRefusedIsChargedUntilTheGiverOffersTheCaseOn() {
        String[] refused = {LURAH, "12:00 lurah offers dinas", "13:00 dinas declines"};

        assertThat(charged(tenHours(), and(refused, "15:00 lurah offers kecamatan")))
                .as("to one that is not competent: the giver's again")
                .isEqualTo("lurah");
        assertThat(charged(tenHours(), and(refused, "15:00 lurah offers dinas")))
                .as("to the same one again")
                .isEqualTo("dinas");
        assertThat(charged(tenHours(), and(refused, "15:00 lurah offers dinas", "16:00 lurah recalls")))
                .as("and taken back: the giver's, for it has gone on with the case")
                .isEqualTo("lurah");
        assertThat(charged(tenHours(), and(refused, "14:00 officer assigns camat", "15:00 camat offers kecamatan")))
                .as("not by one who is not competent and never said that it takes the case")
                .isEqualTo("dinas");
        assertThat(charged(
                        tenHours(),
                        and(
                                refused,
                                "14:00 officer assigns camat",
                                "15:00 camat offers kecamatan",
                                "16:00 kecamatan declines",
                                "17:00 camat works")))
                .as("whatever that one does with it")
                .isEqualTo("dinas");
    }

    @Test
    void whoRefusedIsChargedUntilTheTableOfTasksSaysOtherwise() {
        Reference reference =
                untilTheSecond().policy(Target.RESOLUTION, "20h", null).reference();
        Story story = told(LURAH, "12:00 lurah offers dinas", "13:00 dinas declines");

        assertThat(story.seenAt("2024-07-02 00:00", reference).charged()).isEqualTo("dinas");
        assertThat(story.folded(jakarta("2024-07-01 23:59"), reference).nextChangeAt())
                .isEqualTo(jakarta("2024-07-02 00:00:00.001"));
        assertThat(story.seenAt("2024-07-02 00:00:00.001", reference).charged()).isEqualTo("lurah");
        assertThat(story.seenAt(LATER, reference).cycle().charged())
                .as("missed at 05:00")
                .isEqualTo("lurah");
        assertThat(charged(
                        reference,
                        LURAH,
                        "12:00 lurah offers dinas",
                        "13:00 dinas declines",
                        "2024-07-02 04:00 kecamatan closes FIXED"))
                .as("the credit too, of a stop that nobody else prepared")
                .isEqualTo("lurah");
    }

    @Test
    void aDeclineForGoodReasonChargesTheGiverAndNotForWhatTheReceiverMissedBefore() {
        Reference reference =
                untilTheSecond().policy(Target.RESOLUTION, "10h", null).reference();
        Story story = told(LURAH, "18:00 lurah offers dinas");

        assertThat(story.seenAt("2024-07-01 23:00", reference).cycle().charged())
                .isEqualTo("dinas");
        CaseView declined = story.further("2024-07-02 08:00 dinas declines").seenAt(LATER, reference);
        assertThat(says(declined, Target.RESOLUTION)).isEqualTo("MISSED_OPEN due 2024-07-01 19:00");
        assertThat(declined.cycle().charged())
                .as("the task was the dinas's when the deadline passed")
                .isEqualTo("dinas");
        assertThat(declined.charged()).as("and is no more").isEqualTo("lurah");
        assertThat(charged(
                        tenHours(),
                        LURAH,
                        "12:00 lurah offers dinas",
                        "13:00 dinas declines",
                        "2024-07-03 09:00 officer categorises trees"))
                .as("what was a tree all along never was the dinas's")
                .isEqualTo("lurah");
    }

    @Test
    void anOfferThatIsTakenBackNeverMovedTheCharge() {
        assertThat(charged(tenHours(), LURAH, "12:00 lurah offers dinas", "2024-07-02 12:00 lurah recalls"))
                .isEqualTo("lurah");
        assertThat(charged(tenHours(), LURAH, "12:00 lurah offers dinas", "2024-07-02 12:00 lurah offers kecamatan"))
                .as("nor one that another took the place of")
                .isEqualTo("lurah");
    }

    @Test
    void untilSomebodyHoldsTheCaseItsDeskIsCharged() {
        assertThat(charged(tenHours(), DESK)).isEqualTo("intake.qlue");
        assertThat(charged(tenHours(), DESK, "12:00 officer assigns kecamatan"))
                .as("the first holder answers, whoever it is")
                .isEqualTo("kecamatan");
        assertThat(charged(tenHours(), DESK, "20:00 officer assigns kecamatan")).isEqualTo("intake.qlue");
    }

    @Test
    void aMergeThatIsUndoneLeavesTheOfferAsItWas() {
        Story merged = told(LURAH, "12:00 lurah offers dinas", "13:00 officer merges qlue:7", "14:00 officer unmerges");

        assertThat(merged.seenAt("2024-07-01 15:00", tenHours()).offeredTo()).isEqualTo("dinas");
        assertThat(merged.seenAt(LATER, tenHours()).cycle().charged()).isEqualTo("dinas");
        assertThat(merged.further("2024-07-01 16:00 lurah recalls")
                        .seenAt(LATER, tenHours())
                        .cycle()
                        .charged())
                .isEqualTo("lurah");
    }

    @Test
    void whoTakesOverForAUnitAnswersForWhatItDid() {
        assertThat(charged(tenHours(), LURAH, "12:00 officer reorganises lurah utara"))
                .isEqualTo("utara");
        assertThat(charged(tenHours(), LURAH, "12:00 lurah offers dinas", "13:00 officer reorganises dinas baru"))
                .isEqualTo("baru");
        assertThat(charged(
                        tenHours(),
                        LURAH,
                        "12:00 lurah offers dinas",
                        "13:00 officer reorganises lurah utara",
                        "14:00 utara recalls"))
                .as("what the giver gets back is its successor's")
                .isEqualTo("utara");
        assertThat(charged(
                        untilTheSecond().policy(Target.RESOLUTION, "20h", null).reference(),
                        LURAH,
                        "12:00 lurah offers dinas",
                        "13:00 dinas declines",
                        "14:00 officer reorganises lurah utara"))
                .as("and what the table of tasks gives back")
                .isEqualTo("utara");
        assertThat(charged(
                        untilTheSecond().policy(Target.RESOLUTION, "10h", null).reference(),
                        LURAH,
                        "12:00 lurah offers dinas",
                        "13:00 dinas declines",
                        "14:00 officer reorganises dinas baru"))
                .as("who refused, too")
                .isEqualTo("baru");
        CaseView united = told(LURAH, "12:00 lurah offers dinas", "13:00 officer reorganises lurah dinas")
                .seenAt(LATER, tenHours());
        assertThat(united.holder()).isEqualTo("dinas");
        assertThat(united.offeredTo()).as("nobody offers to itself").isNull();
        assertThat(united.cycle().charged()).isEqualTo("dinas");
        CaseView back = told(LURAH, "12:00 lurah offers dinas", "13:00 officer reorganises dinas lurah")
                .seenAt(LATER, tenHours());
        assertThat(back.holder()).isEqualTo("lurah");
        assertThat(back.offeredTo()).isNull();
        assertThat(back.offers()).hasSize(1);
        assertThat(back.cycle().charged()).isEqualTo("lurah");
    }

    // INHERITED

    @Test
    void whoReceivesACaseWithAtMostAQuarterOfTheTimeLeftInheritsIt() {
        CaseView atThreeQuarters =
                told(LURAH, "16:30 lurah offers dinas", "17:00 dinas accepts").seenAt(LATER, tenHours());
        CaseView justBefore = told(LURAH, "16:29:59.999 lurah offers dinas", "17:00 dinas accepts")
                .seenAt(LATER, tenHours());

        assertThat(atThreeQuarters.cycle().charged()).isEqualTo("dinas");
        assertThat(atThreeQuarters.cycle().accountable().inherited()).isTrue();
        assertThat(justBefore.cycle().accountable().inherited())
                .as("received when it was offered")
                .isFalse();
        assertThat(told(LURAH, "16:00 lurah offers kecamatan", "17:00 kecamatan accepts")
                        .seenAt(LATER, tenHours())
                        .cycle()
                        .accountable()
                        .inherited())
                .as("received when it was accepted")
                .isTrue();
        assertThat(told(DESK, "17:00 officer assigns dinas")
                        .seenAt(LATER, tenHours())
                        .cycle()
                        .accountable()
                        .inherited())
                .as("from a slow desk as well")
                .isTrue();
    }

    @Test
    void timeThatAClockStoodStillIsNotUsed() {
        Reference reference = tasks().policy(Target.RESOLUTION, "10h", null)
                .pause("VENDOR", "30d")
                .reference();

        assertThat(told(LURAH, "10:00 lurah waits VENDOR", "17:00 lurah resumes", "18:00 lurah offers dinas")
                        .seenAt(LATER, reference)
                        .cycle()
                        .accountable()
                        .inherited())
                .as("two of ten hours")
                .isFalse();
    }

    @Test
    void whoHadTheCaseBeforeDoesNotInheritIt() {
        CaseView view = told(
                        "2024-07-01 09:00 citizen submits dinas",
                        "11:00 dinas offers lurah",
                        "12:00 lurah accepts",
                        "18:00 lurah offers dinas")
                .seenAt(LATER, tenHours());

        assertThat(view.cycle().charged()).isEqualTo("dinas");
        assertThat(view.cycle().accountable().inherited()).isFalse();
    }

    @Test
    void aMissThatWasInheritedIsBookedApart() {
        CaseView view = told(LURAH, "17:00 lurah offers dinas").seenAt(LATER, tenHours());

        assertThat(counted(view, Role.HOLDER, "dinas", Count.DUE_INHERITED)).isEqualTo(1);
        assertThat(counted(view, Role.HOLDER, "dinas", Count.DUE_MISSED_OPEN)).isZero();
        assertThat(counted(view, Role.HOLDER, "lurah", Count.DUE_MISSED_OPEN)).isZero();
        assertThat(counted(view, Role.TERRITORY, "kelurahan", Count.DUE_MISSED_OPEN))
                .as("to the place of the problem it is a miss")
                .isEqualTo(1);
        CaseView kept =
                told(LURAH, "17:00 lurah offers dinas", "18:00 dinas claims").seenAt(LATER, tenHours());
        assertThat(counted(kept, Role.HOLDER, "dinas", Count.DUE_MET))
                .as("what was kept all the same is a success")
                .isEqualTo(1);
    }

    private static long counted(CaseView view, Role role, String unit, Count count) {
        return Contributions.of(view).entrySet().stream()
                .filter(part -> part.getKey().role() == role
                        && part.getKey().rule() != Rule.ORIGIN
                        && part.getKey().unit().equals(unit))
                .mapToLong(part -> part.getValue().sum(count))
                .sum();
    }

    @Test
    void whoHandsOnAfterItsOwnDeadlineForDecidingPaysForTheMiss() {
        Reference reference = tasks().policy(Target.RESOLUTION, "10h", null)
                .policy(Target.HANDOVER, "6h", null)
                .policy(Target.TRIAGE, "6h", null)
                .reference();
        CaseView slow = told(LURAH, "17:00 lurah offers dinas").seenAt(LATER, reference);
        CaseView slowDesk = told(DESK, "17:00 officer assigns dinas").seenAt(LATER, reference);
        CaseView busy =
                told(LURAH, "10:00 lurah works", "17:00 lurah offers dinas").seenAt(LATER, reference);
        CaseView early = told(LURAH, "15:30 lurah offers dinas").seenAt(LATER, reference);

        assertThat(says(slow, Target.HANDOVER)).isEqualTo("MISSED_LATE due 2024-07-01 15:00");
        assertThat(slow.cycle().charged()).isEqualTo("lurah");
        assertThat(slow.cycle().accountable().inherited()).isFalse();
        assertThat(says(slowDesk, Target.TRIAGE)).isEqualTo("MISSED_LATE due 2024-07-01 15:00");
        assertThat(slowDesk.cycle().charged()).isEqualTo("intake.qlue");
        assertThat(says(busy, Target.HANDOVER)).isEqualTo("MET due 2024-07-01 15:00");
        assertThat(busy.cycle().charged())
                .as("one touch in time frees nobody who hands on after it")
                .isEqualTo("lurah");
        assertThat(busy.cycle().accountable().inherited()).isFalse();
        assertThat(early.cycle().charged())
                .as("too late, but with more than a quarter of the time left")
                .isEqualTo("dinas");
        assertThat(told(LURAH, "17:00 lurah offers dinas", "18:00 dinas claims")
                        .seenAt(LATER, reference)
                        .cycle()
                        .charged())
                .as("a success is nobody's breach")
                .isEqualTo("dinas");
    }

    // HANDED_ON

    @Test
    void handingOnIsNoSuccessAndWhatWasMissedStaysMissed() {
        Reference reference = tasks().policy(Target.DWELL, "4h", null).reference();

        assertThat(Clocks.of(
                        told(LURAH, "12:00 lurah offers dinas", "12:00 dinas accepts", "13:00 dinas claims")
                                .seenAt(LATER, reference),
                        Target.DWELL))
                .extracting(clock -> clock.charged() + " " + clock.verdict())
                .containsExactly("lurah HANDED_ON", "dinas MET");
        assertThat(Clocks.of(
                        told(LURAH, "14:00 lurah offers dinas", "14:00 dinas accepts", "15:00 dinas claims")
                                .seenAt(LATER, reference),
                        Target.DWELL))
                .extracting(clock -> clock.charged() + " " + clock.verdict())
                .containsExactly("lurah MISSED_LATE", "dinas MET");
    }

    @Test
    void aReturnGoesOnWithTheTimeThatWasLeftAndNeverStartsAnew() {
        Reference reference = tasks().policy(Target.DWELL, "4h", null).reference();
        CaseView view = told(
                        LURAH,
                        "12:00 officer assigns kecamatan",
                        "14:00 officer assigns lurah",
                        "14:30 officer assigns kecamatan",
                        "15:00 officer assigns lurah")
                .seenAt("2024-07-01 15:30:00.001", reference);

        assertThat(Clocks.of(view, Target.DWELL))
                .extracting(clock -> clock.charged() + " " + says(clock))
                .containsExactly("lurah MISSED_OPEN due 2024-07-01 15:30", "kecamatan HANDED_ON due 2024-07-01 16:30");
    }

    @Test
    void theClockOfACompetentReceiverStartsAtTheOfferAndThatOfTheGiverEndsThen() {
        Reference reference =
                tasks().policy(Target.DWELL, "4h", null).offersLapseAfter("6h").reference();
        Story offered = told(LURAH, "12:00 lurah offers dinas");

        assertThat(Clocks.of(offered.seenAt("2024-07-01 17:00", reference), Target.DWELL))
                .as("a lurah is not to blame because nobody picks the case up")
                .extracting(clock -> clock.charged() + " " + says(clock))
                .containsExactly("lurah HANDED_ON due 2024-07-01 13:00", "dinas MISSED_OPEN due 2024-07-01 16:00");
        assertThat(Clocks.of(
                        told(LURAH, "12:00 lurah offers dinas", "15:00 dinas accepts", "15:30 dinas claims")
                                .seenAt(LATER, reference),
                        Target.DWELL))
                .extracting(clock -> clock.charged() + " " + says(clock))
                .containsExactly("lurah HANDED_ON due 2024-07-01 13:00", "dinas MET due 2024-07-01 16:00");
        assertThat(Clocks.of(
                        told(LURAH, "12:00 lurah offers kecamatan", "15:00 kecamatan accepts", "15:30 kecamatan claims")
                                .seenAt(LATER, reference),
                        Target.DWELL))
                .as("of one that is not competent, at its acceptance")
                .extracting(clock -> clock.charged() + " " + says(clock))
                .containsExactly("lurah MISSED_LATE due 2024-07-01 13:00", "kecamatan MET due 2024-07-01 19:00");
        assertThat(Clocks.of(
                        told(LURAH, "12:00 lurah offers dinas", "14:30 dinas declines", "15:15 lurah claims")
                                .seenAt(LATER, reference),
                        Target.DWELL))
                .as("what a refusal took is not the giver's time")
                .extracting(clock -> clock.charged() + " " + says(clock))
                .containsExactly("lurah MET due 2024-07-01 15:30");
        assertThat(Clocks.of(offered.seenAt("2024-07-01 18:30", reference), Target.DWELL))
                .as("nor what silence took")
                .extracting(clock -> clock.charged() + " " + says(clock))
                .containsExactly("lurah RUNNING due 2024-07-01 19:00");
        assertThat(Clocks.of(
                        told(LURAH, "12:00 lurah offers dinas", "14:30 lurah recalls")
                                .seenAt(LATER, reference),
                        Target.DWELL))
                .as("what was taken back was never given")
                .extracting(clock -> clock.charged() + " " + says(clock))
                .containsExactly("lurah MISSED_OPEN due 2024-07-01 13:00");
    }

    // SHARE

    @Test
    void theShareIsOfTheTimeThatEachUsedUpToTheBreach() {
        Reference reference =
                new PackDraft("p").policy(Target.RESOLUTION, "2h", null).reference();
        CaseView view = told(LURAH, "10:30 lurah offers dinas", "10:30 dinas accepts", "2024-07-03 09:00 dinas claims")
                .seenAt(LATER, reference);

        assertThat(view.cycle().accountable().share())
                .as("not what happened after it")
                .containsExactly(new Share("lurah", 750_000), new Share("dinas", 250_000));
        assertThat(view.cycle().accountable().inherited()).isTrue();
        assertThat(told(LURAH, "10:00 officer assigns dinas", "10:15 dinas claims")
                        .seenAt(LATER, reference)
                        .cycle()
                        .accountable()
                        .share())
                .as("of a success up to the stop")
                .containsExactly(new Share("lurah", 800_000), new Share("dinas", 200_000));
    }

    @Test
    void whatDoesNotDivideGoesToTheLargestRemaindersAndOfEqualOnesToTheEarlierStay() {
        Reference reference =
                new PackDraft("p").policy(Target.RESOLUTION, "3h", null).reference();
        CaseView thirds = told(LURAH, "10:00 officer assigns dinas", "11:00 officer assigns camat")
                .seenAt(LATER, reference);

        assertThat(thirds.cycle().accountable().share())
                .containsExactly(new Share("lurah", 333_334), new Share("dinas", 333_333), new Share("camat", 333_333));
        assertThat(shares(1, 2, 4))
                .as("of 7: 142,857.14 and 285,714.29 and 571,428.57")
                .containsExactly(142_857, 285_714, 571_429);
        assertThat(shares(4, 1, 1)).as("666,666.67 and twice 166,666.67").containsExactly(666_667, 166_667, 166_666);
        assertThat(shares(1, 9_999_999))
                .as("0.1 and 999,999.9: who gets nothing is not named")
                .containsExactly(1_000_000);
    }

    /** The parts of holders that each had a case for so many milliseconds, one after the other. */
    private static List<Integer> shares(long... millis) {
        Instant at = Story.START;
        List<Shares.Stay> stays = new ArrayList<>();
        for (long held : millis) {
            stays.add(new Shares.Stay("holder-" + stays.size(), new Span(at, at.plusMillis(held))));
            at = at.plusMillis(held);
        }
        return Shares.of(stays, new Pace(Story.START, WorkingTime.ALWAYS, List.of()), at, "nobody").stream()
                .map(Share::partsPerMillion)
                .toList();
    }

    @Test
    void whereNothingWasUsedEverythingGoesToThePartyOfCrm() {
        Reference reference = new PackDraft("p")
                .hours("office", "Mon-Fri 09:00-17:00")
                .policy(Target.RESOLUTION, "2h", "office")
                .competence("roads", null, "dinas")
                .reference();

        assertThat(told("2024-07-06 09:00 citizen submits lurah", "10:00 lurah offers dinas", "11:00 lurah claims")
                        .seenAt("2024-07-10 00:00", reference)
                        .cycle()
                        .accountable()
                        .share())
                .as("on a Saturday")
                .containsExactly(new Share("dinas", Share.WHOLE));
    }

    @Test
    void waitsAreNobodysShare() {
        Reference reference = new PackDraft("p")
                .policy(Target.RESOLUTION, "4h", null)
                .pause("VENDOR", "30d")
                .reference();

        assertThat(told(
                                LURAH,
                                "10:00 officer assigns dinas",
                                "10:00 dinas waits VENDOR",
                                "20:00 dinas resumes",
                                "21:00 dinas claims")
                        .seenAt(LATER, reference)
                        .cycle()
                        .accountable()
                        .share())
                .containsExactly(new Share("lurah", 500_000), new Share("dinas", 500_000));
    }

    // ORIGIN and CROP

    @Test
    void originIsTheFirstHolderThatIsNoDesk() {
        CaseView view = told(DESK, "10:00 officer assigns lurah", "11:00 lurah offers dinas", "12:00 dinas accepts")
                .seenAt(LATER, tenHours());

        assertThat(view.cycle().accountable().origin()).isEqualTo("lurah");
        assertThat(told(DESK).seenAt(LATER, tenHours()).cycle().accountable().origin())
                .isEqualTo("intake.qlue");
        assertThat(told(
                                "2024-07-01 09:00 citizen submits lurah",
                                "10:00 lurah closes FIXED",
                                "11:00 officer assigns dinas",
                                "2024-07-02 09:00 citizen reopens")
                        .seenAt(LATER, tenHours())
                        .cycle()
                        .accountable()
                        .origin())
                .as("of a later cycle too: where the case began")
                .isEqualTo("lurah");
    }

    @Test
    void cropIsTheUnitOfThePlaceAsItWasCorrected() {
        assertThat(told(LURAH).seenAt(LATER, tenHours()).cycle().accountable().crop())
                .isEqualTo("kelurahan");
        assertThat(told(LURAH, "2024-07-03 09:00 officer locates tetangga")
                        .seenAt(LATER, tenHours())
                        .cycle()
                        .accountable()
                        .crop())
                .as("long after the miss")
                .isEqualTo("tetangga");
        assertThat(told("2024-07-01 09:00 citizen submits lurah territory=-")
                        .seenAt(LATER, tenHours())
                        .cycle()
                        .accountable()
                        .crop())
                .isEqualTo(Accountability.UNLOCATED);
    }

    // All rules

    @Test
    void tellingASuperiorMovesNothing() {
        CaseView before = told(LURAH).seenAt(LATER, tenHours());
        CaseView after = told(LURAH, "12:00 lurah escalates walikota").seenAt(LATER, tenHours());

        assertThat(after.escalations()).isEqualTo(1);
        assertThat(after.holder()).isEqualTo(before.holder());
        assertThat(after.visits()).isEqualTo(before.visits());
        assertThat(after.cycles()).isEqualTo(before.cycles());
        assertThat(after.clocks()).isEqualTo(before.clocks());
    }

    @Test
    void everyRuleNamesItsParties() {
        Accountability accountable = told(
                        DESK, "10:00 officer assigns lurah", "12:00 lurah offers dinas", "14:00 dinas accepts")
                .seenAt(LATER, tenHours())
                .cycle()
                .accountable();

        assertThat(accountable.under(Attribution.CRM)).containsExactly(new Share("dinas", Share.WHOLE));
        assertThat(accountable.under(Attribution.CROP)).containsExactly(new Share("kelurahan", Share.WHOLE));
        assertThat(accountable.under(Attribution.ORIGIN)).containsExactly(new Share("lurah", Share.WHOLE));
        assertThat(accountable.under(Attribution.SHARE))
                .as("one, four and five hours of ten")
                .containsExactly(
                        new Share("intake.qlue", 100_000), new Share("lurah", 400_000), new Share("dinas", 500_000));
        assertThatThrownBy(() ->
                        new Accountability("a", false, "b", "c", List.of(new Share("a", 999_999), new Share("b", 2))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theRuleOfTheCityIsThatOfThePackKnownAtTheTime() {
        Reference reference = PackDraft.reference(
                tasks().policy(Target.RESOLUTION, "10h", null),
                tasks().policy(Target.RESOLUTION, "10h", null)
                        .attribution(Attribution.CROP)
                        .knownFrom("2024-07-03 00:00"));

        assertThat(told(LURAH).seenAt("2024-07-02 00:00", reference).attribution())
                .isEqualTo(Attribution.CRM);
        assertThat(told(LURAH).seenAt("2024-07-03 00:00", reference).attribution())
                .isEqualTo(Attribution.CROP);
    }

    @Test
    void whoIsAHouseWithTheCompetentUnitIsCompetent() {
        Reference reference = tasks().unit("dinas", Kind.AGENCY, "dinas", null)
                .unit("sudin", Kind.AGENCY, "sudin", "dinas")
                .unit("lurah", Kind.TERRITORY, "kelurahan", null)
                .policy(Target.RESOLUTION, "10h", null)
                .reference();

        assertThat(charged(reference, LURAH, "12:00 lurah offers sudin")).isEqualTo("sudin");
        assertThat(charged(reference, "2024-07-01 09:00 citizen submits dinas", "12:00 dinas delegates sudin"))
                .as("what is passed on in the house stays with the house")
                .isEqualTo("sudin");
    }

    @Test
    void limboIsChargedToWhoeverIsCharged() {
        Reference reference = tasks().policy(Target.ACCEPTANCE, "2h", null).reference();

        assertThat(clock(told(LURAH, "12:00 lurah offers dinas").seenAt(LATER, reference), Target.ACCEPTANCE)
                        .charged())
                .isEqualTo("dinas");
        assertThat(clock(told(LURAH, "12:00 lurah offers kecamatan").seenAt(LATER, reference), Target.ACCEPTANCE)
                        .charged())
                .isEqualTo("lurah");
    }

    private static String[] and(String[] lines, String... more) {
        String[] all = Arrays.copyOf(lines, lines.length + more.length);
        System.arraycopy(more, 0, all, lines.length, more.length);
        return all;
    }
}
