package io.tanggap.dashboards;

import io.tanggap.dashboards.Board.Bucket;
import io.tanggap.dashboards.Board.Chart;
import io.tanggap.dashboards.Board.Column;
import io.tanggap.dashboards.Board.Content;
import io.tanggap.dashboards.Board.Control;
import io.tanggap.dashboards.Board.Format;
import io.tanggap.dashboards.Board.Grammar;
import io.tanggap.dashboards.Board.Links;
import io.tanggap.dashboards.Board.Metric;
import io.tanggap.dashboards.Board.Panel;
import io.tanggap.dashboards.Board.Place;
import io.tanggap.dashboards.Board.Rows;
import io.tanggap.dashboards.Board.Shape;
import io.tanggap.dashboards.Board.Table;
import io.tanggap.dashboards.Board.Vega;
import io.tanggap.dashboards.Board.View;
import io.tanggap.dashboards.Board.Words;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Reads sources of dashboards. Whatever is wrong is told with the file, the panel and what is expected. */
final class BoardReader {
    private static final Set<String> KINDS = Set.of("words", "links", "metric", "chart", "table", "vega-lite", "vega");

    /** What a desk reads under names of its own. */
    private static final Map<String, Function<Desk, String>> OF_DESKS =
            Map.of("tanggap-cases-open", Desk::cases, "tanggap-alerts", Desk::alerts);

    private final Map<String, View> views = new LinkedHashMap<>();
    private final Map<String, Rows> rows = new LinkedHashMap<>();
    /** Where the reader is, for messages. */
    private String where = "";

    /**
     * @param source of the views and the rows that dashboards name
     * @param desk whose cases and alerts are read in place of all; null reads all
     */
    BoardReader(String file, String source, @Nullable Desk desk) {
        where = file;
        Map<String, Object> document = mapping(load(source), "the document");
        mapping(document.get("views"), "views").forEach((id, value) -> {
            Map<String, Object> view = mapping(value, id);
            known(view, "index", "name", "time");
            String index = text(view, "index");
            View read = new View(id, index, text(view, "name"), optional(view, "time"), DataViews.fields(index));
            Function<Desk, String> alias = OF_DESKS.get(id);
            views.put(id, desk == null || alias == null ? read : ofDesk(read, desk, alias.apply(desk)));
        });
        mapping(document.get("rows"), "rows").forEach((name, value) -> {
            Map<String, Object> scope = mapping(value, name);
            known(scope, "view", "where");
            View view = views.get(text(scope, "view"));
            if (view == null) {
                throw wrong("rows " + name + ": no view is named " + text(scope, "view"));
            }
            String condition = optional(scope, "where");
            rows.put(name, new Rows(name, view, condition == null ? "" : condition));
        });
    }

    private static View ofDesk(View view, Desk desk, String alias) {
        return new View(alias, alias, view.name() + " · " + desk.unit(), view.time(), view.fields());
    }

    /** The views of what is a desk's own. */
    List<View> viewsOfDesks() {
        return views.entrySet().stream()
                .filter(view -> OF_DESKS.containsKey(view.getKey()))
                .map(Map.Entry::getValue)
                .toList();
    }

    List<View> views() {
        return List.copyOf(views.values());
    }

    /** The dashboard of a source. */
    Board read(String file, String source) {
        where = file;
        Map<String, Object> document = mapping(load(source), "the document");
        known(document, "id", "title", "about", "days", "controls", "panels");
        List<Control> controls = new ArrayList<>();
        for (Object value : list(document, "controls")) {
            Map<String, Object> control = mapping(value, "a control");
            known(control, "title", "rows", "field");
            controls.add(new Control(text(control, "title"), rows(control), text(control, "field")));
        }
        List<Panel> panels = new ArrayList<>();
        for (Object value : list(document, "panels")) {
            where = file + ", panel " + (panels.size() + 1);
            panels.add(panel(mapping(value, "a panel")));
        }
        where = file;
        return new Board(
                text(document, "id"),
                text(document, "title"),
                null,
                text(document, "about"),
                whole(document.get("days"), "days"),
                List.copyOf(controls),
                List.copyOf(panels));
    }

