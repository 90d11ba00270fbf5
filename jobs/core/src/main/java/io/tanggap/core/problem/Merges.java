package io.tanggap.core.problem;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which case goes on in which, and in which one all of them end up: the root, whose problem it is. A case goes on in at most
 * one other, so what hangs together has one root:
 *
 * <pre>
 *   A → B → C          C
 *   A → B → C → B      a circle, wrongly: of its merges the latest one, by time, then by case, does not count, and the case
 *                      that it was to move is the root. Who made it could have seen the others.
 * </pre>
 *
 * Roots are a function of the merges that are known, in whatever order they came. A case of which nothing is known but that
 * others were merged into it is a root too.
 */
public final class Merges {
    private final Map<String, Edge> edges = new HashMap<>();
    private final Map<String, Set<String>> mergedInto = new HashMap<>();

    private record Edge(String from, String into, Instant at) {}

    /**
     * The report of a merged case moves from one problem to another.
     *
     * @param from the root whose problem it was part of; null if it was not merged
     * @param to the root whose problem it is part of; null if it is merged no more. {@code from} where only what the case
     *     says has changed
     */
    public record Move(
            String caseId, @Nullable String from, @Nullable String to) {}

    /** The forest that reports of merged cases form. */
    public static Merges of(Iterable<Report> reports) {
        Merges merges = new Merges();
        reports.forEach(merges::put);
        return merges;
    }

    /**
     * Takes what a case says now in place of what it said before.
     *
     * @return what moves: the case itself, if it is or was merged, and every case that goes on in it, however deep
     */
    public List<Move> learn(Report report) {
        String caseId = report.caseId();
        boolean wasMerged = edges.containsKey(caseId);
        String before = rootOf(caseId);
        put(report);
        String after = rootOf(caseId);
        List<Move> moves = new ArrayList<>();
        if (wasMerged || report.isMerged()) {
            moves.add(new Move(caseId, wasMerged ? before : null, report.isMerged() ? after : null));
        }
        if (!before.equals(after)) {
            // Whoever went on in this case does so whatever became of it; all of them had its root, and have it now.
            for (String other : goingOnIn(caseId)) {
                moves.add(new Move(other, before, after));
            }
        }
        return moves;
    }

    private void put(Report report) {
        String caseId = report.caseId();
        Edge old = edges.remove(caseId);
        if (old != null) {
            Set<String> siblings = requireNonNull(mergedInto.get(old.into()));
            siblings.remove(caseId);
            if (siblings.isEmpty()) {
                mergedInto.remove(old.into());
            }
        }
        if (report.mergedInto() != null && report.mergedAt() != null) {
            edges.put(caseId, new Edge(caseId, report.mergedInto(), report.mergedAt()));
            mergedInto
                    .computeIfAbsent(report.mergedInto(), into -> new HashSet<>())
                    .add(caseId);
        }
    }

    /** The case in which a case ends up; itself if it was not merged, or is the root of a circle. */
    public String rootOf(String caseId) {
        Set<String> way = new LinkedHashSet<>();
        String at = caseId;
        while (way.add(at)) {
            Edge edge = edges.get(at);
            if (edge == null) {
                return at;
            }
            at = edge.into();
        }
        String entry = at;
        return way.stream()
                .dropWhile(step -> !step.equals(entry))
                .map(edges::get)
                .max(Comparator.comparing(Edge::at).thenComparing(Edge::from))
                .orElseThrow()
                .from();
    }

    /** Every other case that goes on in this one, directly or through others. */
    private Set<String> goingOnIn(String caseId) {
        Set<String> found = new LinkedHashSet<>();
        Deque<String> open = new ArrayDeque<>(List.of(caseId));
        while (!open.isEmpty()) {
            for (String source : mergedInto.getOrDefault(open.remove(), Set.of())) {
                if (!source.equals(caseId) && found.add(source)) {
                    open.add(source);
                }
            }
        }
        return found;
    }
}
