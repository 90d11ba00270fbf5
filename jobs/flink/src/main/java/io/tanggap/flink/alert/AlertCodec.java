package io.tanggap.flink.alert;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tanggap.core.alert.Alert;
import io.tanggap.core.alert.Alert.Due;
import io.tanggap.core.alert.Alert.Matter;
import io.tanggap.core.alert.Alert.State;
import io.tanggap.core.reference.AlertKind;
import io.tanggap.core.reference.Policy.Target;
import io.tanggap.delivery.AlertJson;
import java.io.IOException;
import java.util.Locale;

/**
 * Alerts as CloudEvents 1.0 in structured JSON, described by {@code alert.schema.json} of the schemas. The event's id is that
 * of the alert and its revision, so that source and id tell a copy from news; its subject is the case, or the channel of a
 * silent feed. Instants are UTC, durations ISO 8601. A field that is not known is left out; fields that a later release adds
 * are passed over.
 */
public final class AlertCodec {
    /** The media type of a record. */
    public static final String CONTENT_TYPE = "application/cloudevents+json";

    private static final String SCHEMA = "urn:tanggap:alert:1";
    private static final ObjectMapper JSON = JsonMapper.builder().build();

    private AlertCodec() {}

    /** @param topic that the event is written to: names its source */
    public static byte[] encode(Alert alert, String topic) {
        Matter matter = alert.matter();
        ObjectNode event = JSON.createObjectNode();
        event.put("specversion", "1.0");
        event.put("id", alert.id() + "#" + alert.revision());
        event.put("source", "/tanggap/" + topic);
        event.put(
                "type",
                "io.tanggap.alert."
                        + alert.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        event.put("subject", matter == null ? alert.channel() : matter.caseId());
        event.put("time", alert.asOf().toString());
        event.put("datacontenttype", "application/json");
        event.put("dataschema", SCHEMA);
        AlertJson.write(alert, event.putObject("data"));
        try {
            return JSON.writeValueAsBytes(event);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of texts and numbers can be written", e);
        }
    }

    /**
     * An alert as it was written.
     *
     * @throws IOException if the bytes are no such event; the message names the field
     */
    public static Alert decode(byte[] bytes) throws IOException {
        JsonNode event = JSON.readTree(bytes);
        if (!event.path("specversion").asText().startsWith("1.")) {
            throw new IOException("specversion is not 1.0: no CloudEvent that is known here");
        }
        Fields data = new Fields(event.path("data"), "data");
        try {
            return new Alert(
                    data.text("alert_id"),
                    data.number("revision"),
                    data.constant("kind", AlertKind.class),
                    data.constant("state", State.class),
                    data.instant("raised_at"),
                    data.nullableInstant("ended_at"),
                    data.text("channel"),
                    data.has("case") ? matter(data.in("case")) : null,
                    data.has("clock") ? due(data.in("clock")) : null,
                    data.node().path("provisional").asBoolean(),
                    data.texts("evidence"),
                    data.instant("as_of"),
                    data.nullableText("reference_pack"));
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static Matter matter(Fields fields) throws IOException {
        return new Matter(
                fields.text("case_id"),
                fields.text("source_case_id"),
                fields.nullableText("category"),
                fields.nullableText("territory"),
                fields.instant("submitted_at"),
                fields.text("holder"),
                fields.texts("holder_path"),
                fields.text("charged"),
                fields.nullableText("offered_to"));
    }

    private static Due due(Fields fields) throws IOException {
        return new Due(
                fields.constant("target", Target.class),
                fields.number("cycle"),
                fields.number("number"),
                fields.number("threshold"),
                fields.nullableInstant("deadline"),
                fields.nullableDuration("budget"),
                fields.nullableDuration("used"),
                fields.nullableText("policy"),
                fields.nullableText("calendar"),
                fields.nullableText("reference_pack"));
    }
}
