package io.tanggap.flink.state;

import io.tanggap.core.measure.Tally;
import io.tanggap.core.problem.Report;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of a problem beside the reports that were merged into it.
 *
 * @param own what its root says; null while it has said nothing
 * @param version the external version of the last emission; 0 before the first
 * @param content digest of the last document; 0 before the first
 * @param flushAtMillis when the next flush is due, wall clock; {@link CaseMemo#NEVER} for none
 * @param asOfMillis the as-of of the last news or flush; time never runs backwards from it
 * @param wakeAtMillis when its contributions change by themselves, event time; {@link CaseMemo#NEVER} for never
 * @param packs how many packs it was counted under; 0 before the first flush
 * @param contributedAsOfMillis as of when
 * @param contributed by cell id
 * @param cause why what has come since is known better; null if it has happened since
 */
public record ProblemMemo(
        @Nullable Report own,
        long version,
        long content,
        long flushAtMillis,
        long asOfMillis,
        long wakeAtMillis,
        int packs,
        long contributedAsOfMillis,
        Map<String, Tally> contributed,
        @Nullable Cause cause) {
    /** A problem of which nothing was emitted yet. */
    public static final ProblemMemo NEW = new ProblemMemo(
            null, 0, 0, CaseMemo.NEVER, Long.MIN_VALUE, CaseMemo.NEVER, 0, Long.MIN_VALUE, Map.of(), null);

    public ProblemMemo {
        contributed = Map.copyOf(contributed);
    }

    /** The same with news. */
    public ProblemMemo with(Membership news) {
        return new ProblemMemo(
                news.own() ? news.report() : own,
                version,
                content,
                flushAtMillis,
                asOfMillis,
                wakeAtMillis,
                packs,
                contributedAsOfMillis,
                contributed,
                news.cause());
    }

    /** The same when what has come is contributed. */
    public ProblemMemo contributing(long asOf, Map<String, Tally> tallies) {
        return new ProblemMemo(own, version, content, flushAtMillis, asOf, wakeAtMillis, packs, asOf, tallies, null);
    }

    /** The same with a flush that is due. */
    public ProblemMemo flushingAt(long asOf, long millis) {
        return new ProblemMemo(
                own, version, content, millis, asOf, wakeAtMillis, packs, contributedAsOfMillis, contributed, cause);
    }
}
