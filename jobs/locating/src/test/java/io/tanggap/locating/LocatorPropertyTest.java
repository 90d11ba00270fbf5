package io.tanggap.locating;

import static org.assertj.core.api.Assertions.assertThat;

import io.tanggap.locating.Territory.Point;
import io.tanggap.locating.Territory.Polygon;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random maps, on which every point is also placed by whole numbers and by looking at everything. */
class LocatorPropertyTest {
    private static final int MAPS = 400;
    private static final int POINTS = 120;

    /** Map coordinates are small whole numbers, so that points often lie on borders and corners. */
    private static final int SPAN = 12;

    /** In grid steps: a corner of Jakarta. */
    private static final long EAST = 1_068_000_000;

    private static final long NORTH = -62_000_000;

    private record Cell(long x, long y) {}

    private record Shape(List<List<Cell>> rings) {
        /** By the definition: on a ring, or inside an odd number of them. */
        boolean has(Cell point) {
            boolean inside = false;
            for (List<Cell> ring : rings) {
                for (int i = 1; i < ring.size(); i++) {
                    Cell from = ring.get(i - 1);
                    Cell to = ring.get(i);
                    int side = side(from, to, point);
                    if (side == 0 && between(from.x, to.x, point.x) && between(from.y, to.y, point.y)) {
                        return true;
                    }
                    if (from.y <= point.y != to.y <= point.y && (side > 0) == (to.y > from.y)) {
                        inside = !inside;
                    }
                }
            }
            return inside;
        }

        private static boolean between(long one, long other, long value) {
            return Math.min(one, other) <= value && value <= Math.max(one, other);
        }

        private static int side(Cell from, Cell to, Cell point) {
            BigInteger left = BigInteger.valueOf(to.x - from.x).multiply(BigInteger.valueOf(point.y - from.y));
            BigInteger right = BigInteger.valueOf(to.y - from.y).multiply(BigInteger.valueOf(point.x - from.x));
            return left.compareTo(right);
        }
    }

    /** A seeded map at some scale, and points to place on it. */
    private static final class World {
        private final Random random;
        private final long scale;
        private final Map<String, List<Shape>> units = new TreeMap<>();

        World(long seed, long scale) {
            this.random = new Random(seed);
            this.scale = scale;
            int count = 1 + random.nextInt(8);
            for (int i = 0; i < count; i++) {
                List<Shape> shapes = new ArrayList<>();
                for (int part = random.nextInt(3); part >= 0; part--) {
                    shapes.add(shape());
                }
                units.put("u" + random.nextInt(1000) + "-" + i, shapes);
            }
        }

        Cell cell() {
            return new Cell(EAST + scale * random.nextInt(SPAN), NORTH + scale * random.nextInt(SPAN));
        }

        /** Rings of any form: they may cross themselves and each other. */
        private Shape shape() {
            List<List<Cell>> rings = new ArrayList<>();
            for (int holes = random.nextInt(3); holes >= 0; holes--) {
                List<Cell> ring = new ArrayList<>();
                for (int corners = 3 + random.nextInt(6); corners > 0; corners--) {
                    ring.add(cell());
                }
                ring.add(ring.get(0));
                rings.add(ring);
            }
            return new Shape(rings);
        }

        List<Territory> territories() {
            List<Territory> territories = new ArrayList<>();
            units.forEach((unit, shapes) -> territories.add(
                    new Territory(unit, shapes.stream().map(World::polygon).toList(), point(cell()))));
            return territories;
        }

        private static Polygon polygon(Shape shape) {
            List<List<Point>> rings = shape.rings().stream()
                    .map(ring -> ring.stream().map(World::point).toList())
                    .toList();
            return new Polygon(rings.get(0), rings.subList(1, rings.size()));
        }

        static Point point(Cell cell) {
            return new Point(degrees(cell.y), degrees(cell.x));
        }

        private static double degrees(long steps) {
            return BigDecimal.valueOf(steps, 7).doubleValue();
        }

        String unitAt(Cell point) {
            return units.entrySet().stream()
                    .filter(unit -> unit.getValue().stream().anyMatch(shape -> shape.has(point)))
                    .map(Map.Entry::getKey)
                    .findFirst()
                    .orElse(null);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 7, 1_000_003, 12_000_000})
    void pointsAreWhereWholeNumbersSayTheyAre(long scale) {
        int covered = 0;
        for (int seed = 0; seed < MAPS; seed++) {
            World world = new World(seed, scale);
            Locator locator = Locator.of(world.territories(), 0);
            for (int i = 0; i < POINTS; i++) {
                Cell cell = world.cell();
                Point point = World.point(cell);
                String expected = world.unitAt(cell);
                Location location = locator.locate(null, point.latitude(), point.longitude());
                assertThat(location.method() == Method.POLYGON ? location.unit() : null)
                        .as("seed %d, %s", seed, cell)
                        .isEqualTo(expected);
                covered += expected == null ? 0 : 1;
            }
        }
        assertThat(covered).as("the maps are neither empty nor full").isBetween(MAPS * POINTS / 5, MAPS * POINTS - 1);
    }

