package io.tanggap.dashboards;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tanggap.dashboards.Board.Bucket;
import io.tanggap.dashboards.Board.Chart;
import io.tanggap.dashboards.Board.Column;
import io.tanggap.dashboards.Board.Format;
import io.tanggap.dashboards.Board.Metric;
import io.tanggap.dashboards.Board.Rows;
import io.tanggap.dashboards.Board.Shape;
import io.tanggap.dashboards.Board.Table;
import io.tanggap.dashboards.Formula.Aggregation;
import io.tanggap.dashboards.Formula.Constant;
import io.tanggap.dashboards.Formula.Function;
import io.tanggap.dashboards.Formula.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of Lens panels, in the form that Kibana 8.12 stores and later ones migrate. A formula is stored with the columns
 * that it stands for: given as a text alone it imports and shows nothing.
 */
final class Lens {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String LAYER = "layer";
    private static final int PAGE = 20;

    private final Rows rows;
    private final Texts texts;
    private final ObjectNode columns = JSON.objectNode();

    private Lens(Rows rows, Texts texts) {
        this.rows = rows;
        this.texts = texts;
    }

    static ObjectNode metric(Metric metric, Texts texts) {
        Lens lens = new Lens(metric.rows(), texts);
        // The panel's title says what it is.
        Column untitled =
                new Column(" ", metric.value().formula(), metric.value().format());
        ObjectNode look = layer().put("metricAccessor", lens.figure("value", untitled));
        if (metric.under() != null) {
            look.put("secondaryMetricAccessor", lens.figure("under", metric.under()));
        }
        return lens.attributes("lnsMetric", look);
    }

    static ObjectNode chart(Chart chart, Texts texts) {
        Lens lens = new Lens(chart.rows(), texts);
        String first = "value0";
        ObjectNode layer = layer().put("seriesType", chart.shape().text())
                .put("xAccessor", lens.bucket("along", chart.along(), first(chart.values(), first), "desc"));
        if (chart.split() != null) {
            layer.put("splitAccessor", lens.bucket("split", chart.split(), first(chart.values(), first), "desc"));
        }
        ArrayNode accessors = layer.putArray("accessors");
        for (int i = 0; i < chart.values().size(); i++) {
            accessors.add(lens.figure("value" + i, chart.values().get(i)));
        }
        ObjectNode look =
                JSON.objectNode().put("preferredSeriesType", chart.shape().text());
        boolean explained = chart.split() != null || chart.values().size() > 1;
        look.putObject("legend").put("isVisible", explained).put("position", "bottom");
        look.put("valueLabels", chart.shape() == Shape.BAR_HORIZONTAL ? "show" : "hide");
        look.put("fittingFunction", "None");
        look.putObject("axisTitlesVisibilitySettings")
                .put("x", false)
                .put("yLeft", !explained)
                .put("yRight", false);
        look.putArray("layers").add(layer);
        return lens.attributes("lnsXY", look);
    }

    static ObjectNode table(Table table, Texts texts) {
        Lens lens = new Lens(table.rows(), texts);
        int sorted = table.sorted();
        String direction = table.descending() ? "desc" : "asc";
        ObjectNode look = layer();
        ArrayNode shown = look.putArray("columns");
        int last = table.by().size() - 1;
        for (int i = 0; i <= last; i++) {
            // Where rows stay together, divisions but the last are by name; else all are cut off from the same end.
            boolean ordered = !table.grouped() || i == last;
            String by = ordered && isPlain(table.columns().get(sorted).formula()) ? "column" + sorted : null;
            shown.addObject().put("columnId", lens.bucket("by" + i, table.by().get(i), by, direction));
        }
        for (int i = 0; i < table.columns().size(); i++) {
            shown.addObject()
                    .put("columnId", lens.figure("column" + i, table.columns().get(i)));
        }
        if (!table.grouped()) {
            look.putObject("sorting").put("columnId", "column" + sorted).put("direction", direction);
        }
        // Of one line, ids and names of units would be cut off, and with them what tells rows apart.
        look.put("rowHeight", "auto");
        look.putObject("paging").put("size", PAGE).put("enabled", true);
        return lens.attributes("lnsDatatable", look);
    }

    private static ObjectNode layer() {
        return JSON.objectNode().put("layerId", LAYER).put("layerType", "data");
    }

    private ObjectNode attributes(String type, ObjectNode look) {
        ObjectNode attributes = JSON.objectNode()
                .put("title", "")
                .put("visualizationType", type)
                .put("type", "lens");
        attributes
                .putArray("references")
                .addObject()
                .put("type", "index-pattern")
                .put("id", rows.view().id())
                .put("name", "indexpattern-datasource-layer-" + LAYER);
        ObjectNode state = attributes.putObject("state");
        ObjectNode layer = state.putObject("datasourceStates")
                .putObject("formBased")
                .putObject("layers")
                .putObject(LAYER);
        layer.set("columns", columns);
        ArrayNode order = layer.putArray("columnOrder");
        // Divisions first: they are nested in this order, and figures are asked inside the last.
        for (boolean divisions : new boolean[] {true, false}) {
            columns.properties().forEach(column -> {
                if (column.getValue().path("isBucketed").asBoolean() == divisions) {
                    order.add(column.getKey());
                }
            });
        }
        layer.putObject("incompleteColumns");
        state.set("visualization", look);
        state.putObject("query").put("query", rows.condition()).put("language", "lucene");
        state.putArray("filters");
        return attributes;
    }

    /** By what values can be ordered: figures that are no arithmetic. */
    private static @Nullable String first(List<Column> values, String id) {
        return isPlain(values.get(0).formula()) ? id : null;
    }

    private static boolean isPlain(Formula formula) {
        return formula instanceof Aggregation;
    }

