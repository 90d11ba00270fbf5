package io.tanggap.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tanggap.elasticsearch.Indices.Generation;
import io.tanggap.elasticsearch.Indices.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The roles that operators are given: whatever is added to one is added here too, by somebody who has thought about it. */
class RolesTest {
    private static final String PATTERN = "tanggap-*";
    private static final Path ROLES =
            Path.of(System.getProperty("tanggap.root", "../.."), "docker/elasticsearch/roles");

    @Test
    void aJobWritesDocumentsAndReadsWhatAliasesPointToAndNothingElse() throws IOException {
        JsonNode role = role("tanggap-writer");
        // Standings are published by a person, and no job is to change them.
        assertThat(texts(indices(role).path("names")))
                .containsExactlyInAnyOrderElementsOf(Stream.of(Kind.values())
                        .filter(kind -> kind != Kind.STANDINGS)
                        .map(kind -> kind.alias() + "*")
                        .toList());
        assertThat(texts(role.path("cluster"))).isEmpty();
        assertThat(texts(indices(role).path("privileges"))).containsExactly("index", "view_index_metadata");
    }

    @Test
    void theInstallerMakesTemplatesAndIndicesAndReadsAndWritesNoDocument() throws IOException {
        JsonNode role = role("tanggap-installer");
        assertThat(texts(role.path("cluster"))).containsExactly("manage_index_templates", "monitor");
        assertThat(texts(indices(role).path("privileges"))).containsExactly("manage");
    }

    @Test
    void aReaderReadsDocumentsAndChangesNothing() throws IOException {
        JsonNode role = role("tanggap-reader");
        assertThat(texts(role.path("cluster"))).containsExactly("monitor");
        assertThat(texts(indices(role).path("privileges"))).containsExactly("read", "view_index_metadata");
    }

    @Test
    void aPublisherReadsAndWritesStandingsAlone() throws IOException {
        JsonNode role = role("tanggap-publisher");
        assertThat(texts(role.path("cluster"))).isEmpty();
        assertThat(texts(indices(role).path("names"))).containsExactly(Kind.STANDINGS.alias());
        assertThat(texts(indices(role).path("privileges"))).containsExactly("read", "index");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tanggap-installer", "tanggap-reader"})
    void aRoleIsOfTheIndicesOfTanggapAlone(String name) throws IOException {
        assertThat(texts(indices(role(name)).path("names"))).containsExactly(PATTERN);
    }

    @ParameterizedTest
    @EnumSource
    void everyIndexIsOneOfThem(Kind kind) {
        String prefix = PATTERN.substring(0, PATTERN.length() - 1);
        assertThat(kind.alias()).startsWith(prefix);
        assertThat(new Generation("-000001").nameOf(kind)).startsWith(prefix);
    }

    private static JsonNode role(String name) throws IOException {
        JsonNode role =
                new ObjectMapper().readTree(ROLES.resolve(name + ".json").toFile());
        assertThat(role.properties()).extracting(Map.Entry::getKey).containsExactly("cluster", "indices");
        assertThat(indices(role).properties()).extracting(Map.Entry::getKey).containsExactly("names", "privileges");
        return role;
    }

    private static JsonNode indices(JsonNode role) {
        assertThat(role.path("indices")).hasSize(1);
        return role.path("indices").path(0);
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
