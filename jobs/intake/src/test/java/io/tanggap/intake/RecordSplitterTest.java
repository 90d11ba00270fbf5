package io.tanggap.intake;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RecordSplitterTest {

    private static RecordSplitter split(byte[] bytes) {
        return RecordSplitter.csv(new ByteArrayInputStream(bytes), (byte) ',', (byte) '"', StandardCharsets.UTF_8);
    }

    private static List<List<String>> fields(RecordSplitter splitter) {
        List<List<String>> records = new ArrayList<>();
        while (splitter.next()) {
            List<String> record = new ArrayList<>();
            for (int i = 0; i < splitter.fields(); i++) {
                record.add(splitter.field(i));
            }
            records.add(record);
        }
        return records;
    }

    private static List<String> described(String text) {
        RecordSplitter splitter = split(text.getBytes(StandardCharsets.UTF_8));
        List<String> records = new ArrayList<>();
        while (splitter.next()) {
            records.add(splitter.line() + " " + splitter.shape() + " "
                    + new String(splitter.bytes(), StandardCharsets.UTF_8));
        }
        return records;
    }

    @Test
    void wellFormedFilesAreReadAsFastCsvReadsThem() throws IOException {
        long seed = Long.getLong("seed", 20_111_106L);
        System.out.println("RecordSplitterTest seed " + seed);
        Random random = new Random(seed);
        for (int file = 0; file < 400; file++) {
            String text = randomCsv(random);
            List<List<String>> expected = new ArrayList<>();
            try (CsvReader<CsvRecord> oracle = CsvReader.builder()
                    .detectBomHeader(true)
                    .ofCsvRecord(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))) {
                oracle.forEach(record -> expected.add(record.getFields()));
            }

            RecordSplitter splitter = RecordSplitter.csv(
                    trickling(text.getBytes(StandardCharsets.UTF_8), random),
                    (byte) ',',
                    (byte) '"',
                    StandardCharsets.UTF_8);

            assertThat(fields(splitter))
                    .as("file %s of seed %s: %s", file, seed, text)
                    .isEqualTo(expected);
        }
    }

    private static String randomCsv(Random random) {
        String[] ends = {"\n", "\r\n", "\r"};
        String end = ends[random.nextInt(ends.length)];
        StringBuilder text = new StringBuilder(random.nextInt(4) == 0 ? "\uFEFF" : "");
        int columns = 1 + random.nextInt(5);
        int records = random.nextInt(30);
        for (int i = 0; i < records; i++) {
            for (int column = 0; column < columns; column++) {
                text.append(column == 0 ? "" : ",").append(randomField(random, columns == 1));
            }
            text.append(i == records - 1 && random.nextBoolean() ? "" : end);
            text.append(random.nextInt(10) == 0 ? end : "");
        }
        return text.toString();
    }

    private static String randomField(Random random, boolean alone) {
        String[] parts = {"a", "é", "日本", "😀", " ", "\"", ",", "\n", "\r\n", "\r", "x y", "0"};
        StringBuilder content = new StringBuilder(alone ? "f" : "");
        for (int i = random.nextInt(6); i > 0; i--) {
            content.append(parts[random.nextInt(parts.length)]);
        }
        String plain = content.toString();
        boolean needsQuotes = plain.matches("(?s).*[\",\r\n].*");
        return needsQuotes || random.nextInt(4) == 0 ? "\"" + plain.replace("\"", "\"\"") + "\"" : plain;
    }

    /** Hands out a few bytes at a time, so that records cross every boundary. */
    private static InputStream trickling(byte[] bytes, Random random) {
        return new ByteArrayInputStream(bytes) {
            @Override
            public synchronized int read(byte[] target, int offset, int length) {
                return super.read(target, offset, Math.min(length, 1 + random.nextInt(7)));
            }
        };
    }

    @Test
    void anyBytesAreAccountedForLineByLineOrRecordByRecord() {
        long seed = Long.getLong("seed", 7L);
        System.out.println("RecordSplitterTest seed " + seed);
        Random random = new Random(seed);
        for (int file = 0; file < 2_000; file++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(60); i > 0; i--) {
                text.append("\"\",,\n\nab\r".charAt(random.nextInt(9)));
            }
            RecordSplitter splitter = split(text.toString().getBytes(StandardCharsets.UTF_8));
            StringBuilder kept = new StringBuilder();
            while (splitter.next()) {
                kept.append(new String(splitter.bytes(), StandardCharsets.UTF_8));
            }

            assertThat(kept.toString().replaceAll("[\r\n]", ""))
                    .as("file %s of seed %s", file, seed)
                    .isEqualTo(text.toString().replaceAll("[\r\n]", ""));
        }
    }

    @Test
    void aQuoteThatIsNeverClosedCostsItsLineAlone() {
        assertThat(described("a,b\n1,\"open\n2,x\n3,y"))
                .containsExactly("1 WHOLE a,b", "2 BROKEN 1,\"open", "3 WHOLE 2,x", "4 WHOLE 3,y");
    }

    @Test
    void textBehindAClosingQuoteCostsItsLineAlone() {
        assertThat(described("1,\"a\"b\r\n2,x")).containsExactly("1 BROKEN 1,\"a\"b", "2 WHOLE 2,x");
    }

    @Test
    void aStrayQuoteThatMeetsALaterOneCostsItsLineAlone() {
        assertThat(described("1,\"open\n2,\"x\"\n3,y"))
                .containsExactly("1 BROKEN 1,\"open", "2 WHOLE 2,\"x\"", "3 WHOLE 3,y");
    }

    @Test
    void aRecordThatIsGivenUpIsItsFirstLine() {
        RecordSplitter splitter = split("1,\"a\nb\",c,d\n2,x".getBytes(StandardCharsets.UTF_8));
        assertThat(splitter.next()).isTrue();
        assertThat(splitter.fields()).isEqualTo(4);
        splitter.giveUp();

        assertThat(splitter.bytes()).asString().isEqualTo("1,\"a");
        assertThat(splitter.next()).isTrue();
        assertThat(splitter.line()).isEqualTo(2);
        assertThat(splitter.bytes()).asString().isEqualTo("b\",c,d");
    }

    @Test
    void linesAreCountedThroughQuotedLineEndsAndEmptyLines() {
        assertThat(described("a\n\n\"x\r\ny\"\r\n\r\nb\rc"))
                .containsExactly("1 WHOLE a", "3 WHOLE \"x\r\ny\"", "6 WHOLE b", "7 WHOLE c");
    }

    @Test
    void aLineThatIsTooLongIsCutAndTheNextIsRead() {
        String line = "x".repeat(3 * RecordSplitter.LONGEST_RECORD);
        RecordSplitter splitter = split((line + "\r\nnext").getBytes(StandardCharsets.UTF_8));

        assertThat(splitter.next()).isTrue();
        assertThat(splitter.shape()).isEqualTo(RecordSplitter.Shape.TOO_LARGE);
        assertThat(splitter.bytes()).hasSize(RecordSplitter.LONGEST_RECORD).containsOnly('x');
        assertThat(splitter.next()).isTrue();
        assertThat(splitter.line()).isEqualTo(2);
        assertThat(splitter.bytes()).asString().isEqualTo("next");
        assertThat(splitter.next()).isFalse();
    }

    @Test
    void aRecordOfTheGreatestLengthIsWhole() {
        String line = "x".repeat(RecordSplitter.LONGEST_RECORD);
        RecordSplitter splitter = split((line + "\nnext").getBytes(StandardCharsets.UTF_8));

        assertThat(splitter.next()).isTrue();
        assertThat(splitter.shape()).isEqualTo(RecordSplitter.Shape.WHOLE);
    }

    @Test
    void aStrayQuoteBeforeMoreThanARecordOfTextCostsItsLineAlone() {
        String rest = "2,x\n".repeat(RecordSplitter.LONGEST_RECORD / 2);
        RecordSplitter splitter = split(("1,\"open\n" + rest).getBytes(StandardCharsets.UTF_8));

        assertThat(splitter.next()).isTrue();
        assertThat(splitter.shape()).isEqualTo(RecordSplitter.Shape.BROKEN);
        assertThat(splitter.bytes()).asString().isEqualTo("1,\"open");
        assertThat(fields(splitter)).hasSize(RecordSplitter.LONGEST_RECORD / 2);
    }

    @Test
    void whatFollowsAFailureOfTheStreamIsNotTakenForARecord() {
        InputStream failing = new InputStream() {
            private final byte[] text = "a,b\nc".getBytes(StandardCharsets.UTF_8);
            private int next;

            @Override
            public int read() throws IOException {
                if (next == text.length) {
                    throw new IOException("gone");
                }
                return text[next++];
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                target[offset] = (byte) read();
                return 1;
            }
        };
        RecordSplitter splitter = RecordSplitter.csv(failing, (byte) ',', (byte) '"', StandardCharsets.UTF_8);

        assertThat(splitter.next()).isTrue();
        assertThat(splitter.shape()).isEqualTo(RecordSplitter.Shape.WHOLE);
        assertThat(splitter.next()).isTrue();
        assertThat(splitter.shape()).isEqualTo(RecordSplitter.Shape.CUT);
        assertThat(splitter.next()).isFalse();
        assertThat(splitter.failure()).hasMessage("gone");
    }
}
