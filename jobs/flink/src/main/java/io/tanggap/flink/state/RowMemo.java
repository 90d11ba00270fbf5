package io.tanggap.flink.state;

/**
 * What is remembered of a slice beside its tallies.
 *
 * @param asOfMillis the as-of of the last change or flush; time never runs backwards from it
 * @param writtenAsOfMillis the as-of of the last flush; {@link Long#MIN_VALUE} before the first
 * @param version the external version of the last emission
 * @param flushAtMillis when the next flush is due, wall clock; {@link CaseMemo#NEVER} for none
 * @param agesAtMillis when rows are written anew because open cases have aged, event time; {@link CaseMemo#NEVER} for none
 */
public record RowMemo(long asOfMillis, long writtenAsOfMillis, long version, long flushAtMillis, long agesAtMillis) {
    /** The memo of a row that was never written. */
    public static final RowMemo NEW = new RowMemo(Long.MIN_VALUE, Long.MIN_VALUE, 0, CaseMemo.NEVER, CaseMemo.NEVER);

    /** The same with a flush that is due. */
    public RowMemo flushingAt(long asOf, long millis) {
        return new RowMemo(asOf, writtenAsOfMillis, version, millis, agesAtMillis);
    }

    /** After a flush. */
    public static RowMemo written(long asOf, long version, long agesAt) {
        return new RowMemo(asOf, asOf, version, CaseMemo.NEVER, agesAt);
    }
}
