package io.tanggap.flink.state;

import static java.util.Objects.requireNonNull;

import io.tanggap.core.evidence.Exhibit;
import io.tanggap.core.measure.Tally;
import java.util.Map;

/**
 * What is remembered of a case that handed in a piece of evidence.
 *
 * @param packs how many packs it was counted under; 0 before it was
 * @param contributed by cell id
 */
public record ExhibitMemo(Exhibit exhibit, int packs, Map<String, Tally> contributed) {
    public ExhibitMemo {
        requireNonNull(exhibit, "exhibit");
        contributed = Map.copyOf(contributed);
    }

    /** Of what is not counted yet. */
    public static ExhibitMemo uncounted(Exhibit exhibit) {
        return new ExhibitMemo(exhibit, 0, Map.of());
    }
}
