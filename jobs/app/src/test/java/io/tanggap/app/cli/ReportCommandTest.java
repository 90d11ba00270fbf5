package io.tanggap.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tanggap.app.fixture.LivedMonth;
import io.tanggap.core.complaint.CaseEvent;
import io.tanggap.core.lifecycle.CaseFold;
import io.tanggap.core.lifecycle.CaseHistory;
import io.tanggap.core.lifecycle.CaseView;
import io.tanggap.core.measure.Contributions;
import io.tanggap.core.measure.Count;
import io.tanggap.core.measure.Role;
import io.tanggap.core.measure.Rule;
import io.tanggap.core.reference.Reference;
import io.tanggap.core.report.Answer;
import io.tanggap.core.report.Compilation;
import io.tanggap.core.report.ReportCard;
import io.tanggap.core.report.Terms;
import io.tanggap.flink.operator.KeyFile;
import io.tanggap.intake.Mapping;
import io.tanggap.intake.Places;
import io.tanggap.intake.Replay;
import io.tanggap.intake.channel.Channels;
import io.tanggap.reference.PackDirectory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** {@code tanggap report} over an invented file of Boston's form, in this process. */
class ReportCommandTest {
    private static final Path GOLDEN = Path.of("src/test/resources/io/tanggap/app/cli/report");
    private static final Instant AS_OF = Instant.parse("2011-12-01T05:00:00Z");
    private static final List<String> PLACES = List.of("Back Bay", "Charlestown", "Dorchester", "Mattapan", "Roxbury");
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path directory;

    @RegisterExtension
    final Said said = new Said();

    private Path requests = Path.of("");

