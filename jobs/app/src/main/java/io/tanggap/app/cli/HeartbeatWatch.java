package io.tanggap.app.cli;

import io.tanggap.app.run.CounterReporter;
import io.tanggap.app.run.Engine;
import io.tanggap.flink.metrics.MetricNames;
import java.time.Duration;

/** The progress of a live job, and once a complaint if it has read no heartbeat, for then its as-of stands still. */
final class HeartbeatWatch implements Engine.Progress {
    /** Chosen: a job needs a few seconds until it reads, and an intake beats every few seconds at most. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final Terminal terminal;
    private final long started = System.nanoTime();
    private boolean looked;

    HeartbeatWatch(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void show(String what, double share, String detail) {
        if (!looked && System.nanoTime() - started > PATIENCE.toNanos()) {
            looked = true;
            if (CounterReporter.sums().getOrDefault(MetricNames.HEARTBEATS_READ, 0L) == 0) {
                terminal.complain(
                        "no heartbeat yet: the as-of stands still, and nothing is judged until an intake writes"
                                + " heartbeats to the topic; --heartbeats writes them, for trials.");
            }
        }
        terminal.progress(what, share, detail);
    }
}
