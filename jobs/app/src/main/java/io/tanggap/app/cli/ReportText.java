package io.tanggap.app.cli;

import static java.util.Objects.requireNonNull;

import io.tanggap.core.lifecycle.CaseFold;
import io.tanggap.core.measure.Cell;
import io.tanggap.core.measure.Measure;
import io.tanggap.core.measure.Responsiveness;
import io.tanggap.core.measure.Role;
import io.tanggap.core.measure.Rule;
import io.tanggap.core.report.Answer;
import io.tanggap.core.report.Basis;
import io.tanggap.core.report.League;
import io.tanggap.core.report.ReportCard;
import io.tanggap.core.report.Sensitivity;
import io.tanggap.core.report.Standing;
import io.tanggap.core.report.Terms;
import io.tanggap.core.sla.Accountability;
import io.tanggap.core.statistics.Change.Direction;
import io.tanggap.core.statistics.Funnel;
import io.tanggap.core.statistics.Interval;
import io.tanggap.core.statistics.Proportion;
import io.tanggap.core.statistics.Reason;
import io.tanggap.core.statistics.Survival.State;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A report card in lines of a hundred columns. */
final class ReportText {
    private static final int LABEL = 13;
    private static final int TITLE = 40;
    private static final int NAME = 21;
    private static final int FIELD = 38;
    /** Chosen: the most that change, and those that change by nothing are left out anyway. */
    private static final int MOST_SENSITIVE = 20;

    private static final String UNITS = "%4s %8s  %-" + NAME + "s %7s %12s %6s %7s %15s %5s %5s";

    private static final String CHANNELS = "  %-" + NAME + "s %10s %10s %15s %6s %7s %10s %10s";

    private final ReportCard card;
    private final Rule rule;
    private final String asOfReason;
    private final @Nullable Instant knownAt;
    private final boolean knownAtAsked;
    private final Sheet sheet;
    /** Names of the units for which their ids stand. */
    private final SortedMap<String, String> shortened = new TreeMap<>();

    /**
     * @param knownAt by when what counts was known; null where nobody says
     * @param knownAtAsked whether that time was asked for
     */
    ReportText(ReportCard card, Rule rule, String asOfReason, @Nullable Instant knownAt, boolean knownAtAsked) {
        this.card = card;
        this.rule = rule;
        this.asOfReason = asOfReason;
        this.knownAt = knownAt;
        this.knownAtAsked = knownAtAsked;
        sheet = new Sheet(card.basis().zone());
    }

    /** The city, and the units of a level. */
    List<String> lines(String level) {
        header();
        totals();
        channels();
        League league = card.league(level, rule);
        units(league);
        movers(league);
        sensitivity(card.sensitivity(level));
        legend();
        return sheet.lines();
    }

    /** Every figure of one unit. */
    List<String> lines(Answer answer, String level) {
        header();
        Standing standing = card.league(level, rule).standings().get(answer.unit());
        Integer places = card.sensitivity(level).differences().differences().get(answer.unit());
        unit(answer, standing, places);
        return sheet.lines();
    }

    private void header() {
        Terms terms = card.terms();
        Basis basis = card.basis();
        String city = card.name(basis.city());
        item(
                "Report card",
                (city.equals(basis.city()) ? "city " + city : city + " (" + basis.city() + ")") + ", " + terms.from()
                        + " until before " + terms.to()
                        + (terms.channel() == null ? "" : ", channel " + terms.channel() + " alone")
                        + (terms.categoryGroup() == null
                                ? ""
                                : ", category group " + terms.categoryGroup() + " alone"));
        item("As of", sheet.at(terms.asOf()) + " (" + asOfReason + "), " + basis.zone());
        item(
                "Known at",
                knownAt == null
                        ? "not told: files do not say when they learned what they say"
                        : sheet.at(knownAt)
                                + (knownAtAsked
                                        ? " (by --known-at)"
                                        : ": all that is there; the latest of it was known then"));
        item(
                "Judged by",
                (basis.packs().size() == 1 ? "pack " : "packs ") + String.join(", then ", basis.packs()) + "; rule "
                        + rule
                        + (Answer.ruleOf(basis.inForce()) == rule ? ", in force" : "; in force is " + basis.inForce())
                        + "; contributions version " + Basis.CONTRIBUTIONS);
        item(
                "Rests on",
                String.format(
                        Locale.ROOT,
                        "%,d cases, %,d events, digest %s",
                        basis.cases(),
                        basis.events(),
                        basis.digest()));
        item("Coverage", coverage());
        item("Maturity", maturity());
    }

