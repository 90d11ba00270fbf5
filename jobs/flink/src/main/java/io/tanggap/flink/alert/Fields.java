package io.tanggap.flink.alert;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An object of JSON, by fields that say in their errors where they are. */
record Fields(JsonNode node, String path) {
    boolean has(String field) {
        return node.hasNonNull(field);
    }

    Fields in(String field) {
        return new Fields(node.path(field), path + "." + field);
    }

    String text(String field) throws IOException {
        String text = nullableText(field);
        if (text == null) {
            throw new IOException(path + "." + field + " is missing");
        }
        return text;
    }

    @Nullable
    String nullableText(String field) {
        return has(field) ? node.path(field).asText() : null;
    }

    int number(String field) throws IOException {
        if (!node.path(field).canConvertToInt()) {
            throw new IOException(path + "." + field + " is no whole number");
        }
        return node.path(field).intValue();
    }

    List<String> texts(String field) {
        List<String> texts = new ArrayList<>();
        node.path(field).forEach(text -> texts.add(text.asText()));
        return texts;
    }

    <E extends Enum<E>> E constant(String field, Class<E> type) throws IOException {
        String text = text(field);
        try {
            return Enum.valueOf(type, text);
        } catch (IllegalArgumentException e) {
            throw new IOException(path + "." + field + " is '" + text + "', which is not known here", e);
        }
    }

    Instant instant(String field) throws IOException {
        String text = text(field);
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new IOException(path + "." + field + " is '" + text + "', which is no instant", e);
        }
    }

    @Nullable
    Instant nullableInstant(String field) throws IOException {
        return has(field) ? instant(field) : null;
    }

    @Nullable
    Duration nullableDuration(String field) throws IOException {
        String text = nullableText(field);
        try {
            return text == null ? null : Duration.parse(text);
        } catch (DateTimeException e) {
            throw new IOException(path + "." + field + " is '" + text + "', which is no duration", e);
        }
    }
}
