package io.tanggap.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tanggap.elasticsearch.IndexReader;
import io.tanggap.elasticsearch.Indices;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** Searches for the documents of cases, again and again, until each is found. Nothing is refreshed for it. */
final class DocumentWatch implements Callable<Void> {
    /** As long as this a document may have been there before it is found. */
    private static final long PAUSE_MILLIS = 25;

    /** Of one search. Chosen: some seconds of submissions; the oldest come first, so that none is forgotten. */
    private static final int MOST = 2_000;

    private final IndexReader index;
    private final Map<String, Instant> missing = new LinkedHashMap<>();
    private final List<Found> found = new ArrayList<>();

    /**
     * A document that was found.
     *
     * @param handed when the event was handed to Kafka
     * @param judged when the document was made
     * @param found when a search had it
     */
    record Found(Instant handed, Instant judged, Instant found) {}

    DocumentWatch(String elasticsearch) {
        index = new IndexReader(elasticsearch);
    }

    /** Takes a case whose document nobody has seen yet. */
    synchronized void expect(String caseId, Instant handed) {
        missing.put(caseId, handed);
    }

    /** The documents found so far. */
    synchronized List<Found> found() {
        return List.copyOf(found);
    }

    /** How many have not been found yet. */
    synchronized int missing() {
        return missing.size();
    }

    /** Goes on until interrupted. */
    @Override
    public Void call() throws IOException, InterruptedException {
        while (true) {
            Thread.sleep(PAUSE_MILLIS);
            List<String> ids = wanted();
            if (!ids.isEmpty()) {
                JsonNode answer = index.search(Indices.Kind.CASES.alias(), query(ids));
                take(answer.path("hits").path("hits"), Instant.now());
            }
        }
    }

    private synchronized List<String> wanted() {
        return missing.keySet().stream().limit(MOST).toList();
    }

    private static String query(List<String> ids) {
        ObjectNode query = JsonNodeFactory.instance.objectNode();
        query.put("size", MOST).put("_source", false).put("version", true).put("track_total_hits", false);
        ArrayNode values = query.putObject("query").putObject("ids").putArray("values");
        ids.forEach(values::add);
        return query.toString();
    }

    private synchronized void take(JsonNode hits, Instant now) {
        for (JsonNode hit : hits) {
            Instant handed = missing.remove(hit.path("_id").asText());
            if (handed != null) {
                // A version is the time of the fold in microseconds, see EmissionClock.
                Instant judged = Instant.EPOCH.plus(hit.path("_version").asLong(), ChronoUnit.MICROS);
                found.add(new Found(handed, judged, now));
            }
        }
    }
}
