package io.tanggap.reference;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.tanggap.core.reference.GeoPoint;
import io.tanggap.core.reference.ReferencePack.Kind;
import io.tanggap.core.reference.ReferencePack.Unit;
import io.tanggap.core.reference.Territory;
import io.tanggap.core.reference.Territory.Polygon;
import io.tanggap.core.reference.Territory.Ring;
import io.tanggap.core.wording.Nearest;
import io.tanggap.reference.Lines.Line;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The polygons of {@code territories.geojson}. A ring that cannot be meant is told once; its polygon is left out, and
 * reading goes on.
 */
final class GeoJson {
    /** Chosen: a unit is not farther from its centroid, and a city not larger, while swapped coordinates are elsewhere. */
    private static final double NEAR_DEGREES = 1;

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /** A value of the document, and where it begins: a map, a list, a text, a number, a truth value or nothing. */
    private record Json(@Nullable Object value, Place place) {
        @Nullable
        Json get(String member) {
            return value instanceof Map<?, ?> members && members.get(member) instanceof Json json ? json : null;
        }

        @Nullable
        String text(String member) {
            Json json = get(member);
            return json != null && json.value instanceof String text ? text : null;
        }

        /** The elements of a list; null if this is none. */
        @Nullable
        List<Json> elements() {
            if (!(value instanceof List<?> list)) {
                return null;
            }
            return list.stream().map(Json.class::cast).toList();
        }
    }

    /** The smallest box of degrees around some places. */
    private static final class Box {
        private double west = Double.POSITIVE_INFINITY;
        private double south = Double.POSITIVE_INFINITY;
        private double east = Double.NEGATIVE_INFINITY;
        private double north = Double.NEGATIVE_INFINITY;

        void add(double longitude, double latitude) {
            west = Math.min(west, longitude);
            east = Math.max(east, longitude);
            south = Math.min(south, latitude);
            north = Math.max(north, latitude);
        }

        boolean isEmpty() {
            return west > east;
        }

        boolean isNear(double longitude, double latitude) {
            return longitude >= west - NEAR_DEGREES
                    && longitude <= east + NEAR_DEGREES
                    && latitude >= south - NEAR_DEGREES
                    && latitude <= north + NEAR_DEGREES;
        }
    }

    private final Problems problems;
    private final Map<String, Kind> kinds = new LinkedHashMap<>();
    private final Map<String, Box> centroids = new LinkedHashMap<>();
    private final Box city = new Box();
    private final Map<String, Territory> territories = new LinkedHashMap<>();
    private final Map<String, Integer> features = new LinkedHashMap<>();

    private GeoJson(List<Line<Unit>> units, Problems problems) {
        this.problems = problems;
        for (Line<Unit> line : units) {
            Unit unit = line.value();
            kinds.put(unit.id(), unit.kind() == null ? Kind.TERRITORY : unit.kind());
            GeoPoint centroid = unit.centroid();
            if (centroid != null) {
                city.add(centroid.longitude(), centroid.latitude());
                centroids.computeIfAbsent(unit.id(), id -> new Box()).add(centroid.longitude(), centroid.latitude());
            }
        }
    }

    /** The territories of a file; none if there is no such file. */
    static List<Territory> read(@Nullable String text, List<Line<Unit>> units, Problems problems) {
        if (text == null) {
            return List.of();
        }
        GeoJson reading = new GeoJson(units, problems);
        Json root = reading.parse(text);
        if (root != null) {
            reading.collection(root);
        }
        return List.copyOf(reading.territories.values());
    }

    private @Nullable Json parse(String text) {
        try (JsonParser parser = JSON.createParser(text)) {
            if (parser.nextToken() == null) {
                problems.error(
                        new Place(PackFiles.TERRITORIES, 1, 0),
                        "the file is empty; remove it, or write a FeatureCollection");
                return null;
            }
            Json root = value(parser);
            if (parser.nextToken() != null) {
                problems.error(place(parser.currentTokenLocation()), "text follows the end of the document; remove it");
            }
            return root;
        } catch (JsonProcessingException e) {
            JsonLocation location = e.getLocation();
            problems.error(
                    location == null ? Place.of(PackFiles.TERRITORIES) : place(location),
                    "this is not JSON: " + e.getOriginalMessage() + "; correct it");
            return null;
        } catch (IOException e) {
            throw new IllegalStateException("a text in memory can be read", e);
        }
    }

