package io.tanggap.reference;

import static java.util.Objects.requireNonNull;

import io.tanggap.core.reference.AlertKind;
import io.tanggap.core.reference.Category;
import io.tanggap.core.reference.Channel;
import io.tanggap.core.reference.Competence;
import io.tanggap.core.reference.Label;
import io.tanggap.core.reference.PauseRule;
import io.tanggap.core.reference.Policy;
import io.tanggap.core.reference.Recipient;
import io.tanggap.core.reference.ReferencePack;
import io.tanggap.core.reference.ReferencePack.Kind;
import io.tanggap.core.reference.ReferencePack.Unit;
import io.tanggap.core.reference.Route;
import io.tanggap.core.reference.Route.Party;
import io.tanggap.core.reference.Territory;
import io.tanggap.core.reference.Validity;
import io.tanggap.core.reference.WorkCalendar.Holiday;
import io.tanggap.core.reference.WorkCalendar.Hours;
import io.tanggap.core.wording.Nearest;
import io.tanggap.reference.Lines.Closing;
import io.tanggap.reference.Lines.Line;
import io.tanggap.reference.Lines.Opening;
import io.tanggap.reference.Table.Row;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the lines of a pack are to each other. Lines that cannot be read are asked for their ids alone. */
final class Checks {
    private final PackHeader header;
    private final Lines lines;
    private final Problems problems;
    private final Map<String, List<Line<Unit>>> units = new LinkedHashMap<>();
    private final Set<String> levels = new LinkedHashSet<>();
    private final Set<String> channels = new LinkedHashSet<>();
    private final Set<String> categories = new LinkedHashSet<>();

    Checks(PackHeader header, Lines lines, Problems problems) {
        this.header = header;
        this.lines = lines;
        this.problems = problems;
        for (Line<Unit> line : lines.units()) {
            units.computeIfAbsent(line.value().id(), id -> new ArrayList<>()).add(line);
            levels.add(line.value().level());
        }
        for (Line<Label> line : lines.labels()) {
            if (line.value().channel() != null) {
                channels.add(line.value().channel());
            }
        }
        lines.channels().forEach(line -> channels.add(line.value().id()));
        lines.categories().forEach(line -> categories.add(line.value().id()));
    }

    void run(Collection<Territory> territories) {
        unitLines();
        parents();
        cycles();
        successors();
        places(territories);
        competences();
        policies();
        pauses();
        hours();
        holidays();
        categories();
        labels();
        channels();
        routes();
        recipients();
    }

    /** The end of a sentence about two lines. */
    private static String other(Line<?> line) {
        return "line " + line.row().line();
    }

    private static boolean overlap(Row a, Validity validityOfA, Row b, Validity validityOfB) {
        return !a.isBroken() && !b.isBroken() && validityOfA.overlaps(validityOfB);
    }

    private void unitLines() {
        for (List<Line<Unit>> sameId : units.values()) {
            for (int later = 1; later < sameId.size(); later++) {
                Line<Unit> line = sameId.get(later);
                for (Line<Unit> before : sameId.subList(0, later)) {
                    if (overlap(
                            line.row(),
                            line.value().validity(),
                            before.row(),
                            before.value().validity())) {
                        line.row()
                                .error(
                                        "id",
                                        "unit " + Problems.quoted(line.value().id()) + " is also in " + other(before)
                                                + " on some of these days; end one line (valid_to) before the other"
                                                + " begins, or remove one");
                        break;
                    }
                    if (line.value().kind() != before.value().kind()
                            && !before.row().isBroken()) {
                        line.row()
                                .error(
                                        "kind",
                                        "unit " + Problems.quoted(line.value().id()) + " is of another kind in "
                                                + other(before) + "; a unit stays what it is: give one another id");
                        break;
                    }
                }
            }
        }
    }

