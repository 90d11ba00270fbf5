package io.tanggap.simulation;

import io.tanggap.core.reference.Category;
import io.tanggap.core.reference.Competence;
import io.tanggap.core.reference.Label;
import io.tanggap.core.reference.Reference;
import io.tanggap.core.reference.ReferencePack;
import io.tanggap.core.reference.ReferencePack.Kind;
import io.tanggap.core.reference.ReferencePack.Unit;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The city of a reference pack as those see it who live and work in it during a stretch of days: its lowest territories, who
 * has which task, and what each channel calls a problem. Units that begin or end within the days take no part.
 */
final class Town {
    /** The catch-all of the built-in packs: who has it sorts what nobody else does. */
    private static final String ANYTHING_ELSE = "general-complaint";

    private static final Subject UNHEARD_OF = new Subject("", 2, 0.5, 0.6, 48, false);

    private final ReferencePack pack;
    private final Reference reference;
    private final Instant middle;
    private final Map<String, Ground> grounds = new HashMap<>();
    private final List<String> places;
    private final List<String> agencies;
    private final String dispatcher;
    private final List<Subject> subjects;
    private final Map<String, List<String>> labels = new HashMap<>();

    /** @throws IllegalArgumentException if the pack has no territory or no category on these days */
    Town(ReferencePack pack, LocalDate first, LocalDate last) {
        this.pack = pack;
        this.reference = Reference.of(List.of(pack));
        Predicate<Unit> isThere =
                unit -> unit.validity().contains(first) && unit.validity().contains(last);
        this.middle = last.atStartOfDay(pack.zone()).toInstant();
        List<Unit> territories = pack.units().stream()
                .filter(unit -> unit.kind() == Kind.TERRITORY && isThere.test(unit))
                .toList();
        Set<String> parents = territories.stream()
                .filter(unit -> !unit.id().equals(pack.city()))
                .map(unit -> unit.parent() == null ? pack.city() : unit.parent())
                .collect(Collectors.toSet());
        List<Unit> lowest = territories.stream()
                .filter(unit -> !parents.contains(unit.id()))
                .toList();
        if (lowest.isEmpty() || pack.categories().isEmpty()) {
            throw new IllegalArgumentException("reference pack " + pack.id() + " has "
                    + (lowest.isEmpty() ? "no territory that is there from " + first + " to " + last : "no category")
                    + ": a simulated city needs territories (units.csv, kind territory) and categories"
                    + " (categories.csv)");
        }
        places = lowest.stream().map(Unit::id).distinct().toList();
        Ground.of(pack, lowest).forEach(ground -> grounds.put(ground.unit(), ground));
        agencies = agencies(pack, isThere, places);
        dispatcher = sorter();
        subjects = subjects(pack);
    }

    private static List<String> agencies(ReferencePack pack, Predicate<Unit> isThere, List<String> places) {
        Set<String> agencies = new LinkedHashSet<>();
        pack.units().stream()
                .filter(unit -> unit.kind() == Kind.AGENCY && isThere.test(unit))
                .forEach(unit -> agencies.add(unit.id()));
        pack.competences().forEach(competence -> agencies.add(competence.unit()));
        agencies.removeAll(places);
        return List.copyOf(agencies);
    }

    private String sorter() {
        return cityWide(null)
                .or(() -> cityWide(ANYTHING_ELSE))
                .or(() -> agencies.stream()
                        .filter(agency -> reference
                                .unit(agency, middle)
                                .map(Unit::parent)
                                .filter(agencies::contains)
                                .isEmpty())
                        .findFirst())
                .orElse(pack.city());
    }

    /** Who has the task of a category in the whole city. */
    private Optional<String> cityWide(@Nullable String category) {
        LocalDate day = LocalDate.ofInstant(middle, pack.zone());
        return pack.competences().stream()
                .filter(line -> line.territory() == null && line.validity().contains(day))
                .filter(line -> category == null ? line.category() == null : category.equals(line.category()))
                .map(Competence::unit)
                .findFirst();
    }

