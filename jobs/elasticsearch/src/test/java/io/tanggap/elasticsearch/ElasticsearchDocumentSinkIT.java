package io.tanggap.elasticsearch;

import com.fasterxml.jackson.databind.JsonNode;
import io.tanggap.testkit.ElasticsearchQueries;
import io.tanggap.testkit.EmbeddedServers;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(EmbeddedServers.class)
class ElasticsearchDocumentSinkIT extends DocumentSinkContract {
    private EmbeddedServers servers;
    private ElasticsearchQueries queries;

    @BeforeEach
    void makeIndices(EmbeddedServers embedded) {
        servers = embedded;
        queries = embedded.queries();
        queries.send(
                "PUT",
                "/" + INDEX,
                "{\"settings\":{\"number_of_replicas\":0},\"mappings\":{\"properties\":{\"n\":{\"type\":\"long\"},"
                        + "\"text\":{\"type\":\"keyword\",\"index\":false,\"doc_values\":false}}}}");
        queries.send("PUT", "/" + DEAD_LETTERS, "{\"settings\":{\"number_of_replicas\":0}}");
    }

    @AfterEach
    void removeIndices() {
        queries.send("DELETE", "/" + INDEX, "");
        queries.send("DELETE", "/" + DEAD_LETTERS, "");
    }

    @Override
    String url() {
        return servers.elasticsearch().url();
    }

    @Override
    Map<String, JsonNode> stored(String index) {
        queries.refresh(index);
        return queries.sources(index);
    }

    @Override
    void outage() throws Exception {
        servers.elasticsearch().kill();
    }

    @Override
    void recovery() throws Exception {
        servers.elasticsearch().restart();
    }
}
