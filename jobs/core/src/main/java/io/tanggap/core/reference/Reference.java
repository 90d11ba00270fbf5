package io.tanggap.core.reference;

import static java.util.Objects.requireNonNull;

import io.tanggap.core.reference.ReferencePack.Unit;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The log of all packs, in the order in which they became known. A question about an instant is answered by the pack known
 * then; before the first pack, by the first, so that nothing of the past is unjudged. Within a pack, a line with a validity
 * holds on its days, which are those of the city's zone; {@link Hierarchy} says where a unit belongs on other days.
 */
public final class Reference {
    private final List<Version> versions;

    private Reference(List<Version> versions) {
        this.versions = versions;
    }

    /**
     * The log of these packs, in the order of their publication. Of packs known from the same instant the one published
     * last holds, as a whole.
     *
     * @throws IllegalArgumentException if there is no pack, or a unit has two lines on a day, is its own ancestor on one, or
     *     has a successor that is not there on the day on which it goes
     */
    public static Reference of(List<ReferencePack> packs) {
        if (packs.isEmpty()) {
            throw new IllegalArgumentException("a reference has at least one pack");
        }
        List<Version> versions = new ArrayList<>();
        packs.stream().sorted(Comparator.comparing(ReferencePack::knownFrom)).forEach(pack -> {
            int last = versions.size() - 1;
            if (last >= 0 && versions.get(last).pack.knownFrom().equals(pack.knownFrom())) {
                versions.remove(last);
            }
            versions.add(new Version(pack));
        });
        return new Reference(List.copyOf(versions));
    }

    /** A pack, indexed by what is asked. */
    static final class Version {
        final ReferencePack pack;
        private final Map<String, List<Unit>> units = new HashMap<>();
        /** Lines by the unit above; those without one are below the city. */
        private final Map<String, List<Unit>> below = new HashMap<>();
        /** The days on which the line of some unit begins or ends. */
        private final TreeSet<LocalDate> changes = new TreeSet<>();
        /** The same, and those of lines of competence. */
        private final TreeSet<LocalDate> competenceChanges = new TreeSet<>();
        /** By territory; those of the whole city are those of the root. */
        private final Map<String, List<Competence>> competences = new HashMap<>();
        /** By channel and compared label; the channel null is every channel. */
        private final Map<Spelling, String> categories = new HashMap<>();

        private final Set<String> categoryIds = new HashSet<>();
        private final Map<Policy.Target, List<Policy>> policies = new EnumMap<>(Policy.Target.class);
        private final Map<String, WorkCalendar> calendars = new HashMap<>();
        /** The days from which some holiday of a calendar is known, by its id. */
        private final Map<String, TreeSet<LocalDate>> decrees = new HashMap<>();

        private final Map<Known, WorkingTime> workingTimes = new ConcurrentHashMap<>();

        /** A calendar as it is known from a decree on; null before the first. */
        private record Known(String calendar, @Nullable LocalDate decree) {}

        /** Ids by compared name; a name may be that of several units, also one after the other. */
        private final Map<String, Set<String>> names = new HashMap<>();

        private record Spelling(@Nullable String channel, String label) {}

        Version(ReferencePack pack) {
            this.pack = pack;
            for (Unit unit : pack.units()) {
                List<Unit> lines = units.computeIfAbsent(unit.id(), id -> new ArrayList<>(1));
                if (lines.stream().anyMatch(line -> line.validity().overlaps(unit.validity()))) {
                    throw new IllegalArgumentException(
                            "reference pack " + pack.id() + ": unit " + unit.id() + " twice on a day");
                }
                lines.add(unit);
                if (!unit.id().equals(pack.city())) {
                    String parent = unit.parent() == null ? pack.city() : unit.parent();
                    below.computeIfAbsent(parent, id -> new ArrayList<>()).add(unit);
                }
                names.computeIfAbsent(Label.compared(unit.name()), name -> new TreeSet<>())
                        .add(unit.id());
                addDay(changes, unit.validity().from());
                addDay(changes, unit.validity().to());
            }
            refuseCycles(LocalDate.MIN);
            changes.forEach(this::refuseCycles);
            pack.units().forEach(this::refuseLostSuccessor);
            for (Competence competence : pack.competences()) {
                String territory = competence.territory() == null ? pack.city() : competence.territory();
                competences.computeIfAbsent(territory, key -> new ArrayList<>()).add(competence);
                addDay(competenceChanges, competence.validity().from());
                addDay(competenceChanges, competence.validity().to());
            }
            competenceChanges.addAll(changes);
            pack.categories().forEach(category -> categoryIds.add(category.id()));
            pack.policies().forEach(policy -> policies.computeIfAbsent(policy.target(), target -> new ArrayList<>())
                    .add(policy));
            for (WorkCalendar calendar : pack.calendars()) {
                calendars.put(calendar.id(), calendar);
                TreeSet<LocalDate> days = new TreeSet<>();
                calendar.holidays().stream()
                        .map(WorkCalendar.Holiday::knownFrom)
                        .filter(Objects::nonNull)
                        .forEach(days::add);
                decrees.put(calendar.id(), days);
            }
            for (Label label : pack.labels()) {
                categories.putIfAbsent(new Spelling(label.channel(), Label.compared(label.label())), label.category());
            }
        }

