package io.tanggap.app.cli;

import static java.util.Objects.requireNonNull;

import io.tanggap.core.explain.Comparison;
import io.tanggap.core.explain.Comparison.Changes;
import io.tanggap.core.explain.Comparison.Example;
import io.tanggap.core.explain.Comparison.Figures;
import io.tanggap.core.explain.Comparison.Row;
import io.tanggap.core.explain.PackChanges;
import io.tanggap.core.lifecycle.CaseFold;
import io.tanggap.core.lifecycle.Cycle;
import io.tanggap.core.reference.Attribution;
import io.tanggap.core.reference.Reference;
import io.tanggap.core.reference.ReferencePack;
import io.tanggap.core.sla.Accountability;
import io.tanggap.core.sla.Share;
import io.tanggap.core.sla.Verdict;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A comparison of two references in words and figures, in lines of a hundred columns. */
final class ComparisonText {
    private static final int LABEL = 12;
    private static final int NAME = 39;
    /** Chosen: who wants to see more of a long list compares the files. */
    private static final int MOST_LISTED = 12;

    private final Comparison comparison;
    private final Reference before;
    private final Attribution ruleBefore;
    private final ReferencePack proposed;
    private final Attribution ruleAfter;
    private final CaseHistories.DefaultAsOf asOf;
    private final Reference after;
    private final Sheet sheet;

    ComparisonText(
            Comparison comparison,
            Reference before,
            Attribution ruleBefore,
            ReferencePack proposed,
            Attribution ruleAfter,
            CaseHistories.DefaultAsOf asOf) {
        this.comparison = comparison;
        this.before = before;
        this.ruleBefore = ruleBefore;
        this.proposed = proposed;
        this.ruleAfter = ruleAfter;
        this.asOf = asOf;
        this.after = Reference.of(List.of(proposed));
        this.sheet = new Sheet(before.zone());
    }

    List<String> lines(@Nullable LocalDate from, @Nullable LocalDate to, PackChanges changes, int examples) {
        sheet.item(0, LABEL, "Before", packsBefore() + "; rule " + ruleBefore);
        sheet.item(0, LABEL, "After", proposed.id() + ", as if it alone had always been known; rule " + ruleAfter);
        sheet.item(0, LABEL, "As of", sheet.at(asOf.at()) + " (" + asOf.reason() + "), " + before.zone());
        sheet.item(
                0,
                LABEL,
                "Cases",
                (from == null && to == null
                                ? "all"
                                : "submitted" + (from == null ? "" : " from " + from)
                                        + (to == null ? "" : " until before " + to))
                        + String.format(Locale.ROOT, ": %,d", comparison.cases()));
        packs(changes);
        summary();
        units();
        if (examples > 0) {
            examples(examples);
        }
        return sheet.lines();
    }

    private String packsBefore() {
        return before.packsUntil(asOf.at()).stream().map(ReferencePack::id).collect(Collectors.joining(", then "));
    }

    private void packs(PackChanges changes) {
        sheet.section("What differs from " + before.knownAt(asOf.at()).id());
        if (changes.parts().isEmpty()) {
            sheet.item(2, 0, "", "Nothing that judges a case whose events are there.");
        }
        for (PackChanges.Part part : changes.parts()) {
            list(part.name(), "added", part.added());
            list(part.name(), "removed", part.removed());
            list(part.name(), "changed", part.changed());
        }
    }

    private void list(String name, String how, List<String> what) {
        if (!what.isEmpty()) {
            sheet.item(
                    2,
                    22,
                    name,
                    what.size() + " " + how + ": "
                            + String.join(", ", what.subList(0, Math.min(what.size(), MOST_LISTED)))
                            + (what.size() > MOST_LISTED ? ", and " + (what.size() - MOST_LISTED) + " more" : ""));
        }
    }

    private void summary() {
        sheet.section(String.format(
                Locale.ROOT,
                "%,d of %,d cases have another verdict or another party; %,d deadlines move",
                comparison.changedCases(),
                comparison.cases(),
                comparison.movedDeadlines()));
        for (Changes changes : comparison.changes()) {
            sheet.add(String.format(Locale.ROOT, "  %,10d  %s", changes.count(), words(changes.kind())));
        }
    }

    private static String words(Comparison.Kind kind) {
        return switch (kind.difference()) {
            case VERDICT -> word(kind.before()) + " -> " + word(kind.after());
            case PARTY -> word(kind.after()) + " as before, and somebody else answers";
            case INHERITED -> word(kind.after()) + " as before, and on one side only by a party that inherited it";
            case DUE -> word(kind.after()) + " as before, and due by the as-of on one side only; no change of a case";
        };
    }

    private static String word(@Nullable Verdict verdict) {
        return verdict == null ? "no such cycle" : verdict.name();
    }

