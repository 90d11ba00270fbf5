package io.tanggap.intake;

import io.tanggap.core.complaint.TimeNote;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.format.SignStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the times of a source. A time with an offset is used as it is; one without is local time in the zone. A date
 * without a time is its local day: what happened then is placed at the day's start, what is due then at its end. Years
 * outside 1 to 9999 are no times.
 */
public final class TimeFormats {
    /** The name of ISO 8601 date and time, with or without seconds, fraction and offset; {@code T} or a space between. */
    public static final String ISO = "iso";

    /** The names of formats that are no pattern, for messages. */
    static final String NAMED = "iso, epoch-seconds, epoch-millis";

    private static final DateTimeFormatter EPOCH_SECONDS = new DateTimeFormatterBuilder()
            .appendValue(ChronoField.INSTANT_SECONDS, 1, 12, SignStyle.NOT_NEGATIVE)
            .toFormatter(Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private static final DateTimeFormatter EPOCH_MILLIS = new DateTimeFormatterBuilder()
            .appendValue(ChronoField.INSTANT_SECONDS, 1, 12, SignStyle.NOT_NEGATIVE)
            .appendValue(ChronoField.MILLI_OF_SECOND, 3)
            .toFormatter(Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private static final DateTimeFormatter ISO_FORMATTER = new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .appendPattern("['T'][' ']")
            .append(DateTimeFormatter.ISO_LOCAL_TIME)
            .appendPattern("[XXXXX][XXXX][X]")
            .toFormatter(Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT);

    private final List<DateTimeFormatter> formatters;
    private final ZoneId zone;
    private final String described;

    private TimeFormats(List<DateTimeFormatter> formatters, ZoneId zone, String described) {
        this.formatters = formatters;
        this.zone = zone;
        this.described = described;
    }

    /**
     * Formats that are tried in this order.
     *
     * @throws IllegalArgumentException if a pattern is none, see {@link #formatter}
     */
    public static TimeFormats of(List<String> patterns, ZoneId zone) {
        List<DateTimeFormatter> formatters = new ArrayList<>();
        for (String pattern : patterns) {
            formatters.add(formatter(pattern));
        }
        return new TimeFormats(List.copyOf(formatters), zone, String.join(", ", patterns));
    }

    /**
     * The formatter of one pattern. Resolution is strict, so that 31 February is refused and not moved; {@code y} is read
     * as {@code u}, because strict resolution would ask for an era beside it.
     *
     * @throws IllegalArgumentException if the pattern is malformed, or does not fix a day, or names a part of a time of
     *     day without fixing the whole
     */
    static DateTimeFormatter formatter(String pattern) {
        return switch (pattern) {
            case ISO -> ISO_FORMATTER;
            case "epoch-seconds" -> EPOCH_SECONDS;
            case "epoch-millis" -> EPOCH_MILLIS;
            default -> ofPattern(pattern);
        };
    }

    private static DateTimeFormatter ofPattern(String pattern) {
        StringBuilder strict = new StringBuilder();
        boolean quoted = false;
        boolean namesTime = false;
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            quoted ^= c == '\'';
            strict.append(!quoted && c == 'y' ? 'u' : c);
            namesTime |= !quoted && "aBHhKkmsSAnN".indexOf(c) >= 0;
        }
        DateTimeFormatter formatter = new DateTimeFormatterBuilder()
                .parseCaseInsensitive()
                .appendPattern(strict.toString())
                .toFormatter(Locale.ENGLISH)
                .withResolverStyle(ResolverStyle.STRICT);
        TemporalAccessor again;
        try {
            again = formatter.parse(formatter.format(ZonedDateTime.of(2001, 2, 3, 16, 5, 6, 0, ZoneOffset.UTC)));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("what it writes it cannot read", e);
        }
        if (again.query(TemporalQueries.localDate()) == null) {
            throw new IllegalArgumentException("it does not fix year, month and day");
        }
        if (namesTime && again.query(TemporalQueries.localTime()) == null) {
            throw new IllegalArgumentException("it does not fix the time of day (HH, or hh with a)");
        }
        return formatter;
    }

    /** The formats as the mapping names them, for messages. */
    String described() {
        return described;
    }

    /**
     * A time as it was written: local, with the zone or offset that it is local to.
     *
     * @param day whether a date was written without a time of day
     */
    public record Written(LocalDateTime local, ZoneId zone, boolean day) {
        /**
         * The instant meant. In a repeated hour the earlier offset, unless that is before {@code start} and the later is
         * not; in a gap, shifted forward by its length.
         *
         * @param start the start of what ends here; null if nothing started
         */
        public Moment placed(@Nullable Instant start) {
            ZoneOffsetTransition transition = zone.getRules().getTransition(local);
            if (transition == null) {
                return new Moment(local.toInstant(zone.getRules().getOffset(local)), TimeNote.EXACT);
            }
            Instant earlier = local.toInstant(transition.getOffsetBefore());
            if (transition.isGap()) {
                return new Moment(earlier, TimeNote.GAP);
            }
            Instant later = local.toInstant(transition.getOffsetAfter());
            boolean endsBeforeStart = start != null && earlier.isBefore(start) && !later.isBefore(start);
            return new Moment(endsBeforeStart ? later : earlier, TimeNote.REPEATED_HOUR);
        }

        /**
         * The last instant that is on time: the last millisecond of a day, because what ends on the day it is due is on
         * time; a time of day as {@link #placed} has it.
         */
        Instant due(@Nullable Instant start) {
            return day
                    ? local.toLocalDate()
                            .plusDays(1)
                            .atStartOfDay(zone)
                            .toInstant()
                            .minusMillis(1)
                    : placed(start).instant();
        }
    }

    /** An instant, and what was assumed to place it. */
    public record Moment(Instant instant, TimeNote note) {}

    /** What a text says in the first format that reads it; empty if none does. */
    public Optional<Written> read(String text) {
        for (DateTimeFormatter formatter : formatters) {
            try {
                return written(formatter.parse(text));
            } catch (DateTimeException e) {
                // Not in this format: the next may read it.
            }
        }
        return Optional.empty();
    }

    private Optional<Written> written(TemporalAccessor parsed) {
        LocalDate date = parsed.query(TemporalQueries.localDate());
        if (date == null || date.getYear() < 1 || date.getYear() > 9999) {
            return Optional.empty();
        }
        LocalTime time = parsed.query(TemporalQueries.localTime());
        ZoneId own = parsed.query(TemporalQueries.zone());
        return Optional.of(
                new Written(date.atTime(time == null ? LocalTime.MIN : time), own == null ? zone : own, time == null));
    }
}
