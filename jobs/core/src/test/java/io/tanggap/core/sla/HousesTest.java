package io.tanggap.core.sla;

import static io.tanggap.core.Clocks.says;
import static io.tanggap.core.Story.told;
import static org.assertj.core.api.Assertions.assertThat;

import io.tanggap.core.PackDraft;
import io.tanggap.core.Story;
import io.tanggap.core.lifecycle.Anomaly;
import io.tanggap.core.lifecycle.CaseView;
import io.tanggap.core.lifecycle.Offer;
import io.tanggap.core.lifecycle.Progress;
import io.tanggap.core.reference.Policy.Target;
import io.tanggap.core.reference.Reference;
import io.tanggap.core.reference.ReferencePack.Kind;
import org.junit.jupiter.api.Test;

/**
 * What may go wrong where an agency is one house, and where somebody acts in another's place. Roads are the dinas's task,
 * the sudin is a part of it; a case of Monday 09:00 is due at 19:00.
 */
class HousesTest {
    private static final String LURAH = "2024-07-01 09:00 citizen submits lurah";
    private static final String LATER = "2024-07-05 00:00";

    private static Reference city() {
        return new PackDraft("p")
                .competence("roads", null, "dinas")
                .unit("dinas", Kind.AGENCY, "dinas", null)
                .unit("sudin", Kind.AGENCY, "sudin", "dinas")
                .unit("taman", Kind.AGENCY, "dinas", null)
                .unit("kecamatan", Kind.TERRITORY, "kecamatan", null)
                .unit("lurah", Kind.TERRITORY, "kelurahan", "kecamatan")
                .policy(Target.RESOLUTION, "10h", null)
                .policy(Target.TRIAGE, "6h", null)
                .reference();
    }

    private static CaseView seen(String... lines) {
        return told(lines).seenAt(LATER, city());
    }

    @Test
    void whatIsPassedOnInAHouseIsNotInherited() {
        for (String passing : new String[] {"17:00 dinas delegates sudin", "17:00 officer reorganises dinas baru"}) {
            CaseView view = seen("2024-07-01 09:00 citizen submits dinas", passing);
            assertThat(view.cycle().accountable().inherited()).as(passing).isFalse();
        }
        assertThat(seen(LURAH, "17:00 lurah offers dinas", "18:00 dinas accepts", "18:30 dinas delegates sudin")
                        .cycle()
                        .accountable())
                .as("what the house got too late stays so within it")
                .matches(accountable ->
                        accountable.inherited() && accountable.crm().equals("sudin"));
    }

    @Test
    void anotherUnitOfTheReceiversHouseMayTakeTheCase() {
        for (String taking : new String[] {"20:00 sudin accepts", "20:00 officer assigns sudin", "20:00 sudin works"}) {
            CaseView view = seen(LURAH, "12:00 lurah offers dinas", taking);
            assertThat(view.cycle().charged()).as(taking).isEqualTo("dinas");
            assertThat(view.charged()).as(taking).isEqualTo("sudin");
            assertThat(view.holder()).as(taking).isEqualTo("sudin");
            assertThat(view.offers())
                    .as(taking)
                    .extracting(Offer::decision)
                    .containsAnyOf(Offer.Decision.ACCEPTED, Offer.Decision.TAKEN);
            assertThat(view.anomalies()).as(taking).isEmpty();
        }
    }

    @Test
    void whatIsDelegatedOutOfTheLineIsHandedOver() {
        CaseView away = seen(LURAH, "10:00 lurah delegates taman");
        assertThat(away.cycle().charged()).isEqualTo("lurah");
        assertThat(away.handovers()).hasSize(1);
        assertThat(away.anomalies()).contains(Anomaly.DELEGATED_AWAY);

        assertThat(seen(LURAH, "10:00 lurah delegates kecamatan").handovers()).isEmpty();

        CaseView waiting = seen(LURAH, "10:00 lurah waits CITIZEN_INFO", "11:00 lurah delegates taman");
        assertThat(waiting.waits()).extracting(Wait::to).doesNotContainNull();
        assertThat(waiting.progress())
                .as("whom somebody waited for does not excuse the next holder")
                .isEqualTo(Progress.OPEN);
    }

