package io.tanggap.simulation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Brings what happened to the one who asked, in the order of delivery: some of it late, some of it twice. Holds what the
 * cases that are still under way have sent, so its size follows the cases open at one time.
 */
final class Delivery<C> {
    /** Of what is never delivered. */
    static final long NEVER = -1;

    private static final double LATE = 0.05;
    private static final double TWICE = 0.02;

    private static final long MINUTE = 60_000L;
    private static final long HOUR = 60 * MINUTE;
    private static final long LEAST_LATENESS = 15 * MINUTE;
    private static final long MOST_LATENESS = 96 * HOUR;

    /** Hour of delivery, from the first, to what is delivered in it: sorting an hour is cheaper than a heap of a month. */
    private final List<List<Parcel<C>>> hours = new ArrayList<>();

    private final long first;
    private final Sink<C> sink;
    private int delivered;

    /** Who asked. */
    interface Sink<C> {
        void accept(C content, long deliveredAt);
    }

    /** One thing on its way. */
    private record Parcel<C>(long deliveredAt, C content) {}

    /** A delivery of nothing before {@code first}, in epoch milliseconds. */
    Delivery(long first, Sink<C> sink) {
        this.first = first;
        this.sink = sink;
    }

    void send(Channel channel, long occurredAt, C content, Dice dice) {
        long arrival = arrival(channel, occurredAt, dice);
        post(arrival, content);
        long again = again(arrival, dice);
        if (again != NEVER) {
            post(again, content);
        }
    }

    /** When that which occurred comes. */
    static long arrival(Channel channel, long occurredAt, Dice dice) {
        long delay = (long) (dice.between(channel.leastDelaySeconds, channel.mostDelaySeconds) * 1_000);
        if (dice.chance(LATE)) {
            delay += lateness(dice, 3.0 * HOUR);
        }
        return occurredAt + delay;
    }

    /** When that which came comes once more; mostly never. */
    static long again(long arrival, Dice dice) {
        return dice.chance(TWICE) ? arrival + lateness(dice, 1.0 * HOUR) : NEVER;
    }

    private static long lateness(Dice dice, double median) {
        return Math.min(MOST_LATENESS, LEAST_LATENESS + (long) dice.logNormal(median, 1.3));
    }

    void post(long deliveredAt, C content) {
        int hour = hourOf(deliveredAt);
        while (hours.size() <= hour) {
            hours.add(new ArrayList<>());
        }
        hours.get(hour).add(new Parcel<>(deliveredAt, content));
    }

    private int hourOf(long millis) {
        return (int) ((millis - first) / HOUR);
    }

    /** Delivers the hours before the one of {@code now}: nothing posted from here on may come before it. */
    void deliverBefore(long now) {
        deliverHoursBefore(hourOf(now));
    }

    void deliverAll() {
        deliverHoursBefore(hours.size());
    }

    private void deliverHoursBefore(int end) {
        for (; delivered < Math.min(end, hours.size()); delivered++) {
            List<Parcel<C>> hour = hours.set(delivered, List.of());
            // Stable, so that parcels of one millisecond keep the order in which they were posted.
            hour.sort(Comparator.comparingLong(Parcel::deliveredAt));
            hour.forEach(parcel -> sink.accept(parcel.content(), parcel.deliveredAt()));
        }
    }
}
