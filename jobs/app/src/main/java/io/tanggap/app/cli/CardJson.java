package io.tanggap.app.cli;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tanggap.core.measure.Responsiveness;
import io.tanggap.core.measure.Rule;
import io.tanggap.core.report.Answer;
import io.tanggap.core.report.Basis;
import io.tanggap.core.report.League;
import io.tanggap.core.report.ReportCard;
import io.tanggap.core.report.Sensitivity;
import io.tanggap.core.report.Terms;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A report card as JSON: all figures of all units under all rules, and the ranks of one level. */
final class CardJson {
    /** Raised when what a member means changes. */
    static final int FORMAT = 1;

    /** What coverage is while no source says how many events it has. */
    static final String COVERAGE = "not declared";

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    /** What differs beyond is rounding of the machine, and no figure has so many digits that mean anything. */
    private static final MathContext DIGITS = new MathContext(12);

    private final ReportCard card;
    private final boolean realsAsText;

    private CardJson(ReportCard card, boolean realsAsText) {
        this.card = card;
        this.realsAsText = realsAsText;
    }

    /**
     * The tree of a card.
     *
     * @param level whose ranks are told
     * @param knownAt by when what counts was known; null where nobody says
     * @param realsAsText whether numbers that are not whole are texts, which no program rounds when it copies them
     */
    static ObjectNode of(ReportCard card, String level, @Nullable Instant knownAt, boolean realsAsText) {
        return new CardJson(card, realsAsText).tree(level, knownAt);
    }

    private ObjectNode tree(String level, @Nullable Instant knownAt) {
        Terms terms = card.terms();
        Basis basis = card.basis();
        ObjectNode tree = JSON.objectNode()
                .put("format", FORMAT)
                .put("city", basis.city())
                .put("zone", basis.zone().getId())
                .put("from", terms.from().toString())
                .put("to", terms.to().toString())
                .put("as_of", terms.asOf().toString())
                .put("known_at", knownAt == null ? null : knownAt.toString())
                .put("channel", terms.channel())
                .put("category_group", terms.categoryGroup())
                .put("level", level)
                .put("attribution", basis.inForce().name())
                .put("contributions", Basis.CONTRIBUTIONS)
                .put("coverage", card.isDeclared() ? "declared" : COVERAGE);
        basis.packs().forEach(tree.putArray("packs")::add);
        tree.putObject("events")
                .put("cases", basis.cases())
                .put("events", basis.events())
                .put("sha256", basis.digest());
        ArrayNode figures = tree.putArray("figures");
        card.answers().forEach(answer -> figures.add(figures(answer)));
        ArrayNode pairs = tree.putArray("pairs");
        card.pairs()
                .forEach((pair, edge) -> pairs.add(said(
                        JSON.objectNode()
                                .put("id", pair.giver() + " -> " + pair.receiver())
                                .put("giver", pair.giver())
                                .put("receiver", pair.receiver()),
                        edge.figures(),
                        edge.states())));
        ArrayNode channels = tree.putArray("channels");
        if (knownAt != null) {
            // What is in files came when they were read, and not when it was sent.
            card.channels()
                    .forEach((channel, figuresOf) -> channels.add(
                            said(JSON.objectNode().put("id", channel), figuresOf.figures(), figuresOf.states())));
        }
        ArrayNode leagues = tree.putArray("leagues");
        for (Rule rule : Rule.values()) {
            League league = card.league(level, rule);
            if (!league.standings().isEmpty()) {
                leagues.add(league(league));
            }
        }
        tree.set("sensitivity", sensitivity(card.sensitivity(level)));
        return tree;
    }

    private ObjectNode figures(Answer answer) {
        Responsiveness figures = requireNonNull(card.figures(answer));
        ObjectNode row = JSON.objectNode()
                .put("id", answer.rule() + " " + answer.role() + " " + answer.unit())
                .put("rule", answer.rule().name())
                .put("role", answer.role().name())
                .put("unit", answer.unit())
                .put("name", card.name(answer.unit()))
                .put("level", card.level(answer.unit()));
        Long residents = card.residents(answer);
        if (residents != null) {
            row.put("residents", residents);
        }
        return said(row, figures.figures(), figures.states());
    }

    private ObjectNode said(ObjectNode row, Map<String, Number> figures, Map<String, String> states) {
        ObjectNode numbers = row.putObject("figures");
        figures.forEach((name, number) -> numbers.set(name, number(number)));
        ObjectNode words = row.putObject("states");
        states.forEach(words::put);
        return row;
    }

