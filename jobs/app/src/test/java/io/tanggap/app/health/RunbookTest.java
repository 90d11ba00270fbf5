package io.tanggap.app.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.tanggap.elasticsearch.SinkMetrics;
import io.tanggap.flink.metrics.MetricNames;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** An operator finds every counter that Prometheus shows, and no other. */
class RunbookTest {
    private static final Pattern ROW = Pattern.compile("^\\| `(\\w+)` \\| [^|]+ \\| [^|]+ \\|$", Pattern.MULTILINE);

    @Test
    void everyCounterIsExplained() throws IOException, IllegalAccessException {
        List<String> counters = new ArrayList<>();
        for (Class<?> names : List.of(MetricNames.class, SinkMetrics.class)) {
            for (Field field : names.getFields()) {
                if (!field.getName().equals("GROUP")) {
                    counters.add((String) field.get(null));
                }
            }
        }
        String runbook = Files.readString(Path.of(System.getProperty("tanggap.root"), "jobs", "app", "RUNBOOK.md"));
        assertThat(ROW.matcher(runbook).results().map(row -> row.group(1)))
                .containsExactlyInAnyOrderElementsOf(counters);
    }
}
