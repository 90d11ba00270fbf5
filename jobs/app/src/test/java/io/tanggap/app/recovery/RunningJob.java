package io.tanggap.app.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tanggap.app.job.Endpoints;
import io.tanggap.app.job.ResponsivenessJob;
import io.tanggap.app.run.CounterReporter;
import io.tanggap.app.run.FlinkSession;
import io.tanggap.app.run.SystemEmissionClock;
import io.tanggap.flink.operator.Timing;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.awaitility.core.ConditionFactory;

/** The job while it runs, on whatever cluster, in the hands of a test. */
final class RunningJob {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final JobClient client;

    private RunningJob(JobClient client) {
        this.client = client;
    }

    /** Starts the job with empty state; its counters begin at zero. */
    static RunningJob start(StreamExecutionEnvironment environment, Endpoints endpoints, Timing timing)
            throws Exception {
        CounterReporter.reset();
        ResponsivenessJob.define(environment, endpoints, timing, new SystemEmissionClock());
        return new RunningJob(environment.executeAsync("responsiveness"));
    }

    /** Starts the job with the state of a savepoint; its counters begin at zero. */
    static RunningJob restore(
            String savepoint, StreamExecutionEnvironment environment, Endpoints endpoints, Timing timing)
            throws Exception {
        FlinkSession.resume(environment, URI.create(savepoint));
        return start(environment, endpoints, timing);
    }

    /** Starts the job that an environment has. */
    static RunningJob of(StreamExecutionEnvironment environment) throws Exception {
        return new RunningJob(environment.executeAsync());
    }

    /** Starts the job that an environment has with the state of a savepoint. */
    static RunningJob restored(String savepoint, StreamExecutionEnvironment environment) throws Exception {
        FlinkSession.resume(environment, URI.create(savepoint));
        return of(environment);
    }

    /** The same, of a job that is over, instead of restarted, when it cannot go on from there. */
    static RunningJob restoredOnce(String savepoint, StreamExecutionEnvironment environment) throws Exception {
        Configuration once = new Configuration();
        once.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        environment.configure(once);
        return restored(savepoint, environment);
    }

    /** Waits for something that the job is to do; fails when the job is over. */
    ConditionFactory awaiting(String what) {
        return await(what).atMost(PATIENCE).failFast("the job is over", () -> status().isGloballyTerminalState());
    }

    JobID id() {
        return client.getJobID();
    }

    JobStatus status() throws Exception {
        return client.getJobStatus().get();
    }

    /** Takes a savepoint while the job goes on, and returns where it lies. */
    String savepoint(Path directory) throws Exception {
        return client.triggerSavepoint(directory.toUri().toString(), SavepointFormatType.CANONICAL)
                .get();
    }

    /** Stops the job at a savepoint, as for an upgrade, and returns where that lies. */
    String stopWithSavepoint(Path directory) throws Exception {
        return stop(directory, false);
    }

    /** Ends the input: everything on its way comes through, and the job is over. */
    void drain(Path directory) throws Exception {
        stop(directory, true);
    }

    private String stop(Path directory, boolean endInput) throws Exception {
        String savepoint = client.stopWithSavepoint(
                        endInput, directory.toUri().toString(), SavepointFormatType.CANONICAL)
                .get();
        awaitFinished();
        return savepoint;
    }

    void cancel() throws Exception {
        client.cancel().get();
        await().atMost(PATIENCE).until(() -> status().isGloballyTerminalState());
        assertThat(status()).isEqualTo(JobStatus.CANCELED);
    }

    /** Returns when the job has come to its end; fails when it ended otherwise. */
    void awaitFinished() throws Exception {
        await().atMost(PATIENCE).until(() -> status().isGloballyTerminalState());
        assertThat(status()).isEqualTo(JobStatus.FINISHED);
    }

    /** For the end of a test, however it ended. */
    void cancelIfRunning() throws Exception {
        if (!status().isGloballyTerminalState()) {
            cancel();
        }
    }
}