    private void item(String label, String text) {
        sheet.item(0, LABEL, label, text);
    }

    private String coverage() {
        Responsiveness all = card.channels().get(Cell.ALL_CHANNELS);
        if (!card.isDeclared() || all == null) {
            return CardJson.COVERAGE + ": no source has said how many events it has, so nobody can say what is missing";
        }
        return coverage(all) + " of the " + count(all, "events_declared") + " events that sources have of "
                + count(all, "declared_days") + " declared days of channels; of " + count(all, "undeclared_days")
                + " more with events nobody has said how many there are";
    }

    private static String coverage(Responsiveness figures) {
        Double coverage = figures.share("coverage");
        return coverage == null ? words(figures.states().get("coverage")) : percent(coverage);
    }

    /** D1 and D2, where anything was declared. */
    private void channels() {
        if (!card.isDeclared()) {
            return;
        }
        sheet.section("Data of the channels (D1, D2)");
        sheet.add(String.format(
                Locale.ROOT,
                CHANNELS,
                "",
                "received",
                "declared",
                "coverage",
                "days",
                "undecl.",
                "late p50",
                "late p99"));
        card.channels()
                .forEach((channel, figures) -> sheet.add(String.format(
                        Locale.ROOT,
                        CHANNELS,
                        channel.equals(Cell.ALL_CHANNELS) ? "all channels" : channel,
                        count(figures, "events_received"),
                        count(figures, "events_declared"),
                        coverage(figures),
                        count(figures, "declared_days"),
                        count(figures, "undeclared_days"),
                        lateness(figures, 50),
                        lateness(figures, 99))));
    }

    private static String lateness(Responsiveness figures, int percent) {
        String field = "lateness_p" + percent + "_seconds";
        Number seconds = figures.figures().get("times." + field);
        if (seconds == null) {
            return State.BEYOND_LAST_BIN.name().equals(figures.states().get(field)) ? "> 388 d" : "-";
        }
        double upTo = seconds.doubleValue();
        if (upTo < 120) {
            return whole(seconds.longValue()) + " s";
        }
        return upTo < 7_200
                ? decimals(upTo / 60, 1) + " min"
                : upTo < 172_800 ? decimals(upTo / 3_600, 1) + " h" : decimals(upTo / 86_400, 1) + " d";
    }

    /** Every case is of some place, or of none, and so of the city. */
    private Responsiveness city() {
        return requireNonNull(card.figures(Answer.under(Rule.CROP, card.basis().city())));
    }

    private String maturity() {
        Responsiveness city = city();
        List<String> shares = new ArrayList<>();
        for (int days : List.of(7, 14, 30)) {
            Double share = city.share("maturity_" + days + "_days");
            shares.add(days + " days " + (share == null ? "-" : percent(share)));
        }
        return "of the period's problems, those of days that ended at least so long ago: " + String.join(", ", shares);
    }

