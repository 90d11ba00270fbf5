package io.tanggap.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tanggap.core.complaint.DeadLetter;
import io.tanggap.core.complaint.DeadLetter.Stage;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** Which dead letters the options mean. */
class LetterFilterTest {
    private static final ZoneId JAKARTA = ZoneId.of("Asia/Jakarta");
    private static final DeadLetter LETTER = new DeadLetter(
            Stage.DECODE,
            "malformed.avro",
            "m",
            "case-events-3@42",
            new byte[0],
            Instant.parse("2024-03-05T01:00:00Z"));

    private static LetterFilter filter(String options) {
        LetterFilter filter = new LetterFilter();
        new CommandLine(filter)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .parseArgs(options.isEmpty() ? new String[0] : options.split(" "));
        return filter;
    }

    @ParameterizedTest
    @CsvSource({
        "'', true",
        "--reason malformed.avro, true",
        "--reason malformed, true",
        "--reason malformed.av, false",
        "--reason invalid, false",
        "--stage decode, true",
        "--stage FOLD, false",
        "--origin case-events, true",
        "--origin case-events-3@42, true",
        "--origin events, false",
        // The letter is of 08:00 in Jakarta.
        "--from 2024-03-05, true",
        "--from 2024-03-05T08:00, true",
        "--from 2024-03-05T08:00:01, false",
        "--from 2024-03-05T01:00:00Z, true",
        "--to 2024-03-05T08:00, false",
        "--to 2024-03-05T08:00:01, true",
        "--from 2024-03-05 --to 2024-03-06, true",
        "--reason malformed --stage decode --origin case-events --to 2025-01-01, true",
        "--reason malformed --stage index, false",
    })
    void aLetterIsMeantIfAllOptionsApply(String options, boolean meant) {
        assertThat(filter(options).in(JAKARTA).test(LETTER)).isEqualTo(meant);
        assertThat(filter(options).isGiven()).isEqualTo(!options.isEmpty());
    }

    @Test
    void aTimeThatIsNoneIsToldByItsOption() {
        assertThatThrownBy(() -> filter("--from yesterday").in(JAKARTA))
                .isInstanceOf(UserError.class)
                .hasMessageStartingWith("--from yesterday is no time");
        assertThatThrownBy(() -> filter("--to 5").in(JAKARTA))
                .isInstanceOf(UserError.class)
                .hasMessageStartingWith("--to 5 is no time");
    }

    @Test
    void aSpanWithNothingInItIsRefused() {
        assertThatThrownBy(() -> filter("--from 2024-03-06 --to 2024-03-06").in(JAKARTA))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("--to 2024-03-06 is not after --from 2024-03-06");
    }
}
