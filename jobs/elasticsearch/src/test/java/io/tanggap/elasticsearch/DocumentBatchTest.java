package io.tanggap.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DocumentBatchTest {
    private StubElasticsearch server;

    @BeforeEach
    void start() throws IOException {
        server = new StubElasticsearch();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static List<DocumentWrite> documents(int count, long version) {
        return IntStream.range(0, count)
                .mapToObj(id -> new DocumentWrite(
                        "batch", "d" + id, version, ("{\"n\":" + version + "}").getBytes(StandardCharsets.UTF_8)))
                .toList();
    }

    @Test
    void storesWhatIsNewerThanWhatIsThere() throws Exception {
        assertThat(DocumentBatch.write(server.url(), documents(2_500, 7))).isEqualTo(2_500);
        assertThat(server.requests).hasValue(3);
        assertThat(DocumentBatch.write(server.url(), documents(2_501, 7)))
                .as("one was not there yet")
                .isEqualTo(1);
        assertThat(DocumentBatch.write(server.url(), documents(3, 6))).isZero();
        assertThat(DocumentBatch.write(server.url(), documents(3, 8))).isEqualTo(3);
        assertThat(server.documents).hasSize(2_501);
        assertThat(DocumentBatch.write(server.url(), List.of())).isZero();
    }

    @Test
    void saysWhatTheServerDidNotTakeAndTriesNothingAgain() {
        server.script.add(StubElasticsearch.everySecond(400));
        assertThatThrownBy(() -> DocumentBatch.write(server.url(), documents(4, 1)))
                .isExactlyInstanceOf(IOException.class)
                .hasMessageContaining("did not take batch/d1 version 1")
                .hasMessageContaining("scripted");
        server.script.add(StubElasticsearch.status(503));
        assertThatThrownBy(() -> DocumentBatch.write(server.url(), documents(4, 1)))
                .hasMessageContaining("is not to be reached")
                .hasMessageContaining("503");
        server.script.add(StubElasticsearch.status(401));
        assertThatThrownBy(() -> DocumentBatch.write(server.url(), documents(4, 1)))
                .hasMessageContaining("check its credentials");
        server.script.add(StubElasticsearch.status(413));
        assertThatThrownBy(() -> DocumentBatch.write(server.url(), documents(4, 1)))
                .hasMessageContaining("http.max_content_length");
        assertThat(server.requests).hasValue(4);
    }
}
