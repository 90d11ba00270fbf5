package io.tanggap.core.sla;

import static java.util.Objects.requireNonNull;

/**
 * A unit's part of what is credited or charged.
 *
 * @param partsPerMillion from 0; those of one verdict add up to {@link #WHOLE}
 */
public record Share(String unit, int partsPerMillion) {
    /** All of it. */
    public static final int WHOLE = 1_000_000;

    public Share {
        requireNonNull(unit, "unit");
        if (partsPerMillion < 0 || partsPerMillion > WHOLE) {
            throw new IllegalArgumentException(unit + ": a share is 0 to 1,000,000 parts, not " + partsPerMillion);
        }
    }
}
