package io.tanggap.core.report;

import io.tanggap.core.measure.Slice;
import io.tanggap.core.measure.Window;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * A report card whose standings are published: they stand as they are, whatever is learned later, until a card of the same
 * period and a later as-of takes their place.
 *
 * @param card as of a local midnight: ranks belong to the close of a day
 * @param window that the period is; null if it is none
 * @param sha256 of the frozen card, in hexadecimal digits
 */
public record Publication(ReportCard card, @Nullable Window window, String sha256) {
    private static final String NO_WINDOW = "CUSTOM";

    public Publication {
        Terms terms = card.terms();
        ZoneId zone = card.basis().zone();
        if (!isMidnight(terms.asOf(), zone)) {
            throw new IllegalArgumentException(
                    "a publication as of " + terms.asOf() + ", which is no midnight in " + zone);
        }
        if (window != null
                && window.endOf(terms.from().toEpochDay()) != terms.to().toEpochDay()) {
            throw new IllegalArgumentException(
                    "a publication from " + terms.from() + " until before " + terms.to() + ", which is no " + window);
        }
    }

    /** Whether a local day begins with an instant. */
    public static boolean isMidnight(Instant asOf, ZoneId zone) {
        return lastMidnight(asOf, zone).equals(asOf);
    }

    /** The midnight with which the local day of an instant began. */
    public static Instant lastMidnight(Instant asOf, ZoneId zone) {
        return LocalDate.ofInstant(asOf, zone).atStartOfDay(zone).toInstant();
    }

    /** The window's name; {@code CUSTOM} of a period that is none. */
    public String windowName() {
        return window == null ? NO_WINDOW : window.name();
    }

    /** Whether the window is another one every day, and each publication takes the place of the one before. */
    public boolean isRolling() {
        return window != null && window.isRolling();
    }

    /**
     * The stable id of a unit's standing: the same in every publication of the period.
     *
     * @param level at which it stands
     */
    public String idOf(Answer answer, String level) {
        Terms terms = card.terms();
        String period = windowName();
        if (!isRolling()) {
            period += "|" + terms.from().toEpochDay();
        }
        if (window == null) {
            period += "|" + terms.to().toEpochDay();
        }
        return new Slice(answer.role(), answer.rule(), answer.unit(), terms.channel(), terms.categoryGroup()).id() + "|"
                + period + "|" + level;
    }
}
