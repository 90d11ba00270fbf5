package io.tanggap.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tanggap.core.measure.Measure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code tanggap measures}, in this process. */
class MeasuresCommandTest {
    private static final Path PAGE = Path.of("../core/MEASURES.md");

    @RegisterExtension
    final Said said = new Said();

    private int measures(String... arguments) {
        said.reset();
        List<String> line = new ArrayList<>(List.of("measures"));
        line.addAll(List.of(arguments));
        return Tanggap.execute(Terminal.system(), line.toArray(String[]::new));
    }

    /** {@code -Dgolden.update=true} writes the page, but never in CI. */
    @Test
    void thePageIsWhatTheCodeSays() throws IOException {
        assertThat(measures("--markdown")).isZero();
        if (Boolean.getBoolean("golden.update")) {
            assertThat(System.getenv("CI")).as("golden files are looked at").isNull();
            Files.writeString(PAGE, said.out());
        }
        assertThat(PAGE).as("run once with -Dgolden.update=true").exists();
        assertThat(said.out()).isEqualTo(Files.readString(PAGE));
        for (Measure measure : Measure.values()) {
            assertThat(said.out()).contains("### " + measure.id() + " " + measure.title());
            measure.fields().forEach(field -> assertThat(said.out()).contains("`" + field + "`"));
        }
    }

    @Test
    void everyMeasureIsListedForATerminal() {
        assertThat(measures()).isZero();
        assertThat(said.out().lines())
                .allMatch(line -> line.length() <= 100)
                .contains("Volume", "Among peers", "T3   Resolution on time");
        for (Measure measure : Measure.values()) {
            assertThat(said.out()).contains(measure.id() + " ", measure.title());
        }
    }

    @Test
    void oneIsFoundByItsIdAndByItsFields() {
        for (String name : List.of("T3", "t3", "on_time", "shares.on_time", "shares.on_time_low", "due_met")) {
            assertThat(measures(name)).as(name).isZero();
            assertThat(said.out())
                    .startsWith("T3   Resolution on time")
                    .contains("Formula  due_met / (due_met + due_missed)", "of the deadline, once it is past")
                    .doesNotContain("V1");
        }
        assertThat(measures("rank.place")).isZero();
        assertThat(said.out())
                .startsWith("R1   ")
                .contains("report cards (tanggap report), and tanggap-standings once published: it is one of");
    }

    @Test
    void anUnknownOneIsToldWithTheNearest() {
        assertThat(measures("on_tme")).isEqualTo(Tanggap.WRONG_USE);
        assertThat(said.err()).contains("no measure and no field 'on_tme'", "nearest valid name: 'on_time'");
        assertThat(said.out()).isEmpty();
    }

    @Test
    void thereIsHelp() {
        assertThat(measures("--help")).isZero();
        assertThat(said.out()).contains("Usage: tanggap measures", "--markdown", "T3");
    }
}
