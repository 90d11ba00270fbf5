package io.tanggap.flink.state;

import static java.util.Objects.requireNonNull;

import io.tanggap.core.evidence.Exhibit;
import org.jspecify.annotations.Nullable;

/**
 * News of a piece of evidence: a case handed it in, says something else of it, or takes it back.
 *
 * @param digest of the piece
 * @param exhibit null if the case has never handed it in, by what is known now
 * @param cause why it is known better; null for what has happened since
 */
public record EvidenceNews(
        String digest,
        String caseId,
        @Nullable Exhibit exhibit,
        @Nullable Cause cause) {
    public EvidenceNews {
        requireNonNull(digest, "digest");
        requireNonNull(caseId, "caseId");
    }
}