    private void totals() {
        Responsiveness all = city();
        Responsiveness answering = card.figures(Answer.under(rule, card.basis().city()));
        sheet.section("The city");
        sheet.add(line("", "", "", "of 95 %", "n"));
        total("V1", "Cases received", count(all, "received"), "", "");
        total("V2", "Distinct problems", count(all, "problems"), "", "");
        total("V4", "Open at the end", count(all, "open"), "", "");
        total("V4", "  of these overdue", count(all, "overdue"), "", "");
        total("V4", "  without target", count(all, "without_target"), "", "");
        Double parts = answering == null ? null : answering.share("shared_on_time");
        if (parts != null) {
            total("T3", "Resolution on time, by parts", percent(parts), "no trials", "");
        } else if (answering != null) {
            share("T3", "Resolution on time", answering, "on_time", "due_met", "due_missed");
        }
        share(
                "T1",
                "First reply on time",
                all,
                "first_response_on_time",
                "first_response_met",
                "first_response_missed");
        for (int days : List.of(7, 14, 30)) {
            share(
                    "T4",
                    "Resolved within " + days + " days",
                    all,
                    "resolved_" + days + "_days",
                    "mature_" + days + "_days");
        }
        time("T5", "Median time to resolution", all, "resolution_p50_hours", "at_risk");
        time("T5", "Median time to any closing", all, "close_p50_hours", "at_risk");
        time("T7", "  of those closed in the period", all, "closed_only_p50_hours", "closed");
        share("T8", "Durable resolution", all, "durable", "resolutions_14_days_old");
        share("Q1", "Reopened or reported anew", all, "returned", "stops_14_days_old");
        Number rating = all.figures().get("ratios.rating");
        if (rating != null) {
            long rated = 0;
            for (int stars = 1; stars <= 5; stars++) {
                rated += all.count("rated_" + stars);
            }
            total("Q3", "Rating, 1 to 5", decimals(rating, 2), "", whole(rated));
        }
    }

    private static String line(String id, String title, String value, String interval, String n) {
        return String.format(Locale.ROOT, "  %-4s%-" + TITLE + "s%12s  %20s%12s", id, title, value, interval, n);
    }

    private void total(String id, String title, String value, String interval, String n) {
        sheet.add(line(id, title, value, interval, n));
    }

    private static String count(Responsiveness figures, String name) {
        return whole(figures.count(name));
    }

    private void share(String id, String title, Responsiveness figures, String name, String... trials) {
        Double share = figures.share(name);
        if (share != null) {
            long n = Arrays.stream(trials).mapToLong(figures::count).sum();
            total(id, title, percent(share), interval(figures.figures(), "shares." + name), whole(n));
        }
    }

    private void time(String id, String title, Responsiveness figures, String name, String n) {
        String state = figures.states().get(name);
        if (state != null) {
            total(id, title, hours(figures, name), interval(figures.figures(), "times." + name), count(figures, n));
        }
    }

    private static String hours(Responsiveness figures, String name) {
        Number hours = figures.figures().get("times." + name);
        return hours == null ? words(figures.states().get(name)) : whole(hours.longValue()) + " h";
    }

