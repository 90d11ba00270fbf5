package io.tanggap.core.release;

import java.io.Serializable;

/**
 * How many cases have to share their quasi-identifiers.
 *
 * @param open of categories that anybody may know of
 * @param sensitive of a class with any case of a category that the reference calls sensitive
 */
public record Anonymity(int open, int sensitive) implements Serializable {
    /** Five, and eleven where a category is sensitive: the usual thresholds for open data and for data on health. */
    public static final Anonymity DEFAULT = new Anonymity(5, 11);

    public Anonymity {
        if (open < 2 || sensitive < open) {
            throw new IllegalArgumentException(
                    "k is at least 2, and not smaller for sensitive categories: " + open + ", " + sensitive);
        }
    }

    /** Whether a class of so many cases may be released. */
    public boolean suffices(long cases, boolean anySensitive) {
        return cases >= (anySensitive ? sensitive : open);
    }
}
