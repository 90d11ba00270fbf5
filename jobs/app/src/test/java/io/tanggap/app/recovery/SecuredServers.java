package io.tanggap.app.recovery;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.tanggap.embedded.EmbeddedKafka;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A Kafka that asks for TLS and a password, and a gate before an Elasticsearch that asks for TLS and an API key: one of an
 * installer, which may do everything, and one of a writer, which may write documents and see where aliases lead, and no more. The gate
 * can be told to have no time.
 */
final class SecuredServers implements AutoCloseable {
    /** May do everything at Kafka. */
    static final String SUPER_USER = "tanggap";

    static final String KAFKA_PASSWORD = "a-password-that-no-log-shows";
    static final String WRITER_KEY = "d3JpdGVyOmEta2V5LXRoYXQtbm8tbG9nLXNob3dz";
    static final String INSTALLER_KEY = "aW5zdGFsbGVyOmEta2V5LXRoYXQtbm8tbG9nLXNob3dz";

    private static final String STORE_PASSWORD = "changeit";
    private static final int TOO_MANY_REQUESTS = 429;

    private final Path directory;
    private final EmbeddedKafka kafka;
    private final HttpsServer gate;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpClient client = HttpClient.newHttpClient();
    private final String elasticsearch;
    private final AtomicLong written = new AtomicLong();
    private final AtomicLong bulksLeft = new AtomicLong(Long.MAX_VALUE);

    private SecuredServers(Path directory, EmbeddedKafka kafka, HttpsServer gate, String elasticsearch) {
        this.directory = directory;
        this.kafka = kafka;
        this.gate = gate;
        this.elasticsearch = elasticsearch;
    }

    /** @param elasticsearch the address behind the gate */
    static SecuredServers start(Path directory, String elasticsearch) throws Exception {
        return start(directory, elasticsearch, Set.of());
    }

