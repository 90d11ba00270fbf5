package io.tanggap.core.reference;

import static java.util.Objects.requireNonNull;

import java.time.LocalTime;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where messages to a unit go. A unit may have several, of other means; each gets every message to the unit.
 *
 * @param id names it in the delivery log and in the file of secrets; within a pack each is named once on a day
 * @param unit whose messages it gets
 * @param address of a webhook its URL, of e-mail the mailbox, of a file the name of its folder
 * @param language {@code en} or {@code id}
 * @param digestAt when the digest goes out, on the days on which the calendar works; local time of the city
 * @param calendar the working days of its digests and of the routes that wait for days; null: every day
 * @param quietFrom from when in the day it is told nothing, local time; null: never
 * @param quietTo until when, exclusive; before {@code quietFrom} it is on the next day; null: never
 * @param perHour how many instant messages it gets in an hour at most; what is beyond comes together in one
 * @param validity the days on which it is in use
 */
public record Recipient(
        String id,
        String unit,
        Means means,
        String address,
        String language,
        LocalTime digestAt,
        @Nullable String calendar,
        @Nullable LocalTime quietFrom,
        @Nullable LocalTime quietTo,
        int perHour,
        Validity validity) {
    /** When the digest goes out if a pack does not say. */
    public static final LocalTime CUSTOMARY_DIGEST = LocalTime.of(7, 30);

    /** How many instant messages an hour has if a pack does not say. Chosen: more are an agency's storm, not news. */
    public static final int CUSTOMARY_PER_HOUR = 10;

    /** The languages that messages are written in. */
    public static final Set<String> LANGUAGES = Set.of("en", "id");

    /** How a message travels. */
    public enum Means {
        WEBHOOK,
        EMAIL,
        FILE
    }

    public Recipient {
        requireNonNull(id, "id");
        requireNonNull(unit, "unit");
        requireNonNull(means, "means");
        requireNonNull(address, "address");
        requireNonNull(digestAt, "digestAt");
        requireNonNull(validity, "validity");
        if (!LANGUAGES.contains(language)) {
            throw new IllegalArgumentException("recipient " + id + ": language must be en or id, is " + language);
        }
        if (perHour < 1) {
            throw new IllegalArgumentException("recipient " + id + ": perHour must be 1 or more, is " + perHour);
        }
        if ((quietFrom == null) != (quietTo == null) || (quietFrom != null && quietFrom.equals(quietTo))) {
            throw new IllegalArgumentException(
                    "recipient " + id + ": quiet hours have a beginning and another time as their end");
        }
    }
}
