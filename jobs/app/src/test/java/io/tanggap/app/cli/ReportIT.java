package io.tanggap.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tanggap.app.fixture.LivedMonth;
import io.tanggap.core.complaint.CaseEvent;
import io.tanggap.core.reference.Reference;
import io.tanggap.flink.io.EventPublisher;
import io.tanggap.flink.io.Topics;
import io.tanggap.flink.operator.KeyFile;
import io.tanggap.intake.channel.Channels;
import io.tanggap.testkit.EmbeddedServers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What was reported of a running system is made again when it knows more. */
@ExtendWith(EmbeddedServers.class)
class ReportIT {
    private static final int PARTITIONS = 3;
    private static final Instant LATE = Instant.parse("2017-11-20T00:00:00Z");

    @TempDir
    Path directory;

    @RegisterExtension
    final Said said = new Said();

    private String bootstrap = "";

    private int report(String... arguments) {
        said.reset();
        List<String> line = new ArrayList<>(List.of("report"));
        line.addAll(List.of(arguments));
        line.addAll(List.of("--bootstrap-servers", bootstrap));
        return Tanggap.execute(Terminal.system(), line.toArray(String[]::new));
    }

    private int november(String... more) {
        List<String> line =
                new ArrayList<>(List.of("--from", "2017-11-01", "--to", "2017-12-01", "--as-of", "2017-12-01"));
        line.addAll(List.of(more));
        return report(line.toArray(String[]::new));
    }

    private static void withoutTopics(String bootstrap) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            admin.deleteTopics(admin.listTopics().names().get()).all().get();
            await().until(() -> admin.listTopics().names().get().isEmpty());
        }
    }

    private void publish(List<CaseEvent> events) throws Exception {
        try (EventPublisher publisher = new EventPublisher(bootstrap)) {
            events.forEach(publisher::publish);
            publisher.flush();
        }
    }

    @Test
    void aFrozenCardIsMadeAgainAfterMoreWasLearned(EmbeddedServers servers) throws Exception {
        bootstrap = servers.kafka().bootstrapServers();
        withoutTopics(bootstrap);
        Topics.create(bootstrap, PARTITIONS);
        assertThat(november()).isEqualTo(Tanggap.FAILED);
        assertThat(said.err()).contains("no reference pack that could judge");

        LivedMonth month = LivedMonth.of(3, 80);
        Channels channels = new Channels(Reference.of(List.of(month.pack())), KeyFile.NONE.pseudonyms());
        List<CaseEvent> early = new ArrayList<>();
        List<CaseEvent> late = new ArrayList<>();
        month.messages().forEach(message -> channels.admit(
                        message.channel(), message.json(), Instant.ofEpochMilli(message.sentAtMillis()))
                .events()
                .forEach(event -> (event.ingestedAt().isAfter(LATE) ? late : early).add(event)));
        try (EventPublisher publisher = new EventPublisher(bootstrap)) {
            publisher.publish(month.pack());
        }
        publish(early);
        Path then = directory.resolve("then.json");
        assertThat(november("--freeze", then.toString())).as("%s", said).isZero();
        assertThat(said.out()).contains("all that is there; the latest of it was known then");

        publish(late);
        assertThat(report("--check", then.toString())).as("%s", said).isZero();
        assertThat(said.out()).contains("The hash fits the content", "Every figure is reproduced");

        Path now = directory.resolve("now.json");
        assertThat(november("--freeze", now.toString())).isZero();
        Path again = directory.resolve("again.json");
        JsonNode frozen = new ObjectMapper().readTree(then.toFile()).path("card");
        assertThat(november(
                        "--freeze",
                        again.toString(),
                        "--known-at",
                        frozen.path("known_at").asText()))
                .as("%s", said)
                .isZero();
        assertThat(said.out()).contains("(by --known-at)");
        assertThat(again).hasSameTextualContentAs(then);
        assertThat(Files.readString(now)).isNotEqualTo(Files.readString(then));

        assertThat(said.out()).contains("not declared").doesNotContain("Data of the channels");
        String[] declaration = {
            "declare", "--bootstrap-servers", bootstrap, "--channel", "silent", "--day", "2017-11-03", "--events", "100"
        };
        said.reset();
        assertThat(Tanggap.execute(Terminal.system(), declaration))
                .as("%s", said)
                .isZero();
        assertThat(said.out()).contains("Declared     100 events of 1 days of silent");
        assertThat(said.err()).contains("intake knows no channel silent");
        assertThat(november("--json", directory.resolve("declared.json").toString()))
                .isZero();
        assertThat(said.out())
                .contains("Data of the channels (D1, D2)")
                .contains("0.0 % of the 100 events that sources have of 1 declared days");
        JsonNode declared = new ObjectMapper()
                .readTree(directory.resolve("declared.json").toFile())
                .path("channels");
        assertThat(declared.findValuesAsText("id")).contains("ALL_CHANNELS", "qlue", "silent");
        assertThat(report("--check", then.toString()))
                .as("what was declared later is left out: %s", said)
                .isZero();

        assertThat(november("--known-at", "2001-01-01")).isEqualTo(Tanggap.FAILED);
        assertThat(said.err()).contains("and was known at 2001-01-01");
        assertThat(report("--check", then.toString(), "--input", "x.csv")).isEqualTo(Tanggap.WRONG_USE);
    }
}