    @Test
    void theOrderOfTerritoriesAndPolygonsChangesNothing() {
        for (int seed = 0; seed < MAPS; seed++) {
            World world = new World(seed, 50_000);
            Random random = new Random(seed);
            List<Territory> territories = world.territories();
            List<Territory> shuffled = new ArrayList<>(territories.stream()
                    .map(territory -> {
                        List<Polygon> polygons = new ArrayList<>(territory.polygons());
                        Collections.shuffle(polygons, random);
                        return new Territory(territory.unit(), polygons, territory.centre());
                    })
                    .toList());
            Collections.shuffle(shuffled, random);
            Locator one = Locator.of(territories, 20_000);
            Locator other = Locator.of(shuffled, 20_000);
            for (int i = 0; i < POINTS; i++) {
                Point point = World.point(world.cell());
                assertThat(other.locate(null, point.latitude(), point.longitude()))
                        .as("seed %d, %s", seed, point)
                        .isEqualTo(one.locate(null, point.latitude(), point.longitude()));
            }
        }
    }

    @Test
    void manyThreadsAtOnceSayWhatOneSays() {
        World world = new World(1, 50_000);
        List<Territory> territories = world.territories();
        List<Point> points = IntStream.range(0, 20_000)
                .mapToObj(i -> World.point(world.cell()))
                .toList();
        Locator alone = Locator.of(territories, 20_000);
        List<Location> expected = points.stream()
                .map(point -> alone.locate(null, point.latitude(), point.longitude()))
                .toList();

        Locator shared = Locator.of(territories, 20_000);
        assertThat(points.parallelStream()
                        .map(point -> shared.locate(null, point.latitude(), point.longitude()))
                        .toList())
                .isEqualTo(expected);
    }

    @Test
    void theNearestIsTheLeastOfAllByDistanceAndCode() {
        Random random = new Random(2017);
        for (int map = 0; map < 50; map++) {
            List<Territory> centres = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                centres.add(Shapes.centre(
                        "u" + i, random.nextInt(36) * 5 - 90 + random.nextInt(2) * 1e-7, random.nextInt(73) * 5 - 180));
            }
            double within = random.nextBoolean() ? Double.POSITIVE_INFINITY : random.nextInt(2_000_000);
            Locator locator = Locator.of(centres, within);
            for (int i = 0; i < 200; i++) {
                double latitude = random.nextInt(37) * 5 - 90;
                double longitude = random.nextInt(73) * 5 - 180;
                if (latitude == 0 && longitude == 0) {
                    continue;
                }
                Location location = locator.locate(null, latitude, longitude);
                double least = centres.stream()
                        .mapToDouble(each -> metres(latitude, longitude, each))
                        .min()
                        .orElseThrow();
                if (location.method() == Method.UNLOCATED) {
                    assertThat(least).isGreaterThan(within - 0.002);
                    continue;
                }
                assertThat(location.metres()).isLessThanOrEqualTo(within);
                assertThat(Math.abs(location.metres() - least)).isLessThan(0.002);
                double found = location.metres();
                assertThat(centres.stream()
                                .filter(each -> each.unit().compareTo(location.unit()) < 0)
                                .filter(each -> Math.abs(metres(latitude, longitude, each) - found) < 0.0001))
                        .as("units of lesser code at the same distance")
                        .isEmpty();
            }
        }
    }

    /** By the angle between two vectors, which is no haversine. */
    private static double metres(double latitude, double longitude, Territory territory) {
        double[] a = vector(latitude, longitude);
        double[] b = vector(territory.centre().latitude(), territory.centre().longitude());
        double x = a[1] * b[2] - a[2] * b[1];
        double y = a[2] * b[0] - a[0] * b[2];
        double z = a[0] * b[1] - a[1] * b[0];
        double dot = a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
        return 6_371_008.8 * Math.atan2(Math.sqrt(x * x + y * y + z * z), dot);
    }

    private static double[] vector(double latitude, double longitude) {
        double phi = Math.toRadians(latitude);
        double lambda = Math.toRadians(longitude);
        return new double[] {Math.cos(phi) * Math.cos(lambda), Math.cos(phi) * Math.sin(lambda), Math.sin(phi)};
    }
}
