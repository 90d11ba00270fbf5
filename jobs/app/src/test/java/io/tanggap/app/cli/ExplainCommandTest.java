package io.tanggap.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tanggap.app.fixture.LivedMonth;
import io.tanggap.core.complaint.CaseEvent;
import io.tanggap.core.explain.Explanation;
import io.tanggap.core.lifecycle.CaseHistory;
import io.tanggap.core.reference.Reference;
import io.tanggap.flink.operator.KeyFile;
import io.tanggap.intake.channel.Channels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** {@code tanggap explain} over files, in this process. */
class ExplainCommandTest {
    private static final Path DESK = Path.of("src/test/resources/io/tanggap/app/cli/desk");
    private static final Path GOLDEN = DESK.resolve("explanation.txt");
    private static final String HOURS = "\\d+:\\d\\d(?::\\d\\d(?:\\.\\d{3})?)?";
    /** The two last columns of a table; what is in brackets was not counted. */
    private static final Pattern COUNTED = Pattern.compile(".* (" + HOURS + ") +(" + HOURS + ")");

    private static final Pattern MOMENT = Pattern.compile(" {4}= .* (DEADLINE|STOPPED|as of) +(" + HOURS + ")");
    private static final Pattern OF = Pattern.compile("; (" + HOURS + ") counted of (" + HOURS + ")");

    @TempDir
    Path directory;

    @RegisterExtension
    final Said said = new Said();

    private int explain(String caseId, String... options) {
        said.reset();
        List<String> line = new ArrayList<>(List.of("explain", caseId));
        line.addAll(List.of(options));
        return Tanggap.execute(Terminal.system(), line.toArray(String[]::new));
    }

    /** By the files of the desk. */
    private int explained(String caseId, String... more) {
        List<String> options = new ArrayList<>(List.of(
                "--input",
                DESK.resolve("events.csv").toString(),
                "--format",
                DESK.resolve("mapping.yaml").toString(),
                "--reference",
                DESK.resolve("pack").toString()));
        options.addAll(List.of(more));
        return explain(caseId, options.toArray(String[]::new));
    }

    /** {@code -Dgolden.update=true} writes the golden file, but never in CI: it is to be read, with a pencil. */
    @Test
    void aWholeExplanation() throws IOException {
        assertThat(explained("qlue:Q-118233", "--as-of", "2017-12-20"))
                .as("%s", said.err())
                .isZero();
        if (Boolean.getBoolean("golden.update")) {
            assertThat(System.getenv("CI")).as("golden files are looked at").isNull();
            Files.writeString(GOLDEN, said.out());
        }
        assertThat(GOLDEN).as("run once with -Dgolden.update=true").exists();
        assertThat(said.out()).isEqualTo(Files.readString(GOLDEN));
        assertThat(said.out().lines()).allMatch(line -> line.length() <= 100);
        assertThat(said.err()).as("beside the explanation").contains("Read        24 events from 24 records");
    }

    @Test
    void whoeverAddsTheLinesUpFindsTheSumsAndTheVerdict() {
        for (String caseId : List.of("qlue:Q-118233", "qlue:Q-118234", "qlue:Q-118235")) {
            assertThat(explained(caseId, "--as-of", "2017-12-20")).isZero();
            Duration sum = Duration.ZERO;
            Duration stopped = Duration.ZERO;
            Duration deadline = Duration.ZERO;
            int rows = 0;
            int verdicts = 0;
            String text = said.out().replaceAll("\n {18}", " ");
            for (String line : text.lines().toList()) {
                Matcher counted = COUNTED.matcher(line);
                Matcher moment = MOMENT.matcher(line);
                Matcher of = OF.matcher(line);
                if (line.startsWith("Clock ")) {
                    sum = Duration.ZERO;
                } else if (moment.matches()) {
                    assertThat(duration(moment.group(2))).as(line).isEqualTo(sum);
                    stopped = moment.group(1).equals("STOPPED") ? sum : stopped;
                    deadline = moment.group(1).equals("DEADLINE") ? sum : deadline;
                } else if (line.startsWith("    ") && counted.matches()) {
                    sum = sum.plus(duration(counted.group(1)));
                    assertThat(duration(counted.group(2))).as(line).isEqualTo(sum);
                    rows++;
                } else if (line.startsWith("  Verdict") && of.find()) {
                    assertThat(duration(of.group(1))).as(line).isEqualTo(stopped);
                    assertThat(duration(of.group(2))).as(line).isEqualTo(deadline);
                    verdicts++;
                }
            }
            assertThat(rows).as(caseId).isGreaterThan(4);
            assertThat(verdicts).as(caseId).isGreaterThanOrEqualTo(2);
        }
    }

    private static Duration duration(String hours) {
        String[] parts = hours.split(":");
        Duration duration = Duration.ofHours(Long.parseLong(parts[0])).plusMinutes(Long.parseLong(parts[1]));
        return parts.length == 2 ? duration : duration.plusMillis(Math.round(1000 * Double.parseDouble(parts[2])));
    }