    private String bucket(String id, Bucket bucket, @Nullable String orderedBy, String direction) {
        ObjectNode column = columns.putObject(id)
                .put("label", texts.of(bucket.label()))
                .put("customLabel", true)
                .put("sourceField", bucket.field())
                .put("isBucketed", true);
        ObjectNode params = JSON.objectNode();
        if (bucket.interval() != null) {
            column.put("dataType", "date")
                    .put("operationType", "date_histogram")
                    .put("scale", "interval");
            params.put("interval", bucket.interval())
                    .put("includeEmptyRows", true)
                    .put("dropPartials", false);
        } else {
            column.put("dataType", dataType(bucket.field()))
                    .put("operationType", "terms")
                    .put("scale", "ordinal");
            params.put("size", bucket.size());
            ObjectNode order = params.putObject("orderBy");
            if (orderedBy == null) {
                order.put("type", "alphabetical").put("fallback", true);
            } else {
                order.put("type", "column").put("columnId", orderedBy);
            }
            params.put("orderDirection", orderedBy == null ? "asc" : direction)
                    .put("otherBucket", false)
                    .put("missingBucket", false)
                    .putObject("parentFormat")
                    .put("id", "terms");
        }
        column.set("params", params);
        return id;
    }

    private String dataType(String field) {
        return switch (String.valueOf(rows.view().fields().get(field))) {
            case "boolean" -> "boolean";
            case "integer", "long", "double" -> "number";
            default -> "string";
        };
    }

    private String figure(String id, Column figure) {
        if (figure.formula() instanceof Aggregation aggregation) {
            columns.set(id, aggregation(aggregation, figure));
            return id;
        }
        ObjectNode column = number(label(figure), "formula", figure.format());
        columns.set(id, column);
        ObjectNode params = (ObjectNode) column.path("params");
        params.put("formula", text(figure.formula())).put("isFormulaBroken", false);
        List<String> parts = new ArrayList<>();
        ObjectNode math = number("math", "math", null);
        ((ObjectNode) math.path("params")).set("tinymathAst", tree(figure.formula(), id, parts));
        parts.forEach(math.putArray("references")::add);
        columns.set(id + "M", math);
        column.putArray("references").add(id + "M");
        return id;
    }

    private String label(Column figure) {
        return figure.label().isBlank() ? figure.label() : texts.of(figure.label());
    }

    private JsonNode tree(Formula formula, String id, List<String> parts) {
        if (formula instanceof Constant constant) {
            return JSON.numberNode(constant.value());
        }
        if (formula instanceof Aggregation aggregation) {
            String part = id + "X" + parts.size();
            parts.add(part);
            columns.set(part, aggregation(aggregation, null));
            return JSON.textNode(part);
        }
        Operation operation = (Operation) formula;
        ObjectNode node = JSON.objectNode()
                .put("type", "function")
                .put("name", operation.operator().text());
        ArrayNode args = node.putArray("args");
        args.add(tree(operation.left(), id, parts));
        args.add(tree(operation.right(), id, parts));
        return node;
    }

    private ObjectNode aggregation(Aggregation aggregation, @Nullable Column shown) {
        String type = aggregation.function() == Function.CARDINALITY
                ? "unique_count"
                : aggregation.function().text();
        ObjectNode column = number(shown == null ? "part" : label(shown), type, shown == null ? null : shown.format());
        column.put("sourceField", aggregation.field() == null ? "___records___" : aggregation.field());
        if (aggregation.where() != null) {
            column.putObject("filter").put("query", aggregation.where()).put("language", "lucene");
        }
        // Nothing is 0 where things are counted, and no number where the greatest is asked for.
        ((ObjectNode) column.path("params")).put("emptyAsNull", false);
        return column;
    }

    private static ObjectNode number(String label, String operation, @Nullable Format format) {
        ObjectNode column = JSON.objectNode()
                .put("label", label)
                .put("customLabel", true)
                .put("dataType", format == Format.TIME ? "date" : "number")
                .put("operationType", operation)
                .put("isBucketed", false)
                .put("scale", "ratio");
        ObjectNode params = column.putObject("params");
        if (format != null && format != Format.TIME) {
            params.set("format", format(format));
        }
        return column;
    }

    private static ObjectNode format(Format format) {
        ObjectNode written = JSON.objectNode();
        ObjectNode params = JSON.objectNode();
        switch (format) {
            case COUNT -> params.put("decimals", 0);
            case NUMBER -> params.put("decimals", 2);
            case PERCENT -> params.put("decimals", 1);
            case HOURS -> params.put("decimals", 0).put("suffix", " h");
            case DURATION ->
                params.put("fromUnit", "seconds").put("toUnit", "humanize").put("decimals", 0);
            case TIME -> throw new IllegalArgumentException("a date has no format of numbers");
        }
        written.put("id", format == Format.PERCENT ? "percent" : format == Format.DURATION ? "duration" : "number");
        written.set("params", params);
        return written;
    }

    /** As Kibana writes it. */
    private static String text(Formula formula) {
        if (formula instanceof Constant constant) {
            return String.format(Locale.ROOT, "%s", constant.value());
        }
        if (formula instanceof Operation operation) {
            return operation.operator().text() + "(" + text(operation.left()) + ", " + text(operation.right()) + ")";
        }
        Aggregation aggregation = (Aggregation) formula;
        String name = aggregation.function() == Function.CARDINALITY
                ? "unique_count"
                : aggregation.function().text();
        List<String> arguments = new ArrayList<>();
        if (aggregation.field() != null) {
            arguments.add(aggregation.field());
        }
        if (aggregation.where() != null) {
            arguments.add("lucene='" + aggregation.where() + "'");
        }
        return name + "(" + String.join(", ", arguments) + ")";
    }
}
