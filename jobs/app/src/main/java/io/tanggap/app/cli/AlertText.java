package io.tanggap.app.cli;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.databind.JsonNode;
import io.tanggap.core.alert.Alert;
import io.tanggap.core.alert.Alert.Due;
import io.tanggap.core.alert.Alert.Matter;
import io.tanggap.core.alert.Alert.State;
import io.tanggap.core.notice.Box;
import io.tanggap.core.notice.Ladder.Rung;
import io.tanggap.core.notice.Silence;
import io.tanggap.core.reference.AlertKind;
import io.tanggap.core.reference.Recipient;
import io.tanggap.core.reference.Reference;
import io.tanggap.core.reference.Route;
import io.tanggap.core.sla.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Alerts in words. Times are of the city. */
final class AlertText {
    private static final String NOTHING = "-";

    private final Reference reference;
    private final Instant asOf;
    private final Names names;

    /** @param asOf by whose names units are called */
    AlertText(Reference reference, Instant asOf) {
        this.reference = reference;
        this.asOf = asOf;
        this.names = new Names(reference, asOf);
    }

    /** One line for each document, below a head; none for none. */
    static List<String> table(List<JsonNode> documents, ZoneId zone, boolean states) {
        if (documents.isEmpty()) {
            return List.of();
        }
        Sheet sheet = new Sheet(zone);
        List<List<String>> rows = new ArrayList<>();
        rows.add(cells(states, "ID", "STATE", "KIND", "CLOCK", "SINCE", "DEADLINE", "HOLDER", "CASE"));
        for (JsonNode one : documents) {
            rows.add(cells(
                    states,
                    one.path("alert_id").asText(),
                    one.path("state").asText(),
                    one.path("kind").asText(),
                    one.has("target")
                            ? clock(
                                    one.path("target").asText(),
                                    one.path("threshold").asInt())
                            : NOTHING,
                    at(sheet, AlertIndex.instant(one, "raised_at")),
                    at(sheet, AlertIndex.instant(one, "deadline")),
                    one.path("holder_name").asText(one.path("holder").asText()),
                    one.path("case_id").asText()));
        }
        return aligned(rows);
    }

    private static List<String> cells(boolean states, String id, String state, String... others) {
        return Stream.of(Stream.of(id), states ? Stream.of(state) : Stream.<String>empty(), Stream.of(others))
                .flatMap(each -> each)
                .map(LetterText::printable)
                .toList();
    }

