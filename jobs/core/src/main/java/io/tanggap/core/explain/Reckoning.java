package io.tanggap.core.explain;

import io.tanggap.core.lifecycle.Reasons.Judged;
import io.tanggap.core.reference.Allowance;
import io.tanggap.core.reference.PauseRule;
import io.tanggap.core.reference.Policy;
import io.tanggap.core.reference.Reference;
import io.tanggap.core.reference.ReferencePack;
import io.tanggap.core.reference.ReferencePack.ResolutionTarget;
import io.tanggap.core.reference.WorkCalendar;
import io.tanggap.core.reference.WorkCalendar.Holiday;
import io.tanggap.core.reference.WorkingTime;
import io.tanggap.core.reference.WorkingTime.Stretch;
import io.tanggap.core.sla.Clock;
import io.tanggap.core.sla.Judgement;
import io.tanggap.core.sla.Pause;
import io.tanggap.core.sla.Run;
import io.tanggap.core.sla.Span;
import io.tanggap.core.sla.Wait;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One clock as an account: what it counted day by day with the running sum, what it did not count and why, and the lines of
 * the reference that decided. The stretches are those of the working time and the pauses that the judgement itself counted
 * by.
 *
 * @param policy the line that allowed the time; null for a stated deadline, for packs without policies, and where no line
 *     covers the clock
 * @param target the same of a pack without policies
 * @param calendar the calendar that it counts by; null is calendar time
 * @param lastDay of an allowance in working days where they end without a pause; else null
 * @param rows in order of time; none where no deadline was to be found and none where it lies before the start
 * @param waits what was waited for while it ran
 * @param undecreed holidays of the calendar within the time that were decreed only after it was judged, and so counted as the
 *     days that they were
 */
