package io.tanggap.bench;

import io.tanggap.locating.GeoJsonTerritories;
import io.tanggap.locating.Location;
import io.tanggap.locating.Locator;
import io.tanggap.locating.Method;
import io.tanggap.locating.Territory;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code jobs/bench/run locate}: how many points a core places on a map in a second. */
@Command(
        name = "locate",
        description = {
            "Measures how many points one core places in a second, one thread alone. No Flink, no Kafka.",
            "The points are drawn in the boxes around the polygons, so that most lie in one and some in none."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class LocateBench implements Callable<Integer> {
    private static final int POINTS = 1_000_000;
    private static final long SEED = 2017;
    private static final double NEAREST_WITHIN_METRES = 2_000;
    private static final int AIM_PER_SECOND = 200_000;

    @Option(
            names = "--geojson",
            paramLabel = "FILE",
            description =
                    "The map, a FeatureCollection; of units of several levels those with the longest codes are taken"
                            + " (default: an invented one of the size of Jakarta's).")
    private @Nullable Path geojson;

    @Option(
            names = "--property",
            paramLabel = "NAME",
            defaultValue = "kode",
            description = "The property of a feature that is its unit's code (default: ${DEFAULT-VALUE}).")
    private String property = "";

    @Mixin
    private WarmRuns runs = new WarmRuns();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (spec == null) {
            throw new IllegalStateException("picocli sets it");
        }
        PrintWriter out = spec.commandLine().getOut();
        List<Territory> territories = geojson == null ? InventedMap.territories() : lowest(read(geojson));
        if (territories.stream().allMatch(each -> each.polygons().isEmpty())) {
            throw new ParameterException(spec.commandLine(), "There is no polygon in " + geojson + ".");
        }
        long begun = System.nanoTime();
        Locator locator = Locator.of(territories, NEAREST_WITHIN_METRES);
        long built = System.nanoTime() - begun;
        double[] points = points(territories);

        Map<Method, Integer> found = new EnumMap<>(Method.class);
        WarmRuns.Rates rates = runs.measure(POINTS, () -> {
            found.clear();
            for (int i = 0; i < points.length; i += 2) {
                Location location = locator.locate(null, points[i], points[i + 1]);
                found.merge(location.method(), 1, Integer::sum);
            }
        });
        print(out, territories, built, found);
        rates.print(out, "Located", "points", AIM_PER_SECOND);
        return 0;
    }

    private List<Territory> read(Path file) throws IOException {
        try (InputStream json = Files.newInputStream(file)) {
            return GeoJsonTerritories.read(json, property);
        }
    }

    private static List<Territory> lowest(List<Territory> territories) {
        int longest = territories.stream()
                .mapToInt(each -> each.unit().length())
                .max()
                .orElse(0);
        return territories.stream()
                .filter(each -> each.unit().length() == longest)
                .toList();
    }

    /** Latitude, longitude, latitude, longitude and so on. */
    private static double[] points(List<Territory> territories) {
        List<Territory.Polygon> polygons =
                territories.stream().flatMap(each -> each.polygons().stream()).toList();
        List<Box> boxes = polygons.stream().map(Box::around).toList();
        SplittableRandom random = new SplittableRandom(SEED);
        double[] points = new double[2 * POINTS];
        for (int i = 0; i < points.length; i += 2) {
            Box box = boxes.get(random.nextInt(boxes.size()));
            points[i] = box.south + (box.north - box.south) * random.nextDouble();
            points[i + 1] = box.west + (box.east - box.west) * random.nextDouble();
        }
        return points;
    }

    private record Box(double south, double west, double north, double east) {
        static Box around(Territory.Polygon polygon) {
            Box box = new Box(90, 180, -90, -180);
            for (Territory.Point point : polygon.shell()) {
                box = new Box(
                        Math.min(box.south, point.latitude()),
                        Math.min(box.west, point.longitude()),
                        Math.max(box.north, point.latitude()),
                        Math.max(box.east, point.longitude()));
            }
            return box;
        }
    }

    private void print(PrintWriter out, List<Territory> territories, long builtNanos, Map<Method, Integer> found) {
        long polygons =
                territories.stream().mapToLong(each -> each.polygons().size()).sum();
        long vertices = territories.stream()
                .flatMap(each -> each.polygons().stream())
                .mapToLong(each -> each.shell().size()
                        + each.holes().stream().mapToLong(List::size).sum())
                .sum();
        out.printf(
                Locale.ROOT,
                "Map         %s: %,d units, %,d polygons, %,d vertices; indexed in %.1f ms%n",
                geojson == null ? "invented" : geojson.getFileName(),
                territories.size(),
                polygons,
                vertices,
                builtNanos / 1e6);
        out.printf(Locale.ROOT, "Points      %,d: %s%n", POINTS, found);
    }
}
