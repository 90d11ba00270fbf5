package io.tanggap.core.lifecycle;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A verdict was contested. What was computed stays as it is; it is shown beside what was decided.
 *
 * @param target name of the target, as the source says it
 * @param cycle number of the cycle, from 1
 * @param by the unit that contests; null where the source does not say
 * @param contestedAt null where only a decision came
 * @param decidedAt null while nobody decided
 * @param upheld whether the verdict stands; null while nobody decided
 * @param citation the number of the decision; null while nobody decided
 */
public record Contest(
        String target,
        int cycle,
        @Nullable String by,
        @Nullable Instant contestedAt,
        @Nullable Instant decidedAt,
        @Nullable Boolean upheld,
        @Nullable String citation) {}
