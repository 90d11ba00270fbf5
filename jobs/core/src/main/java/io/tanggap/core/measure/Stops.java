package io.tanggap.core.measure;

import io.tanggap.core.problem.Problem;
import io.tanggap.core.problem.Stop;
import java.time.Duration;
import java.time.Instant;

/** Whether what was done about a problem lasted. */
public final class Stops {
    /** How long something must last to count as durable: 14 days of 24 hours. The window for reopening is at least as long. */
    public static final Duration DURABLE = Duration.ofDays(14);

    private Stops() {}

    /**
     * Whether, in the 14 days after an instant at which a cycle had ended, the case was taken up again or the problem
     * reported anew.
     *
     * @param from exclusive: the stop, or the closing that confirmed it
     */
    static boolean returned(Problem problem, Stop stop, Instant from) {
        Instant until = from.plus(DURABLE);
        Instant reopenedAt = stop.reopenedAt();
        return (reopenedAt != null && !reopenedAt.isAfter(until))
                || problem.waits().stream()
                        .map(wait -> wait.span().from())
                        .anyMatch(reported -> reported.isAfter(from) && !reported.isAfter(until));
    }
}
