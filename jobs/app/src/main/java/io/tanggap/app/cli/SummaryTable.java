package io.tanggap.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.tanggap.core.reference.Reference;
import io.tanggap.core.reference.ReferencePack;
import io.tanggap.core.reference.ReferencePack.Unit;
import io.tanggap.elasticsearch.IndexReader;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the demo shows at its end: every figure is read back from Elasticsearch. */
final class SummaryTable {
    /** A share of fewer targets than this is shown in the index, never in a ranking. */
    private static final int LEAST_DUE = 30;

    private static final int SHOWN_UNITS = 5;
    private static final int SHOWN_CASES = 8;

    private final IndexReader index;
    private final ReferencePack pack;
    private final Reference reference;
    private final Instant asOf;

    SummaryTable(String elasticsearch, ReferencePack pack, Instant asOf) {
        this.index = new IndexReader(elasticsearch);
        this.pack = pack;
        this.reference = Reference.of(List.of(pack));
        this.asOf = asOf;
    }

    void print(Terminal terminal) throws IOException {
        index.refresh();
        whole(terminal);
        oddities(terminal);
        JsonNode busiest = busiestMonth();
        if (busiest != null) {
            String month = busiest.path("window_start").asText();
            terminal.say("");
            terminal.say("Month of " + month.substring(0, 7) + " (the one with most cases)");
            terminal.say("On time: targets due in the month that were kept; open overdue cases count as missed. Open,"
                    + " overdue: at the month's end, or the as-of.");
            terminal.say(
                    "Median: time to close of the cases received in the month, open ones censored; beside it that of"
                            + " the cases closed in the month, whenever they came.");
            boolean ranked = units(terminal, month, "HOLDER", "Who answers for the case (CRM)");
            ranked &= units(terminal, month, "TERRITORY", "Where the problem is (CROP)");
            if (!ranked) {
                terminal.say("");
                terminal.say("Targets come with the cases (deadline of an event in the mapping) from the mapping's"
                        + " reference.targets (jobs/intake/MAPPING.md), or from policies.csv of the pack that --reference"
                        + " names.");
            }
        }
        overdue(terminal);
    }

    private void whole(Terminal terminal) throws IOException {
        StringBuilder sums = new StringBuilder();
        for (String count : List.of(
                "received",
                "cohort_met",
                "cohort_missed_late",
                "cohort_missed_open",
                "cohort_running",
                "cohort_not_applicable",
                "open_entered",
                "open_left",
                "overdue_entered",
                "overdue_left",
                "stale_entered",
                "stale_left",
                "handovers_out",
                "reopened")) {
            sums.append(sums.isEmpty() ? "" : ",")
                    .append(String.format(Locale.ROOT, "\"%s\":{\"sum\":{\"field\":\"counts.%s\"}}", count, count));
        }
        JsonNode found = index.search(
                        "tanggap-cells",
                        "{\"size\":0,\"query\":{\"term\":{\"role\":\"TERRITORY\"}},\"aggs\":{" + sums + "}}")
                .path("aggregations");
        terminal.say(String.format(
                Locale.ROOT,
                "%,d cases: %,d kept their target, %,d missed it (%,d of them still open), %,d still have time, %,d have no"
                        + " target",
                sum(found, "received"),
                sum(found, "cohort_met"),
                sum(found, "cohort_missed_late") + sum(found, "cohort_missed_open"),
                sum(found, "cohort_missed_open"),
                sum(found, "cohort_running"),
                sum(found, "cohort_not_applicable")));
        terminal.say(String.format(
                Locale.ROOT,
                "At the as-of: %,d open, %,d overdue, %,d stale; %,d hand-overs and %,d reopenings in all",
                sum(found, "open_entered") - sum(found, "open_left"),
                sum(found, "overdue_entered") - sum(found, "overdue_left"),
                sum(found, "stale_entered") - sum(found, "stale_left"),
                sum(found, "handovers_out"),
                sum(found, "reopened")));
        problems(terminal);
    }