    private void parents() {
        Set<String> valid = new LinkedHashSet<>(units.keySet());
        if (!header.city().isEmpty()) {
            valid.add(header.city());
        }
        for (Line<Unit> line : lines.units()) {
            Unit unit = line.value();
            String parent = unit.parent();
            if (unit.id().equals(header.city())) {
                if (parent != null) {
                    line.row()
                            .error(
                                    "parent",
                                    "the unit is the city (pack.yaml), and nothing is above it; empty the parent");
                }
                if (unit.kind() != Kind.TERRITORY && !line.row().isBroken()) {
                    line.row()
                            .error("kind", "the unit is the city (pack.yaml), which is a territory; correct the kind");
                }
            } else if (parent != null && !valid.contains(parent)) {
                line.row()
                        .error(
                                "parent",
                                "the parent " + Problems.quoted(parent)
                                        + " is neither a unit of this file nor the city; "
                                        + Nearest.hint(parent, valid));
            } else if (parent != null
                    && !parent.equals(header.city())
                    && !line.row().isBroken()) {
                parentOf(line, parent, units.getOrDefault(parent, List.of()));
            }
        }
    }

    private static void parentOf(Line<Unit> line, String parent, List<Line<Unit>> parents) {
        if (parents.stream().anyMatch(above -> above.row().isBroken())) {
            return;
        }
        if (line.value().kind() == Kind.TERRITORY && parents.get(0).value().kind() == Kind.AGENCY) {
            line.row()
                    .error(
                            "parent",
                            "a territory is a part of a territory, but " + Problems.quoted(parent)
                                    + " is an agency; name a territory, or none for directly below the city");
            return;
        }
        String gap = gap(
                line.value().validity(),
                parents.stream().map(above -> above.value().validity()).toList());
        if (gap != null) {
            line.row()
                    .error(
                            "parent",
                            "the parent " + Problems.quoted(parent) + " is not valid " + gap
                                    + ", but this line is; split the line, or change the days of one of them");
        }
    }

    /** When none of several validities holds though another does, as part of a sentence; null if one always holds. */
    private static @Nullable String gap(Validity whole, List<Validity> parts) {
        LocalDate day = whole.from() == null ? LocalDate.MIN : whole.from();
        while (true) {
            LocalDate asked = day;
            Validity part = parts.stream()
                    .filter(validity -> validity.contains(asked))
                    .findFirst()
                    .orElse(null);
            if (part == null) {
                return day.equals(LocalDate.MIN) ? "since ever" : "on " + day;
            }
            if (part.to() == null || (whole.to() != null && !part.to().isBefore(whole.to()))) {
                return null;
            }
            day = part.to();
        }
    }

    private void cycles() {
        TreeSet<LocalDate> days = new TreeSet<>(Set.of(LocalDate.MIN));
        for (Line<Unit> line : lines.units()) {
            if (line.value().validity().from() != null) {
                days.add(line.value().validity().from());
            }
        }
        Set<Set<String>> told = new HashSet<>();
        for (LocalDate day : days) {
            Set<String> rooted = new HashSet<>();
            for (String start : units.keySet()) {
                cycle(start, day, rooted, told);
            }
        }
    }

    private void cycle(String start, LocalDate day, Set<String> rooted, Set<Set<String>> told) {
        Set<String> way = new LinkedHashSet<>();
        String id = start;
        while (id != null && !id.equals(header.city()) && !rooted.contains(id)) {
            if (!way.add(id)) {
                List<String> circle = new ArrayList<>(way);
                circle = circle.subList(circle.indexOf(id), circle.size());
                Line<Unit> line = on(id, day);
                if (line != null && told.add(Set.copyOf(circle))) {
                    line.row()
                            .error(
                                    "parent",
                                    "the unit is above itself"
                                            + (day.equals(LocalDate.MIN) ? "" : " from " + day + " on")
                                            + ": " + Problems.quoted(String.join(" < ", circle) + " < " + id)
                                            + "; correct one of these parents");
                }
                break;
            }
            Line<Unit> line = on(id, day);
            id = line == null ? null : line.value().parent();
        }
        rooted.addAll(way);
    }

    private @Nullable Line<Unit> on(String id, LocalDate day) {
        for (Line<Unit> line : units.getOrDefault(id, List.of())) {
            if (line.value().validity().contains(day)) {
                return line;
            }
        }
        return null;
    }

