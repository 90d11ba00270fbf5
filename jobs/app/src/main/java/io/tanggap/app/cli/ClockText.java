package io.tanggap.app.cli;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import io.tanggap.core.explain.Reckoning;
import io.tanggap.core.explain.Reckoning.Row;
import io.tanggap.core.explain.Reckoning.Waiting;
import io.tanggap.core.reference.Policy;
import io.tanggap.core.reference.Policy.Target;
import io.tanggap.core.reference.Reference;
import io.tanggap.core.reference.ReferencePack;
import io.tanggap.core.reference.WorkCalendar.Holiday;
import io.tanggap.core.reference.WorkingTime.Stretch;
import io.tanggap.core.sla.Clock;
import io.tanggap.core.sla.Judge;
import io.tanggap.core.sla.Judgement;
import io.tanggap.core.sla.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One clock as an account that a person can add up. */
final class ClockText {
    private final Sheet sheet;
    private final Names names;
    private final Reference reference;
    private final ZoneId zone;
    private final Instant asOf;

    /** @param asOf of the explanation */
    ClockText(Sheet sheet, Names names, Reference reference, Instant asOf) {
        this.sheet = sheet;
        this.names = names;
        this.reference = reference;
        this.zone = reference.zone();
        this.asOf = asOf;
    }

    void add(Reckoning reckoning) {
        Clock clock = reckoning.clock();
        sheet.section("Clock " + clock.target() + ", cycle " + clock.cycle()
                + (clock.number() == 1 ? "" : ", number " + clock.number()) + ": " + clock.verdict());
        sheet.field("What is timed", CaseWords.words(clock.target()));
        sheet.field("Allowed by", allowed(reckoning));
        judgedBy(reckoning);
        sheet.field("Started", sheet.at(clock.startedAt()));
        budget(reckoning);
        for (Waiting waiting : reckoning.waits()) {
            sheet.field("Wait", wait(waiting, reckoning));
        }
        if (!reckoning.rows().isEmpty()) {
            table(reckoning);
        }
        for (Holiday holiday : reckoning.undecreed()) {
            sheet.field(
                    "Not a holiday",
                    sheet.day(holiday.date()) + ", " + requireNonNullElse(holiday.name(), "without a name")
                            + ": decreed only on " + holiday.knownFrom()
                            + (requireNonNull(holiday.knownFrom()).isAfter(dayOf(asOf))
                                    ? ", after the as-of"
                                    : ", when this had been judged"));
        }
        verdict(reckoning);
    }

    private String allowed(Reckoning reckoning) {
        Clock clock = reckoning.clock();
        if (Clock.STATED.equals(clock.policy())) {
            return "the deadline that came with the case: it wins over every policy, and no pause moves it";
        }
        Policy policy = reckoning.policy();
        if (policy != null) {
            return "policy " + policy.id() + ": " + within(policy.within(), policy.inDays(), policy.calendar()) + "; "
                    + covers("category", policy.category()) + ", " + covers("channel", policy.channel()) + ", "
                    + covers("level", policy.level()) + CaseWords.validity(policy.validity(), ", for clocks that start")
                    + "; pack "
                    + clock.pack();
        }
        ReferencePack.ResolutionTarget target = reckoning.target();
        if (target != null) {
            return "target " + target.id() + ": " + within(target.within(), false, null) + "; "
                    + covers("category", target.category()) + ", " + covers("channel", target.channel()) + "; pack "
                    + clock.pack();
        }
        return "nothing: no deadline came with the case, and no line of pack " + clock.pack() + " covers it";
    }

    private static String covers(String what, @Nullable String which) {
        return which == null ? "every " + what : what + " " + which;
    }

    private String within(Duration within, boolean inDays, @Nullable String calendar) {
        if (inDays) {
            return within.toDays() + (within.toDays() == 1 ? " working day" : " working days") + " of calendar "
                    + calendar;
        }
        return calendar == null
                ? sheet.days(within) + " of calendar time"
                : sheet.hours(within) + " working hours of calendar " + calendar;
    }

