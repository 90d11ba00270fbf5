package io.tanggap.core;

import io.tanggap.core.reference.AlertKind;
import io.tanggap.core.reference.Attribution;
import io.tanggap.core.reference.CaseRules;
import io.tanggap.core.reference.Category;
import io.tanggap.core.reference.Channel;
import io.tanggap.core.reference.Competence;
import io.tanggap.core.reference.PauseRule;
import io.tanggap.core.reference.Policy;
import io.tanggap.core.reference.Policy.Target;
import io.tanggap.core.reference.Recipient;
import io.tanggap.core.reference.Reference;
import io.tanggap.core.reference.ReferencePack;
import io.tanggap.core.reference.ReferencePack.Kind;
import io.tanggap.core.reference.ReferencePack.Unit;
import io.tanggap.core.reference.Route;
import io.tanggap.core.reference.Validity;
import io.tanggap.core.reference.WorkCalendar;
import io.tanggap.core.reference.WorkCalendar.Holiday;
import io.tanggap.core.reference.WorkCalendar.Hours;
import io.tanggap.core.reference.WorkCalendar.Span;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A reference pack in the making, written as people would write it: hours as {@code "Mon-Fri 09:00-12:00 13:00-17:00"},
 * durations as {@code "90m"}, {@code "8h"}, {@code "3d"} (of 24 hours) and {@code "2wd"} (working days). Unless told
 * otherwise it is Jakarta's, known since ever, and no case of it is ever silent for too long.
 */
public final class PackDraft {
    /** Longer than any test looks, so that silence changes nothing. */
    private static final Duration NEVER = Duration.ofDays(10_000);

    private final String id;
    private Instant knownFrom = Instant.EPOCH;
    private ZoneId zone = References.JAKARTA;
    private Duration staleAfter = NEVER;
    private final List<Unit> units = new ArrayList<>();
    private final List<Policy> policies = new ArrayList<>();
    private final Map<String, List<Hours>> hours = new LinkedHashMap<>();
    private final Map<String, List<Holiday>> holidays = new LinkedHashMap<>();
    private final List<Category> categories = new ArrayList<>();
    private final List<Competence> competences = new ArrayList<>();
    private final List<Channel> channels = new ArrayList<>();
    private final List<PauseRule> pauses = new ArrayList<>();
    private @Nullable Attribution attribution;
    private CaseRules rules = CaseRules.DEFAULT;
    private final List<Route> routes = new ArrayList<>();
    private final List<Recipient> recipients = new ArrayList<>();

    public PackDraft(String id) {
        this.id = id;
    }

    public PackDraft zone(ZoneId cityZone) {
        zone = cityZone;
        return this;
    }

    public PackDraft knownFrom(String local) {
        return knownFrom(Telling.instant(local, zone));
    }

    public PackDraft knownFrom(Instant instant) {
        knownFrom = instant;
        return this;
    }

    public PackDraft staleAfter(Duration silence) {
        staleAfter = silence;
        return this;
    }

    public PackDraft attribution(Attribution rule) {
        attribution = rule;
        return this;
    }

    public PackDraft rules(CaseRules caseRules) {
        rules = caseRules;
        return this;
    }

    public PackDraft lateness(String allowed) {
        return rules(new CaseRules(duration(allowed), rules.reopenWithin(), rules.offerLapsesAfter()));
    }

    public PackDraft offersLapseAfter(String span) {
        return rules(new CaseRules(rules.allowedLateness(), rules.reopenWithin(), duration(span)));
    }

    public PackDraft reopenWithin(String span) {
        return rules(new CaseRules(rules.allowedLateness(), duration(span), rules.offerLapsesAfter()));
    }

    /** Hours that hold always: {@code "Mon-Fri 09:00-17:00"}. */
    public PackDraft hours(String calendar, String... lines) {
        return hours(calendar, Validity.ALWAYS, lines);
    }

    public PackDraft hours(String calendar, Validity validity, String... lines) {
        List<Hours> all = hours.computeIfAbsent(calendar, key -> new ArrayList<>());
        for (String line : lines) {
            String[] words = line.split(" ");
            for (DayOfWeek day : days(words[0])) {
                Arrays.stream(words)
                        .skip(1)
                        .map(PackDraft::span)
                        .forEach(span -> all.add(new Hours(day, span, validity)));
            }
        }
        return this;
    }

