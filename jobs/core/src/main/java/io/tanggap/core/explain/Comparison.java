package io.tanggap.core.explain;

import static java.util.Objects.requireNonNullElse;

import io.tanggap.core.lifecycle.CaseFold;
import io.tanggap.core.lifecycle.CaseHistory;
import io.tanggap.core.lifecycle.CaseView;
import io.tanggap.core.lifecycle.Cycle;
import io.tanggap.core.reference.Attribution;
import io.tanggap.core.reference.Reference;
import io.tanggap.core.sla.Share;
import io.tanggap.core.sla.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The same cases judged by two references at one as-of, summed by the units that answer for them. Every resolution whose
 * deadline is past counts, of every cycle, as in the figures of the same rule. Keeps the sums and a few examples, never the
 * cases. For one thread.
 */
public final class Comparison {
    private final Reference before;
    private final Reference after;
    private final @Nullable Attribution rule;
    private final Instant asOf;
    private final @Nullable Instant from;
    private final @Nullable Instant to;
    private final int examplesOfAKind;

    private final Map<String, Row> units = new TreeMap<>();
    private final Map<Kind, Changes> changes = new TreeMap<>();
    private Figures totalBefore = Figures.ZERO;
    private Figures totalAfter = Figures.ZERO;
    private long cases;
    private long changedCases;
    private long movedDeadlines;

    /**
     * A comparison without cases.
     *
     * @param rule who answers, on both sides; null is on each side the rule of its pack that is known at the as-of
     * @param from the cases submitted from here on; null is all
     * @param to the cases submitted before; null is all
     * @param examplesOfAKind how many changed cases of each kind of change are kept
     */
    public Comparison(
            Reference before,
            Reference after,
            @Nullable Attribution rule,
            Instant asOf,
            @Nullable Instant from,
            @Nullable Instant to,
            int examplesOfAKind) {
        this.before = before;
        this.after = after;
        this.rule = rule;
        this.asOf = asOf;
        this.from = from;
        this.to = to;
        this.examplesOfAKind = examplesOfAKind;
    }

    /**
     * What a unit answers for, in parts per million of a verdict, so that shares add up exactly.
     *
     * @param met targets kept
     * @param missed targets missed, open ones included
     * @param inherited targets missed by a party that received the case with at most a quarter of the time left; under CRM
     *     alone, and in no share
     * @param undecidable targets of which polls cannot tell; in no share
     */
    public record Figures(long met, long missed, long inherited, long undecidable) {
        /** Nothing. */
        public static final Figures ZERO = new Figures(0, 0, 0, 0);

        /** Both together. */
        public Figures plus(Figures other) {
            return new Figures(
                    met + other.met,
                    missed + other.missed,
                    inherited + other.inherited,
                    undecidable + other.undecidable);
        }

        /** What the share of those in time is taken of. */
        public long due() {
            return met + missed;
        }

        /** Those in time of those due, in [0, 1]; null where nothing was due. */
        public @Nullable Double onTime() {
            return due() == 0 ? null : (double) met / due();
        }

        long distance(Figures other) {
            return Math.abs(met - other.met)
                    + Math.abs(missed - other.missed)
                    + Math.abs(inherited - other.inherited)
                    + Math.abs(undecidable - other.undecidable);
        }
    }

    /**
     * A unit on both sides.
     *
     * @param changedCases cases for which it answers on either side and whose verdict or party differs
     */
    public record Row(String unit, Figures before, Figures after, long changedCases) {
        /** How much differs. */
        public long size() {
            return before.distance(after);
        }
    }

    /** In what a resolution differs; of several the first. */
    public enum Difference {
        VERDICT,
        /** Somebody else answers, or with another share. */
        PARTY,
        /** The same party misses it, and has inherited it on one side only. */
        INHERITED,
        /** The verdict and the party are the same, and the deadline is past on one side only: there alone it counts. */
        DUE
    }

