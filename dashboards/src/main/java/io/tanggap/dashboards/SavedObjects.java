package io.tanggap.dashboards;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tanggap.dashboards.Board.Chart;
import io.tanggap.dashboards.Board.Content;
import io.tanggap.dashboards.Board.Control;
import io.tanggap.dashboards.Board.Links;
import io.tanggap.dashboards.Board.Metric;
import io.tanggap.dashboards.Board.Panel;
import io.tanggap.dashboards.Board.Place;
import io.tanggap.dashboards.Board.Table;
import io.tanggap.dashboards.Board.Vega;
import io.tanggap.dashboards.Board.Words;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Dashboards as Kibana stores them. The versions are those of 8.12; later Kibanas migrate them. */
final class SavedObjects {
    private static final ObjectMapper JSON = JsonMapper.builder().build();
    private static final String CORE_VERSION = "8.8.0";
    private static final String DASHBOARD_VERSION = "8.9.0";
    private static final String PANEL_VERSION = "8.12.2";

    private final List<Board> boards;

    /** @param boards all of them, which link to each other */
    SavedObjects(List<Board> boards) {
        this.boards = boards;
    }

    /** @param asOf until when the dashboard looks when it is opened; null is now */
    ObjectNode dashboard(Board board, Texts texts, @Nullable Instant asOf) {
        ObjectNode object = JSON.createObjectNode()
                .put("type", "dashboard")
                .put("id", board.id() + texts.language().suffix())
                .put("coreMigrationVersion", CORE_VERSION)
                .put("typeMigrationVersion", DASHBOARD_VERSION);
        ObjectNode attributes = object.putObject("attributes")
                .put(
                        "title",
                        "Tanggap · " + texts.of(board.title()) + (board.unit() == null ? "" : " · " + board.unit()))
                .put("description", texts.of(board.about()))
                .put("version", 1)
                .put("timeRestore", true)
                .put(
                        "timeFrom",
                        asOf == null
                                ? "now-" + board.days() + "d/d"
                                : asOf.minus(Duration.ofDays(board.days())).toString())
                .put("timeTo", asOf == null ? "now" : asOf.toString());
        attributes.putObject("refreshInterval").put("pause", true).put("value", 60_000);
        attributes.put(
                "optionsJSON",
                JSON.createObjectNode()
                        .put("useMargins", true)
                        .put("syncColors", false)
                        .put("syncCursor", true)
                        .put("syncTooltips", false)
                        .put("hidePanelTitles", false)
                        .toString());
        ArrayNode references = object.putArray("references");
        ArrayNode panels = JSON.createArrayNode();
        for (int i = 0; i < board.panels().size(); i++) {
            panels.add(panel(board, board.panels().get(i), "p" + i, texts, references));
        }
        attributes.put("panelsJSON", panels.toString());
        search(attributes.putObject("kibanaSavedObjectMeta"));
        controls(board, attributes, texts, references);
        return object;
    }

    private static void search(ObjectNode meta) {
        ObjectNode search = JSON.createObjectNode();
        search.putObject("query").put("query", "").put("language", "kuery");
        search.putArray("filter");
        meta.put("searchSourceJSON", search.toString());
    }

    private static void controls(Board board, ObjectNode attributes, Texts texts, ArrayNode references) {
        ObjectNode panels = JSON.createObjectNode();
        for (int i = 0; i < board.controls().size(); i++) {
            Control control = board.controls().get(i);
            String id = "c" + i;
            ObjectNode panel = panels.putObject(id)
                    .put("order", i)
                    .put("width", "medium")
                    .put("grow", true)
                    .put("type", "optionsListControl");
            panel.putObject("explicitInput")
                    .put("id", id)
                    .put("fieldName", control.field())
                    .put("title", texts.of(control.title()))
                    .putObject("enhancements");
            reference(
                    references,
                    "index-pattern",
                    control.rows().view().id(),
                    "controlGroup_" + id + ":optionsListDataView");
        }
        ObjectNode group = attributes
                .putObject("controlGroupInput")
                .put("controlStyle", "oneLine")
                .put("chainingSystem", "HIERARCHICAL");
        group.put(
                "ignoreParentSettingsJSON",
                JSON.createObjectNode()
                        .put("ignoreFilters", false)
                        .put("ignoreQuery", false)
                        .put("ignoreTimerange", true)
                        .put("ignoreValidations", true)
                        .toString());
        group.put("panelsJSON", panels.toString());
    }