    @Test
    void aReceiverCannotTakeBackWhatItWasOffered() {
        CaseView view = seen(LURAH, "12:00 lurah offers dinas", "2024-07-02 10:00 dinas recalls");
        assertThat(view.cycle().charged()).isEqualTo("dinas");
        assertThat(view.offers()).extracting(Offer::decision).containsExactly(Offer.Decision.DECLINED);

        CaseView stranger = seen(LURAH, "12:00 lurah offers dinas", "13:00 taman recalls");
        assertThat(stranger.offeredTo()).isEqualTo("dinas");
        assertThat(stranger.anomalies()).containsExactly(Anomaly.RECALLED_WITHOUT_OFFER);
    }

    @Test
    void onlyTheGiversOwnWorkFreesWhoRefused() {
        Story refused = told(LURAH, "12:00 lurah offers dinas", "13:00 dinas declines");
        for (String other : new String[] {
            "2024-07-01 13:05 dinas waits VENDOR",
            "2024-07-01 14:00 dinas offers kecamatan",
            "2024-07-01 14:00 taman works"
        }) {
            assertThat(refused.further(other).seenAt(LATER, city()).cycle().charged())
                    .as(other)
                    .isEqualTo("dinas");
        }
        assertThat(refused.further("2024-07-01 14:00 lurah works")
                        .seenAt(LATER, city())
                        .cycle()
                        .charged())
                .isEqualTo("lurah");
    }

    @Test
    void aMergeThatWasUndoneDoesNotKeepARefusal() {
        assertThat(seen(
                                LURAH,
                                "10:00 lurah offers dinas",
                                "10:30 dinas declines",
                                "11:00 officer merges qlue:7",
                                "11:30 officer unmerges",
                                "12:00 lurah works")
                        .cycle()
                        .charged())
                .isEqualTo("lurah");
    }

    @Test
    void aMachineThatPlacesACaseHasNotLookedAtIt() {
        CaseView view = seen("2024-07-01 09:00 citizen submits", "09:00 system places kelurahan");
        assertThat(says(view, Target.TRIAGE)).isEqualTo("MISSED_OPEN due 2024-07-01 15:00");
        assertThat(says(seen("2024-07-01 09:00 citizen submits", "10:00 officer places kelurahan"), Target.TRIAGE))
                .isEqualTo("MET due 2024-07-01 15:00");
    }

    @Test
    void aClosedCaseThatIsMergedGoesOnWhereItWasMerged() {
        CaseView view = seen(LURAH, "10:00 lurah closes DUPLICATE", "10:05 officer merges qlue:7");
        assertThat(view.mergedInto()).isEqualTo("qlue:7");
        CaseView undone =
                seen(LURAH, "10:00 lurah closes FIXED", "10:05 officer merges qlue:7", "11:00 officer unmerges");
        assertThat(undone.mergedInto()).isNull();
        assertThat(undone.isOpen()).as("the merge had not closed it").isFalse();
    }

    @Test
    void aCaseOfWhichEverythingWasAMistakeEndsAndIsKept() {
        CaseView view = seen(LURAH, "10:00 officer corrects 0");
        assertThat(view.isOpen()).isFalse();
        assertThat(view.cycle().outcome()).hasToString("INVALID");
        assertThat(view.anomalies()).contains(Anomaly.CORRECTED_AWAY);

        CaseView kept = seen(LURAH, "10:00 lurah works", "10:30 officer corrects 0");
        assertThat(kept.submittedAt()).isEqualTo(Story.jakarta("2024-07-01 09:00"));
        assertThat(kept.anomalies()).contains(Anomaly.SUBMISSION_KEPT);
    }

    @Test
    void aStopBeforeTheComplaintKeepsNoTarget() {
        CaseView view = seen("2024-07-01 08:00 A closes FIXED", "09:00 citizen submits A");
        assertThat(says(view, Target.RESOLUTION)).startsWith("UNDECIDABLE");
    }
}
