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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a server that keeps objects as Kibana does; the real one was tried by hand. */
class KibanaTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<ObjectNode> OBJECTS = new Dashboards().savedObjects(null);

    private final Map<String, JsonNode> kept = new LinkedHashMap<>();
    private final List<String> authorizations = new ArrayList<>();
    private HttpServer server;
    private String url;
    private String version = "8.12.2";
    private int refusal;

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
        assertThatThrownBy(kibana::requireVersion).hasMessageEndingWith("is no Kibana: correct the address");
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
