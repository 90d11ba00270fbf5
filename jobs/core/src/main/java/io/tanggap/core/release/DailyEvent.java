package io.tanggap.core.release;

import static java.util.Objects.requireNonNull;

import io.tanggap.core.complaint.Actor;
import io.tanggap.core.complaint.CaseEvent;
import io.tanggap.core.complaint.Outcome;
import io.tanggap.core.complaint.Payload;
import io.tanggap.core.complaint.Visibility;
import java.time.Instant;
import java.time.LocalDate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * An event in the daily feed: told in full, under pseudonyms and in the words of the reference alone. It says what the record itself
 * says and nothing that only the case's whole history does, so that the same record and words give the same row for ever.
 *
 * <p>Not for release: nothing is coarsened, and how many cases are told alike is known of a bounded set only.
 *
 * @param name the pseudonym of the event; copies of one have the same
 * @param caseName the pseudonym of its case
 * @param day the city's day on which it happened
 * @param activity what happened: the type of the event, of a state that a source sent with the state
 * @param at when, exactly
 * @param transition the state of the activity's life cycle that XES knows
 * @param unit the unit that acted; null where the source does not say
 * @param inferred whether an adapter derived the event instead of reading it
 * @param to the unit to which it went, or that was told; null where there is none
 * @param reason of a wait
 * @param outcome of a closing
 * @param stars of a rating
 * @param category that the event itself names; null where it names none
 * @param place id of the unit of the problem that the event itself names; null where it names none, or one that the reference does
 *     not list
 */
public record DailyEvent(
        String name,
        String caseName,
        LocalDate day,
        String activity,
        Instant at,
        String transition,
        @Nullable ReleasedUnit unit,
        Actor actor,
        Visibility visibility,
        boolean inferred,
        @Nullable ReleasedUnit to,
        @Nullable String reason,
        @Nullable Outcome outcome,
        @Nullable Integer stars,
        String channel,
        @Nullable String category,
        @Nullable String place) {
    public DailyEvent {
        requireNonNull(name, "name");
        requireNonNull(caseName, "caseName");
        requireNonNull(day, "day");
        requireNonNull(activity, "activity");
        requireNonNull(at, "at");
        requireNonNull(transition, "transition");
        requireNonNull(actor, "actor");
        requireNonNull(visibility, "visibility");
        requireNonNull(channel, "channel");
    }

    /**
     * An event as it is told.
     *
     * @param words of the pack known when the event was first seen
     * @param names gives each event its pseudonym, by its id
     * @param caseNames gives each case its pseudonym
     */
    public static DailyEvent of(
            CaseEvent event, Published words, UnaryOperator<String> names, UnaryOperator<String> caseNames) {
        Payload payload = event.payload();
        String category = Telling.category(payload);
        String place = Telling.place(payload);
        return new DailyEvent(
                names.apply(event.eventId()),
                caseNames.apply(event.caseId()),
                LocalDate.ofInstant(event.occurredAt(), words.pack().zone()),
                Telling.activity(payload),
                event.occurredAt(),
                Telling.transition(payload),
                unit(event.orgUnit(), words),
                event.actor(),
                event.visibility(),
                event.inferred(),
                unit(Telling.receiver(payload), words),
                Telling.reason(payload, words),
                Telling.outcome(payload),
                Telling.stars(payload),
                words.channel(event.channel()),
                category == null ? null : words.category(category),
                place != null && words.isListed(place) ? place : null);
    }

    private static @Nullable ReleasedUnit unit(@Nullable String unit, Published words) {
        if (unit == null) {
            return null;
        }
        ReleasedUnit desk = Telling.desk(unit);
        return desk == null ? words.unit(unit) : desk;
    }
}