    /** Rows whose columns stand below each other. */
    private static List<String> aligned(List<List<String>> rows) {
        int[] widths = new int[rows.get(0).size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + 2));
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }

    private static String at(Sheet sheet, @Nullable Instant instant) {
        return instant == null ? NOTHING : sheet.at(instant).replace('\u00a0', ' ');
    }

    static String clock(String target, int threshold) {
        return target + " " + threshold + " %";
    }

    /** The channels that send nothing, on one line. */
    static String silentFeeds(List<JsonNode> feeds, ZoneId zone) {
        Sheet sheet = new Sheet(zone);
        return "Silent: "
                + feeds.stream()
                        .map(feed -> LetterText.printable(feed.path("channel").asText()) + " since "
                                + at(sheet, AlertIndex.instant(feed, "silent_since")))
                        .collect(Collectors.joining(", "))
                + "; what was done to their cases since then is not known here.";
    }

    /** What an alert says, of what there is: a sentence. */
    static String says(AlertKind kind, @Nullable Due due) {
        String target = due == null ? "" : due.target().name();
        int threshold = due == null ? 0 : due.threshold();
        return switch (kind) {
            case THRESHOLD -> threshold + " % of the time of " + target + " is used, and its clock runs";
            case OVERDUE ->
                "the deadline of " + target + " is past, and its clock has not stopped"
                        + (threshold > 100 ? "; " + threshold + " % of its time is used" : "");
            case LIMBO ->
                "it is offered, and nobody has taken or declined it in the time given for that"
                        + (threshold > 100 ? "; " + threshold + " % of the time is used" : "");
            case STALE -> "nothing was heard of it for longer than the city allows";
            case VALIDATION_FAILED -> "a validator did not agree that it is done";
            case FEED_SILENT -> "the channel has sent nothing for longer than it usually does";
        };
    }

    private static String words(State state) {
        return switch (state) {
            case OPEN -> "it is so";
            case SUPERSEDED -> "it is so, and a higher threshold of the same clock says more";
            case CLEARED -> "it was so, and is over";
            case RETRACTED -> "by what is known now it never was so";
        };
    }

    /** Everything that an alert of a case says. */
    List<String> facts(Alert alert) {
        Matter matter = requireNonNull(alert.matter());
        Sheet sheet = new Sheet(reference.zone());
        sheet.add("Alert " + alert.id() + ": " + alert.kind() + ", " + alert.state());
        sheet.field("Says", says(alert.kind(), alert.due()));
        sheet.field(
                "State",
                alert.state() + ": " + words(alert.state()) + "; revision " + alert.revision() + ", as of "
                        + sheet.at(alert.asOf()));
        sheet.field(
                "Since",
                sheet.at(alert.raisedAt()) + (alert.endedAt() == null ? "" : ", until " + sheet.at(alert.endedAt())));
        sheet.field(
                "Case",
                matter.caseId() + ", number " + matter.sourceCaseId() + " of channel " + alert.channel()
                        + ", submitted " + sheet.at(matter.submittedAt()));
        sheet.field("Category", matter.category() == null ? "none was named" : names.category(matter.category()));
        sheet.field("Place", matter.territory() == null ? "none was named" : unit(matter.territory()));
        sheet.field(
                "Holder",
                unit(matter.holder())
                        + (matter.offeredTo() == null ? "" : "; it is offered to " + unit(matter.offeredTo())));
        sheet.field("Answers for it", unit(matter.charged()));
        Due due = alert.due();
        if (due != null) {
            due(sheet, due);
        }
        if (alert.provisional()) {
            sheet.field("Provisional", "a late message may still prove that the deadline was kept");
        }
        sheet.field(
                "Packs",
                "the case by " + requireNonNullElse(alert.pack(), "none")
                        + (due == null || due.pack() == null ? "" : ", the clock by " + due.pack()));
        sheet.field("Times", "are those of " + reference.zone() + "; durations are hours:minutes");
        return sheet.lines();
    }

    private static void due(Sheet sheet, Due due) {
        sheet.field(
                "Clock",
                due.target() + " " + due.threshold() + " %, cycle " + due.cycle() + ", clock " + due.number() + ": "
                        + CaseWords.words(due.target()));
        if (due.budget() == null) {
            sheet.field("", "it is not judged any more");
            return;
        }
        sheet.field("Deadline", due.deadline() == null ? "none: the clock stands still" : sheet.at(due.deadline()));
        sheet.field(
                "Allowed",
                sheet.hours(due.budget()) + " of "
                        + (due.calendar() == null ? "every hour of every day" : "calendar " + due.calendar()) + ", by "
                        + (Clock.STATED.equals(due.policy())
                                ? "a deadline that came with the case"
                                : "line " + due.policy() + " of policies.csv"));
        Duration used = due.used();
        if (used != null) {
            sheet.field("Used", sheet.hours(used) + ", when the threshold was passed or the clock stopped");
        }
    }

    private String unit(String id) {
        String name = reference.name(id, asOf);
        return name.equals(id) ? names.unit(id) : name + " (" + id + ")";
    }

    /** The messages in which an alert was, with every attempt. */
    List<String> deliveries(List<JsonNode> deliveries) {
        Sheet sheet = new Sheet(reference.zone());
        for (JsonNode one : deliveries) {
            sheet.item(
                    2,
                    22,
                    at(sheet, AlertIndex.instant(one, "made_at")),
                    one.path("occasion").asText() + " to "
                            + one.path("recipient").asText() + ", for "
                            + unit(one.path("unit").asText()) + ", by "
                            + one.path("means").asText() + ": "
                            + one.path("outcome").asText(NOTHING) + "; message "
                            + one.path("notice_id").asText());
            for (JsonNode attempt : one.path("attempts")) {
                String answer = attempt.path("answer").asText("");
                sheet.item(
                        4,
                        20,
                        at(sheet, AlertIndex.instant(attempt, "at")),
                        attempt.path("outcome").asText() + (answer.isEmpty() ? "" : ": " + answer));
            }
            Instant next = AlertIndex.instant(one, "next_attempt_at");
            if (next != null) {
                sheet.item(4, 20, at(sheet, next), "the next attempt");
            }
        }
        return deliveries.isEmpty() ? List.of("  Nothing was delivered yet.") : sheet.lines();
    }

    /**
     * Who is told of an alert, what and when; and who is not, because nobody is named.
     *
     * @param rungs of the alert
     * @param silences that may hold it back
     */
    List<String> route(Alert alert, List<Rung> rungs, List<Silence> silences) {
        Sheet sheet = new Sheet(reference.zone());
        String pack = reference.knownAt(asOf).id();
        Due due = alert.due();
        sheet.add("Alert " + alert.id() + ": " + alert.kind()
                + (due == null ? "" : ", " + clock(due.target().name(), due.threshold())) + ", since "
                + sheet.at(alert.raisedAt()));
        sheet.add("By pack " + pack + ", as known " + sheet.at(asOf) + "; times are those of " + reference.zone());
        sheet.add("");
        if (!alert.state().stands()) {
            sheet.add("Nobody is told anew: it is " + alert.state() + ", " + words(alert.state())
                    + ". Who was told that it was so is told that it is over.");
            return sheet.lines();
        }
        if (rungs.isEmpty()) {
            sheet.add("Nobody: no line of routes.csv of pack " + pack + " that fits leads to a unit.");
            return sheet.lines();
        }
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("WHEN", "HOW", "RECIPIENT", "UNIT", "BY", "LINE"));
        rungs.stream()
                .filter(rung -> rung.recipient() != null)
                .sorted(Comparator.comparing((Rung rung) -> requireNonNullElse(toldAt(rung), Instant.MAX))
                        .thenComparing(rung -> requireNonNull(rung.recipient()).id()))
                .forEach(rung -> {
                    Recipient recipient = requireNonNull(rung.recipient());
                    Instant toldAt = toldAt(rung);
                    rows.add(List.of(
                            toldAt == null ? "never: no working day" : at(sheet, toldAt),
                            how(rung, toldAt),
                            recipient.id(),
                            unit(rung.unit()),
                            recipient.means().name().toLowerCase(Locale.ROOT) + " " + recipient.address(),
                            line(rung.route())));
                });
        if (rows.size() > 1) {
            aligned(rows).forEach(sheet::add);
        }
        rungs.stream()
                .filter(rung -> rung.recipient() == null)
                .forEach(rung -> sheet.add("nobody: recipients.csv of pack " + pack + " has no line for unit "
                        + unit(rung.unit()) + ", to which line " + line(rung.route()) + " leads"));
        for (Silence silence : silences) {
            if (rungs.stream()
                    .map(this::toldAt)
                    .filter(Objects::nonNull)
                    .anyMatch(toldAt -> silence.holds(alert, toldAt))) {
                sheet.add("Silence " + silence.id() + " holds it back until " + sheet.at(silence.until()) + ": "
                        + silence.reason());
            }
        }
        return sheet.lines();
    }

    /** Null if its recipient's calendar has no working day in sight. */
    private @Nullable Instant toldAt(Rung rung) {
        Recipient recipient = rung.recipient();
        if (recipient == null) {
            return null;
        }
        return rung.route().instant()
                ? Box.endOfQuiet(recipient, reference, rung.dueAt())
                : Box.nextDigest(recipient, reference, rung.dueAt(), asOf);
    }

    private static String how(Rung rung, @Nullable Instant toldAt) {
        if (!rung.route().instant()) {
            return "digest";
        }
        LocalTime from = requireNonNull(rung.recipient()).quietFrom();
        return rung.dueAt().equals(toldAt) ? "at once" : "at once, after the quiet hours from " + from;
    }

    private static String line(Route route) {
        int days = route.afterWorkingDays();
        return route.id()
                + (days == 0 ? "" : ", if it stands after " + days + (days == 1 ? " working day" : " working days"));
    }

    /** Silences, one line each below a head; none for none. */
    static List<String> silences(List<Silence> silences, Instant now, ZoneId zone) {
        if (silences.isEmpty()) {
            return List.of();
        }
        Sheet sheet = new Sheet(zone);
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("ID", "", "FROM", "UNTIL", "BY", "OF", "REASON"));
        silences.forEach(silence -> rows.add(Stream.of(
                        silence.id(),
                        !silence.until().isAfter(now) ? "over" : silence.from().isAfter(now) ? "to come" : "holds",
                        at(sheet, silence.from()),
                        at(sheet, silence.until()),
                        silence.by(),
                        of(silence),
                        silence.reason())
                .map(LetterText::printable)
                .toList()));
        return aligned(rows);
    }

    /** What a silence is of. */
    static String of(Silence silence) {
        return Stream.of(
                        named("unit", silence.unit()),
                        named(
                                "kind",
                                silence.kind() == null ? null : silence.kind().name()),
                        named("channel", silence.channel()),
                        named("category", silence.category()),
                        named("case", silence.caseId()))
                .filter(each -> !each.isEmpty())
                .collect(Collectors.joining(", "));
    }

    private static String named(String what, @Nullable String value) {
        return value == null ? "" : what + " " + value;
    }
}
