package io.tanggap.release;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Values as texts: the same in CSV, XES and OCEL. */
final class Texts {
    private static final DateTimeFormatter INSTANT = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private Texts() {}

    /** Instants in UTC with milliseconds, numbers without an exponent, dates as ISO 8601 has them. */
    static String of(Object value) {
        if (value instanceof Instant instant) {
            return INSTANT.format(instant);
        } else if (value instanceof BigDecimal number) {
            return number.toPlainString();
        }
        return value.toString();
    }
}
