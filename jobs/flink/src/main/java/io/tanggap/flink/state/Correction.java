package io.tanggap.flink.state;

import static java.util.Objects.requireNonNull;

import io.tanggap.core.measure.Tally;

/**
 * What is known better about one day of a slice since its rows were written.
 *
 * @param change what to add
 * @param causes by what
 */
public record Correction(Tally change, Causes causes) {
    public Correction {
        requireNonNull(change, "change");
        requireNonNull(causes, "causes");
    }

    /** Both of them. */
    public Correction and(Correction more) {
        return new Correction(change.plus(more.change), causes.and(more.causes));
    }
}
