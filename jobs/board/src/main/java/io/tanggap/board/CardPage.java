package io.tanggap.board;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tanggap.board.Card.Standing;
import io.tanggap.core.measure.Cell;
import io.tanggap.core.measure.CurvePoint;
import io.tanggap.core.measure.Responsiveness;
import io.tanggap.core.measure.Rule;
import io.tanggap.core.report.DayOfCard;
import io.tanggap.core.statistics.Interval;
import io.tanggap.core.statistics.Proportion;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the page of a card says, for its template. Adds nothing up but the days of a week. */
final class CardPage {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Chosen: the ten whom the rule moves most. */
    private static final int MOST_SENSITIVE = 10;
    /** In days: after a day, some days, weeks and months. A curve is drawn to the last one. */
    private static final int[] AGES = {1, 3, 7, 14, 30, 60, 90};

    private final Card card;
    private final Wording wording;

    CardPage(Card card, Wording wording) {
        this.card = card;
        this.wording = wording;
    }

    Map<String, Object> view() {
        Map<String, Object> view = new HashMap<>();
        view.put("title", card.unit().name());
        view.put("unit", card.unit());
        view.put("isCity", card.isCity());
        view.put("period", wording.days(card.period().from(), card.period().to()));
        view.put(
                "cut",
                card.cut() == null
                        ? null
                        : Map.of(
                                "value",
                                card.cut().value(),
                                "isChannel",
                                card.cut().isChannel()));
        view.put("asOf", wording.at(card.basis().asOf()));
        view.put("zone", wording.zone().getId());
        view.put("blocks", blocks());
        view.put("charts", charts());
        view.put("noCurve", !main().numbers().isEmpty() && main().curve().isEmpty());
        view.put("figures", table());
        view.put("groups", groups());
        view.put("hasGroups", !card.groups().isEmpty());
        view.put("levels", levels());
        view.put("hasStandings", !card.standings().isEmpty());
        view.put("withheld", card.withheld() == 0 ? null : wording.whole(card.withheld()));
        view.put("rule", card.rule());
        view.put("movers", movers());
        view.put("sensitive", sensitive());
        view.put("hops", hops());
        view.put("channels", channels());
        view.put("silent", card.silent().isEmpty() ? null : String.join(", ", card.silent()));
        view.put("restated", card.restated() == null ? null : wording.whole(card.restated()));
        view.put("basis", basis());
        return view;
    }

    private Figures main() {
        boolean isOfLand = Card.isOfLand(card.isCity(), card.places() != null, card.charged() != null);
        Figures figures = isOfLand ? card.places() : card.charged();
        return figures == null ? Figures.NONE : figures;
    }

    /** The city; or what a unit answers for, and what happened on its land whoever answers. */
    private List<Map<String, Object>> blocks() {
        List<Map<String, Object>> blocks = new ArrayList<>();
        if (!card.isCity() && card.charged() != null) {
            blocks.add(block("charged", card.charged()));
        }
        if (card.places() != null) {
            blocks.add(block(card.isCity() ? "city" : "land", card.places()));
        }
        return blocks;
    }

    private Map<String, Object> block(String kind, Figures figures) {
        long due = figures.count("due_met") + figures.count("due_missed");
        Number onTime = figures.number("shares.on_time");
        Number low = figures.number("shares.on_time_low");
        Number high = figures.number("shares.on_time_high");
        Map<String, Object> block = new HashMap<>();
        block.put(kind, true);
        block.put("kind", kind);
        block.put("onTime", wording.percent(onTime));
        block.put("onTimeBetween", wording.shareBetween(low, high));
        block.put("onTimeBar", IntervalBar.of(low, onTime, high));
        block.put("due", wording.whole(due));
        block.put("received", wording.whole(figures.count("received")));
        block.put("problems", wording.whole(figures.count("problems")));
        block.put("resolved", wording.whole(figures.count("closed_fixed") + figures.count("closed_answered")));
        block.put("reopened", wording.whole(figures.count("reopened")));
        block.put("open", wording.whole(figures.count("open")));
        block.put("withoutTarget", wording.whole(figures.count("without_target")));
        block.put("overdue", wording.whole(figures.count("overdue")));
        block.put("stale", wording.whole(figures.count("stale")));
        block.put("median", wording.hours(figures, "close_p50_hours"));
        block.put("medianBetween", wording.hoursBetween(figures, "close_p50_hours"));
        block.put("closedOnly", wording.hours(figures, "closed_only_p50_hours"));
        return block;
    }

