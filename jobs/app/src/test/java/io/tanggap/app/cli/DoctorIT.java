package io.tanggap.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tanggap.app.fixture.JobRun;
import io.tanggap.app.fixture.LivedMonth;
import io.tanggap.core.complaint.DeadLetter;
import io.tanggap.core.complaint.DeadLetter.Stage;
import io.tanggap.flink.io.EventPublisher;
import io.tanggap.flink.io.Topics;
import io.tanggap.testkit.EmbeddedServers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The doctor with servers that are well, and with what goes wrong with them, one after the other. */
@ExtendWith(EmbeddedServers.class)
class DoctorIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    @RegisterExtension
    final Said said = new Said();

    @TempDir
    Path directory;

    private JobRun run;

    @BeforeEach
    void start(EmbeddedServers servers) throws Exception {
        run = JobRun.start(servers, directory);
    }

    @AfterEach
    void stop() {
        run.close();
        run.queries().removeIndices();
    }

    private int doctor(String... arguments) {
        said.reset();
        List<String> line = new ArrayList<>(List.of("doctor", "--bootstrap-servers", run.bootstrap()));
        line.addAll(List.of(arguments));
        return Tanggap.execute(Terminal.system(), line.toArray(String[]::new));
    }

    /** What the doctor says of both servers: level, seen and remedy of each finding in one text, by subject. */
    private Map<String, String> findings(String... arguments) throws Exception {
        List<String> line = new ArrayList<>(List.of("--format", "json", "--elasticsearch", run.elasticsearch()));
        line.addAll(List.of(arguments));
        int exitCode = doctor(line.toArray(String[]::new));
        Map<String, String> findings = new HashMap<>();
        for (JsonNode finding : JSON.readTree(said.out())) {
            findings.merge(
                    finding.path("subject").asText(),
                    finding.path("level").asText() + " " + finding.path("seen").asText() + " -> "
                            + finding.path("remedy").asText(),
                    (one, other) -> one + "\n" + other);
        }
        boolean fails = findings.values().stream().anyMatch(finding -> finding.contains("FAIL "));
        assertThat(exitCode).as("%s", findings).isEqualTo(fails ? 1 : 0);
        return findings;
    }

    private void set(String topic, String setting, String value) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", run.bootstrap()))) {
            admin.incrementalAlterConfigs(Map.of(
                            new ConfigResource(ConfigResource.Type.TOPIC, topic),
                            List.of(new AlterConfigOp(new ConfigEntry(setting, value), AlterConfigOp.OpType.SET))))
                    .all()
                    .get();
        }
    }

    private void heartbeat(Instant at) {
        try (EventPublisher publisher = new EventPublisher(run.bootstrap())) {
            publisher.heartbeat(at);
        }
    }

    private void letters(int count) {
        try (EventPublisher publisher = new EventPublisher(run.bootstrap())) {
            for (int i = 0; i < count; i++) {
                publisher.publish(new DeadLetter(
                        Stage.INTAKE,
                        "invalid.doctored",
                        "What is wrong, and what to do.",
                        "complaints.qlue-0@" + (100_000 + i),
                        new byte[] {1},
                        Instant.now()));
            }
        }
    }

    @Test
    void whatIsWellIsSaidAndWhatIsNotHasItsFinding() throws Exception {
        LivedMonth month = LivedMonth.of(3, 300);
        run.publish(month.pack());
        run.send(month.messages());
        run.intake();
        run.replay(month.asOf());
        run.queries().refresh("tanggap-*");

        Map<String, String> well = findings();
        assertThat(well.get("kafka")).startsWith("OK cluster ").contains("1 broker");
        assertThat(well.get("transactions")).startsWith("OK may stay open for ");
        assertThat(well.get("topics")).startsWith("OK all " + Topics.all().size());
        assertThat(well.get("reference"))
                .startsWith("OK newest pack " + month.pack().id());
        assertThat(well.get("elasticsearch")).startsWith("OK version ");
        assertThat(well.get("cluster")).startsWith("OK green");
        assertThat(well.get("templates")).startsWith("OK ");
        assertThat(well.get("generation")).startsWith("OK readers see 00000");
        // Nothing is live.
        assertThat(well.get("heartbeat")).startsWith("WARN none among");
        for (String job : List.of("intake", "responsiveness", "notification")) {
            assertThat(well.get(job + " lag")).startsWith("WARN no job has told in group tanggap-" + job);
        }
        assertThat(well.get("freshness")).startsWith("WARN ").contains("2017-1");
        assertThat(well).doesNotContainKeys("mapping", "leftovers", "write block", "clock", "broker clock");
        assertThat(well.values()).noneMatch(finding -> finding.startsWith("FAIL"));

        assertThat(doctor("--elasticsearch", run.elasticsearch())).isZero();
        assertThat(said.out().lines())
                .hasSizeGreaterThan(10)
                .anyMatch(line -> line.startsWith("WARN  heartbeat ") && line.contains(". To do: start tanggap intake"))
                .last()
                .asString()
                .endsWith("WARN, 0 FAIL");

        heartbeat(Instant.now().minus(Duration.ofMinutes(20)));
        assertThat(findings().get("heartbeat"))
                .startsWith("FAIL the latest is 20 min old")
                .contains("intake runs");
        heartbeat(Instant.now().plus(Duration.ofHours(1)));
        assertThat(findings().get("heartbeat")).startsWith("WARN the latest is 59 min ahead");

        // What the month had of dead letters is a share; with these it is more than one in ten of what came in.
        letters(Math.toIntExact(month.messages().size() / 8));
        assertThat(findings().get("dead letters"))
                .startsWith("FAIL ")
                .contains("invalid.doctored (100 of the last 100)");

        set(Topics.CASE_EVENTS, "retention.ms", "86400000");
        assertThat(findings().get("topics"))
                .startsWith("FAIL case-events has retention.ms=86400000 instead of -1")
                .contains("tanggap install");

        String feeds = run.queries()
                .get("/_index_template/tanggap-feeds")
                .at("/index_templates/0/index_template")
                .toString();
        run.queries().send("PUT", "/_index_template/tanggap-feeds", feeds.replace("\"boolean\"", "\"keyword\""));
        run.queries().send("DELETE", "/_index_template/tanggap-pairs", "");
        assertThat(findings().get("templates"))
                .contains(
                        "WARN tanggap-feeds is not as this version has it: template.mappings.properties.retracted.type")
                .contains("WARN tanggap-pairs is not as this version has it: all of it");

        String standings = index("tanggap-standings");
        run.queries().send("DELETE", "/" + standings, "");
        run.queries()
                .send(
                        "PUT",
                        "/" + standings,
                        "{\"aliases\":{\"tanggap-standings\":{}},\"mappings\":{\"dynamic\":false,\"properties\":{\"unit\":{\"type\":\"long\"}}}}");
        assertThat(findings()).satisfies(findings -> {
            // The template adds its fields to those that the index was made with.
            assertThat(findings.get("mapping")).startsWith("FAIL " + standings).contains("unit (long)", "reprocess");
        });

        run.queries().send("DELETE", "/" + index("tanggap-alerts"), "");
        assertThat(findings().get("generation")).startsWith("FAIL tanggap-alerts leads to nothing");

        try (Admin admin = Admin.create(Map.of("bootstrap.servers", run.bootstrap()))) {
            admin.deleteTopics(List.of(Topics.ofChannel("lapor"), Topics.REFERENCE))
                    .all()
                    .get();
        }
        assertThat(findings()).satisfies(findings -> {
            assertThat(findings.get("topics")).contains("FAIL missing: complaints.lapor, reference");
            assertThat(findings.get("reference")).startsWith("FAIL no pack is published");
        });

        assertThat(doctor("--elasticsearch", "http://127.0.0.1:1", "--flink", "127.0.0.1:1"))
                .isEqualTo(1);
        assertThat(said.out())
                .contains("FAIL  elasticsearch ", "nothing answers at http://127.0.0.1:1")
                .contains("FAIL  flink ", "nothing answers at 127.0.0.1:1")
                .contains("OK    kafka ");

        // The replay was a job of this name and is over.
        assertThat(findings("--flink", run.flink().address().getAuthority()))
                .hasEntrySatisfying("flink", finding -> assertThat(finding).startsWith("OK version 2."))
                .hasEntrySatisfying("job responsiveness", finding -> assertThat(finding)
                        .startsWith("WARN has read its input to the end"));
    }

    private String index(String alias) {
        return run.queries().get("/_alias/" + alias).fieldNames().next();
    }
}
