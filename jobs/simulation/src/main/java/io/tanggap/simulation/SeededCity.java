package io.tanggap.simulation;

import io.tanggap.core.complaint.CaseEvent;
import io.tanggap.core.reference.ReferencePack;
import io.tanggap.simulation.CityMap.Category;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * An invented city whose complaints look like those of a real one: six channels with habits of their own, desks of very
 * unequal quality, hand-overs that get stuck, floods, and a delivery that is late, out of order and repeated. Everything
 * is a function of the arguments: the same seed gives the same events on every machine. Which unit is good or bad is
 * drawn from the seed and says nothing about any real unit.
 */
public final class SeededCity {
    /** The month in which Jakarta's charge for a late case moved from the place to the holder. */
    public static final YearMonth DEFAULT_MONTH = YearMonth.of(2017, 11);

    private static final long CITY_STREAM = -1;
    private static final long MONTH_STREAM = -2;
    /** Gives every case number the same length. */
    private static final long NUMBERS = 10_000_000_000L;

    private final CityMap map;
    private final Weights usual;
    private final Weights burst;

    private SeededCity(CityMap map) {
        this.map = map;
        this.usual = Weights.of(
                map.categories().stream().mapToDouble(Category::weight).toArray());
        double[] inBursts =
                map.categories().stream().mapToDouble(Category::burst).toArray();
        this.burst = Weights.of(inBursts);
    }

    /** Jakarta in small: its six kota and kabupaten, its 44 kecamatan, a third of its kelurahan, its agencies. */
    public static SeededCity jakarta() {
        return new SeededCity(CityMap.jakarta());
    }

    /**
     * A city of Jakarta's shape and any size, its kelurahan and categories named by number, its agencies Jakarta's.
     *
     * @throws IllegalArgumentException if either number is below one
     */
    public static SeededCity ofSize(int kelurahan, int categories) {
        return new SeededCity(CityMap.ofSize(kelurahan, categories));
    }

    /** The units, targets and category groups of this city, known from 2017-01-01 in Asia/Jakarta. */
    public ReferencePack referencePack() {
        return map.referencePack();
    }

    /**
     * Tells a month of the city, in the order of delivery, which is the order of {@code ingestedAt}. About a twentieth of
     * the events is late by a quarter of an hour to four days; about a fiftieth comes a second time with the same id and a
     * later {@code ingestedAt}. Nothing occurs from the month's end on (local midnight), so cases remain open; what
     * occurred before it may be delivered after it. Memory follows the cases open at one time, about a quarter of
     * {@code cases}.
     *
     * @param cases how many cases are submitted in the month; seven to eight events each on average
     * @throws IllegalArgumentException if {@code cases} is negative
     */
    public void generate(long seed, int cases, YearMonth month, Consumer<CaseEvent> sink) {
        if (cases < 0) {
            throw new IllegalArgumentException("the number of cases must not be negative, is " + cases);
        }
        // Asia/Jakarta has not changed its clocks since 1964, so one offset holds for the month.
        LocalDate firstDay = month.atDay(1);
        long start = firstDay.atStartOfDay(CityMap.ZONE).toInstant().toEpochMilli();
        long end = month.plusMonths(1)
                .atDay(1)
                .atStartOfDay(CityMap.ZONE)
                .toInstant()
                .toEpochMilli();
        long zoneOffset = firstDay.toEpochDay() * 86_400_000L - start;
        long seedOfMonth = seed ^ firstDay.toEpochDay() << 32;
        Desks desks = new Desks(map.places(), map.agencies(), map.dispatcher(), Dice.of(seed, CITY_STREAM));
        Demand demand = new Demand(month, CityMap.ZONE, Channel.OF_EVENTS, Dice.of(seedOfMonth, MONTH_STREAM));
        Delivery<Function<Instant, CaseEvent>> delivery =
                new Delivery<>(start, (event, at) -> sink.accept(event.apply(Instant.ofEpochMilli(at))));
        String prefix = month.toString().replace("-", "") + '-';
        for (int i = 0; i < cases; i++) {
            // One stream per case: a case's story does not depend on the stories before it.
            Dice dice = Dice.of(seedOfMonth, i);
            double share = (i + dice.unit()) / cases;
            long submittedAt = demand.at(share);
            boolean flooded = demand.isBurst(share, dice);
            Channel channel = demand.channel(share, flooded, dice);
            Category category =
                    dice.chance(channel.noCategory) ? null : map.categories().get(dice.pick(flooded ? burst : usual));
            delivery.deliverBefore(submittedAt - channel.stampMillis);
            new CaseStory(
                            delivery,
                            desks,
                            zoneOffset,
                            end,
                            dice,
                            channel,
                            prefix + Long.toString(NUMBERS + i + 1).substring(1),
                            category,
                            submittedAt,
                            flooded)
                    .tell();
        }
        delivery.deliverAll();
    }
}
