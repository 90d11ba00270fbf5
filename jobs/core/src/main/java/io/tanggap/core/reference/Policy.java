package io.tanggap.core.reference;

import static java.util.Objects.requireNonNull;

import io.tanggap.core.reference.ReferencePack.ResolutionTarget;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How long something may take. Of the lines of one target the first that matches wins.
 *
 * <p>Only {@link Target#RESOLUTION} in calendar time and for every level is judged, see {@link #judged}. The others are
 * carried: they need the clock of working hours, or stages of a case, that the fold does not have yet.
 *
 * @param id names the policy in every document that it decided
 * @param category null matches every category
 * @param channel null matches every channel
 * @param level of the unit that has the task; null matches every level
 * @param within how long, in the time of the calendar
 * @param calendar id of a {@link WorkCalendar}; null is calendar time, every hour of every day
 * @param validity the days on which what is timed may start
 */
public record Policy(
        String id,
        Target target,
        @Nullable String category,
        @Nullable String channel,
        @Nullable String level,
        Duration within,
        @Nullable String calendar,
        Validity validity) {
    /** What is timed. */
    public enum Target {
        /** From the submission, or a reopening, to the claim that it is done. */
        RESOLUTION,
        /** From the submission to the first public response. */
        FIRST_RESPONSE,
        /** From the submission to its first assignment. */
        TRIAGE,
        /** From the assignment to a wrong unit to the offer to the next. */
        HANDOVER,
        /** From the offer to its acceptance or refusal. */
        ACCEPTANCE,
        /** From the claim that it is done to its validation. */
        VALIDATION,
        /** From a rejected claim to the next. */
        REDO,
        /** From one sign of progress to the next. */
        UPDATE
    }

    public Policy {
        requireNonNull(id, "id");
        requireNonNull(target, "target");
        requireNonNull(validity, "validity");
        if (within.isNegative()) {
            throw new IllegalArgumentException("policy " + id + ": within must not be negative, is " + within);
        }
    }

    /**
     * The targets that the fold judges by: resolution in calendar time, for every level, in their order.
     *
     * @param zone of the days of validity
     */
    public static List<ResolutionTarget> judged(List<Policy> policies, ZoneId zone) {
        return policies.stream()
                .filter(Policy::isJudged)
                .map(policy -> new ResolutionTarget(
                        policy.id,
                        policy.category,
                        policy.channel,
                        policy.within,
                        midnight(policy.validity.from(), zone),
                        midnight(policy.validity.to(), zone)))
                .toList();
    }

    private static @Nullable Instant midnight(@Nullable LocalDate day, ZoneId zone) {
        return day == null ? null : day.atStartOfDay(zone).toInstant();
    }

    /** Whether this line is for a case that matches and starts on a day, whatever the level of who has the task. */
    boolean covers(@Nullable String caseCategory, String caseChannel, LocalDate day) {
        return (category == null || category.equals(caseCategory))
                && (channel == null || channel.equals(caseChannel))
                && validity.contains(day);
    }

    /** Whether the fold can judge by this line: resolution in calendar time, for every level. */
    boolean isJudged() {
        return target == Target.RESOLUTION && calendar == null && level == null;
    }

    /** Whether this line, standing before another one, leaves it nothing to match, ever. */
    public boolean shadows(Policy later) {
        return target == later.target
                && (category == null || category.equals(later.category))
                && (channel == null || channel.equals(later.channel))
                && (level == null || level.equals(later.level))
                && validity.contains(later.validity);
    }
}
