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
import io.tanggap.core.measure.AgeBins;
import io.tanggap.core.measure.Cell;
import io.tanggap.core.measure.Contributions;
import io.tanggap.core.measure.Count;
import io.tanggap.core.measure.Day;
import io.tanggap.core.measure.Role;
import io.tanggap.core.measure.Snapshot;
import io.tanggap.core.measure.Tally;
import io.tanggap.core.measure.Told;
import io.tanggap.core.reference.Policy.Target;
import io.tanggap.core.reference.Reference;
import io.tanggap.core.sla.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;

/** Edge cases 70 to 76: what data looks like. 2024-07-01 is a Monday. */
@DisplayNameGeneration(Edge.Names.class)
class DataEdgesTest {
    private static final Reference WITHIN_EIGHT_HOURS =
            new PackDraft("p").policy(Target.RESOLUTION, "8h", null).reference();

    /** Everything that a case contributes to the places of problems. */
    private static Tally counted(CaseView view) {
        return Told.sum(List.of(view), Role.TERRITORY, cell -> true);
    }

    @Edge(number = 70, source = "https://github.com/hackforla/311-data/issues/456")
    void whatWasClosedBeforeItWasSubmittedIsCountedAndHasNoAge() {
        CaseView view = told("2024-07-01 08:00 A closes FIXED", "09:00 citizen submits A")
                .seenAt("2024-07-02 12:00", WITHIN_EIGHT_HOURS);
        Tally counted = counted(view);

        assertThat(view.anomalies()).containsExactly(Anomaly.BEFORE_SUBMISSION);
        assertThat(view.submittedAt()).isEqualTo(jakarta("2024-07-01 09:00"));
        assertThat(view.cycle().closedAt()).isEqualTo(jakarta("2024-07-01 09:00"));
        assertThat(counted.get(Count.RECEIVED)).isEqualTo(1);
        assertThat(counted.sum(Count.CLOSED)).isEqualTo(1);
        assertThat(counted.sum(Count.FIRST_END)).isZero();
        assertThat(counted.sum(Count.FIRST_STOP)).isZero();
        assertThat(counted.sum(Count.CLOSED_AGE)).isZero();
        assertThat(counted.sum(Count.OPEN_SLOT)).isZero();
    }

    @Edge(number = 71, source = "https://github.com/hackforla/311-data/issues/507")
    void whatWasClosedWithinMinutesShowsHowFewTheyWere() {
        CaseView view = told(
                        "2024-07-01 08:30 citizen submits",
                        "09:00 officer assigns A",
                        "09:04 A claims",
                        "2024-07-02 09:00 validator validates")
                .seenAt("2024-07-03 12:00", WITHIN_EIGHT_HOURS);
        Visit assigned = view.visits().get(1);

        assertThat(Duration.between(assigned.enteredAt(), view.cycle().claimedAt()))
                .isEqualTo(Duration.ofMinutes(4));
        assertThat(says(view, Target.RESOLUTION)).isEqualTo("MET due 2024-07-01 16:30");
        assertThat(clock(view, Target.RESOLUTION).used()).isEqualTo(Duration.ofMinutes(34));
        assertThat(counted(view).get(Count.FIRST_STOP, Outcome.FIXED.code() * AgeBins.COUNT))
                .as("in the first bin of ages, and not left out")
                .isEqualTo(1);
    }

    @Edge(number = 72, source = "https://github.com/CityOfBoston/digital/issues/181")
    void whatIsWrittenAfterTheClosingDoesNotDateIt() {
        CaseView view = told(
                        "2024-07-01 09:00 citizen submits A",
                        "10:00 source shows CLOSED A",
                        "2024-07-02 10:00 source shows CLOSED A",
                        "2024-07-03 10:00 A notes",
                        "2024-07-04 10:00 A replies",
                        "2024-07-05 10:00 citizen rates 4")
                .seenAt("2024-07-08 00:00", WITHIN_EIGHT_HOURS);

        assertThat(view.cycle().closedAt()).isEqualTo(jakarta("2024-07-01 10:00"));
        assertThat(view.lastActivityAt()).isEqualTo(jakarta("2024-07-05 10:00"));
        assertThat(counted(view).get(Count.CLOSED_AGE, 0)).isEqualTo(1);
    }

    @Edge(number = 73, source = "https://github.com/mysociety/fixmystreet/pull/2167")
    void whatIsClosedIsNotThereforeFixed() {
        List<Outcome> resolved = new ArrayList<>();
        for (Outcome outcome : Outcome.values()) {
            CaseView view = told("2024-07-01 09:00 citizen submits A", "12:00 A closes " + outcome)
                    .seenAt("2024-07-03 00:00", WITHIN_EIGHT_HOURS);
            Snapshot snapshot =
                    counted(view).at(Day.of(view.dayOf(view.submittedAt()), view.zone()), view.curvesAsOf());
            assertThat(snapshot.timeToClose().incidence(AgeBins.COUNT - 1))
                    .as("closed as %s", outcome)
                    .isEqualTo(1);
            if (snapshot.timeToResolution().incidence(AgeBins.COUNT - 1) == 1) {
                resolved.add(outcome);
            }
        }
        assertThat(resolved).containsExactly(Outcome.FIXED, Outcome.ANSWERED);
    }

