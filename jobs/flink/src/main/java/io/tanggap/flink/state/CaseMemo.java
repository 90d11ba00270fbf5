package io.tanggap.flink.state;

import io.tanggap.core.measure.Tally;
import java.util.List;
import java.util.Map;

/**
 * What is remembered of a case beside its history.
 *
 * @param asOfMillis the as-of of the last fold, or of the one that is due; time never runs backwards from it
 * @param wakeAtMillis when the case's event-time timer is set; {@link #NEVER} for none
 * @param foldAtMillis when the case is folded that was changed while the job catches up, wall clock; {@link #NEVER} for
 *     none
 * @param version the external version of the last emission
 * @param packs how many packs of the reference log it was folded with
 * @param contributed what it has added to cells, by cell id, as stored
 * @param contributionsVersion the version of the mapping that made {@code contributed}
 * @param content digest of the last case document
 * @param visits digests of the last visit documents
 * @param archived whether the history was given up: a tombstone
 */
public record CaseMemo(
        long asOfMillis,
        long wakeAtMillis,
        long foldAtMillis,
        long version,
        int packs,
        Map<String, Tally> contributed,
        int contributionsVersion,
        long content,
        List<Long> visits,
        boolean archived) {

    /** No timer. */
    public static final long NEVER = Long.MAX_VALUE;

    /** The memo of a case of which nothing was emitted yet. */
    public static final CaseMemo NEW =
            new CaseMemo(Long.MIN_VALUE, NEVER, NEVER, 0, 0, Map.of(), 0, 0, List.of(), false);

    public CaseMemo {
        contributed = Map.copyOf(contributed);
        visits = List.copyOf(visits);
    }

    /** The same with its timer at another time. */
    public CaseMemo wakingAt(long millis) {
        return at(asOfMillis, millis, foldAtMillis);
    }

    /** The same with a fold that is due. */
    public CaseMemo foldingAt(long asOf, long millis) {
        return at(asOf, wakeAtMillis, millis);
    }

    private CaseMemo at(long asOf, long wakeAt, long foldAt) {
        return new CaseMemo(
                asOf, wakeAt, foldAt, version, packs, contributed, contributionsVersion, content, visits, archived);
    }

    /** The tombstone of the case: what it contributed stays in the sums. */
    public CaseMemo archivedAt(long millis) {
        return new CaseMemo(
                millis, NEVER, NEVER, version, packs, Map.of(), contributionsVersion, content, List.of(), true);
    }
}
