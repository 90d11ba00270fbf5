package io.tanggap.core.release;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;

/**
 * How finely a release tells the four quasi-identifiers of a case: when it was submitted, where, of what and through which
 * channel.
 *
 * @param number of the rung in its ladder, from 1
 * @param time how finely the submission is told
 * @param up how many levels above the city's lowest one the place is told: in Jakarta 0 is the kelurahan, 1 the kecamatan, 2 the
 *     kota; a city with fewer levels is reached earlier, and told as itself
 * @param topic how finely the category is told
 * @param channel whether the channel is told
 */
public record Rung(int number, Time time, int up, Topic topic, boolean channel) implements Serializable {
    public Rung {
        requireNonNull(time, "time");
        requireNonNull(topic, "topic");
        if (number < 1 || up < 0) {
            throw new IllegalArgumentException("rungs are counted from 1 and levels from 0: " + number + ", " + up);
        }
    }

    /** How finely a time is told. Only a case whose day is told has its events in a release, for their times are exact. */
    public enum Time {
        DAY,
        /** The week from Monday. */
        WEEK,
        MONTH
    }

    /** How finely a category is told. */
    public enum Topic {
        CATEGORY,
        /** Its group in the reference. */
        GROUP,
        NONE
    }

    /** Whether the events of a case on this rung are released. */
    public boolean tellsEvents() {
        return time == Time.DAY;
    }
}
