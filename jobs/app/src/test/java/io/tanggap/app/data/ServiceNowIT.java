package io.tanggap.app.data;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvRecord;
import io.tanggap.app.fixture.Documents;
import io.tanggap.app.fixture.JobRun;
import io.tanggap.app.run.Engine.Accounts;
import io.tanggap.core.measure.Count;
import io.tanggap.core.measure.Role;
import io.tanggap.core.measure.TallySum;
import io.tanggap.flink.io.Topics;
import io.tanggap.flink.metrics.MetricNames;
import io.tanggap.intake.Mapping;
import io.tanggap.intake.Replay;
import io.tanggap.testkit.EmbeddedServers;
import io.tanggap.testkit.Seeds;
import io.tanggap.testkit.SharedData;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** 28,513 updates of 4,977 real incidents as snapshots, against what the source itself counts and shows. */
@ExtendWith(EmbeddedServers.class)
class ServiceNowIT {
    private static final Mapping MAPPING = Mapping.shipped("servicenow-incidents");
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("d/M/yyyy H:mm", Locale.ROOT);
    private static final int NUMBER = 0;
    private static final int REOPENED = 4;
    private static final int SEQUENCE = 5;
    private static final int UPDATED = 13;
    private static final int GROUP = 23;

    /** What the rows of one incident show, in their order of time and sequence. */
    private record Incident(int handovers, int reopenings) {
        static Incident of(List<CsvRecord> rows) {
            List<CsvRecord> ordered = rows.stream()
                    .sorted(Comparator.comparing((CsvRecord row) -> LocalDateTime.parse(row.getField(UPDATED), MINUTE))
                            .thenComparing(row -> Integer.valueOf(row.getField(SEQUENCE))))
                    .toList();
            int handovers = 0;
            for (int i = 1; i < ordered.size(); i++) {
                handovers +=
                        ordered.get(i).getField(GROUP).equals(ordered.get(i - 1).getField(GROUP)) ? 0 : 1;
            }
            return new Incident(
                    handovers, Integer.parseInt(ordered.get(ordered.size() - 1).getField(REOPENED)));
        }
    }

    @Test
    void handoversAndReopeningsAreThoseOfTheSourceAlsoWhenRowsComeShuffled(
            EmbeddedServers servers, @TempDir Path directory) throws Exception {
        Path file = SharedData.find("servicenow/incident-events-sample.csv.gz");
        Map<String, Incident> incidents = CsvRows.of(file).stream()
                .collect(Collectors.groupingBy(
                        row -> row.getField(NUMBER),
                        TreeMap::new,
                        Collectors.collectingAndThen(Collectors.toList(), Incident::of)));
        assertThat(incidents).hasSize(4_977);
        int handovers =
                incidents.values().stream().mapToInt(Incident::handovers).sum();
        int reopenings =
                incidents.values().stream().mapToInt(Incident::reopenings).sum();
        System.out.println(handovers + " visible changes of group, " + reopenings + " reopenings");
        assertThat(handovers).isPositive();
        assertThat(reopenings).isPositive();

        try (JobRun job = JobRun.start(servers, directory.resolve("checkpoints"))) {
            feedAndRun(job, file);
            Map<String, Incident> computed = new TreeMap<>();
            job.queries()
                    .forEach(
                            "tanggap-cases",
                            (id, source) -> computed.put(
                                    source.get("source_case_id").asText(),
                                    new Incident(
                                            source.get("handovers").asInt(),
                                            source.get("reopenings").asInt())));
            assertThat(computed).isEqualTo(incidents);
            assertThat(sum(job, Role.HOLDER, Count.HANDOVERS_OUT)).isEqualTo(handovers);
            assertThat(sum(job, Role.HOLDER, Count.HANDOVERS_IN)).isEqualTo(handovers);
            assertThat(sum(job, Role.TERRITORY, Count.HANDOVERS_OUT)).isEqualTo(handovers);
            assertThat(sum(job, Role.HOLDER, Count.REOPENED)).isEqualTo(reopenings);
            assertThat(sum(job, Role.TERRITORY, Count.REOPENED)).isEqualTo(reopenings);
            Documents asPublished = job.documents();

            job.forgetTopics();
            job.forgetDocuments();
            feedAndRun(job, shuffled(file, directory.resolve("shuffled.csv")));
            job.documents().assertSameAs(asPublished);
        }
    }

    private static Path shuffled(Path file, Path to) throws Exception {
        List<String> records = RawRecords.of(file);
        List<String> rows = new ArrayList<>(records.subList(1, records.size()));
        Collections.shuffle(rows, new Random(Seeds.seed()));
        return Files.writeString(to, records.get(0) + String.join("", rows), RawRecords.BYTES);
    }

    private static void feedAndRun(JobRun job, Path file) throws Exception {
        List<Replay.Summary> fed = job.feed(MAPPING, JobRun.INGESTED_AT, List.of(file));
        Accounts accounts = job.replay(
                Topics.latestOccurrence(job.bootstrap()).orElseThrow().plus(1, ChronoUnit.MILLIS));
        assertThat(fed).singleElement().satisfies(summary -> {
            assertThat(summary.records()).isEqualTo(28_513);
            assertThat(summary.deadLetters()).isEmpty();
            assertThat(accounts.counters()).containsEntry(MetricNames.EVENTS_TRACKED, summary.events());
        });
        // Makes the documents visible.
        assertThat(job.documents().count()).isPositive();
    }

    private static long sum(JobRun job, Role role, Count count) {
        TallySum sum = new TallySum();
        IndexedCell.all(job.queries()).stream()
                .filter(cell -> cell.cell().role() == role)
                .forEach(cell -> sum.add(cell.tally()));
        return sum.toTally().get(count);
    }
}
