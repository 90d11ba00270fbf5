package io.tanggap.app.cli;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How often a live job makes checkpoints. */
final class CheckpointOption {
    /** Chosen: half of what {@code tanggap doctor} calls late, and what a desk can wait. */
    private static final int LONGEST_SECONDS = 30;

    @Option(
            names = "--checkpoint-interval",
            paramLabel = "SECONDS",
            description = "Live: begin a checkpoint every so many seconds, 1 to " + LONGEST_SECONDS
                    + " (default: 1). What the job shows and tells waits for the next one, and each costs some dozens of files"
                    + " or objects where checkpoints are written.")
    private @Nullable Integer seconds;

    /**
     * What was asked for; null for nothing.
     *
     * @param live whether the job is one
     */
    @Nullable
    Duration interval(boolean live) {
        if (seconds == null) {
            return null;
        }
        if (!live) {
            throw new UserError(
                    "--checkpoint-interval is for live jobs: one that ends shows what it finds at its end.");
        }
        if (seconds < 1 || seconds > LONGEST_SECONDS) {
            throw new UserError("--checkpoint-interval " + seconds + ": give 1 to " + LONGEST_SECONDS + " seconds.");
        }
        return Duration.ofSeconds(seconds);
    }
}
