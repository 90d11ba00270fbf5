package io.tanggap.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The indices are open to many readers: what they hold is figures, ids and times, and nothing that a person wrote. */
class IndexTemplatesTest {
    private static final Path TEMPLATES = Path.of("src/main/resources/elasticsearch");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern PERSONAL = Pattern.compile(
            "description|text|body|comment|note|title|subject|content|(^|_)name$|phone|e?mail|address|reporter|citizen"
                    + "|contact|user|author|photo|media|message");
    /**
     * A unit's name is the city's; a dead letter's message holds no text of the record; the citizen's clock is a number.
     */
    private static final List<String> ALLOWED = List.of(
            "unit_name",
            "counterpart_name",
            "territory_name",
            "holder_name",
            "offered_to_name",
            "charged_name",
            "provenance.message",
            "citizen_seconds");

    private static final List<String> COMPONENTS = List.of("settings", "figures");

    static List<String> kinds() throws IOException {
        try (Stream<Path> files = Files.list(TEMPLATES)) {
            return files.map(file -> file.getFileName().toString().replace(".json", ""))
                    .filter(name -> !COMPONENTS.contains(name))
                    .sorted()
                    .toList();
        }
    }

    private static JsonNode template(String kind) throws IOException {
        return JSON.readTree(Files.readString(TEMPLATES.resolve(kind + ".json")));
    }

    private record Field(String path, String type) {}

    /** Every mapped field. */
    private static List<Field> fields(JsonNode mappings) {
        List<Field> fields = new ArrayList<>();
        collect("", mappings.path("properties"), fields);
        return fields;
    }

    private static void collect(String prefix, JsonNode properties, List<Field> fields) {
        properties.properties().forEach(field -> {
            fields.add(new Field(
                    prefix + field.getKey(), field.getValue().path("type").asText("object")));
            collect(prefix + field.getKey() + ".", field.getValue().path("properties"), fields);
            collect(prefix + field.getKey() + ".", field.getValue().path("fields"), fields);
        });
    }

    private static List<String> personal(JsonNode mappings) {
        return fields(mappings).stream()
                .filter(field -> !ALLOWED.contains(field.path()))
                .filter(field -> List.of("text", "match_only_text", "search_as_you_type", "wildcard", "annotated_text")
                                .contains(field.type())
                        || PERSONAL.matcher(field.path().substring(field.path().lastIndexOf('.') + 1))
                                .find())
                .map(Field::path)
                .toList();
    }

    @Test
    void thereIsATemplateOfEveryKind() throws IOException {
        assertThat(kinds())
                .containsExactly(
                        "alerts",
                        "cases",
                        "cells",
                        "dead-letters",
                        "deliveries",
                        "feeds",
                        "pairs",
                        "problems",
                        "responsiveness",
                        "restatements",
                        "standings",
                        "visits");
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aFieldThatNobodyDeclaredIsRefused(String kind) throws IOException {
        assertThat(template(kind)
                        .path("template")
                        .path("mappings")
                        .path("dynamic")
                        .asText())
                .isEqualTo("strict");
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void noFieldHoldsWhatAPersonWrote(String kind) throws IOException {
        assertThat(personal(template(kind).path("template").path("mappings"))).isEmpty();
    }

    @Test
    void aFieldForFreeTextIsFound() throws IOException {
        JsonNode mappings = JSON.readTree("""
                {"properties": {
                  "case_id": {"type": "keyword"},
                  "reporter": {"type": "keyword"},
                  "summary": {"type": "text"},
                  "holder": {"type": "keyword", "fields": {"words": {"type": "text"}}},
                  "provenance": {"properties": {"email": {"type": "keyword"}}}}}
                """);
        assertThat(personal(mappings))
                .containsExactlyInAnyOrder("reporter", "summary", "holder.words", "provenance.email");
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void whatDiffersBetweenRunsHasAPlaceThatIsNotMapped(String kind) throws IOException {
        JsonNode provenance = template(kind)
                .path("template")
                .path("mappings")
                .path("properties")
                .path("provenance");
        boolean disabled = provenance.path("enabled").isBoolean()
                && !provenance.path("enabled").asBoolean();
        boolean closed = provenance.path("dynamic").asText().equals("false");
        assertThat(disabled || closed).isTrue();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aWithdrawnDocumentCanSaySo(String kind) throws IOException {
        assertThat(template(kind)
                        .path("template")
                        .path("mappings")
                        .path("properties")
                        .path("retracted")
                        .path("type")
                        .asText())
                .isEqualTo("boolean");
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void anIndexOfTheKindTakesItsTemplate(String kind) throws IOException {
        JsonNode template = template(kind);
        assertThat(template.path("index_patterns").get(0).asText()).isEqualTo("tanggap-" + kind);
        assertThat(template.path("index_patterns").get(1).asText()).isEqualTo("tanggap-" + kind + "-*");
        assertThat(template.path("allow_auto_create").asBoolean(true))
                .as("an index that is gone is missed, and not made up from what is written")
                .isFalse();
        assertThat(template.path("composed_of"))
                .as("the operator's own settings come last and win")
                .extracting(JsonNode::asText)
                .startsWith("tanggap-settings")
                .endsWith("tanggap-settings@custom")
                .isSubsetOf("tanggap-settings", "tanggap-figures", "tanggap-settings@custom");
        assertThat(COMPONENTS).allMatch(name -> Files.exists(TEMPLATES.resolve(name + ".json")));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aFieldThatNoDocumentHasYetIsMappedToo(String kind) throws IOException {
        JsonNode mappings = template(kind).path("template").path("mappings");
        assertThat(mappings.has("dynamic_templates"))
                .as("a panel whose field has not occurred yet would say that there is none")
                .isFalse();
        assertThat(mappings.findValues("dynamic")).extracting(JsonNode::asText).doesNotContain("true", "runtime");
    }

    @Test
    void countsAreWholeNumbersAndNothingElse() throws IOException {
        for (String kind : List.of("cells", "pairs", "responsiveness")) {
            assertThat(template(kind).at("/template/mappings/properties/counts/properties"))
                    .isNotEmpty()
                    .allSatisfy(count -> {
                        assertThat(count.path("type").asText()).isEqualTo("long");
                        assertThat(count.path("coerce").asBoolean(true)).isFalse();
                    });
        }
    }
}
