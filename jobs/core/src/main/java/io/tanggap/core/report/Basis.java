package io.tanggap.core.report;

import io.tanggap.core.measure.Contributions;
import io.tanggap.core.reference.Attribution;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

/**
 * What a report card rests on.
 *
 * @param city id of the city
 * @param zone of its days
 * @param packs ids of the packs that were known, in the order in which they became known
 * @param inForce the rule by which the city charges, by the pack known at the as-of
 * @param knownAt everything that counts was known by then: the time that was asked for, else that of the latest event or pack
 * @param cases of which at least one event counts
 * @param events how many count
 * @param digest SHA-256 in hexadecimal digits over the digests of the cases, ascending; that of a case is the first half of the
 *     SHA-256 over the ids of its events that count, ascending, each followed by a line feed. The order in which events came
 *     does not matter
 */
public record Basis(
        String city,
        ZoneId zone,
        List<String> packs,
        Attribution inForce,
        Instant knownAt,
        long cases,
        long events,
        String digest) {
    /** The version of the mapping from cases to counts by which it was summed. */
    public static final int CONTRIBUTIONS = Contributions.VERSION;

    public Basis {
        packs = List.copyOf(packs);
    }
}
