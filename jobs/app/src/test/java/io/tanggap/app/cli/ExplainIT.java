package io.tanggap.app.cli;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tanggap.app.fixture.LivedMonth;
import io.tanggap.core.complaint.CaseEvent;
import io.tanggap.core.lifecycle.CaseFold;
import io.tanggap.core.lifecycle.CaseHistory;
import io.tanggap.core.lifecycle.CaseView;
import io.tanggap.core.lifecycle.Cycle;
import io.tanggap.core.reference.Reference;
import io.tanggap.flink.io.CaseEventLog;
import io.tanggap.flink.io.EventPublisher;
import io.tanggap.flink.io.Topics;
import io.tanggap.flink.operator.KeyFile;
import io.tanggap.intake.channel.Channels;
import io.tanggap.reference.PackDirectory;
import io.tanggap.testkit.EmbeddedServers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What is explained and compared of a running system is what is in its Kafka. */
@ExtendWith(EmbeddedServers.class)
class ExplainIT {
    private static final int CASES = 60;
    private static final int PARTITIONS = 3;
    /** Chosen: each takes a second. */
    private static final int EXPLAINED = 8;

    @TempDir
    Path directory;

    @RegisterExtension
    final Said said = new Said();

    private String bootstrap = "";

    private int tanggap(String... arguments) {
        said.reset();
        List<String> line = new ArrayList<>(List.of(arguments));
        line.addAll(List.of("--bootstrap-servers", bootstrap));
        return Tanggap.execute(Terminal.system(), line.toArray(String[]::new));
    }

