package io.tanggap.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.tanggap.testkit.Seeds;
import io.tanggap.testkit.Wire;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What the sink promises, whatever server it writes to. */
abstract class DocumentSinkContract {
    /** Of documents with the field {@code n}, a number. Empty before each test. */
    static final String INDEX = "contract";

    static final String DEAD_LETTERS = "contract-dead-letters";

    /** How long a server behind a wire may be silent. */
    private static final Duration SILENCE = Duration.ofMillis(300);

    abstract String url();

    /** Ids and sources of an index. */
    abstract Map<String, JsonNode> stored(String index);

    /** The server goes away without warning. */
    abstract void outage() throws Exception;

    /** It is back at the same address with what it had stored. */
    abstract void recovery() throws Exception;

    @Test
    void storesTheHighestVersionOfEveryDocumentWhateverTheOrder() throws Exception {
        Random random = new Random(Seeds.seed());
        List<DocumentWrite> writes = new ArrayList<>();
        for (int id = 0; id < 500; id++) {
            for (int version = 1; version <= 10; version++) {
                writes.add(document(id, version));
            }
        }
        Collections.shuffle(writes, random);
        try (WriterTask task = new WriterTask(sink().build())) {
            for (DocumentWrite write : writes) {
                task.write(write);
            }
            task.endInput();
            assertThat(task.writer.metrics().emitted.getCount()).isEqualTo(5_000);
        }
        assertThatEveryDocumentIsStored(500, 10);
    }

    @Test
    void versionsThatMeetInTheBufferAreWrittenOnce() throws Exception {
        try (WriterTask task =
                new WriterTask(sink().maxTimeInBuffer(Duration.ofSeconds(30)).build())) {
            for (int version = 1; version <= 1_000; version++) {
                task.write(document(1, version));
            }
            task.endInput();
            assertThat(task.writer.metrics().indexed.getCount()).isEqualTo(1);
            assertThat(task.writer.metrics().conflated.getCount()).isEqualTo(999);
        }
        assertThat(stored(INDEX)).hasSize(1);
        assertThat(stored(INDEX).get("1").get("n").asInt()).isEqualTo(1_000);
    }

    @Test
    void aReplayIsStaleAndChangesNothing() throws Exception {
        for (int run = 0; run < 2; run++) {
            try (WriterTask task = new WriterTask(sink().build())) {
                for (int id = 0; id < 300; id++) {
                    task.write(document(id, 3));
                }
                task.endInput();
                assertThat((run == 0 ? task.writer.metrics().indexed : task.writer.metrics().stale).getCount())
                        .isEqualTo(300);
            }
        }
        assertThatEveryDocumentIsStored(300, 3);
    }

    @Test
    void aDocumentIsSentWhenItHasWaitedLongEnough() throws Exception {
        try (WriterTask task = new WriterTask(sink().build())) {
            task.write(document(1, 1));
            task.awaitUntil(() -> task.writer.metrics().indexed.getCount() == 1);
        }
    }

    @Test
    void aRefusedDocumentIsReplacedByItsDeadLetterAndTheOthersAreStored() throws Exception {
        try (WriterTask task = new WriterTask(sink().build())) {
            for (int id = 0; id < 100; id++) {
                task.write(document(id, 1));
                task.write(write(INDEX, "bad-" + id, 1, "{\"n\":\"not a number\"}"));
            }
            task.endInput();
            assertThat(task.writer.metrics().rejected.getCount()).isEqualTo(100);
            assertThat(task.writer.metrics().deadLetters.getCount()).isEqualTo(100);
        }
        assertThatEveryDocumentIsStored(100, 1);
        assertThat(stored(DEAD_LETTERS)).hasSize(100).containsKey("bad-99");
    }

    @Test
    void aRefusedDeadLetterFailsTheJob() throws Exception {
        try (WriterTask task = new WriterTask(
                sink().rejectedDocuments(context -> rejection -> write(INDEX, "letter", 1, "{\"n\":\"not a number\"}"))
                        .build())) {
            task.write(write(INDEX, "bad", 1, "{\"n\":\"not a number\"}"));
            assertThatThrownBy(task::endInput)
                    .hasStackTraceContaining("Elasticsearch refuses the dead letter contract/letter version 1")
                    .hasStackTraceContaining("document_parsing_exception");
        }
    }

    @Test
    void aCheckpointHoldsWhatIsOnItsWayWithoutWaitingForIt() throws Exception {
        WriterTask first =
                new WriterTask(sink().maxTimeInBuffer(Duration.ofSeconds(30)).build());
        for (int id = 0; id < 150; id++) {
            first.write(document(id, 2));
        }
        // 100 of them are in flight or stored, 50 wait.
        try (WriterTask second = first.restore(first.checkpoint())) {
            second.write(document(149, 1));
            second.endInput();
            assertThat(second.writer.metrics().restored.getCount()).isBetween(50L, 150L);
            assertThat(second.writer.metrics().conflated.getCount()).isEqualTo(1);
        }
        assertThatEveryDocumentIsStored(150, 2);
    }

