package io.tanggap.flink.state;

import io.tanggap.core.measure.Tally;

/**
 * What to add to one day of a slice.
 *
 * @param slice {@link io.tanggap.core.measure.Slice#id()}
 * @param day epoch day
 */
public record SliceChange(String slice, long day, Tally change) {}
