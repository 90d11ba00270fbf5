package io.tanggap.release;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tanggap.core.reference.Category;
import io.tanggap.core.reference.ReferencePack;
import io.tanggap.core.reference.ReferencePack.Unit;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Makes a release of a directory of finished parts: adds the units and categories of the reference, says what every file and column
 * is and how persons were protected, and seals all with hashes. Takes no time from a clock, so the same parts and notes give
 * the same bytes. To make it again replaces what it made.
 */
public final class ReleaseDirectory {
    private static final String DATA_PACKAGE = "datapackage.json";
    private static final String SUMS = "SHA256SUMS";

    private final Path directory;
    private final ReleaseNotes notes;
    private final ObjectMapper json = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private ReleaseDirectory(Path directory, ReleaseNotes notes) {
        this.directory = directory;
        this.notes = notes;
    }

    /**
     * Completes a release.
     *
     * @param directory with the parts, and nothing that is not to be released
     * @param words the pack in whose words cases are told
     * @param formats of the parts. Units and categories are there as CSV in any case, for logs name them too
     */
    public static void complete(Path directory, ReleaseNotes notes, ReferencePack words, Set<Format> formats)
            throws IOException {
        new ReleaseDirectory(directory, notes).complete(words, formats);
    }

    /** Adds the table of measures to the parts of a release. */
    public static void writeMeasures(Path directory, List<MeasureRow> measures, Set<Format> formats)
            throws IOException {
        write(directory, Tables.MEASURES, measures, formats);
    }

    private void complete(ReferencePack words, Set<Format> formats) throws IOException {
        Collection<Unit> units = latest(words.units(), Unit::id);
        Collection<Category> categories = latest(words.categories(), Category::id);
        write(directory, Tables.UNITS, units, formats);
        write(directory, Tables.CATEGORIES, categories, formats);
        Files.deleteIfExists(directory.resolve(SUMS));
        Files.deleteIfExists(directory.resolve(DATA_PACKAGE));
        Contents contents = Contents.of(files().keySet());
        if (contents.has(Tables.TEXTS) != (notes.protection().redactions() != null)) {
            throw new IllegalArgumentException("the release " + (contents.has(Tables.TEXTS) ? "has" : "has no")
                    + " texts, and its notes say otherwise: PRIVACY.md would be wrong");
        }
        Documents documents = new Documents(notes, contents);
        Files.writeString(directory.resolve("README.md"), documents.readme());
        Files.writeString(directory.resolve("DICTIONARY.md"), documents.dictionary());
        Files.writeString(directory.resolve("PRIVACY.md"), documents.privacy());
        Files.writeString(directory.resolve("CITATION.cff"), documents.citation());
        Files.writeString(
                directory.resolve(DATA_PACKAGE), json.writeValueAsString(dataPackage(contents, files())) + "\n");
        StringBuilder sums = new StringBuilder();
        files().forEach((path, file) ->
                sums.append(file.sha256()).append("  ").append(path).append('\n'));
        Files.writeString(directory.resolve(SUMS), sums.toString());
    }

    /** Of several lines of one id the last, as cases are told. */
    private static <R> Collection<R> latest(List<R> lines, Function<R, String> id) {
        Map<String, R> latest = new LinkedHashMap<>();
        lines.forEach(line -> latest.put(id.apply(line), line));
        return latest.values();
    }

    private static <R> void write(Path directory, Table<R> table, Collection<R> rows, Set<Format> formats)
            throws IOException {
        try (OutputStream out = file(directory, table.name() + ".csv");
                RowWriter<R> writer = new CsvTable<>(table, out)) {
            writeAll(rows, writer);
        }
        if (formats.contains(Format.PARQUET)) {
            try (OutputStream out = file(directory, table.name() + ".parquet");
                    RowWriter<R> writer = new ParquetTable<>(table, out)) {
                writeAll(rows, writer);
            }
        }
    }

    private static OutputStream file(Path directory, String name) throws IOException {
        return new BufferedOutputStream(Files.newOutputStream(directory.resolve(name)));
    }

    private static <R> void writeAll(Collection<R> rows, RowWriter<R> writer) throws IOException {
        for (R row : rows) {
            writer.write(row);
        }
    }

    /** A file as it is now. */
    private record Sealed(long bytes, String sha256) {}

    /** Every file by its path in the release, in order. */
    private SortedMap<String, Sealed> files() throws IOException {
        SortedMap<String, Sealed> files = new TreeMap<>();
        try (Stream<Path> found = Files.walk(directory)) {
            for (Path path : found.filter(Files::isRegularFile).toList()) {
                String name = directory
                        .relativize(path)
                        .toString()
                        .replace(path.getFileSystem().getSeparator(), "/");
                files.put(name, new Sealed(Files.size(path), sha256(path)));
            }
        }
        return files;
    }

