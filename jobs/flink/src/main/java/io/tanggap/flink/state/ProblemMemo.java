package io.tanggap.flink.state;

import io.tanggap.core.problem.Report;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of a problem beside the reports that were merged into it.
 *
 * @param own what its root says; null while it has said nothing
 * @param version the external version of the last emission; 0 before the first
 * @param content digest of the last document; 0 before the first
 * @param flushAtMillis when the next flush is due, wall clock; {@link CaseMemo#NEVER} for none
 */
public record ProblemMemo(@Nullable Report own, long version, long content, long flushAtMillis) {
    /** A problem of which nothing was emitted yet. */
    public static final ProblemMemo NEW = new ProblemMemo(null, 0, 0, CaseMemo.NEVER);

    /** The same with what its root says now. */
    public ProblemMemo with(Report said) {
        return new ProblemMemo(said, version, content, flushAtMillis);
    }

    /** The same with a flush that is due. */
    public ProblemMemo flushingAt(long millis) {
        return new ProblemMemo(own, version, content, millis);
    }

    /** After a flush. */
    public ProblemMemo written(long emitted, long digest) {
        return new ProblemMemo(own, emitted, digest, CaseMemo.NEVER);
    }
}
