package io.tanggap.core.reference;

/**
 * A place on the earth, WGS 84.
 *
 * @param latitude in degrees, [-90, 90], north positive
 * @param longitude in degrees, [-180, 180], east positive
 */
public record GeoPoint(double latitude, double longitude) {
    public GeoPoint {
        if (!isLatitude(latitude) || !isLongitude(longitude)) {
            throw new IllegalArgumentException(
                    "latitude " + latitude + ", longitude " + longitude + " is no place on the earth");
        }
    }

    /** Whether a number of degrees can be a latitude. */
    public static boolean isLatitude(double degrees) {
        return degrees >= -90 && degrees <= 90;
    }

    /** Whether a number of degrees can be a longitude. */
    public static boolean isLongitude(double degrees) {
        return degrees >= -180 && degrees <= 180;
    }
}
