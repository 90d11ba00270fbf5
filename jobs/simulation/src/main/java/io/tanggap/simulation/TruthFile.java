package io.tanggap.simulation;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Ground truth as NDJSON: one line for a case, in the order of their ids. Instants are UTC. */
public final class TruthFile {
    private TruthFile() {}

    /** Writes to {@code out}, which stays open. */
    public static void write(Collection<Truth> truths, OutputStream out) throws IOException {
        List<Truth> sorted =
                truths.stream().sorted(Comparator.comparing(Truth::caseId)).toList();
        for (Truth truth : sorted) {
            out.write(line(truth).bytes());
            out.write('\n');
        }
    }

    private static JsonObject line(Truth truth) {
        Truth.Cycle last = truth.cycle();
        return new JsonObject()
                .with("case_id", truth.caseId())
                .with("knowable", truth.knowable())
                .with("submitted_at", truth.submittedAt())
                .withNullable("category", truth.category())
                .withNullable("territory", truth.territory())
                .with("place", truth.place())
                .with("first_holder", truth.firstHolder())
                .with("holder", truth.holder())
                .with("charged", truth.charged())
                .withNullable("offered_to", truth.offeredTo())
                .with("path", truth.path())
                .with("handovers", truth.handovers())
                .withNullable("first_response_at", truth.firstResponseAt())
                .withNullable("rating", truth.rating())
                .withNullable("duplicate_of", truth.duplicateOf())
                .withNullable("merged_into", truth.mergedInto())
                .with("linked", truth.linked())
                .with("open", truth.isOpen())
                .withNullable("outcome", last.outcome())
                .withNullable("closed_at", last.closedAt())
                .withNullable("claimed_at", last.claimedAt())
                .with("reopenings", truth.reopenings())
                .with("cycles", truth.cycles().stream().map(TruthFile::cycle).toList());
    }

    private static JsonObject cycle(Truth.Cycle cycle) {
        return new JsonObject()
                .with("started_at", cycle.startedAt())
                .withNullable("deadline", cycle.deadline())
                .withNullable("claimed_at", cycle.claimedAt())
                .withNullable("closed_at", cycle.closedAt())
                .withNullable("outcome", cycle.outcome())
                .with("verdict", cycle.verdict())
                .with("charged", cycle.charged());
    }
}
