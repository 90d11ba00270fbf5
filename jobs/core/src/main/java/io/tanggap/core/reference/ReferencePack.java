package io.tanggap.core.reference;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One version of the reference, whole. Of all components but the first five a pack may have none.
 *
 * @param id names the version in every document that it decided, for example {@code jakarta-2017-11}
 * @param knownFrom the instant from which it was known; judgements made before it use the pack before
 * @param city id of the root unit: every unit without a parent, and every unit that no pack lists, is below it
 * @param zone IANA zone of the city's days; that of the first pack holds, see {@link Reference#zone()}
 * @param staleAfter an open case without any event for longer than this is stale; calendar time
 * @param units the units that are known; others are taken as they come. A unit that was renamed or moved has several lines,
 *     on no day two
 * @param targets resolution targets of a pack without policies, the first that matches wins; of a pack with policies none,
 *     whatever is handed in
 * @param categoryGroups category to group, for slices; a category without an entry is in {@link #OTHER}; at most 12
 *     groups, so that the number of slice rows stays bounded. Of a pack with categories their groups, whatever is handed
 *     in
 * @param policies how long what may take, the first of a target that matches wins
 * @param calendars working hours and holidays
 * @param categories what complaints can be about
 * @param labels what channels call the categories
 * @param competences whose task a category is where
 * @param territories the land of territorial units
 * @param channels what is to be known of channels; others may send too
 * @param attribution whom the city charges; null if the pack does not say, which is {@link Attribution#CRM}
 * @param nearestWithinMetres a place outside every territory belongs to the unit with the nearest centroid if that is not
 *     farther than this; null: to none
 * @param pauses for what clocks may stand still, the first line that matches wins; none: for nothing
 * @param rules what the city has decided about cases in general
 * @param routes who is told of alerts; none: nobody is
 * @param recipients where messages to units go; a unit without one is told nothing
 */
public record ReferencePack(
        String id,
        Instant knownFrom,
        String city,
        ZoneId zone,
        Duration staleAfter,
        List<Unit> units,
        List<ResolutionTarget> targets,
        Map<String, String> categoryGroups,
        List<Policy> policies,
        List<WorkCalendar> calendars,
        List<Category> categories,
        List<Label> labels,
        List<Competence> competences,
        List<Territory> territories,
        List<Channel> channels,
        @Nullable Attribution attribution,
        @Nullable Integer nearestWithinMetres,
        List<PauseRule> pauses,
        CaseRules rules,
        List<Route> routes,
        List<Recipient> recipients) {

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
        if (nearestWithinMetres != null && nearestWithinMetres <= 0) {
            throw new IllegalArgumentException("reference pack " + id + ": nearestWithin must be more than zero, is "
                    + nearestWithinMetres + " m");
        }
        units = List.copyOf(units);
        policies = List.copyOf(policies);
        targets = policies.isEmpty() ? List.copyOf(targets) : List.of();
        categories = List.copyOf(categories);
        categoryGroups = categories.isEmpty() ? Map.copyOf(categoryGroups) : groups(categories);
        calendars = List.copyOf(calendars);
        labels = List.copyOf(labels);
        competences = List.copyOf(competences);
        territories = List.copyOf(territories);
        channels = List.copyOf(channels);
        pauses = List.copyOf(pauses);
        requireNonNull(rules, "rules");
        routes = List.copyOf(routes);
        recipients = List.copyOf(recipients);
        long groups = categoryGroups.values().stream().distinct().count();
        if (groups > MOST_GROUPS) {
            throw new IllegalArgumentException("reference pack " + id + ": " + groups + " category groups, at most "
                    + MOST_GROUPS + " keep the number of slice rows bounded");
        }
    }

    private static Map<String, String> groups(List<Category> categories) {
        Map<String, String> groups = new HashMap<>();
        for (Category category : categories) {
            if (category.group() != null) {
                groups.put(category.id(), category.group());
            }
        }
        return Map.copyOf(groups);
    }

    /** The rule that the city charges by: {@link #attribution}, or the one that holds where a pack does not say. */
    public Attribution attributionInForce() {
        return attribution == null ? Attribution.CRM : attribution;
    }

    /** A pack by which nobody is told of anything. */
    public ReferencePack(
            String id,
            Instant knownFrom,
            String city,
            ZoneId zone,
            Duration staleAfter,
            List<Unit> units,
            List<ResolutionTarget> targets,
            Map<String, String> categoryGroups,
            List<Policy> policies,
            List<WorkCalendar> calendars,
            List<Category> categories,
            List<Label> labels,
            List<Competence> competences,
            List<Territory> territories,
            List<Channel> channels,
            @Nullable Attribution attribution,
            @Nullable Integer nearestWithinMetres,
            List<PauseRule> pauses,
            CaseRules rules) {
        this(
                id,
                knownFrom,
                city,
                zone,
                staleAfter,
                units,
                targets,
                categoryGroups,
                policies,
                calendars,
                categories,
                labels,
                competences,
                territories,
                channels,
                attribution,
                nearestWithinMetres,
                pauses,
                rules,
                List.of(),
                List.of());
    }

    /** A pack in which no clock stands still, with the rules of {@link CaseRules#DEFAULT}. */
    public ReferencePack(
            String id,
            Instant knownFrom,
            String city,
            ZoneId zone,
            Duration staleAfter,
            List<Unit> units,
            List<ResolutionTarget> targets,
            Map<String, String> categoryGroups,
            List<Policy> policies,
            List<WorkCalendar> calendars,
            List<Category> categories,
            List<Label> labels,
            List<Competence> competences,
            List<Territory> territories,
            List<Channel> channels,
            @Nullable Attribution attribution,
            @Nullable Integer nearestWithinMetres) {
        this(
                id,
                knownFrom,
                city,
                zone,
                staleAfter,
                units,
                targets,
                categoryGroups,
                policies,
                calendars,
                categories,
                labels,
                competences,
                territories,
                channels,
                attribution,
                nearestWithinMetres,
                List.of(),
                CaseRules.DEFAULT);
    }

    /** A pack of units, targets and groups alone. */
    public ReferencePack(
            String id,
            Instant knownFrom,
            String city,
            ZoneId zone,
            Duration staleAfter,
            List<Unit> units,
            List<ResolutionTarget> targets,
            Map<String, String> categoryGroups) {
        this(
                id,
                knownFrom,
                city,
                zone,
                staleAfter,
                units,
                targets,
                categoryGroups,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                null,
                null);
    }

    /** Whether a unit is land or an office. */
    public enum Kind {
        /** A part of the city's territory. */
        TERRITORY,
        /** A part of its administration that is no territory. */
        AGENCY
    }

    /**
     * A unit of the city, territorial or agency, as it is on the days of a validity.
     *
     * @param kind null if the pack does not say
     * @param name for people
     * @param nameEn the name in English; null if there is none
     * @param level for example {@code kelurahan}; rows carry it so that like is compared with like
     * @param parent the unit above; null is directly below the city
     * @param population inhabitants of a territory; null if not known
     * @param centroid a place in the middle; null if not known
     * @param contact an office's public address, number or page; null if there is none
     * @param successor id of the unit that takes over what this one did when its validity ends: of a merger, of a new
     *     code, of a split the part that keeps the seat; null if none does
     */
    public record Unit(
            String id,
            @Nullable Kind kind,
            String name,
            @Nullable String nameEn,
            String level,
            @Nullable String parent,
            Validity validity,
            @Nullable Long population,
            @Nullable GeoPoint centroid,
            @Nullable String contact,
            @Nullable String successor) {
        public Unit {
            requireNonNull(id, "id");
            requireNonNull(name, "name");
            requireNonNull(level, "level");
            requireNonNull(validity, "validity");
        }

        /** A unit that nothing succeeds. */
        public Unit(
                String id,
                @Nullable Kind kind,
                String name,
                @Nullable String nameEn,
                String level,
                @Nullable String parent,
                Validity validity,
                @Nullable Long population,
                @Nullable GeoPoint centroid,
                @Nullable String contact) {
            this(id, kind, name, nameEn, level, parent, validity, population, centroid, contact, null);
        }

        /** A unit of which no more is known; it is there always. */
        public Unit(String id, String name, String level, @Nullable String parent) {
            this(id, null, name, null, level, parent, Validity.ALWAYS, null, null, null);
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
