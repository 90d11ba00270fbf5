package io.tanggap.core.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.tanggap.core.Seed;
import io.tanggap.core.reference.WorkCalendar.Holiday;
import io.tanggap.core.reference.WorkCalendar.Hours;
import io.tanggap.core.reference.WorkCalendar.Span;
import io.tanggap.core.reference.WorkingTime.Stretch;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.time.zone.ZoneRulesProvider;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The laws of working time, and a walk from minute to minute that reads the wall clock at each. */
class WorkingTimePropertyTest {
    private static final int WORLDS = 300;
    private static final int QUESTIONS = 40;

    private static final long MINUTE = 60_000;
    private static final int DAYS = 24;

    /** Zones, and days around which their clocks are changed or something else is odd. */
    private static final List<Place> PLACES = List.of(
            new Place("Asia/Jakarta", "2026-03-13"),
            new Place("Asia/Jakarta", "2021-12-31"),
            new Place("UTC", "1970-01-01"),
            new Place("America/New_York", "2024-03-10"),
            new Place("America/New_York", "2024-11-03"),
            // At the edge of the years that are spelled out together, and by 15 minutes.
            new Place("Asia/Kathmandu", "1986-01-01"),
            new Place("Asia/Kathmandu", "2024-02-29"),
            // By half an hour.
            new Place("Australia/Lord_Howe", "2024-04-07"),
            new Place("Australia/Lord_Howe", "2024-10-06"),
            // A day that was not.
            new Place("Pacific/Apia", "2011-12-30"),
            // At midnight, so that some days have none and some go on after the next has begun.
            new Place("America/Sao_Paulo", "2017-10-15"),
            new Place("America/Sao_Paulo", "2018-02-18"),
            new Place("America/St_Johns", "2009-11-01"),
            new Place("America/St_Johns", "2009-03-08"),
            // Four times a year.
            new Place("Africa/Cairo", "2010-08-11"),
            new Place("Africa/Casablanca", "2012-07-20"),
            // By two hours.
            new Place("Antarctica/Troll", "2024-10-27"),
            // At the edge of the years that are spelled out together, and back.
            new Place("Asia/Dhaka", "2010-01-01"),
            new Place("Africa/Casablanca", "1986-01-01"),
            new Place(NewYearTwice.ID, "2022-01-01"));

    private final Random random = Seed.random(this);

    private record Place(String zone, String day) {}

    /**
     * A zone in which New Year is at the edge of the years that are spelled out together, and half an hour later the old
     * year goes on for half an hour. No zone has that yet.
     */
    private static final class NewYearTwice extends ZoneRulesProvider {
        static final String ID = "Test/New_Year_Twice";

        private static final ZoneRules RULES = ZoneRules.of(
                ZoneOffset.UTC,
                ZoneOffset.ofHours(1),
                List.of(),
                List.of(ZoneOffsetTransition.of(
                        LocalDateTime.parse("2022-01-01T00:30"), ZoneOffset.ofHours(1), ZoneOffset.UTC)),
                List.of());

        @Override
        protected Set<String> provideZoneIds() {
            return Set.of(ID);
        }

        @Override
        protected ZoneRules provideRules(String id, boolean caching) {
            return RULES;
        }

        @Override
        protected NavigableMap<String, ZoneRules> provideVersions(String id) {
            return new TreeMap<>(Map.of("1", RULES));
        }
    }

    @BeforeAll
    static void addTheZone() {
        ZoneRulesProvider.registerProvider(new NewYearTwice());
    }

    /**
     * A calendar in a zone, and the minutes of some weeks, read one by one. The calendar has no hours outside of them, so
     * that what the walk finds is all there is.
     */
    private final class World {
        private final ZoneId zone;
        private final WorkCalendar calendar;
        private final LocalDate known;
        private final Instant from;
        private final int minutes = DAYS * 24 * 60;
        private final boolean[] works = new boolean[minutes];
        private final TreeMap<LocalDate, Instant> dayEnds = new TreeMap<>();
        private final WorkingTime time;

