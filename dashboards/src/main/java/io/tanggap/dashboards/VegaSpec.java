package io.tanggap.dashboards;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tanggap.dashboards.Board.Vega;
import java.util.Set;

/** A drawing in Vega-Lite with the search that it draws, which takes over the filters of the dashboard. */
final class VegaSpec {
    private static final ObjectMapper JSON = JsonMapper.builder().build();
    /** What a person reads in a drawing. */
    private static final Set<String> READ = Set.of("title", "text");

    private VegaSpec() {}

    static ObjectNode of(Vega vega, Texts texts) {
        ObjectNode spec = JSON.createObjectNode().put("$schema", "https://vega.github.io/schema/vega-lite/v5.json");
        spec.putObject("config").putObject("view").putNull("stroke");
        spec.putObject("autosize").put("type", "fit").put("contains", "padding");
        ObjectNode data = spec.putObject("data");
        ObjectNode url = data.putObject("url").put("index", vega.rows().view().index());
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
        data.putObject("format").put("property", vega.property());
        spec.setAll(translated((ObjectNode) JSON.valueToTree(vega.spec()), texts));
        return spec;
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
