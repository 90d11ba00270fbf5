package io.tanggap.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Expected is what jq 1.6 writes with {@code -cS}. */
class CardJsonTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static JsonNode tree(String text) throws IOException {
        return JSON.readTree(text);
    }

    @Test
    void theCanonicalTextIsThatOfJq() throws IOException {
        String text =
                "{ \"b\" : [ 1, 20, {\"z\":null, \"_\":true, \"Z\":false} , [], {} ],\n \"a\": \"\\u00c9t\\u00e9 \\\"/\\\\"
                        + " \\u0001\\u007f\\t\\n\\b\\f\\r<&\", \"a.b\": -7, \"ab\": \"0.25\", \"10\": 1, \"9\": 12345678901234 }";

        assertThat(CardJson.canonical(tree(text), false))
                .isEqualTo(
                        "{\"10\":1,\"9\":12345678901234,\"a\":\"Été \\\"/\\\\ \\u0001\\u007f\\t\\n\\b\\f\\r<&\",\"a.b\":-7,"
                                + "\"ab\":\"0.25\",\"b\":[1,20,{\"Z\":false,\"_\":true,\"z\":null},[],{}]}");
    }

    @Test
    void linesForEyesChangeNothing() throws IOException {
        JsonNode tree = tree("{\"rows\":[{\"id\":\"x\",\"n\":1},{\"id\":\"y\",\"n\":2}],\"words\":[\"a\",\"b\"]}");

        assertThat(CardJson.canonical(tree, true))
                .isEqualTo(
                        "{\"rows\":[\n{\"id\":\"x\",\"n\":1},\n{\"id\":\"y\",\"n\":2}]," + "\"words\":[\"a\",\"b\"]}");
        assertThat(CardJson.canonical(tree(CardJson.canonical(tree, true)), false))
                .isEqualTo(CardJson.canonical(tree, false));
    }

    @Test
    void valuesAreNamedByTheWayToThem() throws IOException {
        assertThat(CardJson.values(tree(
                        "{\"events\":{\"n\":3},\"packs\":[\"p\"],\"rows\":[{\"id\":\"x\",\"figures\":{\"open\":1}}]}")))
                .containsExactly(
                        entry("events | n", "3"),
                        entry("packs | 1", "p"),
                        entry("rows | x | id", "x"),
                        entry("rows | x | open", "1"));
    }
}
