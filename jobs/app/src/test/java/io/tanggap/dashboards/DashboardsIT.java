package io.tanggap.dashboards;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tanggap.app.cli.Publishing;
import io.tanggap.app.fixture.JobRun;
import io.tanggap.app.fixture.LivedMonth;
import io.tanggap.dashboards.Board.Bucket;
import io.tanggap.dashboards.Board.Column;
import io.tanggap.dashboards.Board.Content;
import io.tanggap.dashboards.Board.Panel;
import io.tanggap.dashboards.Board.Rows;
import io.tanggap.dashboards.Board.Vega;
import io.tanggap.dashboards.Formula.Aggregation;
import io.tanggap.dashboards.Formula.Function;
import io.tanggap.testkit.ElasticsearchQueries;
import io.tanggap.testkit.EmbeddedServers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * What every panel asks is asked of Elasticsearch, on an invented month, as Kibana asks it: its condition, its divisions, its
 * figures. A panel that gets nothing is broken, but for those of which the month has nothing.
 */
@ExtendWith(EmbeddedServers.class)
class DashboardsIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** A run over a month that is past restates nothing, and a month alone has none before it to move from. */
    private static final Set<String> NOTHING_IN_A_FIRST_MONTH =
            Set.of("Restated", "Restated rows", "What was restated", "Who moved, for certain");

    @TempDir
    Path directory;

    @Test
    void everyPanelGetsWhatItAsksFor(EmbeddedServers servers) throws Exception {
        LivedMonth month = LivedMonth.of(1117, 2_500);
        try (JobRun run = JobRun.start(servers, directory)) {
            run.publish(month.pack());
            run.send(month.messages());
            run.intake();
            run.replay(month.asOf());
            Publishing.standings(run.bootstrap(), run.elasticsearch(), month.asOf());
            run.queries().refresh("tanggap-*");
            Set<String> empty = new Dashboards()
                    .boards().stream()
                            .flatMap(board -> board.panels().stream())
                            .filter(panel -> Board.rows(panel.content()) != null)
                            .filter(panel -> isEmpty(run.queries(), panel.content()))
                            .map(Panel::title)
                            .collect(toCollection(TreeSet::new));
            assertThat(empty).containsExactlyInAnyOrderElementsOf(NOTHING_IN_A_FIRST_MONTH);
        }
    }

    private static boolean isEmpty(ElasticsearchQueries queries, Content content) {
        Rows rows = Board.rows(content);
        if (content instanceof Vega vega) {
            ObjectNode body = JSON.valueToTree(vega.body());
            body.set("query", query(rows.condition()));
            JsonNode found = search(queries, rows, body);
            for (String step : vega.property().split("\\.")) {
                found = found.path(step);
            }
            JsonNode documents = found;
            return !vega.fields().stream().allMatch(field -> isIn(documents, field));
        }
        ObjectNode body = JSON.createObjectNode().put("size", 0);
        body.set("query", query(rows.condition()));
        ObjectNode inner = body;
        for (Bucket bucket : Board.buckets(content)) {
            inner = divided(inner, bucket);
        }
        List<Column> columns = Board.columns(content);
        List<Aggregation> parts = new ArrayList<>();
        columns.forEach(column -> parts.addAll(column.formula().aggregations()));
        for (int i = 0; i < parts.size(); i++) {
            figure(inner.withObject("/aggs"), "f" + i, parts.get(i));
        }
        // Of the first weeks, or of small units, a figure may be missing: one value anywhere is enough.
        JsonNode answer = search(queries, rows, body).path("aggregations");
        List<JsonNode> values = answer.findValues("value");
        return answer.findValues("doc_count").stream().allMatch(count -> count.asLong() == 0)
                || (!values.isEmpty() && values.stream().allMatch(JsonNode::isNull));
    }

    /** What is kept and not indexed no aggregation finds; a drawing reads all that it draws from the documents themselves. */
    private static boolean isIn(JsonNode documents, String field) {
        for (JsonNode document : documents) {
            if (!document.at("/_source/" + field.replace('.', '/')).isMissingNode()) {
                return true;
            }
        }
        return false;
    }

    private static ObjectNode divided(ObjectNode inner, Bucket bucket) {
        ObjectNode division = inner.withObject("/aggs").putObject("division");
        if (bucket.interval() == null) {
            division.putObject("terms").put("field", bucket.field()).put("size", bucket.size());
        } else {
            division.putObject("date_histogram")
                    .put("field", bucket.field())
                    .put("min_doc_count", 1)
                    .put("calendar_interval", bucket.interval());
        }
        return division;
    }

    private static void figure(ObjectNode aggregations, String name, Aggregation part) {
        ObjectNode into = aggregations.putObject(name);
        String where = part.where() == null ? "*" : part.where();
        into.set("filter", query(where));
        if (part.function() != Function.COUNT) {
            into.putObject("aggs")
                    .putObject("of")
                    .putObject(part.function().text())
                    .put("field", part.field());
        }
    }

    private static ObjectNode query(String condition) {
        ObjectNode query = JSON.createObjectNode();
        query.putObject("query_string").put("query", condition);
        return query;
    }

    private static JsonNode search(ElasticsearchQueries queries, Rows rows, ObjectNode body) {
        return queries.post("/" + rows.view().index() + "/_search", body.toString());
    }
}
