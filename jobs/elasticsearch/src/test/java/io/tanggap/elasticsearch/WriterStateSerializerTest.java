package io.tanggap.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.apache.flink.connector.base.sink.writer.BufferedRequestState;
import org.apache.flink.connector.base.sink.writer.RequestEntryWrapper;
import org.junit.jupiter.api.Test;

class WriterStateSerializerTest {
    /** The bytes of savepoints of format 1. They never change; a new format gets bytes of its own. */
    private static final String GOLDEN = "ffffffffffffffff00000002"
            + "0000000000000067" + "00" + "0000000000000007" + "000000056361736573" + "00000002c3a9"
            + "000000077b226e223a317d"
            + "0000000000000060" + "01" + "0000000000000001" + "0000000464656164" + "00000000" + "000000027b7d";

    private final WriterStateSerializer serializer = new WriterStateSerializer();

    @Test
    void readsAndWritesTheBytesOfFormatOne() throws Exception {
        BufferedDocument document = document("cases", "\u00e9", 7, "{\"n\":1}", false);
        BufferedDocument deadLetter = document("dead", "", 1, "{}", true);

        assertThat(HexFormat.of().formatHex(serializer.serialize(state(document, deadLetter))))
                .isEqualTo(GOLDEN);
        assertThat(serializer.deserialize(1, HexFormat.of().parseHex(GOLDEN)).getBufferedRequestEntries())
                .extracting(RequestEntryWrapper::getRequestEntry)
                .containsExactly(document, deadLetter);
    }

    @Test
    void takesSourcesOfAnyLength() throws Exception {
        BufferedDocument large = document("cases", "a", 1, "{\"text\":\"" + "x".repeat(300_000) + "\"}", false);
        assertThat(serializer.deserialize(1, serializer.serialize(state(large))).getBufferedRequestEntries())
                .extracting(RequestEntryWrapper::getRequestEntry)
                .containsExactly(large);
    }

    @Test
    void refusesAFormatOfALaterRelease() {
        assertThatThrownBy(() -> serializer.deserialize(2, HexFormat.of().parseHex(GOLDEN)))
                .hasMessageContaining("format 2")
                .hasMessageContaining("restore it with the release that wrote it");
    }

    private static BufferedDocument document(String index, String id, long version, String source, boolean deadLetter) {
        return new BufferedDocument(
                new DocumentWrite(index, id, version, source.getBytes(StandardCharsets.UTF_8)), deadLetter);
    }

    private static BufferedRequestState<BufferedDocument> state(BufferedDocument... documents) {
        return new BufferedRequestState<>(List.of(documents).stream()
                .map(document ->
                        new RequestEntryWrapper<>(document, document.write().sizeBytes()))
                .toList());
    }
}
