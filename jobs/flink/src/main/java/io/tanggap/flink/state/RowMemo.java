package io.tanggap.flink.state;

import io.tanggap.core.measure.Window;
import java.util.List;

/**
 * What is remembered of a slice beside its tallies.
 *
 * @param asOfMillis the as-of of the first change since the last flush, or of that flush; time never runs backwards from it
 * @param writtenAsOfMillis the as-of of the last flush; {@link Long#MIN_VALUE} before the first
 * @param version the external version of the last emission
 * @param flushAtMillis when the next flush is due, wall clock; {@link CaseMemo#NEVER} for none
 * @param agesAtMillis when rows are written anew because open cases have aged or a day has turned, event time; {@link
 *     CaseMemo#NEVER} for none
 * @param publishedAsOfMillis rows of windows that were final at this as-of are published as they stand; {@link
 *     Long#MIN_VALUE} before the first flush
 * @param rolling the rolling windows that have a row
 */
public record RowMemo(
        long asOfMillis,
        long writtenAsOfMillis,
        long version,
        long flushAtMillis,
        long agesAtMillis,
        long publishedAsOfMillis,
        List<Window> rolling) {
    /** The memo of a row that was never written. */
    public static final RowMemo NEW =
            new RowMemo(Long.MIN_VALUE, Long.MIN_VALUE, 0, CaseMemo.NEVER, CaseMemo.NEVER, Long.MIN_VALUE, List.of());

    public RowMemo {
        rolling = List.copyOf(rolling);
    }

    /** The same with a flush that is due. */
    public RowMemo flushingAt(long asOf, long millis) {
        return new RowMemo(asOf, writtenAsOfMillis, version, millis, agesAtMillis, publishedAsOfMillis, rolling);
    }

    /** After a flush. */
    public static RowMemo written(long asOf, long version, long agesAt, long publishedAsOf, List<Window> rolling) {
        return new RowMemo(asOf, asOf, version, CaseMemo.NEVER, agesAt, publishedAsOf, rolling);
    }
}
