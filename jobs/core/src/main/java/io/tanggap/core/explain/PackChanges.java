package io.tanggap.core.explain;

import io.tanggap.core.reference.Competence;
import io.tanggap.core.reference.PauseRule;
import io.tanggap.core.reference.Policy;
import io.tanggap.core.reference.ReferencePack;
import io.tanggap.core.reference.ReferencePack.ResolutionTarget;
import io.tanggap.core.reference.ReferencePack.Unit;
import io.tanggap.core.reference.WorkCalendar;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * In what two packs differ, as far as it judges a case whose events are there. Labels, names, polygons and the like read new
 * records, routes and recipients tell of what was judged; they judge none.
 *
 * @param parts those that differ, and no others
 */
public record PackChanges(List<Part> parts) {
    public PackChanges {
        parts = List.copyOf(parts);
    }

    /**
     * A part of a pack.
     *
     * @param name for people, for example {@code policies}
     * @param added what only the second pack has, in order
     * @param removed what only the first one has, in order
     * @param changed what both have and say otherwise, in order; of what has no id what it was and is
     */
    public record Part(String name, List<String> added, List<String> removed, List<String> changed) {
        public Part {
            added = List.copyOf(added);
            removed = List.copyOf(removed);
            changed = List.copyOf(changed);
        }
    }

    /** What the second pack says otherwise than the first. */
    public static PackChanges of(ReferencePack before, ReferencePack after) {
        List<Part> parts = new ArrayList<>();
        add(parts, "policies", before, after, PackChanges::policies, Policy::id);
        add(parts, "targets", before, after, pack -> pack.targets().stream(), ResolutionTarget::id);
        order(parts, before, after);
        add(parts, "calendars", before, after, PackChanges::hours, Hours::calendar);
        add(parts, "holidays", before, after, PackChanges::holidays, PackChanges::key);
        add(parts, "pauses", before, after, pack -> pack.pauses().stream(), PackChanges::key);
        add(parts, "competence", before, after, pack -> pack.competences().stream(), PackChanges::key);
        add(parts, "units", before, after, PackChanges::places, Place::id);
        add(parts, "ratings that reopen", before, after, PackChanges::ratings, rating -> rating.get(0));
        Part rules = rules(before, after);
        if (!rules.changed().isEmpty()) {
            parts.add(rules);
        }
        return new PackChanges(parts);
    }

    private static <T> void add(
            List<Part> parts,
            String name,
            ReferencePack before,
            ReferencePack after,
            Function<ReferencePack, Stream<T>> lines,
            Function<T, String> key) {
        Map<String, List<T>> old = byKey(lines.apply(before), key);
        Map<String, List<T>> young = byKey(lines.apply(after), key);
        Part part = new Part(
                name,
                young.keySet().stream().filter(id -> !old.containsKey(id)).toList(),
                old.keySet().stream().filter(id -> !young.containsKey(id)).toList(),
                old.keySet().stream()
                        .filter(id -> young.containsKey(id) && !Objects.equals(old.get(id), young.get(id)))
                        .toList());
        if (!part.added().isEmpty()
                || !part.removed().isEmpty()
                || !part.changed().isEmpty()) {
            parts.add(part);
        }
    }

    private static <T> Map<String, List<T>> byKey(Stream<T> lines, Function<T, String> key) {
        return lines.collect(Collectors.groupingBy(key, TreeMap::new, Collectors.toList()));
    }

    /** Of the lines that match, the first wins: the same lines in another order are another policy. */
    private static void order(List<Part> parts, ReferencePack before, ReferencePack after) {
        List<String> old = before.policies().stream().map(Policy::id).toList();
        List<String> young = after.policies().stream().map(Policy::id).toList();
        List<String> kept = old.stream().filter(young::contains).toList();
        List<String> now = young.stream().filter(old::contains).toList();
        if (!kept.equals(now)) {
            List<String> moved = new ArrayList<>();
            for (int i = 0; i < Math.min(kept.size(), now.size()); i++) {
                if (!kept.get(i).equals(now.get(i))) {
                    moved.add(now.get(i));
                }
            }
            parts.add(new Part("order of policies", List.of(), List.of(), moved));
        }
    }

    private static Stream<Policy> policies(ReferencePack pack) {
        return pack.policies().stream();
    }

    private record Hours(String calendar, List<WorkCalendar.Hours> lines) {}

    private static Stream<Hours> hours(ReferencePack pack) {
        return pack.calendars().stream().map(calendar -> new Hours(calendar.id(), calendar.hours()));
    }

    private record Free(String calendar, WorkCalendar.Holiday line) {}

    private static Stream<Free> holidays(ReferencePack pack) {
        return pack.calendars().stream()
                .flatMap(calendar -> calendar.holidays().stream().map(line -> new Free(calendar.id(), line)));
    }

    private static String key(Free free) {
        return free.calendar() + " " + free.line().date();
    }

    private static String key(PauseRule rule) {
        return rule.reason() + (rule.target() == null ? "" : " of " + rule.target());
    }

    private static String key(Competence line) {
        return (line.category() == null ? "every category" : line.category()) + " in "
                + (line.territory() == null ? "the city" : line.territory());
    }

    /** A unit, as far as it matters whose it is and how it is measured. */
    private record Place(String id, List<Object> facts) {}

    private static Stream<Place> places(ReferencePack pack) {
        return pack.units().stream().map(unit -> new Place(unit.id(), facts(unit)));
    }

    @SuppressWarnings("NullAway") // the list is compared and never read
    private static List<Object> facts(Unit unit) {
        return Arrays.asList(unit.kind(), unit.level(), unit.parent(), unit.validity(), unit.successor());
    }

    private static Stream<List<String>> ratings(ReferencePack pack) {
        return pack.channels().stream()
                .filter(channel -> channel.reopensAtStars() != null)
                .map(channel -> List.of(channel.id(), String.valueOf(channel.reopensAtStars())));
    }

    private static Part rules(ReferencePack before, ReferencePack after) {
        List<String> changed = new ArrayList<>();
        change(changed, "attribution", before.attributionInForce(), after.attributionInForce());
        change(
                changed,
                "allowed lateness",
                before.rules().allowedLateness(),
                after.rules().allowedLateness());
        change(
                changed,
                "window of reopening",
                before.rules().reopenWithin(),
                after.rules().reopenWithin());
        change(
                changed,
                "offers lapse after",
                before.rules().offerLapsesAfter(),
                after.rules().offerLapsesAfter());
        return new Part("rules", List.of(), List.of(), changed);
    }

    private static void change(List<String> changed, String name, @Nullable Object before, @Nullable Object after) {
        if (!Objects.equals(before, after)) {
            changed.add(name + " " + (before == null ? "never" : before) + " -> " + (after == null ? "never" : after));
        }
    }
}
