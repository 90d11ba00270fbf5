package io.tanggap.locating;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** Reads territories from a GeoJSON FeatureCollection (RFC 7946) of polygons and multipolygons. */
public final class GeoJsonTerritories {
    private static final ObjectMapper JSON = new ObjectMapper();

    private GeoJsonTerritories() {}

    /**
     * Every feature, in the order of the file, whatever its level; centres are left to the polygons.
     *
     * @param unitProperty the property of a feature that is the code of its unit
     * @throws IOException where it is no such collection; the message says which feature, counted from 1
     */
    public static List<Territory> read(InputStream json, String unitProperty) throws IOException {
        JsonNode features = JSON.readTree(json).path("features");
        if (!features.isArray()) {
            throw new IOException("no GeoJSON FeatureCollection: it has no list of features");
        }
        List<Territory> territories = new ArrayList<>();
        for (JsonNode feature : features) {
            try {
                territories.add(territory(feature, unitProperty));
            } catch (IllegalArgumentException e) {
                throw new IOException("feature " + (territories.size() + 1) + ": " + e.getMessage(), e);
            }
        }
        return territories;
    }

    private static Territory territory(JsonNode feature, String unitProperty) {
        JsonNode unit = feature.path("properties").path(unitProperty);
        if (!unit.isValueNode() || unit.isNull()) {
            throw new IllegalArgumentException("there is no property " + unitProperty);
        }
        JsonNode geometry = feature.path("geometry");
        JsonNode coordinates = geometry.path("coordinates");
        String type = geometry.path("type").asText();
        List<Territory.Polygon> polygons = new ArrayList<>();
        switch (type) {
            case "Polygon" -> polygons.add(polygon(coordinates));
            case "MultiPolygon" -> coordinates.forEach(each -> polygons.add(polygon(each)));
            default ->
                throw new IllegalArgumentException(
                        "the geometry of " + unit.asText() + " is no Polygon and no MultiPolygon, but " + type);
        }
        return new Territory(unit.asText(), polygons, null);
    }

    private static Territory.Polygon polygon(JsonNode rings) {
        List<List<Territory.Point>> all = new ArrayList<>();
        rings.forEach(ring -> all.add(ring(ring)));
        if (all.isEmpty()) {
            throw new IllegalArgumentException("a polygon has no ring");
        }
        return new Territory.Polygon(all.get(0), all.subList(1, all.size()));
    }

    private static List<Territory.Point> ring(JsonNode positions) {
        List<Territory.Point> points = new ArrayList<>();
        for (JsonNode position : positions) {
            if (!position.path(0).isNumber() || !position.path(1).isNumber()) {
                throw new IllegalArgumentException("a position is no pair of numbers: " + position);
            }
            points.add(new Territory.Point(
                    position.path(1).doubleValue(), position.path(0).doubleValue()));
        }
        return points;
    }
}
