package io.tanggap.app.run;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a job runs, whichever it is.
 *
 * @param parallelism 0: that of the cluster's configuration
 * @param backend {@code hashmap} or {@code rocksdb}
 * @param checkpoints where checkpoints are written; backend and directory are those of a job in this process
 * @param interval from one checkpoint to the next; null: that of the job
 * @param resumeFrom a checkpoint or savepoint whose state the job begins with; null begins with none, unless Flink gives it one
 */
public record Execution(
        int parallelism,
        String backend,
        Path checkpoints,
        @Nullable Duration interval,
        @Nullable URI resumeFrom) {
    /** Without state, and with checkpoints as often as the job has them by itself. */
    public Execution(int parallelism, String backend, Path checkpoints) {
        this(parallelism, backend, checkpoints, null, null);
    }

    /** From one checkpoint to the next, of a job that has an interval of its own. */
    Duration intervalOr(Duration own) {
        return interval == null ? own : interval;
    }
}
