package io.tanggap.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tanggap.app.run.Engine;
import io.tanggap.flink.metrics.MetricNames;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** At which time a run judges, and whether its figures can be trusted. */
class JudgementTest {
    private static final ZoneId JAKARTA = ZoneId.of("Asia/Jakarta");
    private static final Instant NOW = Instant.parse("2024-03-05T00:00:00Z");

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Terminal terminal = new Terminal(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            false);

    @Test
    void theAsOfIsJustAfterTheLatestEvent() {
        assertThat(AsOf.byDefault(Instant.parse("2024-03-04T10:00:00Z"), NOW, JAKARTA, terminal))
                .isEqualTo(Instant.parse("2024-03-04T10:00:00.001Z"));
        assertThat(out.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    void aRecordOfTheFutureDoesNotMoveTheAsOfBeyondNow() {
        assertThat(AsOf.byDefault(Instant.parse("2099-01-01T00:00:00Z"), NOW, JAKARTA, terminal))
                .isEqualTo(Instant.parse("2024-03-05T00:00:00.001Z"));
        assertThat(out.toString(StandardCharsets.UTF_8).lines())
                .containsExactly(
                        "The latest event is dated 2099-01-01 07:00:00 Asia/Jakarta, after now: judged as of now;"
                                + " events after it are kept and not seen.");
    }

    @Test
    void accountsThatDoNotBalanceAreAFailure() {
        assertThat(RunCommand.close(
                        new Engine.Accounts(Map.of(MetricNames.RECORDS_READ, 2L, MetricNames.EVENTS_TRACKED, 2L), 0),
                        terminal))
                .isZero();
        assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();

        assertThat(RunCommand.close(
                        new Engine.Accounts(Map.of(MetricNames.RECORDS_READ, 2L, MetricNames.EVENTS_TRACKED, 1L), 0),
                        terminal))
                .isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8).lines())
                .singleElement()
                .asString()
                .contains("do not balance");
    }

    @Test
    void repeatedWorkAfterARestartNeedNotBalance() {
        assertThat(RunCommand.close(
                        new Engine.Accounts(Map.of(MetricNames.RECORDS_READ, 3L, MetricNames.EVENTS_TRACKED, 2L), 1),
                        terminal))
                .isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("with repeated work of 1 restarts");
    }
}
