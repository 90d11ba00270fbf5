package io.tanggap.flink.state;

import io.tanggap.core.measure.Tally;

/**
 * What is kept of a leaf cell.
 *
 * @param tally the sum of its differences
 * @param version the external version of the last emission; 0 before the first
 * @param flushAtMillis when the next flush is due, wall clock; {@link CaseMemo#NEVER} for none
 */
public record CellSum(Tally tally, long version, long flushAtMillis) {
    /** A cell of which nothing is known yet. */
    public static final CellSum NEW = new CellSum(Tally.ZERO, 0, CaseMemo.NEVER);
}
