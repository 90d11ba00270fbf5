package io.tanggap.app.differential;

import io.tanggap.app.fixture.LivedMonth;
import io.tanggap.core.complaint.Actor;
import io.tanggap.core.complaint.CaseEvent;
import io.tanggap.core.complaint.ChannelDeclaration;
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
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An invented month of Jakarta as the events that intake makes of it, judged by a pack in which everything that a rule is about
 * occurs: targets in working days, in working hours and in calendar time, for a level, a channel and a category, and for some
 * cases none; offers that lapse; ratings that take a case up again; silence that is soon too long. Some channels hold cases only
 * because they were still open at some time, and some say how many events they have.
 *
 * @param declarations what channels say of their days: some of nothing, some of days that never came or go on, one corrected
 * @param asOf in the middle of a working day before the month's end: cases are open in every state, and events are still to come
 */
record WorkingCity(ReferencePack pack, List<CaseEvent> events, List<ChannelDeclaration> declarations, Instant asOf) {
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
        events.replaceAll(WorkingCity::heldFromLaterOn);
        events.addAll(contests(events));
        events.addAll(hastyClaims(events));
        return new WorkingCity(pack, events, declarations(events, pack.zone()), AS_OF);
    }

    /**
     * As an import would tell it that holds a case only because it was still open: of two channels some cases, at ages of up to
     * ten days, and some of which that is not true.
     */
    private static CaseEvent heldFromLaterOn(CaseEvent event) {
        int number = Math.floorMod(event.caseId().hashCode(), 60);
        boolean imported = event.channel().equals("crop") || (event.channel().equals("twitter") && number % 3 == 0);
        return imported && event.payload() instanceof Payload.Submitted submitted
                ? with(
                        event,
                        new Payload.Submitted(
                                submitted.category(),
                                submitted.territory(),
                                submitted.holder(),
                                submitted.resolutionDeadline(),
                                event.occurredAt().plus(Duration.ofHours(4L * number))))
                : event;
    }

    /** Three days in four, and what makes a difference. */
    private static List<ChannelDeclaration> declarations(List<CaseEvent> events, ZoneId zone) {
        Map<String, Map<LocalDate, Set<String>>> sent = new HashMap<>();
        for (CaseEvent event : events) {
            sent.computeIfAbsent(event.channel(), channel -> new HashMap<>())
                    .computeIfAbsent(LocalDate.ofInstant(event.occurredAt(), zone), day -> new HashSet<>())
                    .add(event.eventId());
        }
        List<ChannelDeclaration> declarations = new ArrayList<>();
        for (String channel : List.of("crm", "jaki", "lapor", "qlue", "twitter")) {
            sent.getOrDefault(channel, Map.of()).forEach((day, ids) -> {
                if (day.getDayOfMonth() % 4 != 0) {
                    int missing = channel.equals("lapor") ? day.getDayOfMonth() : 0;
                    declarations.add(declared(channel, day, ids.size() + missing, 1));
                }
            });
        }
        LocalDate today = LocalDate.ofInstant(AS_OF, zone);
        // Said later, and told before what it takes the place of.
        declarations.add(declared("ptsp", LocalDate.of(2017, 11, 9), 40, 3));
        declarations.add(declared("ptsp", LocalDate.of(2017, 11, 9), 70, 2));
        // Of two that are said at one time the larger number.
        declarations.add(declared("ptsp", LocalDate.of(2017, 11, 10), 30, 2));
        declarations.add(declared("ptsp", LocalDate.of(2017, 11, 10), 50, 2));
        // Days of which nothing came, and of which there was nothing.
        declarations.add(declared("ptsp", LocalDate.of(2017, 10, 20), 5, 2));
        declarations.add(declared("crop", LocalDate.of(2017, 11, 5), 0, 2));
        // The day that goes on, and the next.
        declarations.add(declared("ptsp", today, 9, 2));
        declarations.add(declared("ptsp", today.plusDays(1), 9, 2));
        return declarations;
    }

    private static ChannelDeclaration declared(String channel, LocalDate day, int events, int daysLater) {
        return new ChannelDeclaration(
                channel,
                day,
                events,
                day.plusDays(daysLater).atStartOfDay(ZoneOffset.UTC).toInstant());
    }

    /** The same with another payload. */
    private static CaseEvent with(CaseEvent event, Payload payload) {
        return CaseEvent.of(
                event.channel(),
                event.sourceCaseId(),
                event.occurredAt(),
                event.ingestedAt(),
                event.sourceSequence(),
                event.actor(),
                event.orgUnit(),
                event.visibility(),
                event.inferred(),
                event.timeNote(),
                payload);
    }

    /** The month has no photographs: of the claims three in four hand in two, of which some were used before. */
    private static void handInEvidence(List<CaseEvent> events) {
        int claims = 0;
        for (int i = 0; i < events.size(); i++) {
            CaseEvent claim = events.get(i);
            if (claim.payload() instanceof Payload.ResolutionClaimed && ++claims % 4 != 0) {
                List<String> photos = List.of("photo " + claims, "often used " + claims % 97);
                events.set(i, with(claim, new Payload.ResolutionClaimed(photos)));
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

    /**
     * Nobody in the month claims what was just received, and few wait for the deadline: some claim within ten minutes of an
     * acceptance or an offer, or after just as many, and some when 90, 93, 95, 98 or 100 percent of a day are over.
     */
    private static List<CaseEvent> hastyClaims(List<CaseEvent> events) {
        int[] minutesOfADay = {1296, 1340, 1368, 1410, 1440};
        Payload claim = new Payload.ResolutionClaimed(List.of());
        List<CaseEvent> claims = new ArrayList<>();
        int received = 0;
        int flooded = 0;
        for (CaseEvent event : events) {
            if (event.payload() instanceof Payload.HandoverAccepted && ++received % 4 == 0) {
                claims.add(after(event, Duration.ofMinutes(received % 8 == 0 ? 9 : 10), claim));
            } else if (event.payload() instanceof Payload.HandoverOffered offered && ++received % 4 == 0) {
                claims.add(after(event, offered.to(), Duration.ofMinutes(received % 8 == 0 ? 9 : 10), claim));
            } else if (event.payload() instanceof Payload.Submitted submitted
                    && "flooding".equals(submitted.category())) {
                claims.add(after(event, Duration.ofMinutes(minutesOfADay[flooded++ % minutesOfADay.length]), claim));
            }
        }
        return claims;
    }

    private static CaseEvent after(CaseEvent event, Duration later, Payload payload) {
        return after(event, event.orgUnit(), later, payload);
    }

    private static CaseEvent after(CaseEvent event, @Nullable String unit, Duration later, Payload payload) {
        return CaseEvent.of(
                event.channel(),
                event.sourceCaseId(),
                event.occurredAt().plus(later),
                event.ingestedAt().plus(later),
                null,
                Actor.OFFICER,
                unit,
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
