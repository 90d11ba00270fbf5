package io.tanggap.flink.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.tanggap.core.complaint.Actor;
import io.tanggap.core.complaint.CaseEvent;
import io.tanggap.core.complaint.Payload;
import io.tanggap.core.complaint.TimeNote;
import io.tanggap.core.complaint.Visibility;
import io.tanggap.core.reference.ReferencePack;
import io.tanggap.core.reference.ReferencePack.Unit;
import io.tanggap.core.release.DailyEvent;
import io.tanggap.core.release.ReleasedUnit;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithNonKeyedOperator;
import org.apache.flink.streaming.util.BroadcastOperatorTestHarness;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TellEventsTest {
    private static final Instant FIRST = Instant.parse("2017-01-01T00:00:00Z");
    private static final Instant LATER = Instant.parse("2018-01-01T00:00:00Z");

    @TempDir
    Path directory;

    private final List<BroadcastOperatorTestHarness<?, ?, ?>> open = new ArrayList<>();
    private KeyFile key;

    @BeforeEach
    void makeKey() throws Exception {
        Path file = directory.resolve("key");
        Files.write(file, "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII));
        key = new KeyFile(file.toString());
    }

    @AfterEach
    void close() throws Exception {
        for (BroadcastOperatorTestHarness<?, ?, ?> harness : open) {
            harness.close();
        }
    }

    private static ReferencePack pack(String id, Instant knownFrom, Unit... units) {
        return new ReferencePack(
                id,
                knownFrom,
                "city",
                ZoneId.of("Asia/Jakarta"),
                Duration.ofDays(14),
                List.of(units),
                List.of(),
                Map.of());
    }

    private static Unit unit(String id) {
        return new Unit(id, id, "kelurahan", null);
    }

    private static CaseEvent event(String number, Instant ingestedAt) {
        return CaseEvent.of(
                "qlue",
                number,
                Instant.parse("2017-11-05T17:30:00Z"),
                ingestedAt,
                null,
                Actor.OFFICER,
                "galur",
                Visibility.PUBLIC,
                false,
                TimeNote.EXACT,
                new Payload.HandoverOffered("Pak Budi"));
    }

    private BroadcastOperatorTestHarness<CaseEvent, ReferencePack, DailyEvent> harness(
            int packsToAwait, @Nullable OperatorSubtaskState state) throws Exception {
        BroadcastOperatorTestHarness<CaseEvent, ReferencePack, DailyEvent> harness = new BroadcastOperatorTestHarness<>(
                new CoBroadcastWithNonKeyedOperator<>(new TellEvents(key, packsToAwait), List.of(Packs.STATE)),
                1,
                1,
                0);
        open.add(harness);
        harness.setup();
        if (state != null) {
            harness.initializeState(state);
        }
        harness.open();
        return harness;
    }

    private static List<DailyEvent> told(BroadcastOperatorTestHarness<CaseEvent, ReferencePack, DailyEvent> harness) {
        List<DailyEvent> told = new ArrayList<>(harness.extractOutputValues());
        harness.getOutput().clear();
        return told;
    }

    @Test
    void eventsWaitForEveryPackThatWasPublishedAlsoThroughARestart() throws Exception {
        var waiting = harness(2, null);
        waiting.processElement(event("1", FIRST), 0);
        waiting.processBroadcastElement(pack("first", FIRST, unit("galur")), 0);
        assertThat(told(waiting)).isEmpty();
        var restored = harness(2, waiting.snapshot(1, 1));
        restored.processElement(event("2", LATER), 0);
        assertThat(told(restored)).isEmpty();
        restored.processBroadcastElement(pack("second", LATER), 0);
        assertThat(told(restored))
                .as("each in the words known when it was first seen")
                .extracting(DailyEvent::unit)
                .containsExactly(new ReleasedUnit("galur", "kelurahan"), new ReleasedUnit(null, "unlisted"));
    }

    @Test
    void anEventIsToldOnTheCitysDayInTheWordsOfTheReference() throws Exception {
        var harness = harness(1, null);
        harness.processBroadcastElement(pack("first", FIRST, unit("galur")), 0);
        harness.processElement(event("1", FIRST), 0);
        harness.processElement(event("1", LATER), 0);
        List<DailyEvent> told = told(harness);
        assertThat(told.get(0)).as("a copy is told alike").isEqualTo(told.get(1));
        assertThat(told.get(0).day()).isEqualTo(LocalDate.of(2017, 11, 6));
        assertThat(told.get(0).to()).isEqualTo(new ReleasedUnit(null, "unlisted"));
        assertThat(told.get(0).toString()).doesNotContain("Budi").doesNotContain("qlue:1");
    }
}
