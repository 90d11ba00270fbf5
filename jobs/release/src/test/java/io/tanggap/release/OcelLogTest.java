package io.tanggap.release;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.tanggap.core.release.ReleasedCase;
import io.tanggap.core.release.ReleasedEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

class OcelLogTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<ReleasedCase> cases = new Invented().cases(300);

    @Test
    void theLogKeepsTheConstraintsOfTheFormat() throws Exception {
        assertThat(schema().validate(log(cases))).isEmpty();
        assertThat(schema().validate(log(List.of()))).isEmpty();
    }

    @Test
    void theConstraintsFindWhatIsNoLog() throws Exception {
        assertThat(schema().validate(JSON.readTree(
                        "{\"events\":[],\"objects\":[],\"objectTypes\":[]," + "\"eventTypes\":[{\"name\":\"A\"}]}")))
                .isNotEmpty();
        assertThat(schema().validate(JSON.readTree("{\"objectTypes\":[],\"eventTypes\":[],\"objects\":[],"
                        + "\"events\":[{\"id\":\"a\",\"type\":\"A\",\"time\":\"yesterday\"}]}")))
                .isNotEmpty();
    }

    private static JsonSchema schema() {
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7)
                .getSchema(OcelLogTest.class.getResourceAsStream("/ocel-2.0-json.schema.json"));
    }

    @Test
    void everythingThatIsReferredToIsThereOnce() throws Exception {
        JsonNode log = log(cases);
        Map<String, Set<String>> objectTypes = types(log.get("objectTypes"));
        Map<String, Set<String>> eventTypes = types(log.get("eventTypes"));
        Set<String> objects = new HashSet<>();
        for (JsonNode object : log.get("objects")) {
            assertThat(objects.add(object.get("id").asText()))
                    .as("once: %s", object)
                    .isTrue();
            attributesAreDeclared(object, objectTypes);
        }
        Set<String> events = new HashSet<>();
        for (JsonNode event : log.get("events")) {
            assertThat(events.add(event.get("id").asText()))
                    .as("once: %s", event)
                    .isTrue();
            attributesAreDeclared(event, eventTypes);
        }
        for (String owners : List.of("objects", "events")) {
            for (JsonNode owner : log.get(owners)) {
                for (JsonNode relationship : owner.get("relationships")) {
                    assertThat(objects).contains(relationship.get("objectId").asText());
                }
            }
        }
        assertThat(qualifiers(log.get("objects"))).containsExactlyInAnyOrder("merged into", "due by");
        assertThat(qualifiers(log.get("events")))
                .contains(
                        "of case", "acts", "reported through", "offered to", "assigned to", "accepted by", "seen with");
    }

    private static Map<String, Set<String>> types(JsonNode types) {
        Map<String, Set<String>> declared = new HashMap<>();
        for (JsonNode type : types) {
            Set<String> names = new HashSet<>();
            type.get("attributes")
                    .forEach(attribute -> names.add(attribute.get("name").asText()));
            assertThat(declared.put(type.get("name").asText(), names)).isNull();
        }
        return declared;
    }

    private static void attributesAreDeclared(JsonNode of, Map<String, Set<String>> types) {
        assertThat(types).containsKey(of.get("type").asText());
        for (JsonNode attribute : of.get("attributes")) {
            assertThat(types.get(of.get("type").asText()))
                    .contains(attribute.get("name").asText());
        }
    }

    private static Set<String> qualifiers(JsonNode owners) {
        Set<String> qualifiers = new HashSet<>();
        owners.forEach(owner -> owner.get("relationships")
                .forEach(relationship ->
                        qualifiers.add(relationship.get("qualifier").asText())));
        return qualifiers;
    }

    @Test
    void eventsAreTheCasesEventsAtTheirTimes() throws Exception {
        List<String> expected = new ArrayList<>();
        for (ReleasedCase each : cases) {
            for (ReleasedEvent event : each.events()) {
                expected.add(each.name() + " " + event.sequence() + " " + event.activity() + " "
                        + event.at().toEpochMilli());
            }
        }
        assertThat(StreamSupport.stream(log(cases).get("events").spliterator(), false)
                        .map(OcelLogTest::told))
                .containsExactlyElementsOf(expected);
    }

    private static String told(JsonNode event) {
        String id = event.get("id").asText();
        int dash = id.lastIndexOf('-');
        assertThat(id.length() - dash).isGreaterThan(4);
        assertThat(event.get("relationships").get(0).get("objectId").asText()).isEqualTo(id.substring(0, dash));
        return id.substring(0, dash) + " " + Integer.parseInt(id.substring(dash + 1)) + " "
                + event.get("type").asText() + " "
                + Instant.parse(event.get("time").asText()).toEpochMilli();
    }

    @Test
    void aMergeIsToldWhereBothCasesAre() throws Exception {
        Set<String> told = new HashSet<>();
        cases.stream().filter(each -> each.rung().tellsEvents()).forEach(each -> told.add(each.name()));
        List<String> expected = cases.stream()
                .filter(each -> told.contains(each.name()) && told.contains(String.valueOf(each.mergedInto())))
                .map(each -> each.name() + ">" + each.mergedInto())
                .toList();
        List<String> found = new ArrayList<>();
        for (JsonNode object : log(cases).get("objects")) {
            for (JsonNode relationship : object.get("relationships")) {
                if (relationship.get("qualifier").asText().equals("merged into")) {
                    found.add(object.get("id").asText() + ">"
                            + relationship.get("objectId").asText());
                }
            }
        }
        assertThat(found).isEqualTo(expected).isNotEmpty();
    }

    private static JsonNode log(List<ReleasedCase> cases) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OcelLog log = new OcelLog(out)) {
            for (ReleasedCase each : cases) {
                log.write(each);
            }
        }
        return JSON.readTree(out.toByteArray());
    }
}
