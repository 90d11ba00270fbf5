package io.tanggap.core;

import io.tanggap.core.complaint.Actor;
import io.tanggap.core.complaint.CaseEvent;
import io.tanggap.core.complaint.Outcome;
import io.tanggap.core.complaint.Payload;
import io.tanggap.core.complaint.Payload.Assigned;
import io.tanggap.core.complaint.Payload.Closed;
import io.tanggap.core.complaint.Payload.HandoverAccepted;
import io.tanggap.core.complaint.Payload.HandoverDeclined;
import io.tanggap.core.complaint.Payload.HandoverOffered;
import io.tanggap.core.complaint.Payload.ProgressUpdated;
import io.tanggap.core.complaint.Payload.PublicReply;
import io.tanggap.core.complaint.Payload.Reopened;
import io.tanggap.core.complaint.Payload.ResolutionClaimed;
import io.tanggap.core.complaint.Payload.ResolutionRejected;
import io.tanggap.core.complaint.Payload.SnapshotObserved;
import io.tanggap.core.complaint.Payload.Status;
import io.tanggap.core.complaint.Payload.Submitted;
import io.tanggap.core.complaint.Placing;
import io.tanggap.core.complaint.TimeNote;
import io.tanggap.core.complaint.Visibility;
import io.tanggap.core.reference.Reference;
import io.tanggap.core.reference.ReferencePack;
import io.tanggap.core.reference.ReferencePack.ResolutionTarget;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Histories of every shape that channels can send: sensible ones, odd ones, events of one instant, at midnights, exactly
 * at a deadline and exactly when silence turns stale.
 */
public final class RandomHistories {
    private static final List<String> UNITS = List.of("A", "B", "C", "UNKNOWN");
    private static final List<ZoneId> ZONES = List.of(
            References.JAKARTA,
            ZoneId.of("Asia/Kolkata"),
            ZoneId.of("America/New_York"),
            ZoneId.of("America/Sao_Paulo"));
    private static final Duration STALE_AFTER = Duration.ofDays(2);
    private static final long HOUR = 3_600_000;

    private final Random random;

    public RandomHistories(Random random) {
        this.random = random;
    }

    public ZoneId zone() {
        return pick(ZONES);
    }

