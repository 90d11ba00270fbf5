package io.tanggap.core.reference;

import io.tanggap.core.reference.ReferencePack.ResolutionTarget;
import io.tanggap.core.reference.ReferencePack.Unit;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The log of all packs, in the order in which they became known. A question about an instant is answered by the pack known
 * then; before the first pack, by the first, so that nothing of the past is unjudged.
 */
public final class Reference {
    private final List<Version> versions;

    private record Version(ReferencePack pack, Map<String, Unit> units) {}

    private Reference(List<Version> versions) {
        this.versions = versions;
    }

    /**
     * The log of these packs, in the order of their publication. Of packs known from the same instant the one published
     * last holds, as a whole.
     *
     * @throws IllegalArgumentException if there is no pack, or a unit is its own ancestor
     */
    public static Reference of(List<ReferencePack> packs) {
        if (packs.isEmpty()) {
            throw new IllegalArgumentException("a reference has at least one pack");
        }
        List<Version> versions = new ArrayList<>();
        packs.stream().sorted(Comparator.comparing(ReferencePack::knownFrom)).forEach(pack -> {
            int last = versions.size() - 1;
            if (last >= 0 && versions.get(last).pack.knownFrom().equals(pack.knownFrom())) {
                versions.remove(last);
            }
            versions.add(new Version(pack, index(pack)));
        });
        return new Reference(List.copyOf(versions));
    }

    private static Map<String, Unit> index(ReferencePack pack) {
        Map<String, Unit> units = new HashMap<>();
        for (Unit unit : pack.units()) {
            if (units.put(unit.id(), unit) != null) {
                throw new IllegalArgumentException("reference pack " + pack.id() + ": unit " + unit.id() + " twice");
            }
        }
        for (Unit unit : pack.units()) {
            Unit above = unit;
            for (int steps = 0; above != null && above.parent() != null; steps++) {
                if (steps > units.size()) {
                    throw new IllegalArgumentException(
                            "reference pack " + pack.id() + ": unit " + unit.id() + " is its own ancestor");
                }
                above = units.get(above.parent());
            }
        }
        return Map.copyOf(units);
    }

    /** The zone of the city's days: that of the first pack, for a city does not move, and its past days stay. */
    public ZoneId zone() {
        return versions.get(0).pack.zone();
    }

    /** The pack known at an instant. */
    public ReferencePack knownAt(Instant instant) {
        return versionAt(instant).pack;
    }

    private Version versionAt(Instant instant) {
        Version known = versions.get(0);
        for (Version version : versions) {
            if (version.pack.knownFrom().isAfter(instant)) {
                break;
            }
            known = version;
        }
        return known;
    }

    /** When the next pack becomes known after an instant; null if none. A view judged before it may change then. */
    public @Nullable Instant nextKnownAfter(Instant instant) {
        return versions.stream()
                .map(version -> version.pack.knownFrom())
                .filter(from -> from.isAfter(instant))
                .findFirst()
                .orElse(null);
    }

    /** The target of a cycle that starts at {@code start}, by the policy known then; empty if no policy covers it. */
    public Optional<ResolutionTarget> target(@Nullable String category, String channel, Instant start) {
        return knownAt(start).targets().stream()
                .filter(target -> target.matches(category, channel, start))
                .findFirst();
    }

    /** The unit and every unit above it, nearest first, the city last, as known at an instant. */
    public List<String> path(String unit, Instant at) {
        Version version = versionAt(at);
        List<String> path = new ArrayList<>();
        String next = unit;
        while (next != null && !next.equals(version.pack.city())) {
            path.add(next);
            Unit known = version.units.get(next);
            next = known == null ? null : known.parent();
        }
        path.add(version.pack.city());
        return path;
    }

    /** The level of a unit as known at an instant; the root is {@code city}, a unit of no pack is {@code unlisted}. */
    public String level(String unit, Instant at) {
        Version version = versionAt(at);
        Unit known = version.units.get(unit);
        if (known != null) {
            return known.level();
        }
        return unit.equals(version.pack.city()) ? "city" : "unlisted";
    }

    /** The name of a unit as known at an instant; its id where no pack lists it. */
    public String name(String unit, Instant at) {
        Unit known = versionAt(at).units.get(unit);
        return known == null ? unit : known.name();
    }
}
