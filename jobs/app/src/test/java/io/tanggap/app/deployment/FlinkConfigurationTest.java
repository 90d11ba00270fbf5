package io.tanggap.app.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessSpec;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessUtils;
import org.apache.flink.runtime.jobmanager.JobManagerProcessUtils;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.Appender;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.impl.Log4jLogEvent;
import org.apache.logging.log4j.message.SimpleMessage;
import org.junit.jupiter.api.Test;

/** What Flink's processes are started with. */
class FlinkConfigurationTest {
    @Test
    void flinkKnowsEverySetting() {
        FlinkKeys.assertKnown(configuration().toMap());
    }

    @Test
    void aSettingThatFlinkDoesNotHaveIsFound() {
        assertThatThrownBy(() -> FlinkKeys.assertKnown(Map.of("state.backend.typ", "rocksdb")))
                .hasMessageContaining("state.backend.typ");
        assertThatThrownBy(() -> FlinkKeys.assertKnown(Map.of("heartbeat.timeout", "soon")))
                .hasMessageContaining("soon");
    }

    @Test
    void theFlagsAreThoseThatTheTestsRunWith() throws IOException {
        assertThat(configuration().get(CoreOptions.FLINK_JVM_OPTIONS)).isEqualTo(Deployment.built("jvm.flags"));
    }

    @Test
    void whatIsAskedOfMemoryIsThere() {
        // Fails where the parts are more than the whole.
        TaskExecutorProcessSpec worker = TaskExecutorProcessUtils.processSpecFromConfig(configuration());

        // Chosen: less for a slot is flushed to disk all the time, or collected.
        long slots = worker.getNumSlots();
        assertThat(worker.getManagedMemorySize().getMebiBytes() / slots).isGreaterThanOrEqualTo(192);
        assertThat(worker.getTaskHeapSize().getMebiBytes() / slots).isGreaterThanOrEqualTo(160);
        assertThat(JobManagerProcessUtils.processSpecFromConfig(configuration())
                        .getJvmHeapMemorySize()
                        .getMebiBytes())
                .isGreaterThanOrEqualTo(1024);
    }

    @Test
    void aLineOfTheLogIsAnObject() throws IOException {
        try (LoggerContext context = new LoggerContext(
                "deployment",
                null,
                Deployment.DOCKER.resolve("flink/log4j-console.properties").toUri())) {
            context.start();
            Appender console = context.getConfiguration().getAppender("Console");
            JsonNode line = Deployment.STRICT.readTree(console.getLayout()
                    .toByteArray(Log4jLogEvent.newBuilder()
                            .setLoggerName("io.tanggap.Some")
                            .setLevel(Level.WARN)
                            .setMessage(new SimpleMessage("two\nlines"))
                            .build()));

            assertThat(line.path("log.level").asText()).isEqualTo("WARN");
            assertThat(line.path("log.logger").asText()).isEqualTo("io.tanggap.Some");
            assertThat(line.path("message").asText()).isEqualTo("two\nlines");
        }
    }

    /** As Flink reads it. */
    static Configuration configuration() {
        return GlobalConfiguration.loadConfiguration(
                Deployment.DOCKER.resolve("flink").toString());
    }
}
