package io.tanggap.app.cli;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tanggap.app.fixture.LivedMonth;
import io.tanggap.core.complaint.CaseEvent;
import io.tanggap.core.lifecycle.CaseHistory;
import io.tanggap.core.measure.Rule;
import io.tanggap.core.reference.Reference;
import io.tanggap.core.report.Answer;
import io.tanggap.core.report.Compilation;
import io.tanggap.core.report.ReportCard;
import io.tanggap.core.report.Standing;
import io.tanggap.core.report.Terms;
import io.tanggap.flink.io.EventPublisher;
import io.tanggap.flink.io.Topics;
import io.tanggap.flink.operator.KeyFile;
import io.tanggap.intake.channel.Channels;
import io.tanggap.testkit.ElasticsearchQueries;
import io.tanggap.testkit.EmbeddedServers;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Standings are published for a night, stand, and give way to those of a later one. */
@ExtendWith(EmbeddedServers.class)
class StandingsIT {
    private static final String INDEX = "tanggap-standings";
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path directory;

    @RegisterExtension
    final Said said = new Said();

    private final LivedMonth month = LivedMonth.of(11, 900);
    private final List<CaseEvent> events = new ArrayList<>();
    private String bootstrap = "";
    private String elasticsearch = "";
    private ElasticsearchQueries queries;

