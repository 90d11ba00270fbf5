package io.tanggap.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tanggap.testkit.ElasticsearchQueries;
import io.tanggap.testkit.EmbeddedServers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What cannot be computed anew comes back from a snapshot, by the calls of the runbook. */
@ExtendWith(EmbeddedServers.class)
class BackupIT {
    private static final String SNAPSHOT = "/_snapshot/backup/day-1";
    private static final List<String> KEPT = List.of("tanggap-deliveries", "tanggap-standings");

    private ElasticsearchQueries queries;
    private String url;

    @BeforeEach
    void connect(EmbeddedServers servers) {
        queries = servers.queries();
        url = servers.elasticsearch().url();
    }

    @AfterEach
    void removeEverything() {
        queries.send("DELETE", SNAPSHOT, "");
        queries.send("DELETE", "/_snapshot/backup", "");
        queries.removeIndices();
    }

    @Test
    void deliveriesAndStandingsComeBackAndAreWrittenOn() throws Exception {
        Indices.bootstrap(url);
        write(1);
        queries.send("PUT", "/_snapshot/backup", "{\"type\":\"fs\",\"settings\":{\"location\":\"tanggap\"}}");
        queries.send(
                "PUT",
                SNAPSHOT + "?wait_for_completion=true",
                "{\"indices\":\"tanggap-deliveries,tanggap-standings\",\"include_global_state\":false}");
        queries.removeIndices();

        Indices.bootstrap(url);
        KEPT.forEach(alias -> queries.send("DELETE", "/" + indexOf(alias), ""));
        JsonNode restored = queries.post(
                SNAPSHOT + "/_restore?wait_for_completion=true",
                "{\"indices\":\"tanggap-deliveries-*,tanggap-standings-*\",\"include_global_state\":false}");

        assertThat(restored.at("/snapshot/shards/failed").asInt(-1))
                .as("%s", restored)
                .isZero();
        Indices.bootstrap(url);
        write(2);
        for (String alias : KEPT) {
            queries.refresh(alias);
            assertThat(queries.count(alias)).as(alias).isEqualTo(2);
        }
        assertThat(Indices.drift(url)).isEmpty();
        assertThat(Indices.read(url))
                .allSatisfy((kind, indices) -> assertThat(indices).hasSize(1));
    }

    private void write(int number) {
        Map.of(
                        "tanggap-deliveries",
                        "{\"notice_id\":\"0123456789abcdef\",\"recipient\":\"desk\",\"outcome\":\"DELIVERED\"}",
                        "tanggap-standings",
                        "{\"role\":\"HOLDER\",\"rule\":\"CRM\",\"unit\":\"a\",\"window\":\"MONTH\",\"n\":40}")
                .forEach((alias, document) -> queries.send("PUT", "/" + alias + "/_doc/" + number, document));
    }

    private String indexOf(String alias) {
        return queries.get("/_alias/" + alias).fieldNames().next();
    }
}
