package io.tanggap.locating;

/** Why a complaint has no territorial unit. The first that holds is the reason. */
public enum NoPlace {
    /** There is no coordinate, or only half of one. */
    MISSING,
    /** Latitude or longitude is NaN or infinite. */
    NOT_A_NUMBER,
    /** Latitude and longitude are both exactly zero, which is what a device or a form says when it does not know. */
    ZERO,
    /**
     * The point as it stands has no unit, and has one when latitude and longitude are exchanged. It is not put right: a
     * channel that mixes them up is to be mended in its mapping, where it is seen.
     */
    SWAPPED,
    /** The latitude is beyond ±90 degrees or the longitude beyond ±180. */
    OUT_OF_RANGE,
    /** A place, but in no polygon and near no centre. */
    ELSEWHERE
}
