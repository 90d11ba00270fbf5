package io.tanggap.flink.state;

import static java.util.Objects.requireNonNull;

import io.tanggap.core.problem.Report;
import org.jspecify.annotations.Nullable;

/**
 * News of a problem: what its root says, or a merged report becomes part of it, says something else as a part of it, or leaves
 * it.
 *
 * @param problem the root's case id. The root's own report as a part of its problem says that it is the root of a circle
 * @param caseId of the case that says so
 * @param report null if it leaves
 * @param own whether the root says it of itself
 * @param cause why it is known better; null for what has happened since
 */
public record Membership(
        String problem,
        String caseId,
        @Nullable Report report,
        boolean own,
        @Nullable Cause cause) {
    public Membership {
        requireNonNull(problem, "problem");
        requireNonNull(caseId, "caseId");
    }

    /** A merged report becomes part of a problem, or leaves it. */
    public static Membership merged(String problem, String caseId, @Nullable Report report, @Nullable Cause cause) {
        return new Membership(problem, caseId, report, false, cause);
    }

    /** What a case says of itself. */
    public static Membership own(Report report, @Nullable Cause cause) {
        return new Membership(report.caseId(), report.caseId(), report, true, cause);
    }
}