    /**
     * Successors need no search for circles: each is there on the day on which its predecessor goes, so it goes later, and a
     * unit that comes back is one of other days.
     */
    private void successors() {
        for (Line<Unit> line : lines.units()) {
            String successor = line.value().successor();
            if (successor != null && !line.row().isBroken()) {
                successor(line, successor, units.getOrDefault(successor, List.of()));
            }
        }
    }

    private void successor(Line<Unit> line, String successor, List<Line<Unit>> named) {
        boolean isCity = successor.equals(header.city());
        LocalDate end = line.value().validity().to();
        Kind kind = named.isEmpty() ? Kind.TERRITORY : named.get(0).value().kind();
        if (named.isEmpty() && !isCity) {
            line.row()
                    .error(
                            "successor",
                            "the successor " + Problems.quoted(successor) + " is not in this file; "
                                    + Nearest.hint(successor, units.keySet()));
        } else if (end == null) {
            line.row()
                    .error(
                            "successor",
                            "the unit has a successor and no valid_to; write the first day on which the successor has"
                                    + " its place, or empty the successor");
        } else if (successor.equals(line.value().id())) {
            line.row().error("successor", "the unit succeeds itself; name another one, or none");
        } else if (named.stream().anyMatch(each -> each.row().isBroken())) {
            return;
        } else if (kind != line.value().kind()) {
            line.row()
                    .error(
                            "successor",
                            "the successor " + Problems.quoted(successor)
                                    + " is of another kind; a territory succeeds a territory, an agency an agency");
        } else if (!isCity && on(successor, end) == null) {
            line.row()
                    .error(
                            "successor",
                            "the successor " + Problems.quoted(successor) + " is not valid on " + end
                                    + ", the day on which this line no longer holds; name another one, or change the"
                                    + " days of one of them");
        }
    }

    private void places(Collection<Territory> territories) {
        Set<String> placed = new HashSet<>();
        territories.forEach(territory -> placed.add(territory.unit()));
        Set<String> withPolygon = Set.copyOf(placed);
        Set<String> above = new HashSet<>(Set.of(header.city()));
        for (Line<Unit> line : lines.units()) {
            if (line.value().parent() != null && line.value().kind() == Kind.TERRITORY) {
                above.add(line.value().parent());
            }
            if (line.value().centroid() != null) {
                placed.add(line.value().id());
            }
        }
        Set<String> told = new HashSet<>();
        boolean idleToldOf = header.nearestWithinMetres() != null;
        for (Line<Unit> line : lines.units()) {
            Unit unit = line.value();
            boolean lowest = unit.kind() == Kind.TERRITORY && !above.contains(unit.id());
            if (lowest && !line.row().isBroken() && !placed.contains(unit.id()) && told.add(unit.id())) {
                problems.warn(
                        line.row().place("id"),
                        "no place will be found to be in " + Problems.quoted(unit.id())
                                + ": it has neither latitude and longitude nor a polygon; add one of them");
            }
            // Once: a city that forgets the key forgets it for all of its units.
            if (!idleToldOf && lowest && unit.centroid() != null && !withPolygon.contains(unit.id())) {
                idleToldOf = true;
                problems.warn(
                        line.row().place("latitude"),
                        "no place will be found to be in " + Problems.quoted(unit.id()) + " or in another unit without"
                                + " a polygon: latitude and longitude count within the distance nearest_within, which "
                                + PackFiles.PACK + " does not have; add it there");
            }
        }
    }

    /** Tells a category that the pack does not have; a pack without categories takes any. */
    private void category(Row row, @Nullable String category) {
        if (category != null && !categories.isEmpty() && !categories.contains(category)) {
            row.error(
                    "category",
                    "the category " + Problems.quoted(category) + " is not in " + PackFiles.CATEGORIES + "; "
                            + Nearest.hint(category, categories));
        }
    }

