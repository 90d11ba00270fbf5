package io.tanggap.core.explain;

import io.tanggap.core.References;
import io.tanggap.core.reference.Attribution;
import io.tanggap.core.reference.CaseRules;
import io.tanggap.core.reference.Competence;
import io.tanggap.core.reference.PauseRule;
import io.tanggap.core.reference.Policy;
import io.tanggap.core.reference.Policy.Target;
import io.tanggap.core.reference.ReferencePack;
import io.tanggap.core.reference.ReferencePack.Kind;
import io.tanggap.core.reference.ReferencePack.Unit;
import io.tanggap.core.reference.Validity;
import io.tanggap.core.reference.WorkCalendar;
import io.tanggap.core.reference.WorkCalendar.Holiday;
import io.tanggap.core.reference.WorkCalendar.Hours;
import io.tanggap.core.reference.WorkCalendar.Span;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** An office of Jakarta, in packs that differ as a test wants. Weekdays 08:00 to 12:00 and 13:00 to 16:00. */
final class Office {
    static final String CALENDAR = "office";

    private final String id;
    private final Instant knownFrom;
    private ZoneId zone = References.JAKARTA;
    private List<Hours> hours = week(8 * 60, 12 * 60, 13 * 60, 16 * 60);
    private final List<Holiday> holidays = new ArrayList<>();
    private final List<Policy> policies = new ArrayList<>();
    private final List<PauseRule> pauses = new ArrayList<>();
    private final List<Competence> competences = new ArrayList<>();
    private Attribution attribution = Attribution.CRM;

    private Office(String id, Instant knownFrom) {
        this.id = id;
        this.knownFrom = knownFrom;
    }

    static Office pack(String id) {
        return new Office(id, Instant.EPOCH);
    }

    static Office pack(String id, String knownFrom) {
        return new Office(id, at(knownFrom));
    }

    /** A local time of Jakarta. */
    static Instant at(String local) {
        return LocalDateTime.parse(local).atZone(References.JAKARTA).toInstant();
    }

    /** Weekdays with spans of minutes: from and to, from and to. */
    static List<Hours> week(int... minutes) {
        List<Hours> hours = new ArrayList<>();
        for (DayOfWeek day : List.of(
                DayOfWeek.MONDAY, DayOfWeek.TUESDAY, DayOfWeek.WEDNESDAY, DayOfWeek.THURSDAY, DayOfWeek.FRIDAY)) {
            for (int i = 0; i < minutes.length; i += 2) {
                hours.add(new Hours(day, new Span(minutes[i], minutes[i + 1]), Validity.ALWAYS));
            }
        }
        return hours;
    }

    Office zone(ZoneId other) {
        zone = other;
        return this;
    }

    Office hours(List<Hours> other) {
        hours = other;
        return this;
    }

    Office holiday(Holiday holiday) {
        holidays.add(holiday);
        return this;
    }

    Office free(String date, String name, String decreed) {
        return holiday(new Holiday(LocalDate.parse(date), name, null, LocalDate.parse(decreed)));
    }

    Office days(Target target, int days) {
        return policy(target, Duration.ofDays(days), true, CALENDAR);
    }

    Office hours(Target target, int workingHours) {
        return policy(target, Duration.ofHours(workingHours), false, CALENDAR);
    }

    Office policy(Target target, Duration within, boolean inDays, String calendar) {
        policies.add(new Policy(
                target.name().toLowerCase(java.util.Locale.ROOT) + "-" + within,
                target,
                null,
                null,
                null,
                within,
                inDays,
                calendar,
                Validity.ALWAYS));
        return this;
    }

    Office pause(String reason, Duration cap) {
        pauses.add(new PauseRule(reason, null, cap, Validity.ALWAYS));
        return this;
    }

    Office task(String category, String territory, String unit) {
        competences.add(new Competence(category, territory, unit, Validity.ALWAYS));
        return this;
    }

    Office attribution(Attribution rule) {
        attribution = rule;
        return this;
    }

    ReferencePack build() {
        return new ReferencePack(
                id,
                knownFrom,
                "city",
                zone,
                Duration.ofDays(2),
                List.of(
                        new Unit("north", "North", "kota", null),
                        new Unit("kelurahan", "Kelurahan", "kelurahan", "north"),
                        agency("A"),
                        agency("B"),
                        agency("C")),
                List.of(),
                Map.of(),
                policies,
                List.of(new WorkCalendar(CALENDAR, hours, holidays)),
                List.of(),
                List.of(),
                competences,
                List.of(),
                List.of(),
                attribution,
                null,
                pauses,
                CaseRules.DEFAULT);
    }

    private static Unit agency(String id) {
        return new Unit(id, Kind.AGENCY, "Unit " + id, null, "dinas", null, Validity.ALWAYS, null, null, null);
    }
}
