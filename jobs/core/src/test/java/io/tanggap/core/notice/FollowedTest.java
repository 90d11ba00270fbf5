package io.tanggap.core.notice;

import static io.tanggap.core.Story.jakarta;
import static io.tanggap.core.Story.local;
import static org.assertj.core.api.Assertions.assertThat;

import io.tanggap.core.PackDraft;
import io.tanggap.core.alert.Alert;
import io.tanggap.core.alert.Alert.State;
import io.tanggap.core.notice.Followed.Step;
import io.tanggap.core.reference.AlertKind;
import io.tanggap.core.reference.Reference;
import io.tanggap.core.reference.Validity;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FollowedTest {
    /** A Monday. */
    private static final Instant MONDAY = jakarta("2024-07-01 10:00");

    private static final Reference REFERENCE = pack().reference();

    private static PackDraft pack() {
        return new PackDraft("pack")
                .hours("office", "Mon-Fri 07:30-16:00")
                .recipient("a", "A", "office")
                .recipient("b", "B", "office")
                .recipient("hall", "hall", "office")
                .route("near", AlertKind.THRESHOLD, null, "holder", false)
                .route("missed", AlertKind.OVERDUE, null, "holder", true)
                .route("+1", AlertKind.OVERDUE, 1, "unit:hall");
    }

    /** What follows one alert. */
    private static final class Follower {
        private final Instant knownBefore;
        private Reference reference = REFERENCE;
        private @Nullable Followed followed;
        private @Nullable Instant nextAt;

        Follower() {
            this(Instant.MIN);
        }

        Follower(Instant knownBefore) {
            this.knownBefore = knownBefore;
        }

        List<String> hears(AlertDraft alert, String now) {
            return hears(alert.alert(), jakarta(now));
        }

        List<String> hears(Alert alert, Instant now) {
            return says(Followed.hear(followed, alert, knownBefore, reference, now));
        }

        List<String> later(String now) {
            if (followed == null) {
                throw new AssertionError("nothing was heard");
            }
            return says(followed.later(reference, jakarta(now)));
        }

        private List<String> says(Step step) {
            followed = step.followed();
            nextAt = step.nextAt();
            return step.errands().stream()
                    .map(errand -> errand.recipient() + " by " + errand.route() + (errand.instant() ? " at once" : "")
                            + ": " + errand.alert().state() + (errand.passedOn() ? ", passed on" : "")
                            + (errand.known() ? ", known" : ""))
                    .sorted()
                    .toList();
        }
    }

    private static AlertDraft overdue() {
        return AlertDraft.resolution("1", 100, MONDAY);
    }

    @Test
    void eachRungIsToldWhenItsTimeHasCome() {
        Follower follower = new Follower();

        assertThat(follower.hears(overdue(), "2024-07-01 10:01")).containsExactly("a by missed at once: OPEN");
        assertThat(local(follower.nextAt)).isEqualTo("2024-07-02 16:00");
        assertThat(follower.later("2024-07-02 15:59")).isEmpty();
        assertThat(local(follower.nextAt)).isEqualTo("2024-07-02 16:00");
        assertThat(follower.later("2024-07-02 16:00")).containsExactly("hall by +1: OPEN");
        assertThat(follower.nextAt).isNull();
        assertThat(follower.later("2024-07-03 16:00")).isEmpty();
    }

    @Test
    void everyoneWhoWasToldHearsOfItsEndAndTheOthersDoNot() {
        Follower early = new Follower();
        early.hears(overdue(), "2024-07-01 10:01");
        Instant end = jakarta("2024-07-01 11:00");

        assertThat(early.hears(overdue().then(State.CLEARED, end), "2024-07-01 11:00"))
                .containsExactly("a by missed at once: CLEARED");
        assertThat(early.nextAt).isNull();
        assertThat(early.later("2024-07-05 10:00")).isEmpty();

        Follower late = new Follower();
        late.hears(overdue(), "2024-07-03 10:00");
        assertThat(late.hears(overdue().then(State.RETRACTED, end), "2024-07-03 11:00"))
                .containsExactly("a by missed at once: RETRACTED", "hall by +1: RETRACTED");
    }

    @Test
    void whatWasNeverToldEndsUnheard() {
        assertThat(new Follower().hears(overdue().state(State.CLEARED), "2024-07-01 10:01"))
                .isEmpty();
    }

    @Test
    void whatIsOverMayTurnOutNeverToHaveBeen() {
        Follower follower = new Follower();
        follower.hears(overdue(), "2024-07-01 10:01");
        AlertDraft alert = overdue().then(State.CLEARED, jakarta("2024-07-01 11:00"));
        follower.hears(alert, "2024-07-01 11:00");

        assertThat(follower.hears(alert.then(State.RETRACTED, jakarta("2024-07-01 12:00")), "2024-07-01 12:00"))
                .containsExactly("a by missed at once: RETRACTED");
        assertThat(follower.hears(alert.then(State.OPEN, jakarta("2024-07-01 13:00")), "2024-07-01 13:00"))
                .as("whoever is to be told of it from the first rung on")
                .containsExactly("a by missed at once: OPEN");
        assertThat(local(follower.nextAt)).isEqualTo("2024-07-02 16:00");
    }

    @Test
    void anotherHolderIsToldAndTheOneBeforeHearsThatItIsPassedOn() {
        Follower follower = new Follower();
        follower.hears(overdue(), "2024-07-01 10:01");

        assertThat(follower.hears(
                        overdue().then(State.OPEN, jakarta("2024-07-01 12:00")).heldBy("B", "city"),
                        "2024-07-01 12:00"))
                .containsExactly("a by missed at once: OPEN, passed on", "b by missed at once: OPEN");
    }

    @Test
    void ofTwoWordsThatOfTheLaterAsOfHoldsWhicheverCameFirst() {
        AlertDraft draft = overdue();
        Alert open = draft.alert();
        Alert cleared = draft.then(State.CLEARED, MONDAY.plusSeconds(60)).alert();
        Alert again = draft.then(State.OPEN, MONDAY.plusSeconds(60)).alert();
        Instant now = jakarta("2024-07-01 10:05");

        for (List<Alert> order : List.of(
                List.of(open, cleared, again),
                List.of(again, cleared, open),
                List.of(cleared, again, open),
                List.of(open, again, cleared))) {
            Follower follower = new Follower();
            order.forEach(alert -> follower.hears(alert, now));
            assertThat(follower.followed).isNotNull();
            assertThat(follower.followed.alert()).isEqualTo(again);
            assertThat(follower.followed.sent()).containsOnlyKeys("a");
        }
    }

    @Test
    void whatIsHeardTwiceIsToldOnceAndLosesNoRungThatHasBecomeDue() {
        Follower follower = new Follower();
        follower.hears(overdue(), "2024-07-01 10:01");

        assertThat(follower.hears(overdue(), "2024-07-01 10:02")).isEmpty();
        assertThat(local(follower.nextAt)).isEqualTo("2024-07-02 16:00");
        assertThat(follower.hears(overdue(), "2024-07-02 16:00"))
                .as("the clock did not get to it before")
                .containsExactly("hall by +1: OPEN");
    }

    @Test
    void aReprocessThatFindsTheSameTellsThoseWhoKnowAndNobodyElse() {
        Follower follower = new Follower();
        follower.hears(overdue(), "2024-07-01 10:01");

        assertThat(follower.hears(overdue().asOf(jakarta("2024-07-04 10:00")).revision(1), "2024-07-04 10:00"))
                .as("its box knows that it was told")
                .containsExactly("a by missed at once: OPEN", "hall by +1: OPEN");
    }

    @Test
    void whatIsFoundInThePastIsKnownUntilItsEnd() {
        Follower follower = new Follower(jakarta("2024-07-02 00:00"));

        assertThat(follower.hears(overdue(), "2024-07-02 08:00")).containsExactly("a by missed at once: OPEN, known");
        assertThat(follower.hears(overdue().then(State.CLEARED, jakarta("2024-07-01 12:00")), "2024-07-02 08:00"))
                .containsExactly("a by missed at once: CLEARED, known");
        assertThat(follower.hears(overdue().revision(3).asOf(jakarta("2024-07-02 09:00")), "2024-07-02 09:00"))
                .as("it has become true anew")
                .containsExactly("a by missed at once: OPEN");
    }

    @Test
    void whatStoodBeforeIsNewsToThoseWhoseTimeComesLater() {
        Follower follower = new Follower(jakarta("2024-07-02 00:00"));
        follower.hears(overdue(), "2024-07-02 08:00");

        assertThat(follower.later("2024-07-02 16:00")).containsExactly("hall by +1: OPEN");
    }

    @Test
    void aHigherThresholdSaysItToWhoeverIsToldOnlyNow() {
        Follower follower = new Follower();
        AlertDraft near = AlertDraft.resolution("1", 75, MONDAY);
        follower.hears(near, "2024-07-01 10:01");
        AlertDraft superseded = near.then(State.SUPERSEDED, jakarta("2024-07-01 12:00"));

        assertThat(follower.hears(superseded, "2024-07-01 12:00")).containsExactly("a by near: SUPERSEDED");
        assertThat(follower.hears(
                        superseded
                                .then(State.SUPERSEDED, jakarta("2024-07-01 13:00"))
                                .heldBy("B", "city"),
                        "2024-07-01 13:00"))
                .containsExactly("a by near: SUPERSEDED, passed on");
        assertThat(follower.hears(superseded.then(State.OPEN, jakarta("2024-07-01 14:00")), "2024-07-01 14:00"))
                .as("the higher one does not hold any more")
                .containsExactly("b by near: OPEN");
    }

    @Test
    void theTimeThatHasPassedMattersAlsoOfWhatAHigherThresholdSays() {
        Follower follower = new Follower();
        follower.hears(overdue(), "2024-07-01 10:01");
        follower.hears(overdue().then(State.SUPERSEDED, jakarta("2024-07-01 12:00")), "2024-07-01 12:00");

        assertThat(follower.later("2024-07-02 16:00")).containsExactly("hall by +1: SUPERSEDED");
    }

    @Test
    void whatBecomesUrgentDoesNotWaitForTheDigestAnyMore() {
        Follower follower = new Follower();
        follower.reference = new PackDraft("pack")
                .recipient("a", "A", null)
                .route("near", AlertKind.THRESHOLD, null, "holder", false)
                .route(
                        "flooding",
                        AlertKind.THRESHOLD,
                        null,
                        null,
                        0,
                        "flooding",
                        null,
                        "holder",
                        true,
                        Validity.ALWAYS)
                .reference();
        AlertDraft near = AlertDraft.resolution("1", 75, MONDAY);

        assertThat(follower.hears(near, "2024-07-01 10:01")).containsExactly("a by near: OPEN");
        assertThat(follower.hears(
                        near.then(State.OPEN, jakarta("2024-07-01 11:00")).category("flooding"), "2024-07-01 11:00"))
                .containsExactly("a by flooding at once: OPEN");
    }

    @Test
    void aHolidayThatIsDecreedMeanwhilePutsTheRungOff() {
        Follower follower = new Follower();
        follower.reference =
                pack().holiday("office", "2024-07-02", null, "2024-07-02").reference();
        follower.hears(overdue(), "2024-07-01 10:01");
        assertThat(local(follower.nextAt)).isEqualTo("2024-07-02 16:00");

        assertThat(follower.later("2024-07-02 16:00")).isEmpty();
        assertThat(local(follower.nextAt)).isEqualTo("2024-07-03 16:00");
    }

    @Test
    void aUnitWithoutRecipientsIsToldOnceItHasSome() {
        Follower follower = new Follower();
        follower.reference = PackDraft.reference(
                new PackDraft("old").route("missed", AlertKind.OVERDUE, null, "holder", true),
                pack().knownFrom("2024-07-02 00:00"));

        assertThat(follower.hears(overdue(), "2024-07-01 10:01")).isEmpty();
        assertThat(follower.nextAt).isNull();
        assertThat(follower.later("2024-07-02 00:00")).containsExactly("a by missed at once: OPEN");
    }
}
