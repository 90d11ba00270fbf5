package io.tanggap.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What {@code tanggap declare} refuses before it looks for a Kafka; {@link ReportIT} declares. */
class DeclareCommandTest {
    @RegisterExtension
    final Said said = new Said();

    @TempDir
    private Path directory;

    private void assertRefused(String why, String... arguments) {
        said.reset();
        List<String> line = new ArrayList<>(List.of("declare", "--bootstrap-servers", "127.0.0.1:1"));
        line.addAll(List.of(arguments));
        int code = Tanggap.execute(Terminal.system(), line.toArray(String[]::new));
        assertThat(said.err()).contains(why);
        assertThat(code).isEqualTo(Tanggap.WRONG_USE);
    }

    private void assertFileRefused(String why, String content) throws IOException {
        Path file = directory.resolve("days.csv");
        Files.writeString(file, content);
        assertRefused(file + why, file.toString());
    }

    @Test
    void oneDayIsNamedByAllThreeOptions() {
        assertRefused("say of what", "--channel", "qlue", "--day", "2017-11-01");
        assertRefused("--day '1 November' is no day", "--channel", "qlue", "--day", "1 November", "--events", "3");
        assertRefused(
                "--events '3.5' is no whole number", "--channel", "qlue", "--day", "2017-11-01", "--events", "3.5");
        assertRefused("events -3: a channel has 0 to", "--channel", "qlue", "--day", "2017-11-01", "--events", "-3");
        assertRefused("day 2999-01-01 had begun nowhere", "--channel", "qlue", "--day", "2999-01-01", "--events", "3");
        assertRefused("channel 'qlue:1'", "--channel", "qlue:1", "--day", "2017-11-01", "--events", "3");
    }

    @Test
    void aFileIsRefusedByItsLineAndField() throws IOException {
        assertFileRefused(", line 1: the first line has to be channel,day,events; the file is empty.", "");
        assertFileRefused(", line 1: the first line has to be channel,day,events, it is", "qlue,2017-11-01,3\n");
        assertFileRefused(": there is no day after the first line", "channel,day,events\n\n");
        assertFileRefused(", line 2: 2 fields instead of 3", "channel,day,events\nqlue,2017-11-01\n");
        assertFileRefused(
                ", line 3: day '2017-11-31' is no day", "channel,day,events\nqlue,2017-11-01,3\nqlue,2017-11-31,3\n");
        assertFileRefused(", line 2: events 'many' is no whole number", "channel,day,events\nqlue,2017-11-01,many\n");
        assertFileRefused(
                ", line 4: day 2017-11-01 of qlue is in line 2 already",
                "channel, day, events\nqlue, 2017-11-01, 3\nqlue,2017-11-02,3\nQlue,2017-11-01,4\n");
        assertRefused("there is no such file", directory.resolve("none.csv").toString());
        assertRefused("together", directory.resolve("days.csv").toString(), "--channel", "qlue");
    }
}
