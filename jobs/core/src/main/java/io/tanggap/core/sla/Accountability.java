package io.tanggap.core.sla;

import static java.util.Objects.requireNonNull;

import io.tanggap.core.reference.Attribution;
import java.util.List;

/**
 * Who is credited with a verdict, or charged with it, under every rule of attribution; while the clock runs, who would be
 * at the as-of. Sums across rules mean nothing.
 *
 * @param crm the competent party: the receiver from the offer on
 * @param inherited the charged party received the case when at most a quarter of the target was left, without having had
 *     it before in this cycle: a miss is booked in a column of its own
 * @param crop the territorial unit of the place of the problem; {@link #UNLOCATED} without one
 * @param origin the first holder that is no intake desk; while there is none, the desk
 * @param share each holder with its part of the time that was consumed, in the order of their first stay; they add up to
 *     {@link Share#WHOLE}
 */
public record Accountability(String crm, boolean inherited, String crop, String origin, List<Share> share) {
    /** The territory of a case without a place. */
    public static final String UNLOCATED = "UNLOCATED";

    public Accountability {
        requireNonNull(crm, "crm");
        requireNonNull(crop, "crop");
        requireNonNull(origin, "origin");
        share = List.copyOf(share);
        long sum = share.stream().mapToLong(Share::partsPerMillion).sum();
        if (sum != Share.WHOLE) {
            throw new IllegalArgumentException("shares add up to 1,000,000 parts, not to " + sum);
        }
    }

    /** The parties under one rule. */
    public List<Share> under(Attribution rule) {
        return switch (rule) {
            case CRM -> List.of(new Share(crm, Share.WHOLE));
            case CROP -> List.of(new Share(crop, Share.WHOLE));
            case ORIGIN -> List.of(new Share(origin, Share.WHOLE));
            case SHARE -> share;
        };
    }
}
