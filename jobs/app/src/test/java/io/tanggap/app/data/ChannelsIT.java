package io.tanggap.app.data;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tanggap.app.fixture.Documents;
import io.tanggap.app.fixture.JobRun;
import io.tanggap.app.fixture.LivedMonth;
import io.tanggap.app.run.IntakeAccounts;
import io.tanggap.core.complaint.DeadLetter;
import io.tanggap.core.complaint.DeadLetter.Stage;
import io.tanggap.elasticsearch.Indices;
import io.tanggap.flink.metrics.MetricNames;
import io.tanggap.simulation.Message;
import io.tanggap.simulation.Truth;
import io.tanggap.testkit.EmbeddedServers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.assertj.core.api.SoftAssertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A month as its channels tell it, through intake and the job, held against what really happened. */
@ExtendWith(EmbeddedServers.class)
class ChannelsIT {
    private static final int CASES = 1_500;
    private static final long SEED = 1117;
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path directory;

    @Test
    void theDocumentsSayWhoseCaseWhoseClockAndWhatOutcome(EmbeddedServers servers) throws Exception {
        LivedMonth month = LivedMonth.of(SEED, CASES);
        try (JobRun run = JobRun.start(servers, directory)) {
            run.publish(month.pack());
            run.send(month.messages());
            IntakeAccounts accounts = run.intake();
            assertThat(accounts.counters().get(MetricNames.CHANNEL_RECORDS_READ))
                    .isEqualTo((long) month.messages().size());
            run.replay(month.asOf());

            Map<String, String> cases = run.documents().of(Indices.Kind.CASES);
            SoftAssertions softly = new SoftAssertions();
            for (Truth truth : month.truths()) {
                if (truth.knowable()) {
                    softly.assertThat(told(cases.get(truth.caseId())))
                            .as(truth.caseId())
                            .isEqualTo(expected(truth));
                }
            }
            softly.assertAll();

            List<DeadLetter> letters = run.deadLetters();
            assertThat(letters).extracting(DeadLetter::stage).containsOnly(Stage.INTAKE);
            assertThat(letters).as("nothing is refused that is not damaged").hasSizeLessThanOrEqualTo((int)
                    month.messages().stream().filter(Message::damaged).count());
            assertThat(accounts.counters().get(MetricNames.DEAD_LETTERS_INTAKE)).isEqualTo((long) letters.size());

            Documents once = run.documents();
            run.send(month.messages());
            run.intake();
            run.forgetDocuments();
            run.replay(month.asOf());
            run.documents().assertSameAs(once);
        }
    }

    private static void put(ObjectNode node, String name, @Nullable Object value) {
        if (value != null) {
            node.put(name, value.toString());
        }
    }

    private static String expected(Truth truth) {
        Truth.Cycle cycle = truth.cycle();
        ObjectNode node = JSON.createObjectNode();
        put(node, "category", truth.category());
        put(node, "territory", truth.territory());
        put(node, "holder", truth.holder());
        put(node, "offered_to", truth.offeredTo());
        put(node, "charged", cycle.charged());
        put(node, "submitted_at", truth.submittedAt());
        put(node, "first_response_at", truth.firstResponseAt());
        put(node, "claimed_at", cycle.claimedAt());
        put(node, "closed_at", cycle.closedAt());
        put(node, "outcome", cycle.outcome());
        put(node, "deadline", cycle.deadline());
        put(node, "verdict", cycle.verdict());
        put(node, "open", truth.isOpen());
        put(node, "rating", truth.rating());
        put(node, "merged_into", truth.mergedInto());
        put(node, "handovers", truth.handovers());
        put(node, "reopenings", truth.reopenings());
        return node.toPrettyString();
    }

    /** The same of a document. */
    private static String told(@Nullable String document) throws Exception {
        if (document == null) {
            return "absent";
        }
        JsonNode source = JSON.readTree(document);
        ObjectNode node = JSON.createObjectNode();
        Map<String, String> verdicts =
                new TreeMap<>(Map.of("MISSED_OPEN", "MISSED", "MISSED_LATE", "MISSED", "NOT_APPLICABLE", "NONE"));
        for (String field : List.of(
                "category",
                "territory",
                "holder",
                "offered_to",
                "charged",
                "submitted_at",
                "first_response_at",
                "claimed_at",
                "closed_at",
                "outcome",
                "deadline",
                "verdict",
                "open",
                "rating",
                "merged_into",
                "handovers",
                "reopenings")) {
            if (source.has(field)) {
                String text = source.get(field).asText();
                node.put(field, field.equals("verdict") ? verdicts.getOrDefault(text, text) : text);
            }
        }
        return node.toPrettyString();
    }
}
