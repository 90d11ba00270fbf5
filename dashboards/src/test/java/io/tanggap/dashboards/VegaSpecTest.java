package io.tanggap.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tanggap.dashboards.Board.Grammar;
import io.tanggap.dashboards.Board.Rows;
import io.tanggap.dashboards.Board.Vega;
import io.tanggap.dashboards.Board.View;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class VegaSpecTest {
    private static final Rows ROWS =
            new Rows("open", new View("v", "tanggap-cases", "Cases", "submitted_at", new TreeMap<>()), "open:true");

    private static JsonNode drawn(Grammar grammar, Map<String, Object> spec) {
        Vega vega = new Vega(grammar, ROWS, Map.of("size", 9), "hits.hits", spec);
        return VegaSpec.of(vega, Dashboards.texts(Language.INDONESIAN));
    }

    @Test
    void whatVegaLiteDrawsIsWhatWasFound() {
        JsonNode drawn = drawn(
                Grammar.VEGA_LITE, Map.of("mark", "point", "encoding", Map.of("x", Map.of("title", "Hand-overs"))));
        assertThat(drawn.path("$schema").asText()).contains("/vega-lite/");
        found(drawn.path("data"));
        assertThat(drawn.at("/encoding/x/title").asText()).isEqualTo("Pelimpahan");
    }

    @Test
    void whatVegaComputesIsMadeOfWhatWasFound() {
        JsonNode drawn = drawn(
                Grammar.VEGA,
                Map.of(
                        "data",
                        List.of(Map.of("name", "units", "source", "rows")),
                        "marks",
                        List.of(Map.of("type", "symbol", "from", Map.of("data", "units")))));
        assertThat(drawn.path("$schema").asText()).contains("/vega/");
        assertThat(drawn.path("data")).hasSize(2);
        assertThat(drawn.at("/data/0/name").asText()).isEqualTo("rows");
        found(drawn.at("/data/0"));
        assertThat(drawn.at("/data/1/name").asText()).isEqualTo("units");
    }

    private static void found(JsonNode data) {
        assertThat(data.at("/url/index").asText()).isEqualTo("tanggap-cases");
        assertThat(data.at("/url/body/size").asInt()).isEqualTo(9);
        assertThat(data.at("/url/body/query/bool/filter").toString())
                .contains("%dashboard_context-filter_clause%", "(open:true) AND NOT retracted:true", "submitted_at");
        assertThat(data.at("/format/property").asText()).isEqualTo("hits.hits");
    }

    @Test
    void aTooltipOfVegaNamesItsValuesInTheLanguageOfTheReader() {
        JsonNode drawn = drawn(
                Grammar.VEGA,
                Map.of(
                        "marks",
                        List.of(Map.of(
                                "encode",
                                Map.of(
                                        "update",
                                        Map.of(
                                                "tooltip",
                                                List.of(
                                                        Map.of("title", "Unit", "signal", "datum.name"),
                                                        Map.of("title", "Hand-overs", "signal", "datum.n"))))))));
        assertThat(drawn.at("/marks/0/encode/update/tooltip/signal").asText())
                .isEqualTo("{\"Unit\": datum.name, \"Pelimpahan\": datum.n}");
    }
}
