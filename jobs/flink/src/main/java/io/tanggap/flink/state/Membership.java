package io.tanggap.flink.state;

import static java.util.Objects.requireNonNull;

import io.tanggap.core.problem.Report;
import org.jspecify.annotations.Nullable;

/**
 * A merged report becomes part of a problem, says something else as a part of it, or leaves it.
 *
 * @param problem the root's case id. The root's own report as a part of its problem says that it is the root of a circle
 * @param caseId of the merged case
 * @param report null if it leaves
 */
public record Membership(
        String problem, String caseId, @Nullable Report report) {
    public Membership {
        requireNonNull(problem, "problem");
        requireNonNull(caseId, "caseId");
    }
}
