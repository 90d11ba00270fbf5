package io.tanggap.delivery;

import io.tanggap.core.notice.Answer;
import io.tanggap.core.notice.Answer.Outcome;
import java.time.Duration;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * When an attempt is followed by another one. The waits are about 1, 3, 9, 27 and 81 minutes, 4 hours, and then 6 hours each.
 * Chosen: a receiver that is restarted is found again within minutes, and one that is broken has a day, so that somebody sees
 * it on a working day; after that the message says nothing new.
 */
public final class RetryPlan {
    /** How often a message is tried at most: with the waits between, for about a day. */
    public static final int MOST_ATTEMPTS = 10;

    private static final Duration FIRST = Duration.ofMinutes(1);
    private static final int FACTOR = 3;

    /** No wait is longer, whatever the other side asks for: it would outlive the day. */
    private static final Duration LONGEST = Duration.ofHours(6);

    /** Up to this part is added or taken away, so that what failed together does not come again together. */
    private static final double JITTER = 0.2;

    private RetryPlan() {}

    /**
     * How long to wait after an attempt; the same for the same arguments. Not sooner than the other side asks, unless it asks
     * for more than 6 hours. Empty: it is over, because the message was delivered, refused, or tried often enough.
     *
     * @param attempt the one that the answer is of, from 1
     */
    public static Optional<Duration> after(String notice, int attempt, Answer answer) {
        if (answer.outcome() != Outcome.RETRY || attempt >= MOST_ATTEMPTS) {
            return Optional.empty();
        }
        double chance = new SplittableRandom(31L * notice.hashCode() + attempt).nextDouble();
        Duration planned = longestOf(FIRST.multipliedBy((long) Math.pow(FACTOR, attempt - 1)));
        Duration wait = times(planned, 1 - JITTER + 2 * JITTER * chance);
        Duration asked = answer.retryAfter();
        if (asked != null) {
            Duration notSooner = times(longestOf(asked), 1 + JITTER * chance);
            wait = wait.compareTo(notSooner) < 0 ? notSooner : wait;
        }
        return Optional.of(wait);
    }

    private static Duration longestOf(Duration wait) {
        return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
    }

    private static Duration times(Duration duration, double factor) {
        return Duration.ofMillis(Math.round(duration.toMillis() * factor));
    }
}