    private ObjectNode league(League league) {
        ObjectNode row = JSON.objectNode()
                .put("id", league.rule() + " " + league.level())
                .put("rule", league.rule().name())
                .put("level", league.level());
        row.set("overdispersion", number(league.overdispersion()));
        row.set("peers_rating", number(league.peersRating()));
        ArrayNode bands = row.putArray("bands");
        for (League.Band band : league.bands()) {
            ObjectNode one = bands.addObject()
                    .put("id", Integer.toString(band.number()))
                    .put("ranked", band.ranked())
                    // Most programs that read JSON cut whole numbers of 64 bits.
                    .put("seed", band.seed() == null ? null : Long.toString(band.seed()));
            one.set(
                    "prior_alpha",
                    number(band.prior() == null ? null : band.prior().alpha()));
            one.set(
                    "prior_beta",
                    number(band.prior() == null ? null : band.prior().beta()));
        }
        ArrayNode standings = row.putArray("standings");
        league.standings()
                .forEach((unit, standing) -> standings.add(said(
                        JSON.objectNode()
                                .put("id", unit)
                                .put("name", card.name(unit))
                                .put("band", standing.band()),
                        standing.figures(),
                        standing.states())));
        return row;
    }

    private static ObjectNode sensitivity(Sensitivity sensitivity) {
        ObjectNode row = JSON.objectNode().put("most", sensitivity.differences().most());
        ArrayNode rules = row.putArray("rules");
        sensitivity.rules().forEach(rule -> rules.add(rule.name()));
        ArrayNode units = row.putArray("units");
        sensitivity.ranks().forEach((unit, ranks) -> {
            ObjectNode one = units.addObject()
                    .put("id", unit)
                    .put(
                            "sensitivity.places",
                            sensitivity.differences().differences().get(unit));
            ObjectNode places = one.putObject("ranks");
            ranks.forEach((rule, rank) -> places.put(rule.name(), rank));
        });
        return row;
    }

    private JsonNode number(@Nullable Number number) {
        if (number == null) {
            return JSON.nullNode();
        }
        if (number instanceof Long || number instanceof Integer) {
            return JSON.numberNode(number.longValue());
        }
        BigDecimal digits = new BigDecimal(number.doubleValue()).round(DIGITS).stripTrailingZeros();
        return realsAsText ? JSON.textNode(digits.toPlainString()) : JSON.numberNode(digits);
    }

    /**
     * The one text that a tree has: members sorted by name, no blanks; the same as {@code jq -cS} writes.
     *
     * @param inLines with a line for each object of a list, for eyes and for {@code diff}
     */
    static String canonical(JsonNode tree, boolean inLines) {
        StringBuilder text = new StringBuilder();
        write(tree, inLines, text);
        return text.toString();
    }

    private static void write(JsonNode node, boolean inLines, StringBuilder text) {
        if (node.isObject()) {
            TreeMap<String, JsonNode> members = new TreeMap<>();
            node.properties().forEach(member -> members.put(member.getKey(), member.getValue()));
            String before = "{";
            for (Map.Entry<String, JsonNode> member : members.entrySet()) {
                text.append(before);
                quote(member.getKey(), text);
                text.append(':');
                write(member.getValue(), inLines, text);
                before = ",";
            }
            text.append(members.isEmpty() ? "{}" : "}");
        } else if (node.isArray()) {
            String before = "[";
            for (JsonNode element : node) {
                text.append(before).append(inLines && element.isObject() ? "\n" : "");
                write(element, inLines, text);
                before = ",";
            }
            text.append(node.isEmpty() ? "[]" : "]");
        } else if (node.isTextual()) {
            quote(node.textValue(), text);
        } else if (node.isNumber()) {
            text.append(node.decimalValue().toPlainString());
        } else {
            text.append(node.asText());
        }
    }

    private static void quote(String value, StringBuilder text) {
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '"' -> text.append("\\\"");
                case '\\' -> text.append("\\\\");
                case '\b' -> text.append("\\b");
                case '\f' -> text.append("\\f");
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\t' -> text.append("\\t");
                default -> {
                    if (c < ' ' || c == '\u007f') {
                        text.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
                    } else {
                        text.append(c);
                    }
                }
            }
        }
        text.append('"');
    }

    /** Every value by the way to it: through lists by the ids of their rows, or by their places. */
    static Map<String, String> values(JsonNode tree) {
        Map<String, String> values = new TreeMap<>();
        collect(tree, List.of(), values);
        return values;
    }

    private static void collect(JsonNode node, List<String> way, Map<String, String> values) {
        if (node.isObject()) {
            node.properties().forEach(member -> {
                // The figures of a row need no "figures" between the row and the name.
                boolean group = member.getValue().isObject() && !way.isEmpty();
                collect(member.getValue(), group ? way : with(way, member.getKey()), values);
            });
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                JsonNode id = node.get(i).path("id");
                collect(node.get(i), with(way, id.isTextual() ? id.textValue() : Integer.toString(i + 1)), values);
            }
        } else {
            values.put(String.join(" | ", way), node.asText());
        }
    }

    private static List<String> with(List<String> way, String step) {
        List<String> longer = new ArrayList<>(way);
        longer.add(step);
        return longer;
    }
}
