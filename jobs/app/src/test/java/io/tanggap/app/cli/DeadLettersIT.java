package io.tanggap.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tanggap.app.fixture.Documents;
import io.tanggap.app.fixture.JobRun;
import io.tanggap.core.complaint.Actor;
import io.tanggap.core.complaint.CaseEvent;
import io.tanggap.core.complaint.DeadLetter;
import io.tanggap.core.complaint.DeadLetter.Stage;
import io.tanggap.core.complaint.Outcome;
import io.tanggap.core.complaint.Payload;
import io.tanggap.core.complaint.TimeNote;
import io.tanggap.core.complaint.Visibility;
import io.tanggap.core.reference.ReferencePack;
import io.tanggap.flink.avro.CaseEventCodec;
import io.tanggap.flink.io.EventPublisher;
import io.tanggap.flink.io.Topics;
import io.tanggap.testkit.EmbeddedServers;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Dead letters as a person finds them, mends their reason and sends them back, with the job between. */
@ExtendWith(EmbeddedServers.class)
class DeadLettersIT {
    private static final Instant START = Instant.parse("2017-11-24T02:00:00Z");
    private static final Instant AS_OF = START.plus(Duration.ofDays(5));
    private static final Instant SEEN = Instant.parse("2017-11-25T02:00:00Z");
    private static final ReferencePack PACK = new ReferencePack(
            "letters-1",
            Instant.EPOCH,
            "jakarta",
            ZoneId.of("Asia/Jakarta"),
            Duration.ofDays(2),
            List.of(),
            List.of(),
            Map.of());
    private static final CaseEvent OPENED =
            event("1", START, new Payload.Submitted("waste", "galur", "kelurahan-galur", null));
    private static final CaseEvent CLOSED =
            event("1", START.plus(Duration.ofHours(3)), new Payload.Closed(Outcome.UNKNOWN));
    private static final byte[] DAMAGED = "Siti, 0812-555".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path directory;

    private JobRun run;
    private String out = "";
    private String err = "";

    @BeforeEach
    void start(EmbeddedServers servers) throws Exception {
        run = JobRun.start(servers, directory);
    }

    @AfterEach
    void stop() {
        run.close();
    }

    private static CaseEvent event(String number, Instant at, Payload payload) {
        return CaseEvent.of(
                "qlue", number, at, at, null, Actor.OFFICER, null, Visibility.PUBLIC, false, TimeNote.EXACT, payload);
    }

    private static DeadLetter letter(Stage stage, String reason, String origin, byte[] bytes) {
        return new DeadLetter(stage, reason, "What is wrong, and what to do.", origin, bytes, SEEN);
    }

    /** Runs {@code tanggap dead-letters} in this process, with what it writes in {@link #out} and {@link #err}. */
    private int deadLetters(String... arguments) {
        List<String> line = new ArrayList<>(List.of("dead-letters"));
        line.addAll(List.of(arguments));
        line.addAll(List.of("--bootstrap-servers", run.bootstrap()));
        ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
        ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
        PrintStream systemOut = System.out;
        PrintStream systemErr = System.err;
        System.setOut(new PrintStream(outBytes, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(errBytes, true, StandardCharsets.UTF_8));
        try {
            return Tanggap.execute(Terminal.system(), line.toArray(String[]::new));
        } finally {
            System.setOut(systemOut);
            System.setErr(systemErr);
            out = outBytes.toString(StandardCharsets.UTF_8);
            err = errBytes.toString(StandardCharsets.UTF_8);
        }
    }

    private void damagedRecord() {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", run.bootstrap()), new ByteArraySerializer(), new ByteArraySerializer())) {
            // Closing waits for it.
            var unused = producer.send(new ProducerRecord<>(Topics.CASE_EVENTS, 2, 0L, null, DAMAGED));
        }
    }

    private void letters(DeadLetter... letters) {
        try (EventPublisher publisher = new EventPublisher(run.bootstrap())) {
            List.of(letters).forEach(publisher::publish);
        }
    }

    private String closingOfTheCase() {
        run.queries().refresh("tanggap-*");
        return run.queries()
                .sources("tanggap-cases")
                .get("qlue:1")
                .path("closed_at")
                .asText("null");
    }

