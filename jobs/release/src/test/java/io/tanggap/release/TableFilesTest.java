package io.tanggap.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tanggap.core.reference.Category;
import io.tanggap.core.release.ReleasedCase;
import io.tanggap.release.Tables.EventRow;
import io.tanggap.release.Tables.VisitRow;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableFilesTest {
    @TempDir
    Path directory;

    private final List<ReleasedCase> cases = new Invented().cases(300);

    @Test
    void bothFormatsHoldTheRowsInTheirOrderWithTheirTypes() throws Exception {
        try (PartWriter writer = new PartWriter(directory, 0, Set.of(Format.PARQUET, Format.CSV), false)) {
            for (ReleasedCase each : cases) {
                writer.write(each);
            }
            assertThat(writer.cases()).isEqualTo(300);
            assertThat(writer.events())
                    .isEqualTo(cases.stream()
                            .mapToLong(each -> each.events().size())
                            .sum());
            assertThat(writer.visits())
                    .isEqualTo(cases.stream()
                            .mapToLong(each -> each.visits().size())
                            .sum());
        }
        bothHold(Tables.CASES, cases);
        bothHold(Tables.EVENTS, events(cases));
        bothHold(
                Tables.VISITS,
                cases.stream()
                        .flatMap(each -> each.visits().stream().map(visit -> new VisitRow(each, visit)))
                        .toList());
    }

    private static List<EventRow> events(List<ReleasedCase> cases) {
        return cases.stream()
                .flatMap(each -> each.events().stream().map(event -> new EventRow(each, event)))
                .toList();
    }

    private <R> void bothHold(Table<R> table, List<R> rows) throws Exception {
        Path folder = directory.resolve(table.name());
        bothHold(
                table,
                rows,
                folder.resolve(table.name() + "-00000.parquet"),
                folder.resolve(table.name() + "-00000.csv"));
    }

    private static <R> void bothHold(Table<R> table, List<R> rows, Path parquet, Path csv) throws Exception {
        List<List<Object>> expected =
                rows.stream().map(row -> DuckDb.expected(table, row)).toList();
        try (DuckDb duck = new DuckDb()) {
            assertThat(duck.columns(DuckDb.parquet(parquet)))
                    .isEqualTo(table.fields().stream()
                            .map(field -> field.name() + " " + DuckDb.type(field))
                            .toList());
            assertThat(duck.rows(table, DuckDb.parquet(parquet))).isEqualTo(expected);
            assertThat(duck.rows(table, DuckDb.csv(table, csv))).isEqualTo(expected);
        }
    }

    @Test
    void requiredColumnsAreSoInParquet() throws Exception {
        Path file = write(Tables.CASES, cases, "cases");
        try (DuckDb duck = new DuckDb()) {
            assertThat(duck.strings("SELECT name || ' ' || (repetition_type = 'OPTIONAL') FROM parquet_schema('" + file
                            + "') WHERE num_children IS NULL"))
                    .isEqualTo(Tables.CASES.fields().stream()
                            .map(field -> field.name() + " " + field.nullable())
                            .toList());
        }
    }

    @Test
    void figuresUnitsAndTextsAreTablesToo() throws Exception {
        List<MeasureRow> measures = List.of(
                new MeasureRow(
                        "u",
                        "kota",
                        "HOLDER",
                        "CRM",
                        day(1),
                        day(8),
                        "on_time",
                        new BigDecimal("0.875"),
                        null,
                        8L,
                        false),
                new MeasureRow("u", "kota", "HOLDER", "CRM", day(1), day(8), "median", null, "NOT_REACHED", 8L, false),
                new MeasureRow("v", "kota", "HOLDER", "CRM", day(1), day(8), "on_time", null, null, null, true));
        bothHold(Tables.MEASURES, measures, write(Tables.MEASURES, measures, "m"), directory.resolve("m.csv"));

        List<TextRow> texts =
                List.of(new TextRow("c1", "lubang,\r\n\"dalam\"\n\n di [ADDRESS]"), new TextRow("c2", "\"\""));
        bothHold(Tables.TEXTS, texts, write(Tables.TEXTS, texts, "t"), directory.resolve("t.csv"));

        List<Category> categories =
                List.of(new Category("a", "A", null, null, true), new Category("b", "B", "b", "g", false));
        bothHold(Tables.CATEGORIES, categories, write(Tables.CATEGORIES, categories, "c"), directory.resolve("c.csv"));
        assertThat(Files.readString(directory.resolve("c.csv"), StandardCharsets.UTF_8))
                .isEqualTo("id,name,name_en,group,sensitive\na,A,,other,true\nb,B,b,g,false\n");
    }

    private static LocalDate day(int day) {
        return LocalDate.of(2017, 11, day);
    }

    /** Writes both formats. */
    private <R> Path write(Table<R> table, List<R> rows, String name) throws IOException {
        Path parquet = directory.resolve(name + ".parquet");
        try (OutputStream out = Files.newOutputStream(parquet);
                RowWriter<R> writer = new ParquetTable<>(table, out)) {
            for (R row : rows) {
                writer.write(row);
            }
        }
        try (OutputStream out = Files.newOutputStream(directory.resolve(name + ".csv"));
                RowWriter<R> writer = new CsvTable<>(table, out)) {
            for (R row : rows) {
                writer.write(row);
            }
        }
        return parquet;
    }

    @Test
    void manyRowGroupsAreOneTable() throws Exception {
        List<ReleasedCase> many = new Invented().cases(5000);
        Path file = directory.resolve("many.parquet");
        try (OutputStream out = Files.newOutputStream(file);
                RowWriter<ReleasedCase> writer = new ParquetTable<>(Tables.CASES, out, 1 << 16)) {
            for (ReleasedCase each : many) {
                writer.write(each);
            }
        }
        try (DuckDb duck = new DuckDb()) {
            assertThat(duck.strings("SELECT DISTINCT row_group_id FROM parquet_metadata('" + file + "')"))
                    .hasSizeGreaterThan(2);
            assertThat(duck.strings("SELECT DISTINCT compression FROM parquet_metadata('" + file + "')"))
                    .containsExactly("ZSTD");
            assertThat(duck.rows(Tables.CASES, DuckDb.parquet(file)))
                    .isEqualTo(many.stream()
                            .map(each -> DuckDb.expected(Tables.CASES, each))
                            .toList());
        }
    }

    @Test
    void instantsAreUtcWhereverTheyAreWritten() throws Exception {
        TimeZone before = TimeZone.getDefault();
        byte[] parquet = Files.readAllBytes(write(Tables.EVENTS, events(cases), "utc"));
        try {
            TimeZone.setDefault(TimeZone.getTimeZone("Asia/Jakarta"));
            assertThat(Files.readAllBytes(write(Tables.EVENTS, events(cases), "jakarta")))
                    .isEqualTo(parquet);
        } finally {
            TimeZone.setDefault(before);
        }
        assertThat(Files.readAllBytes(directory.resolve("jakarta.csv")))
                .isEqualTo(Files.readAllBytes(directory.resolve("utc.csv")));
    }

    @Test
    void tablesWithoutRowsAreValid() throws Exception {
        new PartWriter(directory, 0, Set.of(Format.PARQUET, Format.CSV), false).close();
        bothHold(Tables.CASES, List.of());
        bothHold(Tables.EVENTS, List.of());
        bothHold(Tables.VISITS, List.of());
    }

    @Test
    void emptyTextsAreRefused() throws Exception {
        try (CsvTable<TextRow> writer = new CsvTable<>(Tables.TEXTS, new ByteArrayOutputStream())) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> writer.write(new TextRow("c1", "")))
                    .withMessageContaining("text");
        }
    }

    @Test
    void streamsStayOpenForWhoeverOpenedThem() throws Exception {
        boolean[] closed = new boolean[1];
        OutputStream out = new ByteArrayOutputStream() {
            @Override
            public void close() {
                closed[0] = true;
            }
        };
        new CsvTable<>(Tables.CASES, out).close();
        new ParquetTable<>(Tables.CASES, out).close();
        new XesLog(out).close();
        new OcelLog(out).close();
        assertThat(closed[0]).isFalse();
    }
}
