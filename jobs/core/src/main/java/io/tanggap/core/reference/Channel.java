package io.tanggap.core.reference;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A channel as the city uses it.
 *
 * @param id as in events, for example {@code qlue}
 * @param silentAfter a feed that has sent nothing for longer than this is silent; wall clock; null if silence is no sign
 * @param accounts the city's own accounts on the channel, by the channel's ids: what they write is the city's word
 * @param reopensAtStars a rating of at most so many stars takes a closed case up again; null if ratings never do
 */
public record Channel(
        String id,
        @Nullable Duration silentAfter,
        Set<String> accounts,
        @Nullable Integer reopensAtStars) {
    public Channel {
        requireNonNull(id, "id");
        if (silentAfter != null && (silentAfter.isNegative() || silentAfter.isZero())) {
            throw new IllegalArgumentException(
                    "channel " + id + ": silentAfter must be longer than zero, is " + silentAfter);
        }
        if (reopensAtStars != null && (reopensAtStars < 1 || reopensAtStars > 5)) {
            throw new IllegalArgumentException(
                    "channel " + id + ": reopensAtStars must be 1 to 5, is " + reopensAtStars);
        }
        accounts = Set.copyOf(accounts);
    }

    /** A channel whose ratings take no case up again. */
    public Channel(String id, @Nullable Duration silentAfter, Set<String> accounts) {
        this(id, silentAfter, accounts, null);
    }
}