        /** The territories of a day of which a unit is the parent. A unit whose kind the pack does not say may be one. */
        List<Unit> territoriesBelow(String unit, LocalDate day) {
            return below.getOrDefault(unit, List.of()).stream()
                    .filter(line -> line.kind() != ReferencePack.Kind.AGENCY
                            && line.validity().contains(day))
                    .toList();
        }

        private static void addDay(Set<LocalDate> days, @Nullable LocalDate day) {
            if (day != null) {
                days.add(day);
            }
        }

        private void refuseCycles(LocalDate day) {
            Set<String> rooted = new HashSet<>(Set.of(pack.city()));
            for (String start : units.keySet()) {
                Set<String> way = new HashSet<>();
                String unit = start;
                while (unit != null && !rooted.contains(unit)) {
                    if (!way.add(unit)) {
                        throw new IllegalArgumentException("reference pack " + pack.id() + ": unit " + unit
                                + " is its own ancestor" + (changes.isEmpty() ? "" : " in a part of the time"));
                    }
                    Unit line = line(unit, day);
                    unit = line == null ? null : line.parent();
                }
                rooted.addAll(way);
            }
        }

        private void refuseLostSuccessor(Unit unit) {
            String successor = unit.successor();
            LocalDate end = unit.validity().to();
            if (successor != null
                    && (end == null || (!successor.equals(pack.city()) && line(successor, end) == null))) {
                throw new IllegalArgumentException("reference pack " + pack.id() + ": unit " + unit.id()
                        + " is succeeded by " + successor + ", which is not there when it goes");
            }
        }

        private boolean isWorked(String calendar) {
            WorkCalendar lines = calendars.get(calendar);
            return lines != null && !lines.hours().isEmpty();
        }

        @Nullable
        Unit line(String unit, LocalDate day) {
            for (Unit line : units.getOrDefault(unit, List.of())) {
                if (line.validity().contains(day)) {
                    return line;
                }
            }
            return null;
        }

        /** The line that ended last, on a day or before. */
        @Nullable
        Unit lastLine(String unit, LocalDate day) {
            return units.getOrDefault(unit, List.of()).stream()
                    .filter(line -> line.validity().to() != null
                            && !line.validity().to().isAfter(day))
                    .max(Comparator.comparing(
                            line -> requireNonNull(line.validity().to())))
                    .orElse(null);
        }

        /** The line of a day; else the last one before; else the first one to come. */
        @Nullable
        Unit nearestLine(String unit, LocalDate day) {
            Unit line = line(unit, day);
            if (line == null) {
                line = lastLine(unit, day);
            }
            return line != null
                    ? line
                    : units.getOrDefault(unit, List.of()).stream()
                            .min(Comparator.comparing(
                                    later -> requireNonNull(later.validity().from())))
                            .orElse(null);
        }

        private Optional<String> unitNamed(String text, LocalDate day) {
            String id = text.strip();
            if (line(id, day) != null) {
                return Optional.of(id);
            }
            String name = Label.compared(text);
            List<String> named = names.getOrDefault(name, Set.of()).stream()
                    .filter(unit -> {
                        Unit line = line(unit, day);
                        return line != null && Label.compared(line.name()).equals(name);
                    })
                    .toList();
            return named.size() == 1 ? Optional.of(named.get(0)) : Optional.empty();
        }