        World() {
            Place place = PLACES.get(random.nextInt(PLACES.size()));
            zone = ZoneId.of(place.zone);
            LocalDate middle = LocalDate.parse(place.day);
            known = middle;
            from = middle.minusDays(DAYS / 2).atStartOfDay(zone).toInstant();
            LocalDate first = middle.minusDays(DAYS / 2 - 2);
            LocalDate end = middle.plusDays(DAYS / 2 - 2);
            calendar = new WorkCalendar("random", hours(first, end), holidays(first, end));
            time = WorkingTime.of(calendar, zone, known);
            Map<LocalDate, List<Span>> spans = new HashMap<>();
            for (int minute = 0; minute < minutes; minute++) {
                LocalDateTime local = LocalDateTime.ofInstant(instant(minute), zone);
                LocalDate day = local.toLocalDate();
                int clock = local.toLocalTime().toSecondOfDay() / 60;
                works[minute] = spans.computeIfAbsent(day, this::spans).stream()
                        .anyMatch(span -> span.fromMinute() <= clock && clock < span.toMinute());
                if (works[minute]) {
                    dayEnds.put(day, instant(minute + 1));
                }
            }
        }

        private List<Hours> hours(LocalDate first, LocalDate end) {
            boolean crowded = random.nextBoolean();
            List<Hours> hours = new ArrayList<>();
            for (DayOfWeek weekday : DayOfWeek.values()) {
                for (int lines = random.nextInt(crowded ? 5 : 3); lines > 0; lines--) {
                    hours.add(new Hours(weekday, span(), validity(first, end)));
                }
            }
            hours.add(new Hours(DayOfWeek.of(1 + random.nextInt(7)), span(), validity(first, end)));
            return hours;
        }

        private Validity validity(LocalDate first, LocalDate end) {
            if (random.nextInt(3) > 0) {
                return new Validity(first, end);
            }
            LocalDate change = first.plusDays(1 + random.nextInt(DAYS - 6));
            return random.nextBoolean() ? new Validity(first, change) : new Validity(change, end);
        }

        private List<Holiday> holidays(LocalDate first, LocalDate end) {
            List<Holiday> holidays = new ArrayList<>();
            for (int lines = random.nextInt(8); lines > 0; lines--) {
                LocalDate day = first.plusDays(random.nextInt((int) (end.toEpochDay() - first.toEpochDay())));
                for (int more = random.nextInt(3); more >= 0; more--) {
                    holidays.add(new Holiday(day, null, random.nextInt(3) > 0 ? span() : null, decreed()));
                }
            }
            return holidays;
        }

        private @Nullable LocalDate decreed() {
            return random.nextBoolean() ? null : known.plusDays(random.nextInt(6) - 3);
        }

        private Span span() {
            return switch (random.nextInt(6)) {
                case 0 -> new Span(0, Span.DAY);
                case 1 -> new Span(0, 1 + random.nextInt(240));
                case 2 -> new Span(Span.DAY - 1 - random.nextInt(240), Span.DAY);
                default -> {
                    // Full hours, so that some touch.
                    int start = random.nextInt(23);
                    yield new Span(start * 60, (start + 1 + random.nextInt(24 - start)) * 60);
                }
            };
        }

        private List<Span> spans(LocalDate day) {
            TreeMap<LocalDate, List<Holiday>> decrees = new TreeMap<>();
            for (Holiday holiday : calendar.holidays()) {
                LocalDate decreed = holiday.knownFrom() == null ? LocalDate.MIN : holiday.knownFrom();
                if (holiday.date().equals(day) && !decreed.isAfter(known)) {
                    decrees.computeIfAbsent(decreed, key -> new ArrayList<>()).add(holiday);
                }
            }
            if (!decrees.isEmpty()) {
                List<Holiday> last = decrees.lastEntry().getValue();
                return last.stream().anyMatch(holiday -> holiday.instead() == null)
                        ? List.of()
                        : last.stream().map(Holiday::instead).toList();
            }
            return calendar.hours().stream()
                    .filter(hours -> hours.weekday() == day.getDayOfWeek()
                            && hours.validity().contains(day))
                    .map(Hours::span)
                    .toList();
        }

