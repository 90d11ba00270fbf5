package io.tanggap.embedded;

import java.io.File;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A real Elasticsearch node in a child process, on 127.0.0.1. The child ends when this process ends, however it does,
 * because it watches a pipe of which this process holds the other end. Indices stay in the data directory and are there
 * again after a restart over the same directory.
 */
public final class ElasticsearchProcess implements AutoCloseable {
    /** Chosen: a start takes 5 s on two idle cores and has been seen to take 40 s on busy ones. */
    private static final Duration START_LIMIT = Duration.ofMinutes(3);

    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(30);
    private static final int TAIL_LINES = 20;
    /** A free port can be taken by another program before the child listens there; twice in a row is bad luck enough. */
    private static final int PORT_ATTEMPTS = 5;

    private final Path nodeHome;
    private final Path dataDirectory;
    private final int port;
    private Process process;

    private ElasticsearchProcess(Path nodeHome, Path dataDirectory, int port, Process process) {
        this.nodeHome = nodeHome;
        this.dataDirectory = dataDirectory;
        this.port = port;
        this.process = process;
    }

    /**
     * Starts the node and returns when it answers and its indices can be searched.
     *
     * @param nodeHome directory with the node's {@code lib} and {@code classes}, as the build of elasticsearch-node makes it
     * @param dataDirectory made when absent; also holds the logs; must not be in use by another node
     * @param port the port for HTTP, or 0 for any free one
     * @throws IOException when the node does not start; the message carries the end of its log
     */
    public static ElasticsearchProcess start(Path nodeHome, Path dataDirectory, int port) throws IOException {
        if (!Files.isDirectory(nodeHome.resolve("lib")) || !Files.isDirectory(nodeHome.resolve("classes"))) {
            throw new IOException("no Elasticsearch node in " + nodeHome
                    + ": build it with ./mvnw -pl jobs/elasticsearch-node process-classes");
        }
        for (int attempt = 1; ; attempt++) {
            int chosen;
            // Fails at once, and with a better message than the child's, when the port is taken.
            try (BoundPort free = BoundPort.bind(port)) {
                chosen = free.number();
            }
            try {
                return new ElasticsearchProcess(
                        nodeHome, dataDirectory, chosen, launch(nodeHome, dataDirectory, chosen));
            } catch (PortTakenException e) {
                if (port != 0 || attempt == PORT_ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private static Process launch(Path nodeHome, Path dataDirectory, int port) throws IOException {
        Path logs = Files.createDirectories(dataDirectory.resolve("logs"));
        Path temporary = Files.createDirectories(dataDirectory.resolve("tmp"));
        Path output = logs.resolve("process.log");
        Files.deleteIfExists(output);
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xms512m",
                        "-Xmx1g",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-Djava.io.tmpdir=" + temporary,
                        "-Duser.timezone=UTC",
                        "-Dfile.encoding=UTF-8",
                        "-Dio.netty.noUnsafe=true",
                        "-cp",
                        nodeHome.resolve("classes") + File.pathSeparator + nodeHome.resolve("lib") + "/*",
                        "io.tanggap.elasticsearchnode.NodeProcess",
                        dataDirectory.toString(),
                        Integer.toString(port)))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            awaitAnswer(process, port, logs);
            return process;
        } catch (IOException | RuntimeException e) {
            process.destroyForcibly();
            throw e;
        }
    }

    private static void awaitAnswer(Process process, int port, Path logs) throws IOException {
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(2))
                .build();
        HttpRequest health = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + port + "/_cluster/health?wait_for_status=yellow&timeout=5s"))
                .timeout(Duration.ofSeconds(10))
                .build();
        long start = System.nanoTime();
        try {
            while (System.nanoTime() - start < START_LIMIT.toNanos()) {
                if (!process.isAlive()) {
                    throw failure(
                            "Elasticsearch ended with exit code " + process.exitValue() + " while starting",
                            logs,
                            port);
                }
                try {
                    if (client.send(health, HttpResponse.BodyHandlers.discarding())
                                    .statusCode()
                            == 200) {
                        return;
                    }
                } catch (IOException e) {
                    // Does not listen yet.
                }
                process.waitFor(100, TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while Elasticsearch was starting");
        }
        throw failure("Elasticsearch does not answer after " + START_LIMIT.toSeconds() + " s", logs, port);
    }

    private static IOException failure(String what, Path logs, int port) throws IOException {
        String log = tail(logs.resolve("process.log")) + tail(logs.resolve("elasticsearch.log"));
        if (log.contains("Address already in use")) {
            return new PortTakenException(BoundPort.taken(port));
        }
        return new IOException(what + "; the end of its logs in " + logs + ":\n" + log);
    }

    private static String tail(Path file) throws IOException {
        if (!Files.exists(file)) {
            return "";
        }
        List<String> lines = new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                .lines()
                .toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size())) + "\n";
    }

    /** The address for HTTP clients, without a slash at its end. */
    public String url() {
        return "http://127.0.0.1:" + port;
    }

    /** The child's process id; another one after {@link #restart}. */
    public long pid() {
        return process.pid();
    }

    /** Ends the node without warning, as an outage would, and returns when it is gone. */
    public void kill() throws IOException {
        process.destroyForcibly();
        awaitEnd(CLOSE_LIMIT);
    }

    /**
     * Starts the node again on the same port and data, after ending it in order if it still runs.
     *
     * @throws IOException as {@link #start}, and when the port was taken meanwhile
     */
    public void restart() throws IOException {
        close();
        process = launch(nodeHome, dataDirectory, port);
    }

    /** Ends the node in order, or by force when it takes too long; data stays. Closing twice does nothing. */
    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        if (!awaitEnd(CLOSE_LIMIT)) {
            kill();
        }
    }

    private boolean awaitEnd(Duration limit) throws IOException {
        try {
            return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while Elasticsearch was ending");
        }
    }

    /** The port was free when it was chosen, and is not any more. */
    private static final class PortTakenException extends IOException {
        PortTakenException(String message) {
            super(message);
        }
    }
}
