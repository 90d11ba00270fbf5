package io.tanggap.app.run;

import io.tanggap.embedded.ElasticsearchProcess;
import io.tanggap.embedded.EmbeddedKafka;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Kafka in this process and Elasticsearch beside it, both on loopback, started at the same time. */
public final class Servers implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Servers.class);

    private final EmbeddedKafka kafka;
    private final ElasticsearchProcess elasticsearch;

    private Servers(EmbeddedKafka kafka, ElasticsearchProcess elasticsearch) {
        this.kafka = kafka;
        this.elasticsearch = elasticsearch;
    }

    /**
     * Starts both.
     *
     * @param data keeps their data
     * @param kafkaPort 0 takes a free one
     * @param elasticsearchPort 0 takes a free one
     */
    public static Servers start(Path data, int kafkaPort, int elasticsearchPort)
            throws IOException, InterruptedException {
        CompletableFuture<ElasticsearchProcess> starting = CompletableFuture.supplyAsync(() -> {
            try {
                return ElasticsearchProcess.start(nodeHome(), data.resolve("elasticsearch"), elasticsearchPort);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        EmbeddedKafka kafka;
        try {
            kafka = EmbeddedKafka.start(data.resolve("kafka"), kafkaPort);
        } catch (IOException | RuntimeException e) {
            closeWhenStarted(starting);
            throw e;
        }
        try {
            return new Servers(kafka, starting.get());
        } catch (ExecutionException e) {
            kafka.close();
            Throwable cause =
                    e.getCause() instanceof UncheckedIOException unchecked ? unchecked.getCause() : e.getCause();
            throw new IOException("Elasticsearch did not start: " + (cause == null ? e : cause).getMessage(), e);
        } catch (InterruptedException e) {
            kafka.close();
            closeWhenStarted(starting);
            throw e;
        }
    }

    /** Waits for it: a node that still writes would keep the caller from removing its data. */
    private static void closeWhenStarted(CompletableFuture<ElasticsearchProcess> starting) {
        starting.handle((process, failure) -> {
                    if (process != null) {
                        try {
                            process.close();
                        } catch (IOException e) {
                            LOG.warn("Elasticsearch does not close", e);
                        }
                    }
                    return process;
                })
                .join();
    }

    private static Path nodeHome() throws IOException {
        Path home = Path.of(System.getProperty("tanggap.elasticsearch.home", ""));
        if (!Files.isDirectory(home.resolve("lib"))) {
            throw new IOException(
                    "no Elasticsearch node at '" + home
                            + "'; the system property tanggap.elasticsearch.home must name jobs/elasticsearch-node/target/node");
        }
        return home;
    }

    /** The broker's address. */
    public String kafka() {
        return kafka.bootstrapServers();
    }

    /** The node's address. */
    public String elasticsearch() {
        return elasticsearch.url();
    }

    @Override
    public void close() throws IOException {
        try {
            kafka.close();
        } finally {
            elasticsearch.close();
        }
    }
}
