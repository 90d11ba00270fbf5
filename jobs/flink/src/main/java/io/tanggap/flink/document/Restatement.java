package io.tanggap.flink.document;

import static java.util.Objects.requireNonNull;

import io.tanggap.core.measure.Restated;
import io.tanggap.flink.state.Causes;
import java.time.Instant;
import java.util.List;

/**
 * That figures of a published row have become others.
 *
 * @param revision the number of this restatement among those of the row, from 1
 * @param publishedAt when the row's window was final: from then on what stood there was published
 * @param figures those that differ, at least one
 * @param causes what is known better; none if the figures were only settled late, by a job that caught up
 */
public record Restatement(long revision, Instant publishedAt, List<Restated> figures, Causes causes) {
    public Restatement {
        requireNonNull(publishedAt, "publishedAt");
        requireNonNull(causes, "causes");
        figures = List.copyOf(figures);
        if (revision < 1 || figures.isEmpty()) {
            throw new IllegalArgumentException("restatement " + revision + " of " + figures.size()
                    + " figures: they count from 1 and change something");
        }
    }
}
