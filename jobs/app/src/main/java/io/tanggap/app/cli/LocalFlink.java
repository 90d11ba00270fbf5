package io.tanggap.app.cli;

import io.tanggap.app.run.FlinkSession;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Flink in this process. */
final class LocalFlink {
    @Option(
            names = "--parallelism",
            paramLabel = "N",
            description =
                    "Parallel instances of the job, each of which takes a slot (default: the number of processors of this machine, at"
                            + " most 8).")
    private int parallelism;

    @Option(
            names = "--flink-port",
            paramLabel = "PORT",
            defaultValue = "0",
            description = "Port of the web pages of Flink in this process (default: a free one).")
    private int port;

    /** What was asked for; 0: nothing. */
    int asked() {
        return parallelism;
    }

    int parallelism() {
        return parallelism > 0 ? parallelism : Math.min(8, Runtime.getRuntime().availableProcessors());
    }

    /** @param work where Flink keeps its working files */
    FlinkSession start(Path work) throws Exception {
        return FlinkSession.start(port, parallelism(), work);
    }
}
