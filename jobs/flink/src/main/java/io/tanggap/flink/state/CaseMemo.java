package io.tanggap.flink.state;

import io.tanggap.core.alert.Alerts;
import io.tanggap.core.measure.Tally;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What is remembered of a case beside its history; of a case whose history was given up, the tombstone.
 *
 * @param asOfMillis the as-of of the last fold, or of the one that is due; time never runs backwards from it
 * @param wakeAtMillis when the case changes next or an event of it is seen, as far as its last fold could tell: an event-time timer is
 *     set then, and one for each event that has come since and is seen before; while a fold is due, the first of what it will show;
 *     {@link #NEVER} for none
 * @param foldAtMillis when the case is folded that was changed while the job catches up, wall clock; {@link #NEVER} for
 *     none
 * @param version the external version of the last emission
 * @param packs how many packs of the reference log it was folded with
 * @param contributed what it has added to cells, by cell id, as stored
 * @param contributionsVersion the version of the mapping that made {@code contributed}
 * @param content digest of the last case document
 * @param visits digests of the last visit documents
 * @param report digest of the last report to the case's problem; 0 before the first
 * @param merged whether that report said that the case goes on in another one
 * @param archived whether the history was given up: a tombstone
 * @param known {@link #fingerprint}s of the events that a tombstone stands for, so that a copy of one is told from news; of
 *     other memos, and of tombstones of layout 1, none
 * @param late {@link #fingerprint}s of what has come since the last fold and occurred before the as-of at which it came, a
 *     copy as often as it came; none unless a fold is due
 * @param evidence what it said last of each piece of evidence: the content of the exhibit, by digest
 * @param alerts what was told of its alerts, by their key
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
        long report,
        boolean merged,
        boolean archived,
        List<Long> known,
        List<Long> late,
        Map<String, Long> evidence,
        Map<String, Alerts.Told> alerts) {

    /** No timer. */
    public static final long NEVER = Long.MAX_VALUE;

    /** The memo of a case of which nothing was emitted yet. */
    public static final CaseMemo NEW = new CaseMemo(
            Long.MIN_VALUE,
            NEVER,
            NEVER,
            0,
            0,
            Map.of(),
            0,
            0,
            List.of(),
            0,
            false,
            false,
            List.of(),
            List.of(),
            Map.of(),
            Map.of());

    public CaseMemo {
        contributed = Map.copyOf(contributed);
        visits = List.copyOf(visits);
        known = List.copyOf(known);
        late = List.copyOf(late);
        evidence = Map.copyOf(evidence);
        alerts = Map.copyOf(alerts);
    }

    /** The same with its timer at another time. */
    public CaseMemo wakingAt(long millis) {
        return at(asOfMillis, millis, foldAtMillis, late);
    }

    /** The same with a fold that is due. */
    public CaseMemo foldingAt(long asOf, long millis) {
        return at(asOf, wakeAtMillis, millis, late);
    }

    /** The same when an event has come that occurred before the as-of. */
    public CaseMemo withLate(String eventId) {
        List<Long> more = new ArrayList<>(late);
        more.add(fingerprint(eventId));
        return at(asOfMillis, wakeAtMillis, foldAtMillis, more);
    }

    /** The same when everything that has come so far was seen. */
    public CaseMemo seenAt(long asOf) {
        return at(asOf, wakeAtMillis, NEVER, List.of());
    }

    private CaseMemo at(long asOf, long wakeAt, long foldAt, List<Long> lateEvents) {
        return new CaseMemo(
                asOf,
                wakeAt,
                foldAt,
                version,
                packs,
                contributed,
                contributionsVersion,
                content,
                visits,
                report,
                merged,
                archived,
                known,
                lateEvents,
                evidence,
                alerts);
    }

    /**
     * The tombstone of a case that had these events. Nothing will be folded or written again: what it contributed stays in the
     * sums, and its documents stay as they are.
     */
    public static CaseMemo tombstone(List<Long> known) {
        return new CaseMemo(
                Long.MIN_VALUE,
                NEVER,
                NEVER,
                0,
                0,
                Map.of(),
                0,
                0,
                List.of(),
                0,
                false,
                true,
                known,
                List.of(),
                Map.of(),
                Map.of());
    }

    /**
     * Eight bytes of an event's id. That a new event of a case has those of a known one happens once in 10<sup>18</sup>.
     *
     * @param eventId 32 hexadecimal digits
     */
    public static long fingerprint(String eventId) {
        return Long.parseUnsignedLong(eventId, 0, 16, 16);
    }
}
