package io.tanggap.core.measure;

import static io.tanggap.core.Story.told;
import static org.assertj.core.api.Assertions.assertThat;

import io.tanggap.core.PackDraft;
import io.tanggap.core.Story;
import io.tanggap.core.complaint.Outcome;
import io.tanggap.core.lifecycle.CaseView;
import io.tanggap.core.problem.Problem;
import io.tanggap.core.problem.Report;
import io.tanggap.core.reference.Policy.Target;
import io.tanggap.core.reference.Reference;
import io.tanggap.core.reference.ReferencePack.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What happened on a case's way is counted once, in the cycle and for the party that it belongs to. */
class BelongingTest {
    private static final String LURAH = "2024-07-01 09:00 citizen submits lurah";
    private static final String LATER = "2024-09-01 00:00";

    private static Reference city() {
        return new PackDraft("p")
                .competence("roads", null, "dinas")
                .unit("dinas", Kind.AGENCY, "dinas", null)
                .unit("sudin", Kind.AGENCY, "sudin", "dinas")
                .unit("taman", Kind.AGENCY, "dinas", null)
                .unit("lurah", Kind.TERRITORY, "kelurahan", null)
                .policy(Target.RESOLUTION, "10h", null)
                .reference();
    }

    private static CaseView seen(String... lines) {
        return told(lines).seenAt(LATER, city());
    }

    private static Tally sum(Map<Cell, Tally> cells, Role role, String unit) {
        return cells.entrySet().stream()
                .filter(part -> part.getKey().counterpart() == null && Told.isOnce(part.getKey(), role))
                .filter(part -> part.getKey().unit().equals(unit))
                .map(Map.Entry::getValue)
                .reduce(Tally.ZERO, Tally::plus);
    }

    private static Tally place(CaseView view) {
        return sum(Contributions.of(view), Role.TERRITORY, "kelurahan");
    }

    private static Tally holder(CaseView view, String unit) {
        return sum(Contributions.of(view), Role.HOLDER, unit);
    }

    @Test
    void everyRatingIsOfTheClosingThatItFollowed() {
        CaseView view = seen(
                LURAH,
                "10:00 lurah closes FIXED",
                "11:00 citizen rates 1",
                "12:00 citizen reopens",
                "13:00 officer assigns dinas",
                "14:00 dinas closes FIXED",
                "15:00 citizen rates 5");

        assertThat(holder(view, "lurah").get(Count.RATED, 1)).isEqualTo(1);
        assertThat(holder(view, "dinas").get(Count.RATED, 5)).isEqualTo(1);
        assertThat(place(view).sum(Count.RATED)).isEqualTo(2);
    }

    @Test
    void aClaimIsInstantOnlyWhereItIsKnownSinceWhenTheClaimantHadTheCase() {
        CaseView assigned = seen(LURAH, "12:00 officer assigns dinas", "12:05 dinas claims");
        assertThat(holder(assigned, "dinas").get(Count.CLAIM_INSTANT)).isEqualTo(1);

        CaseView offered = seen(LURAH, "10:00 lurah offers dinas", "12:00 dinas claims");
        assertThat(holder(offered, "dinas").get(Count.CLAIMED)).isEqualTo(1);
        assertThat(holder(offered, "dinas").get(Count.CLAIM_INSTANT))
                .as("it had had the offer for two hours")
                .isZero();

        for (String first : List.of("12:00 sudin claims", "12:00 poll sees CLOSED sudin")) {
            CaseView unknown = seen("2024-07-01 09:00 citizen submits", first);
            assertThat(holder(unknown, "sudin").get(Count.CLAIMED)).as(first).isEqualTo(1);
            assertThat(holder(unknown, "sudin").get(Count.CLAIM_INSTANT))
                    .as("%s: the first that is known of its having it", first)
                    .isZero();
        }
        CaseView closed = seen(LURAH, "09:05 lurah closes FIXED");
        assertThat(holder(closed, "lurah").get(Count.CLAIM_INSTANT)).isEqualTo(1);
    }

