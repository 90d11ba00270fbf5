package io.tanggap.flink.document;

import java.io.Serializable;

/**
 * The wall clock, as an argument. Only document versions and provenance are read off it; no figure is.
 */
@FunctionalInterface
public interface EmissionClock extends Serializable {
    /** Microseconds since the epoch. */
    long micros();

    /**
     * The version of the next emission of a key whose last version was {@code last}: never lower than the clock, so that a
     * job restored from an old state still overtakes what was written after that state was taken.
     */
    default long nextVersion(long last) {
        return Math.max(last, micros()) + 1;
    }
}
