package io.tanggap.board;

import com.fasterxml.jackson.databind.JsonNode;
import io.tanggap.board.Documents.DeskList;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What lists of cases, and the page of one, say of a case. */
final class DeskPage {
    private final Wording wording;

    DeskPage(Wording wording) {
        this.wording = wording;
    }

    String label(DeskList list) {
        return wording.text(
                switch (list) {
                    case OVERDUE -> "Overdue";
                    case AT_RISK -> "At risk";
                    case STALE -> "Stale";
                    case LIMBO -> "In limbo";
                });
    }

    String note(DeskList list) {
        return wording.text(
                switch (list) {
                    case OVERDUE -> "The deadline is past and the clock runs; the longest overdue first.";
                    case AT_RISK ->
                        "Three quarters of the target or more are used, and it is not overdue yet; the next deadline first.";
                    case STALE -> "Nobody has touched them for longer than the reference allows; the oldest first.";
                    case LIMBO -> "Offered to somebody who has neither taken nor declined them; the oldest first.";
                });
    }

    /** @param alerts its open alerts */
    Map<String, Object> row(JsonNode one, List<JsonNode> alerts, String href) {
        Instant deadline = instant(one, "deadline");
        Instant asOf = instant(one, "as_of");
        boolean late = one.path("overdue").asBoolean();
        String apart = deadline == null || asOf == null ? "" : wording.length(Duration.between(asOf, deadline));
        Map<String, Object> row = new HashMap<>();
        row.put("id", one.path("case_id").asText());
        row.put("href", href);
        row.put("category", one.path("category").asText(Wording.NOTHING));
        row.put("place", name(one, "territory"));
        row.put("holder", name(one, "holder"));
        row.put("offeredTo", one.has("offered_to") ? name(one, "offered_to") : null);
        row.put("charged", name(one, "charged"));
        row.put("why", why(one));
        row.put("deadline", wording.at(deadline));
        row.put("late", late ? apart : null);
        row.put("left", late ? "" : apart);
        row.put("lastActivity", wording.at(instant(one, "last_activity_at")));
        row.put("alerts", alerts.stream().map(this::alert).toList());
        return row;
    }

    /** An alert in a few words: its kind and, of a clock, how much of which target's time is used. */
    String alert(JsonNode alert) {
        String kind = wording.text(
                switch (alert.path("kind").asText()) {
                    case "OVERDUE" -> "Overdue";
                    case "LIMBO" -> "Offer unanswered";
                    case "STALE" -> "Nothing heard";
                    case "VALIDATION_FAILED" -> "Not accepted as done";
                    default -> "Near the deadline";
                });
        return alert.has("target")
                ? kind + ": " + alert.path("target").asText() + " "
                        + alert.path("threshold").asInt() + "\u00a0%"
                : kind;
    }

    /** What the charged unit has to do with the case, of what its document says. The whole reason is in the explanation. */
    String why(JsonNode one) {
        String charged = one.path("charged").asText();
        String said;
        if (charged.equals(one.path("offered_to").asText())) {
            said = "it was offered the case";
        } else if (charged.equals(one.path("holder").asText())) {
            said = "it has the case in hand";
        } else if (charged.equals(one.path("competent").asText())) {
            said = "it is its task, and another one has the case in hand";
        } else if (one.path("overdue").asBoolean()) {
            said = "it answered when the deadline passed";
        } else {
            said = "it answers by the rule";
        }
        return wording.text(said)
                + (one.path("inherited").asBoolean()
                        ? "; " + wording.text("inherited with hardly any time left, and counted apart")
                        : "");
    }

    static String name(JsonNode one, String field) {
        return one.path(field + "_name").asText(one.path(field).asText(Wording.NOTHING));
    }

    static @Nullable Instant instant(JsonNode one, String field) {
        return one.has(field) ? Instant.parse(one.path(field).asText()) : null;
    }
}
