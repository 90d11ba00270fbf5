package io.tanggap.locating;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Coordinate;

/**
 * Places complaints on a map of territories: the declared unit if it is known, else the unit whose polygon has the point,
 * else the unit whose centre is the nearest within a distance, else none.
 *
 * <p>The answer is a function of the set of territories and of the arguments. It is the same on every machine and for every
 * order of the territories:
 *
 * <ul>
 *   <li>Points, borders and centres are rounded to ten millionths of a degree, and which side of a border a point lies on is then
 *       computed without any rounding.
 *   <li>A point that several units have, since it lies on their common border or since their polygons overlap, belongs to
 *       the least of their codes. It is no fairer than another rule, but anyone can check it by hand.
 *   <li>A border belongs to the polygon, also that of a hole; the inside of a hole does not.
 *   <li>Of centres that are equally far, to the millimetre, the least code wins.
 * </ul>
 *
 * <p>Immutable, and safe for many threads at once. It is no state: build it anew from the reference.
 */
public final class Locator {
    private final List<String> units;
    private final Set<String> known;
    private final Areas areas;
    private final Centres centres;

    private Locator(List<Territory> ordered, double nearestWithinMetres) {
        this.units = ordered.stream().map(Territory::unit).toList();
        this.known = Set.copyOf(units);
        this.areas = new Areas(ordered);
        this.centres = new Centres(ordered, nearestWithinMetres);
    }

    /**
     * @param territories of one level of units: where a unit and the units below it are both listed, every point of the
     *     ground has two
     * @param nearestWithinMetres 0 or more, up to infinity; with 0 only a point on the centre itself is near it
     * @throws IllegalArgumentException where a unit is listed twice
     */
    public static Locator of(List<Territory> territories, double nearestWithinMetres) {
        if (!(nearestWithinMetres >= 0)) {
            throw new IllegalArgumentException(
                    "nearestWithinMetres must be 0 or more, is " + nearestWithinMetres + " metres");
        }
        Set<String> seen = new HashSet<>();
        for (Territory territory : territories) {
            if (!seen.add(territory.unit())) {
                throw new IllegalArgumentException(
                        "unit " + territory.unit() + " is listed twice: give one territory with all its polygons");
            }
        }
        return new Locator(
                territories.stream()
                        .sorted(Comparator.comparing(Territory::unit))
                        .toList(),
                nearestWithinMetres);
    }

    /**
     * The unit of a complaint.
     *
     * @param declared the code that the channel gave, compared as it is; null if it gave none. A code that no territory has
     *     is noted in the result, and the coordinates decide
     * @param latitude in degrees; whatever a channel may send, NaN included; null if there is none
     * @param longitude as latitude
     */
    public Location locate(@Nullable String declared, @Nullable Double latitude, @Nullable Double longitude) {
        if (declared != null && known.contains(declared)) {
            return Location.declared(declared);
        }
        boolean declaredUnknown = declared != null;
        if (latitude == null || longitude == null) {
            return Location.none(NoPlace.MISSING, declaredUnknown);
        }
        if (!Double.isFinite(latitude) || !Double.isFinite(longitude)) {
            return Location.none(NoPlace.NOT_A_NUMBER, declaredUnknown);
        }
        if (latitude == 0 && longitude == 0) {
            return Location.none(NoPlace.ZERO, declaredUnknown);
        }
        Location found = at(latitude, longitude, declaredUnknown);
        if (found != null) {
            return found;
        }
        if (at(longitude, latitude, declaredUnknown) != null) {
            return Location.none(NoPlace.SWAPPED, declaredUnknown);
        }
        boolean inRange = Grid.isLatitude(latitude) && Grid.isLongitude(longitude);
        return Location.none(inRange ? NoPlace.ELSEWHERE : NoPlace.OUT_OF_RANGE, declaredUnknown);
    }

    private @Nullable Location at(double latitude, double longitude, boolean declaredUnknown) {
        if (!Grid.isLatitude(latitude) || !Grid.isLongitude(longitude)) {
            return null;
        }
        Coordinate point = new Coordinate(Grid.steps(longitude), Grid.steps(latitude));
        int rank = areas.rankAt(point);
        if (rank != Areas.NONE) {
            return Location.inside(units.get(rank), declaredUnknown);
        }
        Centres.Nearest nearest = centres.nearest(latitude, longitude);
        return nearest == null ? null : Location.nearest(units.get(nearest.rank()), nearest.metres(), declaredUnknown);
    }
}
