package io.tanggap.intake.channel;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tanggap.core.complaint.CaseEvent;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** What short messages tell, written shortly: messages in single quotes, events without what every one of a table has. */
final class Told {
    private static final JsonMapper SINGLE_QUOTES =
            JsonMapper.builder().enable(JsonReadFeature.ALLOW_SINGLE_QUOTES).build();

    private static final JsonMapper ASCII =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private Told() {}

    static JsonNode json(String text) {
        try {
            return SINGLE_QUOTES.readTree(text);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Escaped, so that half a character is sent as one. */
    static byte[] bytes(JsonNode message) {
        try {
            return ASCII.writeValueAsString(message).getBytes(UTF_8);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A message with other fields: those of {@code fields}, without braces, replace or join those of {@code base}. */
    static JsonNode with(String base, String fields) {
        ObjectNode message = (ObjectNode) json(base);
        message.setAll((ObjectNode) json("{" + fields + "}"));
        return message;
    }

    static String by(String channel, String message) {
        return by(channel, json(message));
    }

    static String by(String channel, JsonNode message) {
        return by(channel, bytes(message));
    }

    static String by(String channel, byte[] payload) {
        Admitted admitted = ChannelExamples.channels().admit(channel, payload, ChannelExamples.SENT);
        List<String> told = new ArrayList<>();
        admitted.events().forEach(event -> told.add(shortly(event)));
        admitted.refused()
                .forEach(refused -> told.add(refused.reason() + " "
                        + refused.message().substring(0, refused.message().indexOf(' '))));
        admitted.skipped().forEach((kind, count) -> told.add("skipped " + kind));
        return String.join("; ", told);
    }

    static String shortly(CaseEvent event) {
        String payload = event.payload()
                .toString()
                .replaceAll("(, )?[a-zA-Z]+=(null|\\[])", "")
                .replaceAll("evidence=\\[(.*?)]", "evidence=$1")
                .replace("[, ", "[")
                .replace("[]", "");
        return payload + " " + event.actor() + (event.orgUnit() == null ? "" : " of " + event.orgUnit());
    }
}