    @Test
    void aStayLastsUntilTheClaimThatStands() {
        CaseView view = seen(LURAH, "12:00 lurah claims", "2024-07-05 09:00 validator validates");
        assertThat(view.visits().get(0).counted()).isEqualTo(Duration.ofHours(3));

        CaseView rejected = seen(LURAH, "12:00 lurah claims", "14:00 validator rejects", "15:00 lurah closes ANSWERED");
        assertThat(rejected.visits().get(0).counted()).isEqualTo(Duration.ofHours(6));
    }

    @Test
    void whoeverGetsBackWhatItHandedOnIsNotItsFirstLine() {
        CaseView view = seen(
                LURAH,
                "10:00 officer assigns dinas",
                "11:00 dinas closes FIXED",
                "12:00 citizen reopens",
                "13:00 dinas closes FIXED");

        assertThat(place(view).sum(Count.RESOLVED)).isEqualTo(2);
        assertThat(place(view).sum(Count.RESOLVED_FIRST_LINE)).isZero();
    }

    @Test
    void aHopIsOfOneCycle() {
        CaseView view = seen(
                LURAH,
                "10:00 officer assigns dinas",
                "11:00 dinas closes FIXED",
                "11:00 citizen reopens",
                "11:00 officer assigns taman",
                "12:00 officer assigns dinas",
                "13:00 dinas closes FIXED",
                "14:00 officer assigns taman",
                "15:00 officer assigns dinas");

        assertThat(place(view).get(Count.HOPS)).as("after the closing in none").isEqualTo(3);
        assertThat(place(view).get(Count.CAME_BACK)).isEqualTo(1);
        assertThat(view.returns()).hasSize(1);
    }

    @Test
    void whatMovesWithinAHouseIsNoHandover() {
        for (String moving :
                List.of("13:00 officer assigns sudin", "13:00 sudin accepts", "13:00 poll sees OPEN sudin")) {
            CaseView view = seen(LURAH, "10:00 officer assigns dinas", moving);
            assertThat(view.holder()).as(moving).isEqualTo("sudin");
            assertThat(view.handovers()).as(moving).hasSize(1);
        }
        CaseView back = seen(
                LURAH, "10:00 officer assigns dinas", "11:00 officer assigns sudin", "12:00 officer assigns dinas");
        assertThat(back.returns()).isEmpty();
    }

    @Test
    void anOfferIsCountedWhereSomebodyHasToAnswerIt() {
        CaseView closed = seen(LURAH, "10:00 lurah closes FIXED", "11:00 lurah offers dinas");
        assertThat(place(closed).sum(Count.OFFERED)).isZero();

        CaseView claimed = seen(LURAH, "10:00 lurah claims", "2024-07-05 11:00 lurah offers dinas");
        assertThat(place(claimed).sum(Count.OFFERED)).isEqualTo(1);
        assertThat(place(claimed).get(Count.OFFERED_LATE)).as("no clock runs").isZero();

        CaseView renamed = seen(LURAH, "10:00 lurah offers dinas", "11:00 officer reorganises dinas taman");
        assertThat(place(renamed).sum(Count.OFFERED)).isEqualTo(1);
        assertThat(renamed.offeredTo()).isEqualTo("taman");
    }

    @Test
    void onlyTheCityEndsTheTimeInWhichItLetsAReporterWait() {
        CaseView view = seen(
                LURAH,
                "10:00 lurah waits CITIZEN_INFO",
                "11:00 citizen replies",
                "12:00 system categorises roads",
                "15:00 lurah works");
        assertThat(place(view).get(Count.TIME_SECONDS, Count.Time.OVERRUN.code()))
                .isEqualTo(Duration.ofHours(4).toSeconds());

        CaseView twice = seen(
                LURAH,
                "10:00 lurah waits CITIZEN_INFO",
                "11:00 citizen replies",
                "12:00 poll sees WAITING lurah",
                "13:00 citizen replies",
                "15:00 lurah works");
        assertThat(twice.waits()).hasSize(2);
        assertThat(twice.overruns()).as("it is one time, and it ends").hasSize(1);
        assertThat(place(twice).get(Count.TIME_SECONDS, Count.Time.OVERRUN.code()))
                .isEqualTo(Duration.ofHours(4).toSeconds());

        CaseView closed = seen(
                LURAH,
                "10:00 lurah waits CITIZEN_INFO",
                "11:00 citizen replies",
                "13:00 system closes NO_REPLY_TIMEOUT",
                "2024-07-03 10:00 citizen reopens");
        assertThat(closed.overruns()).hasSize(1);
        assertThat(place(closed).get(Count.TIME_SECONDS, Count.Time.OVERRUN.code()))
                .isEqualTo(Duration.ofHours(2).toSeconds());
    }

