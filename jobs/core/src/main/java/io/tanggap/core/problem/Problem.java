package io.tanggap.core.problem;

import static java.util.Objects.requireNonNull;

import io.tanggap.core.complaint.Outcome;
import io.tanggap.core.sla.Span;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One problem in the city: a case that goes on in no other, the root, and all cases that go on in it. How many people
 * reported it is not known, for nothing here says who anybody is.
 *
 * @param id the root's case id
 * @param category the root's; of a root that is not known, that of the earliest report
 * @param territory as the category
 * @param channels through which it was reported, sorted
 * @param waits the citizen's clock of each report, the earliest first; at least one
 * @param observedFrom the problem is known only because its earliest report was still open then; null: observed from the start
 * @param channel the channel of the root; of a root that is not known, that of the earliest report
 * @param charged who is credited or charged with the first resolution of the root under the CRM rule
 * @param stops how the cycles of the root ended, in order, see {@link Report#stops}
 * @param others reports that had been dealt with by themselves, at least once, before they were merged; the earliest first
 * @param endedAt the last closing of the root; null while the problem is open
 * @param outcome its outcome; null while the problem is open
 * @param oddities in the order of their declaration
 * @param asOf the latest as-of of its reports
 */
public record Problem(
        String id,
        @Nullable String category,
        @Nullable String territory,
        Set<String> channels,
        List<Wait> waits,
        @Nullable Instant observedFrom,
        String channel,
        String charged,
        List<Stop> stops,
        List<Report> others,
        @Nullable Instant endedAt,
        @Nullable Outcome outcome,
        Set<Oddity> oddities,
        Instant asOf) {

    /**
     * How long whoever sent one report waits: from its submission to the end of the problem. A report of a problem that had
     * ended before it was submitted ends when it was merged, for nobody waited for the problem.
     */
    public record Wait(String caseId, String channel, Span span) {}

    /** What was odd about the merges of a problem. */
    public enum Oddity {
        /**
         * Cases were merged into each other in a circle: each was closed because another one goes on, and nobody works on any.
         * The problem is open.
         */
        MERGE_CIRCLE,
        /** Cases were merged into one of which no event is known. The problem is open, for nobody said that it ended. */
        ROOT_UNSEEN
    }

    private static final Comparator<Report> EARLIEST_FIRST =
            Comparator.comparing(Report::submittedAt).thenComparing(Report::caseId);

    public Problem {
        channels = Collections.unmodifiableSet(new TreeSet<>(channels));
        waits = List.copyOf(waits);
        stops = List.copyOf(stops);
        others = List.copyOf(others);
        oddities = Collections.unmodifiableSet(new TreeSet<>(oddities));
    }

    /**
     * The problem of a case.
     *
     * @param own what the case itself says; null while it says nothing
     * @param merged the reports that {@link Merges} moved to this root, in any order; its own among them says that it is the
     *     root of a circle
     * @return null if it is no problem of its own: the case goes on in another one, or there is no such case
     */
    public static @Nullable Problem of(String caseId, @Nullable Report own, Collection<Report> merged) {
        Report root = own;
        boolean circle = false;
        List<Report> reports = new ArrayList<>();
        for (Report report : merged) {
            if (report.caseId().equals(caseId)) {
                circle = true;
                root = own == null ? report : own;
            } else {
                reports.add(report);
            }
        }
        if (root == null ? reports.isEmpty() : root.isMerged() && !circle) {
            return null;
        }
        if (root != null) {
            reports.add(root);
        }
        reports.sort(EARLIEST_FIRST);
        Set<Oddity> oddities = EnumSet.noneOf(Oddity.class);
        if (root == null) {
            oddities.add(Oddity.ROOT_UNSEEN);
        } else if (root.isMerged()) {
            oddities.add(Oddity.MERGE_CIRCLE);
        }
        Report self = root;
        List<Report> others = reports.stream()
                .filter(report -> !report.equals(self) && !report.stops().isEmpty())
                .toList();
        Report describing = root == null ? reports.get(0) : root;
        Instant endedAt = root == null || root.isMerged() ? null : root.closedAt();
        Set<String> channels = new TreeSet<>();
        List<Wait> waits = new ArrayList<>();
        Instant asOf = Instant.MIN;
        for (Report report : reports) {
            channels.add(report.channel());
            waits.add(new Wait(report.caseId(), report.channel(), wait(report, endedAt)));
            asOf = report.asOf().isAfter(asOf) ? report.asOf() : asOf;
        }
        return new Problem(
                caseId,
                describing.category(),
                describing.territory(),
                channels,
                waits,
                reports.get(0).observedFrom(),
                describing.channel(),
                describing.charged(),
                root == null ? List.of() : root.stops(),
                others,
                endedAt,
                endedAt == null ? null : requireNonNull(root).outcome(),
                oddities,
                asOf);
    }

    private static Span wait(Report report, @Nullable Instant endedAt) {
        boolean cameTooLate = endedAt != null && endedAt.isBefore(report.submittedAt());
        return new Span(report.submittedAt(), cameTooLate ? report.mergedAt() : endedAt);
    }

    /** How often it was reported. */
    public int reports() {
        return waits.size();
    }

    /** The citizen's clock of the problem: from the earliest submission to the end of the root. */
    public Span citizen() {
        return new Span(waits.get(0).span().from(), endedAt);
    }

    /** The first stop that a closing of the root confirmed; null while there is none. */
    public @Nullable Stop firstStop() {
        return stops.isEmpty() ? null : stops.get(0);
    }

    /** While somebody had to see to it: the citizen's clock without the times between a closing and a reopening; in order. */
    public List<Span> open() {
        List<Span> open = new ArrayList<>();
        Instant from = citizen().from();
        for (Stop stop : stops) {
            if (from != null) {
                open.add(new Span(from, stop.closedAt()));
            }
            from = stop.reopenedAt();
        }
        if (from != null) {
            open.add(new Span(from, endedAt));
        }
        return open;
    }

    /** Whether it has not ended. */
    public boolean isOpen() {
        return endedAt == null;
    }
}
