package io.tanggap.simulation;

import io.tanggap.core.complaint.Actor;
import io.tanggap.core.complaint.CaseEvent;
import io.tanggap.core.complaint.Payload;
import io.tanggap.core.complaint.TimeNote;
import io.tanggap.core.complaint.Visibility;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Brings what happened to the one who asked, in the order of delivery: some of it late, some of it twice. Holds the events
 * of the cases that are still under way, so its size follows the cases open at one time.
 */
final class Delivery {
    private static final double LATE = 0.05;
    private static final double TWICE = 0.02;

    private static final long MINUTE = 60_000L;
    private static final long HOUR = 60 * MINUTE;
    private static final long LEAST_LATENESS = 15 * MINUTE;
    private static final long MOST_LATENESS = 96 * HOUR;

    /** Hour of delivery, from the first, to what is delivered in it: sorting an hour is cheaper than a heap of a month. */
    private final List<List<Parcel>> hours = new ArrayList<>();

    private final long first;
    private final Consumer<CaseEvent> sink;
    private int delivered;

    /** One event on its way. */
    private record Parcel(
            long deliveredAt,
            Channel channel,
            String number,
            long occurredAt,
            @Nullable Long sequence,
            Actor actor,
            @Nullable String unit,
            Visibility visibility,
            Payload payload) {

        static final Comparator<Parcel> ORDER = Comparator.comparingLong(Parcel::deliveredAt);

        Parcel again(long laterAt) {
            return new Parcel(laterAt, channel, number, occurredAt, sequence, actor, unit, visibility, payload);
        }

        CaseEvent open() {
            return CaseEvent.of(
                    channel.id,
                    number,
                    Instant.ofEpochMilli(occurredAt),
                    Instant.ofEpochMilli(deliveredAt),
                    sequence,
                    actor,
                    unit,
                    visibility,
                    false,
                    TimeNote.EXACT,
                    payload);
        }
    }

    /** A delivery of nothing that happened before {@code first}, in epoch milliseconds. */
    Delivery(long first, Consumer<CaseEvent> sink) {
        this.first = first;
        this.sink = sink;
    }

    void send(
            Channel channel,
            String number,
            long occurredAt,
            @Nullable Long sequence,
            Actor actor,
            @Nullable String unit,
            Visibility visibility,
            Payload payload,
            Dice dice) {
        long delay = (long) (dice.between(channel.leastDelaySeconds, channel.mostDelaySeconds) * 1_000);
        if (dice.chance(LATE)) {
            delay += lateness(dice, 3.0 * HOUR);
        }
        Parcel parcel =
                new Parcel(occurredAt + delay, channel, number, occurredAt, sequence, actor, unit, visibility, payload);
        post(parcel);
        if (dice.chance(TWICE)) {
            post(parcel.again(parcel.deliveredAt + lateness(dice, 1.0 * HOUR)));
        }
    }

    private static long lateness(Dice dice, double median) {
        return Math.min(MOST_LATENESS, LEAST_LATENESS + (long) dice.logNormal(median, 1.3));
    }

    private void post(Parcel parcel) {
        int hour = hourOf(parcel.deliveredAt);
        while (hours.size() <= hour) {
            hours.add(new ArrayList<>());
        }
        hours.get(hour).add(parcel);
    }

    private int hourOf(long millis) {
        return (int) ((millis - first) / HOUR);
    }

    /** Delivers the hours before the one of {@code now}: nothing sent from here on may have happened before it. */
    void deliverBefore(long now) {
        deliverHoursBefore(hourOf(now));
    }

    void deliverAll() {
        deliverHoursBefore(hours.size());
    }

    private void deliverHoursBefore(int end) {
        for (; delivered < Math.min(end, hours.size()); delivered++) {
            List<Parcel> hour = hours.set(delivered, List.of());
            // Stable, so that parcels of one millisecond keep the order in which they were sent.
            hour.sort(Parcel.ORDER);
            hour.forEach(parcel -> sink.accept(parcel.open()));
        }
    }
}
