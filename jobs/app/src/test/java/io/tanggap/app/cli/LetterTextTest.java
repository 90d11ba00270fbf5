package io.tanggap.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tanggap.app.cli.ListDeadLetters.Summary;
import io.tanggap.app.cli.ReplayDeadLetters.Account;
import io.tanggap.core.complaint.DeadLetter;
import io.tanggap.core.complaint.DeadLetter.Stage;
import io.tanggap.flink.io.StoredLetter;
import io.tanggap.flink.io.WayBack;
import io.tanggap.flink.io.WayBack.None;
import io.tanggap.flink.io.WayBack.Obstacle;
import io.tanggap.flink.io.WayBack.ToTopic;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is said of dead letters. */
class LetterTextTest {
    private static final ZoneId JAKARTA = ZoneId.of("Asia/Jakarta");
    private static final ToTopic TO_CASE = new ToTopic("case-events", null, "qlue:1", 1);
    private static final ToTopic TO_PARTITION = new ToTopic("case-events", 3, null, 0);

    private static StoredLetter stored(long offset, Stage stage, String reason, String time, String bytes) {
        return new StoredLetter(
                0,
                offset,
                new DeadLetter(
                        stage,
                        reason,
                        "message " + offset,
                        "origin-" + offset,
                        bytes.getBytes(StandardCharsets.UTF_8),
                        Instant.parse(time)),
                true);
    }

    @Test
    void aLineSaysWhichWhenWhyAndWhereAndNothingOfTheRecord() {
        assertThat(LetterText.line(
                        stored(42, Stage.DECODE, "malformed.avro", "2024-03-05T01:00:00.5Z", "secret"), JAKARTA))
                .isEqualTo("0-42       2024-03-05 08:00:00 Asia/Jakarta  DECODE  malformed.avro             origin-42");
    }

    @Test
    void namesFromOutsideCannotSteerTheTerminal() {
        assertThat(LetterText.printable("a\u001b[2Jb\nc")).isEqualTo("a\\u001b[2Jb\\u000ac");
        assertThat(LetterText.printable("日本 é")).isEqualTo("日本 é");
    }

    @Test
    void bytesAreTextWhereTheyAreText() {
        assertThat(LetterText.bytes("id,kind\r\n1,\tlampu é\n".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("id,kind\r\n1,\tlampu é\n");
        assertThat(LetterText.bytes(new byte[0])).isEmpty();
    }

    @Test
    void otherBytesAreHexadecimal() {
        assertThat(LetterText.bytes(new byte[] {(byte) 0xC3, 1, 0x7f})).isEqualTo("c3017f");
        assertThat(LetterText.bytes("a\u001b[2J".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("611b5b324a");
        assertThat(LetterText.bytes(new byte[70]).lines().map(String::length)).containsExactly(64, 64, 12);
    }

    @Test
    void aSummaryHasTheMostFrequentReasonFirstWithItsTimesAndLatestMessage() {
        Summary summary = new Summary();
        summary.add(stored(0, Stage.REPLAY, "invalid.time", "2024-03-05T01:00:00Z", ""));
        summary.add(stored(1, Stage.DECODE, "malformed.avro", "2024-03-07T01:00:00Z", ""));
        summary.add(stored(2, Stage.DECODE, "malformed.avro", "2024-03-06T01:00:00Z", ""));
        assertThat(summary.lines(ZoneOffset.UTC))
                .containsExactly(
                        "       2  malformed.avro             first 2024-03-06 01:00:00 Z, last 2024-03-07 01:00:00 Z",
                        "          0-2: message 2",
                        "       1  invalid.time               first 2024-03-05 01:00:00 Z, last 2024-03-05 01:00:00 Z",
                        "          0-0: message 0");
        assertThat(new Summary().lines(ZoneOffset.UTC)).isEmpty();
    }

    private static List<ToTopic> send(Account account, StoredLetter letter, WayBack way) {
        List<ToTopic> sent = new ArrayList<>();
        account.send(letter, way, (to, bytes) -> {
            assertThat(bytes).isEqualTo(letter.letter().bytes());
            sent.add(to);
        });
        return sent;
    }

    @Test
    void theAccountOfAReplaySaysWhatBecameOfEveryLetter() {
        String time = "2024-03-05T01:00:00Z";
        Account account = new Account();
        assertThat(account.isEmpty()).isTrue();
        assertThat(send(account, stored(0, Stage.DECODE, "malformed.unknown-schema", time, "a"), TO_CASE))
                .containsExactly(TO_CASE);
        assertThat(send(account, stored(1, Stage.DECODE, "malformed.avro", time, "b"), TO_PARTITION))
                .containsExactly(TO_PARTITION);
        assertThat(send(account, stored(2, Stage.DECODE, "malformed.avro", time, "b"), TO_PARTITION))
                .as("the same record again")
                .isEmpty();
        assertThat(send(account, stored(3, Stage.FOLD, "late.archived", time, "c"), TO_CASE))
                .containsExactly(TO_CASE);
        assertThat(send(account, stored(4, Stage.REPLAY, "invalid.time", time, "d"), new None(Obstacle.ROW_OF_FILE)))
                .isEmpty();
        assertThat(send(account, stored(5, Stage.REPLAY, "invalid.time", time, "d"), new None(Obstacle.ROW_OF_FILE)))
                .isEmpty();

        assertThat(account.isEmpty()).isFalse();
        assertThat(account.lines(false))
                .containsExactly(
                        "Sent               3 to case-events",
                        "                   1 of them still cannot be read here: they become dead letters again",
                        "                   1 of them came for cases that a live job has given up: it rejects them"
                                + " again; tanggap run --mode replay counts them",
                        "                   1 more letters are of the same records, which are sent once",
                        "Not sent           2 of rows of files: mend the file or its mapping, then feed the file again"
                                + " with tanggap replay FILE; what was fed before counts once",
                        "                     first: 0-4, origin-4");
        assertThat(account.lines(true).get(0)).isEqualTo("Would send         3 to case-events");
    }

    @Test
    void aPackThatComesBackIsTheOneInForce() {
        Account account = new Account();
        send(
                account,
                stored(0, Stage.DECODE, "malformed.avro", "2024-03-05T01:00:00Z", "a"),
                new ToTopic("reference", 0, "pack", 0));
        assertThat(account.lines(false))
                .contains("Sent               1 to reference")
                .anyMatch(line -> line.contains("is in force from then on"));
    }

    @ParameterizedTest
    @EnumSource
    void anObstacleSaysWhatToDoInstead(Obstacle obstacle) {
        Account account = new Account();
        send(account, stored(0, Stage.DECODE, "x.y", "2024-03-05T01:00:00Z", "a"), new None(obstacle));
        assertThat(account.lines(false).get(0)).isEqualTo("Sent               0 records");
        assertThat(account.lines(false).get(1))
                .startsWith("Not sent           1 ")
                .contains(": ");
    }
}