    @Edge(number = 74, source = "https://github.com/mysociety/fixmystreet/pull/5166")
    void howACaseEndedMayBeLearnedAfterwardsAndNotWhen() {
        String submission = "2024-07-01 09:00 citizen submits A";
        String closing = "10:00 source shows CLOSED A";
        CaseView surveyed = told(submission, closing, "2024-07-09 10:00 source shows CLOSED A outcome=FIXED")
                .seenAt("2024-07-10 00:00", WITHIN_EIGHT_HOURS);
        CaseView praised = told(submission, closing, "2024-07-09 10:00 citizen rates 5")
                .seenAt("2024-07-10 00:00", WITHIN_EIGHT_HOURS);

        assertThat(surveyed.cycle().outcome()).isEqualTo(Outcome.FIXED);
        assertThat(surveyed.cycle().closedAt()).isEqualTo(jakarta("2024-07-01 10:00"));
        assertThat(surveyed.cycles()).hasSize(1);
        assertThat(praised.cycle().outcome()).as("praise is no proof").isEqualTo(Outcome.UNKNOWN);
        assertThat(praised.rating()).isEqualTo(5);
    }

    @Edge(number = 75, source = "https://github.com/mysociety/fixmystreet/pull/4007")
    void anUpdateThatIsSentAgainIsTheSameUpdate() {
        Story story = told(
                "2024-07-01 09:00 citizen submits A",
                "10:00 A replies",
                "11:00 A offers B",
                "12:00 B accepts",
                "13:00 B claims");
        List<CaseEvent> again = new ArrayList<>(story.events());
        for (CaseEvent event : story.events()) {
            again.add(later(event));
        }
        CaseHistory history = CaseHistory.of(again);

        assertThat(CaseFold.fold(history, WITHIN_EIGHT_HOURS, jakarta("2024-07-02 00:00")))
                .isEqualTo(story.folded(jakarta("2024-07-02 00:00"), WITHIN_EIGHT_HOURS));
        assertThat(history.duplicates()).isEqualTo(5);
        CaseView polled = told(
                        "2024-07-01 09:00 citizen submits A",
                        "10:00 poll sees IN_PROGRESS A",
                        "11:00 poll sees IN_PROGRESS A",
                        "12:00 poll sees IN_PROGRESS A")
                .seenAt("2024-07-02 00:00", References.WITHOUT_POLICY);
        assertThat(polled.lastActivityAt())
                .as("a state that is seen again is nothing new")
                .isEqualTo(jakarta("2024-07-01 10:00"));
    }

    /** The same event, ingested a day later. */
    private static CaseEvent later(CaseEvent event) {
        return CaseEvent.of(
                event.channel(),
                event.sourceCaseId(),
                event.occurredAt(),
                event.ingestedAt().plus(Duration.ofDays(1)),
                event.sourceSequence(),
                event.actor(),
                event.orgUnit(),
                event.visibility(),
                event.inferred(),
                event.timeNote(),
                event.payload());
    }

    /** That a place on a border is in one of the two units is tested with the locator. */
    @Edge(number = 76, source = "NYC 311 FAQ")
    void aCaseThatWasPlacedInTwoUnitsIsCountedInOne() {
        Instant asOf = jakarta("2024-07-03 00:00");
        String submission = "2024-07-01 09:00 citizen submits A territory=-";
        CaseView nowhere = told(submission).seenAt(asOf, WITHIN_EIGHT_HOURS);
        CaseView twice = told(submission, "10:00 system places kelurahan-1", "11:00 officer locates kelurahan-2")
                .seenAt(asOf, WITHIN_EIGHT_HOURS);

        assertThat(units(nowhere)).containsExactly(Cell.UNLOCATED);
        assertThat(units(twice)).containsExactly("kelurahan-2");
        assertThat(counted(nowhere).get(Count.RECEIVED))
                .as("the one without a place is not dropped")
                .isEqualTo(1);
        assertThat(counted(twice).get(Count.RECEIVED)).isEqualTo(1);
        assertThat(counted(twice).get(Count.DUE_MISSED_OPEN)).isEqualTo(1);
        assertThat(twice.cycle().verdict()).isEqualTo(Verdict.MISSED_OPEN);
    }

    private static List<String> units(CaseView view) {
        return Contributions.of(view).keySet().stream()
                .filter(cell -> cell.role() == Role.TERRITORY)
                .map(Cell::unit)
                .distinct()
                .toList();
    }
}
