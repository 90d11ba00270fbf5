package io.tanggap.locating;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The ground of one territorial unit.
 *
 * @param unit its code, as channels declare it; ties are decided by its natural order
 * @param polygons may be empty: the unit can then be declared, and be nearest if it has a centre
 * @param centre the point that the distance to the unit is taken from; null is the area centroid of the polygons, and
 *     where there are none, the unit is never the nearest
 */
public record Territory(
        String unit, List<Polygon> polygons, @Nullable Point centre) {

    public Territory {
        requireNonNull(unit, "unit");
        polygons = List.copyOf(polygons);
    }

    /**
     * A point of the map, in degrees of WGS 84.
     *
     * @param latitude north is positive, [-90, 90]
     * @param longitude east is positive, [-180, 180]
     */
    public record Point(double latitude, double longitude) {
        public Point {
            if (!Grid.isLatitude(latitude) || !Grid.isLongitude(longitude)) {
                throw new IllegalArgumentException("no point of the map: latitude " + latitude + ", longitude "
                        + longitude + "; is it longitude that comes first?");
            }
        }
    }

    /**
     * One closed area on the flat map of longitude and latitude, with its holes. It must not cross the antimeridian (RFC
     * 7946 has it cut there). The direction of a ring says nothing.
     *
     * @param shell the outer ring: at least four points, the last one equal to the first
     * @param holes rings of the same form. Where rings overlap against all rules, a point inside an odd number of rings is
     *     inside the polygon
     */
    public record Polygon(List<Point> shell, List<List<Point>> holes) {
        public Polygon {
            shell = ring(shell);
            holes = holes.stream().map(Polygon::ring).toList();
        }

        private static List<Point> ring(List<Point> points) {
            if (points.size() < 4 || !points.get(0).equals(points.get(points.size() - 1))) {
                throw new IllegalArgumentException(
                        "a ring has at least four points, the last equal to the first; this has " + points.size()
                                + (points.isEmpty() ? "" : ", the first " + points.get(0)));
            }
            return List.copyOf(points);
        }
    }
}
