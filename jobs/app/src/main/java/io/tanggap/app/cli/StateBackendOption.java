package io.tanggap.app.cli;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where Flink in this process keeps the state of a job. */
final class StateBackendOption {
    private enum Backend {
        HASHMAP,
        ROCKSDB
    }

    @Option(
            names = "--state-backend",
            paramLabel = "B",
            description =
                    "hashmap (in memory, and every checkpoint writes all of it) or rocksdb (on disk, for more than memory"
                            + " holds, and for live jobs that go on for long); default: hashmap.")
    private @Nullable Backend asked;

    boolean isGiven() {
        return asked != null;
    }

    /** The backend by Flink's name. */
    String flinkName() {
        return (asked == null ? Backend.HASHMAP : asked).name().toLowerCase(Locale.ROOT);
    }
}
