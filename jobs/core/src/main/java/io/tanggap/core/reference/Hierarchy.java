package io.tanggap.core.reference;

import io.tanggap.core.reference.Reference.Version;
import io.tanggap.core.reference.ReferencePack.Unit;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is below what: the units of one day, as one pack knows them. Cases outlive units and come before their time, so a
 * unit that is not there on the day is as its last line before says, else as its first one to come.
 */
public final class Hierarchy {
    private final Version version;
    private final LocalDate day;
    private final boolean succeeded;
    private final String name;

    /** @param succeeded whether units that are no more are replaced by their successors */
    Hierarchy(Version version, LocalDate day, boolean succeeded, String name) {
        this.version = version;
        this.day = day;
        this.succeeded = succeeded;
        this.name = name;
    }

    /** Hierarchies of one name have the same paths and category groups. */
    public String name() {
        return name;
    }

    /** The unit and every unit above it, nearest first, the city last. */
    public List<String> path(String unit) {
        List<String> path = new ArrayList<>();
        String city = version.pack.city();
        String next = standing(unit);
        // Lines of different days need not be without a cycle, unless somebody has checked them.
        while (!next.equals(city) && !path.contains(next)) {
            path.add(next);
            String parent = parent(next);
            next = parent == null ? city : standing(parent);
        }
        path.add(city);
        return path;
    }

    private @Nullable String parent(String unit) {
        Unit line = version.nearestLine(unit, day);
        return line == null ? null : line.parent();
    }

    /** Who stands for a unit on the day. Ends, for a successor is there when its predecessor goes, and so ends later. */
    private String standing(String unit) {
        String standing = unit;
        while (succeeded && version.line(standing, day) == null) {
            Unit last = version.lastLine(standing, day);
            if (last == null || last.successor() == null) {
                break;
            }
            standing = last.successor();
        }
        return standing;
    }

    /** The level of a unit; the root is {@code city}, a unit that the pack does not list is {@code unlisted}. */
    public String level(String unit) {
        Unit line = version.nearestLine(unit, day);
        if (line != null) {
            return line.level();
        }
        return unit.equals(version.pack.city()) ? "city" : "unlisted";
    }

    /** What people call a unit; its id if the pack does not list it. */
    public String nameOf(String unit) {
        Unit line = version.nearestLine(unit, day);
        return line == null ? unit : line.name();
    }

    /**
     * How many people live in a territory: what its line says, else the sum of the territories right below it, if all of these have
     * a number. Null if not known.
     */
    public @Nullable Long residents(String unit) {
        Unit line = version.nearestLine(unit, day);
        if (line != null && line.population() != null) {
            return line.population();
        }
        Long sum = null;
        for (Unit below : version.territoriesBelow(unit, day)) {
            Long residents = residents(below.id());
            if (residents == null) {
                return null;
            }
            sum = sum == null ? residents : sum + residents;
        }
        return sum;
    }

    /**
     * Where a map shows a territory: the place in its middle that its line names. Null if it names none, or if a territory below it,
     * however far, has a place: a map shows the lowest that are known, so that no point stands for what other points show.
     */
    public @Nullable GeoPoint location(String unit) {
        Unit line = version.nearestLine(unit, day);
        return line == null || hasPlaceBelow(unit) ? null : line.centroid();
    }

    private boolean hasPlaceBelow(String unit) {
        return version.territoriesBelow(unit, day).stream()
                .anyMatch(below -> below.centroid() != null || hasPlaceBelow(below.id()));
    }

    /** The group of a category. */
    public String groupOf(String category) {
        return version.pack.categoryGroups().getOrDefault(category, ReferencePack.OTHER);
    }
}
