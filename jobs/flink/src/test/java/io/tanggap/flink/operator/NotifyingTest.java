package io.tanggap.flink.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tanggap.core.alert.Alert;
import io.tanggap.core.alert.Alert.Due;
import io.tanggap.core.alert.Alert.Matter;
import io.tanggap.core.alert.Alert.State;
import io.tanggap.core.notice.Errand;
import io.tanggap.core.notice.Notice.Occasion;
import io.tanggap.core.notice.Silence;
import io.tanggap.core.reference.AlertKind;
import io.tanggap.core.reference.Policy.Target;
import io.tanggap.core.reference.Recipient;
import io.tanggap.core.reference.Recipient.Means;
import io.tanggap.core.reference.ReferencePack;
import io.tanggap.core.reference.Route;
import io.tanggap.core.reference.Route.Party;
import io.tanggap.core.reference.Validity;
import io.tanggap.flink.state.Bulletin;
import io.tanggap.flink.state.Heard;
import io.tanggap.flink.state.Parcel;
import io.tanggap.testkit.RoutingPack;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** {@link FollowAlerts} and {@link GatherNotices}: what they add to the core, which is time, packs and state. */
class NotifyingTest {
    private static final Instant NOW = Instant.parse("2024-03-04T09:00:00Z");
    private static final ReferencePack PACK = pack();

    private static ReferencePack pack() {
        return RoutingPack.of(
                "city",
                ZoneOffset.UTC,
                List.of(route("holder", 0, Party.HOLDER, null, true), route("mayor", 1, Party.UNIT, "mayor", false)),
                List.of(recipient("desk", "A"), recipient("mayor", "mayor")));
    }

    private static Route route(String id, int days, Party party, @Nullable String name, boolean instant) {
        return new Route(
                id, AlertKind.OVERDUE, Target.RESOLUTION, 100, days, null, null, party, name, instant, Validity.ALWAYS);
    }

    private static Recipient recipient(String id, String unit) {
        return new Recipient(
                id, unit, Means.FILE, id, "en", LocalTime.of(12, 0), null, null, null, 10, Validity.ALWAYS);
    }

    private static Alert overdue(int number, int revision, State state, Instant asOf) {
        return new Alert(
                "qlue:" + number + "/RESOLUTION.1.1.100",
                revision,
                AlertKind.OVERDUE,
                state,
                NOW,
                null,
                "qlue",
                new Matter("qlue:" + number, "1", null, null, NOW, "A", List.of("A", "city"), "A", null),
                new Due(Target.RESOLUTION, 1, 1, 100, NOW, Duration.ofHours(1), null, "line", null, "pack"),
                false,
                List.of(),
                asOf,
                "pack");
    }

    private static Heard heard(Alert alert) {
        return new Heard(alert, Instant.EPOCH);
    }

    private static long millis(Duration later) {
        return NOW.plus(later).toEpochMilli();
    }

    @Test
    void alertsWaitForThePackAndClimbTheLadderWithTime() throws Exception {
        try (Harness.Follow follow = new Harness.Follow()) {
            follow.wallClock(millis(Duration.ZERO));
            follow.send(heard(overdue(1, 1, State.OPEN, NOW)));
            assertThat(follow.take()).isEmpty();
            follow.publish(Bulletin.of(PACK));
            follow.wallClock(millis(Duration.ofSeconds(2)));
            assertThat(follow.take()).extracting(Errand::recipient).containsExactly("desk");
            follow.wallClock(millis(Duration.ofHours(23)));
            assertThat(follow.take()).isEmpty();
            follow.wallClock(millis(Duration.ofHours(25)));
            assertThat(follow.take()).extracting(Errand::recipient).containsExactly("mayor");
            follow.send(heard(overdue(1, 2, State.CLEARED, NOW.plus(Duration.ofHours(26)))));
            assertThat(follow.take())
                    .extracting(Errand::recipient, errand -> errand.alert().state())
                    .containsExactlyInAnyOrder(tuple("desk", State.CLEARED), tuple("mayor", State.CLEARED));
            assertThat(follow.stateEntries()).isEqualTo(1);
            follow.wallClock(millis(Duration.ofDays(100)));
            assertThat(follow.stateEntries())
                    .as("as long as a topic may repeat it")
                    .isZero();
        }
    }