    /**
     * How a resolution differs.
     *
     * @param before null where the case had no such cycle
     * @param after null where the case would have no such cycle
     */
    public record Kind(
            Difference difference,
            @Nullable Verdict before,
            @Nullable Verdict after) implements Comparable<Kind> {
        private static final Comparator<@Nullable Verdict> VERDICTS = Comparator.nullsFirst(Comparator.naturalOrder());

        private static final Comparator<Kind> ORDER = Comparator.comparing(Kind::difference)
                .thenComparing(Kind::before, VERDICTS)
                .thenComparing(Kind::after, VERDICTS);

        @Override
        public int compareTo(Kind other) {
            return ORDER.compare(this, other);
        }
    }

    /**
     * A resolution that is judged otherwise.
     *
     * @param partiesBefore who answers; empty where there is no such cycle
     * @param partiesAfter the same, of the other side
     */
    public record Example(
            String caseId,
            int number,
            @Nullable Cycle before,
            @Nullable Cycle after,
            List<Share> partiesBefore,
            List<Share> partiesAfter) {
        public Example {
            partiesBefore = List.copyOf(partiesBefore);
            partiesAfter = List.copyOf(partiesAfter);
        }
    }

    /**
     * Changes of one kind.
     *
     * @param count how many resolutions
     * @param examples the first of them by case
     */
    public record Changes(Kind kind, long count, List<Example> examples) {
        public Changes {
            examples = List.copyOf(examples);
        }
    }

    /** Judges a case twice, if it was submitted in the period and there is something to be seen of it. */
    public void add(CaseHistory history) {
        CaseView old = CaseFold.fold(history, before, asOf).view();
        CaseView young = CaseFold.fold(history, after, asOf).view();
        if (old == null || young == null || !isInPeriod(old.submittedAt())) {
            return;
        }
        cases++;
        Attribution ruleBefore = requireNonNullElse(rule, old.attribution());
        Attribution ruleAfter = requireNonNullElse(rule, young.attribution());
        Set<String> concerned = new HashSet<>();
        boolean changed = false;
        for (int i = 0; i < Math.max(old.cycles().size(), young.cycles().size()); i++) {
            Cycle was = i < old.cycles().size() ? old.cycles().get(i) : null;
            Cycle is = i < young.cycles().size() ? young.cycles().get(i) : null;
            List<Share> had = was == null ? List.of() : was.accountable().under(ruleBefore);
            List<Share> have = is == null ? List.of() : is.accountable().under(ruleAfter);
            Figures figuresBefore = figures(was, ruleBefore);
            Figures figuresAfter = figures(is, ruleAfter);
            had.forEach(share -> book(share.unit(), figuresBefore, Figures.ZERO, share));
            have.forEach(share -> book(share.unit(), Figures.ZERO, figuresAfter, share));
            totalBefore = totalBefore.plus(times(figuresBefore, Share.WHOLE));
            totalAfter = totalAfter.plus(times(figuresAfter, Share.WHOLE));
            if (was != null && is != null && !Objects.equals(was.deadline(), is.deadline())) {
                movedDeadlines++;
            }
            Verdict verdictBefore = was == null ? null : was.verdict();
            Verdict verdictAfter = is == null ? null : is.verdict();
            Difference difference = verdictBefore != verdictAfter
                    ? Difference.VERDICT
                    : isDecided(verdictAfter) && !had.equals(have)
                            ? Difference.PARTY
                            : figuresBefore.equals(figuresAfter)
                                    ? null
                                    : figuresBefore.equals(Figures.ZERO) || figuresAfter.equals(Figures.ZERO)
                                            ? Difference.DUE
                                            : Difference.INHERITED;
            if (difference != null) {
                note(
                        new Kind(difference, verdictBefore, verdictAfter),
                        new Example(old.caseId(), i + 1, was, is, had, have));
            }
            if (difference != null && difference != Difference.DUE) {
                changed = true;
                had.forEach(share -> concerned.add(share.unit()));
                have.forEach(share -> concerned.add(share.unit()));
            }
        }
        changedCases += changed ? 1 : 0;
        concerned.forEach(unit -> units.compute(
                unit,
                (id, row) -> row == null
                        ? new Row(id, Figures.ZERO, Figures.ZERO, 1)
                        : new Row(id, row.before(), row.after(), row.changedCases() + 1)));
    }

