package io.tanggap.core.evidence;

import static java.util.Objects.requireNonNull;

import io.tanggap.core.complaint.CanonicalForm;
import io.tanggap.core.lifecycle.CaseView;
import io.tanggap.core.lifecycle.Claim;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a case says of one piece of evidence: with which of its claims it was handed in. A claim that was rejected or withdrawn
 * since handed it in all the same.
 *
 * @param digest of the piece; equal pieces have equal ones
 * @param category null where no event named one
 * @param territory null where no event placed the case
 * @param claims in order, at least one; a claim that names the piece twice hands it in once
 */
public record Exhibit(
        String digest,
        String caseId,
        String channel,
        @Nullable String category,
        @Nullable String territory,
        Instant submittedAt,
        List<HandedIn> claims) {

    /**
     * A piece of evidence was handed in.
     *
     * @param at when the claim was made
     * @param by the claimant
     */
    public record HandedIn(Instant at, String by) {}

    public Exhibit {
        requireNonNull(digest, "digest");
        requireNonNull(caseId, "caseId");
        requireNonNull(channel, "channel");
        requireNonNull(submittedAt, "submittedAt");
        claims = List.copyOf(claims);
        if (claims.isEmpty()) {
            throw new IllegalArgumentException(caseId + ": evidence " + digest + " is handed in with some claim");
        }
    }

    /** Everything that was handed in with the claims of a case, by digest in ascending order. */
    public static List<Exhibit> of(CaseView view) {
        Map<String, List<HandedIn>> claims = new TreeMap<>();
        for (Claim claim : view.claims()) {
            for (String digest : new LinkedHashSet<>(claim.evidence())) {
                claims.computeIfAbsent(digest, any -> new ArrayList<>()).add(new HandedIn(claim.at(), claim.by()));
            }
        }
        List<Exhibit> exhibits = new ArrayList<>();
        claims.forEach((digest, handedIn) -> exhibits.add(new Exhibit(
                digest,
                view.caseId(),
                view.channel(),
                view.category(),
                view.territory(),
                view.submittedAt(),
                handedIn)));
        return exhibits;
    }

    /** Equal for exhibits that say the same. */
    public long content() {
        CanonicalForm form = new CanonicalForm()
                .text(digest)
                .text(caseId)
                .text(channel)
                .text(category)
                .text(territory)
                .instant(submittedAt);
        claims.forEach(claim -> form.instant(claim.at()).text(claim.by()));
        return form.shortDigest();
    }
}
