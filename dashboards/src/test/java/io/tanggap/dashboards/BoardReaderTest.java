package io.tanggap.dashboards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BoardReaderTest {
    private static final String ROWS = """
            views:
              cases: {index: tanggap-cases, name: Cases, time: submitted_at}
            rows:
              open: {view: cases, where: "open:true"}
            """;
    private static final String HEAD = "id: b\ntitle: B\nabout: All.\ndays: 7\npanels:\n";
    private static final String PANEL = "- {metric: Open, note: All., at: [0, 0, 8, 6], rows: open, value: count()}\n";

    private static Board read(String panels) {
        return new BoardReader("rows.yaml", ROWS, null).read("b.yaml", HEAD + panels);
    }

    @Test
    void aPanelIsReadWithItsRows() {
        Board board = read(PANEL);
        assertThat(board.panels()).hasSize(1);
        assertThat(Board.rows(board.panels().get(0).content()).condition())
                .isEqualTo("(open:true) AND NOT retracted:true");
    }

    @Test
    void aDrawingIsReadInTheGrammarThatItSays() {
        String drawing = "- {vega: Net, note: All., at: [0, 0, 8, 6], rows: open, body: {size: 9}, property: hits.hits,"
                + " spec: {marks: [{type: symbol, encode: {update: {tooltip: [{title: Case, signal: datum.id}]}}}]}}\n";
        assertThat(read(drawing).panels().get(0).content())
                .isInstanceOfSatisfying(
                        Board.Vega.class, vega -> assertThat(vega.grammar()).isEqualTo(Board.Grammar.VEGA));
        assertThatThrownBy(() -> read(drawing.replace("vega:", "vega-lite:")))
                .hasMessage("b.yaml, panel 1 (Net): is vega-lite, but its spec is written in vega: vega has marks,"
                        + " vega-lite has none");
        assertThatThrownBy(() -> read(drawing.replace("marks:", "layer:")))
                .hasMessageContaining("(Net): is vega, but its spec is written in vega-lite");
        assertThatThrownBy(() -> read(drawing.replace("type: symbol", "type: symbol, on: []")))
                .hasMessageContaining("(Net): has the key true in its spec, which is no text: put on, off,");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "rows: open | rows: closed | b.yaml, panel 1 (Open): no rows are named closed: there are [open]",
                "count() | count | b.yaml, panel 1 (Open): formula count, column 6: expected (",
                "note: All., | '' | b.yaml, panel 1 (Open): has no note: say in a sentence what it shows",
                "[0, 0, 8, 6] | [44, 0, 8, 6] | b.yaml, panel 1 (Open): at [44, 0, 8, 6] is not within 48 columns",
                "[0, 0, 8, 6] | [0, 0, 8] | b.yaml, panel 1 (Open): at is [column, row, width, height]",
                "metric: Open | gauge: Open | b.yaml, panel 1: has [] where one of [chart, links, metric, table, vega, vega-lite, words] is expected",
                "value: count() | 'value: count(), colour: red' | b.yaml, panel 1 (Open): has the key colour",
                "value: count() | 'value: count(), format: roman' | b.yaml, panel 1 (Open): there is no format roman"
            })
    void whatIsWrongIsToldWithFileAndPanel(String right, String wrong, String message) {
        assertThatThrownBy(() -> read(PANEL.replace(right, wrong)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message);
    }
}
