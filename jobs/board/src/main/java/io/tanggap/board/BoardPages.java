package io.tanggap.board;

import com.fasterxml.jackson.databind.JsonNode;
import com.samskivert.mustache.Mustache;
import io.tanggap.board.BoardServer.Explainer;
import io.tanggap.board.Card.Cut;
import io.tanggap.board.Card.Period;
import io.tanggap.board.Card.Unit;
import io.tanggap.board.Documents.Choices;
import io.tanggap.board.Documents.Desk;
import io.tanggap.board.Documents.DeskList;
import io.tanggap.dashboards.Language;
import io.tanggap.dashboards.Texts;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The pages by what is asked. Whatever is not among the values that there are is refused with a sentence. */
final class BoardPages {
    private static final int CASES_PER_PAGE = 50;
    private static final String ANY = "";

    private final Documents documents;
    private final @Nullable Explainer explainer;
    private final Templates templates = new Templates();

    BoardPages(Documents documents, @Nullable Explainer explainer) {
        this.documents = documents;
        this.explainer = explainer;
    }

    record Answer(int status, String html) {}

    /** A value that there is not. */
    private static final class NoSuchValue extends Exception {
        private static final long serialVersionUID = 1;

        NoSuchValue(String message) {
            super(message);
        }
    }

    Answer answer(String path, Map<String, String> asked) throws IOException {
        Choices choices = documents.choices();
        if (choices == null) {
            return refused(
                    503,
                    asked,
                    "There are no figures yet",
                    "The indices hold no figures of a city: let tanggap run judge the cases, and reload this page.");
        }
        Wording wording = new Wording(Texts.beside(Templates.class, language(asked)), choices.zone());
        try {
            return switch (path) {
                case "/" -> card(choices, asked, wording);
                case "/desk" -> desk(choices, asked, wording);
                case "/case" -> explained(choices, asked, wording);
                default -> refused(404, asked, "There is no such page", path);
            };
        } catch (NoSuchValue e) {
            return refused(400, asked, "There is no such value", String.valueOf(e.getMessage()));
        }
    }

    /** What is said where the documents cannot be read. */
    Answer failed(Map<String, String> asked, String reason) {
        return refused(503, asked, "The figures cannot be read", reason);
    }

    private Answer refused(int status, Map<String, String> asked, String title, String reason) {
        Wording wording = new Wording(Texts.beside(Templates.class, language(asked)), ZoneOffset.UTC);
        Map<String, Object> view = new HashMap<>();
        view.put("title", wording.text(title));
        view.put("reason", reason);
        return new Answer(
                status,
                page("refused", "/", view, Map.of("lang", wording.language().code()), wording));
    }

    private static Language language(Map<String, String> asked) {
        return Language.of(asked.get("lang")).orElse(Language.ENGLISH);
    }

    private Answer card(Choices choices, Map<String, String> asked, Wording wording) throws IOException, NoSuchValue {
        Unit unit = unit(choices, asked);
        List<String> channels = documents.channels();
        List<String> groups = documents.groups();
        Cut cut = cut(channels, groups, asked.getOrDefault("only", ANY));
        Period period = period(choices, asked.getOrDefault("period", ANY));
        Card card = documents.card(choices, unit, cut, period);
        Map<String, Object> view = new CardPage(card, wording).view();
        Map<String, String> chosen = new LinkedHashMap<>();
        chosen.put("lang", wording.language().code());
        chosen.put("unit", unit.id());
        chosen.put("only", cut == null ? ANY : key(cut));
        chosen.put("period", key(period));
        view.put("units", units(choices, unit.id(), wording));
        view.put("onlyGroups", cuts(channels, groups, cut, wording));
        view.put("periodGroups", periods(choices, period, wording));
        view.put("link", (Mustache.Lambda) (id, out) -> {
            Map<String, String> other = new LinkedHashMap<>(chosen);
            other.put("unit", id.execute());
            out.write(href("/", other));
        });
        return new Answer(200, page("card", "/", view, chosen, wording));
    }

