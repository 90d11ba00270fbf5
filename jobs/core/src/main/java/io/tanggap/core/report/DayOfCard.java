package io.tanggap.core.report;

import io.tanggap.core.measure.Count;
import io.tanggap.core.measure.Tally;
import java.time.LocalDate;

/**
 * What a report card tells of one local day of the city.
 *
 * @param entered cases that became open; for a holder, that came into its hands
 * @param left cases that ceased to be, or left them
 * @param open at the end of the day
 * @param overdue at the end of the day
 * @param met targets for the resolution that were due and kept
 * @param missed the same, not kept; open overdue ones too
 */
public record DayOfCard(LocalDate day, long entered, long left, long open, long overdue, long met, long missed) {
    /** What a tally says of its day; by how much stocks change, in place of what they are. */
    static DayOfCard of(Tally tally, long day) {
        return new DayOfCard(
                LocalDate.ofEpochDay(day),
                tally.get(Count.OPEN_ENTERED),
                tally.get(Count.OPEN_LEFT),
                tally.get(Count.OPEN_ENTERED) - tally.get(Count.OPEN_LEFT),
                tally.get(Count.OVERDUE_ENTERED) - tally.get(Count.OVERDUE_LEFT),
                tally.get(Count.DUE_MET),
                tally.get(Count.DUE_MISSED_LATE) + tally.get(Count.DUE_MISSED_OPEN));
    }

    DayOfCard plus(DayOfCard other) {
        return new DayOfCard(
                day,
                entered + other.entered,
                left + other.left,
                open + other.open,
                overdue + other.overdue,
                met + other.met,
                missed + other.missed);
    }

    DayOfCard withStocks(long openAtItsEnd, long overdueAtItsEnd) {
        return new DayOfCard(day, entered, left, openAtItsEnd, overdueAtItsEnd, met, missed);
    }
}
