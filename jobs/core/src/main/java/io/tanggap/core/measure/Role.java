package io.tanggap.core.measure;

/** In which capacity a unit appears in a row. Sums across roles mean nothing: every case is in each role once. */
public enum Role {
    /** The place of the problem, whoever works on it. */
    TERRITORY,
    /** Whoever had the case in hand, or answers for it. */
    HOLDER
}
