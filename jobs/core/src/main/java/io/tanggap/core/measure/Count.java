package io.tanggap.core.measure;

import io.tanggap.core.complaint.Outcome;
import io.tanggap.core.reference.Policy.Target;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.Locale;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The dimensions of a {@link Tally}. The code is stored with every case and cell: it never changes and is never reused.
 * "Day" says to which day's cell a contribution goes.
 */
public enum Count {
    /** Cases received. Day: submission. */
    RECEIVED(1),
    /** The cohort's split: first cycle stopped at or before its deadline. Day: submission. */
    COHORT_MET(2),
    /** The cohort's split: first cycle stopped after its deadline. Day: submission. */
    COHORT_MISSED_LATE(3),
    /** The cohort's split: first cycle past its deadline and still running. Day: submission. */
    COHORT_MISSED_OPEN(4),
    /** The cohort's split: first cycle running, deadline not past. Day: submission. */
    COHORT_RUNNING(5),
    /** The cohort's split: no target. Day: submission. */
    COHORT_NOT_APPLICABLE(6),
    /** The cohort's split: first cycle standing still, for a reason that the reference allows. Day: submission. */
    COHORT_PAUSED(7),
    /** The cohort's split: the stop of the first cycle was only seen by polls around its deadline. Day: submission. */
    COHORT_UNDECIDABLE(8),

    /** Targets kept, of those whose deadline is past. Day: deadline. */
    DUE_MET(10),
    /** Targets missed and stopped since. Day: deadline. */
    DUE_MISSED_LATE(11),
    /** Targets missed and still running. Day: deadline. */
    DUE_MISSED_OPEN(12),
    /** Targets of which polls cannot tell whether they were kept: in no share. Day: deadline. */
    DUE_UNDECIDABLE(13),
    /**
     * Targets missed by a unit that received the case with at most a quarter of the time left; role holder only, and in no
     * share. Day: deadline.
     */
    DUE_INHERITED(14),
    /** Targets past their deadline whose verdict was contested; also counted above. Day: deadline. */
    DUE_CONTESTED(15),
    /** Targets past their deadline whose verdict was decided not to stand; also counted above. Day: deadline. */
    DUE_OVERTURNED(16),

    /** Cases that became open (or came into a holder's hands). Day: event. */
    OPEN_ENTERED(20),
    /** Cases that ceased to be open (or left a holder's hands). Day: event. */
    OPEN_LEFT(21),
    /** Open cases that became overdue. Day: deadline. */
    OVERDUE_ENTERED(22),
    /** Overdue cases whose clock stopped. Day: event. */
    OVERDUE_LEFT(23),
    /** Open cases without a target that entered. Day: event. */
    NO_TARGET_ENTERED(24),
    /** Open cases without a target that left. Day: event. */
    NO_TARGET_LEFT(25),
    /** Open cases that became stale. Day: last activity plus the configured time. */
    STALE_ENTERED(26),
    /** Stale cases that were touched or closed. Day: event. */
    STALE_LEFT(27),

    /** Hand-overs: custody given away (role holder), or moved (role territory). Day: event. */
    HANDOVERS_OUT(30),
    /** Hand-overs received; role holder only. Day: event. */
    HANDOVERS_IN(31),
    /** Closed cases that were opened again. Day: event. */
    REOPENED(32),
    /** Reports of a problem that had been reported before and was not ended. Day: submission of the report. */
    REPEATED(33),

    /** Distinct events of cases, without inferred ones; role channel only. Day: event. */
    EVENTS_RECEIVED(34),
    /** Of those whose time is told exactly, how late they came, by {@link LatenessBins}; role channel only. Day: event. */
    LATENESS(35, Index.LATENESS),
    /** Events that the source says it has; role channel only. Day: the declared one. */
    EVENTS_DECLARED(36),
    /** Events received of days of which the source says how many it has; role channel only. Day: event. */
    EVENTS_OF_DECLARED_DAYS(37),
    /** Days of which the source says how many events it has; role channel only. Day: the declared one. */
    DAYS_DECLARED(38),
    /** Days with events of which the source does not say how many it has; role channel only. Day: event. */
    DAYS_UNDECLARED(39),

