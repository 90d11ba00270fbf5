package io.tanggap.app.cli;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.databind.JsonNode;
import io.tanggap.core.measure.Rule;
import io.tanggap.core.reference.Reference;
import io.tanggap.core.reference.ReferencePack;
import io.tanggap.core.report.Answer;
import io.tanggap.core.report.Compilation;
import io.tanggap.core.report.ReportCard;
import io.tanggap.core.report.Terms;
import io.tanggap.core.wording.Nearest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
                    + " files that are named.",
            "Cases are read from Kafka one partition after the other, so memory must hold the events of the largest partition"
                    + " (some 500 bytes each) and of every case some 600 bytes, for any may be the one that another was merged"
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
        if (from == null || to == null) {
            throw new UserError(
                    "say of which period: --from DAY --to DAY, such as --from 2017-11-01 --to 2017-12-01, which"
                            + " is the first day after.");
        }
        LocalDate first = AsOf.day("--from", from);
        LocalDate end = AsOf.day("--to", to);
        if (!first.isBefore(end)) {
            throw new UserError("--from " + first + " is not before --to " + end + ", which is the first day after.");
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
        if (freeze != null && Files.exists(freeze)) {
            throw new UserError("--freeze " + freeze
                    + ": there is such a file, and what is frozen is not written over: name" + " another one.");
        }
        CaseHistories cases = open(terminal);
        ZoneId zone = Reference.of(packs(cases)).zone();
        CaseHistories.DefaultAsOf asOf = histories.asOf(cases, zone, terminal);
        if (!first.atStartOfDay(zone).toInstant().isBefore(asOf.at())) {
            throw new UserError("--from " + first + " has not begun at the as-of, " + AsOf.show(asOf.at(), zone) + " ("
                    + asOf.reason() + "): choose an earlier period, or a later --as-of.");
        }
        Instant known = knownAt == null ? null : AsOf.parse("--known-at", knownAt, zone);
        ReportCard card = card(new Terms(first, end, asOf.at(), known, channel, categoryGroup), cases, terminal);
        Rule by = rule == null ? Answer.ruleOf(card.basis().inForce()) : rule;
        Answer asked = unit == null ? null : asked(card, by, unit);
        String ranked = level(card, by, asked);
        Instant until = histories.areFiles() ? null : card.basis().knownAt();
        ReportText text = new ReportText(card, by, asOf.reason(), until, known != null);
        (asked == null ? text.lines(ranked) : text.lines(asked, ranked)).forEach(terminal::say);
        if (json != null) {
            Files.writeString(json, CardJson.canonical(CardJson.of(card, ranked, until, false), true) + "\n");
        }
        if (freeze != null) {
            String hash = FrozenCard.write(freeze, CardJson.of(card, ranked, until, true));
            terminal.say("");
            terminal.say("Frozen in " + freeze + ", SHA-256 " + hash);
        }
        return cases.cutShort() ? Tanggap.FILE_CUT_SHORT : 0;
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

    private ReportCard card(Terms terms, CaseHistories cases, Terminal terminal) {
        Compilation compilation = new Compilation(terms, packs(cases));
        cases.forEach(compilation::add, terminal);
        cases.declarations(compilation::add);
        ReportCard card = compilation.card();
        ZoneId zone = card.basis().zone();
        if (card.basis().cases() == 0) {
            throw UserError.failed("no case has an event that occurred before " + AsOf.show(terms.asOf(), zone)
                    + (terms.knownAt() == null ? "" : " and was known at " + AsOf.show(terms.knownAt(), zone))
                    + ": choose a later --as-of" + (terms.knownAt() == null ? "." : " or --known-at."));
        }
        if (card.answers().isEmpty()) {
            throw UserError.failed("no case is of "
                    + (terms.channel() == null
                            ? "category group '" + terms.categoryGroup()
                            : "channel '" + terms.channel())
                    + "'; it has to be spelled as in the reference pack.");
        }
        return card;
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
        // The most numerous; of equally many the first by name.
        return levels.entrySet().stream()
                .reduce((one, other) -> other.getValue() > one.getValue() ? other : one)
                .map(Map.Entry::getKey)
                .orElseThrow(
                        () -> UserError.failed("nobody answers for anything under rule " + rule + " in the period."));
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
        refuse("--json", json != null);
        refuse("--freeze", freeze != null);
        Terms terms = frozen.terms();
        Instant known = terms.knownAt();
        if (histories.areFiles() != (known == null)) {
            throw new UserError("--check " + check
                    + (known == null
                            ? " was made of files: name them by --input and --format."
                            : " was made of a running system: name its Kafka by --bootstrap-servers."));
        }
        CaseHistories cases = open(terminal);
        JsonNode now = CardJson.of(card(terms, cases, terminal), frozen.needed("level"), known, true);
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
