package io.tanggap.app.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.tanggap.app.fixture.Documents;
import io.tanggap.app.fixture.JobRun;
import io.tanggap.app.run.Engine.Accounts;
import io.tanggap.core.complaint.CanonicalForm;
import io.tanggap.core.complaint.DeadLetter;
import io.tanggap.elasticsearch.Indices;
import io.tanggap.flink.metrics.MetricNames;
import io.tanggap.intake.Mapping;
import io.tanggap.intake.Replay;
import io.tanggap.testkit.EmbeddedServers;
import io.tanggap.testkit.Seeds;
import io.tanggap.testkit.SharedData;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** In whatever order, how often, in how many files and over which state the same rows come: the documents are the same. */
@ExtendWith(EmbeddedServers.class)
class SameInputIT {
    private static final Mapping MAPPING = Mapping.shipped("boston-311");
    private static final Instant AS_OF = BostonCase.midnight("2011-07-20");
    private static final int ROWS = 6_000;
    private static final int DELIVERIES = 4;

    @Test
    void theSameRowsGiveTheSameDocuments(EmbeddedServers servers, @TempDir Path directory) throws Exception {
        List<String> records = RawRecords.of(SharedData.find("boston/311-2011.csv.gz"));
        String header = records.get(0);
        List<String> good = records.subList(1, ROWS + 1);
        List<String> bad = broken(good);
        List<String> rows = new ArrayList<>(good);
        rows.addAll(ROWS / 2, bad);

        try (JobRun job = JobRun.start(servers, directory.resolve("checkpoints"))) {
            Path plain = write(directory.resolve("plain.csv"), header, rows);
            feed(job, JobRun.INGESTED_AT, List.of(plain), rows.size(), bad.size());
            job.replay(AS_OF);
            Documents expected = job.documents();
            Map<String, Long> rejected = rejected(job);
            System.out.println(expected.count() + " documents; rejected: " + rejected.keySet());
            assertThat(expected.of(Indices.Kind.CASES)).hasSize(ROWS);
            assertThat(expected.of(Indices.Kind.DEAD_LETTERS)).hasSameSizeAs(bad);
            assertThat(rejected).hasSameSizeAs(bad).allSatisfy((letter, times) -> assertThat(times)
                    .isEqualTo(1));

            List<String> twice = new ArrayList<>(rows);
            twice.addAll(rows);
            Collections.shuffle(twice, new Random(Seeds.seed()));
            int third = twice.size() / 3;
            List<Path> files = List.of(
                    write(directory.resolve("one.csv"), header, twice.subList(0, third)),
                    write(directory.resolve("two.csv.gz"), header, twice.subList(third, 2 * third)),
                    write(directory.resolve("three.csv"), header, twice.subList(2 * third, twice.size())));
            job.forgetTopics();
            job.forgetDocuments();
            feed(job, JobRun.INGESTED_AT.plus(Duration.ofDays(3)), files, twice.size(), 2 * bad.size());
            job.replay(AS_OF, "rocksdb");
            job.documents().assertSameAs(expected);

            feed(job, JobRun.INGESTED_AT.plus(Duration.ofDays(5)), files, twice.size(), 2 * bad.size());
            Accounts accounts = job.replay(AS_OF);
            assertThat(accounts.counters().get(MetricNames.EVENTS_DUPLICATE))
                    .as("three copies of every event are met")
                    .isEqualTo(accounts.counters().get(MetricNames.EVENTS_TRACKED) / DELIVERIES * (DELIVERIES - 1));
            job.documents().assertSameAs(expected);
            assertThat(rejected(job))
                    .isEqualTo(rejected.keySet().stream()
                            .collect(Collectors.toMap(Function.identity(), any -> (long) DELIVERIES)));
        }
    }

    /** One row for each way in which a row can be wrong without touching the next one. */
    private static List<String> broken(List<String> good) {
        String row = good.stream()
                .filter(any -> !any.contains("\"") && any.contains(",Closed,"))
                .findFirst()
                .orElseThrow();
        String[] fields = row.split(",", -1);
        return List.of(
                row.replaceFirst(",", ",,"),
                with(fields, 0, ""),
                with(fields, 1, "2011-02-30 10:00:00"),
                with(fields, 3, "yesterday"),
                with(fields, 28, "Carrier Pigeon\n"),
                // A byte that UTF-8 never has.
                with(fields, 7, "caf\u00ff"),
                "only one field\n");
    }

    private static String with(String[] fields, int at, String value) {
        String[] changed = fields.clone();
        changed[at] = value;
        return String.join(",", changed);
    }

    private static Path write(Path file, String header, List<String> rows) throws IOException {
        byte[] bytes = (header + String.join("", rows)).getBytes(RawRecords.BYTES);
        try (OutputStream out = file.toString().endsWith(".gz")
                ? new GZIPOutputStream(Files.newOutputStream(file))
                : Files.newOutputStream(file)) {
            out.write(bytes);
        }
        return file;
    }

    private static void feed(JobRun job, Instant ingestedAt, List<Path> files, int rows, int rejected) {
        List<Replay.Summary> fed = job.feed(MAPPING, ingestedAt, files);
        assertThat(fed.stream().mapToLong(Replay.Summary::records).sum()).isEqualTo(rows);
        assertThat(fed.stream()
                        .flatMap(summary -> summary.deadLetters().values().stream())
                        .mapToLong(Long::longValue)
                        .sum())
                .isEqualTo(rejected);
    }

    /** How often each record was rejected for each reason. */
    private static Map<String, Long> rejected(JobRun job) throws Exception {
        return job.deadLetters().stream()
                .collect(Collectors.groupingBy(SameInputIT::bytesAndReason, TreeMap::new, Collectors.counting()));
    }

    private static String bytesAndReason(DeadLetter letter) {
        return letter.reason() + " " + CanonicalForm.digest(letter.bytes());
    }
}
