package io.tanggap.flink.state;

import org.jspecify.annotations.Nullable;

/**
 * A slice of a unit and, link by link, the slices cut in the same way of all units above it.
 *
 * @param slice {@link io.tanggap.core.measure.Slice#id()}
 * @param above null at the top
 */
public record SlicePath(String slice, @Nullable SlicePath above) {}
