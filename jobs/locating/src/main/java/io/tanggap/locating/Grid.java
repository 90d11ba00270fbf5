package io.tanggap.locating;

import org.locationtech.jts.geom.Coordinate;

/**
 * The whole-numbered grid that points, borders and centres are rounded to before anything is decided: ten millionths of a degree, 11
 * millimetres or less. On it the side of a border on which a point lies is computed without rounding, since differences of
 * coordinates stay below 2^32 and their products within the 106 bits that JTS reckons in.
 */
final class Grid {
    static final double STEPS_PER_DEGREE = 1e7;

    private Grid() {}

    /** False for NaN, too. */
    static boolean isLatitude(double degrees) {
        return degrees >= -90 && degrees <= 90;
    }

    /** False for NaN, too. */
    static boolean isLongitude(double degrees) {
        return degrees >= -180 && degrees <= 180;
    }

    static double steps(double degrees) {
        return Math.rint(degrees * STEPS_PER_DEGREE);
    }

    static double degrees(double steps) {
        return steps / STEPS_PER_DEGREE;
    }

    static Coordinate coordinate(Territory.Point point) {
        return new Coordinate(steps(point.longitude()), steps(point.latitude()));
    }

    static Territory.Point point(Coordinate coordinate) {
        return new Territory.Point(degrees(coordinate.y), degrees(coordinate.x));
    }
}
