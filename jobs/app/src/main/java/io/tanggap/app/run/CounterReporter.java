package io.tanggap.app.run;

import io.tanggap.flink.metrics.MetricNames;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.apache.flink.metrics.reporter.MetricReporterFactory;
import org.jspecify.annotations.Nullable;

/**
 * Tanggap's own counters of the jobs in this process, summed over parallel instances. A counter that goes out of scope
 * keeps its last value, so the sums hold at the end of a job; a restarted task counts on.
 */
public final class CounterReporter implements MetricReporter {
    static final String NAME = "tanggap";

    private static final String RESTARTS = "numRestarts";

    private static final Map<Counter, String> COUNTERS = new ConcurrentHashMap<>();
    private static volatile @Nullable Gauge<?> restarts;

    /** Makes the reporter; named in the session's configuration. */
    public static final class Factory implements MetricReporterFactory {
        @Override
        public MetricReporter createMetricReporter(Properties properties) {
            return new CounterReporter();
        }
    }

    /** The counters' sums by name. */
    public static Map<String, Long> sums() {
        Map<String, Long> sums = new TreeMap<>();
        COUNTERS.forEach((counter, name) -> sums.merge(name, counter.getCount(), Long::sum));
        return sums;
    }

    /** How often the job that was started last has been restarted. */
    public static long restarts() {
        Gauge<?> gauge = restarts;
        return gauge != null && gauge.getValue() instanceof Number count ? count.longValue() : 0;
    }

    /** Forgets every counter: the next job counts from zero. */
    public static void reset() {
        COUNTERS.clear();
        restarts = null;
    }

    @Override
    public void notifyOfAddedMetric(Metric metric, String name, MetricGroup group) {
        boolean own = group.getMetricIdentifier(name).endsWith("." + MetricNames.GROUP + "." + name);
        if (own && metric instanceof Counter counter) {
            COUNTERS.put(counter, name);
        } else if (name.equals(RESTARTS) && metric instanceof Gauge<?> gauge) {
            restarts = gauge;
        }
    }

    @Override
    public void notifyOfRemovedMetric(Metric metric, String name, MetricGroup group) {}

    @Override
    public void open(MetricConfig config) {}

    @Override
    public void close() {}
}
