package io.tanggap.core.reference;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The land of a territorial unit: one or several polygons. Only carried here; who finds the unit of a place builds an index
 * of its own.
 *
 * @param unit id of the unit
 */
public record Territory(String unit, List<Polygon> polygons) {
    public Territory {
        requireNonNull(unit, "unit");
        polygons = List.copyOf(polygons);
        if (polygons.isEmpty()) {
            throw new IllegalArgumentException("the territory of " + unit + " has no polygon");
        }
    }

    /**
     * A connected piece of land.
     *
     * @param outer its border
     * @param holes what is inside the border and no part of it
     */
    public record Polygon(Ring outer, List<Ring> holes) {
        public Polygon {
            requireNonNull(outer, "outer");
            holes = List.copyOf(holes);
        }
    }

    /**
     * A closed line; its direction means nothing.
     *
     * @param coordinates longitude, latitude, longitude, latitude, ... in degrees, WGS 84; at least four points, of which
     *     the last is the first. Not to be changed.
     */
    @SuppressWarnings("ArrayRecordComponent") // equals and hashCode below compare the coordinates
    public record Ring(double[] coordinates) {
        public Ring {
            int length = coordinates.length;
            if (length < 8 || length % 2 != 0) {
                throw new IllegalArgumentException(
                        "a ring has at least four points of two coordinates, this one has " + length + " coordinates");
            }
            if (coordinates[0] != coordinates[length - 2] || coordinates[1] != coordinates[length - 1]) {
                throw new IllegalArgumentException("a ring is closed: its last point must be its first");
            }
            for (int i = 0; i < length; i += 2) {
                if (!GeoPoint.isLongitude(coordinates[i]) || !GeoPoint.isLatitude(coordinates[i + 1])) {
                    throw new IllegalArgumentException("longitude " + coordinates[i] + ", latitude "
                            + coordinates[i + 1] + " is no place on the earth");
                }
            }
        }

        /** The number of points, the repeated first one counted twice. */
        public int size() {
            return coordinates.length / 2;
        }

        /** The longitude of a point, in degrees. */
        public double longitude(int point) {
            return coordinates[2 * point];
        }

        /** The latitude of a point, in degrees. */
        public double latitude(int point) {
            return coordinates[2 * point + 1];
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Ring that && Arrays.equals(coordinates, that.coordinates);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(coordinates);
        }
    }
}
