package io.tanggap.elasticsearch;

import static io.tanggap.elasticsearch.StubElasticsearch.atMost;
import static io.tanggap.elasticsearch.StubElasticsearch.everySecond;
import static io.tanggap.elasticsearch.StubElasticsearch.reset;
import static io.tanggap.elasticsearch.StubElasticsearch.status;
import static io.tanggap.elasticsearch.StubElasticsearch.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StubDocumentSinkTest extends DocumentSinkContract {
    private StubElasticsearch stub;

    @BeforeEach
    void start() throws Exception {
        stub = new StubElasticsearch();
    }

    @AfterEach
    void stop() {
        stub.close();
    }

    @Override
    String url() {
        return stub.url();
    }

    @Override
    Map<String, JsonNode> stored(String index) {
        Map<String, JsonNode> stored = new TreeMap<>();
        stub.documents.forEach((key, document) -> {
            if (key.startsWith(index + "/")) {
                stored.put(key.substring(index.length() + 1), document.source());
            }
        });
        return stored;
    }

    @Override
    void outage() {
        stub.stop();
    }

    @Override
    void recovery() throws Exception {
        stub.resume();
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 502, 503})
    void aServerThatCannotJustNowIsAskedAgainLater(int status) throws Exception {
        stub.script.addAll(Collections.nCopies(3, status(status)));
        stub.script.add(everySecond(status));
        try (WriterTask task = new WriterTask(sink().build())) {
            for (int id = 0; id < 100; id++) {
                task.write(document(id, 1));
            }
            long start = System.nanoTime();
            task.endInput();
            assertThat(task.writer.metrics().retried.getCount()).isEqualTo(350);
            // Holds of 50, 100, 200 and 400 ms at least.
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(700));
        }
        assertThat(stub.requests).hasValue(5);
        assertThatEveryDocumentIsStored(100, 1);
    }

    @ParameterizedTest
    @CsvSource({"true, 100", "false, 0"})
    void aLostConnectionIsRepeatedAndAWriteThatHadArrivedIsStale(boolean stored, long stale) throws Exception {
        stub.script.add(reset(stored));
        try (WriterTask task = new WriterTask(sink().build())) {
            for (int id = 0; id < 100; id++) {
                task.write(document(id, 1));
            }
            task.endInput();
            assertThat(task.writer.metrics().stale.getCount()).isEqualTo(stale);
        }
        assertThatEveryDocumentIsStored(100, 1);
    }

    @Test
    void aRetriedVersionGivesWayToANewerOneThatWaits() throws Exception {
        stub.script.add(status(503));
        try (WriterTask task =
                new WriterTask(sink().maxTimeInBuffer(Duration.ofSeconds(30)).build())) {
            for (int id = 0; id < 100; id++) {
                task.write(document(id, 1));
            }
            for (int id = 0; id < 50; id++) {
                task.write(document(id, 2));
            }
            task.awaitUntil(() -> task.writer.metrics().retried.getCount() == 100);
            task.endInput();
            assertThat(task.writer.metrics().conflated.getCount()).isEqualTo(50);
            assertThat(task.writer.metrics().stale.getCount()).isZero();
        }
        assertThat(stored(INDEX)).hasSize(100);
        assertThat(stored(INDEX).get("0").get("n").asInt()).isEqualTo(2);
    }

    @Test
    void aRequestThatIsTooLargeIsDividedUntilItFitsAndADocumentThatNeverFitsIsRejected() throws Exception {
        stub.script.addAll(Collections.nCopies(30, atMost(20)));
        try (WriterTask task = new WriterTask(sink().build())) {
            for (int id = 0; id < 200; id++) {
                task.write(document(id, 1));
            }
            task.endInput();
        }
        assertThatEveryDocumentIsStored(200, 1);

        stub.script.clear();
        stub.script.add(atMost(0));
        try (WriterTask task = new WriterTask(sink().build())) {
            task.write(document(1, 2));
            task.endInput();
            assertThat(task.writer.metrics().rejected.getCount()).isEqualTo(1);
        }
        assertThat(stored(DEAD_LETTERS).get("1").get("reason").asText()).isEqualTo("content_too_long");
    }

    @ParameterizedTest
    @CsvSource({
        "401, check its credentials and privileges",
        "403, check its credentials and privileges",
        "400, check that the address is that of an Elasticsearch node",
        "404, check that the address is that of an Elasticsearch node"
    })
    void aServerThatRefusesTheSinkFailsTheJobWithTheRemedy(int status, String remedy) throws Exception {
        stub.script.add(status(status));
        try (WriterTask task = new WriterTask(sink().build())) {
            task.write(document(1, 1));
            assertThatThrownBy(task::endInput)
                    .hasStackTraceContaining("answered with status " + status)
                    .hasStackTraceContaining(remedy);
        }
    }

    @Test
    void aForbiddenDocumentFailsTheJobForItIsNotTheDocumentsFault() throws Exception {
        stub.script.add(everySecond(403));
        try (WriterTask task = new WriterTask(sink().build())) {
            task.write(document(1, 1));
            task.write(document(2, 1));
            assertThatThrownBy(task::endInput)
                    .hasStackTraceContaining("does not let the sink write contract/2 version 1")
                    .hasStackTraceContaining("privileges");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html>a proxy</html>", "{\"items\":[]}", "{\"items\":[{\"index\":{}}]}", "{\"items\":[{"})
    void anAnswerThatIsNoneOfElasticsearchFailsTheJob(String answer) throws Exception {
        stub.script.add(text(answer));
        try (WriterTask task = new WriterTask(sink().build())) {
            task.write(document(1, 1));
            assertThatThrownBy(task::endInput).hasStackTraceContaining("is no answer of Elasticsearch");
        }
    }

    @Test
    void aServerThatIsSilentForTooLongIsAskedAgain() throws Exception {
        CountDownLatch enough = new CountDownLatch(1);
        stub.script.add((server, exchange) -> {
            server.store(exchange);
            try {
                enough.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        try (WriterTask task =
                new WriterTask(sink().requestTimeout(Duration.ofMillis(300)).build())) {
            task.write(document(1, 1));
            task.endInput();
            assertThat(task.writer.metrics().retried.getCount()).isEqualTo(1);
            assertThat(task.writer.metrics().stale.getCount()).isEqualTo(1);
        } finally {
            enough.countDown();
        }
    }

    @Test
    void aTaskThatEndsWithARequestInFlightLeavesItToTheCheckpoint() throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        stub.script.add((server, exchange) -> {
            try {
                closed.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        WriterTask first = new WriterTask(sink().build());
        for (int id = 0; id < 100; id++) {
            first.write(document(id, 1));
        }
        assertThat(stub.documents).isEmpty();
        try (WriterTask second = first.restore(first.checkpoint())) {
            closed.countDown();
            second.endInput();
            assertThat(second.writer.metrics().restored.getCount()).isEqualTo(100);
        }
        assertThatEveryDocumentIsStored(100, 1);
    }

    @Test
    void aFullBufferHoldsTheInputUpUntilTheServerIsBack() throws Exception {
        stub.script.addAll(Collections.nCopies(2, status(503)));
        try (WriterTask task = new WriterTask(sink().maxBufferedDocuments(100).build())) {
            for (int id = 0; id < 1_000; id++) {
                task.write(document(id, 1));
                assertThat(task.writer.metrics().emitted.getCount()).isEqualTo(id + 1);
            }
            assertThat(stub.documents).hasSizeGreaterThan(600);
            task.endInput();
        }
        assertThatEveryDocumentIsStored(1_000, 1);
    }

    @Test
    void aBufferFullOfBytesHoldsTheInputUpToo() throws Exception {
        stub.script.addAll(Collections.nCopies(2, status(503)));
        try (WriterTask task = new WriterTask(
                sink().maxBatchBytes(2_000).maxBufferedBytes(5_000).build())) {
            for (int id = 0; id < 1_000; id++) {
                task.write(document(id, 1));
            }
            assertThat(stub.documents)
                    .as("most are gone before the last is taken")
                    .hasSizeGreaterThan(600);
            task.endInput();
        }
        assertThatEveryDocumentIsStored(1_000, 1);
    }

    @Test
    void theDeliveryOfRejectedDocumentsIsFlushedByEveryCheckpointAndClosedWithTheTask() throws Exception {
        FLUSHED.set(0);
        CLOSED.set(0);
        try (WriterTask task = new WriterTask(
                sink().rejectedDocuments(context -> new Recording()).build())) {
            task.write(write(INDEX, "bad", 1, "{\"n\":\"not a number\"}"));
            task.awaitUntil(() -> task.writer.metrics().rejected.getCount() == 1);
            task.checkpoint();
            assertThat(FLUSHED).hasValue(1);
            task.endInput();
        }
        assertThat(CLOSED).hasValue(1);
        assertThat(stub.documents).isEmpty();
    }

    private static final AtomicInteger FLUSHED = new AtomicInteger();
    private static final AtomicInteger CLOSED = new AtomicInteger();

    private static final class Recording implements RejectedDocuments.Delivery {
        @Override
        public DocumentWrite reject(RejectedDocuments.Rejection rejection) {
            return null;
        }

        @Override
        public void flush() {
            FLUSHED.incrementAndGet();
        }

        @Override
        public void close() {
            CLOSED.incrementAndGet();
        }
    }
}
