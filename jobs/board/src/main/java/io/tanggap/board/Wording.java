package io.tanggap.board;

import io.tanggap.core.statistics.Survival.State;
import io.tanggap.dashboards.Language;
import io.tanggap.dashboards.Texts;
import java.text.NumberFormat;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How numbers and times are said in a language, to people of a city. Times are its local ones. */
final class Wording {
    static final String NOTHING = "–";

    /** Chosen: up to here hours are what people say, and then days. */
    private static final long DAYS_FROM_HOURS = 72;

    private final Texts texts;
    private final Locale locale;
    private final ZoneId zone;
    private final DateTimeFormatter minute;
    private final DateTimeFormatter day;

    Wording(Texts texts, ZoneId zone) {
        this.texts = texts;
        this.zone = zone;
        locale = Locale.forLanguageTag(texts.language().code());
        minute = DateTimeFormatter.ofPattern("d MMM uuuu HH:mm", locale).withZone(zone);
        day = DateTimeFormatter.ofPattern("d MMM uuuu", locale);
    }

    Language language() {
        return texts.language();
    }

    String text(String english) {
        return texts.of(english);
    }

    String whole(long number) {
        return NumberFormat.getIntegerInstance(locale).format(number);
    }

    String decimals(@Nullable Number number, int digits) {
        if (number == null) {
            return NOTHING;
        }
        NumberFormat format = NumberFormat.getNumberInstance(locale);
        format.setMinimumFractionDigits(digits);
        format.setMaximumFractionDigits(digits);
        return format.format(number.doubleValue());
    }

    String percent(@Nullable Number share) {
        return share == null ? NOTHING : decimals(100 * share.doubleValue(), 1) + "\u00a0%";
    }

    /** The limits of a share; empty if there are none. */
    String shareBetween(@Nullable Number low, @Nullable Number high) {
        return low == null || high == null ? "" : decimals(100 * low.doubleValue(), 1) + "–" + percent(high);
    }

    /** A time by its name, {@code close_p50_hours}; in words where it cannot be stated. */
    String hours(Figures figures, String name) {
        Number hours = figures.number("times." + name);
        if (hours != null) {
            return hours(hours);
        }
        String state = figures.states().get(name);
        if (state == null) {
            return NOTHING;
        }
        if (state.equals(State.NOT_REACHED.name())) {
            return text("not reached");
        }
        return state.equals(State.BEYOND_LAST_BIN.name()) ? text("over 2 years") : text("too few to say");
    }

    /** The limits of a time; an upper one that is absent is not reached. Empty where the time itself cannot be stated. */
    String hoursBetween(Figures figures, String name) {
        Number low = figures.number("times." + name + "_low");
        Number high = figures.number("times." + name + "_high");
        if (low == null) {
            return "";
        }
        return hours(low) + "–" + (high == null ? text("not reached") : hours(high));
    }

    String hours(Number hours) {
        double number = hours.doubleValue();
        if (number < DAYS_FROM_HOURS) {
            return decimals(number, 0) + "\u00a0" + text("h");
        }
        return decimals(number / 24, number % 24 == 0 ? 0 : 1) + "\u00a0" + text("days");
    }

    /** Whole days and hours, or hours and minutes; of a negative duration, the length. */
    String length(Duration duration) {
        Duration length = duration.abs();
        return length.toHours() >= DAYS_FROM_HOURS
                ? whole(length.toDays()) + "\u00a0" + text("d") + " " + length.toHoursPart() + "\u00a0" + text("h")
                : whole(length.toHours()) + "\u00a0" + text("h") + " " + length.toMinutesPart() + "\u00a0"
                        + text("min");
    }

    String at(@Nullable Instant instant) {
        return instant == null ? NOTHING : minute.format(instant);
    }

    String day(LocalDate date) {
        return day.format(date);
    }

    /** The days of a period, with the last one. */
    String days(LocalDate from, LocalDate to) {
        LocalDate last = to.minusDays(1);
        return from.equals(last) ? day(from) : day(from) + " – " + day(last);
    }

    ZoneId zone() {
        return zone;
    }
}