    private static List<Subject> subjects(ReferencePack pack) {
        Map<String, Subject> known = new HashMap<>();
        for (String[] row : CityMap.rows("habits.csv")) {
            known.put(
                    row[0],
                    new Subject(
                            row[0],
                            Double.parseDouble(row[1]),
                            Double.parseDouble(row[2]),
                            Double.parseDouble(row[3]),
                            Double.parseDouble(row[4]),
                            Boolean.parseBoolean(row[5])));
        }
        List<Subject> subjects = new ArrayList<>();
        for (Category category : pack.categories()) {
            Subject like = known.getOrDefault(category.id(), UNHEARD_OF);
            subjects.add(new Subject(
                    category.id(), like.weight(), like.burst(), like.handover(), like.hours(), like.isEmergency()));
        }
        return subjects;
    }

    Reference reference() {
        return reference;
    }

    CityClock clock() {
        return new CityClock(pack.zone());
    }

    /** The lowest territories. */
    List<String> places() {
        return places;
    }

    /** Every other unit that can have a task. */
    List<String> agencies() {
        return agencies;
    }

    /** Sorts what has no place, and validates claims. */
    String dispatcher() {
        return dispatcher;
    }

    List<Subject> subjects() {
        return subjects;
    }

    Ground ground(String place) {
        Ground ground = grounds.get(place);
        if (ground == null) {
            throw new IllegalArgumentException(place + " is no place of " + pack.id());
        }
        return ground;
    }

    /** Who has the task; null if nobody has. */
    @Nullable
    String competent(@Nullable String category, @Nullable String place, long at) {
        return reference
                .competent(category, place, Instant.ofEpochMilli(at))
                .filter(unit -> agencies.contains(unit) || places.contains(unit))
                .orElse(null);
    }

    /** The agency that a unit of an agency belongs to; null if it is none's. */
    @Nullable
    String agencyOf(String unit) {
        return reference
                .unit(unit, middle)
                .map(Unit::parent)
                .filter(agencies::contains)
                .orElse(null);
    }

    /** The unit above a place; the place itself where there is none. */
    String above(String place) {
        return reference.unit(place, middle).map(Unit::parent).orElse(place);
    }

    /** The name of a unit if it means that unit and no other, else its id. */
    String nameOf(String unit, long at) {
        Instant instant = Instant.ofEpochMilli(at);
        String name = reference.name(unit, instant);
        return reference.unitNamed(name, instant).filter(unit::equals).isPresent() ? name : unit;
    }

    /** The name of a unit as people say it, whichever else it is the name of. */
    String spokenName(String unit) {
        return reference.name(unit, middle);
    }

    /** What a channel calls a category: its own labels, those of every channel, and the id if there is none. */
    List<String> labels(String channel, String category) {
        return labels.computeIfAbsent(channel + ' ' + category, key -> {
            List<String> known = pack.labels().stream()
                    .filter(label -> label.category().equals(category))
                    .filter(label -> label.channel() == null || label.channel().equals(channel))
                    .map(Label::label)
                    .filter(label -> means(channel, label, category))
                    .toList();
            return known.isEmpty() ? List.of(category) : known;
        });
    }

    private boolean means(String channel, String label, String category) {
        return reference
                .category(channel, label, middle)
                .filter(category::equals)
                .isPresent();
    }

    /** What both channels call a category, for what one says about a case of the other; the id if there is none. */
    String label(String channel, String other, String category) {
        return labels(channel, category).stream()
                .filter(label -> means(other, label, category))
                .findFirst()
                .orElse(category);
    }

    /** Whether no channel's label is written like this. */
    boolean isUnlisted(String channel, String label) {
        return reference.category(channel, label, middle).isEmpty();
    }

    /** The city's own accounts on a channel. */
    List<String> accounts(String channel) {
        return reference
                .channel(channel, middle)
                .map(known -> known.accounts().stream().sorted().toList())
                .orElse(List.of());
    }
}
