package io.tanggap.core.lifecycle;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Somebody said that the case is done, and what became of that.
 *
 * @param by who had the case and so is the claimant
 * @param heldSince when it came into the claimant's hands, or was offered to it; null where the claim is the first that is
 *     known of its having it
 * @param judgedAt when a validator agreed or not; null while none did
 * @param rejected whether the validator did not agree
 * @param withdrawn whether it stands no more: rejected, or a state showed the case to be open after it
 * @param evidence digests of what was handed in as proof
 */
public record Claim(
        int cycle,
        Instant at,
        String by,
        @Nullable Instant heldSince,
        @Nullable Instant judgedAt,
        boolean rejected,
        boolean withdrawn,
        List<String> evidence) {
    public Claim {
        evidence = List.copyOf(evidence);
    }
}
