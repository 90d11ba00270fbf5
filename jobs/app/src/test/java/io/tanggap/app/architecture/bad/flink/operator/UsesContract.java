package io.tanggap.app.architecture.bad.flink.operator;

import io.tanggap.schema.Heartbeat;

final class UsesContract {
    final Heartbeat heartbeat = new Heartbeat();
}
