package io.tanggap.core.alert;

import static java.util.Objects.requireNonNull;

import io.tanggap.core.reference.AlertKind;
import io.tanggap.core.reference.Policy.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that a desk has to know, as of one instant. No reporter's text is in it.
 *
 * @param id the same for one truth through all its revisions: of a case's clock by case, target, cycle, number of the clock
 *     and threshold
 * @param revision from 1; another one says that something else is true now
 * @param raisedAt when what it says became true: the threshold or deadline passed, the silence became too long, the
 *     validator judged. Not when somebody noticed
 * @param endedAt since when it is true no more, where that is known; null while it stands
 * @param channel of the case, or the one that is silent
 * @param matter the case; null for a feed
 * @param due the clock; null if it is of none
 * @param provisional a late message may still prove that the deadline was kept
 * @param evidence ids of the events that decide it, in order; none for a feed
 * @param asOf exclusive: as of when it was judged
 * @param pack id of the reference pack known then; null for a feed
 */
public record Alert(
        String id,
        int revision,
        AlertKind kind,
        State state,
        Instant raisedAt,
        @Nullable Instant endedAt,
        String channel,
        @Nullable Matter matter,
        @Nullable Due due,
        boolean provisional,
        List<String> evidence,
        Instant asOf,
        @Nullable String pack) {

    /** Whether it still holds. The names are written in topics and indices: never change one. */
    public enum State {
        OPEN,
        /** It holds, and a higher threshold of the same clock says more. */
        SUPERSEDED,
        /** It was so, and is over. */
        CLEARED,
        /** What is known now says that it never was so. */
        RETRACTED;

        /** Whether what it says is still so. */
        public boolean stands() {
            return this == OPEN || this == SUPERSEDED;
        }
    }

    /**
     * The case at the as-of.
     *
     * @param sourceCaseId its number where it came from
     * @param category null while none is known
     * @param territory null while it has no place
     * @param holderPath the holder and every unit above it, from the holder to the city
     * @param charged who would be charged with a breach; of a missed resolution, who is
     * @param offeredTo to whom it is offered; null while it is offered to none
     */
    public record Matter(
            String caseId,
            String sourceCaseId,
            @Nullable String category,
            @Nullable String territory,
            Instant submittedAt,
            String holder,
            List<String> holderPath,
            String charged,
            @Nullable String offeredTo) {
        public Matter {
            requireNonNull(caseId, "caseId");
            requireNonNull(holder, "holder");
            requireNonNull(charged, "charged");
            holderPath = List.copyOf(holderPath);
        }
    }

    /**
     * The clock.
     *
     * @param cycle from 1
     * @param number of the clock among those of its target in the cycle, from 1
     * @param threshold in percent of the budget
     * @param deadline null while it stands still, and of a clock that is judged no more
     * @param budget in the time of its calendar; null of a clock that is judged no more
     * @param used what it had counted when the threshold was passed, or, if it has stopped, at its stop; in the time of its
     *     calendar; null of a clock that is judged no more
     * @param policy the policy line, or {@code case} for a deadline that came with the case; null of a clock that is judged no
     *     more
     * @param calendar null is calendar time
     * @param pack the reference pack that the clock was judged by; null of a clock that is judged no more
     */
    public record Due(
            Target target,
            int cycle,
            int number,
            int threshold,
            @Nullable Instant deadline,
            @Nullable Duration budget,
            @Nullable Duration used,
            @Nullable String policy,
            @Nullable String calendar,
            @Nullable String pack) {
        public Due {
            requireNonNull(target, "target");
        }
    }

    public Alert {
        requireNonNull(id, "id");
        requireNonNull(kind, "kind");
        requireNonNull(state, "state");
        requireNonNull(raisedAt, "raisedAt");
        requireNonNull(channel, "channel");
        requireNonNull(asOf, "asOf");
        if (revision < 1) {
            throw new IllegalArgumentException("alert " + id + ": a revision is 1 or more, is " + revision);
        }
        if ((kind == AlertKind.FEED_SILENT) != (matter == null)) {
            throw new IllegalArgumentException("alert " + id + ": of a feed there is no case, of all others there is");
        }
        if (kind.isOfClock() != (due != null)) {
            throw new IllegalArgumentException("alert " + id + ": of a clock there is one, of others none");
        }
        evidence = List.copyOf(evidence);
    }
}
