package io.tanggap.simulation;

import io.tanggap.core.reference.ReferencePack;
import io.tanggap.core.reference.ReferencePack.ResolutionTarget;
import io.tanggap.core.reference.ReferencePack.Unit;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What there is in a city: its units and its kinds of problems.
 *
 * @param packId names the reference that {@link #referencePack} makes
 * @param units every unit
 * @param places the kelurahan, each with its relative volume
 * @param agencies ids of the units that take cases over
 * @param dispatcher id of the unit that sorts what has no place and validates claims
 */
record CityMap(
        String packId,
        List<Unit> units,
        List<Place> places,
        List<String> agencies,
        String dispatcher,
        List<Category> categories) {

    static final ZoneId ZONE = ZoneId.of("Asia/Jakarta");

    private static final LocalDate KNOWN_FROM = LocalDate.of(2017, 1, 1);
    private static final int USUAL_TARGET_HOURS = 168;
    /** Chosen near Jakarta's own: about six kelurahan to a kecamatan, seven kecamatan to a kota. */
    private static final int PLACES_PER_DISTRICT = 6;

    private static final int DISTRICTS_PER_TOWN = 7;

    /** A kelurahan, with its volume relative to the others before the seed has its say. */
    record Place(String id, double volume) {}

    /**
     * A kind of problem.
     *
     * @param group the group of slices; null leaves it among the others
     * @param weight relative frequency on a usual day
     * @param burst relative frequency in a flood burst
     * @param agency the competent agency; null leaves the problem with the kelurahan
     * @param handover how often the kelurahan hands it over
     * @param hours median of the work itself
     * @param targetHours calendar hours to resolution
     */
    record Category(
            String name,
            @Nullable String group,
            double weight,
            double burst,
            @Nullable String agency,
            double handover,
            double hours,
            int targetHours) {

        boolean isEmergency() {
            return targetHours <= 24;
        }
    }

    /** Real names and Kemendagri codes of a part of Jakarta. */
    static CityMap jakarta() {
        List<Unit> units = new ArrayList<>();
        List<Place> places = new ArrayList<>();
        List<String> agencies = new ArrayList<>();
        String dispatcher = "";
        for (String[] row : rows("units.csv")) {
            units.add(new Unit(row[0], row[1], row[2], row[3].isEmpty() ? null : row[3]));
            switch (row[2]) {
                case "kelurahan" -> places.add(new Place(row[0], Double.parseDouble(row[4])));
                case "dinas" -> agencies.add(row[0]);
                case "provinsi" -> dispatcher = row[0];
                default -> {
                    // The levels between hold no cases of their own.
                }
            }
        }
        List<Category> categories = new ArrayList<>();
        for (String[] row : rows("categories.csv")) {
            categories.add(new Category(
                    row[0],
                    row[1].isEmpty() ? null : row[1],
                    Double.parseDouble(row[2]),
                    Double.parseDouble(row[3]),
                    row[4].isEmpty() ? null : row[4],
                    Double.parseDouble(row[5]),
                    Double.parseDouble(row[6]),
                    Integer.parseInt(row[7])));
        }
        return new CityMap("jakarta-demo-1", units, places, agencies, dispatcher, categories);
    }

    /** A city of Jakarta's shape, of any size, with numbers for names. */
    static CityMap ofSize(int places, int categories) {
        if (places < 1 || categories < 1) {
            throw new IllegalArgumentException(
                    "a city has at least one kelurahan and one category, not " + places + " and " + categories);
        }
        CityMap model = jakarta();
        List<Unit> units = new ArrayList<>();
        List<Place> sized = new ArrayList<>();
        for (int i = 0; i < places; i++) {
            int district = i / PLACES_PER_DISTRICT;
            int town = district / DISTRICTS_PER_TOWN;
            if (i % (PLACES_PER_DISTRICT * DISTRICTS_PER_TOWN) == 0) {
                units.add(new Unit("kota-" + town, "Kota " + town, "kota", null));
            }
            if (i % PLACES_PER_DISTRICT == 0) {
                units.add(new Unit("kec-" + district, "Kecamatan " + district, "kecamatan", "kota-" + town));
            }
            units.add(new Unit("kel-" + i, "Kelurahan " + i, "kelurahan", "kec-" + district));
            sized.add(new Place("kel-" + i, 1));
        }
        model.units.stream()
                .filter(unit -> unit.level().equals("dinas") || unit.level().equals("provinsi"))
                .forEach(units::add);
        List<Category> kinds = new ArrayList<>();
        for (int i = 0; i < categories; i++) {
            Category like = model.categories.get(i % model.categories.size());
            kinds.add(new Category(
                    "category-" + i,
                    like.group,
                    like.weight,
                    like.burst,
                    like.agency,
                    like.handover,
                    like.hours,
                    like.targetHours));
        }
        return new CityMap(
                "city-of-" + places + "-" + categories, units, sized, model.agencies, model.dispatcher, kinds);
    }

    ReferencePack referencePack() {
        List<ResolutionTarget> targets = new ArrayList<>();
        Map<String, String> groups = new HashMap<>();
        for (Category category : categories) {
            if (category.group != null) {
                groups.put(category.name, category.group);
            }
            if (category.targetHours != USUAL_TARGET_HOURS) {
                String id = category.name.toLowerCase(Locale.ROOT).replace(' ', '-') + "-" + category.targetHours + "h";
                targets.add(new ResolutionTarget(
                        id, category.name, null, Duration.ofHours(category.targetHours), null, null));
            }
        }
        targets.add(new ResolutionTarget("crm-7d", null, null, Duration.ofHours(USUAL_TARGET_HOURS), null, null));
        return new ReferencePack(
                packId,
                KNOWN_FROM.atStartOfDay(ZONE).toInstant(),
                "jakarta",
                ZONE,
                Duration.ofDays(7),
                units,
                targets,
                groups);
    }

    static List<String[]> rows(String resource) {
        try (InputStream in = CityMap.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("the simulation's jar lacks " + resource + "; build it again");
            }
            return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
                    .lines()
                    .skip(1)
                    .map(line -> line.split(",", -1))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + resource + " of the simulation", e);
        }
    }
}
