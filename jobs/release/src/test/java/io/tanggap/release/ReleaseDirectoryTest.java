package io.tanggap.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tanggap.core.complaint.Redaction;
import io.tanggap.core.reference.Attribution;
import io.tanggap.core.reference.CaseRules;
import io.tanggap.core.reference.Category;
import io.tanggap.core.reference.GeoPoint;
import io.tanggap.core.reference.ReferencePack;
import io.tanggap.core.reference.ReferencePack.Kind;
import io.tanggap.core.reference.ReferencePack.Unit;
import io.tanggap.core.reference.Validity;
import io.tanggap.core.release.Anonymity;
import io.tanggap.core.release.Ladder;
import io.tanggap.core.release.ReleasedCase;
import io.tanggap.release.Protection.Standing;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

class ReleaseDirectoryTest {
    private static final ZoneId ZONE = ZoneId.of("Asia/Jakarta");
    private static final Protection PROTECTION = new Protection(
            130,
            120,
            10,
            List.of(
                    new Standing(1, 70, 9, 5L, null),
                    new Standing(7, 30, 3, 7L, 12L),
                    new Standing(13, 20, 1, 20L, 20L)),
            41,
            6,
            null);

    private static final Protection WITH_TEXTS = new Protection(
            120, 120, 0, List.of(new Standing(1, 120, 9, 5L, null)), 0, 0, Map.of(Redaction.Kind.NAME, 17L));

    @TempDir
    Path directory;

    @Test
    void theSamePartsAndNotesGiveTheSameBytes() throws Exception {
        Map<String, String> first = hashes(release(directory.resolve("a"), EnumSet.allOf(Format.class), PROTECTION));
        Map<String, String> second = hashes(release(directory.resolve("b"), EnumSet.allOf(Format.class), PROTECTION));
        assertThat(second).isEqualTo(first);

        ReleaseDirectory.complete(directory.resolve("a"), notes(PROTECTION), pack(), EnumSet.allOf(Format.class));
        assertThat(hashes(directory.resolve("a"))).isEqualTo(first);
    }

    @Test
    void theSumsAreOfEveryFile() throws Exception {
        Path release = release(directory, EnumSet.allOf(Format.class), WITH_TEXTS);
        Map<String, String> expected = hashes(release);
        expected.remove("SHA256SUMS");
        List<String> lines = new ArrayList<>();
        expected.forEach((path, hash) -> lines.add(hash + "  " + path));

        assertThat(Files.readAllLines(release.resolve("SHA256SUMS"))).isEqualTo(lines);
        assertThat(expected)
                .containsKeys(
                        "events/events-00001.parquet",
                        "log/log-00000.xes",
                        "log/log-00001.ocel.json",
                        "units.csv",
                        "categories.parquet",
                        "datapackage.json",
                        "DICTIONARY.md",
                        "CITATION.cff",
                        "PRIVACY.md",
                        "README.md");
    }

    @Test
    void theDataPackageKeepsItsPromises() throws Exception {
        Path release = release(directory, EnumSet.allOf(Format.class), WITH_TEXTS);
        JsonNode root =
                new ObjectMapper().readTree(release.resolve("datapackage.json").toFile());
        Map<String, String> hashes = hashes(release);
        Map<String, JsonNode> resources = new HashMap<>();
        Set<String> listed = new TreeSet<>();
        for (JsonNode resource : root.get("resources")) {
            String name = resource.get("name").asText();
            assertThat(name).matches("[a-z0-9._-]+");
            assertThat(resources.put(name, resource)).isNull();
            Iterable<JsonNode> paths =
                    resource.get("path").isArray() ? resource.get("path") : List.of(resource.get("path"));
            long bytes = 0;
            int at = 0;
            for (JsonNode path : paths) {
                listed.add(path.asText());
                long size = Files.size(release.resolve(path.asText()));
                bytes += size;
                JsonNode sealed = resource.has("parts") ? resource.get("parts").get(at) : resource;
                assertThat(sealed.get("hash").asText()).isEqualTo("sha256:" + hashes.get(path.asText()));
                assertThat(sealed.get("bytes").asLong()).isEqualTo(size);
                if (resource.has("schema")) {
                    assertThat(Files.readAllLines(release.resolve(path.asText()))
                                    .get(0))
                            .isEqualTo(String.join(
                                    ",", resource.get("schema").get("fields").findValuesAsText("name")));
                }
                at++;
            }
            assertThat(resource.get("bytes").asLong()).isEqualTo(bytes);
        }
        assertThat(listed)
                .isEqualTo(hashes.keySet().stream()
                        .filter(path -> path.matches(".*\\.(csv|parquet|xes|ocel\\.json)"))
                        .collect(Collectors.toCollection(TreeSet::new)));
        assertThat(resources)
                .containsOnlyKeys(
                        "events",
                        "cases",
                        "visits",
                        "units",
                        "categories",
                        "texts",
                        "events-parquet",
                        "cases-parquet",
                        "visits-parquet",
                        "units-parquet",
                        "categories-parquet",
                        "log-xes",
                        "log-ocel");
        keysHold(release, resources);
    }

