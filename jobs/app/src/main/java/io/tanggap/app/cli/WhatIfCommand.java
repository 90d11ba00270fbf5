package io.tanggap.app.cli;

import static java.util.Objects.requireNonNullElse;

import io.tanggap.core.explain.Comparison;
import io.tanggap.core.explain.PackChanges;
import io.tanggap.core.reference.Attribution;
import io.tanggap.core.reference.Reference;
import io.tanggap.core.reference.ReferencePack;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tanggap whatif}: what a proposed reference would change. */
@Command(
        name = "whatif",
        description = {
            "Judges every case of a period twice, as it is judged and under a proposed reference pack as if that alone had"
                    + " always been known, and shows what would change, unit by unit. Nothing is written.",
            "Cases are read from Kafka one partition after the other, so memory must hold the events of the largest"
                    + " partition (some 500 bytes each; TANGGAP_HEAP sets the heap); those of files must fit in whole."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class WhatIfCommand implements Callable<Integer> {
    @Option(
            names = "--reference",
            required = true,
            paramLabel = "PACK",
            description = "The proposed reference pack: a directory, or the name of a built-in one.")
    private String proposed = "";

    @Mixin
    private HistoryOptions histories = new HistoryOptions();

    @Option(
            names = "--against",
            paramLabel = "PACK",
            description =
                    "Compare with this pack. Default: the packs that were published; of files, the mapping's section"
                            + " reference.")
    private @Nullable String against;

    @Option(
            names = "--from",
            paramLabel = "DAY",
            description = "Cases submitted on this day of the city or later. Default: all.")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "DAY", description = "Cases submitted before this day. Default: all.")
    private @Nullable String to;

    @Option(
            names = "--rule",
            paramLabel = "RULE",
            description =
                    "Who answers, on both sides: ${COMPLETION-CANDIDATES}. Default: on each side the rule of its pack.")
    private @Nullable Attribution rule;

    @Option(
            names = "--cases",
            paramLabel = "N",
            defaultValue = "0",
            description = "List so many cases that change, to look at with tanggap explain.")
    private int examples;

    @Override
    public Integer call() throws Exception {
        Terminal terminal = Terminal.system();
        if (examples < 0) {
            throw new UserError("--cases " + examples + " is no number of cases: give 0 or more.");
        }
        LocalDate first = from == null ? null : AsOf.day("--from", from);
        LocalDate last = to == null ? null : AsOf.day("--to", to);
        if (first != null && last != null && !first.isBefore(last)) {
            throw new UserError("--from " + first + " is not before --to " + last + ", which is the first day after.");
        }
        ReferencePack pack = PackOption.usable(proposed);
        ReferencePack other = against == null ? null : PackOption.usable(against);
        CaseHistories cases = histories.open(other, null, terminal);
        Reference before = ExplainCommand.reference(other, cases);
        ZoneId zone = before.zone();
        CaseHistories.DefaultAsOf asOf = histories.asOf(cases, zone, terminal);
        ReferencePack known = before.knownAt(asOf.at());
        if (!known.city().equals(pack.city()) || !zone.equals(pack.zone())) {
            throw new UserError("pack " + pack.id() + " is of city " + pack.city() + " in " + pack.zone()
                    + ", and the cases are of " + known.city() + " in " + zone + ": name a pack of that city.");
        }
        Comparison comparison = new Comparison(
                before, Reference.of(List.of(pack)), rule, asOf.at(), start(first, zone), start(last, zone), examples);
        cases.forEach(comparison::add, terminal);
        ComparisonText text = new ComparisonText(
                comparison,
                before,
                requireNonNullElse(rule, known.attributionInForce()),
                pack,
                requireNonNullElse(rule, pack.attributionInForce()),
                asOf);
        text.lines(first, last, PackChanges.of(known, pack), examples).forEach(terminal::say);
        return cases.cutShort() ? Tanggap.FILE_CUT_SHORT : 0;
    }

    private static @Nullable Instant start(@Nullable LocalDate day, ZoneId zone) {
        return day == null ? null : day.atStartOfDay(zone).toInstant();
    }
}
