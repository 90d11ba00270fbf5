package io.tanggap.simulation;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** What the clocks and calendars of the city show. */
record CityClock(ZoneId zone) {
    private static final DateTimeFormatter WITH_OFFSET =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssxxx", Locale.ROOT);
    private static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);

    LocalDateTime local(long millis) {
        return LocalDateTime.ofInstant(Instant.ofEpochMilli(millis), zone);
    }

    long millis(LocalDate day, int hour) {
        return day.atTime(hour, 0).atZone(zone).toInstant().toEpochMilli();
    }

    static boolean isWeekend(LocalDate day) {
        return day.getDayOfWeek() == DayOfWeek.SATURDAY || day.getDayOfWeek() == DayOfWeek.SUNDAY;
    }

    /** With the offset of the city. */
    String written(long millis) {
        return WITH_OFFSET.format(Instant.ofEpochMilli(millis).atZone(zone));
    }

    /** As a local time, except in the hour that exists twice, where that would say something else. */
    String writtenLocally(long millis) {
        LocalDateTime local = local(millis);
        return zone.getRules().getValidOffsets(local).size() == 1 ? LOCAL.format(local) : written(millis);
    }

    static String writtenInUtc(long millis) {
        return DateTimeFormatter.ISO_INSTANT.format(Instant.ofEpochMilli(millis).atOffset(ZoneOffset.UTC));
    }
}
