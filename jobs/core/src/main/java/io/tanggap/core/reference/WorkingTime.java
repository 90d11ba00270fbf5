package io.tanggap.core.reference;

import static java.util.Objects.requireNonNull;

import io.tanggap.core.reference.WorkCalendar.Holiday;
import io.tanggap.core.reference.WorkCalendar.Hours;
import io.tanggap.core.reference.WorkCalendar.Span;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The time that an administration has for its work, and what is due when by it. An instant is a working one if the wall
 * clock of the zone then shows a time within the working hours of the day that it shows: hours that a change of the clocks
 * skips do not exist, and hours that it repeats count twice.
 *
 * <p>The hours of a day are those of its weekday whose validity holds on it. Holidays replace them: those of the day that
 * were decreed last, among them one without hours before any with hours, for reduced hours are of a season and a free day
 * is of a day. Hours that overlap or touch are one.
 *
 * <p>What holds for every start s, end e, instant t and working time d, where no answer is null:
 *
 * <ul>
 *   <li>elapsed(s, deadline(s, d)) = d, and no earlier instant has that;
 *   <li>deadline(s, elapsed(s, t)) ≤ t, equal if and only if t is s or there is work right before t: it is a closing
 *       instant, or a working one that is not an opening one;
 *   <li>elapsed(before(e, d), e) = d, no later instant has that, and before(deadline(s, d), d) ≥ s.
 * </ul>
 *
 * <p>Elapsed time stands still outside working hours. So whether something was in time is a question of instants, never of
 * elapsed time.
 *
 * <p>Everything is in whole milliseconds, and finer digits of what is handed in are cut off. Working hours lie in the local
 * years 1 to 9999; {@link #ALWAYS} has no bounds but those of {@link Instant}. Safe for use by several threads.
 *
 * <p>Source: rules R4 (a deadline walks the calendar), R5 (milliseconds of the instant line, half-open) and R6 (zone,
 * several intervals, dated holidays, half days, known from a day) of the SLA semantics; the laws are those of the measures.
 */
public final class WorkingTime {
    /** Calendar time: every instant of every day counts. It has no zone, and so no days. */
    public static final WorkingTime ALWAYS = new WorkingTime(null);

    private static final long MINUTE = 60_000;
    private static final long DAY = Span.DAY * MINUTE;

    // The years that ISO 8601 writes with four digits: what has to be bounded is the search for hours that never come.
    private static final long FIRST_DAY = LocalDate.of(1, 1, 1).toEpochDay();
    private static final long LAST_DAY = LocalDate.of(9999, 12, 31).toEpochDay();

    // No zone is off by more than 18 hours, so that no working instant is outside.
    private static final Instant BEFORE_ALL = Instant.ofEpochMilli((FIRST_DAY - 1) * DAY);
    private static final Instant AFTER_ALL = Instant.ofEpochMilli((LAST_DAY + 2) * DAY);
    private static final Duration LONGER_THAN_ALL = Duration.between(BEFORE_ALL, AFTER_ALL);

    private final @Nullable Blocks blocks;

    private WorkingTime(@Nullable Blocks blocks) {
        this.blocks = blocks;
    }

    /**
     * A time in which work is done without a break: [from, to).
     *
     * @param from the first instant
     * @param to the first instant that is no longer part of it; after {@code from}
     */
    public record Stretch(Instant from, Instant to) {
        public Stretch {
            requireNonNull(from, "from");
            requireNonNull(to, "to");
            if (!from.isBefore(to)) {
                throw new IllegalArgumentException("a stretch begins before it ends, not at " + from + " to " + to);
            }
        }
    }

    /**
     * The working time of a calendar as it was known on a day. It is cheap to make and spells days out when they are asked
     * for; keep it where many questions are asked.
     *
     * @param zone whose wall clocks the hours of the calendar are told by
     * @param known holidays that were decreed after this day, in the city's zone, are ignored
     * @throws IllegalArgumentException if no weekday has hours, whatever their validity: nothing would ever be due
     */
    public static WorkingTime of(WorkCalendar calendar, ZoneId zone, LocalDate known) {
        if (calendar.hours().isEmpty()) {
            throw new IllegalArgumentException("the calendar " + calendar.id()
                    + " has no working hours, so nothing in it would ever be due; give a weekday hours, or let what is"
                    + " timed by it count calendar time");
        }
        return new WorkingTime(new Blocks(new Openings(calendar, known), zone));
    }

    /**
     * When a working time that begins at {@code start} is used up: the earliest t ≥ start with elapsed(start, t) ≥ working.
     * So it is the instant at which work closes rather than the one at which it opens again.
     *
     * @param working zero is due at {@code start}, at whatever hour that is
     * @return null where the calendar has not that much working time left
     * @throws IllegalArgumentException if {@code working} is negative
     */
    public @Nullable Instant deadline(Instant start, Duration working) {
        Duration wanted = whole(working);
        if (wanted.isZero()) {
            return whole(start);
        }
        if (blocks == null) {
            try {
                return whole(start).plus(wanted);
            } catch (DateTimeException | ArithmeticException beyond) {
                return null;
            }
        }
        return wanted.compareTo(LONGER_THAN_ALL) > 0 ? null : blocks.after(millis(start), wanted.toMillis());
    }

    /**
     * The end of a number of working days. Day 0 is the local day of the first working instant at or after {@code start};
     * what is returned is the end of the last working hours of the n-th local day after it that has a working instant.
     *
     * @param days from 1
     * @return null where the calendar has not that many working days left
     * @throws IllegalArgumentException if {@code days} is less than 1
     * @throws UnsupportedOperationException of calendar time, which has no days
     */
    public @Nullable Instant deadlineInDays(Instant start, int days) {
        if (days < 1) {
            throw new IllegalArgumentException("working days are 1 or more, not " + days);
        }
        if (blocks == null) {
            throw new UnsupportedOperationException(
                    "calendar time has no zone and so no days; count hours, or days of a calendar");
        }
        return blocks.endOfDay(millis(start), days);
    }

    /** The working time in [from, to); zero if {@code to} is not after {@code from}. */
    public Duration elapsed(Instant from, Instant to) {
        if (!from.isBefore(to)) {
            return Duration.ZERO;
        }
        return blocks == null
                ? Duration.between(whole(from), whole(to))
                : Duration.ofMillis(blocks.worked(millis(from), millis(to)));
    }

    /**
     * When a working time that ends at {@code end} begins, as a warning before a deadline does: the latest u ≤ end with
     * elapsed(u, end) ≥ working. So it is the instant at which work opens rather than the one at which it closed before.
     *
     * @param working zero is {@code end}, at whatever hour that is
     * @return null where the calendar has not that much working time before
     * @throws IllegalArgumentException if {@code working} is negative
     */
    public @Nullable Instant before(Instant end, Duration working) {
        Duration wanted = whole(working);
        if (wanted.isZero()) {
            return whole(end);
        }
        if (blocks == null) {
            try {
                return whole(end).minus(wanted);
            } catch (DateTimeException | ArithmeticException beyond) {
                return null;
            }
        }
        return wanted.compareTo(LONGER_THAN_ALL) > 0 ? null : blocks.before(millis(end), wanted.toMillis());
    }

    /** Whether an instant lies in working hours: the opening instant does, the closing one does not. */
    public boolean isWorking(Instant instant) {
        return blocks == null || blocks.isWorking(millis(instant));
    }

    /**
     * The working hours in [from, to), in order and cut to it, for people who check a verdict with a pencil. None of them
     * goes beyond its local day: those of a night shift are two. Of {@link #ALWAYS} there is one.
     *
     * @return as long as what was asked for, some five hundred a year; empty if {@code to} is not after {@code from}
     */
    public List<Stretch> stretches(Instant from, Instant to) {
        Instant first = whole(from);
        Instant last = whole(to);
        if (!first.isBefore(last)) {
            return List.of();
        }
        return blocks == null ? List.of(new Stretch(first, last)) : blocks.stretches(millis(from), millis(to));
    }

    private static Instant whole(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MILLIS);
    }

    private static Duration whole(Duration working) {
        if (working.isNegative()) {
            throw new IllegalArgumentException("working time is not negative, but this is " + working);
        }
        return working.truncatedTo(ChronoUnit.MILLIS);
    }

    /** Milliseconds since the epoch; of an instant beyond all working time, some that are beyond it too. */
    private static long millis(Instant instant) {
        if (instant.isBefore(BEFORE_ALL)) {
            return BEFORE_ALL.toEpochMilli();
        }
        return (instant.isAfter(AFTER_ALL) ? AFTER_ALL : instant).toEpochMilli();
    }

    /** The working hours of local days, by wall clock. Days are counted from 1970-01-01. */
    private static final class Openings {
        private static final int[] CLOSED = {};

        /** No hours before this day, and none after the last. */
        final long first;

        final long last;

        /** The days on which the hours of the week change, in order. */
        private final long[] changes;

        /** The hours of each weekday before the first change, from each change to the next, and after the last one. */
        private final int[][][] weeks;

        private final Map<Long, int[]> holidays = new HashMap<>();

        Openings(WorkCalendar calendar, LocalDate known) {
            Map<LocalDate, List<Holiday>> days = new HashMap<>();
            for (Holiday holiday : calendar.holidays()) {
                if (!decreed(holiday).isAfter(known)) {
                    days.computeIfAbsent(holiday.date(), day -> new ArrayList<>())
                            .add(holiday);
                }
            }
            days.forEach((day, lines) -> holidays.put(day.toEpochDay(), instead(lines)));

            long earliest = LAST_DAY + 1;
            long latest = FIRST_DAY - 1;
            for (Map.Entry<Long, int[]> holiday : holidays.entrySet()) {
                if (holiday.getValue().length > 0) {
                    earliest = Math.min(earliest, holiday.getKey());
                    latest = Math.max(latest, holiday.getKey());
                }
            }
            TreeSet<LocalDate> bounds = new TreeSet<>();
            for (Hours hours : calendar.hours()) {
                LocalDate from = hours.validity().from();
                LocalDate to = hours.validity().to();
                if (from != null) {
                    bounds.add(from);
                }
                if (to != null) {
                    bounds.add(to);
                }
                earliest = Math.min(earliest, from == null ? FIRST_DAY : from.toEpochDay());
                latest = Math.max(latest, to == null ? LAST_DAY : to.toEpochDay() - 1);
            }
            first = Math.max(earliest, FIRST_DAY);
            last = Math.min(latest, LAST_DAY);
            changes = bounds.stream().mapToLong(LocalDate::toEpochDay).toArray();
            weeks = new int[changes.length + 1][][];
            weeks[0] = week(calendar, LocalDate.MIN);
            int next = 1;
            for (LocalDate change : bounds) {
                weeks[next++] = week(calendar, change);
            }
        }

        /** The hours that the lines of a day give it. */
        private static int[] instead(List<Holiday> lines) {
            LocalDate last = lines.stream()
                    .map(Openings::decreed)
                    .max(Comparator.naturalOrder())
                    .orElseThrow();
            List<Span> spans = new ArrayList<>();
            for (Holiday line : lines) {
                if (decreed(line).equals(last)) {
                    if (line.instead() == null) {
                        return CLOSED;
                    }
                    spans.add(line.instead());
                }
            }
            return united(spans);
        }

        private static LocalDate decreed(Holiday holiday) {
            return holiday.knownFrom() == null ? LocalDate.MIN : holiday.knownFrom();
        }

        private static int[][] week(WorkCalendar calendar, LocalDate day) {
            int[][] week = new int[DayOfWeek.values().length][];
            for (DayOfWeek weekday : DayOfWeek.values()) {
                week[weekday.getValue() - 1] = united(calendar.hours().stream()
                        .filter(hours ->
                                hours.weekday() == weekday && hours.validity().contains(day))
                        .map(Hours::span)
                        .toList());
            }
            return week;
        }

        /** From and to, from and to and so on, in order, none touching the next. */
        private static int[] united(List<Span> spans) {
            int[] united = new int[2 * spans.size()];
            int length = 0;
            for (Span span : spans.stream()
                    .sorted(Comparator.comparingInt(Span::fromMinute))
                    .toList()) {
                if (length > 0 && span.fromMinute() <= united[length - 1]) {
                    united[length - 1] = Math.max(united[length - 1], span.toMinute());
                } else {
                    united[length++] = span.fromMinute();
                    united[length++] = span.toMinute();
                }
            }
            return Arrays.copyOf(united, length);
        }

        int[] minutes(long day) {
            if (day < first || day > last) {
                return CLOSED;
            }
            int[] holiday = holidays.get(day);
            if (holiday != null) {
                return holiday;
            }
            int change = Arrays.binarySearch(changes, day);
            int[][] week = weeks[change < 0 ? -change - 1 : change + 1];
            // 1970-01-01 was a Thursday.
            return week[(int) Math.floorMod(day + 3, 7L)];
        }
    }

    /**
     * All working time, in blocks of four years that are spelled out when they are asked for. A block is kept until another
     * one needs its place, so that no request, however far away, costs more memory than some blocks; what a block comes to
     * is kept for each, so that a long way is walked once.
     */
    private static final class Blocks {
        private static final int DAYS = 4 * 365 + 1;

        // Chosen: 64 years side by side without one in the place of another, some 70 kB each for office hours.
        private static final int KEPT = 16;

        // Offsets are at most 36 hours apart, so that no change farther away makes a day of one block part of another.
        private static final Duration CALM = Duration.ofDays(2);

        private final Openings openings;
        private final ZoneId zone;
        private final ZoneRules rules;
        private final int first;
        private final int last;

        // Threads may build the same block twice; both come to the same.
        private final AtomicReferenceArray<@Nullable Block> kept = new AtomicReferenceArray<>(KEPT);
        private final AtomicReferenceArray<@Nullable Size> sizes;

        /** What a block comes to. */
        private record Size(long worked, int days) {}

        Blocks(Openings openings, ZoneId zone) {
            this.openings = openings;
            this.zone = zone;
            rules = zone.getRules();
            // A block may begin some days late, and the one before then has them.
            first = Math.toIntExact(Math.floorDiv(openings.first, DAYS)) - 1;
            last = Math.max(first, Math.toIntExact(Math.floorDiv(openings.last, DAYS)));
            sizes = new AtomicReferenceArray<>(last - first + 1);
        }

        @Nullable
        Instant after(long start, long working) {
            Block block = at(start);
            int number = block.number;
            Size size = block.size;
            long left = block.worked(start) + working;
            while (left > size.worked) {
                if (number == last) {
                    return null;
                }
                left -= size.worked;
                size = size(++number);
            }
            return Instant.ofEpochMilli(block(number).reaching(left));
        }

        @Nullable
        Instant before(long end, long working) {
            Block block = at(end);
            int number = block.number;
            long left = block.worked(end) - working;
            while (left < 0) {
                if (number == first) {
                    return null;
                }
                left += size(--number).worked;
            }
            return Instant.ofEpochMilli(block(number).leaving(left));
        }

        long worked(long from, long to) {
            Block begin = at(from);
            Block end = at(to);
            long worked = end.worked(to) - begin.worked(from);
            for (int number = begin.number; number < end.number; number++) {
                worked += size(number).worked;
            }
            return worked;
        }

        @Nullable
        Instant endOfDay(long start, int days) {
            Block block = at(start);
            int number = block.number;
            Size size = block.size;
            // A day of the block, counted from 0; one that it does not have is one of the blocks to come.
            long day = block.firstDay(start) + (long) days;
            while (day >= size.days) {
                if (number == last) {
                    return null;
                }
                day -= size.days;
                size = size(++number);
            }
            return Instant.ofEpochMilli(block(number).dayEnds[(int) day]);
        }

        boolean isWorking(long instant) {
            Block block = at(instant);
            int i = block.begunBy(instant);
            return i >= 0 && instant < block.ends[i];
        }

        List<Stretch> stretches(long from, long to) {
            List<Stretch> stretches = new ArrayList<>();
            Block block = at(from);
            int i = Math.max(0, block.begunBy(from));
            while (true) {
                for (; i < block.starts.length && block.starts[i] < to; i++) {
                    if (block.ends[i] > from) {
                        stretches.add(new Stretch(
                                Instant.ofEpochMilli(Math.max(from, block.starts[i])),
                                Instant.ofEpochMilli(Math.min(to, block.ends[i]))));
                    }
                }
                if (to <= block.to || block.number == last) {
                    return List.copyOf(stretches);
                }
                block = block(block.number + 1);
                i = 0;
            }
        }

        /** The block of an instant; of one before all or after all, the first or the last. */
        private Block at(long instant) {
            long guess = Math.floorDiv(instant, DAYS * DAY);
            Block block = block((int) Math.min(last, Math.max(first, guess)));
            while (instant < block.from && block.number > first) {
                block = block(block.number - 1);
            }
            while (instant >= block.to && block.number < last) {
                block = block(block.number + 1);
            }
            return block;
        }

        private Size size(int number) {
            Size size = sizes.get(number - first);
            return size == null ? block(number).size : size;
        }

        private Block block(int number) {
            int place = Math.floorMod(number, KEPT);
            Block block = kept.get(place);
            if (block == null || block.number != number) {
                block = build(number);
                kept.set(place, block);
                sizes.set(number - first, block.size);
            }
            return block;
        }

        private Block build(int number) {
            long from = beginning(number);
            long to = beginning(number + 1);
            Builder builder = new Builder();
            // Between two changes of the clocks all wall clocks run evenly.
            for (long at = from; at < to; ) {
                Instant instant = Instant.ofEpochMilli(at);
                long offset = rules.getOffset(instant).getTotalSeconds() * 1000L;
                ZoneOffsetTransition change = rules.nextTransition(instant);
                long end =
                        change == null ? to : Math.min(to, change.getInstant().toEpochMilli());
                for (long day = Math.floorDiv(at + offset, DAY); day * DAY - offset < end; day++) {
                    long midnight = day * DAY - offset;
                    int[] minutes = openings.minutes(day);
                    for (int i = 0; i < minutes.length; i += 2) {
                        builder.add(
                                day,
                                Math.max(at, midnight + minutes[i] * MINUTE),
                                Math.min(end, midnight + minutes[i + 1] * MINUTE));
                    }
                }
                at = end;
            }
            return new Block(number, from, to, builder);
        }

        /**
         * The midnight at which a block begins: one around which the clocks are not changed. A change at midnight may
         * repeat the end of the day before after the beginning of the day, and no day may lie in two blocks.
         */
        private long beginning(int number) {
            for (long day = (long) number * DAYS; ; day++) {
                Instant midnight = LocalDate.ofEpochDay(day).atStartOfDay(zone).toInstant();
                ZoneOffsetTransition change = rules.nextTransition(midnight.minus(CALM));
                if (change == null || change.getInstant().isAfter(midnight.plus(CALM))) {
                    return midnight.toEpochMilli();
                }
            }
        }
    }

    /** The working hours of some years, as they are spelled out. */
    private static final class Builder {
        private long[] starts = new long[4096];
        private long[] ends = new long[4096];
        private int[] days = new int[4096];
        private int length;
        private final List<Long> numbers = new ArrayList<>();
        private final List<Long> dayEnds = new ArrayList<>();

        /** Adds the later of all; nothing if it is empty. */
        void add(long day, long start, long end) {
            if (start >= end) {
                return;
            }
            int index = index(day);
            dayEnds.set(index, end);
            if (length > 0 && ends[length - 1] == start && days[length - 1] == index) {
                ends[length - 1] = end;
                return;
            }
            if (length == starts.length) {
                starts = Arrays.copyOf(starts, 2 * length);
                ends = Arrays.copyOf(ends, 2 * length);
                days = Arrays.copyOf(days, 2 * length);
            }
            starts[length] = start;
            ends[length] = end;
            days[length++] = index;
        }

        private int index(long day) {
            int index = numbers.size() - 1;
            // Where clocks are set back across a midnight, a day goes on after the next has begun.
            if (index > 0 && numbers.get(index) > day) {
                index--;
            }
            if (index >= 0 && numbers.get(index) == day) {
                return index;
            }
            numbers.add(day);
            dayEnds.add(Long.MIN_VALUE);
            return numbers.size() - 1;
        }
    }

    /** The working hours of some years, spelled out. */
    private static final class Block {
        final int number;
        final long from;
        final long to;
        final Blocks.Size size;

        /** Working hours in order, none beyond its local day. */
        final long[] starts;

        final long[] ends;

        /** Which working day of the block the hours belong to. */
        final int[] days;

        /** When the last hours of each working day end. */
        final long[] dayEnds;

        /** What is worked in the block before each of the hours, and at last in all of it. */
        final long[] sums;

        Block(int number, long from, long to, Builder builder) {
            this.number = number;
            this.from = from;
            this.to = to;
            starts = Arrays.copyOf(builder.starts, builder.length);
            ends = Arrays.copyOf(builder.ends, builder.length);
            days = Arrays.copyOf(builder.days, builder.length);
            dayEnds = builder.dayEnds.stream().mapToLong(Long::longValue).toArray();
            sums = new long[starts.length + 1];
            for (int i = 0; i < starts.length; i++) {
                sums[i + 1] = sums[i] + ends[i] - starts[i];
            }
            size = new Blocks.Size(sums[starts.length], dayEnds.length);
        }

        /** The last hours that have begun by an instant; −1 if none have. */
        int begunBy(long instant) {
            int found = Arrays.binarySearch(starts, instant);
            return found >= 0 ? found : -found - 2;
        }

        /** What is worked in the block before an instant. */
        long worked(long instant) {
            int i = begunBy(instant);
            return i < 0 ? 0 : sums[i] + Math.min(instant, ends[i]) - starts[i];
        }

        /** The earliest instant by which so much is worked, which is more than nothing and not more than there is. */
        long reaching(long worked) {
            int found = Arrays.binarySearch(sums, worked);
            int i = found >= 0 ? found - 1 : -found - 2;
            return starts[i] + worked - sums[i];
        }

        /** The latest instant before which not more than so much is worked, which is less than there is. */
        long leaving(long worked) {
            int found = Arrays.binarySearch(sums, worked);
            int i = found >= 0 ? found : -found - 2;
            return starts[i] + worked - sums[i];
        }

        /** The working day of the first working instant at or after an instant; how many there are if there is none. */
        int firstDay(long instant) {
            int i = begunBy(instant);
            if (i < 0 || instant >= ends[i]) {
                i++;
            }
            return i < days.length ? days[i] : dayEnds.length;
        }
    }
}