        private Optional<Competence> competence(@Nullable String category, String territory, LocalDate day) {
            Competence general = null;
            for (Competence competence : competences.getOrDefault(territory, List.of())) {
                if (competence.validity().contains(day)) {
                    if (competence.category() == null) {
                        general = general == null ? competence : general;
                    } else if (competence.category().equals(category)) {
                        return Optional.of(competence);
                    }
                }
            }
            return Optional.ofNullable(general);
        }

        private Optional<String> category(String channel, String label) {
            String compared = Label.compared(label);
            String category = categories.get(new Spelling(channel, compared));
            return Optional.ofNullable(category == null ? categories.get(new Spelling(null, compared)) : category);
        }
    }

    /** The zone of the city's days: that of the first pack, for a city does not move, and its past days stay. */
    public ZoneId zone() {
        return versions.get(0).pack.zone();
    }

    /** The pack known at an instant. */
    public ReferencePack knownAt(Instant instant) {
        return versionAt(instant).pack;
    }

    /** The packs that were known before an instant, in order; the first one in any case, for it judges what came before it. */
    public List<ReferencePack> packsUntil(Instant instant) {
        List<ReferencePack> known = versions.stream()
                .map(version -> version.pack)
                .filter(pack -> pack.knownFrom().isBefore(instant))
                .toList();
        return known.isEmpty() ? List.of(versions.get(0).pack) : known;
    }

    private Version versionAt(Instant instant) {
        Version known = versions.get(0);
        for (Version version : versions) {
            if (version.pack.knownFrom().isAfter(instant)) {
                break;
            }
            known = version;
        }
        return known;
    }

    private LocalDate dayOf(Instant instant) {
        return LocalDate.ofInstant(instant, zone());
    }

    /** When the next pack becomes known after an instant; null if none. A view judged before it may change then. */
    public @Nullable Instant nextKnownAfter(Instant instant) {
        return versions.stream()
                .map(version -> version.pack.knownFrom())
                .filter(from -> from.isAfter(instant))
                .findFirst()
                .orElse(null);
    }

    /**
     * How long a clock may take that starts at {@code start}, by the pack known at {@code known}: its first line for the
     * target that covers the case on the day of the start.
     *
     * @param unit whose level a line may name; null is on no level
     * @return empty if no line covers it, or the line names a calendar that the pack does not have, or that has no hours
     */
    public Optional<Allowance> allowance(
            Policy.Target target,
            @Nullable String category,
            String channel,
            @Nullable String unit,
            Instant start,
            Instant known) {
        Version version = versionAt(known);
        if (version.pack.policies().isEmpty()) {
            return target != Policy.Target.RESOLUTION
                    ? Optional.empty()
                    : version.pack.targets().stream()
                            .filter(line -> line.matches(category, channel, start))
                            .findFirst()
                            .map(line -> new Allowance(line.id(), line.within(), false, null));
        }
        List<Policy> lines = version.policies.getOrDefault(target, List.of());
        if (lines.isEmpty()) {
            return Optional.empty();
        }
        LocalDate day = dayOf(start);
        Unit line = unit == null ? null : version.nearestLine(unit, day);
        for (Policy policy : lines) {
            if (policy.covers(category, channel, line == null ? null : line.level(), day)) {
                return policy.calendar() == null || version.isWorked(policy.calendar())
                        ? Optional.of(new Allowance(policy.id(), policy.within(), policy.inDays(), policy.calendar()))
                        : Optional.empty();
            }
        }
        return Optional.empty();
    }

    /**
     * The working time of a calendar as known at an instant, by the decrees of its pack until that day.
     *
     * @param calendar null is calendar time
     * @throws IllegalArgumentException if the pack known then has no such calendar, or it has no hours
     */
    public WorkingTime workingTime(@Nullable String calendar, Instant known) {
        if (calendar == null) {
            return WorkingTime.ALWAYS;
        }
        Version version = versionAt(known);
        WorkCalendar lines = version.calendars.get(calendar);
        if (lines == null) {
            throw new IllegalArgumentException("reference pack " + version.pack.id() + " has no calendar " + calendar);
        }
        LocalDate decree = requireNonNull(version.decrees.get(calendar)).floor(dayOf(known));
        return version.workingTimes.computeIfAbsent(
                new Version.Known(calendar, decree),
                key -> WorkingTime.of(lines, zone(), decree == null ? LocalDate.MIN : decree));
    }

