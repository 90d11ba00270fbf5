package io.tanggap.app.architecture.bad.flink.operator;

import org.apache.flink.api.common.functions.MapFunction;

class OpenFunction implements MapFunction<String, String> {
    @Override
    public String map(String value) {
        return value;
    }
}
