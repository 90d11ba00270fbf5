package io.tanggap.reference;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects what is wrong, so that all of it is told at once. */
final class Problems {
    private static final int MOST_QUOTED = 60;

    private final List<Problem> errors = new ArrayList<>();
    private final List<Problem> warnings = new ArrayList<>();

    void error(Place place, String sentence) {
        errors.add(problem(place, sentence));
    }

    void warn(Place place, String sentence) {
        warnings.add(problem(place, sentence));
    }

    private static Problem problem(Place place, String sentence) {
        return new Problem(place.file(), place.line(), place.column(), sentence);
    }

    /** A text of a file in a sentence: a stray quote may have made it half of the file. */
    static String quoted(String text) {
        String line = text.replaceAll("\\p{Cntrl}+", " ");
        return "'" + (line.length() <= MOST_QUOTED ? line : line.substring(0, MOST_QUOTED) + "…") + "'";
    }

    /** The errors file by file, in the order of their lines. */
    List<Problem> errors() {
        return ordered(errors);
    }

    /** The warnings file by file, in the order of their lines. */
    List<Problem> warnings() {
        return ordered(warnings);
    }

    private static List<Problem> ordered(List<Problem> problems) {
        return problems.stream()
                .distinct()
                .sorted(Comparator.comparingInt((Problem problem) -> PackFiles.NAMES.indexOf(problem.file()))
                        .thenComparing(Problem::file)
                        .thenComparingInt(Problem::line)
                        .thenComparingInt(Problem::column))
                .toList();
    }
}
