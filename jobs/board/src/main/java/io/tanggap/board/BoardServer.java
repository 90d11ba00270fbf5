package io.tanggap.board;

import io.tanggap.elasticsearch.IndexReader;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves the board on loopback. It reads, and nothing else: a request is one of the pages with values of a fixed list, and cannot
 * reach Elasticsearch. Requests that name another host are refused, so that no page of the web can read it through a name of its
 * own that leads here.
 */
public final class BoardServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BoardServer.class);
    private static final Set<String> HOSTS = Set.of("localhost", "127.0.0.1", "[::1]", "::1");
    private static final Map<String, String> ASSETS = Map.of(
            "board.css", "text/css;charset=utf-8",
            "board.js", "text/javascript;charset=utf-8",
            "echarts.min.js", "text/javascript;charset=utf-8",
            "icon.svg", "image/svg+xml");
    private static final Map<String, String> HEADERS = Map.of(
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self';"
                    + " base-uri 'none'; frame-ancestors 'none'",
            "X-Content-Type-Options",
            "nosniff",
            "Referrer-Policy",
            "no-referrer",
            "Cross-Origin-Opener-Policy",
            "same-origin",
            "Cross-Origin-Resource-Policy",
            "same-origin");

    private final Server server;
    private final ServerConnector connector;

    /** Tells a case day by day. */
    public interface Explainer {
        /** The explanation in lines, at the as-of of the documents; null if it knows no such case. */
        @Nullable
        String explain(String caseId, Instant asOf) throws IOException;
    }

    private BoardServer(Server server, ServerConnector connector) {
        this.server = server;
        this.connector = connector;
    }

    /**
     * Starts serving.
     *
     * @param elasticsearch a server with the indices
     * @param port 0 takes a free one
     * @param explainer null where there is nothing but the documents
     * @throws IOException if the port is taken
     */
    public static BoardServer start(String elasticsearch, int port, @Nullable Explainer explainer) throws IOException {
        QueuedThreadPool threads = new QueuedThreadPool();
        threads.setName("board");
        threads.setDaemon(true);
        Server server = new Server(threads);
        ServerConnector connector = new ServerConnector(server);
        connector.setHost(InetAddress.getLoopbackAddress().getHostAddress());
        connector.setPort(port);
        server.addConnector(connector);
        BoardPages pages = new BoardPages(new Documents(new IndexReader(elasticsearch)), explainer);
        server.setHandler(new Pages(pages));
        try {
            server.start();
        } catch (Exception e) {
            throw new IOException(
                    "The board cannot serve on port " + port + ": " + e.getMessage() + ". Name a free one by --port.",
                    e);
        }
        warm(pages);
        return new BoardServer(server, connector);
    }

    /** Makes a page for nobody: else the first reader waits until classes are loaded. */
    private static void warm(BoardPages pages) {
        try {
            pages.answer("/", Map.of());
        } catch (IOException e) {
            LOG.warn("The board has nothing to show yet", e);
        }
    }

    /** Where it is. */
    public String address() {
        return "http://" + connector.getHost() + ":" + connector.getLocalPort() + "/";
    }

    @Override
    public void close() throws IOException {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IOException("The board does not stop: " + e.getMessage(), e);
        }
    }

    private static final class Pages extends Handler.Abstract {
        private final BoardPages pages;
        private final Map<String, byte[]> assets = new HashMap<>();

        Pages(BoardPages pages) {
            this.pages = pages;
            ASSETS.keySet()
                    .forEach(name -> assets.put(name, Templates.resource(name).getBytes(StandardCharsets.UTF_8)));
        }

        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            HEADERS.forEach((name, value) -> response.getHeaders().put(name, value));
            String path = Request.getPathInContext(request);
            String asset = path.startsWith("/assets/") ? path.substring("/assets/".length()) : null;
            if (!HOSTS.contains(String.valueOf(Request.getServerName(request)))) {
                plain(421, "The board answers as localhost alone.", request, response, callback);
            } else if (!request.getMethod().equals("GET")
                    && !request.getMethod().equals("HEAD")) {
                response.getHeaders().put(HttpHeader.ALLOW, "GET, HEAD");
                plain(405, "The board is read only.", request, response, callback);
            } else if (asset != null && assets.containsKey(asset)) {
                response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-cache");
                tagged(
                        assets.getOrDefault(asset, new byte[0]),
                        ASSETS.getOrDefault(asset, ""),
                        request,
                        response,
                        callback);
            } else {
                page(path, request, response, callback);
            }
            return true;
        }

        private void page(String path, Request request, Response response, Callback callback) {
            Map<String, String> asked = new HashMap<>();
            for (Fields.Field field : Request.extractQueryParameters(request)) {
                asked.put(field.getName(), field.getValue());
            }
            BoardPages.Answer answer;
            try {
                answer = pages.answer(path, asked);
            } catch (IOException | RuntimeException e) {
                LOG.warn("The board cannot show {}", path, e);
                answer = pages.failed(asked, String.valueOf(e.getMessage()));
            }
            response.setStatus(answer.status());
            response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
            tagged(
                    answer.html().getBytes(StandardCharsets.UTF_8),
                    "text/html;charset=utf-8",
                    request,
                    response,
                    callback);
        }

        private static void plain(int status, String text, Request request, Response response, Callback callback) {
            response.setStatus(status);
            send(text.getBytes(StandardCharsets.UTF_8), "text/plain;charset=utf-8", request, response, callback);
        }

        /** Whoever has it already gets nothing but the word that it is the same. */
        private static void tagged(byte[] content, String type, Request request, Response response, Callback callback) {
            String tag = '"' + Templates.digest(content) + '"';
            response.getHeaders().put(HttpHeader.ETAG, tag);
            HttpField known = request.getHeaders().getField(HttpHeader.IF_NONE_MATCH);
            if (known != null && tag.equals(known.getValue()) && response.getStatus() < 400) {
                response.setStatus(304);
                callback.succeeded();
                return;
            }
            send(content, type, request, response, callback);
        }

        private static void send(byte[] content, String type, Request request, Response response, Callback callback) {
            response.getHeaders().put(HttpHeader.CONTENT_TYPE, type);
            response.getHeaders().put(HttpHeader.CONTENT_LENGTH, content.length);
            response.write(true, ByteBuffer.wrap(request.getMethod().equals("HEAD") ? new byte[0] : content), callback);
        }
    }
}
