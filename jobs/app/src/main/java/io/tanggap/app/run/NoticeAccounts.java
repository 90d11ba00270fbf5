package io.tanggap.app.run;

import io.tanggap.flink.metrics.MetricNames;
import java.util.Locale;
import java.util.Map;

/**
 * The counters of notification at the end of a run.
 *
 * @param counters sums by name, see {@link MetricNames}
 * @param restarts how often the job failed and was restarted; the sums then hold repeated work
 */
public record NoticeAccounts(Map<String, Long> counters, long restarts) {
    public NoticeAccounts {
        counters = Map.copyOf(counters);
    }

    private long get(String name) {
        return counters.getOrDefault(name, 0L);
    }

    /** The accounts in a sentence. What is on its way stays in the state, and goes on with {@code --resume}. */
    public String describe() {
        return String.format(
                Locale.ROOT,
                "Messages    %,d made of %,d alerts: %,d delivered, %,d given up, the rest on their way; %,d attempts"
                        + " that are followed by another%s",
                get(MetricNames.NOTICES_MADE),
                get(MetricNames.ALERTS_HEARD),
                get(MetricNames.NOTICES_DELIVERED),
                get(MetricNames.NOTICES_UNDELIVERED),
                get(MetricNames.DELIVERIES_RETRIED),
                restarts == 0 ? "" : "; with repeated work of " + restarts + " restarts");
    }
}
