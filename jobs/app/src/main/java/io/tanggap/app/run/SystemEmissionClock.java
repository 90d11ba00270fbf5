package io.tanggap.app.run;

import io.tanggap.flink.document.EmissionClock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The clock of the machine that a task runs on. */
public final class SystemEmissionClock implements EmissionClock {
    private static final long serialVersionUID = 1;

    @Override
    public long micros() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    }
}
