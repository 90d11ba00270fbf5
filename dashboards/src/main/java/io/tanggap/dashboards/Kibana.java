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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
    /** Its id; null is the default one. */
    private final @Nullable String space;

    private final @Nullable String authorization;

    /**
     * @param url of the server, with its base path if it has one
     * @param space the id of the space; null is the default one
     * @param authorization the header's value; null where security is off
     */
    public Kibana(String url, @Nullable String space, @Nullable String authorization) {
        this.url = url.replaceFirst("/+$", "");
        this.space = space;
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
        JsonNode status = read(answer);
        String version = status.path("version").path("number").asText();
        if (version.isEmpty() && status.path("status").has("overall")) {
            throw new IOException(
                    "the Kibana at " + url + " tells its version to its users alone: give an API key or a user");
        }
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
        if (space != null
                && send("GET", url + "/api/spaces/space/" + encoded(space), null, "application/json")
                                .statusCode()
                        == 404) {
            throw new IOException("the Kibana at " + url + " has no space " + space + ": make it, or correct its id");
        }
        return version;
    }

    /**
     * Writes objects, in place of those of the same ids.
     *
     * @throws IOException when Kibana refuses any; what it took by then stays, and installing again completes it. Also when
     *     another space has them: then nothing stays
     */
    public void install(List<ObjectNode> objects) throws IOException {
        String body =
                "--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"tanggap.ndjson\"\r\n"
                        + "Content-Type: application/ndjson\r\n\r\n" + Dashboards.ndjson(objects) + "\r\n--" + BOUNDARY
                        + "--\r\n";
        JsonNode answer = read(send(
                "POST",
                inSpace("/api/saved_objects/_import?overwrite=true"),
                body,
                "multipart/form-data; boundary=" + BOUNDARY));
        requireOwnIds(answer.path("successResults"));
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

    /** Kibana gives a copy another id where the object is in another space already. Links to it, and whatever asks for it, would miss it. */
    private void requireOwnIds(JsonNode imported) throws IOException {
        boolean elsewhere = false;
        for (JsonNode object : imported) {
            String copy = object.path("destinationId").asText();
            if (!copy.isEmpty()) {
                elsewhere = true;
                read(ask(
                        "DELETE",
                        "/api/saved_objects/" + object.path("type").asText() + "/" + copy + "?force=true",
                        null));
            }
        }
        if (elsewhere) {
            throw new IOException("another space of the Kibana at " + url
                    + " has these dashboards, and their ids are there once in a Kibana: uninstall them there first");
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
        JsonNode answer = read(ask("POST", "/api/saved_objects/_bulk_get", wanted));
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
                    here == null
                            ? Standing.MISSING
                            : isSame(object.path("attributes"), here.path("attributes"))
                                    ? Standing.SAME
                                    : Standing.DIFFERENT);
        }
        return standings;
    }

    private static String key(JsonNode object) {
        return object.path("type").asText() + "/" + object.path("id").asText();
    }

    /** Whether each attribute of ours is the same there; there may be more. */
    static boolean isSame(JsonNode ours, JsonNode there) throws IOException {
        for (Map.Entry<String, JsonNode> attribute : ours.properties()) {
            if (!tree(attribute.getValue()).equals(tree(there.path(attribute.getKey())))) {
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
            HttpResponse<String> answer = ask("DELETE", path, null);
            if (answer.statusCode() != 404) {
                read(answer);
                removed++;
            }
        }
        return removed;
    }

    /**
     * Writes the role of a desk, in place of one of its name.
     *
     * @throws NotKeptException where security is off, so that there are no roles
     */
    public void install(Desk desk) throws IOException {
        HttpResponse<String> answer = ask("PUT", role(desk), desk.roleIn(spaceId()));
        requireSecurity(answer);
        read(answer, "manage security");
    }

    /**
     * How the role of a desk stands here.
     *
     * @throws NotKeptException where security is off, so that there are no roles
     */
    public Standing check(Desk desk) throws IOException {
        HttpResponse<String> answer = ask("GET", role(desk), null);
        requireSecurity(answer);
        if (answer.statusCode() == 404) {
            return Standing.MISSING;
        }
        JsonNode here = read(answer, "manage security");
        ObjectNode ours = desk.roleIn(spaceId());
        return sets(ours.path("elasticsearch").path("indices"))
                                .equals(sets(here.path("elasticsearch").path("indices")))
                        && isSame(
                                ours.path("kibana").path(0), here.path("kibana").path(0))
                ? Standing.SAME
                : Standing.DIFFERENT;
    }

    /** The names and privileges of a role, which have no order. */
    private static Set<Set<String>> sets(JsonNode indices) {
        Set<Set<String>> sets = new HashSet<>();
        for (JsonNode index : indices) {
            for (String field : List.of("names", "privileges")) {
                Set<String> texts = new HashSet<>();
                index.path(field).forEach(text -> texts.add(text.asText()));
                sets.add(texts);
            }
        }
        return sets;
    }

    /** Removes the role of a desk, and says whether there was one. */
    public boolean uninstall(Desk desk) throws IOException {
        HttpResponse<String> answer = ask("DELETE", role(desk), null);
        if (answer.statusCode() == 404 || isSecurityOff(answer)) {
            return false;
        }
        read(answer, "manage security");
        return true;
    }

    private static String role(Desk desk) {
        return "/api/security/role/" + encoded(desk.role());
    }

    private void requireSecurity(HttpResponse<String> answer) throws NotKeptException {
        if (isSecurityOff(answer)) {
            throw new NotKeptException("security is off in the Elasticsearch of the Kibana at " + url
                    + ", so that there are no roles: everybody who reaches it sees the cases of all desks;"
                    + " set xpack.security.enabled, and install again");
        }
    }

    /** Without security, Elasticsearch does not know the address of roles, and Kibana passes on what it says. */
    private static boolean isSecurityOff(HttpResponse<String> answer) {
        return answer.statusCode() == 400 && answer.body().contains("no handler found");
    }

    /** The id of the space, as roles and rules name it. */
    String spaceId() {
        return space == null ? "default" : space;
    }

    /**
     * Asks within the space.
     *
     * @param path from the root of the space
     * @param body null sends none
     */
    HttpResponse<String> ask(String method, String path, @Nullable JsonNode body) throws IOException {
        return send(method, inSpace(path), body == null ? null : body.toString(), "application/json");
    }

    private String inSpace(String path) {
        return url + (space == null ? "" : "/s/" + encoded(space)) + path;
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
        return read(answer, "write saved objects in this space");
    }

    /** @param right what one must be allowed to do to ask this */
    JsonNode read(HttpResponse<String> answer, String right) throws IOException {
        int status = answer.statusCode();
        if (status == 401 || status == 403) {
            throw new IOException("Kibana at " + url + " does not let you (" + status
                    + "): give an API key or a user that may " + right);
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
        return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
