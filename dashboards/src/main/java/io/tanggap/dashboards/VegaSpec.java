package io.tanggap.dashboards;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tanggap.dashboards.Board.Vega;
import java.util.Set;
import java.util.StringJoiner;

/** A drawing in Vega or Vega-Lite with the search that it draws, which takes over the filters of the dashboard. */
final class VegaSpec {
    private static final ObjectMapper JSON = JsonMapper.builder().build();
    /** What a person reads in a drawing. */
    private static final Set<String> READ = Set.of("title", "text");

    private VegaSpec() {}

    static ObjectNode of(Vega vega, Texts texts) {
        ObjectNode spec = JSON.createObjectNode();
        spec.putObject("autosize").put("type", "fit").put("contains", "padding");
        ObjectNode drawn = translated((ObjectNode) JSON.valueToTree(vega.spec()), texts);
        switch (vega.grammar()) {
            case VEGA_LITE -> {
                spec.put("$schema", "https://vega.github.io/schema/vega-lite/v5.json");
                spec.putObject("config").putObject("view").putNull("stroke");
                spec.set("data", found(vega));
            }
            case VEGA -> {
                spec.put("$schema", "https://vega.github.io/schema/vega/v5.json");
                ArrayNode data = JSON.createArrayNode().add(found(vega));
                drawn.withArray("data").forEach(data::add);
                drawn.set("data", data);
                drawn.findParents("tooltip").forEach(mark -> nameTooltip((ObjectNode) mark));
            }
        }
        spec.setAll(drawn);
        return spec;
    }

    private static ObjectNode found(Vega vega) {
        ObjectNode found = JSON.createObjectNode().put("name", "rows");
        ObjectNode url = found.putObject("url").put("index", vega.rows().view().index());
        ObjectNode body = JSON.valueToTree(vega.body());
        ObjectNode bool = body.putObject("query").putObject("bool");
        bool.putArray("must").add("%dashboard_context-must_clause%");
        ArrayNode filter = bool.putArray("filter").add("%dashboard_context-filter_clause%");
        filter.addObject().putObject("query_string").put("query", vega.rows().condition());
        String time = vega.rows().view().time();
        if (time != null) {
            filter.addObject().putObject("range").putObject(time).put("%timefilter%", true);
        }
        bool.putArray("must_not").add("%dashboard_context-must_not_clause%");
        url.set("body", body);
        found.putObject("format").put("property", vega.property());
        return found;
    }

    /**
     * Vega has the names of a tooltip's values within an expression, where they could not be translated: sources list them as Vega-Lite
     * does, each with a title and a signal.
     */
    private static void nameTooltip(ObjectNode mark) {
        StringJoiner values = new StringJoiner(", ", "{", "}");
        mark.path("tooltip")
                .forEach(value -> values.add(
                        value.path("title") + ": " + value.path("signal").asText()));
        mark.putObject("tooltip").put("signal", values.toString());
    }

    private static ObjectNode translated(ObjectNode node, Texts texts) {
        node.properties().forEach(field -> {
            JsonNode value = field.getValue();
            if (value.isTextual() && READ.contains(field.getKey())) {
                field.setValue(JSON.getNodeFactory().textNode(texts.of(value.asText())));
            } else {
                translateWithin(value, texts);
            }
        });
        return node;
    }

    private static void translateWithin(JsonNode value, Texts texts) {
        if (value instanceof ObjectNode object) {
            translated(object, texts);
        } else if (value.isArray()) {
            value.forEach(element -> translateWithin(element, texts));
        }
    }
}