        Instant instant(int minute) {
            return from.plusMillis(minute * MINUTE);
        }

        /** Often a whole minute, often an edge of working hours. */
        Instant anyInstant() {
            int minute = random.nextInt(minutes);
            switch (random.nextInt(3)) {
                case 0 -> {
                    return instant(minute).plusMillis(random.nextInt((int) MINUTE));
                }
                case 1 -> {
                    return instant(minute);
                }
                default -> {
                    while (minute + 1 < minutes && works[minute] == works[minute + 1]) {
                        minute++;
                    }
                    return instant(minute + 1);
                }
            }
        }

        /** Often more than there is. */
        Duration anyWorking() {
            return switch (random.nextInt(4)) {
                case 0 -> Duration.ofMillis(random.nextInt(3));
                case 1 -> Duration.ofHours(random.nextInt(40));
                case 2 -> Duration.ofMillis(random.nextInt(100_000_000));
                default -> Duration.ofMinutes(random.nextInt(30_000));
            };
        }

        long millisInMinute(Instant instant) {
            return Math.floorMod(instant.toEpochMilli() - from.toEpochMilli(), MINUTE);
        }

        int minute(Instant instant) {
            return (int) Math.floorDiv(instant.toEpochMilli() - from.toEpochMilli(), MINUTE);
        }

        boolean walkedIsWorking(Instant instant) {
            int minute = minute(instant);
            return minute >= 0 && minute < minutes && works[minute];
        }

        Duration walkedElapsed(Instant start, Instant end) {
            long elapsed = 0;
            for (int minute = minute(start); minute < Math.min(minutes, minute(end) + 1); minute++) {
                if (works[minute]) {
                    long begin = minute == minute(start) ? millisInMinute(start) : 0;
                    long stop = minute == minute(end) ? millisInMinute(end) : MINUTE;
                    elapsed += Math.max(0, stop - begin);
                }
            }
            return Duration.ofMillis(elapsed);
        }

        @Nullable
        Instant walkedDeadline(Instant start, Duration working) {
            long left = working.toMillis();
            if (left == 0) {
                return start;
            }
            for (int minute = minute(start); minute < minutes; minute++) {
                long skipped = minute == minute(start) ? millisInMinute(start) : 0;
                long here = works[minute] ? MINUTE - skipped : 0;
                if (left <= here) {
                    return instant(minute).plusMillis(skipped + left);
                }
                left -= here;
            }
            return null;
        }

        @Nullable
        Instant walkedBefore(Instant end, Duration working) {
            long left = working.toMillis();
            if (left == 0) {
                return end;
            }
            for (int minute = Math.min(minutes - 1, minute(end)); minute >= 0; minute--) {
                long reach = minute == minute(end) ? millisInMinute(end) : MINUTE;
                long here = works[minute] ? reach : 0;
                if (left <= here) {
                    return instant(minute).plusMillis(reach - left);
                }
                left -= here;
            }
            return null;
        }

        @Nullable
        Instant walkedDeadlineInDays(Instant start, int days) {
            int first = minute(start);
            while (first < minutes && !works[first]) {
                first++;
            }
            if (first == minutes) {
                return null;
            }
            return dayEnds.tailMap(LocalDate.ofInstant(instant(first), zone), false).values().stream()
                    .skip(days - 1L)
                    .findFirst()
                    .orElse(null);
        }

        @Override
        public String toString() {
            return zone + " " + calendar + " known " + known;
        }
    }

    private void always(Consumer<World> law) {
        for (int i = 0; i < WORLDS; i++) {
            World world = new World();
            for (int j = 0; j < QUESTIONS; j++) {
                try {
                    law.accept(world);
                } catch (AssertionError broken) {
                    throw new AssertionError("world " + i + ", question " + j + ": " + world, broken);
                }
            }
        }
    }

