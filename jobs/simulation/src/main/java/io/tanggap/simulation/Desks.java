package io.tanggap.simulation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The desks of a city with the characters that one seed gives them, and how often each is asked. */
final class Desks {
    /** Spread of the volumes of equal places: the busiest twentieth gets about twenty times the quietest. */
    private static final double VOLUME_SIGMA = 0.95;

    private static final double FLOOD_SIGMA = 1.2;

    private final List<Desk> places;
    private final Map<String, Desk> byId = new HashMap<>();
    private final Desk dispatcher;
    private final Weights byVolume;
    private final Weights byFlood;

    record Desk(String id, Temper temper) {}

    Desks(List<CityMap.Place> places, List<String> agencies, String dispatcher, Dice dice) {
        int count = places.size();
        Temper[] tempers = Temper.draw(count, dice);
        double[] volumes = new double[count];
        double[] floods = new double[count];
        Desk[] drawn = new Desk[count];
        for (int i = 0; i < count; i++) {
            CityMap.Place place = places.get(i);
            drawn[i] = new Desk(place.id(), tempers[i]);
            byId.put(place.id(), drawn[i]);
            volumes[i] = dice.logNormal(place.volume(), VOLUME_SIGMA);
            floods[i] = dice.logNormal(place.volume(), FLOOD_SIGMA);
        }
        this.places = List.of(drawn);
        byVolume = Weights.of(volumes);
        byFlood = Weights.of(floods);
        Temper[] ofAgencies = Temper.draw(agencies.size(), dice);
        for (int i = 0; i < ofAgencies.length; i++) {
            String id = agencies.get(i);
            byId.put(id, new Desk(id, ofAgencies[i]));
        }
        this.dispatcher = new Desk(dispatcher, Temper.ORDINARY);
        byId.put(dispatcher, this.dispatcher);
    }

    Desk place(boolean burst, Dice dice) {
        return places.get(dice.pick(burst ? byFlood : byVolume));
    }

    /** The desk of a unit; null for null. */
    @Nullable
    Desk of(@Nullable String id) {
        return id == null ? null : byId.get(id);
    }

    /** Sorts what has no place, and validates claims. */
    Desk dispatcher() {
        return dispatcher;
    }
}
