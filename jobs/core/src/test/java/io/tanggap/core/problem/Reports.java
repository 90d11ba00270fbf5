package io.tanggap.core.problem;

import io.tanggap.core.Story;
import io.tanggap.core.complaint.Outcome;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reports in minutes after {@link Story#START}. The channel of a case is the part of its id before the colon. */
final class Reports {
    private Reports() {}

    static Report open(String caseId, long submitted) {
        return report(caseId, submitted, null, null, null, null);
    }

    static Report closed(String caseId, long submitted, long closed, Outcome outcome) {
        return report(caseId, submitted, null, null, closed, outcome);
    }

    static Report merged(String caseId, long submitted, String into, long merged) {
        return report(caseId, submitted, into, merged, merged, Outcome.DUPLICATE);
    }

    private static Report report(
            String caseId,
            long submitted,
            @Nullable String into,
            @Nullable Long merged,
            @Nullable Long closed,
            @Nullable Outcome outcome) {
        Instant first = closed == null || outcome == Outcome.DUPLICATE ? null : Story.at(closed);
        return new Report(
                caseId,
                caseId.substring(0, Math.max(0, caseId.indexOf(':'))),
                "roads of " + caseId,
                "place of " + caseId,
                Story.at(submitted),
                null,
                into,
                merged == null ? null : Story.at(merged),
                first == null || outcome == null
                        ? List.of()
                        : List.of(new Stop(first.minusSeconds(60), first, outcome, "A", true, null)),
                closed == null ? null : Story.at(closed),
                outcome,
                "A",
                Story.at(10_000 + submitted));
    }
}