    private void problems(Terminal terminal) throws IOException {
        JsonNode found = index.search(
                "tanggap-problems",
                "{\"size\":0,\"track_total_hits\":true,\"query\":{\"bool\":{\"must_not\":{\"term\":{\"retracted\":true}}}},"
                        + "\"aggs\":{\"reports\":{\"sum\":{\"field\":\"reports\"}}}}");
        terminal.say(String.format(
                Locale.ROOT,
                "Distinct problems: %,d (of %,d reports)",
                found.path("hits").path("total").path("value").asLong(),
                sum(found.path("aggregations"), "reports")));
    }

    /** Cases whose history is not as it should be, and events that lie after the as-of. */
    private void oddities(Terminal terminal) throws IOException {
        JsonNode found = index.search(
                        "tanggap-cases",
                        "{\"size\":0,\"aggs\":{\"unseen\":{\"sum\":{\"field\":\"unseen_events\"}},\"odd\":{\"filter\":"
                                + "{\"exists\":{\"field\":\"anomalies\"}},\"aggs\":{\"kinds\":{\"terms\":{\"field\":\"anomalies\","
                                + "\"size\":100}}}}}}")
                .path("aggregations");
        List<String> kinds = new ArrayList<>();
        for (JsonNode kind : found.path("odd").path("kinds").path("buckets")) {
            kinds.add(String.format(
                    Locale.ROOT,
                    "%,d %s",
                    kind.path("doc_count").asLong(),
                    kind.path("key").asText()));
        }
        if (!kinds.isEmpty()) {
            terminal.say(String.format(
                    Locale.ROOT,
                    "Oddities: %,d cases; by anomaly: %s",
                    found.path("odd").path("doc_count").asLong(),
                    String.join(", ", kinds)));
        }
        long unseen = sum(found, "unseen");
        if (unseen > 0) {
            terminal.say(
                    String.format(Locale.ROOT, "Not seen yet: %,d events, which are dated after the as-of", unseen));
        }
    }

    private static long sum(JsonNode aggregations, String count) {
        return Math.round(aggregations.path(count).path("value").asDouble());
    }

    private @Nullable JsonNode busiestMonth() throws IOException {
        List<JsonNode> months = rows(
                "\"size\":1,\"sort\":[{\"counts.received\":\"desc\"},{\"window_start\":\"asc\"}]",
                "{\"term\":{\"role\":\"TERRITORY\"}},{\"term\":{\"unit\":" + quoted(pack.city()) + "}}");
        return months.isEmpty() ? null : months.get(0);
    }

    /** Shows the units of a month; false if none has targets enough to be ranked. */
    private boolean units(Terminal terminal, String month, String role, String title) throws IOException {
        Set<String> above = new HashSet<>(Set.of(pack.city()));
        for (Unit unit : pack.units()) {
            if (unit.parent() != null) {
                above.add(unit.parent());
            }
        }
        List<JsonNode> ranked = new ArrayList<>();
        List<JsonNode> small = new ArrayList<>();
        for (JsonNode row : rows(
                "\"size\":10000",
                "{\"terms\":{\"rule\":[\"CROP\",\"CRM\"]}},{\"term\":{\"role\":\"" + role
                        + "\"}},{\"term\":{\"window_start\":\"" + month + "\"}}")) {
            if (above.contains(row.path("unit").asText())) {
                continue;
            }
            if (due(row) >= LEAST_DUE) {
                ranked.add(row);
            } else {
                small.add(row);
            }
        }
        if (ranked.isEmpty()) {
            largest(terminal, small, title);
            return false;
        }
        ranked.sort(Comparator.comparingDouble(SummaryTable::share)
                .thenComparing(row -> row.path("unit").asText()));
        int worst = Math.min(SHOWN_UNITS, (ranked.size() + 1) / 2);
        int best = Math.min(SHOWN_UNITS, ranked.size() - worst);
        terminal.say("");
        terminal.say(title + "; " + ranked.size() + " units with at least " + LEAST_DUE + " targets due, "
                + small.size() + " with fewer are not ranked");
        terminal.say(String.format(
                Locale.ROOT,
                "  %-42s %8s %6s %7s %8s %13s %14s",
                "",
                "on time",
                "due",
                "open",
                "overdue",
                "median close",
                "(closed only)"));
        for (int i = 0; i < worst; i++) {
            terminal.say(line(i == 0 ? "worst" : "", ranked.get(i)));
        }
        for (int i = ranked.size() - best; i < ranked.size(); i++) {
            terminal.say(line(i == ranked.size() - best ? "best" : "", ranked.get(i)));
        }
        return true;
    }

