package io.tanggap.bench.streams;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** How far the threads of a run have come. */
final class Progress {
    private static final long NOT_YET = Long.MIN_VALUE;

    private final AtomicLong firstNanos = new AtomicLong(NOT_YET);
    private final LongAdder records = new LongAdder();

    /** A record was read; the first one starts the clock. */
    void read() {
        if (firstNanos.get() == NOT_YET) {
            firstNanos.compareAndSet(NOT_YET, System.nanoTime());
        }
        records.increment();
    }

    long records() {
        return records.sum();
    }

    /** Milliseconds since the first record. */
    long millis() {
        return (System.nanoTime() - firstNanos.get()) / 1_000_000;
    }
}
