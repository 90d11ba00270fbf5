package io.tanggap.board;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tanggap.board.Card.Basis;
import io.tanggap.board.Card.Cut;
import io.tanggap.board.Card.Hop;
import io.tanggap.board.Card.Period;
import io.tanggap.board.Card.Standing;
import io.tanggap.board.Card.Unit;
import io.tanggap.core.measure.CurvePoint;
import io.tanggap.core.measure.Role;
import io.tanggap.core.measure.Rule;
import io.tanggap.core.measure.Window;
import io.tanggap.core.report.DayOfCard;
import io.tanggap.elasticsearch.IndexReader;
import io.tanggap.elasticsearch.Indices.Kind;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads what the board shows from the indices. It asks what is written here and nothing else: what a reader chooses is only ever the
 * value of a term.
 */
final class Documents {
    /** By which units are charged on the board; the other rules stand beside it. */
    static final Rule RULE = Rule.CRM;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ALL = "ALL";
    /** The most that Elasticsearch hands out at once. */
    private static final int MOST = 10_000;
    /** Chosen: a page of more units nobody reads, and it says how many more there are. */
    private static final int MOST_STANDINGS = 2_000;

    private static final List<String> GROUPS = List.of("counts", "shares", "times", "ratios");

    private final IndexReader reader;

    Documents(IndexReader reader) {
        this.reader = reader;
    }

    /**
     * What there is to choose from.
     *
     * @param city the whole city
     * @param periods latest first, calendar windows after rolling ones
     * @param units those that answer for something or have land, by id
     */
    record Choices(Unit city, ZoneId zone, Instant asOf, List<Period> periods, SortedMap<String, Unit> units) {}

    /** Null while there is no figure of the city. */
    @Nullable
    Choices choices() throws IOException {
        ObjectNode search = search(MOST, rows(Role.TERRITORY, null));
        equal(search, "depth", 0);
        ((ArrayNode) search.path("query").path("bool").path("must_not")).add(term("window", Window.DAY.name()));
        only(search, "unit", "unit_name", "level", "zone", "as_of", "window", "window_start", "window_end");
        List<JsonNode> city = hits(Kind.RESPONSIVENESS, search);
        JsonNode latest = city.stream()
                .max(Comparator.comparing(row -> row.path("as_of").asText()))
                .orElse(null);
        if (latest == null) {
            return null;
        }
        List<Period> periods = city.stream()
                .map(Documents::period)
                .sorted(Comparator.comparing((Period period) -> order(period))
                        .thenComparing(Period::from, Comparator.reverseOrder()))
                .toList();
        return new Choices(
                unit(latest),
                ZoneId.of(latest.path("zone").asText("UTC")),
                Instant.parse(latest.path("as_of").asText()),
                periods,
                units());
    }

    private static int order(Period period) {
        Window window = Window.valueOf(String.valueOf(period.window()));
        return switch (window) {
            case ROLLING_30 -> 0;
            case ROLLING_7 -> 1;
            case ROLLING_90 -> 2;
            case MONTH -> 3;
            case QUARTER -> 4;
            case WEEK -> 5;
            case DAY -> 6;
        };
    }

    private SortedMap<String, Unit> units() throws IOException {
        SortedMap<String, Unit> units = new TreeMap<>();
        for (Role role : List.of(Role.HOLDER, Role.TERRITORY)) {
            ObjectNode search = search(MOST, rows(role, null));
            equal(search, "window", Window.ROLLING_90.name());
            only(search, "unit", "unit_name", "level");
            hits(Kind.RESPONSIVENESS, search)
                    .forEach(row -> units.put(row.path("unit").asText(), unit(row)));
        }
        return units;
    }

    private List<String> terms(Kind kind, String field) throws IOException {
        ObjectNode search = search(0, List.of());
        search.putObject("aggs")
                .putObject("all")
                .putObject("terms")
                .put("field", field)
                .put("size", 1_000)
                .putObject("order")
                .put("_key", "asc");
        List<String> values = new ArrayList<>();
        reader.search(kind.alias(), search.toString())
                .path("aggregations")
                .path("all")
                .path("buckets")
                .forEach(bucket -> {
                    String value = bucket.path("key").asText();
                    if (!value.equals(ALL)) {
                        values.add(value);
                    }
                });
        return values;
    }