public record Reckoning(
        Clock clock,
        Judgement judgement,
        @Nullable Policy policy,
        @Nullable ResolutionTarget target,
        @Nullable WorkCalendar calendar,
        @Nullable Instant lastDay,
        List<Row> rows,
        List<Waiting> waits,
        List<Holiday> undecreed) {
    /** Chosen: a week of ordinary days is told day by day, what is longer in one row. */
    private static final int MOST_DAYS_APART = 5;

    private static final Duration DAY = Duration.ofDays(1);

    public Reckoning {
        rows = List.copyOf(rows);
        waits = List.copyOf(waits);
        undecreed = List.copyOf(undecreed);
    }

    /** What a row of the account is about. */
    public enum Kind {
        /** Working hours that counted: of a day, of a run of ordinary days, or a stretch of calendar time. */
        COUNTED,
        /** A day on which the calendar has other hours than on its weekday, or none. */
        HOLIDAY,
        /** Ordinary days without working hours. */
        FREE,
        /** From this day on the ordinary hours of the week are others. */
        OTHER_HOURS,
        PAUSED,
        DEADLINE,
        STOPPED,
        /** The as-of of a clock that runs. */
        AS_OF
    }

    /**
     * A row of the account.
     *
     * @param to the end of what it is about, exclusive; null of a pause that lasts. Of a moment the moment
     * @param counted the stretches that counted, in order
     * @param sum what the clock had counted at the end of the row
     * @param uncounted of a holiday, what its ordinary hours would have counted more; of a pause, what would have counted
     *     without it, up to the as-of where it lasts
     * @param holidays the lines of the calendar that made the day what it is; of a pause those of its days
     * @param replaced lines of the day that were decreed before these, and hold no more
     * @param pause null unless the row is one
     */
    public record Row(
            Kind kind,
            Instant from,
            @Nullable Instant to,
            List<Stretch> counted,
            Duration sum,
            Duration uncounted,
            List<Holiday> holidays,
            List<Holiday> replaced,
            @Nullable Pause pause) {
        public Row {
            counted = List.copyOf(counted);
            holidays = List.copyOf(holidays);
            replaced = List.copyOf(replaced);
        }

        /** What the row adds to the sum. */
        public Duration added() {
            return lengthOf(counted);
        }
    }

    /**
     * A wait while the clock ran, and what it was good for.
     *
     * @param rule the line that lets the clock stand still for it; null where none does
     * @param pauses for how long it did: less than the wait where the cap was used up, or the deadline had passed
     */
    public record Waiting(Wait waited, @Nullable PauseRule rule, List<Pause> pauses) {
        public Waiting {
            pauses = List.copyOf(pauses);
        }
    }

    private static Duration lengthOf(List<Stretch> stretches) {
        Duration length = Duration.ZERO;
        for (Stretch stretch : stretches) {
            length = length.plus(Duration.between(stretch.from(), stretch.to()));
        }
        return length;
    }

    /** The account of a clock, as seen at an as-of. */
    static Reckoning of(Judged judged, List<Wait> waits, Reference reference, Instant asOf) {
        Judgement judgement = judged.judgement();
        Instant known = judgement.known();
        ReferencePack pack = reference.knownAt(known);
        Allowance allowance = judgement.allowance();
        boolean stated = allowance != null && allowance.policy().equals(Clock.STATED);
        WorkCalendar calendar = allowance == null || allowance.calendar() == null
                ? null
                : pack.calendars().stream()
                        .filter(lines -> lines.id().equals(allowance.calendar()))
                        .findFirst()
                        .orElse(null);
        LocalDate knownDay = LocalDate.ofInstant(known, reference.zone());
        Account account = new Account(judgement, calendar, reference.zone(), knownDay, asOf);
        account.write();
        return new Reckoning(
                judged.clock(),
                judgement,
                allowance == null || stated ? null : policy(pack, judgement.run(), allowance),
                allowance == null || stated || !pack.policies().isEmpty() ? null : target(pack, allowance),
                calendar,
                allowance == null || !allowance.inDays()
                        ? null
                        : judgement.pace().time().deadlineInDays(judgement.run().startedAt(), (int)
                                allowance.within().toDays()),
                account.rows,
                stated || allowance == null ? List.of() : waits(judgement, waits, reference, asOf),
                calendar == null ? List.of() : account.undecreed(calendar));
    }

    private static @Nullable Policy policy(ReferencePack pack, Run run, Allowance allowance) {
        return pack.policies().stream()
                .filter(line -> line.id().equals(allowance.policy()) && line.target() == run.target())
                .findFirst()
                .orElse(null);
    }

    private static @Nullable ResolutionTarget target(ReferencePack pack, Allowance allowance) {
        return pack.targets().stream()
                .filter(line -> line.id().equals(allowance.policy()))
                .findFirst()
                .orElse(null);
    }

    private static List<Waiting> waits(Judgement judgement, List<Wait> waits, Reference reference, Instant asOf) {
        Run run = judgement.run();
        Instant stop = run.stoppedAt() == null ? asOf : run.stoppedAt();
        List<Waiting> found = new ArrayList<>();
        for (Wait wait : waits) {
            Span during = new Span(wait.from(), wait.to()).intersect(new Span(run.startedAt(), stop));
            if (during == null || during.from().equals(during.to())) {
                continue;
            }
            PauseRule rule = reference
                    .pause(wait.reason(), run.target(), wait.from(), judgement.known())
                    .orElse(null);
            List<Pause> pauses = judgement.pace().pauses().stream()
                    .filter(pause -> pause.reason().equals(wait.reason())
                            && !pause.from().isBefore(wait.from())
                            && (wait.to() == null || pause.from().isBefore(wait.to())))
                    .toList();
            found.add(new Waiting(wait, rule, pauses));
        }
        return found;
    }

    /** Writes the rows of an account, from the start of the clock to its deadline or its stop, whichever is later. */
    private static final class Account {
        private final Judgement judgement;
        private final @Nullable WorkCalendar calendar;
        /** The time of the calendar if it had no holidays. */
        private final WorkingTime ordinary;

        private final ZoneId zone;
        private final LocalDate knownDay;
        private final Instant asOf;
        private final List<Row> rows = new ArrayList<>();
        private Duration sum = Duration.ZERO;

        Account(Judgement judgement, @Nullable WorkCalendar calendar, ZoneId zone, LocalDate knownDay, Instant asOf) {
            this.judgement = judgement;
            this.calendar = calendar;
            this.ordinary = calendar == null
                    ? WorkingTime.ALWAYS
                    : WorkingTime.of(new WorkCalendar(calendar.id(), calendar.hours(), List.of()), zone, knownDay);
            this.zone = zone;
            this.knownDay = knownDay;
            this.asOf = asOf;
        }

        void write() {
            Instant start = judgement.run().startedAt();
            Instant deadline = judgement.deadline();
            Instant stop = judgement.run().stoppedAt();
            if (judgement.budget() == null) {
                return;
            }
            // At one instant the stop comes first: it is in time.
            TreeMap<Instant, List<Kind>> moments = new TreeMap<>();
            if (stop != null) {
                moments.computeIfAbsent(stop, at -> new ArrayList<>()).add(Kind.STOPPED);
            } else if (deadline != null && asOf.isAfter(start) && !asOf.isAfter(deadline)) {
                moments.computeIfAbsent(asOf, at -> new ArrayList<>()).add(Kind.AS_OF);
            }
            if (deadline != null && !deadline.isBefore(start)) {
                moments.computeIfAbsent(deadline, at -> new ArrayList<>()).add(Kind.DEADLINE);
            }
            List<Pause> pauses = new ArrayList<>(judgement.pace().pauses());
            Instant from = start;
            for (var moment : moments.entrySet()) {
                while (!pauses.isEmpty() && pauses.get(0).from().isBefore(moment.getKey())) {
                    from = pause(from, pauses.remove(0));
                }
                run(from, moment.getKey());
                from = from.isAfter(moment.getKey()) ? from : moment.getKey();
                for (Kind kind : moment.getValue()) {
                    row(kind, moment.getKey(), moment.getKey(), List.of(), Duration.ZERO);
                }
            }
            for (Pause pause : pauses) {
                if (deadline == null || pause.from().isBefore(deadline)) {
                    from = pause(from, pause);
                }
            }
        }

        private Instant pause(Instant from, Pause pause) {
            run(from, pause.from());
            Instant to = pause.to() == null ? asOf : pause.to();
            rows.add(new Row(
                    Kind.PAUSED,
                    pause.from(),
                    pause.to(),
                    List.of(),
                    sum,
                    judgement.pace().time().elapsed(pause.from(), to),
                    holidaysWithin(pause.from(), to),
                    List.of(),
                    pause));
            return to;
        }

        private List<Holiday> holidaysWithin(Instant from, Instant to) {
            List<Holiday> within = new ArrayList<>();
            for (LocalDate day = dayOf(from); calendar != null && start(day).isBefore(to); day = day.plusDays(1)) {
                within.addAll(holding(holidays(calendar, day)));
            }
            return within;
        }

        private void row(Kind kind, Instant from, Instant to, List<Stretch> counted, Duration uncounted) {
            sum = sum.plus(lengthOf(counted));
            rows.add(new Row(kind, from, to, counted, sum, uncounted, List.of(), List.of(), null));
        }

        /** The rows of a time without pauses. */
        private void run(Instant from, Instant to) {
            if (!from.isBefore(to)) {
                return;
            }
            List<Stretch> stretches = judgement.pace().time().stretches(from, to);
            if (calendar == null) {
                row(Kind.COUNTED, from, to, stretches, Duration.ZERO);
                return;
            }
            TreeMap<LocalDate, List<Stretch>> worked = new TreeMap<>();
            for (Stretch stretch : stretches) {
                worked.computeIfAbsent(dayOf(stretch.from()), day -> new ArrayList<>())
                        .add(stretch);
            }
            List<LocalDate> ordinaryDays = new ArrayList<>();
            Set<LocalDate> changes = changes(calendar);
            LocalDate last = dayOf(to.minusMillis(1));
            for (LocalDate day = dayOf(from); !day.isAfter(last); day = day.plusDays(1)) {
                Instant dayFrom = later(start(day), from);
                Instant dayTo = earlier(start(day.plusDays(1)), to);
                List<Holiday> lines = holidays(calendar, day);
                boolean changed =
                        changes.contains(day) && dayFrom.isAfter(judgement.run().startedAt());
                boolean whole = dayFrom.equals(start(day)) && dayTo.equals(start(day.plusDays(1)));
                if (!changed
                        && lines.isEmpty()
                        && whole
                        && Duration.between(dayFrom, dayTo).equals(DAY)) {
                    ordinaryDays.add(day);
                    continue;
                }
                days(ordinaryDays, worked);
                ordinaryDays.clear();
                if (changed) {
                    row(Kind.OTHER_HOURS, dayFrom, dayFrom, List.of(), Duration.ZERO);
                }
                List<Stretch> counted = worked.getOrDefault(day, List.of());
                if (!lines.isEmpty()) {
                    holiday(lines, dayFrom, dayTo, counted);
                } else if (whole
                        || !counted.isEmpty()
                        || dayFrom.equals(judgement.run().startedAt())) {
                    // What is left of a day after its hours is worth a row only where the clock starts in it.
                    row(counted.isEmpty() ? Kind.FREE : Kind.COUNTED, dayFrom, dayTo, counted, Duration.ZERO);
                }
            }
            days(ordinaryDays, worked);
        }

        /** Ordinary days that follow each other, day by day where they are few. */
        private void days(List<LocalDate> days, Map<LocalDate, List<Stretch>> worked) {
            List<LocalDate> working = days.stream().filter(worked::containsKey).toList();
            int next = 0;
            while (next < days.size()) {
                LocalDate first = days.get(next);
                int end = next + 1;
                boolean free = !worked.containsKey(first);
                List<Stretch> counted = new ArrayList<>();
                if (free) {
                    while (end < days.size() && !worked.containsKey(days.get(end))) {
                        end++;
                    }
                } else if (working.size() > MOST_DAYS_APART) {
                    end = days.indexOf(working.get(working.size() - 1)) + 1;
                }
                for (int i = next; i < end; i++) {
                    counted.addAll(worked.getOrDefault(days.get(i), List.of()));
                }
                row(
                        free ? Kind.FREE : Kind.COUNTED,
                        start(first),
                        start(days.get(end - 1).plusDays(1)),
                        counted,
                        Duration.ZERO);
                next = end;
            }
        }

        private void holiday(List<Holiday> lines, Instant from, Instant to, List<Stretch> counted) {
            List<Holiday> holding = holding(lines);
            Duration added = lengthOf(counted);
            sum = sum.plus(added);
            rows.add(new Row(
                    Kind.HOLIDAY,
                    from,
                    to,
                    counted,
                    sum,
                    ordinary.elapsed(from, to).minus(added),
                    holding,
                    lines.stream().filter(line -> !holding.contains(line)).toList(),
                    null));
        }

        /** Of the lines of a day those that were decreed last. */
        private static List<Holiday> holding(List<Holiday> lines) {
            LocalDate latest = lines.stream()
                    .map(Account::decreed)
                    .max(Comparator.naturalOrder())
                    .orElse(LocalDate.MIN);
            return lines.stream().filter(line -> decreed(line).equals(latest)).toList();
        }

        private List<Holiday> holidays(WorkCalendar calendar, LocalDate day) {
            return calendar.holidays().stream()
                    .filter(line -> line.date().equals(day) && !decreed(line).isAfter(knownDay))
                    .toList();
        }

        /** In the order of their days. */
        List<Holiday> undecreed(WorkCalendar calendar) {
            if (rows.isEmpty()) {
                return List.of();
            }
            LocalDate first = dayOf(judgement.run().startedAt());
            LocalDate last = dayOf(rows.get(rows.size() - 1).from());
            return calendar.holidays().stream()
                    .filter(line -> decreed(line).isAfter(knownDay)
                            && !line.date().isBefore(first)
                            && !line.date().isAfter(last))
                    .sorted(Comparator.comparing(Holiday::date))
                    .toList();
        }

        private static LocalDate decreed(Holiday holiday) {
            return holiday.knownFrom() == null ? LocalDate.MIN : holiday.knownFrom();
        }

        /** The days on which a line of ordinary hours begins or ends. */
        private static Set<LocalDate> changes(WorkCalendar calendar) {
            TreeSet<LocalDate> changes = new TreeSet<>();
            calendar.hours().forEach(hours -> {
                if (hours.validity().from() != null) {
                    changes.add(hours.validity().from());
                }
                if (hours.validity().to() != null) {
                    changes.add(hours.validity().to());
                }
            });
            return changes;
        }

        private LocalDate dayOf(Instant instant) {
            return LocalDate.ofInstant(instant, zone);
        }

        private Instant start(LocalDate day) {
            return day.atStartOfDay(zone).toInstant();
        }

        private static Instant later(Instant a, Instant b) {
            return a.isAfter(b) ? a : b;
        }

        private static Instant earlier(Instant a, Instant b) {
            return a.isBefore(b) ? a : b;
        }
    }
}