    /** A free day, known always. */
    public PackDraft holiday(String calendar, String date) {
        return holiday(calendar, date, null, null);
    }

    /**
     * A day that is not ordinary.
     *
     * @param instead its hours; null if it is free
     * @param knownFrom the day of its decree; null if it was always known
     */
    public PackDraft holiday(String calendar, String date, @Nullable String instead, @Nullable String knownFrom) {
        holidays.computeIfAbsent(calendar, key -> new ArrayList<>())
                .add(new Holiday(
                        LocalDate.parse(date),
                        null,
                        instead == null ? null : span(instead),
                        knownFrom == null ? null : LocalDate.parse(knownFrom)));
        return this;
    }

    /** A line for every case, under the target's own name. */
    public PackDraft policy(Target target, String within, @Nullable String calendar) {
        return policy(target.name().toLowerCase(Locale.ROOT), target, within, calendar, null, null);
    }

    public PackDraft policy(
            String line,
            Target target,
            String within,
            @Nullable String calendar,
            @Nullable String category,
            @Nullable String level) {
        return policy(line, target, within, calendar, category, level, Validity.ALWAYS);
    }

    public PackDraft policy(
            String line,
            Target target,
            String within,
            @Nullable String calendar,
            @Nullable String category,
            @Nullable String level,
            Validity validity) {
        boolean inDays = within.endsWith("wd");
        Duration length =
                inDays ? Duration.ofDays(Long.parseLong(within.substring(0, within.length() - 2))) : duration(within);
        policies.add(new Policy(line, target, category, null, level, length, inDays, calendar, validity));
        return this;
    }

    /** The same time for every target. */
    public PackDraft everyTarget(String within, @Nullable String calendar) {
        for (Target target : Target.values()) {
            policy(target, within, calendar);
        }
        return this;
    }

    public PackDraft pause(String reason, String cap) {
        return pause(reason, null, cap);
    }

    public PackDraft pause(String reason, @Nullable Target target, String cap) {
        pauses.add(new PauseRule(reason, target, duration(cap), Validity.ALWAYS));
        return this;
    }

    public PackDraft competence(@Nullable String category, @Nullable String territory, String unit) {
        return competence(category, territory, unit, null, null);
    }

    public PackDraft competence(
            @Nullable String category,
            @Nullable String territory,
            String unit,
            @Nullable String from,
            @Nullable String to) {
        competences.add(new Competence(category, territory, unit, validity(from, to)));
        return this;
    }

    public PackDraft unit(String unit, Kind kind, String level, @Nullable String parent) {
        return unit(unit, kind, level, parent, null, null, null);
    }

    public PackDraft unit(
            String unit,
            Kind kind,
            String level,
            @Nullable String parent,
            @Nullable String from,
            @Nullable String to,
            @Nullable String successor) {
        units.add(new Unit(unit, kind, unit, null, level, parent, validity(from, to), null, null, null, successor));
        return this;
    }

    public PackDraft category(String category) {
        categories.add(new Category(category, category, null, null, false));
        return this;
    }

    public PackDraft channel(String channel, @Nullable Integer reopensAtStars) {
        channels.add(new Channel(channel, null, Set.of(), reopensAtStars));
        return this;
    }

    /**
     * A rung of the ladder.
     *
     * @param to as a pack writes it: {@code "holder"}, {@code "offered_to"}, {@code "above:kota"}, {@code "unit:A"}
     * @param threshold null is every one
     */
    public PackDraft route(String line, AlertKind kind, @Nullable Integer threshold, String to, boolean instant) {
        return route(line, kind, null, threshold, 0, null, null, to, instant, Validity.ALWAYS);
    }

    /** A rung for those who are told of an alert only when it has stood for some working days. */
    public PackDraft route(String line, AlertKind kind, int afterWorkingDays, String to) {
        return route(line, kind, null, null, afterWorkingDays, null, null, to, false, Validity.ALWAYS);
    }

