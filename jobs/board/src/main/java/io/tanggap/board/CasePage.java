package io.tanggap.board;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Why a case stands as it stands, of what its documents say. */
final class CasePage {
    private final JsonNode one;
    private final List<JsonNode> visits;
    private final List<JsonNode> alerts;
    private final UnaryOperator<String> names;
    private final Wording wording;

    /** @param names of units, by their ids */
    CasePage(JsonNode one, List<JsonNode> visits, List<JsonNode> alerts, UnaryOperator<String> names, Wording wording) {
        this.one = one;
        this.visits = visits;
        this.alerts = alerts;
        this.names = names;
        this.wording = wording;
    }

    /** @param reckoning day by day; null where nobody can tell */
    Map<String, Object> view(@Nullable String reckoning) {
        Map<String, Object> view = new HashMap<>();
        view.put("title", one.path("case_id").asText());
        view.put("id", one.path("case_id").asText());
        view.put("progress", one.path("progress").asText());
        view.put(
                "outcome",
                one.path("open").asBoolean() || !one.has("outcome")
                        ? null
                        : one.path("outcome").asText());
        view.put("category", one.path("category").asText(Wording.NOTHING));
        view.put("place", DeskPage.name(one, "territory"));
        view.put("asOf", wording.at(DeskPage.instant(one, "as_of")));
        view.put("zone", wording.zone().getId());
        view.put("holder", DeskPage.name(one, "holder"));
        view.put("offeredTo", one.has("offered_to") ? DeskPage.name(one, "offered_to") : null);
        view.put("competent", unit(one, "competent"));
        view.put("charged", DeskPage.name(one, "charged"));
        view.put("why", new DeskPage(wording).why(one));
        view.put("crop", unit(one, "charged_crop"));
        view.put("origin", unit(one, "charged_origin"));
        view.put("shares", shares());
        view.put("clocks", clocks());
        view.put("alerts", alerts.stream().map(this::alert).toList());
        view.put("anyAlerts", !alerts.isEmpty());
        view.put("stays", visits.stream().map(this::stay).toList());
        String odd = StreamSupport.stream(one.path("anomalies").spliterator(), false)
                .map(JsonNode::asText)
                .collect(Collectors.joining(", "));
        view.put("odd", odd.isEmpty() ? null : odd);
        view.put("reckoning", reckoning);
        return view;
    }

    private String unit(JsonNode of, String field) {
        return of.has(field) ? names.apply(of.path(field).asText()) : Wording.NOTHING;
    }

    private List<Map<String, Object>> shares() {
        List<Map<String, Object>> shares = new ArrayList<>();
        one.path("shares")
                .forEach(share -> shares.add(Map.of(
                        "name",
                        unit(share, "unit"),
                        "share",
                        wording.percent(share.path("parts_per_million").asLong() / 1e6),
                        "last",
                        shares.size() == one.path("shares").size() - 1)));
        return shares;
    }

    private List<Map<String, Object>> clocks() {
        List<Map<String, Object>> clocks = new ArrayList<>();
        for (JsonNode clock : one.path("clocks")) {
            String verdict = clock.path("verdict").asText();
            int cycle = clock.path("cycle").asInt();
            int number = clock.path("number").asInt();
            Map<String, Object> view = new HashMap<>();
            view.put("target", clock.path("target").asText());
            view.put("again", cycle > 1 || number > 1 ? cycle + "." + number : null);
            view.put("policy", clock.path("policy").asText());
            view.put("pack", clock.path("pack").asText());
            view.put("calendar", clock.path("calendar").asText(wording.text("every hour of every day")));
            view.put(
                    "allowed",
                    wording.length(
                            Duration.ofSeconds(clock.path("budget_seconds").asLong())));
            view.put("from", wording.at(DeskPage.instant(clock, "started_at")));
            view.put("deadline", wording.at(DeskPage.instant(clock, "deadline")));
            view.put("stopped", wording.at(DeskPage.instant(clock, "stopped_at")));
            view.put("verdict", verdict);
            view.put("missed", verdict.startsWith("MISSED"));
            view.put("charged", unit(clock, "charged"));
            clocks.add(view);
        }
        return clocks;
    }

    private Map<String, Object> alert(JsonNode alert) {
        return Map.of(
                "open",
                alert.path("open").asBoolean(),
                "what",
                new DeskPage(wording).alert(alert),
                "since",
                wording.at(DeskPage.instant(alert, "raised_at")),
                "ended",
                wording.at(DeskPage.instant(alert, "ended_at")),
                "deadline",
                wording.at(DeskPage.instant(alert, "deadline")),
                "charged",
                DeskPage.name(alert, "charged"),
                "state",
                wording.text(
                        switch (alert.path("state").asText()) {
                            case "OPEN" -> "it is so";
                            case "SUPERSEDED" -> "it is so, and a higher threshold of the same clock says more";
                            default -> "it was so, and is over";
                        }),
                "provisional",
                alert.path("provisional").asBoolean());
    }

    private Map<String, Object> stay(JsonNode visit) {
        return Map.of(
                "number",
                visit.path("visit").asInt(),
                "holder",
                DeskPage.name(visit, "holder"),
                "entry",
                visit.path("entry").asText(),
                "from",
                wording.at(DeskPage.instant(visit, "entered_at")),
                "to",
                wording.at(DeskPage.instant(visit, "left_at")),
                "dwell",
                visit.has("dwell_working_seconds")
                        ? wording.length(Duration.ofSeconds(
                                visit.path("dwell_working_seconds").asLong()))
                        : Wording.NOTHING,
                "ended",
                visit.path("ended").asText(Wording.NOTHING));
    }
}
