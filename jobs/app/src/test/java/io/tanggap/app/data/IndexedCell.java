package io.tanggap.app.data;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tanggap.core.complaint.Outcome;
import io.tanggap.core.measure.Cell;
import io.tanggap.core.measure.Count;
import io.tanggap.core.measure.Role;
import io.tanggap.core.measure.Rule;
import io.tanggap.core.measure.Tally;
import io.tanggap.testkit.ElasticsearchQueries;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A leaf cell as it is indexed, made a tally again: whoever reads the index can compute every figure anew. */
record IndexedCell(Cell cell, Tally tally) {
    private static final String INDEX = "tanggap-cells";
    private static final String CLOSED = "closed_";

    static List<IndexedCell> all(ElasticsearchQueries queries) {
        queries.refresh(INDEX);
        List<IndexedCell> cells = new ArrayList<>();
        queries.forEach(INDEX, (id, source) -> {
            IndexedCell cell = of(source);
            assertThat(id).isEqualTo(cell.cell().id());
            cells.add(cell);
        });
        return cells;
    }

    private static IndexedCell of(JsonNode source) {
        Cell cell = new Cell(
                Role.valueOf(source.get("role").asText()),
                Rule.valueOf(source.get("rule").asText()),
                source.get("unit").asText(),
                source.get("channel").asText(),
                source.get("category").asText(),
                LocalDate.parse(source.get("day").asText()).toEpochDay());
        Tally.Builder tally = new Tally.Builder();
        source.get("counts").properties().forEach(count -> {
            String name = count.getKey();
            long value = count.getValue().asLong();
            if (name.startsWith(CLOSED)) {
                tally.add(
                        Count.CLOSED,
                        Outcome.valueOf(upper(name.substring(CLOSED.length()))).code(),
                        value);
            } else {
                tally.add(Count.valueOf(upper(name)), value);
            }
        });
        source.get("histograms").properties().forEach(histogram -> histogram
                .getValue()
                .forEach(place -> tally.add(
                        Count.valueOf(upper(histogram.getKey())),
                        place.get(0).asInt(),
                        place.get(1).asLong())));
        return new IndexedCell(cell, tally.build());
    }

    private static String upper(String name) {
        return name.toUpperCase(Locale.ROOT);
    }
}
