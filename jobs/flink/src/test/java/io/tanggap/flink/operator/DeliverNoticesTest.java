package io.tanggap.flink.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tanggap.core.complaint.DeadLetter;
import io.tanggap.core.notice.Answer;
import io.tanggap.core.notice.Notice;
import io.tanggap.core.notice.Notice.Occasion;
import io.tanggap.core.reference.Recipient;
import io.tanggap.delivery.Carrier;
import io.tanggap.delivery.RetryPlan;
import io.tanggap.flink.avro.Examples;
import io.tanggap.flink.document.Document;
import io.tanggap.flink.operator.DeliverNotices.Carriers;
import io.tanggap.flink.state.Parcel;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeliverNoticesTest {
    private static final Instant START = Examples.NOON;
    private static final Recipient DESK = Examples.parcels().get(0).recipient();

    /** What was carried, and what is answered; static, for the operator's carrier is made from its serialized form. */
    private static final List<String> CARRIED = new CopyOnWriteArrayList<>();

    private static final Map<String, Answer> ANSWERS = new ConcurrentHashMap<>();
    private static final Map<String, CountDownLatch> HANGS = new ConcurrentHashMap<>();

    private final TestClock clock = new TestClock();
    private long now = START.toEpochMilli();
    private Harness.Deliveries deliveries;

    private static final class Scripted implements Carrier {
        @Override
        public Answer carry(Notice notice, Recipient recipient, int attempt) {
            CARRIED.add(notice.recipient() + " " + notice.id().charAt(31) + " " + attempt);
            CountDownLatch hang = HANGS.get(notice.recipient());
            if (hang != null) {
                try {
                    hang.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
            return ANSWERS.getOrDefault(notice.recipient(), Answer.delivered("204"));
        }

        @Override
        public void close() {}
    }

    @BeforeEach
    void open() throws Exception {
        CARRIED.clear();
        ANSWERS.clear();
        HANGS.clear();
        deliveries = open(null);
    }

    private Harness.Deliveries open(@Nullable OperatorSubtaskState state) throws Exception {
        Carriers carriers = Scripted::new;
        Harness.Deliveries opened = new Harness.Deliveries(carriers, clock, state);
        opened.wallClock(now);
        return opened;
    }

    @AfterEach
    void close() {
        HANGS.values().forEach(CountDownLatch::countDown);
        deliveries.close();
    }

    private static Parcel parcel(String recipient, int number) {
        Notice notice = new Notice(
                "0".repeat(31) + number,
                recipient,
                "a",
                "A",
                Occasion.INSTANT,
                START,
                Map.of(),
                List.of(),
                null,
                Map.of(),
                "en",
                ZoneOffset.UTC);
        return Parcel.of(notice, DESK);
    }

    private void passes(Duration time) throws Exception {
        now += time.toMillis();
        deliveries.wallClock(now);
    }

    /** Lets the clock go on, for what is carried meanwhile is looked after by it. */
    private void until(Callable<Boolean> condition) {
        await().until(() -> {
            passes(Duration.ofMillis(100));
            return condition.call();
        });
    }

    private List<String> outcomes() {
        List<String> outcomes = new ArrayList<>();
        for (Document document : deliveries.take()) {
            outcomes.add(Json.of(document).path("outcome").asText());
        }
        return outcomes;
    }

    @Test
    void aMessageIsSentOnceACheckpointHoldsIt() throws Exception {
        deliveries.send(parcel("desk", 1));
        passes(Duration.ofSeconds(5));
        assertThat(CARRIED).as("no checkpoint yet").isEmpty();
        deliveries.snapshot(1);
        passes(Duration.ofSeconds(5));
        assertThat(CARRIED).as("one that has begun").isEmpty();
        deliveries.completed(1);
        until(() -> outcomes().contains("DELIVERED"));
        assertThat(CARRIED).containsExactly("desk 1 1");
        passes(Duration.ofDays(1));
        assertThat(CARRIED).hasSize(1);
    }

    @Test
    void afterAFailureTheSameMessageIsSentAgain() throws Exception {
        HANGS.put("desk", new CountDownLatch(1));
        deliveries.send(parcel("desk", 1));
        OperatorSubtaskState state = deliveries.snapshot(1);
        deliveries.completed(1);
        until(() -> CARRIED.size() == 1);
        HANGS.remove("desk").countDown();
        deliveries.close();

        deliveries = open(state);
        until(() -> outcomes().contains("DELIVERED"));
        assertThat(CARRIED).containsExactly("desk 1 1", "desk 1 1");
    }

    @Test
    void whatFailsIsTriedAgainAndGivenUpIntoADeadLetter() throws Exception {
        ANSWERS.put("desk", Answer.retry("503 Service Unavailable"));
        deliveries.send(parcel("desk", 1));
        deliveries.snapshot(1);
        deliveries.completed(1);
        until(() -> CARRIED.size() == 1);
        passes(Duration.ofSeconds(30));
        assertThat(CARRIED).as("half a minute later").hasSize(1);
        for (int attempt = 2; attempt <= RetryPlan.MOST_ATTEMPTS; attempt++) {
            int tries = attempt;
            passes(Duration.ofMillis(200));
            passes(Duration.ofHours(8));
            until(() -> CARRIED.size() == tries);
        }
        List<DeadLetter> letters = new ArrayList<>();
        until(() -> {
            letters.addAll(deliveries.takeSide(DeliverNotices.DEAD_LETTERS));
            return !letters.isEmpty();
        });
        assertThat(letters).singleElement().satisfies(letter -> {
            assertThat(letter.stage()).isEqualTo(DeadLetter.Stage.DELIVERY);
            assertThat(letter.message()).contains("desk", "10 attempts", "503 Service Unavailable");
        });
        passes(Duration.ofDays(2));
        assertThat(CARRIED).hasSize(RetryPlan.MOST_ATTEMPTS);
    }

    @Test
    void whatIsRefusedIsNotTriedAgain() throws Exception {
        ANSWERS.put("desk", Answer.refused("410 Gone"));
        deliveries.send(parcel("desk", 1));
        deliveries.snapshot(1);
        deliveries.completed(1);
        until(() -> outcomes().contains("UNDELIVERED"));
        assertThat(CARRIED).hasSize(1);
    }

    @Test
    void aRecipientThatHangsHoldsUpNobodyElse() throws Exception {
        HANGS.put("desk", new CountDownLatch(1));
        deliveries.send(parcel("desk", 1));
        deliveries.send(parcel("desk", 2));
        deliveries.send(parcel("other", 3));
        deliveries.snapshot(1);
        deliveries.completed(1);
        until(() -> outcomes().contains("DELIVERED"));
        assertThat(CARRIED).containsExactlyInAnyOrder("desk 1 1", "other 3 1");
        HANGS.remove("desk").countDown();
        until(() -> CARRIED.contains("desk 2 1"));
    }
}
