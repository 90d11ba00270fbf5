package io.tanggap.flink.operator;

import static io.tanggap.flink.operator.City.DAY;
import static io.tanggap.flink.operator.City.HOUR;
import static io.tanggap.flink.operator.City.at;
import static io.tanggap.flink.operator.City.event;
import static io.tanggap.flink.operator.City.millis;
import static io.tanggap.flink.operator.City.submitted;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tanggap.core.complaint.CaseEvent;
import io.tanggap.core.complaint.Outcome;
import io.tanggap.core.complaint.Payload.Closed;
import io.tanggap.core.complaint.Payload.ProgressUpdated;
import io.tanggap.core.complaint.Payload.Reopened;
import io.tanggap.core.reference.ReferencePack;
import io.tanggap.core.reference.ReferencePack.ResolutionTarget;
import io.tanggap.flink.document.Document;
import io.tanggap.flink.document.Document.Kind;
import io.tanggap.flink.operator.Harness.Cases;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A second pack, known from day 2 on, while cases are open: three days by the first, one day by the second. */
class PackChangeTest {
    private static final ReferencePack FIRST = pack("first", Instant.EPOCH, "north", Duration.ofDays(3));
    private static final ReferencePack SECOND = pack("second", at(2 * DAY), "south", Duration.ofDays(1));

    private final TestClock clock = new TestClock();

    private static ReferencePack pack(String id, Instant knownFrom, String parent, Duration within) {
        ReferencePack pack = City.pack(id, knownFrom, parent);
        return new ReferencePack(
                id,
                knownFrom,
                pack.city(),
                pack.zone(),
                pack.staleAfter(),
                pack.units(),
                List.of(new ResolutionTarget("of the " + id, null, null, within, null, null)),
                pack.categoryGroups());
    }

    private static final List<CaseEvent> EVENTS = List.of(
            event("open", 0, submitted(null)),
            event("judged", 0, submitted(null)),
            event("judged", DAY + 2 * HOUR, new Closed(Outcome.FIXED)),
            event("reopened", 0, submitted(null)),
            event("reopened", DAY, new Closed(Outcome.FIXED)),
            event("reopened", 2 * DAY + 2 * HOUR, new Reopened()),
            event("new", 2 * DAY + 2 * HOUR, submitted(null)),
            event("of the next day", 3 * DAY, submitted(null)));

    private static JsonNode theCase(Pipeline pipeline, String number) {
        return pipeline.document(Kind.CASE, "qlue:" + number);
    }

    /** Ahead of its time, and, as if somebody had been late, after it. */
    @ParameterizedTest
    @ValueSource(longs = {DAY, 2 * DAY + HOUR, 3 * DAY + HOUR})
    void wheneverAPackIsPublishedItJudgesWhatIsNotJudgedYetAndNothingElse(long published) throws Exception {
        Map<String, String> live;
        try (Pipeline pipeline = new Pipeline(Timing.live(), clock, FIRST)) {
            for (long minute = 0; minute <= 4 * DAY; minute += HOUR) {
                if (minute == published) {
                    pipeline.publish(SECOND);
                    pipeline.sweep(millis(minute - HOUR));
                }
                for (CaseEvent event : EVENTS) {
                    if (event.occurredAt().equals(at(minute))) {
                        pipeline.send(event);
                    }
                }
                pipeline.watermark(millis(minute) + 1);
                if (minute >= HOUR) {
                    String pack = minute >= published && minute >= 2 * DAY ? "second" : "first";
                    assertThat(theCase(pipeline, "open").path("reference_pack").asText())
                            .as("after %d hours", minute / HOUR)
                            .isEqualTo(pack);
                }
            }
            assertThat(theCase(pipeline, "open").path("target").asText())
                    .as("its clock ran, so it counts by the second from its start")
                    .isEqualTo("of the second");
            assertThat(theCase(pipeline, "open").path("deadline").asText()).isEqualTo(at(DAY).toString());
            assertThat(theCase(pipeline, "judged").path("target").asText())
                    .as("what was judged before stays judged")
                    .isEqualTo("of the first");
            assertThat(theCase(pipeline, "reopened").path("first_verdict").asText())
                    .isEqualTo("MET");
            assertThat(theCase(pipeline, "reopened").path("target").asText())
                    .as("of its second cycle")
                    .isEqualTo("of the second");
            assertThat(theCase(pipeline, "new").path("target").asText()).isEqualTo("of the second");
            live = judged(pipeline);
        }
        try (Pipeline again = new Pipeline(Timing.replay(at(4 * DAY).plusMillis(1)), clock, FIRST, SECOND)) {
            for (CaseEvent event : EVENTS) {
                again.send(event);
            }
            again.watermark(Harness.END);
            Map<String, String> contents = live;
            judged(again).forEach((id, content) -> assertThat(contents.get(id))
                    .as("%s; beside all of it there is only what was retracted", id)
                    .isEqualTo(content));
        }
    }

    /** Rows that nothing has changed since are of the pack that was known when they were written, as of then. */
    private static Map<String, String> judged(Pipeline pipeline) {
        Map<String, String> contents = pipeline.contents();
        contents.replaceAll((id, content) ->
                id.startsWith("RESPONSIVENESS") ? content.replaceAll("\"reference_pack\":\"\\w+\",", "") : content);
        assertThat(contents.keySet())
                .anyMatch(id -> id.startsWith("RESPONSIVENESS TERRITORY|CROP|north"))
                .anyMatch(id -> id.startsWith("RESPONSIVENESS TERRITORY|CROP|south"));
        return contents;
    }

    @Test
    void aRestartNeedsNoPackToBePublishedAgain() throws Exception {
        OperatorSubtaskState state;
        try (Cases cases = new Cases(Timing.live(), clock)) {
            cases.publish(FIRST);
            cases.publish(SECOND);
            cases.send(event(0, submitted(null)));
            cases.watermark(millis(2 * DAY) - 1);
            assertThat(Json.of(cases.takeDocuments().get(0))
                            .path("reference_pack")
                            .asText())
                    .isEqualTo("first");
            state = cases.snapshot();
        }
        try (Cases cases = new Cases(Timing.live(), clock, state)) {
            cases.watermark(millis(2 * DAY));
            cases.send(event(2 * DAY - 1, new ProgressUpdated()));
            JsonNode seen = Json.of(cases.takeDocuments().get(0));
            assertThat(seen.path("reference_pack").asText()).isEqualTo("second");
            assertThat(seen.path("target").asText()).isEqualTo("of the second");

            cases.publish(FIRST);
            cases.publish(SECOND);
            cases.wallClock(Timing.live().sweepEvery().toMillis());
            assertThat(cases.takeDocuments()).as("read once more").isEmpty();
        }
    }

    @Test
    void whatWaitsForTheFirstPackSurvivesARestart() throws Exception {
        OperatorSubtaskState state;
        try (Cases cases = new Cases(Timing.live(), clock)) {
            cases.watermark(millis(HOUR));
            cases.send(event(0, submitted(null)));
            cases.send(event("another", 0, submitted(null)));
            state = cases.snapshot();
        }
        try (Cases cases = new Cases(Timing.live(), clock, state)) {
            cases.watermark(millis(DAY));
            assertThat(cases.takeDocuments()).as("still nothing to judge by").isEmpty();
            cases.publish(FIRST);
            cases.watermark(millis(DAY) + 2_000);
            assertThat(cases.takeDocuments())
                    .extracting(Document::id)
                    .contains("qlue:1", "qlue:another")
                    .doesNotHaveDuplicates();
        }
    }
}