    /** The rules of a source. */
    List<Rule> rules(String file, String source) {
        List<Rule> rules = new ArrayList<>();
        where = file;
        if (!(load(source) instanceof List<?> sources)) {
            throw wrong("is no list of rules");
        }
        for (Object value : sources) {
            Map<String, Object> rule = mapping(value, "a rule");
            where = file + ", rule " + text(rule, "id");
            known(rule, "id", "name", "rows", "time", "window", "above", "below", "by", "every", "message");
            boolean below = rule.containsKey("below");
            if (below == rule.containsKey("above")) {
                throw wrong("has one limit: above, or below");
            }
            rules.add(new Rule(
                    text(rule, "id"),
                    text(rule, "name"),
                    rows(rule),
                    text(rule, "time"),
                    text(rule, "window"),
                    below,
                    whole(rule.get(below ? "below" : "above"), "the limit"),
                    optional(rule, "by"),
                    text(rule, "every"),
                    text(rule, "message")));
        }
        return List.copyOf(rules);
    }

    private Panel panel(Map<String, Object> panel) {
        Set<String> kinds = new TreeSet<>(panel.keySet());
        kinds.retainAll(KINDS);
        if (kinds.size() != 1) {
            throw wrong("has " + kinds + " where one of " + new TreeSet<>(KINDS) + " is expected");
        }
        String kind = kinds.iterator().next();
        boolean untitled = kind.equals("words") || kind.equals("links");
        String title = untitled ? "" : text(panel, kind);
        where += " (" + (untitled ? kind : title) + ")";
        List<?> at = list(panel, "at");
        if (at.size() != 4) {
            throw wrong("at is [column, row, width, height]");
        }
        Place place = new Place(
                whole(at.get(0), "at"), whole(at.get(1), "at"), whole(at.get(2), "at"), whole(at.get(3), "at"));
        if (place.x() < 0
                || place.width() < 1
                || place.x() + place.width() > 48
                || place.y() < 0
                || place.height() < 1) {
            throw wrong("at " + at + " is not within 48 columns");
        }
        String note = optional(panel, "note");
        if (note == null && !untitled) {
            throw wrong("has no note: say in a sentence what it shows");
        }
        return new Panel(title, note == null ? "" : note, place, content(kind, panel));
    }

    private Content content(String kind, Map<String, Object> panel) {
        return switch (kind) {
            case "words" -> words(panel);
            case "links" -> links(panel);
            case "metric" -> metric(panel);
            case "chart" -> chart(panel);
            case "table" -> table(panel);
            case "vega-lite" -> vega(panel, Grammar.VEGA_LITE);
            default -> vega(panel, Grammar.VEGA);
        };
    }

    private Words words(Map<String, Object> panel) {
        known(panel, "words", "at");
        return new Words(text(panel, "words"));
    }

    private Links links(Map<String, Object> panel) {
        known(panel, "links", "at");
        return new Links();
    }

    private Metric metric(Map<String, Object> panel) {
        known(panel, "metric", "note", "at", "rows", "value", "format", "under");
        Object under = panel.get("under");
        return new Metric(
                rows(panel),
                new Column(text(panel, "metric"), formula(panel), format(panel)),
                under == null ? null : column(under));
    }

    private Chart chart(Map<String, Object> panel) {
        known(panel, "chart", "note", "at", "rows", "shape", "along", "split", "values");
        Object split = panel.get("split");
        return new Chart(
                constant(Shape.class, text(panel, "shape")),
                rows(panel),
                bucket(panel.get("along")),
                split == null ? null : bucket(split),
                columns(panel, "values"));
    }

    private Table table(Map<String, Object> panel) {
        known(panel, "table", "note", "at", "rows", "by", "columns", "sort", "order", "grouped");
        List<Column> columns = columns(panel, "columns");
        return new Table(
                rows(panel),
                list(panel, "by").stream().map(this::bucket).toList(),
                columns,
                sorted(columns, text(panel, "sort")),
                "desc".equals(optional(panel, "order")),
                Boolean.TRUE.equals(panel.get("grouped")));
    }

    private Vega vega(Map<String, Object> panel, Grammar grammar) {
        known(panel, kind(grammar), "note", "at", "rows", "body", "property", "spec");
        Map<String, Object> spec = mapping(panel.get("spec"), "spec");
        refuseKeysThatAreNoText(panel.get("spec"));
        Grammar written = spec.containsKey("marks") ? Grammar.VEGA : Grammar.VEGA_LITE;
        if (written != grammar) {
            throw wrong("is " + kind(grammar) + ", but its spec is written in " + kind(written)
                    + ": vega has marks, vega-lite has none");
        }
        return new Vega(grammar, rows(panel), mapping(panel.get("body"), "body"), text(panel, "property"), spec);
    }

