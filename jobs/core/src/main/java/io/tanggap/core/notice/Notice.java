package io.tanggap.core.notice;

import static java.util.Objects.requireNonNull;

import io.tanggap.core.alert.Alert;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One message to one recipient, complete: whoever writes it out needs nothing else.
 *
 * @param id 32 hexadecimal digits; the same message has the same id, however often it is sent
 * @param recipient id of the recipient
 * @param unit the unit that is told
 * @param unitName its name, in the language
 * @param occasion why now
 * @param madeAt when it was made
 * @param counts how many items there are, by what changed; also of those that are beyond {@link #MOST_ITEMS}
 * @param items the most urgent first; at most {@link #MOST_ITEMS}
 * @param reason of {@link Occasion#SILENCE_ENDED} why it had been silenced; else null
 * @param names of the units, categories and channels in the items, by id, in the language; one without a name is not in it
 * @param language {@code en} or {@code id}
 * @param zone the city's
 */
public record Notice(
        String id,
        String recipient,
        String unit,
        String unitName,
        Occasion occasion,
        Instant madeAt,
        Map<Change, Integer> counts,
        List<Item> items,
        @Nullable String reason,
        Map<String, String> names,
        String language,
        ZoneId zone) {
    /** How many items one message lists. Chosen: a phone still scrolls them; the counts tell of the rest. */
    public static final int MOST_ITEMS = 200;

    /** Why a message is sent. */
    public enum Occasion {
        /** Something that its route does not let wait. */
        INSTANT,
        /** What came together since the last one, and what stands. */
        DIGEST,
        /** More than the recipient is told one by one in an hour. */
        STORM,
        /** What happened while a silence kept it back. */
        SILENCE_ENDED
    }

    /** What is to be said of an alert. */
    public enum Change {
        RAISED,
        /** It was raised before, and stands. */
        STANDING,
        /** It is another unit's matter now. */
        PASSED_ON,
        CLEARED,
        RETRACTED
    }

    /**
     * An alert in a message.
     *
     * @param route id of the route by which the unit is told
     */
    public record Item(Change change, Alert alert, String route) {
        public Item {
            requireNonNull(change, "change");
            requireNonNull(alert, "alert");
            requireNonNull(route, "route");
        }
    }

    public Notice {
        requireNonNull(id, "id");
        requireNonNull(recipient, "recipient");
        requireNonNull(occasion, "occasion");
        requireNonNull(madeAt, "madeAt");
        counts = Map.copyOf(counts);
        items = List.copyOf(items);
        names = Map.copyOf(names);
        if (items.size() > MOST_ITEMS) {
            throw new IllegalArgumentException(
                    "notice " + id + ": lists " + items.size() + " items, at most " + MOST_ITEMS);
        }
    }

    /** How many items there are, also those that are not listed. */
    public int total() {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** What an id is called; itself if it has no name. */
    public String nameOf(String named) {
        return names.getOrDefault(named, named);
    }
}
