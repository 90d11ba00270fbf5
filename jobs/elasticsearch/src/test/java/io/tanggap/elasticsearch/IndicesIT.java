package io.tanggap.elasticsearch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.tanggap.testkit.ElasticsearchQueries;
import io.tanggap.testkit.EmbeddedServers;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(EmbeddedServers.class)
class IndicesIT {
    private static final Map<Indices.Kind, String> EXAMPLES = Map.ofEntries(
            Map.entry(Indices.Kind.FEEDS, """
                    {"channel": "qlue", "last_record_at": "2026-01-05T03:00:00Z", "silent": false}"""),
            Map.entry(Indices.Kind.CASES, """
                    {"case_id":"qlue:1","channel":"qlue","cycle":1,"submitted_at":"2026-03-01T07:00:00.123456Z",
                     "deadline":1772348400000,"overdue":true,"anomalies":["clock","gap"],"provenance":{"job":{"x":1}}}"""),
            Map.entry(Indices.Kind.VISITS, """
                    {"case_id":"qlue:1","visit":2,"holder":"dinas-sda","ended":"handed_over","retracted":false}"""),
            Map.entry(Indices.Kind.PROBLEMS, """
                    {"problem":"qlue:1","channels":["jaki","qlue"],"reports":2,"open":false,"citizen_seconds":5400,
                     "waits":[{"case_id":"qlue:1","started_at":"2026-03-01T07:00:00Z"}]}"""),
            Map.entry(Indices.Kind.CELLS, """
                    {"unit":"u","role":"holder","rule":"r","channel":"qlue","category":"flood","day":"2026-03-01",
                     "counts":{"received":3,"closed_fixed":1},"histograms":{"ages":[1,2,{"odd":"one"}]}}"""),
            Map.entry(Indices.Kind.RESPONSIVENESS, """
                    {"unit":"u","window":"2026-W10","counts":{"received":3},"shares":{"on_time":1},
                     "times":{"close_p50_hours":12.5},"times_state":{"close_p50_hours":"VALUE"}}"""),
            Map.entry(Indices.Kind.PAIRS, """
                    {"role":"HOLDER","unit":"a","counterpart":"b","window":"MONTH","counts":{"hops":3},
                     "times":{"stay_before_hop_p50_hours":7}}"""),
            Map.entry(Indices.Kind.STANDINGS, """
                    {"role":"HOLDER","rule":"CRM","unit":"a","window":"MONTH","window_start":"2026-03-01","n":40,
                     "rank":{"place":1,"share":0.8},"rank_under":{"crm":1},"funnel":{"side_95":"WITHIN"}}"""),
            Map.entry(Indices.Kind.RESTATEMENTS, """
                    {"row":"u|WEEK|1","revision":1,"window":"WEEK","window_start":"2026-03-02","causes":{"cases":["qlue:1"]},
                     "restated":[{"figure":"counts.closed","from":3,"to":4,"change":1},
                      {"figure":"shares.on_time","from":0.5,"to":0.25,"change":-0.25}]}"""),
            Map.entry(Indices.Kind.DEAD_LETTERS, """
                    {"stage":"DECODE","reason":"malformed.avro","bytes_size":12,
                     "provenance":{"origin":"topic-0@42","message":"no marker","first_seen_at":"2026-03-01T00:00:00Z"}}"""),
            Map.entry(Indices.Kind.ALERTS, """
                    {"alert_id":"qlue:1/RESOLUTION.1.1.100","revision":1,"kind":"OVERDUE","state":"OPEN","open":true,
                     "units":["a","city"],"threshold":100,"evidence":["0123456789abcdef0123456789abcdef"]}"""),
            Map.entry(Indices.Kind.DELIVERIES, """
                    {"notice_id":"0123456789abcdef0123456789abcdef","recipient":"desk","outcome":"DELIVERED","alerts":["x"],
                     "attempts":[{"at":"2026-03-01T00:00:00Z","outcome":"DELIVERED","answer":"204"}]}"""));

    private EmbeddedServers servers;
    private ElasticsearchQueries queries;

    @BeforeEach
    void connect(EmbeddedServers embedded) {
        servers = embedded;
        queries = embedded.queries();
    }

