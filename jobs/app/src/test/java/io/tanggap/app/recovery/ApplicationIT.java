package io.tanggap.app.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tanggap.app.deployment.Deployment;
import io.tanggap.app.fixture.Documents;
import io.tanggap.app.fixture.JobRun;
import io.tanggap.app.run.KafkaEndpoints;
import io.tanggap.core.alert.Alert;
import io.tanggap.core.complaint.CaseEvent;
import io.tanggap.elasticsearch.Indices;
import io.tanggap.flink.io.EventPublisher;
import io.tanggap.flink.io.Topics;
import io.tanggap.flink.operator.Timing;
import io.tanggap.simulation.SeededCity;
import io.tanggap.testkit.EmbeddedServers;
import io.tanggap.testkit.Seeds;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.JobID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The live job as the manifests for Kubernetes deploy it, by their arguments and their settings: an application of its own, with its state
 * and its jar in object storage. What the operator does is done by hand, and ZooKeeper stands for Kubernetes where JobManagers look for
 * what they are to go on with.
 */
@ExtendWith(EmbeddedServers.class)
class ApplicationIT {
    private static final int CASES = 60;
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration LOOK = Duration.ofSeconds(1);

    /** Ahead of the clock, so that nothing catches up. */
    private static final YearMonth MONTH = YearMonth.of(2099, 11);

    private static final List<Instant> PARTS = List.of(
            Instant.parse("2099-11-10T17:30:00Z"),
            Instant.parse("2099-11-20T17:30:00Z"),
            Instant.parse("2099-12-04T20:30:00Z"));

    /** Of the job that nothing disturbs, so that a flush takes all that a heartbeat changes; what is shown in the end is the same. */
    private static final Timing TIMING =
            new Timing(null, null, Duration.ofSeconds(4), Duration.ZERO, Duration.ofMinutes(15), Duration.ofDays(90));

    /** What the operator sets where the manifest does not. */
    private static final Map<String, String> OPERATOR = Map.of(
            "web.cancel.enable", "false",
            "execution.shutdown-on-application-finish", "false",
            "execution.submit-failed-job-on-application-error", "true",
            "job-result-store.delete-on-commit", "false",
            "job-result-store.storage-path", "s3://tanggap/ha/results");

    @TempDir
    private Path directory;

    private final SeededCity city = SeededCity.ofSize(3, 2);
    private final List<CaseEvent> events = new ArrayList<>();
    private JobRun run;

    @Test
    void anApplicationWithItsStateInObjectStorageSurvivesItsProcessesAndAnUpgrade(EmbeddedServers servers)
            throws Exception {
        city.generate(Seeds.seed(), CASES, MONTH, events::add);
        try (JobRun started = JobRun.start(servers, directory.resolve("flink"));
                ObjectStorage storage = ObjectStorage.start(directory.resolve("storage"), "tanggap");
                HighAvailability zookeeper = HighAvailability.start(directory.resolve("zookeeper"))) {
            run = started;
            run.publish(city.referencePack());
            RunningJob job = RunningJob.start(
                    run.flink()
                            .environment(
                                    JobRun.PARALLELISM,
                                    "hashmap",
                                    directory.resolve("checkpoints"),
                                    Duration.ofSeconds(1)),
                    new KafkaEndpoints(
                            run.bootstrap(), run.elasticsearch(), true, Indices.Generation.CURRENT, JobRun.ALERTS),
                    TIMING);
            // A case that comes before the pack is judged by the next heartbeat, which may not come.
            new FlinkRest(run.flink().address()).awaitStarted(job.id());
            for (int part = 0; part < PARTS.size(); part++) {
                publish(part);
            }
            run.awaitQuiet(TIMING, run.size(Topics.CASE_EVENTS));
            Documents undisturbed = run.documents().shown();
            job.cancel();
            List<String> alerts = alertIds(JobRun.ALERTS);
            assertThat(alerts).isNotEmpty();
            run.forgetTopics();
            run.forgetDocuments();
            String topic = Topics.createAlerts(run.bootstrap(), true, Instant.now(), JobRun.PARTITIONS);

            run.publish(city.referencePack());
            JobID first = new JobID();
            String savepoint;
            try (StandaloneCluster cluster = start("first", settings(storage, zookeeper, first))) {
                Process worker = cluster.startWorker();
                cluster.awaitRunning("responsiveness");
                cluster.rest().awaitStarted(first);
                publish(0);
                awaitCases(0);

                StandaloneCluster.kill(worker);
                cluster.startWorker();
                await("the same job, from its last checkpoint")
                        .atMost(PATIENCE)
                        .until(() -> cluster.rest().restorations(first) == 1);
                StandaloneCluster.kill(cluster.jobManager());
                servers.kafka().close();
                try {
                    Process helpless = cluster.startJobManager();
                    await("the end of a JobManager that finds no Kafka, so that it is started again")
                            .atMost(PATIENCE)
                            .until(() -> !helpless.isAlive());
                } finally {
                    servers.kafka().restart();
                }
                cluster.startJobManager();
                publish(1);
                awaitCases(1);
                savepoint = cluster.rest().stopWithSavepoint(first);
                assertThat(savepoint).startsWith("s3://tanggap/savepoints/");
            }

            Map<String, String> upgraded = settings(storage, zookeeper, new JobID());
            upgraded.put("execution.savepoint.path", savepoint);
            try (StandaloneCluster cluster = start("upgraded", upgraded)) {
                cluster.startWorker();
                publish(2);
                await().atMost(PATIENCE)
                        .pollInterval(LOOK)
                        .untilAsserted(() -> run.documents().shown().assertSameAs(undisturbed));
            }
            assertThat(alertIds(topic)).as("every alert, exactly once").containsExactlyInAnyOrderElementsOf(alerts);
        }
    }

