package io.tanggap.flink.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import io.tanggap.core.alert.Alert;
import io.tanggap.flink.avro.Examples;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AlertCodecTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static Set<ValidationMessage> faults(byte[] event) throws IOException {
        try (InputStream in = AlertCodecTest.class.getResourceAsStream("/events/alert.schema.json")) {
            JsonSchema schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                    .getSchema(in);
            return schema.validate(
                    new String(event, StandardCharsets.UTF_8), InputFormat.JSON, context -> context.getExecutionConfig()
                            .setFormatAssertionsEnabled(true));
        }
    }

    @Test
    void everyAlertIsACloudEventOfTheSchemaAndComesBack() throws IOException {
        for (Alert alert : Examples.alerts()) {
            byte[] event = AlertCodec.encode(alert, "alerts-20171105T120000Z");
            assertThat(faults(event)).as(alert.id()).isEmpty();
            assertThat(AlertCodec.decode(event)).isEqualTo(alert);
        }
    }

    @Test
    void sourceAndIdTellACopyFromNews() throws IOException {
        JsonNode event = JSON.readTree(AlertCodec.encode(Examples.alerts().get(1), "alerts-20171105T120000Z"));
        assertThat(event.path("source").asText()).isEqualTo("/tanggap/alerts-20171105T120000Z");
        assertThat(event.path("id").asText()).isEqualTo("qlue:1/RESOLUTION.2.1.75#2");
        assertThat(event.path("type").asText()).isEqualTo("io.tanggap.alert.threshold");
        assertThat(event.path("subject").asText()).isEqualTo("qlue:1");
    }

    @Test
    void theSchemaRefusesWhatIsNoAlert() throws IOException {
        ObjectNode event =
                (ObjectNode) JSON.readTree(AlertCodec.encode(Examples.alerts().get(0), "t"));
        event.withObject("data").remove("clock");
        assertThat(faults(JSON.writeValueAsBytes(event))).isNotEmpty();
        event.withObject("data").put("kind", "NOISE");
        assertThat(faults(JSON.writeValueAsBytes(event))).isNotEmpty();
    }

    @Test
    void whatIsNoAlertSaysWhichFieldIsWrong() throws IOException {
        assertThatThrownBy(() -> AlertCodec.decode("{".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> AlertCodec.decode("{}".getBytes(StandardCharsets.UTF_8)))
                .hasMessageContaining("specversion");
        ObjectNode event =
                (ObjectNode) JSON.readTree(AlertCodec.encode(Examples.alerts().get(0), "t"));
        event.withObject("data").put("raised_at", "yesterday");
        assertThatThrownBy(() -> AlertCodec.decode(JSON.writeValueAsBytes(event)))
                .isInstanceOf(IOException.class)
                .hasMessage("data.raised_at is 'yesterday', which is no instant");
        event.withObject("data").put("raised_at", "2017-11-05T12:00:00Z").put("kind", "NOISE");
        assertThatThrownBy(() -> AlertCodec.decode(JSON.writeValueAsBytes(event)))
                .hasMessage("data.kind is 'NOISE', which is not known here");
        event.withObject("data").put("kind", "STALE");
        assertThatThrownBy(() -> AlertCodec.decode(JSON.writeValueAsBytes(event)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("of a clock there is one");
    }
}