    @BeforeEach
    void feed(EmbeddedServers servers) throws Exception {
        bootstrap = servers.kafka().bootstrapServers();
        elasticsearch = servers.elasticsearch().url();
        queries = servers.queries();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            admin.deleteTopics(admin.listTopics().names().get()).all().get();
            await().until(() -> admin.listTopics().names().get().isEmpty());
        }
        Topics.create(bootstrap, 2);
        Channels channels = new Channels(Reference.of(List.of(month.pack())), KeyFile.NONE.pseudonyms());
        month.messages()
                .forEach(message -> events.addAll(
                        channels.admit(message.channel(), message.json(), Instant.ofEpochMilli(message.sentAtMillis()))
                                .events()));
        try (EventPublisher publisher = new EventPublisher(bootstrap)) {
            publisher.publish(month.pack());
        }
        publish(events);
    }

    private void publish(List<CaseEvent> more) throws Exception {
        try (EventPublisher publisher = new EventPublisher(bootstrap)) {
            more.forEach(publisher::publish);
            publisher.flush();
        }
    }

    @AfterEach
    void removeIndices() {
        queries.removeIndices();
    }

    private int report(String... arguments) {
        said.reset();
        List<String> line = new ArrayList<>(List.of("report", "--bootstrap-servers", bootstrap));
        line.addAll(List.of(arguments));
        return Tanggap.execute(Terminal.system(), line.toArray(String[]::new));
    }

    private int publishing(String... arguments) {
        List<String> line = new ArrayList<>(List.of("--publish", "--elasticsearch", elasticsearch));
        line.addAll(List.of(arguments));
        return report(line.toArray(String[]::new));
    }

    private Map<String, JsonNode> published() {
        queries.refresh(INDEX);
        return new TreeMap<>(queries.sources(INDEX));
    }

    private ReportCard card(LocalDate from, Instant asOf) {
        Compilation compilation = new Compilation(
                new Terms(from, LocalDate.parse("2017-12-01"), asOf, null, null, null), List.of(month.pack()));
        Map<String, List<CaseEvent>> cases = new TreeMap<>();
        events.forEach(event ->
                cases.computeIfAbsent(event.caseId(), id -> new ArrayList<>()).add(event));
        cases.values().forEach(one -> compilation.add(CaseHistory.of(one)));
        return compilation.card();
    }

    private static Map<String, String> said(JsonNode document) {
        Map<String, String> values = new TreeMap<>();
        for (String group : List.of("rank", "funnel", "movers", "rating")) {
            document.path(group)
                    .properties()
                    .forEach(value -> values.put(
                            group + "." + value.getKey(), value.getValue().asText()));
        }
        values.remove("funnel.overdispersion");
        values.remove("rating.peers");
        return values;
    }

    private static Map<String, String> said(Standing standing) {
        Map<String, String> values = new TreeMap<>(standing.states());
        standing.figures().forEach((name, number) -> values.put(name, number.toString()));
        return values;
    }

    @Test
    void standingsArePublishedStandAndGiveWay() throws Exception {
        String[] night = {"--window", "MONTH", "--window", "ROLLING_30", "--window", "MONTH", "--as-of", "2017-12-01"};
        assertThat(publishing(night)).as("%s", said).isZero();
        assertThat(said.out())
                .containsPattern("Published  MONTH, 2017-11-01 until before 2017-12-01: [0-9,]+ standings in " + INDEX
                        + ", SHA-256 [0-9a-f]{64}\n")
                .containsPattern("Published  ROLLING_30, 2017-11-01 until before 2017-12-01: ");
        Map<String, JsonNode> first = published();

        ReportCard card = card(LocalDate.parse("2017-11-01"), month.asOf());
        Path frozen = directory.resolve("frozen.json");
        assertThat(report(
                        "--from", "2017-11-01", "--to", "2017-12-01", "--as-of", "2017-12-01", "--freeze", "" + frozen))
                .as("%s", said)
                .isZero();
        String hash = JSON.readTree(frozen.toFile()).path("sha256").asText();
        int compared = 0;
        int ranked = 0;
        for (Rule rule : Rule.values()) {
            for (String level : card.levels(rule).keySet()) {
                for (Map.Entry<String, Standing> one :
                        card.league(level, rule).standings().entrySet()) {
                    Answer answer = Answer.under(rule, one.getKey());
                    String id = answer.role() + "|" + rule + "|" + one.getKey() + "|*|*|";
                    JsonNode rolling = requireNonNull(first.get(id + "ROLLING_30|" + level), id);
                    JsonNode document = requireNonNull(first.get(id + "MONTH|17471|" + level), id);
                    assertThat(said(document)).as(id).isEqualTo(said(one.getValue()));
                    assertThat(document.path("n").asLong())
                            .isEqualTo((long) one.getValue().verdicts());
                    assertThat(document.path("card_sha256").asText()).isEqualTo(hash);
                    assertThat(document.path("unit_name").asText()).isEqualTo(card.name(one.getKey()));
                    assertThat(document.path("as_of").asText())
                            .isEqualTo(month.asOf().toString());
                    assertThat(rolling.path("rank")).isEqualTo(document.path("rank"));
                    assertThat(rolling.path("window").asText()).isEqualTo("ROLLING_30");
                    ranked += document.path("rank").has("place") ? 1 : 0;
                    compared += 2;
                }
            }
        }
        assertThat(compared).isEqualTo(first.size()).isGreaterThan(400);
        assertThat(ranked).as("units with a rank").isGreaterThan(20);

        assertThat(publishing(night)).as("%s", said).isZero();
        assertThat(said.out()).contains("which stood there already");
        assertThat(published()).as("the same again, with its provenance").isEqualTo(first);

        whatStandsIsNotReplacedByAnythingEarlierOrOther(night, first);
        aLaterAsOfTakesThePlaceAndRetractsWhoIsGone(first);
    }

    private void whatStandsIsNotReplacedByAnythingEarlierOrOther(String[] night, Map<String, JsonNode> first)
            throws Exception {
        assertThat(publishing("--from", "2017-11-01", "--to", "2017-12-01", "--as-of", "2017-11-30"))
                .isEqualTo(Tanggap.FAILED);
        assertThat(said.err())
                .contains(
                        "The standings of MONTH, 2017-11-01 until before 2017-12-01 are published as of 2017-12-01 00:00:00")
                .contains("they stand. Publish as of a later midnight.");
        assertThat(published()).isEqualTo(first);

        CaseEvent some = events.get(0);
        CaseEvent late = CaseEvent.of(
                some.channel(),
                "told-late",
                some.occurredAt(),
                Instant.parse("2017-12-20T00:00:00Z"),
                null,
                some.actor(),
                some.orgUnit(),
                some.visibility(),
                some.inferred(),
                some.timeNote(),
                some.payload());
        publish(List.of(late));
        assertThat(publishing(night)).isEqualTo(Tanggap.FAILED);
        assertThat(said.err()).contains("not by the same as now: they stand", "complete them with --known-at ");
        assertThat(published()).isEqualTo(first);
        String known = first.values().iterator().next().path("known_at").asText();
        List<String> again = new ArrayList<>(List.of(night));
        again.addAll(List.of("--known-at", known));
        assertThat(publishing(again.toArray(String[]::new))).as("%s", said).isZero();
        assertThat(said.out()).contains("which stood there already");
    }

    private void aLaterAsOfTakesThePlaceAndRetractsWhoIsGone(Map<String, JsonNode> first) {
        String some = first.keySet().stream()
                .filter(id -> id.contains("|MONTH|"))
                .findFirst()
                .orElseThrow();
        ObjectNode gone = ((ObjectNode) first.get(some)).deepCopy().put("unit", "gone");
        String goneId = gone.path("role").asText() + "|" + gone.path("rule").asText() + "|gone|*|*|MONTH|17471|"
                + gone.path("level").asText();
        queries.send(
                "PUT",
                "/" + INDEX + "/_doc/" + goneId.replace("|", "%7C") + "?version_type=external&version=7",
                gone.toString());
        assertThat(publishing("--from", "2017-11-01", "--to", "2017-12-01", "--as-of", "2017-12-02"))
                .as("%s", said)
                .isZero();
        assertThat(said.out()).contains(", 1 of an earlier as-of retracted");
        Map<String, JsonNode> second = published();
        assertThat(second).containsKey(goneId).containsKeys(first.keySet().toArray(String[]::new));
        second.forEach((id, document) -> {
            if (id.contains("|MONTH|")) {
                assertThat(document.path("as_of").asText()).isEqualTo("2017-12-01T17:00:00Z");
                assertThat(document.path("retracted").asBoolean()).isEqualTo(id.equals(goneId));
            } else {
                assertThat(document).isEqualTo(first.get(id));
            }
        });
    }

    @Test
    void theCutsOfAnotherChannelAndOtherPeriodsHaveDocumentsOfTheirOwn() {
        assertThat(publishing("--window", "QUARTER", "--channel", "qlue"))
                .as("%s", said)
                .isZero();
        assertThat(said.out()).contains("(the last midnight)");
        assertThat(published().values())
                .isNotEmpty()
                .allMatch(document -> document.path("channel").asText().equals("qlue"))
                .allMatch(document -> document.path("window").asText().equals("QUARTER"))
                .allMatch(document -> document.path("window_start").asText().equals("2017-10-01"));
        int cut = published().size();
        assertThat(publishing("--from", "2017-11-03", "--to", "2017-11-20", "--as-of", "2017-12-01"))
                .as("%s", said)
                .isZero();
        assertThat(said.out()).contains("Published  CUSTOM, 2017-11-03 until before 2017-11-20: ");
        assertThat(published()).hasSizeGreaterThan(cut);
    }

    @Test
    void whatCannotBePublishedIsTold() {
        assertThat(publishing("--window", "MONTH", "--as-of", "2017-12-01T09:00"))
                .as("%s", said)
                .isEqualTo(Tanggap.WRONG_USE);
        assertThat(said.err()).contains("ranks belong to the close of a day", "such as --as-of 2017-12-01.");
        assertThat(report("--window", "MONTH", "--publish", "--elasticsearch", "http://127.0.0.1:1"))
                .isEqualTo(Tanggap.FAILED);
        assertThat(said.err())
                .contains("no Elasticsearch answers at http://127.0.0.1:1", "start it, or correct the address");
        queries.send("PUT", "/_cluster/settings", "{\"persistent\":{\"cluster.blocks.read_only\":true}}");
        try {
            assertThat(publishing("--window", "MONTH", "--as-of", "2017-12-01")).isEqualTo(Tanggap.FAILED);
            assertThat(said.err()).contains("Elasticsearch refuses");
        } finally {
            queries.send("PUT", "/_cluster/settings", "{\"persistent\":{\"cluster.blocks.read_only\":null}}");
        }
        assertThat(publishing("--window", "MONTH", "--as-of", "2017-12-01"))
                .as("%s", said)
                .isZero();
        queries.send("PUT", "/" + INDEX + "/_settings", "{\"index.blocks.write\":true}");
        assertThat(publishing("--window", "MONTH", "--as-of", "2017-12-02")).isEqualTo(Tanggap.FAILED);
        assertThat(said.err())
                .contains("Elasticsearch did not take", "are not published, or in part")
                .contains("again with --as-of 2017-12-01T17:00:00Z --known-at ");
    }
}
