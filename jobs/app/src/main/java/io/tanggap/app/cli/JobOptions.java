package io.tanggap.app.cli;

import java.util.Locale;
import picocli.CommandLine.Option;

/** How a job runs on Flink in this process. */
final class JobOptions {
    private enum Backend {
        HASHMAP,
        ROCKSDB
    }

    @Option(
            names = "--parallelism",
            paramLabel = "N",
            description = "Parallel instances of the job (default: the number of processors, at most 8).")
    int parallelism = Math.min(8, Runtime.getRuntime().availableProcessors());

    @Option(
            names = "--state-backend",
            paramLabel = "B",
            defaultValue = "hashmap",
            description = "hashmap (in memory) or rocksdb (on disk, for more than memory holds);"
                    + " default: ${DEFAULT-VALUE}.")
    private Backend stateBackend = Backend.HASHMAP;

    @Option(
            names = "--flink-port",
            paramLabel = "PORT",
            defaultValue = "0",
            description = "Port of Flink's web pages (default: a free one).")
    int flinkPort;

    /** The backend by Flink's name. */
    String stateBackend() {
        return stateBackend.name().toLowerCase(Locale.ROOT);
    }
}
