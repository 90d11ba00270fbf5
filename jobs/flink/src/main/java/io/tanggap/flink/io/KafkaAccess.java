package io.tanggap.flink.io;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.config.provider.FileConfigProvider;
import org.jspecify.annotations.Nullable;

/**
 * How a client reaches a Kafka that asks who it is. The environment of every process, a command as well as each worker of a cluster,
 * names by {@value #FILE} a file of client settings as Kafka's own tools take it: {@code security.protocol}, {@code ssl.*},
 * {@code sasl.*}. It lies at the same path on every machine. Clients are given references to its lines, which they resolve where they
 * are opened, so that no secret is part of a job, of its plan, or of what a log prints of its settings. What a client of Tanggap sets
 * by itself holds, whatever the file says.
 */
final class KafkaAccess {
    static final String FILE = "TANGGAP_KAFKA_CONFIG";

    private static final String PROVIDER = "tanggap";

    private KafkaAccess() {}

    /**
     * The settings of a client of a broker, as the environment of this process says.
     *
     * @param own what the client sets by itself
     * @throws KafkaException if the file cannot be read
     */
    static Properties settings(String bootstrap, Map<String, String> own) {
        Properties settings = access(bootstrap, System.getenv(FILE));
        settings.putAll(own);
        return settings;
    }

    /** The same, of a client that sets nothing. */
    static Properties settings(String bootstrap) {
        return settings(bootstrap, Map.of());
    }

    static Properties access(String bootstrap, @Nullable String file) {
        Properties settings = new Properties();
        if (file != null) {
            Properties lines = new Properties();
            Path path = Path.of(file).toAbsolutePath();
            try (Reader reader = Files.newBufferedReader(path, StandardCharsets.UTF_8)) {
                lines.load(reader);
            } catch (IOException | IllegalArgumentException e) {
                throw new KafkaException(FILE + " names " + path + ", which cannot be read (" + e.getMessage()
                        + "): name a file of settings for clients of Kafka, such as security.protocol=SASL_SSL");
            }
            settings.put("config.providers", PROVIDER);
            settings.put("config.providers." + PROVIDER + ".class", FileConfigProvider.class.getName());
            lines.stringPropertyNames()
                    .forEach(name -> settings.put(name, "${" + PROVIDER + ":" + path + ":" + name + "}"));
        }
        settings.put("bootstrap.servers", bootstrap);
        return settings;
    }
}
