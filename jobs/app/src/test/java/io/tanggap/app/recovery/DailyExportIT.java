package io.tanggap.app.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tanggap.app.fixture.JobRun;
import io.tanggap.app.job.DailyExportJob;
import io.tanggap.app.run.FlinkSession;
import io.tanggap.app.run.KafkaDailyExports;
import io.tanggap.core.complaint.Actor;
import io.tanggap.core.complaint.CaseEvent;
import io.tanggap.core.complaint.Payload;
import io.tanggap.core.complaint.TimeNote;
import io.tanggap.core.complaint.Visibility;
import io.tanggap.flink.io.DailyFiles;
import io.tanggap.flink.io.EventPublisher;
import io.tanggap.flink.io.Topics;
import io.tanggap.flink.operator.KeyFile;
import io.tanggap.intake.Pseudonyms;
import io.tanggap.testkit.EmbeddedServers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The daily feed between a real Kafka and a disk, cut off in the middle. */
@ExtendWith(EmbeddedServers.class)
class DailyExportIT {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final byte[] KEY = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    /** What a source may call a unit that no reference lists. */
    private static final String PERSON = "Budi Santoso";

    @TempDir
    Path directory;

    private final SeededMonth month = SeededMonth.of(100);
    private JobRun run;
    private Path feed;
    private @Nullable RunningJob job;

    @BeforeEach
    void start(EmbeddedServers servers) throws Exception {
        run = JobRun.start(servers, directory.resolve("flink"));
        feed = directory.resolve("feed");
        Files.write(directory.resolve("key"), KEY);
    }

    @AfterEach
    void stop() throws Exception {
        if (job != null) {
            job.cancelIfRunning();
        }
        run.close();
    }

    private void startJob(@Nullable Path checkpoint) throws Exception {
        StreamExecutionEnvironment environment = run.flink()
                .environment(JobRun.PARALLELISM, "hashmap", directory.resolve("checkpoints"), Duration.ofMillis(200));
        if (checkpoint != null) {
            FlinkSession.resume(environment, checkpoint.toUri());
        }
        DailyExportJob.define(
                environment,
                new KafkaDailyExports(run.bootstrap(), new DailyFiles(feed.toUri()), 3),
                new KeyFile(directory.resolve("key").toString()),
                1);
        job = RunningJob.of(environment);
    }

    private Path lastCheckpoint() throws Exception {
        return FileTree.lastCheckpoint(directory.resolve("checkpoints"));
    }

    private void publish(List<CaseEvent> events) {
        try (EventPublisher publisher = new EventPublisher(run.bootstrap())) {
            events.forEach(publisher::publish);
        }
    }

    /** An event in which everything that can be is a name that the reference does not list. */
    private CaseEvent ofAPerson() {
        Instant at = month.events().get(0).occurredAt();
        return CaseEvent.of(
                "qlue",
                PERSON + " 17",
                at,
                at,
                null,
                Actor.OFFICER,
                PERSON,
                Visibility.PUBLIC,
                false,
                TimeNote.EXACT,
                new Payload.Submitted(PERSON, PERSON, PERSON, null));
    }

    /** Events of one day that come one by one. */
    private List<CaseEvent> late() {
        List<CaseEvent> late = new ArrayList<>();
        for (int number = 0; number < 8; number++) {
            late.add(CaseEvent.of(
                    "qlue",
                    "late-" + number,
                    SeededMonth.AS_OF,
                    SeededMonth.AS_OF,
                    null,
                    Actor.CITIZEN,
                    null,
                    Visibility.PUBLIC,
                    false,
                    TimeNote.EXACT,
                    new Payload.Rated(4)));
        }
        return late;
    }

    private List<Path> files(String beginning) throws Exception {
        return FileTree.files(feed).stream()
                .filter(file -> file.getFileName().toString().startsWith(beginning))
                .toList();
    }