    private void unit(Row row, String column, String id, Validity validity, @Nullable Kind kind) {
        List<Line<Unit>> named = units.get(id);
        if (named == null) {
            if (!id.equals(header.city())) {
                row.error(
                        column,
                        "the unit " + Problems.quoted(id) + " is not in " + PackFiles.UNITS + "; "
                                + Nearest.hint(id, units.keySet()));
            }
            return;
        }
        if (row.isBroken() || named.stream().anyMatch(line -> line.row().isBroken())) {
            return;
        }
        if (kind != null && named.get(0).value().kind() != kind) {
            row.error(
                    column,
                    "the unit " + Problems.quoted(id) + " is no territory; name one, or none for the whole city");
            return;
        }
        List<Validity> times =
                named.stream().map(line -> line.value().validity()).toList();
        if (times.stream().noneMatch(validity::overlaps)) {
            row.error(
                    column,
                    "the unit " + Problems.quoted(id)
                            + " is not valid on any of these days; name its successor, or change the days of one of them");
            return;
        }
        String gap = gap(validity, times);
        if (gap != null) {
            problems.warn(
                    row.place(column),
                    "the unit " + Problems.quoted(id) + " is not valid " + gap
                            + ", but this line is; split the line, or change the days of one of them");
        }
    }

    private void competences() {
        record Key(@Nullable String category, @Nullable String territory) {}
        Map<Key, List<Line<Competence>>> same = new HashMap<>();
        for (Line<Competence> line : lines.competences()) {
            Competence competence = line.value();
            Row row = line.row();
            category(row, competence.category());
            unit(row, "unit", competence.unit(), competence.validity(), null);
            if (competence.territory() != null) {
                unit(row, "territory", competence.territory(), competence.validity(), Kind.TERRITORY);
            }
            String territory = header.city().equals(competence.territory()) ? null : competence.territory();
            List<Line<Competence>> before =
                    same.computeIfAbsent(new Key(competence.category(), territory), key -> new ArrayList<>());
            for (Line<Competence> earlier : before) {
                if (overlap(
                        row,
                        competence.validity(),
                        earlier.row(),
                        earlier.value().validity())) {
                    row.error(
                            "unit",
                            "the same category and territory are in " + other(earlier)
                                    + " on some of these days, and it would win; end one line (valid_to) before the"
                                    + " other begins, or remove one");
                    break;
                }
            }
            before.add(line);
        }
        if (lines.competences().isEmpty()) {
            return;
        }
        Set<@Nullable String> covered = new HashSet<>();
        lines.competences().forEach(line -> covered.add(line.value().category()));
        for (Line<Category> line : lines.categories()) {
            if (!covered.contains(null) && !covered.contains(line.value().id())) {
                problems.warn(
                        line.row().place("id"),
                        "no line of " + PackFiles.COMPETENCE + " says whose task "
                                + Problems.quoted(line.value().id()) + " is; add one");
            }
        }
    }

    private void policies() {
        Map<String, List<Line<Opening>>> calendars = calendars();
        List<Line<Policy>> before = new ArrayList<>();
        for (Line<Policy> line : lines.policies()) {
            Policy policy = line.value();
            Row row = line.row();
            category(row, policy.category());
            if (policy.level() != null) {
                level(row, "level", policy.level());
            }
            calendar(row, policy.calendar(), policy.validity(), calendars, "nothing would ever be due");
            channel(row, policy.channel());
            for (Line<Policy> earlier : before) {
                if (policy.id().equals(earlier.value().id())
                        && overlap(
                                row,
                                policy.validity(),
                                earlier.row(),
                                earlier.value().validity())) {
                    row.error(
                            "id",
                            "policy " + Problems.quoted(policy.id()) + " is also in " + other(earlier)
                                    + " on some of these days; give one of them another id, or end it (valid_to)");
                    break;
                }
                if (!row.isBroken()
                        && !earlier.row().isBroken()
                        && earlier.value().shadows(policy)) {
                    row.error(
                            "id",
                            "the line never applies: " + other(earlier) + " matches all that it matches, and the first"
                                    + " wins; move it up, or remove it");
                    break;
                }
            }
            before.add(line);
        }
    }

