package io.tanggap.core.sla;

import io.tanggap.core.reference.Allowance;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A verdict, and all that it rests on.
 *
 * @param known when it was judged: by what was known then it stands
 * @param pack id of the pack that was known then
 * @param allowance what the clock was allowed; null if no policy covers it
 * @param pace how it counts
 * @param budget what it may count; null if it was allowed nothing
 * @param deadline see {@link Clock#deadline}
 * @param reached see {@link Clock#reached}
 * @param provisional see {@link Clock#provisional}
 * @param at the instant that decides who is credited or charged: the stop, the first instant after a missed deadline, or
 *     while nothing is decided the as-of
 * @param changesAt the first as-of at which it would be another one; null if none
 */
public record Judgement(
        Run run,
        Instant known,
        String pack,
        @Nullable Allowance allowance,
        Pace pace,
        @Nullable Duration budget,
        @Nullable Instant deadline,
        Verdict verdict,
        List<Instant> reached,
        boolean provisional,
        Instant at,
        @Nullable Instant changesAt) {
    public Judgement {
        reached = List.copyOf(reached);
    }

    @Nullable
    String calendar() {
        return allowance == null ? null : allowance.calendar();
    }

    /** Whether it was judged, once and for all, before an instant. */
    boolean isFinalBefore(Instant instant) {
        boolean judged = run.stoppedAt() != null || verdict.isMissed();
        return judged && at.isBefore(instant);
    }

    /** The clock, with whoever answers for it. */
    public Clock clock(String charged) {
        Instant stop = run.stoppedAt();
        return new Clock(
                run.target(),
                run.cycle(),
                run.number(),
                allowance == null ? null : allowance.policy(),
                pack,
                calendar(),
                run.startedAt(),
                deadline,
                stop,
                run.stoppedAfter(),
                verdict,
                pace.pauses(),
                budget,
                stop == null || budget == null ? null : pace.counted(stop),
                reached,
                provisional,
                charged);
    }
}
