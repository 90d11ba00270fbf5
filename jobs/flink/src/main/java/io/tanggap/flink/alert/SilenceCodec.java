package io.tanggap.flink.alert;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tanggap.core.notice.Silence;
import io.tanggap.core.reference.AlertKind;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Silences of alerts as their topic holds them: JSON, with instants in UTC; what a silence does not name is left out. */
public final class SilenceCodec {
    private static final ObjectMapper JSON = JsonMapper.builder().build();

    private SilenceCodec() {}

    public static byte[] encode(Silence silence) {
        ObjectNode node = JSON.createObjectNode();
        node.put("silence_id", silence.id());
        node.put("from", silence.from().toString());
        node.put("until", silence.until().toString());
        node.put("reason", silence.reason());
        node.put("by", silence.by());
        put(node, "unit", silence.unit());
        put(node, "kind", silence.kind());
        put(node, "channel", silence.channel());
        put(node, "category", silence.category());
        put(node, "case_id", silence.caseId());
        try {
            return JSON.writeValueAsBytes(node);
        } catch (IOException e) {
            throw new IllegalStateException("text and instants can be written", e);
        }
    }

    private static void put(ObjectNode node, String field, @Nullable Object value) {
        if (value != null) {
            node.put(field, value.toString());
        }
    }

    /**
     * A silence as it was written.
     *
     * @throws IOException if the bytes are none; the message names the field
     */
    public static Silence decode(byte[] bytes) throws IOException {
        Fields fields = new Fields(JSON.readTree(bytes), "silence");
        try {
            return new Silence(
                    fields.text("silence_id"),
                    fields.instant("from"),
                    fields.instant("until"),
                    fields.text("reason"),
                    fields.text("by"),
                    fields.nullableText("unit"),
                    fields.has("kind") ? fields.constant("kind", AlertKind.class) : null,
                    fields.nullableText("channel"),
                    fields.nullableText("category"),
                    fields.nullableText("case_id"));
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
    }
}
