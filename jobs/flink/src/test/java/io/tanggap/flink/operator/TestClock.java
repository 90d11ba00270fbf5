package io.tanggap.flink.operator;

import io.tanggap.flink.document.EmissionClock;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** A wall clock that a test sets, also backwards. */
final class TestClock implements EmissionClock {
    private static final long serialVersionUID = 1;

    private final AtomicLong micros =
            new AtomicLong(Instant.parse("2030-01-01T00:00:00Z").toEpochMilli() * 1_000);

    private final AtomicInteger versions = new AtomicInteger();

    /** How many emissions have taken a version. */
    int versions() {
        return versions.get();
    }

    void add(long more) {
        micros.addAndGet(more);
    }

    @Override
    public long micros() {
        return micros.get();
    }

    @Override
    public long nextVersion(long last) {
        versions.incrementAndGet();
        return EmissionClock.super.nextVersion(last);
    }
}
