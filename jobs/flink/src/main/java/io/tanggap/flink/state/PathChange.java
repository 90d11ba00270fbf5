package io.tanggap.flink.state;

import io.tanggap.core.measure.Tally;
import java.util.List;

/**
 * What to add to one day of every slice of a path: a unit's and those of all units above it.
 *
 * @param slices {@link io.tanggap.core.measure.Slice#id()} of each
 * @param day epoch day
 */
public record PathChange(List<String> slices, long day, Tally change) {
    public PathChange {
        slices = List.copyOf(slices);
    }
}
