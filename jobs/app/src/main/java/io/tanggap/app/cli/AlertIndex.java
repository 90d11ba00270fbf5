package io.tanggap.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tanggap.core.alert.Alert;
import io.tanggap.core.alert.Alert.Due;
import io.tanggap.core.alert.Alert.Matter;
import io.tanggap.core.alert.Alert.State;
import io.tanggap.core.reference.AlertKind;
import io.tanggap.core.reference.Policy.Target;
import io.tanggap.core.reference.Reference;
import io.tanggap.elasticsearch.IndexReader;
import io.tanggap.elasticsearch.Indices.Kind;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The Elasticsearch whose alerts are meant, and what it says of them. */
final class AlertIndex {
    /** The most that Elasticsearch hands out at once. */
    static final int MOST = 10_000;

    // With the star an index that is not there yet is an empty one.
    private static final String DELIVERIES = "tanggap-deliveries*";
    private static final ObjectMapper JSON = JsonMapper.builder().build();

    @Option(
            names = "--elasticsearch",
            paramLabel = "URL",
            defaultValue = "http://localhost:9200",
            description = "Elasticsearch with the indices. Default: ${DEFAULT-VALUE}.")
    private String elasticsearch = "";

    /**
     * Alerts that were found.
     *
     * @param total how many match, also of those that are not among the documents
     */
    record Found(List<JsonNode> documents, long total) {}

    /**
     * Alerts for which every condition that is given is true, the earliest deadline first.
     *
     * @param unit a unit whose matter they are; null: any
     * @param state null: any
     */
    Found find(
            @Nullable String unit,
            @Nullable AlertKind kind,
            @Nullable String channel,
            @Nullable String category,
            @Nullable State state,
            int limit)
            throws IOException {
        ObjectNode search = JSON.createObjectNode().put("size", limit).put("track_total_hits", true);
        ArrayNode filter = search.putObject("query").putObject("bool").putArray("filter");
        equal(filter, "units", unit);
        equal(filter, "kind", kind == null ? null : kind.name());
        equal(filter, "channel", channel);
        equal(filter, "category", category);
        equal(filter, "state", state == null ? null : state.name());
        ArrayNode sort = search.putArray("sort");
        sort.addObject().putObject("deadline").put("order", "asc").put("missing", "_last");
        sort.add("raised_at").add("alert_id");
        JsonNode hits = search(Kind.ALERTS.alias(), search);
        return new Found(documents(hits), hits.path("total").path("value").asLong());
    }

    /** The alert of an id; null if there is none. */
    @Nullable
    JsonNode alert(String id) throws IOException {
        ObjectNode search = JSON.createObjectNode().put("size", 1);
        search.putObject("query").putObject("term").put("alert_id", id);
        return documents(search(Kind.ALERTS.alias(), search)).stream()
                .findFirst()
                .orElse(null);
    }

    /** Every value that alerts have in a field, the most frequent first; at most {@link #MOST}. */
    List<String> values(String field) throws IOException {
        ObjectNode search = JSON.createObjectNode().put("size", 0);
        search.putObject("aggs")
                .putObject("all")
                .putObject("terms")
                .put("field", field)
                .put("size", MOST);
        List<String> values = new ArrayList<>();
        new IndexReader(elasticsearch)
                .search(Kind.ALERTS.alias(), search.toString())
                .path("aggregations")
                .path("all")
                .path("buckets")
                .forEach(bucket -> values.add(bucket.path("key").asText()));
        return values;
    }

    /** Channels that have sent nothing for too long, by their names. */
    List<JsonNode> silentFeeds() throws IOException {
        ObjectNode search = JSON.createObjectNode().put("size", MOST);
        ObjectNode bool = search.putObject("query").putObject("bool");
        bool.putObject("filter").putObject("term").put("silent", true);
        bool.putObject("must_not").putObject("term").put("retracted", true);
        search.putArray("sort").add("channel");
        return documents(search(Kind.FEEDS.alias(), search));
    }

    /** The messages in which an alert was, the oldest first. */
    List<JsonNode> deliveries(String alert) throws IOException {
        ObjectNode search = JSON.createObjectNode().put("size", MOST);
        search.putObject("query").putObject("term").put("alerts", alert);
        search.putArray("sort").add("made_at").add("notice_id");
        return documents(search(DELIVERIES, search));
    }

    /** The zone of the city whose figures are there; UTC while there are none. */
    ZoneId zone() throws IOException {
        ObjectNode search = JSON.createObjectNode().put("size", 1);
        search.putObject("query").putObject("term").put("depth", 0);
        search.putArray("_source").add("zone");
        return documents(search(Kind.RESPONSIVENESS.alias(), search)).stream()
                .map(row -> ZoneId.of(row.path("zone").asText("UTC")))
                .findFirst()
                .orElse(ZoneId.of("UTC"));
    }

    private JsonNode search(String index, ObjectNode search) throws IOException {
        return new IndexReader(elasticsearch).search(index, search.toString()).path("hits");
    }

    private static List<JsonNode> documents(JsonNode hits) {
        List<JsonNode> documents = new ArrayList<>();
        hits.path("hits").forEach(hit -> documents.add(hit.path("_source")));
        return documents;
    }

    private static void equal(ArrayNode filter, String field, @Nullable String value) {
        if (value != null) {
            filter.addObject().putObject("term").put(field, value);
        }
    }

    /** The alert that a document tells. The units above the holder are not in it: they are those of the reference. */
    static Alert alert(JsonNode document, Reference reference) {
        Instant asOf = Instant.parse(document.path("as_of").asText());
        String holder = document.path("holder").asText();
        Matter matter = new Matter(
                document.path("case_id").asText(),
                document.path("source_case_id").asText(),
                text(document, "category"),
                text(document, "territory"),
                Instant.parse(document.path("submitted_at").asText()),
                holder,
                reference.path(holder, asOf),
                document.path("charged").asText(),
                text(document, "offered_to"));
        List<String> evidence = new ArrayList<>();
        document.path("evidence").forEach(event -> evidence.add(event.asText()));
        return new Alert(
                document.path("alert_id").asText(),
                document.path("revision").asInt(),
                AlertKind.valueOf(document.path("kind").asText()),
                State.valueOf(document.path("state").asText()),
                Instant.parse(document.path("raised_at").asText()),
                instant(document, "ended_at"),
                document.path("channel").asText(),
                matter,
                document.has("target") ? due(document) : null,
                document.path("provisional").asBoolean(),
                evidence,
                asOf,
                text(document, "reference_pack"));
    }

    private static Due due(JsonNode document) {
        return new Due(
                Target.valueOf(document.path("target").asText()),
                document.path("cycle").asInt(),
                document.path("number").asInt(),
                document.path("threshold").asInt(),
                instant(document, "deadline"),
                duration(document, "budget_seconds"),
                duration(document, "used_seconds"),
                text(document, "policy"),
                text(document, "calendar"),
                text(document, "pack"));
    }

    static @Nullable String text(JsonNode document, String field) {
        return document.hasNonNull(field) ? document.path(field).asText() : null;
    }

    static @Nullable Instant instant(JsonNode document, String field) {
        return document.hasNonNull(field) ? Instant.parse(document.path(field).asText()) : null;
    }

    private static @Nullable Duration duration(JsonNode document, String field) {
        return document.hasNonNull(field)
                ? Duration.ofSeconds(document.path(field).asLong())
                : null;
    }
}