    private void units() {
        List<Row> rows = comparison.units();
        sheet.section("Resolutions whose deadline is past, by who answers; " + rows.size() + " of "
                + comparison.answering() + " units change");
        sheet.add("On time is met of due, and due is met and missed; inherited and undecidable ones are in no share.");
        boolean undecidable = comparison.total().before().undecidable()
                        + comparison.total().after().undecidable()
                > 0;
        sheet.add(String.format(
                Locale.ROOT,
                "%-" + NAME + "s%6s%9s%9s%9s%11s%9s%8s",
                "",
                "",
                "due",
                "met",
                "missed",
                undecidable ? "inh.+undec." : "inherited",
                "on time",
                "cases"));
        row("All units", comparison.total());
        rows.forEach(row -> {
            String name = name(row.unit());
            row(row.unit().equals(name) || name.startsWith("intake desk") ? name : name + " (" + row.unit() + ")", row);
        });
    }

    private void row(String name, Row row) {
        // The names of offices are long, and differ at their ends.
        List<String> parts = Sheet.wrapped(name, NAME - 1);
        sheet.add(line(parts.get(0), "before", row.before(), ""));
        sheet.add(line(
                parts.size() > 1 ? parts.get(1) : "",
                "after",
                row.after(),
                String.format(Locale.ROOT, "%,d", row.changedCases())));
        parts.stream().skip(2).forEach(sheet::add);
    }

    private String line(String name, String side, Figures figures, String cases) {
        Double onTime = figures.onTime();
        return String.format(
                Locale.ROOT,
                "%-" + NAME + "s%-6s%9s%9s%9s%11s%9s%8s",
                name,
                side,
                count(figures.due()),
                count(figures.met()),
                count(figures.missed()),
                count(figures.inherited()) + (figures.undecidable() == 0 ? "" : "+" + count(figures.undecidable())),
                onTime == null ? "-" : String.format(Locale.ROOT, "%.1f %%", 100 * onTime),
                cases);
    }

    /** Of parts per million; shares of verdicts are shown with a digit. */
    private String count(long parts) {
        boolean shared = ruleBefore == Attribution.SHARE || ruleAfter == Attribution.SHARE;
        return shared
                ? String.format(Locale.ROOT, "%,.1f", (double) parts / Share.WHOLE)
                : String.format(Locale.ROOT, "%,d", parts / Share.WHOLE);
    }

    private String name(String unit) {
        if (unit.startsWith(CaseFold.INTAKE_DESK)) {
            return "intake desk of " + unit.substring(CaseFold.INTAKE_DESK.length());
        }
        if (unit.equals(Accountability.UNLOCATED)) {
            return "nobody: without a place";
        }
        String name = before.name(unit, asOf.at());
        return name.equals(unit) ? after.name(unit, asOf.at()) : name;
    }

    /** Of each kind of change one, then of each the next. */
    private void examples(int most) {
        sheet.section("Some of them: tanggap explain CASE says why, with --reference as it would be");
        List<Deque<Example>> kinds = new ArrayList<>();
        comparison.changes().stream()
                .filter(changes -> changes.kind().difference() != Comparison.Difference.DUE)
                .forEach(changes -> kinds.add(new ArrayDeque<>(changes.examples())));
        List<Example> chosen = new ArrayList<>();
        while (chosen.size() < most && kinds.stream().anyMatch(kind -> !kind.isEmpty())) {
            for (Deque<Example> kind : kinds) {
                if (!kind.isEmpty() && chosen.size() < most) {
                    chosen.add(kind.remove());
                }
            }
        }
        chosen.sort(Comparator.comparing(Example::caseId).thenComparing(Example::number));
        for (Example example : chosen) {
            sheet.add("  " + example.caseId() + (example.number() == 1 ? "" : ", cycle " + example.number()));
            side("before", example.before(), example.partiesBefore());
            side("after", example.after(), example.partiesAfter());
        }
    }

    private void side(String side, @Nullable Cycle cycle, List<Share> parties) {
        if (cycle == null) {
            sheet.item(6, 8, side, "no such cycle");
            return;
        }
        List<String> names = parties.stream()
                .map(share -> name(share.unit())
                        + (share.partsPerMillion() == Share.WHOLE
                                ? ""
                                : String.format(
                                        Locale.ROOT, " %.1f %%", 100.0 * share.partsPerMillion() / Share.WHOLE)))
                .toList();
        sheet.item(
                6,
                8,
                side,
                cycle.verdict()
                        + (cycle.verdict().isMissed() && cycle.accountable().inherited() ? ", inherited" : "")
                        + (cycle.deadline() == null ? "" : ", due " + sheet.at(requireNonNull(cycle.deadline())))
                        + ": " + String.join(", ", names));
    }
}
