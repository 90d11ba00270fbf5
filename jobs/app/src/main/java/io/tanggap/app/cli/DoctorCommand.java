package io.tanggap.app.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tanggap.app.health.ElasticsearchHealth;
import io.tanggap.app.health.Finding;
import io.tanggap.app.health.Finding.Level;
import io.tanggap.app.health.FlinkHealth;
import io.tanggap.app.health.KafkaHealth;
import io.tanggap.elasticsearch.Indices.Generation;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tanggap doctor}: what is not well, and what to do about it. */
@Command(
        name = "doctor",
        description = {
            "Looks at Kafka, Elasticsearch and Flink, changes nothing, and says in one line each what is well (OK), what somebody should"
                    + " look at (WARN), and what is wrong or will be (FAIL), with what to do.",
            "Servers that do not answer are findings. What is not named is not looked at: without --elasticsearch nobody knows which job"
                    + " writes what is read, so that its lag is left out too."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:nothing fails; there may be warnings", "1:something fails", "2:wrong arguments"},
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class DoctorCommand implements Callable<Integer> {
    private static final ObjectMapper JSON = JsonMapper.builder().build();

    @Mixin
    private KafkaOptions kafka = new KafkaOptions();

    @Option(names = "--elasticsearch", paramLabel = "URL", description = "Elasticsearch.")
    private @Nullable String elasticsearch;

    @Option(
            names = "--flink",
            paramLabel = "HOST:PORT",
            description = "The REST server of the Flink cluster that runs the jobs.")
    private @Nullable String flink;

    /** How findings are written. */
    enum Format {
        TEXT,
        JSON
    }

    @Option(
            names = "--format",
            paramLabel = "F",
            defaultValue = "TEXT",
            description = "text, or json: an array of objects with level, subject, seen and remedy (default: text).")
    private Format format = Format.TEXT;

    @Override
    public Integer call() throws IOException {
        Clock clock = Clock.systemUTC();
        List<Finding> findings = new ArrayList<>();
        Generation generation = null;
        if (elasticsearch != null) {
            ElasticsearchHealth.Seen seen = ElasticsearchHealth.of(elasticsearch, clock);
            findings.addAll(seen.findings());
            generation = seen.generation();
        }
        findings.addAll(0, KafkaHealth.of(kafka.bootstrap, clock, generation));
        if (flink != null) {
            findings.addAll(FlinkHealth.of(flink, clock));
        }
        Terminal terminal = Terminal.system();
        if (format == Format.JSON) {
            terminal.say(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(findings));
        } else {
            findings.forEach(finding -> terminal.say(line(finding)));
            terminal.say(String.format(
                    Locale.ROOT,
                    "%d OK, %d WARN, %d FAIL",
                    count(findings, Level.OK),
                    count(findings, Level.WARN),
                    count(findings, Level.FAIL)));
        }
        return count(findings, Level.FAIL) == 0 ? 0 : Tanggap.FAILED;
    }

    private static long count(List<Finding> findings, Level level) {
        return findings.stream().filter(finding -> finding.level() == level).count();
    }

    private static String line(Finding finding) {
        String seen = String.format(Locale.ROOT, "%-4s  %-26s  %s", finding.level(), finding.subject(), finding.seen());
        return finding.remedy().isEmpty() ? seen : seen + ". To do: " + finding.remedy() + ".";
    }
}
