package io.tanggap.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CalendarPeriodTest {
    @ParameterizedTest
    @CsvSource({
        "2017-11, 2017-11-01, 2017-12-01",
        "2017-12, 2017-12-01, 2018-01-01",
        "2017-Q4, 2017-10-01, 2018-01-01",
        "2017-W46, 2017-11-13, 2017-11-20",
        "2018-W01, 2018-01-01, 2018-01-08",
        "2020-02-29, 2020-02-29, 2020-03-01"
    })
    void aNameIsItsDays(String name, LocalDate from, LocalDate to) {
        assertThat(CalendarPeriod.parse(name)).isEqualTo(new CalendarPeriod(from, to));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "2017", "2017-13", "2017-Q5", "2017-W54", "November", "2017-02-29"})
    void whatIsNoneIsRefusedWithExamples(String name) {
        assertThatThrownBy(() -> CalendarPeriod.parse(name))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("--period " + name + " is none")
                .hasMessageContaining("2017-W46");
    }
}
