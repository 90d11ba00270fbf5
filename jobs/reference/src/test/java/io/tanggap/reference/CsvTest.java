package io.tanggap.reference;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import io.tanggap.reference.Csv.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CsvTest {
    /** FastCSV reads what a seeded writer wrote as we do. */
    @Test
    void wellFormedFilesAreReadAsByFastCsv() {
        Random random = new Random(4180);
        List<String> fields =
                List.of("", "a", "\"a,b\"", "\"say \"\"x\"\"\"", "\"two\nlines\"", "\u00e9", "\"\"", " x ");
        for (int round = 0; round < 500; round++) {
            StringBuilder text = new StringBuilder();
            int columns = random.nextInt(4);
            for (int line = random.nextInt(5); line >= 0; line--) {
                text.append("x");
                for (int field = columns; field > 0; field--) {
                    text.append(',').append(fields.get(random.nextInt(fields.size())));
                }
                text.append(random.nextBoolean() ? "\n" : "\r\n");
            }
            Problems problems = new Problems();
            List<List<String>> read = new ArrayList<>();
            for (List<Field> record : Csv.read("a.csv", text.toString(), problems)) {
                read.add(record.stream().map(Field::text).toList());
            }
            List<List<String>> expected = CsvReader.builder().ofCsvRecord(text.toString()).stream()
                    .map(record -> record.getFields())
                    .toList();
            assertThat(read).as(text.toString()).isEqualTo(expected);
            assertThat(problems.errors()).isEmpty();
        }
    }

    @Test
    void aFieldBehindOneOfTwoLinesKnowsItsLineAndColumn() {
        List<Field> record =
                Csv.read("a.csv", "x\n\"a\nb\",c\n", new Problems()).get(1);

        assertThat(record).containsExactly(new Field("a\nb", 2, 1), new Field("c", 3, 4));
    }

    @Test
    void aStrayQuoteCostsOneLine() {
        Problems problems = new Problems();
        List<List<Field>> records = Csv.read("a.csv", "x\n\"a\nb\nc\n", problems);

        assertThat(records).extracting(record -> record.get(0).text()).containsExactly("x", "b", "c");
        assertThat(problems.errors()).singleElement().satisfies(problem -> assertThat(problem.line())
                .isEqualTo(2));
    }
}
