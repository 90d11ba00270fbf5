package io.tanggap.flink.alert;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tanggap.core.alert.Alert;
import io.tanggap.core.alert.Alert.Due;
import io.tanggap.core.alert.Alert.Matter;
import io.tanggap.core.alert.Alert.State;
import io.tanggap.core.reference.AlertKind;
import io.tanggap.core.reference.Policy.Target;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

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
    private static final JsonFactory FACTORY = new JsonFactory();
    private static final ObjectMapper JSON = JsonMapper.builder().build();

    private AlertCodec() {}

    /** @param topic that the event is written to: names its source */
    public static byte[] encode(Alert alert, String topic) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
        try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringField("specversion", "1.0");
            json.writeStringField("id", alert.id() + "#" + alert.revision());
            json.writeStringField("source", "/tanggap/" + topic);
            json.writeStringField(
                    "type",
                    "io.tanggap.alert."
                            + alert.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'));
            Matter matter = alert.matter();
            json.writeStringField("subject", matter == null ? alert.channel() : matter.caseId());
            json.writeStringField("time", alert.asOf().toString());
            json.writeStringField("datacontenttype", "application/json");
            json.writeStringField("dataschema", SCHEMA);
            json.writeObjectFieldStart("data");
            write(alert, json);
            json.writeEndObject();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return bytes.toByteArray();
    }

    private static void write(Alert alert, JsonGenerator json) throws IOException {
        json.writeStringField("alert_id", alert.id());
        json.writeNumberField("revision", alert.revision());
        json.writeStringField("kind", alert.kind().name());
        json.writeStringField("state", alert.state().name());
        text(json, "raised_at", alert.raisedAt());
        text(json, "ended_at", alert.endedAt());
        json.writeStringField("channel", alert.channel());
        if (alert.matter() != null) {
            json.writeObjectFieldStart("case");
            write(alert.matter(), json);
            json.writeEndObject();
        }
        if (alert.due() != null) {
            json.writeObjectFieldStart("clock");
            write(alert.due(), json);
            json.writeEndObject();
        }
        json.writeBooleanField("provisional", alert.provisional());
        texts(json, "evidence", alert.evidence());
        text(json, "as_of", alert.asOf());
        text(json, "reference_pack", alert.pack());
    }

    private static void write(Matter matter, JsonGenerator json) throws IOException {
        json.writeStringField("case_id", matter.caseId());
        json.writeStringField("source_case_id", matter.sourceCaseId());
        text(json, "category", matter.category());
        text(json, "territory", matter.territory());
        text(json, "submitted_at", matter.submittedAt());
        json.writeStringField("holder", matter.holder());
        texts(json, "holder_path", matter.holderPath());
        json.writeStringField("charged", matter.charged());
        text(json, "offered_to", matter.offeredTo());
    }

    private static void write(Due due, JsonGenerator json) throws IOException {
        json.writeStringField("target", due.target().name());
        json.writeNumberField("cycle", due.cycle());
        json.writeNumberField("number", due.number());
        json.writeNumberField("threshold", due.threshold());
        text(json, "deadline", due.deadline());
        text(json, "budget", due.budget());
        text(json, "used", due.used());
        text(json, "policy", due.policy());
        text(json, "calendar", due.calendar());
        text(json, "reference_pack", due.pack());
    }

    private static void text(JsonGenerator json, String field, @Nullable Object value) throws IOException {
        if (value != null) {
            json.writeStringField(field, value.toString());
        }
    }

    private static void texts(JsonGenerator json, String field, List<String> values) throws IOException {
        json.writeArrayFieldStart(field);
        for (String value : values) {
            json.writeString(value);
        }
        json.writeEndArray();
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
