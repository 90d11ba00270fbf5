package io.tanggap.app.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.tanggap.app.cli.Tanggap;
import io.tanggap.app.fixture.Documents;
import io.tanggap.app.fixture.JobRun;
import io.tanggap.core.complaint.CaseEvent;
import io.tanggap.elasticsearch.Indices;
import io.tanggap.elasticsearch.Indices.Kind;
import io.tanggap.simulation.SeededCity;
import io.tanggap.testkit.EmbeddedServers;
import io.tanggap.testkit.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.client.cli.CliFrontend;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The jar of the jobs on a cluster of processes that know nothing of Tanggap, between servers that ask who comes: a replay whose
 * JobManager and whose worker are killed, and live jobs of which one replaces another.
 */
@ExtendWith(EmbeddedServers.class)
class ClusterIT {
    private static final int CASES = 800;
    private static final long LOOK_NANOS = 20_000_000;
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    /** What expressions of the runbook ask for; T stands for our own, as it says there. */
    private static final Pattern METRIC = Pattern.compile("\\b(?:flink_|T_)\\w+");

    private static final String TANGGAP = "flink_taskmanager_job_task_operator_tanggap_";

    @TempDir
    private Path directory;

    private SecuredServers secured;
    private Launcher launcher;

    @Test
    void jobsSurviveTheirProcessesAndReplaceEachOther(EmbeddedServers servers) throws Exception {
        long seed = Seeds.seed();
        YearMonth month = YearMonth.now(ZoneOffset.UTC).minusMonths(1);
        Instant asOf = Instant.now().truncatedTo(ChronoUnit.HOURS);
        try (JobRun run = JobRun.start(servers, directory.resolve("undisturbed"));
                SecuredServers started = SecuredServers.start(directory.resolve("secured"), run.elasticsearch());
                Launcher launching = new Launcher(Files.createDirectories(directory.resolve("commands")));
                HighAvailability zookeeper = HighAvailability.start(directory.resolve("zookeeper"));
                StandaloneCluster cluster = StandaloneCluster.start(
                        directory.resolve("cluster"),
                        new StandaloneCluster.Surroundings(
                                StandaloneCluster.Surroundings.flinkClassPath(),
                                started.environment(false),
                                zookeeper.settings()))) {
            secured = started;
            launcher = launching;
            List<CaseEvent> events = new ArrayList<>();
            SeededCity city = SeededCity.jakarta();
            city.generate(seed, CASES, month, events::add);
            run.feed(city.referencePack(), events);
            run.replay(asOf);
            Documents undisturbed = run.documents();
            assertThat(undisturbed.of(Kind.CASES)).hasSize(CASES);
            run.forgetDocuments();

            launcher.succeed(tanggap("install", "--partitions", "4", "--elasticsearch", secured.elasticsearch()));
            launcher.succeed(launcher.launch(
                    secured.environment(true),
                    StandaloneCluster.Surroundings.testClassPath(),
                    SecuredFeed.class,
                    List.of(secured.kafka(), Long.toString(seed), Integer.toString(CASES), month.toString())));
            Process worker = cluster.startWorker();
            cluster.startWorker();
            cluster.awaitSlots(4);

            secured.takeNoMoreThan(3);
            Process replay = tanggap(
                    "run",
                    "--mode",
                    "replay",
                    "--as-of",
                    asOf.toString(),
                    "--parallelism",
                    "2",
                    "--elasticsearch",
                    secured.elasticsearch(),
                    "--flink",
                    cluster.address());
            await("some documents")
                    .atMost(PATIENCE)
                    .failFast("the command has ended", () -> launcher.assertRuns(replay))
                    .until(() -> secured.written() >= 3);
            StandaloneCluster.kill(worker);
            cluster.startWorker();
            cluster.awaitRunning("responsiveness");
            StandaloneCluster.kill(cluster.jobManager());
            cluster.startJobManager();
            cluster.awaitRunning("responsiveness");
            assertThat(secured.written()).as("it had not ended").isEqualTo(3);
            secured.takeNoMoreThan(Long.MAX_VALUE);
            launcher.succeed(replay);
            run.documents().assertSameAs(undisturbed);

            cluster.awaitSlots(4);
            flinkRun(cluster, "intake", "--elasticsearch", secured.elasticsearch(), "--parallelism", "1");
            flinkRun(
                    cluster, "run", "--mode", "live", "--elasticsearch", secured.elasticsearch(), "--parallelism", "1");
            await("the live job judges later than the replay")
                    .atMost(PATIENCE)
                    .until(() -> judgedAfter(run, asOf) == CASES);
            flinkRun(cluster, "notify", "--elasticsearch", secured.elasticsearch(), "--parallelism", "1");
            await("every metric of the runbook is told to Prometheus")
                    .atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(cluster.metrics()).contains(metricsOfTheRunbook()));
            String before = Indices.current(run.elasticsearch()).suffix();

            AtomicBoolean over = new AtomicBoolean();
            AtomicLong fewest = new AtomicLong(Long.MAX_VALUE);
            Thread reader = new Thread(() -> {
                while (!over.get()) {
                    fewest.accumulateAndGet(run.queries().count(Kind.CASES.alias()), Math::min);
                    LockSupport.parkNanos(LOOK_NANOS);
                }
            });
            reader.start();
            launcher.succeed(tanggap(
                    "reprocess",
                    "--parallelism",
                    "1",
                    "--checkpoint-interval",
                    "5",
                    "--elasticsearch",
                    secured.elasticsearch(),
                    "--flink",
                    cluster.address()));
            over.set(true);
            reader.join();
            assertThat(fewest.get()).as("cases that readers saw at any time").isEqualTo(CASES);
            assertThat(Indices.current(run.elasticsearch()).suffix()).isGreaterThan(before);
            assertThat(judgedAfter(run, asOf)).isEqualTo(CASES);

            assertThat(cluster.rest().checkpointIntervals("responsiveness"))
                    .as(
                            "seconds from checkpoint to checkpoint, of the job before and of the one that was asked for five")
                    .containsExactlyInAnyOrder(1L, 5L);

            launcher.succeed(tanggap("reprocess", "--back", "--elasticsearch", secured.elasticsearch()));
            assertThat(Indices.current(run.elasticsearch()).suffix()).isEqualTo(before);
            assertThat(run.queries().count(Kind.CASES.alias())).isEqualTo(CASES);

            String told = cluster.logs() + cluster.rest().everything();
            assertThat(Stream.of(SecuredServers.KAFKA_PASSWORD, SecuredServers.WRITER_KEY, SecuredServers.INSTALLER_KEY)
                            .filter(told::contains))
                    .as("secrets in logs and web pages")
                    .isEmpty();
        }
    }

    private static String[] metricsOfTheRunbook() throws IOException {
        String runbook = Files.readString(Path.of(System.getProperty("tanggap.root"), "jobs", "app", "RUNBOOK.md"));
        Set<String> names = METRIC.matcher(runbook)
                .results()
                .map(MatchResult::group)
                .map(name -> name.replaceFirst("^T_", TANGGAP))
                .filter(name -> !name.endsWith("_NAME"))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(names).hasSizeGreaterThan(20);
        return names.toArray(String[]::new);
    }

    private static long judgedAfter(JobRun run, Instant asOf) {
        run.queries().refresh("tanggap-cases");
        JsonNode found = run.queries()
                .post(
                        "/tanggap-cases/_search",
                        "{\"query\":{\"range\":{\"as_of\":{\"gt\":\"" + asOf + "\"}}},\"track_total_hits\":true}");
        return found.path("hits").path("total").path("value").asLong();
    }

    /** The command as an installer runs it. */
    private Process tanggap(String... arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--bootstrap-servers", secured.kafka()));
        return launcher.launch(
                secured.environment(true), StandaloneCluster.Surroundings.testClassPath(), Tanggap.class, all);
    }

    /** Flink's own command, which calls the main of the jar. */
    private void flinkRun(StandaloneCluster cluster, String... arguments) throws Exception {
        List<String> all = new ArrayList<>(List.of("run", "-d", Launcher.JAR.toString()));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--bootstrap-servers", secured.kafka()));
        Map<String, String> environment = new HashMap<>(secured.environment(false));
        environment.put("FLINK_CONF_DIR", cluster.configuration().toString());
        launcher.succeed(
                launcher.launch(environment, StandaloneCluster.Surroundings.flinkClassPath(), CliFrontend.class, all));
    }
}
