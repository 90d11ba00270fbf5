package io.tanggap.locating;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which territory's centre is the nearest to a point on the sphere. */
final class Centres {
    /** The mean radius of the Earth (IUGG). */
    private static final double EARTH_RADIUS_METRES = 6_371_008.8;

    private static final double MILLIS_PER_METRE = 1000;

    // In the order of latitudes, so that a strip of them can be looked at alone.
    private final double[] latitudes;
    private final List<Centre> centres;
    private final double withinMillis;

    private record Centre(int rank, double latitude, double longitude, double cosine) {}

    /** @param millis great-circle distance to the centre, in whole millimetres */
    record Nearest(int rank, long millis) {
        double metres() {
            return millis / MILLIS_PER_METRE;
        }
    }

    /**
     * @param ordered in the order of their units
     * @param withinMetres centres that are farther are none
     */
    Centres(List<Territory> ordered, double withinMetres) {
        List<Centre> found = new ArrayList<>();
        for (int rank = 0; rank < ordered.size(); rank++) {
            Territory territory = ordered.get(rank);
            Territory.Point point =
                    territory.centre() == null ? Areas.centroid(territory.polygons()) : territory.centre();
            if (point != null) {
                double latitude = radiansOnGrid(point.latitude());
                double longitude = radiansOnGrid(point.longitude());
                found.add(new Centre(rank, latitude, longitude, StrictMath.cos(latitude)));
            }
        }
        found.sort(Comparator.comparingDouble(Centre::latitude));
        this.centres = List.copyOf(found);
        this.latitudes = found.stream().mapToDouble(Centre::latitude).toArray();
        this.withinMillis = withinMetres * MILLIS_PER_METRE;
    }

    /**
     * The nearest centre; of centres that are equally far to the millimetre, that of the least rank.
     *
     * @return null where there is none within the distance
     */
    @Nullable
    Nearest nearest(double latitudeDegrees, double longitudeDegrees) {
        double latitude = radiansOnGrid(latitudeDegrees);
        double longitude = radiansOnGrid(longitudeDegrees);
        double cosine = StrictMath.cos(latitude);
        Nearest best = null;
        double reach = angle(withinMillis);
        for (int i = firstFrom(latitude - reach); i < latitudes.length && latitudes[i] <= latitude + reach; i++) {
            Centre centre = centres.get(i);
            // No way is shorter than the one along the meridian: the far ones need no trigonometry.
            if (best == null || Math.abs(centre.latitude() - latitude) <= angle((double) best.millis())) {
                double havLatitude = square(StrictMath.sin((centre.latitude() - latitude) / 2));
                double havLongitude = square(StrictMath.sin((centre.longitude() - longitude) / 2));
                double hav = havLatitude + cosine * centre.cosine() * havLongitude;
                double metres = 2 * EARTH_RADIUS_METRES * StrictMath.asin(Math.min(1, Math.sqrt(hav)));
                Nearest candidate = new Nearest(centre.rank(), Math.round(metres * MILLIS_PER_METRE));
                if (candidate.millis() <= withinMillis && (best == null || isBefore(candidate, best))) {
                    best = candidate;
                }
            }
        }
        return best;
    }

    private static double radiansOnGrid(double degrees) {
        return StrictMath.toRadians(Grid.degrees(Grid.steps(degrees)));
    }

    private static boolean isBefore(Nearest one, Nearest other) {
        return one.millis() < other.millis() || (one.millis() == other.millis() && one.rank() < other.rank());
    }

    /** The angle of a distance, in radians, and a millimetre more: distances are rounded. */
    private static double angle(double millis) {
        return (millis + 1) / MILLIS_PER_METRE / EARTH_RADIUS_METRES;
    }

    private int firstFrom(double latitude) {
        int found = Arrays.binarySearch(latitudes, latitude);
        if (found < 0) {
            return -found - 1;
        }
        while (found > 0 && latitudes[found - 1] == latitude) {
            found--;
        }
        return found;
    }

    private static double square(double value) {
        return value * value;
    }
}
