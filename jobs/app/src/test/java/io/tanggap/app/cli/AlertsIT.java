package io.tanggap.app.cli;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tanggap.app.run.KafkaEndpoints;
import io.tanggap.core.alert.Alert;
import io.tanggap.core.alert.Alerts;
import io.tanggap.core.complaint.Actor;
import io.tanggap.core.complaint.CaseEvent;
import io.tanggap.core.complaint.Payload;
import io.tanggap.core.complaint.TimeNote;
import io.tanggap.core.complaint.Visibility;
import io.tanggap.core.lifecycle.CaseFold;
import io.tanggap.core.lifecycle.CaseHistory;
import io.tanggap.core.reference.Reference;
import io.tanggap.core.reference.ReferencePack;
import io.tanggap.elasticsearch.DocumentBatch;
import io.tanggap.elasticsearch.Indices;
import io.tanggap.elasticsearch.Indices.Generation;
import io.tanggap.flink.document.Document;
import io.tanggap.flink.document.DocumentWriter;
import io.tanggap.flink.document.FeedStatus;
import io.tanggap.flink.io.EventPublisher;
import io.tanggap.flink.io.Topics;
import io.tanggap.reference.PackDirectory;
import io.tanggap.testkit.ElasticsearchQueries;
import io.tanggap.testkit.EmbeddedServers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a desk sees of alerts, whom it finds to be told, and what it silences. */
@ExtendWith(EmbeddedServers.class)
class AlertsIT {
    private static final Instant SUBMITTED = Instant.parse("2017-11-20T02:00:00Z");
    private static final Instant AS_OF = Instant.parse("2017-11-28T05:00:00Z");
    private static final String MENTENG = "31.71.06.1001";
    private static final String OVERDUE = "qlue:Q-1/RESOLUTION.1.1.100";
    private static final String DELIVERIES = "tanggap-deliveries-000009";

    @RegisterExtension
    final Said said = new Said();

    private String bootstrap = "";
    private String elasticsearch = "";
    private ElasticsearchQueries queries;

