package io.tanggap.app.data;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tanggap.core.measure.Cell;
import io.tanggap.core.measure.Count;
import io.tanggap.core.measure.Role;
import io.tanggap.core.measure.Rule;
import io.tanggap.core.measure.Tally;
import io.tanggap.testkit.ElasticsearchQueries;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A leaf cell as it is indexed, made a tally again: whoever reads the index can compute every figure anew. */
record IndexedCell(Cell cell, Tally tally) {
    private static final String INDEX = "tanggap-cells";
    private static final int MOST_PLACES = 12;
    private static final Map<String, Place> PLACES = places();

    private record Place(Count count, int index) {}

    private static Map<String, Place> places() {
        Map<String, Place> places = new HashMap<>();
        for (Count count : Count.values()) {
            for (int index = 0; index < MOST_PLACES && !count.index().isHistogram(); index++) {
                try {
                    places.putIfAbsent(count.label(index), new Place(count, index));
                } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException beyond) {
                    break;
                }
            }
        }
        return places;
    }

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
                LocalDate.parse(source.get("day").asText()).toEpochDay(),
                source.path("counterpart").asText(null));
        Tally.Builder tally = new Tally.Builder();
        source.get("counts").properties().forEach(count -> {
            Place place = PLACES.get(count.getKey());
            assertThat(place).as("%s is the name of a count", count.getKey()).isNotNull();
            tally.add(place.count(), place.index(), count.getValue().asLong());
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
