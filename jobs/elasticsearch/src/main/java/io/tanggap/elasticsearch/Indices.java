package io.tanggap.elasticsearch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import org.apache.http.entity.ContentType;
import org.apache.http.nio.entity.NByteArrayEntity;
import org.apache.http.util.EntityUtils;
import org.elasticsearch.client.Request;
import org.elasticsearch.client.Response;
import org.elasticsearch.client.ResponseException;
import org.elasticsearch.client.RestClient;

/**
 * The indices of Tanggap. An index is a kind and a generation, {@code tanggap-cases-000001}; everybody reads and writes the
 * alias, {@code tanggap-cases}. The fields of each kind stand in one template, {@code elasticsearch/cases.json} of the
 * schemas, and there alone.
 */
public final class Indices {
    /** One kind of document, one index template. */
    public enum Kind {
        CASES("cases"),
        VISITS("visits"),
        CELLS("cells"),
        RESPONSIVENESS("responsiveness"),
        DEAD_LETTERS("dead-letters");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        /** The name to read and to write. */
        public String alias() {
            return "tanggap-" + text;
        }

        private String resource() {
            return "/elasticsearch/" + text + ".json";
        }
    }

    private static final String SETTINGS = "tanggap-settings";
    private static final String FIRST_GENERATION = "-000001";
    private static final ObjectMapper JSON = JsonMapper.builder().build();

    private Indices() {}

    /**
     * Installs the templates and makes every index that is missing. An index that exists is kept and is given the fields that
     * its template has and it has not. Running it again changes nothing.
     *
     * @param url a node, for example {@code http://127.0.0.1:9200}
     * @throws IOException when no server of version 8 or 9 answers there, when it refuses, or when a field of an existing
     *     index has another type than the template wants; the message says which and what to do
     */
    public static void bootstrap(String url) throws IOException {
        try (RestClient client = BulkClient.restClient(List.of(url), Duration.ofSeconds(60))) {
            requireVersion(client, url);
            call(client, "PUT", "/_component_template/" + SETTINGS, resource("/elasticsearch/settings.json"));
            for (Kind kind : Kind.values()) {
                byte[] template = resource(kind.resource());
                call(client, "PUT", "/_index_template/" + kind.alias(), template);
                if (exists(client, "/_alias/" + kind.alias())) {
                    JsonNode mappings = JSON.readTree(template).path("template").path("mappings");
                    call(client, "PUT", "/" + kind.alias() + "/_mapping", JSON.writeValueAsBytes(mappings));
                } else {
                    create(client, kind);
                }
            }
        }
    }

    private static void requireVersion(RestClient client, String url) throws IOException {
        String version;
        try (InputStream answer =
                client.performRequest(new Request("GET", "/")).getEntity().getContent()) {
            version = JSON.readTree(answer).path("version").path("number").asText();
        } catch (IOException e) {
            throw new IOException(
                    "no Elasticsearch answers at " + url + " (" + e.getMessage()
                            + "): start it, or correct the address",
                    e);
        }
        if (!version.startsWith("8.") && !version.startsWith("9.")) {
            throw new IOException("the server at " + url + " is of version " + (version.isEmpty() ? "unknown" : version)
                    + ": Tanggap needs Elasticsearch 8 or 9");
        }
    }

    private static void create(RestClient client, Kind kind) throws IOException {
        if (exists(client, "/" + kind.alias())) {
            throw new IOException("there is an index named " + kind.alias()
                    + ", where an alias belongs: it was made by a"
                    + " write before the bootstrap; delete it, or reindex it into " + kind.alias() + FIRST_GENERATION);
        }
        String body = "{\"aliases\":{\"" + kind.alias() + "\":{\"is_write_index\":true}}}";
        call(client, "PUT", "/" + kind.alias() + FIRST_GENERATION, JSON.writeValueAsBytes(JSON.readTree(body)));
    }

    private static boolean exists(RestClient client, String path) throws IOException {
        return client.performRequest(new Request("HEAD", path)).getStatusLine().getStatusCode() == 200;
    }

    private static void call(RestClient client, String method, String path, byte[] body) throws IOException {
        Request request = new Request(method, path);
        request.setEntity(new NByteArrayEntity(body, ContentType.APPLICATION_JSON));
        try {
            Response response = client.performRequest(request);
            EntityUtils.consume(response.getEntity());
        } catch (ResponseException e) {
            String answer = EntityUtils.toString(e.getResponse().getEntity());
            String reason = JSON.readTree(answer).path("error").path("reason").asText(answer);
            throw new IOException(
                    "Elasticsearch refuses " + method + " " + path + ": " + reason
                            + "; a field that changed its type needs a new generation of the index",
                    e);
        }
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream resource = Indices.class.getResourceAsStream(name)) {
            if (resource == null) {
                throw new IllegalStateException(name + " is not on the class path");
            }
            return resource.readAllBytes();
        }
    }
}
