package io.tanggap.app.architecture.bad.flink.document;

import org.apache.flink.api.common.functions.MapFunction;

final class MisplacedFunction implements MapFunction<String, String> {
    @Override
    public String map(String value) {
        return value;
    }
}
