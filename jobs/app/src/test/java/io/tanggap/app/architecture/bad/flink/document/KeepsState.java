package io.tanggap.app.architecture.bad.flink.document;

import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;

final class KeepsState {
    final ValueStateDescriptor<String> state = new ValueStateDescriptor<>("state", Types.STRING);
}
