package io.tanggap.bench;

import static java.util.Objects.requireNonNull;

import io.tanggap.core.reference.ReferencePack;
import io.tanggap.core.reference.WorkCalendar;
import io.tanggap.core.reference.WorkingTime;
import io.tanggap.reference.PackDirectory;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code jobs/bench/run deadlines}: how many deadlines in working time a core computes in a second. */
@Command(
        name = "deadlines",
        description = {
            "Measures how many deadlines in working time one core computes in a second, one thread alone. No Flink, no"
                    + " Kafka.",
            "The calendar is that of the built-in pack of Jakarta; starts are drawn in one year, at any hour."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class DeadlinesBench implements Callable<Integer> {
    private static final String CALENDAR = "jakarta-office";
    private static final int DEADLINES = 1_000_000;
    private static final long SEED = 2017;
    private static final int AIM_PER_SECOND = 1_000_000;

    private static final int MOST_HOURS = 100;
    private static final int MOST_DAYS = 60;

    /** One with reduced hours in Ramadan. */
    private static final LocalDate YEAR = LocalDate.of(2025, 1, 1);

    @Mixin
    private WarmRuns runs = new WarmRuns();

    @Spec
    private @Nullable CommandSpec spec;

    /** What the deadlines of a run come to, so that the compiler cannot leave them out. */
    private long sum;

    @Override
    public Integer call() {
        if (spec == null) {
            throw new IllegalStateException("picocli sets it");
        }
        PrintWriter out = spec.commandLine().getOut();
        ReferencePack pack = requireNonNull(PackDirectory.builtIn("jakarta").pack(), "pack");
        WorkCalendar calendar = pack.calendars().stream()
                .filter(each -> each.id().equals(CALENDAR))
                .findFirst()
                .orElseThrow();
        Instant from = YEAR.atStartOfDay(pack.zone()).toInstant();
        Instant to = YEAR.plusYears(1).atStartOfDay(pack.zone()).toInstant();

        // The first one pays for classes and the rules of the zone.
        WorkingTime.of(calendar, pack.zone(), YEAR).isWorking(from);
        long begun = System.nanoTime();
        WorkingTime time = WorkingTime.of(calendar, pack.zone(), YEAR.plusYears(1));
        Duration year = time.elapsed(from, to);
        long built = System.nanoTime() - begun;
        out.printf(
                Locale.ROOT,
                "Calendar    %s: %,d working hours in %d, %d of its days not ordinary; spelled out in %.1f ms%n",
                CALENDAR,
                year.toHours(),
                YEAR.getYear(),
                calendar.holidays().stream()
                        .map(WorkCalendar.Holiday::date)
                        .filter(day -> day.getYear() == YEAR.getYear())
                        .distinct()
                        .count(),
                built / 1e6);

        SplittableRandom random = new SplittableRandom(SEED);
        Instant[] starts = new Instant[DEADLINES];
        Duration[] hours = new Duration[DEADLINES];
        int[] days = new int[DEADLINES];
        for (int i = 0; i < DEADLINES; i++) {
            starts[i] = Instant.ofEpochMilli(random.nextLong(from.toEpochMilli(), to.toEpochMilli()));
            hours[i] = Duration.ofMillis(random.nextLong(
                    Duration.ofHours(1).toMillis(), Duration.ofHours(MOST_HOURS).toMillis()));
            days[i] = 1 + random.nextInt(MOST_DAYS);
        }
        out.printf(
                Locale.ROOT,
                "Starts      %,d in %d, 1 to %d hours or 1 to %d days each%n",
                DEADLINES,
                YEAR.getYear(),
                MOST_HOURS,
                MOST_DAYS);
        out.flush();

        runs.measure(DEADLINES, () -> {
                    for (int i = 0; i < DEADLINES; i++) {
                        add(time.deadline(starts[i], hours[i]));
                    }
                })
                .print(out, "In hours", "deadlines", AIM_PER_SECOND);
        runs.measure(DEADLINES, () -> {
                    for (int i = 0; i < DEADLINES; i++) {
                        add(time.deadlineInDays(starts[i], days[i]));
                    }
                })
                .print(out, "In days", "deadlines", AIM_PER_SECOND);
        return sum == 0 ? 1 : 0;
    }

    private void add(@Nullable Instant deadline) {
        sum += requireNonNull(deadline, "deadline").toEpochMilli();
    }
}