    private Answer desk(Choices choices, Map<String, String> asked, Wording wording) throws IOException, NoSuchValue {
        Unit unit = unit(choices, asked);
        boolean whole = unit.id().equals(choices.city().id());
        List<String> channels = documents.channels();
        List<String> categories = documents.categories();
        String channel = oneOf("channel", asked, channels);
        String category = oneOf("category", asked, categories);
        DeskList list = list(asked.getOrDefault("list", DeskList.OVERDUE.name()));
        Desk desk = new Desk(whole ? null : unit.id(), channel, category);
        int number = pageNumber(asked.getOrDefault("page", "1"));
        Documents.Cases cases = documents.cases(list, desk, (number - 1) * CASES_PER_PAGE, CASES_PER_PAGE);

        Map<String, String> chosen = new LinkedHashMap<>();
        chosen.put("lang", wording.language().code());
        chosen.put("unit", unit.id());
        chosen.put("channel", channel == null ? ANY : channel);
        chosen.put("category", category == null ? ANY : category);
        chosen.put("list", list.name());

        DeskPage rows = new DeskPage(wording);
        List<Map<String, Object>> tabs = new ArrayList<>();
        for (DeskList one : DeskList.values()) {
            Map<String, String> other = new LinkedHashMap<>(chosen);
            other.put("list", one.name());
            tabs.add(Map.of(
                    "name",
                    one.name().toLowerCase(Locale.ROOT),
                    "label",
                    rows.label(one),
                    "count",
                    wording.whole(one == list ? cases.total() : documents.count(one, desk)),
                    "href",
                    href("/desk", other),
                    "here",
                    one == list));
        }
        Map<String, List<JsonNode>> alerts = documents.openAlerts(cases.cases());
        List<Map<String, Object>> shown = cases.cases().stream()
                .map(one -> rows.row(
                        one,
                        alerts.getOrDefault(one.path("case_id").asText(), List.of()),
                        href(
                                "/case",
                                Map.of(
                                        "id",
                                        one.path("case_id").asText(),
                                        "lang",
                                        wording.language().code()))))
                .toList();
        long first = (number - 1L) * CASES_PER_PAGE;
        Map<String, Object> view = new HashMap<>();
        view.put("title", wording.text("Overdue desk"));
        view.put("unitName", whole ? null : unit.name());
        view.put("asOf", wording.at(choices.asOf()));
        view.put("zone", choices.zone().getId());
        view.put("list", list.name());
        view.put("units", units(choices, unit.id(), wording));
        view.put("channelOptions", options(channels, channel, wording));
        view.put("categoryOptions", options(categories, category, wording));
        view.put("tabs", tabs);
        view.put("note", rows.note(list));
        view.put("cases", shown);
        view.put("any", !shown.isEmpty());
        view.put(
                "shown", shown.isEmpty() ? null : wording.whole(first + 1) + "–" + wording.whole(first + shown.size()));
        view.put("total", wording.whole(cases.total()));
        view.put("before", number == 1 ? null : turned(chosen, number - 1));
        view.put("after", first + shown.size() >= cases.total() ? null : turned(chosen, number + 1));
        return new Answer(200, page("desk", "/desk", view, chosen, wording));
    }

    private static String turned(Map<String, String> chosen, int number) {
        Map<String, String> other = new LinkedHashMap<>(chosen);
        other.put("page", Integer.toString(number));
        return href("/desk", other);
    }

