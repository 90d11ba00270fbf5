package io.tanggap.app.recovery;

import io.tanggap.app.fixture.JobRun;
import io.tanggap.core.complaint.CaseEvent;
import io.tanggap.core.reference.ReferencePack;
import io.tanggap.simulation.SeededCity;
import io.tanggap.testkit.Seeds;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A month of an invented city.
 *
 * @param events in the order of delivery
 */
record SeededMonth(ReferencePack pack, List<CaseEvent> events) {
    /** When the month is judged: late, but within the time in which cases still fall due. In the city's night. */
    static final Instant AS_OF = Instant.parse("2017-12-04T20:30:00Z");

    /** A month by a new seed, which is printed. */
    static SeededMonth of(int cases) {
        List<CaseEvent> events = new ArrayList<>();
        SeededCity city = SeededCity.jakarta();
        city.generate(Seeds.seed(), cases, SeededCity.DEFAULT_MONTH, events::add);
        return new SeededMonth(city.referencePack(), events);
    }

    /** Publishes everything. */
    void feed(JobRun run) {
        run.feed(pack, events);
    }
}
