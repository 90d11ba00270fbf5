package io.tanggap.app.cli;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** An as-of, or another time, as the user writes and reads it: local to the city, or with an offset. */
final class AsOf {
    private static final DateTimeFormatter SHOWN = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss VV", Locale.ROOT);

    private AsOf() {}

    static Instant parse(String text, ZoneId zone) {
        return parse("--as-of", text, zone);
    }

    /** The time that an option names. */
    static Instant parse(String option, String text, ZoneId zone) {
        try {
            if (text.length() == "2019-12-31".length()) {
                return LocalDate.parse(text).atStartOfDay(zone).toInstant();
            }
            return text.endsWith("Z") || text.lastIndexOf('+') > 0 || text.lastIndexOf('-') > "2019-12-31".length()
                    ? OffsetDateTime.parse(text).toInstant()
                    : LocalDateTime.parse(text).atZone(zone).toInstant();
        } catch (DateTimeException e) {
            throw new UserError(option + " " + text + " is no time; write 2019-12-31, 2019-12-31T00:00 (in " + zone
                    + ") or 2019-12-31T00:00-05:00.");
        }
    }

    /** The day that an option names. */
    static LocalDate day(String option, String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException e) {
            throw new UserError(option + " " + text + " is no day; write 2019-12-31.");
        }
    }

    /**
     * The as-of of who names none: just after the latest event, but never after now, because one record dated 2099 would
     * else breach every open case of the city.
     */
    static Instant byDefault(Instant latest, Instant now, ZoneId zone, Terminal terminal) {
        if (!latest.isAfter(now)) {
            return latest.plus(1, ChronoUnit.MILLIS);
        }
        terminal.say("The latest event is dated " + show(latest, zone)
                + ", after now: judged as of now; events after it are kept and not seen.");
        return now.plus(1, ChronoUnit.MILLIS);
    }

    static String show(Instant instant, ZoneId zone) {
        return SHOWN.format(instant.truncatedTo(ChronoUnit.SECONDS).atZone(zone));
    }
}
