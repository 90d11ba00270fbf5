package io.tanggap.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tanggap.app.fixture.JobRun;
import io.tanggap.app.fixture.LivedMonth;
import io.tanggap.core.complaint.DeadLetter;
import io.tanggap.core.complaint.DeadLetter.Stage;
import io.tanggap.elasticsearch.Indices;
import io.tanggap.flink.io.DeadLetterLog;
import io.tanggap.flink.io.EventPublisher;
import io.tanggap.flink.io.Topics;
import io.tanggap.testkit.EmbeddedServers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What a request to erase takes away, and what it leaves alone. */
@ExtendWith(EmbeddedServers.class)
class EraseIT {
    private static final Instant SEEN = Instant.parse("2017-11-25T02:00:00Z");

    @TempDir
    Path directory;

    @RegisterExtension
    final Said said = new Said();

    private JobRun run;

    @BeforeEach
    void start(EmbeddedServers servers) throws Exception {
        run = JobRun.start(servers, directory);
    }

    @AfterEach
    void stop() {
        run.close();
    }

    private int erase(String... arguments) {
        said.reset();
        List<String> line = new ArrayList<>(List.of("erase", "--bootstrap-servers", run.bootstrap()));
        line.addAll(List.of(arguments));
        return Tanggap.execute(Terminal.system(), line.toArray(String[]::new));
    }

    private static DeadLetter letter(Stage stage, String origin, String bytes) {
        return new DeadLetter(
                stage, "malformed.json", "What is wrong.", origin, bytes.getBytes(StandardCharsets.UTF_8), SEEN);
    }

    private List<DeadLetter> letters() {
        List<DeadLetter> letters = new ArrayList<>();
        try (DeadLetterLog log = DeadLetterLog.open(run.bootstrap())) {
            log.forEach(stored -> letters.add(stored.letter()));
        }
        return letters;
    }

    @Test
    void lettersThatNameTheCaseAreErasedAndNoOthers() throws Exception {
        DeadLetter own = letter(Stage.INTAKE, "complaints.lapor-0@1", "{\"tracking_id\": \"11\", \"waktu\": \"x\"}");
        DeadLetter number =
                letter(Stage.INTAKE, "complaints.crm-0@1", "{\"case\": {\"channel\": \"lapor\", \"id\": 11}}");
        DeadLetter cut = letter(Stage.INTAKE, "complaints.lapor-0@2", "{\"tracking_id\":\"11");
        DeadLetter row = letter(Stage.REPLAY, "lapor.csv:12:waktu", "11,Budi,yesterday");
        DeadLetter dated = letter(
                Stage.INTAKE, "complaints.lapor-0@3", "{\"tracking_id\": \"12\", \"waktu\": \"2017-11-24T08:00:00Z\"}");
        DeadLetter elsewhere = letter(Stage.INTAKE, "complaints.qlue-0@1", "{\"report_id\": \"11\"}");
        try (EventPublisher publisher = new EventPublisher(run.bootstrap())) {
            List.of(own, number, cut, row, dated, elsewhere).forEach(publisher::publish);
        }

        assertThat(erase("lapor:11", "--dry-run")).isZero();
        assertThat(said.toString())
                .contains("4 dead letters that name it", "complaints.lapor-0@1", "lapor.csv:12:waktu")
                .doesNotContain("complaints.lapor-0@3");
        assertThat(letters()).hasSize(6);
        assertThat(run.size(Topics.ERASURES)).isZero();

        assertThat(erase("lapor:11")).isZero();
        assertThat(letters()).containsExactly(dated, elsewhere);
        assertThat(run.size(Topics.ERASURES)).isEqualTo(1);
        assertThat(erase("lapro:11")).isEqualTo(Tanggap.WRONG_USE);
        assertThat(said.toString()).contains("'lapro' is no channel that intake knows", "lapor");
        assertThat(erase("lapor")).isEqualTo(Tanggap.WRONG_USE);
        assertThat(said.toString()).contains("'lapor' is no id of a case");
    }

    @Test
    void anErasureChangesNoFigureAndAMistypedOneMakesNoCase() throws Exception {
        LivedMonth month = LivedMonth.of(3, 100);
        run.publish(month.pack());
        run.send(month.messages());
        run.intake();
        run.replay(month.asOf());
        int cases = run.documents().of(Indices.Kind.CASES).size();
        var cells = run.documents().of(Indices.Kind.CELLS);

        assertThat(erase(month.truths().get(0).caseId(), "qlue:Q-0")).isZero();
        run.intake();
        run.forgetDocuments();
        run.replay(Instant.now());
        assertThat(run.documents().of(Indices.Kind.CASES)).hasSize(cases);
        run.forgetDocuments();
        run.replay(month.asOf());
        assertThat(run.documents().of(Indices.Kind.CELLS)).isEqualTo(cells);
    }
}
