package io.tanggap.locating;

import io.tanggap.locating.Territory.Point;
import io.tanggap.locating.Territory.Polygon;
import java.util.List;

/** Rectangles, for maps that can be checked in the head. */
final class Shapes {
    private Shapes() {}

    /** A closed ring around [west, east] × [south, north]. */
    static List<Point> box(double west, double south, double east, double north) {
        return List.of(
                new Point(south, west),
                new Point(south, east),
                new Point(north, east),
                new Point(north, west),
                new Point(south, west));
    }

    static Territory territory(String unit, Polygon... polygons) {
        return new Territory(unit, List.of(polygons), null);
    }

    static Polygon polygon(List<Point> shell) {
        return new Polygon(shell, List.of());
    }

    static Polygon polygon(List<Point> shell, List<Point> hole) {
        return new Polygon(shell, List.of(hole));
    }

    static Territory centre(String unit, double latitude, double longitude) {
        return new Territory(unit, List.of(), new Point(latitude, longitude));
    }
}
