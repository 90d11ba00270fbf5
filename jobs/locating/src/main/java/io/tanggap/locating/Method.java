package io.tanggap.locating;

/** How a complaint came to its territorial unit, from the surest to none. */
public enum Method {
    /** The channel named a unit that is known; coordinates were not looked at. */
    DECLARED,
    /** The unit's polygons cover the point, or touch it. */
    POLYGON,
    /** No polygon has the point; the unit's centre is the nearest within the distance that is allowed. */
    NEAREST,
    /** There is no unit, and a {@link NoPlace} says why. */
    UNLOCATED
}
