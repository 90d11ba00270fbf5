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
import io.tanggap.core.reference.Attribution;
import io.tanggap.core.reference.CaseRules;
import io.tanggap.core.reference.PauseRule;
import io.tanggap.core.reference.Policy.Target;
import io.tanggap.core.reference.Reference;
import io.tanggap.core.reference.ReferencePack;
import io.tanggap.core.reference.ReferencePack.Kind;
import io.tanggap.core.reference.ReferencePack.ResolutionTarget;
import io.tanggap.core.reference.Validity;
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
 * at a deadline and exactly when silence turns stale; and references of every kind to judge them by.
 */
public final class RandomHistories {
    private static final List<String> UNITS = List.of("A", "A1", "B", "C", "kelurahan", "UNKNOWN");
    private static final List<String> PLACES = List.of("north", "kelurahan");
    private static final List<String> CATEGORIES = List.of("roads", "parks");
    /** For LUNCH no clock ever stands still. */
    private static final List<String> PHOTOS = List.of("photo 1", "photo 2", "photo 3");

    private static final List<String> REASONS = List.of("CITIZEN_INFO", "VENDOR", "LUNCH");

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
            PackDraft draft = new PackDraft("pack-" + i)
                    .knownFrom(Story.START.plus(hours(600)))
                    .zone(zonesDiffer ? zone() : zone)
                    .staleAfter(random.nextBoolean() ? STALE_AFTER : hours(100).plusMillis(1));
            packs.add(random.nextInt(5) == 0 ? simple(draft.pack()) : full(draft));
        }
        return Reference.of(packs);
    }

    /** The same with targets of the old kind, or none. */
    private ReferencePack simple(ReferencePack pack) {
        List<ResolutionTarget> targets = new ArrayList<>();
        if (random.nextInt(4) > 0) {
            targets.add(new ResolutionTarget("roads", "roads", null, hours(96), null, null));
        }
        if (random.nextBoolean()) {
            targets.add(new ResolutionTarget(
                    "any", null, "qlue", hours(200), null, Story.START.plus(Duration.ofDays(random.nextInt(20)))));
        }
        return new ReferencePack(
                pack.id(), pack.knownFrom(), pack.city(), pack.zone(), pack.staleAfter(), List.of(), targets, Map.of());
    }

    private ReferencePack full(PackDraft draft) {
        draft.unit("A", Kind.AGENCY, "dinas", null)
                .unit("A1", Kind.AGENCY, "sudin", "A")
                .unit("B", Kind.AGENCY, "dinas", null, null, day(5, 30), null)
                .unit("C", Kind.AGENCY, "dinas", null)
                .unit("north", Kind.TERRITORY, "kota", null)
                .unit("kelurahan", Kind.TERRITORY, "kelurahan", "north");
        if (random.nextInt(4) == 0) {
            draft.category("roads");
        }
        if (random.nextInt(4) > 0) {
            String change = day(0, 20);
            draft.competence("roads", null, pick(UNITS), null, change)
                    .competence("roads", random.nextBoolean() ? null : "kelurahan", pick(UNITS), change, null)
                    .competence(null, null, pick(UNITS), null, day(5, 40));
        }
        draft.hours("office", "Mon-Thu 07:30-12:00 13:00-16:00", "Fri 07:30-11:30 13:00-16:30");
        draft.hours("counter", "Mon-Sat 08:00-24:00");
        for (String calendar : List.of("office", "counter")) {
            for (int i = random.nextInt(3); i > 0; i--) {
                draft.holiday(
                        calendar,
                        day(0, 20),
                        random.nextInt(3) == 0 ? "09:00-12:00" : null,
                        random.nextBoolean() ? null : day(-3, 20));
            }
        }
        for (Target target : Target.values()) {
            for (int i = random.nextInt(5) == 0 ? 0 : 1 + random.nextInt(2); i > 0; i--) {
                policy(draft, target, target.name() + i);
            }
        }
        for (String reason : List.of("CITIZEN_INFO", "VENDOR", PauseRule.UNSTATED)) {
            if (random.nextInt(4) > 0) {
                draft.pause(reason, null, hours(150).plusMillis(1).toString());
            }
            if (random.nextInt(4) == 0) {
                draft.pause(
                        reason, pick(Target.values()), hours(60).plusMillis(1).toString());
            }
        }
        return draft.channel(Story.CHANNEL, random.nextBoolean() ? null : 2)
                .attribution(pick(Attribution.values()))
                .rules(new CaseRules(
                        random.nextBoolean() ? Duration.ZERO : hours(72),
                        Duration.ofDays(14 + random.nextInt(10)),
                        random.nextInt(3) == 0 ? null : hours(72).plusMillis(1)))
                .pack();
    }

    private void policy(PackDraft draft, Target target, String line) {
        String calendar = pick(List.of("office", "counter", ""));
        boolean inDays = !calendar.isEmpty() && random.nextBoolean();
        draft.policy(
                line,
                target,
                inDays ? 1 + random.nextInt(5) + "wd" : hours(60).toString(),
                calendar.isEmpty() ? null : calendar,
                random.nextInt(3) == 0 ? pick(CATEGORIES) : null,
                random.nextInt(5) == 0 ? "dinas" : null,
                random.nextInt(4) == 0 ? new Validity(LocalDate.parse(day(0, 10)), null) : Validity.ALWAYS);
    }

    /** A day, so many after the start. */
    private String day(int least, int most) {
        return LocalDate.ofInstant(Story.START, References.JAKARTA)
                .plusDays(least + random.nextInt(most - least))
                .toString();
    }

    private Duration hours(int most) {
        return Duration.ofHours(random.nextInt(most));
    }

    /** Any history whatever, not empty. */
    public List<CaseEvent> any(String number) {
        return history(number, true);
    }

    /**
     * A history in which no later event changes what was true before it: nobody rejects a claim, sets another deadline
     * or category afterwards, corrects an event or undoes a merge, and the submission comes first. Only of such a history do
     * stocks read off one late fold equal those counted at the time; of others they are the corrected ones.
     */
    public List<CaseEvent> neverRewritten(String number) {
        return history(number, false);
    }

    /** Any history of so many events. */
    public List<CaseEvent> any(String number, int events) {
        return history(number, true, events);
    }

    private List<CaseEvent> history(String number, boolean rewrites) {
        return history(number, rewrites, 1 + random.nextInt(rewrites ? 13 : 9));
    }

    private List<CaseEvent> history(String number, boolean rewrites, int size) {
        List<CaseEvent> events = new ArrayList<>();
        Instant at = Story.START.plus(Duration.ofMillis(random.nextLong(10 * 24 * HOUR)));
        Instant deadline = random.nextInt(3) > 0 ? null : near(at);
        boolean told = !rewrites || random.nextInt(10) > 0;
        if (told) {
            Payload submitted = new Submitted(
                    random.nextBoolean() ? "roads" : null,
                    random.nextBoolean() ? pick(PLACES) : null,
                    random.nextBoolean() ? pick(UNITS) : null,
                    deadline,
                    random.nextInt(6) > 0 ? null : at.plus(Duration.ofMillis(random.nextLong(20 * 24 * HOUR))));
            events.add(event(number, at, submitted));
        }
        boolean claimed = false;
        while (events.size() < size) {
            at = later(at, deadline);
            Payload payload = rewrites ? anyPayload(events) : harmlessPayload(claimed);
            claimed = claimed || payload instanceof ResolutionClaimed;
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
            case 6 -> at.plus(Duration.ofMillis(random.nextLong(30L * 24 * HOUR)));
            default -> at.plus(Duration.ofMillis(random.nextLong(5 * 24 * HOUR)));
        };
    }

    private Instant midnightAfter(Instant at) {
        ZoneId zone = zone();
        return LocalDate.ofInstant(at, zone).plusDays(1).atStartOfDay(zone).toInstant();
    }

    private Payload anyPayload(List<CaseEvent> before) {
        return switch (random.nextInt(44)) {
            case 0, 1 -> new ResolutionRejected();
            case 2 -> new Submitted("roads", null, pick(UNITS), null);
            case 3, 4, 5, 6 ->
                new SnapshotObserved(
                        random.nextInt(5) == 0 ? null : pick(Status.values()),
                        random.nextBoolean() ? null : pick(Outcome.values()),
                        random.nextBoolean() ? null : pick(UNITS),
                        random.nextInt(5) == 0 ? "roads" : null,
                        random.nextInt(5) == 0 ? "north" : null,
                        random.nextInt(5) == 0 ? near(Story.START.plus(hours(400))) : null);
            case 7 -> new Payload.Categorised(pick(CATEGORIES));
            case 8 -> new Payload.JurisdictionResolved(pick(PLACES), random.nextBoolean() ? null : Placing.POLYGON);
            case 9 -> new Payload.LocationCorrected(pick(PLACES));
            case 10 -> new Payload.Unmerged();
            case 11, 12 ->
                new Payload.Corrected(
                        before.isEmpty() || random.nextInt(5) == 0
                                ? "no such event"
                                : pick(before).eventId());
            case 13 ->
                new Payload.MergedInto(
                        before.isEmpty() ? "qlue:0" : before.get(0).caseId());
            default -> harmlessPayload(false);
        };
    }

    private Payload harmlessPayload(boolean claimed) {
        return switch (random.nextInt(44)) {
            case 0, 1 -> new Assigned(pick(UNITS));
            case 2, 3, 4, 5, 6 -> new HandoverOffered(pick(UNITS));
            case 7, 8 -> new HandoverAccepted(pick(UNITS));
            case 9, 10 -> new HandoverDeclined(pick(UNITS));
            case 11 -> new Payload.Recalled();
            case 12, 13 -> new PublicReply();
            case 14, 15 -> new ProgressUpdated();
            case 16 -> new ResolutionClaimed(random.nextBoolean() ? List.of() : List.of(pick(PHOTOS), pick(PHOTOS)));
            case 17, 18 -> new Closed(pick(Outcome.values()));
            case 19 -> new Payload.Verified();
            case 20 -> new Payload.VerificationDeferred();
            case 21 -> new Payload.Rejected();
            case 22 -> new Payload.Delegated(pick(UNITS));
            case 23 -> new Payload.HolderReorganised(pick(UNITS), pick(UNITS));
            case 24 -> new Payload.InternalNote();
            case 25, 26, 27 -> new Payload.WaitStarted(pick(REASONS));
            case 28 -> new Payload.WaitEnded();
            case 29 -> new Payload.ResolutionValidated();
            case 30 -> new Payload.Rated(1 + random.nextInt(5));
            case 31 -> new Payload.ChannelLinked("twitter:" + random.nextInt(3));
            case 32 -> new Payload.SplitInto("qlue:part");
            case 33 -> new Payload.MergedInto("qlue:original");
            case 34 -> new Payload.EscalatedUp("mayor");
            case 35 -> new Payload.Redacted();
            case 36 -> new Payload.VerdictContested(pick(Target.values()).name(), 1 + random.nextInt(2));
            case 37 -> new Payload.VerdictDecided("RESOLUTION", 1 + random.nextInt(2), random.nextBoolean(), "SK-7");
            case 38 -> new Payload.Disputed(random.nextBoolean() ? null : false);
            // What takes a case up again withdraws a claim that stands, and so rewrites the past like a rejection.
            case 39 -> claimed ? new Closed(Outcome.FIXED) : new Payload.Disputed(true);
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
                pick(Actor.values()),
                random.nextBoolean() ? null : pick(UNITS),
                pick(Visibility.values()),
                false,
                pick(TimeNote.values()),
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

    private <T> T pick(T[] choices) {
        return choices[random.nextInt(choices.length)];
    }

    public <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
