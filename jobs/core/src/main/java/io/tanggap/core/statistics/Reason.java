package io.tanggap.core.statistics;

/** Why something is not said. */
public enum Reason {
    /** Fewer than {@value Proportion#LEAST_TRIALS} trials: a share of so few is neither ranked nor compared. */
    N_BELOW_30,
    /** The interval of a difference covers zero: the counts allow either direction. */
    COVERS_ZERO,
    /** Fewer than {@value Proportion#LEAST_TRIALS} cases of peers even in the coarsest stratum: nothing to compare with. */
    PEERS_BELOW_30,
    /** By its peers' shares a unit should have nothing, so no ratio to that exists. */
    NOTHING_EXPECTED,
    /** By its peers' shares every case of a unit should have it, so that any other number would be infinitely unlikely. */
    EVERYTHING_EXPECTED
}
