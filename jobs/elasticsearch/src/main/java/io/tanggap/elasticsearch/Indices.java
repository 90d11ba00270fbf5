package io.tanggap.elasticsearch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.http.entity.ContentType;
import org.apache.http.nio.entity.NByteArrayEntity;
import org.apache.http.util.EntityUtils;
import org.elasticsearch.client.Request;
import org.elasticsearch.client.Response;
import org.elasticsearch.client.ResponseException;
import org.elasticsearch.client.RestClient;
import org.jspecify.annotations.Nullable;

/**
 * The indices of Tanggap. An index is a kind and a generation, {@code tanggap-cases-000001}; everybody reads the alias,
 * {@code tanggap-cases}. A job writes to one generation, by the names of its indices: one that goes on from earlier state to the one
 * that is read when it starts, one that begins without state to one of its own, to which the aliases move, so that no document of an
 * earlier run stays among its own, and a run that was replaced disturbs nobody. The fields of
 * each kind stand in one template, {@code elasticsearch/cases.json} of the schemas, and there alone.
 */
public final class Indices {
    /** One kind of document, one index template. */
    public enum Kind {
        CASES("cases"),
        VISITS("visits"),
        PROBLEMS("problems"),
        CELLS("cells"),
        RESPONSIVENESS("responsiveness"),
        RESTATEMENTS("restatements"),
        PAIRS("pairs"),
        STANDINGS("standings"),
        ALERTS("alerts"),
        DELIVERIES("deliveries"),
        DEAD_LETTERS("dead-letters"),
        FEEDS("feeds");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        /** Whether every generation has an index of it. */
        public boolean isComputed() {
            return COMPUTED.contains(this);
        }

        /** The name to read and to write. */
        public String alias() {
            return "tanggap-" + text;
        }

        private String resource() {
            return "/elasticsearch/" + text + ".json";
        }
    }

    /**
     * What is computed anew by every run, and the restatements of its rows; dead letters are described once and stay, standings
     * are published and stay, feeds are those of intake, deliveries those of notification.
     */
    private static final List<Kind> COMPUTED = List.of(
            Kind.CASES,
            Kind.VISITS,
            Kind.PROBLEMS,
            Kind.CELLS,
            Kind.RESPONSIVENESS,
            Kind.PAIRS,
            Kind.RESTATEMENTS,
            Kind.ALERTS);

    /**
     * Where documents of each kind are written: a name of an index, or of an alias.
     *
     * @param suffix of the indices of one generation; empty for the aliases
     */
    public record Generation(String suffix) implements Serializable {
        /** What everybody reads. */
        public static final Generation CURRENT = new Generation("");

        /** The name under which documents of a kind are written. */
        public String nameOf(Kind kind) {
            return COMPUTED.contains(kind) ? kind.alias() + suffix : kind.alias();
        }
    }

    /**
     * Documents of a kind that are read under a name of their own: an alias with a filter, which moves to the next generation
     * together with the alias of the kind.
     *
     * @param filter the query that selects them, in JSON
     */
    public record Part(Kind kind, String alias, String filter) {}

    /**
     * Where a server is not as this version of Tanggap would have it.
     *
     * @param name of the template or index
     * @param fields that differ, or settings, by their paths
     * @param lasting whether {@link #bootstrap} cannot mend it: a field of an index keeps its type
     */
    public record Drift(String name, List<String> fields, boolean lasting) {
        public Drift {
            fields = List.copyOf(fields);
        }
    }

    private static final String SETTINGS = "tanggap-settings";
    /** The component templates, each with its resource. Figures are refreshed less often: what was written of them rests for longer still. */
    private static final Map<String, String> COMPONENTS =
            Map.of(SETTINGS, "/elasticsearch/settings.json", "tanggap-figures", "/elasticsearch/figures.json");

