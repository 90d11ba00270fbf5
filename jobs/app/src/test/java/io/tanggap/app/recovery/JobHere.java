package io.tanggap.app.recovery;

import io.tanggap.app.cli.JobMain;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The main of the jar of the jobs in one process with its workers, which keeps checkpoints in files, as a cluster does. */
@SuppressWarnings("try") // Nobody opens one of it.
public final class JobHere extends StreamExecutionEnvironment {
    private JobHere() {}

    /** @param arguments those of {@link JobMain} */
    public static void main(String[] arguments) throws Exception {
        Path checkpoints = Files.createTempDirectory("checkpoints");
        initializeContextEnvironment(configuration -> {
            Configuration here = new Configuration(configuration);
            here.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
            here.set(
                    CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                    checkpoints.toUri().toString());
            here.set(DeploymentOptions.TARGET, "local");
            here.set(DeploymentOptions.ATTACHED, true);
            return new StreamExecutionEnvironment(here);
        });
        JobMain.main(arguments);
    }
}