    /**
     * The same, with a Kafka that also asks what they may.
     *
     * @param users of Kafka, who may nothing until they are allowed to; with none, everybody may do everything
     */
    static SecuredServers start(Path directory, String elasticsearch, Set<String> users) throws Exception {
        Files.createDirectories(directory);
        Path store = directory.resolve("server.p12");
        keytool(
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                "EC",
                "-validity",
                "2",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=ip:127.0.0.1,dns:localhost",
                "-ext",
                "bc:c",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString());
        keytool(
                "-exportcert",
                "-rfc",
                "-alias",
                "server",
                "-keystore",
                store.toString(),
                "-file",
                directory.resolve("ca.pem").toString());
        Set<String> known = new TreeSet<>(users);
        known.add(SUPER_USER);
        String passwords = known.stream()
                .map(user -> " user_" + user + "=\"" + KAFKA_PASSWORD + "\"")
                .collect(Collectors.joining());
        Map<String, String> settings = new HashMap<>(Map.of(
                "listener.security.protocol.map",
                "PLAINTEXT:SASL_SSL,CONTROLLER:PLAINTEXT",
                "sasl.enabled.mechanisms",
                "PLAIN",
                "sasl.mechanism.inter.broker.protocol",
                "PLAIN",
                "listener.name.plaintext.plain.sasl.jaas.config",
                login(SUPER_USER) + passwords + ";",
                "ssl.keystore.location",
                store.toString(),
                "ssl.keystore.password",
                STORE_PASSWORD,
                "ssl.truststore.location",
                store.toString(),
                "ssl.truststore.password",
                STORE_PASSWORD));
        if (!users.isEmpty()) {
            settings.put("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
            // The broker speaks to its controller as nobody, where no client comes.
            settings.put("super.users", "User:" + SUPER_USER + ";User:ANONYMOUS");
        }
        EmbeddedKafka kafka = EmbeddedKafka.start(directory.resolve("kafka"), 0, settings);
        for (String user : known) {
            Files.writeString(
                    directory.resolve(user + ".properties"), """
                    security.protocol=SASL_SSL
                    sasl.mechanism=PLAIN
                    sasl.jaas.config=%s;
                    ssl.truststore.type=PEM
                    ssl.truststore.location=%s
                    """.formatted(login(user), directory.resolve("ca.pem")));
        }
        Files.writeString(directory.resolve("writer"), WRITER_KEY + "\n");
        Files.writeString(directory.resolve("installer"), INSTALLER_KEY + "\n");
        HttpsServer gate = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        gate.setHttpsConfigurator(new HttpsConfigurator(tls(store)));
        SecuredServers servers = new SecuredServers(directory, kafka, gate, elasticsearch);
        gate.setExecutor(servers.threads);
        gate.createContext("/", servers::pass);
        gate.start();
        return servers;
    }

    private static String login(String user) {
        return "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"" + user + "\" password=\""
                + KAFKA_PASSWORD + "\"";
    }

    private static void keytool(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("-storepass", STORE_PASSWORD));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("keytool: " + said);
        }
    }

    private static SSLContext tls(Path store) throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream file = Files.newInputStream(store)) {
            keys.load(file, STORE_PASSWORD.toCharArray());
        }
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keys, STORE_PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        return context;
    }

    String kafka() {
        return kafka.bootstrapServers();
    }

    String elasticsearch() {
        return "https://127.0.0.1:" + gate.getAddress().getPort();
    }

    /** What clients of Kafka are to set for a user. */
    Properties client(String user) throws IOException {
        Properties client = new Properties();
        try (Reader file = Files.newBufferedReader(directory.resolve(user + ".properties"))) {
            client.load(file);
        }
        client.put("bootstrap.servers", kafka());
        return client;
    }

    /** What a process must have in its environment. */
    Map<String, String> environment(boolean installer) {
        return environment(SUPER_USER, installer);
    }

    /** The same, of a user of Kafka. */
    Map<String, String> environment(String user, boolean installer) {
        return Map.of(
                "TANGGAP_KAFKA_CONFIG", directory.resolve(user + ".properties").toString(),
                "TANGGAP_ELASTICSEARCH_API_KEY_FILE",
                        directory.resolve(installer ? "installer" : "writer").toString(),
                "TANGGAP_ELASTICSEARCH_CA", directory.resolve("ca.pem").toString());
    }

    /** How many bulk requests were taken. */
    long written() {
        return written.get();
    }

    /** Takes so many bulk requests more, and answers every other one that there are too many. */
    void takeNoMoreThan(long bulks) {
        bulksLeft.set(bulks);
    }

    private void pass(HttpExchange exchange) throws IOException {
        try (exchange) {
            String method = exchange.getRequestMethod();
            String path = exchange.getRequestURI().toString();
            String key = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
            byte[] body = exchange.getRequestBody().readAllBytes();
            boolean bulk = path.startsWith("/_bulk");
            boolean writersRight = bulk || (method.matches("GET|HEAD") && path.contains("_alias")) || path.equals("/");
            if (!key.equals("ApiKey " + INSTALLER_KEY) && !key.equals("ApiKey " + WRITER_KEY)) {
                exchange.sendResponseHeaders(401, -1);
            } else if (key.equals("ApiKey " + WRITER_KEY) && !writersRight) {
                exchange.sendResponseHeaders(403, -1);
            } else if (bulk && bulksLeft.getAndDecrement() <= 0) {
                exchange.sendResponseHeaders(TOO_MANY_REQUESTS, -1);
            } else {
                HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(elasticsearch + path))
                        .method(method, body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
                String type = exchange.getRequestHeaders().getFirst("Content-Type");
                if (type != null) {
                    request.header("Content-Type", type);
                }
                HttpResponse<byte[]> answer = client.send(request.build(), BodyHandlers.ofByteArray());
                answer.headers().firstValue("Content-Type").ifPresent(value -> exchange.getResponseHeaders()
                        .set("Content-Type", value));
                // The client of Elasticsearch speaks to nobody who does not say this.
                exchange.getResponseHeaders().set("X-Elastic-Product", "Elasticsearch");
                if (bulk) {
                    written.incrementAndGet();
                }
                int length = answer.body().length;
                exchange.sendResponseHeaders(answer.statusCode(), length == 0 || method.equals("HEAD") ? -1 : length);
                if (!method.equals("HEAD")) {
                    exchange.getResponseBody().write(answer.body());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        gate.stop(0);
        threads.shutdownNow();
        kafka.close();
    }
}
