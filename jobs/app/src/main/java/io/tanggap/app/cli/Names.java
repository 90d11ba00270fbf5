package io.tanggap.app.cli;

import static java.util.Objects.requireNonNull;

import io.tanggap.core.explain.Explanation.Ruling;
import io.tanggap.core.lifecycle.CaseFold;
import io.tanggap.core.reference.Category;
import io.tanggap.core.reference.Competence;
import io.tanggap.core.reference.Reference;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Short names of units and numbers of lines of competence, and the legend of those that a text has used. */
final class Names {
    /** Chosen: a kelurahan keeps its name in the text; of an office, whose name fills half a line, the id stands for it. */
    private static final int LONGEST = 26;

    private final Reference reference;
    private final Instant asOf;
    private final Map<String, String> labels = new LinkedHashMap<>();
    /** By their numbers from 1. */
    private final List<Ruling> rulings = new ArrayList<>();

    Names(Reference reference, Instant asOf) {
        this.reference = reference;
        this.asOf = asOf;
    }

    /** What the text has called by a short name or a number. */
    void legend(Sheet sheet) {
        for (int i = 0; i < rulings.size(); i++) {
            Ruling ruling = rulings.get(i);
            Competence line = requireNonNull(ruling.line());
            sheet.field(
                    i == 0 ? "Competence" : "",
                    "[" + (i + 1) + "] " + (line.category() == null ? "every category" : line.category()) + " in "
                            + (line.territory() == null ? "the whole city" : unit(line.territory()))
                            + " is the task of "
                            + unit(line.unit()) + CaseWords.validity(line.validity(), ", on days") + " (pack "
                            + ruling.pack()
                            + ")");
        }
        String first = "Units";
        for (Map.Entry<String, String> label : labels.entrySet()) {
            String id = label.getKey();
            String name = reference.name(id, asOf);
            List<String> above = reference.path(id, asOf);
            String city = above.get(above.size() - 1);
            if (!name.equals(id) && !id.equals(city)) {
                sheet.field(
                        first,
                        label.getValue() + " = " + (label.getValue().equals(id) ? name : id) + ", "
                                + reference.level(id, asOf)
                                + above.stream()
                                        .skip(1)
                                        .filter(unit -> !unit.equals(city))
                                        .map(unit -> " in " + reference.name(unit, asOf))
                                        .collect(Collectors.joining()));
                first = "";
            }
        }
    }

    String category(String id) {
        return reference.knownAt(asOf).categories().stream()
                .filter(category -> category.id().equals(id))
                .findFirst()
                .map(Category::name)
                .filter(name -> !name.equals(id))
                .map(name -> id + ", " + name)
                .orElse(id);
    }

    /** A short name of a unit, which the legend explains. */
    String unit(String id) {
        if (id.startsWith(CaseFold.INTAKE_DESK)) {
            return "the intake desk of " + id.substring(CaseFold.INTAKE_DESK.length());
        }
        if (id.startsWith(CaseFold.VALIDATORS)) {
            return "the validators of " + id.substring(CaseFold.VALIDATORS.length());
        }
        return labels.computeIfAbsent(id, unit -> {
            String name = reference.name(unit, asOf);
            boolean isOnlyOne =
                    reference.unitNamed(name, asOf).filter(unit::equals).isPresent();
            return isOnlyOne && name.length() <= LONGEST ? name : unit;
        });
    }

    /** A reference to the line of competence of a ruling. */
    String line(Ruling ruling) {
        if (!rulings.contains(ruling)) {
            rulings.add(ruling);
        }
        return "[" + (rulings.indexOf(ruling) + 1) + "]";
    }

    String competent(String unit, @Nullable Boolean competent, Ruling ruling) {
        if (competent == null) {
            return "pack " + ruling.pack() + " does not say whose task what is";
        }
        Competence line = ruling.line();
        if (line == null) {
            return "not its task: no line of competence of pack " + ruling.pack() + " covers it";
        }
        return competent
                ? "its task by " + line(ruling)
                        + (line.unit().equals(unit) ? "" : ", as of one agency with " + unit(line.unit()))
                : "not its task but that of " + unit(line.unit()) + " by " + line(ruling);
    }
}