    private void judgedBy(Reckoning reckoning) {
        Judgement judgement = reckoning.judgement();
        ReferencePack begun = reference.knownAt(judgement.run().startedAt());
        if (!begun.id().equals(judgement.pack())) {
            sheet.field(
                    "Made anew",
                    "it began under pack " + begun.id() + "; pack " + judgement.pack() + " became known "
                            + sheet.at(reference.knownAt(judgement.known()).knownFrom())
                            + " while it ran, and judges all of it");
        }
        Instant next = reference.nextKnownAfter(judgement.known());
        if (next != null && next.isBefore(asOf)) {
            sheet.field(
                    "Not judged by",
                    "pack " + reference.knownAt(next).id() + ", known from " + sheet.at(next)
                            + ": what was judged by then stays judged");
        }
    }

    private void budget(Reckoning reckoning) {
        Duration budget = reckoning.judgement().budget();
        Instant last = reckoning.lastDay();
        if (budget == null || Clock.STATED.equals(reckoning.clock().policy())) {
            return;
        }
        if (last != null) {
            sheet.field(
                    "Budget",
                    sheet.hours(budget) + " working hours: from the start to the end of working day "
                            + requireNonNull(reckoning.judgement().allowance())
                                    .within()
                                    .toDays()
                            + ", " + sheet.at(last) + "; the day of the first working hour is day 0");
        } else {
            sheet.field("Budget", sheet.hours(budget) + (reckoning.calendar() == null ? " hours" : " working hours"));
        }
    }

    private String wait(Waiting waiting, Reckoning reckoning) {
        String what = waiting.waited().reason() + ", "
                + sheet.span(waiting.waited().from(), waiting.waited().to()) + ": ";
        if (waiting.rule() == null) {
            return what + "stops nothing: no line of pauses of pack "
                    + reckoning.clock().pack() + " lets " + reckoning.clock().target() + " stand still for it";
        }
        String rule = "allowed by the line of pauses '" + waiting.rule().reason() + ", "
                + (waiting.rule().target() == null
                        ? "every target but the first response and acceptance"
                        : waiting.rule().target())
                + ", at most " + sheet.days(waiting.rule().cap()) + "'"
                + CaseWords.validity(waiting.rule().validity(), ", for waits that start");
        if (waiting.pauses().isEmpty()) {
            Instant deadline = reckoning.clock().deadline();
            return what
                    + rule
                    + (deadline != null && !waiting.waited().from().isBefore(deadline)
                            ? "; but the deadline had passed, and what is missed stands still no more"
                            : "; but earlier waits had used the line up");
        }
        Instant ended = waiting.pauses().get(waiting.pauses().size() - 1).to();
        boolean whole = ended == null
                || ended.equals(waiting.waited().to())
                || ended.equals(reckoning.clock().stoppedAt());
        return what
                + rule
                + (whole ? "" : "; used up " + sheet.at(requireNonNull(ended)) + ", then the clock ran again");
    }

    private void table(Reckoning reckoning) {
        boolean paused = reckoning.rows().stream().anyMatch(row -> row.kind() == Reckoning.Kind.PAUSED);
        List<Sheet.TableRow> table = new ArrayList<>();
        table.add(new Sheet.TableRow(
                paused ? "(in brackets: not counted, for the clock stood still)" : "", "counted", "sum"));
        for (Row row : reckoning.rows()) {
            table.add(new Sheet.TableRow(words(row, reckoning), number(row), sum(row)));
        }
        sheet.table(table);
    }

    private String number(Row row) {
        return switch (row.kind()) {
            case COUNTED, HOLIDAY -> sheet.hours(row.added());
            case PAUSED -> "(" + sheet.hours(row.uncounted()) + ")";
            case FREE, OTHER_HOURS, DEADLINE, STOPPED, AS_OF -> "";
        };
    }

    private String sum(Row row) {
        return switch (row.kind()) {
            case COUNTED, HOLIDAY, DEADLINE, STOPPED, AS_OF -> sheet.hours(row.sum());
            case PAUSED, FREE, OTHER_HOURS -> "";
        };
    }