    @BeforeEach
    void raise(EmbeddedServers servers) throws Exception {
        bootstrap = servers.kafka().bootstrapServers();
        elasticsearch = servers.elasticsearch().url();
        queries = servers.queries();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            admin.deleteTopics(admin.listTopics().names().get()).all().get();
            await().until(() -> admin.listTopics().names().get().isEmpty());
        }
        // Others have left theirs.
        removeIndices();
        Topics.create(bootstrap, 2);
        Indices.bootstrap(elasticsearch);
        ReferencePack pack = requireNonNull(PackDirectory.builtIn("jakarta").pack());
        Reference reference = Reference.of(List.of(pack));
        DocumentWriter writer = new DocumentWriter(() -> 1);
        List<Document> documents = new ArrayList<>();
        try (EventPublisher publisher = new EventPublisher(bootstrap)) {
            publisher.publish(pack);
            for (CaseEvent event : List.of(submitted("Q-1", MENTENG), submitted("Q-2", "31.74.01.1001"))) {
                publisher.publish(event);
                CaseHistory history = CaseHistory.of(List.of(event));
                for (Alert alert : Alerts.after(
                                Map.of(),
                                requireNonNull(
                                        CaseFold.fold(history, reference, AS_OF).view()),
                                reference,
                                history)
                        .news()) {
                    documents.add(writer.ofAlert(alert, reference, 1));
                }
            }
            publisher.heartbeat(AS_OF);
            publisher.flush();
        }
        documents.add(writer.ofFeed(
                        new FeedStatus("crm", SUBMITTED, Duration.ofHours(1), SUBMITTED.plus(Duration.ofHours(1))),
                        AS_OF,
                        1)
                .document());
        DocumentBatch.write(
                elasticsearch,
                documents.stream()
                        .map(document -> KafkaEndpoints.write(document, Generation.CURRENT))
                        .toList());
        queries.refresh("tanggap-*");
    }

    private static CaseEvent submitted(String number, String unit) {
        return CaseEvent.of(
                "qlue",
                number,
                SUBMITTED,
                SUBMITTED,
                null,
                Actor.CITIZEN,
                null,
                Visibility.PUBLIC,
                false,
                TimeNote.EXACT,
                new Payload.Submitted("blocked-drain", unit, unit, null));
    }

    @AfterEach
    void removeIndices() {
        queries.removeIndices();
    }

    private int alerts(String... arguments) {
        said.reset();
        List<String> line = new ArrayList<>(List.of("alerts"));
        line.addAll(List.of(arguments));
        return Tanggap.execute(Terminal.system(), line.toArray(String[]::new));
    }

    private int read(String... arguments) {
        List<String> line = new ArrayList<>(List.of(arguments));
        line.addAll(List.of("--elasticsearch", elasticsearch));
        return alerts(line.toArray(String[]::new));
    }

    private int kept(String... arguments) {
        List<String> line = new ArrayList<>(List.of(arguments));
        line.addAll(List.of("--bootstrap-servers", bootstrap));
        return alerts(line.toArray(String[]::new));
    }

    @Test
    void alertsAreListedForWhoeverTheyConcern() {
        assertThat(read("list")).as("%s", said).isZero();
        assertThat(said.out().lines())
                .anyMatch(line -> line.startsWith("Silent: crm since Mon 2017-11-20 "))
                .anyMatch(line -> line.matches(OVERDUE + " +OVERDUE +RESOLUTION 100 % .* qlue:Q-1"))
                .anyMatch(line -> line.startsWith("qlue:Q-2/RESOLUTION.1.1.100 "))
                .contains("4 of 4 alerts");

        assertThat(read("list", "--unit", "31.71", "--limit", "1")).isZero();
        assertThat(said.out())
                .contains("1 of 2 alerts, those of the earliest deadlines")
                .doesNotContain("Q-2");

        assertThat(read("list", "--unit", "31.71", "--kind", "overdue", "--format", "json"))
                .isZero();
        assertThat(said.out().lines()).hasSize(2).allMatch(line -> line.contains("\"case_id\":\"qlue:Q-1\""));
        assertThat(said.err()).contains("Silent: crm", "2 of 2 alerts");

        assertThat(read("list", "--state", "retracted", "--category", "blocked-drains"))
                .isZero();
        assertThat(said.out()).contains("No alert matches.", "The nearest is 'blocked-drain'");
        assertThat(read("list", "--limit", "0")).isEqualTo(Tanggap.WRONG_USE);
    }

    @Test
    void anAlertIsShownWithWhatDecidedItAndWhatWasDelivered() {
        assertThat(read("show", OVERDUE, "--bootstrap-servers", bootstrap))
                .as("%s", said)
                .isZero();
        assertThat(said.out())
                .contains(
                        "Alert " + OVERDUE + ": OVERDUE, OPEN",
                        "by line crm-resolution-7d of policies.csv",
                        "How it came about\n    1  Mon 2017-11-20 09:00",
                        "tanggap explain qlue:Q-1 --bootstrap-servers " + bootstrap + " --as-of " + AS_OF,
                        "Nothing was delivered yet.");

        queries.send(
                "PUT",
                "/" + DELIVERIES,
                "{\"mappings\":{\"properties\":{\"alerts\":{\"type\":\"keyword\"},\"notice_id\":{\"type\":\"keyword\"},"
                        + "\"made_at\":{\"type\":\"date\"}}}}");
        try {
            queries.send(
                    "PUT",
                    "/" + DELIVERIES + "/_doc/1?refresh=true",
                    "{\"notice_id\":\"1\",\"recipient\":\"kelurahan-menteng\",\"unit\":\"" + MENTENG
                            + "\",\"means\":\"FILE\",\"occasion\":\"INSTANT\",\"made_at\":\"2017-11-27T02:00:00Z\","
                            + "\"outcome\":\"DELIVERED\",\"alerts\":[\"" + OVERDUE + "\"]}");
            assertThat(read("show", OVERDUE, "--bootstrap-servers", bootstrap)).isZero();
            assertThat(said.out()).contains("INSTANT to kelurahan-menteng").doesNotContain("Nothing was delivered");
        } finally {
            queries.send("DELETE", "/" + DELIVERIES, "");
        }

        assertThat(read("show", "qlue:Q-9/STALE.1", "--bootstrap-servers", bootstrap))
                .isEqualTo(Tanggap.FAILED);
        assertThat(said.err()).contains("There is no alert qlue:Q-9/STALE.1", "tanggap alerts list --state all");
    }

    @Test
    void whoIsToldIsFoundWithoutTellingAnybody() {
        assertThat(read("route", OVERDUE, "--bootstrap-servers", bootstrap)).isEqualTo(Tanggap.WRONG_USE);
        assertThat(said.err()).contains("say --dry-run");

        assertThat(read("route", OVERDUE, "--bootstrap-servers", bootstrap, "--dry-run"))
                .as("%s", said)
                .isZero();
        String byThePublished = said.out();
        assertThat(byThePublished.lines())
                .anyMatch(line -> line.matches("Mon 2017-11-27 09:00  at once  kelurahan-menteng .* missed-holder"));
        assertThat(read("route", OVERDUE, "--reference", "jakarta", "--dry-run"))
                .isZero();
        assertThat(said.out()).isEqualTo(byThePublished);

        assertThat(kept("route", "--case", "qlue:Q-2", "--kind", "overdue", "--dry-run"))
                .as("%s", said)
                .isZero();
        assertThat(said.out())
                .contains(
                        "since Tue 2017-11-28 12:00",
                        "nobody: recipients.csv of pack jakarta-2026-11",
                        "31.74.01.1001");
        assertThat(kept("route", "--case", "qlue:Q-1", "--kind", "threshold", "--dry-run"))
                .isEqualTo(Tanggap.WRONG_USE);
        assertThat(said.err()).contains("one of [50, 75, 90]");
    }

    @Test
    void whatIsSilencedIsListedUntilItIsEnded() {
        assertThat(kept("silences")).isZero();
        assertThat(said.out()).contains("There is no silence");
        assertThat(kept("silence", "--for", "2h", "--unit", "31.71")).isEqualTo(Tanggap.WRONG_USE);
        assertThat(said.err()).contains("--reason");
        assertThat(kept("silence", "--for", "2h", "--reason", "flood")).isEqualTo(Tanggap.WRONG_USE);
        assertThat(said.err()).contains("nothing silences everything");
        assertThat(kept("silence", "--until", "2017-01-01", "--unit", "31.71", "--reason", "flood"))
                .isEqualTo(Tanggap.WRONG_USE);

        assertThat(kept("silence", "--for", "2h", "--reason", "flood", "--by", "ani", "--unit", "31.7l"))
                .as("%s", said)
                .isZero();
        assertThat(said.err()).contains("know no unit '31.7l'");
        String id = said.out().replaceAll("(?s).*--end (\\w+) .*", "$1");
        assertThat(kept("silences")).isZero();
        assertThat(said.out()).contains(id + "  holds", " ani ", "unit 31.7l", "flood");

        assertThat(kept("silence", "--end", id)).as("%s", said).isZero();
        assertThat(kept("silences")).isZero();
        assertThat(said.out()).contains("None holds; --all shows the 1 that are over.");
        assertThat(kept("silences", "--all")).isZero();
        assertThat(said.out()).contains(id + "  over");
        assertThat(kept("silence", "--end", id)).isEqualTo(Tanggap.FAILED);
        assertThat(said.err()).contains("is over since");
    }
}
