package io.tanggap.app.cli;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.time.temporal.IsoFields;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Days that a calendar has a name for.
 *
 * @param to the first day after
 */
record CalendarPeriod(LocalDate from, LocalDate to) {
    private static final Pattern QUARTER = Pattern.compile("([0-9]{4})-Q([1-4])");

    /** A month {@code 2017-11}, a quarter {@code 2017-Q4}, an ISO week {@code 2017-W46} or a day {@code 2017-11-05}. */
    static CalendarPeriod parse(String text) {
        Matcher quarter = QUARTER.matcher(text);
        try {
            if (quarter.matches()) {
                LocalDate first =
                        LocalDate.of(Integer.parseInt(quarter.group(1)), 3 * Integer.parseInt(quarter.group(2)) - 2, 1);
                return new CalendarPeriod(first, first.plus(1, IsoFields.QUARTER_YEARS));
            }
            if (text.contains("W")) {
                LocalDate monday = LocalDate.parse(text + "-1", DateTimeFormatter.ISO_WEEK_DATE);
                return new CalendarPeriod(monday, monday.plusWeeks(1));
            }
            if (text.length() == "2017-11".length()) {
                YearMonth month = YearMonth.parse(text);
                return new CalendarPeriod(month.atDay(1), month.plusMonths(1).atDay(1));
            }
            LocalDate day = LocalDate.parse(text);
            return new CalendarPeriod(day, day.plusDays(1));
        } catch (DateTimeException e) {
            throw new UserError(
                    "--period " + text
                            + " is none: name a month as 2017-11, a quarter as 2017-Q4, a week as 2017-W46 or a day as 2017-11-05.");
        }
    }
}
