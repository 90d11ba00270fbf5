package io.tanggap.core.report;

import io.tanggap.core.measure.Role;
import io.tanggap.core.measure.Rule;
import io.tanggap.core.reference.Attribution;
import java.util.Comparator;

/**
 * A unit that answers for cases in a role under a rule.
 *
 * @param unit at whatever level
 */
public record Answer(Role role, Rule rule, String unit) implements Comparable<Answer> {
    private static final Comparator<Answer> ORDER =
            Comparator.comparing(Answer::rule).thenComparing(Answer::role).thenComparing(Answer::unit);

    /** In the role in which a rule charges units: of their land under CROP, else of what they have in hand. */
    public static Answer under(Rule rule, String unit) {
        return new Answer(rule == Rule.CROP ? Role.TERRITORY : Role.HOLDER, rule, unit);
    }

    /** The rule of rows by which a city charges. */
    public static Rule ruleOf(Attribution attribution) {
        return switch (attribution) {
            case CRM -> Rule.CRM;
            case CROP -> Rule.CROP;
            case SHARE -> Rule.SHARE;
            case ORIGIN -> Rule.ORIGIN;
        };
    }

    @Override
    public int compareTo(Answer other) {
        return ORDER.compare(this, other);
    }
}
