package io.tanggap.reference;

import static java.util.Objects.requireNonNull;

import io.tanggap.core.reference.Category;
import io.tanggap.core.reference.Competence;
import io.tanggap.core.reference.Label;
import io.tanggap.core.reference.Policy;
import io.tanggap.core.reference.Reference;
import io.tanggap.core.reference.ReferencePack;
import io.tanggap.core.reference.ReferencePack.Unit;
import io.tanggap.core.reference.Territory;
import io.tanggap.core.reference.WorkCalendar;
import io.tanggap.core.reference.WorkCalendar.Holiday;
import io.tanggap.core.reference.WorkCalendar.Hours;
import io.tanggap.core.wording.Nearest;
import io.tanggap.reference.Lines.Line;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A reference pack as a directory that a person edits; {@code jobs/reference/FORMAT.md} documents the files. */
public final class PackDirectory {
    private static final List<String> BUILT_IN = List.of("boston", "jakarta");

    private PackDirectory() {}

    /**
     * What a directory says.
     *
     * @param pack null if there are errors
     * @param errors why there is no pack, file by file and line by line
     * @param warnings what a person should look at though the pack can be used
     */
    public record Result(@Nullable ReferencePack pack, List<Problem> errors, List<Problem> warnings) {
        public Result {
            errors = List.copyOf(errors);
            warnings = List.copyOf(warnings);
        }
    }

    /** Reads a directory; whatever its files contain, what is wrong with them is in the result. */
    public static Result read(Path directory) {
        if (!Files.isDirectory(directory)) {
            String sentence = "there is no such directory; name one that has a pack.yaml and a units.csv";
            return new Result(null, List.of(new Problem(directory.toString(), 0, 0, sentence)), List.of());
        }
        Problems problems = new Problems();
        return read(PackFiles.in(directory, problems), problems);
    }

    /** The names of the packs that come with the product, in alphabetical order. */
    public static List<String> builtInNames() {
        return BUILT_IN;
    }

    /**
     * Reads a pack that comes with the product.
     *
     * @throws IllegalArgumentException if there is none of this name; the message has the nearest name
     */
    public static Result builtIn(String name) {
        return read(PackFiles.builtIn(checked(name)), new Problems());
    }

    private static String checked(String name) {
        if (!BUILT_IN.contains(name)) {
            throw new IllegalArgumentException("there is no directory and no built-in reference pack '" + name + "'; "
                    + Nearest.hint(name, BUILT_IN));
        }
        return name;
    }

    /**
     * Writes the files of a pack that comes with the product into a directory, which is made if it is not there.
     *
     * @throws IllegalArgumentException if there is no pack of this name
     * @throws IOException if a file is there already, or cannot be written; the message says what to do
     */
    public static void export(String name, Path directory) throws IOException {
        PackFiles files = PackFiles.builtIn(checked(name));
        for (Path path = directory; path != null; path = path.getParent()) {
            if (Files.exists(path) && !Files.isDirectory(path)) {
                throw new IOException(path + " is a file: name a directory, which is made if it is not there");
            }
        }
        for (String file : PackFiles.NAMES) {
            if (Files.exists(directory.resolve(file))) {
                throw new IOException(directory.resolve(file)
                        + " is there already and would be overwritten: name a directory without a pack");
            }
        }
        Files.createDirectories(directory);
        for (String file : PackFiles.NAMES) {
            byte[] bytes = files.bytes(file);
            if (bytes != null) {
                Files.write(directory.resolve(file), bytes);
            }
        }
    }

    private static Result read(PackFiles files, Problems problems) {
        PackHeader header = PackHeader.read(files.text(PackFiles.PACK, problems), problems);
        Lines lines = Lines.read(files, problems);
        List<Territory> territories =
                GeoJson.read(files.text(PackFiles.TERRITORIES, problems), lines.units(), problems);
        new Checks(header, lines, problems).run(territories);
        ReferencePack pack = problems.errors().isEmpty() ? pack(header, lines, territories, problems) : null;
        return new Result(pack, problems.errors(), problems.warnings());
    }

    private static @Nullable ReferencePack pack(
            PackHeader header, Lines lines, List<Territory> territories, Problems problems) {
        List<Unit> units = values(lines.units());
        List<Policy> policies = values(lines.policies());
        List<Category> categories = values(lines.categories());
        List<Label> labels = values(lines.labels());
        List<Competence> competences = values(lines.competences());
        try {
            ReferencePack pack = new ReferencePack(
                    header.id(),
                    header.knownFrom(),
                    header.city(),
                    header.zone(),
                    header.staleAfter(),
                    units,
                    List.of(),
                    Map.of(),
                    policies,
                    calendars(lines),
                    categories,
                    labels,
                    competences,
                    territories,
                    values(lines.channels()),
                    header.attribution(),
                    header.nearestWithinMetres(),
                    values(lines.pauses()),
                    header.rules(),
                    values(lines.routes()),
                    values(lines.recipients()));
            // Checks what the units are to each other once more, as the job will.
            Reference.of(List.of(pack));
            return pack;
        } catch (IllegalArgumentException e) {
            problems.error(Place.of(PackFiles.PACK), requireNonNull(e.getMessage()));
            return null;
        }
    }

    private static <T> List<T> values(List<Line<T>> lines) {
        return lines.stream().map(Line::value).toList();
    }

    private static List<WorkCalendar> calendars(Lines lines) {
        Map<String, List<Hours>> hours = new LinkedHashMap<>();
        lines.calendars().forEach(line -> {
            List<Hours> known = hours.computeIfAbsent(line.value().calendar(), id -> new ArrayList<>());
            if (line.value().hours() != null) {
                known.add(line.value().hours());
            }
        });
        List<WorkCalendar> calendars = new ArrayList<>();
        hours.forEach((id, ofWeek) -> {
            List<Holiday> holidays = lines.holidays().stream()
                    .filter(line -> line.value().calendar().equals(id))
                    .map(line -> line.value().holiday())
                    .toList();
            calendars.add(new WorkCalendar(id, ofWeek, holidays));
        });
        return calendars;
    }
}
