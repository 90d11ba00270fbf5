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

    @ParameterizedTest
    @ValueSource(strings = {"tanggap-writer", "tanggap-installer", "tanggap-reader"})
    void aRoleIsOfTheIndicesOfTanggapAlone(String name) throws IOException {
        JsonNode role = role(name);
        assertThat(role.properties()).extracting(Map.Entry::getKey).containsExactly("cluster", "indices");
        assertThat(indices(role).properties()).extracting(Map.Entry::getKey).containsExactly("names", "privileges");
        assertThat(texts(indices(role).path("names"))).containsExactly(PATTERN);
    }

    @ParameterizedTest
    @EnumSource
    void everyIndexIsOneOfThem(Kind kind) {
        String prefix = PATTERN.substring(0, PATTERN.length() - 1);
        assertThat(kind.alias()).startsWith(prefix);
        assertThat(new Generation("-000001").nameOf(kind)).startsWith(prefix);
    }

    private static JsonNode role(String name) throws IOException {
        return new ObjectMapper().readTree(ROLES.resolve(name + ".json").toFile());
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