    /** What the operator makes of the manifests, for a job of an id. */
    private Map<String, String> settings(ObjectStorage storage, HighAvailability zookeeper, JobID job)
            throws Exception {
        Map<String, String> settings = new HashMap<>(OPERATOR);
        settings.putAll(zookeeper.settings());
        Deployment.map(Deployment.specification("flink.yaml").get("flinkConfiguration"))
                .forEach((key, value) -> settings.put(key, value.toString()));
        settings.put("high-availability.type", "zookeeper");
        settings.put("s3.endpoint", storage.address());
        settings.put("parallelism.default", Integer.toString(JobRun.PARALLELISM));
        settings.put("$internal.pipeline.job-id", job.toHexString());
        return settings;
    }

    private static Map<String, Object> job() throws Exception {
        return Deployment.map(Deployment.specification("run.yaml").get("job"));
    }

    private StandaloneCluster start(String name, Map<String, String> settings) throws Exception {
        List<String> arguments = new ArrayList<>();
        ((List<?>) job().get("args")).forEach(argument -> arguments.add(argument.toString()));
        arguments.set(arguments.indexOf("--bootstrap-servers") + 1, run.bootstrap());
        arguments.set(arguments.indexOf("--elasticsearch") + 1, run.elasticsearch());
        return StandaloneCluster.startApplication(
                directory.resolve(name),
                new StandaloneCluster.Surroundings(
                        StandaloneCluster.Surroundings.flinkClassPath(), ObjectStorage.environment(), settings),
                job().get("entryClass").toString(),
                arguments);
    }

    /** Part of the month, and that it is told up to its end. */
    private void publish(int part) {
        try (EventPublisher publisher = new EventPublisher(run.bootstrap())) {
            for (CaseEvent event : events) {
                boolean before = event.occurredAt().isBefore(PARTS.get(part));
                boolean earlier = part > 0 && event.occurredAt().isBefore(PARTS.get(part - 1));
                if (before && !earlier) {
                    publisher.publish(event);
                }
            }
            publisher.heartbeat(PARTS.get(part));
        }
    }

    /** Returns when every case is there that a part of the month, or one before, tells of. */
    private void awaitCases(int part) {
        long cases = events.stream()
                .filter(event -> event.occurredAt().isBefore(PARTS.get(part)))
                .map(CaseEvent::caseId)
                .distinct()
                .count();
        await("cases").atMost(PATIENCE).pollInterval(LOOK).until(() -> {
            run.queries().refresh(Indices.Kind.CASES.alias());
            return run.queries().count(Indices.Kind.CASES.alias()) == cases;
        });
    }

    private List<String> alertIds(String topic) throws Exception {
        return run.alerts(topic).stream().map(Alert::id).toList();
    }
}