    private String words(Row row, Reckoning reckoning) {
        Instant to = requireNonNullElse(row.to(), asOf);
        return switch (row.kind()) {
            case COUNTED -> reckoning.calendar() == null ? always(row, to) : worked(row);
            case HOLIDAY ->
                sheet.day(dayOf(row.from())) + "  "
                        + row.holidays().stream().map(this::holiday).collect(Collectors.joining("; "))
                        + (row.counted().isEmpty() ? ": no work" : ": " + stretches(row.counted()))
                        + (row.uncounted().isNegative()
                                ? " (" + sheet.hours(row.uncounted().negated()) + " more)"
                                : row.uncounted().isZero()
                                        ? ", as on any such day"
                                        : " (" + sheet.hours(row.uncounted()) + " less)")
                        + (row.replaced().isEmpty()
                                ? ""
                                : "; replaces "
                                        + row.replaced().stream()
                                                .map(this::holiday)
                                                .collect(Collectors.joining("; ")));
            case FREE -> {
                LocalDate first = dayOf(row.from());
                LocalDate last = dayOf(to.minusMillis(1));
                boolean part = !row.from().equals(first.atStartOfDay(zone).toInstant());
                yield sheet.day(first)
                        + (part ? " " + sheet.time(row.from()) : "")
                        + (last.equals(first) ? "" : " - " + sheet.day(last))
                        + (part ? "  no more working hours" : "  no working hours");
            }
            case OTHER_HOURS -> sheet.day(dayOf(row.from())) + "  from here on the week has other hours";
            case PAUSED ->
                sheet.at(row.from()) + " - " + (row.to() == null ? "now" : sheet.at(row.to())) + "  stood still: "
                        + (Judge.ELSEWHERE.equals(requireNonNull(row.pause()).reason())
                                ? "somebody else had the case"
                                : row.pause().reason())
                        + row.holidays().stream()
                                .map(holiday -> "; on " + sheet.day(holiday.date()) + " " + holiday(holiday))
                                .collect(Collectors.joining());
            case DEADLINE -> "= " + sheet.at(row.from()) + "  DEADLINE";
            case STOPPED -> "= " + sheet.at(row.from()) + "  STOPPED";
            case AS_OF -> "= " + sheet.at(row.from()) + "  as of";
        };
    }

    private String holiday(Holiday holiday) {
        return requireNonNullElse(holiday.name(), "holiday without a name")
                + (holiday.knownFrom() == null ? "" : " (decreed " + holiday.knownFrom() + ")");
    }

    private String always(Row row, Instant to) {
        Duration shift = Duration.ofSeconds(zone.getRules().getOffset(to).getTotalSeconds()
                - zone.getRules().getOffset(row.from()).getTotalSeconds());
        return sheet.at(row.from()) + " - " + sheet.at(to) + "  " + sheet.days(Duration.between(row.from(), to))
                + (shift.isZero()
                        ? ""
                        : shift.isNegative()
                                ? "; the clocks are set back by " + sheet.hours(shift.negated())
                                : "; the clocks are set forward by " + sheet.hours(shift));
    }

    private String worked(Row row) {
        TreeMap<LocalDate, Duration> days = new TreeMap<>();
        for (Stretch stretch : row.counted()) {
            days.merge(dayOf(stretch.from()), Duration.between(stretch.from(), stretch.to()), Duration::plus);
        }
        if (days.size() == 1) {
            LocalDate day = days.firstKey();
            Duration length =
                    Duration.between(day.atStartOfDay(zone), day.plusDays(1).atStartOfDay(zone));
            return sheet.day(day) + "  " + stretches(row.counted())
                    + (length.equals(Duration.ofDays(1)) ? "" : "; a day of " + sheet.hours(length) + " hours");
        }
        Map<Duration, Long> lengths = days.values().stream()
                .collect(Collectors.groupingBy(
                        length -> length,
                        () -> new TreeMap<>(Comparator.<Duration>reverseOrder()),
                        Collectors.counting()));
        return sheet.day(days.firstKey()) + " - " + sheet.day(days.lastKey()) + "  " + days.size() + " working days: "
                + lengths.entrySet().stream()
                        .map(entry -> entry.getValue() + " x " + sheet.hours(entry.getKey()))
                        .collect(Collectors.joining(", "));
    }

