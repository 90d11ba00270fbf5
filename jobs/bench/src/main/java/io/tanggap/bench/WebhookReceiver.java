package io.tanggap.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;

/** The system of a unit that takes webhooks, and notes when each alert arrived. */
final class WebhookReceiver implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final Map<String, List<Arrival>> arrivals = new HashMap<>();
    private int messages;

    /**
     * An alert in a message.
     *
     * @param madeAt when the message was made
     * @param at when all of it had arrived
     */
    record Arrival(Instant madeAt, Instant at) {}

    private WebhookReceiver(HttpServer server) {
        this.server = server;
    }

    /** Listens on loopback, on a free port. */
    static WebhookReceiver start(Executor threads) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        WebhookReceiver receiver = new WebhookReceiver(server);
        server.setExecutor(threads);
        server.createContext("/", receiver::take);
        server.start();
        return receiver;
    }

    /** Where messages are to be sent. */
    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/alerts";
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            note(JSON.readTree(body), Instant.now());
            exchange.sendResponseHeaders(204, -1);
        }
    }

    private synchronized void note(JsonNode message, Instant at) {
        messages++;
        Instant madeAt = Instant.parse(message.path("timestamp").asText());
        for (JsonNode item : message.path("data").path("items")) {
            arrivals.computeIfAbsent(item.path("alert").path("alert_id").asText(), any -> new ArrayList<>())
                    .add(new Arrival(madeAt, at));
        }
    }

    /** Each time that an alert arrived, by its id. */
    synchronized Map<String, List<Arrival>> arrivals() {
        Map<String, List<Arrival>> copy = new HashMap<>();
        arrivals.forEach((alert, times) -> copy.put(alert, List.copyOf(times)));
        return copy;
    }

    /** How many messages have arrived. */
    synchronized int messages() {
        return messages;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