    @Test
    void whatIsMendedCountsOnceAndWhatIsNotBecomesADeadLetterAgain() throws Exception {
        run.feed(PACK, List.of(OPENED));
        damagedRecord();
        run.replay(AS_OF);
        assertThat(closingOfTheCase()).isEqualTo("null");
        assertThat(run.deadLetters())
                .extracting(DeadLetter::origin)
                .singleElement()
                .asString()
                .startsWith("case-events-2@");
        CaseEventCodec codec = new CaseEventCodec();
        letters(
                // As an older reader left it, which this one can read.
                letter(Stage.DECODE, "malformed.unknown-schema", "case-events-0@77", codec.encode(CLOSED)),
                letter(Stage.FOLD, "late.archived", "qlue:1", codec.encode(OPENED)),
                letter(Stage.REPLAY, "invalid.time", "311.csv:12:closed_dt", DAMAGED),
                letter(Stage.INDEX, "rejected.mapper_parsing_exception", "tanggap-cases-1/qlue:1", DAMAGED));

        assertThat(deadLetters("list")).isZero();
        assertThat(out.lines().map(line -> line.split(" +")[0])).containsExactly("0-0", "0-1", "0-2", "0-3", "0-4");
        assertThat(out).contains("2017-11-25 09:00:00 Asia/Jakarta").doesNotContain("Siti");
        assertThat(err).isEmpty();
        assertThat(deadLetters("list", "--stage", "decode", "--reason", "malformed", "--origin", "case-events-2"))
                .isZero();
        assertThat(out.lines()).singleElement().asString().contains("malformed.avro", "case-events-2@");
        assertThat(deadLetters("list", "--to", "2001-01-01")).isZero();
        assertThat(out).startsWith("None of the 5 dead letters in Kafka at ");

        assertThat(deadLetters("list", "--summary")).isZero();
        assertThat(out.lines()).hasSize(10);
        assertThat(out).contains("       1  late.archived ", "0-2: What is wrong, and what to do.");

        assertThat(deadLetters("show", "0-0")).isZero();
        assertThat(out)
                .contains("malformed.avro", "DECODE", "case-events-2@", "still cannot be read", "14, not shown")
                .doesNotContain("Siti");
        assertThat(err).isEmpty();
        assertThat(deadLetters("show", "0-0", "--bytes")).isZero();
        assertThat(out).endsWith("Siti, 0812-555" + System.lineSeparator());
        assertThat(err).contains("may hold personal data");
        assertThat(deadLetters("show", "0-9")).isEqualTo(2);
        assertThat(err).contains("no dead letter 0-9 among the 5");
        assertThat(deadLetters("show", "nine")).isEqualTo(2);
        assertThat(err).contains("ids look like 0-42");

        assertThat(deadLetters("replay", "--dry-run")).isZero();
        assertThat(out)
                .contains("Would send         3 to case-events")
                .contains("Not sent           1 of rows of files", "first: 0-3, 311.csv:12:closed_dt")
                .contains("Not sent           1 of documents");
        assertThat(run.size(Topics.CASE_EVENTS)).isEqualTo(2);

        assertThat(deadLetters("replay", "0-1", "--reason", "malformed")).isEqualTo(2);
        assertThat(err).contains("exclude each other");
        assertThat(deadLetters("replay", "0-1", "0-99")).isEqualTo(2);
        assertThat(run.size(Topics.CASE_EVENTS)).isEqualTo(2);

        assertThat(deadLetters("replay", "0-1")).isZero();
        assertThat(out).contains("Sent               1 to case-events").doesNotContain("Not sent");
        assertThat(run.size(Topics.CASE_EVENTS)).isEqualTo(3);
        run.replay(AS_OF);
        assertThat(closingOfTheCase()).isEqualTo(CLOSED.occurredAt().toString());
        Documents mended = run.documents();

        for (int times = 1; times <= 2; times++) {
            assertThat(deadLetters("replay")).isZero();
            assertThat(out).contains("Sent               3 to case-events", "1 of them still cannot be read");
            assertThat(run.size(Topics.CASE_EVENTS)).isEqualTo(3 + 3L * times);
            run.replay(AS_OF);
            run.documents().assertSameAs(mended);
        }
        // Three runs after the first read one, two and three damaged records.
        List<DeadLetter> again = run.deadLetters().subList(5, 11);
        assertThat(again).allSatisfy(letter -> {
            assertThat(letter.reason()).isEqualTo("malformed.avro");
            assertThat(letter.origin()).startsWith("case-events-2@");
            assertThat(letter.bytes()).isEqualTo(DAMAGED);
        });
        assertThat(deadLetters("replay", "--stage", "decode", "--dry-run")).isZero();
        assertThat(out).contains("6 more letters are of the same records, which are sent once");
    }

    @Test
    void aKafkaWithoutDeadLettersSaysSo() {
        for (String[] command : new String[][] {{"list"}, {"list", "--summary"}, {"replay"}}) {
            assertThat(deadLetters(command)).isZero();
            assertThat(out.strip()).isEqualTo("There is no dead letter in Kafka at " + run.bootstrap() + ".");
        }
    }
}
