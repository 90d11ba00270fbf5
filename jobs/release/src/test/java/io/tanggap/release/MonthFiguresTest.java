package io.tanggap.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tanggap.core.reference.Reference;
import io.tanggap.core.reference.ReferencePack;
import io.tanggap.core.reference.ReferencePack.Unit;
import io.tanggap.core.release.Published;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MonthFiguresTest {
    private static final Published WORDS = new Published(
            Reference.of(List.of(new ReferencePack(
                    "test",
                    Instant.EPOCH,
                    "city",
                    ZoneId.of("Asia/Jakarta"),
                    Duration.ofDays(14),
                    List.of(
                            new Unit("a", "A", "kelurahan", null),
                            new Unit("b", "B", "kelurahan", null),
                            new Unit("c", "C", "kelurahan", null)),
                    List.of(),
                    Map.of()))),
            Instant.parse("2018-01-01T00:00:00Z"));

    private static String row(String unit, String month, long received, long met, long missed) {
        return String.format(
                Locale.ROOT,
                "{\"unit\":\"%s\",\"level\":\"kelurahan\",\"role\":\"TERRITORY\",\"rule\":\"CROP\",\"window_start\":\"%s-01\","
                        + "\"window_end\":\"%s\",\"counts\":{\"received\":%d,\"due_met\":%d,\"due_missed\":%d,\"at_risk\":%d},"
                        + "\"shares\":{\"on_time\":0.95,\"on_time_low\":0.9,\"claims_rejected\":0.1},"
                        + "\"times\":{\"close_p50_hours\":24},\"times_state\":{\"close_p50_hours\":\"VALUE\",\"close_p80_hours\":\"NOT_REACHED\"}}",
                unit,
                month,
                LocalDate.parse(month + "-01").plusMonths(1),
                received,
                met,
                missed,
                received);
    }

    private static List<MeasureRow> rows(String... json) throws IOException {
        MonthFigures figures = new MonthFigures(WORDS, 5);
        for (String one : json) {
            figures.add(one, null, LocalDate.of(2017, 11, 1), LocalDate.of(2017, 12, 1));
        }
        return figures.rows();
    }

    @Test
    void figuresAreThoseOfTheRowWithTheCasesBehindThem() throws IOException {
        assertThat(rows(row("a", "2017-11", 40, 38, 6)))
                .extracting(MeasureRow::measure, MeasureRow::value, MeasureRow::state, MeasureRow::cases)
                .containsExactly(
                        tuple("counts.at_risk", BigDecimal.valueOf(40), null, null),
                        tuple("counts.due_met", BigDecimal.valueOf(38), null, null),
                        tuple("counts.due_missed", BigDecimal.valueOf(6), null, null),
                        tuple("counts.received", BigDecimal.valueOf(40), null, null),
                        tuple("shares.on_time", new BigDecimal("0.95"), null, 44L),
                        tuple("shares.on_time_low", new BigDecimal("0.9"), null, 44L),
                        tuple("times.close_p50_hours", BigDecimal.valueOf(24), null, 40L),
                        tuple("times.close_p80_hours", null, "NOT_REACHED", 40L));
    }

    @Test
    void fewCasesAreWithheld() throws IOException {
        assertThat(rows(row("a", "2017-11", 20, 3, 0)))
                .filteredOn(MeasureRow::withheld)
                .extracting(MeasureRow::measure)
                .containsExactly(
                        "counts.due_met",
                        "shares.on_time",
                        "shares.on_time_low",
                        "times.close_p50_hours",
                        "times.close_p80_hours");
        assertThat(rows(row("a", "2017-11", 20, 3, 0)))
                .as("nothing of what is withheld is told")
                .filteredOn(MeasureRow::withheld)
                .allMatch(row -> row.value() == null && row.cases() == null && row.state() == null);
    }

    @Test
    void aCountIsNotHadBySubtraction() throws IOException {
        assertThat(rows(
                        row("a", "2017-11", 3, 30, 30),
                        row("b", "2017-11", 50, 30, 30),
                        row("c", "2017-11", 9, 30, 30)))
                .filteredOn(row -> row.measure().equals("counts.received"))
                .extracting(MeasureRow::unit, MeasureRow::withheld)
                .as("c goes with a, or the city less b and c would tell a")
                .containsExactly(tuple("a", true), tuple("b", false), tuple("c", true));
    }

    @Test
    void otherMonthsAndUnlistedUnitsAreLeftOut() throws IOException {
        assertThat(rows(row("a", "2017-10", 40, 38, 6), row("Budi Santoso", "2017-11", 40, 38, 6)))
                .isEmpty();
    }
}
