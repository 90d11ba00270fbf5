package io.tanggap.app.run;

import io.tanggap.flink.metrics.MetricNames;
import java.util.Locale;
import java.util.Map;

/**
 * The counters of intake at the end of a run.
 *
 * @param counters sums by name, see {@link MetricNames}
 * @param restarts how often the job failed and was restarted; the sums then hold repeated work
 */
public record IntakeAccounts(Map<String, Long> counters, long restarts) {
    public IntakeAccounts {
        counters = Map.copyOf(counters);
    }

    /** How many events were written to case-events, copies included. */
    public long events() {
        return get(MetricNames.EVENTS_PUBLISHED);
    }

    private long get(String name) {
        return counters.getOrDefault(name, 0L);
    }

    /** Whether every record that was read is told, and every event written; meant for a run without a restart. */
    public boolean balance() {
        return get(MetricNames.CHANNEL_RECORDS_READ) == get(MetricNames.CHANNEL_RECORDS_TOLD)
                && get(MetricNames.EVENTS_ADMITTED) == get(MetricNames.EVENTS_PUBLISHED);
    }

    /** The accounts in a sentence. */
    public String describe() {
        return String.format(
                Locale.ROOT,
                "Intake      %,d records read = %,d told, with %,d events, %,d dead letters and %,d parts that tell"
                        + " nothing; %,d times a label that the reference does not list%s",
                get(MetricNames.CHANNEL_RECORDS_READ),
                get(MetricNames.CHANNEL_RECORDS_TOLD),
                get(MetricNames.EVENTS_PUBLISHED),
                get(MetricNames.DEAD_LETTERS_INTAKE),
                get(MetricNames.PARTS_SKIPPED),
                get(MetricNames.LABELS_UNLISTED),
                restarts == 0 ? "" : "; with repeated work of " + restarts + " restarts");
    }
}
