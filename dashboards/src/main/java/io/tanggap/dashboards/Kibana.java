package io.tanggap.dashboards;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A space of a Kibana server, and what Tanggap keeps in it. */
public final class Kibana {
    private static final ObjectMapper JSON = JsonMapper.builder().build();
    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    private static final Pattern VERSION = Pattern.compile("(\\d{1,4})\\.(\\d{1,4})");
    private static final int LEAST_MAJOR = 8;
    private static final int LEAST_MINOR = 12;
    private static final String BOUNDARY = "tanggap-objects";

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    private final String url;
    private final String space;
    private final @Nullable String authorization;

    /**
     * @param url of the server, with its base path if it has one
     * @param space the id of the space; null is the default one
     * @param authorization the header's value; null where security is off
     */
    public Kibana(String url, @Nullable String space, @Nullable String authorization) {
        this.url = url.replaceFirst("/+$", "");
        this.space = space == null ? "" : "/s/" + encoded(space);
        this.authorization = authorization;
    }

    /** How an object here relates to the one that this version ships. */
    public enum Standing {
        SAME,
        MISSING,
        /** Somebody changed it, or another version installed it. */
        DIFFERENT
    }

    /**
     * The version of the server.
     *
     * @throws IOException when no Kibana answers, one that is older than these objects can be read by, or one without the space
     */
    public String requireVersion() throws IOException {
        HttpResponse<String> answer = send("GET", url + "/api/status", null, "application/json");
        if (answer.statusCode() == 404 || answer.statusCode() == 405) {
            throw new IOException("what answers at " + url + " is no Kibana: correct the address");
        }
        String version = read(answer).path("version").path("number").asText();
        Matcher numbers = VERSION.matcher(version);
        if (!numbers.lookingAt()) {
            throw new IOException("what answers at " + url + " is no Kibana: correct the address");
        }
        int major = Integer.parseInt(numbers.group(1));
        int minor = Integer.parseInt(numbers.group(2));
        if (major < LEAST_MAJOR || (major == LEAST_MAJOR && minor < LEAST_MINOR)) {
            throw new IOException(
                    "the Kibana at " + url + " is of version " + version + ": the dashboards need 8.12 or a later one");
        }
        if (!space.isEmpty()) {
            String id = space.substring("/s/".length());
            if (send("GET", url + "/api/spaces/space/" + id, null, "application/json")
                            .statusCode()
                    == 404) {
                throw new IOException("the Kibana at " + url + " has no space " + id + ": make it, or correct its id");
            }
        }
        return version;
    }

    /**
     * Writes objects, in place of those of the same ids.
     *
     * @throws IOException when Kibana refuses any; what it took by then stays, and installing again completes it
     */
    public void install(List<ObjectNode> objects) throws IOException {
        String body =
                "--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"tanggap.ndjson\"\r\n"
                        + "Content-Type: application/ndjson\r\n\r\n" + Dashboards.ndjson(objects) + "\r\n--" + BOUNDARY
                        + "--\r\n";
        JsonNode answer = read(send(
                "POST",
                url + space + "/api/saved_objects/_import?overwrite=true",
                body,
                "multipart/form-data; boundary=" + BOUNDARY));
        if (!answer.path("success").asBoolean()) {
            List<String> refused = new ArrayList<>();
            answer.path("errors")
                    .forEach(error -> refused.add(error.path("type").asText() + " "
                            + error.path("id").asText() + ": "
                            + error.path("error")
                                    .path("message")
                                    .asText(error.path("error").path("type").asText())));
            throw new IOException("Kibana refuses some of the objects: " + String.join("; ", refused));
        }
    }

    /**
     * How objects stand here. Only what this version writes is compared: later Kibanas add to it, and one of another major
     * version may have migrated it.
     */
    public Map<String, Standing> check(List<ObjectNode> objects) throws IOException {
        ArrayNode wanted = JSON.createArrayNode();
        objects.forEach(object -> wanted.addObject()
                .put("type", object.path("type").asText())
                .put("id", object.path("id").asText()));
        JsonNode answer =
                read(send("POST", url + space + "/api/saved_objects/_bulk_get", wanted.toString(), "application/json"));
        Map<String, JsonNode> found = new HashMap<>();
        answer.path("saved_objects").forEach(object -> {
            if (!object.has("error")) {
                found.put(key(object), object);
            }
        });
        Map<String, Standing> standings = new HashMap<>();
        for (ObjectNode object : objects) {
            JsonNode here = found.get(key(object));
            standings.put(
                    object.path("id").asText(),
                    here == null ? Standing.MISSING : isSame(object, here) ? Standing.SAME : Standing.DIFFERENT);
        }
        return standings;
    }

    private static String key(JsonNode object) {
        return object.path("type").asText() + "/" + object.path("id").asText();
    }

    private static boolean isSame(JsonNode ours, JsonNode here) throws IOException {
        for (Map.Entry<String, JsonNode> attribute : ours.path("attributes").properties()) {
            if (!tree(attribute.getValue()).equals(tree(here.path("attributes").path(attribute.getKey())))) {
                return false;
            }
        }
        return true;
    }

    /** JSON within a text is compared as JSON: its keys have no order. */
    private static JsonNode tree(JsonNode value) throws IOException {
        if (value.isTextual() && value.asText().matches("(?s)[\\[{].*")) {
            return JSON.readTree(value.asText());
        }
        if (!value.isObject()) {
            return value;
        }
        ObjectNode read = JSON.createObjectNode();
        for (Map.Entry<String, JsonNode> field : value.properties()) {
            read.set(field.getKey(), tree(field.getValue()));
        }
        return read;
    }

    /** Removes objects, and says how many there were. */
    public int uninstall(List<ObjectNode> objects) throws IOException {
        int removed = 0;
        for (ObjectNode object : objects) {
            String path = "/api/saved_objects/" + object.path("type").asText() + "/"
                    + encoded(object.path("id").asText()) + "?force=true";
            HttpResponse<String> answer = send("DELETE", url + space + path, null, "application/json");
            if (answer.statusCode() != 404) {
                read(answer);
                removed++;
            }
        }
        return removed;
    }

    private HttpResponse<String> send(String method, String address, @Nullable String body, String type)
            throws IOException {
        HttpRequest.Builder request;
        try {
            request = HttpRequest.newBuilder(URI.create(address));
        } catch (IllegalArgumentException e) {
            throw new IOException(url + " is no address of a Kibana, such as http://localhost:5601", e);
        }
        request.timeout(TIMEOUT)
                .header("kbn-xsrf", "tanggap")
                .header("Content-Type", type)
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IOException("no Kibana answers at " + url + " (" + e + "): start it, or correct the address", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for Kibana", e);
        }
    }

    private JsonNode read(HttpResponse<String> answer) throws IOException {
        int status = answer.statusCode();
        if (status == 401 || status == 403) {
            throw new IOException("Kibana at " + url + " does not let you (" + status
                    + "): give an API key or a user that may write saved objects in this space");
        }
        if (status >= 400) {
            throw new IOException("Kibana refuses " + answer.request().method() + " "
                    + answer.request().uri().getPath() + " (" + status + "): " + message(answer.body()));
        }
        try {
            return answer.body().isEmpty() ? JSON.createObjectNode() : JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new IOException("what answers at " + url + " is no Kibana: correct the address", e);
        }
    }

    private static String message(String body) {
        try {
            return JSON.readTree(body).path("message").asText(body);
        } catch (IOException e) {
            return body;
        }
    }

    private static String encoded(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8);
    }
}
