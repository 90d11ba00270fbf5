package io.tanggap.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tanggap.app.run.KafkaEndpoints;
import io.tanggap.app.run.SystemEmissionClock;
import io.tanggap.core.measure.Role;
import io.tanggap.core.measure.Rule;
import io.tanggap.core.report.Answer;
import io.tanggap.core.report.Publication;
import io.tanggap.core.report.Terms;
import io.tanggap.elasticsearch.DocumentBatch;
import io.tanggap.elasticsearch.IndexReader;
import io.tanggap.elasticsearch.Indices;
import io.tanggap.elasticsearch.Indices.Generation;
import io.tanggap.flink.document.Document;
import io.tanggap.flink.document.DocumentWriter;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Publishes standings: puts them where everybody reads, in place of those of an earlier as-of. */
final class StandingsIndex {
    private static final int PAGE = 1_000;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String elasticsearch;
    private final IndexReader reader;

    /** @param elasticsearch a server with the indices */
    StandingsIndex(String elasticsearch) {
        this.elasticsearch = elasticsearch;
        reader = new IndexReader(elasticsearch);
    }

    /**
     * Publishes standings, and says so in a sentence. The same card again changes nothing.
     *
     * @throws UserError if another card stands, of this as-of or of a later one; nothing is written then
     * @throws IOException if Elasticsearch fails; what is written by then stays, and the same card again completes it
     */
    String publish(Publication publication) throws IOException {
        Terms terms = publication.card().terms();
        String what = publication.windowName() + ", " + terms.from() + " until before " + terms.to();
        List<Document> documents = new ArrayList<>();
        int written;
        int gone = 0;
        try {
            List<JsonNode> standing = standing(publication);
            for (JsonNode one : standing) {
                requireEarlierOrSame(one, publication, what);
            }
            DocumentWriter writer = new DocumentWriter(new SystemEmissionClock());
            documents.addAll(writer.ofStandings(publication));
            Set<String> ids = new HashSet<>();
            documents.forEach(document -> ids.add(document.id()));
            for (JsonNode one : standing) {
                Document retracted = writer.retractedStanding(
                        publication,
                        new Answer(
                                Role.valueOf(one.path("role").asText()),
                                Rule.valueOf(one.path("rule").asText()),
                                one.path("unit").asText()),
                        one.path("level").asText());
                if (!ids.contains(retracted.id())) {
                    documents.add(retracted);
                    gone++;
                }
            }
            written = DocumentBatch.write(
                    elasticsearch,
                    documents.stream()
                            .map(document -> KafkaEndpoints.write(document, Generation.CURRENT))
                            .toList());
        } catch (IOException e) {
            throw new IOException(
                    e.getMessage() + ". The standings of " + what
                            + " are not published, or in part: once it is mended, run the same command again with "
                            + again(publication) + ", which completes them",
                    e);
        }
        return String.format(
                Locale.ROOT,
                "Published  %s: %,d standings in %s%s, SHA-256 %s",
                what,
                documents.size() - gone,
                Indices.Kind.STANDINGS.alias(),
                written == 0
                        ? ", which stood there already"
                        : gone == 0 ? "" : String.format(Locale.ROOT, ", %,d of an earlier as-of retracted", gone),
                publication.sha256());
    }

    private static String again(Publication publication) {
        return "--as-of " + publication.card().terms().asOf() + " --known-at "
                + publication.card().basis().knownAt();
    }

    private static void requireEarlierOrSame(JsonNode standing, Publication publication, String what) {
        Instant asOf = publication.card().terms().asOf();
        Instant theirs = Instant.parse(standing.path("as_of").asText());
        ZoneId zone = publication.card().basis().zone();
        if (theirs.isAfter(asOf)) {
            throw UserError.failed("The standings of " + what + " are published as of " + AsOf.show(theirs, zone)
                    + ", later than " + AsOf.show(asOf, zone) + ": they stand. Publish as of a later midnight.");
        }
        if (theirs.equals(asOf) && !standing.path("card_sha256").asText().equals(publication.sha256())) {
            throw UserError.failed("The standings of " + what + " are published as of " + AsOf.show(asOf, zone)
                    + ", by what was known at " + standing.path("known_at").asText()
                    + ", and not by the same as now: they stand. Publish as of a later midnight; or, if they are not all"
                    + " there, complete them with --known-at "
                    + standing.path("known_at").asText() + ".");
        }
    }

    /** What stands of a period now. */
    private List<JsonNode> standing(Publication publication) throws IOException {
        Terms terms = publication.card().terms();
        reader.refresh();
        ObjectNode search = JSON.createObjectNode().put("size", PAGE);
        search.putArray("_source")
                .add("role")
                .add("rule")
                .add("unit")
                .add("level")
                .add("as_of")
                .add("known_at")
                .add("card_sha256");
        ArrayNode filter = search.putObject("query").putObject("bool").putArray("filter");
        equal(filter, "window", publication.windowName());
        equal(filter, "channel", terms.channel() == null ? "ALL" : terms.channel());
        equal(filter, "category_group", terms.categoryGroup() == null ? "ALL" : terms.categoryGroup());
        if (!publication.isRolling()) {
            equal(filter, "window_start", terms.from().toString());
            equal(filter, "window_end", terms.to().toString());
        }
        ArrayNode sort = search.putArray("sort");
        List.of("unit", "rule", "level").forEach(sort::add);
        List<JsonNode> found = new ArrayList<>();
        while (true) {
            JsonNode page = reader.search(Indices.Kind.STANDINGS.alias(), search.toString())
                    .path("hits")
                    .path("hits");
            page.forEach(hit -> found.add(hit.path("_source")));
            if (page.size() < PAGE) {
                return found;
            }
            search.set("search_after", page.get(PAGE - 1).path("sort"));
        }
    }

    private static void equal(ArrayNode filter, String field, String value) {
        filter.addObject().putObject("term").put(field, value);
    }
}
