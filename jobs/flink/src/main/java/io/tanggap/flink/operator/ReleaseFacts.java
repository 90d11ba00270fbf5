package io.tanggap.flink.operator;

import io.tanggap.core.complaint.Redaction;
import io.tanggap.core.release.Rung;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an export counted, by accumulators: they come back with the result of the job, and count no attempt that failed.
 *
 * @param accumulators by name, as the job's result has them
 */
public record ReleaseFacts(Map<String, Object> accumulators) {
    /** Cases that no rung had room for. */
    static final String WITHHELD = "withheld";

    /** Cases of which fewer share the last agency too than share their quasi-identifiers. */
    static final String ALIKE_IN_AGENCY_TOO_FEW = "alike-in-agency-too-few";

    static final String CASES = "cases";
    static final String EVENTS = "events";
    static final String VISITS = "visits";
    static final String TEXTS = "texts";

    static String cases(Rung rung) {
        return "rung-" + rung.number() + "-cases";
    }

    static String classes(Rung rung) {
        return "rung-" + rung.number() + "-classes";
    }

    static String smallest(Rung rung) {
        return "rung-" + rung.number() + "-smallest";
    }

    static String smallestSensitive(Rung rung) {
        return "rung-" + rung.number() + "-smallest-sensitive";
    }

    static String found(Redaction.Kind kind) {
        return "found-" + kind;
    }

    /** How many cases stand on a rung. */
    public long casesOn(Rung rung) {
        return count(cases(rung));
    }

    /** In how many classes they are. */
    public long classesOn(Rung rung) {
        return count(classes(rung));
    }

    /** How many cases the smallest class of a rung has; null if there is none. */
    public @Nullable Long smallestOn(Rung rung) {
        return least(smallest(rung));
    }

    /** The same of classes with a case of a sensitive category; null if there is none. */
    public @Nullable Long smallestSensitiveOn(Rung rung) {
        return least(smallestSensitive(rung));
    }

    public long withheld() {
        return count(WITHHELD);
    }

    /** Cases that too few share with, for whoever knows which agency had the case last, besides the quasi-identifiers. */
    public long alikeInAgencyTooFew() {
        return count(ALIKE_IN_AGENCY_TOO_FEW);
    }

    public long cases() {
        return count(CASES);
    }

    public long events() {
        return count(EVENTS);
    }

    public long visits() {
        return count(VISITS);
    }

    public long texts() {
        return count(TEXTS);
    }

    /** What was redacted in the words of the cases released. */
    public long finds(Redaction.Kind kind) {
        return count(found(kind));
    }

    private long count(String name) {
        return accumulators.get(name) instanceof Number number ? number.longValue() : 0;
    }

    private @Nullable Long least(String name) {
        return accumulators.get(name) instanceof Long least && least != Long.MAX_VALUE ? least : null;
    }
}
