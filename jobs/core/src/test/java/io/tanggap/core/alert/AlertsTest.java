package io.tanggap.core.alert;

import static io.tanggap.core.Story.local;
import static io.tanggap.core.Story.told;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.tanggap.core.PackDraft;
import io.tanggap.core.RandomHistories;
import io.tanggap.core.Seed;
import io.tanggap.core.Story;
import io.tanggap.core.alert.Alert.State;
import io.tanggap.core.alert.Alerts.After;
import io.tanggap.core.alert.Alerts.Told;
import io.tanggap.core.complaint.CaseEvent;
import io.tanggap.core.lifecycle.CaseFold;
import io.tanggap.core.lifecycle.CaseHistory;
import io.tanggap.core.lifecycle.CaseView;
import io.tanggap.core.reference.Policy.Target;
import io.tanggap.core.reference.Reference;
import io.tanggap.core.reference.ReferencePack.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class AlertsTest {
    private static final Reference TEN_HOURS = resolve("10h").reference();

    private static PackDraft resolve(String within) {
        return new PackDraft("pack").policy(Target.RESOLUTION, within, null);
    }

    /** One case, folded again and again. */
    private static final class Desk {
        private Map<String, Told> told = Map.of();

        List<Alert> alerts(Story story, String asOf, Reference reference) {
            return alerts(CaseHistory.of(story.events()), Story.jakarta(asOf), reference);
        }

        List<Alert> alerts(CaseHistory history, Instant asOf, Reference reference) {
            CaseView view =
                    requireNonNull(CaseFold.fold(history, reference, asOf).view());
            After after = Alerts.after(told, view, reference, history);
            told = after.told();
            return after.news();
        }

        List<String> says(Story story, String asOf, Reference reference) {
            return alerts(story, asOf, reference).stream().map(AlertsTest::says).toList();
        }
    }

    private static String says(Alert alert) {
        String key = alert.id().substring(alert.id().indexOf('/') + 1);
        return alert.kind() + " " + key + " r" + alert.revision() + " " + alert.state() + " since "
                + local(alert.raisedAt()) + (alert.endedAt() == null ? "" : " until " + local(alert.endedAt()));
    }

    @Test
    void aThresholdIsRaisedWhenItIsPastAndTheHigherOneTakesItsPlace() {
        Story story = told("2024-07-01 08:00 citizen submits A");
        Desk desk = new Desk();

        assertThat(desk.says(story, "2024-07-01 13:00", TEN_HOURS)).isEmpty();
        assertThat(desk.says(story, "2024-07-01 13:00:00.001", TEN_HOURS))
                .containsExactly("THRESHOLD RESOLUTION.1.1.50 r1 OPEN since 2024-07-01 13:00");
        assertThat(desk.says(story, "2024-07-01 14:00", TEN_HOURS)).isEmpty();
        assertThat(desk.says(story, "2024-07-01 18:00:00.001", TEN_HOURS))
                .as("75 and 90 were never the highest at a fold")
                .containsExactly(
                        "OVERDUE RESOLUTION.1.1.100 r1 OPEN since 2024-07-01 18:00",
                        "THRESHOLD RESOLUTION.1.1.50 r2 SUPERSEDED since 2024-07-01 13:00");
    }

    @Test
    void aMissedDeadlineIsToldThoughNobodyLookedBeforeMoreThanItWasPast() {
        assertThat(new Desk().says(told("2024-07-01 08:00 citizen submits A"), "2024-07-02 01:00", TEN_HOURS))
                .containsExactly(
                        "OVERDUE RESOLUTION.1.1.100 r1 SUPERSEDED since 2024-07-01 18:00",
                        "OVERDUE RESOLUTION.1.1.150 r1 OPEN since 2024-07-01 23:00");
    }

    @Test
    void itIsClearedWhenTheClockStops() {
        Story story = told("2024-07-01 08:00 citizen submits A");
        Desk desk = new Desk();
        desk.alerts(story, "2024-07-01 19:00", TEN_HOURS);

        assertThat(desk.says(story.further("2024-07-01 19:30 A claims"), "2024-07-01 20:00", TEN_HOURS))
                .containsExactly("OVERDUE RESOLUTION.1.1.100 r2 CLEARED since 2024-07-01 18:00 until 2024-07-01 19:30");
        assertThat(desk.says(story.further("2024-07-01 20:30 A closes FIXED"), "2024-07-05 08:00", TEN_HOURS))
                .as("what is over stays as it was told")
                .isEmpty();
    }

    @Test
    void whatIsOverBeforeAnybodyLooksIsToldToNobody() {
        assertThat(new Desk()
                        .says(
                                told("2024-07-01 08:00 citizen submits A", "19:30 A claims"),
                                "2024-07-01 20:00",
                                TEN_HOURS))
                .isEmpty();
    }

    @Test
    void aLateMessageRetractsABreach() {
        Desk desk = new Desk();
        Story story = told("2024-07-01 08:00 citizen submits A");
        desk.alerts(story, "2024-07-01 19:00", TEN_HOURS);

        assertThat(desk.says(story.further("2024-07-01 17:59 A claims"), "2024-07-01 20:00", TEN_HOURS))
                .containsExactly("OVERDUE RESOLUTION.1.1.100 r2 RETRACTED since 2024-07-01 18:00");
    }

    @Test
    void aRetractedAlertComesBackUnderItsId() {
        Desk desk = new Desk();
        Story story = told("2024-07-01 08:00 citizen submits A");
        desk.alerts(story, "2024-07-01 19:00", TEN_HOURS);
        desk.alerts(story.further("2024-07-01 17:59 A claims"), "2024-07-01 20:00", TEN_HOURS);

        assertThat(desk.says(story.further("2024-07-01 20:30 officer corrects 1"), "2024-07-01 21:00", TEN_HOURS))
                .containsExactly("OVERDUE RESOLUTION.1.1.100 r3 OPEN since 2024-07-01 18:00");
    }

    @Test
    void aLaterDueDateTakesThresholdsBack() {
        Desk desk = new Desk();
        Story story = told("2024-07-01 08:00 citizen submits A");
        desk.alerts(story, "2024-07-01 19:00", TEN_HOURS);

        List<Alert> news = desk.alerts(
                story.further("2024-07-01 19:30 source shows OPEN due=2024-07-03T08:00"),
                "2024-07-01 19:31",
                TEN_HOURS);
        assertThat(news)
                .extracting(AlertsTest::says)
                .containsExactly("OVERDUE RESOLUTION.1.1.100 r2 RETRACTED since 2024-07-01 18:00");
    }

    @Test
    void aBreachIsProvisionalUntilALateMessageCannotUndoIt() {
        Reference reference = resolve("10h").lateness("2h").reference();
        Desk desk = new Desk();
        Story story = told("2024-07-01 08:00 citizen submits A");

        assertThat(desk.alerts(story, "2024-07-01 18:30", reference))
                .extracting(Alert::revision, Alert::provisional)
                .containsExactly(tuple(1, true));
        assertThat(desk.alerts(story, "2024-07-01 20:30", reference))
                .extracting(Alert::revision, Alert::provisional)
                .containsExactly(tuple(2, false));
    }

    @Test
    void anotherHolderIsAnotherRevisionAndAPackThatChangesNothingIsNone() {
        Desk desk = new Desk();
        Story story = told("2024-07-01 08:00 citizen submits A");
        desk.alerts(story, "2024-07-01 19:00", TEN_HOURS);

        Alert moved = desk.alerts(story.further("2024-07-01 19:30 A assigns B"), "2024-07-01 20:00", TEN_HOURS)
                .get(0);
        assertThat(moved.revision()).isEqualTo(2);
        assertThat(requireNonNull(moved.matter()).holder()).isEqualTo("B");
        assertThat(moved.matter().charged()).as("who had it at the deadline").isEqualTo("A");

        Reference again = PackDraft.reference(
                resolve("10h"),
                new PackDraft("same").policy(Target.RESOLUTION, "10h", null).knownFrom("2024-07-01 20:30"));
        assertThat(desk.says(story, "2024-07-01 21:00", again)).isEmpty();
    }

    @Test
    void theAlertCarriesWhatItRestsOn() {
        Reference reference = resolve("10h")
                .unit("kelurahan", Kind.TERRITORY, "kelurahan", "kecamatan")
                .unit("kecamatan", Kind.TERRITORY, "kecamatan", null)
                .pause("CITIZEN_INFO", "2d")
                .reference();
        Story story = told(
                "2024-07-01 08:00 citizen submits kelurahan",
                "09:00 kelurahan waits CITIZEN_INFO",
                "10:00 citizen resumes",
                "11:00 kelurahan notes");
        Alert alert = new Desk().alerts(story, "2024-07-01 14:30", reference).get(0);

        assertThat(requireNonNull(alert.matter()).holderPath()).startsWith("kelurahan", "kecamatan");
        Alert.Due due = requireNonNull(alert.due());
        assertThat(due.threshold()).isEqualTo(50);
        assertThat(local(due.deadline())).isEqualTo("2024-07-01 19:00");
        assertThat(due.budget()).isEqualTo(Duration.ofHours(10));
        assertThat(due.used()).isEqualTo(Duration.ofHours(5));
        assertThat(due.pack()).isEqualTo("pack");
        assertThat(alert.evidence())
                .as("submission, wait and its end; not the note")
                .containsExactlyElementsOf(story.events().subList(0, 3).stream()
                        .map(CaseEvent::eventId)
                        .toList());
    }

    @Test
    void otherTargetsAreToldOfTheirDeadlineAlone() {
        Reference reference =
                new PackDraft("pack").policy(Target.FIRST_RESPONSE, "4h", null).reference();
        Story story = told("2024-07-01 08:00 citizen submits A");
        Desk desk = new Desk();

        assertThat(desk.says(story, "2024-07-01 11:50", reference)).isEmpty();
        assertThat(desk.says(story, "2024-07-01 20:00", reference))
                .containsExactly("OVERDUE FIRST_RESPONSE.1.1.100 r1 OPEN since 2024-07-01 12:00");
    }

    @Test
    void anOfferThatNobodyAnswersIsInLimbo() {
        Reference reference =
                new PackDraft("pack").policy(Target.ACCEPTANCE, "3h", null).reference();
        Desk desk = new Desk();
        Story story = told("2024-07-01 08:00 citizen submits A", "09:00 A offers B");
        List<Alert> news = desk.alerts(story, "2024-07-01 12:30", reference);

        assertThat(news)
                .extracting(AlertsTest::says)
                .containsExactly("LIMBO ACCEPTANCE.1.1.100 r1 OPEN since 2024-07-01 12:00");
        assertThat(requireNonNull(news.get(0).matter()).offeredTo()).isEqualTo("B");
        assertThat(desk.says(story.further("2024-07-01 13:00 B accepts"), "2024-07-01 14:00", reference))
                .containsExactly("LIMBO ACCEPTANCE.1.1.100 r2 CLEARED since 2024-07-01 12:00 until 2024-07-01 13:00");
    }

    @Test
    void silenceIsToldUntilSomebodyDoesSomething() {
        Reference reference =
                new PackDraft("pack").staleAfter(Duration.ofDays(3)).reference();
        Desk desk = new Desk();
        Story story = told("2024-07-01 08:00 citizen submits A");
        List<Alert> news = desk.alerts(story, "2024-07-05 08:00", reference);

        assertThat(news).extracting(AlertsTest::says).containsExactly("STALE STALE.1 r1 OPEN since 2024-07-04 08:00");
        assertThat(news.get(0).evidence()).containsExactly(story.events().get(0).eventId());
        assertThat(desk.says(story.further("2024-07-05 09:00 A works"), "2024-07-05 10:00", reference))
                .containsExactly("STALE STALE.1 r2 CLEARED since 2024-07-04 08:00 until 2024-07-05 09:00");
        assertThat(desk.says(story, "2024-07-10 10:00", reference))
                .containsExactly("STALE STALE.2 r1 OPEN since 2024-07-08 09:00");
    }

    @Test
    void aRejectedClaimIsToldUntilTheNext() {
        Desk desk = new Desk();
        Story story = told("2024-07-01 08:00 citizen submits A", "09:00 A claims", "10:00 validator rejects");

        assertThat(desk.says(story, "2024-07-01 10:30", TEN_HOURS))
                .containsExactly("VALIDATION_FAILED VALIDATION_FAILED.1 r1 OPEN since 2024-07-01 10:00");
        assertThat(desk.says(story.further("2024-07-01 11:00 A claims"), "2024-07-01 11:30", TEN_HOURS))
                .containsExactly(
                        "VALIDATION_FAILED VALIDATION_FAILED.1 r2 CLEARED since 2024-07-01 10:00 until 2024-07-01 11:00");
    }

    @Test
    void howeverOftenItIsFoldedTheSameAlertsAreOpenInTheEnd() {
        RandomHistories histories = new RandomHistories(Seed.random(this));
        int open = 0;
        for (int i = 0; i < 400; i++) {
            Reference reference = histories.reference(false);
            List<CaseEvent> events = histories.any("case-" + i);
            Desk often = new Desk();
            Map<String, Alert> standing = new TreeMap<>();
            for (int day = 1; day <= 40; day += 3) {
                Instant asOf = Story.START.plus(Duration.ofDays(day));
                CaseHistory arrived = CaseHistory.of(events.subList(0, Math.min(events.size(), 1 + day / 4)));
                if (CaseFold.fold(arrived, reference, asOf).view() == null) {
                    continue;
                }
                often.alerts(arrived, asOf, reference).forEach(alert -> {
                    Alert before = standing.put(alert.id(), alert);
                    assertThat(alert.revision()).isEqualTo(before == null ? 1 : before.revision() + 1);
                });
                assertThat(often.alerts(arrived, asOf, reference))
                        .as("what was told already")
                        .isEmpty();
                List<Alert> once = new Desk().alerts(arrived, asOf, reference);
                assertThat(standing.values().stream()
                                .filter(alert -> alert.state() == State.OPEN)
                                .map(Alert::id))
                        .containsExactlyInAnyOrderElementsOf(once.stream()
                                .filter(alert -> alert.state() == State.OPEN)
                                .map(Alert::id)
                                .toList());
                open += once.size();
            }
        }
        assertThat(open).isGreaterThan(500);
    }
}
