package io.tanggap.core.measure;

import static java.util.Objects.requireNonNullElse;

import io.tanggap.core.measure.Count.Index;
import io.tanggap.core.measure.Count.Time;
import io.tanggap.core.sla.Span;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Collects what one case, or one problem, contributes to which cells. */
final class Cells {
    /** Whom something is counted for. */
    record Party(Role role, Rule rule, String unit) {
        static Party place(@Nullable String territory) {
            return new Party(Role.TERRITORY, Rule.CROP, requireNonNullElse(territory, Cell.UNLOCATED));
        }

        static Party holder(String unit) {
            return new Party(Role.HOLDER, Rule.CRM, unit);
        }
    }

    private static final int LAST_INDEXED_DAY = (1 << 16) - 1;

    private final String channel;
    private final String category;
    private final ZoneId zone;
    private final Map<Cell, Tally.Builder> cells = new HashMap<>();

    Cells(String channel, @Nullable String category, ZoneId zone) {
        this.channel = channel;
        this.category = requireNonNullElse(category, Cell.UNCATEGORISED);
        this.zone = zone;
    }

    long dayOf(Instant at) {
        return LocalDate.ofInstant(at, zone).toEpochDay();
    }

    private Tally.Builder cell(Party party, long day, @Nullable String counterpart) {
        return cells.computeIfAbsent(
                new Cell(party.role(), party.rule(), party.unit(), channel, category, day, counterpart),
                cell -> new Tally.Builder());
    }

    Tally.Builder on(Party party, Instant at) {
        return cell(party, dayOf(at), null);
    }

    Tally.Builder between(Party party, String counterpart, Instant at) {
        return cell(party, dayOf(at), counterpart);
    }

    /** The channel's own cell of a day. */
    Tally.Builder ofChannel(Instant at) {
        return cells.computeIfAbsent(Cell.ofChannel(channel, dayOf(at)), cell -> new Tally.Builder());
    }

    void add(Party party, Instant at, Count count) {
        on(party, at).add(count, 1);
    }

    void add(Party party, Instant at, Count count, int place) {
        on(party, at).add(count, place, 1);
    }

    /** A part of a stock: a stretch of no length never was in it. */
    void flow(Party party, @Nullable Span span, Count entered, Count left) {
        if (span != null && (span.to() == null || span.from().isBefore(span.to()))) {
            enterAndLeave(party, span, entered, left);
        }
    }

    void enterAndLeave(Party party, Span span, Count entered, Count left) {
        add(party, span.from(), entered);
        if (span.to() != null) {
            add(party, span.to(), left);
        }
    }

    void time(Party party, Time kind, @Nullable Span span) {
        if (span == null) {
            return;
        }
        on(party, span.from())
                .add(Count.TIME_RUNNING, kind.code(), 1)
                .add(Count.TIME_SECONDS, kind.code(), -span.from().getEpochSecond());
        if (span.to() != null) {
            on(party, span.to())
                    .add(Count.TIME_RUNNING, kind.code(), -1)
                    .add(Count.TIME_SECONDS, kind.code(), span.to().getEpochSecond());
        }
    }

    /**
     * Open in a stretch, by the day of the submission and by that of the latest event.
     *
     * @param activeDays with an event, ascending; the stretch begins on one of them
     */
    void stock(Party party, Span open, Instant submittedAt, List<Long> activeDays) {
        long from = dayOf(open.from());
        Long to = open.to() == null ? null : dayOf(open.to());
        int submitted = index(dayOf(submittedAt));
        cell(party, from, null).add(Count.BACKLOG, submitted, 1);
        if (to != null) {
            cell(party, to, null).add(Count.BACKLOG, submitted, -1);
        }
        long latest = from;
        cell(party, from, null).add(Count.SILENCE, index(from), 1);
        for (long day : activeDays) {
            if (day > from && (to == null || day < to)) {
                cell(party, day, null).add(Count.SILENCE, index(latest), -1).add(Count.SILENCE, index(day), 1);
                latest = day;
            }
        }
        if (to != null) {
            cell(party, to, null).add(Count.SILENCE, index(latest), -1);
        }
    }

    /** The place of a day in a count by {@link Index#EPOCH_DAY}; what is dated before 1970 counts as of its first day. */
    static int index(long day) {
        return (int) Math.max(0, Math.min(day, LAST_INDEXED_DAY));
    }

    Map<Cell, Tally> tallies() {
        Map<Cell, Tally> tallies = new HashMap<>();
        cells.forEach((cell, builder) -> {
            Tally tally = builder.build();
            if (!tally.isZero()) {
                tallies.put(cell, tally);
            }
        });
        return tallies;
    }
}
