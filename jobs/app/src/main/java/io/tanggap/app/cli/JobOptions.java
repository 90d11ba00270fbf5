package io.tanggap.app.cli;

import io.tanggap.app.run.Execution;
import io.tanggap.app.run.FlinkSession;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How a job runs that has state: on which Flink, and from which state on. */
final class JobOptions {
    @Mixin
    private FlinkOptions flink = new FlinkOptions();

    @Mixin
    private StateBackendOption backend = new StateBackendOption();

    @Option(
            names = "--checkpoints",
            paramLabel = "DIR",
            description =
                    "Where Flink in this process writes checkpoints (default: a directory tanggap-checkpoints here).")
    private @Nullable Path directory;

    @Option(
            names = "--resume",
            description = "Live: go on from the last checkpoint under --checkpoints, as after a failure of the machine;"
                    + " without it, everything in Kafka is read again.")
    private boolean resume;

    @Option(
            names = "--from",
            paramLabel = "URI",
            description =
                    "Live: go on from this savepoint or checkpoint: a directory, or what a file system of the cluster knows.")
    private @Nullable String from;

    /** Finds the last checkpoint of a job in a directory. */
    interface Finder {
        Optional<Path> last(Path directory) throws IOException;
    }

    /** Where checkpoints of a job in this process are. */
    private Path checkpoints() {
        // Flink's server would look for files of a relative one elsewhere.
        return (directory == null ? Path.of("tanggap-checkpoints") : directory).toAbsolutePath();
    }

    /** Whether the user, or the Flink that has called this program, gives the job a state to go on from. */
    boolean goesOn() {
        return resume || from != null || flink.isGiven();
    }

    /** Whether the job runs in other processes. */
    boolean isElsewhere() {
        return flink.isElsewhere();
    }

    /** Whether Flink has called this program: then somebody else has installed what the job needs. */
    boolean isGiven() {
        return flink.isGiven();
    }

    /** Makes the directory of checkpoints, lets the log be written there, and starts or finds Flink. */
    FlinkSession session() throws Exception {
        if (flink.isElsewhere()) {
            if (directory != null || backend.isGiven() || resume) {
                throw new UserError(
                        "--checkpoints, --resume and --state-backend are for Flink in this process: a cluster has"
                                + " directory and backend in its configuration; go on with --from.");
            }
            return flink.session(Path.of(""));
        }
        Files.createDirectories(checkpoints());
        System.setProperty("tanggap.log", checkpoints().resolve("tanggap.log").toString());
        return flink.session(checkpoints());
    }

    /** See {@link FlinkOptions#say}. */
    void say(FlinkSession session, Terminal terminal) {
        flink.say(session, terminal);
    }

    /** What was asked for, of a job that has its checkpoints as often as it has them by itself. */
    Execution execution(Finder finder) throws IOException {
        return execution(finder, null);
    }

    /** @param interval from one checkpoint to the next; null: that of the job */
    Execution execution(Finder finder, @Nullable Duration interval) throws IOException {
        return new Execution(flink.parallelism(), backend.flinkName(), checkpoints(), interval, resumeFrom(finder));
    }

    /** Where to go on from; null to begin without state, or with what Flink gives. */
    private @Nullable URI resumeFrom(Finder finder) throws IOException {
        if (resume && from != null) {
            throw new UserError("--resume finds the last checkpoint, and --from names one: leave one of them out.");
        }
        if (from != null) {
            return Location.of("--from", from);
        }
        if (!resume) {
            return null;
        }
        return finder.last(checkpoints())
                .orElseThrow(
                        () -> UserError.failed(
                                "There is no checkpoint of a live run over this Kafka in " + checkpoints()
                                        + ": name the directory of the run that failed with --checkpoints, or leave out --resume."))
                .toUri();
    }
}
