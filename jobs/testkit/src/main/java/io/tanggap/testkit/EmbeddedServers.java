package io.tanggap.testkit;

import io.tanggap.embedded.ElasticsearchProcess;
import io.tanggap.embedded.EmbeddedKafka;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * One Kafka and one Elasticsearch for all tests of this JVM: each starts when it is first asked for, in a temporary
 * directory and on a free port, and ends with the test plan. Tests share them, so each uses topics and indices of its own
 * name, or cleans up what it finds.
 *
 * <p>As a JUnit extension ({@code @ExtendWith(EmbeddedServers.class)}) it hands itself to test methods, constructors and
 * lifecycle methods that take a parameter of this type.
 */
public final class EmbeddedServers implements ParameterResolver {
    private static final ExtensionContext.Namespace NAMESPACE =
            ExtensionContext.Namespace.create(EmbeddedServers.class);

    private @Nullable ExtensionContext context;

    /** For JUnit. */
    public EmbeddedServers() {}

    private EmbeddedServers(ExtensionContext context) {
        this.context = context;
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == EmbeddedServers.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return new EmbeddedServers(context);
    }

    /** The broker; started by the first call in this JVM. A test that closes it restarts it before it ends. */
    public EmbeddedKafka kafka() {
        return running().kafka();
    }

    /** The node; started by the first call in this JVM. A test that kills it restarts it before it ends. */
    public ElasticsearchProcess elasticsearch() {
        return running().elasticsearch();
    }

    /** Reads the node of {@link #elasticsearch}. */
    public ElasticsearchQueries queries() {
        return new ElasticsearchQueries(elasticsearch().url());
    }

    private Running running() {
        if (context == null) {
            throw new IllegalStateException("take EmbeddedServers as a parameter of the test method");
        }
        return context.getRoot()
                .getStore(NAMESPACE)
                .getOrComputeIfAbsent(Running.class, key -> new Running(), Running.class);
    }

    /** Held by the root store, which closes it at the end of the test plan. */
    private static final class Running implements AutoCloseable {
        private final Path directory;
        private @Nullable EmbeddedKafka kafka;
        private @Nullable ElasticsearchProcess elasticsearch;

        Running() {
            try {
                Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
                directory = Files.createTempDirectory(Files.createDirectories(temporary), "servers");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        synchronized EmbeddedKafka kafka() {
            if (kafka == null) {
                try {
                    kafka = EmbeddedKafka.start(directory.resolve("kafka"), 0);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
            return kafka;
        }

        synchronized ElasticsearchProcess elasticsearch() {
            if (elasticsearch == null) {
                String home = System.getProperty("tanggap.elasticsearch.home");
                if (home == null) {
                    throw new IllegalStateException(
                            "the system property tanggap.elasticsearch.home is not set: run the tests by Maven");
                }
                try {
                    elasticsearch = ElasticsearchProcess.start(Path.of(home), directory.resolve("elasticsearch"), 0);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
            return elasticsearch;
        }

        @Override
        public synchronized void close() throws IOException {
            if (elasticsearch != null) {
                elasticsearch.close();
            }
            if (kafka != null) {
                kafka.close();
            }
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
