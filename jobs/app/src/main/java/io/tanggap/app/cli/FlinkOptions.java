package io.tanggap.app.cli;

import io.tanggap.app.run.FlinkSession;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The Flink that runs a job. */
final class FlinkOptions {
    /** What {@link JobMain} says. */
    static final String GIVEN = "given";

    @Mixin
    private LocalFlink here = new LocalFlink();

    @Option(
            names = "--flink",
            paramLabel = "HOST:PORT",
            description =
                    "The REST server of a Flink cluster that is to run the job: a live one is started there and left alone. Files and"
                            + " directories that are named lie at the same paths on its machines. Default: Flink in this process.")
    private @Nullable String cluster;

    /** 0: that of the cluster's configuration. */
    int parallelism() {
        return isGiven() ? here.asked() : here.parallelism();
    }

    /** Whether Flink has called this program. */
    boolean isGiven() {
        return GIVEN.equals(cluster);
    }

    /** Whether the job runs in other processes. */
    boolean isElsewhere() {
        return cluster != null;
    }

    /** @param work where Flink in this process keeps its working files */
    FlinkSession session(Path work) throws Exception {
        if (isGiven()) {
            return FlinkSession.given();
        }
        if (cluster == null) {
            return here.start(work);
        }
        Path jar = Path.of(System.getProperty("tanggap.job.jar", "")).toAbsolutePath();
        if (!Files.isRegularFile(jar)) {
            throw UserError.failed("There is no jar of the jobs at " + jar
                    + ": the system property tanggap.job.jar must name jobs/app/target/tanggap-job.jar.");
        }
        try {
            return FlinkSession.at(cluster, jar);
        } catch (IllegalArgumentException e) {
            throw new UserError("--flink " + e.getMessage() + ": name the REST server of a cluster.");
        }
    }

    /** Says where the job can be watched. */
    void say(FlinkSession session, Terminal terminal) {
        if (!isGiven()) {
            terminal.say("Flink       " + session.address());
        }
    }
}
