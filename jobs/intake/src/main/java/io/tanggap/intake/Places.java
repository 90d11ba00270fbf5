package io.tanggap.intake;

import io.tanggap.core.complaint.Placing;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Finds the territorial unit of a place, among the units of the day on which the complaint came. */
public interface Places {
    /**
     * The unit that a channel declares if there is such a unit, else that of the coordinates.
     *
     * @param declared null where the record names none
     * @param latitude in degrees, WGS 84; null where the record has none. A number that is no latitude is no place
     * @param longitude as {@code latitude}
     * @return null where the place is in no unit
     */
    @Nullable
    Found find(@Nullable String declared, @Nullable Double latitude, @Nullable Double longitude, Instant at);

    /** A unit, and how it was found. */
    record Found(String unit, Placing placing) {}

    /** Takes what is declared as it is, and finds nothing else. */
    static Places declared() {
        return (declared, latitude, longitude, at) -> declared == null ? null : new Found(declared, Placing.DECLARED);
    }
}