    @Test
    void everyAnswerIsThatOfAWalkFromMinuteToMinute() {
        always(world -> {
            Instant start = world.anyInstant();
            Instant end = world.anyInstant();
            Duration working = world.anyWorking();
            int days = 1 + random.nextInt(DAYS);

            assertThat(world.time.isWorking(start)).isEqualTo(world.walkedIsWorking(start));
            assertThat(world.time.elapsed(start, end)).isEqualTo(world.walkedElapsed(start, end));
            assertThat(world.time.deadline(start, working)).isEqualTo(world.walkedDeadline(start, working));
            assertThat(world.time.before(end, working)).isEqualTo(world.walkedBefore(end, working));
            assertThat(world.time.deadlineInDays(start, days)).isEqualTo(world.walkedDeadlineInDays(start, days));
        });
    }

    @Test
    void aDeadlineUsesTheTimeUpAndIsTheEarliestThatDoes() {
        always(world -> {
            Instant start = world.anyInstant();
            Duration working = world.anyWorking();
            Instant deadline = world.time.deadline(start, working);
            if (deadline == null) {
                assertThat(world.time.elapsed(start, Instant.MAX)).isLessThan(working);
                return;
            }
            assertThat(world.time.elapsed(start, deadline)).isEqualTo(working);
            assertThat(deadline).isAfterOrEqualTo(start);
            if (deadline.isAfter(start)) {
                assertThat(world.time.elapsed(start, deadline.minusMillis(1))).isLessThan(working);
            }
        });
    }

    @Test
    void theDeadlineOfWhatHasElapsedIsNotLater() {
        always(world -> {
            Instant one = world.anyInstant();
            Instant other = world.anyInstant();
            Instant start = one.isBefore(other) ? one : other;
            Instant instant = one.isBefore(other) ? other : one;
            Instant deadline = world.time.deadline(start, world.time.elapsed(start, instant));

            assertThat(deadline).isNotNull().isBeforeOrEqualTo(instant);
            boolean atWork = world.time.isWorking(instant.minusMillis(1));
            assertThat(instant.equals(deadline)).isEqualTo(instant.equals(start) || atWork);
        });
    }

    @Test
    void whatIsBeforeIsTheDualOfADeadline() {
        always(world -> {
            Instant instant = world.anyInstant();
            Duration working = world.anyWorking();
            Instant before = world.time.before(instant, working);
            if (before == null) {
                assertThat(world.time.elapsed(Instant.MIN, instant)).isLessThan(working);
            } else {
                assertThat(world.time.elapsed(before, instant)).isEqualTo(working);
                assertThat(before).isBeforeOrEqualTo(instant);
                if (before.isBefore(instant)) {
                    assertThat(world.time.elapsed(before.plusMillis(1), instant))
                            .isLessThan(working);
                }
                assertThat(world.time.deadline(before, working)).isBeforeOrEqualTo(instant);
            }
            Instant deadline = world.time.deadline(instant, working);
            if (deadline != null) {
                assertThat(world.time.before(deadline, working)).isAfterOrEqualTo(instant);
            }
        });
    }

    @Test
    void elapsedTimeAddsUpAndNeverRunsBack() {
        always(world -> {
            List<Instant> instants = new ArrayList<>(
                    List.of(world.anyInstant(), world.anyInstant(), world.anyInstant(), Instant.MIN, Instant.MAX));
            instants.sort(null);
            Duration sum = Duration.ZERO;
            for (int i = 1; i < instants.size(); i++) {
                sum = sum.plus(world.time.elapsed(instants.get(i - 1), instants.get(i)));
                assertThat(world.time.elapsed(instants.get(0), instants.get(i))).isEqualTo(sum);
                assertThat(world.time.elapsed(instants.get(i), instants.get(i - 1)))
                        .isZero();
            }
        });
    }

