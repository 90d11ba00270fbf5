package io.tanggap.core.reference;

import static java.util.Objects.requireNonNull;

import io.tanggap.core.reference.Policy.Target;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A reason for which a clock may stand still. A wait for any other reason stops nothing.
 *
 * @param reason as events say it, for example {@code CITIZEN_INFO}; {@link #UNSTATED} for waits of sources that say none
 * @param target whose clocks stand still; null is every target but {@link Target#FIRST_RESPONSE} and
 *     {@link Target#ACCEPTANCE}, for which nobody needs to be waited for
 * @param cap the most that waits for this reason may stop one clock, all together, in calendar time; then it runs again
 * @param validity the days on which a wait may start
 */
public record PauseRule(String reason, @Nullable Target target, Duration cap, Validity validity) {
    /** The reason of a wait of which the source says none. */
    public static final String UNSTATED = "UNSTATED";

    public PauseRule {
        requireNonNull(reason, "reason");
        requireNonNull(validity, "validity");
        if (cap.isNegative() || cap.isZero()) {
            throw new IllegalArgumentException("pause " + reason + ": the cap must be longer than zero, is " + cap);
        }
    }

    /** Whether clocks of a target may stand still by this line. */
    public boolean stops(Target clock) {
        return target == null ? clock != Target.FIRST_RESPONSE && clock != Target.ACCEPTANCE : target == clock;
    }
}
