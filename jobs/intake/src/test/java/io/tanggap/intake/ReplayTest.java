package io.tanggap.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tanggap.core.complaint.Actor;
import io.tanggap.core.complaint.CaseEvent;
import io.tanggap.core.complaint.DeadLetter;
import io.tanggap.core.complaint.Outcome;
import io.tanggap.core.complaint.Payload;
import io.tanggap.core.complaint.Placing;
import io.tanggap.core.complaint.TimeNote;
import io.tanggap.core.complaint.Visibility;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplayTest {
    private static final String MAPPING = """
            records: {format: csv}
            nulls: ["?"]
            zone: America/New_York
            times: ["yyyy-MM-dd HH:mm", iso]
            channel: {column: via, map: {Phone: phone, Web: web}, otherwise: reject, ignore_case: true}
            case: id
            events:
              - type: Closed
                at: closed
                when: {column: closed, present: true}
                outcome:
                  column: how
                  prefix: {Case: UNABLE, Case Resolved: FIXED}
                  map: {Case: DUPLICATE}
                  otherwise: UNKNOWN
                  absent: UNKNOWN
              - type: Submitted
                at: opened
                sequence: 0
                holder: {column: desk, absent: NOBODY}
                territory: area
                deadline: due
            reference: {city: lindenau, stale_after: 14d}
            """;
    private static final String HEADER = "id,via,opened,due,closed,how,desk,area\n";
    private static final String GOOD =
            "1,Phone,2011-07-01 01:32,2011-07-05 01:00,2011-07-02 10:00,Case Resolved ok,PW,North";

    @TempDir
    Path directory;

    private Mapping mapping;

    @BeforeEach
    void readMapping() throws IOException {
        mapping = Replayed.mapping(directory, MAPPING);
    }

    private Replayed csv(String... lines) throws IOException {
        return Replayed.of(directory, "in.csv", HEADER + String.join("\n", lines), mapping);
    }

    private Replayed json(String format, String text) throws IOException {
        Mapping json = Replayed.mapping(directory, MAPPING.replace("{format: csv}", "{format: " + format + "}"));
        return Replayed.of(directory, "in.json", text, json);
    }

    private static void assertAccounted(Replayed replayed) {
        long dead = replayed.summary().deadLetters().values().stream()
                .mapToLong(Long::longValue)
                .sum();
        long cases = replayed.events().stream()
                .filter(event -> event.payload() instanceof Payload.Submitted)
                .count();
        assertThat(dead).isEqualTo(replayed.deadLetters().size());
        assertThat(replayed.summary().records()).isEqualTo(replayed.summary().skipped() + dead + cases);
        assertThat(replayed.summary().events()).isEqualTo(replayed.events().size());
    }

    @Test
    void aRecordBecomesItsEvents() throws IOException {
        Replayed replayed = csv(GOOD);

        assertThat(replayed.events())
                .containsExactly(
                        CaseEvent.of(
                                "phone",
                                "1",
                                Instant.parse("2011-07-02T14:00:00Z"),
                                Replayed.INGESTED_AT,
                                1L,
                                Actor.OFFICER,
                                null,
                                Visibility.PUBLIC,
                                false,
                                TimeNote.EXACT,
                                new Payload.Closed(Outcome.FIXED)),
                        CaseEvent.of(
                                "phone",
                                "1",
                                Instant.parse("2011-07-01T05:32:00Z"),
                                Replayed.INGESTED_AT,
                                0L,
                                Actor.CITIZEN,
                                null,
                                Visibility.PUBLIC,
                                false,
                                TimeNote.EXACT,
                                new Payload.Submitted(null, "North", "PW", Instant.parse("2011-07-05T05:00:00Z"))));
        assertThat(replayed.summary().latestOccurrence()).isEqualTo(Instant.parse("2011-07-02T14:00:00Z"));
        assertAccounted(replayed);
    }

    @ParameterizedTest
    @CsvSource({"Case Resolved x, FIXED", "Case closed, UNABLE", "Case, DUPLICATE", "other, UNKNOWN", "?, UNKNOWN"})
    void aValueIsTranslatedWholeFirstThenByTheLongestBeginning(String text, Outcome outcome) throws IOException {
        Replayed replayed = csv("1,web,2011-07-01 01:32,,2011-07-02 10:00," + text + ",,");

        assertThat(replayed.events().get(0).payload()).isEqualTo(new Payload.Closed(outcome));
        assertThat(replayed.events().get(1).payload()).isEqualTo(new Payload.Submitted(null, null, "NOBODY", null));
    }

    @Test
    void anEndInTheRepeatedHourComesAfterItsStartWhateverTheOrderOfTheMapping() throws IOException {
        Replayed replayed = csv(
                "1,web,2011-11-06T01:20:00-05:00,,2011-11-06 01:30,,,", "2,web,2011-11-05 10:00,,2011-11-06 01:30,,,");

        assertThat(replayed.events())
                .extracting(event -> event.caseId() + " " + event.occurredAt() + " " + event.timeNote())
                .containsExactly(
                        "web:1 2011-11-06T06:30:00Z REPEATED_HOUR",
                        "web:1 2011-11-06T06:20:00Z EXACT",
                        "web:2 2011-11-06T05:30:00Z REPEATED_HOUR",
                        "web:2 2011-11-05T14:00:00Z EXACT");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "'1,Web,2011-07-01 01:32,,,,'                     | malformed.csv            | -",
                "'1,Web,2011-07-01 01:32,,,,,,x'                  | malformed.csv            | -",
                "'1,Web,\"2011-07-01 01:32,,,,,'                  | malformed.csv            | -",
                "'1,Web,\"2011-07-01\"x,,,,,'                     | malformed.csv            | -",
                "'1,Web,,,,,,'                                    | invalid.missing-required | opened",
                "'1,?,2011-07-01 01:32,,,,,'                      | invalid.missing-required | via",
                "' ,Web,2011-07-01 01:32,,,,,'                    | invalid.empty-id         | id",
                "'1,Web,2011-07-32 01:32,,,,,'                    | invalid.time             | opened",
                "'1,Web,2011-07-01 01:32,never,,,,'               | invalid.time             | due",
                "'1,Web,2011-07-01 01:32,,soon,,,'                | invalid.time             | closed",
                "'1,Fax,2011-07-01 01:32,,,,,'                    | invalid.unmapped-value   | via",
            })
    void aBadRecordIsOneDeadLetterAndTheNextIsRead(String bad, String reason, String column) throws IOException {
        Replayed replayed = csv(GOOD, bad, GOOD.replace("1,Phone", "2,Phone"));

        DeadLetter letter = replayed.deadLetters().get(0);
        assertThat(replayed.deadLetters()).hasSize(1);
        assertThat(replayed.events()).extracting(CaseEvent::sourceCaseId).containsExactly("1", "1", "2", "2");
        assertThat(letter.stage()).isEqualTo(DeadLetter.Stage.REPLAY);
        assertThat(letter.reason()).isEqualTo(reason);
        assertThat(letter.bytes()).asString().isEqualTo(bad);
        assertThat(letter.origin()).isEqualTo("in.csv:3" + (column == null ? "" : ":" + column));
        assertThat(letter.message())
                .startsWith("in.csv line 3" + (column == null ? ": " : ", column " + column + ": "))
                .doesNotContain("soon", "never", "Fax");
        assertThat(letter.firstSeenAt()).isEqualTo(Replayed.INGESTED_AT);
        assertThat(replayed.summary().deadLetters()).isEqualTo(Map.of(reason, 1L));
        assertAccounted(replayed);
    }

    @Test
    void theSummaryHasTheFirstMessageOfEveryReason() throws IOException {
        Replayed replayed =
                csv("1,Web,,,,,,", "2,Web,never,,,,,", "3,Web,2011-07-01 01:32,soon,,,,", GOOD, "4,Web,,,,,,");

        assertThat(replayed.summary().firstMessages())
                .containsOnlyKeys("invalid.missing-required", "invalid.time")
                .containsEntry(
                        "invalid.missing-required",
                        replayed.deadLetters().get(0).message())
                .containsEntry("invalid.time", replayed.deadLetters().get(1).message());
        assertThat(replayed.deadLetters().get(0).message())
                .endsWith(
                        "the time is needed; if it is empty while the event has not happened, add when: {column:"
                                + " opened, present: true}; where it has happened and only its time is not known, leave it as it is");
    }

    @Test
    void tooFewFieldsAndTooManyAreMendedInDifferentWays() throws IOException {
        assertThat(csv("1,Web,2011-07-01 01:32").deadLetters().get(0).message())
                .contains("it has 3 fields, but the file has 8 columns", "line end");
        assertThat(csv("1,Web,2011-07-01 01:32,,,,,,x").deadLetters().get(0).message())
                .contains("it has 9 fields, but the file has 8 columns; quote fields that hold the delimiter");
    }

    @Test
    void aClosingOnTheDayItIsDueIsNotLate() throws IOException {
        mapping = Replayed.mapping(directory, MAPPING.replace(", iso]", ", yyyy-MM-dd]"));

        Replayed replayed = csv("1,web,2011-07-01,2011-07-05,,,,");

        assertThat(replayed.events().get(0).occurredAt()).isEqualTo(Instant.parse("2011-07-01T04:00:00Z"));
        assertThat(((Payload.Submitted) replayed.events().get(0).payload()).resolutionDeadline())
                .isEqualTo(Instant.parse("2011-07-06T03:59:59.999Z"));
    }

    @Test
    void anImportSaysFromWhenItsCasesAreObserved() throws IOException {
        mapping = Replayed.mapping(directory, MAPPING.replace("deadline: due", "observed_from: due"));

        Replayed replayed = csv(
                "1,web,2011-07-01 01:32,2011-07-05 01:00,,,,",
                "2,web,2011-07-01 01:32,,,,,",
                "3,web,2011-07-01 01:32,soon,,,,");

        assertThat(replayed.events())
                .extracting(event -> ((Payload.Submitted) event.payload()).observedFrom())
                .containsExactly(Instant.parse("2011-07-05T05:00:00Z"), null);
        assertThat(replayed.deadLetters())
                .extracting(letter -> letter.origin() + " " + letter.reason())
                .containsExactly("in.csv:4:due invalid.time");
    }

    @Test
    void aTimeInSeveralColumnsIsReadAsOne() throws IOException {
        mapping = Replayed.mapping(
                directory,
                MAPPING.replace(", iso]", ", yyyy-MM-dd]")
                        .replace("at: opened", "at: [opened, area]")
                        .replace("deadline: due", "deadline: [due, desk]")
                        .replace("territory: area", ""));

        Replayed replayed = csv(
                "1,web,2011-07-01,2011-07-05,,,10:00,01:32",
                "2,web,2011-07-01,,,,10:00,",
                "3,web,,,,,,01:32",
                "4,web,2011-07-01,,,,,noon");

        assertThat(replayed.events())
                .extracting(CaseEvent::occurredAt)
                .containsExactly(Instant.parse("2011-07-01T05:32:00Z"), Instant.parse("2011-07-01T04:00:00Z"));
        assertThat(replayed.events())
                .extracting(event -> ((Payload.Submitted) event.payload()).resolutionDeadline())
                .containsExactly(Instant.parse("2011-07-05T14:00:00Z"), null);
        assertThat(replayed.deadLetters())
                .extracting(letter -> letter.origin() + " " + letter.reason())
                .containsExactly("in.csv:4:opened invalid.missing-required", "in.csv:5:opened invalid.time");
    }

    @Test
    void anIdThatIsTooLongIsADeadLetter() throws IOException {
        assertThat(csv("1,web,2011-07-01 01:32,,,,,n" + "x".repeat(199)).deadLetters())
                .isEmpty();
        assertThat(csv("1,web,2011-07-01 01:32,,,,,n" + "x".repeat(200)).reasons())
                .containsExactly("invalid.too-long");
    }

    @Test
    void aRecordThatIsTooLargeIsADeadLetterAndTheNextIsRead() throws IOException {
        Replayed replayed = csv("1,web," + "x".repeat(1_000_000), GOOD);

        assertThat(replayed.reasons()).containsExactly("malformed.too-large");
        assertThat(replayed.events()).hasSize(2);
        assertAccounted(replayed);
    }

    @Test
    void aRecordThatIsNotUtf8IsADeadLetterWithItsBytes() throws IOException {
        byte[] latin = (HEADER + "1,web,2011-07-01 01:32,,,,,Café\n" + GOOD).getBytes(StandardCharsets.ISO_8859_1);
        Replayed replayed = Replayed.of(Files.write(directory.resolve("in.csv"), latin), mapping);

        assertThat(replayed.reasons()).containsExactly("malformed.encoding");
        assertThat(replayed.deadLetters().get(0).bytes())
                .isEqualTo("1,web,2011-07-01 01:32,,,,,Café".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(replayed.events()).hasSize(2);
    }

    @Test
    void aFileInAnotherEncodingIsReadByTheOneThatTheMappingNames() throws IOException {
        mapping =
                Replayed.mapping(directory, MAPPING.replace("{format: csv}", "{format: csv, encoding: windows-1252}"));
        byte[] text = (HEADER + "1,web,2011-07-01 01:32,,,,,\n").getBytes(StandardCharsets.US_ASCII);
        int id = HEADER.length();
        text[id] = (byte) 0x80;
        Replayed replayed = Replayed.of(Files.write(directory.resolve("in.csv"), text), mapping);
        assertThat(replayed.events())
                .allSatisfy(event -> assertThat(event.sourceCaseId()).isEqualTo("\u20ac"));

        // A byte that the encoding does not use.
        text[id] = (byte) 0x81;
        replayed = Replayed.of(Files.write(directory.resolve("in.csv"), text), mapping);
        assertThat(replayed.reasons()).containsExactly("malformed.encoding");
        assertThat(replayed.deadLetters().get(0).message()).contains("windows-1252", "records.encoding");
    }

    @Test
    void aRecordWithoutAnyEventIsADeadLetter() throws IOException {
        mapping = Replayed.mapping(directory, MAPPING.replaceFirst("(?s)  - type: Submitted.*?reference", "reference"));

        assertThat(csv("1,web,2011-07-01 01:32,,,,,").reasons()).containsExactly("invalid.no-event");
    }

    @Test
    void aChannelThatIsKeptAsItIsHasToBeAChannelId() throws IOException {
        mapping = Replayed.mapping(directory, MAPPING.replace("reject", "keep"));

        Replayed replayed = csv("1,Fax,2011-07-01 01:32,,,,,", "2,a:b,2011-07-01 01:32,,,,,");

        assertThat(replayed.events()).extracting(CaseEvent::caseId).containsExactly("Fax:1");
        assertThat(replayed.reasons()).containsExactly("invalid.channel");
    }

    @Test
    void aSequenceThatIsNoNumberIsADeadLetter() throws IOException {
        mapping = Replayed.mapping(directory, MAPPING.replace("sequence: 0", "sequence: {column: area}"));

        Replayed replayed = csv("1,web,2011-07-01 01:32,,,,,7", "2,web,2011-07-01 01:32,,,,,first");

        assertThat(replayed.events()).extracting(CaseEvent::sourceSequence).containsExactly(7L);
        assertThat(replayed.reasons()).containsExactly("invalid.number");
    }

    @Test
    void aMissingColumnIsRefusedBeforeAnyEventWithTheNearestHeader() throws IOException {
        Path file = Files.writeString(directory.resolve("in.csv"), HEADER.replace("opened", "opend") + GOOD);

        assertThatThrownBy(() -> Replayed.of(file, mapping))
                .isInstanceOf(Refusal.class)
                .hasMessageStartingWith("mapping.yaml:18:9: in.csv: column 'opened' is not there")
                .hasMessageContaining("nearest valid name: 'opend'");
        assertThatThrownBy(() -> Replay.check(file, mapping)).isInstanceOf(Refusal.class);
    }

    @Test
    void aColumnThatIsThereTwiceIsNamedByPosition() throws IOException {
        Path file = Files.writeString(
                directory.resolve("in.csv"), HEADER.replace("due", "area") + GOOD.replace("2011-07-05 01:00", "East"));
        assertThatThrownBy(() -> Replayed.of(file, mapping)).hasMessageContaining("#4 or #8");

        Mapping positioned = Replayed.mapping(
                directory,
                MAPPING.replace("territory: area", "territory: \"#4\"").replace("deadline: due", ""));
        assertThat(((Payload.Submitted)
                                Replayed.of(file, positioned).events().get(1).payload())
                        .territory())
                .isEqualTo("East");
    }

    @Test
    void aPositionBehindTheLastColumnIsRefused() throws IOException {
        mapping = Replayed.mapping(directory, MAPPING.replace("territory: area", "territory: \"#9\""));

        assertThatThrownBy(() -> csv(GOOD)).hasMessageContaining("'#9' is not there; the last one is #8");
    }

    @Test
    void aWrongDelimiterIsGuessedInTheRefusal() throws IOException {
        Path file = Files.writeString(directory.resolve("in.csv"), (HEADER + GOOD).replace(',', ';'));

        assertThatThrownBy(() -> Replayed.of(file, mapping))
                .hasMessageContaining("';'")
                .hasMessageContaining("delimiter");
    }

    @Test
    void filesThatCannotBeReadAtAllAreRefused() throws IOException {
        Path empty = Files.writeString(directory.resolve("empty.csv"), "");
        Path halfGzip = Files.write(directory.resolve("half.gz"), new byte[] {0x1F, (byte) 0x8B, 8});
        Path latin = Files.write(directory.resolve("latin.csv"), "é,b".getBytes(StandardCharsets.ISO_8859_1));
        Path tab = Files.writeString(directory.resolve("tab.csv"), "a,\"b\"\t\n1,2\n");
        Path sheet = Files.writeString(directory.resolve("sheet.xlsx"), "PK\u0003\u0004rest");

        assertThatThrownBy(() -> Replayed.of(directory.resolve("none.csv"), mapping))
                .isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> Replayed.of(directory, mapping)).isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> Replayed.of(empty, mapping)).hasMessageContaining("empty.csv: the file is empty");
        assertThatThrownBy(() -> Replayed.of(halfGzip, mapping))
                .hasMessageContaining("half.gz")
                .hasMessageContaining("gzip");
        assertThatThrownBy(() -> Replayed.of(latin, mapping)).hasMessageContaining("UTF-8");
        assertThatThrownBy(() -> Replayed.of(tab, mapping))
                .hasMessageContaining("tab.csv:1: the header line")
                .hasMessageContaining("text follows a closing quote")
                .hasMessageNotContaining("UTF-8");
        assertThatThrownBy(() -> Replay.check(sheet, mapping))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("sheet.xlsx: the file is a zip archive")
                .hasMessageContaining("CSV");
    }

    @Test
    void aColumnMayBeCalledPk() throws IOException {
        mapping = Replayed.mapping(directory, MAPPING.replace("case: id", "case: PK"));

        assertThat(Replayed.of(directory, "in.csv", HEADER.replace("id", "PK") + GOOD, mapping)
                        .events())
                .hasSize(2);
    }

    @Test
    void aFileWithoutHeaderIsReadByTheNamesInTheMapping() throws IOException {
        String columns = HEADER.strip();
        mapping = Replayed.mapping(
                directory,
                MAPPING.replace("{format: csv}", "{format: csv, delimiter: tab, columns: [" + columns + "]}"));

        Replayed replayed = Replayed.of(directory, "in.csv", GOOD.replace(',', '\t'), mapping);

        assertThat(replayed.events()).hasSize(2);
    }

    @Test
    void recordsThatAreNotAskedForAreSkippedAndCounted() throws IOException {
        mapping = Replayed.mapping(
                directory,
                MAPPING.replace(
                        "{format: csv}",
                        "{format: csv, where: [{column: area, not_in: [South]}, {column: id, present: true}]}"));

        Replayed replayed = csv(GOOD, GOOD.replace("North", "South"), GOOD.replaceFirst("1", ""));

        assertThat(replayed.summary().skipped()).isEqualTo(2);
        assertThat(replayed.summary().records()).isEqualTo(3);
        assertAccounted(replayed);
    }

    @Test
    void shuffledSplitAndRepeatedRowsMakeTheSameEventsAndDeadLetters() throws IOException {
        long seed = Long.getLong("seed", 42L);
        System.out.println("ReplayTest seed " + seed);
        Random random = new Random(seed);
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            rows.add(
                    switch (i % 5) {
                        case 0 -> i + ",Web,2011-07-01 01:32";
                        case 1 -> i + ",Web,never,,,,,";
                        default -> GOOD.replaceFirst("1", Integer.toString(i));
                    });
        }
        Replayed first = csv(rows.toArray(String[]::new));
        Collections.shuffle(rows, random);
        Replayed front = csv(rows.subList(0, 120).toArray(String[]::new));
        Replayed back = Replayed.of(
                directory,
                "other.csv",
                HEADER.replace("\n", "\r\n") + String.join("\r\n", rows.subList(120, 300)),
                mapping);

        List<String> ids = new ArrayList<>(front.eventIds());
        ids.addAll(back.eventIds());
        List<String> letters = new ArrayList<>(front.lettersWithoutOrigin());
        letters.addAll(back.lettersWithoutOrigin());
        assertThat(ids).containsExactlyInAnyOrderElementsOf(first.eventIds());
        assertThat(letters).containsExactlyInAnyOrderElementsOf(first.lettersWithoutOrigin());
        assertThat(csv(rows.toArray(String[]::new)).eventIds()).isEqualTo(first.eventIds());
    }

    @Test
    void gzipIsRecognisedByItsFirstBytesAlsoWhenFilesWereJoined() throws IOException {
        byte[] head = Replayed.gzip(HEADER.getBytes(StandardCharsets.UTF_8));
        byte[] tail = Replayed.gzip(GOOD.getBytes(StandardCharsets.UTF_8));
        byte[] joined = Arrays.copyOf(head, head.length + tail.length);
        System.arraycopy(tail, 0, joined, head.length, tail.length);
        Replayed replayed = Replayed.of(Files.write(directory.resolve("plain.csv"), joined), mapping);

        assertThat(replayed.events()).hasSize(2);
        assertThat(replayed.summary().bytes()).isEqualTo(joined.length);
    }

    @Test
    void aTruncatedGzipIsToldWithTheNumberOfRecordsAndItsLastPartIsADeadLetter() throws IOException {
        StringBuilder text = new StringBuilder(HEADER);
        Random random = new Random(1);
        for (int i = 0; i < 5_000; i++) {
            text.append(GOOD.replaceFirst("1", Integer.toString(random.nextInt(1 << 30))))
                    .append('\n');
        }
        byte[] whole = Replayed.gzip(text.toString().getBytes(StandardCharsets.UTF_8));
        Path file = Files.write(directory.resolve("cut.csv.gz"), Arrays.copyOf(whole, whole.length / 2));

        Replayed replayed = Replayed.of(file, mapping);

        assertThat(replayed.summary().failure())
                .contains("cut.csv.gz", "after " + replayed.summary().records() + " records");
        assertThat(replayed.summary().records()).isBetween(1_000L, 4_999L);
        assertThat(replayed.reasons()).containsExactly("malformed.truncated");
        assertAccounted(replayed);
    }

    @Test
    void aTruncatedJsonIsToldWithTheNumberOfRecords() throws IOException {
        String record = "{\"id\": 1, \"via\": \"web\", \"opened\": \"2011-07-01 01:32\"}";
        byte[] whole =
                Replayed.gzip(("[" + (record + ",").repeat(50_000) + record + "]").getBytes(StandardCharsets.UTF_8));
        Mapping json = Replayed.mapping(directory, MAPPING.replace("{format: csv}", "{format: json}"));
        Path file = Files.write(directory.resolve("cut.json.gz"), Arrays.copyOf(whole, whole.length / 2));

        Replayed replayed = Replayed.of(file, json);

        assertThat(replayed.summary().failure()).contains("cut.json.gz", "records");
        assertThat(replayed.events()).hasSizeGreaterThan(100);
        assertAccounted(replayed);
    }

    private static final String JSON_GOOD =
            "{\"id\":1,\"via\":\"web\",\"opened\":\"2011-07-01 01:32\",\"due\":null,\"area\":\"Nord\\u00e9\"}";

    @Test
    void elementsOfAnArrayAreRecordsAndBadOnesDeadLetters() throws IOException {
        Replayed replayed = json(
                "json",
                "[" + JSON_GOOD + ",\n 7, {\"id\": 2.50, \"via\": \"web\"},\n\n{\"id\":{\"a\":1}, \"via\":\"web\"}, "
                        + JSON_GOOD.replace("\"id\":1", "\"id\":900719925474099123") + "]");

        assertThat(replayed.events()).extracting(CaseEvent::sourceCaseId).containsExactly("1", "900719925474099123");
        assertThat(((Payload.Submitted) replayed.events().get(0).payload()).territory())
                .isEqualTo("Nordé");
        assertThat(replayed.deadLetters())
                .extracting(letter -> letter.origin() + " " + letter.reason() + " "
                        + new String(letter.bytes(), StandardCharsets.UTF_8))
                .containsExactly(
                        "in.json:2:record 2 invalid.not-an-object 7",
                        "in.json:2:record 3:opened invalid.missing-required {\"id\":2.50,\"via\":\"web\"}",
                        "in.json:4:record 4:id invalid.not-a-value {\"id\":{\"a\":1},\"via\":\"web\"}");
        assertThat(replayed.deadLetters().get(1).message()).startsWith("in.json line 2, record 3, column opened: ");
        assertThat(replayed.summary().failure()).isNull();
        assertThat(replayed.summary().unseenColumns()).containsExactlyInAnyOrder("closed", "how", "desk");
        assertAccounted(replayed);
    }

    @Test
    void aColumnOfJsonIsMissedOnlyWhereTheMappingRestsOnItAndNoRecordHasIt() throws IOException {
        Mapping json = Replayed.mapping(
                directory,
                MAPPING.replace(
                                "{format: csv}",
                                "{format: json, where: {column: model, in: [request], or_absent: true}}")
                        .replace("at: closed", "at: ended"));
        String open = JSON_GOOD.replace("}", ",\"closed\":null,\"how\":null,\"ended\":null}");

        assertThat(Replayed.of(directory, "in.json", "[" + open + "]", json)
                        .summary()
                        .unseenColumns())
                .as("no rule asks for 'how' of an open case, and 'model' may be absent")
                .containsExactly("desk");
        assertThat(Replayed.of(directory, "in.json", "[" + open.replace("ended", "endet") + "]", json)
                        .summary()
                        .unseenColumns())
                .containsExactly("ended", "desk");
    }

    @Test
    void aSyntaxErrorInAnArrayEndsTheFileAndIsTold() throws IOException {
        Replayed within = json("json", "[" + JSON_GOOD + ",\n{\"id\": 2, \"via\": web},\n" + JSON_GOOD + "]");
        assertThat(within.events()).hasSize(1);
        assertThat(within.reasons()).containsExactly("malformed.json");
        assertThat(within.deadLetters().get(0).bytes()).asString().startsWith("{\"id\":2");
        assertThat(within.summary().failure())
                .contains("in.json:2", "after 2 records", "not read")
                .doesNotContain("web");
        assertAccounted(within);

        Replayed between = json("json", "[" + JSON_GOOD + "\n" + JSON_GOOD + "]");
        assertThat(between.events()).hasSize(1);
        assertThat(between.summary().failure()).contains("in.json:2");

        Replayed unfinished = json("json", "[" + JSON_GOOD + ",{\"id\":");
        assertThat(unfinished.reasons()).containsExactly("malformed.json");
        assertThat(unfinished.summary().failure()).isNotNull();

        Replayed behind = json("json", "[" + JSON_GOOD + "] }");
        assertThat(behind.events()).hasSize(1);
        assertThat(behind.summary().failure()).isNotNull();
    }

    @Test
    void anElementThatIsTooLargeIsADeadLetterAndTheNextIsRead() throws IOException {
        Replayed replayed = json("json", "[{\"id\":[" + "\"0123456789\",".repeat(200_000) + "1]}," + JSON_GOOD + "]");

        assertThat(replayed.reasons()).containsExactly("malformed.too-large");
        assertThat(replayed.deadLetters().get(0).bytes()).hasSizeLessThanOrEqualTo(RecordSplitter.LONGEST_RECORD);
        assertThat(replayed.events()).hasSize(1);
    }

    @Test
    void theArrayMayBeWithinTheDocument() throws IOException {
        String document =
                "{\"meta\":{\"records\":[1]},\"result\":{\"total\":1,\"records\":[" + JSON_GOOD + "],\"next\":null}}";

        assertThat(json("json, array: /result/records", document).events()).hasSize(1);
        assertThatThrownBy(() -> json("json, array: /result/record", document))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("'record' is not in the document")
                .hasMessageContaining("nearest valid name: 'records'");
        assertThatThrownBy(() -> json("json", document))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("records.array");
        assertThatThrownBy(() -> json("json", "<html>"))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("JSON");
    }

    @Test
    void everyLineOfNdjsonIsARecordOfItsOwn() throws IOException {
        Replayed replayed = json(
                "ndjson", JSON_GOOD + "\n{\"id\": \n\n[1]\r\n" + JSON_GOOD + " {}\n" + JSON_GOOD.replace("1", "2"));

        assertThat(replayed.events()).hasSize(2);
        assertThat(replayed.deadLetters())
                .extracting(letter -> letter.origin() + " " + letter.reason())
                .containsExactly(
                        "in.json:2 malformed.json", "in.json:4 invalid.not-an-object", "in.json:5 malformed.json");
        assertThat(replayed.summary().failure()).isNull();
        assertAccounted(replayed);
    }

    @Test
    void nestedMembersAreNamedByPointers() throws IOException {
        Mapping nested = Replayed.mapping(
                directory, MAPPING.replace("{format: csv}", "{format: json}").replace("case: id", "case: /meta/no"));

        Replayed replayed = Replayed.of(
                directory, "in.json", "[" + JSON_GOOD.replace("\"id\":1", "\"meta\":{\"no\":\"x 1\"}") + "]", nested);

        assertThat(replayed.events()).extracting(CaseEvent::caseId).containsExactly("web:x 1");
    }

    @Test
    void plainGeoReportAndItsFixtureMeanTheSame() throws IOException {
        String request = """
                {"service_request_id": "77", "status": "%s", "service_name": "Pothole", "agency_responsible": "PW",
                 "requested_datetime": "2020-06-01T10:00:00+02:00", "updated_datetime": %s, "expected_datetime": null}""";
        String closed = request.formatted("closed", "\"2020-06-02T10:00:00Z\"");
        Mapping open311 = Mapping.shipped("open311-json");

        Replayed plain = Replayed.of(directory, "plain.json", "[" + closed + "]", open311);
        Replayed fixture = Replayed.of(
                directory,
                "fixture.json",
                "[{\"model\": \"dashboard.city\", \"fields\": {}}, {\"pk\": 1, \"model\": \"dashboard.request\", \"fields\": "
                        + closed + "}]",
                open311);
        Replayed undated =
                Replayed.of(directory, "undated.json", "[" + request.formatted("closed", "null") + "]", open311);
        Replayed open = Replayed.of(directory, "open.json", "[" + request.formatted("open", "null") + "]", open311);

        assertThat(plain.events()).isEqualTo(fixture.events());
        assertThat(plain.events())
                .extracting(event -> event.occurredAt() + " " + event.type() + " " + event.inferred())
                .containsExactly("2020-06-01T08:00:00Z Submitted false", "2020-06-02T10:00:00Z Closed true");
        assertThat(fixture.summary().skipped()).isEqualTo(1);
        assertThat(undated.reasons()).containsExactly("invalid.missing-required");
        assertThat(open.events()).extracting(CaseEvent::type).containsExactly("Submitted");
    }

    @Test
    void coordinatesPlaceACaseOnTheDayOfTheEvent() throws IOException {
        mapping = placing("latitude: area, longitude: {constant: 7}");

        assertThat(csv(GOOD.replace("North", "42.5")).events())
                .extracting(CaseEvent::payload)
                .containsExactly(new Payload.JurisdictionResolved("at 42.5 7.0 2011-07-01", Placing.POLYGON));
        assertThat(csv(GOOD.replace("North", "in the north")).reasons()).containsExactly("invalid.number");
        Replayed nowhere = csv(GOOD.replace("North", "0"));
        assertThat(nowhere.events())
                .as("a place in no unit leaves nothing to say")
                .isEmpty();
        assertThat(nowhere.reasons()).as("and is no fault of the record").isEmpty();
    }

    @Test
    void coordinatesComeInPairs() {
        assertThatThrownBy(() -> placing("latitude: area")).hasMessageContaining("latitude and longitude together");
        assertThatThrownBy(() -> placing("unit: area"))
                .hasMessageContaining("needs territory, or latitude and longitude");
    }

    private Mapping placing(String content) throws IOException {
        return Replayed.mapping(
                directory,
                MAPPING.replaceFirst(
                        "(?s)events:.*?reference",
                        "events:\n  - {type: JurisdictionResolved, at: opened, " + content + "}\nreference"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            BA 12/PM.03/2018           | BA 12/PM.03/2018
            BA 12 telp. 0812-3456-7890 | BA 12 telp. [PHONE]
            """)
    void theNumberOfADecisionIsKeptWithoutWhatIsPersonalInIt(String written, String kept) throws IOException {
        mapping = decided("target: {constant: DWELL}, cycle: {constant: 2}, upheld: {constant: false}, citation: area");

        assertThat(csv(GOOD.replace("North", written)).events())
                .extracting(CaseEvent::payload)
                .containsExactly(new Payload.VerdictDecided("DWELL", 2, false, kept));
        assertThat(csv(GOOD.replace("North", "x".repeat(201))).reasons()).containsExactly("invalid.too-long");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            target: area, cycle: {constant: 1}, upheld: {constant: true}              | NORTH | invalid.unmapped-value
            target: area, cycle: {constant: 1}, upheld: {constant: true}              |       | invalid.missing-required
            target: {constant: REDO}, cycle: area, upheld: {constant: true}           | 0     | invalid.number
            target: {constant: REDO}, cycle: area, upheld: {constant: true}           | 1.5   | invalid.number
            target: {constant: REDO}, cycle: area, upheld: {constant: true}           |       | invalid.missing-required
            target: {constant: REDO}, cycle: {constant: 1}, upheld: area              | maybe | invalid.unmapped-value
            target: {constant: REDO}, cycle: {constant: 1}, upheld: area              |       | invalid.missing-required
            """)
    void aVerdictNeedsItsTargetItsCycleAndWhatWasDecided(String fields, @Nullable String text, String reason)
            throws IOException {
        mapping = decided(fields + ", citation: {constant: BA 1}");

        assertThat(csv(GOOD.replace("North", text == null ? "" : text)).reasons())
                .containsExactly(reason);
    }

    @Test
    void whatAVerdictNeedsIsToldOfTheMapping() {
        assertThatThrownBy(() -> decided("target: {constant: DWEL}, upheld: {constant: yes}"))
                .hasMessageContaining("VerdictDecided needs cycle")
                .hasMessageContaining("VerdictDecided needs citation")
                .hasMessageContaining("'DWELL'")
                .hasMessageContaining("'yes' is not known here");
    }

    private Mapping decided(String content) throws IOException {
        return Replayed.mapping(
                directory,
                MAPPING.replaceFirst(
                        "(?s)events:.*?reference",
                        "events:\n  - {type: VerdictDecided, at: opened, " + content + "}\nreference"));
    }

    @Test
    void aRatingThatIsNoneIsADeadLetter() throws IOException {
        mapping = Replayed.mapping(
                directory,
                MAPPING.replaceFirst(
                        "(?s)events:.*?reference", "events:\n  - {type: Rated, at: opened, stars: area}\nreference"));

        assertThat(csv(GOOD).reasons()).containsExactly("invalid.number");
    }

    @Test
    void everyKindOfEventCanBeMade() throws IOException {
        StringBuilder events = new StringBuilder();
        for (EventRule.EventType type : EventRule.EventType.values()) {
            events.append("  - {type: ").append(type.eventName()).append(", at: opened, unit: desk");
            type.fields().forEach(field -> events.append(", ")
                    .append(field.key())
                    .append(
                            switch (field) {
                                case OUTCOME -> ": {constant: ANSWERED}";
                                case STATUS -> ": {constant: WAITING}";
                                case DEADLINE, OBSERVED_FROM -> ": due";
                                case STARS, CYCLE -> ": {constant: 4}";
                                case UPHELD -> ": {constant: true}";
                                case TARGET -> ": {constant: FIRST_RESPONSE}";
                                case LATITUDE, LONGITUDE -> ": {constant: 42.5}";
                                default -> ": area";
                            }));
            events.append("}\n");
        }
        mapping = Replayed.mapping(
                directory, MAPPING.replaceFirst("(?s)events:.*?reference", "events:\n" + events + "reference"));

        Replayed replayed = csv(GOOD);

        Instant due = Instant.parse("2011-07-05T05:00:00Z");
        assertThat(replayed.events())
                .extracting(CaseEvent::payload)
                .containsExactly(
                        new Payload.Submitted("North", "North", "North", due, due),
                        new Payload.Verified(),
                        new Payload.VerificationDeferred(),
                        new Payload.Rejected(),
                        new Payload.Categorised("North"),
                        new Payload.JurisdictionResolved("North", Placing.DECLARED),
                        new Payload.LocationCorrected("North"),
                        new Payload.Assigned("North"),
                        new Payload.Delegated("North"),
                        new Payload.HandoverOffered("North"),
                        new Payload.HandoverAccepted("North"),
                        new Payload.HandoverDeclined("North"),
                        new Payload.Recalled(),
                        new Payload.PublicReply(),
                        new Payload.InternalNote(),
                        new Payload.ProgressUpdated(),
                        new Payload.WaitStarted("North"),
                        new Payload.WaitEnded(),
                        new Payload.ResolutionClaimed(),
                        new Payload.ResolutionRejected(),
                        new Payload.ResolutionValidated(),
                        new Payload.Rated(4),
                        new Payload.Closed(Outcome.ANSWERED),
                        new Payload.Reopened("North"),
                        new Payload.Disputed(true),
                        new Payload.ChannelLinked("North"),
                        new Payload.MergedInto("North"),
                        new Payload.Unmerged(),
                        new Payload.SplitInto("North"),
                        new Payload.EscalatedUp("North"),
                        new Payload.HolderReorganised("North", "North"),
                        new Payload.VerdictContested("FIRST_RESPONSE", 4),
                        new Payload.VerdictDecided("FIRST_RESPONSE", 4, true, "North"),
                        new Payload.Corrected("North"),
                        new Payload.SnapshotObserved(
                                Payload.Status.WAITING, Outcome.ANSWERED, "North", "North", "North", due));
        assertThat(replayed.events()).extracting(CaseEvent::orgUnit).containsOnly("PW");
        assertThat(csv("1,web,2011-07-01 01:32,,,,PW,").reasons()).containsExactly("invalid.missing-required");
    }
}
