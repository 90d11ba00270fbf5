package io.tanggap.app.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarFile;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.state.rocksdb.RocksDBConfigurableOptions;

/** The settings that Flink knows, by the constants of its own classes. */
final class FlinkKeys {
    /** Of plugins and of Kubernetes, whose classes are not here; each stands in Flink's documentation of its version. */
    private static final Set<String> ELSEWHERE = Set.of(
            "metrics.reporter.prom.factory.class", "metrics.reporter.prom.port", "s3.endpoint", "s3.path.style.access");

    private static final Map<String, ConfigOption<?>> OPTIONS = options();

    private FlinkKeys() {}

    /** Every key is one of Flink's, by the name that is not deprecated, and every value is one of its key. */
    static void assertKnown(Map<String, String> settings) {
        assertThat(settings.keySet())
                .allMatch(key -> OPTIONS.containsKey(key) || ELSEWHERE.contains(key), "is a setting of Flink");
        Configuration configuration = Configuration.fromMap(settings);
        // Fails where the text cannot be read as what the setting is.
        settings.keySet().stream()
                .filter(OPTIONS::containsKey)
                .forEach(key -> configuration.getOptional(OPTIONS.get(key)));
    }

    private static Map<String, ConfigOption<?>> options() {
        Map<String, ConfigOption<?>> options = new HashMap<>();
        try {
            Path core = Path.of(CoreOptions.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            try (JarFile jar = new JarFile(core.toFile())) {
                for (String name : jar.stream()
                        .map(Object::toString)
                        .filter(name -> name.matches("org/apache/flink/configuration/\\w+Options\\.class"))
                        .toList()) {
                    add(Class.forName(name.replace(".class", "").replace('/', '.')), options);
                }
            }
            add(RocksDBConfigurableOptions.class, options);
        } catch (IOException | URISyntaxException | ReflectiveOperationException e) {
            throw new IllegalStateException("the settings of Flink cannot be listed", e);
        }
        return options;
    }

    private static void add(Class<?> type, Map<String, ConfigOption<?>> options) throws IllegalAccessException {
        for (Field field : type.getFields()) {
            if (Modifier.isStatic(field.getModifiers()) && field.get(null) instanceof ConfigOption<?> option) {
                options.put(option.key(), option);
            }
        }
    }
}
