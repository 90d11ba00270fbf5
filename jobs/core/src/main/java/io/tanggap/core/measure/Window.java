package io.tanggap.core.measure;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;

/** Stretches of whole local days; a week is an ISO week, Monday to Sunday. */
public enum Window {
    DAY,
    WEEK,
    MONTH;

    /** The first day of the window that a day lies in, as epoch days. */
    public long startOf(long day) {
        LocalDate date = LocalDate.ofEpochDay(day);
        return switch (this) {
            case DAY -> day;
            case WEEK ->
                date.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)).toEpochDay();
            case MONTH -> date.withDayOfMonth(1).toEpochDay();
        };
    }

    /** The day after the last day of the window that starts on a day, as epoch days. */
    public long endOf(long start) {
        return switch (this) {
            case DAY -> start + 1;
            case WEEK -> start + 7;
            case MONTH -> LocalDate.ofEpochDay(start).plusMonths(1).toEpochDay();
        };
    }
}