    @Test
    void manyRevisionsOfAnAlertHaveOneTimer() throws Exception {
        try (Harness.Follow follow = new Harness.Follow()) {
            follow.publish(Bulletin.of(PACK));
            follow.wallClock(millis(Duration.ofDays(2)));
            for (int revision = 1; revision <= 20; revision++) {
                follow.wallClock(millis(Duration.ofDays(2).plusSeconds(revision)));
                follow.send(heard(overdue(1, revision, State.OPEN, NOW.plusSeconds(revision))));
            }
            assertThat(follow.wallClockTimers()).isEqualTo(1);
        }
    }

    private static Errand errand(int number, boolean instant) {
        return new Errand("desk", "holder", instant, overdue(number, 1, State.OPEN, NOW), false, false);
    }

    @Test
    void errandsWaitForThePackThatListsTheirRecipient() throws Exception {
        try (Harness.Gather gather = new Harness.Gather(null)) {
            gather.wallClock(millis(Duration.ZERO));
            gather.send(errand(1, true));
            assertThat(gather.take()).isEmpty();
            gather.publish(Bulletin.of(PACK));
            gather.wallClock(millis(Duration.ofSeconds(2)));
            assertThat(gather.take())
                    .extracting(parcel -> parcel.notice().occasion())
                    .containsExactly(Occasion.INSTANT);
        }
    }

    @Test
    void aJobThatDiesInTheMiddleOfADigestMakesTheSameOneAgain() throws Exception {
        OperatorSubtaskState state;
        List<Parcel> first;
        try (Harness.Gather gather = new Harness.Gather(null)) {
            gather.publish(Bulletin.of(PACK));
            gather.wallClock(millis(Duration.ZERO));
            gather.send(errand(1, false));
            gather.send(errand(2, false));
            assertThat(gather.take()).as("it waits for noon").isEmpty();
            state = gather.snapshot();
            gather.wallClock(millis(Duration.ofHours(3)));
            first = gather.take();
        }
        assertThat(first).hasSize(1);
        try (Harness.Gather gather = new Harness.Gather(state)) {
            gather.wallClock(millis(Duration.ofHours(3).plusMinutes(5)));
            List<Parcel> again = gather.take();
            assertThat(again).hasSize(1);
            assertThat(again.get(0).notice().id())
                    .isEqualTo(first.get(0).notice().id());
            assertThat(again.get(0).notice().items())
                    .isEqualTo(first.get(0).notice().items())
                    .hasSize(2);
            gather.wallClock(millis(Duration.ofHours(30)));
            assertThat(gather.take()).as("no digest without news").isEmpty();
        }
    }

    @Test
    void silencesAndSilentFeedsAreHeardOf() throws Exception {
        try (Harness.Gather gather = new Harness.Gather(null)) {
            gather.publish(Bulletin.of(PACK));
            gather.wallClock(millis(Duration.ZERO));
            gather.publish(Bulletin.of(new Silence(
                    "s", NOW, NOW.plus(Duration.ofHours(1)), "flood", "camat", "A", null, null, null, null)));
            gather.send(errand(1, true));
            assertThat(gather.take()).isEmpty();
            gather.wallClock(millis(Duration.ofMinutes(62)));
            assertThat(gather.take())
                    .extracting(parcel -> parcel.notice().occasion(), parcel -> parcel.notice()
                            .reason())
                    .containsExactly(tuple(Occasion.SILENCE_ENDED, "flood"));
            gather.publish(Bulletin.of(feed(1, State.OPEN)));
            gather.send(errand(2, true));
            assertThat(gather.take()).as("the feed is silent").isEmpty();
            gather.publish(Bulletin.of(feed(2, State.CLEARED)));
            gather.wallClock(millis(Duration.ofMinutes(64)));
            assertThat(gather.take())
                    .extracting(parcel -> parcel.notice().occasion())
                    .containsExactly(Occasion.INSTANT);
        }
    }

    private static Alert feed(int revision, State state) {
        return new Alert(
                "feed/qlue/1",
                revision,
                AlertKind.FEED_SILENT,
                state,
                NOW,
                null,
                "qlue",
                null,
                null,
                false,
                List.of(),
                NOW.plusSeconds(revision),
                null);
    }
}
