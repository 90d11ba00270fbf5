package io.tanggap.simulation;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An object on its way to JSON, its fields in the order in which they were put. */
final class JsonObject {
    private static final JsonFactory FACTORY = new JsonFactory();
    private static final Object NULL = new Object();

    private final Map<String, Object> fields = new LinkedHashMap<>();

    /** Puts a field: a text, number, boolean, instant, object or collection of them. Null leaves it out. */
    JsonObject with(String name, @Nullable Object value) {
        if (value != null) {
            fields.put(name, value);
        }
        return this;
    }

    /** Puts a field with its value, also where that is null. */
    JsonObject withNullable(String name, @Nullable Object value) {
        fields.put(name, value == null ? NULL : value);
        return this;
    }

    Object get(String name) {
        Object value = fields.get(name);
        if (value == null) {
            throw new IllegalStateException("there is no field " + name);
        }
        return value;
    }

    JsonObject without(String name) {
        fields.remove(name);
        return this;
    }

    byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
            write(this, json);
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot be written to", e);
        }
        return bytes.toByteArray();
    }

    private static void write(Object value, JsonGenerator json) throws IOException {
        if (value == NULL) {
            json.writeNull();
        } else if (value instanceof JsonObject object) {
            json.writeStartObject();
            for (Map.Entry<String, Object> field : object.fields.entrySet()) {
                json.writeFieldName(field.getKey());
                write(field.getValue(), json);
            }
            json.writeEndObject();
        } else if (value instanceof Collection<?> list) {
            json.writeStartArray();
            for (Object each : list) {
                write(each, json);
            }
            json.writeEndArray();
        } else if (value instanceof Long number) {
            json.writeNumber(number);
        } else if (value instanceof Integer number) {
            json.writeNumber(number);
        } else if (value instanceof Double number) {
            json.writeNumber(number);
        } else if (value instanceof Boolean flag) {
            json.writeBoolean(flag);
        } else if (value instanceof String || value instanceof Instant || value instanceof Enum) {
            json.writeString(value.toString());
        } else {
            throw new IllegalArgumentException(value.getClass() + " is not written to JSON");
        }
    }
}
