package io.tanggap.simulation;

import static java.util.Objects.requireNonNull;

import io.tanggap.core.complaint.Outcome;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What really became of one case by the end of the month, as the story that was told knows it. Nothing in it was computed
 * from the messages, so it can judge whoever reads them. Whom the city charges follows the rule of CRM: a competent receiver
 * from the offer on, also if it declines, until the giver works or offers again; another one only from when it says that it
 * takes the case; before the first assignment the channel's intake desk, {@code intake.} and the channel's id. Who gave a case
 * away in the last quarter of its time, after its own deadline for deciding, answers for the miss.
 *
 * @param caseId channel, colon, number
 * @param category id of the reference; a label that the reference does not list as it was written; null where nobody named one
 * @param territory the unit in which the city has the case at the end; null where nobody placed it
 * @param place the unit in which the problem is, whether or not the city knows it
 * @param path who held the case, in order, one holder never twice in a row: the intake desk first, unless it was submitted
 *     into the hands of a unit
 * @param charged who would answer for a breach at the end, or did when it closed
 * @param offeredTo to whom it is offered at the end; null where no offer waits for an answer
 * @param handovers how often it went from one holder to another that is not of the same agency; not counting the desk's
 * @param firstResponseAt the city's first public words to the reporter; a machine's do not count
 * @param rating the reporter's last; null where there is none
 * @param duplicateOf the case that told the same problem first, on another channel, whether or not anybody noticed
 * @param mergedInto the case in which it was said to go on
 * @param linked cases that it was said to be linked to
 * @param cycles at least one: its run from the submission to the closing, and one for each reopening
 * @param knowable false where the submission itself was damaged, so that the case cannot be told from the messages
 */
public record Truth(
        String caseId,
        Instant submittedAt,
        @Nullable String category,
        @Nullable String territory,
        String place,
        List<String> path,
        String charged,
        @Nullable String offeredTo,
        int handovers,
        @Nullable Instant firstResponseAt,
        @Nullable Integer rating,
        @Nullable String duplicateOf,
        @Nullable String mergedInto,
        Set<String> linked,
        List<Cycle> cycles,
        boolean knowable) {

    public Truth {
        requireNonNull(caseId, "caseId");
        requireNonNull(submittedAt, "submittedAt");
        path = List.copyOf(path);
        linked = Collections.unmodifiableSet(new TreeSet<>(linked));
        cycles = List.copyOf(cycles);
        if (path.isEmpty() || cycles.isEmpty()) {
            throw new IllegalArgumentException("case " + caseId + " needs a holder and a cycle");
        }
    }

    /** Whether a target was kept, at the end of the month. */
    public enum Verdict {
        /** Claimed or closed at or before the deadline. */
        MET,
        /** The deadline is past, and it was not. */
        MISSED,
        /** The deadline is not past, and the clock runs. */
        RUNNING,
        /** The clock stands still, for a reason that the reference allows. */
        PAUSED,
        /** There is no deadline. */
        NONE
    }

    /**
     * One run of the case.
     *
     * @param deadline its own, else that of the reference's target, waits included; null where neither is, and while the clock
     *     stands still
     * @param claimedAt the claim that stands
     * @param closedAt null while open
     * @param outcome null while open
     * @param charged who answers for the verdict: whoever did at the stop, at the breach, or at the end while it runs
     */
    public record Cycle(
            Instant startedAt,
            @Nullable Instant deadline,
            @Nullable Instant claimedAt,
            @Nullable Instant closedAt,
            @Nullable Outcome outcome,
            Verdict verdict,
            String charged) {}

    /** Who had it first. */
    public String firstHolder() {
        return path.get(0);
    }

    /** Who has it, or had it last. */
    public String holder() {
        return path.get(path.size() - 1);
    }

    /** The last run. */
    public Cycle cycle() {
        return cycles.get(cycles.size() - 1);
    }

    /** Whether it is not closed. */
    public boolean isOpen() {
        return cycle().closedAt() == null;
    }

    /** How often a closed case was opened again. */
    public int reopenings() {
        return cycles.size() - 1;
    }
}