    private boolean isInPeriod(Instant submittedAt) {
        return (from == null || !submittedAt.isBefore(from)) && (to == null || submittedAt.isBefore(to));
    }

    /** Whether somebody is credited with it, or charged with it. */
    private static boolean isDecided(@Nullable Verdict verdict) {
        return verdict == Verdict.MET || (verdict != null && verdict.isMissed());
    }

    /** Where a resolution counts, once its deadline is past; as one whole. */
    private Figures figures(@Nullable Cycle cycle, Attribution rule) {
        if (cycle == null || cycle.deadline() == null || !cycle.deadline().isBefore(asOf)) {
            return Figures.ZERO;
        }
        if (cycle.verdict().isMissed()) {
            // Whom the rule charges by the time that it consumed, or by the place, has inherited nothing.
            return rule == Attribution.CRM && cycle.accountable().inherited()
                    ? new Figures(0, 0, 1, 0)
                    : new Figures(0, 1, 0, 0);
        }
        return cycle.verdict() == Verdict.MET
                ? new Figures(1, 0, 0, 0)
                : cycle.verdict() == Verdict.UNDECIDABLE ? new Figures(0, 0, 0, 1) : Figures.ZERO;
    }

    private static Figures times(Figures figures, int parts) {
        return new Figures(
                figures.met() * parts,
                figures.missed() * parts,
                figures.inherited() * parts,
                figures.undecidable() * parts);
    }

    private void book(String unit, Figures before, Figures after, Share share) {
        if (before.equals(Figures.ZERO) && after.equals(Figures.ZERO)) {
            return;
        }
        units.merge(
                unit,
                new Row(unit, times(before, share.partsPerMillion()), times(after, share.partsPerMillion()), 0),
                (a, b) -> new Row(
                        unit,
                        a.before().plus(b.before()),
                        a.after().plus(b.after()),
                        a.changedCases() + b.changedCases()));
    }

    private void note(Kind kind, Example example) {
        Changes known = changes.get(kind);
        List<Example> examples = new ArrayList<>(known == null ? List.of() : known.examples());
        examples.add(example);
        // The first by case, in whatever order the cases come.
        examples.sort(Comparator.comparing(Example::caseId).thenComparing(Example::number));
        changes.put(
                kind,
                new Changes(
                        kind,
                        known == null ? 1 : known.count() + 1,
                        examples.subList(0, Math.min(examples.size(), examplesOfAKind))));
    }

    /** How many cases were compared. */
    public long cases() {
        return cases;
    }

    /** How many of them have another verdict or another party. */
    public long changedCases() {
        return changedCases;
    }

    /** How many resolutions have another deadline, or one where they had none. */
    public long movedDeadlines() {
        return movedDeadlines;
    }

    /** All units together: each verdict once. */
    public Row total() {
        return new Row("", totalBefore, totalAfter, changedCases);
    }

    /** The units for which something differs, the most changed first. */
    public List<Row> units() {
        return units.values().stream()
                .filter(row -> row.size() > 0 || row.changedCases() > 0)
                .sorted(Comparator.comparingLong(Row::size)
                        .thenComparingLong(Row::changedCases)
                        .reversed()
                        .thenComparing(Row::unit))
                .toList();
    }

    /** How many units answer for something on either side. */
    public int answering() {
        return units.size();
    }

    /** What differs, the most frequent first. */
    public List<Changes> changes() {
        return changes.values().stream()
                .sorted(Comparator.comparingLong(Changes::count).reversed().thenComparing(Changes::kind))
                .toList();
    }
}