    @AfterEach
    void removeIndices() {
        queries.removeIndices();
    }

    @Test
    void makesEveryKindWritableByItsAliasAndAgainChangesNothing() throws Exception {
        for (int run = 0; run < 2; run++) {
            Indices.bootstrap(servers.elasticsearch().url());
            for (Indices.Kind kind : Indices.Kind.values()) {
                queries.send("PUT", "/" + kind.alias() + "/_doc/" + run, EXAMPLES.get(kind));
                queries.refresh(kind.alias());
                assertThat(queries.count(kind.alias())).isEqualTo(run + 1);
                assertThat(queries.get("/_alias/" + kind.alias()).has(kind.alias() + "-000001"))
                        .isTrue();
            }
        }
        assertThat(queries.get("/tanggap-cells/_mapping/field/counts.received").toString())
                .contains("\"type\":\"long\"");
        assertThat(queries.get("/tanggap-responsiveness/_mapping/field/shares.on_time")
                        .toString())
                .contains("\"type\":\"double\"");
        assertThat(queries.get("/tanggap-cases-000001/_settings").toString())
                .contains("\"number_of_replicas\":\"0\"")
                .contains("\"refresh_interval\":\"1s\"");
        assertThat(queries.get("/tanggap-responsiveness-000001/_settings").toString())
                .contains("\"number_of_replicas\":\"0\"")
                .contains("\"refresh_interval\":\"5s\"");
    }

    @Test
    void aGenerationIsReadByNobodyUntilItIsPublishedAndThenByEverybody() throws Exception {
        String url = servers.elasticsearch().url();
        Indices.bootstrap(url);
        queries.post("/tanggap-cases/_doc", "{\"case_id\":\"qlue:old\"}");
        queries.post("/tanggap-dead-letters/_doc", "{\"reason\":\"malformed.csv\"}");

        Indices.Generation broken = Indices.begin(url);
        queries.post("/" + broken.nameOf(Indices.Kind.CASES) + "/_doc", "{\"case_id\":\"qlue:half\"}");
        Indices.Generation next = Indices.begin(url);
        assertThat(next).isNotEqualTo(broken);
        assertThat(queries.get("/_cat/indices/tanggap-cases-*?format=json"))
                .as("the one that is read, and the new one; what never came to its end is gone")
                .hasSize(2);
        queries.post("/" + next.nameOf(Indices.Kind.CASES) + "/_doc", "{\"case_id\":\"qlue:new\"}");
        queries.refresh("tanggap-*");
        assertThat(queries.sources("tanggap-cases").values())
                .extracting(source -> source.get("case_id").asText())
                .containsExactly("qlue:old");

        Indices.publish(url, next);
        queries.refresh("tanggap-*");
        assertThat(queries.sources("tanggap-cases").values())
                .extracting(source -> source.get("case_id").asText())
                .containsExactly("qlue:new");
        assertThat(queries.get("/_cat/indices/tanggap-cases-*?format=json")).hasSize(1);
        queries.post("/tanggap-cases/_doc", "{\"case_id\":\"qlue:live\"}");
        assertThat(queries.count("tanggap-dead-letters"))
                .as("dead letters stay")
                .isEqualTo(1);
    }

    @Test
    void readersAreSwitchedToAnotherGenerationAndBackUntilItIsDiscarded() throws Exception {
        String url = servers.elasticsearch().url();
        assertThatThrownBy(() -> Indices.current(url)).hasMessageContaining("run tanggap install there");
        Indices.bootstrap(url);
        Indices.Generation before = Indices.current(url);
        queries.post("/" + before.nameOf(Indices.Kind.CASES) + "/_doc", "{\"case_id\":\"qlue:old\"}");
        assertThatThrownBy(() -> Indices.previous(url)).hasMessageContaining("no earlier generation");

        Indices.Generation next = Indices.begin(url);
        queries.post("/" + next.nameOf(Indices.Kind.CASES) + "/_doc", "{\"case_id\":\"qlue:new\"}");
        queries.refresh("tanggap-*");
        assertThat(Indices.count(url, next)).isEqualTo(1);
        assertThat(Indices.current(url)).isEqualTo(before);
        Indices.switchTo(url, next);
        assertThat(Indices.current(url)).isEqualTo(next);
        assertThat(Indices.previous(url)).isEqualTo(before);
        // The job before does not know yet that nobody reads it.
        queries.post("/" + before.nameOf(Indices.Kind.CASES) + "/_doc", "{\"case_id\":\"qlue:late\"}");
        queries.refresh("tanggap-*");
        assertThat(queries.sources("tanggap-cases").values())
                .extracting(source -> source.get("case_id").asText())
                .containsExactly("qlue:new");

        Indices.switchTo(url, before);
        assertThat(queries.count("tanggap-cases")).isEqualTo(2);
        assertThat(Indices.removeUnread(url)).isPositive();
        assertThatThrownBy(() -> Indices.previous(url)).hasMessageContaining("no earlier generation");
    }