    /**
     * When something becomes known after an instant by which a clock may count otherwise: the next pack, or a holiday of the
     * calendar that was decreed later than the pack; null if nothing does.
     *
     * @param calendar null is calendar time, which no holiday changes
     */
    public @Nullable Instant nextKnowledge(@Nullable String calendar, Instant after) {
        Instant pack = nextKnownAfter(after);
        TreeSet<LocalDate> decrees =
                calendar == null ? null : versionAt(after).decrees.get(calendar);
        LocalDate decree = decrees == null ? null : decrees.higher(dayOf(after));
        if (decree == null) {
            return pack;
        }
        Instant decreed = decree.atStartOfDay(zone()).toInstant();
        return pack == null || decreed.isBefore(pack) ? decreed : pack;
    }

    /**
     * The line by which a clock of a target may stand still for a wait, by the pack known at {@code known}.
     *
     * @param from when the wait began
     * @return the first that matches; empty if the clock runs on
     */
    public Optional<PauseRule> pause(String reason, Policy.Target target, Instant from, Instant known) {
        LocalDate day = dayOf(from);
        return versionAt(known).pack.pauses().stream()
                .filter(line -> line.reason().equals(reason)
                        && line.stops(target)
                        && line.validity().contains(day))
                .findFirst();
    }

    /** The lines by which somebody is told of alerts, those of all days, by the pack known at an instant. */
    public List<Route> routes(Instant known) {
        return knownAt(known).routes();
    }

    /** Where messages to a unit go, by the pack known at an instant: those in use on its day, in the order of the pack. */
    public List<Recipient> recipients(String unit, Instant at) {
        return inUse(at).filter(recipient -> recipient.unit().equals(unit)).toList();
    }

    /** The recipient of an id, by the pack known at an instant; empty if none of this id is in use on its day. */
    public Optional<Recipient> recipient(String id, Instant at) {
        return inUse(at).filter(recipient -> recipient.id().equals(id)).findFirst();
    }

    private Stream<Recipient> inUse(Instant at) {
        LocalDate day = dayOf(at);
        return knownAt(at).recipients().stream()
                .filter(recipient -> recipient.validity().contains(day));
    }

    /**
     * The hierarchy known at an instant, on its day. One name is that of the instants of a pack between which no unit begins,
     * ends or moves.
     */
    public Hierarchy hierarchy(Instant at) {
        Version version = versionAt(at);
        LocalDate day = dayOf(at);
        LocalDate since = version.changes.floor(day);
        String name = version.pack.id() + (since == null ? "" : "@" + since);
        return new Hierarchy(version, day, false, name);
    }

    /**
     * The structure of a day, by what is known at an instant: what a unit did that is no more on the day is its successor's,
     * and a unit without successor keeps it, below the last parent that it had.
     */
    public Hierarchy structure(LocalDate day, Instant knownAt) {
        Version version = versionAt(knownAt);
        return new Hierarchy(version, day, true, version.pack.id() + "=" + day);
    }

    /** The unit and every unit above it, nearest first, the city last, in the {@link #hierarchy} of an instant. */
    public List<String> path(String unit, Instant at) {
        return hierarchy(at).path(unit);
    }

    /** The line of a unit that is known at an instant and valid on its day; empty if there is none. */
    public Optional<Unit> unit(String unit, Instant at) {
        return Optional.ofNullable(versionAt(at).line(unit, dayOf(at)));
    }

    /** The level of a unit in the {@link #hierarchy} of an instant. */
    public String level(String unit, Instant at) {
        return hierarchy(at).level(unit);
    }

    /** The name of a unit in the {@link #hierarchy} of an instant. */
    public String name(String unit, Instant at) {
        return hierarchy(at).nameOf(unit);
    }