    private List<String> query(String query) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        query.replace("FEED", "read_parquet('" + feed + "/day=*/compacted-*.parquet')"))) {
            List<String> found = new ArrayList<>();
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            return found;
        }
    }

    @Test
    void everyRecordIsInTheFeedOnceAlthoughTheJobWasCutOff() throws Exception {
        List<CaseEvent> events = new ArrayList<>(month.events());
        events.add(events.size() / 2, ofAPerson());
        events.add(events.get(3));
        int third = events.size() / 3;
        run.feed(month.pack(), events.subList(0, third));
        try (KafkaProducer<byte[], byte[]> damaged = new KafkaProducer<>(
                Map.of("bootstrap.servers", run.bootstrap()), new ByteArraySerializer(), new ByteArraySerializer())) {
            damaged.send(new ProducerRecord<>(Topics.CASE_EVENTS, new byte[] {1, 2, 3}))
                    .get();
        }
        new DailyFiles(feed.toUri()).label();
        assertThat(new DailyFiles(feed.toUri()).hasDays()).isFalse();

        startJob(null);
        await("first files").atMost(PATIENCE).until(() -> !files("compacted-").isEmpty());
        publish(events.subList(third, 2 * third));
        job.cancel();
        publish(events.subList(2 * third, events.size()));
        startJob(lastCheckpoint());
        for (CaseEvent late : late()) {
            Path before = lastCheckpoint();
            publish(List.of(late));
            await("a checkpoint").atMost(PATIENCE).until(() -> !lastCheckpoint().equals(before));
            events.add(late);
        }
        await("all rows").atMost(PATIENCE).until(() -> query("SELECT count(*)::VARCHAR FROM FEED")
                .equals(List.of("" + events.size())));
        job.drain(directory.resolve("savepoints"));

        Pseudonyms names = new Pseudonyms(KEY);
        List<String> expected = events.stream()
                .map(event -> names.ofEvent(event.eventId()) + " " + names.ofCase(event.caseId()) + " "
                        + LocalDate.ofInstant(event.occurredAt(), month.pack().zone()) + " "
                        + event.occurredAt().toEpochMilli())
                .toList();
        assertThat(query("SELECT \"event:id\" || ' ' || \"case:concept:name\" || ' ' || day::VARCHAR || ' '"
                        + " || epoch_ms(\"time:timestamp\") FROM FEED"))
                .as("each record once, in the folder of the city's day")
                .containsExactlyInAnyOrderElementsOf(expected);
        assertThat(query("SELECT DISTINCT \"org:role\" || ' ' || \"event:to_role\" || ' ' || \"case:category\" || ' '"
                        + " || coalesce(\"case:place\", 'none') FROM FEED WHERE \"event:id\" = '"
                        + names.ofEvent(ofAPerson().eventId()) + "'"))
                .containsExactly("unlisted unlisted unlisted none");
        assertThat(query("SELECT f::VARCHAR FROM FEED AS f WHERE f::VARCHAR LIKE '%" + PERSON + "%'"))
                .as("names of which no reference knows")
                .isEmpty();
        assertThat((long) files("compacted-").size())
                .as("fewer files than were written")
                .isLessThan(written());
        assertThat(run.deadLetters()).hasSize(1);
        assertThat(files("NOT-FOR-RELEASE.md")).hasSize(1);
        assertThat(new DailyFiles(feed.toUri()).hasDays()).isTrue();
    }

    /** A writer counts its files; a finished one has the number of the first of those that it was made of. */
    private long written() throws Exception {
        return files("compacted-").stream()
                .map(file -> file.getFileName().toString().replace(".parquet", ""))
                .collect(Collectors.toMap(
                        name -> name.substring(0, name.lastIndexOf('-')),
                        name -> Long.parseLong(name.substring(name.lastIndexOf('-') + 1)) + 1,
                        Math::max))
                .values()
                .stream()
                .mapToLong(Long::longValue)
                .sum();
    }
}
