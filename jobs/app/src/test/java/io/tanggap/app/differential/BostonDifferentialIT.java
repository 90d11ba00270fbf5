package io.tanggap.app.differential;

import static org.assertj.core.api.Assertions.assertThat;

import io.tanggap.app.fixture.JobRun;
import io.tanggap.intake.Mapping;
import io.tanggap.testkit.EmbeddedServers;
import io.tanggap.testkit.SharedData;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Half a year of Boston, summed up by the job and by SQL over the same events. */
@ExtendWith(EmbeddedServers.class)
class BostonDifferentialIT {
    /** In the middle of a day on which some thousand cases are open: every curve has censored cases in every bin. */
    private static final Instant AS_OF = Instant.parse("2011-11-16T16:45:00Z");

    @Test
    void bothEnginesFindTheSameFigures(EmbeddedServers servers, @TempDir Path checkpoints) throws Exception {
        Path file = SharedData.find("boston/311-2011.csv.gz");
        try (JobRun job = JobRun.start(servers, checkpoints)) {
            job.feed(Mapping.shipped("boston-311"), JobRun.INGESTED_AT, List.of(file));
            job.replay(AS_OF);

            try (SecondEngine engine = SecondEngine.beside(job, AS_OF)) {
                engine.run("boston.sql");
                engine.compute();
                engine.read(job.queries());
                engine.assertSame();
                assertThat(engine.words("SELECT DISTINCT span FROM written"))
                        .containsExactly(
                                "CELL", "DAY", "MONTH", "QUARTER", "ROLLING_30", "ROLLING_7", "ROLLING_90", "WEEK");
            }
        }
    }
}