    /** The card of a unit. */
    Card card(Choices choices, Unit unit, @Nullable Cut cut, Period period) throws IOException {
        Map<Role, JsonNode> own = new HashMap<>();
        for (Role role : List.of(Role.TERRITORY, Role.HOLDER)) {
            ObjectNode search = search(1, rows(role, cut));
            equal(search, "unit", unit.id());
            in(search, period);
            hits(Kind.RESPONSIVENESS, search).forEach(row -> own.put(role, row));
        }
        boolean isCity = unit.id().equals(choices.city().id());
        JsonNode land = own.get(Role.TERRITORY);
        JsonNode charged = own.get(Role.HOLDER);
        JsonNode any = land == null ? charged : land;
        Role main = Card.isOfLand(isCity, land != null, charged != null) ? Role.TERRITORY : Role.HOLDER;
        List<Hop> hops = new ArrayList<>();
        long pairs = hops(unit, isCity, period, hops);
        List<Standing> standings = new ArrayList<>();
        long withheld = standings(cut, period, standings);
        return new Card(
                unit,
                isCity,
                period,
                choices.zone(),
                RULE,
                cut,
                land == null ? null : figures(land),
                charged == null ? null : figures(charged),
                days(unit, main, cut, period),
                cut == null ? groups(unit, main, period) : Map.of(),
                standings,
                withheld,
                hops,
                pairs,
                cut == null || cut.isChannel() ? channels(period, cut) : Map.of(),
                silent(),
                restated(period),
                new Basis(
                        any == null
                                ? choices.asOf()
                                : Instant.parse(any.path("as_of").asText()),
                        null,
                        any == null
                                ? List.of()
                                : List.of(any.path("reference_pack").asText()),
                        any == null ? 0 : any.path("contributions_version").asInt(),
                        null,
                        null));
    }

    private List<DayOfCard> days(Unit unit, Role role, @Nullable Cut cut, Period period) throws IOException {
        ObjectNode search = search(MOST, rows(role, cut));
        equal(search, "unit", unit.id());
        equal(search, "window", Window.DAY.name());
        ObjectNode range = filter(search).addObject().putObject("range").putObject("window_start");
        range.put("gte", period.from().toString()).put("lt", period.to().toString());
        search.putArray("sort").add("window_start");
        only(
                search,
                "window_start",
                "counts.open_entered",
                "counts.open_left",
                "counts.open",
                "counts.overdue",
                "counts.due_met",
                "counts.due_missed");
        List<DayOfCard> days = new ArrayList<>();
        for (JsonNode row : hits(Kind.RESPONSIVENESS, search)) {
            JsonNode counts = row.path("counts");
            days.add(new DayOfCard(
                    LocalDate.parse(row.path("window_start").asText()),
                    counts.path("open_entered").asLong(),
                    counts.path("open_left").asLong(),
                    counts.path("open").asLong(),
                    counts.path("overdue").asLong(),
                    counts.path("due_met").asLong(),
                    counts.path("due_missed").asLong()));
        }
        return days;
    }

    private Map<String, Figures> groups(Unit unit, Role role, Period period) throws IOException {
        ObjectNode search = search(MOST, List.of());
        equal(search, "role", role.name());
        equal(search, "rule", rule(role).name());
        equal(search, "unit", unit.id());
        equal(search, "channel", ALL);
        in(search, period);
        Map<String, Figures> groups = new TreeMap<>();
        for (JsonNode row : hits(Kind.RESPONSIVENESS, search)) {
            if (!row.path("category_group").asText().equals(ALL)) {
                groups.put(row.path("category_group").asText(), figures(row));
            }
        }
        return groups;
    }

