package io.tanggap.app.cli;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.databind.JsonNode;
import io.tanggap.board.CardFile;
import io.tanggap.core.measure.Rule;
import io.tanggap.core.measure.Window;
import io.tanggap.core.reference.Reference;
import io.tanggap.core.reference.ReferencePack;
import io.tanggap.core.report.Answer;
import io.tanggap.core.report.Publication;
import io.tanggap.core.report.ReportCard;
import io.tanggap.core.report.Terms;
import io.tanggap.core.wording.Nearest;
import io.tanggap.dashboards.Language;
import io.tanggap.elasticsearch.Indices;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tanggap report}: the report card of a city for a period. */
@Command(
        name = "report",
        description = {
            "The report card of a period: figures with their intervals, the units of a level by rank with the ranks that the"
                    + " counts allow, misses against those expected, who has moved, and what the rule does to the ranks."
                    + " tanggap measures says what each figure means.",
            "Cases are judged anew from their events, as of --as-of and by what was known at --known-at, and not read off"
                    + " today's rows: any figure is made again as it was known on an earlier date. Nothing is written but the"
                    + " files that are named, and with --publish the standings.",
            "Cases are read from Kafka one partition after the other, so memory must hold the events of the largest partition"
                    + " (some 500 bytes each) and of every case and window some 600 bytes, for any may be the one that another was merged"
                    + " into (TANGGAP_HEAP sets the heap); events of files must fit in whole."
        },
        footer = {
            "",
            "A frozen card is JSON, {\"card\": ..., \"sha256\": ...}: every figure of every unit under every rule, the ranks of"
                    + " the level with the prior and the seeds of their draws, the packs, and the number and digest of the"
                    + " events. Anybody can compute its hash:",
            "  jq -cS .card FILE | sha256sum",
            "Figures that are not whole are texts there, of 12 digits, so that no program that copies them rounds them."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class ReportCommand implements Callable<Integer> {
    @Option(names = "--from", paramLabel = "DAY", description = "The first day of the period, of the city.")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "DAY", description = "The first day after the period.")
    private @Nullable String to;

    @Option(
            names = "--period",
            paramLabel = "PERIOD",
            description =
                    "In place of --from and --to: a month as 2017-11, a quarter as 2017-Q4, a week as 2017-W46 (from Monday), a day as"
                            + " 2017-11-05.")
    private @Nullable String period;

    @Option(
            names = "--window",
            paramLabel = "WINDOW",
            description =
                    "In place of --from and --to: ${COMPLETION-CANDIDATES}. A calendar window is the one with the day that"
                            + " ended at the last midnight before the as-of, or at it; a rolling window, the days before"
                            + " that midnight. May be given several times; the cases are read once.")
    private List<Window> windows = List.of();

    @Mixin
    private HistoryOptions histories = new HistoryOptions();

    @Option(
            names = "--known-at",
            paramLabel = "TIME",
            description =
                    "Leave out what came later: events that were ingested, and packs that became known, after this time."
                            + " Default: all that is there. Not for files, which do not say when they learned what they say.")
    private @Nullable String knownAt;

    @Option(
            names = "--reference",
            paramLabel = "PACK",
            description =
                    "Judge by this reference pack, as if it alone had always been known: a directory, or the name of a"
                            + " built-in one. Default: the packs that were published; of files, the mapping's section"
                            + " reference.")
    private @Nullable String pack;

    @Option(
            names = "--rule",
            paramLabel = "RULE",
            description = "Who answers: ${COMPLETION-CANDIDATES}. Default: the rule of the pack known at the as-of.")
    private @Nullable Rule rule;

    @Option(
            names = "--level",
            paramLabel = "LEVEL",
            description =
                    "Which units are ranked, such as kelurahan. Default: the level with the most units that answer"
                            + " for something.")
    private @Nullable String level;

    @Option(names = "--unit", paramLabel = "UNIT", description = "Every figure of this unit, by its id or its name.")
    private @Nullable String unit;

    @Option(names = "--channel", paramLabel = "CHANNEL", description = "Cases of this channel alone.")
    private @Nullable String channel;

    @Option(
            names = "--category-group",
            paramLabel = "GROUP",
            description = "Cases of categories of this group alone; not together with --channel.")
    private @Nullable String categoryGroup;

    @Option(
            names = "--publish",
            description =
                    "Publish: write the standing of every unit, at every level and under every rule, into the index"
                            + " tanggap-standings, in place of those of the same period that were published as of an earlier"
                            + " time. The as-of must be a midnight of the city; default: the last one.")
    private boolean publish;

    @Option(names = "--elasticsearch", paramLabel = "URL", description = "Elasticsearch, for --publish.")
    private String elasticsearch = "";

    @Option(
            names = "--out",
            paramLabel = "FILE.html",
            description =
                    "Write the card as a page too: one file that needs nothing else, to be mailed, printed and kept; of the unit of"
                            + " --unit, or of the city.")
    private @Nullable Path out;

    @Option(
            names = "--language",
            paramLabel = "LANGUAGE",
            defaultValue = "en",
            description = "Of the page of --out: en or id. Default: ${DEFAULT-VALUE}.")
    private String language = "";

    @Option(names = "--json", paramLabel = "FILE", description = "Write the card as JSON too.")
    private @Nullable Path json;

    @Option(
            names = "--freeze",
            paramLabel = "FILE",
            description = "Freeze the card: write it with the hash of its content into a new file, to be published.")
    private @Nullable Path freeze;

    @Option(
            names = "--check",
            paramLabel = "FILE",
            description =
                    "Make a frozen card again, from the same sources, at its as-of and by what was known at its time, and"
                            + " say whether the hash fits and which figures differ; the exit code is 1 if any does.")
    private @Nullable Path check;

    @Override
    public Integer call() throws Exception {
        Terminal terminal = Terminal.system();
        return check == null ? report(terminal) : check(FrozenCard.read(check), terminal);
    }

    private int report(Terminal terminal) throws IOException {
        if (period != null) {
            if (from != null || to != null || !windows.isEmpty()) {
                throw new UserError(
                        "--period " + period + " with --from, --to or --window: each says of which period; name one.");
            }
            CalendarPeriod days = CalendarPeriod.parse(period);
            from = days.from().toString();
            to = days.to().toString();
        }
        checkOptions();
        if (publish) {
            // First, for what is wrong with the server shows before cases are read for minutes.
            Indices.bootstrap(elasticsearch);
        }
        CaseHistories cases = open(terminal);
        List<ReferencePack> packs = packs(cases);
        ZoneId zone = Reference.of(packs).zone();
        CaseHistories.DefaultAsOf asOf = histories.asOf(cases, zone, terminal);
        if (publish) {
            asOf = midnight(asOf, zone);
        }
        List<ReportCards.Period> periods = periods(LocalDate.ofInstant(asOf.at(), zone));
        Instant known = knownAt == null ? null : AsOf.parse("--known-at", knownAt, zone);
        List<Terms> terms = new ArrayList<>();
        for (ReportCards.Period period : periods) {
            if (!period.from().atStartOfDay(zone).toInstant().isBefore(asOf.at())) {
                throw new UserError("--from " + period.from() + " has not begun at the as-of, "
                        + AsOf.show(asOf.at(), zone) + " (" + asOf.reason()
                        + "): choose an earlier period, or a later --as-of.");
            }
            terms.add(new Terms(period.from(), period.to(), asOf.at(), known, channel, categoryGroup));
        }
        List<ReportCard> cards = ReportCards.of(terms, packs, cases, terminal);
        for (int i = 0; i < cards.size(); i++) {
            if (i > 0) {
                terminal.say("");
            }
            show(cards.get(i), periods.get(i), asOf.reason(), terminal);
        }
        int code = publish ? publish(periods, cards, terminal) : 0;
        return code == 0 && cases.cutShort() ? Tanggap.FILE_CUT_SHORT : code;
    }

    private void checkOptions() {
        if (windows.isEmpty() && (from == null || to == null)) {
            throw new UserError(
                    "say of which period: --period 2017-11; or --from DAY --to DAY, such as --from 2017-11-01 --to"
                            + " 2017-12-01, which is the first day after; or --window MONTH, which is the latest.");
        }
        if (!windows.isEmpty() && (from != null || to != null)) {
            throw new UserError(
                    "--window is the latest by the as-of, and --from and --to say another period: leave out the"
                            + " one or the other.");
        }
        if (channel != null && categoryGroup != null) {
            throw new UserError(
                    "--channel and --category-group together: figures are kept of one channel or of one group;"
                            + " leave one out.");
        }
        if (histories.areFiles() && knownAt != null) {
            throw new UserError(
                    "--known-at " + knownAt + " with --input: files do not say when they learned what they say;"
                            + " leave it out, or feed them with tanggap replay, which keeps the time.");
        }
        if (Language.of(language).isEmpty()) {
            throw new UserError("--language " + language + ": there are en and id.");
        }
        if (windows.size() > 1 && (json != null || freeze != null || out != null)) {
            throw new UserError((json != null ? "--json" : freeze != null ? "--freeze" : "--out")
                    + " with several windows: one file holds one card; name one --window.");
        }
        if (freeze != null && Files.exists(freeze)) {
            throw new UserError("--freeze " + freeze
                    + ": there is such a file, and what is frozen is not written over: name" + " another one.");
        }
        if (publish == elasticsearch.isEmpty()) {
            throw new UserError(
                    publish
                            ? "--publish: say where, --elasticsearch URL."
                            : "--elasticsearch " + elasticsearch + ": nothing is written there without --publish;"
                                    + " give it, or leave this out.");
        }
        if (publish && (histories.areFiles() || pack != null)) {
            throw new UserError("--publish with " + (histories.areFiles() ? "--input" : "--reference " + pack)
                    + ": what is published is of the same cases and packs as the other documents; leave it out, and name"
                    + " the Kafka by --bootstrap-servers.");
        }
    }

    /** Ranks belong to the close of a day, so that whoever asks on the same day gets the same. */
    private CaseHistories.DefaultAsOf midnight(CaseHistories.DefaultAsOf asOf, ZoneId zone) {
        Instant midnight = Publication.lastMidnight(asOf.at(), zone);
        if (midnight.equals(asOf.at())) {
            return asOf;
        }
        if (histories.namesAsOf()) {
            throw new UserError(
                    "--publish as of " + AsOf.show(asOf.at(), zone) + ": ranks belong to the close of a day; name"
                            + " a midnight of the city, such as --as-of " + LocalDate.ofInstant(midnight, zone) + ".");
        }
        return new CaseHistories.DefaultAsOf(midnight, "the last midnight");
    }

    private List<ReportCards.Period> periods(LocalDate today) {
        if (from == null || to == null) {
            return windows.stream()
                    .distinct()
                    .map(window -> ReportCards.Period.latest(window, today))
                    .toList();
        }
        LocalDate first = AsOf.day("--from", from);
        LocalDate end = AsOf.day("--to", to);
        if (!first.isBefore(end)) {
            throw new UserError("--from " + first + " is not before --to " + end + ", which is the first day after.");
        }
        return List.of(ReportCards.Period.of(first, end, today));
    }

    private void show(ReportCard card, ReportCards.Period days, String asOfReason, Terminal terminal)
            throws IOException {
        Rule by = rule == null ? Answer.ruleOf(card.basis().inForce()) : rule;
        Answer asked = unit == null ? null : asked(card, by, unit);
        String ranked = level(card, by, asked);
        Instant until = histories.areFiles() ? null : card.basis().knownAt();
        ReportText text = new ReportText(card, by, asOfReason, until, knownAt != null);
        (asked == null ? text.lines(ranked) : text.lines(asked, ranked)).forEach(terminal::say);
        if (json != null) {
            Files.writeString(json, CardJson.canonical(CardJson.of(card, ranked, until, false), true) + "\n");
        }
        if (out != null || freeze != null) {
            JsonNode frozen = CardJson.of(card, ranked, until, true);
            if (out != null) {
                String hash = FrozenCard.hash(frozen);
                String window = days.window() == null ? null : days.window().name();
                Files.writeString(
                        out,
                        CardFile.html(
                                CardPages.of(card, by, asked, window, until, hash),
                                Language.of(language).orElseThrow()));
                terminal.say("");
                terminal.say("The page is in " + out + ".");
            }
            if (freeze != null) {
                String hash = FrozenCard.write(freeze, frozen);
                terminal.say("");
                terminal.say("Frozen in " + freeze + ", SHA-256 " + hash);
            }
        }
    }

    /** All that can be published: what stands in the way of one period says nothing about the others. */
    private int publish(List<ReportCards.Period> periods, List<ReportCard> cards, Terminal terminal)
            throws IOException {
        StandingsIndex index = new StandingsIndex(elasticsearch);
        int code = 0;
        terminal.say("");
        for (int i = 0; i < cards.size(); i++) {
            try {
                terminal.say(index.publish(
                        ReportCards.publication(cards.get(i), periods.get(i).window())));
            } catch (UserError e) {
                terminal.complain("tanggap: " + e.getMessage());
                code = e.exitCode();
            }
        }
        return code;
    }

    private CaseHistories open(Terminal terminal) throws IOException {
        return histories.open(pack == null ? null : PackOption.usable(pack), null, terminal);
    }

    private List<ReferencePack> packs(CaseHistories cases) {
        List<ReferencePack> packs = pack == null ? cases.packs() : List.of(PackOption.usable(pack));
        if (packs.isEmpty()) {
            throw UserError.failed(
                    "there is no reference pack that could judge: publish one with tanggap reference publish,"
                            + " or name one by --reference.");
        }
        return packs;
    }

    private static Answer asked(ReportCard card, Rule rule, String unit) {
        TreeSet<String> names = new TreeSet<>();
        Answer named = null;
        int found = 0;
        for (Answer answer : card.answers()) {
            if (!answer.equals(Answer.under(rule, answer.unit()))) {
                continue;
            }
            if (answer.unit().equals(unit)) {
                return answer;
            }
            String name = card.name(answer.unit());
            if (name.equalsIgnoreCase(unit)) {
                named = answer;
                found++;
            }
            names.add(answer.unit());
            names.add(name);
        }
        if (found == 1 && named != null) {
            return named;
        }
        throw new UserError(
                found > 1
                        ? "--unit " + unit + ": " + found + " units have this name; name one by its id."
                        : "--unit " + unit + " answers for nothing under rule " + rule + "; "
                                + Nearest.hint(unit, names) + ".");
    }

    private String level(ReportCard card, Rule rule, @Nullable Answer asked) {
        SortedMap<String, Integer> levels = card.levels(rule);
        if (level != null) {
            if (!levels.containsKey(level)) {
                throw new UserError("--level " + level + ": no unit of this level answers for anything under rule "
                        + rule + "; " + Nearest.hint(level, levels.keySet()) + ".");
            }
            return level;
        }
        if (asked != null) {
            return card.level(asked.unit());
        }
        return ReportCards.fullestLevel(card, rule);
    }

    private static void refuse(String option, boolean given) {
        if (given) {
            throw new UserError(
                    option + " with --check: the frozen card itself says what it is of; leave " + option + " out.");
        }
    }

    private int check(FrozenCard frozen, Terminal terminal) throws IOException {
        refuse("--from", from != null);
        refuse("--to", to != null);
        refuse("--as-of", histories.namesAsOf());
        refuse("--known-at", knownAt != null);
        refuse("--rule", rule != null);
        refuse("--level", level != null);
        refuse("--unit", unit != null);
        refuse("--channel", channel != null);
        refuse("--category-group", categoryGroup != null);
        refuse("--out", out != null);
        refuse("--period", period != null);
        refuse("--json", json != null);
        refuse("--freeze", freeze != null);
        refuse("--window", !windows.isEmpty());
        refuse("--publish", publish);
        Terms terms = frozen.terms();
        Instant known = terms.knownAt();
        if (histories.areFiles() != (known == null)) {
            throw new UserError("--check " + check
                    + (known == null
                            ? " was made of files: name them by --input and --format."
                            : " was made of a running system: name its Kafka by --bootstrap-servers."));
        }
        CaseHistories cases = open(terminal);
        ReportCard card =
                ReportCards.of(List.of(terms), packs(cases), cases, terminal).get(0);
        JsonNode now = CardJson.of(card, frozen.needed("level"), known, true);
        boolean fits = frozen.hash().equals(frozen.stated());
        terminal.say(
                fits
                        ? "The hash fits the content: SHA-256 " + frozen.stated()
                        : "The file was changed after it was frozen: it states SHA-256 " + frozen.stated()
                                + ", its content has " + frozen.hash());
        List<FrozenCard.Difference> differences = frozen.differences(now);
        if (differences.isEmpty()) {
            terminal.say(
                    String.format(Locale.ROOT, "Every figure is reproduced: %,d values are the same.", frozen.size()));
        } else {
            terminal.say(String.format(Locale.ROOT, "%,d of %,d values differ:", differences.size(), frozen.size()));
            for (FrozenCard.Difference difference : differences) {
                terminal.say("  " + difference.what() + ": frozen "
                        + requireNonNullElse(difference.frozen(), "nothing") + ", now "
                        + requireNonNullElse(difference.now(), "nothing"));
            }
        }
        return cases.cutShort() ? Tanggap.FILE_CUT_SHORT : fits && differences.isEmpty() ? 0 : Tanggap.FAILED;
    }
}
