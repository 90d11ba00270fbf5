package io.tanggap.app.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tanggap.app.run.Engine;
import io.tanggap.app.run.FlinkSession;
import io.tanggap.app.run.KafkaExports;
import io.tanggap.core.complaint.CaseEvent;
import io.tanggap.core.release.Anonymity;
import io.tanggap.core.release.Ladder;
import io.tanggap.flink.io.EventPublisher;
import io.tanggap.flink.io.Topics;
import io.tanggap.flink.operator.KeyFile;
import io.tanggap.flink.operator.ReleaseFacts;
import io.tanggap.flink.operator.ReleasePlan;
import io.tanggap.flink.operator.WriteRows;
import io.tanggap.release.Format;
import io.tanggap.simulation.SeededCity;
import io.tanggap.testkit.EmbeddedServers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** An export on a cluster of processes whose worker is killed while it writes: the files are those of one that nobody disturbed. */
@ExtendWith(EmbeddedServers.class)
class KilledExportIT {
    private static final long SEED = 5;
    private static final int CASES = 3_000;
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final SeededCity CITY = SeededCity.ofSize(12, 4);

    @TempDir
    private Path directory;

    private ReleasePlan plan(String out) throws IOException {
        return new ReleasePlan(
                SeededMonth.AS_OF,
                null,
                null,
                null,
                Set.of(),
                Anonymity.DEFAULT,
                Ladder.TIMES,
                EnumSet.allOf(Format.class),
                false,
                3,
                Files.createDirectories(directory.resolve(out)).toString());
    }

    @Test
    void aKilledWorkerLosesAndDoublesNothing(EmbeddedServers servers) throws Exception {
        String bootstrap = servers.kafka().bootstrapServers();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            admin.deleteTopics(admin.listTopics().names().get()).all().get();
            await().until(() -> admin.listTopics().names().get().isEmpty());
        }
        Topics.create(bootstrap, 2);
        try (EventPublisher publisher = new EventPublisher(bootstrap)) {
            publisher.publish(CITY.referencePack());
            List<CaseEvent> events = new ArrayList<>();
            CITY.generate(SEED, CASES, SeededCity.DEFAULT_MONTH, events::add);
            events.forEach(publisher::publish);
            publisher.flush();
        }
        KeyFile key =
                new KeyFile(Files.write(directory.resolve("key"), new byte[32]).toString());
        ReleaseFacts undisturbed;
        try (FlinkSession session = FlinkSession.start(0, 2, directory)) {
            undisturbed = export(session, bootstrap, plan("undisturbed"), key);
        }
        ReleaseFacts disturbed;
        try (StandaloneCluster cluster = StandaloneCluster.start(directory.resolve("cluster"))) {
            Process first = cluster.startWorker();
            cluster.awaitSlots();
            ReleasePlan plan = plan("disturbed");
            CompletableFuture<ReleaseFacts> running = CompletableFuture.supplyAsync(() -> {
                try (FlinkSession session = FlinkSession.at(cluster.address(), null)) {
                    return export(session, bootstrap, plan, key);
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
            await("the first files")
                    .atMost(PATIENCE)
                    .until(() -> running.isDone() || Files.exists(Path.of(plan.directory(), "events")));
            assertThat(running).as("killed before it ended").isNotDone();
            StandaloneCluster.kill(first);
            cluster.startWorker();
            disturbed = running.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
        SortedMap<String, String> expected = files("undisturbed");
        SortedMap<String, String> written = files("disturbed");
        assertThat(written).containsOnlyKeys(expected.keySet());
        // Files in binary would make a message that nobody can read.
        expected.forEach((name, content) ->
                assertThat(content.equals(written.get(name))).as(name).isTrue());
        assertThat(disturbed.cases()).isEqualTo(undisturbed.cases()).isPositive();
        assertThat(disturbed.events()).isEqualTo(undisturbed.events());
        assertThat(disturbed.withheld()).isEqualTo(undisturbed.withheld());
    }

    private ReleaseFacts export(FlinkSession session, String bootstrap, ReleasePlan plan, KeyFile key)
            throws Exception {
        return Engine.export(
                session, new KafkaExports(bootstrap), plan, key, 2, directory, (what, share, detail) -> {});
    }

    /** The rows of months have no order until the release sorts them, and say when they were made. */
    private SortedMap<String, String> files(String out) throws IOException {
        Path root = directory.resolve(out);
        SortedMap<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(root)) {
            all.filter(Files::isRegularFile).forEach(file -> {
                try {
                    String content = Files.readString(file, StandardCharsets.ISO_8859_1);
                    files.put(
                            root.relativize(file).toString(),
                            file.endsWith(WriteRows.FILE)
                                    ? String.join(
                                            "\n",
                                            content.lines()
                                                    .map(row -> row.replaceFirst("\"provenance\":\\{[^}]*}", ""))
                                                    .sorted()
                                                    .toList())
                                    : content);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
        return files;
    }
}
