package io.tanggap.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tanggap.app.fixture.JobRun;
import io.tanggap.core.complaint.Actor;
import io.tanggap.core.complaint.CaseEvent;
import io.tanggap.core.complaint.Payload.Submitted;
import io.tanggap.core.complaint.TimeNote;
import io.tanggap.core.complaint.Visibility;
import io.tanggap.core.reference.ReferencePack;
import io.tanggap.core.reference.ReferencePack.Kind;
import io.tanggap.core.reference.ReferencePack.Unit;
import io.tanggap.core.reference.Validity;
import io.tanggap.testkit.EmbeddedServers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A unit is merged into another one while it holds a case; the report card of the month is drawn twice. */
@ExtendWith(EmbeddedServers.class)
class StructureIT {
    private static final LocalDate MERGER = LocalDate.of(2024, 3, 9);
    private static final ReferencePack PACK = new ReferencePack(
            "merging",
            Instant.EPOCH,
            "city",
            ZoneId.of("Asia/Jakarta"),
            Duration.ofDays(2),
            List.of(unit("small", null, MERGER, "large"), unit("large", null, null, null)),
            List.of(),
            Map.of());

    @TempDir
    Path directory;

    @RegisterExtension
    final Said said = new Said();

    private static Unit unit(String id, @Nullable LocalDate from, @Nullable LocalDate to, @Nullable String successor) {
        return new Unit(
                id, Kind.TERRITORY, id, null, "kelurahan", null, new Validity(from, to), null, null, null, successor);
    }

    private static CaseEvent submitted(String number, String unit) {
        Instant at = Instant.parse("2024-03-05T03:00:00Z");
        return CaseEvent.of(
                "qlue",
                number,
                at,
                at,
                null,
                Actor.CITIZEN,
                null,
                Visibility.PUBLIC,
                false,
                TimeNote.EXACT,
                new Submitted("roads", unit, "desk", null));
    }

    private int run(JobRun job, String... more) {
        said.reset();
        List<String> arguments = new ArrayList<>(List.of(
                "run",
                "--mode=replay",
                "--bootstrap-servers=" + job.bootstrap(),
                "--elasticsearch=" + job.elasticsearch(),
                "--as-of=2024-03-14T12:00",
                "--parallelism=1",
                "--checkpoints=" + directory));
        arguments.addAll(List.of(more));
        return Tanggap.execute(Terminal.system(), arguments.toArray(String[]::new));
    }

    /** The number of cases of the month by unit, and the structure that the rows are drawn on. */
    private static Map<String, Long> received(JobRun job, @Nullable String structure) {
        job.queries().refresh("tanggap-responsiveness");
        Map<String, Long> received = new TreeMap<>();
        for (JsonNode hit : job.queries()
                .get("/tanggap-responsiveness/_search?size=100&q=role:TERRITORY%20AND%20window:MONTH"
                        + "%20AND%20channel:ALL%20AND%20category_group:ALL")
                .path("hits")
                .path("hits")) {
            JsonNode row = hit.path("_source");
            assertThat(row.path("structure").asText(null)).isEqualTo(structure);
            received.put(
                    row.path("unit").asText(),
                    row.path("counts").path("received").asLong());
        }
        return received;
    }

    @Test
    void aReportCardIsDrawnOnTheUnitsOfItsTimeAndOnThoseOfToday(EmbeddedServers servers) throws Exception {
        try (JobRun job = JobRun.start(servers, directory.resolve("unused"))) {
            job.feed(PACK, List.of(submitted("1", "small"), submitted("2", "small"), submitted("3", "large")));

            assertThat(run(job)).as("%s", said).isZero();
            assertThat(received(job, null)).isEqualTo(Map.of("city", 3L, "small", 2L, "large", 1L));

            assertThat(run(job, "--structure=2024-03-14")).as("%s", said).isZero();
            assertThat(said.toString()).contains("on the units of 2024-03-14");
            assertThat(received(job, "2024-03-14")).isEqualTo(Map.of("city", 3L, "large", 3L));

            assertThat(run(job, "--structure=2024-03-15")).isEqualTo(Tanggap.WRONG_USE);
            assertThat(said.toString()).contains("is after the day of the as-of, 2024-03-14 12:00");
        }
    }
}
