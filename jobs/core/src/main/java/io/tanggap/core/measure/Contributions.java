package io.tanggap.core.measure;

import io.tanggap.core.evidence.Earliest;
import io.tanggap.core.evidence.Exhibit;
import io.tanggap.core.lifecycle.CaseView;
import io.tanggap.core.problem.Problem;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a case contributes to which cells, what a problem does, which may have been reported by several, and what a piece of
 * evidence does, which several may have handed in. What one of them counts the others do not.
 *
 * <p>In role territory everything goes to the place of the problem (rule CROP). In role holder stocks and flows follow custody,
 * so that for every holder entered − left = held, and a target is credited or charged to the party that answers for it under
 * rule CRM; rules SHARE and ORIGIN have cells of their own with nothing but that, and under ORIGIN what is known of first
 * holders. In role channel are the events that were received, whatever they are of.
 */
public final class Contributions {
    /**
     * The version of this mapping from views to cells. It is stored with what was contributed; a case whose stored version
     * differs is subtracted as stored and added anew.
     */
    public static final int VERSION = 4;

    private Contributions() {}

    /** The contributions of a case; no cell maps to {@link Tally#ZERO}. */
    public static Map<Cell, Tally> of(CaseView view) {
        return CaseContributions.of(view);
    }

    /**
     * The contributions of a problem; no cell maps to {@link Tally#ZERO}. What was closed as a duplicate of something that
     * nobody named is no problem of its own, but ends as every other: else a closing of that kind would get rid of any case.
     *
     * @param midnight the last local one, as of which curves are stated
     */
    public static Map<Cell, Tally> of(Problem problem, ZoneId zone, Instant midnight) {
        return ProblemContributions.of(problem, zone, midnight);
    }

    /**
     * The contributions of what a case says of one piece of evidence, in the cells of the claims; no cell maps to {@link Tally#ZERO}.
     * The piece itself is counted by its case.
     */
    public static Map<Cell, Tally> of(Exhibit exhibit, Earliest earliest, ZoneId zone) {
        return EvidenceContributions.of(exhibit, earliest, zone);
    }

    /** The first midnight after another one at which a problem contributes otherwise with no news; null if none. */
    public static @Nullable Instant changesAt(Problem problem, ZoneId zone, Instant midnight) {
        return ProblemContributions.changesAt(problem, zone, midnight);
    }

    /** What to add to the cells so that they hold {@code after} where they held {@code before}. */
    public static Map<Cell, Tally> difference(Map<Cell, Tally> before, Map<Cell, Tally> after) {
        Map<Cell, Tally> difference = new HashMap<>(after);
        before.forEach((cell, tally) -> difference.merge(cell, tally.negate(), Tally::plus));
        difference.values().removeIf(Tally::isZero);
        return difference;
    }
}
