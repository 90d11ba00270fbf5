package io.tanggap.delivery;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.NumberFormat;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Properties;

/** How things are said in a language, to people of a city. Times are its local ones. */
final class Wording {
    /** As on the board. Chosen: up to here hours are what people say, and then days. */
    private static final long DAYS_FROM_HOURS = 72;

    private final Properties texts;
    private final Locale locale;
    private final DateTimeFormatter minute;

    private Wording(Properties texts, Locale locale, ZoneId zone) {
        this.texts = texts;
        this.locale = locale;
        minute = DateTimeFormatter.ofPattern("d MMM uuuu HH:mm z", locale).withZone(zone);
    }

    static Wording of(String language, ZoneId zone) {
        return new Wording(texts(language), Locale.forLanguageTag(language), zone);
    }

    /** All texts of a language, by their keys. */
    static Properties texts(String language) {
        String name = "texts." + language + ".properties";
        Properties texts = new Properties();
        try (InputStream in = Wording.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is not on the class path, beside " + Wording.class.getName());
            }
            texts.load(new InputStreamReader(in, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return texts;
    }

    /** A text with {@code {0}}, {@code {1}} … filled in. */
    String text(String key, String... values) {
        String text = texts.getProperty(key);
        if (text == null) {
            throw new IllegalStateException("no text " + key + " in " + locale);
        }
        // From the first to the last, and each once: a value that holds "{1}" stays as it is.
        StringBuilder filled = new StringBuilder();
        int at = 0;
        for (int open = text.indexOf('{'); open >= 0; open = text.indexOf('{', at)) {
            filled.append(text, at, open).append(values[text.charAt(open + 1) - '0']);
            at = open + 3;
        }
        return filled.append(text, at, text.length()).toString();
    }

    /** A text of a number; languages that have another one for a single thing keep it under the key with {@code .1} behind. */
    String count(String key, int number) {
        String single = key + ".1";
        return text(number == 1 && texts.containsKey(single) ? single : key, whole(number));
    }

    String whole(long number) {
        return NumberFormat.getIntegerInstance(locale).format(number);
    }

    String at(Instant instant) {
        return minute.format(instant);
    }

    /** Of time by the clock: whole days and hours, or hours and minutes. Of a negative duration, the length. */
    String length(Duration duration) {
        Duration length = duration.abs();
        return length.toHours() >= DAYS_FROM_HOURS
                ? text("length.days", whole(length.toDays()), whole(length.toHoursPart()))
                : workingLength(length);
    }

    /** Of time in a calendar: hours and minutes, because a day of it has not 24 hours. */
    String workingLength(Duration length) {
        return length.toMinutesPart() == 0
                ? text("length.hours", whole(length.toHours()))
                : text("length.minutes", whole(length.toHours()), whole(length.toMinutesPart()));
    }
}
