package io.tanggap.dashboards;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tanggap.core.measure.Measure;
import io.tanggap.dashboards.Board.View;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.SortedMap;
import java.util.TreeMap;

/** Indices as Kibana sees them: the fields of their templates, how each is written and, of figures, what it means. */
final class DataViews {
    private static final ObjectMapper JSON = JsonMapper.builder().build();

    private DataViews() {}

    /** The type of a field that is kept and not indexed: drawings may read it, and no condition, division or figure can. */
    static final String KEPT = "object";

    /**
     * The fields of an index by their paths, with their types, as its template has them; objects only where they are
     * {@link #KEPT} as they are.
     */
    static SortedMap<String, String> fields(String index) {
        String resource = "/elasticsearch/" + index.replaceFirst("^tanggap-", "") + ".json";
        SortedMap<String, String> fields = new TreeMap<>();
        try (InputStream template = DataViews.class.getResourceAsStream(resource)) {
            if (template == null) {
                throw new IllegalArgumentException("no index is named " + index + ": there is no template " + resource);
            }
            collect("", JSON.readTree(template).at("/template/mappings/properties"), fields);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return fields;
    }

    private static void collect(String prefix, JsonNode properties, SortedMap<String, String> fields) {
        properties.properties().forEach(property -> {
            JsonNode type = property.getValue().path("type");
            boolean kept = !property.getValue().path("enabled").asBoolean(true);
            if (!type.isMissingNode() && (kept || !type.asText().equals(KEPT))) {
                fields.put(prefix + property.getKey(), type.asText());
            }
            collect(prefix + property.getKey() + ".", property.getValue().path("properties"), fields);
        });
    }

    static ObjectNode object(View view, String explanations) {
        ObjectNode object = JSON.createObjectNode()
                .put("type", "index-pattern")
                .put("id", view.id())
                .put("coreMigrationVersion", "8.8.0")
                .put("typeMigrationVersion", "8.0.0");
        object.putArray("references");
        ObjectNode formats = JSON.createObjectNode();
        ObjectNode words = JSON.createObjectNode();
        view.fields().keySet().forEach(field -> {
            format(formats, field, explanations);
            String meaning = meaning(field);
            if (!meaning.isEmpty()) {
                words.putObject(field).put("customDescription", meaning);
            }
        });
        ObjectNode attributes =
                object.putObject("attributes").put("title", view.index()).put("name", view.name());
        if (view.time() != null) {
            attributes.put("timeFieldName", view.time());
        }
        attributes.put("fieldFormatMap", formats.toString()).put("fieldAttrs", words.toString());
        attributes
                .put("sourceFilters", "[]")
                .put("runtimeFieldMap", "{}")
                .put("fields", "[]")
                .put("allowHidden", false);
        return object;
    }

    private static void format(ObjectNode formats, String field, String explanations) {
        if (field.startsWith("shares.")) {
            formats.putObject(field).put("id", "percent").putObject("params").put("pattern", "0.0%");
        } else if (field.endsWith("_seconds") || field.startsWith("seconds.")) {
            formats.putObject(field)
                    .put("id", "duration")
                    .putObject("params")
                    .put("inputFormat", "seconds")
                    .put("outputFormat", "humanizePrecise")
                    .put("outputPrecision", 1);
        } else if (field.equals("case_id") || field.equals("alert_id")) {
            String parameter = field.equals("case_id") ? "id" : "alert";
            formats.putObject(field)
                    .put("id", "url")
                    .putObject("params")
                    .put("urlTemplate", explanations + "/case?" + parameter + "={{value}}")
                    .put("labelTemplate", "{{rawValue}}");
        }
    }

    private static String meaning(String field) {
        String figure = field.replaceFirst("_(low|high)$", "");
        for (Measure measure : Measure.values()) {
            if (measure.fields().contains(figure)) {
                return measure.id() + ", " + measure.title() + ": " + measure.meaning();
            }
        }
        return "";
    }
}
