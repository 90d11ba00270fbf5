package io.tanggap.flink.state;

/**
 * What is remembered of a cell or a slice beside its tallies.
 *
 * @param asOfMillis the as-of of the last change or flush; time never runs backwards from it
 * @param version the external version of the last emission
 * @param flushAtMillis when the next flush is due, wall clock; {@link CaseMemo#NEVER} for none
 * @param agesAtMillis when rows are written anew because open cases have aged, event time; {@link CaseMemo#NEVER} for none
 */
public record RowMemo(long asOfMillis, long version, long flushAtMillis, long agesAtMillis) {
    /** The memo of a row that was never written. */
    public static final RowMemo NEW = new RowMemo(Long.MIN_VALUE, 0, CaseMemo.NEVER, CaseMemo.NEVER);
}
