package io.tanggap.flink.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import io.tanggap.core.alert.Alert;
import io.tanggap.core.alert.Alert.State;
import io.tanggap.flink.document.Document;
import io.tanggap.flink.state.FeedSign;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WatchFeedsTest {
    private static final long HOUR = Duration.ofHours(1).toMillis();
    private static final long LIMIT = 6 * HOUR;

    private final TestClock clock = new TestClock();
    private final long start = clock.micros() / 1_000;
    private Harness.Feeds feeds;

    @BeforeEach
    void open() throws Exception {
        feeds = new Harness.Feeds(clock, null);
        feeds.wallClock(start);
    }

    @AfterEach
    void close() {
        feeds.close();
    }

    private static FeedSign sign(long sentAt) {
        return new FeedSign("qlue", sentAt, LIMIT);
    }

    private JsonNode last() {
        List<Document> documents = feeds.take();
        assertThat(documents).isNotEmpty();
        assertThat(documents).extracting(Document::id).containsOnly("qlue");
        return Json.of(documents.get(documents.size() - 1));
    }

    private void passes(long hours) throws Exception {
        feeds.wallClock(start + hours * HOUR);
    }

    @Test
    void aFeedIsSilentAfterItsTimeAndAliveWithTheNextRecord() throws Exception {
        feeds.send(sign(start - 5));
        JsonNode alive = last();
        assertThat(alive.path("silent").asBoolean(true)).isFalse();
        assertThat(alive.path("silent_after_seconds").asLong()).isEqualTo(LIMIT / 1_000);
        assertThat(alive.path("last_record_at").asText())
                .isEqualTo(Instant.ofEpochMilli(start - 5).toString());
        passes(4);
        feeds.send(sign(start + 4 * HOUR));
        last();
        passes(9);
        assertThat(feeds.take()).as("five hours after the last").isEmpty();
        passes(10);
        JsonNode silent = last();
        assertThat(silent.path("silent").asBoolean()).isTrue();
        assertThat(silent.path("silent_since").asText())
                .isEqualTo(Instant.ofEpochMilli(start + 4 * HOUR).toString());
        passes(30);
        assertThat(feeds.take()).as("told once").isEmpty();
        feeds.send(sign(start + 30 * HOUR));
        assertThat(last().path("silent").asBoolean(true)).isFalse();
        assertThat(feeds.wallClockTimers()).isEqualTo(1);
    }

    @Test
    void aSilenceIsAnAlertUntilTheFeedSendsAgain() throws Exception {
        feeds.send(sign(start));
        passes(6);
        assertThat(feeds.takeSide(WatchFeeds.ALERTS))
                .extracting(Alert::id, Alert::revision, Alert::state, Alert::raisedAt)
                .containsExactly(tuple("feed/qlue/" + start, 1, State.OPEN, Instant.ofEpochMilli(start + 6 * HOUR)));
        feeds.send(sign(start + 7 * HOUR));
        assertThat(feeds.takeSide(WatchFeeds.ALERTS))
                .extracting(Alert::id, Alert::revision, Alert::state)
                .containsExactly(tuple("feed/qlue/" + start, 2, State.CLEARED));
        feeds.send(sign(start + 7 * HOUR));
        assertThat(feeds.takeSide(WatchFeeds.ALERTS)).isEmpty();
    }

    @Test
    void aFeedThatNeverSendsIsSilentToo() throws Exception {
        feeds.send(sign(FeedSign.NONE));
        assertThat(last().has("last_record_at")).isFalse();
        passes(6);
        assertThat(last().path("silent").asBoolean()).isTrue();
        feeds.send(sign(FeedSign.NONE));
        assertThat(last().path("silent").asBoolean())
                .as("the word of a new pack is no sign of life")
                .isTrue();
    }

    @Test
    void aChannelWithoutALimitIsNotWatchedUntilAPackGivesItOne() throws Exception {
        feeds.send(new FeedSign("qlue", start, FeedSign.NONE));
        assertThat(last().has("silent_after_seconds")).isFalse();
        assertThat(feeds.wallClockTimers()).isZero();
        passes(100);
        assertThat(feeds.take()).isEmpty();
        feeds.send(sign(FeedSign.NONE));
        last();
        passes(101);
        assertThat(last().path("silent").asBoolean()).isTrue();
    }

    @Test
    void timeInWhichTheJobWasDownIsNoSilence() throws Exception {
        feeds.send(sign(start));
        OperatorSubtaskState state = feeds.snapshot();
        feeds.close();
        clock.add(20 * HOUR * 1_000);
        feeds = new Harness.Feeds(clock, state);
        passes(20);
        assertThat(feeds.take()).as("what was sent meanwhile is still unread").isEmpty();
        passes(25);
        assertThat(feeds.take()).isEmpty();
        passes(26);
        assertThat(last().path("silent").asBoolean()).isTrue();
    }
}