    private void level(Row row, String column, String level) {
        if (!levels.contains(level)) {
            row.error(column, "no unit has the level " + Problems.quoted(level) + "; " + Nearest.hint(level, levels));
        }
    }

    /** A warning: others may send than those that the pack knows something of. */
    private void channel(Row row, @Nullable String channel) {
        if (channel != null && !channels.isEmpty() && !channels.contains(channel)) {
            problems.warn(
                    row.place("channel"),
                    "the channel " + Problems.quoted(channel) + " is not in " + PackFiles.CHANNELS
                            + " and has no label in " + PackFiles.LABELS + "; if it is misspelt, correct it; "
                            + Nearest.hint(channel, channels));
        }
    }

    /**
     * Tells a calendar that is not there, or that is not worked on any day of a line.
     *
     * @param consequence what becomes of the line then
     */
    private static void calendar(
            Row row,
            @Nullable String id,
            Validity validity,
            Map<String, List<Line<Opening>>> calendars,
            String consequence) {
        if (id == null) {
            return;
        }
        List<Line<Opening>> lines = calendars.get(id);
        if (lines == null) {
            row.error(
                    "calendar",
                    "the calendar " + Problems.quoted(id) + " is not in " + PackFiles.CALENDARS + "; "
                            + Nearest.hint(id, calendars.keySet()));
            return;
        }
        LocalDate start = validity.from();
        // Days without hours are free days; only where none are left is there no deadline. No hours at all are told
        // there.
        if (start != null
                && !row.isBroken()
                && lines.stream().noneMatch(line -> line.row().isBroken())
                && lines.stream().anyMatch(line -> line.value().hours() != null)
                && lines.stream().noneMatch(line -> isWorkedAfter(line.value().hours(), start))) {
            row.error(
                    "calendar",
                    "the calendar " + Problems.quoted(id) + " has no working hours from " + start + " on, so "
                            + consequence + "; add hours to " + PackFiles.CALENDARS + ", or name another calendar");
        }
    }

    private static boolean isWorkedAfter(@Nullable Hours hours, LocalDate day) {
        return hours != null
                && (hours.validity().to() == null || hours.validity().to().isAfter(day));
    }

    private void pauses() {
        List<Line<PauseRule>> before = new ArrayList<>();
        for (Line<PauseRule> line : lines.pauses()) {
            for (Line<PauseRule> earlier : before) {
                if (!line.row().isBroken() && !earlier.row().isBroken() && shadows(earlier.value(), line.value())) {
                    line.row()
                            .error(
                                    "reason",
                                    "the line never applies: " + other(earlier)
                                            + " is for all waits that it is for, and"
                                            + " the first wins; move it up, or remove it");
                    break;
                }
            }
            before.add(line);
        }
    }

    /** Whether a line leaves a later one no wait and no clock. */
    private static boolean shadows(PauseRule pause, PauseRule later) {
        boolean everyClock = later.target() == null ? pause.target() == null : pause.stops(later.target());
        return everyClock
                && pause.reason().equals(later.reason())
                && pause.validity().contains(later.validity());
    }

    private Map<String, List<Line<Opening>>> calendars() {
        Map<String, List<Line<Opening>>> calendars = new LinkedHashMap<>();
        lines.calendars().forEach(line -> calendars
                .computeIfAbsent(line.value().calendar(), id -> new ArrayList<>())
                .add(line));
        return calendars;
    }

    private void hours() {
        for (List<Line<Opening>> calendar : calendars().values()) {
            Line<Opening> first = calendar.get(0);
            if (calendar.stream()
                    .allMatch(
                            line -> line.value().hours() == null && !line.row().isBroken())) {
                first.row()
                        .error(
                                "calendar",
                                "the calendar " + Problems.quoted(first.value().calendar())
                                        + " has no working hours, so nothing in it would ever be due; add a weekday with"
                                        + " from and to");
            }
            for (int later = 1; later < calendar.size(); later++) {
                overlapping(calendar.get(later), calendar.subList(0, later));
            }
        }
    }

