package io.tanggap.app.health;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tanggap.app.health.Finding.Level;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What Flink's REST server says, as it says it, and what is made of it. */
class FlinkHealthTest {
    private static final Instant NOW = Instant.parse("2017-11-24T02:00:00Z");

    private final Map<String, String> answers = new HashMap<>();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        answers.put("/overview", """
                {"taskmanagers":1,"slots-total":4,"slots-available":1,"flink-version":"2.2.0"}""");
    }

    private void answer(HttpExchange exchange) throws IOException {
        String answer = answers.get(exchange.getRequestURI().toString());
        byte[] body = (answer == null ? "{}" : answer).getBytes(UTF_8);
        exchange.sendResponseHeaders(answer == null ? 404 : 200, body.length);
        try (exchange) {
            exchange.getResponseBody().write(body);
        }
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private List<Finding> findings() {
        return FlinkHealth.of("127.0.0.1:" + server.getAddress().getPort(), Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private static Finding of(List<Finding> findings, String subject) {
        return findings.stream()
                .filter(finding -> finding.subject().equals(subject))
                .findFirst()
                .orElseThrow();
    }

    private static String job(String id, String name, String state, long startedSecondsAgo, int running) {
        return String.format(
                Locale.ROOT,
                "{\"jid\":\"%s\",\"name\":\"%s\",\"state\":\"%s\",\"start-time\":%d,\"tasks\":{\"total\":3,\"running\":%d}}",
                id,
                name,
                state,
                millis(startedSecondsAgo),
                running);
    }

    private void overview(String... jobs) {
        answers.put("/jobs/overview", "{\"jobs\":[" + String.join(",", jobs) + "]}");
    }

    private static long millis(long secondsAgo) {
        return NOW.minusSeconds(secondsAgo).toEpochMilli();
    }

    private void running(String id, int restarts, long secondsAgo, String completed) {
        answers.put(
                "/jobs/" + id + "/metrics?get=numRestarts",
                "[{\"id\":\"numRestarts\",\"value\":\"" + restarts + "\"}]");
        answers.put("/jobs/" + id, "{\"timestamps\":{\"RUNNING\":" + millis(secondsAgo) + "}}");
        answers.put(
                "/jobs/" + id + "/checkpoints",
                "{\"counts\":{\"failed\":2},\"latest\":{\"completed\":" + completed + "}}");
    }

    private static String checkpoint(long secondsAgo) {
        return "{\"latest_ack_timestamp\":" + millis(secondsAgo) + ",\"end_to_end_duration\":340}";
    }

    @Test
    void jobsThatRunAreWellWhateverRanBeforeThem() {
        overview(
                job("a", "intake", "CANCELED", 50, 0),
                job("b", "intake", "RUNNING", 7_300, 3),
                job("c", "responsiveness", "RUNNING", 7_300, 3));
        running("b", 0, 7_200, checkpoint(2));
        running("c", 3, 60, checkpoint(700));
        List<Finding> findings = findings();
        assertThat(of(findings, "flink").seen()).isEqualTo("version 2.2.0, 1 TaskManager, 1 of 4 slots free");
        assertThat(of(findings, "job intake")).satisfies(finding -> {
            assertThat(finding.level()).isEqualTo(Level.OK);
            assertThat(finding.seen()).isEqualTo("running for 2 h, 0 restarts");
        });
        assertThat(of(findings, "job intake checkpoints").seen())
                .isEqualTo("the last one is 2 s old and took 340 ms, 2 failures");
        assertThat(of(findings, "job responsiveness").level()).isEqualTo(Level.WARN);
        assertThat(of(findings, "job responsiveness checkpoints").level()).isEqualTo(Level.FAIL);
        assertThat(of(findings, "job notification").level()).isEqualTo(Level.WARN);
    }

    @Test
    void aJobThatEndedOrHasTasksThatWaitFails() {
        overview(
                job("a", "intake", "FAILED", 50, 0),
                job("b", "intake", "CANCELED", 90, 0),
                job("c", "responsiveness", "RUNNING", 20, 1));
        List<Finding> findings = findings();
        assertThat(of(findings, "job intake")).satisfies(finding -> {
            assertThat(finding.level()).isEqualTo(Level.FAIL);
            assertThat(finding.seen()).contains("FAILED", "(a)");
        });
        assertThat(of(findings, "job responsiveness")).satisfies(finding -> {
            assertThat(finding.level()).isEqualTo(Level.FAIL);
            assertThat(finding.seen()).isEqualTo("1 of 3 tasks run");
        });
    }

    @Test
    void aJobThatEndedIsStartedFromWhereItStopped() {
        overview(
                job("a", "intake", "FINISHED", 50, 0),
                job("b", "responsiveness", "FINISHED", 50, 0),
                job("c", "notification", "CANCELED", 50, 0));
        answers.put("/jobs/a/checkpoints", "{\"latest\":{\"savepoint\":null}}");
        String saved = "{\"latest\":{\"savepoint\":{\"external_path\":\"file:/kept/savepoint-1\"}}}";
        answers.put("/jobs/b/checkpoints", saved);
        answers.put("/jobs/c/checkpoints", saved);
        List<Finding> findings = findings();
        assertThat(of(findings, "job intake").level()).isEqualTo(Level.WARN);
        assertThat(of(findings, "job responsiveness")).satisfies(finding -> {
            assertThat(finding.level()).isEqualTo(Level.FAIL);
            assertThat(finding.remedy()).isEqualTo("start it with --from file:/kept/savepoint-1");
        });
        assertThat(of(findings, "job notification")).satisfies(finding -> {
            assertThat(finding.level()).isEqualTo(Level.FAIL);
            assertThat(finding.remedy()).contains("its last checkpoint").doesNotContain("savepoint-1");
        });
    }

    @Test
    void aServerThatDoesNotAnswerIsAFinding() {
        server.stop(0);
        assertThat(findings()).singleElement().satisfies(finding -> {
            assertThat(finding.level()).isEqualTo(Level.FAIL);
            assertThat(finding.seen()).contains("nothing answers at 127.0.0.1:");
        });
    }
}
