package io.tanggap.app.differential;

import io.tanggap.app.fixture.LivedMonth;
import io.tanggap.core.complaint.Actor;
import io.tanggap.core.complaint.CaseEvent;
import io.tanggap.core.complaint.Payload;
import io.tanggap.core.complaint.TimeNote;
import io.tanggap.core.complaint.Visibility;
import io.tanggap.core.reference.CaseRules;
import io.tanggap.core.reference.Channel;
import io.tanggap.core.reference.Policy;
import io.tanggap.core.reference.Policy.Target;
import io.tanggap.core.reference.Reference;
import io.tanggap.core.reference.ReferencePack;
import io.tanggap.core.reference.Validity;
import io.tanggap.core.reference.WorkCalendar;
import io.tanggap.core.reference.WorkCalendar.Holiday;
import io.tanggap.core.reference.WorkCalendar.Span;
import io.tanggap.intake.channel.Channels;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An invented month of Jakarta as the events that intake makes of it, judged by a pack in which everything that a rule is about
 * occurs: targets in working days, in working hours and in calendar time, for a level, a channel and a category, and for some
 * cases none; offers that lapse; ratings that take a case up again; silence that is soon too long.
 *
 * @param asOf in the middle of a working day before the month's end: cases are open in every state, and events are still to come
 */
record WorkingCity(ReferencePack pack, List<CaseEvent> events, Instant asOf) {
    private static final Instant AS_OF = Instant.parse("2017-11-27T04:20:00Z");
    private static final String CALENDAR = "jakarta-office";

    static WorkingCity of(long seed, int cases) {
        LivedMonth month = LivedMonth.of(seed, cases);
        ReferencePack pack = strict(month.pack());
        Channels channels = new Channels(Reference.of(List.of(pack)), null);
        List<CaseEvent> events = new ArrayList<>();
        month.messages()
                .forEach(message -> events.addAll(
                        channels.admit(message.channel(), message.json(), Instant.ofEpochMilli(message.sentAtMillis()))
                                .events()));
        handInEvidence(events);
        events.addAll(contests(events));
        return new WorkingCity(pack, events, AS_OF);
    }

    /** The month has no photographs: of the claims three in four hand in two, of which some were used before. */
    private static void handInEvidence(List<CaseEvent> events) {
        int claims = 0;
        for (int i = 0; i < events.size(); i++) {
            CaseEvent claim = events.get(i);
            if (claim.payload() instanceof Payload.ResolutionClaimed && ++claims % 4 != 0) {
                List<String> photos = List.of("photo " + claims, "often used " + claims % 97);
                events.set(
                        i,
                        CaseEvent.of(
                                claim.channel(),
                                claim.sourceCaseId(),
                                claim.occurredAt(),
                                claim.ingestedAt(),
                                claim.sourceSequence(),
                                claim.actor(),
                                claim.orgUnit(),
                                claim.visibility(),
                                claim.inferred(),
                                claim.timeNote(),
                                new Payload.ResolutionClaimed(photos)));
            }
        }
    }

    /** No channel sends them: of the cases that were closed each fourth is contested, and each eighth verdict does not stand. */
    private static List<CaseEvent> contests(List<CaseEvent> events) {
        List<CaseEvent> contests = new ArrayList<>();
        int closed = 0;
        for (CaseEvent event : events) {
            if (event.payload() instanceof Payload.Closed && ++closed % 4 == 0) {
                contests.add(after(event, Duration.ofHours(1), new Payload.VerdictContested("RESOLUTION", 1)));
                contests.add(after(
                        event,
                        Duration.ofHours(30),
                        new Payload.VerdictDecided("RESOLUTION", 1, closed % 8 == 0, "SK-" + closed)));
            }
        }
        return contests;
    }

    private static CaseEvent after(CaseEvent event, Duration later, Payload payload) {
        return CaseEvent.of(
                event.channel(),
                event.sourceCaseId(),
                event.occurredAt().plus(later),
                event.ingestedAt().plus(later),
                null,
                Actor.OFFICER,
                event.orgUnit(),
                Visibility.INTERNAL,
                false,
                TimeNote.EXACT,
                payload);
    }

    /** A short day, a free day, and one that was decreed when clocks already ran towards it. */
    private static WorkCalendar withHolidays(WorkCalendar calendar) {
        List<Holiday> holidays = new ArrayList<>(calendar.holidays());
        holidays.add(new Holiday(LocalDate.of(2017, 11, 8), null, new Span(450, 660), null));
        holidays.add(new Holiday(LocalDate.of(2017, 11, 14), null, null, null));
        holidays.add(new Holiday(LocalDate.of(2017, 11, 21), null, null, LocalDate.of(2017, 11, 20)));
        return new WorkCalendar(calendar.id(), calendar.hours(), holidays);
    }

    private static ReferencePack strict(ReferencePack pack) {
        LocalDate since = LocalDate.of(2017, 11, 4);
        List<Policy> policies = List.of(
                policy("flood-24h", Target.RESOLUTION, "flooding", null, null, Duration.ofHours(24), null, null),
                policy("road-3wd", Target.RESOLUTION, "damaged-road", null, null, Duration.ofDays(3), CALENDAR, null),
                policy("waste-20wh", Target.RESOLUTION, "litter", null, null, Duration.ofHours(20), CALENDAR, null),
                policy("lapor-5wd", Target.RESOLUTION, null, "lapor", null, Duration.ofDays(5), CALENDAR, null),
                policy("sudin-4wd", Target.RESOLUTION, null, null, "sudin", Duration.ofDays(4), CALENDAR, null),
                policy("rest-6d", Target.RESOLUTION, null, null, null, Duration.ofDays(6), null, since),
                policy("triage-9wh", Target.TRIAGE, null, null, null, Duration.ofHours(9), CALENDAR, null),
                policy("decide-6h", Target.HANDOVER, "flooding", null, null, Duration.ofHours(6), null, null),
                policy("decide-6wh", Target.HANDOVER, null, null, null, Duration.ofHours(6), CALENDAR, null));
        List<Channel> channels = pack.channels().stream()
                .map(channel -> channel.id().equals("qlue")
                        ? new Channel(channel.id(), channel.silentAfter(), channel.accounts(), 2)
                        : channel)
                .toList();
        return new ReferencePack(
                "jakarta-strict",
                pack.knownFrom(),
                pack.city(),
                pack.zone(),
                Duration.ofDays(5),
                pack.units(),
                pack.targets(),
                pack.categoryGroups(),
                policies,
                pack.calendars().stream().map(WorkingCity::withHolidays).toList(),
                pack.categories(),
                pack.labels(),
                pack.competences(),
                pack.territories(),
                channels,
                pack.attribution(),
                pack.nearestWithinMetres(),
                pack.pauses(),
                new CaseRules(Duration.ofDays(3), Duration.ofDays(14), Duration.ofHours(30)));
    }

    private static Policy policy(
            String id,
            Target target,
            @Nullable String category,
            @Nullable String channel,
            @Nullable String level,
            Duration within,
            @Nullable String calendar,
            @Nullable LocalDate since) {
        boolean inDays = calendar != null && within.equals(Duration.ofDays(within.toDays()));
        return new Policy(id, target, category, channel, level, within, inDays, calendar, new Validity(since, null));
    }
}