    private static void overlapping(Line<Opening> line, List<Line<Opening>> before) {
        Hours hours = line.value().hours();
        for (Line<Opening> earlier : before) {
            Hours others = earlier.value().hours();
            if (hours != null
                    && others != null
                    && hours.weekday() == others.weekday()
                    && hours.span().overlaps(others.span())
                    && overlap(line.row(), hours.validity(), earlier.row(), others.validity())) {
                line.row()
                        .error(
                                "from",
                                "the hours overlap those in " + other(earlier)
                                        + "; change the hours, or the days on which one of the lines holds");
                return;
            }
        }
    }

    private void holidays() {
        Set<String> calendars = calendars().keySet();
        record Key(
                String calendar, LocalDate date, @Nullable LocalDate knownFrom) {}
        Map<Key, List<Line<Closing>>> same = new HashMap<>();
        for (Line<Closing> line : lines.holidays()) {
            String calendar = line.value().calendar();
            Holiday holiday = line.value().holiday();
            if (!calendars.contains(calendar)) {
                line.row()
                        .error(
                                "calendar",
                                "the calendar " + Problems.quoted(calendar) + " is not in " + PackFiles.CALENDARS + "; "
                                        + Nearest.hint(calendar, calendars));
            }
            List<Line<Closing>> before = same.computeIfAbsent(
                    new Key(calendar, holiday.date(), holiday.knownFrom()), key -> new ArrayList<>());
            for (Line<Closing> earlier : before) {
                var others = earlier.value().holiday().instead();
                if (!line.row().isBroken()
                        && !earlier.row().isBroken()
                        && (holiday.instead() == null
                                || others == null
                                || holiday.instead().overlaps(others))) {
                    line.row()
                            .error(
                                    "date",
                                    "the day is also in " + other(earlier)
                                            + "; remove one of them, or give both hours that do not overlap");
                    break;
                }
            }
            before.add(line);
        }
    }

    private void categories() {
        Map<String, Line<Category>> known = new HashMap<>();
        Set<String> groups = new HashSet<>();
        for (Line<Category> line : lines.categories()) {
            Line<Category> earlier = known.putIfAbsent(line.value().id(), line);
            if (earlier != null) {
                line.row()
                        .error(
                                "id",
                                "category " + Problems.quoted(line.value().id()) + " is also in " + other(earlier)
                                        + "; remove one, or give it another id");
            }
            String group = line.value().group();
            if (group != null && groups.add(group) && groups.size() > ReferencePack.MOST_GROUPS) {
                line.row()
                        .error(
                                "group",
                                Problems.quoted(group) + " is group number " + groups.size() + ", and at most "
                                        + ReferencePack.MOST_GROUPS
                                        + " keep the number of figures bounded; put it into another group, or empty it");
            }
        }
    }

    private void labels() {
        record Key(@Nullable String channel, String label) {}
        Map<Key, Line<Label>> known = new HashMap<>();
        for (Line<Label> line : lines.labels()) {
            Label label = line.value();
            category(line.row(), label.category());
            Line<Label> earlier = known.putIfAbsent(new Key(label.channel(), Label.compared(label.label())), line);
            if (earlier != null && !Objects.equals(earlier.value().category(), label.category())) {
                line.row()
                        .error(
                                "label",
                                "the label means another category in " + other(earlier)
                                        + " (case and blanks do not count); remove one of them");
            }
        }
    }

    private void channels() {
        Map<String, Line<Channel>> known = new HashMap<>();
        for (Line<Channel> line : lines.channels()) {
            Line<Channel> earlier = known.putIfAbsent(line.value().id(), line);
            if (earlier != null) {
                line.row()
                        .error(
                                "channel",
                                "channel " + Problems.quoted(line.value().id()) + " is also in " + other(earlier)
                                        + "; remove one of them");
            }
        }
    }

