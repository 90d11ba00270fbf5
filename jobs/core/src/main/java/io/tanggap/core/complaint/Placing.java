package io.tanggap.core.complaint;

/** How the territorial unit of a complaint was found. */
public enum Placing {
    /** The channel named a unit that the reference knows. */
    DECLARED,
    /** The coordinates are in the polygon of the unit, or on its border. */
    POLYGON,
    /** The coordinates are in no polygon; the centre of the unit is the nearest. */
    NEAREST
}
