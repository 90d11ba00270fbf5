package io.tanggap.elasticsearch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server that keeps documents by external version as Elasticsearch does, and misbehaves on demand. The field {@code n} must
 * be a number.
 */
final class StubElasticsearch implements AutoCloseable {
    /** What the server does with one bulk request instead of its duty. */
    @FunctionalInterface
    interface Behaviour {
        void handle(StubElasticsearch stub, HttpExchange exchange) throws IOException;
    }

    record Stored(long version, JsonNode source) {}

    private static final ObjectMapper JSON = new ObjectMapper();

    final Map<String, Stored> documents = new ConcurrentHashMap<>();
    /** One for each request to come; after the last one the server does its duty. */
    final Deque<Behaviour> script = new ConcurrentLinkedDeque<>();

    final AtomicInteger requests = new AtomicInteger();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final int port;
    private HttpServer server;

    StubElasticsearch() throws IOException {
        server = start(0);
        port = server.getAddress().getPort();
    }

    private HttpServer start(int onPort) throws IOException {
        HttpServer http = HttpServer.create(
                new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), onPort), 100);
        http.setExecutor(threads);
        http.createContext("/_bulk", exchange -> {
            requests.incrementAndGet();
            Behaviour behaviour = script.poll();
            try (exchange) {
                if (behaviour == null) {
                    answer(exchange, 200, store(exchange).toString());
                } else {
                    behaviour.handle(this, exchange);
                }
            }
        });
        http.start();
        return http;
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    void stop() {
        server.stop(0);
    }

    void resume() throws IOException {
        server = start(port);
    }

    static Behaviour status(int status) {
        return (stub, exchange) -> {
            exchange.getRequestBody().readAllBytes();
            answer(exchange, status, "{\"error\":{\"type\":\"scripted\",\"reason\":\"scripted\"}}");
        };
    }

    /** Closes the connection without an answer; the documents are stored or not. */
    static Behaviour reset(boolean afterStoring) {
        return (stub, exchange) -> {
            if (afterStoring) {
                stub.store(exchange);
            }
            throw new IOException("scripted reset");
        };
    }

    /** Stores nothing of every second document, with this status for it. */
    static Behaviour everySecond(int status) {
        return (stub, exchange) -> {
            ArrayNode lines = lines(exchange);
            ObjectNode answer = JSON.createObjectNode();
            ArrayNode items = answer.putArray("items");
            for (int i = 0; i < lines.size(); i += 2) {
                items.add(i % 4 == 0 ? stub.store(lines.get(i), lines.get(i + 1)) : item(status, "scripted"));
            }
            answer(exchange, 200, answer.toString());
        };
    }

    static Behaviour text(String text) {
        return (stub, exchange) -> {
            exchange.getRequestBody().readAllBytes();
            answer(exchange, 200, text);
        };
    }

    /** Refuses requests of more documents than this, as a server refuses too many bytes. */
    static Behaviour atMost(int documents) {
        return (stub, exchange) -> {
            ArrayNode lines = lines(exchange);
            if (lines.size() / 2 > documents) {
                answer(exchange, 413, "");
                return;
            }
            answer(exchange, 200, stub.store(lines).toString());
        };
    }

    private static ArrayNode lines(HttpExchange exchange) throws IOException {
        ArrayNode lines = JSON.createArrayNode();
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(exchange.getRequestBody(), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(JSON.readTree(line));
            }
        }
        return lines;
    }

    ObjectNode store(HttpExchange exchange) throws IOException {
        return store(lines(exchange));
    }

    private ObjectNode store(ArrayNode lines) {
        ObjectNode answer = JSON.createObjectNode();
        ArrayNode items = answer.putArray("items");
        for (int i = 0; i < lines.size(); i += 2) {
            items.add(store(lines.get(i), lines.get(i + 1)));
        }
        return answer;
    }

    private synchronized ObjectNode store(JsonNode action, JsonNode source) {
        if (source.has("n") && !source.get("n").isNumber()) {
            return item(400, "document_parsing_exception");
        }
        JsonNode index = action.get("index");
        String key = index.get("_index").asText() + "/" + index.get("_id").asText();
        long version = index.get("version").asLong();
        Stored stored = documents.get(key);
        if (stored != null && stored.version() >= version) {
            return item(409, "version_conflict_engine_exception");
        }
        documents.put(key, new Stored(version, source));
        return item(stored == null ? 201 : 200, "");
    }

    private static ObjectNode item(int status, String error) {
        ObjectNode item = JSON.createObjectNode();
        ObjectNode result = item.putObject("index").put("status", status);
        if (!error.isEmpty()) {
            result.putObject("error").put("type", error).put("reason", "scripted");
        }
        return item;
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.getResponseHeaders().add("X-Elastic-Product", "Elasticsearch");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