    /** Kept of due, by the Monday of the deadline's week. */
    private Map<LocalDate, Proportion> weeks() {
        Map<LocalDate, Proportion> weeks = new TreeMap<>();
        for (DayOfCard day : card.days()) {
            weeks.merge(
                    day.day().with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)),
                    new Proportion(day.met(), day.met() + day.missed()),
                    (one, more) -> new Proportion(one.successes() + more.successes(), one.trials() + more.trials()));
        }
        return weeks;
    }

    private List<Map<String, Object>> charts() {
        List<Map<String, Object>> charts = new ArrayList<>();
        if (!card.days().isEmpty()) {
            charts.add(onTimeByWeek());
        }
        if (!main().curve().isEmpty()) {
            charts.add(stillOpenByAge());
        }
        if (!card.days().isEmpty()) {
            charts.add(byDay(
                    "flow",
                    "Came in and went out, by day",
                    "Cases that became open and ceased to be, whatever the outcome; for a unit, that came into its hands and left them. V5.",
                    new Series("Came in", day -> day.entered()),
                    new Series("Went out", day -> day.left())));
            charts.add(byDay(
                    "stock",
                    "Open and overdue, by day",
                    "At the end of each day on which anything happened. V4.",
                    new Series("Open", day -> day.open()),
                    new Series("Overdue", day -> day.overdue())));
        }
        return charts;
    }

    /** Drawn from every point; told at the ages that people ask about. */
    private Map<String, Object> stillOpenByAge() {
        List<CurvePoint> curve = main().curve();
        ObjectNode data = JSON.createObjectNode().put("shape", "curve").put("most", 24 * AGES[AGES.length - 1]);
        ArrayNode hours = data.putArray("hours");
        ArrayNode values = data.putArray("values");
        ArrayNode low = data.putArray("low");
        ArrayNode high = data.putArray("high");
        for (CurvePoint point : curve) {
            hours.add(point.hours());
            values.add(point.survival());
            low.add(point.low());
            high.add(point.high());
        }
        Number median = main().number("times.close_p50_hours");
        if (median != null) {
            data.put("median", median.longValue());
        }
        data.putArray("names")
                .add(wording.text("Still open"))
                .add(wording.text("of 95 %"))
                .add(wording.text("half are closed"))
                .add(wording.text("days"));
        List<List<String>> rows = new ArrayList<>();
        for (int days : AGES) {
            CurvePoint then = at(24 * days, curve);
            rows.add(List.of(
                    wording.whole(days),
                    then == null ? Wording.NOTHING : wording.percent(then.survival()),
                    then == null ? "" : wording.shareBetween(then.low(), then.high())));
        }
        return chart(
                "still-open",
                "Still open, by age",
                wording.text(
                                "Of the problems of the period, the share that is not closed at each age, with its interval of 95 %; open ones count until their present age (Kaplan–Meier). T5. Half are closed within")
                        + ": " + wording.hours(main(), "close_p50_hours") + ".",
                data,
                List.of("After days", "Still open", "of 95 %"),
                rows);
    }

    /** What the curve says of an age; null where it says nothing: before it begins, and after its last point but for one at 0. */
    private static @Nullable CurvePoint at(int hours, List<CurvePoint> curve) {
        CurvePoint then = null;
        for (CurvePoint point : curve) {
            then = point.hours() <= hours ? point : then;
        }
        CurvePoint last = curve.get(curve.size() - 1);
        return hours > last.hours() && last.survival() > 0 ? null : then;
    }

    private Map<String, Object> onTimeByWeek() {
        ObjectNode data = JSON.createObjectNode().put("shape", "share");
        ArrayNode along = data.putArray("along");
        ArrayNode values = data.putArray("values");
        ArrayNode low = data.putArray("low");
        ArrayNode high = data.putArray("high");
        List<List<String>> rows = new ArrayList<>();
        for (Map.Entry<LocalDate, Proportion> week : weeks().entrySet()) {
            Proportion kept = week.getValue();
            Interval between = kept.wilson();
            Double share = kept.share();
            if (share == null || between == null) {
                continue;
            }
            String label = wording.day(week.getKey());
            along.add(label);
            values.add(share);
            low.add(between.lower());
            high.add(between.upper());
            rows.add(List.of(
                    label,
                    wording.percent(share),
                    wording.shareBetween(between.lower(), between.upper()),
                    wording.whole(kept.trials())));
        }
        data.putArray("names").add(wording.text("On time")).add(wording.text("of 95 %"));
        return chart(
                "on-time",
                "Resolved on time, by week of the deadline",
                wording.text(
                        "Kept of the targets that were due, with Wilson's interval of 95 %; a week begins on Monday. T3."),
                data,
                List.of("Week from", "On time", "of 95 %", "Targets due"),
                rows);
    }

    private record Series(String name, Value value) {}

    private interface Value {
        long of(DayOfCard day);
    }

    private Map<String, Object> byDay(String id, String title, String note, Series... series) {
        ObjectNode data = JSON.createObjectNode().put("shape", "counts");
        ArrayNode along = data.putArray("along");
        List<List<String>> rows = new ArrayList<>();
        for (DayOfCard day : card.days()) {
            along.add(wording.day(day.day()));
            List<String> row = new ArrayList<>(List.of(wording.day(day.day())));
            for (Series one : series) {
                row.add(wording.whole(one.value().of(day)));
            }
            rows.add(row);
        }
        ArrayNode lines = data.putArray("series");
        List<String> columns = new ArrayList<>(List.of("Day"));
        for (Series one : series) {
            ObjectNode line = lines.addObject().put("name", wording.text(one.name()));
            ArrayNode values = line.putArray("values");
            card.days().forEach(day -> values.add(one.value().of(day)));
            columns.add(one.name());
        }
        return chart(id, title, wording.text(note), data, columns, rows);
    }

    /** With its numbers as a table, for those who do not see it and for those who check it. */
    private Map<String, Object> chart(
            String id, String title, String note, ObjectNode data, List<String> columns, List<List<String>> rows) {
        return Map.of(
                "id",
                id,
                "title",
                wording.text(title),
                "note",
                note,
                // Within a script element nothing but its end tag is markup.
                "data",
                data.toString().replace("<", "\\u003c"),
                "columns",
                columns.stream().map(wording::text).toList(),
                "rows",
                rows.stream().map(row -> Map.of("cells", row)).toList());
    }

    private List<Map<String, Object>> table() {
        List<Map<String, Object>> rows = new ArrayList<>();
        Figures figures = main();
        share(rows, figures, "T3", "Resolved on time", "on_time", "due_met", "due_missed");
        share(
                rows,
                figures,
                "T1",
                "First reply on time",
                "first_response_on_time",
                "first_response_met",
                "first_response_missed");
        share(rows, figures, "T2", "Coordinated on time", "handover_on_time", "handover_met", "handover_missed");
        share(rows, figures, "T4", "Resolved within 7 days", "resolved_7_days", "mature_7_days");
        share(rows, figures, "T4", "Resolved within 14 days", "resolved_14_days", "mature_14_days");
        share(rows, figures, "T4", "Resolved within 30 days", "resolved_30_days", "mature_30_days");
        time(rows, figures, "T5", "Half are resolved within", "resolution_p50_hours");
        time(rows, figures, "T5", "Four fifths are resolved within", "resolution_p80_hours");
        time(rows, figures, "T5", "Half are closed within", "close_p50_hours");
        time(rows, figures, "T5", "Nine tenths are closed within", "close_p90_hours");
        time(rows, figures, "T7", "Half of those closed in the period took", "closed_only_p50_hours");
        share(rows, figures, "T8", "Resolutions that lasted 14 days", "durable", "resolutions_14_days_old");
        share(rows, figures, "Q1", "Opened again or reported anew", "returned", "stops_14_days_old");
        share(rows, figures, "H5", "Offers that were declined", "declined", "offers_answered");
        time(rows, figures, "H4", "Half of the offers are answered within", "offer_taken_p50_hours");
        Number rating = figures.number("ratios.rating");
        if (rating != null) {
            long rated = 0;
            for (int stars = 1; stars <= 5; stars++) {
                rated += figures.count("rated_" + stars);
            }
            row(rows, "Q3", "Rating, 1 to 5", wording.decimals(rating, 2), "", wording.whole(rated));
        }
        return rows;
    }

    private void share(
            List<Map<String, Object>> rows, Figures figures, String id, String title, String name, String... trials) {
        Number share = figures.number("shares." + name);
        if (share == null) {
            return;
        }
        long n = 0;
        for (String count : trials) {
            n += figures.count(count);
        }
        row(
                rows,
                id,
                title,
                wording.percent(share),
                wording.shareBetween(
                        figures.number("shares." + name + "_low"), figures.number("shares." + name + "_high")),
                wording.whole(n));
    }

    private void time(List<Map<String, Object>> rows, Figures figures, String id, String title, String name) {
        if (figures.states().containsKey(name)) {
            row(rows, id, title, wording.hours(figures, name), wording.hoursBetween(figures, name), "");
        }
    }

    private void row(List<Map<String, Object>> rows, String id, String title, String value, String between, String n) {
        rows.add(Map.of("id", id, "title", wording.text(title), "value", value, "between", between, "n", n));
    }

    private List<Map<String, Object>> groups() {
        List<Map<String, Object>> rows = new ArrayList<>();
        card.groups().entrySet().stream()
                .sorted(Comparator.comparingLong(
                        (Map.Entry<String, Figures> group) -> -group.getValue().count("received")))
                .forEach(group -> {
                    Figures figures = group.getValue();
                    Map<String, Object> row = new HashMap<>(block("group", figures));
                    row.put("name", group.getKey());
                    rows.add(row);
                });
        return rows;
    }

    private List<Map<String, Object>> levels() {
        Map<String, List<Map<String, Object>>> levels = new LinkedHashMap<>();
        card.standings().stream()
                .sorted(Comparator.comparing((Standing one) -> one.unit().level())
                        .thenComparing(Standing::band)
                        .thenComparing(CardPage::placeOrLast)
                        .thenComparing(one -> one.unit().name()))
                .forEach(one -> levels.computeIfAbsent(one.unit().level(), any -> new ArrayList<>())
                        .add(standing(one)));
        String fullest = levels.entrySet().stream()
                .reduce((one, other) -> other.getValue().size() > one.getValue().size() ? other : one)
                .map(Map.Entry::getKey)
                .orElse("");
        List<Map<String, Object>> views = new ArrayList<>();
        levels.forEach((level, rows) -> views.add(Map.of(
                "level", level, "units", wording.whole(rows.size()), "rows", rows, "open", level.equals(fullest))));
        return views;
    }

    private static @Nullable Number place(Standing standing) {
        return standing.figures().number("rank.place");
    }

    private static Integer placeOrLast(Standing standing) {
        Number place = place(standing);
        return place == null ? Integer.MAX_VALUE : place.intValue();
    }

    private Map<String, Object> standing(Standing one) {
        Figures figures = one.figures();
        Number place = place(one);
        Number best = figures.number("rank.place_best");
        Number worst = figures.number("rank.place_worst");
        Number low = figures.number("rank.share_low");
        Number share = figures.number("rank.share");
        Number high = figures.number("rank.share_high");
        Number met = figures.number("rank.met_ppm");
        Number missed = figures.number("rank.missed_ppm");
        long verdicts = met == null || missed == null ? 0 : (met.longValue() + missed.longValue()) / 1_000_000;
        Map<String, Object> row = new HashMap<>();
        row.put("unit", one.unit());
        row.put("isIt", one.unit().id().equals(card.unit().id()));
        row.put("band", one.band());
        row.put("place", place == null ? "" : wording.whole(place.longValue()));
        row.put("isRanked", place != null);
        row.put("ranked", wording.whole(one.ranked()));
        row.put(
                "places",
                best == null || worst == null
                        ? ""
                        : wording.whole(best.longValue()) + "–" + wording.whole(worst.longValue()));
        row.put("onTime", wording.percent(share));
        row.put("between", wording.shareBetween(low, high));
        row.put("bar", IntervalBar.of(low, share, high));
        row.put("verdicts", wording.whole(verdicts));
        row.put("ratio", wording.decimals(figures.number("funnel.ratio"), 2));
        String side = figures.states().get("funnel.side_99_8");
        row.put("more", "ABOVE".equals(side));
        row.put("fewer", "BELOW".equals(side));
        row.put("median", wording.hours(one.period(), "close_p50_hours"));
        row.put("open", wording.whole(one.period().count("open")));
        row.put("overdue", wording.whole(one.period().count("overdue")));
        return row;
    }

    /** Whose share has changed, where that is certain: the worst first. */
    private Map<String, Object> movers() {
        List<Map<String, Object>> rows = new ArrayList<>();
        card.standings().stream()
                .filter(one -> {
                    String direction = one.figures().states().get("movers.direction");
                    return "UP".equals(direction) || "DOWN".equals(direction);
                })
                .sorted(Comparator.comparingDouble(one -> number(one.figures(), "movers.difference_low")
                        + number(one.figures(), "movers.difference_high")))
                .forEach(one -> rows.add(Map.of(
                        "unit",
                        one.unit(),
                        "before",
                        wording.percent(one.figures().number("movers.before")),
                        "now",
                        wording.percent(one.figures().number("rank.share")),
                        "low",
                        wording.decimals(100 * number(one.figures(), "movers.difference_low"), 1),
                        "high",
                        wording.decimals(100 * number(one.figures(), "movers.difference_high"), 1),
                        "isUp",
                        "UP".equals(one.figures().states().get("movers.direction")))));
        return Map.of("rows", rows, "any", !rows.isEmpty());
    }

    private static double number(Figures figures, String name) {
        Number number = figures.number(name);
        return number == null ? 0 : number.doubleValue();
    }

    private Map<String, Object> sensitive() {
        List<Map<String, Object>> rows = card.standings().stream()
                .filter(one -> one.ranksUnder().getOrDefault("places", 0) > 0)
                .sorted(Comparator.comparingInt(
                        (Standing one) -> -one.ranksUnder().getOrDefault("places", 0)))
                .limit(MOST_SENSITIVE)
                .map(one -> {
                    Map<String, Object> row = new HashMap<>();
                    row.put("unit", one.unit());
                    for (Rule rule : Rule.values()) {
                        Integer rank = one.ranksUnder().get(rule.name());
                        row.put(rule.name(), rank == null ? Wording.NOTHING : wording.whole(rank));
                    }
                    row.put("moved", wording.whole(one.ranksUnder().getOrDefault("places", 0)));
                    return row;
                })
                .toList();
        return Map.of("rows", rows, "any", !rows.isEmpty());
    }

    private Map<String, Object> hops() {
        List<Map<String, Object>> rows = card.handedTo().stream()
                .map(hop -> Map.<String, Object>of(
                        "from",
                        hop.from(),
                        "to",
                        hop.to(),
                        "hops",
                        wording.whole(hop.hops()),
                        "back",
                        wording.whole(hop.back())))
                .toList();
        return Map.of("rows", rows, "any", !rows.isEmpty(), "all", wording.whole(card.pairs()));
    }

    private List<Map<String, Object>> channels() {
        List<Map<String, Object>> rows = new ArrayList<>();
        card.channels().forEach((channel, figures) -> {
            String coverage = wording.percent(figures.number("shares.coverage"));
            String state = figures.states().get("coverage");
            if (Responsiveness.UNDECLARED.equals(state)) {
                coverage = wording.text("not declared");
            } else if (Responsiveness.DECLARED_EMPTY.equals(state)) {
                coverage = wording.text("declared empty");
            }
            rows.add(Map.of(
                    "name",
                    channel.equals(Cell.ALL_CHANNELS) ? wording.text("all channels") : channel,
                    "coverage",
                    coverage,
                    "events",
                    wording.whole(figures.count("events_received")),
                    "declared",
                    wording.whole(figures.count("declared_days")),
                    "undeclared",
                    wording.whole(figures.count("undeclared_days"))));
        });
        return rows;
    }

    private Map<String, Object> basis() {
        Card.Basis basis = card.basis();
        Map<String, Object> view = new HashMap<>();
        view.put("asOf", wording.at(basis.asOf()));
        view.put("asOfUtc", basis.asOf().toString());
        view.put("knownAt", basis.knownAt() == null ? null : wording.at(basis.knownAt()));
        view.put("packs", String.join(", ", basis.packs()));
        view.put("contributions", basis.contributions());
        view.put("sha256", basis.sha256());
        view.put("cases", basis.cases() == null ? null : wording.whole(basis.cases()));
        return view;
    }
}
