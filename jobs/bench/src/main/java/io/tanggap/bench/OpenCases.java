package io.tanggap.bench;

import io.tanggap.core.complaint.Actor;
import io.tanggap.core.complaint.CaseEvent;
import io.tanggap.core.complaint.Payload;
import io.tanggap.core.complaint.Payload.ProgressUpdated;
import io.tanggap.core.complaint.Payload.PublicReply;
import io.tanggap.core.complaint.Payload.Submitted;
import io.tanggap.core.complaint.TimeNote;
import io.tanggap.core.complaint.Visibility;
import io.tanggap.core.reference.ReferencePack;
import io.tanggap.core.reference.ReferencePack.Unit;
import io.tanggap.flink.io.EventPublisher;
import io.tanggap.simulation.SeededCity;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Open cases, as many as wanted, made while they are published: each was submitted, answered and begun some hours ago, and nobody
 * closes it.
 */
final class OpenCases {
    /** Of each case. */
    static final int EVENTS = 3;

    private static final long SEED = 2017;
    private static final String CHANNEL = "crm";

    /** Long enough ago that the job catches up, for which cases of some seconds share their folds. */
    private static final Duration FIRST = Duration.ofHours(4);

    private static final Duration LAST = Duration.ofMinutes(90);
    /** Short ago, so that every event is folded as it comes. */
    private static final Duration STEADY = Duration.ofMinutes(30);
    /** From the submission to the reply, and to the work: in the largest run still within the time for which folds wait. */
    private static final Duration STEP = Duration.ofSeconds(30);

    private static final int HEARTBEATS = 600;
    private static final int EVENTS_BETWEEN_HEARTBEATS = 1_000;

    private final int number;
    private final Instant now;
    private final ReferencePack pack;
    private final List<String> desks;
    private final List<String> categories;

    /** @param now the time of the wall clock */
    OpenCases(int number, Instant now) {
        this.number = number;
        this.now = now;
        ReferencePack city = SeededCity.jakarta().referencePack();
        // It is noon there: midnight, at which every open case ages, is in nobody's figures.
        int hour = now.atOffset(ZoneOffset.UTC).getHour();
        this.pack = new ReferencePack(
                city.id(),
                city.knownFrom(),
                city.city(),
                ZoneOffset.ofHours(12 - hour),
                city.staleAfter(),
                city.units(),
                city.targets(),
                city.categoryGroups());
        this.desks = city.units().stream()
                .filter(unit -> unit.level().equals("kelurahan"))
                .map(Unit::id)
                .toList();
        this.categories = city.categoryGroups().keySet().stream().sorted().toList();
    }

    ReferencePack pack() {
        return pack;
    }

    /** Publishes all events of all cases, in their order, and heartbeats between them. */
    void open(EventPublisher publisher) {
        Instant first = now.minus(FIRST);
        long span = Duration.between(first, now.minus(LAST)).toNanos();
        long step = Math.max(1, number * STEP.toNanos() / span);
        long beat = Math.max(1, number / HEARTBEATS);
        for (long at = 0; at < number + 2 * step; at++) {
            Instant time = first.plusNanos((long) ((double) span * at / number));
            publish(publisher, at, time, Actor.CITIZEN, submission(at));
            publish(publisher, at - step, time, Actor.OFFICER, new PublicReply());
            publish(publisher, at - 2 * step, time, Actor.OFFICER, new ProgressUpdated());
            if (at % beat == beat - 1) {
                publisher.heartbeat(time);
            }
        }
        publisher.heartbeat(now.minus(LAST).plus(STEP.multipliedBy(3)));
        publisher.flush();
    }

    /** Publishes events that fall on any of the cases, and heartbeats between them. */
    void touch(EventPublisher publisher, int events) {
        SplittableRandom random = new SplittableRandom(SEED);
        Instant first = now.minus(STEADY);
        for (int i = 0; i < events; i++) {
            if (i % EVENTS_BETWEEN_HEARTBEATS == 0) {
                publisher.heartbeat(first.plusMillis(i));
            }
            publish(publisher, random.nextInt(number), first.plusMillis(i + 1L), Actor.OFFICER, new ProgressUpdated());
        }
        publisher.heartbeat(first.plusMillis(events + 1L).plus(STEP));
        publisher.flush();
    }

    private Submitted submission(long index) {
        String desk = desk(index);
        String category = categories.get((int) (index / desks.size() % categories.size()));
        return new Submitted(category, desk, desk, null);
    }

    private String desk(long index) {
        return desks.get((int) (Math.max(0, index) % desks.size()));
    }

    private void publish(EventPublisher publisher, long index, Instant at, Actor actor, Payload payload) {
        if (index < 0 || index >= number) {
            return;
        }
        @Nullable String unit = actor == Actor.OFFICER ? desk(index) : null;
        publisher.publish(CaseEvent.of(
                CHANNEL,
                "open-" + index,
                at,
                at,
                null,
                actor,
                unit,
                Visibility.PUBLIC,
                false,
                TimeNote.EXACT,
                payload));
    }
}
