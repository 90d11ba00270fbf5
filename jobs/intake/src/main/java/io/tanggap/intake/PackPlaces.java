package io.tanggap.intake;

import io.tanggap.core.complaint.Placing;
import io.tanggap.core.reference.ReferencePack;
import io.tanggap.core.reference.ReferencePack.Unit;
import io.tanggap.core.reference.Territory.Ring;
import io.tanggap.locating.Location;
import io.tanggap.locating.Locator;
import io.tanggap.locating.NoPlace;
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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Places of complaints in the lowest territorial units of a pack, those that are there on the day; and counts how they were
 * found. Not for several threads.
 */
public final class PackPlaces implements Places {
    private final ReferencePack pack;
    private final Map<String, List<Polygon>> polygons = new HashMap<>();
    /** By the first day on which the units are those. */
    private final TreeMap<LocalDate, Units> units = new TreeMap<>();

    private final Map<Placing, Long> found = new EnumMap<>(Placing.class);
    private long unlocated;
    private long swapped;
    private long unknown;

    /** The ids of all that may be declared, and the lowest territories on the map. */
    private record Units(Set<String> declarable, Locator lowest) {}

    public PackPlaces(ReferencePack pack) {
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
        changes.forEach(day -> units.put(day, unitsOf(day)));
    }

    private static List<Point> points(Ring ring) {
        List<Point> points = new ArrayList<>(ring.size());
        for (int i = 0; i < ring.size(); i++) {
            points.add(new Point(ring.latitude(i), ring.longitude(i)));
        }
        return points;
    }

    /** Land may be declared also where the pack does not say that it is land; an office is none. */
    private Units unitsOf(LocalDate day) {
        List<Unit> there = pack.units().stream()
                .filter(unit -> unit.kind() != ReferencePack.Kind.AGENCY
                        && unit.validity().contains(day))
                .toList();
        List<Unit> land = there.stream()
                .filter(unit -> unit.kind() == ReferencePack.Kind.TERRITORY)
                .toList();
        return new Units(
                there.stream().map(Unit::id).collect(Collectors.toSet()),
                Locator.of(
                        lowest(land)
                                .map(unit -> new Territory(
                                        unit.id(), polygons.getOrDefault(unit.id(), List.of()), centre(unit)))
                                .toList(),
                        pack.nearestWithinMetres() == null ? 0 : pack.nearestWithinMetres()));
    }

    /** A unit that names no parent is directly below the city, also where the city has a line of its own. */
    private Stream<Unit> lowest(List<Unit> there) {
        Set<String> parents = there.stream()
                .filter(unit -> !unit.id().equals(pack.city()))
                .map(unit -> unit.parent() == null ? pack.city() : unit.parent())
                .collect(Collectors.toSet());
        return there.stream().filter(unit -> !parents.contains(unit.id()));
    }

    private @Nullable Point centre(Unit unit) {
        return unit.centroid() == null || pack.nearestWithinMetres() == null
                ? null
                : new Point(unit.centroid().latitude(), unit.centroid().longitude());
    }

    /** Whether the pack knows where any of its territories is. */
    public static boolean areIn(ReferencePack pack) {
        return !pack.territories().isEmpty()
                || (pack.nearestWithinMetres() != null
                        && pack.units().stream()
                                .anyMatch(unit ->
                                        unit.kind() == ReferencePack.Kind.TERRITORY && unit.centroid() != null));
    }

    @Override
    public @Nullable Found find(
            @Nullable String declared, @Nullable Double latitude, @Nullable Double longitude, Instant at) {
        Units there = units.floorEntry(LocalDate.ofInstant(at, pack.zone())).getValue();
        if (declared != null) {
            if (there.declarable().contains(declared)) {
                found.merge(Placing.DECLARED, 1L, Long::sum);
                return new Found(declared, Placing.DECLARED);
            }
            unknown++;
        }
        Location location = there.lowest().locate(null, latitude, longitude);
        if (location.unit() == null) {
            unlocated++;
            swapped += location.noPlace() == NoPlace.SWAPPED ? 1 : 0;
            return null;
        }
        Placing placing = Placing.valueOf(location.method().name());
        found.merge(placing, 1L, Long::sum);
        return new Found(location.unit(), placing);
    }

    /** How many complaints were placed, and how; and what looks like a wrong mapping. */
    public String told() {
        String told = String.format(
                Locale.ROOT,
                "%,d by declared unit, %,d by polygon, %,d by the nearest centre, %,d in no unit",
                found.getOrDefault(Placing.DECLARED, 0L),
                found.getOrDefault(Placing.POLYGON, 0L),
                found.getOrDefault(Placing.NEAREST, 0L),
                unlocated);
        if (swapped > 0) {
            told += String.format(
                    Locale.ROOT,
                    "; %,d would be in one with latitude and longitude exchanged: look at the mapping",
                    swapped);
        }
        if (unknown > 0) {
            told += String.format(Locale.ROOT, "; %,d named a unit that the pack does not have on that day", unknown);
        }
        return told;
    }
}
