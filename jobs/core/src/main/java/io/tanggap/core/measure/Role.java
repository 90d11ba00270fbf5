package io.tanggap.core.measure;

/** In which capacity a unit appears in a row. Sums across roles mean nothing: every case is in each role once. */
public enum Role {
    /** The place of the problem, whoever works on it. */
    TERRITORY,
    /** Whoever had the case in hand, or answers for it. */
    HOLDER,
    /**
     * The channel that cases came by, or all of them ({@link Cell#ALL_CHANNELS}): how complete and how late its data are.
     * Nobody answers for anything here, so the rule says nothing; it is always {@link Rule#ORIGIN}.
     */
    CHANNEL
}
