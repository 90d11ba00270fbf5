package io.tanggap.flink.operator;

import io.tanggap.core.complaint.Actor;
import io.tanggap.core.complaint.CaseEvent;
import io.tanggap.core.complaint.Payload;
import io.tanggap.core.complaint.Payload.Submitted;
import io.tanggap.core.complaint.TimeNote;
import io.tanggap.core.complaint.Visibility;
import io.tanggap.core.reference.ReferencePack;
import io.tanggap.core.reference.ReferencePack.Unit;
import io.tanggap.core.reference.Validity;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A city of a few units, and events of its cases told in minutes after {@link #START}. */
final class City {
    static final ZoneId ZONE = ZoneId.of("Asia/Jakarta");

    /** A Monday; 15:00 in the city. */
    static final Instant START = Instant.parse("2024-03-04T08:00:00Z");

    static final long HOUR = 60;
    static final long DAY = 24 * HOUR;

    private City() {}

    /** The pack known since ever, in which the kelurahan is below {@code north}. */
    static ReferencePack pack() {
        return pack("first", Instant.EPOCH, "north");
    }

    /** No target, and a case is stale after two days. */
    static ReferencePack pack(String id, Instant knownFrom, String parentOfKelurahan) {
        return new ReferencePack(
                id,
                knownFrom,
                "city",
                ZONE,
                Duration.ofDays(2),
                List.of(
                        new Unit("north", "North", "kota", null),
                        new Unit("south", "South", "kota", null),
                        new Unit("kelurahan", "Kelurahan", "kelurahan", parentOfKelurahan),
                        new Unit("A", "Unit A", "dinas", null)),
                List.of(),
                Map.of("roads", "streets"));
    }

    /** The kelurahan is below {@code north} until the midnight that a day begins with, and below {@code south} from then on. */
    static ReferencePack packWithMove(long epochDay) {
        LocalDate day = LocalDate.ofEpochDay(epochDay);
        return new ReferencePack(
                "moving",
                Instant.EPOCH,
                "city",
                ZONE,
                Duration.ofDays(2),
                List.of(
                        new Unit("north", "North", "kota", null),
                        new Unit("south", "South", "kota", null),
                        kelurahan("north", new Validity(null, day)),
                        kelurahan("south", new Validity(day, null))),
                List.of(),
                Map.of());
    }

    /** Unit A has another name from the midnight on that a day begins with. */
    static ReferencePack packWithRename(String id, Instant knownFrom, String name, long epochDay) {
        LocalDate day = LocalDate.ofEpochDay(epochDay);
        return new ReferencePack(
                id,
                knownFrom,
                "city",
                ZONE,
                Duration.ofDays(2),
                List.of(
                        new Unit("kelurahan", "Kelurahan", "kelurahan", null),
                        unitA("Unit A", new Validity(null, day)),
                        unitA(name, new Validity(day, null))),
                List.of(),
                Map.of());
    }

    private static Unit unitA(String name, Validity validity) {
        return new Unit("A", null, name, null, "dinas", null, validity, null, null, null);
    }

    private static Unit kelurahan(String parent, Validity validity) {
        return new Unit("kelurahan", null, "Kelurahan", null, "kelurahan", parent, validity, null, null, null);
    }

    static Instant at(long minute) {
        return START.plusSeconds(60 * minute);
    }

    static long millis(long minute) {
        return at(minute).toEpochMilli();
    }

    /** The city's day, so many days after that of the start. */
    static long day(long days) {
        return LocalDate.ofInstant(START, ZONE).toEpochDay() + days;
    }

    /** The midnight that the day begins with. */
    static Instant midnight(long days) {
        return LocalDate.ofEpochDay(day(days)).atStartOfDay(ZONE).toInstant();
    }

    static CaseEvent event(long minute, Payload payload) {
        return event("1", minute, payload);
    }

    static CaseEvent event(String number, long minute, Payload payload) {
        return CaseEvent.of(
                "qlue",
                number,
                at(minute),
                at(minute),
                null,
                Actor.OFFICER,
                null,
                Visibility.PUBLIC,
                false,
                TimeNote.EXACT,
                payload);
    }

    static Submitted submitted(@Nullable Long deadlineMinute) {
        return new Submitted("roads", "kelurahan", "A", deadlineMinute == null ? null : at(deadlineMinute));
    }
}