    private Answer explained(Choices choices, Map<String, String> asked, Wording wording)
            throws IOException, NoSuchValue {
        String alert = asked.getOrDefault("alert", "").strip();
        // Before its last slash an alert's id is that of its case.
        String id = alert.contains("/")
                ? alert.substring(0, alert.lastIndexOf('/'))
                : asked.getOrDefault("id", "").strip();
        JsonNode one = documents.find(id);
        if (one == null) {
            throw new NoSuchValue("There is no case " + id
                    + ": its id is the channel, a colon and the channel's number, such as qlue:Q-118233.");
        }
        Map<String, String> chosen = Map.of("id", id, "lang", wording.language().code());
        Map<String, Object> view = new CasePage(
                        one,
                        documents.visits(id),
                        documents.alerts(id),
                        unit -> {
                            Unit known = choices.units().get(unit);
                            return known == null ? unit : known.name();
                        },
                        wording)
                .view(
                        explainer == null
                                ? null
                                : explainer.explain(
                                        id, Instant.parse(one.path("as_of").asText())));
        return new Answer(200, page("case", "/case", view, chosen, wording));
    }

    private static Unit unit(Choices choices, Map<String, String> asked) throws NoSuchValue {
        String id = asked.getOrDefault("unit", ANY);
        if (id.isEmpty() || id.equals(choices.city().id())) {
            return choices.city();
        }
        Unit unit = choices.units().get(id);
        if (unit == null) {
            throw new NoSuchValue(
                    "No unit " + id + " answers for anything in the last 90 days: choose one of the list.");
        }
        return unit;
    }

    private static @Nullable Cut cut(List<String> channels, List<String> groups, String key) throws NoSuchValue {
        if (key.isEmpty()) {
            return null;
        }
        for (String channel : channels) {
            if (key.equals("channel:" + channel)) {
                return new Cut(true, channel);
            }
        }
        for (String group : groups) {
            if (key.equals("group:" + group)) {
                return new Cut(false, group);
            }
        }
        throw new NoSuchValue("There is no channel or category group " + key + ": choose one of the list.");
    }

    private static String key(Cut cut) {
        return (cut.isChannel() ? "channel:" : "group:") + cut.value();
    }

    private static Period period(Choices choices, String key) throws NoSuchValue {
        if (key.isEmpty()) {
            return choices.periods().get(0);
        }
        return choices.periods().stream()
                .filter(period -> key(period).equals(key))
                .findFirst()
                .orElseThrow(
                        () -> new NoSuchValue("There are no figures of period " + key + ": choose one of the list."));
    }

    /** Rolling windows move on, and a link to them moves with them. */
    private static String key(Period period) {
        String window = String.valueOf(period.window());
        return window.startsWith("ROLLING") ? window : window + ":" + period.from();
    }

    private static @Nullable String oneOf(String name, Map<String, String> asked, List<String> values)
            throws NoSuchValue {
        String value = asked.getOrDefault(name, ANY);
        if (value.isEmpty()) {
            return null;
        }
        if (!values.contains(value)) {
            throw new NoSuchValue("There is no " + name + " " + value + ": choose one of the list.");
        }
        return value;
    }

    private static DeskList list(String name) throws NoSuchValue {
        return Arrays.stream(DeskList.values())
                .filter(list -> list.name().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        new NoSuchValue("There is no list " + name + ": " + Arrays.toString(DeskList.values()) + "."));
    }

    /** Elasticsearch turns no pages beyond its ten thousandth document. */
    private static int pageNumber(String text) throws NoSuchValue {
        int last = 10_000 / CASES_PER_PAGE;
        if (!text.matches("[1-9][0-9]{0,3}") || Integer.parseInt(text) > last) {
            throw new NoSuchValue("There is no page " + text + ": pages go from 1 to " + last + ".");
        }
        return Integer.parseInt(text);
    }

    private record Option(String value, String label, boolean chosen) {}

    private static List<Map<String, Object>> units(Choices choices, String chosen, Wording wording) {
        Map<String, List<Option>> levels = new TreeMap<>();
        choices.units().values().stream()
                .filter(unit -> !unit.id().equals(choices.city().id()))
                .sorted(Comparator.comparing(Unit::name))
                .forEach(unit -> levels.computeIfAbsent(unit.level(), any -> new ArrayList<>())
                        .add(new Option(unit.id(), unit.name(), unit.id().equals(chosen))));
        Map<String, List<Option>> all = new LinkedHashMap<>();
        Unit city = choices.city();
        all.put(
                wording.text("The whole city"),
                List.of(new Option(city.id(), city.name(), city.id().equals(chosen))));
        all.putAll(levels);
        return groups(all);
    }

