package io.tanggap.core.problem;

import static java.util.Objects.requireNonNull;

import io.tanggap.core.complaint.CanonicalForm;
import io.tanggap.core.complaint.Outcome;
import io.tanggap.core.lifecycle.CaseView;
import io.tanggap.core.lifecycle.Cycle;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a case says of its problem.
 *
 * @param category null where no event named one
 * @param territory null where no event placed the case
 * @param observedFrom see {@link CaseView#observedFrom()}; null: observed from its submission
 * @param mergedInto the case in which this one goes on; null if it goes on by itself
 * @param mergedAt when the closing came by which it went on there; null if it goes on by itself
 * @param stops how its cycles ended, in order, those as a duplicate left out but for a last one of which no other case is named
 * @param closedAt the last closing; null while the case is open
 * @param outcome the outcome of the last closing; null while the case is open
 * @param charged who is credited or charged with the first resolution under the CRM rule
 * @param asOf the as-of at which the case said so
 */
public record Report(
        String caseId,
        String channel,
        @Nullable String category,
        @Nullable String territory,
        Instant submittedAt,
        @Nullable Instant observedFrom,
        @Nullable String mergedInto,
        @Nullable Instant mergedAt,
        List<Stop> stops,
        @Nullable Instant closedAt,
        @Nullable Outcome outcome,
        String charged,
        Instant asOf) {

    public Report {
        requireNonNull(caseId, "caseId");
        requireNonNull(channel, "channel");
        requireNonNull(submittedAt, "submittedAt");
        requireNonNull(charged, "charged");
        requireNonNull(asOf, "asOf");
        stops = List.copyOf(stops);
        if ((mergedInto == null) != (mergedAt == null)) {
            throw new IllegalArgumentException(caseId + ": what was merged was merged at some time");
        }
    }

    /** What a case says at the as-of of its view. */
    public static Report of(CaseView view) {
        Cycle last = view.cycle();
        Instant closedAt = view.isOpen() ? null : last.closedAt();
        String into = view.mergedInto();
        return new Report(
                view.caseId(),
                view.channel(),
                view.category(),
                view.territory(),
                view.submittedAt(),
                view.observedFrom(),
                into,
                into == null ? null : closedAt,
                stops(view),
                closedAt,
                closedAt == null ? null : last.outcome(),
                view.firstCycle().charged(),
                view.asOf());
    }

    private static List<Stop> stops(CaseView view) {
        List<Stop> stops = new ArrayList<>();
        for (int i = 0; i < view.cycles().size(); i++) {
            Cycle cycle = view.cycles().get(i);
            Instant closedAt = cycle.closedAt();
            Outcome outcome = cycle.outcome();
            boolean goesOn =
                    outcome == Outcome.DUPLICATE && (i + 1 < view.cycles().size() || view.mergedInto() != null);
            if (closedAt == null || outcome == null || goesOn) {
                continue;
            }
            stops.add(new Stop(
                    requireNonNull(cycle.stoppedAt()),
                    closedAt,
                    outcome,
                    view.stoppedBy(cycle),
                    cycle.timed(),
                    i + 1 < view.cycles().size() ? view.cycles().get(i + 1).startedAt() : null));
        }
        return stops;
    }

    /** Whether the case goes on in another one. */
    public boolean isMerged() {
        return mergedInto != null;
    }

    /** Equal for reports that say the same, at whatever as-of. */
    public long digest() {
        CanonicalForm form = new CanonicalForm()
                .text(caseId)
                .text(channel)
                .text(category)
                .text(territory)
                .instant(submittedAt)
                .instant(observedFrom)
                .text(mergedInto)
                .instant(mergedAt)
                .instant(closedAt)
                .text(outcome == null ? null : outcome.name())
                .text(charged);
        for (Stop stop : stops) {
            form.instant(stop.stoppedAt())
                    .instant(stop.closedAt())
                    .text(stop.outcome().name())
                    .text(stop.by())
                    .text(Boolean.toString(stop.timed()))
                    .instant(stop.reopenedAt());
        }
        return form.shortDigest();
    }
}
