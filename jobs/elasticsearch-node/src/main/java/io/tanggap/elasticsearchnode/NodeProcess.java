package io.tanggap.elasticsearchnode;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.elasticsearch.common.logging.LogConfigurator;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.env.Environment;
import org.elasticsearch.node.ClasspathNode;
import org.elasticsearch.node.InternalSettingsPreparer;
import org.elasticsearch.node.NodeValidationException;
import org.elasticsearch.transport.netty4.Netty4Plugin;

/**
 * The program: one Elasticsearch node on 127.0.0.1, with its data and its log ({@code logs/elasticsearch.log}) below a home
 * directory. Prints one line when HTTP answers. Ends, with the data in order, on SIGTERM and when its standard input ends:
 * whoever holds the other end of that pipe, however it dies, takes the node along.
 *
 * <pre>NodeProcess HOME HTTP_PORT</pre>
 *
 * Exit codes: 0 ended as asked, 1 did not start (the cause is on standard error and in the log), 2 wrong arguments.
 */
public final class NodeProcess {
    /** Chosen: closing takes about a second; a node that hangs must not outlive the program that started it. */
    private static final long CLOSE_SECONDS = 20;

    private NodeProcess() {}

    public static void main(String[] arguments) {
        if (arguments.length != 2 || !arguments[1].matches("\\d{1,5}")) {
            System.err.println("usage: NodeProcess HOME HTTP_PORT");
            System.exit(2);
        }
        Path home = Path.of(arguments[0]).toAbsolutePath();
        endWithStandardInput(System.in);
        try {
            ClasspathNode node = start(home, Integer.parseInt(arguments[1]));
            Runtime.getRuntime().addShutdownHook(new Thread(() -> close(node), "close-node"));
            System.out.println("Elasticsearch is ready on http://127.0.0.1:" + arguments[1]);
        } catch (IOException | NodeValidationException | RuntimeException e) {
            e.printStackTrace();
            System.exit(1);
        }
    }

    private static ClasspathNode start(Path home, int httpPort) throws IOException, NodeValidationException {
        Path config = Files.createDirectories(home.resolve("config"));
        Files.createDirectories(home.resolve("lib"));
        // Both are read once, by static initialisers of the server, so they must stand before its first class is
        // loaded.
        System.setProperty("es.path.home", home.toString());
        System.setProperty(
                "tanggap.elasticsearch.logs",
                Files.createDirectories(home.resolve("logs")).toString());
        LogConfigurator.configureESLogging();
        Settings settings = Settings.builder()
                .put("path.home", home.toString())
                .put("path.repo", home.resolve("snapshots").toString())
                .put("cluster.name", "tanggap-embedded")
                .put("node.name", "embedded")
                .put("discovery.type", "single-node")
                .put("transport.type", "netty4")
                .put("http.type", "netty4")
                .put("network.host", "127.0.0.1")
                .put("http.port", Integer.toString(httpPort))
                .put("transport.port", "0")
                // A nearly full disk of a developer must not turn the indices read-only.
                .put("cluster.routing.allocation.disk.threshold_enabled", false)
                .build();
        Environment environment =
                InternalSettingsPreparer.prepareEnvironment(settings, Map.of(), config, () -> "embedded");
        ClasspathNode node = new ClasspathNode(environment, List.of(Netty4Plugin.class, RootPlugin.class));
        node.start();
        return node;
    }

    /** The thread is no daemon: it is also what keeps the process alive, for the server's own threads do not. */
    private static void endWithStandardInput(InputStream input) {
        new Thread(
                        () -> {
                            try {
                                while (input.read() >= 0) {
                                    // What is written to the pipe means nothing; only its end does.
                                }
                            } catch (IOException e) {
                                // A broken pipe is an end, too.
                            }
                            System.exit(0);
                        },
                        "end-with-standard-input")
                .start();
    }

    private static void close(ClasspathNode node) {
        Thread limit = new Thread(
                () -> {
                    try {
                        TimeUnit.SECONDS.sleep(CLOSE_SECONDS);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    Runtime.getRuntime().halt(1);
                },
                "limit-close");
        limit.setDaemon(true);
        limit.start();
        try {
            node.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the node did not close in order", e);
        }
    }
}