    @Test
    void aPartIsReadByItsFilterAndANewGenerationTakesItAlongWithEveryOtherAlias() throws Exception {
        String url = servers.elasticsearch().url();
        Indices.Part desk = part("holder", "dinas-sda");
        assertThat(Indices.has(url, null, desk)).as("before the bootstrap").isFalse();
        Indices.bootstrap(url);
        assertThat(Indices.has(url, null, desk)).isFalse();
        Indices.put(url, null, part("charged", "dinas-sda"));
        assertThat(Indices.has(url, null, desk)).as("with another filter").isFalse();
        Indices.put(url, null, desk);
        assertThat(Indices.has(url, null, desk)).isTrue();
        queries.send("PUT", "/tanggap-cases-000001/_alias/tanggap-mine", "{\"index_routing\":\"7\"}");

        Indices.Generation next = Indices.begin(url);
        String cases = next.nameOf(Indices.Kind.CASES);
        queries.post("/" + cases + "/_doc", "{\"case_id\":\"qlue:own\",\"holder\":\"dinas-sda\"}");
        queries.post("/" + cases + "/_doc", "{\"case_id\":\"qlue:other\",\"holder\":\"dlh\"}");
        queries.refresh("tanggap-*");
        assertThat(queries.count(desk.alias())).as("not published yet").isZero();
        Indices.publish(url, next);

        assertThat(queries.sources(desk.alias()).values())
                .extracting(source -> source.get("case_id").asText())
                .containsExactly("qlue:own");
        assertThat(queries.count("tanggap-cases")).isEqualTo(2);
        assertThat(Indices.has(url, null, desk)).isTrue();
        assertThat(queries.get("/_alias/tanggap-mine")
                        .at("/" + cases + "/aliases/tanggap-mine/index_routing")
                        .asText())
                .isEqualTo("7");
        assertThat(queries.get("/_cat/indices/tanggap-cases-*?format=json"))
                .as("nothing holds the old one back")
                .hasSize(1);

        assertThat(Indices.remove(url, null, desk)).isTrue();
        assertThat(Indices.remove(url, null, desk)).isFalse();
        assertThat(queries.count("tanggap-cases")).isEqualTo(2);
    }

    private static Indices.Part part(String field, String unit) {
        return new Indices.Part(
                Indices.Kind.CASES,
                "tanggap-cases-of-dinas-sda",
                "{\"bool\":{\"should\":[{\"term\":{\"" + field + "\":\"" + unit + "\"}}]}}");
    }

    @Test
    void aRefusedTemplateIsNamedWithTheServersReason() throws Exception {
        Indices.bootstrap(servers.elasticsearch().url());
        queries.send("DELETE", "/_index_template/tanggap-visits", "");
        queries.send("PUT", "/_index_template/of-somebody-else", """
                {"index_patterns": ["tanggap-visits-*"], "priority": 500}""");
        try {
            assertThatThrownBy(() -> Indices.bootstrap(servers.elasticsearch().url()))
                    .hasMessageStartingWith("Elasticsearch refuses PUT /_index_template/tanggap-visits (400): ")
                    .hasMessageContaining("of-somebody-else")
                    .hasMessageEndingWith("or tanggap-settings@custom, may contradict it");
        } finally {
            queries.send("DELETE", "/_index_template/of-somebody-else", "");
        }
    }

