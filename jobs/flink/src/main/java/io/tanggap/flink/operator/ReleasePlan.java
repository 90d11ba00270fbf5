package io.tanggap.flink.operator;

import static java.util.Objects.requireNonNull;

import io.tanggap.core.lifecycle.CaseView;
import io.tanggap.core.release.Anonymity;
import io.tanggap.core.release.Ladder;
import io.tanggap.core.release.Published;
import io.tanggap.release.Format;
import java.io.Serializable;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a release is to hold.
 *
 * @param asOf exclusive: an event counts if it occurred before
 * @param from the first day of submissions, of the city; null is since ever
 * @param to the first day after; null is to the as-of
 * @param territory cases of this unit and of those below it alone; null is all
 * @param categories cases of these categories alone; empty is all
 * @param anonymity how many cases share their quasi-identifiers
 * @param texts whether the words of reporters are released
 * @param deepest how many territorial levels the city has below it, see {@link Published#deepest}
 * @param directory where the parts are written; every worker must reach it
 */
public record ReleasePlan(
        Instant asOf,
        @Nullable LocalDate from,
        @Nullable LocalDate to,
        @Nullable String territory,
        Set<String> categories,
        Anonymity anonymity,
        Ladder ladder,
        Set<Format> formats,
        boolean texts,
        int deepest,
        String directory)
        implements Serializable {
    public ReleasePlan {
        requireNonNull(asOf, "asOf");
        requireNonNull(anonymity, "anonymity");
        // Of sets only those of the platform are serializable by promise.
        categories = new TreeSet<>(categories);
        formats = new TreeSet<>(formats);
    }

    /** Whether a case is asked for. */
    boolean asksFor(CaseView view, Published words) {
        LocalDate day = LocalDate.ofEpochDay(view.dayOf(view.submittedAt()));
        return (from == null || !day.isBefore(from))
                && (to == null || day.isBefore(to))
                && (territory == null || words.isIn(view.territory(), territory))
                && (categories.isEmpty() || categories.contains(words.category(view.category())));
    }
}
