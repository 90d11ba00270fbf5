package io.tanggap.reference;

import io.tanggap.core.wording.Nearest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The texts of a pack: the files of a directory, or those that come with the product. */
final class PackFiles {
    static final String PACK = "pack.yaml";
    static final String UNITS = "units.csv";
    static final String TERRITORIES = "territories.geojson";
    static final String COMPETENCE = "competence.csv";
    static final String POLICIES = "policies.csv";
    static final String PAUSES = "pauses.csv";
    static final String CALENDARS = "calendars.csv";
    static final String HOLIDAYS = "holidays.csv";
    static final String CATEGORIES = "categories.csv";
    static final String LABELS = "labels.csv";
    static final String CHANNELS = "channels.csv";
    static final String ROUTES = "routes.csv";
    static final String RECIPIENTS = "recipients.csv";

    /** All files of the format, in the order in which they are told about. */
    static final List<String> NAMES = List.of(
            PACK,
            UNITS,
            TERRITORIES,
            COMPETENCE,
            POLICIES,
            PAUSES,
            CALENDARS,
            HOLIDAYS,
            CATEGORIES,
            LABELS,
            CHANNELS,
            ROUTES,
            RECIPIENTS);

    private static final Set<String> NEEDED = Set.of(PACK, UNITS);

    /** Chosen: a city's borders in full detail have some ten megabytes. */
    private static final long MOST_BYTES = 64L << 20;

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    /** Opens a file of the pack; null if there is none. */
    private interface Opening {
        @Nullable
        InputStream open(String name) throws IOException;
    }

    private final Opening opening;

    private PackFiles(Opening opening) {
        this.opening = opening;
    }

    /** The files of a directory. Files that look like a misspelt one of the format are problems. */
    static PackFiles in(Path directory, Problems problems) {
        try (Stream<Path> files = Files.list(directory)) {
            TreeSet<String> names = new TreeSet<>();
            files.forEach(file -> names.add(String.valueOf(file.getFileName())));
            for (String name : names) {
                if (name.matches("(?i).*\\.(csv|ya?ml|(geo)?json)") && !NAMES.contains(name)) {
                    problems.error(
                            Place.of(name),
                            "a pack has no file of this name, so nothing would read it; rename or remove it; "
                                    + Nearest.hint(name, NAMES));
                }
            }
        } catch (IOException e) {
            problems.error(
                    Place.of(directory.toString()), "the files of this directory cannot be listed; make it readable");
        }
        return new PackFiles(name -> {
            Path file = directory.resolve(name);
            return Files.exists(file) ? Files.newInputStream(file) : null;
        });
    }

    /** The files of a pack that comes with the product. */
    static PackFiles builtIn(String pack) {
        return new PackFiles(name -> PackFiles.class.getResourceAsStream("packs/" + pack + "/" + name));
    }

    byte @Nullable [] bytes(String name) throws IOException {
        try (InputStream in = opening.open(name)) {
            return in == null ? null : in.readNBytes((int) MOST_BYTES + 1);
        }
    }

    /** The text of a file; null if it cannot be read, or there is none. What a pack must have and has not is a problem. */
    @Nullable
    String text(String name, Problems problems) {
        byte[] bytes;
        try {
            bytes = bytes(name);
        } catch (IOException e) {
            problems.error(Place.of(name), "the file cannot be read; check that it is a file and readable");
            return null;
        }
        if (bytes == null) {
            if (NEEDED.contains(name)) {
                problems.error(Place.of(name), "the file is missing; every pack has one");
            }
            return null;
        }
        if (bytes.length > MOST_BYTES) {
            problems.error(
                    Place.of(name),
                    "the file has more than " + (MOST_BYTES >> 20) + " MiB; simplify it, for example its polygons");
            return null;
        }
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        boolean malformed = decoder.decode(in, out, true).isError();
        String text = out.flip().toString();
        if (malformed) {
            int line = 1
                    + (int) text.chars().filter(character -> character == '\n').count();
            problems.error(
                    new Place(name, line, 0),
                    "this line is not UTF-8 text; save the file as UTF-8 and correct the line");
            return null;
        }
        // Spreadsheets begin a file with it.
        return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    }
}
