package io.tanggap.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.tanggap.core.complaint.Actor;
import io.tanggap.core.complaint.Outcome;
import io.tanggap.core.complaint.Visibility;
import io.tanggap.core.release.DailyEvent;
import io.tanggap.core.release.ReleasedUnit;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DailyFeedTest {
    @TempDir
    Path directory;

    /** A row with all that may be there, or with the least. */
    private static DailyEvent event(int number, boolean full) {
        return new DailyEvent(
                "event" + number,
                "case" + number % 3,
                LocalDate.of(2017, 11, 5),
                full ? "Closed" : "PublicReply",
                Instant.parse("2017-11-05T03:04:05.678Z").plusMillis(number),
                "complete",
                full ? new ReleasedUnit("menteng", "kelurahan") : null,
                Actor.OFFICER,
                Visibility.PUBLIC,
                number % 2 == 0,
                full ? new ReleasedUnit(null, "unlisted") : null,
                full ? "REPORTER" : null,
                full ? Outcome.FIXED : null,
                full ? 5 : null,
                "qlue",
                full ? "damaged-road é" : null,
                full ? "menteng" : null);
    }

    private Path write(String name, List<DailyEvent> rows) throws IOException {
        Path file = directory.resolve(name);
        try (OutputStream out = Files.newOutputStream(file);
                RowWriter<DailyEvent> writer = DailyFeed.write(out)) {
            for (DailyEvent row : rows) {
                writer.write(row);
            }
        }
        return file;
    }

    @Test
    void rowsAreInTheirOrderWithTheTypesOfTheTable() throws Exception {
        List<DailyEvent> rows = List.of(event(1, true), event(2, false), event(1, true));
        Path file = write("a.parquet", rows);
        try (DuckDb duck = new DuckDb()) {
            assertThat(duck.columns(DuckDb.parquet(file)))
                    .isEqualTo(Tables.DAYS.fields().stream()
                            .map(field -> field.name() + " " + DuckDb.type(field))
                            .toList());
            assertThat(duck.rows(Tables.DAYS, DuckDb.parquet(file)))
                    .isEqualTo(rows.stream()
                            .map(row -> DuckDb.expected(Tables.DAYS, row))
                            .toList());
        }
    }

    @Test
    void everyFileAndTheFolderSayThatTheyAreNotForRelease() throws Exception {
        Path file = write("a.parquet", List.of(event(1, true)));
        try (DuckDb duck = new DuckDb()) {
            assertThat(duck.strings("SELECT decode(value) FROM parquet_kv_metadata('" + file
                            + "') WHERE decode(key) = 'tanggap:not_for_release'"))
                    .singleElement()
                    .asString()
                    .contains("bounded release");
        }
        assertThat(DailyFeed.notice())
                .startsWith("# Not for release\n")
                .contains("bounded release")
                .contains("| `event:stars` | integer, may be empty | Of a rating: 1 to 5. |\n");
    }
}