    private static List<Map<String, Object>> cuts(
            List<String> channels, List<String> groups, @Nullable Cut cut, Wording wording) {
        String chosen = cut == null ? ANY : key(cut);
        Map<String, List<Option>> all = new LinkedHashMap<>();
        all.put(
                wording.text("All cases"),
                List.of(new Option(ANY, wording.text("All channels and categories"), cut == null)));
        all.put(
                wording.text("Channel"),
                channels.stream()
                        .map(one -> new Option("channel:" + one, one, chosen.equals("channel:" + one)))
                        .toList());
        all.put(
                wording.text("Category group"),
                groups.stream()
                        .map(one -> new Option("group:" + one, one, chosen.equals("group:" + one)))
                        .toList());
        return groups(all);
    }

    private static List<Map<String, Object>> periods(Choices choices, Period chosen, Wording wording) {
        Map<String, List<Option>> all = new LinkedHashMap<>();
        for (Period period : choices.periods()) {
            String window = String.valueOf(period.window());
            String days = wording.days(period.from(), period.to());
            String group =
                    switch (window) {
                        case "MONTH" -> "Months";
                        case "QUARTER" -> "Quarters";
                        case "WEEK" -> "Weeks";
                        default -> "Latest days";
                    };
            String label = window.startsWith("ROLLING_")
                    ? wording.text("Last " + window.substring("ROLLING_".length()) + " days")
                    : days;
            all.computeIfAbsent(wording.text(group), any -> new ArrayList<>())
                    .add(new Option(key(period), label, period.equals(chosen)));
        }
        return groups(all);
    }

    private static List<Map<String, Object>> groups(Map<String, List<Option>> all) {
        return all.entrySet().stream()
                .map(group -> Map.<String, Object>of("level", group.getKey(), "options", group.getValue()))
                .toList();
    }

    private static List<Option> options(List<String> values, @Nullable String chosen, Wording wording) {
        List<Option> options = new ArrayList<>(List.of(new Option(ANY, wording.text("All"), chosen == null)));
        values.forEach(value -> options.add(new Option(value, value, value.equals(chosen))));
        return options;
    }

    private String page(
            String template, String path, Map<String, Object> view, Map<String, String> chosen, Wording wording) {
        Map<String, String> kept = new LinkedHashMap<>(chosen);
        kept.keySet().retainAll(List.of("lang", "unit"));
        view.put("served", true);
        view.put("file", false);
        view.put(
                "nav",
                List.of(
                        Map.of(
                                "href",
                                href("/", kept),
                                "label",
                                wording.text("Leadership"),
                                "here",
                                template.equals("card")),
                        Map.of(
                                "href",
                                href("/desk", kept),
                                "label",
                                wording.text("Overdue desk"),
                                "here",
                                template.equals("desk"))));
        view.put(
                "languages",
                Arrays.stream(Language.values())
                        .map(language -> {
                            Map<String, String> other = new LinkedHashMap<>(chosen);
                            other.put("lang", language.code());
                            return Map.of(
                                    "href",
                                    href(path, other),
                                    "code",
                                    language.code(),
                                    "name",
                                    language.ownName(),
                                    "here",
                                    language == wording.language());
                        })
                        .toList());
        return templates.page(template, view, wording);
    }

    private static String href(String path, Map<String, String> asked) {
        StringBuilder href = new StringBuilder(path);
        String before = "?";
        for (Map.Entry<String, String> one : new TreeMap<>(asked).entrySet()) {
            if (!one.getValue().isEmpty()) {
                href.append(before)
                        .append(one.getKey())
                        .append('=')
                        .append(URLEncoder.encode(one.getValue(), StandardCharsets.UTF_8));
                before = "&";
            }
        }
        return href.toString();
    }
}