    @Test
    void whatIsHandedOnLateIsInheritedUnlessTheGiverHadToDecideBefore() throws IOException {
        assertThat(explained("qlue:Q-118233", "--as-of", "2017-12-20")).isZero();
        assertThat(said.out().replaceAll("\n {18}", " "))
                .contains(
                        "when 21:50 of 28:20 were used, 77.1 %: 75 %",
                        "(HANDOVER, Tue 2017-11-28 07:50), so the miss is the giver's")
                .doesNotContain("INHERITED");

        Path pack = Files.createDirectories(directory.resolve("pack"));
        try (Stream<Path> files = Files.list(DESK.resolve("pack"))) {
            for (Path file : files.toList()) {
                Files.writeString(
                        pack.resolve(file.getFileName()),
                        Files.readString(file).replace("handover-6h,handover,,,,PT6H", "handover-5wd,handover,,,,P5D"));
            }
        }
        assertThat(explain(
                        "qlue:Q-118233",
                        "--input",
                        DESK.resolve("events.csv").toString(),
                        "--format",
                        DESK.resolve("mapping.yaml").toString(),
                        "--reference",
                        pack.toString(),
                        "--as-of",
                        "2017-12-20"))
                .isZero();
        assertThat(said.out().replaceAll("\n {18}", " "))
                .contains("CRM (in force)  sudin-bm, INHERITED: sudin-bm came to answer Mon 2017-12-04 09:30");
    }

    /** Whatever a city does and its channels tell, at whatever time somebody asks. */
    @Test
    void everyCaseOfALivedMonthHasAnExplanation() throws IOException {
        LivedMonth month = LivedMonth.of(5, 150);
        Reference reference = Reference.of(List.of(month.pack()));
        Channels channels = new Channels(reference, KeyFile.NONE.pseudonyms());
        Map<String, List<CaseEvent>> cases = new TreeMap<>();
        month.messages().forEach(message -> channels.admit(
                        message.channel(), message.json(), Instant.ofEpochMilli(message.sentAtMillis()))
                .events()
                .forEach(event -> cases.computeIfAbsent(event.caseId(), id -> new ArrayList<>())
                        .add(event)));
        int explained = 0;
        for (List<CaseEvent> events : cases.values()) {
            for (int days : List.of(0, 10, 20, 40)) {
                CaseHistory history = CaseHistory.of(events);
                Optional<Explanation> explanation =
                        Explanation.of(history, reference, month.asOf().minus(Duration.ofDays(days)));
                if (explanation.isPresent()) {
                    assertThat(new ExplanationText(explanation.get(), reference).lines("as asked", "a test"))
                            .hasSizeGreaterThan(20)
                            .allMatch(line -> line.length() <= 100)
                            .noneMatch(line -> line.contains("null"));
                    explained++;
                }
            }
        }
        assertThat(explained).isGreaterThan(200);
    }

    @Test
    void withoutAnAsOfTheNewestEventIsSeenAndItIsSaidSo() {
        assertThat(explained("qlue:Q-118233")).isZero();
        assertThat(said.out())
                .contains("As of           Thu 2017-12-21 09:00:00.001, just after the newest event", "16 seen")
                .doesNotContain("not yet seen");
    }

    @Test
    void aCaseThatIsNotThereIsToldWithTheNearest() {
        assertThat(explained("qlue:Q-118324")).isEqualTo(Tanggap.FAILED);
        assertThat(said.err())
                .contains(
                        "there is no event of case qlue:Q-118324 in the input",
                        "The nearest of 3 cases there is 'qlue:Q-118234'",
                        "tanggap dead-letters");
        assertThat(said.out()).isEmpty();
        assertThat(explained("Q-118233")).isEqualTo(Tanggap.WRONG_USE);
        assertThat(said.err()).contains("'Q-118233' is no id of a case", "qlue:Q-118233");
    }

    @Test
    void anAsOfBeforeTheFirstEventIsToldWithItsTime() {
        assertThat(explained("qlue:Q-118235", "--as-of", "2017-11-28")).isEqualTo(Tanggap.FAILED);
        assertThat(said.err())
                .contains(
                        "case qlue:Q-118235 has no event before the as-of, 2017-11-28 00:00:00 Asia/Jakarta (by --as-of)",
                        "its first one is of 2017-11-28 08:00:00 Asia/Jakarta; name a later --as-of");
    }

    @Test
    void whereTheCaseIsHasToBeSaidOnce() {
        assertThat(explain("qlue:Q-1")).isEqualTo(Tanggap.WRONG_USE);
        assertThat(said.err()).contains("say where the cases are", "--bootstrap-servers", "--input");
        assertThat(explained("qlue:Q-1", "--bootstrap-servers", "127.0.0.1:1")).isEqualTo(Tanggap.WRONG_USE);
        assertThat(said.err()).contains("say where the cases are");
        assertThat(explain("qlue:Q-1", "--bootstrap-servers", "127.0.0.1:1", "--format", "boston-311"))
                .isEqualTo(Tanggap.WRONG_USE);
        assertThat(said.err()).contains("there is no --input");
        assertThat(explain("qlue:Q-1", "--input", DESK.resolve("events.csv").toString()))
                .isEqualTo(Tanggap.WRONG_USE);
        assertThat(said.err()).contains("--format is missing");
        assertThat(explain("qlue:Q-1", "--bootstrap-servers", "no.such.host.invalid:1"))
                .isEqualTo(Tanggap.FAILED);
    }

    @Test
    void aPackThatCannotBeUsedIsToldBeforeAnythingIsRead() throws IOException {
        assertThat(explained("qlue:Q-1", "--reference", "jakrta")).isEqualTo(Tanggap.WRONG_USE);
        Path pack = Files.createDirectories(directory.resolve("pack"));
        Files.writeString(pack.resolve("pack.yaml"), "id: x\n");
        assertThat(explain("qlue:Q-1", "--bootstrap-servers", "127.0.0.1:1", "--reference", pack.toString()))
                .isEqualTo(Tanggap.WRONG_USE);
        assertThat(said.err()).contains("cannot be used", "pack.yaml");
    }

    @Test
    void thereIsHelp() {
        assertThat(explain("--help")).isZero();
        assertThat(said.out()).contains("Usage: tanggap explain", "CASE", "--bootstrap-servers", "--input", "--as-of");
    }
}
