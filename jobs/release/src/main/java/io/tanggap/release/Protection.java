package io.tanggap.release;

import io.tanggap.core.complaint.Redaction;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was done so that nobody is found in a release, in numbers.
 *
 * @param cases that the filters of the release select
 * @param released of them
 * @param withheld of them, for not enough others are told alike
 * @param rungs how many stand on each rung; rungs without a case may be missing
 * @param knowingAgency released cases that share with fewer than k others what is told and the agency that had them last, which
 *     somebody may know besides
 * @param measuresWithheld figures that rest on too few cases
 * @param redactions what was taken out of texts; null if the release has no texts
 */
public record Protection(
        long cases,
        long released,
        long withheld,
        List<Standing> rungs,
        long knowingAgency,
        long measuresWithheld,
        @Nullable Map<Redaction.Kind, Long> redactions) {
    public Protection {
        rungs = List.copyOf(rungs);
        if (released + withheld != cases
                || rungs.stream().mapToLong(Standing::cases).sum() != released) {
            throw new IllegalArgumentException("a case is withheld or stands on one rung: " + cases + ", " + released
                    + ", " + withheld + ", " + rungs);
        }
        if (redactions != null) {
            Map<Redaction.Kind, Long> ordered = new EnumMap<>(Redaction.Kind.class);
            ordered.putAll(redactions);
            redactions = Collections.unmodifiableMap(ordered);
        }
    }

    /**
     * The cases on a rung.
     *
     * @param rung its number
     * @param classes how many groups of cases that are told alike
     * @param smallest cases of the smallest class; null if there is none
     * @param smallestSensitive cases of the smallest class with any case of a sensitive category; null if there is none
     */
    public record Standing(
            int rung,
            long cases,
            long classes,
            @Nullable Long smallest,
            @Nullable Long smallestSensitive) {}
}
