package io.tanggap.flink.state;

import io.tanggap.core.measure.Tally;
import org.jspecify.annotations.Nullable;

/**
 * What to add to one day of every slice of a path.
 *
 * @param day epoch day
 * @param cause why it is known better; null for what has happened since, and for everything that a replay says
 */
public record PathChange(
        SlicePath path, long day, Tally change, @Nullable Cause cause) {
    /** What has happened since. */
    public PathChange(SlicePath path, long day, Tally change) {
        this(path, day, change, null);
    }
}
