package io.tanggap.app.data;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tanggap.app.fixture.Documents;
import io.tanggap.app.fixture.JobRun;
import io.tanggap.app.run.Engine.Accounts;
import io.tanggap.core.complaint.DeadLetter;
import io.tanggap.elasticsearch.Indices;
import io.tanggap.flink.io.Topics;
import io.tanggap.flink.metrics.MetricNames;
import io.tanggap.intake.Mapping;
import io.tanggap.intake.Replay;
import io.tanggap.testkit.EmbeddedServers;
import io.tanggap.testkit.SharedData;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** 500 real requests of San Francisco in the wrapping of another program, of which the mapping knows the fields alone. */
@ExtendWith(EmbeddedServers.class)
class SanFranciscoIT {

    @Test
    void everyRequestIsACaseOrADeadLetter(EmbeddedServers servers, @TempDir Path checkpoints) throws Exception {
        Path file = SharedData.find("open311/san-francisco-500.json");
        Set<String> requests = new TreeSet<>();
        for (JsonNode record : JsonMapper.builder().build().readTree(file.toFile())) {
            if (record.get("model").asText().equals("dashboard.request")) {
                requests.add(record.get("fields").get("service_request_id").asText());
            }
        }
        assertThat(requests).hasSize(500);

        try (JobRun job = JobRun.start(servers, checkpoints)) {
            List<Replay.Summary> fed = job.feed(
                    Mapping.shipped("open311-json").withZone(ZoneId.of("America/Los_Angeles")),
                    JobRun.INGESTED_AT,
                    List.of(file));
            Accounts accounts = job.replay(
                    Topics.latestOccurrence(job.bootstrap()).orElseThrow().plus(1, ChronoUnit.MILLIS));

            Documents documents = job.documents();
            Set<String> accepted = new TreeSet<>();
            job.queries()
                    .forEach(
                            "tanggap-cases",
                            (id, source) ->
                                    accepted.add(source.get("source_case_id").asText()));
            Set<String> rejected = new TreeSet<>();
            for (DeadLetter letter : job.deadLetters()) {
                rejected.add(JsonMapper.builder()
                        .build()
                        .readTree(letter.bytes())
                        .at("/fields/service_request_id")
                        .asText());
            }
            Set<String> either = new TreeSet<>(accepted);
            either.addAll(rejected);
            assertThat(either).isEqualTo(requests);
            assertThat(accepted.size() + rejected.size()).as("none is both").isEqualTo(requests.size());
            assertThat(documents.of(Indices.Kind.CASES)).hasSameSizeAs(accepted);
            assertThat(documents.of(Indices.Kind.DEAD_LETTERS)).hasSameSizeAs(rejected);
            assertThat(fed).singleElement().satisfies(summary -> {
                assertThat(summary.failure()).isNull();
                assertThat(accounts.counters()).containsEntry(MetricNames.EVENTS_TRACKED, summary.events());
            });
        }
    }
}
