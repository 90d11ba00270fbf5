package io.tanggap.app.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a job keeps what it goes on from. */
final class CheckpointOptions {
    @Option(
            names = "--checkpoints",
            paramLabel = "DIR",
            description = "Where checkpoints are written (default: a directory tanggap-checkpoints here).")
    Path directory = Path.of("tanggap-checkpoints").toAbsolutePath();

    @Option(
            names = "--resume",
            description = "Live: go on from the last checkpoint under --checkpoints, as after a failure of the machine;"
                    + " without it, everything in Kafka is read again.")
    boolean resume;

    /** Makes the directory, and lets the log be written there. */
    void make() throws IOException {
        Files.createDirectories(directory);
        System.setProperty("tanggap.log", directory.resolve("tanggap.log").toString());
    }

    /** Finds the last checkpoint of a job in a directory. */
    interface Finder {
        Optional<Path> last(Path directory) throws IOException;
    }

    /** Where to go on from; null to begin without state. */
    @Nullable
    Path resumeFrom(Finder finder) throws IOException {
        if (!resume) {
            return null;
        }
        return finder.last(directory)
                .orElseThrow(
                        () -> UserError.failed(
                                "There is no checkpoint of a live run over this Kafka in " + directory
                                        + ": name the directory of the run that failed with --checkpoints, or leave out --resume."));
    }
}
