package io.tanggap.core.problem;

import static java.util.Objects.requireNonNull;

import io.tanggap.core.complaint.CanonicalForm;
import io.tanggap.core.complaint.Outcome;
import io.tanggap.core.lifecycle.CaseView;
import io.tanggap.core.lifecycle.Cycle;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a case says of its problem.
 *
 * @param category null where no event named one
 * @param territory null where no event placed the case
 * @param mergedInto the case in which this one goes on; null if it goes on by itself
 * @param mergedAt when the closing came by which it went on there; null if it goes on by itself
 * @param firstStoppedAt the stop that {@code firstClosedAt} confirmed; null without that
 * @param firstClosedAt the first closing, those as a duplicate left out, which end nothing; null while there is none
 * @param firstOutcome the outcome of that closing; null without it
 * @param closedAt the last closing; null while the case is open
 * @param outcome the outcome of the last closing; null while the case is open
 * @param asOf the as-of at which the case said so
 */
public record Report(
        String caseId,
        String channel,
        @Nullable String category,
        @Nullable String territory,
        Instant submittedAt,
        @Nullable String mergedInto,
        @Nullable Instant mergedAt,
        @Nullable Instant firstStoppedAt,
        @Nullable Instant firstClosedAt,
        @Nullable Outcome firstOutcome,
        @Nullable Instant closedAt,
        @Nullable Outcome outcome,
        Instant asOf) {

    public Report {
        requireNonNull(caseId, "caseId");
        requireNonNull(channel, "channel");
        requireNonNull(submittedAt, "submittedAt");
        requireNonNull(asOf, "asOf");
        if ((mergedInto == null) != (mergedAt == null)) {
            throw new IllegalArgumentException(caseId + ": what was merged was merged at some time");
        }
    }

    /** What a case says at the as-of of its view. */
    public static Report of(CaseView view) {
        Cycle last = view.cycle();
        Instant closedAt = view.isOpen() ? null : last.closedAt();
        Cycle first = view.cycles().stream()
                .filter(cycle -> cycle.closedAt() != null && cycle.outcome() != Outcome.DUPLICATE)
                .findFirst()
                .orElse(null);
        String into = view.mergedInto();
        return new Report(
                view.caseId(),
                view.channel(),
                view.category(),
                view.territory(),
                view.submittedAt(),
                into,
                into == null ? null : closedAt,
                first == null ? null : first.stoppedAt(),
                first == null ? null : first.closedAt(),
                first == null ? null : first.outcome(),
                closedAt,
                closedAt == null ? null : last.outcome(),
                view.asOf());
    }

    /** Whether the case goes on in another one. */
    public boolean isMerged() {
        return mergedInto != null;
    }

    /** Equal for reports that say the same, at whatever as-of. */
    public long digest() {
        String digest = new CanonicalForm()
                .text(caseId)
                .text(channel)
                .text(category)
                .text(territory)
                .instant(submittedAt)
                .text(mergedInto)
                .instant(mergedAt)
                .instant(firstStoppedAt)
                .instant(firstClosedAt)
                .text(firstOutcome == null ? null : firstOutcome.name())
                .instant(closedAt)
                .text(outcome == null ? null : outcome.name())
                .digest();
        return Long.parseUnsignedLong(digest, 0, 16, 16);
    }
}
