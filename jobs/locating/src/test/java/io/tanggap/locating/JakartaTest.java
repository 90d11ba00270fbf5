package io.tanggap.locating;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.Polygon;

/**
 * The 267 kelurahan of Jakarta in a real file, which also has the kecamatan, the cities, and a label point for each. Its
 * borders were drawn one by one: between neighbours there are gaps and overlaps.
 */
class JakartaTest {
    /** A kelurahan's code, as 31.71.01.1001; those of the units above are shorter. */
    private static final int KELURAHAN_CODE_LENGTH = 13;

    private static final GeometryFactory FACTORY = new GeometryFactory();

    private final Map<String, Territory> kelurahan = new TreeMap<>();
    private final Map<String, Territory.Point> labels = new TreeMap<>();

    @BeforeEach
    void read() throws IOException {
        Path file = Path.of(System.getProperty("tanggap.shared.data", "nowhere"), "jakarta", "boundaries.geojson");
        Assumptions.assumeTrue(
                Files.exists(file), "skipped: no jakarta/boundaries.geojson below -Dtanggap.shared.data");
        try (InputStream json = Files.newInputStream(file)) {
            for (Territory territory : GeoJsonTerritories.read(json, "kode")) {
                if (territory.unit().length() == KELURAHAN_CODE_LENGTH) {
                    kelurahan.put(territory.unit(), territory);
                }
            }
        }
        for (JsonNode feature : new ObjectMapper().readTree(file.toFile()).path("features")) {
            JsonNode properties = feature.path("properties");
            labels.put(
                    properties.path("kode").asText(),
                    new Territory.Point(
                            properties.path("lat").asDouble(),
                            properties.path("lng").asDouble()));
        }
        labels.keySet().retainAll(kelurahan.keySet());
    }

    private Map<String, Location> placed(Locator locator, Map<String, Territory.Point> points) {
        Map<String, Location> placed = new TreeMap<>();
        points.forEach((unit, point) -> placed.put(unit, locator.locate(null, point.latitude(), point.longitude())));
        return placed;
    }

    @Test
    void anInteriorPointOfEachKelurahanFallsIntoIt() {
        Map<String, Territory.Point> interior = new TreeMap<>();
        kelurahan.forEach((unit, territory) -> {
            Polygon[] polygons = territory.polygons().stream()
                    .map(each -> FACTORY.createPolygon(each.shell().stream()
                            .map(point -> new Coordinate(point.longitude(), point.latitude()))
                            .toArray(Coordinate[]::new)))
                    .toArray(Polygon[]::new);
            Coordinate point =
                    FACTORY.createMultiPolygon(polygons).getInteriorPoint().getCoordinate();
            interior.put(unit, new Territory.Point(point.y, point.x));
        });

        assertThat(interior).hasSize(267);
        assertThat(placed(Locator.of(List.copyOf(kelurahan.values()), 0), interior))
                .allSatisfy((unit, location) ->
                        assertThat(location).isEqualTo(new Location(unit, Method.POLYGON, false, null, null)));
    }

    @Test
    void labelPointsOfTheFileFallWhereTheyLie() {
        Map<String, Location> placed = placed(Locator.of(List.copyOf(kelurahan.values()), 0), labels);

        Map<String, String> strangers = new TreeMap<>();
        List<String> nowhere = new ArrayList<>();
        placed.forEach((unit, location) -> {
            if (location.unit() == null) {
                nowhere.add(unit);
            } else if (!unit.equals(location.unit())) {
                strangers.put(unit, location.unit());
            }
        });
        assertThat(placed).hasSize(267);
        assertThat(strangers)
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("31.72.01.1001", "31.72.01.1005", "31.75.03.1001", "31.74.01.1005"));
        assertThat(nowhere)
                .containsExactly(
                        "31.01.01.1001",
                        "31.01.01.1003",
                        "31.01.02.1001",
                        "31.01.02.1002",
                        "31.01.02.1003",
                        "31.72.04.1004");
    }

    @Test
    void labelPointsInNoPolygonAreNearestToTheirOwnUnit() {
        Map<String, Location> byLabel = placed(
                Locator.of(
                        kelurahan.values().stream()
                                .map(each -> new Territory(each.unit(), each.polygons(), labels.get(each.unit())))
                                .toList(),
                        1_000),
                labels);
        Map<String, Location> byCentroid = placed(Locator.of(List.copyOf(kelurahan.values()), 5_000), labels);

        assertThat(byLabel.values())
                .filteredOn(each -> each.method() == Method.NEAREST)
                .hasSize(6);
        byLabel.forEach((unit, location) -> {
            if (location.method() == Method.NEAREST) {
                assertThat(location).isEqualTo(new Location(unit, Method.NEAREST, false, 0.0, null));
                assertThat(byCentroid.get(unit).method()).isEqualTo(Method.NEAREST);
                assertThat(byCentroid.get(unit).unit()).isEqualTo(unit);
            }
        });
    }
}
