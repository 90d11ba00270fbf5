package io.tanggap.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * What is indexed, as a test sees it. An index is named by its name, an alias or a pattern. Every call fails with the
 * server's answer unless that is a success.
 */
public final class ElasticsearchQueries {
    private static final int PAGE = 5_000;

    private final String url;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ObjectMapper json = JsonMapper.builder().build();

    /** @param url the server, for example {@code http://127.0.0.1:9200} */
    public ElasticsearchQueries(String url) {
        this.url = url;
    }

    /** Makes everything visible that was indexed before. */
    public void refresh(String index) {
        post("/" + index + "/_refresh", "");
    }

    /** The number of documents that are visible. */
    public long count(String index) {
        return get("/" + index + "/_count").get("count").asLong();
    }

    /** All visible documents by id, in the order of indexing: for results that fit the heap. */
    public Map<String, JsonNode> sources(String index) {
        Map<String, JsonNode> sources = new LinkedHashMap<>();
        forEach(index, sources::put);
        return sources;
    }

    /** Hands over every visible document, id and {@code _source}, page by page, from one point in time. */
    public void forEach(String index, BiConsumer<String, JsonNode> consumer) {
        String pointInTime =
                post("/" + index + "/_pit?keep_alive=5m", "").get("id").asText();
        ObjectNode request = json.createObjectNode().put("size", PAGE).put("track_total_hits", false);
        request.putObject("pit").put("id", pointInTime).put("keep_alive", "5m");
        request.putArray("sort").addObject().put("_shard_doc", "asc");
        try {
            while (true) {
                JsonNode hits = post("/_search", request.toString()).get("hits").get("hits");
                if (hits.isEmpty()) {
                    return;
                }
                for (JsonNode hit : hits) {
                    consumer.accept(hit.get("_id").asText(), hit.get("_source"));
                }
                request.set("search_after", hits.get(hits.size() - 1).get("sort"));
            }
        } finally {
            send(
                    "DELETE",
                    "/_pit",
                    json.createObjectNode().put("id", pointInTime).toString());
        }
    }

    /** @param path with its leading slash and its query */
    public JsonNode get(String path) {
        return send("GET", path, "");
    }

    /**
     * @param path with its leading slash and its query
     * @param body JSON, or empty
     */
    public JsonNode post(String path, String body) {
        return send("POST", path, body);
    }

    /** Deletes every index of Tanggap that an alias leads to: tests share the server, and an index keeps the types of its fields. */
    public void removeIndices() {
        get("/_alias/tanggap-*").fieldNames().forEachRemaining(index -> send("DELETE", "/" + index, ""));
    }

    /** Any other method, such as PUT and DELETE. */
    public JsonNode send(String method, String path, String body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + path))
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            HttpResponse<byte[]> response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
            JsonNode answer = json.readTree(response.body());
            if (response.statusCode() / 100 != 2) {
                throw new IllegalStateException(
                        method + " " + path + " answered " + response.statusCode() + ": " + answer);
            }
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + url + path + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + method + " " + path, e);
        }
    }
}
