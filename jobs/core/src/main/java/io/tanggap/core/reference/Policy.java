package io.tanggap.core.reference;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * How long something may take. Of the lines of one target the first that matches wins.
 *
 * @param id names the policy in every document that it decided
 * @param category null matches every category
 * @param channel null matches every channel
 * @param level of the unit that has the task: of the competent one for a target of the whole case, of the holder or receiver
 *     for one of theirs; null matches every level
 * @param within how long: working hours of the calendar, or {@code inDays} whole working days, else calendar time
 * @param inDays whether {@code within} counts working days: the day on which the clock starts is day 0, and the deadline
 *     is the last working instant of the last day
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
        boolean inDays,
        @Nullable String calendar,
        Validity validity) {
    /** What is timed. */
    public enum Target {
        /** From the submission, or a reopening, to the claim that it is done. */
        RESOLUTION(0),
        /** From the submission to the first public response. */
        FIRST_RESPONSE(1),
        /** From the submission at an intake desk to its first decision: verified, placed, assigned or refused. */
        TRIAGE(2),
        /** From receiving a case without having accepted it to the first decision: work, an offer to the next, a claim. */
        HANDOVER(3),
        /** From the offer to its acceptance or refusal. */
        ACCEPTANCE(4),
        /** From the claim that it is done to its validation. */
        VALIDATION(5),
        /** From a rejected claim to the next. */
        REDO(6),
        /** From one sign of progress to the next. */
        UPDATE(7),
        /**
         * From receiving a case, for a competent receiver from the offer on, to claiming it done or handing it on: the time
         * that one holder may keep it.
         */
        DWELL(8);

        private final int code;

        Target(int code) {
            this.code = code;
        }

        /** The stored index of the target in tallies: from 0 without a gap, never changed and never reused. */
        public int code() {
            return code;
        }
    }

    public Policy {
        requireNonNull(id, "id");
        requireNonNull(target, "target");
        requireNonNull(validity, "validity");
        if (within.isNegative()) {
            throw new IllegalArgumentException("policy " + id + ": within must not be negative, is " + within);
        }
        if (inDays && (calendar == null || within.toDays() < 1 || !within.equals(Duration.ofDays(within.toDays())))) {
            throw new IllegalArgumentException(
                    "policy " + id + ": working days are whole days of a calendar, not " + within + " of " + calendar);
        }
    }

    /** Whether this line is for a clock that starts on a day. */
    boolean covers(@Nullable String caseCategory, String caseChannel, @Nullable String unitLevel, LocalDate day) {
        return (category == null || category.equals(caseCategory))
                && (channel == null || channel.equals(caseChannel))
                && (level == null || level.equals(unitLevel))
                && validity.contains(day);
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