    private static void keysHold(Path release, Map<String, JsonNode> resources) throws Exception {
        try (DuckDb duck = new DuckDb()) {
            for (Map.Entry<String, JsonNode> each : resources.entrySet()) {
                JsonNode schema = each.getValue().path("schema");
                String files = files(release, each.getValue());
                if (schema.has("primaryKey")) {
                    List<String> key = new ArrayList<>();
                    schema.get("primaryKey").forEach(column -> key.add('"' + column.asText() + '"'));
                    String columns = String.join(", ", key);
                    assertThat(duck.strings("SELECT count(*) FROM (SELECT " + columns + " FROM " + files + " GROUP BY "
                                    + columns + " HAVING count(*) > 1)"))
                            .as(each.getKey())
                            .containsExactly("0");
                }
                for (JsonNode foreign : schema.path("foreignKeys")) {
                    String column = '"' + foreign.get("fields").asText() + '"';
                    String parent = files(
                            release,
                            resources.get(
                                    foreign.get("reference").get("resource").asText()));
                    assertThat(duck.strings("SELECT count(*) FROM " + files + " WHERE " + column + " NOT IN (SELECT "
                                    + column + " FROM " + parent + ")"))
                            .as(each.getKey())
                            .containsExactly("0");
                }
            }
        }
    }

    private static String files(Path release, JsonNode resource) {
        List<String> files = new ArrayList<>();
        Iterable<JsonNode> paths =
                resource.get("path").isArray() ? resource.get("path") : List.of(resource.get("path"));
        paths.forEach(path -> files.add("'" + release.resolve(path.asText()) + "'"));
        return "read_csv([" + String.join(", ", files) + "], header = true, all_varchar = true)";
    }

    @Test
    void ofSeveralLinesOfAUnitTheLastIsThere() throws Exception {
        Path release = release(directory, Set.of(), PROTECTION);
        assertThat(Files.readAllLines(release.resolve("units.csv")))
                .containsExactly(
                        "id,name,name_en,kind,level,parent,latitude,longitude",
                        "31.71,\"Jakarta \"\"Pusat\"\"\",Central Jakarta,territory,kota,,-6.18,106.83",
                        "pu,\"Dinas PU, baru\",,agency,dinas,,,");
        assertThat(release.resolve("units.parquet")).doesNotExist();
    }

    @Test
    void theDictionaryExplainsEveryColumn() throws Exception {
        Path release = release(directory, EnumSet.allOf(Format.class), WITH_TEXTS);
        List<String> lines = Files.readAllLines(release.resolve("DICTIONARY.md"));
        for (Table<?> table : List.of(Tables.EVENTS, Tables.CASES, Tables.VISITS, Tables.UNITS, Tables.TEXTS)) {
            assertThat(lines).contains("## " + table.name());
            for (Field<?> field : table.fields()) {
                assertThat(lines)
                        .anyMatch(line -> line.startsWith("| `" + field.name() + "` | ")
                                && line.endsWith(" | " + field.description() + " |"));
            }
        }
        assertThat(lines).doesNotContain("## measures");
    }

    @Test
    void privacyTellsWhatWasReachedAndWhatRemains() throws Exception {
        release(directory, EnumSet.allOf(Format.class), PROTECTION);
        assertThat(Files.readString(directory.resolve("PRIVACY.md")))
                .contains("**k = 5**")
                .contains("**k = 11**")
                .contains("| withheld | 10 |")
                .contains("| in the smallest class | 5 |")
                .contains("| in the smallest class with a sensitive case | 12 |")
                .contains("| 7 | day | 2 above the lowest | its group | not told | told | 30 | 3 | 7 | 12 |")
                .contains("| 2 | day | 1 above the lowest | told | told | told | 0 | 0 | – | – |")
                .contains("| day told as month | 20 |")
                .contains("| place told above the lowest level | 50 |")
                .contains("| category told as its group | 30 |")
                .contains("| channel not told | 50 |")
                .contains("**41 of 120 released cases**")
                .contains("No text that anybody wrote is in this release.")
                .contains("key of the pseudonyms was not kept");
    }

    @Test
    void privacyCountsWhatWasTakenOutOfTexts() throws Exception {
        release(directory, EnumSet.allOf(Format.class), WITH_TEXTS);
        assertThat(Files.readString(directory.resolve("PRIVACY.md")))
                .contains("| `[NAME]` | 17 |")
                .contains("| `[NIK]` | 0 |")
                .contains("in the smallest class with a sensitive case | none |")
                .contains("Names in texts without a cue");
    }