    @Test
    void anOutageLosesNothingHoldsNoCheckpointUpAndIsNotHammered() throws Exception {
        try (WriterTask task = new WriterTask(sink().build())) {
            for (int id = 0; id < 1_000; id++) {
                task.write(document(id, 1));
            }
            task.awaitUntil(() -> task.writer.metrics().indexed.getCount() == 1_000);
            outage();
            for (int id = 0; id < 2_000; id++) {
                task.write(document(id, 2));
            }
            long requests = task.writer.metrics().requests.getCount();
            task.awaitUntil(() -> task.writer.metrics().retried.getCount() >= 400);
            assertThat(task.checkpoint()).isNotEmpty();
            long start = System.nanoTime();
            task.awaitUntil(
                    () -> System.nanoTime() - start > Duration.ofSeconds(4).toNanos());
            assertThat(task.writer.metrics().requests.getCount() - requests).isBetween(1L, 15L);

            recovery();
            task.endInput();
        }
        assertThatEveryDocumentIsStored(2_000, 2);
    }

    @Test
    void aSlowWireIsWaitedForAsLongAsBytesCome() throws Exception {
        try (Wire wire = Wire.to(url());
                WriterTask task = new WriterTask(sink(wire).build())) {
            wire.slow(true);
            long start = System.nanoTime();
            writeAHundred(task);
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .as("longer than a server may be silent")
                    .isGreaterThan(SILENCE);
            assertThat(task.writer.metrics().retried.getCount()).isZero();
        }
        assertThatEveryDocumentIsStored(100, 1);
    }

    @Test
    void aServerThatTakesConnectionsAndNeverAnswersIsAskedAgain() throws Exception {
        try (Wire wire = Wire.to(url());
                WriterTask task = new WriterTask(sink(wire).build())) {
            wire.silent(true);
            task.write(document(0, 1));
            task.awaitUntil(() -> task.writer.metrics().retried.getCount() >= 2);
            wire.silent(false);
            writeAHundred(task);
        }
        assertThatEveryDocumentIsStored(100, 1);
    }

    @Test
    void anAnswerThatBreaksOffOverAHalfClosedConnectionIsAskedForAgain() throws Exception {
        try (Wire wire = Wire.to(url());
                WriterTask task = new WriterTask(sink(wire).build())) {
            wire.breakOff(1);
            writeAHundred(task);
            assertThat(task.writer.metrics().stale.getCount())
                    .as("the server had stored them")
                    .isEqualTo(100);
        }
        assertThatEveryDocumentIsStored(100, 1);
    }

    private static void writeAHundred(WriterTask task) throws Exception {
        for (int id = 0; id < 100; id++) {
            task.write(document(id, 1));
        }
        task.endInput();
    }

    private ElasticsearchSink.Builder<DocumentWrite> sink(Wire wire) {
        return sink().hosts(List.of(wire.url())).requestTimeout(SILENCE);
    }

    @Test
    void aLargeDocumentIsStored() throws Exception {
        String large = "{\"n\":1,\"text\":\"" + "x".repeat(3 << 20) + "\"}";
        try (WriterTask task = new WriterTask(sink().maxBatchBytes(1 << 20).build())) {
            task.write(document(1, 1));
            task.write(write(INDEX, "large", 1, large));
            task.endInput();
        }
        assertThat(stored(INDEX).get("large").get("text").asText()).hasSize(3 << 20);
    }

    /** Batches of 100; a refused document becomes one in {@link #DEAD_LETTERS}. */
    ElasticsearchSink.Builder<DocumentWrite> sink() {
        return ElasticsearchSink.<DocumentWrite>builder()
                .hosts(List.of(url()))
                .converter((document, context) -> document)
                .rejectedDocuments(context -> rejection ->
                        write(DEAD_LETTERS, rejection.document().id(), 1, "{\"reason\":\"" + rejection.type() + "\"}"))
                .maxBatchDocuments(100)
                .maxBufferedDocuments(10_000)
                .maxTimeInBuffer(Duration.ofMillis(50));
    }

    static DocumentWrite document(int id, long version) {
        return write(INDEX, Integer.toString(id), version, "{\"n\":" + version + "}");
    }

    static DocumentWrite write(String index, String id, long version, String source) {
        return new DocumentWrite(index, id, version, source.getBytes(StandardCharsets.UTF_8));
    }

    void assertThatEveryDocumentIsStored(int documents, int version) {
        Map<String, JsonNode> stored = stored(INDEX);
        assertThat(stored).hasSize(documents);
        assertThat(stored.values())
                .allSatisfy(source -> assertThat(source.get("n").asInt()).isEqualTo(version));
    }
}