    private long standings(@Nullable Cut cut, Period period, List<Standing> into) throws IOException {
        ObjectNode search = search(MOST_STANDINGS, cutTo(cut));
        equal(search, "rule", RULE.name());
        in(search, period);
        search.put("track_total_hits", true);
        ArrayNode sort = search.putArray("sort");
        List.of("level", "band.number").forEach(sort::add);
        sort.addObject().putObject("rank.place").put("missing", "_last");
        sort.add("unit");
        JsonNode answer =
                reader.search(Kind.STANDINGS.alias(), search.toString()).path("hits");
        Map<String, Figures> inPeriod = new HashMap<>();
        if (!answer.path("hits").isEmpty()) {
            ObjectNode rows = search(MOST, rows(Role.HOLDER, cut));
            in(rows, period);
            ArrayNode ranked = filter(rows).addObject().putObject("terms").putArray("unit");
            answer.path("hits")
                    .forEach(hit -> ranked.add(hit.path("_source").path("unit").asText()));
            only(rows, "unit", "counts.open", "counts.overdue", "times.close_p50*", "times_state.close_p50_hours");
            hits(Kind.RESPONSIVENESS, rows)
                    .forEach(row -> inPeriod.put(row.path("unit").asText(), figures(row)));
        }
        for (JsonNode hit : answer.path("hits")) {
            JsonNode row = hit.path("_source");
            into.add(new Standing(
                    unit(row),
                    row.path("band").path("number").asInt(),
                    row.path("band").path("ranked").asInt(),
                    standing(row),
                    inPeriod.getOrDefault(row.path("unit").asText(), Figures.NONE),
                    ranksUnder(row)));
        }
        return answer.path("total").path("value").asLong() - into.size();
    }

    private static Map<String, Integer> ranksUnder(JsonNode row) {
        Map<String, Integer> ranks = new HashMap<>();
        row.path("rank_under")
                .properties()
                .forEach(rank -> ranks.put(
                        rank.getKey().toUpperCase(Locale.ROOT), rank.getValue().asInt()));
        if (row.path("sensitivity").has("places")) {
            ranks.put("places", row.path("sensitivity").path("places").asInt());
        }
        return ranks;
    }

    private long hops(Unit unit, boolean isCity, Period period, List<Hop> into) throws IOException {
        ObjectNode search = search(Card.MOST_HOPS, List.of()).put("track_total_hits", true);
        if (!isCity) {
            equal(search, "unit", unit.id());
        }
        in(search, period);
        search.putArray("sort").addObject().put("counts.hops", "desc");
        JsonNode answer = reader.search(Kind.PAIRS.alias(), search.toString()).path("hits");
        for (JsonNode hit : answer.path("hits")) {
            JsonNode row = hit.path("_source");
            into.add(new Hop(
                    row.path("unit_name").asText(),
                    row.path("counterpart_name").asText(),
                    row.path("counts").path("hops").asLong(),
                    row.path("counts").path("hops_back").asLong()));
        }
        return answer.path("total").path("value").asLong();
    }

    private Map<String, Figures> channels(Period period, @Nullable Cut cut) throws IOException {
        ObjectNode search = search(MOST, List.of());
        equal(search, "role", Role.CHANNEL.name());
        in(search, period);
        if (cut != null) {
            equal(search, "unit", cut.value());
        }
        Map<String, Figures> channels = new LinkedHashMap<>();
        search.putArray("sort").add("depth").add("unit");
        hits(Kind.RESPONSIVENESS, search)
                .forEach(row -> channels.put(row.path("unit").asText(), figures(row)));
        return channels;
    }

    private List<String> silent() throws IOException {
        ObjectNode search = search(MOST, List.of());
        equal(search, "silent", true);
        return hits(Kind.FEEDS, search).stream()
                .map(feed -> feed.path("channel").asText())
                .sorted()
                .toList();
    }

    private long restated(Period period) throws IOException {
        ObjectNode search = search(0, List.of());
        in(search, period);
        return count(Kind.RESTATEMENTS, search);
    }

    /** One of the lists of the desk. */
    enum DeskList {
        OVERDUE,
        AT_RISK,
        STALE,
        LIMBO
    }

    /** Whose cases, of which channel and category; null is all. */
    record Desk(
            @Nullable String unit,
            @Nullable String channel,
            @Nullable String category) {}

    record Cases(List<JsonNode> cases, long total) {}

    long count(DeskList list, Desk desk) throws IOException {
        return count(Kind.CASES, desk(0, list, desk));
    }