    @Test
    void theCitationIsYamlWithWhatTheFormatDemands() throws Exception {
        release(directory, Set.of(Format.CSV), PROTECTION);
        Map<String, Object> citation = new Yaml().load(Files.readString(directory.resolve("CITATION.cff")));
        assertThat(citation)
                .containsOnlyKeys("cff-version", "message", "type", "title", "authors", "version")
                .containsEntry("cff-version", "1.2.0")
                .containsEntry("type", "dataset")
                .containsEntry("title", "Complaints: \"November\" — 2017")
                .containsEntry("authors", List.of(Map.of("name", "Jakarta")))
                // The as-of is the next day in Jakarta.
                .containsEntry("version", "2017-12-01");
    }

    @Test
    void theReadmeTellsOnlyWhatIsThere() throws Exception {
        release(directory, Set.of(Format.CSV, Format.XES), PROTECTION);
        assertThat(Files.readString(directory.resolve("README.md")))
                .contains("'events/*.csv'")
                .contains("pm4py.read_xes(\"log/log-00000.xes\")")
                .doesNotContain("parquet")
                .doesNotContain("ocel");
    }

    @Test
    void theQueryOfTheReadmeRuns() throws Exception {
        for (Format format : List.of(Format.CSV, Format.PARQUET)) {
            Path release = release(directory.resolve(format.name()), Set.of(format), PROTECTION);
            String readme = Files.readString(release.resolve("README.md"));
            int from = readme.indexOf("```sql\n") + 7;
            try (DuckDb duck = new DuckDb()) {
                assertThat(duck.in(release).strings(readme.substring(from, readme.indexOf("```", from))))
                        .isNotEmpty();
            }
        }
    }

    @Test
    void notesThatDenyTextsAreRefused() throws Exception {
        release(directory, Set.of(Format.CSV), WITH_TEXTS);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ReleaseDirectory.complete(directory, notes(PROTECTION), pack(), Set.of(Format.CSV)))
                .withMessageContaining("texts");
    }

    @Test
    void numbersOfCasesAddUp() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Protection(10, 9, 1, List.of(new Standing(1, 8, 1, 8L, null)), 0, 0, null));
    }

    private static Path release(Path directory, Set<Format> formats, Protection protection) throws IOException {
        List<ReleasedCase> cases = new Invented().cases(120);
        for (int part = 0; part < 2; part++) {
            try (PartWriter writer = new PartWriter(directory, part, formats, false)) {
                for (ReleasedCase each : cases.subList(part * 60, part * 60 + 60)) {
                    writer.write(each);
                }
            }
        }
        if (protection.redactions() != null) {
            writeTexts(directory, cases.get(0).name());
        }
        ReleaseDirectory.complete(directory, notes(protection), pack(), formats);
        return directory;
    }

    private static void writeTexts(Path directory, String name) throws IOException {
        Files.createDirectories(directory.resolve("texts"));
        try (OutputStream out = Files.newOutputStream(directory.resolve("texts/texts-00000.csv"));
                CsvTable<TextRow> texts = new CsvTable<>(Tables.TEXTS, out)) {
            texts.write(new TextRow(name, "lampu mati, \"gelap\""));
        }
    }

    private static ReleaseNotes notes(Protection protection) {
        return new ReleaseNotes(
                "Complaints: \"November\" — 2017",
                null,
                "Jakarta",
                ZONE,
                Instant.parse("2017-11-30T17:00:00Z"),
                LocalDate.of(2017, 11, 1),
                LocalDate.of(2017, 11, 30),
                null,
                List.of(),
                List.of("jakarta-2017-11"),
                "Tanggap 0.1.0",
                Attribution.CRM,
                false,
                Anonymity.DEFAULT,
                Ladder.TIMES,
                protection);
    }

    private static ReferencePack pack() {
        return new ReferencePack(
                "jakarta-2017-11",
                Instant.EPOCH,
                "jakarta",
                ZONE,
                Duration.ofDays(14),
                List.of(
                        new Unit(
                                "31.71",
                                Kind.TERRITORY,
                                "Jakarta \"Pusat\"",
                                "Central Jakarta",
                                "kota",
                                null,
                                Validity.ALWAYS,
                                null,
                                new GeoPoint(-6.18, 106.83),
                                null),
                        agency("Dinas PU"),
                        agency("Dinas PU, baru")),
                List.of(),
                Map.of(),
                List.of(),
                List.of(),
                List.of(new Category("roads", "Jalan", "Roads", "streets", false)),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                null,
                null,
                List.of(),
                CaseRules.DEFAULT);
    }

    private static Unit agency(String name) {
        return new Unit("pu", Kind.AGENCY, name, null, "dinas", null, Validity.ALWAYS, null, null, null);
    }

    /** The hash of every file, by its path. */
    private static Map<String, String> hashes(Path release) throws Exception {
        Map<String, String> hashes = new TreeMap<>();
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        try (Stream<Path> files = Files.walk(release)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                hashes.put(
                        release.relativize(file).toString(),
                        HexFormat.of().formatHex(digest.digest(Files.readAllBytes(file))));
            }
        }
        return hashes;
    }
}