    public PackDraft route(
            String line,
            AlertKind kind,
            @Nullable Target target,
            @Nullable Integer threshold,
            int afterWorkingDays,
            @Nullable String category,
            @Nullable String channel,
            String to,
            boolean instant,
            Validity validity) {
        String[] party = to.split(":");
        routes.add(new Route(
                line,
                kind,
                target,
                threshold,
                afterWorkingDays,
                category,
                channel,
                Route.Party.valueOf(party[0].toUpperCase(Locale.ROOT)),
                party.length == 1 ? null : party[1],
                instant,
                validity));
        return this;
    }

    /** One that is told at any hour, and gets its digest at half past seven, by a calendar; null: every day. */
    public PackDraft recipient(String recipient, String unit, @Nullable String calendar) {
        return recipient(recipient, unit, calendar, "07:30", null, Recipient.CUSTOMARY_PER_HOUR, Validity.ALWAYS);
    }

    /** @param quiet {@code "21:00-05:00"}; null: never */
    public PackDraft recipient(
            String recipient,
            String unit,
            @Nullable String calendar,
            String digestAt,
            @Nullable String quiet,
            int perHour,
            Validity validity) {
        String[] hours = quiet == null ? new String[0] : quiet.split("-");
        recipients.add(new Recipient(
                recipient,
                unit,
                Recipient.Means.FILE,
                recipient,
                "en",
                LocalTime.parse(digestAt),
                calendar,
                quiet == null ? null : LocalTime.parse(hours[0]),
                quiet == null ? null : LocalTime.parse(hours[1]),
                perHour,
                validity));
        return this;
    }

    public ReferencePack pack() {
        List<WorkCalendar> calendars = Stream.concat(hours.keySet().stream(), holidays.keySet().stream())
                .distinct()
                .map(calendar -> new WorkCalendar(
                        calendar, hours.getOrDefault(calendar, List.of()), holidays.getOrDefault(calendar, List.of())))
                .toList();
        return new ReferencePack(
                id,
                knownFrom,
                "city",
                zone,
                staleAfter,
                units,
                List.of(),
                Map.of(),
                policies,
                calendars,
                categories,
                List.of(),
                competences,
                List.of(),
                channels,
                attribution,
                null,
                pauses,
                rules,
                routes,
                recipients);
    }

    public Reference reference() {
        return Reference.of(List.of(pack()));
    }

    /** The log of these drafts. */
    public static Reference reference(PackDraft... drafts) {
        return Reference.of(Arrays.stream(drafts).map(PackDraft::pack).toList());
    }

    private static Validity validity(@Nullable String from, @Nullable String to) {
        return new Validity(from == null ? null : LocalDate.parse(from), to == null ? null : LocalDate.parse(to));
    }

    /** Of {@code "90m"}, {@code "8h"}, {@code "3d"}, or as ISO 8601 writes it. */
    public static Duration duration(String text) {
        if (text.startsWith("P")) {
            return Duration.parse(text);
        }
        long count = Long.parseLong(text.substring(0, text.length() - 1));
        return switch (text.charAt(text.length() - 1)) {
            case 'm' -> Duration.ofMinutes(count);
            case 'h' -> Duration.ofHours(count);
            case 'd' -> Duration.ofDays(count);
            default -> throw new IllegalArgumentException("no duration: " + text);
        };
    }

    private static Span span(String text) {
        String[] ends = text.split("-");
        return new Span(minute(ends[0]), minute(ends[1]));
    }

    private static int minute(String time) {
        return time.equals("24:00") ? Span.DAY : LocalTime.parse(time).toSecondOfDay() / 60;
    }

    private static List<DayOfWeek> days(String text) {
        String[] ends = text.split("-");
        DayOfWeek first = day(ends[0]);
        DayOfWeek last = day(ends[ends.length - 1]);
        return Arrays.stream(DayOfWeek.values())
                .filter(day -> day.compareTo(first) >= 0 && day.compareTo(last) <= 0)
                .toList();
    }

    private static DayOfWeek day(String text) {
        return Arrays.stream(DayOfWeek.values())
                .filter(day -> day.name().startsWith(text.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow();
    }
}