    private void routes() {
        for (Line<Route> line : lines.routes()) {
            Route route = line.value();
            category(line.row(), route.category());
            if (route.kind() == AlertKind.FEED_SILENT) {
                watched(line.row(), route.channel());
            } else {
                channel(line.row(), route.channel());
            }
            if (route.party() == Party.ABOVE) {
                level(line.row(), "to", requireNonNull(route.name()));
            } else if (route.party() == Party.UNIT) {
                unit(line.row(), "to", requireNonNull(route.name()), route.validity(), null);
            }
        }
        oneOfAnId("route", lines.routes(), Route::id, Route::validity);
        unheard();
    }

    /** An error: a channel whose silence is no sign is never reported as silent. */
    private void watched(Row row, @Nullable String channel) {
        Set<String> watched = new LinkedHashSet<>();
        for (Line<Channel> line : lines.channels()) {
            if (line.value().silentAfter() != null || line.row().isBroken()) {
                watched.add(line.value().id());
            }
        }
        if (channel != null && !watched.contains(channel)) {
            row.error(
                    "channel",
                    "the channel " + Problems.quoted(channel) + " has no silent_after in " + PackFiles.CHANNELS
                            + ", so it is never silent; add it there; " + Nearest.hint(channel, watched));
        }
    }

    /** Warns of routes that lead nowhere: a ladder is written for all units, and their addresses come one by one. */
    private void unheard() {
        if (lines.recipients().isEmpty()) {
            // Once: where no recipient is, all routes lead nowhere.
            lines.routes().stream()
                    .findFirst()
                    .ifPresent(line -> problems.warn(
                            line.row().place("to"),
                            "nobody is told of anything: " + PackFiles.RECIPIENTS + " has no line; add one"));
            return;
        }
        for (Line<Route> line : lines.routes()) {
            Route route = line.value();
            String name = route.name();
            boolean known = route.party() == Party.ABOVE ? levels.contains(name) : isUnit(name);
            if (route.party().isNamed()
                    && known
                    && lines.recipients().stream().noneMatch(recipient -> isHeardBy(recipient.value(), route))) {
                problems.warn(
                        line.row().place("to"),
                        "the line tells nobody: " + PackFiles.RECIPIENTS + " has no line for "
                                + (route.party() == Party.ABOVE ? "a unit of the level " : "the unit ")
                                + Problems.quoted(String.valueOf(name)) + " on any of its days; add one");
            }
        }
    }

    private boolean isUnit(@Nullable String id) {
        return id != null && (units.containsKey(id) || id.equals(header.city()));
    }

    /** Whether a recipient gets what is for the unit, or some unit of the level, that a route names. */
    private boolean isHeardBy(Recipient recipient, Route route) {
        boolean named = route.party() == Party.UNIT
                ? recipient.unit().equals(route.name())
                : units.getOrDefault(recipient.unit(), List.of()).stream()
                        .anyMatch(line -> line.value().level().equals(route.name()));
        return named && recipient.validity().overlaps(route.validity());
    }

    private void recipients() {
        Map<String, List<Line<Opening>>> calendars = calendars();
        for (Line<Recipient> line : lines.recipients()) {
            Recipient recipient = line.value();
            unit(line.row(), "unit", recipient.unit(), recipient.validity(), null);
            calendar(line.row(), recipient.calendar(), recipient.validity(), calendars, "no digest would ever go out");
        }
        oneOfAnId("recipient", lines.recipients(), Recipient::id, Recipient::validity);
    }

    /** Tells lines of one id that hold on the same days. */
    private static <T> void oneOfAnId(
            String what, List<Line<T>> lines, Function<T, String> id, Function<T, Validity> validity) {
        Map<String, List<Line<T>>> same = new HashMap<>();
        for (Line<T> line : lines) {
            List<Line<T>> before = same.computeIfAbsent(id.apply(line.value()), key -> new ArrayList<>());
            for (Line<T> earlier : before) {
                if (overlap(line.row(), validity.apply(line.value()), earlier.row(), validity.apply(earlier.value()))) {
                    line.row()
                            .error(
                                    "id",
                                    what + " " + Problems.quoted(id.apply(line.value())) + " is also in "
                                            + other(earlier) + " on some of these days; give one of them another id,"
                                            + " or end it (valid_to)");
                    break;
                }
            }
            before.add(line);
        }
    }
}
