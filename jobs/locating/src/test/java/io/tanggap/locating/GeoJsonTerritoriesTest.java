package io.tanggap.locating;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GeoJsonTerritoriesTest {
    private static List<Territory> read(String json) throws IOException {
        return GeoJsonTerritories.read(
                new ByteArrayInputStream(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8)), "code");
    }

    @Test
    void polygonsAndMultipolygonsAreRead() throws IOException {
        assertThat(read("""
                {'type': 'FeatureCollection', 'features': [
                  {'type': 'Feature', 'properties': {'code': 'a'}, 'geometry': {'type': 'Polygon', 'coordinates':
                    [[[0, 0], [9, 0, 17], [9, 5], [0, 5], [0, 0]], [[1, 1], [2, 1], [2, 2], [1, 2], [1, 1]]]}},
                  {'type': 'Feature', 'properties': {'code': 7}, 'geometry': {'type': 'MultiPolygon', 'coordinates':
                    [[[[100, 0], [101, 0], [101, 1], [100, 1], [100, 0]]],
                     [[[102, 0], [103, 0], [103, 1], [102, 1], [102, 0]]]]}}
                ]}"""))
                .containsExactly(
                        Shapes.territory("a", Shapes.polygon(Shapes.box(0, 0, 9, 5), Shapes.box(1, 1, 2, 2))),
                        Shapes.territory(
                                "7",
                                Shapes.polygon(Shapes.box(100, 0, 101, 1)),
                                Shapes.polygon(Shapes.box(102, 0, 103, 1))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | it has no list of features",
                "{'features': [{'properties': {}}]} | feature 1: there is no property code",
                "{'features': [{'properties': {'code': null}}]} | feature 1: there is no property code",
                "{'features': [{'properties': {'code': 'a'}, 'geometry': {'type': 'Point'}}]} | but Point",
                "{'features': [{'properties': {'code': 'a'}, 'geometry': {'type': 'Polygon', 'coordinates': []}}]}"
                        + " | a polygon has no ring",
                "{'features': [{'properties': {'code': 'a'}, 'geometry': {'type': 'Polygon', 'coordinates':"
                        + " [[[0, 0]]]}}]} | a ring has at least four points",
                "{'features': [{'properties': {'code': 'a'}, 'geometry': {'type': 'Polygon', 'coordinates':"
                        + " [[[0, 'x']]]}}]} | no pair of numbers",
                "{'features': [{'properties': {'code': 'a'}, 'geometry': {'type': 'Polygon', 'coordinates':"
                        + " [[[0, 91]]]}}]} | no point of the map"
            })
    void whatIsNoMapOfTerritoriesIsRefused(String json, String message) {
        assertThatThrownBy(() -> read(json)).isInstanceOf(IOException.class).hasMessageContaining(message);
    }
}
