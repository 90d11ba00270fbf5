package io.tanggap.core.evidence;

import io.tanggap.core.evidence.Exhibit.HandedIn;
import java.time.Instant;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * Which cases handed in one piece of evidence before all others. Whatever is handed in later with a claim of another case is
 * reused; of claims at one instant that of the lesser case id is the earlier. What is reused is a function of the exhibits, in
 * whatever order they came:
 *
 * <pre>
 *   claims by time     A  A  B  C  A
 *   reused             -  -  ×  ×  ×
 * </pre>
 *
 * <p>Two claims tell it: the earliest, and for the case that made it the earliest of any other. So news of a case changes what is
 * said of that case and of the first one, before and after, and of no third.
 *
 * @param first null while nobody handed it in
 * @param other the earliest of another case than the first one; null while there is no other
 */
public record Earliest(@Nullable Use first, @Nullable Use other) {
    /** Of a piece that nobody handed in. */
    public static final Earliest NONE = new Earliest(null, null);

    /** A case handed it in. */
    public record Use(String caseId, Instant at) implements Comparable<Use> {
        private static final Comparator<Use> ORDER =
                Comparator.comparing(Use::at).thenComparing(Use::caseId);

        @Override
        public int compareTo(Use later) {
            return ORDER.compare(this, later);
        }
    }

    /** Of all that cases say of one piece, each case once, in any order. */
    public static Earliest of(Iterable<Exhibit> exhibits) {
        Earliest earliest = NONE;
        for (Exhibit exhibit : exhibits) {
            earliest = earliest.and(exhibit);
        }
        return earliest;
    }

    /** The same with an exhibit of one more case. */
    public Earliest and(Exhibit exhibit) {
        Use use = exhibit.claims().stream()
                .map(claim -> new Use(exhibit.caseId(), claim.at()))
                .min(Comparator.naturalOrder())
                .orElseThrow();
        if (first == null || use.compareTo(first) < 0) {
            return new Earliest(use, first);
        }
        return other == null || use.compareTo(other) < 0 ? new Earliest(first, use) : this;
    }

    /** Whether a case is one of the two. */
    public boolean names(String caseId) {
        return isFirst(caseId) || (other != null && other.caseId().equals(caseId));
    }

    private boolean isFirst(String caseId) {
        return first != null && first.caseId().equals(caseId);
    }

    /** Whether the piece had been handed in with a claim of another case before. */
    public boolean isReused(Exhibit exhibit, HandedIn claim) {
        Use before = isFirst(exhibit.caseId()) ? other : first;
        return before != null && before.compareTo(new Use(exhibit.caseId(), claim.at())) < 0;
    }
}
