package io.tanggap.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(EmbeddedServers.class)
class EmbeddedServersIT {
    @Test
    void readsBackEverythingThatIsIndexedPageByPage(EmbeddedServers servers) {
        ElasticsearchQueries queries = servers.queries();
        StringBuilder bulk = new StringBuilder();
        for (int i = 0; i < 12_000; i++) {
            bulk.append("{\"index\":{\"_id\":\"")
                    .append(i)
                    .append("\"}}\n{\"n\":")
                    .append(i)
                    .append("}\n");
        }
        queries.post("/numbers/_bulk", bulk.toString());
        queries.refresh("numbers");

        assertThat(queries.count("numbers")).isEqualTo(12_000);
        assertThat(queries.sources("numbers")).hasSize(12_000).satisfies(sources -> assertThat(
                        sources.get("11999").get("n").asInt())
                .isEqualTo(11_999));
    }

    @Test
    void startsEachServerOnceForAllTests(EmbeddedServers servers, EmbeddedServers again) throws Exception {
        assertThat(again.kafka()).isSameAs(servers.kafka());
        assertThat(again.elasticsearch()).isSameAs(servers.elasticsearch());
        servers.kafka().createTopic("any", 1, Map.of());
    }
}