    private static void largest(Terminal terminal, List<JsonNode> rows, String title) {
        rows.sort(Comparator.comparingLong(SummaryTable::received).reversed().thenComparing(row -> row.path("unit")
                .asText()));
        terminal.say("");
        terminal.say(title + "; no unit has " + LEAST_DUE + " targets due, so these are the units with most cases, of "
                + rows.size());
        terminal.say(
                String.format(Locale.ROOT, "  %-42s %8s %13s %14s", "", "received", "median close", "(closed only)"));
        for (JsonNode row : rows.subList(0, Math.min(2 * SHOWN_UNITS, rows.size()))) {
            terminal.say(String.format(
                    Locale.ROOT,
                    "  %-42s %8d %13s %14s",
                    shortened(row.path("unit_name").asText(), 42),
                    received(row),
                    time(row, "close_p50_hours"),
                    time(row, "closed_only_p50_hours")));
        }
    }

    private static long received(JsonNode row) {
        return row.path("counts").path("received").asLong();
    }

    private static String line(String label, JsonNode row) {
        return String.format(
                Locale.ROOT,
                "  %-5s  %-35s %6.1f %% %6d %7d %8d %13s %14s",
                label,
                shortened(row.path("unit_name").asText(), 35),
                100 * share(row),
                due(row),
                row.path("counts").path("open").asLong(),
                row.path("counts").path("overdue").asLong(),
                time(row, "close_p50_hours"),
                time(row, "closed_only_p50_hours"));
    }

    private static String time(JsonNode row, String name) {
        String state = row.path("times_state").path(name).asText();
        return switch (state) {
            case "VALUE" -> age(Duration.ofHours(row.path("times").path(name).asLong()));
            case "BEYOND_LAST_BIN" -> "> 2 years";
            default -> "not reached";
        };
    }

    private static String age(Duration duration) {
        return duration.toHours() <= 72 ? duration.toHours() + " h" : duration.toDays() + " d";
    }

    private static double share(JsonNode row) {
        return row.path("shares").path("on_time").asDouble();
    }

    private static long due(JsonNode row) {
        return row.path("counts").path("due_met").asLong()
                + row.path("counts").path("due_missed").asLong();
    }

    private List<JsonNode> rows(String options, String filters) throws IOException {
        JsonNode hits = index.search(
                        "tanggap-responsiveness",
                        "{" + options + ",\"query\":{\"bool\":{\"filter\":[{\"term\":{\"window\":\"MONTH\"}},"
                                + "{\"term\":{\"channel\":\"ALL\"}},{\"term\":{\"category_group\":\"ALL\"}}," + filters
                                + "],\"must_not\":{\"term\":{\"retracted\":true}}}}}")
                .path("hits")
                .path("hits");
        List<JsonNode> rows = new ArrayList<>();
        hits.forEach(hit -> rows.add(hit.path("_source")));
        return rows;
    }

    private void overdue(Terminal terminal) throws IOException {
        JsonNode found = index.search(
                        "tanggap-cases",
                        "{\"size\":" + SHOWN_CASES
                                + ",\"track_total_hits\":true,\"query\":{\"term\":{\"overdue\":true}},\"sort\":[\"deadline\","
                                + "\"case_id\"]}")
                .path("hits");
        long total = found.path("total").path("value").asLong();
        if (total == 0) {
            return;
        }
        terminal.say("");
        terminal.say(String.format(Locale.ROOT, "Overdue cases: %,d. The longest overdue:", total));
        for (JsonNode hit : found.path("hits")) {
            JsonNode source = hit.path("_source");
            Instant deadline = Instant.parse(source.path("deadline").asText());
            terminal.say(String.format(
                    Locale.ROOT,
                    "  %-26s due %s, %s ago   charged: %s",
                    shortened(source.path("case_id").asText(), 26),
                    AsOf.show(deadline, pack.zone()),
                    age(Duration.between(deadline, asOf)),
                    name(source.path("charged").asText())));
        }
    }

    private String name(String unit) {
        return reference.name(unit, asOf);
    }

    private static String shortened(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most - 1) + "…";
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