    @Test
    void aResolutionCountsWhereverTheCaseWentAfterwards() {
        CaseView away = seen(
                LURAH,
                "10:00 lurah closes FIXED",
                "2024-07-02 09:00 citizen reopens",
                "10:00 officer merges qlue:other");
        CaseView root = Story.told("2024-07-01 08:00 citizen submits taman").seenAt(LATER, city());
        Problem problem = Problem.of(
                "qlue:other",
                new Report(
                        "qlue:other",
                        root.channel(),
                        root.category(),
                        root.territory(),
                        root.submittedAt(),
                        null,
                        null,
                        null,
                        List.of(),
                        null,
                        null,
                        "taman",
                        root.asOf()),
                List.of(Report.of(away)));
        assertThat(problem).isNotNull();
        Tally lurah = sum(Contributions.of(problem, away.zone(), away.curvesAsOf()), Role.HOLDER, "lurah");
        assertThat(lurah.get(Count.FINAL_STOP, Outcome.FIXED.code())).isEqualTo(1);
        assertThat(lurah.get(Count.RETURNED, Outcome.FIXED.code())).isEqualTo(1);

        CaseView unnamedFirst = seen(LURAH, "11:00 lurah closes DUPLICATE");
        Problem ended = Problem.of(unnamedFirst.caseId(), Report.of(unnamedFirst), List.of());
        assertThat(ended).isNotNull();
        Tally curve = sum(
                Contributions.of(ended, unnamedFirst.zone(), unnamedFirst.curvesAsOf()), Role.TERRITORY, "kelurahan");
        assertThat(curve.get(Count.PROBLEMS)).isZero();
        assertThat(curve.get(Count.FIRST_END, Outcome.DUPLICATE.code() * AgeBins.COUNT + 1))
                .as("it has a time, or the word would get rid of any case")
                .isEqualTo(1);
        assertThat(curve.sum(Count.FINAL_STOP)).isZero();

        CaseView duplicate = seen(
                LURAH,
                "10:00 lurah closes FIXED",
                "2024-07-02 09:00 citizen reopens",
                "10:00 officer closes DUPLICATE");
        Problem unnamed = Problem.of(duplicate.caseId(), Report.of(duplicate), List.of());
        assertThat(unnamed).isNotNull();
        Map<Cell, Tally> cells = Contributions.of(unnamed, duplicate.zone(), duplicate.curvesAsOf());
        assertThat(sum(cells, Role.HOLDER, "lurah").get(Count.RETURNED, Outcome.FIXED.code()))
                .isEqualTo(1);
        assertThat(sum(cells, Role.TERRITORY, "kelurahan").get(Count.PROBLEMS)).isZero();
    }

    @Test
    void whatIsReportedBetweenAClosingAndAReopeningIsNoRepeat() {
        CaseView root = seen(LURAH, "2024-07-02 09:00 lurah closes FIXED", "2024-07-04 09:00 citizen reopens");
        Report merged =
                Report.of(Story.told("2024-07-03 09:00 citizen submits lurah", "10:00 officer merges " + root.caseId())
                        .seenAt(LATER, city()));
        Problem problem = Problem.of(root.caseId(), Report.of(root), List.of(merged));
        assertThat(problem).isNotNull();
        Tally place = sum(Contributions.of(problem, root.zone(), root.curvesAsOf()), Role.TERRITORY, "kelurahan");
        assertThat(place.get(Count.REPEATED)).isZero();
        assertThat(place.get(Count.RETURNED, Outcome.FIXED.code())).isEqualTo(1);
    }
}