    @Test
    void credentialsAreSentAndARefusalIsNoServerThatIsNotThere() throws Exception {
        List<String> authorizations = new ArrayList<>();
        HttpServer secured = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        secured.createContext("/", exchange -> {
            authorizations.add(exchange.getRequestHeaders().getFirst("Authorization"));
            byte[] body =
                    "{\"error\":{\"reason\":\"missing authentication credentials\"},\"status\":401}".getBytes(UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(401, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        secured.start();
        try {
            String url = "http://127.0.0.1:" + secured.getAddress().getPort();
            assertThatThrownBy(() -> Indices.bootstrap(url, "ApiKey abc"))
                    .hasMessageContaining("(401): missing authentication credentials; give an API key");
            assertThat(authorizations).containsExactly("ApiKey abc");
        } finally {
            secured.stop(0);
        }
    }

    @Test
    void anIndexThatIsGoneIsNotMadeUpFromWhatIsWritten() throws Exception {
        Indices.bootstrap(servers.elasticsearch().url());
        queries.send("DELETE", "/tanggap-cases-000001", "");
        assertThatThrownBy(() -> queries.post("/tanggap-cases/_doc", "{\"any\":1}"))
                .hasMessageContaining("index_not_found_exception");
    }

    @Test
    void refusesFieldsThatNoTemplateKnowsAndCountsThatAreNoneSoThatTheyShow() throws Exception {
        Indices.bootstrap(servers.elasticsearch().url());
        assertThatThrownBy(() -> queries.post("/tanggap-cases/_doc", "{\"citizen_name\":\"x\"}"))
                .hasMessageContaining("strict_dynamic_mapping_exception");
        assertThatThrownBy(() -> queries.post("/tanggap-cells/_doc", "{\"counts\":{\"received\":1.5}}"))
                .hasMessageContaining("document_parsing_exception");
    }

    @Test
    void settingsOfTheOperatorWin() throws Exception {
        queries.send("PUT", "/_component_template/tanggap-settings@custom", """
                {"template":{"settings":{"index":{"refresh_interval":"7s"}}}}""");
        try {
            Indices.bootstrap(servers.elasticsearch().url());
            assertThat(queries.get("/tanggap-cases/_settings").toString()).contains("\"refresh_interval\":\"7s\"");
        } finally {
            queries.send("PUT", "/_component_template/tanggap-settings@custom", "{\"template\":{}}");
        }
    }

    @Test
    void givesAnExistingIndexTheFieldsThatItLacks() throws Exception {
        queries.send("PUT", "/tanggap-cases-000001", """
                {"aliases":{"tanggap-cases":{"is_write_index":true}},
                 "mappings":{"dynamic":"strict","properties":{"case_id":{"type":"keyword"}}}}""");
        Indices.bootstrap(servers.elasticsearch().url());
        assertThatCode(() -> queries.post("/tanggap-cases/_doc", EXAMPLES.get(Indices.Kind.CASES)))
                .doesNotThrowAnyException();
    }

    @Test
    void saysWhatIsWrongAndWhatToDo() throws Exception {
        assertThatThrownBy(() -> Indices.bootstrap("http://127.0.0.1:1"))
                .hasMessageStartingWith("no Elasticsearch answers at http://127.0.0.1:1")
                .hasMessageEndingWith("start it, or correct the address");
        try (StubElasticsearch other = new StubElasticsearch()) {
            assertThatThrownBy(() -> Indices.bootstrap(other.url())).hasMessageContaining(other.url());
        }
        queries.removeIndices();
        queries.send("PUT", "/tanggap-cases", "");
        try {
            assertThatThrownBy(() -> Indices.bootstrap(servers.elasticsearch().url()))
                    .hasMessageContaining("an index named tanggap-cases, where an alias belongs");
        } finally {
            queries.send("DELETE", "/tanggap-cases", "");
        }
    }

    @Test
    void saysWhichFieldOfAnExistingIndexHasAnotherType() throws Exception {
        queries.send(
                "PUT",
                "/tanggap-visits-000001?",
                "{\"aliases\":{\"tanggap-visits\":{}},\"mappings\":{\"properties\":{\"left_at\":{\"type\":\"long\"}}}}");
        assertThatThrownBy(() -> Indices.bootstrap(servers.elasticsearch().url()))
                .hasMessageContaining("left_at")
                .hasMessageContaining("new generation");
    }
}
