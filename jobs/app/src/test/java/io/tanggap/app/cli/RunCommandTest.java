package io.tanggap.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is refused before a server is asked. */
class RunCommandTest {
    private static final ZoneId JAKARTA = ZoneId.of("Asia/Jakarta");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            live   | --structure=2018-01-01       | --structure is for --mode replay
            replay | --structure=2018-13-01       | --structure 2018-13-01 is no day; write 2019-12-31
            replay | --structure=2018-01-01T00:00 | is no day
            live   | --as-of=2018-01-01           | --as-of is for --mode replay
            replay | --resume                     | --resume and --from are for --mode live
            replay | --heartbeats                 | --heartbeats is for --mode live
            replay | --checkpoint-interval=5      | --checkpoint-interval is for live jobs
            live   | --checkpoint-interval=0      | --checkpoint-interval 0: give 1 to 30 seconds
            live   | --checkpoint-interval=31     | --checkpoint-interval 31: give 1 to 30 seconds
            """)
    void anOptionThatTheModeDoesNotHaveIsRefused(String mode, String option, String message) {
        PrintStream standardErr = System.err;
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
        try {
            assertThat(Tanggap.execute(
                            Terminal.system(),
                            "run",
                            "--mode=" + mode,
                            "--bootstrap-servers=127.0.0.1:1",
                            "--elasticsearch=http://127.0.0.1:1",
                            option))
                    .isEqualTo(Tanggap.WRONG_USE);
        } finally {
            System.setErr(standardErr);
        }
        assertThat(err.toString(StandardCharsets.UTF_8)).contains(message);
    }

    @Test
    void aStructureIsNotOfADayAfterTheAsOfInTheCity() {
        // 1 January, 03:00 in the city.
        Instant asOf = Instant.parse("2017-12-31T20:00:00Z");

        assertThatCode(() -> RunCommand.refuseToCome(LocalDate.of(2018, 1, 1), asOf, JAKARTA))
                .doesNotThrowAnyException();
        assertThatCode(() -> RunCommand.refuseToCome(null, asOf, JAKARTA)).doesNotThrowAnyException();
        assertThatThrownBy(() -> RunCommand.refuseToCome(LocalDate.of(2018, 1, 2), asOf, JAKARTA))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("--structure 2018-01-02 is after the day of the as-of, 2018-01-01 03:00:00");
    }
}