    /** YAML reads the key on, by which Vega listens, as true, and the drawing would not listen and not say so. */
    private void refuseKeysThatAreNoText(@Nullable Object part) {
        if (part instanceof Map<?, ?> map) {
            map.forEach((key, value) -> {
                if (!(key instanceof String)) {
                    throw wrong("has the key " + key
                            + " in its spec, which is no text: put on, off, yes, no and numbers in quotes");
                }
                refuseKeysThatAreNoText(value);
            });
        } else if (part instanceof List<?> list) {
            list.forEach(this::refuseKeysThatAreNoText);
        }
    }

    private static String kind(Grammar grammar) {
        return grammar == Grammar.VEGA ? "vega" : "vega-lite";
    }

    private int sorted(List<Column> columns, String label) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).label().equals(label)) {
                return i;
            }
        }
        throw wrong("is sorted by " + label + ", which is none of its columns");
    }

    private List<Column> columns(Map<String, Object> panel, String key) {
        List<Column> columns = list(panel, key).stream().map(this::column).toList();
        if (columns.isEmpty()) {
            throw wrong("has no " + key);
        }
        return columns;
    }

    private Column column(Object value) {
        Map<String, Object> column = mapping(value, "a column");
        known(column, "label", "value", "format");
        return new Column(text(column, "label"), formula(column), format(column));
    }

    private Formula formula(Map<String, Object> of) {
        try {
            return Formula.of(text(of, "value"));
        } catch (IllegalArgumentException e) {
            throw wrong(e.getMessage());
        }
    }

    private Format format(Map<String, Object> of) {
        String format = optional(of, "format");
        return format == null ? Format.COUNT : constant(Format.class, format);
    }

    private Bucket bucket(@Nullable Object value) {
        Map<String, Object> bucket = mapping(value, "a division");
        known(bucket, "label", "field", "interval", "size");
        Object size = bucket.get("size");
        return new Bucket(
                text(bucket, "label"),
                text(bucket, "field"),
                optional(bucket, "interval"),
                size == null ? 20 : whole(size, "size"));
    }

    private Rows rows(Map<String, Object> of) {
        String name = text(of, "rows");
        Rows found = rows.get(name);
        if (found == null) {
            throw wrong("no rows are named " + name + ": there are " + rows.keySet());
        }
        return found;
    }

    private <E extends Enum<E>> E constant(Class<E> type, String name) {
        try {
            return Enum.valueOf(type, name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw wrong("there is no " + type.getSimpleName().toLowerCase(Locale.ROOT) + " " + name);
        }
    }

    private static Object load(String source) {
        return new Yaml(new SafeConstructor(new LoaderOptions())).load(source);
    }

    private void known(Map<String, Object> mapping, String... keys) {
        for (String key : mapping.keySet()) {
            if (!Set.of(keys).contains(key)) {
                throw wrong("has the key " + key + ", where only " + List.of(keys) + " are known");
            }
        }
    }

    private String text(Map<String, Object> mapping, String key) {
        String text = optional(mapping, key);
        if (text == null || text.isBlank()) {
            throw wrong("has no " + key);
        }
        return text;
    }

    private static @Nullable String optional(Map<String, Object> mapping, String key) {
        Object value = mapping.get(key);
        return value == null ? null : value.toString().strip();
    }

    private int whole(@Nullable Object value, String what) {
        if (!(value instanceof Integer number)) {
            throw wrong(what + " is " + value + ", not a whole number");
        }
        return number;
    }

    private List<?> list(Map<String, Object> mapping, String key) {
        Object value = mapping.get(key);
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof List<?> list)) {
            throw wrong(key + " is no list");
        }
        return list;
    }

    private Map<String, Object> mapping(@Nullable Object value, String what) {
        if (!(value instanceof Map<?, ?> map)) {
            throw wrong(what + " is no mapping");
        }
        Map<String, Object> mapping = new LinkedHashMap<>();
        map.forEach((key, entry) -> mapping.put(String.valueOf(key), entry));
        return mapping;
    }

    private IllegalArgumentException wrong(@Nullable String what) {
        return new IllegalArgumentException(where + ": " + what);
    }
}