    private String stretches(List<Stretch> stretches) {
        return stretches.stream()
                .map(stretch -> {
                    String end = sheet.time(stretch.to());
                    return sheet.time(stretch.from()) + "-" + (end.equals("00:00") ? "24:00" : end);
                })
                .collect(Collectors.joining(" "));
    }

    private LocalDate dayOf(Instant instant) {
        return LocalDate.ofInstant(instant, zone);
    }

    private void verdict(Reckoning reckoning) {
        Clock clock = reckoning.clock();
        Instant deadline = clock.deadline();
        Instant stop = clock.stoppedAt();
        String stopped = stop == null ? "" : sheet.at(stop);
        sheet.field(
                "Verdict",
                clock.verdict() + ": "
                        + switch (clock.verdict()) {
                            case MET ->
                                "stopped " + stopped + ", not after the deadline " + sheet.at(requireNonNull(deadline))
                                        + used(clock);
                            case MISSED_LATE ->
                                "stopped " + stopped + ", "
                                        + sheet.days(Duration.between(requireNonNull(deadline), requireNonNull(stop)))
                                        + " after the deadline " + sheet.at(deadline) + used(clock);
                            case MISSED_OPEN ->
                                "not stopped, " + sheet.days(Duration.between(requireNonNull(deadline), asOf))
                                        + " after the deadline " + sheet.at(deadline);
                            case RUNNING -> "due " + sheet.at(requireNonNull(deadline)) + ", not past at the as-of";
                            case PAUSED ->
                                "stands still for " + clock.pausedFor() + ", and while it does it has no deadline";
                            case UNDECIDABLE -> undecidable(clock);
                            case HANDED_ON ->
                                "passed on " + stopped + " before the deadline " + sheet.at(requireNonNull(deadline))
                                        + used(clock) + "; never a success, in no share";
                            case CANCELLED ->
                                "what it was for ended " + stopped + " in another way, before the deadline "
                                        + sheet.at(requireNonNull(deadline)) + "; in no share";
                            case NOT_APPLICABLE ->
                                clock.policy() == null
                                        ? "nothing is due; in no share"
                                        : "calendar " + clock.calendar() + " has no working hours left; in no share";
                        });
        if (clock.verdict().isMissed() && deadline != null) {
            Duration lateness =
                    reference.knownAt(reckoning.judgement().known()).rules().allowedLateness();
            sheet.field(
                    clock.provisional() ? "Provisional" : "Final",
                    (clock.provisional() ? "until " : "since ")
                            + sheet.at(deadline.plus(lateness))
                            + (lateness.isZero()
                                    ? ": late messages are not waited for"
                                    : ": " + sheet.days(lateness) + " after the deadline, for late messages"));
        }
        if (clock.threshold() > 0 && clock.verdict() != Verdict.NOT_APPLICABLE) {
            sheet.field("Threshold", clock.threshold() + " % of the budget is past");
        }
        if (clock.verdict() != Verdict.NOT_APPLICABLE) {
            sheet.field(
                    "Answers",
                    names.unit(clock.charged())
                            + (clock.target() == Target.RESOLUTION ? ", under CRM; see the attribution below" : ""));
        }
    }

    private String undecidable(Clock clock) {
        Instant after = clock.stoppedAfter();
        return after == null
                ? "the stop is dated before the start; in no share"
                : "a poll saw the stop: it happened after " + sheet.at(after) + " and not after "
                        + sheet.at(requireNonNull(clock.stoppedAt())) + ", and the deadline "
                        + sheet.at(requireNonNull(clock.deadline())) + " lies between; in no share";
    }

    private String used(Clock clock) {
        return clock.used() == null || clock.budget() == null
                ? ""
                : "; " + sheet.hours(clock.used()) + " counted of " + sheet.hours(clock.budget());
    }
}
