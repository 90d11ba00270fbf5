package io.tanggap.app.cli;

import io.tanggap.core.complaint.Placing;
import io.tanggap.core.reference.ReferencePack;
import io.tanggap.core.reference.ReferencePack.Unit;
import io.tanggap.core.reference.Territory.Ring;
import io.tanggap.intake.Places;
import io.tanggap.locating.Location;
import io.tanggap.locating.Locator;
import io.tanggap.locating.Territory;
import io.tanggap.locating.Territory.Point;
import io.tanggap.locating.Territory.Polygon;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Places of complaints in the lowest territorial units of a pack, those that are there on the day; and counts how they were
 * found. Not for several threads.
 */
final class PackPlaces implements Places {
    private final ReferencePack pack;
    private final Map<String, List<Polygon>> polygons = new HashMap<>();
    /** By the first day on which the units are those. */
    private final TreeMap<LocalDate, Locator> locators = new TreeMap<>();

    private final Map<Placing, Long> found = new EnumMap<>(Placing.class);
    private long unlocated;

    PackPlaces(ReferencePack pack) {
        this.pack = pack;
        pack.territories()
                .forEach(land -> polygons.put(
                        land.unit(),
                        land.polygons().stream()
                                .map(area -> new Polygon(
                                        points(area.outer()),
                                        area.holes().stream()
                                                .map(PackPlaces::points)
                                                .toList()))
                                .toList()));
        Set<LocalDate> changes = new TreeSet<>(Set.of(LocalDate.MIN));
        for (Unit unit : pack.units()) {
            if (unit.validity().from() != null) {
                changes.add(unit.validity().from());
            }
            if (unit.validity().to() != null) {
                changes.add(unit.validity().to());
            }
        }
        changes.forEach(day -> locators.put(day, locator(day)));
    }

    private static List<Point> points(Ring ring) {
        List<Point> points = new ArrayList<>(ring.size());
        for (int i = 0; i < ring.size(); i++) {
            points.add(new Point(ring.latitude(i), ring.longitude(i)));
        }
        return points;
    }

    private Locator locator(LocalDate day) {
        List<Unit> there = pack.units().stream()
                .filter(unit -> unit.kind() == ReferencePack.Kind.TERRITORY
                        && unit.validity().contains(day))
                .toList();
        Set<String> parents = there.stream().map(Unit::parent).collect(Collectors.toSet());
        return Locator.of(
                there.stream()
                        .filter(unit -> !parents.contains(unit.id()))
                        .map(unit ->
                                new Territory(unit.id(), polygons.getOrDefault(unit.id(), List.of()), centre(unit)))
                        .toList(),
                pack.nearestWithinMetres() == null ? 0 : pack.nearestWithinMetres());
    }

    private static @Nullable Point centre(Unit unit) {
        return unit.centroid() == null
                ? null
                : new Point(unit.centroid().latitude(), unit.centroid().longitude());
    }

    /** Whether the pack knows where any of its units is. */
    static boolean areIn(ReferencePack pack) {
        return !pack.territories().isEmpty()
                || (pack.nearestWithinMetres() != null
                        && pack.units().stream().anyMatch(unit -> unit.centroid() != null));
    }

    @Override
    public @Nullable Found find(
            @Nullable String declared, @Nullable Double latitude, @Nullable Double longitude, Instant at) {
        Locator locator =
                locators.floorEntry(LocalDate.ofInstant(at, pack.zone())).getValue();
        Location location = locator.locate(declared, latitude, longitude);
        if (location.unit() == null) {
            unlocated++;
            return null;
        }
        Placing placing = Placing.valueOf(location.method().name());
        found.merge(placing, 1L, Long::sum);
        return new Found(location.unit(), placing);
    }

    /** How many complaints were placed, and how. */
    String told() {
        return String.format(
                Locale.ROOT,
                "%,d by declared unit, %,d by polygon, %,d by the nearest centre, %,d in no unit",
                found.getOrDefault(Placing.DECLARED, 0L),
                found.getOrDefault(Placing.POLYGON, 0L),
                found.getOrDefault(Placing.NEAREST, 0L),
                unlocated);
    }
}