    private static String words(@Nullable String state) {
        return state == null ? "-" : state.toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** The limits beside a figure; an upper one of a time may not be reached. */
    private static String interval(SortedMap<String, Number> figures, String name) {
        Number low = figures.get(name + "_low");
        Number high = figures.get(name + "_high");
        if (low == null && high == null) {
            return "";
        }
        String unit = name.startsWith("times.") ? " h" : name.startsWith("funnel.") ? "" : " %";
        String from = low == null ? "not reached" : limit(low, unit);
        return from + " to " + (high == null ? "not reached" : limit(high, unit) + unit);
    }

    private static String limit(Number limit, String unit) {
        return switch (unit) {
            case " h" -> whole(limit.longValue());
            case " %" -> decimals(100 * limit.doubleValue(), 1);
            default -> decimals(limit, 1);
        };
    }

    private static String percent(double share) {
        return decimals(100 * share, 1) + " %";
    }

    private static String decimals(Number number, int digits) {
        return String.format(Locale.ROOT, "%,." + digits + "f", number.doubleValue());
    }

    private static String whole(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private void units(League league) {
        int bands = league.bands().size();
        sheet.section("Units of level " + league.level() + " by resolution on time (R1), rule " + rule);
        sheet.item(
                0,
                0,
                "",
                rule == Rule.SHARE
                        ? "On time: kept parts of first resolutions due in the period, n in whole verdicts. Parts are no trials:"
                                + " ranked by the plain share, without interval."
                        : "On time: first resolutions due in the period that were kept, with Wilson's interval of 95 %; rank: by"
                                + " the share that is believed after the peers'; places: those that the counts allow. O/E: misses"
                                + " of the period's cases against those expected of peers with the same mix, + or - outside the"
                                + " funnel's limits of 95 %, ++ or -- of 99.8 %. Median: hours to resolution. Open, overdue: at"
                                + " the end.");
        for (League.Band band : league.bands()) {
            if (bands > 1) {
                sheet.section("Band " + band.number() + " of " + bands + " by the number of verdicts, " + band.ranked()
                        + " ranked");
            }
            sheet.add(String.format(
                    Locale.ROOT,
                    UNITS,
                    "rank",
                    "places",
                    "",
                    "on time",
                    "of 95 %",
                    "n",
                    "O/E",
                    "median",
                    "open",
                    "over"));
            league.standings().entrySet().stream()
                    .filter(standing -> standing.getValue().band() == band.number())
                    .sorted(Comparator.comparing(
                                    (Map.Entry<String, Standing> standing) ->
                                            standing.getValue().rank(),
                                    Comparator.nullsLast(Comparator.naturalOrder()))
                            .thenComparing(standing -> standing.getValue().verdicts(), Comparator.reverseOrder())
                            .thenComparing(Map.Entry::getKey))
                    .forEach(standing -> unit(standing.getKey(), standing.getValue()));
        }
        if (league.standings().values().stream().anyMatch(standing -> standing.withheld() != null)) {
            sheet.add("Without rank: fewer than " + Proportion.LEAST_TRIALS + " verdicts.");
        }
    }

    private void unit(String unit, Standing standing) {
        Responsiveness figures = requireNonNull(card.figures(Answer.under(rule, unit)));
        // Of parts, and of first holders, nothing but verdicts is counted.
        boolean verdictsAlone = rule == Rule.SHARE || rule == Rule.ORIGIN;
        Double share = standing.share();
        Interval interval = standing.counts() == null ? null : standing.counts().wilson();
        List<String> name = Sheet.wrapped(label(unit), NAME);
        sheet.add(String.format(
                Locale.ROOT,
                UNITS,
                standing.rank() == null ? "-" : standing.rank().toString(),
                standing.place() == null
                        ? ""
                        : standing.place().best() + "-" + standing.place().worst(),
                name.get(0),
                share == null ? "-" : percent(share),
                interval == null ? "" : decimals(100 * interval.lower(), 1) + "-" + decimals(100 * interval.upper(), 1),
                decimals(standing.verdicts(), rule == Rule.SHARE ? 1 : 0),
                ratio(standing.funnel()),
                verdictsAlone ? "" : median(figures),
                verdictsAlone ? "" : count(figures, "open"),
                verdictsAlone ? "" : count(figures, "overdue")));
        name.stream().skip(1).forEach(rest -> sheet.add(" ".repeat(15) + rest));
    }

    private static String ratio(Funnel.@Nullable Result funnel) {
        Funnel.Position position = funnel == null ? null : funnel.position();
        if (position == null) {
            return "";
        }
        String sign = position.side95() == Funnel.Side.ABOVE ? "+" : position.side95() == Funnel.Side.BELOW ? "-" : "";
        String flag = position.side998() == Funnel.Side.WITHIN ? sign : sign + sign;
        return decimals(position.ratio(), 2) + String.format(Locale.ROOT, "%-2s", flag);
    }

    private static String median(Responsiveness figures) {
        SortedMap<String, Number> all = figures.figures();
        Number median = all.get("times.resolution_p50_hours");
        Number low = all.get("times.resolution_p50_hours_low");
        Number high = all.get("times.resolution_p50_hours_high");
        if (figures.count("at_risk") == 0) {
            return "";
        }
        if (median == null && low == null) {
            return words(figures.states().get("resolution_p50_hours"));
        }
        return (median == null ? "-" : median.toString()) + " [" + (low == null ? "-" : low.toString()) + ", "
                + (high == null ? "-" : high.toString()) + "]";
    }

    private String name(String unit) {
        if (unit.startsWith(CaseFold.INTAKE_DESK)) {
            return "intake desk of " + unit.substring(CaseFold.INTAKE_DESK.length());
        }
        if (unit.startsWith(CaseFold.VALIDATORS)) {
            return "validators of " + unit.substring(CaseFold.VALIDATORS.length());
        }
        return unit.equals(Accountability.UNLOCATED) ? "without a place" : card.name(unit);
    }

    /** In tables the id stands for a name that does not fit, and the legend has the name. */
    private String label(String unit) {
        String name = name(unit);
        if (unit.length() > NAME || Sheet.wrapped(name, NAME).size() <= 2) {
            return name;
        }
        shortened.put(unit, name);
        return unit;
    }

    private void legend() {
        if (!shortened.isEmpty()) {
            sheet.section("Names");
            shortened.forEach((unit, name) -> sheet.item(2, NAME + 2, unit, name));
        }
    }

    private void movers(League league) {
        if (rule == Rule.SHARE) {
            return;
        }
        LocalDate before = card.terms().from().minusDays(card.terms().days());
        sheet.section("Movers (R4), against " + before + " until before "
                + card.terms().from());
        boolean moved = false;
        boolean compared = false;
        for (Map.Entry<String, Standing> unit : league.standings().entrySet()) {
            Standing standing = unit.getValue();
            if (standing.change() == null || standing.change().reason() == Reason.N_BELOW_30) {
                continue;
            }
            compared = true;
            if (standing.change().direction() != Direction.UNCERTAIN) {
                moved = true;
                sheet.item(
                        2,
                        6,
                        standing.change().direction().name().toLowerCase(Locale.ROOT),
                        moved(unit.getKey(), standing));
            }
        }
        if (!moved) {
            sheet.add(
                    compared
                            ? "  Of no unit the direction is certain."
                            : "  No unit has " + Proportion.LEAST_TRIALS + " verdicts in both periods.");
        }
    }

    private String moved(String unit, Standing standing) {
        Proportion before = requireNonNull(standing.before());
        Interval difference = requireNonNull(requireNonNull(standing.change()).difference());
        return name(unit) + ": on time " + percent(requireNonNull(before.share())) + " of " + whole(before.trials())
                + ", then "
                + percent(requireNonNull(standing.share())) + " of "
                + whole(requireNonNull(standing.counts()).trials())
                + String.format(
                        Locale.ROOT,
                        "; difference %+.1f to %+.1f points",
                        100 * difference.lower(),
                        100 * difference.upper());
    }

    private void sensitivity(Sensitivity sensitivity) {
        sheet.section("What the rule does to the ranks (R3)");
        Integer most = sensitivity.differences().most();
        if (most == null) {
            sheet.add("  No unit has " + Proportion.LEAST_TRIALS + " verdicts under two rules.");
            return;
        }
        sheet.item(
                0,
                0,
                "",
                "Ranks by plain shares among the " + sensitivity.ranks().size()
                        + " units with enough verdicts under "
                        + sensitivity.rules().stream().map(Rule::name).collect(Collectors.joining(", ")) + ": "
                        + (most == 0 ? "every unit has the same under all." : "at most " + most + " places apart."));
        if (most == 0) {
            return;
        }
        StringBuilder head = new StringBuilder(" ".repeat(2 + FIELD));
        sensitivity.rules().forEach(rule -> head.append(String.format(Locale.ROOT, "%8s", rule)));
        sheet.add(head + String.format(Locale.ROOT, "%8s", "apart"));
        List<Map.Entry<String, Integer>> changed = sensitivity.differences().differences().entrySet().stream()
                .filter(unit -> unit.getValue() > 0)
                .sorted(Map.Entry.<String, Integer>comparingByValue()
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey()))
                .toList();
        for (Map.Entry<String, Integer> unit : changed.subList(0, Math.min(changed.size(), MOST_SENSITIVE))) {
            List<String> name = Sheet.wrapped(label(unit.getKey()), FIELD - 1);
            StringBuilder row = new StringBuilder(String.format(Locale.ROOT, "  %-" + FIELD + "s", name.get(0)));
            for (Rule rule : sensitivity.rules()) {
                row.append(String.format(
                        Locale.ROOT,
                        "%8s",
                        requireNonNull(sensitivity.ranks().get(unit.getKey())).get(rule)));
            }
            sheet.add(row + String.format(Locale.ROOT, "%8d", unit.getValue()));
            name.stream().skip(1).forEach(rest -> sheet.add("  " + rest));
        }
        if (changed.size() > MOST_SENSITIVE) {
            sheet.add("  and " + (changed.size() - MOST_SENSITIVE) + " more; --json has all.");
        }
    }

    private void unit(Answer answer, @Nullable Standing standing, @Nullable Integer places) {
        Responsiveness own = requireNonNull(card.figures(answer));
        SortedMap<String, Number> figures = new TreeMap<>(own.figures());
        SortedMap<String, String> states = new TreeMap<>();
        own.states().forEach((name, state) -> states.put("times." + name, state));
        if (standing != null) {
            figures.putAll(standing.figures());
            states.putAll(standing.states());
        }
        if (places != null) {
            figures.put("sensitivity.places", places);
        }
        String name = name(answer.unit());
        sheet.add("");
        sheet.item(
                0,
                0,
                "",
                name + (name.equals(answer.unit()) ? "" : " (" + answer.unit() + ")") + ", "
                        + card.level(answer.unit()) + ": "
                        + (answer.role() == Role.TERRITORY ? "as the place" : "as who answers") + ", rule " + rule);
        Long residents = card.residents(answer);
        if (residents != null) {
            sheet.add(whole(residents) + " residents");
        }
        sheet.add(String.format(Locale.ROOT, "  %-" + (FIELD + 4) + "s%16s%26s", "", "", "of 95 %"));
        MeasuresText.sections(List.of(Measure.values()))
                .forEach((section, measures) -> section(section, measures, figures, states));
        pairs(answer.unit());
    }

    private void section(
            String title, List<Measure> measures, Map<String, Number> figures, Map<String, String> states) {
        List<String> lines = new ArrayList<>();
        for (Measure measure : measures) {
            List<String> fields = measure.fields().stream()
                    .filter(field -> measure.in() != Measure.In.PAIRS)
                    .filter(field -> figures.containsKey(field)
                            || figures.containsKey(field + "_low")
                            || states.containsKey(field))
                    .toList();
            if (!fields.isEmpty()) {
                lines.add(measure.id() + " " + measure.title());
            }
            for (String field : fields) {
                lines.add(String.format(
                        Locale.ROOT,
                        "    %-" + (FIELD + 2) + "s%16s%26s",
                        field,
                        value(field, figures.get(field), states.get(field)),
                        interval(new TreeMap<>(figures), field)));
            }
        }
        if (!lines.isEmpty()) {
            sheet.section(title);
            lines.forEach(line -> sheet.add("  " + line));
        }
    }

    private static String value(String field, @Nullable Number number, @Nullable String state) {
        if (number == null) {
            return state == null ? "" : words(state);
        }
        if (number instanceof Long || number instanceof Integer) {
            return whole(number.longValue()) + (field.startsWith("times.") ? " h" : "");
        }
        if (field.startsWith("shares.")
                || field.equals("rank.share")
                || field.equals("rank.mean")
                || field.equals("movers.before")) {
            return percent(number.doubleValue());
        }
        return decimals(number, 2) + (field.startsWith("times.") ? " h" : "");
    }

    private void pairs(String unit) {
        List<String> lines = new ArrayList<>();
        card.pairs().forEach((pair, edge) -> {
            if (rule == Rule.CRM
                    && (pair.giver().equals(unit) || pair.receiver().equals(unit))) {
                lines.add(String.format(
                        Locale.ROOT,
                        "  %s -> %s: %s, %s back, median stay before %s",
                        name(pair.giver()),
                        name(pair.receiver()),
                        count(edge, "hops"),
                        count(edge, "hops_back"),
                        hours(edge, "stay_before_hop_p50_hours")));
            }
        });
        if (!lines.isEmpty()) {
            sheet.section("H10 Hand-over network");
            lines.forEach(line -> sheet.item(2, 2, "", line.strip()));
        }
    }
}
