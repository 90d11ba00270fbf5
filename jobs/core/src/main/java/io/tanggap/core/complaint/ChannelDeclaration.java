package io.tanggap.core.complaint;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;

/**
 * What a source says of one day of a channel: how many events it has of it. Against that, what was received shows what is
 * missing. A later declaration of the same day takes the place of an earlier one.
 *
 * @param channel the channel's id, for example {@code qlue}
 * @param day on which the events occurred, a local day of the city
 * @param events how many, counted as Tanggap counts them: distinct things that happened to cases; 0 to {@link #MOST_EVENTS}
 * @param declaredAt when this was said, at millisecond precision; not before the day began
 */
public record ChannelDeclaration(String channel, LocalDate day, long events, Instant declaredAt) {
    /** More events than any channel of a city has in a day. Chosen. */
    public static final long MOST_EVENTS = 1_000_000_000;

    /** The one that counts is the greatest: what was said last, and of what was said at the same time the larger number. */
    public static final Comparator<ChannelDeclaration> ORDER =
            Comparator.comparing(ChannelDeclaration::declaredAt).thenComparing(ChannelDeclaration::events);

    // Where a day begins first.
    private static final ZoneOffset EASTERNMOST = ZoneOffset.ofHours(14);

    public ChannelDeclaration {
        requireNonNull(day, "day");
        declaredAt = declaredAt.truncatedTo(ChronoUnit.MILLIS);
        if (channel.isEmpty() || channel.indexOf(':') >= 0) {
            throw new IllegalArgumentException(
                    "channel '" + channel + "': the id of a channel is not empty and holds no colon");
        }
        if (events < 0 || events > MOST_EVENTS) {
            throw new IllegalArgumentException(
                    "events " + events + ": a channel has 0 to " + MOST_EVENTS + " events in a day");
        }
        if (!begunBefore(day, declaredAt.plusMillis(1))) {
            throw new IllegalArgumentException("day " + day + " had begun nowhere on earth when it was declared, at "
                    + declaredAt + ": nobody knows how many events it will have");
        }
    }

    /** Whether the day had begun anywhere on earth before an instant. */
    public boolean begunBefore(Instant instant) {
        return begunBefore(day, instant);
    }

    private static boolean begunBefore(LocalDate day, Instant instant) {
        return day.atStartOfDay().toInstant(EASTERNMOST).isBefore(instant);
    }
}
