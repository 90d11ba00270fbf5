package io.tanggap.app.architecture.bad.flink.io;

import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

final class UsesInternals {
    final StreamRecord<String> record = new StreamRecord<>("");
}
