package io.tanggap.flink.operator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tanggap.flink.document.Document;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** Documents as trees. */
final class Json {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Json() {}

    static JsonNode of(Document document) {
        try {
            return JSON.readTree(document.source());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What does not depend on when the document was written: without as-ofs and provenance. */
    static String content(Document document) {
        ObjectNode node = (ObjectNode) of(document);
        node.remove(List.of("provenance", "as_of", "curves_as_of", "next_change_at"));
        if (document.kind() == Document.Kind.ALERT) {
            // How often it was told, and by which pack it was told last.
            node.remove(List.of("revision", "reference_pack"));
        }
        return node.toString();
    }
}