    /**
     * The unit that somebody means: the one with this id, else the only one with this name, compared as labels are, of those
     * that are known at an instant and valid on its day.
     *
     * @return id of the unit; empty if there is none, or several have the name
     */
    public Optional<String> unitNamed(String text, Instant at) {
        return versionAt(at).unitNamed(text, dayOf(at));
    }

    /** Whether a category is one of the pack known at an instant; of a pack without categories, any. */
    public boolean hasCategory(String category, Instant at) {
        Version version = versionAt(at);
        return version.pack.categories().isEmpty() || version.categoryIds.contains(category);
    }

    /** What is known of a channel at an instant; empty if its pack does not list it. */
    public Optional<Channel> channel(String id, Instant at) {
        return knownAt(at).channels().stream()
                .filter(channel -> channel.id().equals(id))
                .findFirst();
    }

    /**
     * Whose task a category is in a territory, as known at an instant and valid on its day. The nearest territory going up
     * the hierarchy that has a line wins; in one territory a line for the category wins over one for every category, and
     * of several the first.
     *
     * @param category null, and a category that no line names, is covered by lines for every category alone
     * @param territory null is only known to be in the city
     * @return id of the competent unit; empty if no line covers it
     */
    public Optional<String> competent(@Nullable String category, @Nullable String territory, Instant at) {
        return competence(category, territory, at).map(Competence::unit);
    }

    /** The line by which a unit is {@link #competent}. */
    public Optional<Competence> competence(@Nullable String category, @Nullable String territory, Instant at) {
        Version version = versionAt(at);
        if (version.competences.isEmpty()) {
            return Optional.empty();
        }
        LocalDate day = dayOf(at);
        List<String> path = territory == null ? List.of(version.pack.city()) : path(territory, at);
        return path.stream()
                .flatMap(unit -> version.competence(category, unit, day).stream())
                .findFirst();
    }

    /**
     * Whether a category is the task of a unit in a territory, as known at an instant and valid on its day: of the competent
     * unit, and of those above and below it in the same agency, which are one house.
     *
     * @return null if the pack known then has no lines of competence: then nothing can be said
     */
    public @Nullable Boolean isCompetent(
            String unit, @Nullable String category, @Nullable String territory, Instant at) {
        Version version = versionAt(at);
        if (version.competences.isEmpty()) {
            return null;
        }
        String competent = competent(category, territory, at).orElse(null);
        return competent != null && (competent.equals(unit) || isSameAgency(competent, unit, at));
    }

    /** Whether one of two agencies is a part of the other, as known at an instant. */
    public boolean isSameAgency(String unit, String other, Instant at) {
        return isAgency(unit, at) && isAgency(other, at) && isInLine(unit, other, at);
    }

    /** Whether one of two units is above the other, as known at an instant; the city is above all. */
    public boolean isInLine(String unit, String other, Instant at) {
        return path(unit, at).contains(other) || path(other, at).contains(unit);
    }

    private boolean isAgency(String unit, Instant at) {
        Unit line = versionAt(at).nearestLine(unit, dayOf(at));
        return line != null && line.kind() == ReferencePack.Kind.AGENCY;
    }

    /**
     * The first instant after another at which the lines of competence, or what they stand on, may say something else: a pack
     * becomes known, or a line or unit begins or ends; null if none does.
     */
    public @Nullable Instant nextCompetence(Instant after) {
        return nextPackOr(versionAt(after).competenceChanges, after);
    }

    /**
     * The first instant after another at which a unit may have another name, level or parent: a pack becomes known, or a line
     * of a unit begins or ends; null if none does.
     */
    public @Nullable Instant nextHierarchy(Instant after) {
        return nextPackOr(versionAt(after).changes, after);
    }

    private @Nullable Instant nextPackOr(NavigableSet<LocalDate> changes, Instant after) {
        LocalDate day = changes.higher(dayOf(after));
        Instant pack = nextKnownAfter(after);
        Instant change = day == null ? null : day.atStartOfDay(zone()).toInstant();
        return change == null || (pack != null && pack.isBefore(change)) ? pack : change;
    }

    /**
     * What a channel means by a label, as known at an instant: a line of the channel, else one of every channel.
     *
     * @return id of the category; empty if the pack does not list the label
     */
    public Optional<String> category(String channel, String label, Instant at) {
        return versionAt(at).category(channel, label);
    }
}
