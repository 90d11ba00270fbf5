package io.tanggap.flink.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tanggap.flink.document.Document.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The index template of each kind of document. */
final class Templates {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Templates() {}

    static JsonNode mappings(Kind kind) {
        String resource =
                switch (kind) {
                    case CASE -> "cases";
                    case VISIT -> "visits";
                    case CELL -> "cells";
                    case RESPONSIVENESS -> "responsiveness";
                    case DEAD_LETTER -> "dead-letters";
                    case FEED -> "feeds";
                    case PROBLEM -> "problems";
                    case RESTATEMENT -> "restatements";
                    case PAIR -> "pairs";
                    case STANDING -> "standings";
                    case ALERT -> "alerts";
                    case DELIVERY -> "deliveries";
                };
        try (InputStream in = Templates.class.getResourceAsStream("/elasticsearch/" + resource + ".json")) {
            assertThat(in).as("template %s", resource).isNotNull();
            return JSON.readTree(in).path("template").path("mappings");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static JsonNode parse(Document document) {
        try {
            return JSON.readTree(document.source());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Where a document holds what its template would refuse; empty if it holds nothing so. */
    static List<String> unmapped(Kind kind, JsonNode document) {
        JsonNode mappings = mappings(kind);
        assertThat(mappings.path("dynamic").asText()).isEqualTo("strict");
        List<String> unmapped = new ArrayList<>();
        document.properties().forEach(field -> {
            JsonNode mapping = mappings.path("properties").path(field.getKey());
            if (mapping.isMissingNode()) {
                unmapped.add(field.getKey());
            } else if (Set.of("object", "nested").contains(mapping.path("type").asText())) {
                // An array of objects is mapped as each of them.
                for (JsonNode object : field.getValue().isArray() ? field.getValue() : List.of(field.getValue())) {
                    object(field.getKey(), object, mapping, unmapped);
                }
            } else if (!fits(field.getValue(), mapping.path("type").asText())) {
                unmapped.add(field.getKey() + " of type " + mapping.path("type").asText() + ": " + field.getValue());
            }
        });
        return unmapped;
    }

    private static void object(String name, JsonNode object, JsonNode mapping, List<String> unmapped) {
        if (!object.isObject()) {
            unmapped.add(name + " is no object");
            return;
        }
        boolean indexed = mapping.path("enabled").asBoolean(true)
                && !mapping.path("dynamic").asText().equals("false");
        if (!indexed) {
            return;
        }
        object.properties().forEach(field -> {
            String path = name + "." + field.getKey();
            JsonNode property = mapping.path("properties").path(field.getKey());
            if (property.isMissingNode()) {
                unmapped.add(path);
            } else if (!fits(field.getValue(), property.path("type").asText())) {
                unmapped.add(path + ": " + field.getValue());
            }
        });
    }

    private static boolean fits(JsonNode value, String type) {
        return switch (type) {
            case "keyword" ->
                value.isTextual()
                        || (value.isArray() && (value.isEmpty() || value.get(0).isTextual()));
            case "integer", "long" -> value.isIntegralNumber();
            case "double" -> value.isNumber();
            case "boolean" -> value.isBoolean();
            case "date" ->
                value.isTextual() && value.asText().matches("\\d{4}-\\d\\d-\\d\\d(T\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z)?");
            case "geo_point" ->
                value.size() == 2 && value.get(0).isDouble() && value.get(1).isDouble();
            default -> false;
        };
    }
}
