package io.tanggap.delivery;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;

/** A receiver of webhooks on loopback, which keeps what it was sent. It reckons signatures by RFC 2104 itself. */
final class Receiver implements AutoCloseable {
    /** Answers a request. */
    interface Answering {
        void answer(HttpExchange exchange) throws IOException;
    }

    /** What came: names of headers are in small letters. */
    record Got(String method, String path, Map<String, String> headers, byte[] body) {
        boolean isSignedBy(String secret) {
            byte[] signed = (headers.get("webhook-id") + "." + headers.get("webhook-timestamp") + "."
                            + new String(body, StandardCharsets.UTF_8))
                    .getBytes(StandardCharsets.UTF_8);
            String expected = "v1," + Base64.getEncoder().encodeToString(hmac(secret, signed));
            return List.of(headers.get("webhook-signature").split(" ", -1)).contains(expected);
        }
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Got> got = new CopyOnWriteArrayList<>();

    private Receiver(HttpServer server, Answering answering) {
        this.server = server;
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            try (exchange) {
                Map<String, String> headers = new TreeMap<>();
                exchange.getRequestHeaders()
                        .forEach(
                                (name, values) -> headers.put(name.toLowerCase(Locale.ROOT), String.join(",", values)));
                got.add(new Got(
                        exchange.getRequestMethod(),
                        exchange.getRequestURI().toString(),
                        headers,
                        exchange.getRequestBody().readAllBytes()));
                answering.answer(exchange);
            }
        });
        server.start();
    }

    static Receiver answering(int status, String body, String... headers) {
        return answering(exchange -> {
            for (int i = 0; i < headers.length; i += 2) {
                exchange.getResponseHeaders().add(headers[i], headers[i + 1]);
            }
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        });
    }

    static Receiver answering(Answering answering) {
        try {
            return new Receiver(HttpServer.create(loopback(), 0), answering);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Receiver behindTls(SSLContext tls) throws IOException {
        HttpsServer server = HttpsServer.create(loopback(), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        return new Receiver(server, exchange -> exchange.sendResponseHeaders(204, -1));
    }

    private static InetSocketAddress loopback() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    int port() {
        return server.getAddress().getPort();
    }

    String url() {
        return "http://127.0.0.1:" + port() + "/hooks/secret-path?key=secret-query";
    }

    List<Got> got() {
        return got;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private static byte[] hmac(String secret, byte[] message) {
        byte[] key = Arrays.copyOf(Base64.getDecoder().decode(secret.substring("whsec_".length())), 64);
        byte[] inner = new byte[64];
        byte[] outer = new byte[64];
        for (int i = 0; i < 64; i++) {
            inner[i] = (byte) (key[i] ^ 0x36);
            outer[i] = (byte) (key[i] ^ 0x5c);
        }
        return sha256(outer, sha256(inner, message));
    }

    private static byte[] sha256(byte[] first, byte[] second) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(first);
            return digest.digest(second);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
