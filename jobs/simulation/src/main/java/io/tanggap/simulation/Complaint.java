package io.tanggap.simulation;

import io.tanggap.core.reference.GeoPoint;
import io.tanggap.simulation.Persons.Person;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a citizen complains of, and what of it reaches the city with the first message.
 *
 * @param serial tells the case from every other one of any month; digits
 * @param number of the case, as the channel gives it
 * @param at when it was submitted, in epoch milliseconds, a whole second
 * @param label what the channel calls the problem; null where it names none
 * @param declared id of the unit that the report names; null where it names none
 * @param point coordinates of the report; null where it has none
 * @param holder the unit into whose hands it is submitted; null if it still has to be assigned
 * @param desk the unit that takes it down, where a clerk does
 * @param deadline its own deadline; null where it has none
 */
record Complaint(
        Channel channel,
        String serial,
        String number,
        long at,
        @Nullable String label,
        @Nullable String declared,
        @Nullable GeoPoint point,
        @Nullable String holder,
        @Nullable String desk,
        @Nullable Instant deadline,
        Person reporter,
        String text) {

    String caseId() {
        return channel.id + ':' + number;
    }

    @Nullable
    Double latitude() {
        return point == null ? null : Double.valueOf(point.latitude());
    }

    @Nullable
    Double longitude() {
        return point == null ? null : Double.valueOf(point.longitude());
    }
}
