package io.tanggap.app.architecture.bad.flink;

import java.time.Instant;

final class ReadsTheClock {
    final Instant now = Instant.now();
}
