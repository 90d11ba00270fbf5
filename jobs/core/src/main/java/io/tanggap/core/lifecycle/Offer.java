package io.tanggap.core.lifecycle;

import java.time.Duration;
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
 * @param counted how long it stood, until it ended or until the last local midnight, in the time by which the cycle's
 *     resolution is judged; zero if it was made after that midnight
 * @param late whether three quarters or more of the resolution's target were used when it was made; null where none ran
 */
public record Offer(
        int number,
        String from,
        String to,
        Instant offeredAt,
        @Nullable Boolean competent,
        @Nullable Instant decidedAt,
        @Nullable Decision decision,
        Duration counted,
        @Nullable Boolean late) {

    /** The same, as it ended; {@code null, null}: it stands. */
    Offer ended(@Nullable Instant at, @Nullable Decision how) {
        return new Offer(number, from, to, offeredAt, competent, at, how, counted, late);
    }

    /** The same, to the unit that took over what the receiver did. */
    Offer to(String successor) {
        return new Offer(number, from, successor, offeredAt, competent, decidedAt, decision, counted, late);
    }

    /** The same, with whether the receiver is competent. */
    Offer judged(@Nullable Boolean isCompetent) {
        return new Offer(number, from, to, offeredAt, isCompetent, decidedAt, decision, counted, late);
    }

    /** The same, with how long it stood and how late it came. */
    Offer timed(Duration howLong, @Nullable Boolean isLate) {
        return new Offer(number, from, to, offeredAt, competent, decidedAt, decision, howLong, isLate);
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
