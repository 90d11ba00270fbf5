package io.tanggap.app.architecture.bad.flink.types;

import org.apache.flink.api.common.typeinfo.TypeInformation;

final class Guesses {
    final TypeInformation<Object> type = TypeInformation.of(Object.class);
}
