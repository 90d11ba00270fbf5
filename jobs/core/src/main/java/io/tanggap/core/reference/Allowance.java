package io.tanggap.core.reference;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long a clock may take, by a line of policy.
 *
 * @param policy id of the line
 * @param within see {@link Policy#within}
 * @param inDays see {@link Policy#inDays}
 * @param calendar id of the calendar that it counts by; null is calendar time
 */
public record Allowance(
        String policy,
        Duration within,
        boolean inDays,
        @Nullable String calendar) {
    public Allowance {
        requireNonNull(policy, "policy");
        requireNonNull(within, "within");
    }
}