    private static final String FIRST_GENERATION = "-000001";
    private static final ObjectMapper JSON = JsonMapper.builder().build();
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final byte[] NOTHING = {};

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
        bootstrap(url, null);
    }

    /** @param authorization the header's value; null: as the environment says, see {@link Access} */
    public static void bootstrap(String url, @Nullable String authorization) throws IOException {
        try (RestClient client = client(url, authorization)) {
            requireVersion(client, url);
            for (Map.Entry<String, String> component : COMPONENTS.entrySet()) {
                call(client, "PUT", "/_component_template/" + component.getKey(), resource(component.getValue()));
            }
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

    /**
     * Makes the indices of a new generation, which nobody reads yet, and removes those of generations that were never
     * published: of runs that did not come to their end.
     *
     * @param url a node of a server on which {@link #bootstrap} has run
     */
    public static Generation begin(String url) throws IOException {
        try (RestClient client = client(url, null)) {
            long last = 0;
            for (String index : computed(client, false)) {
                last = Math.max(last, number(index));
            }
            removeUnread(url);
            Generation next = generation(last + 1);
            for (Kind kind : COMPUTED) {
                call(client, "PUT", "/" + next.nameOf(kind), NOTHING);
            }
            return next;
        }
    }

    /**
     * The generation that is read now.
     *
     * @throws IOException when there is none; the message says how it is made
     */
    public static Generation current(String url) throws IOException {
        try (RestClient client = client(url, null)) {
            String alias = Kind.CASES.alias();
            List<String> indices =
                    exists(client, "/_alias/" + alias) ? names(get(client, "/_alias/" + alias)) : List.of();
            if (indices.size() != 1) {
                throw new IOException("the alias " + alias + " at " + url + " leads to "
                        + (indices.isEmpty() ? "nothing" : indices)
                        + " instead of one index: run tanggap install there, with a key that may make indices");
            }
            return new Generation(indices.get(0).substring(alias.length()));
        }
    }

    /**
     * The generation before the one that is read now, as {@link #switchTo} left it.
     *
     * @throws IOException when there is none
     */
    public static Generation previous(String url) throws IOException {
        long current = number(current(url).nameOf(Kind.CASES));
        try (RestClient client = client(url, null)) {
            List<String> unread = computed(client, true);
            return unread.stream()
                    .map(Indices::number)
                    .filter(number -> number < current)
                    .distinct()
                    .sorted(Comparator.reverseOrder())
                    .map(Indices::generation)
                    .filter(generation ->
                            COMPUTED.stream().map(generation::nameOf).allMatch(unread::contains))
                    .findFirst()
                    .orElseThrow(
                            () -> new IOException(
                                    "there is no earlier generation at " + url
                                            + ": the next run that begins without state removes it, and so does tanggap reprocess --discard"));
        }
    }

    /** Moves the aliases as {@link #switchTo} does, and removes the indices that nobody reads any more. */
    public static void publish(String url, Generation generation) throws IOException {
        switchTo(url, generation);
        removeUnread(url);
    }

    /** The computed indices that no alias leads to: of generations before, or of one that is being made. */
    public static List<String> unread(String url) throws IOException {
        try (RestClient client = client(url, null)) {
            return computed(client, true);
        }
    }

    /** The indices that the alias of each kind leads to: one, where all is well. */
    public static Map<Kind, List<String>> read(String url) throws IOException {
        try (RestClient client = client(url, null)) {
            JsonNode indices = get(client, "/tanggap-*/_alias");
            Map<Kind, List<String>> read = new EnumMap<>(Kind.class);
            for (Kind kind : Kind.values()) {
                read.put(
                        kind,
                        indices.properties().stream()
                                .filter(index ->
                                        index.getValue().path("aliases").has(kind.alias()))
                                .map(Map.Entry::getKey)
                                .toList());
            }
            return read;
        }
    }

    /**
     * Templates that are missing or are not those that {@link #bootstrap} installs, and indices that are read and whose fields are not
     * those of their templates. Settings of the operator, in a component template of its own, are none of it.
     */
    public static List<Drift> drift(String url) throws IOException {
        try (RestClient client = client(url, null)) {
            List<Drift> drift = new ArrayList<>();
            for (Map.Entry<String, String> component : COMPONENTS.entrySet()) {
                JsonNode installed =
                        installed(client, "/_component_template/" + component.getKey(), "component_template");
                JsonNode wanted = JSON.readTree(resource(component.getValue()));
                add(drift, component.getKey(), Differences.ofTemplate(wanted, installed), false);
            }
            JsonNode indices = get(client, "/tanggap-*");
            for (Kind kind : Kind.values()) {
                JsonNode template = JSON.readTree(resource(kind.resource()));
                JsonNode installed = installed(client, "/_index_template/" + kind.alias(), "index_template");
                add(drift, kind.alias(), Differences.ofTemplate(template, installed), false);
                indices.properties().forEach(index -> {
                    if (index.getValue().path("aliases").has(kind.alias())) {
                        JsonNode wanted = template.path("template").path("mappings");
                        JsonNode mapped = index.getValue().path("mappings");
                        add(drift, index.getKey(), Differences.missingFields(wanted, mapped), false);
                        add(drift, index.getKey(), Differences.otherFields(wanted, mapped), true);
                    }
                });
            }
            return drift;
        }
    }

    private static void add(List<Drift> drift, String name, List<String> fields, boolean lasting) {
        if (!fields.isEmpty()) {
            drift.add(new Drift(name, fields, lasting));
        }
    }

    /** A template as it is installed; a missing node where it is not. */
    private static JsonNode installed(RestClient client, String path, String kind) throws IOException {
        return exists(client, path) ? get(client, path).path(kind + "s").path(0).path(kind) : MissingNode.getInstance();
    }

    /** Removes the computed indices that no alias leads to, and says how many there were. */
    public static int removeUnread(String url) throws IOException {
        try (RestClient client = client(url, null)) {
            List<String> unread = computed(client, true);
            for (String index : unread) {
                call(client, "DELETE", "/" + index, NOTHING);
            }
            return unread.size();
        }
    }

    /** How many documents the indices of a generation hold, as searches see them. */
    public static long count(String url, Generation generation) throws IOException {
        try (RestClient client = client(url, null)) {
            String names = COMPUTED.stream().map(generation::nameOf).collect(Collectors.joining(","));
            return get(client, "/" + names + "/_count").path("count").asLong();
        }
    }

    /**
     * Moves every alias of the indices that are read now to a generation, as it is, all at once: readers see the one or the other.
     * An alias that stayed, of a desk or of the operator's own, would show for good what an earlier run computed. The indices
     * stay, so that one can go back.
     */
    public static void switchTo(String url, Generation generation) throws IOException {
        try (RestClient client = client(url, null)) {
            ObjectNode body = JSON.createObjectNode();
            ArrayNode actions = body.putArray("actions");
            for (Kind kind : COMPUTED) {
                for (Map.Entry<String, JsonNode> index :
                        get(client, "/" + kind.alias() + "/_alias").properties()) {
                    index.getValue().path("aliases").properties().forEach(alias -> {
                        actions.addObject()
                                .putObject("remove")
                                .put("index", index.getKey())
                                .put("alias", alias.getKey());
                        ObjectNode add = actions.addObject().putObject("add");
                        add.setAll((ObjectNode) alias.getValue());
                        add.put("index", generation.nameOf(kind)).put("alias", alias.getKey());
                    });
                }
            }
            call(client, "POST", "/_aliases", JSON.writeValueAsBytes(body));
        }
    }

    /**
     * Makes the alias of a part, or gives it the part's filter.
     *
     * @param url a node of a server on which {@link #bootstrap} has run
     * @param authorization the header's value; null: as the environment says, see {@link Access}
     */
    public static void put(String url, @Nullable String authorization, Part part) throws IOException {
        try (RestClient client = client(url, authorization)) {
            ObjectNode body = JSON.createObjectNode();
            ArrayNode actions = body.putArray("actions");
            for (String index : names(get(client, "/_alias/" + part.kind().alias()))) {
                ObjectNode add = actions.addObject().putObject("add");
                add.put("index", index).put("alias", part.alias()).set("filter", JSON.readTree(part.filter()));
            }
            call(client, "POST", "/_aliases", JSON.writeValueAsBytes(body));
        }
    }

    /** Whether the alias of a part is there, with the part's filter, on what is read now; parameters as of {@link #put}. */
    public static boolean has(String url, @Nullable String authorization, Part part) throws IOException {
        try (RestClient client = client(url, authorization)) {
            requireVersion(client, url);
            JsonNode filter = JSON.readTree(part.filter());
            JsonNode indices = exists(client, "/_alias/" + part.kind().alias())
                    ? get(client, "/" + part.kind().alias() + "/_alias")
                    : JSON.createObjectNode();
            return !indices.isEmpty()
                    && indices.properties().stream().allMatch(index -> index.getValue()
                            .path("aliases")
                            .path(part.alias())
                            .path("filter")
                            .equals(filter));
        }
    }

    /** Removes the alias of a part, and says whether there was one; parameters as of {@link #put}. */
    public static boolean remove(String url, @Nullable String authorization, Part part) throws IOException {
        try (RestClient client = client(url, authorization)) {
            requireVersion(client, url);
            if (!exists(client, "/_alias/" + part.alias())) {
                return false;
            }
            call(client, "DELETE", "/*/_alias/" + part.alias(), NOTHING);
            return true;
        }
    }

    /** The computed indices, or those of them that no alias points to. */
    private static List<String> computed(RestClient client, boolean unread) throws IOException {
        List<String> found = new ArrayList<>();
        get(client, "/tanggap-*/_alias").properties().forEach(index -> {
            boolean isComputed =
                    COMPUTED.stream().anyMatch(kind -> index.getKey().matches(kind.alias() + "-\\d{6,}"));
            if (isComputed && (!unread || index.getValue().path("aliases").isEmpty())) {
                found.add(index.getKey());
            }
        });
        return found;
    }

    private static List<String> names(JsonNode indices) {
        return indices.properties().stream().map(Map.Entry::getKey).toList();
    }

    private static RestClient client(String url, @Nullable String authorization) {
        return Access.ofEnvironment().with(authorization).restClient(List.of(url), TIMEOUT);
    }

    private static Generation generation(long number) {
        return new Generation(String.format(Locale.ROOT, "-%06d", number));
    }

    private static long number(String index) {
        return Long.parseLong(index.substring(index.lastIndexOf('-') + 1));
    }

    private static void requireVersion(RestClient client, String url) throws IOException {
        String version;
        try (InputStream answer =
                client.performRequest(new Request("GET", "/")).getEntity().getContent()) {
            version = JSON.readTree(answer).path("version").path("number").asText();
        } catch (ResponseException e) {
            throw refused(e, "Elasticsearch at " + url + " does not tell its version");
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
        if (body.length > 0) {
            request.setEntity(new NByteArrayEntity(body, ContentType.APPLICATION_JSON));
        }
        try {
            Response response = client.performRequest(request);
            EntityUtils.consume(response.getEntity());
        } catch (ResponseException e) {
            throw refused(e, "Elasticsearch refuses " + method + " " + path);
        }
    }

    private static JsonNode get(RestClient client, String path) throws IOException {
        try (InputStream answer =
                client.performRequest(new Request("GET", path)).getEntity().getContent()) {
            return JSON.readTree(answer);
        } catch (ResponseException e) {
            throw refused(e, "Elasticsearch refuses GET " + path);
        }
    }

    /** What the server says is wrong, and what to do about it. The outermost reason of an error only says what was tried. */
    private static IOException refused(ResponseException e, String what) throws IOException {
        int status = e.getResponse().getStatusLine().getStatusCode();
        String answer = EntityUtils.toString(e.getResponse().getEntity());
        String reason = answer;
        try {
            for (JsonNode error = JSON.readTree(answer).path("error");
                    error.isObject();
                    error = error.path("caused_by")) {
                reason = error.path("reason").asText(reason);
            }
        } catch (JsonProcessingException notJson) {
            // What answers is no Elasticsearch, or a proxy before one: its words are all there is.
        }
        String path = e.getResponse().getRequestLine().getUri();
        String advice = "";
        if (status == 401 || status == 403) {
            advice = "; give an API key or a user that may manage index templates, and the indices tanggap-*";
        } else if (path.contains("_template/")) {
            advice = "; a template of your own with the same patterns, or " + SETTINGS + "@custom, may contradict it";
        } else if (path.endsWith("/_mapping")) {
            advice = "; a field that changed its type needs a new generation of the index";
        }
        return new IOException(what + " (" + status + "): " + reason + advice, e);
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