    private ObjectNode panel(Board board, Panel panel, String id, Texts texts, ArrayNode references) {
        Place place = panel.place();
        ObjectNode node = JSON.createObjectNode().put("version", PANEL_VERSION).put("panelIndex", id);
        node.putObject("gridData")
                .put("x", place.x())
                .put("y", place.y())
                .put("w", place.width())
                .put("h", place.height())
                .put("i", id);
        ObjectNode config = node.putObject("embeddableConfig");
        config.putObject("enhancements");
        Content content = panel.content();
        if (!panel.title().isEmpty()) {
            node.put("title", texts.of(panel.title()));
        } else {
            config.put("hidePanelTitles", true);
        }
        String note = texts.of(panel.note());
        if (content instanceof Words words) {
            node.put("type", "visualization");
            ObjectNode params = JSON.createObjectNode().put("fontSize", 12).put("openLinksInNewTab", false);
            config.set("savedVis", visualization("markdown", "", params.put("markdown", texts.of(words.markdown()))));
        } else if (content instanceof Links) {
            node.put("type", "links");
            config.set("attributes", links(board, id, texts, references));
        } else if (content instanceof Vega vega) {
            node.put("type", "visualization");
            String spec = VegaSpec.of(vega, texts).toString();
            config.set(
                    "savedVis",
                    visualization("vega", note, JSON.createObjectNode().put("spec", spec)));
        } else {
            node.put("type", "lens");
            ObjectNode attributes = lens(content, texts).put("description", note);
            config.set("attributes", attributes);
            for (JsonNode reference : attributes.path("references")) {
                reference(
                        references,
                        reference.path("type").asText(),
                        reference.path("id").asText(),
                        id + ":" + reference.path("name").asText());
            }
        }
        return node;
    }

    private static ObjectNode lens(Content content, Texts texts) {
        if (content instanceof Metric metric) {
            return Lens.metric(metric, texts);
        }
        return content instanceof Chart chart ? Lens.chart(chart, texts) : Lens.table((Table) content, texts);
    }

    private static ObjectNode visualization(String type, String description, ObjectNode params) {
        ObjectNode visualization = JSON.createObjectNode()
                .put("title", "")
                .put("description", description)
                .put("type", type);
        visualization.set("params", params);
        visualization.putObject("uiState");
        ObjectNode data = visualization.putObject("data");
        data.putArray("aggs");
        ObjectNode source = data.putObject("searchSource");
        source.putObject("query").put("query", "").put("language", "kuery");
        source.putArray("filter");
        return visualization;
    }

    private ObjectNode links(Board board, String panel, Texts texts, ArrayNode references) {
        ObjectNode attributes = JSON.createObjectNode().put("title", "").put("layout", "horizontal");
        ArrayNode links = attributes.putArray("links");
        for (Board other : boards) {
            link(links, other.id() + texts.language().suffix(), texts.of(other.title()), panel, references);
        }
        for (Language language : Language.values()) {
            if (language != texts.language()) {
                link(links, board.id() + language.suffix(), language.ownName(), panel, references);
            }
        }
        return attributes;
    }

    private static void link(ArrayNode links, String dashboard, String label, String panel, ArrayNode references) {
        String id = "to-" + dashboard;
        String name = "link_" + id + "_dashboard";
        ObjectNode link = links.addObject()
                .put("type", "dashboardLink")
                .put("id", id)
                .put("order", links.size() - 1)
                .put("label", label)
                .put("destinationRefName", name);
        link.putObject("options")
                .put("openInNewTab", false)
                .put("useCurrentFilters", true)
                .put("useCurrentDateRange", true);
        reference(references, "dashboard", dashboard, panel + ":" + name);
    }

    private static void reference(ArrayNode references, String type, String id, String name) {
        references.addObject().put("type", type).put("id", id).put("name", name);
    }
}