    private static void withoutTopics(String bootstrap) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            admin.deleteTopics(admin.listTopics().names().get()).all().get();
            await().until(() -> admin.listTopics().names().get().isEmpty());
        }
    }

    /** The events of a lived month, as intake tells them. */
    private Map<String, List<CaseEvent>> told(LivedMonth month, EventPublisher publisher) throws Exception {
        Map<String, List<CaseEvent>> cases = new TreeMap<>();
        Channels channels = new Channels(Reference.of(List.of(month.pack())), KeyFile.NONE.pseudonyms());
        month.messages().forEach(message -> channels.admit(
                        message.channel(), message.json(), Instant.ofEpochMilli(message.sentAtMillis()))
                .events()
                .forEach(event -> {
                    publisher.publish(event);
                    cases.computeIfAbsent(event.caseId(), id -> new ArrayList<>())
                            .add(event);
                }));
        publisher.flush();
        return cases;
    }

    @Test
    void casesOfARunningSystemAreExplainedAndCompared(EmbeddedServers servers) throws Exception {
        bootstrap = servers.kafka().bootstrapServers();
        withoutTopics(bootstrap);
        Topics.create(bootstrap, PARTITIONS);
        assertThat(tanggap("explain", "qlue:Q-1")).isEqualTo(Tanggap.FAILED);
        assertThat(said.toString()).contains("no reference pack that could judge", "tanggap reference publish");

        LivedMonth month = LivedMonth.of(3, CASES);
        Map<String, List<CaseEvent>> cases;
        try (EventPublisher publisher = new EventPublisher(bootstrap)) {
            publisher.publish(month.pack());
            cases = told(month, publisher);
        }
        eachCaseIsInThePartitionThatIsReadForIt(cases);
        casesAreExplainedAsTheyAreFolded(month, cases);

        String known = cases.keySet().iterator().next();
        assertThat(tanggap("explain", known + "0")).isEqualTo(Tanggap.FAILED);
        assertThat(said.toString())
                .contains("in case-events, all partitions", "nearest of " + cases.size() + " cases", "'" + known + "'");

        assertThat(tanggap("explain", known)).isZero();
        assertThat(said.toString()).contains("just after the newest event");
        Instant heartbeat = month.asOf().plus(Duration.ofDays(3));
        try (EventPublisher publisher = new EventPublisher(bootstrap)) {
            publisher.heartbeat(heartbeat);
        }
        assertThat(tanggap("explain", known)).isZero();
        assertThat(said.toString()).contains("Mon 2017-12-04 00:00, the latest heartbeat");

        aProposalIsComparedPartitionByPartition(month, cases);
        assertThat(tanggap("whatif", "--reference", "boston")).isEqualTo(Tanggap.WRONG_USE);
        assertThat(said.toString()).contains(" is of city boston");
    }

    private void eachCaseIsInThePartitionThatIsReadForIt(Map<String, List<CaseEvent>> cases) {
        Map<String, Integer> found = new TreeMap<>();
        try (CaseEventLog log = CaseEventLog.open(bootstrap)) {
            assertThat(log.partitions()).containsExactly(0, 1, 2);
            long records = 0;
            for (int partition : log.partitions()) {
                records += log.size(partition);
                log.forEach(partition, event -> found.put(event.caseId(), partition), read -> {});
            }
            assertThat(records)
                    .isEqualTo(cases.values().stream().mapToLong(List::size).sum());
            assertThat(found.keySet()).isEqualTo(cases.keySet());
            found.forEach((caseId, partition) ->
                    assertThat(log.partitionOf(caseId)).as(caseId).isEqualTo(partition));
        }
        assertThat(found.values()).contains(0, 1, 2);
    }

    private void casesAreExplainedAsTheyAreFolded(LivedMonth month, Map<String, List<CaseEvent>> cases) {
        Reference reference = Reference.of(List.of(month.pack()));
        List<String> ids = List.copyOf(cases.keySet());
        for (int i = 0; i < EXPLAINED; i++) {
            String caseId = ids.get(i * ids.size() / EXPLAINED);
            CaseView view = requireNonNull(CaseFold.fold(CaseHistory.of(cases.get(caseId)), reference, month.asOf())
                    .view());
            assertThat(tanggap("explain", caseId, "--as-of", "2017-12-01"))
                    .as("%s", said)
                    .isZero();
            String text = said.toString();
            assertThat(text)
                    .contains(
                            "Case " + caseId + ": " + view.progress(),
                            view.events() + " seen, of partition ",
                            "Packs           " + month.pack().id());
            for (Cycle cycle : view.cycles()) {
                assertThat(text)
                        .contains(
                                "Clock RESOLUTION, cycle " + cycle.number() + ": " + cycle.verdict(),
                                "Attribution of the resolution, cycle " + cycle.number());
            }
            assertThat(text.lines()).as(caseId).allMatch(line -> line.length() <= 100);
        }
    }

    private void aProposalIsComparedPartitionByPartition(LivedMonth month, Map<String, List<CaseEvent>> cases)
            throws Exception {
        Path pack = directory.resolve("proposed");
        PackDirectory.export("jakarta", pack);
        Path header = pack.resolve("pack.yaml");
        Files.writeString(
                header, Files.readString(header).replace("id: " + month.pack().id(), "id: proposed"));
        assertThat(tanggap("whatif", "--reference", pack.toString(), "--as-of", "2017-12-01"))
                .as("%s", said)
                .isZero();
        assertThat(said.toString())
                .contains(
                        "Nothing that judges a case",
                        String.format(
                                Locale.ROOT,
                                "0 of %,d cases have another verdict or another party; 0 deadlines move",
                                cases.size()));

        Path policies = pack.resolve("policies.csv");
        Files.writeString(
                policies,
                Files.readString(policies)
                        .replace("crm-resolution-7d,resolution,,,,P7D", "crm-resolution-7d,resolution,,,,P1D"));
        assertThat(tanggap(
                        "whatif",
                        "--reference",
                        pack.toString(),
                        "--as-of",
                        "2017-12-01",
                        "--cases",
                        "2",
                        "--rule",
                        "SHARE"))
                .isZero();
        assertThat(said.toString())
                .contains("policies              1 changed: crm-resolution-7d", "MET -> MISSED_LATE", "Some of them")
                .doesNotContain("; 0 deadlines move");
        assertThat(said.toString().lines().filter(line -> line.startsWith("All units")))
                .hasSize(1);
    }
}
