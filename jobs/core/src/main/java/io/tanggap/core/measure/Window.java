package io.tanggap.core.measure;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.Arrays;
import java.util.Optional;

/**
 * Stretches of whole local days that figures are stated for. Calendar windows lie side by side, and a day is in one of each;
 * a week is an ISO week, Monday to Sunday. Of a rolling window there is one at a time: the days before the last midnight.
 */
public enum Window {
    // Stored in state by their places: constants are added at the end.
    DAY,
    WEEK,
    MONTH,
    QUARTER,
    ROLLING_7(7),
    ROLLING_30(30),
    ROLLING_90(90);

    /** The number of days of a rolling window; 0 of a calendar window. */
    private final int days;

    Window() {
        this(0);
    }

    Window(int days) {
        this.days = days;
    }

    /**
     * The window that is just these days: a calendar window, else a rolling one that ends at the midnight with which a day
     * begins. All are epoch days.
     *
     * @param start the first day
     * @param end the first day after
     * @param today the day of the as-of
     */
    public static Optional<Window> of(long start, long end, long today) {
        return Arrays.stream(values())
                .filter(window -> window.endOf(start) == end)
                .filter(window -> window.isRolling() ? end == today : window.startOf(start) == start)
                .findFirst();
    }

    /**
     * The first day of the window that is the latest at a midnight, as epoch days: of the rolling window that ends there, or of
     * the calendar window in which the day lies that ended there.
     *
     * @param today the day that begins with the midnight
     */
    public long latestStart(long today) {
        return isRolling() ? startBefore(today) : startOf(today - 1);
    }

    /** Whether the window is the days before the last midnight, and so another one every day. */
    public boolean isRolling() {
        return days > 0;
    }

    /**
     * The first day of the calendar window that a day lies in, as epoch days.
     *
     * @throws IllegalStateException of a rolling window: a day lies in many, one of which is {@link #startBefore}
     */
    public long startOf(long day) {
        LocalDate date = LocalDate.ofEpochDay(day);
        return switch (this) {
            case DAY -> day;
            case WEEK ->
                date.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)).toEpochDay();
            case MONTH -> date.withDayOfMonth(1).toEpochDay();
            case QUARTER ->
                date.with(date.getMonth().firstMonthOfQuarter())
                        .withDayOfMonth(1)
                        .toEpochDay();
            case ROLLING_7, ROLLING_30, ROLLING_90 ->
                throw new IllegalStateException("a day lies in " + days + " windows " + this
                        + ": ask for the one before a midnight, startBefore(today)");
        };
    }

    /**
     * The first day of the rolling window that ends at the midnight with which a day begins, as epoch days.
     *
     * @throws IllegalStateException of a calendar window, which need not end there
     */
    public long startBefore(long today) {
        if (!isRolling()) {
            throw new IllegalStateException("a " + this + " does not end at every midnight: ask for startOf(day)");
        }
        return today - days;
    }

    /** The day after the last day of the window that starts on a day, as epoch days. */
    public long endOf(long start) {
        return switch (this) {
            case DAY -> start + 1;
            case WEEK -> start + 7;
            case MONTH -> LocalDate.ofEpochDay(start).plusMonths(1).toEpochDay();
            case QUARTER -> LocalDate.ofEpochDay(start).plusMonths(3).toEpochDay();
            case ROLLING_7, ROLLING_30, ROLLING_90 -> start + days;
        };
    }
}
