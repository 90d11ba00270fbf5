package io.tanggap.app.cli;

import io.tanggap.core.explain.Explanation;
import io.tanggap.core.lifecycle.CaseHistory;
import io.tanggap.core.reference.Reference;
import io.tanggap.core.reference.ReferencePack;
import io.tanggap.core.wording.Nearest;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tanggap explain}: why a case stands as it stands. */
@Command(
        name = "explain",
        description = {
            "Explains a case so that its verdict can be checked with a pencil: its history, in whose hands it was, every"
                    + " clock day by day with the running sum, every holiday and pause, who was charged for what under"
                    + " which rule, and the lines of the reference that decided.",
            "Of a running system it reads the partition of the case from Kafka; of files, the files. Nothing is written."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class ExplainCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "CASE",
            description = "Id of the case: the channel, a colon and the channel's number, such as qlue:Q-118233.")
    private String caseId = "";

    @Mixin
    private HistoryOptions histories = new HistoryOptions();

    @Option(
            names = "--reference",
            paramLabel = "PACK",
            description =
                    "Judge by this reference pack, as if it alone had always been known: a directory, or the name of"
                            + " a built-in one. Default: the packs that were published; of files, the mapping's section"
                            + " reference.")
    private @Nullable String pack;

    @Override
    public Integer call() throws Exception {
        Terminal terminal = Terminal.system();
        if (caseId.indexOf(':') < 1 || caseId.endsWith(":")) {
            throw new UserError(
                    "'" + caseId + "' is no id of a case: give the channel, a colon and the channel's number,"
                            + " such as qlue:Q-118233.");
        }
        ReferencePack named = pack == null ? null : PackOption.usable(pack);
        CaseHistories cases = histories.open(named, caseId, terminal);
        Reference reference = reference(named, cases);
        CaseHistories.Found found = cases.find(caseId, terminal);
        if (found.events().isEmpty()) {
            throw UserError.failed("there is no event of case " + caseId + " in " + found.where() + ": "
                    + (found.others().isEmpty()
                            ? "there is none of any case."
                            : "is it misspelt? The nearest of " + found.others().size() + " cases there is '"
                                    + Nearest.of(caseId, found.others()).orElseThrow() + "'.")
                    + " A record that could not be used is found with tanggap dead-letters.");
        }
        ZoneId zone = reference.zone();
        CaseHistories.DefaultAsOf asOf = histories.asOf(cases, zone, terminal);
        CaseHistory history = CaseHistory.of(found.events());
        Explanation explanation = Explanation.of(history, reference, asOf.at())
                .orElseThrow(() -> UserError.failed("case " + caseId + " has no event before the as-of, "
                        + AsOf.show(asOf.at(), zone) + " (" + asOf.reason() + "): its first one is of "
                        + AsOf.show(history.events().get(0).occurredAt(), zone) + "; name a later --as-of."));
        new ExplanationText(explanation, reference)
                .lines(asOf.reason(), found.where())
                .forEach(terminal::say);
        return cases.cutShort() ? Tanggap.FILE_CUT_SHORT : 0;
    }

    static Reference reference(@Nullable ReferencePack named, CaseHistories cases) {
        List<ReferencePack> packs = named == null ? cases.packs() : List.of(named);
        if (packs.isEmpty()) {
            throw UserError.failed(
                    "there is no reference pack that could judge: publish one with tanggap reference publish,"
                            + " or name one by --reference.");
        }
        return Reference.of(packs);
    }
}