    /** Closings by outcome; the index is the {@link Outcome#code()}. Day: closing. */
    CLOSED(40, Index.OUTCOME),
    /** Ages at the closings of the day, by age bin; calendar time since the submission. Day: closing. */
    CLOSED_AGE(41, Index.BIN),
    /** Closings of cases that the reporter rated, by stars; the last closing has the last rating. Day: closing. */
    RATED(42, Index.STARS),
    /** Hops between agencies in the cycles that were closed. Day: closing. */
    HOPS(43),
    /** Closings after at least one hop; role holder: of cycles in whose hops the unit took part. Day: closing. */
    HOPPED(44),
    /** Of those, in which the case came right back from an agency; role holder: to the unit, or from it. Day: closing. */
    CAME_BACK(45),
    /** The same, by way of more than one agency. Day: closing. */
    CAME_AROUND(46),
    /**
     * Closings as fixed or answered, by whether the case was the task of its first holder; role holder: under rule ORIGIN,
     * of the first holder. Indexed by {@link Competence}. Day: closing.
     */
    RESOLVED(47, Index.COMPETENCE),
    /** Of those, the ones without a hop. Indexed by {@link Competence}. Day: closing. */
    RESOLVED_FIRST_LINE(48, Index.COMPETENCE),

    /**
     * Problems of the cohort whose first closing is not before the last midnight, by whole hours from the local day's start
     * to the submission of the earliest report. Day: that submission.
     */
    OPEN_SLOT(50, Index.HOUR),
    /**
     * First closings of the cohort's problems before the last midnight, by outcome and age bin; the index is the
     * {@link Outcome#code()} times {@link AgeBins#COUNT} plus the bin. Day: submission of the earliest report.
     */
    FIRST_END(51, Index.OUTCOME_AND_BIN),
    /**
     * The same closings, each in the bin of the age at which the clock had stopped: at the claim that stood, else at the
     * closing. Indexed as {@link #FIRST_END}. Day: submission of the earliest report.
     */
    FIRST_STOP(52, Index.OUTCOME_AND_BIN),
    /** Problems, however often each was reported. Day: submission of the earliest report. */
    PROBLEMS(53),
    /** Reports of the cohort's problems. Day: submission of the earliest report. */
    PROBLEM_REPORTS(54),
    /**
     * Problems of the cohort of which, {@link Stops#DURABLE} before the last midnight, no closing had come that lasted for so
     * long; indexed as {@link #OPEN_SLOT}. Day: submission of the earliest report.
     */
    DURABLE_OPEN_SLOT(55, Index.HOUR),
    /**
     * The first closings that lasted, by that time, indexed as {@link #FIRST_END}. Day: submission of the earliest report.
     */
    DURABLE_END(56, Index.OUTCOME_AND_BIN),
    /**
     * Of the problems of {@link #OPEN_SLOT} and {@link #FIRST_END} those that are observed late, only because they were still open
     * at some age, by the bin of that age. Whatever ends, or is until now, in that bin or before is in none of these counts. Day:
     * submission of the earliest report.
     */
    LATE_ENTRY(57, Index.BIN),
    /** The same of {@link #DURABLE_OPEN_SLOT} and {@link #DURABLE_END}. */
    DURABLE_LATE_ENTRY(58, Index.BIN),
    /**
     * Of the problems of {@link #LATE_ENTRY} the ones fixed or answered, by the bin of the age at the first stop. Day: submission of
     * the earliest report.
     */
    LATE_ENTRY_RESOLVED(59, Index.BIN),

    /** Other targets than the resolution, kept, of those whose deadline is past; by target. Day: deadline. */
    TARGET_MET(60, Index.TARGET),
    /** The same, missed. Day: deadline. */
    TARGET_MISSED(61, Index.TARGET),
    /** The same, of which polls cannot tell; in no share. Day: deadline. */
    TARGET_UNDECIDABLE(62, Index.TARGET),
    /** The same, passed on in time; in no share. Day: deadline. */
    TARGET_HANDED_ON(63, Index.TARGET),
    /** Rule SHARE: parts per million of resolution targets kept, of those whose deadline is past. Day: deadline. */
    SHARE_MET(64),
    /** Rule SHARE: parts per million of resolution targets missed. Day: deadline. */
    SHARE_MISSED(65),
    /** Rule SHARE: missed resolution targets in which the unit has a part. Day: deadline. */
    SHARED_MISSES(66),

    /** Cycles that ended, by outcome, duplicates left out. Day: final stop. */
    FINAL_STOP(70, Index.OUTCOME),
    /**
     * Of those, the ones that did not last: within {@link Stops#DURABLE} of the stop the case was taken up again, or another
     * one reported the same problem. Day: final stop.
     */
    RETURNED(71, Index.OUTCOME),
    /** Claims that a case is done; a closing without claim, of which nobody says that nothing was done, is one. Day: claim. */
    CLAIMED(72),
    /** Claims that a validator judged. Day: claim. */
    CLAIM_JUDGED(73),
    /** Of those, the rejected ones. Day: claim. */
    CLAIM_REJECTED(74),
    /** Claims less than ten minutes after the case came into the claimant's hands. Day: claim. */
    CLAIM_INSTANT(75),
    /** Claims with evidence. Day: claim. */
    CLAIM_WITH_EVIDENCE(76),
    /** Claims that stand with more than 90 and up to 95 percent of the target used. Day: claim. */
    CLAIM_BEFORE_LAST(77),
    /** Claims that stand with more than 95 and up to 100 percent of the target used. Day: claim. */
    CLAIM_AT_LAST(78),

