package io.tanggap.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.tanggap.core.alert.Alert.State;
import io.tanggap.core.notice.Answer;
import io.tanggap.core.notice.Answer.Outcome;
import io.tanggap.core.notice.Notice;
import io.tanggap.core.notice.Notice.Change;
import io.tanggap.core.notice.Notice.Item;
import io.tanggap.core.notice.Notice.Occasion;
import io.tanggap.core.reference.AlertKind;
import io.tanggap.core.reference.Recipient.Means;
import io.tanggap.delivery.Receiver.Got;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class WebhookTest {
    private static final Instant NOW = Instant.parse("2026-03-12T00:31:07.9Z");
    private static final Duration AMPLE = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(700);
    private static final Outside.Names OF_THE_MACHINE = InetAddress::getAllByName;
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    private final Notice notice = Sample.digest("en");
    private String secrets = "webhook.dbm-desk=" + SecretsTest.ONE;
    private boolean allowPrivate = true;
    private Outside outside = outside(OF_THE_MACHINE, null, AMPLE);

    @Test
    void aMessageIsPostedAndSigned() throws IOException {
        try (Receiver receiver = Receiver.answering(200, "thanks")) {
            Answer answer = carry(receiver.url());
            assertThat(answer)
                    .isEqualTo(Answer.delivered("http://127.0.0.1:" + receiver.port() + " answered 200: thanks"));
            Got got = receiver.got().get(0);
            assertThat(receiver.got()).hasSize(1);
            assertThat(got.method()).isEqualTo("POST");
            assertThat(got.path()).isEqualTo("/hooks/secret-path?key=secret-query");
            assertThat(got.headers())
                    .containsEntry("content-type", "application/json")
                    .containsEntry("webhook-id", Sample.ID)
                    .containsEntry("webhook-timestamp", "1773275467")
                    .containsEntry("tanggap-attempt", "3")
                    .containsEntry("user-agent", "tanggap")
                    .doesNotContainKeys("authorization", "cookie", "upgrade");
            assertThat(got.isSignedBy(SecretsTest.ONE)).isTrue();
            assertThat(got.isSignedBy(SecretsTest.TWO)).isFalse();
        }
    }

    @Test
    void whileKeysChangeEachOfThemSigns() throws IOException {
        secrets = "webhook.dbm-desk=" + SecretsTest.TWO + " " + SecretsTest.ONE;
        try (Receiver receiver = Receiver.answering(204, "")) {
            carry(receiver.url());
            Got got = receiver.got().get(0);
            assertThat(got.headers().get("webhook-signature").split(" ", -1)).hasSize(2);
            assertThat(got.isSignedBy(SecretsTest.ONE)).isTrue();
            assertThat(got.isSignedBy(SecretsTest.TWO)).isTrue();
        }
    }

    /** The example of the specification of Standard Webhooks. */
    @Test
    void signaturesAreThoseOfTheSpecification() {
        Got got = new Got(
                "POST",
                "/",
                Map.of(
                        "webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek",
                        "webhook-timestamp", "1614265330",
                        "webhook-signature", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="),
                "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8));
        assertThat(got.isSignedBy("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")).isTrue();
    }

    @Test
    void theBodyIsTheSameAtEachAttempt() throws IOException {
        try (Receiver receiver = Receiver.answering(204, "")) {
            carry(receiver.url());
            carry(receiver.url());
            assertThat(receiver.got().get(0).body())
                    .isEqualTo(receiver.got().get(1).body());
        }
    }

    @Test
    void withoutAKeyNothingIsSent() throws IOException {
        secrets = "smtp.password=x";
        try (Receiver receiver = Receiver.answering(204, "")) {
            Answer answer = carry(receiver.url());
            assertThat(answer.outcome()).isEqualTo(Outcome.RETRY);
            assertThat(answer.text()).contains("put the line webhook.dbm-desk=whsec_... into the file of secrets");
            assertThat(receiver.got()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 404, 408, 409, 425, 429, 500, 502, 503, 504})
    void whatMayPassIsTriedAgain(int status) throws IOException {
        try (Receiver receiver = Receiver.answering(status, "not\nnow")) {
            assertThat(carry(receiver.url()))
                    .isEqualTo(
                            Answer.retry("http://127.0.0.1:" + receiver.port() + " answered " + status + ": not now"));
            assertThat(receiver.got()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 405, 410, 413, 415, 422})
    void whatIsNotWantedIsRefused(int status) throws IOException {
        try (Receiver receiver = Receiver.answering(status, "no")) {
            Answer answer = carry(receiver.url());
            assertThat(answer.outcome()).isEqualTo(Outcome.REFUSED);
            assertThat(answer.text()).contains(" answered " + status + ": no");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void noRedirectIsFollowed(int status) throws IOException {
        try (Receiver other = Receiver.answering(200, "");
                Receiver receiver = Receiver.answering(status, "", "Location", other.url())) {
            Answer answer = carry(receiver.url());
            assertThat(answer.outcome()).isEqualTo(Outcome.REFUSED);
            assertThat(answer.text()).contains("messages follow none");
            assertThat(other.got()).isEmpty();
        }
    }

    @Test
    void whoAsksToWaitIsHeard() throws IOException {
        assertThat(retryAfter("120")).isEqualTo(Duration.ofMinutes(2));
        assertThat(retryAfter("Thu, 12 Mar 2026 00:41:07 GMT")).isEqualTo(Duration.parse("PT9M59.1S"));
        assertThat(retryAfter("Thu, 12 Mar 2026 00:00:00 GMT")).isNull();
        assertThat(retryAfter("0")).isNull();
        assertThat(retryAfter("soon")).isNull();
        assertThat(retryAfter("-5")).isNull();
        assertThat(retryAfter("99999999999999999999")).isNull();
    }

    private Duration retryAfter(String value) throws IOException {
        try (Receiver receiver = Receiver.answering(429, "", "Retry-After", value)) {
            Answer answer = carry(receiver.url());
            assertThat(answer.outcome()).isEqualTo(Outcome.RETRY);
            return answer.retryAfter();
        }
    }

    @Test
    void whoDoesNotAnswerIsGivenUp() throws IOException {
        outside = outside(OF_THE_MACHINE, null, SHORT);
        CountDownLatch end = new CountDownLatch(1);
        try (Receiver receiver = Receiver.answering(exchange -> await(end))) {
            assertTooLate(carry(receiver.url()));
            end.countDown();
        }
    }

    @Test
    void whoSendsAByteNowAndThenIsGivenUp() throws IOException {
        outside = outside(OF_THE_MACHINE, null, SHORT);
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread dripping = new Thread(() -> drip(server));
            dripping.start();
            assertTooLate(carry("http://127.0.0.1:" + server.getLocalPort() + "/"));
        }
    }

    private static void drip(ServerSocket server) {
        try (Socket socket = server.accept()) {
            socket.getOutputStream().write("HTTP/1.1 200 OK\r\nX-Slow: ".getBytes(StandardCharsets.US_ASCII));
            while (true) {
                socket.getOutputStream().write('x');
                socket.getOutputStream().flush();
                TimeUnit.MILLISECONDS.sleep(50);
            }
        } catch (IOException | InterruptedException e) {
            // The other side has gone, as it should.
        }
    }

    private static void assertTooLate(Answer answer) {
        assertThat(answer.outcome()).isEqualTo(Outcome.RETRY);
        assertThat(answer.text()).contains("did not take the message in time");
    }

    @Test
    void anEndlessAnswerIsReadForAKilobyte() throws IOException {
        byte[] many = new byte[10_000];
        Arrays.fill(many, (byte) 'a');
        try (Receiver receiver = Receiver.answering(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            while (true) {
                exchange.getResponseBody().write(many);
            }
        })) {
            Answer answer = carry(receiver.url());
            assertThat(answer.outcome()).isEqualTo(Outcome.DELIVERED);
            assertThat(answer.text()).endsWith(" answered 200: " + "a".repeat(1024));
        }
    }

    @Test
    void anAnswerThatBreaksOffIsJudgedByItsStatus() throws IOException {
        try (Receiver receiver = Receiver.answering(exchange -> {
            exchange.sendResponseHeaders(200, 100);
            exchange.getResponseBody().write('o');
            exchange.getResponseBody().flush();
        })) {
            assertThat(carry(receiver.url()).outcome()).isEqualTo(Outcome.DELIVERED);
        }
    }

    @Test
    void aConnectionThatIsClosedIsTriedAgain() throws IOException {
        try (Receiver receiver = Receiver.answering(exchange -> {})) {
            Answer answer = carry(receiver.url());
            assertThat(answer.outcome()).isEqualTo(Outcome.RETRY);
            assertThat(answer.text()).contains("the connection to http://127.0.0.1:" + receiver.port() + " failed");
            assertThat(receiver.got()).hasSize(1);
        }
    }

    @Test
    void aReceiverThatDoesNotRunIsTriedAgain() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        assertThat(carry("http://127.0.0.1:" + port + "/secret-path").outcome()).isEqualTo(Outcome.RETRY);
    }

    @Test
    void aNameWithoutAddressIsTriedAgain() throws IOException {
        outside = outside(
                host -> {
                    throw new UnknownHostException(host);
                },
                null,
                AMPLE);
        Answer answer = carry("https://desk.example.org/");
        assertThat(answer.outcome()).isEqualTo(Outcome.RETRY);
        assertThat(answer.text()).contains("the name desk.example.org has no address now");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://localhost:9/", "https://127.0.0.1:9/", "https://[::1]:9/", "https://[::ffff:127.0.0.1]:9/",
                "https://[::ffff:7f00:1]:9/", "https://10.0.0.1/", "https://169.254.169.254/latest",
                        "https://0.0.0.0:9/",
                "https://[fd00:ec2::254]/"
            })
    void privateAddressesAreRefused(String address) throws IOException {
        allowPrivate = false;
        Answer answer = carry(address);
        assertThat(answer.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(answer.text()).contains("is at the private address", "let the settings allow private addresses");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "desk",
                "/desk",
                "ftp://desk.example.org/",
                "https:///secret-path",
                "https://desk example.org/",
                "https://user:secret-path@desk.example.org/",
                "http://desk.example.org/secret-path",
                "mailto:a@b.example",
                "https://a_b.example.org/",
                "https://desk.example.org:0/",
                "https://desk.example.org:70000/",
                "https://desk.example.org/\r\nx: y",
                "file:///etc/passwd"
            })
    void anAddressThatCannotBeCalledIsRefused(String address) throws IOException {
        allowPrivate = false;
        Answer answer = carry(address);
        assertThat(answer.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(answer.text()).startsWith("the address of dbm-desk ").doesNotContain("secret-path");
    }

    @Test
    void theCertificateIsComparedWithTheNameAndTheConnectionGoesWhereTheNameWasFound() throws Exception {
        SSLContext tls = Certificate.of("receiver.test", folder);
        AtomicInteger asked = new AtomicInteger();
        outside = outside(
                host -> {
                    asked.incrementAndGet();
                    return new InetAddress[] {InetAddress.getLoopbackAddress()};
                },
                tls,
                AMPLE);
        try (Receiver receiver = Receiver.behindTls(tls)) {
            assertThat(carry("https://receiver.test:" + receiver.port() + "/").outcome())
                    .isEqualTo(Outcome.DELIVERED);
            assertThat(asked).hasValue(1);
            Answer other = carry("https://other.test:" + receiver.port() + "/");
            assertThat(other.outcome()).isEqualTo(Outcome.RETRY);
            assertThat(other.text()).contains("no safe connection to https://other.test:" + receiver.port());
            assertThat(receiver.got()).hasSize(1);
        }
    }

    @Test
    void anUnknownIssuerIsNotTrusted() throws Exception {
        SSLContext tls = Certificate.of("localhost", folder);
        try (Receiver receiver = Receiver.behindTls(tls)) {
            assertThat(carry("https://localhost:" + receiver.port() + "/").text())
                    .contains("no safe connection");
        }
    }

    @Test
    void noAnswerHoldsTheAddressOrAKey() throws IOException {
        try (Receiver receiver = Receiver.answering(500, "")) {
            assertThat(carry(receiver.url()).text()).doesNotContain("secret-path", "secret-query", "whsec");
        }
    }

    @ParameterizedTest
    @EnumSource
    void theBodyFitsItsSchema(Occasion occasion) throws IOException {
        for (Notice one : List.of(
                Sample.notice(occasion, List.of()),
                Sample.notice(occasion, Sample.digest("id").items()),
                Sample.notice(
                        occasion,
                        Arrays.stream(AlertKind.values()).map(Sample::of).toList()),
                Sample.notice(
                        occasion,
                        List.of(new Item(
                                Change.RETRACTED,
                                Sample.alert(
                                        AlertKind.OVERDUE,
                                        State.RETRACTED,
                                        Sample.matter("Q-1"),
                                        Sample.due(100, null)),
                                "route"))))) {
            JsonNode body = JSON.readTree(new NoticeJson(new Pages("https://board.example.org")).bytes(one));
            assertThat(schema().validate(body)).isEmpty();
        }
    }

    @Test
    void theSchemaKnowsEveryField() throws IOException {
        JsonNode body = JSON.readTree(new NoticeJson(new Pages("https://board.example.org")).bytes(notice));
        assertDescribed(body, schemaTree(), schemaTree());
    }

    private static void assertDescribed(JsonNode value, JsonNode described, JsonNode root) {
        JsonNode schema =
                described.has("$ref") ? root.at(described.get("$ref").asText().substring(1)) : described;
        if (value.isArray()) {
            value.forEach(one -> assertDescribed(one, schema.path("items"), root));
        } else if (value.isObject() && schema.has("properties")) {
            value.properties().forEach(field -> {
                assertThat(schema.get("properties").has(field.getKey()))
                        .as(field.getKey())
                        .isTrue();
                assertDescribed(field.getValue(), schema.get("properties").get(field.getKey()), root);
            });
        }
    }

    /** Who reads the topic of alerts reads these: a copy, because a receiver is handed one file. */
    @Test
    void anAlertIsDescribedAsInItsTopic() throws IOException {
        JsonNode topic = JSON.readTree(
                Path.of(System.getProperty("tanggap.root"), "schemas/src/main/resources/events/alert.schema.json")
                        .toFile());
        ObjectNode alert = (ObjectNode) schemaTree().at("/$defs/alert");
        alert.remove("description");
        assertThat(alert).isEqualTo(topic.at("/properties/data"));
        topic.get("$defs").properties().forEach(one -> assertThat(schemaOf(one.getKey()))
                .isEqualTo(one.getValue()));
    }

    private static JsonNode schemaOf(String name) {
        try {
            return schemaTree().get("$defs").get(name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void theSchemaRefusesWhatIsNotOne() throws IOException {
        JsonNode body = JSON.readTree(new NoticeJson(new Pages(null)).bytes(notice));
        ((ObjectNode) body.at("/data/items/0/alert")).put("kind", "RUMOUR");
        assertThat(schema().validate(body)).isNotEmpty();
    }

    private static JsonSchema schema() throws IOException {
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(schemaTree());
    }

    private static JsonNode schemaTree() throws IOException {
        try (InputStream in = NoticeJson.class.getResourceAsStream("notice.schema.json")) {
            return JSON.readTree(in);
        }
    }

    private static void await(CountDownLatch end) {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Outside outside(Outside.Names names, SSLContext tls, Duration attempt) {
        return new Outside(() -> NOW, names, tls, System.out, AMPLE, attempt);
    }

    private Answer carry(String address) throws IOException {
        Path file = SecretsTest.write(folder, secrets);
        try (Post post = new Post(new Settings(null, file.toString(), null, null, allowPrivate), outside)) {
            return post.carry(notice, Sample.recipient(Means.WEBHOOK, address), 3);
        }
    }
}