    private static Place place(JsonLocation location) {
        return new Place(PackFiles.TERRITORIES, Math.max(0, location.getLineNr()), Math.max(0, location.getColumnNr()));
    }

    /** The parser refuses what is nested deeper than the stack is. */
    private static Json value(JsonParser parser) throws IOException {
        Place place = place(parser.currentTokenLocation());
        JsonToken token = parser.currentToken();
        if (token == JsonToken.START_OBJECT) {
            Map<String, Json> members = new LinkedHashMap<>();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                members.put(name, value(parser));
            }
            return new Json(members, place);
        }
        if (token == JsonToken.START_ARRAY) {
            List<Json> elements = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                elements.add(value(parser));
            }
            return new Json(elements, place);
        }
        if (token == JsonToken.VALUE_NUMBER_INT || token == JsonToken.VALUE_NUMBER_FLOAT) {
            return new Json(parser.getDoubleValue(), place);
        }
        return new Json(token == JsonToken.VALUE_STRING ? parser.getText() : null, place);
    }

    private void collection(Json root) {
        Json list = root.get("features");
        List<Json> elements = list == null ? null : list.elements();
        if (!"FeatureCollection".equals(root.text("type")) || elements == null) {
            problems.error(
                    root.place,
                    "this is no GeoJSON FeatureCollection; it needs \"type\": \"FeatureCollection\" and \"features\": [...]");
            return;
        }
        elements.forEach(this::feature);
    }

    private void feature(Json feature) {
        String unit = unitOf(feature);
        if (unit == null) {
            return;
        }
        Integer other = features.putIfAbsent(unit, feature.place.line());
        if (other != null) {
            problems.error(
                    feature.place,
                    "the unit " + Problems.quoted(unit) + " has a feature in line " + other
                            + " already; put all its polygons into one MultiPolygon");
            return;
        }
        Json geometry = feature.get("geometry");
        String type = geometry == null ? null : geometry.text("type");
        Json coordinates = geometry == null ? null : geometry.get("coordinates");
        List<Json> elements = coordinates == null ? null : coordinates.elements();
        boolean single = "Polygon".equals(type);
        if ((!single && !"MultiPolygon".equals(type)) || coordinates == null || elements == null) {
            problems.error(
                    geometry == null ? feature.place : geometry.place,
                    "the geometry of " + Problems.quoted(unit)
                            + " must be a Polygon or a MultiPolygon with coordinates; replace it, or remove the feature");
            return;
        }
        List<Polygon> polygons = new ArrayList<>();
        for (Json element : single ? List.of(coordinates) : elements) {
            Polygon polygon = polygon(element, unit);
            if (polygon != null) {
                polygons.add(polygon);
            }
        }
        if (!polygons.isEmpty()) {
            territories.put(unit, new Territory(unit, polygons));
        } else if (elements.isEmpty()) {
            problems.error(
                    coordinates.place, "the geometry of " + Problems.quoted(unit) + " is empty; remove the feature");
        }
    }

    private @Nullable String unitOf(Json feature) {
        Json members = feature.get("properties");
        if (!"Feature".equals(feature.text("type")) || members == null || !(members.value instanceof Map<?, ?> names)) {
            problems.error(
                    feature.place,
                    "this is no feature; it needs \"type\": \"Feature\", \"properties\": {\"unit\": ...} and a geometry");
            return null;
        }
        String unit = members.text("unit");
        if (unit == null) {
            List<String> present = names.keySet().stream().map(String::valueOf).toList();
            problems.error(
                    members.place,
                    "the feature has no text property 'unit', but "
                            + (present.isEmpty() ? "none" : Problems.quoted(String.join(", ", present)))
                            + "; add it with the id of a unit of " + PackFiles.UNITS + ", in quotes");
            return null;
        }
        Json property = members.get("unit");
        Place place = property == null ? members.place : property.place;
        Kind kind = kinds.get(unit);
        if (kind == null) {
            problems.error(
                    place,
                    "the unit " + Problems.quoted(unit) + " is not in " + PackFiles.UNITS + "; "
                            + Nearest.hint(unit, kinds.keySet()));
            return null;
        }
        if (kind == Kind.AGENCY) {
            problems.error(
                    place, "the unit " + Problems.quoted(unit) + " is an agency and has no land; remove the feature");
            return null;
        }
        return unit;
    }

    private @Nullable Polygon polygon(Json polygon, String unit) {
        List<Json> elements = polygon.elements();
        if (elements == null || elements.isEmpty()) {
            problems.error(
                    polygon.place,
                    "a polygon of " + Problems.quoted(unit) + " has no ring; write [[[longitude, latitude], ...]]");
            return null;
        }
        List<Ring> rings = new ArrayList<>();
        for (Json element : elements) {
            Ring ring = ring(element, unit);
            if (ring == null) {
                return null;
            }
            rings.add(ring);
        }
        return new Polygon(rings.get(0), rings.subList(1, rings.size()));
    }

    private @Nullable Ring ring(Json ring, String unit) {
        List<Json> points = ring.elements();
        if (points == null || points.size() < 4) {
            problems.error(
                    ring.place,
                    "a ring of " + Problems.quoted(unit) + " has fewer than 4 points, of which the last is the first;"
                            + " add the missing ones, or remove the ring");
            return null;
        }
        double[] coordinates = new double[2 * points.size()];
        for (int i = 0; i < points.size(); i++) {
            Json point = points.get(i);
            List<Json> numbers = point.elements();
            if (numbers == null
                    || numbers.size() < 2
                    || !(numbers.get(0).value instanceof Double longitude)
                    || !(numbers.get(1).value instanceof Double latitude)) {
                problems.error(point.place, "this is no point; write [longitude, latitude] in degrees");
                return null;
            }
            if (!GeoPoint.isLongitude(longitude) || !GeoPoint.isLatitude(latitude)) {
                problems.error(
                        point.place,
                        GeoPoint.isLongitude(latitude) && GeoPoint.isLatitude(longitude)
                                ? "the latitude " + latitude
                                        + " is beyond a pole; longitude and latitude are swapped: write"
                                        + " [longitude, latitude]"
                                : "[" + longitude + ", " + latitude + "] is no place on the earth; write [longitude,"
                                        + " latitude] in degrees (WGS 84)");
                return null;
            }
            coordinates[2 * i] = longitude;
            coordinates[2 * i + 1] = latitude;
        }
        if (isElsewhere(ring, unit, coordinates[0], coordinates[1])) {
            return null;
        }
        int last = coordinates.length - 2;
        if (coordinates[0] != coordinates[last] || coordinates[1] != coordinates[last + 1]) {
            problems.error(
                    points.get(points.size() - 1).place,
                    "the ring of " + Problems.quoted(unit)
                            + " is not closed; repeat its first point as its last, [" + coordinates[0] + ", "
                            + coordinates[1] + "]");
            return null;
        }
        return new Ring(coordinates);
    }

    /** Whether a ring would be where the unit is if its coordinates were swapped, which is told. */
    private boolean isElsewhere(Json ring, String unit, double longitude, double latitude) {
        Box expected = centroids.getOrDefault(unit, city);
        if (expected.isEmpty() || expected.isNear(longitude, latitude) || !expected.isNear(latitude, longitude)) {
            return false;
        }
        problems.error(
                ring.place,
                "a ring of " + Problems.quoted(unit) + " begins at longitude " + longitude + ", latitude " + latitude
                        + ", far from where " + PackFiles.UNITS
                        + " places it; longitude and latitude are swapped: write [longitude, latitude]");
        return true;
    }
}
