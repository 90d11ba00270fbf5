package io.tanggap.flink.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That a broker takes them is shown by the jobs on a cluster, whose environment names the file. */
class KafkaAccessTest {
    private static final String LOGIN =
            "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"a\" password=\"a secret\";";

    @TempDir
    private Path directory;

    @Test
    void clientsGetReferencesThatTheyResolveThemselves() throws Exception {
        Path file = Files.writeString(
                directory.resolve("kafka.properties"),
                "security.protocol=SASL_SSL\nsasl.mechanism=PLAIN\nsasl.jaas.config=" + LOGIN
                        + "\nbootstrap.servers=elsewhere:9092\n");
        Properties settings = KafkaAccess.access("localhost:9092", file.toString());
        assertThat(settings.toString()).doesNotContain("a secret");
        AdminClientConfig resolved = new AdminClientConfig(settings);
        assertThat(resolved.getPassword("sasl.jaas.config").value()).isEqualTo(LOGIN);
        assertThat(resolved.getString("security.protocol")).isEqualTo("SASL_SSL");
        assertThat(resolved.getList("bootstrap.servers"))
                .as("what the client says by itself holds")
                .containsExactly("localhost:9092");
    }

    @Test
    void withoutAFileThereIsNothingButTheAddress() {
        assertThat(KafkaAccess.access("localhost:9092", null)).hasSize(1);
    }

    @Test
    void saysWhichFileCannotBeRead() {
        assertThatThrownBy(() -> KafkaAccess.access("localhost:9092", "/nowhere/kafka.properties"))
                .isInstanceOf(KafkaException.class)
                .hasMessageContaining("TANGGAP_KAFKA_CONFIG names /nowhere/kafka.properties");
    }
}