    private static String sha256(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[1 << 16];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private ObjectNode dataPackage(Contents contents, SortedMap<String, Sealed> files) {
        ObjectNode root = json.createObjectNode();
        // Not "tabular-data-package", of which every resource has to be a table of text.
        root.put("profile", "data-package");
        root.put("name", "complaints-" + notes.version());
        root.put("title", notes.title());
        root.put("version", notes.version().toString());
        root.put(
                "description",
                "Complaints of citizens of " + notes.city() + ", as known at " + Texts.of(notes.asOf())
                        + ". See README.md, and PRIVACY.md for what is not told.");
        ObjectNode contributor = root.putArray("contributors").addObject();
        contributor.put("title", notes.author());
        contributor.put("role", "publisher");
        ArrayNode resources = root.putArray("resources");
        for (Table<?> table : Tables.ALL) {
            List<String> paths = contents.files(table, "csv");
            if (!paths.isEmpty()) {
                table(resources.addObject(), table, paths, files, contents);
            }
        }
        for (Table<?> table : Tables.ALL) {
            plain(
                    resources,
                    table.name() + "-parquet",
                    "parquet",
                    "application/vnd.apache.parquet",
                    contents.files(table, "parquet"),
                    files);
        }
        plain(resources, "log-xes", "xes", "application/xml", contents.logs("xes"), files);
        plain(resources, "log-ocel", "json", "application/json", contents.logs("ocel.json"), files);
        return root;
    }

    private static void table(
            ObjectNode resource,
            Table<?> table,
            List<String> paths,
            SortedMap<String, Sealed> files,
            Contents contents) {
        resource.put("profile", "tabular-data-resource");
        describe(resource, table.name(), "csv", "text/csv", paths, files);
        resource.put("description", table.description());
        resource.put("encoding", "utf-8");
        ObjectNode dialect = resource.putObject("dialect");
        dialect.put("delimiter", ",");
        dialect.put("lineTerminator", "\n");
        dialect.put("quoteChar", "\"");
        dialect.put("doubleQuote", true);
        dialect.put("header", true);
        ObjectNode schema = resource.putObject("schema");
        ArrayNode fields = schema.putArray("fields");
        for (Field<?> field : table.fields()) {
            ObjectNode described = fields.addObject();
            described.put("name", field.name());
            described.put("type", type(field.type()));
            if (field.type() == ColumnType.INSTANT) {
                described.put("format", "%Y-%m-%dT%H:%M:%S.%fZ");
            }
            described.put("description", field.description());
            if (field.unit() != null) {
                described.put("unit", field.unit());
            }
            if (!field.nullable()) {
                described.putObject("constraints").put("required", true);
            }
        }
        schema.putArray("missingValues").add("");
        if (!table.key().isEmpty()) {
            ArrayNode key = schema.putArray("primaryKey");
            table.key().forEach(key::add);
        }
        if (table.parent() != null && contents.has(table.parent(), "csv")) {
            ObjectNode foreign = schema.putArray("foreignKeys").addObject();
            foreign.put("fields", Tables.CASE);
            ObjectNode reference = foreign.putObject("reference");
            reference.put("resource", table.parent());
            reference.put("fields", Tables.CASE);
        }
    }

    private static String type(ColumnType type) {
        return type == ColumnType.INSTANT ? "datetime" : type.name().toLowerCase(Locale.ROOT);
    }

    private static void plain(
            ArrayNode resources,
            String name,
            String format,
            String mediaType,
            List<String> paths,
            SortedMap<String, Sealed> files) {
        if (!paths.isEmpty()) {
            describe(resources.addObject(), name, format, mediaType, paths, files);
        }
    }

    /** A hash of several files together is nothing that anybody could check, so each part has its own. */
    private static void describe(
            ObjectNode resource,
            String name,
            String format,
            String mediaType,
            List<String> paths,
            SortedMap<String, Sealed> files) {
        List<Sealed> sealed = paths.stream()
                .map(path -> requireNonNull(files.get(path), path))
                .toList();
        resource.put("name", name);
        if (paths.size() == 1) {
            resource.put("path", paths.get(0));
        } else {
            ArrayNode list = resource.putArray("path");
            paths.forEach(list::add);
        }
        resource.put("format", format);
        resource.put("mediatype", mediaType);
        resource.put("bytes", sealed.stream().mapToLong(Sealed::bytes).sum());
        if (paths.size() == 1) {
            resource.put("hash", "sha256:" + sealed.get(0).sha256());
            return;
        }
        ArrayNode parts = resource.putArray("parts");
        for (int at = 0; at < paths.size(); at++) {
            ObjectNode part = parts.addObject();
            part.put("path", paths.get(at));
            part.put("bytes", sealed.get(at).bytes());
            part.put("hash", "sha256:" + sealed.get(at).sha256());
        }
    }
}
