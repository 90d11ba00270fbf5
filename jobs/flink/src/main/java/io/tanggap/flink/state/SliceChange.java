package io.tanggap.flink.state;

import io.tanggap.core.measure.Tally;
import org.jspecify.annotations.Nullable;

/**
 * What to add to one day of a slice.
 *
 * @param slice {@link io.tanggap.core.measure.Slice#id()}
 * @param day epoch day
 * @param causes why it is known better; null for what has happened since, and for everything that a replay says
 */
public record SliceChange(
        String slice, long day, Tally change, @Nullable Causes causes) {
    /** What has happened since. */
    public SliceChange(String slice, long day, Tally change) {
        this(slice, day, change, null);
    }
}
