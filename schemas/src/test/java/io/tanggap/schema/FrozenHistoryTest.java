package io.tanggap.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.SchemaCompatibility.SchemaPairCompatibility;
import org.apache.avro.SchemaNormalization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A record that was ever written can be read for ever: no contract changes without a frozen version that it can read. */
class FrozenHistoryTest {
    private static final Path SOURCES = Path.of("src/main/avro");
    private static final Path HISTORY = Path.of("src/main/avro-history");

    static List<String> subjects() throws IOException {
        return names(SOURCES).map(name -> name.replace(".avsc", "")).toList();
    }

    private static Stream<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList().stream();
        }
    }

    private static Schema parse(Path file) throws IOException {
        return new Schema.Parser().parse(Files.readString(file));
    }

    private static List<Schema> history(String subject) throws IOException {
        List<Schema> versions = new ArrayList<>();
        while (Files.exists(HISTORY.resolve(subject).resolve(versions.size() + 1 + ".avsc"))) {
            versions.add(parse(HISTORY.resolve(subject).resolve(versions.size() + 1 + ".avsc")));
        }
        return versions;
    }

    private static Schema current(String subject) throws IOException {
        return parse(SOURCES.resolve(subject + ".avsc"));
    }

    /** Fails unless the current schema is the last of its history and reads all of it. */
    private static void check(String subject, Schema current, List<Schema> history) {
        assertThat(history).as("frozen versions of %s", subject).isNotEmpty();
        assertThat(current)
                .as(
                        "schemas/src/main/avro/%s.avsc differs from its last frozen version, and records of that version"
                                + " are in topics and savepoints: leave version %d as it is, and copy the new schema to"
                                + " schemas/src/main/avro-history/%s/%d.avsc",
                        subject, history.size(), subject, history.size() + 1)
                .isEqualTo(history.get(history.size() - 1));
        for (int version = 1; version <= history.size(); version++) {
            SchemaPairCompatibility compatibility =
                    SchemaCompatibility.checkReaderWriterCompatibility(current, history.get(version - 1));
            assertThat(compatibility.getType())
                    .as(
                            "%s cannot read its version %d: give added fields a default, and remove or retype none: %s",
                            subject, version, compatibility.getResult().getIncompatibilities())
                    .isEqualTo(SchemaCompatibilityType.COMPATIBLE);
        }
    }

    @ParameterizedTest
    @MethodSource("subjects")
    void everyContractIsItsLastFrozenVersionAndReadsAllBefore(String subject) throws IOException {
        check(subject, current(subject), history(subject));
    }

    @ParameterizedTest
    @MethodSource("subjects")
    void everyFieldIsExplainedAndInSnakeCase(String subject) throws IOException {
        Map<String, Schema> records = new HashMap<>();
        collect(current(subject), records);
        records.values().forEach(type -> {
            assertThat(type.getDoc()).as("doc of %s", type.getName()).isNotBlank();
            type.getFields().forEach(field -> {
                assertThat(field.doc())
                        .as("doc of %s.%s", type.getName(), field.name())
                        .isNotBlank();
                assertThat(field.name()).matches("[a-z][a-z0-9]*(_[a-z0-9]+)*");
            });
        });
    }

    private static void collect(Schema schema, Map<String, Schema> records) {
        switch (schema.getType()) {
            case RECORD -> {
                if (records.put(schema.getFullName(), schema) == null) {
                    schema.getFields().forEach(field -> collect(field.schema(), records));
                }
            }
            case UNION -> schema.getTypes().forEach(type -> collect(type, records));
            case ARRAY -> collect(schema.getElementType(), records);
            case MAP -> collect(schema.getValueType(), records);
            default -> {}
        }
    }

    @Test
    void everyFrozenVersionBelongsToAContractAndHasItsPlaceInTheRow() throws IOException {
        assertThat(names(HISTORY)).containsExactlyElementsOf(subjects());
        for (String subject : subjects()) {
            assertThat(names(HISTORY.resolve(subject)))
                    .as("versions of %s are 1.avsc, 2.avsc, ... without a gap", subject)
                    .hasSize(history(subject).size());
        }
    }

    @Test
    void noTwoVersionsHaveOneFingerprint() throws IOException {
        // A topic that holds two contracts tells them apart by it.
        List<Long> fingerprints = new ArrayList<>();
        for (String subject : subjects()) {
            history(subject).forEach(version -> fingerprints.add(SchemaNormalization.parsingFingerprint64(version)));
        }
        assertThat(fingerprints).doesNotHaveDuplicates();
    }

    @Test
    void aChangeThatIsNotFrozenIsNoticed() throws IOException {
        Schema changed = new Schema.Parser()
                .parse(current("Heartbeat").toString().replace("\"name\":\"partition\"", "\"name\":\"place\""));
        assertThatThrownBy(() -> check("Heartbeat", changed, history("Heartbeat")))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("copy the new schema to schemas/src/main/avro-history/Heartbeat/2.avsc");
    }

    @Test
    void aFrozenChangeThatCannotReadTheOldIsNoticed() throws IOException {
        Schema incompatible = new Schema.Parser()
                .parse(current("Heartbeat").toString().replace("\"name\":\"partition\"", "\"name\":\"place\""));
        List<Schema> history = new ArrayList<>(history("Heartbeat"));
        history.add(incompatible);
        assertThatThrownBy(() -> check("Heartbeat", incompatible, history))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("cannot read its version 1");
    }
}