    /** Cases, those first that wait longest for somebody to act. */
    Cases cases(DeskList list, Desk desk, int from, int size) throws IOException {
        ObjectNode search = desk(size, list, desk).put("from", from).put("track_total_hits", true);
        ArrayNode sort = search.putArray("sort");
        String first = list == DeskList.OVERDUE || list == DeskList.AT_RISK ? "deadline" : "last_activity_at";
        sort.addObject().putObject(first).put("missing", "_last");
        sort.add("case_id");
        JsonNode answer = reader.search(Kind.CASES.alias(), search.toString()).path("hits");
        List<JsonNode> cases = new ArrayList<>();
        answer.path("hits").forEach(hit -> cases.add(hit.path("_source")));
        return new Cases(cases, answer.path("total").path("value").asLong());
    }

    private static ObjectNode desk(int size, DeskList list, Desk desk) {
        ObjectNode search = search(size, List.of());
        equal(search, "open", true);
        switch (list) {
            case OVERDUE -> equal(search, "overdue", true);
            case AT_RISK -> {
                equal(search, "verdict", "RUNNING");
                filter(search)
                        .addObject()
                        .putObject("range")
                        .putObject("threshold")
                        .put("gte", 75);
            }
            case STALE -> equal(search, "stale", true);
            case LIMBO -> filter(search).addObject().putObject("exists").put("field", "offered_to");
        }
        if (desk.unit() != null) {
            equal(search, "units", desk.unit());
        }
        if (desk.channel() != null) {
            equal(search, "channel", desk.channel());
        }
        if (desk.category() != null) {
            equal(search, "category", desk.category());
        }
        return search;
    }

    /** The open alerts of cases, by case; of each the earliest deadline first. */
    Map<String, List<JsonNode>> openAlerts(List<JsonNode> cases) throws IOException {
        ObjectNode search = search(MOST, List.of());
        ArrayNode ids = filter(search).addObject().putObject("terms").putArray("case_id");
        cases.forEach(one -> ids.add(one.path("case_id").asText()));
        equal(search, "open", true);
        Map<String, List<JsonNode>> alerts = new HashMap<>();
        byDeadline(search);
        hits(Kind.ALERTS, search)
                .forEach(alert -> alerts.computeIfAbsent(alert.path("case_id").asText(), id -> new ArrayList<>())
                        .add(alert));
        return alerts;
    }

    /** What was ever so of a case: its alerts, those that are open first. */
    List<JsonNode> alerts(String caseId) throws IOException {
        ObjectNode search = search(MOST, List.of());
        equal(search, "case_id", caseId);
        search.putArray("sort").addObject().put("open", "desc");
        byDeadline(search);
        return hits(Kind.ALERTS, search);
    }

    private static void byDeadline(ObjectNode search) {
        ArrayNode sort = search.withArray("/sort");
        sort.addObject().putObject("deadline").put("missing", "_last");
        sort.add("raised_at").add("alert_id");
    }

    /** The channels that have figures. */
    List<String> channels() throws IOException {
        return terms(Kind.RESPONSIVENESS, "channel");
    }

    /** The category groups that have figures. */
    List<String> groups() throws IOException {
        return terms(Kind.RESPONSIVENESS, "category_group");
    }

    /** The categories of cases. */
    List<String> categories() throws IOException {
        return terms(Kind.CASES, "category");
    }

    /** A case; null if there is none of this id. */
    @Nullable
    JsonNode find(String caseId) throws IOException {
        ObjectNode search = search(1, List.of());
        equal(search, "case_id", caseId);
        List<JsonNode> found = hits(Kind.CASES, search);
        return found.isEmpty() ? null : found.get(0);
    }

    /** The stays of a case, in order. */
    List<JsonNode> visits(String caseId) throws IOException {
        ObjectNode search = search(MOST, List.of());
        equal(search, "case_id", caseId);
        search.putArray("sort").add("visit");
        return hits(Kind.VISITS, search);
    }

    private static Unit unit(JsonNode row) {
        return new Unit(
                row.path("unit").asText(),
                row.path("unit_name").asText(),
                row.path("level").asText());
    }

