package io.tanggap.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class BulkRequestBodyTest {
    @Test
    void writesTwoLinesForEachDocument() {
        assertThat(body(write("a", 7, "{\"n\":1}"), write("b", 8, "{}"))).isEqualTo("""
                        {"index":{"_index":"cases","_id":"a","version_type":"external","version":7}}
                        {"n":1}
                        {"index":{"_index":"cases","_id":"b","version_type":"external","version":8}}
                        {}
                        """);
    }

    @Test
    void escapesIdsAndKeepsASourceOnOneLine() {
        assertThat(body(write("jalan \"Sudirman\"\n\u00e9\u4e2d", 1, "{\n\"n\":\r\n1}")))
                .isEqualTo("""
                        {"index":{"_index":"cases","_id":"jalan \\"Sudirman\\"\\n\u00e9\u4e2d","version_type":"external","version":1}}
                        { "n":  1}
                        """);
    }

    @Test
    void growsForIdsThatTakeMoreBytesThanCharacters() {
        String id = "\u4e2d".repeat(150);
        assertThat(body(write(id, 1, "{}"))).contains(id).endsWith("{}\n");
    }

    private static DocumentWrite write(String id, long version, String source) {
        return new DocumentWrite("cases", id, version, source.getBytes(StandardCharsets.UTF_8));
    }

    private static String body(DocumentWrite... writes) {
        return new String(
                BulkRequestBody.of(List.of(writes).stream()
                        .map(write -> new BufferedDocument(write, false))
                        .toList()),
                StandardCharsets.UTF_8);
    }
}