    /** Offers made, by whether the case is the receiver's task. Day: offer. */
    OFFERED(80, Index.COMPETENCE),
    /** Of those of cases with a target, all. Day: offer. */
    OFFERED_IN_TIME_OR_LATE(81),
    /** Of those, made with three quarters or more of the target used. Day: offer. */
    OFFERED_LATE(82),
    /** Offers received that were accepted, taken or declined, by whether the case is the receiver's task. Day: offer. */
    ANSWERED(83, Index.COMPETENCE),
    /** Of those, declined. Day: offer. */
    DECLINED(84, Index.COMPETENCE),
    /**
     * Offers that ended before the last midnight, by {@link End} and the bin of how long they stood, in the time by which the
     * resolution is judged; role holder: of the receiver if it is competent or nobody says, else of the giver. Day: offer.
     */
    LIMBO_END(85, Index.END_AND_BIN),
    /** Offers that stood at the last midnight, by the bin of how long by then. Day: offer. */
    LIMBO_OPEN(86, Index.BIN),

    /**
     * Stays with the holder that ended before the last midnight, by {@link End} and the bin of their length, in the time by
     * which the resolution is judged; role holder only. Day: start of the stay.
     */
    STAY_END(90, Index.END_AND_BIN),
    /** Stays that went on at the last midnight, by the bin of their length by then; role holder only. Day: start of the stay. */
    STAY_OPEN(91, Index.BIN),
    /** Hops from the unit to its counterpart. Day: event. */
    PAIR_HOPS(92),
    /** Hops by which the counterpart got back what it had handed on in the same cycle. Day: event. */
    PAIR_RETURNS(93),
    /** How long the giver had the case before a hop, by bin, for hops before the last midnight. Day: event. */
    PAIR_STAY(94, Index.BIN),

    /** Pieces of evidence handed in with claims; one that a claim names twice is one. Day: claim. */
    EVIDENCE(95),
    /** Of those, the ones that had been handed in before with a claim of another case. Day: claim. */
    EVIDENCE_REUSED(96),

    /**
     * Open cases that entered less those that left, by the epoch day of their submission: summed, the stock by age. Day:
     * event.
     */
    BACKLOG(100, Index.EPOCH_DAY),
    /** Open cases by the epoch day of their last event: summed, the stock by silence. Day: event. */
    SILENCE(101, Index.EPOCH_DAY),
    /** Stretches of a {@link Time} that began less those that ended. Day: event. */
    TIME_RUNNING(102, Index.TIME),
    /** Seconds since the epoch at which such stretches ended less those at which they began. Day: event. */
    TIME_SECONDS(103, Index.TIME);

    /** What the places of a count mean. */
    public enum Index {
        /** There is one place. */
        NONE,
        OUTCOME,
        STARS,
        /** {@link Competence}. */
        COMPETENCE,
        /** Whole hours from the local day's start. */
        HOUR,
        /** {@link AgeBins}. */
        BIN,
        /** {@link Outcome#code()} times {@link AgeBins#COUNT} plus the bin. */
        OUTCOME_AND_BIN,
        /** {@link End}'s code times {@link AgeBins#COUNT} plus the bin. */
        END_AND_BIN,
        TARGET,
        /** {@link Time}. */
        TIME,
        /** {@link LatenessBins}. */
        LATENESS,
        EPOCH_DAY;

        /** Whether the places are many, and told only together. */
        public boolean isHistogram() {
            return this == HOUR
                    || this == BIN
                    || this == OUTCOME_AND_BIN
                    || this == END_AND_BIN
                    || this == LATENESS
                    || this == EPOCH_DAY;
        }
    }

    /** Whether something is a unit's task, by the reference known at the time. The codes are stored. */
    public enum Competence {
        NO(0),
        YES(1),
        /** The reference has no lines of competence for it. */
        UNKNOWN(2);

        private final int code;

        Competence(int code) {
            this.code = code;
        }

        int code() {
            return code;
        }

        static Competence of(@Nullable Boolean competent) {
            return competent == null ? UNKNOWN : competent ? YES : NO;
        }
    }

