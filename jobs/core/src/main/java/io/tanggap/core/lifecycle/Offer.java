package io.tanggap.core.lifecycle;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A case was offered by its holder to another unit: the stretch until somebody decides is limbo.
 *
 * @param number 1 for the first offer of the case
 * @param competent whether the category is the receiver's task in the territory, by the reference known at the offer; null
 *     where that has no lines of competence
 * @param decidedAt when it ended; null while nobody has decided
 * @param decision how it ended; null while nobody has decided
 */
public record Offer(
        int number,
        String from,
        String to,
        Instant offeredAt,
        @Nullable Boolean competent,
        @Nullable Instant decidedAt,
        @Nullable Decision decision) {

    /** The same, as it ended; {@code null, null}: it stands. */
    Offer ended(@Nullable Instant at, @Nullable Decision how) {
        return new Offer(number, from, to, offeredAt, competent, at, how);
    }

    /** The same, with whether the receiver is competent. */
    Offer judged(@Nullable Boolean isCompetent) {
        return new Offer(number, from, to, offeredAt, isCompetent, decidedAt, decision);
    }

    /** How an offer ended. */
    public enum Decision {
        /** The receiver said that it takes the case. */
        ACCEPTED,
        /** The receiver worked on the case, or somebody put it into its hands. */
        TAKEN,
        DECLINED,
        /** The giver took it back. */
        RECALLED,
        /** The giver offered the case to another unit, or it went to one. */
        REPLACED,
        /** Nobody decided in the time that the reference gives. */
        LAPSED,
        /** The case ended first. */
        CLOSED
    }
}
