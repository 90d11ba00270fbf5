package io.tanggap.core.notice;

import static java.util.Objects.requireNonNull;

import io.tanggap.core.alert.Alert;
import io.tanggap.core.alert.Alert.Matter;
import io.tanggap.core.reference.AlertKind;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Somebody asked that nobody be told of some alerts for a time. What is raised meanwhile and still stands at the end is told
 * then. It matches an alert that has all that it names; it names at least one thing.
 *
 * @param id names it, so that it can be ended early
 * @param from inclusive
 * @param until exclusive
 * @param reason for people; it is written in the message at the end, so it must not be personal
 * @param by who asked for it
 * @param unit of cases that it, or a unit below it, holds; null: of any
 * @param kind null: of any
 * @param channel null: of any
 * @param category null: of any
 * @param caseId null: of any
 */
public record Silence(
        String id,
        Instant from,
        Instant until,
        String reason,
        String by,
        @Nullable String unit,
        @Nullable AlertKind kind,
        @Nullable String channel,
        @Nullable String category,
        @Nullable String caseId) {
    public Silence {
        requireNonNull(id, "id");
        requireNonNull(by, "by");
        if (!from.isBefore(until)) {
            throw new IllegalArgumentException("silence " + id + ": the end must be after the beginning");
        }
        if (reason.isBlank()) {
            throw new IllegalArgumentException("silence " + id + ": a reason is needed");
        }
        if (unit == null && kind == null && channel == null && category == null && caseId == null) {
            throw new IllegalArgumentException(
                    "silence " + id + ": name a unit, kind, channel, category or case; nothing silences everything");
        }
    }

    /** Whether nobody is told of an alert at an instant because of it. */
    public boolean holds(Alert alert, Instant at) {
        Matter matter = alert.matter();
        return lastsAt(at)
                && (unit == null || (matter != null && matter.holderPath().contains(unit)))
                && (kind == null || kind == alert.kind())
                && (channel == null || channel.equals(alert.channel()))
                && (category == null || (matter != null && category.equals(matter.category())))
                && (caseId == null || (matter != null && caseId.equals(matter.caseId())));
    }

    /** Whether it has begun and not ended. */
    public boolean lastsAt(Instant at) {
        return !at.isBefore(from) && at.isBefore(until);
    }

    /** The same, over at an instant; at its end if that is earlier, and a millisecond after its beginning if that is later. */
    public Silence endedAt(Instant end) {
        Instant over = end.isAfter(from) ? end : from.plusMillis(1);
        return new Silence(
                id, from, over.isBefore(until) ? over : until, reason, by, unit, kind, channel, category, caseId);
    }
}