    /** How a stay or an offer ended. The codes are stored. */
    public enum End {
        /** Stay: closed as fixed or answered. */
        RESOLVED(0),
        /** Stay: custody went to another agency. */
        HANDED_ON(1),
        /** Stay: custody went on within the agency, or from the intake desk. */
        PASSED_ON(2),
        /** The case was closed in another way. */
        CLOSED(3),
        /** Offer: the receiver accepted or worked on the case. */
        TAKEN(4),
        /** Offer. */
        DECLINED(5),
        /** Offer: taken back, or another one took its place. */
        RECALLED(6),
        /** Offer: nobody answered in time. */
        LAPSED(7);

        private final int code;

        End(int code) {
            this.code = code;
        }

        int code() {
            return code;
        }
    }

    /** Stretches of time that are added up, calendar time. The codes are stored. */
    public enum Time {
        /** Open; role holder: in the holder's hands. */
        OPEN(0),
        /** The clock of the resolution stood still. */
        PAUSED(1),
        /** Offered and not taken, held and not begun, or waiting: nobody worked on it. */
        IDLE(2),
        /** It was told that work cannot go on, allowed or not. */
        WAITED(3),
        /** From the reporter's answer to a wait until somebody of the city did something. */
        OVERRUN(4),
        /** Open problems; role territory only. */
        PROBLEM(5);

        private final int code;

        Time(int code) {
            this.code = code;
        }

        int code() {
            return code;
        }
    }

    private static final BitSet SETTLED = new BitSet();

    static {
        EnumSet<Count> settled = EnumSet.range(OPEN_ENTERED, HANDOVERS_IN);
        settled.addAll(EnumSet.range(EVENTS_RECEIVED, DAYS_UNDECLARED));
        settled.addAll(EnumSet.of(DUE_MET, DUE_MISSED_LATE, DUE_UNDECIDABLE, DUE_INHERITED, REOPENED));
        settled.addAll(
                EnumSet.of(CLOSED, CLOSED_AGE, HOPS, HOPPED, CAME_BACK, CAME_AROUND, RESOLVED, RESOLVED_FIRST_LINE));
        settled.addAll(EnumSet.range(TARGET_MET, SHARED_MISSES));
        settled.addAll(EnumSet.of(CLAIMED, CLAIM_INSTANT, CLAIM_WITH_EVIDENCE));
        settled.addAll(EnumSet.range(OFFERED, OFFERED_LATE));
        settled.addAll(EnumSet.of(PAIR_HOPS, PAIR_RETURNS, EVIDENCE, EVIDENCE_REUSED));
        settled.addAll(EnumSet.range(BACKLOG, TIME_SECONDS));
        settled.forEach(count -> SETTLED.set(count.code));
    }

    private final int code;
    private final Index index;

    Count(int code) {
        this(code, Index.NONE);
    }

    Count(int code, Index index) {
        this.code = code;
        this.index = index;
    }

    /** What the places of the count mean. */
    public Index index() {
        return index;
    }

    /**
     * The name of one place of a count that is no histogram: {@code closed_fixed}, {@code rated_5}.
     *
     * @throws IllegalArgumentException for a place that there is none of
     */
    public String label(int place) {
        String name = name().toLowerCase(Locale.ROOT);
        return switch (index) {
            case NONE -> name;
            case OUTCOME -> name + "_" + lower(Outcome.ofCode(place));
            case STARS -> name + "_" + place;
            case COMPETENCE -> name + "_" + lower(placed(Competence.values(), place, Competence::code));
            case TARGET -> name + "_" + lower(placed(Target.values(), place, Target::code));
            case TIME -> name + "_" + lower(placed(Time.values(), place, Time::code));
            case HOUR, BIN, OUTCOME_AND_BIN, END_AND_BIN, LATENESS, EPOCH_DAY ->
                throw new IllegalArgumentException(name + " is a histogram");
        };
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static <T> T placed(T[] constants, int place, ToIntFunction<T> code) {
        for (T constant : constants) {
            if (code.applyAsInt(constant) == place) {
                return constant;
            }
        }
        throw new IllegalArgumentException("no place " + place);
    }

    /**
     * Whether time alone never changes a count once its day is over: it is of what happened on the day, or was due. Of what is
     * not, some is learned later, in time, and some ages.
     */
    static boolean isSettled(int code) {
        return SETTLED.get(code);
    }

    /** Whether it is said of a day as a whole, and so counts once the day is over. */
    static boolean isOfWholeDay(int code) {
        return code >= EVENTS_DECLARED.code && code <= DAYS_UNDECLARED.code;
    }

    /** Whether stocks at later midnights are made of it. */
    static boolean isFlow(int code) {
        return (code >= OPEN_ENTERED.code && code <= STALE_LEFT.code) || code >= BACKLOG.code;
    }

    /** The stored code. */
    int code() {
        return code;
    }
}
