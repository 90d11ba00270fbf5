package io.tanggap.release;

import io.tanggap.core.complaint.Actor;
import io.tanggap.core.complaint.Outcome;
import io.tanggap.core.complaint.Visibility;
import io.tanggap.core.lifecycle.Anomaly;
import io.tanggap.core.lifecycle.Visit.End;
import io.tanggap.core.lifecycle.Visit.Entry;
import io.tanggap.core.reference.GeoPoint;
import io.tanggap.core.release.Ladder;
import io.tanggap.core.release.ReleasedCase;
import io.tanggap.core.release.ReleasedEvent;
import io.tanggap.core.release.ReleasedUnit;
import io.tanggap.core.release.ReleasedVisit;
import io.tanggap.core.release.Rung;
import io.tanggap.core.sla.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Cases that nobody reported, from a seed: with events of one instant and events a millisecond apart, everything null that may
 * be, and letters that CSV, XML and JSON have to escape.
 */
final class Invented {
    static final long SEED = Long.getLong("seed", 20171101L);

    private static final List<String> ACTIVITIES = List.of(
            "Assigned",
            "HandoverOffered",
            "HandoverAccepted",
            "PublicReply",
            "WaitStarted",
            "SnapshotObserved IN_PROGRESS",
            "Closed",
            "Rated");
    private static final List<String> WORDS =
            List.of("kelurahan-é", "dinas \"A\", B", "a<b>&'c'", "水道局", "😀 taman", "bina_marga", " led");

    private final Random random = new Random(SEED);
    private int named;

    Invented() {
        System.out.println("seed " + SEED + ": -Dseed=" + SEED);
    }

    List<ReleasedCase> cases(int number) {
        List<ReleasedCase> cases = new ArrayList<>();
        for (int at = 0; at < number; at++) {
            cases.add(next());
        }
        return cases;
    }

    private ReleasedCase next() {
        List<Rung> rungs = Ladder.TIMES.rungs();
        Rung rung = rungs.get(random.nextInt(rungs.size()));
        int number = ++named;
        Instant from = Instant.parse("2017-10-28T16:59:59.998Z").plusMillis(random.nextInt(4_000_000));
        return new ReleasedCase(
                name(number),
                rung,
                LocalDate.of(2017, 10, 29).plusDays(random.nextInt(40)),
                maybe(this::word),
                maybe(this::word),
                maybe(this::word),
                word(),
                maybe(() -> new GeoPoint(-6.2 + random.nextDouble(), random.nextInt(3) == 0 ? 1e-5 : 106.8)),
                random.nextBoolean(),
                maybe(() -> any(Outcome.values())),
                1 + random.nextInt(3),
                random.nextInt(4),
                1 + random.nextInt(4),
                maybe(() -> 1 + random.nextInt(5)),
                maybe(this::span),
                maybe(this::span),
                maybe(this::span),
                maybe(this::word),
                any(Verdict.values()),
                maybe(this::span),
                maybe(this::span),
                rung.tellsEvents() ? maybe(() -> from.plus(span())) : null,
                unit(),
                random.nextBoolean(),
                maybe(() -> name(1 + random.nextInt(number + 20))),
                random.nextInt(3) == 0
                        ? EnumSet.of(any(Anomaly.values()), any(Anomaly.values()), any(Anomaly.values()))
                        : Set.of(),
                rung.tellsEvents() ? events(from) : List.of(),
                rung.tellsEvents() ? visits(from) : List.of());
    }

    private static String name(int number) {
        return String.format(Locale.ROOT, "c%06x", number);
    }

    private List<ReleasedEvent> events(Instant from) {
        List<ReleasedEvent> events = new ArrayList<>();
        Instant at = from;
        int many = random.nextInt(8);
        for (int sequence = 1; sequence <= many; sequence++) {
            events.add(new ReleasedEvent(
                    sequence,
                    sequence == 1 ? "Submitted" : ACTIVITIES.get(random.nextInt(ACTIVITIES.size())),
                    at,
                    "complete",
                    maybe(this::unit),
                    any(Actor.values()),
                    any(Visibility.values()),
                    random.nextBoolean(),
                    maybe(this::unit),
                    maybe(this::word),
                    maybe(() -> any(Outcome.values())),
                    maybe(() -> 1 + random.nextInt(5))));
            at = at.plusMillis(
                    switch (random.nextInt(3)) {
                        case 0 -> 0;
                        case 1 -> 1;
                        default -> random.nextInt(1_000_000_000);
                    });
        }
        return events;
    }

    private List<ReleasedVisit> visits(Instant from) {
        List<ReleasedVisit> visits = new ArrayList<>();
        int many = random.nextInt(4);
        for (int number = 1; number <= many; number++) {
            visits.add(new ReleasedVisit(
                    number,
                    unit(),
                    maybe(() -> from.minusMillis(1)),
                    from.plus(span()),
                    any(Entry.values()),
                    maybe(() -> from.plus(span())),
                    maybe(() -> any(End.values())),
                    maybe(() -> from.plus(span())),
                    span()));
        }
        return visits;
    }

    private Duration span() {
        return Duration.ofMillis(random.nextInt(4) == 0 ? random.nextInt(3) : random.nextInt(2_000_000_000));
    }

    private ReleasedUnit unit() {
        return new ReleasedUnit(maybe(this::word), word());
    }

    private String word() {
        return WORDS.get(random.nextInt(WORDS.size()));
    }

    private <T> T any(T[] of) {
        return of[random.nextInt(of.length)];
    }

    private <T> T maybe(Supplier<T> value) {
        return random.nextInt(3) == 0 ? null : value.get();
    }
}
