package io.tanggap.core.release;

import io.tanggap.core.reference.Category;
import io.tanggap.core.reference.Channel;
import io.tanggap.core.reference.GeoPoint;
import io.tanggap.core.reference.Hierarchy;
import io.tanggap.core.reference.PauseRule;
import io.tanggap.core.reference.Reference;
import io.tanggap.core.reference.ReferencePack;
import io.tanggap.core.reference.ReferencePack.Kind;
import io.tanggap.core.reference.ReferencePack.Unit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The words of a release: those of the pack known at the as-of, and no others. What a source calls a unit, a category, a channel or
 * a reason is kept by the fold under its own name where the reference does not list it; such a name may be that of a
 * person, and is never released.
 */
public final class Published {
    /** In place of what the reference does not list. */
    public static final String UNLISTED = "unlisted";

    private final ReferencePack pack;
    private final Hierarchy hierarchy;
    private final Map<String, Unit> units = new HashMap<>();
    private final Map<String, Category> categories = new HashMap<>();
    private final Set<String> channels = new HashSet<>();
    private final Set<String> reasons = new HashSet<>();
    private final Map<String, List<String>> paths = new HashMap<>();
    private final int deepest;

    /** The words known at an as-of. */
    public Published(Reference reference, Instant asOf) {
        pack = reference.knownAt(asOf);
        hierarchy = reference.hierarchy(asOf);
        pack.units().forEach(unit -> units.put(unit.id(), unit));
        pack.categories().forEach(category -> categories.put(category.id(), category));
        pack.channels().stream().map(Channel::id).forEach(channels::add);
        pack.pauses().stream().map(PauseRule::reason).forEach(reasons::add);
        deepest = pack.units().stream()
                .filter(unit -> unit.kind() != Kind.AGENCY)
                .mapToInt(unit -> below(unit.id()).size())
                .max()
                .orElse(0);
    }

    /** How many territorial levels the city has below it. */
    public int deepest() {
        return deepest;
    }

    /** The pack whose words these are. */
    public ReferencePack pack() {
        return pack;
    }

    /** The units from right below the city down to one; empty for the city, and for what is not listed. */
    List<String> below(@Nullable String unit) {
        if (unit == null || !units.containsKey(unit)) {
            return List.of();
        }
        return paths.computeIfAbsent(unit, any -> {
            List<String> path = new ArrayList<>(hierarchy.path(unit));
            path.remove(path.size() - 1);
            Collections.reverse(path);
            return List.copyOf(path);
        });
    }

    /** Whether the reference lists a unit. */
    public boolean isListed(String unit) {
        return units.containsKey(unit);
    }

    /** The unit above a listed one; the city of one right below it, null of the city. */
    public @Nullable String parent(String unit) {
        List<String> path = below(unit);
        return path.isEmpty() ? null : path.size() == 1 ? pack.city() : path.get(path.size() - 2);
    }

    /** Whether a place is in a unit; what has no place is in none but the city. */
    public boolean isIn(@Nullable String place, String unit) {
        return unit.equals(pack.city()) || below(place).contains(unit);
    }

    /** A category as it is released. */
    public String category(@Nullable String category) {
        return category != null && isListedCategory(category) ? category : UNLISTED;
    }

    /** The group of a category; that of what is not listed is {@link ReferencePack#OTHER}. */
    public String group(@Nullable String category) {
        return category == null ? ReferencePack.OTHER : hierarchy.groupOf(category);
    }

    /** Whether a category is sensitive. What the reference does not list may be anything, and so is. */
    boolean isSensitive(@Nullable String category) {
        Category listed = category == null ? null : categories.get(category);
        return listed == null ? category == null || !isListedCategory(category) : listed.sensitive();
    }

    /** Packs of before there were lines of categories have their groups alone. */
    private boolean isListedCategory(String category) {
        return categories.containsKey(category) || pack.categoryGroups().containsKey(category);
    }

    /** A channel as it is released. A pack that lists none is taken to allow all. */
    public String channel(String channel) {
        return channels.isEmpty() || channels.contains(channel) ? channel : UNLISTED;
    }

    /** The reason of a wait as it is released. */
    String reason(String reason) {
        return reasons.contains(reason) ? reason : UNLISTED;
    }

    /**
     * A unit as it is released of a case: land no finer than the place of the case is told, of an agency the part for as much
     * land, and no agency where the category is not told, for who does roads has a case of roads.
     *
     * @param levels how many levels below the city the place is told; 0 of a case without one, for its holder would tell it
     */
    ReleasedUnit unit(String unit, int levels, Rung.Topic topic) {
        Unit line = units.get(unit);
        if (line == null) {
            return new ReleasedUnit(null, UNLISTED);
        }
        List<String> path = below(unit);
        if (line.kind() != Kind.AGENCY) {
            int told = Math.min(path.size(), levels);
            return new ReleasedUnit(told == 0 ? pack.city() : path.get(told - 1), line.level());
        }
        return topic == Rung.Topic.NONE || path.isEmpty()
                ? new ReleasedUnit(null, line.level())
                : new ReleasedUnit(path.get(Math.min(path.size(), levels + 1) - 1), line.level());
    }

    /** A unit as it is told where nothing is told more coarsely than it is known. */
    ReleasedUnit unit(String unit) {
        Unit line = units.get(unit);
        return line == null ? new ReleasedUnit(null, UNLISTED) : new ReleasedUnit(unit, line.level());
    }

    /** The agency of a unit, whatever the rung; null for land and for what is not listed. */
    @Nullable
    String agency(String unit) {
        Unit line = units.get(unit);
        return line == null || line.kind() != Kind.AGENCY || below(unit).isEmpty()
                ? null
                : below(unit).get(0);
    }

    /** The middle of a unit; null if none is known. */
    @Nullable
    GeoPoint centre(String unit) {
        Unit line = units.get(unit);
        return line == null ? null : line.centroid();
    }
}
