package io.tanggap.core.reference;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One version of the reference, whole.
 *
 * @param id names the version in every document that it decided, for example {@code jakarta-2017-11}
 * @param knownFrom the instant from which it was known; judgements made before it use the pack before
 * @param city id of the root unit: every unit without a parent, and every unit that no pack lists, is below it
 * @param zone IANA zone of the city's days; that of the first pack holds, see {@link Reference#zone()}
 * @param staleAfter an open case without any event for longer than this is stale; calendar time
 * @param units the units that are known; others are taken as they come
 * @param targets resolution targets, the first that matches wins
 * @param categoryGroups category to group, for slices; a category without an entry is in {@link #OTHER}; at most 12
 *     groups, so that the number of slice rows stays bounded
 */
public record ReferencePack(
        String id,
        Instant knownFrom,
        String city,
        ZoneId zone,
        Duration staleAfter,
        List<Unit> units,
        List<ResolutionTarget> targets,
        Map<String, String> categoryGroups) {

    /** The group of every category that no group lists. */
    public static final String OTHER = "other";

    /** The number of category groups that slices are cut by, {@link #OTHER} not counted. */
    public static final int MOST_GROUPS = 12;

    public ReferencePack {
        requireNonNull(id, "id");
        requireNonNull(knownFrom, "knownFrom");
        requireNonNull(city, "city");
        requireNonNull(zone, "zone");
        if (staleAfter.isNegative() || staleAfter.isZero()) {
            throw new IllegalArgumentException(
                    "reference pack " + id + ": staleAfter must be longer than zero, is " + staleAfter);
        }
        units = List.copyOf(units);
        targets = List.copyOf(targets);
        categoryGroups = Map.copyOf(categoryGroups);
        long groups = categoryGroups.values().stream().distinct().count();
        if (groups > MOST_GROUPS) {
            throw new IllegalArgumentException("reference pack " + id + ": " + groups + " category groups, at most "
                    + MOST_GROUPS + " keep the number of slice rows bounded");
        }
    }

    /**
     * A unit of the city, territorial or agency.
     *
     * @param level for example {@code kelurahan}; rows carry it so that like is compared with like
     * @param parent the unit above; null is directly below the city
     */
    public record Unit(
            String id, String name, String level, @Nullable String parent) {
        public Unit {
            requireNonNull(id, "id");
            requireNonNull(name, "name");
            requireNonNull(level, "level");
        }
    }

    /**
     * A resolution target: a case that matches, submitted in [validFrom, validTo), is due {@code within} after the start
     * of its cycle, in calendar time.
     *
     * @param category null matches every category
     * @param channel null matches every channel
     * @param validFrom null is since ever
     * @param validTo null is until further notice
     */
    public record ResolutionTarget(
            String id,
            @Nullable String category,
            @Nullable String channel,
            Duration within,
            @Nullable Instant validFrom,
            @Nullable Instant validTo) {
        public ResolutionTarget {
            requireNonNull(id, "id");
            if (within.isNegative()) {
                throw new IllegalArgumentException("target " + id + ": within must not be negative, is " + within);
            }
        }

        boolean matches(@Nullable String caseCategory, String caseChannel, Instant start) {
            return (category == null || category.equals(caseCategory))
                    && (channel == null || channel.equals(caseChannel))
                    && (validFrom == null || !start.isBefore(validFrom))
                    && (validTo == null || start.isBefore(validTo));
        }
    }
}
