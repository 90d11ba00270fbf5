package io.tanggap.app.cli;

import io.tanggap.core.complaint.DeadLetter;
import io.tanggap.flink.io.StoredLetter;
import io.tanggap.flink.io.WayBack.Obstacle;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.HexFormat;
import java.util.Locale;

/** Dead letters in words. */
final class LetterText {
    private static final int HEX_BYTES_PER_LINE = 32;

    private LetterText() {}

    /** A letter on one line, without its bytes. */
    static String line(StoredLetter stored, ZoneId zone) {
        DeadLetter letter = stored.letter();
        return String.format(
                Locale.ROOT,
                "%-10s %s  %-6s  %-26s %s",
                stored.id(),
                AsOf.show(letter.firstSeenAt(), zone),
                letter.stage(),
                printable(letter.reason()),
                printable(letter.origin()));
    }

    /**
     * Text of a letter as it may be shown. Names of files and cases come from outside, and a control character among them
     * could end the line or steer the terminal; it is shown by its number.
     */
    static String printable(String text) {
        if (text.chars().noneMatch(Character::isISOControl)) {
            return text;
        }
        StringBuilder shown = new StringBuilder();
        text.chars().forEach(c -> {
            if (Character.isISOControl(c)) {
                shown.append(String.format(Locale.ROOT, "\\u%04x", c));
            } else {
                shown.append((char) c);
            }
        });
        return shown.toString();
    }

    /**
     * The bytes of a record: as text where they are UTF-8 without control characters but for line ends and tabs, else in
     * hexadecimal digits, 32 bytes a line, which {@code xxd -r -p} turns back.
     */
    static String bytes(byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            if (text.chars().allMatch(c -> !Character.isISOControl(c) || c == '\n' || c == '\r' || c == '\t')) {
                return text;
            }
        } catch (CharacterCodingException e) {
            // No text.
        }
        StringBuilder lines = new StringBuilder();
        for (int from = 0; from < bytes.length; from += HEX_BYTES_PER_LINE) {
            int to = Math.min(bytes.length, from + HEX_BYTES_PER_LINE);
            lines.append(from == 0 ? "" : "\n").append(HexFormat.of().formatHex(bytes, from, to));
        }
        return lines.toString();
    }

    /** What kind of letters cannot be sent back to a topic, and what to do with them instead. */
    static String instead(Obstacle obstacle) {
        return switch (obstacle) {
            case ROW_OF_FILE ->
                "of rows of files: mend the file or its mapping, then feed the file again with tanggap"
                        + " replay FILE; what was fed before counts once";
            case DOCUMENT ->
                "of documents that Elasticsearch refused: mend what the message names, then run the job"
                        + " again; it makes them from case-events";
            case MESSAGE ->
                "of messages that nobody took: set the recipient right in the reference, and tell it by other"
                        + " means; what stands is listed by tanggap alerts list";
            case HEARTBEAT -> "of heartbeats: nothing to do, their time has passed";
            case NO_VALUE -> "of records without a value: nothing to send; mend what writes them";
            case NO_LETTER -> "of records that are no dead letters: they are not of this topic; mend what writes them";
            case UNKNOWN_ORIGIN -> "from a stage or topic that this version does not know: upgrade";
        };
    }
}
