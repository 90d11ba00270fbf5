package io.tanggap.dashboards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tanggap.dashboards.Kibana.Standing;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a server that keeps objects as Kibana does; the real one was tried by hand. */
class KibanaTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern NAMED = Pattern.compile("/api/(security/role|actions/connector|alerting/rule)/");
    private static final List<ObjectNode> OBJECTS = new Dashboards().savedObjects(null);

    private final Map<String, JsonNode> kept = new LinkedHashMap<>();
    private final List<String> authorizations = new ArrayList<>();
    private HttpServer server;
    private String url;
    private String version = "8.12.2";
    private int refusal;
    private boolean secured = true;
    private boolean encrypted = true;
    private boolean elsewhere;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        url = "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
        ObjectNode said = JSON.createObjectNode();
        int status = 200;
        if (refusal != 0) {
            status = refusal;
            said.put("message", "no");
        } else if (path.equals("/api/status")) {
            said.putObject("version").put("number", version);
            said.putObject("status").putObject("overall");
        } else if (path.contains("/api/security/role/") && !secured) {
            status = 400;
            said.put(
                    "message",
                    "[{\"error\":\"no handler found for uri [/_security/role/x] and method [PUT]\"}]: undefined");
        } else if (path.endsWith("/api/alerting/_health")) {
            said.put("has_permanent_encryption_key", encrypted).put("is_sufficiently_secure", true);
        } else if (NAMED.matcher(path).find()) {
            status = named(exchange.getRequestMethod(), path, body, said);
        } else if (path.startsWith("/api/spaces/")) {
            status = path.endsWith("/city") ? 200 : 404;
        } else if (path.endsWith("/_import")) {
            for (String line : body.split("\r?\n")) {
                if (line.startsWith("{")) {
                    JsonNode object = JSON.readTree(line);
                    kept.put(
                            object.path("type").asText() + "/"
                                    + object.path("id").asText(),
                            object);
                }
            }
            said.put("success", true);
            if (elsewhere) {
                ArrayNode copies = said.putArray("successResults");
                kept.values().forEach(object -> copies.addObject()
                        .put("type", object.path("type").asText())
                        .put("id", object.path("id").asText())
                        .put("destinationId", object.path("id").asText()));
            }
        } else if (path.endsWith("/_bulk_get")) {
            ArrayNode found = said.putArray("saved_objects");
            for (JsonNode wanted : JSON.readTree(body)) {
                JsonNode object = kept.get(
                        wanted.path("type").asText() + "/" + wanted.path("id").asText());
                found.add(
                        object == null
                                ? ((ObjectNode) wanted).putObject("error").put("statusCode", 404)
                                : object);
            }
        } else if (exchange.getRequestMethod().equals("DELETE")) {
            String key = path.substring(path.indexOf("saved_objects/") + "saved_objects/".length());
            status = kept.remove(key) == null ? 404 : 200;
        }
        byte[] bytes = said.toString().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    /** Roles, connectors and rules: objects that are written and read by their path. */
    private int named(String method, String path, String body, ObjectNode said) throws IOException {
        JsonNode here = kept.get(path);
        switch (method) {
            case "GET" -> {
                if (here != null) {
                    said.setAll((ObjectNode) here);
                }
                return here == null ? 404 : 200;
            }
            case "DELETE" -> {
                return kept.remove(path) == null ? 404 : 200;
            }
            default -> {
                ObjectNode written = here == null ? JSON.createObjectNode() : here.deepCopy();
                kept.put(path, written.setAll((ObjectNode) JSON.readTree(body)));
                return 200;
            }
        }
    }

    @Test
    void aRoleOfADeskReadsItsAliasesAloneAndOpensDashboardsOfItsSpace() throws IOException {
        Kibana kibana = new Kibana(url, "city", null);
        Desk desk = new Desk("Allston / Brighton");
        assertThat(kibana.check(desk)).isEqualTo(Standing.MISSING);
        kibana.install(desk);
        assertThat(kibana.check(desk)).isEqualTo(Standing.SAME);
        JsonNode role = kept.get("/s/city/api/security/role/tanggap-desk-Allston / Brighton");
        assertThat(role.at("/elasticsearch/indices/0/names").toString())
                .isEqualTo("[\"" + desk.cases() + "\",\"" + desk.alerts() + "\"]");
        assertThat(role.at("/kibana/0/spaces/0").asText()).isEqualTo("city");
        ((ArrayNode) role.at("/elasticsearch/indices/0/names")).add("tanggap-cases");
        assertThat(kibana.check(desk)).as("it reads more").isEqualTo(Standing.DIFFERENT);
        assertThat(kibana.uninstall(desk)).isTrue();
        assertThat(kibana.uninstall(desk)).isFalse();
        secured = false;
        assertThatThrownBy(() -> kibana.install(desk))
                .isInstanceOf(NotKeptException.class)
                .hasMessageStartingWith("security is off in the Elasticsearch of the Kibana at " + url);
        assertThat(kibana.uninstall(desk)).isFalse();
    }

    @Test
    void rulesCountWhatThisVersionSaysAndTellWhenTheUserSays() throws IOException {
        Rules rules = new Rules(new Kibana(url, null, null), new Dashboards());
        assertThat(rules.check().values()).containsOnly(Standing.MISSING);
        int installed = rules.install(true);
        assertThat(rules.check()).hasSize(installed + 1).values().containsOnly(Standing.SAME);
        JsonNode overdue = kept.values().stream()
                .filter(rule -> rule.path("name").asText().contains("overdue"))
                .findFirst()
                .orElseThrow();
        assertThat(overdue.path("enabled").asBoolean()).isTrue();
        ObjectNode params = (ObjectNode) overdue.path("params");
        params.putArray("threshold").add(7);
        ((ObjectNode) overdue).put("enabled", false).putObject("schedule").put("interval", "9h");
        ((ObjectNode) overdue.at("/actions/0")).put("group", "mine").put("connector_type_id", ".email");
        assertThat(rules.check()).values().containsOnly(Standing.SAME);
        params.put("esQuery", "{\"query\":{\"match_all\":{}}}");
        assertThat(rules.check()).containsEntry(overdue.path("name").asText(), Standing.DIFFERENT);

        rules.install(true);
        assertThat(rules.check()).values().containsOnly(Standing.SAME);
        JsonNode renewed = kept.values().stream()
                .filter(rule -> rule.path("name").equals(overdue.path("name")))
                .findFirst()
                .orElseThrow();
        assertThat(renewed.at("/params/threshold/0").asInt()).isEqualTo(7);
        assertThat(renewed.path("enabled").asBoolean()).isFalse();
        assertThat(renewed.at("/schedule/interval").asText()).isEqualTo("9h");
        assertThat(renewed.at("/actions/0/group").asText()).isEqualTo("mine");
        assertThat(renewed.at("/actions/0").has("connector_type_id"))
                .as("Kibana says it, and does not take it")
                .isFalse();
        assertThat(rules.uninstall()).isEqualTo(installed);
        assertThat(kept).isEmpty();
    }

    @Test
    void idsOfRulesAreOfTheirSpaceAndLookRandomAsKibanaWants() throws IOException {
        new Rules(new Kibana(url, null, null), new Dashboards()).install(false);
        new Rules(new Kibana(url, "city", null), new Dashboards()).install(false);
        assertThat(kept.keySet())
                .extracting(path -> path.substring(path.lastIndexOf('/') + 1))
                .doesNotHaveDuplicates()
                .allMatch(id -> id.matches("[0-9a-f]{8}-[0-9a-f]{4}-3[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"));
    }

    @Test
    void aKibanaThatKeepsNoRulesSaysWhy() {
        Rules rules = new Rules(new Kibana(url, null, null), new Dashboards());
        encrypted = false;
        assertThatThrownBy(() -> rules.install(true))
                .isInstanceOf(NotKeptException.class)
                .hasMessageContaining("set xpack.encryptedSavedObjects.encryptionKey");
        refusal = 403;
        assertThatThrownBy(rules::check).isInstanceOf(NotKeptException.class).hasMessageContaining("Stack Rules");
    }

    @Test
    void objectsOfAnotherSpaceAreNotCopiedUnderOtherIds() {
        elsewhere = true;
        assertThatThrownBy(() -> new Kibana(url, "city", null).install(OBJECTS))
                .hasMessageContaining("another space")
                .hasMessageEndingWith("uninstall them there first");
        assertThat(kept).isEmpty();
    }

    @Test
    void whatIsInstalledIsThereAndAgainChangesNothing() throws IOException {
        Kibana kibana = new Kibana(url + "/", null, null);
        assertThat(kibana.check(OBJECTS).values()).containsOnly(Standing.MISSING);
        kibana.install(OBJECTS);
        kibana.install(OBJECTS);
        assertThat(kept).hasSameSizeAs(OBJECTS);
        assertThat(kibana.check(OBJECTS).values()).containsOnly(Standing.SAME);
        assertThat(kibana.uninstall(OBJECTS)).isEqualTo(OBJECTS.size());
        assertThat(kept).isEmpty();
        assertThat(kibana.uninstall(OBJECTS)).isZero();
    }

    @Test
    void whatSomebodyChangedIsFound() throws IOException {
        Kibana kibana = new Kibana(url, "city", null);
        kibana.install(OBJECTS);
        ((ObjectNode) kept.get("dashboard/tanggap-desk").path("attributes")).put("title", "Mine");
        kept.remove("index-pattern/tanggap-cells");
        Map<String, Standing> standings = kibana.check(OBJECTS);
        assertThat(standings)
                .containsEntry("tanggap-desk", Standing.DIFFERENT)
                .containsEntry("tanggap-cells", Standing.MISSING)
                .containsEntry("tanggap-unit", Standing.SAME);
    }

    @Test
    void theOrderOfKeysIsNoDifference() throws IOException {
        Kibana kibana = new Kibana(url, null, null);
        kibana.install(OBJECTS);
        ObjectNode attributes =
                (ObjectNode) kept.get("index-pattern/tanggap-figures").path("attributes");
        ObjectNode turned = JSON.createObjectNode();
        JsonNode formats = JSON.readTree(attributes.path("fieldFormatMap").asText());
        List<String> names = new ArrayList<>();
        formats.fieldNames().forEachRemaining(name -> names.add(0, name));
        names.forEach(name -> turned.set(name, formats.get(name)));
        attributes.put("fieldFormatMap", turned.toString());
        assertThat(kibana.check(OBJECTS).values()).containsOnly(Standing.SAME);
    }

    @Test
    void credentialsAreSent() throws IOException {
        new Kibana(url, null, "ApiKey abc").requireVersion();
        assertThat(authorizations).containsExactly("ApiKey abc");
    }

    @Test
    void whatIsWrongIsSaidWithWhatToDo() {
        Kibana kibana = new Kibana(url, null, null);
        version = "8.9.0";
        assertThatThrownBy(kibana::requireVersion)
                .hasMessage("the Kibana at " + url + " is of version 8.9.0: the dashboards need 8.12 or a later one");
        version = "";
        assertThatThrownBy(kibana::requireVersion)
                .hasMessage(
                        "the Kibana at " + url + " tells its version to its users alone: give an API key or a user");
        refusal = 404;
        assertThatThrownBy(kibana::requireVersion).hasMessageEndingWith("is no Kibana: correct the address");
        refusal = 0;
        version = "9.1.0";
        assertThatThrownBy(() -> new Kibana(url, "nowhere", null).requireVersion())
                .hasMessage("the Kibana at " + url + " has no space nowhere: make it, or correct its id");
        assertThatCode(() -> new Kibana(url, "city", null).requireVersion()).doesNotThrowAnyException();
        refusal = 403;
        assertThatThrownBy(() -> kibana.install(OBJECTS)).hasMessageContaining("does not let you (403)");
        refusal = 500;
        assertThatThrownBy(() -> kibana.install(OBJECTS)).hasMessageContaining("(500): no");
        server.stop(0);
        assertThatThrownBy(kibana::requireVersion).hasMessageStartingWith("no Kibana answers at " + url);
        assertThatThrownBy(() -> new Kibana("localhost", null, null).requireVersion())
                .hasMessageContaining("is no address of a Kibana");
    }
}
