package io.tanggap.flink.state;

import io.tanggap.core.measure.Tally;

/**
 * What to add to one day of every slice of a path.
 *
 * @param day epoch day
 */
public record PathChange(SlicePath path, long day, Tally change) {}
