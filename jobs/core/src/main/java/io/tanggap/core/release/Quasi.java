package io.tanggap.core.release;

import static java.util.Objects.requireNonNull;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What somebody who knows of a complaint may know of it: its quasi-identifiers, in the words of the reference.
 *
 * @param name the pseudonym of the case
 * @param day of the submission, of the city
 * @param place the units from right below the city down to the place; empty where it is not known
 * @param category {@link Published#UNLISTED} if the reference does not list it, or there is none
 * @param group of the category
 * @param channel {@link Published#UNLISTED} if the reference lists others only
 * @param sensitive whether the category is
 * @param agency who had the case last, as an agency; what somebody may know besides
 */
public record Quasi(
        String name,
        LocalDate day,
        List<String> place,
        String category,
        String group,
        String channel,
        boolean sensitive,
        @Nullable String agency) {
    private static final char NEXT = '\u001f';

    public Quasi {
        requireNonNull(name, "name");
        requireNonNull(day, "day");
        place = List.copyOf(place);
        requireNonNull(category, "category");
        requireNonNull(group, "group");
        requireNonNull(channel, "channel");
    }

    /**
     * The class of the case on a rung: two cases have the same exactly if they are told alike there.
     *
     * @param deepest how many levels the city has below it
     */
    public String on(Rung rung, int deepest) {
        return rung.time().name()
                + NEXT
                + dayOn(rung)
                + NEXT
                + String.join("/", placeOn(rung, deepest))
                + NEXT
                + switch (rung.topic()) {
                    case CATEGORY -> category;
                    case GROUP -> rung.topic().name() + NEXT + group;
                    case NONE -> rung.topic().name();
                }
                + NEXT
                + (rung.channel() ? channel : "");
    }

    /** The first day of what is told of the time. */
    LocalDate dayOn(Rung rung) {
        return switch (rung.time()) {
            case DAY -> day;
            case WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
            case MONTH -> day.withDayOfMonth(1);
        };
    }

    /** What is told of the place; empty is the city, also of a case without a place. */
    List<String> placeOn(Rung rung, int deepest) {
        return place.subList(0, Math.min(place.size(), Math.max(0, deepest - rung.up())));
    }
}