    private static Period period(JsonNode row) {
        return new Period(
                row.path("window").asText(),
                LocalDate.parse(row.path("window_start").asText()),
                LocalDate.parse(row.path("window_end").asText()));
    }

    private static Figures figures(JsonNode row) {
        return new Figures(numbers(row, GROUPS), texts(row.path("times_state"), ""), curve(row.path("close_curve")));
    }

    private static List<CurvePoint> curve(JsonNode points) {
        List<CurvePoint> curve = new ArrayList<>();
        points.forEach(point -> curve.add(new CurvePoint(
                point.path("hours").asInt(),
                point.path("survival").asDouble(),
                point.has("low") ? point.path("low").doubleValue() : null,
                point.has("high") ? point.path("high").doubleValue() : null,
                point.path("at_risk").asLong())));
        return curve;
    }

    private static Figures standing(JsonNode row) {
        Map<String, String> states = new TreeMap<>();
        List<String> groups = List.of("rank", "funnel", "movers", "rating");
        groups.forEach(group -> states.putAll(texts(row.path(group), group + ".")));
        return new Figures(numbers(row, groups), states, List.of());
    }

    private static Map<String, Number> numbers(JsonNode row, List<String> groups) {
        Map<String, Number> numbers = new TreeMap<>();
        for (String group : groups) {
            row.path(group).properties().forEach(field -> {
                if (field.getValue().isNumber()) {
                    numbers.put(group + "." + field.getKey(), field.getValue().numberValue());
                }
            });
        }
        return numbers;
    }

    private static Map<String, String> texts(JsonNode group, String prefix) {
        Map<String, String> texts = new TreeMap<>();
        group.properties().forEach(field -> {
            if (field.getValue().isTextual()) {
                texts.put(prefix + field.getKey(), field.getValue().asText());
            }
        });
        return texts;
    }

    private static List<ObjectNode> rows(Role role, @Nullable Cut cut) {
        List<ObjectNode> terms = new ArrayList<>(cutTo(cut));
        terms.add(term("role", role.name()));
        terms.add(term("rule", rule(role).name()));
        return terms;
    }

    /** Land is asked of under the rule of the place, whoever answers. */
    private static Rule rule(Role role) {
        return role == Role.HOLDER ? RULE : Rule.CROP;
    }

    private static List<ObjectNode> cutTo(@Nullable Cut cut) {
        String channel = cut != null && cut.isChannel() ? cut.value() : ALL;
        String group = cut != null && !cut.isChannel() ? cut.value() : ALL;
        return List.of(term("channel", channel), term("category_group", group));
    }

    private static void in(ObjectNode search, Period period) {
        equal(search, "window", String.valueOf(period.window()));
        equal(search, "window_start", period.from().toString());
    }

    private static ObjectNode search(int size, List<ObjectNode> terms) {
        ObjectNode search = JSON.createObjectNode().put("size", size);
        ObjectNode bool = search.putObject("query").putObject("bool");
        bool.putArray("must_not").add(term("retracted", true));
        bool.putArray("filter").addAll(terms);
        return search;
    }

    private static ArrayNode filter(ObjectNode search) {
        return (ArrayNode) search.path("query").path("bool").path("filter");
    }

    private static void equal(ObjectNode search, String field, Object value) {
        filter(search).add(term(field, value));
    }

    private static ObjectNode term(String field, Object value) {
        ObjectNode term = JSON.createObjectNode();
        term.putObject("term").set(field, JSON.valueToTree(value));
        return term;
    }

    private static void only(ObjectNode search, String... fields) {
        ArrayNode source = search.putArray("_source");
        for (String field : fields) {
            source.add(field);
        }
    }

    private List<JsonNode> hits(Kind kind, ObjectNode search) throws IOException {
        List<JsonNode> sources = new ArrayList<>();
        reader.search(kind.alias(), search.toString())
                .path("hits")
                .path("hits")
                .forEach(hit -> sources.add(hit.path("_source")));
        return sources;
    }

    private long count(Kind kind, ObjectNode search) throws IOException {
        search.put("track_total_hits", true).put("size", 0);
        return reader.search(kind.alias(), search.toString())
                .path("hits")
                .path("total")
                .path("value")
                .asLong();
    }
}
