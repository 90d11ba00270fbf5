package io.tanggap.elasticsearch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Reads figures back from Elasticsearch, as any client would. */
public final class IndexReader {
    private static final ObjectMapper JSON = new ObjectMapper();

    // Chosen: a search that takes longer answers nobody any more.
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private final HttpClient http;
    private final String url;
    private final @Nullable String authorization;

    /** A reader of a server, as {@link Access} says. */
    public IndexReader(String url) {
        this(url, Access.ofEnvironment());
    }

    IndexReader(String url, Access access) {
        this.url = url;
        this.http = access.httpClient();
        this.authorization = access.authorizationFor(url);
    }

    /** Makes everything written so far visible to searches. */
    public void refresh() throws IOException {
        call("POST", "/tanggap-*/_refresh", "");
    }

    /** The answer to a search. */
    public JsonNode search(String index, String body) throws IOException {
        return call("POST", "/" + index + "/_search", body);
    }

    /** The answer to a GET of a path, such as {@code /_cluster/health}. */
    public JsonNode get(String path) throws IOException {
        return call("GET", path, "");
    }

    private JsonNode call(String method, String path, String body) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path))
                .timeout(LONGEST)
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body));
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        try {
            var answer = http.send(request.build(), BodyHandlers.ofByteArray());
            JsonNode json = JSON.readTree(answer.body());
            if (answer.statusCode() >= 300) {
                throw new IOException("Elasticsearch at " + url + " answered " + answer.statusCode() + " to " + path
                        + ": " + json.path("error").path("reason").asText());
            }
            return json;
        } catch (ConnectException e) {
            throw new IOException(
                    "nothing answers at " + url + ": start Elasticsearch there, or name the address where it runs", e);
        } catch (SSLException e) {
            throw new IOException(
                    "Elasticsearch at " + url + " is not trusted (" + e.getMessage()
                            + "): name the authority that signed" + " its certificate by " + Access.CA,
                    e);
        } catch (HttpTimeoutException e) {
            throw new IOException(
                    "Elasticsearch at " + url + " has not answered for " + LONGEST.toSeconds() + " seconds", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while reading from Elasticsearch", e);
        }
    }
}