    /** Requests of half a year with five days each; the later in the list of places, the longer it takes. */
    @BeforeEach
    void invent() throws IOException {
        Random random = new Random(311);
        DateTimeFormatter times = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);
        List<String> reasons = List.of("Highway Maintenance", "Street Lights", "Graffiti", "Sanitation");
        StringBuilder csv = new StringBuilder(
                "case_enquiry_id,open_dt,target_dt,closed_dt,closure_reason,reason,department,neighborhood,source\n");
        for (int i = 0; i < 2000; i++) {
            int place = random.nextInt(PLACES.size());
            LocalDateTime opened = LocalDateTime.parse("2011-07-05T08:00:00").plusMinutes(random.nextInt(180 * 1440));
            LocalDateTime closed = opened.plusSeconds(random.nextInt((6 + 3 * place) * 86_400));
            csv.append(String.format(
                    Locale.ROOT,
                    "%d,%s,%s,%s,,%s,%s,%s,%s%n",
                    1000 + i,
                    times.format(opened),
                    times.format(opened.plusDays(5)),
                    random.nextInt(12) == 0 ? "" : times.format(closed),
                    reasons.get(random.nextInt(reasons.size())),
                    random.nextInt(3) > 0 ? "PWDx" : "BTDT",
                    PLACES.get(place),
                    random.nextBoolean() ? "Twitter" : "Constituent Call"));
        }
        requests = Files.writeString(directory.resolve("requests.csv"), csv);
    }

    private int tanggap(String... arguments) {
        said.reset();
        return Tanggap.execute(Terminal.system(), arguments);
    }

    private String[] files(String... options) {
        List<String> line =
                new ArrayList<>(List.of("report", "--input", requests.toString(), "--format", "boston-311"));
        line.addAll(List.of("--reference", "boston"));
        line.addAll(List.of(options));
        return line.toArray(String[]::new);
    }

    private int october(String... options) {
        List<String> all =
                new ArrayList<>(List.of("--from", "2011-10-01", "--to", "2011-11-01", "--as-of", "2011-12-01"));
        all.addAll(List.of(options));
        return tanggap(files(all.toArray(String[]::new)));
    }

    /** {@code -Dgolden.update=true} writes the golden file, but never in CI: it is to be read. */
    private void isGolden(String name) throws IOException {
        Path file = GOLDEN.resolve(name);
        if (Boolean.getBoolean("golden.update")) {
            assertThat(System.getenv("CI")).as("golden files are looked at").isNull();
            Files.createDirectories(GOLDEN);
            Files.writeString(file, said.out());
        }
        assertThat(file).as("run once with -Dgolden.update=true").exists();
        assertThat(said.out()).isEqualTo(Files.readString(file));
        assertThat(said.out().lines()).allMatch(line -> line.length() <= 100).noneMatch(line -> line.contains("null"));
    }

    @Test
    void theCardOfAMonth() throws IOException {
        assertThat(october("--rule", "CROP")).as("%s", said.err()).isZero();
        isGolden("city.txt");
    }

    @Test
    void aFileThatEndsNoCaseIsSaidToEndNone() throws IOException {
        assertThat(october()).isZero();
        assertThat(said.err()).doesNotContain("No event of this input ends a case");

        String open = Files.readString(requests).replaceAll("(?m)^(\\d+,[^,]*,[^,]*),[^,]*,", "$1,,");
        Files.writeString(requests, open);

        assertThat(october()).isZero();
        assertThat(said.err()).contains("No event of this input ends a case");
    }

    @Test
    void everyFigureOfAUnit() throws IOException {
        assertThat(october("--rule", "CROP", "--unit", "Roxbury"))
                .as("%s", said.err())
                .isZero();
        isGolden("unit.txt");
    }

    @Test
    void figuresOfPlacesAreThoseOfSeparateFolds() throws IOException {
        Path json = directory.resolve("card.json");
        assertThat(october("--json", json.toString())).isZero();
        Map<String, Long> received = new TreeMap<>();
        Map<String, Long> missed = new TreeMap<>();
        long first = LocalDate.parse("2011-10-01").toEpochDay();
        long end = LocalDate.parse("2011-11-01").toEpochDay();
        for (CaseView view : folded()) {
            Contributions.of(view).forEach((cell, tally) -> {
                if (cell.role() == Role.TERRITORY && first <= cell.day() && cell.day() < end) {
                    received.merge(cell.unit(), tally.get(Count.RECEIVED), Long::sum);
                    missed.merge(
                            cell.unit(),
                            tally.get(Count.DUE_MISSED_LATE) + tally.get(Count.DUE_MISSED_OPEN),
                            Long::sum);
                }
            });
        }
        JsonNode card = JSON.readTree(json.toFile());
        int places = 0;
        for (JsonNode row : card.path("figures")) {
            String unit = row.path("unit").asText();
            if (row.path("role").asText().equals("TERRITORY") && received.containsKey(unit)) {
                assertThat(row.path("figures").path("counts.received").asLong()).isEqualTo(received.get(unit));
                assertThat(row.path("figures").path("counts.due_missed").asLong())
                        .isEqualTo(missed.get(unit));
                places++;
            }
        }
        assertThat(places).isEqualTo(PLACES.size());
        assertThat(card.path("known_at").isNull()).as("files do not say").isTrue();
        assertThat(card.path("leagues").findValuesAsText("seed")).isNotEmpty();
    }

    private List<CaseView> folded() {
        Map<String, List<CaseEvent>> events = new TreeMap<>();
        Replay.read(
                requests,
                Mapping.shipped("boston-311"),
                Places.declared(),
                AS_OF,
                event -> events.computeIfAbsent(event.caseId(), id -> new ArrayList<>())
                        .add(event),
                letter -> {},
                bytes -> {});
        Reference reference = Reference.of(
                List.of(Objects.requireNonNull(PackDirectory.builtIn("boston").pack())));
        return events.values().stream()
                .map(one -> CaseFold.fold(CaseHistory.of(one), reference, AS_OF).view())
                .filter(Objects::nonNull)
                .toList();
    }

    @Test
    void aFrozenCardIsMadeAgainFromFilesInAnyOrder() throws Exception {
        Path frozen = directory.resolve("frozen.json");
        assertThat(october("--freeze", frozen.toString())).isZero();
        JsonNode root = JSON.readTree(frozen.toFile());
        String hash = root.path("sha256").asText();
        assertThat(said.out()).endsWith("Frozen in " + frozen + ", SHA-256 " + hash + "\n");
        byte[] canonical = (CardJson.canonical(root.path("card"), false) + "\n").getBytes(StandardCharsets.UTF_8);
        assertThat(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(canonical)))
                .isEqualTo(hash);

        List<String> lines = new ArrayList<>(Files.readAllLines(requests));
        List<String> records = lines.subList(1, lines.size());
        Collections.shuffle(records, new Random(1));
        records.addAll(List.copyOf(records.subList(0, 100)));
        Files.write(requests, lines);
        assertThat(tanggap(files("--check", frozen.toString()))).as("%s", said).isZero();
        assertThat(said.out())
                .contains("The hash fits the content: SHA-256 " + hash, "Every figure is reproduced: ")
                .doesNotContain("differ");
    }

    @Test
    void whatWasChangedInAFrozenCardIsTold() throws IOException {
        Path frozen = directory.resolve("frozen.json");
        assertThat(october("--freeze", frozen.toString())).isZero();
        String text = Files.readString(frozen);
        int at = text.indexOf("\"counts.received\":");
        Files.writeString(frozen, text.substring(0, at) + "\"counts.received\":9" + text.substring(at + 18));

        assertThat(tanggap(files("--check", frozen.toString()))).isEqualTo(Tanggap.FAILED);
        assertThat(said.out())
                .contains(
                        "The file was changed after it was frozen: it states SHA-256 ",
                        "1 of ",
                        "counts.received: frozen 9");
    }

    @Test
    void whatIsKnownOtherwiseNowIsToldFigureByFigure() throws IOException {
        Path frozen = directory.resolve("frozen.json");
        assertThat(october("--freeze", frozen.toString())).isZero();
        List<String> lines = new ArrayList<>(Files.readAllLines(requests));
        lines.add("9000,2011-10-05 10:00:00,2011-10-10 10:00:00,,,Graffiti,PWDx,Roxbury,Twitter");
        Files.write(requests, lines);

        assertThat(tanggap(files("--check", frozen.toString()))).isEqualTo(Tanggap.FAILED);
        assertThat(said.out())
                .contains("The hash fits the content", " values differ:", "  events | sha256: frozen ")
                .containsPattern("figures \\| CROP TERRITORY [^|]+ \\| counts.received: frozen \\d+, now \\d+");
    }

    @Test
    void whatIsFrozenIsNotWrittenOver() throws IOException {
        Path frozen = Files.writeString(directory.resolve("frozen.json"), "mine");
        assertThat(october("--freeze", frozen.toString())).isEqualTo(Tanggap.WRONG_USE);
        assertThat(said.err()).contains("there is such a file", "name another one");
        assertThat(frozen).hasContent("mine");
    }

    @Test
    void aCardIsOfOneChannelOrOneGroupIfToldSo() {
        assertThat(october("--channel", "twitter")).as("%s", said.err()).isZero();
        assertThat(said.out()).contains("channel twitter alone");
        assertThat(october("--channel", "fax")).isEqualTo(Tanggap.FAILED);
        assertThat(said.err()).contains("no case is of channel 'fax'");
        assertThat(october("--channel", "twitter", "--category-group", "streets"))
                .isEqualTo(Tanggap.WRONG_USE);
        assertThat(said.err()).contains("leave one out");
    }

    /** The latest of each at the last midnight; what is asked twice is told once. */
    @Test
    void windowsAreTheLatestByTheAsOf() {
        assertThat(tanggap(files(
                        "--window",
                        "MONTH",
                        "--window",
                        "ROLLING_30",
                        "--window",
                        "QUARTER",
                        "--window",
                        "MONTH",
                        "--as-of",
                        "2011-12-01")))
                .as("%s", said.err())
                .isZero();
        assertThat(said.out())
                .containsSubsequence(
                        "2011-11-01 until before 2011-12-01",
                        "2011-11-01 until before 2011-12-01",
                        "2011-10-01 until before 2012-01-01");
        assertThat(said.out().split("Report card")).hasSize(4);
        assertThat(tanggap(files("--window", "MONTH", "--window", "ROLLING_7", "--as-of", "2011-12-02T13:00")))
                .isZero();
        assertThat(said.out())
                .containsSubsequence("2011-12-01 until before 2012-01-01", "2011-11-25 until before 2011-12-02");
    }

    @Test
    void everyRuleHasACard() {
        for (String rule : List.of("CROP", "CRM", "SHARE", "ORIGIN")) {
            assertThat(october("--rule", rule)).as("%s", said.err()).isZero();
            assertThat(said.out()).contains("rule " + rule).doesNotContain("null");
            assertThat(said.out().lines()).allMatch(line -> line.length() <= 100);
        }
    }

    /** Names of every length, levels of every kind, and hand-overs. */
    @Test
    void theCardsOfALivedMonthFitThePage() throws IOException {
        LivedMonth month = LivedMonth.of(5, 1500);
        Compilation compilation = new Compilation(
                new Terms(LocalDate.parse("2017-11-01"), LocalDate.parse("2017-12-01"), month.asOf(), null, null, null),
                List.of(month.pack()));
        Channels channels = new Channels(compilation.reference(), KeyFile.NONE.pseudonyms());
        Map<String, List<CaseEvent>> cases = new TreeMap<>();
        month.messages().forEach(message -> channels.admit(
                        message.channel(), message.json(), Instant.ofEpochMilli(message.sentAtMillis()))
                .events()
                .forEach(event -> cases.computeIfAbsent(event.caseId(), id -> new ArrayList<>())
                        .add(event)));
        cases.values().forEach(events -> compilation.add(CaseHistory.of(events)));
        ReportCard card = compilation.card();
        int pages = 0;
        for (Rule rule : Rule.values()) {
            for (String level : card.levels(rule).keySet()) {
                fits(new ReportText(card, rule, "as asked", month.asOf(), true).lines(level));
                pages++;
            }
        }
        for (Answer answer : card.answers()) {
            if (answer.unit().hashCode() % 10 == 0 && answer.equals(Answer.under(answer.rule(), answer.unit()))) {
                fits(new ReportText(card, answer.rule(), "as asked", month.asOf(), true)
                        .lines(answer, card.level(answer.unit())));
                pages++;
            }
        }
        assertThat(pages).isGreaterThan(30);
    }

    private static void fits(List<String> page) {
        assertThat(page)
                .hasSizeGreaterThan(12)
                .allMatch(line -> line.length() <= 100)
                .noneMatch(line -> line.contains("null"));
    }

    @Test
    void whatDoesNotFitIsTold() throws IOException {
        assertThat(tanggap(files())).isEqualTo(Tanggap.WRONG_USE);
        assertThat(said.err()).contains("say of which period: --period 2017-11; or --from DAY --to DAY");
        assertThat(tanggap(files("--from", "2011-10-01", "--to", "2011-10-01"))).isEqualTo(Tanggap.WRONG_USE);
        assertThat(said.err()).contains("--from 2011-10-01 is not before --to 2011-10-01");
        assertThat(tanggap(files("--from", "October", "--to", "2011-10-01"))).isEqualTo(Tanggap.WRONG_USE);
        assertThat(said.err()).contains("--from October is no day");
        assertThat(tanggap(files("--from", "2011-12-01", "--to", "2011-12-02", "--as-of", "2011-12-01")))
                .isEqualTo(Tanggap.WRONG_USE);
        assertThat(said.err()).contains("--from 2011-12-01 has not begun at the as-of", "a later --as-of");
        assertThat(october("--known-at", "2011-12-01")).isEqualTo(Tanggap.WRONG_USE);
        assertThat(said.err()).contains("files do not say when they learned what they say");
        assertThat(october("--level", "kelurahan")).isEqualTo(Tanggap.WRONG_USE);
        assertThat(said.err()).contains("--level kelurahan: no unit of this level", "nearest valid name");
        assertThat(october("--unit", "Roxburry", "--rule", "CROP")).isEqualTo(Tanggap.WRONG_USE);
        assertThat(said.err()).contains("--unit Roxburry answers for nothing under rule CROP", "'Roxbury'");
        assertThat(october("--rule", "FAIR")).isEqualTo(Tanggap.WRONG_USE);
        assertThat(said.err()).contains("CROP, CRM, SHARE, ORIGIN");
        assertThat(tanggap(files("--from", "2001-10-01", "--to", "2001-11-01", "--as-of", "2002-01-01")))
                .isEqualTo(Tanggap.FAILED);
        assertThat(said.err()).contains("no case has an event that occurred before 2002-01-01", "a later --as-of");
        assertThat(october("--window", "MONTH")).isEqualTo(Tanggap.WRONG_USE);
        assertThat(said.err()).contains("leave out the one or the other");
        assertThat(tanggap(files("--window", "MONTH", "--window", "WEEK", "--json", "card.json")))
                .isEqualTo(Tanggap.WRONG_USE);
        assertThat(said.err()).contains("--json with several windows: one file holds one card");
        assertThat(october("--publish")).isEqualTo(Tanggap.WRONG_USE);
        assertThat(said.err()).contains("--publish: say where, --elasticsearch URL");
        assertThat(october("--elasticsearch", "http://127.0.0.1:1")).isEqualTo(Tanggap.WRONG_USE);
        assertThat(said.err()).contains("nothing is written there without --publish");
        assertThat(october("--publish", "--elasticsearch", "http://127.0.0.1:1"))
                .isEqualTo(Tanggap.WRONG_USE);
        assertThat(said.err()).contains("--publish with --input", "name the Kafka");
        assertThat(tanggap("report", "--from", "2011-10-01", "--to", "2011-11-01"))
                .isEqualTo(Tanggap.WRONG_USE);
        assertThat(said.err()).contains("say where the cases are");
    }

    @Test
    void aFileThatIsNoFrozenCardIsRefused() throws IOException {
        assertThat(tanggap(files("--check", directory.resolve("none").toString())))
                .isEqualTo(Tanggap.WRONG_USE);
        assertThat(said.err()).contains("there is no such file");
        assertThat(tanggap(files("--check", requests.toString()))).isEqualTo(Tanggap.WRONG_USE);
        assertThat(said.err()).contains("is no JSON, line 1");
        Path other = Files.writeString(directory.resolve("other.json"), "{\"card\":1}");
        assertThat(tanggap(files("--check", other.toString()))).isEqualTo(Tanggap.WRONG_USE);
        assertThat(said.err()).contains("has no card and sha256");
        Files.writeString(other, "{\"card\":{\"format\":99},\"sha256\":\"\"}");
        assertThat(tanggap(files("--check", other.toString()))).isEqualTo(Tanggap.WRONG_USE);
        assertThat(said.err()).contains("is of format 99");
        Files.writeString(other, "{\"card\":{\"format\":1,\"from\":\"then\",\"to\":\"2011-10-01\"},\"sha256\":\"\"}");
        assertThat(tanggap(files("--check", other.toString()))).isEqualTo(Tanggap.WRONG_USE);
        assertThat(said.err()).contains("does not say of when it is", "The file was changed");
    }

    @Test
    void aCheckTakesItsTermsFromTheCardAlone() throws IOException {
        Path frozen = directory.resolve("frozen.json");
        assertThat(october("--freeze", frozen.toString())).isZero();
        for (List<String> option : List.of(
                List.of("--from", "2011-10-01"),
                List.of("--as-of", "2011-12-01"),
                List.of("--rule", "CRM"),
                List.of("--window", "MONTH"),
                List.of("--publish"),
                List.of("--freeze", "other.json"))) {
            List<String> line = new ArrayList<>(option);
            line.addAll(List.of("--check", frozen.toString()));
            assertThat(tanggap(files(line.toArray(String[]::new)))).isEqualTo(Tanggap.WRONG_USE);
            assertThat(said.err()).contains(option.get(0) + " with --check", "the frozen card itself says");
        }
        assertThat(tanggap("report", "--check", frozen.toString(), "--bootstrap-servers", "127.0.0.1:1"))
                .isEqualTo(Tanggap.WRONG_USE);
        assertThat(said.err()).contains("was made of files: name them by --input and --format");
    }

    @Test
    void helpSaysHowTheHashIsComputed() {
        assertThat(tanggap("report", "--help")).isZero();
        assertThat(said.out())
                .contains("Usage: tanggap report", "jq -cS .card FILE | sha256sum", "--known-at", "TANGGAP_HEAP");
    }
}
