package io.tanggap.core.explain;

import io.tanggap.core.explain.Reckoning.Kind;
import io.tanggap.core.explain.Reckoning.Row;
import io.tanggap.core.reference.WorkCalendar;
import io.tanggap.core.reference.WorkCalendar.Holiday;
import io.tanggap.core.reference.WorkCalendar.Hours;
import io.tanggap.core.reference.WorkCalendar.Span;
import io.tanggap.core.reference.WorkingTime.Stretch;
import io.tanggap.core.sla.Pause;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a person with a pencil does, without any of the functions that a verdict rests on: adds rows up, and counts the hours of
 * a wall calendar day by day. Hours must not overlap, nor lie where the clocks change.
 */
final class Pencil {
    private Pencil() {}

    /** The sum of the stretches of the rows up to the first of a kind; null where there is none. */
    static @Nullable Duration sumUntil(Kind kind, List<Row> rows) {
        Duration sum = Duration.ZERO;
        for (Row row : rows) {
            if (row.kind() == kind) {
                return sum;
            }
            for (Stretch stretch : row.counted()) {
                sum = sum.plus(Duration.between(stretch.from(), stretch.to()));
            }
        }
        return null;
    }

    /** The time of a calendar in [from, to) without pauses; of no calendar all time. */
    static Duration counted(
            @Nullable WorkCalendar calendar,
            ZoneId zone,
            LocalDate known,
            List<Pause> pauses,
            Instant from,
            Instant to) {
        if (!from.isBefore(to)) {
            return Duration.ZERO;
        }
        if (calendar == null) {
            return less(from, to, pauses);
        }
        Duration counted = Duration.ZERO;
        LocalDate last = LocalDate.ofInstant(to, zone);
        for (LocalDate day = LocalDate.ofInstant(from, zone); !day.isAfter(last); day = day.plusDays(1)) {
            for (Span span : spans(calendar, day, known)) {
                Instant opens = day.atStartOfDay()
                        .plusMinutes(span.fromMinute())
                        .atZone(zone)
                        .toInstant();
                Instant closes = day.atStartOfDay()
                        .plusMinutes(span.toMinute())
                        .atZone(zone)
                        .toInstant();
                counted = counted.plus(
                        less(opens.isBefore(from) ? from : opens, closes.isAfter(to) ? to : closes, pauses));
            }
        }
        return counted;
    }

    private static List<Span> spans(WorkCalendar calendar, LocalDate day, LocalDate known) {
        List<Holiday> lines = calendar.holidays().stream()
                .filter(line -> line.date().equals(day)
                        && (line.knownFrom() == null || !line.knownFrom().isAfter(known)))
                .toList();
        if (lines.isEmpty()) {
            return calendar.hours().stream()
                    .filter(hours -> hours.weekday() == day.getDayOfWeek()
                            && hours.validity().contains(day))
                    .map(Hours::span)
                    .toList();
        }
        LocalDate latest = lines.stream()
                .map(line -> line.knownFrom() == null ? LocalDate.MIN : line.knownFrom())
                .max(Comparator.naturalOrder())
                .orElseThrow();
        List<Holiday> holding = lines.stream()
                .filter(line -> (line.knownFrom() == null ? LocalDate.MIN : line.knownFrom()).equals(latest))
                .toList();
        return holding.stream().anyMatch(line -> line.instead() == null)
                ? List.of()
                : holding.stream().map(Holiday::instead).distinct().toList();
    }

    private static Duration less(Instant from, Instant to, List<Pause> pauses) {
        if (!from.isBefore(to)) {
            return Duration.ZERO;
        }
        Duration left = Duration.between(from, to);
        for (Pause pause : pauses) {
            Instant begins = pause.from().isBefore(from) ? from : pause.from();
            Instant ends = pause.to() == null || pause.to().isAfter(to) ? to : pause.to();
            if (begins.isBefore(ends)) {
                left = left.minus(Duration.between(begins, ends));
            }
        }
        return left;
    }
}
