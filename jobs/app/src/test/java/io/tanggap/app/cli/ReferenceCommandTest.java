package io.tanggap.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands that need no server, in this process. */
class ReferenceCommandTest {
    @TempDir
    Path directory;

    @RegisterExtension
    final Said said = new Said();

    private int tanggap(String... arguments) {
        said.reset();
        return Tanggap.execute(Terminal.system(), arguments);
    }

    @Test
    void aGoodPackIsCountedOut() {
        assertThat(tanggap("reference", "check", "boston")).isZero();
        assertThat(said.out())
                .contains(
                        "Pack        boston-2026-11, city boston, known from 2011-07-01 00:00:00 America/New_York",
                        "18  territories, 6 with polygons",
                        "8  agencies",
                        "6  policies, 2 by a calendar",
                        "3  lines of pauses",
                        "2  calendars with 11 holidays",
                        "35  categories in 12 groups",
                        "2  channels, 2 with a usual time of silence",
                        "8  routes of alerts, 1 at once",
                        "3  recipients in 3 units",
                        "Can be used; 0 warning(s).");
        assertThat(said.err()).isEmpty();
    }

    @Test
    void anExportedPackCanBeEditedAndEveryProblemIsToldWithItsLine() throws IOException {
        Path pack = directory.resolve("mine");
        assertThat(tanggap("reference", "export", "boston", pack.toString())).isZero();
        assertThat(tanggap("reference", "check", pack.toString())).isZero();
        edit(pack.resolve("policies.csv"), "graffiti-45d,resolution,Graffiti", "graffiti-45d,resolution,Grafiti");
        edit(pack.resolve("pack.yaml"), "America/New_York", "America/NewYork");

        assertThat(tanggap("reference", "check", pack.toString())).isEqualTo(Tanggap.WRONG_USE);
        assertThat(said.out().lines())
                .hasSize(2)
                .anyMatch(line ->
                        line.startsWith("pack.yaml:5:7: 'America/NewYork'") && line.contains("America/New_York"))
                .anyMatch(line ->
                        line.startsWith("policies.csv:4:25: the category 'Grafiti'") && line.contains("'Graffiti'"));
        assertThat(said.err()).contains("tanggap: ", "mend the 2 problem(s)");

        assertThat(tanggap("reference", "publish", pack.toString(), "--bootstrap-servers", "127.0.0.1:1"))
                .isEqualTo(Tanggap.WRONG_USE);
        assertThat(said.err()).contains("pack.yaml:5:7: ", "policies.csv:4:25: ");

        assertThat(tanggap("reference", "export", "boston", pack.toString())).isEqualTo(Tanggap.FAILED);
        assertThat(said.err()).contains("is there already");
        assertThat(tanggap(
                        "reference",
                        "export",
                        "boston",
                        pack.resolve("pack.yaml").toString()))
                .isEqualTo(Tanggap.FAILED);
        assertThat(said.err()).contains("pack.yaml is a file: name a directory");
    }

    @Test
    void aPackIsPublishedWithItsWarnings() throws IOException {
        Path pack = directory.resolve("mine");
        assertThat(tanggap("reference", "export", "boston", pack.toString())).isZero();
        edit(pack.resolve("pack.yaml"), "nearest_within: 2km", "");

        assertThat(tanggap("reference", "publish", pack.toString(), "--bootstrap-servers", "no.such.host.invalid:1"))
                .as("warned before anything is written")
                .isEqualTo(Tanggap.FAILED);
        assertThat(said.out())
                .contains("units.csv:3:", "warning: no place will be found to be in 'Allston / Brighton'");
    }

    private static void edit(Path file, String from, String to) throws IOException {
        String text = Files.readString(file);
        assertThat(text).contains(from);
        Files.writeString(file, text.replace(from, to));
    }

    @Test
    void anUnknownPackIsToldWithTheNearestName() {
        assertThat(tanggap("reference", "check", "bostn")).isEqualTo(Tanggap.WRONG_USE);
        assertThat(said.err())
                .contains("tanggap: there is no directory and no built-in reference pack 'bostn'", "'boston'");
        assertThat(tanggap("reference", "check", "./bostn")).isEqualTo(Tanggap.WRONG_USE);
        assertThat(said.out()).contains("bostn: there is no such directory");
        assertThat(tanggap("demo", "--reference", "bostn")).isEqualTo(Tanggap.WRONG_USE);
        assertThat(said.err()).contains("'boston'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"check", "publish", "export"})
    void everySubcommandHasHelp(String command) {
        assertThat(tanggap("reference", command, "--help")).isZero();
        assertThat(said.out()).contains("Usage: tanggap reference " + command);
        assertThat(tanggap("reference", "--help")).isZero();
        assertThat(said.out()).contains(command);
        assertThat(tanggap("reference")).isEqualTo(Tanggap.WRONG_USE);
        assertThat(said.err()).contains("check, publish or export");
    }
}
