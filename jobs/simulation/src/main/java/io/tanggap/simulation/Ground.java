package io.tanggap.simulation;

import io.tanggap.core.reference.GeoPoint;
import io.tanggap.core.reference.ReferencePack;
import io.tanggap.core.reference.ReferencePack.Unit;
import io.tanggap.core.reference.Territory;
import io.tanggap.core.reference.Territory.Polygon;
import io.tanggap.core.reference.Territory.Ring;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a place is, as far as a report can say it with coordinates that mean this place and no other.
 *
 * @param centre in the middle; null if coordinates cannot mean this place
 * @param reachMetres how far from the centre a report may be; below half of the way to the next centre
 * @param polygons its land, within which reports are; empty if the pack has no polygon
 */
record Ground(String unit, @Nullable GeoPoint centre, double reachMetres, List<Polygon> polygons) {
    private static final double METRES_PER_DEGREE = 111_195;
    private static final double MOST_METRES = 900;
    private static final double LEAST_METRES = 30;
    private static final double PART_OF_THE_WAY = 0.4;
    private static final int TRIES = 8;
    private static final double MICRO = 1e6;

    static List<Ground> of(ReferencePack pack, List<Unit> lowest) {
        Map<String, List<Polygon>> land = new HashMap<>();
        for (Territory territory : pack.territories()) {
            land.put(territory.unit(), territory.polygons());
        }
        double farthest = pack.nearestWithinMetres() == null ? 0 : 0.8 * pack.nearestWithinMetres();
        List<Ground> grounds = new ArrayList<>();
        for (Unit unit : lowest) {
            GeoPoint centre = unit.centroid();
            List<Polygon> polygons = land.getOrDefault(unit.id(), List.of());
            double reach =
                    centre == null ? 0 : Math.min(MOST_METRES, PART_OF_THE_WAY * metresToNext(unit, centre, lowest));
            boolean isMeant = land.isEmpty() ? Math.min(reach, farthest) >= LEAST_METRES : !polygons.isEmpty();
            grounds.add(new Ground(
                    unit.id(),
                    isMeant && centre != null && (land.isEmpty() || isIn(polygons, centre)) ? centre : null,
                    land.isEmpty() ? Math.min(reach, farthest) : reach,
                    polygons));
        }
        return grounds;
    }

    private static double metresToNext(Unit unit, GeoPoint centre, List<Unit> others) {
        double next = Double.MAX_VALUE;
        for (Unit other : others) {
            if (!other.equals(unit) && other.centroid() != null) {
                next = Math.min(next, metres(centre, other.centroid()));
            }
        }
        return next;
    }

    /** On a flat earth, which is near enough for neighbours. */
    private static double metres(GeoPoint one, GeoPoint other) {
        double north = (other.latitude() - one.latitude()) * METRES_PER_DEGREE;
        double east = (other.longitude() - one.longitude()) * METRES_PER_DEGREE * shrink(one);
        return StrictMath.sqrt(north * north + east * east);
    }

    /** A degree of longitude, in degrees of latitude. */
    private static double shrink(GeoPoint at) {
        return StrictMath.cos(StrictMath.toRadians(at.latitude()));
    }

    /** A place in it, to the sixth digit; null if there is none that means it. */
    @Nullable
    GeoPoint somewhere(Dice dice) {
        GeoPoint middle = centre;
        if (middle == null) {
            return null;
        }
        for (int attempt = 0; attempt < TRIES; attempt++) {
            double way = reachMetres * StrictMath.sqrt(dice.unit());
            double direction = dice.between(0, 2 * StrictMath.PI);
            GeoPoint point = new GeoPoint(
                    rounded(middle.latitude() + way * StrictMath.sin(direction) / METRES_PER_DEGREE),
                    rounded(middle.longitude() + way * StrictMath.cos(direction) / METRES_PER_DEGREE / shrink(middle)));
            if (polygons.isEmpty() || isIn(polygons, point)) {
                return point;
            }
        }
        return middle;
    }

    private static double rounded(double degrees) {
        return StrictMath.rint(degrees * MICRO) / MICRO;
    }

    private static boolean isIn(List<Polygon> polygons, GeoPoint point) {
        return polygons.stream()
                .anyMatch(polygon ->
                        isIn(polygon.outer(), point) && polygon.holes().stream().noneMatch(hole -> isIn(hole, point)));
    }

    /** Counts the borders that a ray to the east crosses. */
    private static boolean isIn(Ring ring, GeoPoint point) {
        boolean inside = false;
        for (int i = 1; i < ring.size(); i++) {
            double latitude = ring.latitude(i);
            double before = ring.latitude(i - 1);
            if (latitude > point.latitude() != before > point.latitude()) {
                double crossing = ring.longitude(i - 1)
                        + (point.latitude() - before)
                                / (latitude - before)
                                * (ring.longitude(i) - ring.longitude(i - 1));
                if (point.longitude() < crossing) {
                    inside = !inside;
                }
            }
        }
        return inside;
    }
}