    @Test
    void whoStartsLaterOrHasMoreTimeIsDueNoEarlier() {
        Comparator<Instant> order = Comparator.nullsLast(Comparator.naturalOrder());
        always(world -> {
            Instant start = world.anyInstant();
            Instant later = start.plusMillis(random.nextInt(300_000_000));
            Duration working = world.anyWorking();
            Duration more = working.plusMillis(random.nextInt(30_000_000));
            Instant deadline = world.time.deadline(start, working);

            assertThat(order.compare(deadline, world.time.deadline(later, working)))
                    .isNotPositive();
            assertThat(order.compare(deadline, world.time.deadline(start, more)))
                    .isNotPositive();
            int days = 1 + random.nextInt(5);
            assertThat(order.compare(
                            world.time.deadlineInDays(start, days), world.time.deadlineInDays(start, days + 1)))
                    .isNotPositive();
        });
    }

    @Test
    void stretchesAreInOrderWithinTheirDayAndSumUpToWhatHasElapsed() {
        always(world -> {
            Instant from = world.anyInstant();
            Instant to = random.nextInt(9) == 0 ? Instant.MAX : world.anyInstant();
            Duration sum = Duration.ZERO;
            Instant at = from;
            for (Stretch stretch : world.time.stretches(from, to)) {
                assertThat(stretch.from()).isAfterOrEqualTo(at);
                assertThat(LocalDate.ofInstant(stretch.from(), world.zone))
                        .isEqualTo(LocalDate.ofInstant(stretch.to().minusMillis(1), world.zone));
                assertThat(world.time.elapsed(stretch.from(), stretch.to()))
                        .isEqualTo(Duration.between(stretch.from(), stretch.to()));
                sum = sum.plus(Duration.between(stretch.from(), stretch.to()));
                at = stretch.to();
            }
            if (from.isBefore(to)) {
                assertThat(at).isBeforeOrEqualTo(to);
            }
            assertThat(sum).isEqualTo(world.time.elapsed(from, to));
        });
    }

    @Test
    void lawsHoldOverDecadesToo() {
        for (int i = 0; i < WORLDS / 5; i++) {
            ZoneId zone = ZoneId.of(PLACES.get(random.nextInt(PLACES.size())).zone);
            List<Hours> hours = new ArrayList<>();
            for (DayOfWeek weekday : DayOfWeek.values()) {
                int start = random.nextInt(23);
                hours.add(new Hours(weekday, new Span(start * 60, (start + 1) * 60), Validity.ALWAYS));
            }
            WorkingTime time = WorkingTime.of(new WorkCalendar("c", hours, List.of()), zone, LocalDate.MAX);
            for (int j = 0; j < QUESTIONS; j++) {
                // From 1940 to 2096, and one hour a day for up to 114 years.
                Instant start = Instant.ofEpochSecond(random.nextLong(-946_684_800L, 4_000_000_000L));
                Duration working = Duration.ofMinutes(random.nextInt(2_500_000));
                Instant deadline = time.deadline(start, working);
                assertThat(deadline).as("%s %s %s", zone, start, working).isNotNull();
                assertThat(time.elapsed(start, deadline)).isEqualTo(working);
                Instant before = time.before(start, working);
                assertThat(before).as("%s %s %s", zone, start, working).isNotNull();
                assertThat(time.elapsed(before, start)).isEqualTo(working);
                assertThat(time.elapsed(before, deadline)).isEqualTo(working.plus(working));

                int days = 1 + random.nextInt(40_000);
                Instant end = time.deadlineInDays(start, days);
                assertThat(end).isNotNull();
                assertThat(time.isWorking(end.minusMillis(1))).isTrue();
                if (zone.getId().equals("Asia/Jakarta") || zone.getId().equals("UTC")) {
                    LocalDate zero = LocalDate.ofInstant(time.deadline(start, Duration.ofMillis(1)), zone);
                    assertThat(LocalDate.ofInstant(end.minusMillis(1), zone)).isEqualTo(zero.plusDays(days));
                }
            }
        }
    }
}
