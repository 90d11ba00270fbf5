package io.tanggap.flink.operator;

import static io.tanggap.flink.operator.City.DAY;
import static io.tanggap.flink.operator.City.at;
import static io.tanggap.flink.operator.City.day;
import static io.tanggap.flink.operator.City.event;
import static io.tanggap.flink.operator.City.millis;
import static io.tanggap.flink.operator.City.submitted;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tanggap.core.complaint.ChannelDeclaration;
import io.tanggap.core.complaint.Payload.PublicReply;
import io.tanggap.core.measure.Cell;
import io.tanggap.core.measure.Count;
import io.tanggap.core.measure.Slice;
import io.tanggap.core.measure.Tally;
import io.tanggap.flink.document.Document.Kind;
import io.tanggap.flink.operator.Harness.Declarations;
import io.tanggap.flink.state.Cause;
import io.tanggap.flink.state.CellChange;
import io.tanggap.flink.state.PathChange;
import io.tanggap.flink.state.SlicePath;
import io.tanggap.testkit.Seeds;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TrackDeclarationsTest {
    private static final LocalDate THE_DAY = LocalDate.ofEpochDay(day(0));
    private static final String CELL = Cell.ofChannel("qlue", day(0)).id();
    private static final Cause LATE = new Cause("qlue:1", List.of("0a"), 1, List.of(), 0);

    private static ChannelDeclaration declared(long events, long minute) {
        return new ChannelDeclaration("qlue", THE_DAY, events, at(minute));
    }

    private static PathChange received(long events, Cause cause) {
        SlicePath path = new SlicePath(
                Slice.ofChannel("qlue").id(),
                new SlicePath(Slice.ofChannel(Cell.ALL_CHANNELS).id(), null));
        return new PathChange(
                path,
                day(0),
                new Tally.Builder().add(Count.EVENTS_RECEIVED, events).build(),
                cause);
    }

    private static Map<String, Tally> sums(List<CellChange> changes) {
        Map<String, Tally> sums = new TreeMap<>();
        changes.forEach(change -> sums.merge(change.cell(), change.change(), Tally::plus));
        return sums;
    }

    private static Tally declaredDay(long received, long declared) {
        return new Tally.Builder()
                .add(Count.EVENTS_OF_DECLARED_DAYS, received)
                .add(Count.EVENTS_DECLARED, declared)
                .add(Count.DAYS_DECLARED, 1)
                .build();
    }

    @Test
    void aDayWithoutEventsIsMissingWhenItIsDeclared() throws Exception {
        try (Declarations days = new Declarations(Timing.live())) {
            days.send(declared(17, DAY));

            assertThat(days.take()).containsExactly(new CellChange(CELL, declaredDay(0, 17)));
            assertThat(days.takePathChanges())
                    .containsExactly(new PathChange(
                            received(1, null).path(), day(0), declaredDay(0, 17), Cause.declared(declared(17, DAY))));
        }
    }

    @Test
    void copiesAndOlderDeclarationsChangeNothing() throws Exception {
        try (Declarations days = new Declarations(Timing.live())) {
            days.send(declared(17, DAY));
            days.take();
            days.send(declared(17, DAY));
            days.send(declared(99, DAY - 1));
            days.send(declared(16, DAY));
            assertThat(days.take()).isEmpty();

            days.send(declared(12, 9 * DAY));
            assertThat(days.take())
                    .as("a correction, however late, is the difference")
                    .containsExactly(new CellChange(
                            CELL,
                            new Tally.Builder().add(Count.EVENTS_DECLARED, -5).build()));
        }
    }

    @Test
    void whatIsReceivedKeepsItsCauseAndCountsOnceItsDayIsDeclared() throws Exception {
        try (Declarations days = new Declarations(Timing.live())) {
            days.receive(received(3, null));
            days.receive(received(1, null));
            assertThat(days.take())
                    .containsExactly(new CellChange(
                            CELL,
                            new Tally.Builder().add(Count.DAYS_UNDECLARED, 1).build()));
            days.send(declared(5, DAY));
            days.takePathChanges();
            days.receive(received(1, LATE));
            assertThat(days.takePathChanges()).extracting(PathChange::cause).containsExactly(LATE);
            assertThat(sums(days.take())).isEqualTo(Map.of(CELL, declaredDayAfterUndeclared()));
        }
    }

    /** What the changes since the day was counted as undeclared add up to. */
    private static Tally declaredDayAfterUndeclared() {
        return declaredDay(5, 5)
                .plus(new Tally.Builder().add(Count.DAYS_UNDECLARED, -1).build());
    }

    @Test
    void inAnyOrderWithCopiesAndOverARestartTheSameComesOfIt() throws Exception {
        List<ChannelDeclaration> said = List.of(declared(7, DAY), declared(9, 2 * DAY), declared(9, 2 * DAY));
        long seed = Seeds.seed();
        for (int round = 0; round < 20; round++) {
            Random random = new Random(seed + round);
            List<Integer> order = new ArrayList<>(List.of(0, 1, 2, 3, 4, 5));
            Collections.shuffle(order, random);
            List<CellChange> changes = new ArrayList<>();
            Declarations days = new Declarations(random.nextBoolean() ? Timing.live() : Timing.replay(at(9 * DAY)));
            Timing timing = Timing.live();
            for (int next : order) {
                if (next < 3) {
                    days.send(said.get(next));
                } else {
                    days.receive(received(next, null));
                }
                changes.addAll(days.take());
                if (random.nextInt(3) == 0) {
                    var state = days.snapshot();
                    days.close();
                    days = new Declarations(timing, state);
                }
            }
            assertThat(sums(changes)).isEqualTo(Map.of(CELL, declaredDay(12, 9)));
            assertThat(days.stateEntries()).isEqualTo(1);
            days.close();
        }
    }

    @Test
    void aReplayNamesNoCauseAndDoesNotSeeDaysToCome() throws Exception {
        Instant asOf = at(DAY);
        try (Declarations days = new Declarations(Timing.replay(asOf))) {
            days.send(declared(17, DAY));
            assertThat(days.takePathChanges()).extracting(PathChange::cause).containsOnlyNulls();
            days.take();
            days.send(new ChannelDeclaration("qlue", THE_DAY.plusDays(3), 5, asOf.plus(Duration.ofDays(5))));
            assertThat(days.take()).isEmpty();
        }
    }

    /** From events and declarations to rows and restatements. */
    @Test
    void aDeclarationOfAPublishedDayRestatesItAndIsNamed() throws Exception {
        String row = "CHANNEL|ORIGIN|qlue|*|*|DAY|" + day(0);
        String city = "CHANNEL|ORIGIN|ALL_CHANNELS|*|*|DAY|" + day(0);
        try (Pipeline pipeline =
                new Pipeline(Timing.live(), new TestClock(), City.pack("first", Instant.EPOCH, "north"))) {
            pipeline.send(event("1", 0, submitted(null)));
            pipeline.send(event("1", 5, new PublicReply()));
            pass(pipeline, 0, 20);
            JsonNode today = pipeline.document(Kind.RESPONSIVENESS, row);
            assertThat(today.path("counts").path("events_received").asLong()).isEqualTo(2);
            assertThat(today.path("counts").path("undeclared_days").asLong())
                    .as("while the day goes on, nobody can have declared it")
                    .isZero();
            assertThat(today.path("unit_name").asText()).isEqualTo("qlue");
            assertThat(today.path("level").asText()).isEqualTo("channel");

            pass(pipeline, 20, 2 * DAY);
            JsonNode over = pipeline.document(Kind.RESPONSIVENESS, row);
            assertThat(over.path("counts").path("undeclared_days").asLong()).isEqualTo(1);
            assertThat(over.path("times_state").path("coverage").asText()).isEqualTo("UNDECLARED");

            pass(pipeline, 2 * DAY, 30 * DAY);
            assertThat(pipeline.restatements()).isEmpty();
            pipeline.send(declared(4, 30 * DAY));
            pass(pipeline, 30 * DAY, 31 * DAY);

            for (String id : List.of(row, city)) {
                JsonNode restated = pipeline.restatements().get(id + "|1");
                assertThat(restated).as(id).isNotNull();
                assertThat(restated.path("causes").path("declarations").toString())
                        .isEqualTo("[\"qlue " + THE_DAY + "\"]");
                assertThat(restated.path("causes").path("cases")).isEmpty();
                assertThat(restated.path("restated").toString())
                        .contains("{\"figure\":\"shares.coverage\",\"to\":0.5}")
                        .contains("{\"figure\":\"counts.undeclared_days\",\"from\":1,\"to\":0,\"change\":-1}");
                assertThat(pipeline.document(Kind.RESPONSIVENESS, id)
                                .path("shares")
                                .path("coverage")
                                .asDouble())
                        .isEqualTo(0.5);
            }
        }
    }

    /** Lets every hour up to a minute pass. */
    private static void pass(Pipeline pipeline, long from, long to) throws Exception {
        for (long minute = from; minute < to; minute += 60) {
            pipeline.watermark(millis(minute));
        }
        pipeline.watermark(millis(to));
    }
}