    /** One to three packs, some of them known only in the middle of the histories; zones differ if told so. */
    public Reference reference(boolean zonesDiffer) {
        ZoneId zone = zone();
        List<ReferencePack> packs = new ArrayList<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            List<ResolutionTarget> targets = new ArrayList<>();
            if (random.nextInt(4) > 0) {
                targets.add(new ResolutionTarget("roads", "roads", null, hours(96), null, null));
            }
            if (random.nextBoolean()) {
                targets.add(new ResolutionTarget(
                        "any", null, "qlue", hours(200), null, Story.START.plus(Duration.ofDays(random.nextInt(20)))));
            }
            packs.add(new ReferencePack(
                    "pack-" + i,
                    Story.START.plus(hours(600)),
                    "city",
                    zonesDiffer ? zone() : zone,
                    random.nextBoolean() ? STALE_AFTER : hours(100).plusMillis(1),
                    List.of(),
                    targets,
                    Map.of()));
        }
        return Reference.of(packs);
    }

    private Duration hours(int most) {
        return Duration.ofHours(random.nextInt(most));
    }

    /** Any history whatever, not empty. */
    public List<CaseEvent> any(String number) {
        return history(number, true);
    }

    /**
     * A history in which no later event changes what was true before it: nobody rejects a claim or sets another deadline
     * or category afterwards, and the submission comes first. Only of such a history do stocks read off one late fold
     * equal those counted at the time; of others they are the corrected ones.
     */
    public List<CaseEvent> neverRewritten(String number) {
        return history(number, false);
    }

    private List<CaseEvent> history(String number, boolean rewrites) {
        List<CaseEvent> events = new ArrayList<>();
        Instant at = Story.START.plus(Duration.ofMillis(random.nextLong(10 * 24 * HOUR)));
        Instant deadline = random.nextBoolean() ? null : near(at);
        boolean told = !rewrites || random.nextInt(10) > 0;
        if (told) {
            Payload submitted = new Submitted(
                    random.nextBoolean() ? "roads" : null,
                    random.nextBoolean() ? pick(List.of("north", "kelurahan")) : null,
                    random.nextBoolean() ? pick(UNITS) : null,
                    deadline);
            events.add(event(number, at, submitted));
        }
        int more = random.nextInt(9) + (told ? 0 : 1);
        boolean claimed = false;
        for (int i = 0; i < more; i++) {
            at = later(at, deadline);
            Payload payload = rewrites ? anyPayload() : harmlessPayload(claimed);
            claimed = payload instanceof ResolutionClaimed || (claimed && !(payload instanceof Reopened));
            Instant when = rewrites && random.nextInt(15) == 0 ? at.minus(hours(300)) : at;
            events.add(event(number, when, payload));
        }
        return events;
    }

    private Instant near(Instant at) {
        return switch (random.nextInt(6)) {
            case 0 -> at;
            case 1 -> at.minus(hours(50));
            case 2 -> midnightAfter(at);
            default -> at.plus(Duration.ofMillis(random.nextLong(12 * 24 * HOUR)));
        };
    }

    private Instant later(Instant at, Instant deadline) {
        return switch (random.nextInt(10)) {
            case 0 -> at;
            case 1 -> deadline != null && deadline.isAfter(at) ? deadline : at.plusMillis(1);
            case 2 -> deadline != null && deadline.isAfter(at) ? deadline.plusMillis(1) : at;
            case 3 -> at.plus(STALE_AFTER).plusMillis(random.nextInt(3) - 1);
            case 4 -> midnightAfter(at);
            case 5 -> midnightAfter(at).minusMillis(1);
            default -> at.plus(Duration.ofMillis(random.nextLong(5 * 24 * HOUR)));
        };
    }

    private Instant midnightAfter(Instant at) {
        ZoneId zone = zone();
        return LocalDate.ofInstant(at, zone).plusDays(1).atStartOfDay(zone).toInstant();
    }

    private Payload anyPayload() {
        return switch (random.nextInt(26)) {
            case 0 -> new ResolutionRejected();
            case 1 -> new Submitted("roads", null, pick(UNITS), null);
            case 5 -> new Payload.Categorised(pick(List.of("roads", "parks")));
            case 6 ->
                new Payload.JurisdictionResolved(
                        pick(List.of("north", "kelurahan")), random.nextBoolean() ? null : Placing.POLYGON);
            case 7 -> new Payload.LocationCorrected(pick(List.of("north", "kelurahan")));
            case 2, 3, 4 ->
                new SnapshotObserved(
                        random.nextInt(5) == 0 ? null : pick(List.of(Status.values())),
                        random.nextBoolean() ? null : pick(List.of(Outcome.values())),
                        random.nextBoolean() ? null : pick(UNITS),
                        random.nextInt(5) == 0 ? "roads" : null,
                        random.nextInt(5) == 0 ? "north" : null,
                        random.nextInt(5) == 0 ? near(Story.START.plus(hours(400))) : null);
            default -> harmlessPayload(false);
        };
    }

    private Payload harmlessPayload(boolean claimed) {
        return switch (random.nextInt(25)) {
            case 0, 1 -> new Assigned(pick(UNITS));
            case 2, 3 -> new HandoverOffered(pick(UNITS));
            case 4 -> new HandoverAccepted(pick(UNITS));
            case 5 -> new HandoverDeclined(pick(UNITS));
            case 6 -> new PublicReply();
            case 7 -> new ProgressUpdated();
            case 8 -> new ResolutionClaimed();
            case 9, 10 -> new Closed(pick(List.of(Outcome.values())));
            case 11 -> new Payload.Verified();
            case 12 -> new Payload.VerificationDeferred();
            case 13 -> new Payload.Rejected();
            case 14 -> new Payload.Delegated(pick(UNITS));
            case 15 -> new Payload.Recalled();
            case 16 -> new Payload.InternalNote();
            case 17 -> new Payload.WaitStarted("CITIZEN_INFO");
            case 18 -> new Payload.WaitEnded();
            case 19 -> new Payload.ResolutionValidated();
            case 20 -> new Payload.Rated(1 + random.nextInt(5));
            case 21 -> new Payload.ChannelLinked("twitter:" + random.nextInt(3));
            case 22 -> new Payload.MergedInto("qlue:original");
            // A reopening withdraws a claim that stands, and so rewrites the past like a rejection.
            default -> claimed ? new Closed(Outcome.FIXED) : new Reopened();
        };
    }

    private CaseEvent event(String number, Instant at, Payload payload) {
        return CaseEvent.of(
                "qlue",
                number,
                at,
                at.plusSeconds(random.nextInt(1000)),
                random.nextBoolean() ? null : (long) random.nextInt(3),
                pick(List.of(Actor.values())),
                random.nextBoolean() ? null : pick(UNITS),
                pick(List.of(Visibility.values())),
                false,
                pick(List.of(TimeNote.values())),
                payload);
    }

    /** The same events in another order, some of them twice or more, with other arrival times. */
    public List<CaseEvent> rearranged(List<CaseEvent> events) {
        List<CaseEvent> arrivals = new ArrayList<>(events);
        for (CaseEvent event : events) {
            if (random.nextBoolean()) {
                arrivals.add(new CaseEvent(
                        event.eventId(),
                        event.caseId(),
                        event.channel(),
                        event.sourceCaseId(),
                        event.occurredAt(),
                        event.ingestedAt().plusSeconds(random.nextInt(1000)),
                        event.sourceSequence(),
                        event.actor(),
                        event.orgUnit(),
                        event.visibility(),
                        event.inferred(),
                        event.timeNote(),
                        event.payload()));
            }
        }
        Collections.shuffle(arrivals, random);
        return arrivals;
    }

    public <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
